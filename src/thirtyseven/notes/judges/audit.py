"""Asks of an exact number that agrees whether the sentence says it of those whom the record counts by it.

A number such as 22,360 belongs to one count only. Where the sentence says it of another fate, group, operation or year, or of
families, it is another definition, whatever else of it agrees. And what agrees for another reason (a date, a thesis) is left
unsaid beside an exact number of people that nothing confirms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from thirtyseven.notes.judges.exact import FATES, HARD
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.above import keys_of
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.record import Figure as Counted
from thirtyseven.record import load

_SMALLEST = 1000
_PERSONS = frozenset("persons cases families".split())
_KINDS = tuple(
    frozenset(keys.split())
    for keys in (
        "officers generals senior-officers junior-officers army navy air-force marshals army-commanders corps-commanders "
        "division-commanders brigade-commanders colonels majors captains lieutenants senior-lieutenants army-commissars admirals",
        "party old-bolsheviks delegates voting-delegates cc cc-full cc-candidates politburo regional-secretaries members-u",
        "nkvd-staff",
        "clergy believers",
        "koreans korean-dep",
        "poles polish-op national-ops polish-officers katyn minorities",
        "germans german-op national-ops minorities",
        "special-settlers kulaks kulak-households peasants dekulak order-00447",
        "wives",
        "children",
        "engineers",
        "writers",
        "workers",
    )
)
"""Groups that have little in common; a number of one is none of another."""
_PARTS = (
    re.compile(r"\bnav(?:y|al)\b|\bfleets?\b"),
    re.compile(r"\bair ?force\b"),
    re.compile(r"\b(?:prisons|jails|gaols)\b"),
    re.compile(r"\bspecial troikas?\b"),
    re.compile(r"\bmilitary collegium\b"),
    re.compile(r"\bspecial board\b"),
)
"""Parts of the army and of the camps' world, and courts, that have numbers of their own."""
_LINES = frozenset(
    "polish-op german-op harbin-op latvian-op greek-op finnish-op estonian-op romanian-op iranian-op afghan-op".split()
)
_OPERATIONS = _LINES | {"order-00447", "national-ops", "butovo", "sandarmokh"}
_HOUSES = ("families", "family", "households", "household")
_OPEN = frozenset("by before after since until from till end start".split())
_RELATIVE = frozenset("later afterwards afterward earlier previous next following thereafter ago".split())
_BESIDE = 8
_WRITTEN = 4
"""Digits besides the zeros at its end that make a number one of its own."""
_ABOVE = frozenset("date when thesis claim fact event".split())


@dataclass(frozen=True)
class _Known:
    """A figure of the record with that number.

    Attributes:
        figure: of the record.
        years: first and last.
        yearly: whether the record has the same for other years too.
    """

    figure: Counted
    years: tuple[int, int] | None
    yearly: bool

    @cached_property
    def fates(self) -> frozenset[str]:
        """What may be said to have happened to those counted; empty for anything."""
        if self.figure.counted not in FATES:
            return frozenset()
        return frozenset(FATES[self.figure.counted].split()) | (keys_of(self.figure.item) & HARD)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its name and its population speak of."""
        return keys_of(self.figure.item) | keys_of(self.figure.population)


def audited(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, those on exact numbers that agree turned where the sentence counts others by them.

    Args:
        reading: the statement.
        findings: of all judges.
    """
    figures = {figure.amount.first: figure for figure in reading.figures if _exact(figure.amount)}
    out = []
    for one in findings:
        figure = figures.get(one.first)
        if one.verdict == AGREES and figure is not None and _of_a_number(one):
            other = _other(reading, figure)
            if other is not None:
                one = replace(one, verdict=DIFFERENT, why=other, wording=f"{one.best}.")
        out.append(one)
    return [one for one in out if not _unconfirmed(reading, one, out)]


def _unconfirmed(reading: Reading, one: Finding, findings: list[Finding]) -> bool:
    """Whether something agrees, but not the number of people of which the sentence speaks, and nothing says what that is.

    The years of such a number are no date of the terror.
    """
    if one.about == "date:terror-span" and one.verdict != AGREES:
        return any(_exact(figure.amount) and _told(reading, figure) for figure in reading.figures)
    if one.verdict != AGREES or one.about.partition(":")[0] not in _ABOVE:
        return False
    told = {other.first for other in findings if _of_a_number(other)}
    return any(_astray(reading, figure) and figure.amount.first not in told for figure in reading.figures) and not any(
        other.verdict == AGREES and _of_a_number(other) for other in findings
    )


def _astray(reading: Reading, figure: Figure) -> bool:
    """Whether a number of people is another count of the record's, or so fine that it is none of the record's at all."""
    amount = figure.amount
    if amount.form != "count" or amount.style != "digits" or amount.low != amount.high or amount.low < _SMALLEST:
        return False
    noun = figure.noun.key if figure.noun is not None and figure.noun.kind == "unit" else "people"
    if noun not in ("people", "families") or not _told(reading, figure) or not _near(reading, figure):
        return False
    return _other(reading, figure) is not None if amount.low in _by_value() else amount.fine


def _exact(amount: Amount) -> bool:
    """Whether a count is given so finely that it is hardly another one rounded."""
    if amount.form != "count" or amount.style == "of" or amount.low != amount.high or amount.low < _SMALLEST:
        return False
    written = len(f"{amount.low:.0f}".rstrip("0"))
    return amount.fine or written >= _WRITTEN or (written == _WRITTEN - 1 and amount.modifier in ("", "exact"))


def _of_a_number(one: Finding) -> bool:
    return ":" not in one.about or one.about.startswith("record:")


def _other(reading: Reading, figure: Figure) -> str | None:
    """What the number really counts, if no figure of the record with that number is of those of whom the sentence speaks."""
    left = _by_value().get(figure.amount.low, ())
    for fits in (_fate_fits, _unit_fits, _group_fits, _part_fits, _operation_fits, _years_fit):
        rest = tuple(one for one in left if fits(reading, figure, one))
        if left and not rest:
            one = left[0].figure
            return f"{figure.amount.low:,.10g} is another count: {one.item} ({one.period.replace('/', ' to ')})"
        left = rest
    return None


def _fate_fits(reading: Reading, figure: Figure, one: _Known) -> bool:
    told = _told(reading, figure)
    return not told or not _near(reading, figure) or not one.fates or bool(told & one.fates)


def _told(reading: Reading, figure: Figure) -> frozenset[str]:
    """What happened to those counted, also where they are called prisoners."""
    acts = figure.acts
    if not acts - {"held"} and len(reading.amounts) == 1:
        acts = frozenset(tag.key for tag in reading.of_kind("act"))
    return acts & HARD


def _near(reading: Reading, figure: Figure) -> bool:
    """Whether what happened is said beside the number, or in the head of its row."""
    return figure.near <= _BESIDE or (reading.statement.kind == "cell" and len(reading.amounts) == 1)


def _unit_fits(reading: Reading, figure: Figure, one: _Known) -> bool:
    amount = figure.amount
    words = [reading.low(index) for index in range(amount.last + 1, amount.last + 4)]
    houses = any(word in _HOUSES for word in words) or any(word in _HOUSES for word in _numbered(reading, amount))
    if one.figure.unit == "families":
        return houses or figure.noun is None or any(token.low in _HOUSES for token in reading.tokens)
    return not houses


def _numbered(reading: Reading, amount: Amount) -> list[str]:
    """The words behind "the number of" before a number in the same clause, or those at the head of a table's row."""
    if reading.statement.kind == "cell" and len(reading.amounts) == 1:
        return [reading.low(at) for at in range(min(3, amount.first))]
    start = reading.clause(amount.first)[0]
    for index in range(amount.first - 1, start, -1):
        if any(one.last == index for one in reading.amounts):
            return []
        if reading.low(index) == "of" and reading.low(index - 1) in ("number", "numbers", "total", "count"):
            return [reading.low(at) for at in range(index + 1, min(index + 4, amount.first))]
    return []


def _group_fits(reading: Reading, figure: Figure, one: _Known) -> bool:
    counted = _counted(reading, figure.amount)
    if counted is None:
        return True
    kinds = [keys for keys in _KINDS if counted.key in keys]
    return not kinds or any(one.keys & keys for keys in kinds)


def _part_fits(reading: Reading, figure: Figure, one: _Known) -> bool:
    said = reading.statement.text.lower()
    own = f"{one.figure.item} {one.figure.population}".lower()
    return len(reading.amounts) > 1 or not any(part.search(said) and not part.search(own) for part in _PARTS)


def _counted(reading: Reading, amount: Amount) -> Tag | None:
    """The group named right behind a number, or behind "the number of"."""
    for tag in reading.of_kind("group"):
        if tag.first == amount.last + 1:
            return tag
    words = _numbered(reading, amount)
    if words:
        for tag in reading.of_kind("group"):
            if (
                tag.last < amount.first
                and reading.low(tag.first) == words[0]
                and reading.low(tag.first - 1) in ("of", "")
            ):
                return tag
    return None


def _operation_fits(reading: Reading, figure: Figure, one: _Known) -> bool:
    clause = reading.clause(figure.amount.first)
    said = {tag.key for tag in reading.of_kind("frame") if clause[0] <= tag.first <= clause[1]} & _OPERATIONS
    own = one.keys & _OPERATIONS
    return len(said) != 1 or len(reading.amounts) > 1 or not own or bool(said & own)


def _years_fit(reading: Reading, figure: Figure, one: _Known) -> bool:
    dates = [when for when in reading.dates if not when.yearless and when.precision != "decade"]
    relative = any(token.low in _RELATIVE for token in reading.tokens)
    if not dates or one.years is None or relative or any(_loose(reading, when) for when in dates):
        return True
    first, last = one.years
    if all(when.years[1] < first or when.years[0] > last for when in dates):
        return False
    if len(dates) > 1 or len(reading.amounts) > 1:
        return True
    when = dates[0]
    if first == last:
        return not one.yearly or when.precision != "range" or when.years == one.years or not _attached(reading, when)
    return not (when.precision == "year" and _attached(reading, when))


def _loose(reading: Reading, when: When) -> bool:
    """Whether a date is only a bound ("by 1938", "since 1935")."""
    return when.word in _OPEN or reading.low(when.first - 1) in _OPEN


def _attached(reading: Reading, when: When) -> bool:
    """Whether a date is plainly that of what is told: it opens the sentence, or closes it or what is counted."""
    after = reading.low(when.last + 1)
    if reading.tokens[when.first].start <= reading.statement.lead and after == ":":
        return True
    if reading.low(when.first - 1) not in ("in", "during"):
        return False
    return when.last + 1 >= len(reading.tokens) or after in (".", ";", "!", "was", "were", "came") or when.first <= 1


@lru_cache(maxsize=1)
def _by_value() -> dict[float, tuple[_Known, ...]]:
    found: dict[float, list[_Known]] = defaultdict(list)
    times = defaultdict(set)
    for one in load().figures.values():
        times[one.item].add(one.period)
    for one in load().figures.values():
        if one.value is None or one.value < _SMALLEST or one.unit not in _PERSONS:
            continue
        found[float(one.value)].append(_Known(one, one.years, len(times[one.item]) > 1))
    return {value: tuple(figures) for value, figures in found.items()}
