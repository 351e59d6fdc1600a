"""Recognises a figure of the record by its name: the words that tell it, its years, and its number, rounded or not.

Where the data files have no entry for a quantity, or an entry takes the number for another quantity's, the record's own name of
the figure decides. If every word of it is said in the statement or above it, the years are the figure's and the number fits, the
statement is what the record has; said for certain where the record has rival counts, it is disputed. A figure's number said of
another fate is another definition; a number far from the only figure that a statement names in full is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from thirtyseven.notes.judges.counting import denied, elsewhere
from thirtyseven.notes.judges.exact import FATES, HARD
from thirtyseven.notes.known.figurewords import figure_words, plain
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED, WRONG
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.compare import fits, is_true_bound
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.above import keys_of
from thirtyseven.notes.meaning.contested import SCALE, rival_count
from thirtyseven.notes.meaning.excuses import added_to_names
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.notes.meaning.scopes import of_a_whole, of_an_operation
from thirtyseven.notes.meaning.unmeant import pronoun, shared_acts
from thirtyseven.record import Figure as Counted
from thirtyseven.record import load

_SHARES = ("percent", "share")
_UNITS = frozenset("persons cases records families lists votes units".split()) | set(SCALE) | set(_SHARES)
_DOUBTED = re.compile(r"as many notes|misquoted|textbook|as printed|^Trial of")
SMALL = 100
"""Numbers below this may stand for anything: they must be exact, and the figure's name must be said in full."""
_WAYS_OUT = frozenset({"escaped", "births"})
_SOFT = frozenset("held purge quota votes recruit elected examined survive returned".split())


@dataclass(frozen=True)
class _Named:
    """A figure with the ideas of its name.

    Attributes:
        figure: of the record.
        value: in the unit of counts and shares.
        ideas: that must be said.
        years: first and last.
        alone: whether the record has the figure for one time only.
        sure: whether it may agree, or is only known as one of several counts.
    """

    figure: Counted
    value: float
    ideas: frozenset[int]
    years: tuple[int, int] | None
    alone: bool
    sure: bool

    @cached_property
    def fates(self) -> frozenset[str]:
        """What may be said to have happened to those counted; like the next, found only for figures that are asked."""
        counted = self.figure.counted
        fates = frozenset(FATES.get(counted, counted if counted in _WAYS_OUT else "").split())
        fates |= keys_of(self.figure.item) & HARD
        return fates - {"die"} if counted in ("convicted", "sentenced") else fates

    @cached_property
    def narrow(self) -> frozenset[int]:
        """Narrowing words that its name has."""
        name = f"{self.figure.item} {self.figure.population}".replace("and candidates", "")
        return figure_words().narrowed(plain(name))


@dataclass(frozen=True)
class _Heard:
    """What a statement says: its ideas, those of what stands above it, and its narrowing words."""

    here: frozenset[int]
    above: frozenset[int]
    narrow: frozenset[int]


def judge_recorded(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, with those of figures that the record names so.

    Args:
        reading: the statement.
        findings: of the other judges; one that took a figure's number for another quantity's gives way.

    Returns:
        All findings that stand.
    """
    if reading.question or reading.quoting or reading.supposing or not reading.figures:
        return findings
    heard = _heard(reading)
    out = list(findings)
    told = any(one.verdict == AGREES and one.about.startswith(("fact:", "when:")) for one in findings)
    for figure in reading.figures:
        amount = figure.amount
        if amount.style == "vague" or pronoun(reading, amount) or denied(reading, amount) or elsewhere(reading, amount):
            continue
        if reading.in_quotation(amount.first, amount.last):
            continue
        known = [one for one in out if one.first == amount.first and not one.about.startswith(("date:", "when:"))]
        made = _judged(reading, figure, heard, known, told_else=told)
        if made is not None:
            out = [one for one in out if one not in known]
            out.append(made)
    return out


def _heard(reading: Reading) -> _Heard:
    words = figure_words()
    _named()  # the ideas of all names are numbered first
    here = plain(reading.statement.text)
    headed = " ".join(reading.statement.context)
    listed = reading.statement.kind in ("bullet", "cell", "answer")
    above = plain(f"{headed} {reading.statement.before}" if listed else headed)
    return _Heard(words.said_in(here), words.said_in(above), words.narrowed(here))


_SEVERAL = "the record has more than one count, none of them beyond doubt"


def _judged(
    reading: Reading, figure: Figure, heard: _Heard, known: list[Finding], *, told_else: bool
) -> Finding | None:
    """A finding on one number, if it is to stand in the place of those known."""
    amount = figure.amount
    near = _near(amount)
    if reading.certain:
        known_so = _Heard(heard.here, heard.above | figure_words().apart, heard.narrow)
        rivals = [one for one in near if one.figure.rival and _told(reading, figure, one, known_so)]
        if rivals:
            return _finding(amount, rivals[0].figure, DISPUTED, _SEVERAL)
    if (
        known
        and all(one.verdict == AGREES and ":" not in one.about for one in known)
        and (other := _misgiven(figure, heard))
    ):
        return _finding(amount, other.figure, DIFFERENT, f"the number is another count: {other.figure.item}")
    if any(one.verdict == AGREES for one in known) or (known and reading.certain):
        return None
    lent = _Heard(heard.here, frozenset(), heard.narrow) if known else heard
    told = [one for one in near if one.sure and _told(reading, figure, one, lent)]
    best = max(told, key=lambda one: (len(one.ideas), one.value == amount.low, one.figure.id), default=None)
    parted = amount.form == "share" and any(one.verdict == DIFFERENT for one in known)
    if best is not None and not (known and (parted or not _surer(best, amount))):
        if reading.certain and best.figure.rival and rival_count(amount):
            return _finding(amount, best.figure, DISPUTED, _SEVERAL)
        if other_whole := of_a_whole(reading, amount, best.figure.item):
            return _finding(amount, best.figure, DIFFERENT, other_whole)
        if not known and of_an_operation(reading, amount, best.figure.item):
            return _finding(amount, best.figure, DIFFERENT, "the number is that of all cases, not of one operation")
        return _finding(amount, best.figure, AGREES)
    if known or best is not None:
        return None
    given = _of_another_fate(reading, figure, heard)
    return given if given is not None or told_else else _far_off(reading, figure, heard)


def _surer(one: _Named, amount: Amount) -> bool:
    """Whether a figure's name says more than an entry that took the number for another's."""
    return (
        len(one.ideas) >= 2
        and bool(one.fates)
        and (abs(amount.low - one.value) <= 0.002 * one.value or amount.form == "share")
    )


def _finding(amount: Amount, one: Counted, verdict: str, why: str = "") -> Finding:
    per = " per cent" if one.unit == "percent" else f" {one.unit}" if one.unit in SCALE else ""
    best = f"{one.item}: {one.value:,.10g}{per} ({one.period.replace('/', ' to ')})"
    return Finding(
        amount.first, amount.last, verdict, f"record:{one.id}", one.item, best, f"the record's figure {one.id}",
        one.population, why, "" if verdict == AGREES else f"{best}.", figure=(one.id,), strength=3.0,
    )  # fmt: skip


def _told(reading: Reading, figure: Figure, one: _Named, heard: _Heard) -> bool:
    """Whether the statement tells a figure: its number, its name, its years, and no other fate."""
    amount = figure.amount
    if not _number_fits(amount, one.value) or _of_families(figure, one):
        return False
    hard = _fates_said(reading, figure)
    if (hard and not hard & one.fates) or heard.narrow - one.narrow:
        return False
    if not one.ideas <= heard.here | heard.above or not one.ideas & heard.here:
        return False
    if amount.high < SMALL and len(one.ideas & heard.here) < 2 and amount.form == "count":
        return False
    return _of_its_years(reading, one)


def _of_families(figure: Figure, one: _Named) -> bool:
    """Whether a number of families is said where the record counts people."""
    noun = figure.noun.key if figure.noun is not None else ""
    return noun in ("families", "kulak-households") and one.figure.unit != "families"


def _fates_said(reading: Reading, figure: Figure) -> frozenset[str]:
    """What the statement says happened to those counted."""
    acts = shared_acts(reading, figure)
    if not acts - {"held"} and len(reading.amounts) == 1:
        acts = frozenset(tag.key for tag in reading.of_kind("act"))
    return _hard(acts)


def _hard(acts: frozenset[str]) -> frozenset[str]:
    """Fates in the record's terms: those thrown out of the party or the army are told in the same words."""
    out = frozenset({"discharge", "expel"})
    return (acts - _SOFT) | (out if acts & out else frozenset())


def _number_fits(amount: Amount, value: float) -> bool:
    if amount.form == "count" and amount.style == "of":
        return amount.low == value
    if value < SMALL and amount.form == "count":
        return amount.low == amount.high == value
    return fits(amount, (value, value), 0.02)


def _of_its_years(reading: Reading, one: _Named) -> bool:
    """Whether the years named are the figure's; if none are named, whether it has no other."""
    if one.years is None:
        return True
    said = [when.years for when in reading.dates if not when.yearless and when.precision != "decade"]
    if said:
        span = (min(low for low, _ in said), max(high for _, high in said))
        ends = {(year, year) for when in reading.dates if when.precision == "range" for year in when.years}
        return (
            one.years in said or one.years in ends or span == one.years or (one.alone and _within(reading, one.years))
        )
    meant = reading.context_years or ((1937, 1938) if reading.statement.era else None)
    return len(one.ideas) > 1 and (one.alone or meant == one.years)


def _within(reading: Reading, years: tuple[int, int]) -> bool:
    """Whether all dates lie in a figure's years, and none is a whole year that is only one of several."""
    for when in reading.dates:
        if when.yearless:
            continue
        low, high = when.years
        closed = when.word in ("by", "until", "end", "before") or when.precision in ("day", "month", "season")
        if not years[0] <= low <= high <= years[1] or not closed:
            return False
    return True


def _of_another_fate(reading: Reading, figure: Figure, heard: _Heard) -> Finding | None:
    """A figure's own number, said of others than those who met that fate ("350,700 were arrested in the review")."""
    amount, hard = figure.amount, _hard(figure.acts)
    if amount.form != "count" or amount.style == "of" or amount.low != amount.high or amount.low < SMALL or not hard:
        return None
    if figure.near > _BESIDE or len(reading.amounts) > 2 or reading.hedged or _lent(reading, figure):
        return None
    fates = figure_words().fates
    for one in _near(amount):
        rest = one.ideas - fates
        other = bool(one.fates) and not hard & one.fates
        fitting = not amount.fine and _number_fits(amount, one.value) and (len(rest) > 1 or amount.low >= _UNIQUE)
        exact = amount.low == one.value or fitting
        named = rest <= heard.here and (bool(rest) or (amount.fine and amount.low >= _UNIQUE))
        timed = (one.alone or bool(reading.dates)) and _of_its_years(reading, one)
        if other and exact and one.sure and named and timed and not _of_families(figure, one):
            return _finding(amount, one.figure, DIFFERENT, f"the number is another count: {one.figure.item}")
    return None


def _lent(reading: Reading, figure: Figure) -> bool:
    """Whether what happened to those counted is said of another number ("386,798 shot / 380,599 other sentences")."""
    acts = [tag for tag in reading.of_kind("act") if tag.key in figure.acts]

    def gap(tag: Tag, amount: Amount) -> int:
        return reading.statement.gap(tag.first, tag.last, amount.first, amount.last)

    others = [one for one in reading.amounts if one.first != figure.amount.first]
    return bool(acts) and all(
        any(gap(tag, one) < gap(tag, figure.amount) or one.last + 1 == tag.first for one in others) for tag in acts
    )


def _misgiven(figure: Figure, heard: _Heard) -> _Named | None:
    """A figure whose very number is said of a fate that is none of those of any figure with that number."""
    amount, hard = figure.amount, _hard(figure.acts)
    if amount.form != "count" or amount.style == "of" or not amount.fine or amount.low < 1000 or not hard:
        return None
    same = [one for one in _near(amount) if one.value == amount.low and one.ideas & heard.here]
    right = any(not one.fates or hard & one.fates for one in same)
    return None if right or figure.near > _BESIDE or not same else same[0]


_UNIQUE = 10_000
"""From here on a number is hardly another's by chance."""
_BESIDE = 8
"""How near the act must stand that is not the figure's."""


def _far_off(reading: Reading, figure: Figure, heard: _Heard) -> Finding | None:
    """A number far from every figure that the statement names in full."""
    amount = figure.amount
    numbers = [one for one in reading.amounts if one.form == amount.form]
    if len(numbers) > 1 or reading.hedged or reading.attributed or _CHANGE.search(reading.statement.text):
        return None
    hard = _fates_said(reading, figure)
    named = [
        one
        for one in _named()
        if one.ideas <= heard.here
        and (one.figure.unit in _SHARES) == (amount.form == "share")
        and (len(one.ideas) > 1)
        and one.narrow == heard.narrow
        and (not hard or bool(hard & one.fates))
        and (not one.fates - _SOFT or bool(hard))
        and not _of_families(figure, one)
        and _of_its_years(reading, one)
    ]
    if not any(one.sure for one in named) or any(_may_be(amount, one) for one in named):
        return None
    if any(
        _akin(one, hard, heard) and _number_fits(amount, one.value) and _of_its_years(reading, one)
        for one in _near(amount)
    ):
        return None
    best = max(named, key=lambda one: (one.sure, len(one.ideas), one.figure.id))
    found = _finding(amount, best.figure, WRONG, "")
    return None if added_to_names(reading, found) else found


_CHANGE = re.compile(
    r"\b(?:down|up|fell|falls|rose|rises|grew|drop\w*|increas\w*|declin\w*|more|less|fewer) (?:by|than)\b|"
    r"\b(?:today|nowadays|times)\b",
    re.IGNORECASE,
)
"""Words after which a number is a change, a bound or of our day."""


def _akin(one: _Named, hard: frozenset[str], heard: _Heard) -> bool:
    """Whether a figure is one of the same matter: half of its name is said, and no other fate."""
    said = len((one.ideas - figure_words().fates) & heard.here)
    alike = said and 2 * said >= len(one.ideas - figure_words().fates)
    return bool(alike) and (not hard or not one.fates or bool(hard & one.fates))


def _may_be(amount: Amount, one: _Named) -> bool:
    """Whether a number is near enough to a figure, a part of its whole, or so far away that it must count something else."""
    value = one.value
    whole = not one.fates and one.figure.unit in ("persons", "lists", "cases") and one.figure.counted != "population"
    if is_true_bound(amount, (value, value)) or one.figure.unit == "records" or (whole and amount.low < value):
        return True
    low, high = sorted((amount.low / value, amount.high / value))
    if amount.form == "share":
        return high > 0.7 and low < 1.4
    margin = 0.1 if one.figure.counted in ("population", "output", "held") else 0.25
    return (high > 1 - margin and low < 1 + margin) or high < 1 / 200 or low > 60


@lru_cache(maxsize=1)
def _named() -> tuple[_Named, ...]:
    """All figures that may be told by name."""
    words = figure_words()
    figures = [
        one
        for one in load().figures.values()
        if one.value
        and (one.value > 0 or one.item.startswith("Fall"))
        and one.unit in _UNITS
        and not one.deprecated
        and not _DOUBTED.search(one.item)
    ]
    named = [(one, words.ideas_of(one.item)) for one in figures]
    times = defaultdict(set)
    for one, ideas in named:
        times[ideas].add(one.period)
    out = []
    for one, ideas in named:
        if ideas:
            out.append(
                _Named(
                    one,
                    abs(float(one.value or 0)) * SCALE.get(one.unit, 1.0),
                    ideas,
                    one.years,
                    len(times[ideas]) == 1,
                    one.confidence != "low" and "another print" not in one.item,
                )
            )
    return tuple(sorted(out, key=lambda one: one.value))


@lru_cache(maxsize=1024)
def _near(amount: Amount) -> tuple[_Named, ...]:
    """Figures of the amount's form with a value near it."""
    low, high = 0.8 * amount.low, 1.25 * amount.high
    share = amount.form == "share"
    return tuple(one for one in _named() if low <= one.value <= high and (one.figure.unit in _SHARES) == share)
