"""Recognises a figure of the record by its name: the words that tell it, its years, and its number, rounded or not.

Where the data files have no entry for a quantity, or an entry takes the number for another quantity's, the record's own name of
the figure decides: if every word of it is said in the statement or above it, the years are the figure's and the number fits,
then the statement is what the record has. Of other numbers this module says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from thirtyseven.notes.amounts import Amount
from thirtyseven.notes.compare import fits
from thirtyseven.notes.counting import denied, elsewhere
from thirtyseven.notes.exact import FATES
from thirtyseven.notes.figurewords import figure_words, plain
from thirtyseven.notes.finding import Finding
from thirtyseven.notes.knowledge import AGREES, DIFFERENT, WRONG
from thirtyseven.notes.reading import Figure, Reading, keys_of
from thirtyseven.record import Figure as Counted
from thirtyseven.record import load

_SCALE = {"million tonnes": 1e6, "million roubles": 1e6, "percent": 0.01}
_UNITS = frozenset("persons percent cases records families lists votes share units".split()) | set(_SCALE) | {"million tonnes"}
SMALL = 100
"""Numbers below this may stand for anything: they must be exact, and the figure's name must be said in full."""


@dataclass(frozen=True)
class _Named:
    """A figure with the ways of saying each word of its name.

    Attributes:
        figure: of the record.
        value: in the unit of counts and shares.
        groups: for each word that must be said, beginnings of words that say it.
        years: first and last.
        alone: whether the record has the figure for one time only.
        fates: what may be said to have happened to those counted.
        narrow: narrowing words that its name has.
    """

    figure: Counted
    value: float
    groups: tuple[tuple[str, ...], ...]
    years: tuple[int, int] | None
    alone: bool
    fates: frozenset[str]
    narrow: frozenset[int]


def judge_recorded(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, with those of figures that the record names so.

    Args:
        reading: the statement.
        findings: of the other judges; one that took a figure's number for another quantity's gives way.

    Returns:
        All findings that stand.
    """
    if reading.question or reading.quoting or reading.supposing or reading.certain or not reading.figures:
        return findings
    here = plain(reading.statement.text)
    headed = " ".join(reading.statement.context)
    listed = reading.statement.kind in ("bullet", "cell", "answer")
    above = plain(f"{headed} {reading.statement.before}" if listed else headed)
    out = list(findings)
    for figure in reading.figures:
        amount = figure.amount
        known = [one for one in out if one.first == amount.first and not one.about.startswith(("date:", "when:"))]
        if any(one.verdict not in (WRONG, DIFFERENT) for one in known) or amount.style == "vague":
            continue
        if denied(reading, amount) or elsewhere(reading, amount) or reading.in_quotation(amount.first, amount.last):
            continue
        best = max(
            (one for one in _near(amount) if _told(reading, figure, one, here, "" if known else above)),
            key=lambda one: (len(one.groups), one.value == amount.low, one.figure.id),
            default=None,
        )
        if best is not None and not (known and not _surer(best, amount)):
            out = [one for one in out if one not in known]
            out.append(_finding(amount, best.figure))
    return out


def _surer(one: _Named, amount: Amount) -> bool:
    """Whether a figure's name says more than an entry that took the number for another's."""
    return len(one.groups) >= 2 and bool(one.fates) and (amount.low == one.value or amount.form == "share")


def _finding(amount: Amount, one: Counted) -> Finding:
    best = f"{one.item}: {one.value:,.10g}{' per cent' if one.unit == 'percent' else ''} ({one.period.replace('/', ' to ')})"
    return Finding(
        amount.first, amount.last, AGREES, f"record:{one.id}", one.item, best, f"the record's figure {one.id}",
        one.population, figure=(one.id,), strength=3.0,
    )  # fmt: skip


def _told(reading: Reading, figure: Figure, one: _Named, here: str, above: str) -> bool:
    """Whether the statement tells a figure: its number, its name, its years, and no other fate."""
    amount, counted = figure.amount, one.figure
    if not _number_fits(amount, one.value):
        return False
    if figure.noun is not None and figure.noun.key in ("families", "kulak-households") and counted.unit != "families":
        return False
    acts = figure.acts
    if not acts and len(reading.amounts) == 1:
        acts = frozenset(tag.key for tag in reading.of_kind("act"))
    hard = acts - _SOFT
    if hard and not hard & one.fates:
        return False
    if figure_words().narrowed(here) - one.narrow:
        return False
    own = [any(f" {way}" in here for way in ways) for ways in one.groups]
    lent = [any(f" {way}" in above for way in ways) for ways in one.groups]
    if not all(said or up for said, up in zip(own, lent, strict=True)) or not any(own):
        return False
    if amount.high < SMALL and (len(one.groups) < 2 or sum(own) < 2) and amount.form == "count":
        return False
    return _of_its_years(reading, one)


_HARD = frozenset("execute kill die arrest convict imprison sent-camp discharge expel reinstate deport release".split())
_SOFT = frozenset({"held", "purge", "quota", "votes", "recruit", "elected", "examined", "survive", "returned"})


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
        return one.years in said or span == one.years or (one.alone and _within(reading, one.years))
    return (one.alone and len(one.groups) > 1) or reading.context_years == one.years


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


@lru_cache(maxsize=1)
def _named() -> tuple[_Named, ...]:
    """All figures that may be told by name."""
    words = figure_words()
    figures = [
        one
        for one in load().figures.values()
        if one.value and one.unit in _UNITS and not one.deprecated and one.confidence != "low"
        and not re.search(r"as many notes|misquoted|textbook|as printed|another print|^Trial of", one.item)
    ]  # fmt: skip
    times = defaultdict(set)
    for one in figures:
        times[one.item].add(one.period)
    out = []
    for one in figures:
        groups = words.groups_of(one.item)
        years = [int(year) for year in re.findall(r"\b\d{4}\b", one.period)]
        span = (min(years), max(years)) if years else None
        value = float(one.value or 0) * _SCALE.get(one.unit, 1.0)
        fates = frozenset(FATES.get(one.counted, "").split()) | (keys_of(one.item) & _HARD)
        if one.counted in ("convicted", "sentenced"):
            fates -= {"die"}
        if groups:
            narrow = words.narrowed(plain(f"{one.item} {one.population}"))
            out.append(_Named(one, value, groups, span, len(times[one.item]) == 1, fates, narrow))
    return tuple(sorted(out, key=lambda one: one.value))


@lru_cache(maxsize=1024)
def _near(amount: Amount) -> tuple[_Named, ...]:
    """Figures of the amount's form with a value near it."""
    low, high = 0.8 * amount.low, 1.25 * amount.high
    share = amount.form == "share"
    return tuple(
        one for one in _named() if low <= one.value <= high and (one.figure.unit in ("percent", "share")) == share
    )


