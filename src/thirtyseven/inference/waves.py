"""History matching: which part of a kind's prior can produce the coarse shared facts at all.

A wave draws points from the prior within what the waves before left standing. Inside that region the
prior keeps its shape, so the classifier and the sampler stay right: outside it the observed table
has next to no likelihood, and the region's share of the prior is carried along.
"""

from dataclasses import dataclass

import numpy as np

from thirtyseven.inference.bank import Block, cut
from thirtyseven.inference.basis import Basis
from thirtyseven.inference.emulate import Emulator, TooFewError, fit, likelihood
from thirtyseven.inference.seeds import digest, stream
from thirtyseven.inference.simulator import Floats

CUTOFF = 3.0
"""Implausible: a coarse fact more than three standard deviations from its emulated mean."""

_LEAST = 0.02  # share of the prior that a region keeps, however implausible
_NEAR = 0.05  # a point whose runs come near the record less often is implausible
_REACHES = (np.inf, 24.0, 12.0)  # what may be near, in archive errors of every coarse fact
_LEARN = 1200  # runs from which the reach is chosen
_WANTED = (60, 150)  # least runs that come near: of a single explanation, of a composite
_PROBE = 6000  # draws of the prior by which a region's share is measured


@dataclass(frozen=True)
class Region:
    """What is left of a kind's prior: every emulator must find the point not implausible.

    Attributes:
        emulators: of the coarse facts, one a wave.
        cutoffs: one a wave; above `CUTOFF` where otherwise less than 2% of the prior were left.
        observed: (J,) the coarse facts.
        share: of the prior that lies within (measured on fresh prior draws).
    """

    emulators: tuple[Emulator, ...]
    cutoffs: tuple[float, ...]
    observed: Floats
    share: float

    def inside(self, u: Floats) -> np.ndarray:
        """(n,) Whether the points are left standing."""
        full = self.emulators[0].basis.full(u) if self.emulators else u
        return self.holds(full)

    def holds(self, full: Floats) -> np.ndarray:
        """(n,) The same for points whose features are at hand."""
        left = np.ones(len(full), dtype=bool)
        for emulator, cutoff in zip(self.emulators, self.cutoffs):
            left &= implausibility(emulator, full, self.observed) <= cutoff
        return left

    def strict(self, u: Floats) -> np.ndarray:
        """(n,) The same at the cutoff of three, whatever was needed to go on."""
        left = np.ones(len(u), dtype=bool)
        for emulator in self.emulators:
            left &= implausibility(emulator, emulator.basis.full(u), self.observed) <= CUTOFF
        return left


def implausibility(emulator: Emulator, full: Floats, observed: Floats) -> Floats:
    """(n,) Greatest distance of a coarse fact from its emulated mean, in standard deviations.

    A point whose runs come near the record in one seed of twenty counts as three away, in one of four
    hundred as six.
    """
    mean, spread = emulator.moments(full)
    distance = np.abs(observed - mean) / np.sqrt(spread**2 + emulator.sd**2)
    return np.maximum(distance.max(axis=1), CUTOFF * emulator.log_near(full) / np.log(_NEAR))


def everything(observed: Floats) -> Region:
    """The whole prior."""
    return Region((), (), observed, 1.0)


def narrow(region: Region, basis: Basis, u: Floats, coarse: Floats, sd: Floats, seed: int) -> Region:
    """The region after one more wave.

    Args:
        region: the region so far.
        basis: of the kind.
        u: (n, P) points of all runs so far.
        coarse: (n, J) their coarse facts.
        sd: (J,) archive error.
        seed: of the fit.
    """
    within = region.inside(u)
    try:
        own, facts = u[within], coarse[within]
        near, _ = near_record(basis, own, facts, region.observed, sd, seed)
        emulator = fit(basis, own, facts, sd, seed, network=False, near=near)
    except TooFewError:  # too few runs define the coarse facts: nothing can be ruled out
        return region
    probe = stream(seed, "probe").random((_PROBE, int(basis.dimensions[0])))
    probe = probe[region.inside(probe)]
    distance = implausibility(emulator, basis.full(probe), region.observed)
    wanted = min(1.0, _LEAST * _PROBE / max(len(probe), 1))
    relaxed = float(np.quantile(distance, wanted, method="higher"))
    cutoff = max(CUTOFF, relaxed) if np.isfinite(relaxed) else np.inf
    share = max(float((distance <= cutoff).sum()), 1.0) / _PROBE
    return Region((*region.emulators, emulator), (*region.cutoffs, cutoff), region.observed, share)


def near_record(
    basis: Basis, u: Floats, coarse: Floats, observed: Floats, sd: Floats, seed: int
) -> tuple[np.ndarray, float]:
    """Which runs come near the record in all coarse facts, and what is called near.

    Near may be everything. But where histories fork (an operation starts or never does) an emulator of all
    runs is wide of each, and one of the runs near the record, with the odds of coming near, is sharp. The
    reach is the one under which half of the runs foretell best those of the other half that are most like
    the record.

    Returns:
        (n,) booleans, and the reach in archive errors.
    """
    distance = np.nan_to_num((np.abs(coarse - observed) / sd).max(axis=1), nan=np.inf)
    wanted = _WANTED[len(basis.weights) > 0]
    order = np.argsort(distance, kind="stable")
    like = order[1 : 2 * wanted : 2]  # every other of the most like the record is foretold ...
    like = like[np.isfinite(distance[like])]
    learn = np.setdiff1d(np.arange(len(u)), like)[:_LEARN]  # ... from the others
    best, reach = -np.inf, np.inf
    for trial in _REACHES:
        near = distance <= min(trial, 1e300)
        if trial < np.inf and near.sum() < 1.5 * wanted:
            break
        score = _foretold(basis, u, coarse, sd, seed, learn, like, near)
        if score > best:
            best, reach = score, trial
    return distance <= min(reach, 1e300), reach


def _foretold(
    basis: Basis, u: Floats, coarse: Floats, sd: Floats, seed: int, learn: np.ndarray, like: np.ndarray,
    near: np.ndarray,
) -> float:  # fmt: skip
    """Mean log density of some runs' coarse facts, archive error added, by an emulator of others."""
    try:
        emulator = fit(basis, u[learn], coarse[learn], sd, seed, False, near=near[learn], products=False)
    except TooFewError:
        return -np.inf
    full = basis.full(u[like])
    mean, spread = emulator.moments(full)
    noisy = coarse[like] + sd * stream(seed, "foretold").standard_normal((len(like), len(sd)))
    found = [
        likelihood(mean[i : i + 1], spread[i : i + 1], sd, emulator.whiten, noisy[i])[0]
        for i in range(len(like))
    ]
    return float(np.mean(found + emulator.log_near(full))) if len(like) else -np.inf


def prior_blocks(kind: str, p: int, runs: int, seed: int) -> list[Block]:
    """The first wave: a larger budget adds blocks, it does not change the ones before."""
    points, numbers = stream(seed, "prior", kind, "points"), stream(seed, "prior", kind, "seeds")
    u = points.random((runs, p))
    seeds = numbers.integers(2**63, size=runs, dtype=np.uint64)
    return cut(kind, "prior", u, seeds)


def region_blocks(kind: str, p: int, region: Region, runs: int, seed: int, wave: int) -> list[Block]:
    """A later wave: prior draws within the region."""
    key = digest(region)
    rng = stream(seed, "wave", kind, wave, key)
    kept, have = [np.empty((0, p))], 0
    for _ in range(400):
        u = rng.random((1000, p))
        u = u[region.inside(u)]
        kept.append(u)
        have += len(u)
        if have >= runs:
            break
    u = np.concatenate(kept)[:runs]
    return cut(kind, f"wave{wave}", u, rng.integers(2**63, size=len(u), dtype=np.uint64))


def survival(region: Region, u: Floats, coarse: Floats, sd: Floats) -> dict[str, float]:
    """Share of the prior that meets the coarse facts, with its binomial (Wilson, 90%) interval.

    Args:
        region: the last one.
        u: (n, P) the points of the first wave, plain draws of the prior.
        coarse: (n, J) their coarse facts, used where no emulator could be fitted.
        sd: (J,) archive error.
    """
    if region.emulators:
        met = int(region.strict(u).sum())
    else:
        distance = np.abs(coarse - region.observed) / (np.sqrt(2) * sd)
        met = int((np.nan_to_num(distance, nan=np.inf) <= CUTOFF).all(axis=1).sum())
    n, z = len(u), 1.6449
    middle = (met + z * z / 2) / (n + z * z)
    half = z * np.sqrt(met * (n - met) / n + z * z / 4) / (n + z * z)
    return {"mean": met / n, "low": max(0.0, middle - half), "high": min(1.0, middle + half), "runs": n}
