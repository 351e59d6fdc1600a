"""The compiled half of `everybody`: who it was, given how many.

One call moves one run on by one week. The counts of the week are given; every number that is drawn is addressed by
(seed, purpose, region and channel or person, ordinal), so that the k-th arrest of a region and channel asks the same
questions in every run. Every channel goes through a cell in an order of its own, so that one arrest more in one channel
takes nobody's place in another. Rules and shares are explained in `docs/people.md`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, uniform, uniform2
from thirtyseven.simulation import custody
from thirtyseven.simulation.custody import BY, CODE, REASONS, TAKEN, WHO, free
from thirtyseven.simulation.layout import ARRESTED, CHANNELS, FAMILIES, FIRST, LISTS, NKVD, ORDINARY, SENTENCED, TROIKA
from thirtyseven.society.households import CHILD
from thirtyseven.society.people import CELLS, REGIONS, START
from thirtyseven.society.permutation import forward
from thirtyseven.society.strata import STRATA
from thirtyseven.society.ties import (
    DEGREE,
    NOBODY,
    acquaintance,
    adults_of,
    cell_of,
    household,
    nth_adult,
    role,
    staff,
    workplace,
)

Array = NDArray[Any]

OUTSIDE, STOCK = CHANNELS, CHANNELS + 1  # rows of risks: beyond a channel's own strata; prisoners of camps
RISKS = CHANNELS + 2
THROUGH = 1 << 40  # where an order stands when nobody is left in it
LEFT = RISKS  # cells: by row of risks how far its order was followed, and last the adults not yet arrested
P_NAMED, P_BESIDE, P_DENOUNCED, P_OWN, P_PATRON = 0, 1, 2, 3, 4  # shares[., channel]; P_OWN: reason of an arrest by order
SHARES = 5
SPAN = 6
"""Clients of a patron: holders of posts stand in a tree, in which somebody at position p of his cell brought up those at
6p+1 ... 6p+6; the first is the secretary, the chief or the commander. Judgement: a head of department and his staff."""
LEADING_POSTS, LEADING_SERVICE = (0.028, 0.5), (0.02, 0.95)
"""Leading posts as a share of a cell's, from the top, and the share of the other posts that an order passes over at first.
Lists were of people whose appointment the Central Committee approved, some 2,800 leading posts of 100,000; that these were
at about twice the risk is judgement. In the service a chief and his heads of department, 7 of 377 staff; of the holders
of leading posts three quarters were arrested sooner or later, of all staff one in ten (F-0402, F-0403; what is passed over
is set so that the order alone gives leaders most of that, before names)."""
COLLEAGUES = 8  # at most so many people at work are tried when no acquaintance is left
LONGEST = 64  # proposals for the one who names

_CAUSE, _CHOICE, _DENOUNCER = PURPOSES["cause"], PURPOSES["name-choice"], PURPOSES["denunciation"]
_FAMILY, _NAMER, _WEIGHT = PURPOSES["family"], PURPOSES["name-acted-on"], PURPOSES["names"]
_RANK = PURPOSES["elite-order"]
_STRATA = len(STRATA)
_TURN = 10  # kind of permutation; `ties` uses 0-3 and 9


@njit(cache=True)
def _gone(cells: Array, cell: int) -> None:
    cells[LEFT, cell] = max(0, cells[LEFT, cell] - 1)


@njit(cache=True)
def in_turn(atlas: Array, seed: int, row: int, cell: int, k: int) -> int:
    """The adult of a cell whom a row of risks reaches k-th: a fixed permutation for each seed, row and cell."""
    return nth_adult(atlas, cell, forward(k, adults_of(atlas, cell), seed, _TURN, row * CELLS + cell))


@njit(cache=True)
def _next_in(atlas: Array, away: Array, cells: Array, seed: int, row: int, cell: int) -> int:
    """The next of a row's order in a cell who is at liberty, or NOBODY.

    Of holders of posts and of the staff of state security, a share of those below the leading posts of a region are passed
    over at first (a draw of their own) and come up again when the others are through.
    """
    adults = adults_of(atlas, cell)
    ranked = row in (LISTS, NKVD)
    share, passed = LEADING_SERVICE if row == NKVD else LEADING_POSTS
    leading = atlas[START + cell] + max(1, math.ceil(share * adults))
    while cells[row, cell] < (2 * adults if ranked else adults):
        k = cells[row, cell]
        person = in_turn(atlas, seed, row, cell, k % adults)
        cells[row, cell] += 1
        if ranked and k < adults and person >= leading and uniform(seed, _RANK, person, 0) < passed:
            continue
        if free(away, person):
            return person
    cells[row, cell] = THROUGH
    return NOBODY


@njit(cache=True)
def _by_order(atlas: Array, away: Array, cells: Array, risk: Array, seed: int, row: int, region: int, v: float) -> int:
    """Somebody of the strata of a row of risks, in proportion to risk and to who is left; NOBODY where all are gone."""
    base, low, high = region * _STRATA, int(risk[row, _STRATA]), int(risk[row, _STRATA + 1])
    for _ in range(low, high):
        total = 0.0
        for s in range(low, high):
            if cells[row, base + s] < THROUGH:
                total += risk[row, s] * cells[LEFT, base + s]
        if total <= 0.0:
            return NOBODY
        target, chosen = v * total, -1
        for s in range(low, high):
            part = risk[row, s] * cells[LEFT, base + s]
            if part > 0.0 and cells[row, base + s] < THROUGH:
                chosen = s
                if target < part:
                    break
                target -= part
        person = _next_in(atlas, away, cells, seed, row, base + chosen)
        if person != NOBODY:
            return person
    return NOBODY


@njit(cache=True)
def _namer(queues: Array, nodes: Array, talk: Array, seed: int, region: int, channel: int, k: int) -> int:
    """Who of those under investigation names the k-th person arrested through a channel of a region.

    Drawn in proportion to a weight of their own, gamma-distributed, so that numbers of names have a heavy tail. A
    proposal is an ordinal modulo a power of two and is taken where somebody under investigation has it: a window that
    begins or ends one case later changes the answer for the cases at its ends alone.

    Args:
        talk: equally likely weights, as shares of the largest.
    """
    young, before = queues[custody.YOUNG, region, channel], queues[custody.BEFORE, region, channel]
    size = 1
    while size < before - young:
        size *= 2
    first, found = queues[custody.OFFSET, region, channel], before - 1
    for i in range(LONGEST):
        a, b = uniform2(seed, _NAMER, region * CHANNELS + channel, k, i)
        node = young + ((int(a * 2147483648.0) - young) & (size - 1))
        if node >= before:
            continue
        found = node
        person: Any = np.int64(nodes[custody.PERSON, first + node])
        if b < talk[int(talk.size * uniform(seed, _WEIGHT, person, 0))]:
            return person
    last: Any = np.int64(nodes[custody.PERSON, first + found])
    return last


@njit(cache=True)
def _client(atlas: Array, away: Array, namer: int, first: int) -> int:
    """Somebody at liberty whom the one who names had brought up in office, else his own patron, or NOBODY."""
    cell = cell_of(atlas, namer)
    start, after = atlas[START + cell], atlas[START + cell + 1]
    position = namer - start
    for i in range(SPAN):
        other = start + position * SPAN + 1 + (first + i) % SPAN
        if other < after and free(away, other):
            return other
    if position > 0 and free(away, start + (position - 1) // SPAN):
        return start + (position - 1) // SPAN
    return NOBODY


@njit(cache=True)
def _through(atlas: Array, away: Array, risk: Array, may: Array, ties: int, namer: int, first: int, region: int,
             channel: int, strange: bool) -> int:  # fmt: skip
    """Somebody at liberty in the region whom a person under investigation knows, or NOBODY.

    A tie that leads to another region, to people whom the channel does not reach, or to somebody already arrested is
    redundant, and the next of the eight is tried, from `first` on, then people at work. `strange` asks for people
    outside the channel's own strata.
    """
    for i in range(DEGREE):
        other = acquaintance(atlas, ties, namer, (first + i) % DEGREE)
        if other == NOBODY or not free(away, other):
            continue
        cell = cell_of(atlas, other)
        stratum = cell % _STRATA
        if cell // _STRATA != region or not may[channel, stratum]:
            continue
        if not strange or risk[channel, stratum] == 0.0:
            return other
    return NOBODY if strange else _colleague(atlas, away, may, namer, first, region, channel)


@njit(cache=True)
def _colleague(atlas: Array, away: Array, may: Array, namer: int, first: int, region: int, channel: int) -> int:
    """Somebody at liberty of the same stratum and place of work as the one who names, or NOBODY."""
    cell = cell_of(atlas, namer)
    number = workplace(atlas, namer)
    if number == NOBODY or cell // _STRATA != region or not may[channel, cell % _STRATA]:
        return NOBODY
    _, rank, there = staff(atlas, number, cell % _STRATA)
    for i in range(min(there, COLLEAGUES)):
        other = nth_adult(atlas, cell, rank + (first * COLLEAGUES + i) % there)
        if other != namer and free(away, other):
            return other
    return NOBODY


@njit(cache=True)
def _denouncer(atlas: Array, away: Array, ties: int, seed: int, person: int) -> int:
    """An acquaintance at liberty, or NOBODY."""
    first = int(DEGREE * uniform2(seed, _DENOUNCER, person, 0, 1)[0])
    for i in range(DEGREE):
        other = acquaintance(atlas, ties, person, (first + i) % DEGREE)
        if other != NOBODY and free(away, other):
            return other
    return NOBODY


@njit(cache=True)
def _relative(atlas: Array, away: Array, families: Array, shot: Array, seed: int, region: int) -> tuple[int, int]:
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
                if free(away, other) and role(atlas, other) != CHILD:
                    return other, head
    return NOBODY, NOBODY


@njit(cache=True)
def _tied(atlas: Array, away: Array, queues: Array, nodes: Array, risk: Array, may: Array, shares: Array, talk: Array,
          ties: int, seed: int, region: int, channel: int, beside: bool) -> tuple[int, int, int]:  # fmt: skip
    """Who is arrested next because somebody under investigation named him; see `_choose`."""
    k = queues[TAKEN, region, channel]
    namer = _namer(queues, nodes, talk, seed, region, channel, k)
    a, b = uniform2(seed, _CHOICE, region * CHANNELS + channel, k)
    if b < shares[P_PATRON, channel]:
        person = _client(atlas, away, namer, int(SPAN * a))
        if person != NOBODY:
            return person, custody.PATRON, namer
    person = _through(atlas, away, risk, may, ties, namer, int(DEGREE * a), region, channel, beside)
    return person, custody.NEIGHBOUR if beside else custody.NAMED, namer


@njit(cache=True)
def _choose(atlas: Array, away: Array, cells: Array, queues: Array, nodes: Array, risk: Array, may: Array,
            shares: Array, talk: Array, ties: int, seed: int, region: int, channel: int) -> tuple[int, int, int]:  # fmt: skip
    """Who is arrested next through a channel of a region, families apart.

    The one who names is one of those arrested through this channel and region in the last `YOUNG_WEEKS` weeks, before
    this one.

    Returns:
        Person (NOBODY if there is none), reason, and through whom (NOBODY if unknown).
    """
    k = queues[TAKEN, region, channel]
    u, v = uniform2(seed, _CAUSE, region * CHANNELS + channel, k)
    beside = shares[P_BESIDE, channel]
    tied = beside + shares[P_NAMED, channel]
    if u < tied and queues[custody.BEFORE, region, channel] > queues[custody.YOUNG, region, channel]:
        person, reason, namer = _tied(
            atlas, away, queues, nodes, risk, may, shares, talk, ties, seed, region, channel, u < beside
        )
        if person != NOBODY:
            return person, reason, namer
    person = NOBODY
    if u >= beside:
        person = _by_order(atlas, away, cells, risk, seed, channel, region, v)
    if person == NOBODY:
        person = _by_order(atlas, away, cells, risk, seed, OUTSIDE, region, v)
        return person, custody.LIMIT if channel == TROIKA else custody.NEIGHBOUR, NOBODY
    if tied <= u < tied + (1.0 - tied) * shares[P_DENOUNCED, channel]:
        by = _denouncer(atlas, away, ties, seed, person)
        if by != NOBODY:
            return person, custody.DENOUNCED, by
    return person, int(shares[P_OWN, channel]), NOBODY


@njit(cache=True)
def fill_before(atlas: Array, away: Array, cells: Array, queues: Array, nodes: Array, risk: Array, seed: int,
                number: Array) -> int:  # fmt: skip
    """Fill the ordinary channel's custody with those already held when the run begins.

    Args:
        atlas, away, cells, queues, nodes, risk: see above; changed in place.
        seed: seed of the run.
        number: (R,) people.

    Returns:
        -1, or the first region that has too few people.
    """
    for region in range(number.size):
        for k in range(number[region]):
            v = uniform2(seed, _CAUSE, region * CHANNELS + ORDINARY, k)[1]
            person = _by_order(atlas, away, cells, risk, seed, ORDINARY, region, v)
            if person == NOBODY:
                return region
            _gone(cells, cell_of(atlas, person))
            custody.take_in(away, queues, nodes, -1, region, ORDINARY, person)
    return -1


@njit(cache=True)
def _camps(atlas: Array, away: Array, cells: Array, risk: Array, log: Array, count: Array, row: int, seed: int,
           week: int) -> int:  # fmt: skip
    """Prisoners sentenced again by the troikas of camps: they were held already and are not arrested.

    Returns:
        The next row of the log, -1 if there are too few prisoners.
    """
    region = REGIONS - 1
    place = custody.code(week, region, TROIKA) + custody.LIMIT
    for i in range(count[SENTENCED]):
        person = _by_order(atlas, away, cells, risk, seed, STOCK, region, 0.0)
        if person == NOBODY:
            return -1
        kind = custody.DEATH if i < count[FIRST] else custody.OTHER
        custody.take(away, person)
        _gone(cells, cell_of(atlas, person))
        log[CODE, row], log[WHO, row], log[BY, row] = place + kind * REASONS, person, NOBODY
        row += 1
    return row


@njit(cache=True)
def _look_back(queues: Array, nodes: Array, region: int, channel: int, week: int) -> None:
    """Find the cases of a queue that are under investigation as the week begins."""
    taken, young = queues[TAKEN, region, channel], queues[custody.YOUNG, region, channel]
    first = queues[custody.OFFSET, region, channel]
    while young < taken and nodes[custody.SINCE, first + young] < week - custody.YOUNG_WEEKS:
        young += 1
    queues[custody.BEFORE, region, channel], queues[custody.YOUNG, region, channel] = taken, young


@njit(cache=True)
def live_week(atlas: Array, counts: Array, away: Array, cells: Array, queues: Array, nodes: Array, families: Array,
              shot: Array, risk: Array, may: Array, shares: Array, talk: Array, ties: int, log: Array, row: int,
              seed: int, week: int) -> tuple[int, int]:  # fmt: skip
    """Find the people of one week's counts and write what happened to them.

    Args:
        atlas: `Society.atlas`; counts: (R, C, 4) people of this week, from the outcome.
        away: (N/8,) one bit a person; cells: (RISKS + 1, cells); queues: (QUEUES, R, C); nodes: (3, arrests); families:
            (FAMILY_COUNTS, R); shot: (2, people sentenced to death through lists); all changed in place.
        risk: (RISKS, S + 2), the last two the stretch of strata with any risk; may: (C, S) whom a tie may lead to.
        shares: (SHARES, C); talk: see `_namer`; ties: key of the society's ties.
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
            _look_back(queues, nodes, r, c, week)
            place = custody.code(week, r, c)
            for _ in range(counts[r, c, ARRESTED]):
                if c == FAMILIES:
                    reason = custody.FAMILY
                    person, by = _relative(atlas, away, families, shot, seed, r)
                    if person == NOBODY:
                        person = _by_order(atlas, away, cells, risk, seed, c, r, 0.0)
                else:
                    person, reason, by = _choose(
                        atlas, away, cells, queues, nodes, risk, may, shares, talk, ties, seed, r, c
                    )
                if person == NOBODY:
                    return row, r * CHANNELS + c
                _gone(cells, cell_of(atlas, person))
                custody.take_in(away, queues, nodes, week, r, c, person)
                log[CODE, row], log[WHO, row], log[BY, row] = place + custody.ARREST * REASONS + reason, person, by
                row += 1
            following = custody.decide(away, queues, nodes, families, shot, log, counts[r, c], row, seed, week, r, c)
            if following < 0:
                return row, r * CHANNELS + c
            row = following
    following = _camps(atlas, away, cells, risk, log, counts[REGIONS - 1, TROIKA], row, seed, week)
    if following < 0:
        return row, (REGIONS - 1) * CHANNELS + TROIKA
    return following, -1
