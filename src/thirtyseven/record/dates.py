"""Dates as historians give them: the part of EDTF (levels 0 and 1) that the record uses.

Allowed are a day `1937-07-30`, a month `1937-08`, a season `1937-22` (21 spring, 22 summer, 23 autumn,
24 winter), a year `1937`, a decade `193X`, each with `?` (uncertain), `~` (approximate) or `%` (both), and an
interval of two of them, `1937-08-05/1938-11-17`; an interval's end may be `..` (open) or empty (unknown).
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)\Z", re.ASCII)
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day that a date may mean; None where the end is open or unknown."""

    first: datetime.date | None
    last: datetime.date | None


@functools.lru_cache(maxsize=4096)
def span(text: str) -> Span:
    """Read an EDTF date.

    Args:
        text: the date as written in the record.

    Returns:
        The first and the last day it covers. Winter is counted from December of its year.

    Raises:
        ValueError: where the text is no date of the allowed forms, with a sentence that says why.
    """
    if "/" not in text:
        return _point(text)
    begin, _, end = text.partition("/")
    if "/" in end:
        raise ValueError(f"'{text}' has more than one '/'; an interval is two dates, as in 1937-08-05/1938-11-17")
    first = None if begin in ("", "..") else _point(begin).first
    last = None if end in ("", "..") else _point(end).last
    if begin in ("", "..") and end in ("", ".."):
        raise ValueError(f"'{text}' gives neither a beginning nor an end; write at least one date")
    if first and last and last < first:
        raise ValueError(f"'{text}' ends before it begins; put the earlier date first")
    return Span(first, last)


def _point(text: str) -> Span:
    """Read one date without an interval."""
    match = _POINT.match(text)
    if match is None:
        raise ValueError(
            f"'{text}' is not a date the record knows; "
            "write 1937, 1937-08, 1937-08-05, 1937-22 for a season, "
            "add ~ or ? where it is uncertain, and join two dates with /"
        )
    year, month, day, _ = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None:
        return Span(datetime.date(max(low, 1), 1, 1), datetime.date(high, 12, 31))
    if low != high:
        raise ValueError(f"'{text}' has a month in an unknown year; leave the month out")
    return _dated(text, low, int(month), None if day is None else int(day))


def _dated(text: str, year: int, month: int, day: int | None) -> Span:
    """Read a date that has at least a month or a season."""
    if month in _SEASON_MONTHS:
        if day is not None:
            raise ValueError(f"'{text}' has a day in a season; leave the day out")
        begin, end = _SEASON_MONTHS[month]
        first = datetime.date(year, begin, 1)
        last = datetime.date(year, end, calendar.monthrange(year, end)[1])
        return Span(first, datetime.date(year + 1, 2, 28) if month == 24 else last)
    if not 1 <= month <= 12:
        raise ValueError(f"'{text}' has no month {month:02d}; months run from 01 to 12, seasons from 21 to 24")
    last_day = calendar.monthrange(year, month)[1]
    if day is None:
        return Span(datetime.date(year, month, 1), datetime.date(year, month, last_day))
    if not 1 <= day <= last_day:
        raise ValueError(f"'{text}' is a day that does not exist; {year}-{month:02d} has {last_day} days")
    return Span(datetime.date(year, month, day), datetime.date(year, month, day))
