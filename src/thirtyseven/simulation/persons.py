"""The compiled half of `everybody`: who it was, given how many.

One call moves one run on by one week. The counts of the week are given; every number that is drawn is addressed by
(seed, purpose, region and channel or person, ordinal), so that the k-th arrest of a region and channel asks the same
questions in every run. Rules and shares are explained in `docs/model.md`, section 7.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, uniform, uniform2
from thirtyseven.simulation import custody
from thirtyseven.simulation.custody import BY, CODE, REASONS, TAKEN, WHO, free
from thirtyseven.simulation.layout import ARRESTED, CHANNELS, FAMILIES, FIRST, ORDINARY, SENTENCED, TROIKA
from thirtyseven.society.households import CHILD
from thirtyseven.society.people import REGIONS
from thirtyseven.society.strata import STRATA
from thirtyseven.society.ties import DEGREE, NOBODY, acquaintance, adults_of, cell_of, household, nth_reached, role

Array = NDArray[Any]

REACHED, LEFT = 0, 1  # cells: how far a cell's fixed order was followed; its adults not yet arrested
OUTSIDE, STOCK = CHANNELS, CHANNELS + 1  # rows of risks: beyond a channel's own strata; prisoners of camps
RISKS = CHANNELS + 2
P_NAMED, P_BESIDE, P_DENOUNCED, P_OWN = 0, 1, 2, 3  # shares[., channel]; the last is the reason of an arrest by order
SHARES = 4

_CAUSE, _CHOICE, _DENOUNCER = PURPOSES["cause"], PURPOSES["name-choice"], PURPOSES["denunciation"]
_FAMILY = PURPOSES["family"]
_STRATA = len(STRATA)


@njit(cache=True)
def _gone(cells: Array, cell: int) -> None:
    cells[LEFT, cell] = max(0, cells[LEFT, cell] - 1)


@njit(cache=True)
def _next_in(atlas: Array, state: Array, cells: Array, seed: int, cell: int) -> int:
    """The next of a cell's fixed order who is at liberty, or NOBODY."""
    adults = adults_of(atlas, cell)
    while cells[REACHED, cell] < adults:
        person = nth_reached(atlas, seed, cell, cells[REACHED, cell])
        cells[REACHED, cell] += 1
        if free(state, person):
            return person
    cells[LEFT, cell] = 0
    return NOBODY


@njit(cache=True)
def _by_order(atlas: Array, state: Array, cells: Array, risk: Array, seed: int, row: int, region: int, v: float) -> int:
    """Somebody of the strata of a row of risks, in proportion to risk and to who is left; NOBODY where all are gone."""
    base, low, high = region * _STRATA, int(risk[row, _STRATA]), int(risk[row, _STRATA + 1])
    for _ in range(low, high):
        total = 0.0
        for s in range(low, high):
            total += risk[row, s] * cells[LEFT, base + s]
        if total <= 0.0:
            return NOBODY
        target, chosen = v * total, -1
        for s in range(low, high):
            part = risk[row, s] * cells[LEFT, base + s]
            if part > 0.0:
                chosen = s
                if target < part:
                    break
                target -= part
        person = _next_in(atlas, state, cells, seed, base + chosen)
        if person != NOBODY:
            return person
    return NOBODY


@njit(cache=True)
def _through(atlas: Array, state: Array, risk: Array, may: Array, ties: int, namer: int, first: int, region: int,
             channel: int, strange: bool) -> int:  # fmt: skip
    """Somebody at liberty in the region whom a person under investigation knows, or NOBODY.

    A tie that leads to another region, to people whom the channel does not reach, or to somebody already arrested is
    redundant, and the next of the eight is tried, from `first` on. `strange` asks for people outside the channel's
    own strata.
    """
    for i in range(DEGREE):
        other = acquaintance(atlas, ties, namer, (first + i) % DEGREE)
        if other == NOBODY or not free(state, other):
            continue
        cell = cell_of(atlas, other)
        stratum = cell % _STRATA
        if cell // _STRATA != region or not may[channel, stratum]:
            continue
        if not strange or risk[channel, stratum] == 0.0:
            return other
    return NOBODY


@njit(cache=True)
def _denouncer(atlas: Array, state: Array, ties: int, seed: int, person: int) -> int:
    """An acquaintance at liberty, or NOBODY."""
    first = int(DEGREE * uniform2(seed, _DENOUNCER, person, 0, 1)[0])
    for i in range(DEGREE):
        other = acquaintance(atlas, ties, person, (first + i) % DEGREE)
        if other != NOBODY and free(state, other):
            return other
    return NOBODY


@njit(cache=True)
def _relative(atlas: Array, state: Array, families: Array, shot: Array, seed: int, region: int) -> tuple[int, int]:
    """A grown relative of somebody sentenced to death through lists: wives and husbands first, household by household.

    Half of the households are passed over at first (a keyed draw) and come up again only when the others are through.

    Returns:
        The relative and the person sentenced, NOBODY if there is none.
    """
    for turn in (custody.ASKED, custody.AGAIN):
        row = turn - custody.ASKED
        while families[turn, region] < families[custody.SHOT if turn == custody.ASKED else custody.ASIDE, region]:
            head: Any = np.int64(shot[row, families[custody.PLACE, region] + families[turn, region]])
            families[turn, region] += 1
            if turn == custody.ASKED and uniform(seed, _FAMILY, head, 0) < 0.5:
                shot[1, families[custody.PLACE, region] + families[custody.ASIDE, region]] = head
                families[custody.ASIDE, region] += 1
                continue
            _, first, number = household(atlas, head)
            for other in range(first, first + number):
                if free(state, other) and role(atlas, other) != CHILD:
                    return other, head
    return NOBODY, NOBODY


@njit(cache=True)
def _choose(atlas: Array, state: Array, cells: Array, queues: Array, nodes: Array, risk: Array, may: Array,
            shares: Array, ties: int, seed: int, region: int, channel: int) -> tuple[int, int, int]:  # fmt: skip
    """Who is arrested next through a channel of a region, families apart.

    The one who names is drawn from those arrested through this channel and region in the last `YOUNG_WEEKS` weeks,
    before this one.

    Returns:
        Person (NOBODY if there is none), reason, and through whom (NOBODY if unknown).
    """
    k = queues[TAKEN, region, channel]
    u, v = uniform2(seed, _CAUSE, region * CHANNELS + channel, k)
    beside = shares[P_BESIDE, channel]
    tied = beside + shares[P_NAMED, channel]
    under = queues[custody.BEFORE, region, channel] - queues[custody.YOUNG, region, channel]
    if u < tied and under > 0:
        node = (
            queues[custody.OFFSET, region, channel]
            + queues[custody.YOUNG, region, channel]
            + min(under - 1, int(v * under))
        )
        namer: Any = np.int64(nodes[custody.PERSON, node])
        first = int(DEGREE * uniform(seed, _CHOICE, region * CHANNELS + channel, k))
        person = _through(atlas, state, risk, may, ties, namer, first, region, channel, u < beside)
        if person != NOBODY:
            return person, custody.NEIGHBOUR if u < beside else custody.NAMED, namer
    person = NOBODY
    if u >= beside:
        person = _by_order(atlas, state, cells, risk, seed, channel, region, v)
    if person == NOBODY:
        person = _by_order(atlas, state, cells, risk, seed, OUTSIDE, region, v)
        return person, custody.LIMIT if channel == TROIKA else custody.NEIGHBOUR, NOBODY
    if tied <= u < tied + (1.0 - tied) * shares[P_DENOUNCED, channel]:
        by = _denouncer(atlas, state, ties, seed, person)
        if by != NOBODY:
            return person, custody.DENOUNCED, by
    return person, int(shares[P_OWN, channel]), NOBODY


@njit(cache=True)
def fill_before(atlas: Array, state: Array, cells: Array, queues: Array, nodes: Array, risk: Array, seed: int,
                number: Array) -> int:  # fmt: skip
    """Fill the ordinary channel's custody with those already held when the run begins.

    Args:
        atlas, state, cells, queues, nodes, risk: see above; changed in place.
        seed: seed of the run.
        number: (R,) people.

    Returns:
        -1, or the first region that has too few people.
    """
    for region in range(number.size):
        for k in range(number[region]):
            v = uniform2(seed, _CAUSE, region * CHANNELS + ORDINARY, k)[1]
            person = _by_order(atlas, state, cells, risk, seed, ORDINARY, region, v)
            if person == NOBODY:
                return region
            _gone(cells, cell_of(atlas, person))
            custody.take_in(state, queues, nodes, -1, region, ORDINARY, person)
    return -1


@njit(cache=True)
def _camps(atlas: Array, state: Array, cells: Array, risk: Array, log: Array, count: Array, row: int, seed: int,
           week: int) -> int:  # fmt: skip
    """Prisoners sentenced again by the troikas of camps: they were held already and are not arrested.

    Returns:
        The next row of the log, -1 if there are too few prisoners.
    """
    region = REGIONS - 1
    place = custody.code(week, region, TROIKA) + custody.LIMIT
    for i in range(count[SENTENCED]):
        person = _by_order(atlas, state, cells, risk, seed, STOCK, region, 0.0)
        if person == NOBODY:
            return -1
        kind = custody.DEATH if i < count[FIRST] else custody.OTHER
        state[person] = custody.TO_DEATH if kind == custody.DEATH else custody.TO_CAMPS
        _gone(cells, cell_of(atlas, person))
        log[CODE, row], log[WHO, row], log[BY, row] = place + kind * REASONS, person, NOBODY
        row += 1
    return row


@njit(cache=True)
def live_week(atlas: Array, counts: Array, state: Array, cells: Array, queues: Array, nodes: Array, families: Array,
              shot: Array, risk: Array, may: Array, shares: Array, ties: int, log: Array, row: int, seed: int,
              week: int) -> tuple[int, int]:  # fmt: skip
    """Find the people of one week's counts and write what happened to them.

    Args:
        atlas: `Society.atlas`; counts: (R, C, 4) people of this week, from the outcome.
        state: (N,) one byte a person; cells: (2, cells); queues: (QUEUES, R, C); nodes: (3, arrests); families:
            (FAMILY_COUNTS, R); shot: (2, people sentenced to death through lists); all changed in place.
        risk: (RISKS, S + 2), the last two the stretch of strata with any risk; may: (C, S) whom a tie may lead to.
        shares: (SHARES, C); ties: key of the society's ties.
        log: (3, E), filled from `row` on.
        row: first row to write.
        seed: seed of the run.
        week: week number; `hand_over` comes first.

    Returns:
        The next row of the log, and -1; or the region and channel, as region x C + channel, of the first count for
        which there are too few people.
    """
    for r in range(REGIONS - 1):
        for c in range(CHANNELS):
            taken, young = queues[TAKEN, r, c], queues[custody.YOUNG, r, c]
            while (
                young < taken
                and nodes[custody.SINCE, queues[custody.OFFSET, r, c] + young] < week - custody.YOUNG_WEEKS
            ):
                young += 1
            queues[custody.BEFORE, r, c], queues[custody.YOUNG, r, c] = taken, young
            place = custody.code(week, r, c)
            for _ in range(counts[r, c, ARRESTED]):
                if c == FAMILIES:
                    reason = custody.FAMILY
                    person, by = _relative(atlas, state, families, shot, seed, r)
                    if person == NOBODY:
                        person = _by_order(atlas, state, cells, risk, seed, c, r, 0.0)
                else:
                    person, reason, by = _choose(
                        atlas, state, cells, queues, nodes, risk, may, shares, ties, seed, r, c
                    )
                if person == NOBODY:
                    return row, r * CHANNELS + c
                _gone(cells, cell_of(atlas, person))
                custody.take_in(state, queues, nodes, week, r, c, person)
                log[CODE, row], log[WHO, row], log[BY, row] = place + custody.ARREST * REASONS + reason, person, by
                row += 1
            following = custody.decide(state, queues, nodes, families, shot, log, counts[r, c], row, seed, week, r, c)
            if following < 0:
                return row, r * CHANNELS + c
            row = following
    following = _camps(atlas, state, cells, risk, log, counts[REGIONS - 1, TROIKA], row, seed, week)
    if following < 0:
        return row, (REGIONS - 1) * CHANNELS + TROIKA
    return following, -1
