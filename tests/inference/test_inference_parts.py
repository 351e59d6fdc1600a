"""History matching, networks, misfit and recovery, each by itself."""

import numpy as np
import pytest
from inference_toys import Composite
from scipy.special import expit
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from thirtyseven.inference.basis import Basis, basis_of
from thirtyseven.inference.classify import Question, fold_of, gather, reweighed, train
from thirtyseven.inference.emulate import fit
from thirtyseven.inference.recover import area, calibration_error, of_singles
from thirtyseven.inference.waves import (
    everything,
    narrow,
    near_record,
    prior_blocks,
    region_blocks,
    survival,
)


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def plain_basis(p):
    none = np.empty(0, dtype=int)
    return Basis(np.array([p]), none, none, np.array([8]), np.array([0.3]))


def linear(n, seed=1):
    """Two coarse facts, each ten times a coordinate, with run-to-run noise."""
    rng = np.random.default_rng(seed)
    u = rng.random((n, 3))
    return u, 10 * u[:, :2] + 0.3 * rng.standard_normal((n, 2)), np.array([0.4, 0.4])


def test_region_is_the_prior_cut_not_reshaped():
    u, x, sd = linear(400)
    observed = np.array([5.0, 3.0])
    region = narrow(everything(observed), plain_basis(3), u, x, sd, 1)
    blocks = region_blocks("plan/strict", 3, region, 2000, 1, 1)
    points = np.concatenate([b.u for b in blocks])
    # three standard deviations of .5 about 5 and 3, in tenths: .35-.65 and .15-.45
    assert region.inside(points).all()
    assert points[:, 0].min() > 0.3 and points[:, 0].max() < 0.7
    assert abs(region.share - 0.3 * 0.3) < 0.02
    free = points[:, 2]
    assert abs(free.mean() - 0.5) < 4 * np.sqrt(1 / 12 / len(free)), "nothing is learnt of the third"
    middle = points[np.abs(points[:, 0] - 0.5) < 0.1, 0]
    assert abs(middle.mean() - 0.5) < 4 * 0.2 / np.sqrt(12 * len(middle)), "the prior stays flat inside"


def test_share_that_survives_has_its_binomial_interval():
    u, x, sd = linear(400)
    observed = np.array([5.0, 3.0])
    region = narrow(everything(observed), plain_basis(3), u, x, sd, 1)
    found = survival(region, u[:200], x[:200], sd)
    assert found["low"] < 0.09 < found["high"] and found["runs"] == 200
    assert found["mean"] * 200 == pytest.approx(round(found["mean"] * 200))


def test_a_kind_that_cannot_reach_the_record_keeps_its_best_fiftieth():
    u, x, sd = linear(400)
    region = narrow(everything(np.array([40.0, 3.0])), plain_basis(3), u, x, sd, 1)
    assert region.cutoffs[0] > 3 and 0.015 < region.share < 0.03
    assert survival(region, u[:200], x[:200], sd)["mean"] == 0
    assert len(region_blocks("plan/strict", 3, region, 64, 1, 1)[0].u) == 64


def test_second_wave_is_within_the_first():
    u, x, sd = linear(400)
    observed = np.array([5.0, 3.0])
    one = narrow(everything(observed), plain_basis(3), u, x, sd, 1)
    two = narrow(one, plain_basis(3), u, x, sd, 2)
    points = np.concatenate([b.u for b in region_blocks("plan/strict", 3, two, 300, 1, 2)])
    assert one.inside(points).all() and two.share <= one.share


def test_forked_histories_are_emulated_near_the_record_only():
    """An operation starts or never does: the reach is drawn in, and the odds of starting are learnt."""
    rng = np.random.default_rng(2)
    u = rng.random((1200, 2))
    starts = rng.random(1200) < expit(8 * (u[:, 0] - 0.5))
    x = np.where(starts, 10 + u[:, 1], 2.0)[:, None] + 0.1 * rng.standard_normal((1200, 1))
    basis, sd, observed = plain_basis(2), np.array([0.15]), np.array([10.5])
    near, reach = near_record(basis, u, x, observed, sd, 1)
    assert reach <= 24 and (near == starts).all()
    emulator = fit(basis, u, x, sd, 1, network=False, near=near)
    full = basis.full(np.array([[0.9, 0.5], [0.1, 0.5]]))
    mean, spread = emulator.moments(full)
    assert abs(mean[0, 0] - 10.5) < 0.05 and spread[0, 0] < 0.15
    np.testing.assert_allclose(np.exp(emulator.log_near(full)), expit([3.2, -3.2]), atol=0.08)
    whole = fit(basis, u, x, sd, 1, network=False)
    assert whole.normality[0] > 0.1 > emulator.normality[0]
    likelihood = emulator.log_likelihood(full, observed)
    exact = np.log(expit([3.2, -3.2])) + norm.logpdf(10.5, 10.5, np.hypot(0.1, 0.15))
    assert np.abs(likelihood - exact).max() < 0.4


def test_well_behaved_facts_are_emulated_everywhere():
    u, x, sd = linear(400)
    near, reach = near_record(plain_basis(3), u, x, np.array([5.0, 3.0]), sd, 1)
    assert near.all() and np.isinf(reach)


def test_larger_budget_only_adds_prior_runs():
    small, large = (prior_blocks("plan/strict", 4, n, 7) for n in (128, 256))
    for a, b in zip(small, large):
        np.testing.assert_array_equal(a.u, b.u)
        np.testing.assert_array_equal(a.seeds, b.seeds)


def test_weights_of_a_composite_are_found():
    toy = Composite()
    basis = basis_of(toy, "composite")
    np.testing.assert_array_equal(basis.weights, np.arange(12, 52))
    np.testing.assert_array_equal(basis.heads, np.arange(40))
    assert len(basis_of(toy, "composite-without-plan").weights) == 35
    assert len(basis_of(toy, "plan/strict").weights) == 0


def ensemble(tables, labels, sd, folds=3, epochs=30):
    question = Question(tables, sd, labels)
    return gather("test", question, [train("test", question, folds, k, epochs, 1) for k in range(folds)], folds, 1)


def test_networks_state_the_exact_odds_of_two_normals():
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 2, 3000)
    tables = rng.standard_normal((3000, 2)) * 0.8 + labels[:, None] * [1.0, 0.0]
    sd = np.array([0.6, 0.6])
    found = ensemble(tables, labels, sd)
    grid = np.column_stack([np.linspace(-1, 2, 7), np.zeros(7)])
    exact = expit(grid[:, 0] - 0.5)  # total variance 1, means 0 and 1
    np.testing.assert_allclose(found.mean(grid)[:, 1], exact, atol=0.07)
    assert calibration_error(found.left_out[:, 1], labels == 1) < 0.05
    np.testing.assert_allclose(found.left_out.sum(axis=1), 1)


def test_heads_are_judged_apart_and_may_be_missing():
    rng = np.random.default_rng(4)
    labels = rng.random((3000, 2)) < 0.3
    tables = np.column_stack([2.0 * labels[:, 0], rng.standard_normal(3000)]) + 0.3 * rng.standard_normal((3000, 2))
    tables[rng.random(3000) < 0.1, 0] = np.nan
    found = ensemble(tables, labels, np.array([0.3, 0.3]))
    seen = found.mean(np.array([[2.0, 0.0], [0.0, 0.0], [np.nan, 0.0]]))
    assert seen[0, 0] > 0.9 > 0.1 > seen[1, 0]
    assert abs(seen[2, 0] - 0.3) < 0.12, "a gap says nothing"
    assert np.abs(seen[:, 1] - 0.3).max() < 0.1, "an unseen mechanism keeps its prior"
    assert area(found.left_out[:, 0], labels[:, 0])[0] > 0.93
    assert abs(area(found.left_out[:, 1], labels[:, 1])[0] - 0.5) < 4 * area(found.left_out[:, 1], labels[:, 1])[1]


def test_folds_are_even():
    counts = np.bincount(fold_of(1003, 5, 1, "x"))
    assert counts.max() - counts.min() <= 1


def test_region_shares_turn_into_prior_odds():
    found = reweighed(np.array([[0.5, 0.5]]), np.array([0.2, 0.1]))
    np.testing.assert_allclose(found, [[2 / 3, 1 / 3]])


def test_area_and_its_error():
    rng = np.random.default_rng(5)
    labels = rng.random(4000) < 0.4
    a, error = area(rng.standard_normal(4000) + labels, labels)
    assert abs(a - norm.cdf(1 / np.sqrt(2))) < 4 * error
    assert np.isnan(area(np.arange(20.0), np.arange(20) < 3)[0]), "three truths measure nothing"


def test_calibration_error_sees_overconfidence():
    rng = np.random.default_rng(6)
    p = rng.random(20_000)
    assert calibration_error(p, rng.random(20_000) < p) < 0.02
    assert calibration_error(p, rng.random(20_000) < 0.5) > 0.2


def test_confusion_rows_are_truths():
    p = np.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0], [0.6, 0.4, 0.0], [0.1, 0.0, 0.9]])
    found = of_singles(p, np.array([0, 1, 1, 2]), ("plan/strict", "plan/charitable", "threat/strict"))
    np.testing.assert_allclose(found["mean"][1], [0.4, 0.6, 0.0])
    np.testing.assert_allclose(found["named"][1], [0.5, 0.5, 0.0])
    np.testing.assert_allclose(found["slug_mean"], [[1, 0], [0.1, 0.9]])
    assert found["accuracy_slug"] == pytest.approx(1.0)
