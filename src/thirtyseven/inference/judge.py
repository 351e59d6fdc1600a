"""None of these, per question: the record's strangeness ranked among that of known truths."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.inference.fits import Fit
from thirtyseven.inference.misfit import LOOKS, strangeness, tail
from thirtyseven.inference.posterior import Runs
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats
from thirtyseven.inference.work import Work

RATE = 0.05
"""Share of known truths of the set that is flagged."""

_TRUTHS = 400  # known truths that calibrate; half of them from composites
_POOL = 6000  # at most so many runs of the set, the same share of every kind
_FEW = 300  # with fewer that come near, all runs of the set are taken


@dataclass(frozen=True)
class Judged:
    """The observed table, known truths and strangers, looked at alike.

    Attributes:
        p: (T, G) share of truths as strange, by table (the observed one first) and question, by the look that decides.
        looks: (2, G) the same for the observed table by each look.
        statistics: (G,) how many each question has.
        truths: which rows of `p` are known truths.
        outside: which rows are of which simulator outside the set.
    """

    p: Floats
    looks: Floats
    statistics: np.ndarray
    truths: slice
    outside: dict[str, slice]


def judged(work: Work, runs: dict[str, Runs], outside: dict[str, Floats]) -> Judged | None:
    """Look at everything; None where there are too few known truths."""
    truths, pool = truths_of(work, runs), pool_of(work, runs)
    if len(truths) < 20 or len(pool) < 60:
        return None
    groups = np.array([[s.phase == q for s in work.statistics] for q in QUESTIONS])
    tables, parts = _tables(work, truths, outside)
    found = work.fits.make(
        "none of these", [Fit("strangeness", strangeness, (pool, tables, work.sd, work.ends, groups, work.seed))]
    )[0]
    place = slice(1, 1 + len(truths))
    p = {look: tail(found[look], found[look][place]) for look in LOOKS}
    return Judged(p[LOOKS[-1]], np.stack([p[look][0] for look in LOOKS]), groups.sum(axis=1), place, parts)


def none_of_these(work: Work, runs: dict[str, Runs], outside: dict[str, Floats]) -> dict[str, Any]:
    """{question: {p, flagged, looks, statistics, truths, in_set, outside}}.

    `p` is the share of known truths whose statistics of that question are as strange as the record's; `flagged` where it
    is at most 5%; `looks` the same for each look; `outside` the share of tables from simulators outside the set that are
    flagged, by name: how much the test can see.
    """
    found = judged(work, runs, outside)
    if found is None:
        return {q: {"p": None, "flagged": None} for q in QUESTIONS}
    result: dict[str, Any] = {}
    for q, question in enumerate(QUESTIONS):
        if not found.statistics[q]:
            result[question] = {"p": None, "flagged": None, "statistics": 0}
            continue
        p = found.p[:, q]
        result[question] = {
            "p": float(p[0]), "flagged": bool(p[0] <= RATE), "looks": dict(zip(LOOKS, found.looks[:, q])),
            "statistics": int(found.statistics[q]), "truths": found.truths.stop - 1, "in_set": RATE,
            "outside": {name: float((p[part] <= RATE).mean()) for name, part in found.outside.items()},
        }  # fmt: skip
    return result


def strangest(found: Judged) -> Floats:
    """(T,) Rank among the truths of each table's smallest p over the questions: "none of these" in any of them."""
    least = found.p[:, found.statistics > 0].min(axis=1)
    known = least[found.truths]
    return np.asarray(((known[None] <= least[:, None]).sum(axis=1) + 1) / (len(known) + 1))


def truths_of(work: Work, runs: dict[str, Runs]) -> Floats:
    """(n, J) Kept-back runs of all kinds with archive noise: half composites where there are some."""
    chosen: list[Floats] = []
    composites = [k for k in work.kinds if k.startswith(COMPOSITE)]
    singles = [k for k in work.kinds if k not in composites]
    for group in (composites, singles):
        each = _TRUTHS // 2 // max(len(group), 1)
        chosen += [runs[k].x[runs[k].truths[: max(each, 1)]] for k in group]
    x = np.concatenate(chosen)
    return work.noisy(x, stream(work.seed, "in set"))


def pool_of(work: Work, runs: dict[str, Runs]) -> Floats:
    """(n, J) Runs of all kinds against which tables are held: near the record, defined throughout, not kept back."""
    sound = {k: ~r.kept_back & np.isfinite(r.x).all(axis=1) for k, r in runs.items()}
    near = {k: sound[k] & r.near for k, r in runs.items()}
    if sum(int(n.sum()) for n in near.values()) < _FEW:
        near = sound
    share = min(1.0, _POOL / max(sum(int(n.sum()) for n in near.values()), 1))
    return np.concatenate([runs[k].x[near[k]][: int(np.ceil(share * near[k].sum()))] for k in work.kinds])


def _tables(
    work: Work, truths: Floats, outside: dict[str, Floats]
) -> tuple[Floats, dict[str, slice]]:
    """The observed table, the truths and the outside tables on one another, and where the latter are."""
    rows, parts, at = [work.x[None], truths], {}, 1 + len(truths)
    for name, x in outside.items():
        rows.append(work.noisy(x, stream(work.seed, "out of set", name)))
        parts[name] = slice(at, at + len(x))
        at += len(x)
    return np.concatenate(rows), parts
