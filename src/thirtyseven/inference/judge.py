"""None of these, per question: the record's misfit ranked among that of known truths."""

from typing import Any

import numpy as np

from thirtyseven.inference.fits import Arrays, Fit
from thirtyseven.inference.misfit import best, misfits, tail
from thirtyseven.inference.posterior import Runs
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats
from thirtyseven.inference.work import Work

RATE = 0.05
"""Share of known truths of the set that is flagged."""

_TRUTHS = 200  # known truths that calibrate; half of them from composites
_POOL = {True: 4000, False: 1500}  # emulated points of a composite, of a single explanation


def none_of_these(
    work: Work, runs: dict[str, Runs], fitted: dict[str, Arrays], outside: dict[str, Floats]
) -> dict[str, Any]:
    """{question: {p, flagged, misfit, threshold, statistics, outside}} and `in_set` truths.

    `p` is the share of known truths whose statistics of that question fit as badly as the record's;
    `flagged` where it is at most 5%; `outside` the share of tables from simulators outside the set
    that are flagged, by name: how much the test can see.
    """
    sound = [k for k in work.kinds if "problem" not in fitted[k]]
    truths = _truths(work, runs)
    tables, parts = _tables(work, truths, outside)
    phases = [s.phase for s in work.statistics]
    groups = np.array([[float(p == q) for p in phases] for q in QUESTIONS])
    if not sound or len(truths) < 20:
        return {q: {"p": None, "flagged": None} for q in QUESTIONS}
    found = work.fits.make("none of these", [
        Fit("misfit", misfits, (fitted[k], runs[k].region, tables, groups, _POOL[k.startswith(COMPOSITE)],
                                work.seed, k))
        for k in sound
    ])  # fmt: skip
    values = best(found)
    own, known = values[:1], values[1 : 1 + len(truths)]
    p = tail(own, known)[0]
    result: dict[str, Any] = {}
    for q, question in enumerate(QUESTIONS):
        if not groups[q].any():
            result[question] = {"p": None, "flagged": None, "statistics": 0}
            continue
        result[question] = {
            "p": p[q], "flagged": bool(p[q] <= RATE), "misfit": own[0, q],
            "threshold": float(np.quantile(known[:, q], 1 - RATE)), "statistics": int(groups[q].sum()),
            "truths": len(truths), "in_set": RATE,
            "outside": {
                name: float((tail(values[part], known)[:, q] <= RATE).mean()) for name, part in parts.items()
            },
        }  # fmt: skip
    return result


def _truths(work: Work, runs: dict[str, Runs]) -> Floats:
    """(n, J) Kept-back runs of all kinds with archive noise: half composites where there are some."""
    chosen: list[Floats] = []
    composites = [k for k in work.kinds if k.startswith(COMPOSITE)]
    singles = [k for k in work.kinds if k not in composites]
    for group in (composites, singles):
        each = _TRUTHS // 2 // max(len(group), 1)
        chosen += [runs[k].x[runs[k].truths[: max(each, 1)]] for k in group]
    x = np.concatenate(chosen)
    return work.noisy(x, stream(work.seed, "in set"))


def _tables(
    work: Work, truths: Floats, outside: dict[str, Floats]
) -> tuple[Floats, dict[str, slice]]:
    """The observed table, the truths and the outside tables on one another, and where the latter are."""
    rows, parts, at = [work.x[None], truths], {}, 1 + len(truths)
    for name, x in outside.items():
        x = x[:_TRUTHS]
        rows.append(work.noisy(x, stream(work.seed, "out of set", name)))
        parts[name] = slice(at, at + len(x))
        at += len(x)
    return np.concatenate(rows), parts
