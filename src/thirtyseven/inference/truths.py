"""Known truths near the record, run again with all their papers: what `evidence` learns from and is judged on.

The points are those of the weighing's bank whose runs came nearest to the observed statistics. They are run again with
their own seed and fresh ones, so that the statistics, the papers and the truth belong to one and the same past. How much
a past counts falls with its distance from the record, tempered so that a third of the runs still count (an arm of single
explanations: a quarter): these are pasts like the recorded one, not the recorded one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thirtyseven.inference import archives, papers, reading_room
from thirtyseven.inference.classify import Question, fold_of, members_of, scores_of
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.fits import Arrays, Fit, Fits
from thirtyseven.inference.gain import Known
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.predict import misfit
from thirtyseven.inference.seeds import digest, stream
from thirtyseven.inference.simulator import COMPOSITE, Bools, Floats, WeighError, single_kinds, slugs_of
from thirtyseven.summaries import compute, from_outcome
from thirtyseven.summaries.archive import reflected

FOLDS = 5
_BATCH = 32
_FAR = 6.0


@dataclass(frozen=True)
class Spending:
    """How much is spent on the question.

    Attributes:
        points: of the composite; `seeds` runs of each.
        seeds: runs of every point of the composite.
        single: points of each single explanation and variant, one run each.
        learnt: most runs of the bank that the networks learn from.
        epochs: of the networks.
    """

    points: int
    seeds: int
    single: int
    learnt: int
    epochs: int


SPENDING = {
    "quick": Spending(400, 2, 20, 2400, 40), "standard": Spending(1600, 2, 80, 12_000, 60),
    "full": Spending(6000, 2, 240, 40_000, 80),
}  # fmt: skip


@dataclass(frozen=True)
class Arm:
    """One way to ask: which switches of the composite are on, or which single explanation was at work.

    Attributes:
        known: the truths and what a reader of the record makes of them.
        series: (N, d) by id, the controls among them.
        heads: (H,) question * slugs + slug of every switch; (K,) numbers of the explanations.
        distance: (N,) misfit of the runs, in archive errors.
        effective: how many runs the weights are worth.
    """

    known: Known
    series: dict[str, Floats]
    heads: np.ndarray
    distance: Floats
    effective: float


@dataclass(frozen=True)
class Pool:
    """The bank's runs of one kind: `u` (n, P), `x` (n, S), `seeds` (n,), nearest to the record first."""

    kind: str
    u: Floats
    x: Floats
    seeds: NDArray[np.uint64]


def pools(finished: Finished, institutions: Institutions, kinds: Sequence[str]) -> list[Pool]:
    """The bank's runs by kind, one for each point, nearest to the record first.

    Raises:
        WeighError: the bank is gone.
    """
    width = len(institutions.statistics)
    sd = np.array([s.sd for s in institutions.statistics])
    folders = [finished.folder / "bank" / institutions.digest[:16]]
    folders += sorted(p for p in (finished.folder / "bank").glob("*") if p.is_dir() and p != folders[0])
    for folder in folders:
        found = [_pool(folder, kind, width, finished.observed, sd, len(institutions.names(kind))) for kind in kinds]
        if all(pool is not None for pool in found):
            return [pool for pool in found if pool is not None]
    raise WeighError(
        f"The bank of runs in {finished.folder} is gone; run `thirtyseven weigh --out {finished.folder}` again."
    )


def _pool(folder: Path, kind: str, width: int, observed: Floats, sd: Floats, p: int) -> Pool | None:
    parts = []
    for path in sorted(folder.glob(f"{kind.replace('/', '.')}_*.npz")):
        try:
            with np.load(path, allow_pickle=False) as shard:
                part = (shard["u"], shard["x"], shard["seeds"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            continue
        if part[0].shape[1] == p and part[1].shape[1] == width:
            parts.append(part)
    if not parts:
        return None
    u, x, seeds = (np.concatenate([part[i] for part in parts]) for i in range(3))
    _, first = np.unique(u, axis=0, return_index=True)
    order = first[np.argsort(misfit(x[first], observed, sd), kind="stable")]
    return Pool(kind, u[order], x[order], seeds[order])


def composite_arm(
    institutions: Institutions, finished: Finished, fits: Fits, spending: Spending, seed: int
) -> Arm:
    """Which mechanisms are switched on in the composite, for which question."""
    pool = pools(finished, institutions, [COMPOSITE])[0]
    count = min(spending.points, len(pool.u))
    flat = np.asarray(institutions.included(COMPOSITE, pool.u)).reshape(len(pool.u), -1)
    near = flat[:count]
    heads = np.flatnonzero((near.mean(axis=0) > 0.02) & (near.mean(axis=0) < 0.98))
    rows, found = _run(institutions, fits, [(pool, count, spending.seeds)], seed)
    learnt = slice(0, max(spending.learnt, count))
    question = _question(institutions, finished, pool.x[learnt], flat[learnt][:, heads])
    return _arm("evidence-switches", question, flat[rows][:, heads], rows, found, heads, finished, fits, spending, seed, 1 / 3)


def single_arm(institutions: Institutions, finished: Finished, fits: Fits, spending: Spending, seed: int) -> Arm:
    """Which explanation was at work, if one alone was."""
    slugs = slugs_of(institutions)
    every = pools(finished, institutions, single_kinds(institutions))
    label = np.concatenate([np.full(len(p.u), slugs.index(p.kind.partition("/")[0])) for p in every])
    start = np.cumsum([0, *(len(p.u) for p in every)])
    counts = [min(spending.single, len(p.u)) for p in every]
    rows, found = _run(institutions, fits, list(zip(every, counts, [1] * len(every), strict=True)), seed)
    each = max(spending.learnt // len(every), spending.single)
    kept = np.concatenate([np.arange(start[k], start[k] + min(each, len(p.u))) for k, p in enumerate(every)])
    points = np.concatenate([start[k] + r for k, r in enumerate(_split(rows, counts))])
    question = _question(institutions, finished, np.concatenate([p.x for p in every])[kept], label[kept])
    truth = np.eye(len(slugs), dtype=bool)[label[points]]
    place = np.searchsorted(kept, points)
    heads = np.arange(len(slugs))
    return _arm("evidence-explanations", question, truth, place, found, heads, finished, fits, spending, seed, 1 / 4)


def _split(rows: np.ndarray, counts: Sequence[int]) -> list[np.ndarray]:
    return np.split(rows, np.cumsum(counts)[:-1])


def _question(institutions: Institutions, finished: Finished, x: Floats, labels: np.ndarray) -> Question:
    known = np.isfinite(finished.observed)
    own = [s for s, k in zip(institutions.statistics, known, strict=True) if k]
    ends = np.array([[s.low, s.high] for s in own]).T
    return Question(x[:, known], np.array([s.sd for s in own]), labels, ends)


def _run(
    institutions: Institutions, fits: Fits, asked: Sequence[tuple[Pool, int, int]], seed: int
) -> tuple[np.ndarray, Arrays]:
    """Run the nearest points of pools: (N,) row of each run in its pool, and the statistics and series of all."""
    code = _code(institutions)
    jobs, rows = [], []
    for pool, count, again in asked:
        index = np.repeat(np.arange(count), again)
        fresh = stream(seed, "papers", pool.kind).integers(2**63, size=(len(pool.u), again), dtype=np.uint64)
        fresh[:, 0] = pool.seeds  # the run that the bank has is one of them
        seeds = fresh[:count].ravel()
        for i in range(0, len(index), _BATCH):
            some = slice(i, i + _BATCH)
            jobs.append(Fit("papers", read, (institutions, pool.kind, pool.u[index[some]], seeds[some], seed, code)))
        rows.append(index)
    done = fits.make("runs with all their papers", jobs)
    return np.concatenate(rows), {name: np.concatenate([d[name] for d in done]) for name in done[0]}


def read(institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64], seed: int, code: str) -> Arrays:
    """Statistics `x` (n, S) and every series of a batch of runs; a `Fit`.

    Args:
        institutions: the simulator.
        kind: of scenario.
        u: (n, P) points.
        seeds: (n,) seeds.
        seed: of the archivists' errors.
        code: digest of what the series are, so that other ones are read again.
    """
    p = papers.papers_of(institutions, kind, u, seeds)
    found = {"x": compute(from_outcome(p.end, institutions.setting))}
    place = digest(kind, u, seeds)
    for series in archives.SERIES:
        found[series.id] = series.of(p, stream(seed, "archivist", series.id, place))
    for name in archives.CONTROLS:
        found[name] = archives.control(p, stream(seed, "archivist", name, place))
    return found


def _arm(
    name: str, question: Question, truth: Bools, place: np.ndarray, found: Arrays, heads: np.ndarray,
    finished: Finished, fits: Fits, spending: Spending, seed: int, share: float,
) -> Arm:  # fmt: skip
    """Put an arm together: the reader of the record asks each past by the network that left its point out."""
    members = fits.make(f"networks, {name.removeprefix('evidence-')}",
                        members_of(name, question, FOLDS, 0, spending.epochs, seed))  # fmt: skip
    fold = fold_of(len(question.tables), FOLDS, seed, name)[place]
    known = np.isfinite(finished.observed)
    clean = found["x"][:, known]
    noise = stream(seed, name, "archive").standard_normal(clean.shape)
    noisy = clean + question.sd * noise
    noisy = noisy if question.ends is None else reflected(noisy, *question.ends)
    scores = np.empty((len(noisy), truth.shape[1]))
    for k in range(FOLDS):
        scores[fold == k] = scores_of(members[k], noisy[fold == k])
    z = np.clip((clean - finished.observed[known]) / question.sd, -_FAR, _FAR)
    distance = np.where(np.isfinite(z), z**2, _FAR**2).sum(axis=1)
    weight = tempered(distance, share)
    middle = np.nanmedian(np.where(np.isfinite(noisy), noisy, np.nan), axis=0)
    record = np.where(np.isfinite(noisy), noisy, middle)
    series = {k: v for k, v in found.items() if k != "x"}
    truths = Known(truth, record, scores, place, fold, weight, not question.heads)
    return Arm(truths, series, heads, np.sqrt(distance / known.sum()), float(weight.sum() ** 2 / (weight**2).sum()))


def tempered(distance: Floats, share: float) -> Floats:
    """(N,) Weights exp(-t d / 2), mean 1, with the greatest t up to 1 at which `share` of the runs still count.

    Args:
        distance: (N,) sums of squared distances in archive errors.
        share: effective number of runs over their number.
    """
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        w = np.exp(-middle * (distance - distance.min()) / 2)
        low, high = (middle, high) if w.sum() ** 2 / (w**2).sum() >= share * len(w) else (low, middle)
    w = np.exp(-low * (distance - distance.min()) / 2)
    return np.asarray(w / w.mean())


def _code(institutions: Institutions) -> str:
    """Digest of the core and of the modules that read series."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (archives, papers, reading_room)]
    return digest(institutions.digest, sources)
