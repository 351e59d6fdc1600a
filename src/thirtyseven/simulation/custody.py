"""Compiled: who is in custody, in which queue, and who is decided first.

People in custody stand in queues, one a region and channel, linked through `AFTER`; a node is an arrest, and the oldest
case is decided first. Few arrays are passed, each to whom needs it: bundles of many are dear to hand around.

Of everybody one bit is kept: whether he can be arrested, or is held or sentenced. What a person was sentenced to follows
from a draw that is his own and does not depend on the week, so that he meets the same fate in two runs that decide as
many cases, and in runs that differ a little nearly everybody does.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, uniform2
from thirtyseven.simulation.layout import CHANNELS, FIRST, LINE0, LINES, LISTS, ORDINARY, RELEASED, SENTENCED, TROIKA
from thirtyseven.society.people import REGIONS
from thirtyseven.society.ties import NOBODY

Array = NDArray[Any]

ARREST, DEATH, OTHER, RELEASE = 0, 1, 2, 3
KINDS = 4
REGISTER, LIMIT, LIST, FILE, NAMED, DENOUNCED, FAMILY, LINE, NEIGHBOUR, COURT, PATRON = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
REASONS = 11
YOUNG_WEEKS = 8
"""Weeks for which a case was under investigation, and the person in it might be made to name others."""

# Tables, by their first index.
# Queues, [., region, channel]: first node; nodes so far, before this week, and no longer under investigation; oldest and
# newest in custody, and how many.
OFFSET, TAKEN, BEFORE, YOUNG, HEAD, TAIL, WAITING = 0, 1, 2, 3, 4, 5, 6
QUEUES = 7
# Families, [., region]: people sentenced to death through lists; asked for relatives, once and again; put aside; and
# where the region begins in `shot`.
SHOT, ASKED, AGAIN, ASIDE, PLACE = 0, 1, 2, 3, 4
FAMILY_COUNTS = 5
PERSON, SINCE, AFTER = 0, 1, 2  # nodes: who, week of arrest, next in the queue or -1
CODE, WHO, BY = 0, 1, 2  # log: week, region, channel, kind and reason as one number; the person; through whom or -1

_CATEGORY = PURPOSES["category"]


@njit(cache=True)
def free(away: Array, person: int) -> bool:
    """Whether somebody is at liberty, never arrested or released; `away` holds eight people a byte."""
    return (away[person >> 3] >> (person & 7)) & 1 == 0


@njit(cache=True)
def take(away: Array, person: int) -> None:
    """Somebody is at liberty no longer."""
    away[person >> 3] |= np.uint8(1 << (person & 7))


@njit(cache=True)
def let_go(away: Array, person: int) -> None:
    """Somebody is released, and may be arrested again."""
    away[person >> 3] &= np.uint8(255 - (1 << (person & 7)))


@njit(cache=True)
def code(week: int, region: int, channel: int) -> int:
    """Week, region and channel as one number, with room for kind and reason."""
    return ((week * REGIONS + region) * CHANNELS + channel) * (KINDS * REASONS)


@njit(cache=True)
def take_in(away: Array, queues: Array, nodes: Array, week: int, region: int, channel: int, person: int) -> None:
    """Put somebody into custody."""
    take(away, person)
    node = queues[OFFSET, region, channel] + queues[TAKEN, region, channel]
    queues[TAKEN, region, channel] += 1
    nodes[PERSON, node], nodes[SINCE, node], nodes[AFTER, node] = person, week, -1
    if queues[WAITING, region, channel] == 0:
        queues[HEAD, region, channel] = node
    else:
        nodes[AFTER, queues[TAIL, region, channel]] = node
    queues[TAIL, region, channel] = node
    queues[WAITING, region, channel] += 1


@njit(cache=True)
def _move(queues: Array, nodes: Array, region: int, source: int, target: int, number: int) -> None:
    """Hand the oldest of one queue over to another and keep that one in the order of arrest."""
    if number == 0:
        return
    first = queues[HEAD, region, source]
    last = first
    for _ in range(number - 1):
        last = np.int64(nodes[AFTER, last])
    queues[HEAD, region, source] = nodes[AFTER, last]
    nodes[AFTER, last] = -1
    queues[WAITING, region, source] -= number
    waiting = queues[WAITING, region, target]
    queues[WAITING, region, target] += number
    if waiting == 0:
        queues[HEAD, region, target], queues[TAIL, region, target] = first, last
        return
    if nodes[SINCE, queues[TAIL, region, target]] <= nodes[SINCE, first]:
        nodes[AFTER, queues[TAIL, region, target]] = first
        queues[TAIL, region, target] = last
        return
    own, end = queues[HEAD, region, target], -1
    while own >= 0 or first >= 0:
        if first < 0 or (own >= 0 and nodes[SINCE, own] <= nodes[SINCE, first]):
            node, own = own, np.int64(nodes[AFTER, own])
        else:
            node, first = first, np.int64(nodes[AFTER, first])
        if end < 0:
            queues[HEAD, region, target] = node
        else:
            nodes[AFTER, end] = node
        end = node
    queues[TAIL, region, target] = end


@njit(cache=True)
def hand_over(queues: Array, nodes: Array, launch: int, stop: int, week: int, handed: float) -> None:
    """The order puts a share of those held for courts before the troikas; the decree brings them and the albums back.

    Args:
        queues: changed in place; nodes: likewise.
        launch: first week of the operation; stop: week of the decree; -1 where there was none.
        week: week about to be lived; handed: the share.
    """
    for region in range(REGIONS - 1):
        if 0 <= stop <= week:
            for channel in range(TROIKA, LINE0 + LINES):
                _move(queues, nodes, region, channel, ORDINARY, queues[WAITING, region, channel])
        if week == launch:
            number = math.floor(handed * queues[WAITING, region, ORDINARY])
            _move(queues, nodes, region, ORDINARY, TROIKA, number)


@njit(cache=True)
def _fates(nodes: Array, node: int, seed: int, sentenced: int, first: int, freed: int) -> Array:
    """What becomes of the people of a queue from a node on: `DEATH`, `OTHER` or `RELEASE`, one each.

    Everybody has two numbers of his own. Those with the largest second number are released, of the others those with the
    smallest first number are sentenced to death. So one case more or one death sentence more changes one fate.
    """
    total, here = sentenced + freed, node
    fate, u, v = np.full(total, OTHER, np.int8), np.empty(total), np.empty(total)
    for i in range(total):
        person: Any = np.int64(nodes[PERSON, here])
        u[i], v[i] = uniform2(seed, _CATEGORY, person, 0, 1)
        after: Any = np.int64(nodes[AFTER, here])
        here = after
    if freed > 0:
        least, left = np.partition(v, sentenced)[sentenced], freed
        for i in range(total):
            if v[i] >= least and left > 0:
                fate[i], u[i] = RELEASE, 2.0
                left -= 1
    if first > 0:
        most, left = np.partition(u, first - 1)[first - 1], first
        for i in range(total):
            if u[i] <= most and left > 0:
                fate[i] = DEATH
                left -= 1
    return fate


@njit(cache=True)
def decide(away: Array, queues: Array, nodes: Array, families: Array, shot: Array, log: Array, count: Array, row: int,
            seed: int, week: int, region: int, channel: int) -> int:  # fmt: skip
    """Sentences and releases of a week in one queue: the oldest cases, and who of them meets which fate is drawn.

    Returns:
        The next row of the log, -1 if fewer people wait than were decided.
    """
    n, first, freed = count[SENTENCED], count[FIRST], count[RELEASED]
    if n + freed > queues[WAITING, region, channel]:
        return -1
    if n + freed == 0:
        return row
    body = COURT
    if channel in (TROIKA, LISTS):
        body = LIMIT if channel == TROIKA else LIST
    elif LINE0 <= channel < LINE0 + LINES:
        body = LINE
    place = code(week, region, channel) + body
    node = queues[HEAD, region, channel]
    fate = _fates(nodes, node, seed, n, first, freed)
    for i in range(n + freed):
        person: Any = np.int64(nodes[PERSON, node])
        node = np.int64(nodes[AFTER, node])
        if fate[i] == RELEASE:
            let_go(away, person)
        elif fate[i] == DEATH and channel == LISTS:
            shot[0, families[PLACE, region] + families[SHOT, region]] = person
            families[SHOT, region] += 1
        log[CODE, row], log[WHO, row], log[BY, row] = place + fate[i] * REASONS, person, NOBODY
        row += 1
    queues[HEAD, region, channel] = node
    queues[WAITING, region, channel] -= n + freed
    return row
