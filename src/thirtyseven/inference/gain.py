"""How much a further series would tell, given what is known already: nested cross-entropy on known truths.

Two readers are asked about the same simulated pasts. One reads what the record has; the other reads the series as well.
The gain in log score estimates the mutual information of truth and series given the record, I(T; y | x), except for
what the second reader fails to use. The second reader is the first one plus a ridge-penalised term in what is *new* in
the series (its residual on the record), so that a series that says nothing adds nothing. Units are bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, softmax

from thirtyseven.inference.simulator import Bools, Floats

BITS = float(np.log(2.0))
PENALTIES = (3.0, 15.0, 60.0, 250.0, 1000.0, np.inf)
"""Ridge penalties tried, in runs; infinity is the reader without the series."""
KEPT = 12
"""Directions of a series that are read, those with the greatest residual variance."""
_STEPS = 15
_FAR = 4.0


@dataclass(frozen=True)
class Known:
    """Known truths and what the first reader makes of them.

    Attributes:
        truth: (N, H) booleans, switches asked one by one, or (N, K) with one true a row (`classes`).
        record: (N, S) the record's statistics of each past, archive error included, no gaps.
        scores: (N, H) log odds, or (N, K) log probabilities, of a reader of the record that never saw the point.
        point: (N,) number of the point of the cube: its runs stay in one fold.
        fold: (N,) fold of its point.
        weight: (N,) how much the past counts: how near it is to the record.
        classes: whether one of K is true.
    """

    truth: Bools
    record: Floats
    scores: Floats
    point: np.ndarray
    fold: np.ndarray
    weight: Floats
    classes: bool


def losses(known: Known, offset: Floats) -> Floats:
    """(N, H) or (N, 1) Log loss of stated log odds or log probabilities, in bits."""
    if not known.classes:
        return np.asarray(np.logaddexp(0.0, np.where(known.truth, -offset, offset)) / BITS)
    logs = offset - np.logaddexp.reduce(offset, axis=1, keepdims=True)
    return np.asarray(-logs[known.truth][:, None] / BITS)


def first_reader(known: Known, groups: np.ndarray) -> Floats:
    """(N, H) What the record alone tells: the networks' scores, calibrated, and the record itself; out of fold.

    Args:
        known: the truths.
        groups: (H,) question of each switch; the penalty is chosen by question.
    """
    start = _calibrated(known)
    record = known.record

    def directions(learn: np.ndarray) -> Floats:
        own = _scaled(record, learn)
        return _with_squares(own @ _axes(own, learn, 24), learn)

    return _read(known, start, directions, groups)[0]


def told(known: Known, first: Floats, series: Floats, groups: np.ndarray) -> tuple[Floats, Floats]:
    """Bits that the series adds to what the first reader said of each past, (N, H) or (N, 1), and the second's scores.

    Learning from few pasts costs about as much on pasts left out as it flatters on pasts learnt from, so the mean of
    both is taken: the first order of that error cancels. A penalty of infinity, no series at all, is among those tried.

    Args:
        known: the truths.
        first: the first reader's scores, out of fold.
        series: (N, d) numbers of the series, error included.
        groups: (H,) as above.
    """

    def directions(learn: np.ndarray) -> Floats:
        return _new(known.record, series, learn)

    out, within = _read(known, first, directions, groups)
    return losses(known, first) - (losses(known, out) + within) / 2, out


def by_point(known: Known, rows: Floats) -> tuple[Floats, Floats]:
    """(points, H) Sums of weighted rows over the runs of a point, and (points,) of weights: what a bootstrap draws."""
    names, index = np.unique(known.point, return_inverse=True)
    table = np.zeros((len(names), rows.shape[1]))
    np.add.at(table, index, rows * known.weight[:, None])
    return table, np.bincount(index, known.weight).astype(float)


def bootstrap(sums: Floats, weights: Floats, rng: np.random.Generator, boots: int = 400) -> tuple[Floats, Floats]:
    """(H,) Weighted means and (boots, H) means over resampled points."""
    drawn = rng.multinomial(len(weights), np.full(len(weights), 1.0 / len(weights)), size=boots)
    return sums.sum(axis=0) / weights.sum(), (drawn @ sums) / np.maximum(drawn @ weights, 1e-9)[:, None]


def _read(
    known: Known, offset: Floats, directions: Callable[[np.ndarray], Floats], groups: np.ndarray
) -> tuple[Floats, Floats]:
    """Scores out of fold with the best penalty of each group, and the mean loss of the readers that learnt the row."""
    folds = np.unique(known.fold)
    base = losses(known, offset)
    trials = np.repeat(offset[None], len(PENALTIES), axis=0)
    within = np.zeros((len(PENALTIES), *base.shape))
    for k in folds:
        learn, ask = known.fold != k, known.fold == k
        z = directions(learn)
        for i, penalty in enumerate(PENALTIES):
            read = offset
            if np.isfinite(penalty):
                found, slope = _fit(known, z, offset, learn, penalty)
                read = (1 + slope) * offset + z @ found
            trials[i, ask] = read[ask]
            within[i, learn] += losses(known, read)[learn] / (len(folds) - 1)
    loss = np.stack([losses(known, trial) for trial in trials])
    out, inside = offset.copy(), base.copy()
    for group in np.unique(groups):
        own = np.flatnonzero(groups == group)
        judged = np.array([0]) if known.classes else own
        best = _chosen(known, loss[:, :, judged].sum(axis=2))
        out[:, own] = trials[best][:, own]
        inside[:, judged] = within[best][:, judged]
    return out, inside


def _chosen(known: Known, loss: Floats) -> int:
    """The penalty with the least loss out of fold; none at all unless it is better by more than its standard error.

    Args:
        known: for the points.
        loss: (penalties, N).
    """
    sums, _ = by_point(known, (loss[-1] - loss).T)  # the last penalty is infinite
    better = sums.sum(axis=0)
    best = int(better.argmax())
    error = float(sums[:, best].std()) * np.sqrt(len(sums))
    return best if better[best] > error else len(PENALTIES) - 1


def closed_form(distance: float) -> float:
    """Bits that one look tells about a fair coin whose two sides are normal `distance` standard deviations apart.

    The known truth of the estimator: I = 1 - E[log2(1 + exp(-L))] with L normal, mean d^2/2 and variance d^2.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(121)
    odds = distance**2 / 2 + distance * nodes
    return float(1.0 - (weights * np.logaddexp(0.0, -odds)).sum() / weights.sum() / BITS)


def _calibrated(known: Known) -> Floats:
    """Scores with a slope and a level for each column, fitted out of fold."""
    result = np.empty_like(known.scores)
    for k in np.unique(known.fold):
        learn, ask = known.fold != k, known.fold == k
        if known.classes:
            result[ask] = _tempered(known.scores[learn], known.truth[learn], known.scores[ask])
            continue
        for h in range(known.scores.shape[1]):
            slope, level = _slope(known.scores[learn, h], known.truth[learn, h])
            result[ask, h] = slope * known.scores[ask, h] + level
    return result


def _slope(scores: Floats, truth: Bools) -> tuple[float, float]:
    """Slope (not negative) and level of the log odds, by Newton's method, lightly held to what the scores say."""
    a, b = 1.0, 0.0
    held = 0.5
    for _ in range(20):
        p = expit(a * scores + b)
        w = np.maximum(p * (1 - p), 1e-6)
        gradient = np.array([((truth - p) * scores).sum() - held * (a - 1), (truth - p).sum() - held * b])
        hessian = np.array([[(w * scores**2).sum() + held, (w * scores).sum()], [(w * scores).sum(), w.sum() + held]])
        step = np.linalg.solve(hessian, gradient)
        a, b = a + float(step[0]), b + float(step[1])
    if a >= 0:
        return a, b
    share = float(np.clip(truth.mean(), 0.01, 0.99))
    return 0.0, float(np.log(share / (1 - share)))


def _tempered(scores: Floats, truth: Bools, asked: Floats) -> Floats:
    """Log probabilities with the temperature and the shares of the classes that suit the truths best."""
    factor, level = 1.0, np.zeros(scores.shape[1])
    for _ in range(200):
        p = softmax(factor * scores + level, axis=1)
        miss = truth - p
        spread = (p * (scores - (p * scores).sum(axis=1, keepdims=True)) ** 2).sum()
        factor += 0.3 * float((miss * scores).sum() / max(spread, 1.0))
        level += 0.5 * miss.sum(axis=0) / (p.sum(axis=0) + 5.0)
    return np.asarray(max(factor, 0.0) * asked + level - level.mean())


def _new(record: Floats, series: Floats, learn: np.ndarray) -> Floats:
    """(N, 3 keep) The series along the directions in which it says most that is new.

    Its residuals on the record (squares included), their squares, and what the record foretold of it: beside the new,
    the known may have to be read otherwise.
    """
    known = _scaled(record, learn)
    known = np.column_stack([np.ones(len(record)), known, known**2 - 1.0])
    own = _scaled(series, learn)
    gram = known[learn].T @ known[learn] + 10.0 * np.eye(known.shape[1])
    foretold = known @ np.linalg.solve(gram, known[learn].T @ own[learn])
    rows = _axes(own - foretold, learn, KEPT)
    return np.column_stack([_with_squares((own - foretold) @ rows, learn), _scaled(foretold @ rows, learn)])


def _axes(values: Floats, learn: np.ndarray, keep: int) -> Floats:
    """(d, keep) Directions of greatest variance on the runs of `learn`."""
    return np.asarray(np.linalg.svd(values[learn] - values[learn].mean(axis=0), full_matrices=False)[2][:keep].T)


def _with_squares(values: Floats, learn: np.ndarray) -> Floats:
    """(N, 2 keep) Columns standardised on the runs of `learn`, and their squares."""
    z = _scaled(values, learn)
    squares = z**2 - (z[learn] ** 2).mean(axis=0)
    return np.column_stack([z, squares / np.maximum(squares[learn].std(axis=0), 1e-9)])


def _scaled(values: Floats, learn: np.ndarray) -> Floats:
    middle, spread = values[learn].mean(axis=0), values[learn].std(axis=0)
    return np.asarray(np.clip((values - middle) / np.maximum(spread, 1e-9), -_FAR, _FAR))


def _fit(known: Known, z: Floats, offset: Floats, learn: np.ndarray, penalty: float) -> tuple[Floats, Floats]:
    """Ridge-penalised coefficients (d, H) and changes of the first reader's slopes, (H,).

    What the record said may count for less beside the series, or for more, hence the slopes. All columns share one
    bound on the curvature, so that one decomposition serves them all.
    """
    x, truth, start = z[learn], known.truth[learn], offset[learn]
    link = (lambda s: softmax(s, axis=1)) if known.classes else expit
    values, vectors = np.linalg.eigh(x.T @ x)
    rotated = x @ vectors
    p = link(start)
    curve = np.maximum(1.2 * (p * (1 - p)).mean(axis=0), 0.02)  # (H,)
    factor = 1.0 / (curve[None] * np.maximum(values, 0.0)[:, None] + penalty)
    found, slope = np.zeros((x.shape[1], start.shape[1])), np.zeros(start.shape[1])
    size = curve * (start**2).sum(axis=0) + penalty
    for _ in range(_STEPS):
        found += factor * (rotated.T @ (truth - link((1 + slope) * start + rotated @ found)) - penalty * found)
        slope += ((truth - link((1 + slope) * start + rotated @ found)) * start).sum(axis=0) / size - penalty * slope / size
    return np.asarray(vectors @ found), slope
