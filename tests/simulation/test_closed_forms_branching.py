"""Cascades and queues of the core itself: naming among office-holders is Borel, queues obey Little's law to the person."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import gammaln

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.scenario import named
from thirtyseven.simulation import kernels, layout, run
from thirtyseven.simulation.everybody import KINDS

NAMING = 0.62
"""Arrests that one arrest of an office-holder brings at full drive, per unit of `elite_naming` (docs/model.md, 7.7)."""


def cascade(setting, ratio, first, runs, weeks):
    """Arrests of office-holders that follow `first` arrests of last week, with endless posts and no other pressure."""
    g, facts = run._given(setting)
    g[layout.G_OFFICES, :-1] = 1e12
    x, ctl, course, tally = run._begin(setting, g, runs, 1)
    x[layout.OFFICES, :, :-1] = 1e12
    x[layout.OFFICE_MEAN, :, 7] = 0.25 * first
    ctl[layout.C_TILT] = 1.0  # and no first arrests: C_HALF_TILT is 0
    core = {name: np.ascontiguousarray(values, float) for name, values in named("plan").batch(runs).core.items()}
    core["elite_naming"] = np.full(runs, ratio / NAMING)
    params = layout.Params(**{name: core[name] for name in layout.Params._fields})
    push = layout.Push(elite=np.ones(runs), mass=np.zeros(runs), national=np.zeros((runs, 5)), naming=np.ones((runs, 4)),
                       release=np.zeros(runs), law=True, review=0.0)  # fmt: skip
    seeds = np.arange(runs, dtype=np.uint64) + 900
    for week in range(weeks):
        kernels.step(x, g, ctl, course, tally, facts, params, push, seeds, week, 0, 0.0, np.zeros((runs, 12)))
    return tally.weekly[:, :, layout.LISTS, layout.ARRESTED].sum(axis=1)


def borel_tanner(ratio, first, n):
    """P(n in all | `first` of them at the start, each bringing a Poisson number with this mean)."""
    return np.exp(np.log(first / n) - ratio * n + (n - first) * np.log(ratio * n) - gammaln(n - first + 1))


@pytest.mark.parametrize("ratio, first", [(0.35, 1), (0.5, 3)])
def test_cases_of_office_holders_are_borel(setting, ratio, first):
    """One arrest brings a Poisson number in the weeks that follow, so a whole case has the Borel-Tanner distribution."""
    runs = 800
    sizes = first + cascade(setting, ratio, first, runs, 60)
    shown = np.arange(first, first + 12)
    expected = borel_tanner(ratio, first, shown) * runs
    keep = expected > 8
    counted = np.array([(sizes == n).sum() for n in shown])[keep]
    rest = runs - expected[keep].sum()
    assert keep.sum() >= 5 and rest > 5
    found = stats.chisquare(np.append(counted, runs - counted.sum()), np.append(expected[keep], rest))
    assert found.pvalue > 1e-4
    mean, variance = first / (1 - ratio), first * ratio / (1 - ratio) ** 3
    assert abs(sizes.mean() - mean) < 4 * np.sqrt(variance / runs)


def test_a_core_with_another_ratio_would_be_noticed(setting):
    """The test above is not satisfied by a case a sixth larger."""
    runs = 800
    sizes = 1 + cascade(setting, 0.45, 1, runs, 60)
    assert abs(sizes.mean() - 1 / (1 - 0.35)) > 4 * np.sqrt(0.35 / (1 - 0.35) ** 3 / runs)


@pytest.mark.parametrize("channel", ["lists", "party", "army", "nkvd", "families"])
def test_little_s_law_holds_to_the_person(events, outcome, channel):
    """Weeks waited, added up over people, are people waiting, added up over weeks: counts and fates tell the same story."""
    c, end = CHANNELS.index(channel), outcome.weekly.shape[1]
    if outcome.stop[0] >= 0:
        end = int(outcome.stop[0])  # from the decree on, other bodies decide some of these cases
    arrested, sentenced, _first, released = outcome.weekly[0, :end, c].astype(np.int64).T
    waiting = np.cumsum(arrested - sentenced - released)
    rows = np.flatnonzero((events.channel == c) & (events.week < end))
    order = rows[np.argsort(events.person[rows], kind="stable")]
    person, week = events.person[order], events.week[order].astype(np.int64)
    taken = events.kind[order] == KINDS.index("arrested")
    same = np.append(person[1:] == person[:-1], False)  # the next row of the channel is the same person's
    assert (taken[:-1] != taken[1:])[same[:-1]].all() and (taken | np.append(False, same[:-1])).all()
    over = np.where(same, np.append(week[1:], 0), end)
    waits = (over - week)[taken]
    assert waits.sum() == waiting.sum() > 0
    assert waits.min() >= 0 and waiting.min() >= 0 and taken.sum() == arrested.sum()


def test_a_court_s_queue_reaches_its_steady_state(setting):
    """Cases that arrive and a share that is decided every fourth week: the queue settles where both are equal."""
    runs, region, arriving, pace = 100, 8, 50.0, 4 / 10
    g, facts = run._given(setting)
    x, ctl, course, tally = run._begin(setting, g, runs, 1)
    ctl[layout.C_TILT] = ctl[layout.C_HALF_TILT] = 1.0
    core = {name: np.ascontiguousarray(values, float) for name, values in named("plan").batch(runs).core.items()}
    params = layout.Params(**{name: core[name] for name in layout.Params._fields})
    push = layout.Push(elite=np.zeros(runs), mass=np.zeros(runs), national=np.zeros((runs, 5)), naming=np.ones((runs, 4)),
                       release=np.zeros(runs), law=True, review=0.0)  # fmt: skip
    seeds = np.arange(runs, dtype=np.uint64)
    weekly = arriving / g[layout.G_PEOPLE, region]
    found = []
    for week in range(120):
        kernels.step(x, g, ctl, course, tally, facts, params, push, seeds, week, 0, weekly, np.zeros((runs, 12)))
        found.append(x[layout.HELD + layout.ORDINARY, :, region].copy())
    sits = np.arange(120) % 4 == region % 4
    after = np.array(found)[sits][-8:].mean()
    steady = 4 * arriving * (1 - pace) / pace  # q = (q + 4 a)(1 - pace)
    assert abs(after / steady - 1) < 0.02
