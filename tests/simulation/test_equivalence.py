"""`people` and `counts` on every statistic of the weighing: exact on one run, and a test of equivalence that can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
if not BENCHMARKS.is_dir():
    pytest.skip("the benchmarks are not beside these tests", allow_module_level=True)
sys.path.insert(0, str(BENCHMARKS))

from equivalence import COUNTS, LEVEL, MARGIN, PEOPLE, statistics_of_log, tost  # noqa: E402

from thirtyseven.simulation.everybody import KINDS  # noqa: E402
from thirtyseven.summaries import STATISTICS, compute, from_outcome  # noqa: E402


def test_each_statistic_from_the_log_is_that_of_the_counts(events, outcome, setting):
    """To the last bit: who it was is added to how many, and changes none of it."""
    ours = compute(from_outcome(outcome, setting))[0]
    assert len(ours) == len(STATISTICS)
    assert np.array_equal(statistics_of_log(outcome, events, setting), ours, equal_nan=True)
    assert np.array_equal(events.counts(), outcome.regional[0])
    assert np.array_equal(events.counts().sum(axis=1), outcome.weekly[0])


def test_a_log_that_lost_a_year_s_arrests_has_other_statistics(events, outcome, setting):
    """The equality above is not empty: the statistics are computed from the log."""
    kept = ~((events.week >= 157) & (events.week < 209) & (events.kind == KINDS.index("arrested")))
    short = type(events)(np.ascontiguousarray(events.log[:, kept]), events.held, events.regions, events.people)
    found = dict(zip((s.id for s in STATISTICS), statistics_of_log(outcome, short, setting)))
    ours = dict(zip((s.id for s in STATISTICS), compute(from_outcome(outcome, setting))[0]))
    assert found["arrests_1937"] < ours["arrests_1937"] - 1
    assert found["arrests_1938"] == ours["arrests_1938"] and found["launch"] == ours["launch"]


@pytest.mark.parametrize("shift, equivalent", [(0.0, True), (0.08, True), (0.25, False), (0.5, False)])
def test_two_one_sided_tests(shift, equivalent):
    """Samples of the sizes used: a shift at the margin is declared none in one case of twenty, well inside it nearly always."""
    rng = np.random.default_rng(7)
    said = [tost(rng.normal(shift, 1.0, PEOPLE), rng.normal(0.0, 1.0, COUNTS), MARGIN)["p"] < LEVEL for _ in range(300)]
    share = np.mean(said)
    if equivalent:
        assert share > 0.85
    elif shift == MARGIN:
        assert abs(share - LEVEL) < 4 * np.sqrt(LEVEL * (1 - LEVEL) / 300)
    else:
        assert share == 0.0


def test_spreads_are_compared_too():
    rng = np.random.default_rng(8)
    same = [tost(rng.standard_t(6, PEOPLE), rng.standard_t(6, COUNTS), MARGIN)["z_spread"] for _ in range(200)]
    assert 0.8 < np.std(same) < 1.25 and abs(np.mean(same)) < 0.4
    assert tost(1.4 * rng.normal(size=400), rng.normal(size=2000), MARGIN)["z_spread"] > 4


def test_constants_are_equivalent_only_if_equal():
    assert tost(np.ones(5), np.ones(7), MARGIN)["p"] == 0.0
    assert tost(np.ones(5), np.zeros(7), MARGIN)["p"] == 1.0
