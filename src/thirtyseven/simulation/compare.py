"""Two runs, person by person: whom both reached, whom one reached earlier, whom one alone.

Both runs share their random numbers: who comes when in the order of a cell, who knows whom, what a person's own draws are.
So a person's fate differs where something that leads to him differs, and equal worlds give equal logs to the last bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation.events import ARRESTED, DEATH, KINDS, Events, ends_of
from thirtyseven.society import calendar
from thirtyseven.society.people import Society
from thirtyseven.society.strata import SLUGS

Ids = NDArray[np.int64]

FATES = ("same_week", "earlier_in_b", "later_in_b", "only_in_a", "only_in_b")
"""Of people arrested in either run, by their first arrests."""


class ComparisonError(ValueError):
    """Two runs that cannot be set side by side."""


def compare(a: Events, b: Events, society: Society) -> dict[str, Any]:
    """Set two runs of one society side by side.

    Args:
        a: the log of the first; b: of the second; made with the same seed, or differences are chance.
        society: the society of both.

    Returns:
        `equal` (whether the logs are the same), `digests`, `first_difference` (Monday of the first week in which they
        differ, null where they do not), `arrested` (see `_table`), `by_channel` (channel of the first arrest, that of run
        a where both have one), `by_stratum`, `weeks` (how much earlier or later, in weeks) and `fates` (people by what
        last happened to them in a and in b).

    Raises:
        ComparisonError: the logs are of different societies.
    """
    if (a.people, a.regions) != (b.people, b.regions):
        raise ComparisonError("Two runs of different societies cannot be compared person by person; give both the same one.")
    people, week_a, week_b, channel = _first_arrests(a, b)
    fate = _fates(week_a, week_b)
    stratum = society.cells(people)[1] if len(people) else np.zeros(0, np.int64)
    both = fate < 3
    shift = (week_b - week_a)[both]
    differs = first_difference(a, b)
    return {
        "equal": differs is None, "digests": [a.digest(), b.digest()],
        "first_difference": None if differs is None else calendar.monday_of(differs).isoformat(),
        "arrested": _table(fate),
        "by_channel": {name: _table(fate[channel == c]) for c, name in enumerate(CHANNELS) if (channel == c).any()},
        "by_stratum": {name: _table(fate[stratum == s]) for s, name in enumerate(SLUGS) if (stratum == s).any()},
        "weeks": {name: float(np.quantile(shift, q)) for name, q in (("q05", 0.05), ("q50", 0.5), ("q95", 0.95))}
        if len(shift) else {},
        "fates": _crossed(a, b),
    }  # fmt: skip


def first_difference(a: Events, b: Events) -> int | None:
    """The first week in which two logs differ, None where they are the same."""
    if not np.array_equal(a.held, b.held):
        return min(a.weeks[0], b.weeks[0])
    for week, (mine, theirs) in enumerate(zip(a.by_week(), b.by_week(), strict=True)):
        if not np.array_equal(mine, theirs):
            return week
    return None


def _first_arrests(a: Events, b: Events) -> tuple[NDArray[np.int32], Ids, Ids, Ids]:
    """People arrested in either run, sorted; week of the first arrest in each, -1 for never; channel."""
    found = []
    for events in (a, b):
        rows = events.of(ARRESTED)
        people, first = ends_of(events.person[rows])
        found.append((people, events.week[rows[first]].astype(np.int64), events.channel[rows[first]].astype(np.int64)))
    people = np.union1d(found[0][0], found[1][0])
    weeks, channels = np.full((2, len(people)), -1, np.int64), np.full((2, len(people)), -1, np.int64)
    for i, (some, week, channel) in enumerate(found):
        where = np.searchsorted(people, some)
        weeks[i, where], channels[i, where] = week, channel
    return people, weeks[0], weeks[1], np.where(channels[0] >= 0, channels[0], channels[1])


def _fates(week_a: Ids, week_b: Ids) -> Ids:
    """Indices into `FATES`."""
    both = np.where(week_a == week_b, 0, np.where(week_b < week_a, 1, 2))
    return np.where(week_b < 0, 3, np.where(week_a < 0, 4, both))


def _table(fate: Ids) -> dict[str, int]:
    return dict(zip(FATES, (int(n) for n in np.bincount(fate, minlength=len(FATES))), strict=True))


def _crossed(a: Events, b: Events) -> dict[str, dict[str, int]]:
    """People by the last thing that happened to them in a (rows) and in b; "nothing" where nothing did."""
    names = ("nothing", "in_custody", *KINDS[DEATH:])
    ends = (a.last(), b.last())
    people = np.union1d(ends[0][0], ends[1][0])
    last = np.zeros((2, len(people)), np.int64)
    for i, (who, what) in enumerate(ends):
        last[i, np.searchsorted(people, who)] = 1 + what.astype(np.int64)
    table = np.bincount(last[0] * len(names) + last[1], minlength=len(names) ** 2).reshape(len(names), len(names))
    return {mine: {theirs: int(table[i, j]) for j, theirs in enumerate(names)} for i, mine in enumerate(names)}
