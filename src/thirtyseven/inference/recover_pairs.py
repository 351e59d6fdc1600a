"""Which pairs cannot be told apart, why, and what kind of evidence would help.

Two explanations (or two mechanisms of a question in a composite) are told apart as well as a ridge regression on all
statistics and their squares tells pasts of the one from pasts of the other, on pasts that it has not seen: the area under
its curve, .5 for a coin and 1 for certainty. The same regression on the same pasts without the archive's error says what
flawless copies of the very same series would give. So there are three cases: told apart; not told apart, but better copies
would do it; not told apart by any copy of these series, because the two lead to the same paperwork.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from thirtyseven.inference.posterior import Runs
from thirtyseven.inference.recover import TOLD, area
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats, single_kinds
from thirtyseven.inference.work import Work

APART = 0.9
"""Area from which two single explanations count as told apart; for mechanisms within a composite it is `TOLD`."""
_LEAST = 30  # pasts of either; with fewer the pair is not judged
_MOST = 250  # pasts of either that are used
_FOLDS = 4
_RIDGE = 0.05  # penalty a past, in squared spreads


def pairs_of_singles(work: Work, runs: dict[str, Runs]) -> list[dict[str, Any]]:
    """Every pair of explanations, both variants taken together, worst told apart first."""
    tables: dict[str, list[Floats]] = {}
    for kind in single_kinds(work.simulator):
        tables.setdefault(kind.partition("/")[0], []).append(runs[kind].x[runs[kind].within])
    found = [
        _pair(work, np.concatenate(tables[a]), np.concatenate(tables[b]), APART) | {"first": a, "second": b, "question": None}
        for a, b in combinations(tables, 2)
    ]
    return _ordered(found)


def pairs_of_switches(work: Work, runs: dict[str, Runs]) -> list[dict[str, Any]]:
    """Every pair of mechanisms of every question of the composite: pasts with the first and not the second on, and the
    reverse, near the record; worst told apart first.
    """
    if COMPOSITE not in runs:
        return []
    own = runs[COMPOSITE]
    rows = own.within & own.near if (own.within & own.near).sum() >= 8 * _LEAST else own.within
    on = np.asarray(work.simulator.included(COMPOSITE, own.u[rows])).reshape(int(rows.sum()), len(QUESTIONS), -1)
    found = []
    for q, question in enumerate(QUESTIONS):
        speaking = [s for s in range(on.shape[2]) if on[:, q, s].any() and not on[:, q, s].all()]
        for a, b in combinations(speaking, 2):
            only_a, only_b = on[:, q, a] & ~on[:, q, b], on[:, q, b] & ~on[:, q, a]
            x = own.x[rows]
            found.append(
                _pair(work, x[only_a], x[only_b], TOLD)
                | {"first": work.slugs[a], "second": work.slugs[b], "question": question}
            )
    return _ordered(found)


def _ordered(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda pair: (pair["auc"] is None, pair["auc"] or 0.0, pair["first"], pair["second"]))


def _pair(work: Work, first: Floats, second: Floats, enough: float) -> dict[str, Any]:
    """Area with and without the archive's error, the verdict, and the statistics that differ most."""
    first, second = (x[np.isfinite(x).all(axis=1)][:_MOST] for x in (first, second))
    empty = {"auc": None, "error": None, "flawless": None, "verdict": None, "differ": [], "pasts": [len(first), len(second)]}
    if min(len(first), len(second)) < _LEAST:
        return empty
    x = np.concatenate([first, second])
    labels = np.repeat([True, False], [len(first), len(second)])
    noisy = work.noisy(x, stream(work.seed, "pairs"))
    (auc, error), (flawless, _) = (area(_unseen(table, labels), labels) for table in (noisy, x))
    verdict = "apart" if auc >= enough else "better copies" if flawless >= enough else "same paperwork"
    gap = (first.mean(axis=0) - second.mean(axis=0)) / np.sqrt((noisy[labels].var(axis=0) + noisy[~labels].var(axis=0)) / 2)
    most = np.argsort(-np.abs(gap), kind="stable")[:3]
    differ = [{"id": work.statistics[i].id, "evidence": work.statistics[i].evidence, "gap": float(gap[i])} for i in most]
    return empty | {"auc": auc, "error": error, "flawless": flawless, "verdict": verdict, "differ": differ}


def _unseen(x: Floats, labels: np.ndarray) -> Floats:
    """(n,) Score of each past by a regression that has not seen it."""
    middle, spread = np.median(x, axis=0), x.std(axis=0) + 1e-9
    z = np.clip((x - middle) / spread, -4, 4)
    z = np.hstack([z, z**2])
    fold, scores = np.empty(len(x), dtype=int), np.empty(len(x))
    for side in (labels, ~labels):
        fold[side] = np.arange(int(side.sum())) % _FOLDS
    for k in range(_FOLDS):
        seen = fold != k
        own = z[seen] - z[seen].mean(axis=0)
        wanted = np.where(labels[seen], 1 / labels[seen].mean(), -1 / (~labels[seen]).mean())
        slopes = np.linalg.solve(own.T @ own + _RIDGE * len(own) * np.eye(own.shape[1]), own.T @ wanted)
        scores[~seen] = (z[~seen] - z[seen].mean(axis=0)) @ slopes
    return scores
