"""Sensitivity: does the answer move if something is left out, or believed otherwise before?

Each variant asks the weighing's bank again without a new run (but for the one in which the decree is given). Runs are
weighed by their nearness to the statistics that the variant keeps, times the ratio of the variant's prior to the one that
they were drawn from; among them, for every question and mechanism, a logistic regression of its switch on the statistics is
read at the record (regression-adjusted approximate Bayesian computation, after Beaumont 2010). That is a third estimator,
quicker and rougher than the two of the weighing: what counts is how far it moves, beside how far it moves when the bank
alone is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logsumexp

from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.ensemble import SPEAK, tempered
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.predict import misfit
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.shards import Kept, kept_runs
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, WITHOUT_PLAN, Floats, slugs_of
from thirtyseven.record import Record
from thirtyseven.summaries import STATISTICS

LINEAGES = {
    "pavlov-1953": ("arrests_1937", "arrests_1938", "deaths_1936", "deaths_1937", "deaths_1938", "deaths_1939", "abruptness"),
    "memorial-victims-2007": ("half_1937", "rise_1937", "spring_1938", "quarter2_1938", "end_1938"),
    "memorial-lists-2002": ("lists", "lists_early", "lists_1937"),
    "okhotin-roginskii-1999": ("order_arrests_jan", "order_sentences_jan", "first_autumn", "line_arrests", "line_sentences",
                               "german_share", "harbin_share"),
    "petrov-roginskii-1997": ("polish_share", "lines_late"), "potapova-2020": ("lines_early",),
    "ezhov-59750": ("order_arrests_sep", "order_sentences_sep", "first_sep"),
    "junge-binner-2003": ("order_sentences_end", "first_1938"),
    "politburo-p57-48": ("raised_share", "raises_border", "raises_exile", "raises_shortfall"),
}  # fmt: skip
"""Statistics by the source at the root of their lineage: what falls with it if it is wrong. Sources that copy it are one
witness with it; statistics of officers, of the party and of dates rest on single figures and are left out with their class."""
KEEP = 200.0
"""Runs that the weights must be worth at least."""
RESAMPLED = 8
"""Banks drawn again to say how far the estimator moves by itself."""
_GIVEN = 512
_PENALTY = 0.1  # inverse strength of the regression's penalty: forty statistics, a few hundred runs

Prior = Callable[[Floats, np.ndarray, float], Floats]


@dataclass(frozen=True)
class Variant:
    """One change.

    Attributes:
        name: in words.
        group: prior, evidence, lineage, recall, choice, phase, given or schedule.
        keep: (S,) statistics that count.
        prior: log ratio of the variant's prior to the one drawn from, of (points, weight coordinates, inclusion).
        kind: whose runs.
        given: whether the decree of 17 November 1938 is given as a fact.
    """

    name: str
    group: str
    keep: np.ndarray
    prior: Prior | None = None
    kind: str = COMPOSITE
    given: bool = False


def cautious(u: Floats, weights: np.ndarray, inclusion: float) -> Floats:
    """Log ratio of a prior with fewer mechanisms (.28 for .35) and numbers nearer to their medians (Beta 1.2)."""
    return _other_prior(u, weights, inclusion, 0.28, 1.2)


def generous(u: Floats, weights: np.ndarray, inclusion: float) -> Floats:
    """Log ratio of a prior with more mechanisms (.42 for .35) and numbers nearer to their ends (Beta .88)."""
    return _other_prior(u, weights, inclusion, 0.42, 0.88)


def _other_prior(u: Floats, weights: np.ndarray, inclusion: float, wanted: float, shape: float) -> Floats:
    rest = np.setdiff1d(np.arange(u.shape[1]), weights)
    numbers = np.clip(u[:, rest], 1e-6, 1 - 1e-6)
    log = (shape - 1) * np.log(numbers * (1 - numbers)).sum(axis=1)
    on = (u[:, weights] < inclusion).sum(axis=1)
    off = len(weights) - on
    return np.asarray(log + on * np.log(wanted / inclusion) + off * np.log((1 - wanted) / (1 - inclusion)))


def variants(observed: Floats, with_schedule: bool) -> list[Variant]:
    """The weighing as it is, then every change."""
    known = np.isfinite(observed)
    ids = np.array([s.id for s in STATISTICS])
    phase, evidence = (np.array([getattr(s, name) for s in STATISTICS]) for name in ("phase", "evidence"))
    recalled = np.array([s.recalled for s in STATISTICS])
    coarse = np.array([s.coarse for s in STATISTICS])
    found = [
        Variant("as weighed", "base", known),
        Variant("prior: fewer mechanisms, numbers near their medians", "prior", known, cautious),
        Variant("prior: more mechanisms, numbers near their ends", "prior", known, generous),
    ]
    found += [Variant(f"without {name}", "evidence", known & (evidence != name)) for name in dict.fromkeys(evidence)]
    found += [Variant(f"without {root}", "lineage", known & ~np.isin(ids, names)) for root, names in LINEAGES.items()]
    found.append(Variant("without all that was recalled", "recall", known & (recalled < 0.5)))
    found += [
        Variant("coarse facts only", "choice", known & coarse),
        Variant("without the coarse facts", "choice", known & ~coarse),
        Variant("every other statistic", "choice", known & (np.arange(len(ids)) % 2 == 0)),
    ]
    found += [Variant(f"statistics of '{name}' only", "phase", known & (phase == name)) for name in QUESTIONS]
    found.append(Variant("raises of limits not looked at", "given", known & (evidence != "raises")))
    found.append(Variant("the decree given, not foretold", "given", known & (phase != "stop"), given=True))
    if with_schedule:
        found.append(Variant("without a schedule among the explanations", "schedule", known, kind=WITHOUT_PLAN))
    return [v for v in found if v.keep.sum() >= 3]


@dataclass(frozen=True)
class _Bank:
    """Composite runs with their switches; `heads` question * slugs + slug, `weights` the cube's weight coordinates."""

    kept: Kept
    on: np.ndarray
    heads: np.ndarray
    weights: np.ndarray


def _bank(institutions: Institutions, kind: str, kept: Kept) -> _Bank:
    names = institutions.names(kind)
    slugs = slugs_of(institutions)
    at = [i for i, name in enumerate(names) if name.split(".")[0] in QUESTIONS and name.split(".")[1] in slugs]
    heads = [QUESTIONS.index(names[i].split(".")[0]) * len(slugs) + slugs.index(names[i].split(".")[1]) for i in at]
    flat = np.asarray(institutions.included(kind, kept.u)).reshape(len(kept.u), -1)
    return _Bank(kept, flat[:, heads], np.array(heads), np.array(at))


def inclusion(bank: _Bank, keep: np.ndarray, observed: Floats, sd: Floats, log_ratio: Floats | None, seed: int,
              rows: np.ndarray | None = None) -> tuple[Floats, float]:  # fmt: skip
    """(H,) Probability of every switch at the record, and how many runs the weights were worth.

    Args:
        bank: the runs.
        keep: (S,) statistics that count.
        observed: (S,) the record.
        sd: (S,) archive error.
        log_ratio: (n,) of the variant's prior to the bank's.
        seed: of the archive's noise.
        rows: which runs (with repeats, of a resampled bank); all where not given.
    """
    rows = np.arange(len(bank.kept.x)) if rows is None else rows
    x, on = bank.kept.x[rows][:, keep], bank.on[rows]
    noise = stream(seed, "noise").standard_normal((len(bank.kept.x), len(sd)))[rows][:, keep]
    x, seen = x + noise * sd[keep], observed[keep]
    weights = tempered(misfit(x, seen, sd[keep]), np.zeros(len(x), int), KEEP)
    if log_ratio is not None:
        log = np.log(weights) + log_ratio[rows]
        weights = np.exp(log - logsumexp(log))
    held = np.isfinite(x).all(axis=1) & (weights > 1e-4 / len(weights))
    worth = float(weights[held].sum() ** 2 / np.square(weights[held]).sum())
    features = np.clip((x[held] - seen) / (sd[keep] * np.sqrt(2)), -6, 6)
    w = weights[held] / weights[held].sum() * worth
    return np.array([at_origin(features, on[held, h], w) for h in range(on.shape[1])]), worth


def at_origin(features: Floats, labels: np.ndarray, weights: Floats) -> float:
    """Probability of a label where all features are 0, by a weighted logistic regression with a penalty (Newton's steps).

    Args:
        features: (n, d).
        labels: (n,) booleans.
        weights: (n,) that add up to the number of runs that they are worth.
    """
    share = float((weights * labels).sum() / weights.sum())
    if not 0 < share < 1:
        return share
    x = np.hstack([np.ones((len(features), 1)), features])
    penalty = np.full(x.shape[1], 1 / _PENALTY)
    penalty[0] = 1e-3
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(share / (1 - share))
    for _ in range(25):
        p = expit(x @ beta)
        slope = x.T @ (weights * (labels - p)) - penalty * beta
        curve = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta += np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-6:
            break
    return float(expit(beta[0]))


def ranking(runs: dict[str, Kept], keep: np.ndarray, observed: Floats, sd: Floats) -> dict[str, float]:
    """Single explanations by how near their prior runs come (log mean tempered likelihood), the best variant of each."""
    found: dict[str, float] = {}
    for kind, kept in runs.items():
        if "/" not in kind or kind.startswith("outside"):
            continue
        distance = misfit(kept.x[kept.prior][:, keep], observed[keep], sd[keep])
        score = float(logsumexp(-0.5 * min(SPEAK, float(keep.sum())) * distance**2) - np.log(len(distance)))
        slug = kind.split("/")[0]
        found[slug] = max(score, found.get(slug, -np.inf))
    return found


def sensitivity(
    finished: Finished, record: Record, *, resampled: int = RESAMPLED, workers: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Every variant's inclusion and ranking; the content of `sensitivity.json`.

    Args:
        finished: a weighing with its bank.
        record: the record.
        resampled: banks drawn again.
        workers: processes.
        progress: told (stage, done, total).

    Returns:
        `variants`: name, group, statistics, worth, inclusion {question: {slug: p}}, moved (mean absolute change),
        furthest (question, slug, from, to), ranking; `noise`: standard deviation of inclusion over resampled banks.
    """
    institutions = finished.institutions(record)
    runs = kept_runs(finished, institutions)
    observed, sd = finished.observed, np.array([s.sd for s in STATISTICS])
    asked = variants(observed, WITHOUT_PLAN in runs)
    banks = {k: _bank(institutions, k, runs[k]) for k in (COMPOSITE, WITHOUT_PLAN) if k in runs}
    given = _bank(institutions, COMPOSITE, _given(finished, record, runs[COMPOSITE], workers, progress))
    n, base = len(runs[COMPOSITE].x), asked[0]
    jobs: list[tuple[Any, tuple[Any, ...]]] = []
    for v in asked:
        bank = given if v.given else banks[v.kind]
        ratio = None if v.prior is None else v.prior(bank.kept.u, bank.weights, institutions.prior_inclusion)
        jobs.append((inclusion, (bank, v.keep, observed, sd, ratio, finished.seed)))
    for r in range(resampled):
        rows = stream(finished.seed, "bank again", r).integers(n, size=n)
        jobs.append((inclusion, (banks[COMPOSITE], base.keep, observed, sd, None, finished.seed, rows)))
    found = []
    for part in in_parallel(jobs, workers):
        found.append(part)
        if progress:
            progress("what if", len(found), len(jobs))
    slugs = slugs_of(institutions)
    noise = np.std([p for p, _ in found[len(asked) :]], axis=0, ddof=1) if resampled > 1 else np.zeros(len(found[0][0]))
    tables = [_entry(v, p, worth, banks[v.kind].heads, slugs, ranking(runs, v.keep, observed, sd))
              for v, (p, worth) in zip(asked, found)]  # fmt: skip
    for v, entry in zip(asked, tables):
        about = [q for q in QUESTIONS if v.group != "phase" or f"'{q}'" in v.name]
        entry |= _moves(entry, tables[0], about, 2 * float(noise.mean()))
    spread = _table(noise, banks[COMPOSITE].heads, slugs)
    return finished.provenance(record) | {"prior_inclusion": institutions.prior_inclusion, "noise": spread,
                                          "noise_mean": float(noise.mean()), "variants": tables}  # fmt: skip


def _given(finished: Finished, record: Record, kept: Kept, workers: int, progress: Progress | None) -> Kept:
    """Composite runs near the record, made again with the decree given."""
    institutions = Institutions.from_record(record, stop_given=True)
    sd = np.array([s.sd for s in STATISTICS])
    seen = finished.observed
    seen[[i for i, s in enumerate(STATISTICS) if s.phase == "stop"]] = np.nan
    near = np.argsort(misfit(kept.x, seen, sd), kind="stable")[:_GIVEN]
    seeds = stream(finished.seed, "decree given").integers(2**63, size=len(near), dtype=np.uint64)
    blocks = range(0, len(near), 64)
    jobs = [(institutions.run, (COMPOSITE, kept.u[near[i : i + 64]], seeds[i : i + 64])) for i in blocks]
    tables = []
    for part in in_parallel(jobs, workers):
        tables.append(part)
        if progress:
            progress("runs with the decree given", len(tables), len(jobs))
    return Kept(kept.u[near], np.concatenate(tables), np.zeros(len(near), bool))


def _table(values: Floats, heads: np.ndarray, slugs: tuple[str, ...]) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {q: {} for q in QUESTIONS}
    for value, head in zip(values, heads):
        table[QUESTIONS[head // len(slugs)]][slugs[head % len(slugs)]] = float(value)
    return table


def _entry(
    v: Variant, p: Floats, worth: float, heads: np.ndarray, slugs: tuple[str, ...], order: dict[str, float]
) -> dict[str, Any]:
    return {"name": v.name, "group": v.group, "statistics": int(v.keep.sum()), "worth": worth,
            "inclusion": _table(p, heads, slugs), "ranking": sorted(order, key=lambda s: -order[s])}  # fmt: skip


def _moves(entry: dict[str, Any], base: dict[str, Any], about: list[str], chance: float) -> dict[str, Any]:
    """How far a variant's inclusion is from the weighing's, and for which questions another mechanism is first beyond chance.

    Args:
        entry: the variant's.
        base: the weighing's.
        about: questions that the variant still speaks to.
        chance: lead of the new first over the old one that chance alone may bring.
    """
    apart = [(abs(p - base["inclusion"][q][s]), q, s) for q in about for s, p in entry["inclusion"][q].items()]
    size, question, slug = max(apart)
    own, before = ({q: max(t["inclusion"][q], key=lambda s: t["inclusion"][q][s]) for q in about} for t in (entry, base))
    lead = {q: entry["inclusion"][q][own[q]] - entry["inclusion"][q].get(before[q], 0.0) for q in about}
    return {
        "moved": float(np.mean([a for a, _, _ in apart])),
        "furthest": {"question": question, "slug": slug, "from": base["inclusion"][question][slug],
                     "to": entry["inclusion"][question][slug], "by": size},
        "first": own, "other_first": [q for q in about if own[q] != before[q] and lead[q] > chance],
    }  # fmt: skip
