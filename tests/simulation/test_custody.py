"""Queues of custody: handing people over keeps everybody, and keeps the order of arrest."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.simulation import custody
from thirtyseven.simulation.layout import CHANNELS, LINE0, ORDINARY, TROIKA
from thirtyseven.society.people import REGIONS

weeks = st.lists(st.integers(0, 20), max_size=30).map(sorted)


def queues_of(arrests):
    """Queues of region 0 filled with arrests by week, one list a channel; nobody elsewhere."""
    total = sum(len(days) for days in arrests.values())
    queues = np.zeros((custody.QUEUES, REGIONS, CHANNELS), np.int64)
    queues[custody.HEAD : custody.TAIL + 1] = -1
    nodes = np.full((3, max(total, 1)), -1, np.int32)
    state = np.zeros(total + 1, np.uint8)
    person = 0
    for channel, days in arrests.items():
        queues[custody.OFFSET, 0, channel] = person
        for week in days:
            custody.take_in(state, queues, nodes, week, 0, channel, person)
            person += 1
    return queues, nodes


def standing(queues, nodes, channel):
    """People of a queue from its head, with the week of their arrest."""
    found, node = [], int(queues[custody.HEAD, 0, channel])
    for _ in range(int(queues[custody.WAITING, 0, channel])):
        found.append((int(nodes[custody.SINCE, node]), int(nodes[custody.PERSON, node])))
        last, node = node, int(nodes[custody.AFTER, node])
    if found:
        assert node == -1 and last == queues[custody.TAIL, 0, channel]
    return found


@settings(max_examples=150, deadline=None)
@given(weeks, weeks)
def test_the_order_puts_the_oldest_cases_before_the_troikas(courts, troikas):
    queues, nodes = queues_of({ORDINARY: courts, TROIKA: troikas})
    before = standing(queues, nodes, ORDINARY), standing(queues, nodes, TROIKA)
    custody.hand_over(queues, nodes, 30, -1, 30, 0.6)
    moved = int(0.6 * len(courts))
    left, now = standing(queues, nodes, ORDINARY), standing(queues, nodes, TROIKA)
    assert left == before[0][moved:]
    assert sorted(now) == sorted(before[1] + before[0][:moved])
    assert [week for week, _ in now] == sorted(week for week, _ in now)


@settings(max_examples=150, deadline=None)
@given(weeks, weeks, weeks, weeks)
def test_the_decree_brings_everybody_back_in_the_order_of_arrest(courts, troikas, polish, southern):
    filled = {ORDINARY: courts, TROIKA: troikas, LINE0: polish, LINE0 + 4: southern}
    queues, nodes = queues_of(filled)
    everybody = sorted(person for channel in filled for person in standing(queues, nodes, channel))
    custody.hand_over(queues, nodes, -1, 25, 26, 0.6)
    now = standing(queues, nodes, ORDINARY)
    assert sorted(now) == everybody
    assert [week for week, _ in now] == sorted(week for week, _ in now)
    assert not any(standing(queues, nodes, channel) for channel in (TROIKA, LINE0, LINE0 + 4))


def test_nothing_moves_in_other_weeks():
    queues, nodes = queues_of({ORDINARY: [1, 2, 3], TROIKA: [2]})
    kept = queues.copy(), nodes.copy()
    custody.hand_over(queues, nodes, 30, 40, 29, 0.6)
    custody.hand_over(queues, nodes, 30, 40, 31, 0.6)
    assert np.array_equal(queues, kept[0]) and np.array_equal(nodes, kept[1])
