"""Which evidence would settle it: expected information gain of archival series that nobody has counted yet.

For each series: how many bits would it add, on average over pasts like the recorded one, to what the record already
tells about which mechanisms act (by question), and about which explanation alone was at work. Learning, noise and
truths are those of `truths.py`, the estimator is `gain.py`, the series stand in `archives.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from thirtyseven.inference.archives import CONTROLS, SERIES, Series
from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.gain import Known, bootstrap, by_point, first_reader, losses, told
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import QUESTIONS, Floats, WeighError, slugs_of
from thirtyseven.inference.truths import SPENDING, Arm, composite_arm, single_arm
from thirtyseven.record import Record

PAIRS = (
    ("plan", "suspicion"), ("suspicion", "threat"), ("plan", "agencies"), ("reactions", "agencies"), ("suspicion", "agencies"),
    ("agencies", "below"), ("inheritance", "opposition"), ("threat", "opposition"), ("reactions", "below"),
)  # fmt: skip
"""Close pairs, after the design of the explanations."""
THEN = 3
"""How many series are chosen one after the other, each given those before."""
_LIKELY = 8
_FEW = 12


def evidence(
    finished: Finished, record: Record, *, budget: str = "quick", workers: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """The content of `evidence.json`.

    Args:
        finished: the weighing.
        record: a loaded record.
        budget: a key of `SPENDING`.
        workers: processes; the result does not depend on it.
        progress: told (stage, done, total).

    Raises:
        WeighError: no such budget, or the bank is gone.
    """
    if budget not in SPENDING:
        raise WeighError(f"There is no budget {budget!r}; choose one of {', '.join(SPENDING)}.")
    institutions, seed, spending = finished.institutions(record), finished.seed, SPENDING[budget]
    fits = Fits(finished.folder / "bank" / institutions.digest[:16] / "fits", workers, progress)
    slugs = slugs_of(institutions)
    switches = composite_arm(institutions, finished, fits, spending, seed)
    explanation = single_arm(institutions, finished, fits, spending, seed)
    groups = switches.heads // len(slugs)
    one = np.zeros(len(explanation.heads), int)
    first, alone = first_reader(switches.known, groups), first_reader(explanation.known, one)
    names = [*(s.id for s in SERIES), *CONTROLS]
    jobs = [(_both, (switches.known, first, switches.series[n], groups, explanation.known, alone, explanation.series[n], one))
            for n in names]  # fmt: skip
    found = {}
    for name, result in zip(names, in_parallel(jobs, workers), strict=True):
        found[name] = result
        if progress:
            progress("what each series would add", len(found), len(jobs))
    chance = _chance([_series(None, found[n], switches, explanation, alone, groups, slugs, seed) for n in CONTROLS])
    rows = [_series(s, found[s.id], switches, explanation, alone, groups, slugs, seed) for s in SERIES]
    for row in rows:
        row["told"] = row["total"]["bits"] > chance["most"] + 2 * row["total"]["error"]
    rows.sort(key=lambda row: -row["total"]["bits"])
    then = _one_after_the_other(switches, first, found, [row["id"] for row in rows], groups, seed, workers, progress)
    return {
        **finished.provenance(record), "budget": budget,
        "mechanisms": _state(switches, losses(switches.known, first), groups),
        "explanation": _state(explanation, losses(explanation.known, alone), None),
        "series": rows, "chance": chance, "then": then,
    }  # fmt: skip


def _chance(controls: list[dict[str, Any]]) -> dict[str, Any]:
    """What series that say nothing seem to be worth: the error of the method beside that of the sample."""
    total, alone = (np.array([c[name]["bits"] for c in controls]) for name in ("total", "explanation"))
    return {
        "controls": len(controls), "mean": float(total.mean()), "most": float(total.max()),
        "explanation_mean": float(alone.mean()), "explanation_most": float(alone.max()),
    }  # fmt: skip


def _both(
    known: Known, first: Floats, series: Floats, groups: np.ndarray, single: Known, alone: Floats, own: Floats, one: np.ndarray
) -> tuple[Floats, Floats, Floats, Floats]:
    """Bits a past and scores of the second reader, for switches and for the explanation."""
    return (*told(known, first, series, groups), *told(single, alone, own, one))


def _state(arm: Arm, loss: Floats, groups: np.ndarray | None) -> dict[str, Any]:
    """What is asked about, of how many pasts, how near they are, and how many bits the record leaves open.

    `shares` is what would be open to somebody who knew only how often each is at work in these pasts.
    """
    sums, weights = by_point(arm.known, loss)
    mean = sums.sum(axis=0) / weights.sum()
    state: dict[str, Any] = {
        "runs": len(arm.distance), "points": len(weights), "effective": arm.effective,
        "distance": float(np.average(arm.distance, weights=arm.known.weight)), "open": float(mean.sum()),
    }  # fmt: skip
    share = np.average(arm.known.truth, axis=0, weights=arm.known.weight).clip(1e-9, 1 - 1e-9)
    each = -share * np.log2(share) - (0.0 if arm.known.classes else 1.0) * (1 - share) * np.log2(1 - share)
    state["shares"] = float(each.sum())
    if groups is not None:
        state["switches"] = len(groups)
        state["questions"] = {q: float(mean[groups == i].sum()) for i, q in enumerate(QUESTIONS) if (groups == i).any()}
    return state


def _spread(mean: float, drawn: Floats) -> dict[str, float]:
    """Bits with the standard error and 90% interval of a bootstrap over points."""
    low, high = np.quantile(drawn, [0.05, 0.95])
    return {"bits": mean, "error": float(drawn.std()), "low": float(low), "high": float(high)}


def _series(
    series: Series | None, found: tuple[Floats, Floats, Floats, Floats], switches: Arm, explanation: Arm, alone: Floats,
    groups: np.ndarray, slugs: tuple[str, ...], seed: int,
) -> dict[str, Any]:  # fmt: skip
    """One row of the ranking."""
    rows, _, own, after = found
    rng = stream(seed, "bootstrap")
    mean, drawn = bootstrap(*by_point(switches.known, rows), rng)
    best = np.argsort(-mean, kind="stable")[:3]
    entry: dict[str, Any] = {
        "total": _spread(float(mean.sum()), drawn.sum(axis=1)),
        "questions": {q: _spread(float(mean[groups == i].sum()), drawn[:, groups == i].sum(axis=1))
                      for i, q in enumerate(QUESTIONS) if (groups == i).any()},
        "switches": [{"question": QUESTIONS[groups[h]], "slug": slugs[switches.heads[h] % len(slugs)],
                      **_spread(float(mean[h]), drawn[:, h])} for h in best],
    }  # fmt: skip
    mean, drawn = bootstrap(*by_point(explanation.known, own), rng)
    entry["explanation"] = _spread(float(mean[0]), drawn[:, 0])
    entry["pairs"] = _pairs(explanation.known, alone, after, slugs, rng)
    if series is None:
        return entry
    told_as = {
        "id": series.id, "title": series.title, "group": series.group,
        "count": series.count, "papers": series.papers, "sample": series.sample,
        "stands_for": series.stands_for,
        "sentence": f"{series.count} Look first in: {series.papers} (recalled). Needed: {series.sample}.",
    }  # fmt: skip
    return told_as | entry


def _pairs(known: Known, before: Floats, after: Floats, slugs: tuple[str, ...], rng: np.random.Generator) -> list[dict[str, Any]]:
    """Bits about close pairs, asked of the pasts that one of the two made; pairs with few pasts are left out."""
    found = []
    for a, b in PAIRS:
        two = np.array([slugs.index(a), slugs.index(b)])
        rows = known.truth[:, two].any(axis=1)
        truth = known.truth[rows][:, two]
        if truth.sum(axis=0).min() < _FEW:
            continue
        own = replace(known, truth=truth, point=known.point[rows], weight=known.weight[rows])
        gain = np.asarray(losses(own, before[rows][:, two]) - losses(own, after[rows][:, two]))
        mean, drawn = bootstrap(*by_point(own, gain), rng)
        found.append({"pair": [a, b], **_spread(float(mean[0]), drawn[:, 0])})
    return sorted(found, key=lambda p: -float(p["bits"]))


def _one_after_the_other(
    arm: Arm, first: Floats, found: dict[str, tuple[Floats, Floats, Floats, Floats]], ranked: list[str], groups: np.ndarray,
    seed: int, workers: int, progress: Progress | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The best series, then the best given it, and so on: what is read already counts as record."""
    known, scores = arm.known, first
    chosen: list[dict[str, Any]] = []
    results = {name: found[name][:2] for name in ranked}
    tried = ranked[:_LIKELY]
    for step in range(THEN):
        if step:
            jobs = [(told, (known, scores, arm.series[name], groups)) for name in tried]
            results = dict(zip(tried, in_parallel(jobs, workers), strict=True))
        sums = {name: bootstrap(*by_point(known, results[name][0]), stream(seed, "bootstrap")) for name in tried}
        best = max(tried, key=lambda name: float(sums[name][0].sum()))
        mean, drawn = sums[best]
        chosen.append({"id": best, **_spread(float(mean.sum()), drawn.sum(axis=1))})
        if progress:
            progress("one after the other", step + 1, THEN)
        scores = results[best][1]
        series = arm.series[best]
        known = replace(known, record=np.column_stack([known.record, series]))
        tried = [name for name in tried if name != best]
    return chosen
