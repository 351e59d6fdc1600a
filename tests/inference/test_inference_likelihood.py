"""The emulated likelihood and the sampler against closed forms."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri, softmax
from scipy.stats import multivariate_normal, norm
from threadpoolctl import threadpool_limits

from thirtyseven.inference.basis import Basis, basis_of
from thirtyseven.inference.emulate import TooFewError, emulator_from, fit
from thirtyseven.inference.smc import prior_inside, sample


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def plain_basis(p):
    none = np.empty(0, dtype=int)
    return Basis(np.array([p]), none, none, np.array([8]), np.array([0.3]))


def gaussian_linear(n, seed, p=10):
    """sbibm's task: theta ~ N(0, .1), x ~ N(theta, .1); half of the noise is the archive's."""
    rng = np.random.default_rng(seed)
    u = rng.random((n, p))
    x = np.sqrt(0.1) * ndtri(u) + np.sqrt(0.05) * rng.standard_normal((n, p))
    return u, x, np.full(p, np.sqrt(0.05))


def test_gaussian_linear_posterior_and_evidence():
    u, x, sd = gaussian_linear(2000, 1)
    basis = plain_basis(10)
    emulator = fit(basis, u, x, sd, 1, network=False)
    rng = np.random.default_rng(2)
    n = 1500
    for _ in range(3):
        table = np.sqrt(0.2) * rng.standard_normal(10)
        found = sample(lambda v: emulator.log_likelihood(basis.full(v), table), rng.random((n, 10)), rng)  # noqa: B023
        theta = np.sqrt(0.1) * ndtri(found.u)
        # particles are correlated: the standard error allows for a third of them; the emulator's
        # coefficients are known to one part in sqrt(2000)
        error = np.sqrt(0.05) * np.sqrt(3 / n + 10 / 2000)
        assert np.abs((theta.mean(axis=0) - table / 2) / error).max() < 4
        assert np.abs(np.log(theta.std(axis=0) / np.sqrt(0.05))).max() < 4 * np.sqrt(3 / (2 * n) + 1 / 2000)
        exact = norm.logpdf(table, 0, np.sqrt(0.2)).sum()
        assert abs(found.log_evidence - exact) < 0.4


def test_sampler_knows_the_evidence_of_a_correlated_normal():
    p, rng = 6, np.random.default_rng(3)
    root = rng.standard_normal((p, p))
    covariance = 0.02 * (root @ root.T) + 0.01 * np.eye(p)
    at = 0.5 * rng.standard_normal(p)
    density = multivariate_normal(at, covariance)
    exact = multivariate_normal(np.zeros(p), covariance + np.eye(p)).logpdf(at)
    values = [
        sample(lambda u: density.logpdf(ndtri(u)), rng.random((800, p)), rng).log_evidence for _ in range(6)
    ]
    assert abs(np.mean(values) - exact) < 4 * np.std(values, ddof=1) / np.sqrt(6) + 0.05
    assert np.std(values) < 0.3


def test_sampler_flips_switches_with_the_right_odds():
    """Four switches and their strengths; the exact odds by brute force over a fine grid."""
    share, effects = 0.3, np.array([1.0, 0.9, -0.7, 0.4])

    def log_likelihood(u):
        on = u < share
        return norm.logpdf(0.9, (on * (0.5 + u / share) * effects).sum(axis=1), 0.25)

    rng = np.random.default_rng(4)
    many = rng.random((400_000, 4))
    weights = softmax(log_likelihood(many))
    exact = weights @ (many < share)
    evidence = np.log(np.exp(log_likelihood(many)).mean())
    found = [sample(log_likelihood, rng.random((1000, 4)), rng, switches=np.arange(4)) for _ in range(4)]
    stated = np.array([(f.u < share).mean(axis=0) for f in found])
    assert np.abs(stated.mean(axis=0) - exact).max() < 4 * np.sqrt(0.25 * 3 / 4000)
    assert abs(np.mean([f.log_evidence for f in found]) - evidence) < 0.1


def test_moves_keep_the_prior():
    """With a flat likelihood nothing may change: coordinates stay uniform and independent."""
    rng = np.random.default_rng(5)
    found = sample(lambda u: np.zeros(len(u)), rng.random((4000, 5)), rng, switches=np.arange(2, 5), sweeps=40)
    assert found.log_evidence == pytest.approx(0)
    assert np.abs(found.u.mean(axis=0) - 0.5).max() < 4 * np.sqrt(1 / 12 / 4000)
    off = np.corrcoef(ndtri(found.u).T)[np.triu_indices(5, 1)]
    assert np.abs(off).max() < 4.5 / np.sqrt(4000)
    assert np.abs((found.u < 0.3).mean(axis=0) - 0.3).max() < 4 * np.sqrt(0.21 / 4000)


def test_sampler_stays_within_the_region():
    rng = np.random.default_rng(6)

    def inside(u):
        return u[:, 0] + u[:, 1] < 0.8

    start = prior_inside(inside, 1000, 2, rng)
    found = sample(lambda u: np.where(inside(u), norm.logpdf(u[:, 0], 0.9, 0.2), -np.inf), start, rng)
    assert inside(found.u).all()


def test_emulator_finds_products_of_many_features():
    """A composite's mean depends on switch x law: no linear emulator can follow it."""
    from inference_toys import Composite

    toy, rng = Composite(noise=0.1), np.random.default_rng(8)
    basis = basis_of(toy, "composite")
    u = rng.random((1800, 52))
    x = toy.run("composite", u, np.arange(1800, dtype=np.uint64))[:, :12]
    sd = np.full(12, 0.1)
    emulator = fit(basis, u[:1500], x[:1500], sd, 1, network=False)
    mean, spread = emulator.moments(basis.full(u[1500:]))
    left = x[1500:] - mean
    assert left.std() < 0.22, "a tenth is noise of the runs; without products it is a third"
    assert np.abs(np.log((left / spread).std())) < 0.1
    again = emulator_from(emulator.arrays())
    table = x[0]
    full = basis.full(u[:50])
    np.testing.assert_array_equal(again.log_likelihood(full, table), emulator.log_likelihood(full, table))


def test_network_follows_a_threshold():
    rng = np.random.default_rng(9)
    u = rng.random((3000, 3))
    x = np.column_stack([np.where(u[:, 0] + u[:, 1] > 1, 2.0, 0.0), u[:, 2]]) + 0.1 * rng.standard_normal((3000, 2))
    basis, sd = plain_basis(3), np.full(2, 0.1)
    plain, network = (fit(basis, u, x, sd, 1, network=n) for n in (False, True))
    test = rng.random((500, 3))
    truth = np.where(test[:, 0] + test[:, 1] > 1, 2.0, 0.0)
    errors = [np.abs(e.moments(basis.full(test))[0][:, 0] - truth).mean() for e in (plain, network)]
    assert errors[1] < 0.7 * errors[0]


def test_two_humped_residuals_are_reported_as_not_normal():
    rng = np.random.default_rng(10)
    u = rng.random((800, 2))
    humps = 3.0 * rng.integers(0, 2, 800) + 0.3 * rng.standard_normal(800)
    normal = u[:, 0] + 0.3 * rng.standard_normal(800)
    emulator = fit(plain_basis(2), u, np.column_stack([humps, normal]), np.full(2, 0.1), 1, network=False)
    assert emulator.normality[0] > 0.15 > 0.06 > emulator.normality[1]


def test_spread_may_depend_on_the_point():
    rng = np.random.default_rng(11)
    u = rng.random((4000, 2))
    x = (np.exp(1.2 * (u[:, :1] - 0.5)) * 0.5) * rng.standard_normal((4000, 1))
    emulator = fit(plain_basis(2), u, x, np.full(1, 0.01), 1, network=False)
    _, spread = emulator.moments(plain_basis(2).full(np.array([[0.05, 0.5], [0.95, 0.5]])))
    assert spread[1, 0] / spread[0, 0] > 1.5


def test_undefined_statistics_count_against_a_point():
    rng = np.random.default_rng(12)
    u = rng.random((1500, 2))
    x = 0.2 * rng.standard_normal((1500, 2))
    x[rng.random(1500) < ndtr(6 * (u[:, 0] - 0.5)), 1] = np.nan
    basis = plain_basis(2)
    emulator = fit(basis, u, x, np.full(2, 0.1), 1, network=False)
    low, high = emulator.log_near(basis.full(np.array([[0.1, 0.5], [0.9, 0.5]])))
    assert np.exp(low) > 0.8 and np.exp(high) < 0.2


def test_too_few_runs_are_refused():
    u = np.random.default_rng(13).random((60, 2))
    x = u.copy()
    x[30:, 0] = np.nan
    with pytest.raises(TooFewError, match="30 runs"):
        fit(plain_basis(2), u, x, np.full(2, 0.1), 1, network=False)


def test_region_too_small_to_find_is_refused():
    with pytest.raises(TooFewError):
        prior_inside(lambda u: np.zeros(len(u), dtype=bool), 10, 2, np.random.default_rng(1))
