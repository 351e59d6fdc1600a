"""The few, one by one: who held which office, as ids at the beginning of their cells.

The blocks are structure, not persons: the record's actors say who they were.  Numbers are those of the party and army
tables; where somebody sat (capital or region) is judgement where no source is named.  Offices overlap: a first
secretary may be in the Central Committee and a delegate of the congress; he is one person.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from thirtyseven.society.people import Elite, Ints
from thirtyseven.society.strata import INDEX

CENTRAL_COMMITTEE = 139
"""Elected by the 17th Congress in February 1934: 71 members and 68 candidates."""
POLITBURO = 15
"""Ten members and five candidates, February 1934 (recalled)."""
DELEGATES = 1_966
"""Delegates of the 17th Congress, voting and consultative (Khrushchev 1956)."""
SECRETARIES_IN_COMMITTEE = 44
"""First secretaries of regions in the Central Committee: judgement, those of the largest party organisations."""
NKVD_LEADERSHIP = 111
"""Leading posts of the NKVD on 1 March 1937: commissar, deputies, heads of departments, regional chiefs (recalled)."""

RANKS: tuple[tuple[str, int], ...] = (
    ("marshals", 5),
    ("army-commanders-first-rank", 4),
    ("army-commissars-first-rank", 2),
    ("fleet-flagmen-first-rank", 2),
    ("army-commanders-second-rank", 12),
    ("army-commissars-second-rank", 15),
    ("fleet-flagmen-second-rank", 2),
    ("corps-commanders", 67),
    ("corps-commissars", 28),
    ("flagmen-first-rank", 6),
    ("division-commanders", 199),
    ("division-commissars", 97),
    ("flagmen-second-rank", 15),
    ("brigade-commanders", 397),
    ("brigade-commissars", 36),
)
"""Ranks of the high command and how many held them, after the classic list (army table, recalled: the revised list
counts otherwise).  The rest of the 1,863 of general grade are engineers, doctors, lawyers and others of equal rank."""

CAPITAL, FAR_EAST = "moscow-oblast", "far-eastern-krai"


def apportion(total: int, weights: NDArray[np.floating] | Ints) -> Ints:
    """Whole numbers in proportion to weights that add up to the total (largest remainders, ties to the first).

    Args:
        total: what to divide, >= 0.
        weights: any shape, >= 0, not all 0.

    Returns:
        Integers of the same shape; 0 where the weight is 0, and never above a whole-numbered weight when the total
        does not exceed their sum.

    Raises:
        ValueError: where nothing can be divided because all weights are 0.
    """
    flat = np.asarray(weights, dtype=np.float64).ravel()
    if total == 0:
        return np.zeros(np.shape(weights), np.int64)
    if not flat.sum() > 0:
        raise ValueError(f"{total} people cannot be spread over regions whose weights are all 0; check the record")
    exact = total * (flat / flat.sum())
    whole = np.floor(exact).astype(np.int64)
    rest = np.where(flat > 0, exact - whole, -1.0)
    whole[np.argsort(-rest, kind="stable")[: total - int(whole.sum())]] += 1
    return whole.reshape(np.shape(weights))


def members(regions: Sequence[str], size: Ints, party: Ints, scale: float) -> Elite:
    """Place the offices on ids.

    Args:
        regions: slugs, the camps last.
        size: (R, S) people in each cell.
        party: (R,) party members, by which delegates are spread.
        scale: share of the real numbers; every office keeps at least one holder.

    Returns:
        The membership table.
    """
    start = np.concatenate([[0], np.cumsum(size.ravel())])[:-1].reshape(size.shape)
    desk, secret = start[:, INDEX["office-holders"]], start[:, INDEX["security-staff"]]
    room, guards = size[:, INDEX["office-holders"]], size[:, INDEX["security-staff"]]
    capital = list(regions).index(CAPITAL)
    land = np.arange(len(regions) - 1)
    secretaries = desk[land]
    chiefs = secret[land]
    head = secret[capital] + min(1, guards[capital] - 1)
    central = head + np.arange(min(_scaled(NKVD_LEADERSHIP - land.size, scale), guards[capital] - 1))
    table = _commanders(regions, size, start, scale)
    largest = land[np.argsort(-party[land], kind="stable")][: _scaled(SECRETARIES_IN_COMMITTEE, scale)]
    committee = set(desk[largest].tolist()) | set(table["marshals"].tolist()) | {int(head)}
    target = max(_scaled(CENTRAL_COMMITTEE, scale), len(committee))
    seats = desk[capital] + np.arange(min(room[capital], target + 1))
    committee |= set([int(one) for one in seats if int(one) not in committee][: target - len(committee)])
    politburo = [int(one) for one in seats if int(one) in committee][: _scaled(POLITBURO, scale)]
    table |= {
        "politburo": np.array(sorted(politburo)), "central-committee": np.array(sorted(committee)),
        "congress-delegates": _delegates(committee, desk, room, party, _scaled(DELEGATES, scale)),
        "first-secretaries": secretaries, "nkvd-chiefs": chiefs, "nkvd-head": np.array([head]),
        "nkvd-leadership": np.unique(np.concatenate([chiefs, central])),
    }
    offices = tuple(sorted(table))
    office = np.concatenate([np.full(table[name].size, i) for i, name in enumerate(offices)])
    person = np.concatenate([np.sort(table[name]) for name in offices])
    return Elite(offices, office.astype(np.int64), person.astype(np.int64))


def _scaled(count: int, scale: float) -> int:
    return max(1, round(count * scale))


def _delegates(committee: set[int], desk: Ints, room: Ints, party: Ints, target: int) -> Ints:
    """The committee, and holders of responsible posts in every region by the size of its party."""
    delegates = set(committee)
    wanted = np.minimum(apportion(max(target, 1), party * (room > 0)), room)
    for r in np.argsort(-wanted, kind="stable"):
        for one in range(int(desk[r]), int(desk[r] + wanted[r])):
            if len(delegates) < target:
                delegates.add(one)
    for r in np.argsort(-room, kind="stable"):  # where a region had fewer posts than its share of delegates
        for one in range(int(desk[r]), int(desk[r] + room[r])):
            if len(delegates) < target:
                delegates.add(one)
    return np.array(sorted(delegates), np.int64)


def _commanders(regions: Sequence[str], size: Ints, start: Ints, scale: float) -> dict[str, Ints]:
    """Commanders by rank: the highest ranks stand first in each region's cell."""
    cell = INDEX["high-command"]
    left, taken = size[:, cell].copy(), np.zeros(len(regions), np.int64)
    table: dict[str, Ints] = {}
    for rank, count in RANKS:
        count = min(_scaled(count, scale), int(left.sum()))
        if rank == "marshals":
            here = np.zeros(len(regions), np.int64)
            here[list(regions).index(FAR_EAST)] = min(1, left[list(regions).index(FAR_EAST)], count - 1)
            here[list(regions).index(CAPITAL)] = count - here.sum()
            here = np.minimum(here, left)
        else:
            here = apportion(count, left)
        first = start[:, cell] + taken
        table[rank] = np.concatenate([np.arange(a, a + n) for a, n in zip(first, here, strict=True)])
        left, taken = left - here, taken + here
    return table
