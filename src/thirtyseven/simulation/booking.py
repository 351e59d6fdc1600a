"""Small compiled parts that every institution of the core uses: the logistic, rounding, and the one place of counting."""

from __future__ import annotations

import math

from thirtyseven.compiled import njit
from thirtyseven.simulation.layout import ARRESTED, FIRST


@njit(cache=True)
def logistic(x):
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-x))



@njit(cache=True)
def rounded(mean, u):
    """A whole number with this mean: what an office works off is a share of its queue, not a coin a person."""
    return math.floor(mean + u)



@njit(cache=True)
def book(tally, b, week, slot, region, channel, what, n):
    """Count n people, in the weekly and the regional table and in what laws may read."""
    tally.weekly[b, week, channel, what] += n
    tally.regional[b, slot, region, channel, what] += n
    if what == ARRESTED:
        tally.total[b, channel] += n
    elif what == FIRST:
        tally.shot[b] += n
