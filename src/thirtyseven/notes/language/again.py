"""Dates told by another date of the same statement: "arrested on 10 April 1939 and shot the same month"."""

from __future__ import annotations

from datetime import date, timedelta

from thirtyseven.notes.language.dates import When, month_span
from thirtyseven.notes.language.text import Token

_SAME = frozenset({"same", "very"})
_NEXT = frozenset({"next", "following"})
_BEFORE = frozenset({"the", "that", "this"})
_UNITS = frozenset({"day", "month", "year"})


def with_again(tokens: list[Token], dates: list[When]) -> list[When]:
    """The dates, and those that only point back to the one before ("the same month", "the next day").

    Args:
        tokens: the statement's.
        dates: those written out.

    Returns:
        All in order of place.
    """
    found = list(dates)
    for index in range(2, len(tokens)):
        word, unit = tokens[index - 1].low, tokens[index].low
        if unit not in _UNITS or word not in _SAME | _NEXT or tokens[index - 2].low not in _BEFORE:
            continue
        before = [when for when in dates if when.last < index - 2 and not when.yearless]
        span = _moved(before[-1], unit, word in _NEXT) if before else None
        if span is not None:
            found.append(When(*span, unit, index - 2, index, "in"))
    return sorted(found, key=lambda when: when.first)


def _moved(when: When, unit: str, on: bool) -> tuple[date, date] | None:
    """The day, month or year of a date, or the one that follows; ``None`` if the date is too vague."""
    if when.precision not in ("day", "month", "year") or when.years[0] != when.years[1]:
        return None
    start = when.start
    if unit == "day":
        moved = start + timedelta(days=1) if on else start
        return (moved, moved) if when.start == when.end else None
    if unit == "month":
        if when.precision == "year" or when.start.month != when.end.month:
            return None
        later = month_span(start.year, start.month)[1] + timedelta(days=1) if on else start
        return month_span(later.year, later.month)
    return date(start.year + on, 1, 1), date(start.year + on, 12, 31)
