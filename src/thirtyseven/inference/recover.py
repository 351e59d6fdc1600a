"""Recovery: known truths in, are they found, and are the stated probabilities honest?"""

from typing import Any

import numpy as np
from scipy.stats import rankdata

from thirtyseven.inference.simulator import QUESTIONS, Floats

TOLD = 0.75
"""Least area under the curve at which a switch is told; below it the answer is "cannot tell"."""

_RARE = 15  # truths on either side; with fewer the area is not measured


def area(scores: Floats, labels: np.ndarray) -> tuple[float, float]:
    """Area under the receiver's curve and its standard error (Hanley and McNeil 1982).

    It is the probability that a truth with the mechanism on scores higher than one with it off; NaN
    where either side has fewer than 15 truths.
    """
    on, off = int(labels.sum()), int((~labels).sum())
    if min(on, off) < _RARE:
        return float("nan"), float("nan")
    a = (rankdata(scores)[labels].sum() - on * (on + 1) / 2) / (on * off)
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    variance = (a * (1 - a) + (on - 1) * (q1 - a * a) + (off - 1) * (q2 - a * a)) / (on * off)
    return float(a), float(np.sqrt(max(variance, 0)))


def calibration_error(probabilities: Floats, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap of stated probability and frequency over equal-sized bins."""
    order = np.argsort(probabilities, kind="stable")
    gaps = [
        (abs(probabilities[part].mean() - labels[part].mean()), len(part))
        for part in np.array_split(order, bins)
        if len(part)
    ]
    return float(sum(gap * n for gap, n in gaps) / len(order))


def of_inclusion(
    probabilities: Floats, labels: np.ndarray, slugs: tuple[str, ...], heads: np.ndarray
) -> dict[str, Any]:
    """Recovery of the switches by question and slug, from runs left out.

    Args:
        probabilities: (n, H) stated for known truths.
        labels: (n, H) the truths.
        slugs: the explanations.
        heads: (H,) question * slugs + slug of each column.

    Returns:
        {question: {"slugs": {slug: {auc, error, told}}, "ece": .., "truths": n}}.
    """
    result: dict[str, Any] = {}
    for q, question in enumerate(QUESTIONS):
        columns = np.flatnonzero(heads // len(slugs) == q)
        if not len(columns):
            continue
        own: dict[str, Any] = {}
        for h in columns:
            auc, error = area(probabilities[:, h], labels[:, h])
            own[slugs[heads[h] % len(slugs)]] = {"auc": auc, "error": error, "told": bool(auc >= TOLD)}
        ece = calibration_error(probabilities[:, columns].ravel(), labels[:, columns].ravel())
        result[question] = {"slugs": own, "ece": ece, "truths": len(labels)}
    return result


def of_singles(probabilities: Floats, labels: np.ndarray, kinds: tuple[str, ...]) -> dict[str, Any]:
    """Confusion of single explanations, from runs left out.

    Returns:
        Rows are truths: `mean` mean probability, `named` share named most probable; both by kind and
        summed to slugs; `accuracy`, `log_score` and calibration error `ece`.
    """
    k = len(kinds)
    named = probabilities.argmax(axis=1)
    slugs = tuple(dict.fromkeys(kind.partition("/")[0] for kind in kinds))
    member = np.array([[kind.partition("/")[0] == slug for slug in slugs] for kind in kinds], dtype=float)
    by_slug = probabilities @ member
    own = member.argmax(axis=1)
    present = [c for c in range(k) if (labels == c).any()]
    mean = np.full((k, k), np.nan)
    share = np.full((k, k), np.nan)
    for c in present:
        mean[c] = probabilities[labels == c].mean(axis=0)
        share[c] = np.bincount(named[labels == c], minlength=k) / (labels == c).sum()
    rows = [np.flatnonzero(own[labels] == s) for s in range(len(slugs))]
    even = np.array([1 / (labels == c).sum() / len(present) for c in labels])
    return {
        "kinds": list(kinds),
        "slugs": list(slugs),
        "mean": mean,
        "named": share,
        "slug_mean": np.array([
            by_slug[r].mean(axis=0) if len(r) else np.full(len(slugs), np.nan) for r in rows
        ]),
        "slug_named": np.array([
            np.bincount(by_slug[r].argmax(axis=1), minlength=len(slugs)) / max(len(r), 1) for r in rows
        ]),
        "truths": [int((labels == c).sum()) for c in range(k)],
        "accuracy": float((even * (named == labels)).sum()),
        "accuracy_slug": float((even * (by_slug.argmax(axis=1) == own[labels])).sum()),
        "log_score": float((even * np.log(probabilities[np.arange(len(labels)), labels] + 1e-12)).sum()),
        "ece": calibration_error(probabilities.max(axis=1), named == labels),
    }  # fmt: skip
