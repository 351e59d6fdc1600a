"""Naive predictions that a model must beat: last year's figure, months alike, any week as good as another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from thirtyseven.record import Record
from thirtyseven.summaries import STATISTICS

Floats = NDArray[np.float64]

LAST_YEAR = {
    "arrests_1937": "arrested_by_organs", "arrests_1938": "arrested_by_organs", "deaths_1936": "death_corrected",
    "deaths_1937": "death_corrected", "deaths_1938": "death_corrected", "deaths_1939": "death_corrected",
}  # fmt: skip
"""Statistics of annual tables with their column; last year's figure is the naive prediction."""
SAME_AS = {"party_1938": "party_1937", "officers_1938": "officers_1937"}
"""Statistics whose naive prediction is another one's observed value; its spread is that of the annual arrests."""
MONTHS = {"half_1937": 6, "spring_1938": 3, "quarter2_1938": 3, "end_1938": 2}
"""Statistics that are a share of a year's arrests: so many months of twelve."""
MONTHS_SPREAD = 0.6
"""Log-odds by which shares of months leave the even share; about what Memorial's months of 1933-36 show."""
ANY_WEEK = {"launch": (0.0, 313.0), "stop": (187.0, 313.0)}
"""Weeks among which nothing is preferred: the whole period; from the order's first day on."""


def naive(record: Record, observed: Floats) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of the naive prediction, by statistic, on the statistic's own scale.

    The spread of "last year's figure" is that of the yearly log changes from 1922 to the year before.

    Args:
        record: for the annual table.
        observed: (S,) observed statistics.
    """
    ids = [s.id for s in STATISTICS]
    rows = {int(str(r["year"])): r for r in record.series["annual-repression"].rows}
    found: dict[str, tuple[float, float]] = {}
    for name, column in LAST_YEAR.items():
        if name not in ids:
            continue
        year = int(name[-4:])
        values = [rows[y][column] for y in range(1921, year)]
        steps = np.diff(np.log(np.array([float(v) for v in values if v is not None])))
        found[name] = (float(np.log(float(rows[year - 1][column]) + 500.0)), float(steps.std(ddof=1)))
    for name, other in SAME_AS.items():
        if name in ids and other in ids and "arrests_1938" in found:
            found[name] = (float(observed[ids.index(other)]), found["arrests_1938"][1])
    for name, months in MONTHS.items():
        if name in ids:
            found[name] = (float(np.log(months / (12 - months))), MONTHS_SPREAD)
    for name, (low, high) in ANY_WEEK.items():
        if name in ids:
            found[name] = ((low + high) / 2, (high - low) / np.sqrt(12))
    return found
