"""Any series on request: a quantity, at a place, for a group, in a period, by week, month or year.

The weighing fits a few dozen statistics, but an archive prints series: executions in one city by month, names on lists
by region, a region's final total. Each is a sum over the regional table of an outcome that was run with one bin a week.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.society import calendar

QUANTITIES = {
    "arrests": ("arrested", CHANNELS),
    "sentences": ("sentenced", CHANNELS),
    "death-sentences": ("first_category", CHANNELS),
    "releases": ("released", CHANNELS),
    "names-on-lists": ("sentenced", ("lists",)),
}
"""Name of a quantity -> what is counted and through which channels. Executions are not simulated apart from death
sentences; a reader who needs them adds the delay and the few sentences that were not carried out."""
Resolution = Literal["week", "month", "year"]


def labels(resolution: Resolution) -> tuple[str, ...]:
    """Names of the periods of a resolution: Mondays, months or years."""
    if resolution == "week":
        return tuple(calendar.monday_of(week).isoformat() for week in range(calendar.WEEKS))
    return calendar.months() if resolution == "month" else tuple(str(year) for year in range(1934, 1940))


def bins(resolution: Resolution) -> NDArray[np.int64]:
    """Period of each week."""
    if resolution == "week":
        return np.arange(calendar.WEEKS)
    months = np.array(calendar.month_of_week(), np.int64)
    return months if resolution == "month" else months // 12


def series(outcome: Outcome, quantity: str, *, regions: tuple[str, ...], place: str = "ussr",
           group: str | None = None, resolution: Resolution = "month") -> NDArray[np.int64]:  # fmt: skip
    """Return a series from an outcome, (B, periods) people.

    Args:
        outcome: run with `slots` of this resolution or finer (weeks, months).
        quantity: a key of `QUANTITIES`.
        regions: the setting's region slugs.
        place: a region's slug, or "ussr".
        group: a channel, or None for all channels of the quantity.
        resolution: week, month or year.

    Raises:
        ValueError: if there is no such quantity, place or group, or the outcome is too coarse.
    """
    if quantity not in QUANTITIES:
        raise ValueError(f"There is no quantity '{quantity}'; choose one of: {', '.join(QUANTITIES)}.")
    what, channels = QUANTITIES[quantity]
    if group is not None and group not in CHANNELS:
        raise ValueError(f"There is no group '{group}'; choose one of: {', '.join(CHANNELS)}.")
    picked = [CHANNELS.index(c) for c in ((group,) if group else channels)]
    counted = COUNTED.index(what)
    index = bins(resolution)
    total = np.zeros((outcome.runs, int(index.max()) + 1), np.int64)
    if place == "ussr":
        for week, period in enumerate(index):
            total[:, period] += outcome.weekly[:, week, picked, counted].sum(axis=1)
        return total
    if place not in regions:
        raise ValueError(f"There is no region '{place}'; `thirtyseven record series:tile-grid` lists them.")
    table = outcome.regional[:, :, regions.index(place), :, counted][:, :, picked].sum(axis=2)
    slot_period = np.full(table.shape[1], -1, np.int64)
    for week, slot in enumerate(outcome.slots):
        if slot_period[slot] not in (-1, index[week]):
            raise ValueError(
                f"This outcome was kept in {table.shape[1]} bins of time, too few for a series by {resolution}."
            )
        slot_period[slot] = index[week]
    for slot, period in enumerate(slot_period):
        total[:, period] += table[:, slot]
    return total
