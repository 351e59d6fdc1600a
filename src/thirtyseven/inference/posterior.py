"""The first opinion: parameters, switches and evidence of one kind by its emulated likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.emulate import Emulator, TooFewError, emulator_from, fit
from thirtyseven.inference.fits import Arrays
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats
from thirtyseven.inference.smc import prior_inside, sample
from thirtyseven.inference.waves import Region

_FEW = 150  # runs within the region; below it the emulator sees the others too


@dataclass(frozen=True)
class Runs:
    """All runs of a kind, the region they led to, and who may learn from which.

    Attributes:
        kind: the kind.
        basis: of its cube.
        u: (n, P) points.
        x: (n, J) statistics that the observed table has, without archive error.
        first: how many of them, the first ones, are plain draws of the prior.
        region: what history matching left.
        within: (n,) whether the point lies in the region.
        near: (n,) whether the run itself comes near the record in the coarse facts (within `reach`).
        reach: what is near, in archive errors; infinite if everything is.
        kept_back: (n,) known truths for recovery: no emulator sees them.
    """

    kind: str
    basis: Basis
    u: Floats
    x: Floats
    first: int
    region: Region
    within: np.ndarray
    near: np.ndarray
    reach: float
    kept_back: np.ndarray

    @property
    def truths(self) -> np.ndarray:
        """Indices of the kept-back runs in the region that come near and define every statistic."""
        return np.flatnonzero(self.within & self.near & self.kept_back & np.isfinite(self.x).all(axis=1))


@dataclass(frozen=True)
class Posterior:
    """What the emulated likelihood says of one kind.

    Attributes:
        kind: the kind.
        emulator: fitted to all runs.
        samples: posterior points (n, P), one array a repeat (the first on all runs, the others on
            resampled banks).
        evidences: log evidence by repeat, over the whole prior.
        problem: why there is no posterior (then the rest is empty).
    """

    kind: str
    emulator: Emulator | None
    samples: tuple[Floats, ...]
    evidences: tuple[float, ...]
    problem: str = ""

    @property
    def log_evidence(self) -> float:
        """Log evidence by the emulator of all runs; minus infinity where there is none."""
        return self.evidences[0] if self.evidences else -np.inf

    @property
    def error(self) -> float:
        """Standard deviation of the log evidence over resampled banks and samplers."""
        return float(np.std(self.evidences, ddof=1)) if len(self.evidences) > 1 else np.inf

    def points(self) -> Floats:
        """(n, P) Posterior points of all repeats."""
        return np.concatenate(self.samples)


def explore(
    runs: Runs, sd: Floats, observed: Floats, columns: np.ndarray, repeat: int, seed: int,
    network: bool, particles: int, sweeps: int,
) -> Arrays:  # fmt: skip
    """Fit an emulator (on a resampled bank if `repeat` > 0) and sample the posterior; a `Fit`.

    Args:
        runs: of the kind.
        sd: (J,) archive error.
        observed: (J,) the observed table.
        columns: which of the statistics count.
        repeat: number of the repeat.
        seed: of the weighing.
        network: whether the emulator has one.
        particles: of the sampler.
        sweeps: its moves at each power.
    """
    rng = stream(seed, "posterior", runs.kind, repeat)
    rows = np.flatnonzero(runs.within & ~runs.kept_back)
    if len(rows) < _FEW:
        rows = np.flatnonzero(~runs.kept_back)
    if repeat:
        rows = rng.choice(rows, len(rows))
    try:
        emulator = fit(
            runs.basis, runs.u[rows], runs.x[np.ix_(rows, columns)], sd[columns],
            whole(seed, "emulator", runs.kind, repeat), network, rows, runs.near[rows],
        )  # fmt: skip
        return emulator.arrays() | _sampled(emulator, runs, observed[columns], rng, particles, sweeps)
    except TooFewError as error:
        return {"problem": np.array(str(error))}


def _sampled(
    emulator: Emulator, runs: Runs, x: Floats, rng: np.random.Generator, particles: int, sweeps: int
) -> Arrays:
    region, p = runs.region, runs.u.shape[1]

    def log_likelihood(u: Floats) -> Floats:
        full = runs.basis.full(u)
        return np.where(region.holds(full), emulator.log_likelihood(full, x), -np.inf)

    start = prior_inside(region.inside if region.emulators else None, particles, p, rng)
    found = sample(log_likelihood, start, rng, switches=runs.basis.weights, sweeps=sweeps)
    evidence = found.log_evidence + np.log(runs.region.share)
    return {"posterior_u": found.u, "log_evidence": np.array(evidence), "steps": np.array(found.steps)}


def ask(
    runs: Runs, fitted: Arrays, tables: Floats, seed: int, first: int, particles: int, sweeps: int
) -> Arrays:
    """Posterior points (tables, particles, P) of known truths under a fitted emulator; a `Fit`."""
    emulator, points = emulator_from(fitted), []
    for k, table in enumerate(tables):
        rng = stream(seed, "truth", runs.kind, first + k)
        points.append(_sampled(emulator, runs, table, rng, particles, sweeps)["posterior_u"])
    return {"points": np.stack(points)}


def posterior_of(kind: str, repeats: Sequence[Arrays]) -> Posterior:
    """Put the repeats of a kind together."""
    sound = [arrays for arrays in repeats if "problem" not in arrays]
    if not sound or "problem" in repeats[0]:
        return Posterior(kind, None, (), (), str(repeats[0].get("problem", "no emulator")))
    return Posterior(
        kind, emulator_from(sound[0]), tuple(a["posterior_u"] for a in sound),
        tuple(float(a["log_evidence"]) for a in sound),
    )  # fmt: skip
