"""Tempered sequential Monte Carlo over the unit cube.

Particles go from the prior to the posterior by small powers of the likelihood; the product of the
mean weights is the evidence. Moves are made on the normal scores z of the coordinates, where the
uniform prior is the standard normal: whole-vector moves along the particles' own spread, moves of a
few coordinates, fresh draws of one or two from the prior (these flip a composite's switches) and
exchanges between two switches of a question's rivals. All keep the prior in balance by construction.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr, ndtri

from thirtyseven.inference.emulate import TooFewError
from thirtyseven.inference.simulator import Floats

LogLikelihood = Callable[[Floats], Floats]
Inside = Callable[[Floats], np.ndarray]

_KEEP = 0.5  # effective share of particles that a step of the power leaves


@dataclass(frozen=True)
class Sample:
    """A posterior sample: `u` (n, P), `log_evidence` (of the prior within `inside`), steps, acceptance."""

    u: Floats
    log_evidence: float
    steps: int
    acceptance: float


def prior_inside(inside: Inside | None, n: int, p: int, rng: np.random.Generator) -> Floats:
    """(n, P) Draws from the uniform prior within a region, by rejection.

    Raises:
        TooFewError: the region is too small to be found (fewer than n in 400,000 draws).
    """
    if inside is None:
        return rng.random((n, p))
    kept: list[Floats] = []
    have = 0
    for _ in range(100):
        u = rng.random((4000, p))
        u = u[inside(u)]
        kept.append(u)
        have += len(u)
        if have >= n:
            return np.concatenate(kept)[:n]
    raise TooFewError(f"only {have} of 400,000 draws of the prior lie in the region")


def sample(
    log_likelihood: LogLikelihood,
    start: Floats,
    rng: np.random.Generator,
    *,
    switches: np.ndarray | None = None,
    sweeps: int = 12,
) -> Sample:
    """Sample the posterior over the unit cube and estimate the evidence.

    Args:
        log_likelihood: (n, P) -> (n,); minus infinity outside the region to which the prior is held
            (the evidence is then that of the prior within it).
        start: (n, P) draws of that prior, one a particle.
        rng: the only randomness.
        switches: coordinates that are a composite's weights.
        sweeps: moves of each particle at each power.
    """
    mover = _Mover(log_likelihood, switches if switches is not None else np.empty(0, int), rng)
    z, ll, particles = ndtri(np.clip(start, 1e-12, 1 - 1e-12)), log_likelihood(start), len(start)
    power, evidence, steps = 0.0, 0.0, 0
    while power < 1:
        step = _next_power(ll, power)
        weights = (step - power) * ll
        evidence += float(logsumexp(weights)) - np.log(particles)
        chosen = _resample(weights, rng)
        z, ll, power, steps = z[chosen], ll[chosen], step, steps + 1
        mover.learn(z)
        extra = 2 if power >= 1 else 1
        for _ in range(sweeps * extra):
            z, ll = mover.move(z, ll, power)
    return Sample(ndtr(z), evidence, steps, mover.acceptance)


def _next_power(ll: Floats, power: float) -> float:
    """The next power of the likelihood: the effective number of particles falls to `_KEEP`."""
    below = ll - ll.max()

    def effective(step: float) -> float:
        weights = np.exp((step - power) * below)
        return float(weights.sum() ** 2 / np.square(weights).sum() / len(ll))

    if effective(1.0) >= _KEEP:
        return 1.0
    low, high = power, 1.0
    for _ in range(30):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= _KEEP else (low, middle)
    return max(low, power + 1e-9)


def _resample(log_weights: Floats, rng: np.random.Generator) -> np.ndarray:
    """Systematic resampling: indices of the particles that go on."""
    weights = np.exp(log_weights - logsumexp(log_weights))
    places = (np.arange(len(weights)) + rng.random()) / len(weights)
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)


class _Mover:
    """Metropolis moves that leave the tempered posterior as it is; sizes follow the acceptance."""

    def __init__(self, log_likelihood: LogLikelihood, switches: np.ndarray, rng: np.random.Generator) -> None:
        self.log_likelihood, self.switches, self.rng = log_likelihood, switches, rng
        self.size = {"all": 0.6, "some": 0.8}
        self.turn = 0
        self.partner = np.empty(0, dtype=int)
        self.tried = self.accepted = 0
        if len(switches) > 1:
            self.order = ["apart", "some", "trade", "flip", "apart", "swap", "trade", "fresh"]
        else:
            self.order = ["all", "apart", "fresh", "some"]

    @property
    def acceptance(self) -> float:
        """Share of moves that were taken."""
        return self.accepted / max(self.tried, 1)

    def learn(self, z: Floats) -> None:
        """Take the particles' mean and (shrunk) covariance for the whole-vector move."""
        n, p = z.shape
        self.mean = z.mean(axis=0)
        shrink = min(1.0, 2.0 * p / n)
        covariance = np.cov(z.T).reshape(p, p)
        diagonal = np.diag(np.maximum(np.diag(covariance), 1e-6))
        covariance = (1 - shrink) * covariance + shrink * diagonal + 1e-9 * np.eye(p)
        self.root = np.linalg.cholesky(covariance)
        self.inverse = np.linalg.inv(self.root)

    def move(self, z: Floats, ll: Floats, power: float) -> tuple[Floats, Floats]:
        """One move of every particle."""
        kind = self.order[self.turn % len(self.order)]
        self.turn += 1
        if kind == "apart":
            return self._apart(z, ll, power)
        proposal, correction = getattr(self, "_" + kind)(z)
        new = self.log_likelihood(ndtr(proposal))
        gain = power * (new - ll) + correction
        if kind == "trade":  # both partners agree, or neither moves
            gain = gain + gain[self.partner]
            pair = np.minimum(np.arange(len(z)), self.partner)
            taken = np.log(self.rng.random(len(z)))[pair] < gain
        else:
            taken = np.log(self.rng.random(len(z))) < gain
        if kind in self.size:
            grow = np.exp(0.5 * (taken.mean() - 0.25))
            self.size[kind] = float(np.clip(self.size[kind] * grow, 0.02, 1.0))
        return self._settle(z, ll, proposal, new, taken)

    def _settle(
        self, z: Floats, ll: Floats, proposal: Floats, new: Floats, taken: np.ndarray
    ) -> tuple[Floats, Floats]:
        self.tried += len(z)
        self.accepted += int(taken.sum())
        return np.where(taken[:, None], proposal, z), np.where(taken, new, ll)

    def _apart(self, z: Floats, ll: Floats, power: float) -> tuple[Floats, Floats]:
        """Some coordinates move along the difference of two particles of the other half.

        The steps take the shape of the posterior by themselves (differential evolution, ter Braak
        2006); each half is moved given the other, so the balance is exact.
        """
        z, ll = z.copy(), ll.copy()
        n, p = z.shape
        halves = np.array_split(self.rng.permutation(n), 2)
        for own, other in (halves, halves[::-1]):
            a, b = self.rng.choice(other, len(own)), self.rng.choice(other, len(own))
            share = self.rng.choice([3.0 / p, 10.0 / p, 0.5], len(own))
            chosen = self.rng.random((len(own), p)) < np.minimum(share, 1.0)[:, None]
            width = 1.7 / np.sqrt(2 * np.maximum(chosen.sum(axis=1), 1)) * self.rng.uniform(0.5, 1.2, len(own))
            step = width[:, None] * (z[a] - z[b]) + 1e-3 * self.rng.standard_normal((len(own), p))
            proposal = np.where(chosen, z[own] + step, z[own])
            new = self.log_likelihood(ndtr(proposal))
            gain = power * (new - ll[own]) - 0.5 * (np.square(proposal) - np.square(z[own])).sum(axis=1)
            taken = np.log(self.rng.random(len(own))) < gain
            z[own], ll[own] = self._settle(z[own], ll[own], proposal, new, taken)
        return z, ll

    def _trade(self, z: Floats) -> tuple[Floats, Floats]:
        """Two particles trade some of their coordinates: a run of switches, or any."""
        n, p = z.shape
        shuffled = self.rng.permutation(np.arange(n))
        half = n // 2
        self.partner = np.arange(n)
        self.partner[shuffled[:half]] = shuffled[half : 2 * half]
        self.partner[shuffled[half : 2 * half]] = shuffled[:half]
        count = len(self.switches)
        start, length = self.rng.integers(count, size=(n, 1)), self.rng.integers(1, 9, size=(n, 1))
        place = np.mod(np.arange(count)[None, :] - start, count)
        chosen = np.zeros((n, p), dtype=bool)
        chosen[:, self.switches] = place < length
        first = np.minimum(np.arange(n), self.partner)  # a pair trades the same coordinates
        return np.where(chosen[first], z[self.partner], z), np.zeros(n)

    def _all(self, z: Floats) -> tuple[Floats, Floats]:
        """Autoregressive about the particles' mean; exact for a normal posterior at any size."""
        beta = self.size["all"]
        step = self.rng.standard_normal(z.shape) @ self.root.T
        new = self.mean + np.sqrt(1 - beta**2) * (z - self.mean) + beta * step

        def against_prior(a: Floats) -> Floats:
            centred = (a - self.mean) @ self.inverse.T
            return np.asarray(0.5 * (np.square(centred) - np.square(a)).sum(axis=1))

        return new, against_prior(new) - against_prior(z)

    def _some(self, z: Floats) -> tuple[Floats, Floats]:
        """Autoregressive about the prior, in some three coordinates."""
        beta = self.size["some"]
        chosen = self.rng.random(z.shape) < 3.0 / z.shape[1]
        new = np.sqrt(1 - beta**2) * z + beta * self.rng.standard_normal(z.shape)
        return np.where(chosen, new, z), np.zeros(len(z))

    def _fresh(self, z: Floats) -> tuple[Floats, Floats]:
        """One coordinate anew from the prior."""
        return self._renew(z, self.rng.integers(z.shape[1], size=len(z)))

    def _flip(self, z: Floats) -> tuple[Floats, Floats]:
        """One switch (with its strength) anew from the prior."""
        return self._renew(z, self.switches[self.rng.integers(len(self.switches), size=len(z))])

    def _renew(self, z: Floats, column: np.ndarray) -> tuple[Floats, Floats]:
        new = z.copy()
        new[np.arange(len(z)), column] = self.rng.standard_normal(len(z))
        return new, np.zeros(len(z))

    def _swap(self, z: Floats) -> tuple[Floats, Floats]:
        """Two neighbouring switches exchange places: one mechanism leaves as another enters."""
        rows = np.arange(len(z))
        at = self.rng.integers(len(self.switches), size=len(z))
        a = self.switches[at]
        b = self.switches[(at + self.rng.integers(1, 8, size=len(z))) % len(self.switches)]
        new = z.copy()
        new[rows, a], new[rows, b] = z[rows, b], z[rows, a]
        return new, np.zeros(len(z))
