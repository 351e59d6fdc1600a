"""The ceiling: five close rivals whose likelihood is known, so that the best possible answer is.

A past of the toy is twelve yearly and sixty regional counts, negative-binomial about expectations with six free numbers a
rival; it has the shape of ours and deliberately close rivals ("both" is the mixture of the first two). The exact
probabilities of the rivals follow from the likelihood of all counts that are known; our two estimators see twenty
statistics of the sort that the weighing uses (levels by year, level, spread, extremes and slopes over regions). What they
lose against the exact answer is lost by statistics and estimators; what the exact answer confuses nobody could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import gammaln, ndtri, softmax

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.classify import Question, gather, members_of
from thirtyseven.inference.emulate import Emulator, emulator_from, fit
from thirtyseven.inference.fits import Arrays, Fit, Fits
from thirtyseven.inference.recover import calibration_error
from thirtyseven.inference.seeds import digest, stream, whole
from thirtyseven.inference.simulator import Floats
from thirtyseven.inference.smc import sample
from thirtyseven.summaries.archive import Archive

RIVALS = ("plan", "initiative", "threat", "cascade", "both")
YEARS, REGIONS, NUMBERS = 12, 60, 6
_ERROR = 1e-3  # the toy's archive copies its statistics all but exactly
_SETS = 5  # sealed pasts in one fit


@dataclass(frozen=True)
class Toy:
    """The toy under a mask.

    Attributes:
        known: (72,) which counts the archive has, years first.
    """

    known: np.ndarray

    @property
    def covariates(self) -> Floats:
        """(3, 60) Frontier, unrest and towns of the regions."""
        return np.random.default_rng(7).standard_normal((3, REGIONS))

    def expected(self, rival: str, u: Floats) -> tuple[Floats, Floats]:
        """(n, 72) Expected counts and (n,) dispersion at points u (n, 6) of the unit cube."""
        z, t = ndtri(np.clip(u, 1e-9, 1 - 1e-9)), np.arange(float(YEARS))
        size = np.exp(6.5 + 0.4 * z[:, 0])[:, None]
        slope, steep, middle = 0.4 * z[:, 1:2], np.exp(0.3 * z[:, 2:3]), 6 + z[:, 3:4]
        share, dispersion = u[:, 4:5], np.exp(1.2 + 0.4 * z[:, 5])
        bump = np.exp(-0.5 * ((t - middle) / (1.2 * steep)) ** 2)
        rise = 1 / (1 + np.exp(-steep * (t - middle)))
        crash = rise * np.exp(-0.35 * steep * np.maximum(t - middle - 1, 0))
        frontier, unrest, towns = self.covariates
        year, tilt = {
            "plan": (bump, 0.3 * slope * towns),
            "initiative": (rise, (0.1 + slope) * towns),
            "threat": (crash, (0.2 + 0.5 * slope) * frontier),
            "cascade": (crash * rise, (0.2 + 0.5 * slope) * unrest),
            "both": (share * bump + (1 - share) * rise, (0.05 + slope) * towns),
        }[rival]
        annual = size * year / year.sum(axis=1, keepdims=True)
        regional = size * np.exp(tilt) / np.exp(tilt).sum(axis=1, keepdims=True)
        return np.hstack([annual, regional]) + 1e-9, dispersion

    def counts(self, rival: str, u: Floats, rng: np.random.Generator) -> Floats:
        """(n, 72) Counts, all of them."""
        mean, k = self.expected(rival, u)
        return np.asarray(rng.negative_binomial(k[:, None], k[:, None] / (k[:, None] + mean)), float)

    def log_likelihood(self, rival: str, u: Floats, counts: Floats) -> Floats:
        """(n,) Exact, of the counts that are known, up to a constant that all rivals share."""
        mean, k = self.expected(rival, u)
        mean, counts, k = mean[:, self.known], counts[self.known], k[:, None]
        own = gammaln(counts + k) - gammaln(k) + k * np.log(k / (k + mean)) + counts * np.log(mean / (k + mean))
        return np.asarray(own.sum(axis=1))

    def statistics(self, counts: Floats) -> Floats:
        """(n, J) Logarithms of the known years; level, spread, extremes and slopes over the known regions."""
        logs = np.log(counts + 0.5)
        annual, regional = logs[:, :YEARS][:, self.known[:YEARS]], logs[:, YEARS:][:, self.known[YEARS:]]
        centred = regional - regional.mean(axis=1, keepdims=True)
        design = self.covariates[:, self.known[YEARS:]]
        design = design - design.mean(axis=1, keepdims=True)
        slopes = centred @ np.linalg.pinv(design)
        left = centred - slopes @ design
        spread = left.std(axis=1)
        more = [regional.mean(axis=1), np.log(spread), regional.min(axis=1), regional.max(axis=1)]
        return np.column_stack([annual, slopes, *more, np.abs(left).mean(axis=1) / spread])


def masked(archive: Archive, seed: int = 7) -> Toy:
    """The toy with as large a share of its years and regions missing as the record has gaps in months and units."""
    rng = np.random.default_rng(seed)
    units = len(archive.border)
    shares = (np.isfinite(archive.months[0]).mean(), np.isfinite(archive.raises[0]).sum() / max(units + 7, 1))
    known = np.zeros(YEARS + REGIONS, dtype=bool)
    for first, size, share in ((0, YEARS, shares[0]), (YEARS, REGIONS, shares[1])):
        known[first + rng.permutation(size)[: round(size * share)]] = True
    return Toy(known)


def ceiling(
    fits: Fits, toy: Toy, *, runs: int, sets: int, seed: int = 3, particles: int = 400, epochs: int = 80
) -> dict[str, Any]:
    """Exact answer and ours on sealed pasts of the toy.

    Args:
        fits: where what is made is kept, so that it resumes.
        toy: with its mask.
        runs: of every rival, for the estimators.
        sets: sealed pasts, of rivals drawn at random.
        seed: of everything.
        particles: of the sampler.
        epochs: passes of the networks.

    Returns:
        `exact`, `emulated`, `networks` and `mean`: accuracy, log score, calibration error, and but for the first
        `distance`, the mean total variation distance from the exact probabilities with its standard error; `confusion`
        of the exact answer and of the mean; `gap` between their accuracies with its standard error (the same pasts, so
        the errors are paired); `known` counts; `runs` and `sets`.
    """
    rng = stream(seed, "toy")
    u = rng.random((len(RIVALS), runs, NUMBERS))
    x = np.stack([toy.statistics(toy.counts(k, a, rng)) for k, a in zip(RIVALS, u, strict=True)])
    truth = rng.integers(len(RIVALS), size=sets)
    past = np.concatenate([toy.counts(RIVALS[k], rng.random((1, NUMBERS)), rng) for k in truth])
    emulated = fits.make(
        "toy, emulators", [Fit(f"toy-emulator-{_code()}", emulate, (a, b, runs >= 2000, seed)) for a, b in zip(u, x, strict=True)]
    )
    question = Question(np.concatenate(x), np.full(x.shape[2], _ERROR), np.repeat(np.arange(len(RIVALS)), runs))
    ensemble = gather("toy", question, fits.make("toy, networks", members_of("toy", question, 5, 0, epochs, seed)), 5, seed)
    answers = fits.make("toy, sealed pasts", [
        Fit(f"toy-sets-{_code()}", answer, (toy, tuple(emulated), past[i : i + _SETS], whole(seed, "toy", i), particles))
        for i in range(0, sets, _SETS)
    ])  # fmt: skip
    stated = {name: softmax(np.concatenate([a[name] for a in answers]), axis=1) for name in ("exact", "emulated")}
    stated["networks"] = ensemble.mean(toy.statistics(past))
    stated["mean"] = (stated["emulated"] + stated["networks"]) / 2
    return {
        "rivals": list(RIVALS), "runs": runs, "sets": sets, "known": int(toy.known.sum()), "counts": len(toy.known),
        **{name: _scores(p, truth, stated["exact"] if name != "exact" else None) for name, p in stated.items()},
        "gap": _gap(stated["exact"], stated["mean"], truth),
        "confusion": {name: _confusion(stated[name], truth) for name in ("exact", "mean")},
    }  # fmt: skip


def _code() -> str:
    """Eight hex digits of this file: what another toy made is not taken from the cache."""
    return digest(Path(__file__).read_bytes())[:8]


def emulate(u: Floats, x: Floats, network: bool, seed: int) -> Arrays:
    """The emulator of one rival; a `Fit`."""
    none = np.empty(0, dtype=int)
    basis = Basis(np.array([NUMBERS]), none, none, np.array([len(RIVALS)]), np.array([0.3]))
    return fit(basis, u, x, np.full(x.shape[1], _ERROR), seed, network).arrays()


def answer(toy: Toy, emulated: Sequence[Arrays], past: Floats, seed: int, particles: int) -> Arrays:
    """Log evidences (sets, rivals) of sealed pasts, exact and emulated, from the same start; a `Fit`."""
    emulators = [emulator_from(arrays) for arrays in emulated]
    exact, ours = np.empty((len(past), len(RIVALS))), np.empty((len(past), len(RIVALS)))
    for i, counts in enumerate(past):
        table = toy.statistics(counts[None])[0]
        for k, (rival, emulator) in enumerate(zip(RIVALS, emulators, strict=True)):
            rng = stream(seed, "sample", i, k)
            start = rng.random((particles, NUMBERS))
            exact[i, k] = sample(partial(_exact, toy, rival, counts), start, rng).log_evidence
            ours[i, k] = sample(partial(_emulated, emulator, table), start, rng).log_evidence
    return {"exact": exact, "emulated": ours}


def _exact(toy: Toy, rival: str, counts: Floats, u: Floats) -> Floats:
    return toy.log_likelihood(rival, u, counts)


def _emulated(emulator: Emulator, table: Floats, u: Floats) -> Floats:
    return emulator.log_likelihood(emulator.basis.full(u), table)


def _scores(p: Floats, truth: np.ndarray, exact: Floats | None) -> dict[str, float]:
    right = p.argmax(axis=1) == truth
    found = {
        "accuracy": float(right.mean()),
        "log_score": float(np.log(p[np.arange(len(truth)), truth] + 1e-12).mean()),
        "ece": calibration_error(p.max(axis=1), right, 5),
    }
    if exact is not None:
        distance = np.abs(p - exact).sum(axis=1) / 2
        found["distance"], found["error"] = float(distance.mean()), float(distance.std() / np.sqrt(len(truth)))
        named = p.argmax(axis=1) == exact.argmax(axis=1)
        found["same_name"] = float(named.mean())
    return found


def _gap(exact: Floats, ours: Floats, truth: np.ndarray) -> dict[str, float]:
    """By how much more often the exact answer names rightly."""
    more = (exact.argmax(axis=1) == truth).astype(float) - (ours.argmax(axis=1) == truth)
    return {"mean": float(more.mean()), "error": float(more.std() / np.sqrt(len(more)))}


def _confusion(p: Floats, truth: np.ndarray) -> Floats:
    """(rivals, rivals) Mean probability by truth; rows without a sealed past are NaN."""
    return np.stack([
        p[truth == k].mean(axis=0) if (truth == k).any() else np.full(p.shape[1], np.nan) for k in range(p.shape[1])
    ])  # fmt: skip
