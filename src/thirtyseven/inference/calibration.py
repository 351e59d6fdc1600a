"""Calibration: do the parameters' intervals hold the truth as often as they say?

Simulation-based calibration (Talts and others 2018) on the weighing's own emulated likelihoods. Known truths are runs of
the bank that no emulator has seen, near the record (where the posterior is used); the archive's error is added; the same
sampler answers. The truth's rank among the posterior points must then be uniform, and an interval of 90 per cent must hold
it in nine cases of ten. Beside each parameter stands how far the record moved it: what it hardly moves is "prior".
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import kstest
from threadpoolctl import threadpool_limits

from thirtyseven.inference.bank import Bank, Progress
from thirtyseven.inference.budget import Budget
from thirtyseven.inference.finished import Finished, UnfinishedError
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.inclusion import emulated_fits, truth_fits
from thirtyseven.inference.simulator import COMPOSITE, WITHOUT_PLAN
from thirtyseven.inference.work import Work, make_runs
from thirtyseven.record import Record
from thirtyseven.summaries import compute, read_table
from thirtyseven.summaries import from_record as archive_of

Floats = NDArray[np.float64]

TRUTHS = {"quick": 24, "standard": 100, "full": 400}
"""Known truths of each kind, by budget."""
LEVELS = (0.5, 0.8, 0.95)
PRIOR = 0.1
"""A parameter whose posterior variance (of its normal score) is at least nine tenths of the prior's is marked "prior"."""
BINS = 10
_CLOSEST = 2  # singles beside the composite, where fewer fit


@dataclass(frozen=True)
class SomeKinds(Work):
    """The weighing's work for some of its kinds: each has its own runs, region and fits, whatever the others are.

    Attributes:
        only: the kinds.
    """

    only: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked for."""
        return self.only


def reopen(
    finished: Finished, record: Record, budget: Budget | None = None, workers: int = 1, progress: Progress | None = None
) -> Work:
    """The weighing's work, so that its runs and fits are found in its folder.

    Args:
        finished: the weighing.
        record: the record.
        budget: of the weighing, where it was one of somebody's own.
        workers: processes.
        progress: told (stage, done, total).

    Raises:
        UnfinishedError: the core has changed since, or the budget is not known; the bank's runs would not be found.
    """
    budget = finished.budget if budget is None else budget
    if not finished.same_code or budget is None:
        why = "was made by other core code" if not finished.same_code else "had a budget of its own"
        raise UnfinishedError(
            f"The weighing in {finished.folder} {why}, so its runs cannot be used again; run "
            f"`thirtyseven weigh --out {finished.folder}` first."
        )
    institutions = finished.institutions(record)
    if finished.of_the_record:
        observed = compute(archive_of(record, institutions.setting))[0]
    else:
        observed = np.asarray(read_table(Path(finished.result["observed"])), np.float64)
    bank = Bank(finished.folder / "bank", institutions)
    return Work(institutions, observed, budget, finished.seed, bank, Fits(bank.shards / "fits", workers, progress), workers)


def kinds_of(finished: Finished) -> list[str]:
    """The kinds whose parameters are reported: the composite, the singles that fit, and the closest where fewer do."""
    fits = finished.result["fits"]
    singles = [k for k in fits if not k.startswith(COMPOSITE)]
    order = sorted(singles, key=lambda k: float(fits[k]["score"]["mean"]))
    chosen = [k for k in order if k in finished.fitting] or order[:_CLOSEST]
    return [k for k in fits if k.startswith(COMPOSITE) and k != WITHOUT_PLAN] + chosen


def calibrate(
    finished: Finished, record: Record, *, kinds: list[str] | None = None, truths: int = TRUTHS["quick"],
    budget: Budget | None = None, workers: int = 1, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Ranks and coverage of every reported parameter; the content of `calibration.json`.

    Args:
        finished: the weighing.
        record: the record.
        kinds: to be calibrated; `kinds_of` where not given.
        truths: known truths of each kind, at most as many as the bank kept back near the record.
        budget: see `reopen`.
        workers: processes.
        progress: told (stage, done, total).

    Returns:
        `kinds`: {kind: {truths, parameters: [...], coverage, uniform}}, `all`: the same summed up.
    """
    work = reopen(finished, record, budget, workers, progress)
    chosen = kinds_of(finished) if kinds is None else kinds
    result = of_work(replace(work, budget=replace(work.budget, truths=truths)), chosen)
    every_row = [row for own in result.values() for row in own["parameters"]]
    return finished.provenance(record) | {"levels": LEVELS, "kinds": result, "all": overall(every_row)}


def of_work(work: Work, kinds: list[str]) -> dict[str, Any]:
    """Ranks and coverage by kind; runs and fits that lie in the weighing's folder are used, others made.

    Args:
        work: the weighing's, with as many truths in its budget as are wanted.
        kinds: of the work.
    """
    work = SomeKinds(**{f.name: getattr(work, f.name) for f in fields(Work)}, only=tuple(kinds))
    result: dict[str, Any] = {}
    with threadpool_limits(limits=1):
        runs = make_runs(work)
        every = np.arange(len(work.x))
        for kind in kinds:
            fitted = work.fits.make(f"emulated likelihood, {kind}", emulated_fits(work, runs[kind], every, 1))[0]
            if "problem" in fitted:
                result[kind] = {"truths": 0, "problem": str(fitted["problem"]), "parameters": []}
                continue
            fits, at, _ = truth_fits(work, runs[kind], fitted)
            asked = work.fits.make(f"known truths, {kind}", fits)
            points = np.concatenate([part["points"] for part in asked]) if asked else np.empty((0, 1, runs[kind].u.shape[1]))
            posterior = np.asarray(fitted["posterior_u"])
            result[kind] = summed(work.simulator.names(kind), points, runs[kind].u[at], posterior)
    return result


def summed(names: tuple[str, ...], points: Floats, truths: Floats, posterior: Floats) -> dict[str, Any]:
    """Ranks and coverage of one kind.

    Args:
        names: P parameters.
        points: (T, n, P) posterior points of each known truth.
        truths: (T, P) the truths.
        posterior: (m, P) posterior points of the record.
    """
    contraction = 1 - ndtri(np.clip(posterior, 1e-9, 1 - 1e-9)).var(axis=0)
    rows = []
    for j, name in enumerate(names):
        rank = ranks(points[:, :, j], truths[:, j])
        inside = {f"covered{round(100 * level)}": float((np.abs(rank - 0.5) <= level / 2).mean()) if len(rank) else None
                  for level in LEVELS}  # fmt: skip
        on_truths = 1 - ndtri(np.clip(points[:, :, j], 1e-9, 1 - 1e-9)).var(axis=1).mean() if len(rank) else None
        rows.append({
            "name": name, "contraction": float(contraction[j]), "contraction_truths": on_truths,
            "moved": bool(contraction[j] > PRIOR), "truths": len(rank),
            "ranks": np.histogram(rank, bins=BINS, range=(0, 1))[0],
            "uniform": float(kstest(rank, "uniform").pvalue) if len(rank) else None, **inside,
        })  # fmt: skip
    return {"truths": len(truths), "parameters": rows} | overall(rows)


def ranks(points: Floats, truths: Floats) -> Floats:
    """(T,) Share of posterior points below each truth; ties count half."""
    below = (points < truths[:, None]).mean(axis=1)
    equal = (points == truths[:, None]).mean(axis=1)
    return np.asarray(below + equal / 2)


def overall(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Coverage over all parameters with its standard error, and how many ranks are not uniform.

    Parameters of one truth lean on one another, so the error counts truths, not truths times parameters: it is cautious.
    """
    rows = [row for row in rows if row["truths"]]
    if not rows:
        return {"coverage": {}, "not_uniform": 0, "tests": 0}
    truths = max(row["truths"] for row in rows)
    coverage = {}
    for level in LEVELS:
        mean = float(np.mean([row[f"covered{round(100 * level)}"] for row in rows]))
        coverage[f"{round(100 * level)}"] = {"mean": mean, "error": float(np.sqrt(level * (1 - level) / truths))}
    return {
        "coverage": coverage, "tests": len(rows), "not_uniform": int(sum(row["uniform"] < 0.01 for row in rows)),
        "moved": int(sum(row["moved"] for row in rows)),
    }  # fmt: skip
