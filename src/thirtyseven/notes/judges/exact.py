"""Recognises a number that the record has to the last person, where no entry of the data files speaks of it.

A number such as 634,820 is hardly written by chance. It agrees if the record's figure is of the years that the statement
names and speaks of the same things; if those counted had another fate, it is another definition; else silence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from thirtyseven.notes.judges.counting import denied, elsewhere
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.meaning.contested import rival_count
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.notes.meaning.scopes import of_a_whole
from thirtyseven.notes.meaning.unmeant import shared_acts
from thirtyseven.record import Figure as Counted
from thirtyseven.record import load

SMALLEST, SURE = 1000, 100_000
"""Numbers below the first may stand for anything; above the second one common word is enough instead of two."""

FATES = {
    "arrested": "arrest", "sentenced-to-death": "execute convict die kill", "executed": "execute kill die", "died": "die kill",
    "deaths-in-custody": "die kill", "sentenced-other": "sent-camp imprison convict deport held", "convicted": "convict die",
    "sentenced": "convict die", "discharged": "discharge purge", "expelled": "expel purge", "released": "release",
    "held": "held imprison", "reinstated": "reinstate", "deported": "deport",
}  # fmt: skip
HARD = frozenset(" ".join(FATES.values()).split()) - {"held", "purge"}
"""What happens to people that is told of one count and not of another."""
_EMPTY = frozenset("people persons with from that this were have been their number first january".split())


def judge_exact(reading: Reading, judged: set[int]) -> list[Finding]:
    """Findings on exact numbers that nothing else judged.

    Args:
        reading: the statement.
        judged: tokens at which numbers stand that are judged already.
    """
    if reading.question or reading.quoting or reading.supposing:
        return []
    found = []
    for figure in reading.figures:
        amount = figure.amount
        if amount.first in judged or not _exact(amount):
            continue
        if denied(reading, amount) or elsewhere(reading, amount) or reading.in_quotation(amount.first, amount.last):
            continue
        finding = _finding(reading, figure)
        if finding is not None:
            found.append(finding)
    return found


def _exact(amount: Amount) -> bool:
    """Whether a count is given so finely that it is hardly written by chance."""
    if amount.form != "count" or amount.style == "of" or amount.low != amount.high or amount.low < SMALLEST:
        return False
    return amount.fine or (amount.low >= 10 * SMALLEST and amount.low % 100 != 0)


def _finding(reading: Reading, figure: Figure) -> Finding | None:
    known = _by_value().get(figure.amount.low, ())
    same = [one for one in known if _of_these_years(reading, one) and _alike(reading, figure, one)]
    if not same:
        return None
    acts = shared_acts(reading, figure)
    right = [one for one in same if not acts or acts & set(FATES.get(one.counted, "").split())]
    if not right and not _plain(reading, figure, same):
        return None
    one = (right or same)[0]
    best = f"{one.item}: {one.value:,.10g} ({one.period.replace('/', ' to ')})"
    verdict, why = (AGREES, "") if right else (DIFFERENT, f"{figure.amount.low:,.10g} is another count: {one.item}")
    if right and (other := of_a_whole(reading, figure.amount, one.item)):
        verdict, why = DIFFERENT, other
    elif right and reading.certain and one.rival and rival_count(figure.amount):
        verdict, why = DISPUTED, "the record has more than one count, none of them beyond doubt"
    return Finding(
        figure.amount.first, figure.amount.last, verdict, f"record:{one.id}", one.item, best,
        f"the record's figure {one.id}", one.population, why, "" if verdict == AGREES else f"{best}.",
        figure=(one.id,), strength=3.0,
    )  # fmt: skip


def _plain(reading: Reading, figure: Figure, same: list[Counted]) -> bool:
    """Whether one fate and no other is told right beside the number, so that it is the wrong one."""
    told = {tag.key for tag in reading.of_kind("act") if tag.key != "held"}
    return (
        all(one.counted in FATES for one in same)
        and len(told) == 1
        and told <= {"execute", "arrest", "discharge", "expel", "release"}
        and figure.near <= 2
        and not reading.cue("negation", 0, len(reading.tokens))
    )


def _of_these_years(reading: Reading, one: Counted) -> bool:
    """Whether the years of a figure are those that the statement names (all of them, if it names any)."""
    said = [when.years for when in reading.dates if not when.yearless]
    if not said or one.years is None:
        return True
    return one.years in said or one.years == (min(low for low, _ in said), max(high for _, high in said))


def _alike(reading: Reading, figure: Figure, one: Counted) -> bool:
    above = " ".join((*reading.statement.context, reading.statement.before, reading.statement.text))
    return len(_stems(above) & _stems(f"{one.item} {one.population}")) >= (1 if figure.amount.low >= SURE else 2)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """Beginnings of a text's words of four letters and more."""
    return frozenset(word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _EMPTY)


@lru_cache(maxsize=1)
def _by_value() -> dict[float, tuple[Counted, ...]]:
    found: dict[float, list[Counted]] = defaultdict(list)
    for one in load().figures.values():
        doubtful = one.deprecated or one.status == "estimated" or one.confidence == "low" or "older" in one.item
        if (
            one.value is not None
            and one.value >= SMALLEST
            and one.unit in ("persons", "cases", "records")
            and not doubtful
        ):
            found[float(one.value)].append(one)
    return {value: tuple(figures) for value, figures in found.items()}
