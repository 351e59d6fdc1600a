"""`thirtyseven recover`: known truths in, what does the instrument say?

Pasts whose makers are known (single explanations, composites, strangers) go through the estimators of a finished weighing
as the record did, with the record's gaps and the archive's error. No past is judged by a network that has seen it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Bank, Progress
from thirtyseven.inference.budget import Budget
from thirtyseven.inference.classify import Ensemble, Question, gather, members_of, reweighed
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.inclusion import (
    _left_out_of,
    emulated_fits,
    labels_of,
    network_fits,
    question_of,
    truth_fits,
)
from thirtyseven.inference.judge import RATE, Judged, judged, strangest
from thirtyseven.inference.outside import FOREIGN
from thirtyseven.inference.posterior import Runs
from thirtyseven.inference.recover import area, calibration_error, of_singles
from thirtyseven.inference.recover_pairs import pairs_of_singles, pairs_of_switches
from thirtyseven.inference.recover_toy import ceiling, masked
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats, Simulator, single_kinds
from thirtyseven.inference.work import Work, make_runs, outside_tables
from thirtyseven.summaries.archive import Archive

FLOORS = {"ceiling": 0.05, "ece": 0.05, "power": 0.8}
"""What must hold: accuracy within this of the exact answer; calibration error at most; strangers flagged at least."""
_BINS = 10


def recover(
    simulator: Simulator, observed: Floats, archive: Archive, *, budget: Budget, folder: Any, seed: int,
    truths: int | None = None, strangers: int = 200, toy: tuple[int, int] = (1000, 40), workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Measure recovery on the bank of a finished weighing.

    Args:
        simulator: of the weighing.
        observed: (S,) what was weighed; its gaps are masked everywhere.
        archive: of the record, for the gaps of the toy.
        budget: of the weighing.
        folder: of the weighing; runs and fits that lie there are used, what is missing is made and kept.
        seed: of the weighing.
        truths: known composites put through the emulated likelihood as well; as many as in the weighing if not said.
        strangers: pasts of every simulator outside the set.
        toy: runs of each rival and sealed pasts of the toy.
        workers: processes.
        progress: told (stage, done, total).

    Returns:
        `singles`, `inclusion`, `strangers`, `pairs`, `ceiling`, `floors`; see `docs/trust.md`.
    """
    budget = replace(budget, truths=truths or budget.truths, outside=max(strangers, budget.outside))
    bank = Bank(folder / "bank", simulator)
    work = Work(simulator, observed, budget, seed, bank, Fits(bank.shards / "fits", workers, progress), workers)
    runs = make_runs(work)
    outside = outside_tables(work)
    singles, ensemble = _singles(work, runs)
    found = {
        "singles": singles, "inclusion": _inclusion(work, runs),
        "strangers": _strangers(work, judged(work, runs, outside), outside, ensemble),
        "pairs": {"singles": pairs_of_singles(work, runs), "switches": pairs_of_switches(work, runs)},
        "ceiling": ceiling(work.fits, masked(archive), runs=toy[0], sets=toy[1], epochs=budget.epochs),
    }  # fmt: skip
    return found | {"floors": floors(found)}


def reliability(stated: Floats, labels: np.ndarray, bins: int = _BINS) -> list[dict[str, float]]:
    """Stated probability and frequency in equal-sized bins, each with the Wilson interval (90%) of the frequency."""
    order, z, rows = np.argsort(stated, kind="stable"), 1.6449, []
    for part in np.array_split(order, bins):
        if not len(part):
            continue
        n, true = len(part), float(labels[part].mean())
        middle = (true + z * z / 2 / n) / (1 + z * z / n)
        half = z * np.sqrt(true * (1 - true) / n + z * z / 4 / n / n) / (1 + z * z / n)
        rows.append({"stated": float(stated[part].mean()), "true": true, "low": middle - half, "high": middle + half, "n": n})
    return rows


def honest_error(stated: Floats, bins: int, seed: int, times: int = 40) -> float:
    """The calibration error that perfectly honest probabilities would show by chance with so few truths."""
    rng = stream(seed, "honest")
    return float(np.mean([calibration_error(stated, rng.random(len(stated)) < stated, bins) for _ in range(times)]))


def _singles(work: Work, runs: dict[str, Runs]) -> tuple[dict[str, Any], tuple[Ensemble, Floats] | None]:
    """Confusion of single explanations on pasts that the naming network has not seen, and that ensemble."""
    kinds = tuple(k for k in single_kinds(work.simulator) if runs[k].within.sum() >= 20)
    if len(kinds) < 2:
        return {}, None
    tables = np.concatenate([runs[k].x[runs[k].within] for k in kinds])
    labels = np.repeat(np.arange(len(kinds)), [int(runs[k].within.sum()) for k in kinds])
    question, budget = Question(tables, work.sd, labels, work.ends), work.budget
    fits = members_of("explanations", question, budget.members, 0, budget.epochs, work.seed)
    ensemble = gather("explanations", question, work.fits.make("networks, explanations", fits), budget.members, work.seed)
    shares = np.array([runs[k].region.share for k in kinds])
    stated = reweighed(ensemble.left_out, shares)
    result = of_singles(stated, labels, kinds)
    flat = np.eye(len(kinds))[labels].ravel() > 0
    result["reliability"] = reliability(stated.ravel(), flat)
    return result, (ensemble, shares)


def _inclusion(work: Work, runs: dict[str, Runs]) -> dict[str, Any]:
    """By question: areas, calibration and reliability of the networks, the emulated likelihood and their mean."""
    if COMPOSITE not in runs:
        return {}
    own, every = runs[COMPOSITE], np.arange(len(work.x))
    question, heads = question_of(work, own, every)
    members = work.fits.make(f"networks, {COMPOSITE}", network_fits(work, own, every, work.budget.members // 2 + 1))
    ensemble = gather(f"{COMPOSITE}-{len(every)}", question, list(members), work.budget.members, work.seed)
    near = own.near[own.within]
    near = near if near.sum() >= 200 else np.ones_like(near)
    stated, labels = ensemble.left_out[near], question.labels[near]
    sealed, truth = _sealed(work, own, ensemble, heads)
    result: dict[str, Any] = {}
    for q, name in enumerate(QUESTIONS):
        columns = np.flatnonzero(heads // len(work.slugs) == q)
        if not len(columns):
            continue
        some = np.isin(labels[:, columns].sum(axis=1), (2, 3, 4))
        result[name] = {
            "slugs": {work.slugs[heads[h] % len(work.slugs)]: _one(stated[:, h], labels[:, h]) for h in columns},
            "networks": _many(stated[:, columns], labels[:, columns], work.seed),
            "two_to_four": _many(stated[some][:, columns], labels[some][:, columns], work.seed) if some.any() else None,
            **{key: _many(p[:, columns], truth[:, columns], work.seed, 5) for key, p in sealed.items()},
        }
    return result


def _sealed(work: Work, own: Runs, ensemble: Ensemble, heads: np.ndarray) -> tuple[dict[str, Floats], np.ndarray]:
    """Known truths through both estimators: {estimator: (T, H)} and the truth."""
    every = np.arange(len(work.x))
    fitted = work.fits.make("emulated likelihoods", emulated_fits(work, own, every, 1))[0]
    fits, chosen, _ = truth_fits(work, own, fitted)
    asked = work.fits.make("known truths", fits) if fits else []
    if not asked:
        return {}, np.zeros((0, len(heads)), bool)
    points = np.concatenate([arrays["points"] for arrays in asked])
    emulated = np.stack([labels_of(work, own.kind, p, heads).mean(axis=0) for p in points])
    networks = _left_out_of(own, ensemble, chosen)
    return {"emulated": emulated, "both": (emulated + networks) / 2}, labels_of(work, own.kind, own.u[chosen], heads)


def _one(stated: Floats, labels: np.ndarray) -> dict[str, float]:
    auc, error = area(stated, labels)
    return {"auc": auc, "error": error, "ece": calibration_error(stated, labels)}


def _many(stated: Floats, labels: np.ndarray, seed: int, bins: int = _BINS) -> dict[str, Any]:
    """Switches of a question pooled."""
    p, on = stated.ravel(), labels.ravel()
    auc, error = area(p, on)
    return {
        "truths": len(stated), "auc": auc, "error": error, "ece": calibration_error(p, on, bins),
        "ece_if_honest": honest_error(p, bins, seed), "reliability": reliability(p, on, bins),
    }  # fmt: skip


def _strangers(
    work: Work, found: Judged | None, outside: dict[str, Floats], ensemble: tuple[Ensemble, Floats] | None
) -> dict[str, Any]:
    """What share of strangers is called "none of these", by question, and how sure the naming network is of them."""
    if found is None:
        return {}
    over = strangest(found)
    result: dict[str, Any] = {"rate": RATE, "truths": found.truths.stop - 1, "by": {}}
    for kind, part in found.outside.items():
        name = kind.partition("/")[2]
        seen = {q: float((found.p[part, i] <= RATE).mean()) for i, q in enumerate(QUESTIONS) if found.statistics[i]}
        entry: dict[str, Any] = {"pasts": part.stop - part.start, "foreign": list(FOREIGN.get(name, ())), "flagged": seen,
                                 "any": float((over[part] <= RATE).mean())}  # fmt: skip
        if ensemble is not None:
            noisy = work.noisy(outside[kind], stream(work.seed, "outside", kind))
            entry["greatest"] = float(reweighed(ensemble[0].mean(noisy), ensemble[1]).max(axis=1).mean())
        result["by"][name] = entry
    return result


def floors(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each thing that must hold: what it is, what was wanted and found, whether it holds."""
    rows: list[dict[str, Any]] = []
    gap = found["ceiling"]["gap"]
    rows.append({"name": "toy", "question": None, "wanted": FLOORS["ceiling"], "found": gap["mean"], "error": gap["error"],
                 "met": gap["mean"] <= FLOORS["ceiling"]})  # fmt: skip
    for question, entry in found["inclusion"].items():
        ece = entry["networks"]["ece"]
        rows.append({"name": "ece", "question": question, "wanted": FLOORS["ece"], "found": ece, "met": ece <= FLOORS["ece"]})
    by = found["strangers"].get("by", {})
    for question in QUESTIONS:
        seen = [e["flagged"][question] for e in by.values() if question in e["foreign"] and question in e["flagged"]]
        if seen:
            rows.append({"name": "strangers", "question": question, "wanted": FLOORS["power"], "found": min(seen),
                         "met": min(seen) >= FLOORS["power"]})  # fmt: skip
    return rows
