"""Known truths, small: the full ones are `python -m pytest verification` (numbers in docs/trust.md)."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri
from threadpoolctl import threadpool_limits

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.emulate import fit
from thirtyseven.inference.smc import sample

sys.path.insert(0, str(Path(__file__).parents[2] / "verification"))

from lanchester import LAWS, battles, fight, reject, statistics


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def test_gaussian_linear_has_the_closed_forms_moments():
    """sbibm's task in five dimensions: posterior mean x/2 and variance .05 with prior and noise variance .1."""
    rng, p, n = np.random.default_rng(1), 5, 1500
    none = np.empty(0, dtype=int)
    basis = Basis(np.array([p]), none, none, np.array([8]), np.array([0.3]))
    u, half = rng.random((n, p)), np.sqrt(0.05)
    emulator = fit(basis, u, np.sqrt(0.1) * ndtri(u) + half * rng.standard_normal((n, p)), np.full(p, half), 1, False)
    table = np.array([0.4, -0.3, 0.0, 0.6, -0.5])
    found = sample(lambda v: emulator.log_likelihood(basis.full(v), table), rng.random((1000, p)), rng, sweeps=20)
    theta = np.sqrt(0.1) * ndtri(found.u)
    error = np.sqrt(0.05 / 1000 + 0.1 / n)  # of the sampler, and of the emulator's slope
    assert np.abs(theta.mean(axis=0) - table / 2).max() < 5 * error
    assert np.abs(theta.var(axis=0) / 0.05 - 1).max() < 0.3


def test_battles_follow_their_law():
    """Exponents of the laws: losses per loss of the other go with the numbers to the power 0, -1, 1, 1."""
    for law, slope in zip(LAWS, (0.0, -1.0, 1.0, 1.0), strict=True):
        found = statistics(*battles(law, np.random.default_rng(2), n=400, spread=0.05))
        assert abs(found[1] - slope) < 0.15, law


def test_a_battle_stops_with_the_side_that_breaks_off():
    men, until = np.full((50, 2), 10_000.0), np.tile([1_000.0, 3_000.0], (50, 1))
    for law in LAWS:
        lost = fight(law, np.linspace(0.2, 5, 50), men, until)
        assert ((lost >= until).any(axis=1)).all() and (lost <= until + 600).all(), law


def test_fatigue_is_the_logarithmic_law_in_slower_motion():
    """Both sides' losses lie on one curve, whatever the pace: no record of losses tells the two apart."""
    men, rng = np.tile([20_000.0, 14_000.0], (40, 1)), np.random.default_rng(3)
    ratio, until = rng.uniform(0.5, 2, 40), np.tile([3_000.0, 3_000.0], (40, 1))
    for law in ("logarithmic", "fatigue"):
        lost = fight(law, ratio, men, until)
        curve = np.log1p(-lost[:, 1] / 14_000) / np.log1p(-lost[:, 0] / 20_000)
        assert np.abs(curve / ratio - 1).max() < 0.05, law


def test_rejection_gives_probabilities_at_every_tolerance():
    rng = np.random.default_rng(4)
    found = reject(*battles("square", rng, n=12), 40, rng, (0.2, 0.05))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert found.shape == (2, 4) and found[0].argmax() == 1
