"""Dates in words."""

from __future__ import annotations

from datetime import date

from thirtyseven.notes.known.entries import Span

_MONTH_NAMES = "January February March April May June July August September October November December".split()


def shown(span: Span) -> str:
    """A span of days in words: 1 December 1934; August 1936; 19 to 24 August 1936; 1937."""
    start, end = span
    if start == end:
        return _day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day >= 28:
        return f"{_MONTH_NAMES[start.month - 1]} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {_day(end)}"
    if start.day == 1 and end.day >= 28:
        return f"{_MONTH_NAMES[start.month - 1]} {start.year} to {_MONTH_NAMES[end.month - 1]} {end.year}"
    return f"{_day(start)} to {_day(end)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"
