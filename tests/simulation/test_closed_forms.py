"""Where the core has a closed form, its runs follow it; tolerances in standard errors, fixed seeds."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.scenario import named
from thirtyseven.simulation import kernels, layout, run

C = {name: i for i, name in enumerate(CHANNELS)}


def test_ordinary_arrests_are_poisson_about_the_background(setting):
    """Week 0, no drive: 3,700 a week and what denunciation adds, shared by population; mean and variance agree."""
    runs = 3000
    batch = named("plan", "strict").batch(runs)
    outcome = run.simulate(setting, batch, np.arange(runs, dtype=np.uint64), weeks=(0, 1))
    assert not outcome.drives.any()
    n = outcome.regional[:, 0, :, C["ordinary"], 0].astype(float)
    level = float(batch.core["denunciation"][0]) * float(setting.licence[0])
    after_review = 0.02 * 0.058 * setting.review[0]  # arrested after a review, in another channel
    mean = (3700.0 - after_review + 1500.0 * level) * setting.population / setting.population.sum()
    big = mean > 5
    z_mean = (n.mean(axis=0) - mean)[big] / np.sqrt(mean[big] / runs)
    z_variance = (n.var(axis=0, ddof=1) - mean)[big] / np.sqrt((mean[big] + 2 * mean[big] ** 2) / runs)
    assert abs(z_mean).max() < 4 and abs(z_variance).max() < 4
    assert abs((n.sum(axis=1).mean() - mean.sum()) / np.sqrt(mean.sum() / runs)) < 4
    together = np.corrcoef(n[:, np.argsort(mean)[-2]], n[:, np.argsort(mean)[-1]])[0, 1]
    assert abs(together) * np.sqrt(runs) < 4  # regions are independent


def bare(setting, runs):
    """The compiled step with every control at rest."""
    g, facts = run._given(setting)
    x, ctl, course, tally = run._begin(setting, g, runs, 1)
    ctl[layout.C_TILT] = ctl[layout.C_HALF_TILT] = 1.0
    core = {name: np.asarray(values) for name, values in named("plan").batch(runs).core.items()}
    push = layout.Push(elite=np.zeros(runs), mass=np.zeros(runs), national=np.zeros((runs, 5)), naming=np.ones((runs, 4)),
                        release=np.zeros(runs), law=True, review=0.0)  # fmt: skip

    def step(week, **changed):
        params = layout.Params(**{name: np.ascontiguousarray(core[name]) for name in layout.Params._fields})
        seeds = np.arange(runs, dtype=np.uint64) + 500
        kernels.step(x, g, ctl, course, tally, facts, params, push, seeds, week, 0, 0.0, np.zeros((runs, 12)))

    return x, g, course, tally, core, push, step


def test_survival_in_the_pool_of_a_line(setting):
    """Pressed as hard as can be, a line loses a quarter of those left a week: E left = M (3/4)^k."""
    runs, weeks = 600, 6
    x, _g, course, _tally, core, push, step = bare(setting, runs)
    core["line_rate"] = np.full(runs, 1e9)
    course.line_start[:, 2] = 0
    push.national[:] = 1.0
    left = np.floor(setting.minority[:, 2])
    chosen = left > 2000
    mean, variance = left[chosen], np.zeros(chosen.sum())
    assert chosen.sum() >= 5
    for week in range(weeks):
        step(week)
        mean, variance = 0.75 * mean, 0.75**2 * variance + 0.25 * mean
        found = x[layout.LINE_LEFT + 2, :, chosen]
        z = (found.mean(axis=1) - mean) / np.sqrt(variance / runs)
        assert abs(z).max() < 4
        assert abs(found.var(axis=1, ddof=1) / variance - 1).max() < 6 * np.sqrt(2 / runs)


@pytest.mark.parametrize("channel, share", [("lists", 0.876), ("polish", 0.794), ("german", 0.762), ("harbin", 0.690)])
def test_the_first_category_is_a_binomial_share(setting, channel, share):
    outcome = _national(setting)
    sentenced, first = (outcome.weekly[:, :, C[channel], i].sum(axis=1).astype(float) for i in (1, 2))
    assert sentenced.sum() > 20_000
    z = (first.sum() - share * sentenced.sum()) / np.sqrt(share * (1 - share) * sentenced.sum())
    assert abs(z) < 4
    some = sentenced > 500
    each = (first - share * sentenced)[some] / np.sqrt(share * (1 - share) * sentenced[some])
    assert abs(each).max() < 4.5 and (len(each) < 3 or 0.1 < each.std() < 2.5)


_runs = {}


def _national(setting):
    if "one" not in _runs:
        _runs["one"] = run.simulate(setting, named("plan").batch(8), np.arange(8, dtype=np.uint64) + 70)
    return _runs["one"]


def test_courts_work_off_a_stated_share(setting):
    """Every fourth week a region decides 4/10 of its ordinary cases and convicts .85 of them; whole numbers, right means."""
    runs = 2000
    x, _g, _course, tally, _core, _push, step = bare(setting, runs)
    region = 8
    x[layout.HELD + layout.ORDINARY] = 0.0
    x[layout.HELD + layout.ORDINARY, :, region] = 37.0
    for week in range(4):
        step(week)
    sentenced, released = (tally.regional[:, 0, region, C["ordinary"], i].astype(float) for i in (1, 3))
    decided = sentenced + released
    assert set(decided.tolist()) == {14.0, 15.0}
    assert abs(decided.mean() - 14.8) < 4 * 0.4 / np.sqrt(runs)
    assert abs(sentenced.mean() - 0.85 * 14.8) < 4 * 0.6 / np.sqrt(runs)


def test_cases_of_office_holders_wait_as_three_stages_of_eight_weeks(setting):
    """A thousand arrested at once: after k weeks the share under investigation is that of an Erlang of three stages."""
    x, _g, _course, _tally, _core, _push, step = bare(setting, 1)
    region = 8
    x[layout.INQUIRY, 0, region] = 1000.0
    weeks = 40
    for week in range(weeks):
        step(week)
    p = 1 / 8
    inside = 1000.0 * sum(comb(weeks, i) * p**i * (1 - p) ** (weeks - i) for i in range(3))
    assert x[layout.INQUIRY : layout.INQUIRY + 3, 0, region].sum() == pytest.approx(inside, rel=1e-9)
