"""Posterior predictive checks: the fitting points run again with fresh seeds, beside the record.

A point is judged by the mean over its fresh seeds, never by its best run.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Block, cut
from thirtyseven.inference.posterior import Posterior, Runs
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import Floats
from thirtyseven.summaries.archive import reflected

_NOISE = 20  # draws of the archive's error for every run
_COVERED = 0.8  # least share of statistics in their 90% interval for a kind that "fits"
_CLOSE, _OFTEN = 2.0, 0.1  # and least share of its runs within this misfit: a wide band alone is no fit
FRESH = 5
"""Fresh seeds by which a candidate is judged."""


@dataclass(frozen=True)
class Draws:
    """Posterior draws of a kind, for whoever wants to run them again.

    Attributes:
        kind: the kind.
        u: (M * fresh, P) points, each `fresh` times in a row.
        seeds: (M * fresh,) seeds, no two alike.
        fresh: seeds of each point.
        posterior: False where no posterior could be had and the points are prior draws that
            history matching left.
    """

    kind: str
    u: Floats
    seeds: np.ndarray
    fresh: int
    posterior: bool

    def blocks(self) -> list[Block]:
        """The runs, for the bank."""
        return cut(self.kind, "fresh", self.u, self.seeds)


def draws_of(runs: Runs, posterior: Posterior, count: int, fresh: int, seed: int) -> Draws:
    """Posterior points of a kind with fresh seeds."""
    rng = stream(seed, "draws", runs.kind)
    if posterior.samples:
        pool = posterior.points()
    else:
        left = runs.u[runs.within]
        pool = left if len(left) else runs.u
    points = pool[rng.choice(len(pool), count, replace=len(pool) < count)]
    seeds = rng.integers(2**63, size=count * fresh, dtype=np.uint64)
    return Draws(runs.kind, np.repeat(points, fresh, axis=0), seeds, fresh, bool(posterior.samples))


def candidates(runs: Runs, posterior: Posterior, count: int, x: Floats, observed: Floats, sd: Floats, seed: int) -> Draws:
    """Points of a composite that may be shown, each with fresh seeds, to be run before any is chosen.

    With eighty coordinates an emulator points roughly. Half of the candidates are its posterior points, half are the
    points of the bank whose runs came nearest; all are judged by the mean over fresh seeds, never by the run that
    brought them here.

    Args:
        runs: of the kind.
        posterior: of the kind.
        count: candidates.
        x: (n, S) statistics of the bank's runs, NaN where undefined.
        observed: (S,), NaN at gaps.
        sd: (S,) archive error.
        seed: of the weighing.
    """
    rng = stream(seed, "candidates", runs.kind)
    near = np.argsort(misfit(x, observed, sd), kind="stable")[: count // 2]
    points = [runs.u[near]]
    if posterior.samples:
        pool = posterior.points()
        points.append(pool[rng.choice(len(pool), count - len(near), replace=len(pool) < count)])
    u = np.concatenate(points)
    seeds = rng.integers(2**63, size=len(u) * FRESH, dtype=np.uint64)
    return Draws(runs.kind, np.repeat(u, FRESH, axis=0), seeds, FRESH, bool(posterior.samples))


def chosen(tried: Draws, x: Floats, observed: Floats, sd: Floats, count: int, fresh: int, seed: int) -> Draws:
    """The candidates with the smallest mean misfit over their fresh seeds, with further fresh seeds."""
    mean = misfit(x, observed, sd).reshape(-1, tried.fresh).mean(axis=1)
    best = np.argsort(mean, kind="stable")[:count]
    rng = stream(seed, "chosen", tried.kind)
    seeds = rng.integers(2**63, size=len(best) * fresh, dtype=np.uint64)
    u = tried.u[:: tried.fresh][best]
    return Draws(tried.kind, np.repeat(u, fresh, axis=0), seeds, fresh, tried.posterior)


def misfit(x: Floats, observed: Floats, sd: Floats) -> Floats:
    """(n,) Root mean square distance from the observed table in archive errors, each clipped at six."""
    known = np.isfinite(observed)
    z = (x[:, known] - observed[known]) / sd[known]
    z = np.where(np.isfinite(z), np.clip(z, -6.0, 6.0), 6.0)
    return np.asarray(np.sqrt((z**2).mean(axis=1)))


def predictive(
    draws: Draws, x: Floats, observed: Floats, sd: Floats, seed: int, ends: Floats | None = None
) -> dict[str, Any]:
    """What the kind predicts for every statistic, the archive's error included.

    Args:
        draws: the points.
        x: (M * fresh, S) their statistics.
        observed: (S,) the observed table; NaN where it has a gap.
        sd: (S,) archive error.
        seed: of the noise.
        ends: (2, S) least and greatest possible values, none if not said.

    Returns:
        Arrays (S,) q05, q50, q95, tail (two-sided probability of the observed value), z; and `score`
        {mean, low, high}: mean |z| per point against the mean over its fresh seeds, over points.
    """
    rng = stream(seed, "archive", draws.kind)
    noisy = (x[:, None, :] + sd * rng.standard_normal((len(x), _NOISE, x.shape[1]))).reshape(-1, x.shape[1])
    noisy = noisy if ends is None else reflected(noisy, *ends)
    defined = np.isfinite(noisy)
    noisy = np.where(defined, noisy, np.nan)
    with np.errstate(all="ignore"):
        q05, q50, q95 = _quantiles(noisy)
        n = np.maximum(defined.sum(axis=0), 1)
        below, above = (noisy <= observed).sum(axis=0), (noisy >= observed).sum(axis=0)
        tail = np.minimum(1.0, 2 * (np.minimum(below, above) + 1) / (n + 1))
    tail[~np.isfinite(observed) | ~defined.any(axis=0)] = np.nan
    per_point = x.reshape(-1, draws.fresh, x.shape[1])
    with np.errstate(all="ignore"):
        level, spread = _mean(per_point, 1), _mean((per_point - _mean(per_point, 1)[:, None]) ** 2, 1)
        pooled = _mean(spread, 0) * draws.fresh / max(draws.fresh - 1, 1)
        z = (observed - level) / np.sqrt(pooled + sd**2)
    # a statistic that a point does not define counts as far off, not as absent
    distance = np.where(np.isfinite(z), np.minimum(np.abs(z), 6.0), 6.0)[:, np.isfinite(observed)]
    score = distance.mean(axis=1)
    known = np.isfinite(observed)
    covered = (observed >= q05) & (observed <= q95)
    close = float((misfit(x, observed, sd) < _CLOSE).mean())
    return {
        "q05": q05, "q50": q50, "q95": q95, "tail": tail, "z": _mean(z, 0), "defined": defined.mean(axis=0),
        "score": {
            "mean": float(score.mean()), "low": float(np.quantile(score, 0.05)),
            "high": float(np.quantile(score, 0.95)),
        },
        "covered": float(covered[known].mean()), "close": close,
        "fits": bool(covered[known].mean() >= _COVERED and close >= _OFTEN),
    }  # fmt: skip


def _quantiles(values: Floats) -> tuple[Floats, Floats, Floats]:
    """5, 50 and 95% by column over what is defined; NaN where nothing is."""
    result = np.full((3, values.shape[1]), np.nan)
    some = np.isfinite(values).any(axis=0)
    result[:, some] = np.nanquantile(values[:, some], [0.05, 0.5, 0.95], axis=0)
    return result[0], result[1], result[2]


def _mean(values: Floats, axis: int) -> Floats:
    """Mean over what is defined; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))
