"""The weekly clock: week 0 begins on Monday 1 January 1934, 313 weeks, to the end of 1939.

Week numbers stand in parameters, statistics and tests, so they are defined once, here. 5 August 1937, the
first day of Order 00447's operation, is in week 187; 17 November 1938, the decree that ended it, in week 254.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FIRST_DAY = date(1934, 1, 1)
WEEKS = 313

KIROV = date(1934, 12, 1)
YEZHOV = date(1936, 9, 26)
LISTS_BEGIN = date(1937, 2, 27)
PLENUM_1937 = date(1937, 2, 23)
PLENUM_1938 = date(1938, 1, 18)
ORDER_00447 = date(1937, 8, 5)
FAMILIES_ORDER = date(1937, 8, 15)
SPECIAL_TROIKAS = date(1938, 9, 17)
MUNICH = date(1938, 9, 29)
DECREE = date(1938, 11, 17)


def week_of(day: date) -> int:
    """Return the number of the week that holds a day.

    Args:
        day: any date; days before 1934 give negative numbers.

    Returns:
        The week, 0 for the week of Monday 1 January 1934.
    """
    return (day - FIRST_DAY).days // 7


def monday_of(week: int) -> date:
    """Return the Monday on which a week begins."""
    return FIRST_DAY + timedelta(days=7 * int(week))


@cache
def months() -> tuple[str, ...]:
    """The 72 months 1934-01 ... 1939-12 that weeks are booked to."""
    return tuple(f"{year}-{month:02d}" for year in range(1934, 1940) for month in range(1, 13))


@cache
def month_of_week() -> tuple[int, ...]:
    """Index into `months()` for each of the 313 weeks: the month of the week's Thursday.

    A week belongs to the month (and year) that holds most of its days, as in ISO 8601. The last week's
    Thursday is 28 December 1939.
    """

    def index(week: int) -> int:
        thursday = monday_of(week) + timedelta(days=3)
        return (thursday.year - 1934) * 12 + thursday.month - 1

    return tuple(min(index(week), 71) for week in range(WEEKS))
