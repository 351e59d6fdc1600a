"""Does a stated number or date agree with a recorded one? Rounding, about, over, up to and ranges are respected."""

from __future__ import annotations

from datetime import date

from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.dates import When

Interval = tuple[float, float]

TOLERANCE = 0.03
"""Relative distance at which a rounded number still agrees (681,692 and 700,000 differ by 2.7 per cent)."""

CAP, CAP_ABOUT = 0.08, 0.12
"""However coarsely a number is written (1 million), it is not taken for one that is further off than this."""


def fits(amount: Amount, interval: Interval, tolerance: float = TOLERANCE) -> bool:
    """Whether the stated amount agrees with a recorded value or range.

    Args:
        amount: the stated number.
        interval: recorded lowest and highest value (equal for a single value).
        tolerance: relative distance at which a rounded number still agrees.

    Returns:
        True if somebody who knew the recorded value could have written the number so.
    """
    low, high = interval
    if amount.style == "vague":
        return amount.low <= high and amount.high >= low
    if amount.form == "share":
        return _share_fits(amount, low, high)
    slack = _slack(amount, max(abs(low), abs(high)), tolerance)
    if amount.low != amount.high:
        return amount.low - slack <= high and amount.high + slack >= low
    stated = amount.low
    if amount.modifier == "under":
        return 0.85 * stated <= high and low <= 1.003 * stated
    if amount.modifier == "over":
        return high >= 0.995 * stated and low <= 1.5 * stated
    if amount.modifier == "most":
        return high >= 0.75 * stated and low <= 1.02 * stated
    return low - slack <= stated <= high + slack


def _slack(amount: Amount, size: float, tolerance: float) -> float:
    if amount.fine:
        return 0.0
    about = amount.modifier == "about" or amount.low != amount.high
    if amount.low < 100 and amount.unit <= 1:
        return 0.1 * size if about and size > 10 else 0.0
    wanted = max(0.5001 * amount.unit, tolerance * size, 0.06 * size if about else 0.0)
    return min(wanted, (CAP_ABOUT if about else CAP) * size)


def _share_fits(amount: Amount, low: float, high: float) -> bool:
    if amount.style == "ratio" and amount.modifier in ("under", "over"):
        near = 0.6 * amount.low <= high if amount.modifier == "under" else low <= 1.6 * amount.high
        return near and (low <= 1.003 * amount.high if amount.modifier == "under" else high >= 0.995 * amount.low)
    if amount.style == "ratio" or (amount.style == "fraction" and (amount.base or 0) >= 6 and amount.high < 0.3):
        return 0.88 * low <= amount.high and amount.low <= 1.12 * high
    slack = 0.05 if amount.style == "fraction" else max(0.012, 0.5 * amount.unit)
    if amount.style == "percent":
        slack = min(slack, 0.035) + (0.02 if amount.modifier == "about" else 0.0)
        slack = min(slack, 0.25 * max(high, 0.01))
    if amount.low != amount.high:
        return amount.low - 0.01 <= high and amount.high + 0.01 >= low
    if amount.modifier == "under":
        return amount.low - 0.12 <= high and low <= amount.low + 0.005
    if amount.modifier == "over":
        return high >= amount.low - 0.005 and low <= amount.low + 0.2
    return low - slack <= amount.low <= high + slack


def is_true_bound(amount: Amount, interval: Interval) -> bool:
    """Whether "over", "under" or "up to" makes a distant number true all the same (over 100,000 of 681,692)."""
    low, high = interval
    if amount.modifier == "over":
        return low >= amount.low
    if amount.modifier in ("under", "most"):
        return high <= amount.low
    return False


def dates_agree(stated: When, truths: list[tuple[date, date]]) -> bool:
    """Whether a stated date agrees with one of the recorded dates or spans at the precision that was stated."""
    if stated.precision == "day" and not stated.yearless and _of_another_year(stated, truths):
        return False
    return any(_date_agrees(stated, start, end) for start, end in truths)


def _of_another_year(stated: When, truths: list[tuple[date, date]]) -> bool:
    """Whether a day is a recorded one in the wrong year ("31 August 1936"), though some longer span has it too."""
    days = [start for start, end in truths if start == end]
    same = [day for day in days if (day.month, day.day) == (stated.start.month, stated.start.day)]
    return stated.start == stated.end and bool(same) and stated.start not in same


def _date_agrees(stated: When, start: date, end: date) -> bool:
    if stated.yearless:
        return any(_inside(stated, start, end, year) for year in range(start.year, end.year + 1))
    if stated.precision == "range" and (end - start).days > 45:
        first, _, last = stated.ends.partition(":")
        return _same_end(first, stated.start, start) and _same_end(last or first, stated.end, end)
    if stated.precision == "season":
        margin = 31
        return (start - stated.end).days <= margin and (stated.start - end).days <= margin
    return stated.start <= end and stated.end >= start


def _same_end(precision: str, said: date, truth: date) -> bool:
    if precision == "day":
        return abs((said - truth).days) <= 1
    if precision == "month":
        return (said.year, said.month) == (truth.year, truth.month)
    return said.year == truth.year


def _inside(stated: When, start: date, end: date, year: int) -> bool:
    try:
        low, high = stated.start.replace(year=year), stated.end.replace(year=year)
    except ValueError:
        return False
    return low <= end and high >= start
