"""The reduced model by events: time grows with the people who are arrested, not with all people.

The ideas are those of the engine itself, and so are its draws and permutations. Pressure reaches people in a fixed
order, through order statistics of exponential thresholds drawn one at a time. Ties are Feistel permutations and store
nothing. How long an investigation lasts and how many of the eight ties it uses are drawn at the arrest; only a name that
is given stands in the queue of its week. The only thing kept for all people is one bit.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reduced.model import DEGREE, Numbers
from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, exponential, uniform, uniform2
from thirtyseven.society.permutation import backward, forward

_SPACING, _NAMES, _CHOICE = PURPOSES["cell-spacing"], PURPOSES["names"], PURPOSES["name-choice"]
_ORDER = 9  # which permutation is the order of the people; 0 to 3 are the ties


@njit(cache=True)
def _acquaintance(person: int, slot: int, people: int, seed: Any) -> int:
    if slot % 2 == 0:
        return forward(person, people, seed, slot // 2, 0)
    return backward(person, people, seed, slot // 2, 0)


@njit(cache=True)
def _chosen(left: int, k: int) -> int:
    """The k-th slot whose bit is set."""
    slot = 0
    while True:
        if left >> slot & 1:
            if k == 0:
                return slot
            k -= 1
        slot += 1


@njit(cache=True)
def _interrogate(person: int, week: int, weeks: int, people: int, naming: float, recovery: float, seed: Any, head: Any,
                 name: Any, after: Any, used: int) -> int:  # fmt: skip
    """Put the names that somebody will give into the queues of their weeks; returns the places now in use."""
    u, v = uniform2(seed, _NAMES, person, 0)
    length = weeks - 1 - week
    if recovery > 0.0:
        length = min(length, 1 + int(min(float(weeks), exponential(u) / recovery)))
    if naming <= 0.0:
        return used
    left, ties = (1 << DEGREE) - 1, DEGREE
    when = exponential(v) / (ties * naming)  # of eight exponential clocks the first
    while when < length:
        u, v = uniform2(seed, _CHOICE, person, ties)
        slot = _chosen(left, int(u * ties))
        name[used], after[used] = _acquaintance(person, slot, people, seed), head[week + 1 + int(when)]
        head[week + 1 + int(when)] = used
        used += 1
        left ^= 1 << slot
        ties -= 1
        if ties == 0:
            break
        when += exponential(v) / (ties * naming)
    return used


@njit(cache=True)
def _first(reached: Any, person: int) -> bool:
    """Whether somebody was at liberty until now; he is not any more."""
    byte, bit = person >> 3, np.uint8(1 << (person & 7))
    if reached[byte] & bit:
        return False
    reached[byte] |= bit
    return True


@njit(cache=True)
def _live(people: int, weeks: int, pressure: float, naming: float, recovery: float, seed: Any, start: int, reached: Any,
          log: Any, name: Any, after: Any, arrested: Any) -> int:  # fmt: skip
    """All weeks; the three chances as rates. `start` people are arrested before week 0, the first in order.

    Returns:
        People arrested, or -1 where `log`, or `name` and `after`, have too little room.
    """
    head = np.full(weeks, -1, np.int64)
    row, used, clock, due = 0, 0, 0.0, weeks
    for k in range(start):
        person = forward(k, people, seed, _ORDER, 0)
        _first(reached, person)
        if used + DEGREE > name.size:
            return -1
        used = _interrogate(person, -1, weeks, people, naming, recovery, seed, head, name, after, used)
    k = start
    if pressure > 0.0 and k < people:
        clock = exponential(uniform(seed, _SPACING, 0, k)) / (people - k)
        due = int(min(float(weeks), clock / pressure))
    for week in range(weeks):
        before, node = row, head[week]
        while node >= 0 or due == week:
            if node >= 0:
                person, node = np.int64(name[node]), np.int64(after[node])
            else:
                person = forward(k, people, seed, _ORDER, 0)
                k += 1
                due = weeks
                if k < people:
                    clock += exponential(uniform(seed, _SPACING, 0, k)) / (people - k)
                    due = int(min(float(weeks), clock / pressure))
            if _first(reached, person):
                if row == log.size or used + DEGREE > name.size:
                    return -1
                log[row] = person
                row += 1
                used = _interrogate(person, week, weeks, people, naming, recovery, seed, head, name, after, used)
        arrested[week] = row - before
    return row


def _room(people: int, numbers: Numbers, weeks: int, start: int) -> tuple[int, int]:
    """How many arrests and names to make room for: a branching process with 30 per cent to spare."""
    first = start + people * (1.0 - (1.0 - numbers.pressure) ** weeks)
    arrests = min(people, int(1.3 * first / max(0.01, 1.0 - (DEGREE - 1) * numbers.used)) + 64)
    return arrests, int(1.3 * arrests * DEGREE * numbers.used) + 64


def simulate(
    people: int, numbers: Numbers, seed: int, weeks: int, start: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Run the reduced model.

    Args:
        people: how many, fewer than 2**32.
        numbers: the three chances.
        seed: of the run; ties and the order of the people depend on it too.
        weeks: how many.
        start: people arrested in the week before the first.

    Returns:
        (weeks,) people arrested in each week, and who they were, in the order of their arrest.
    """
    rates = [math.inf if chance == 1.0 else -math.log1p(-chance)
             for chance in (numbers.pressure, numbers.naming, numbers.recovery)]  # fmt: skip
    arrests, names = _room(people, numbers, weeks, start)
    while True:
        reached, arrested = np.zeros((people + 7) // 8, np.uint8), np.zeros(weeks, np.int64)
        log, name, after = np.empty(arrests, np.uint32), np.empty(names, np.uint32), np.empty(names, np.int32)
        found = _live(people, weeks, *rates, np.uint64(seed), start, reached, log, name, after, arrested)
        if found >= 0:
            return arrested, log[:found]
        arrests, names = min(people, 2 * arrests), 2 * names  # the same run again: draws are addressed, not used up


class Program:
    """The engine as the comparison runs it."""

    def __init__(self, people: int, numbers: Numbers, seed: int) -> None:
        self.people, self.numbers, self.seed = people, numbers, seed

    def run(self, weeks: int) -> NDArray[np.int64]:
        """All weeks in one call."""
        return simulate(self.people, self.numbers, self.seed, weeks)[0]
