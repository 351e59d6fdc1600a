"""None of these: is a table of statistics unlike everything that the models can do?

For a table and a kind, a pool of emulated points is weighed by the table's (tempered) likelihood and
then moved towards it linearly, as far as the pool's spread allows (the update of an ensemble Kalman
filter). What remains, per question, is its misfit under the kind that fits the table best. Known
truths are treated alike, and the record's misfit is ranked among theirs: a fair test however crude
the fit.
"""

from collections.abc import Sequence

import numpy as np

from thirtyseven.inference.emulate import CLIP, Emulator, emulator_from
from thirtyseven.inference.fits import Arrays
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import Floats
from thirtyseven.inference.smc import prior_inside
from thirtyseven.inference.waves import Region

_EFFECTIVE = 60  # points of the pool that a table must keep
_NEAR = 600  # points of the pool, the likeliest, among which they are weighed


def misfits(
    fitted: Arrays, region: Region, tables: Floats, groups: Floats, pool: int, seed: int, kind: str
) -> Arrays:
    """Misfit of every table under one kind; a `Fit`.

    Args:
        fitted: the kind's emulator, as arrays.
        region: of the kind.
        tables: (T, J) statistics with archive error.
        groups: (G, J) which statistics a question has (rows of 0 and 1).
        pool: emulated points.
        seed: of the weighing.
        kind: its name.

    Returns:
        `misfit` (T, G): mean square residual in units of run-to-run spread and archive error, and
        `overall` (T,).
    """
    emulator = emulator_from(fitted)
    rng = stream(seed, "pool", kind)
    p = int(emulator.basis.dimensions[0])
    u = prior_inside(region.inside if region.emulators else None, pool, p, rng)
    mean, spread = emulator.moments(emulator.basis.full(u))
    weights = groups / np.maximum(groups.sum(axis=1, keepdims=True), 1)
    pooled = _Pool(emulator, mean, spread)
    squares = np.stack([pooled.residual(table) for table in tables])
    return {"misfit": squares @ weights.T, "overall": squares.mean(axis=1)}


class _Pool:
    """Emulated points of a kind, prepared for many tables."""

    def __init__(self, emulator: Emulator, mean: Floats, spread: Floats) -> None:
        self.mean, self.variance = mean, spread**2 + emulator.sd**2
        self.scale = (1 / np.sqrt(self.variance)).astype(np.float32)
        self.scaled = (mean * self.scale).astype(np.float32)
        self.constant = np.log(self.scale).sum(axis=1)
        self.whitener = np.linalg.inv(emulator.whiten).T.astype(np.float32)
        self.correlation = emulator.whiten @ emulator.whiten.T
        self.centre = mean.mean(axis=0)

    def residual(self, table: Floats) -> Floats:
        """(J,) Squared residual of a table after the pool was weighed by it and moved towards it."""
        known = np.isfinite(table)
        filled = np.where(known, table, self.centre)
        white = (filled.astype(np.float32) * self.scale - self.scaled) @ self.whitener
        ll = self.constant - 0.5 * np.square(np.clip(white, -CLIP, CLIP)).sum(axis=1)
        near = np.argpartition(-ll, min(_NEAR, len(ll)) - 1)[:_NEAR]
        weights = _tempered(ll[near].astype(np.float64))
        mean = self.mean[near]
        middle = weights @ mean
        variance = weights @ self.variance[near]
        centred = mean - middle
        ensemble = (centred * weights[:, None]).T @ centred
        root = np.sqrt(variance)
        # a statistic that the table lacks gets no say: its error is made very large
        unknown = np.where(known, 0.0, 1e6 * variance)
        error = self.correlation * root[:, None] * root + np.diag(unknown)
        gain = np.linalg.solve(ensemble + error, filled - middle)
        left = filled - (middle + ensemble @ gain)
        return np.asarray(np.where(known, left**2 / variance, 0.0))


def _tempered(ll: Floats) -> Floats:
    """Normalised weights ll^power with the greatest power up to 1 that keeps `_EFFECTIVE` points."""
    below = ll - ll.max()

    def weights(power: float) -> Floats:
        raw = np.exp(power * below)
        return np.asarray(raw / raw.sum())

    wanted = min(_EFFECTIVE, len(ll) / 4)
    if 1 / np.square(weights(1.0)).sum() >= wanted:
        return weights(1.0)
    low, high = 0.0, 1.0
    for _ in range(16):
        middle = 0.5 * (low + high)
        enough = 1 / np.square(weights(middle)).sum() >= wanted
        low, high = (middle, high) if enough else (low, middle)
    return weights(low)


def best(found: Sequence[Arrays]) -> Floats:
    """(T, G) Misfits of every table under the kind that fits it best overall."""
    overall = np.stack([arrays["overall"] for arrays in found])
    chosen = overall.argmin(axis=0)
    every = np.stack([arrays["misfit"] for arrays in found])
    return np.asarray(every[chosen, np.arange(overall.shape[1])])


def tail(values: Floats, truths: Floats) -> Floats:
    """Share of known truths with as great a misfit, (T, G) against (N, G); never 0."""
    greater = (truths[None, :, :] >= values[:, None, :]).sum(axis=1)
    return np.asarray((greater + 1) / (len(truths) + 1))
