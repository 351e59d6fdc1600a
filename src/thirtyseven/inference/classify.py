"""The second opinion: ensembles of small networks that read a table of statistics.

One ensemble names the single explanation; another, with a head for every question and mechanism,
says which mechanisms of a composite are at work. Simulated tables get fresh archive noise at every
pass and the record's own gaps. Half of the members leave out a fold of the runs each (their answers
there measure recovery and calibrate), half are trained on resampled banks (they widen the interval).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logsumexp, softmax
from sklearn.neural_network import MLPClassifier

from thirtyseven.inference.fits import Arrays, Fit
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats
from thirtyseven.summaries.archive import reflected

_HIDDEN = 64
_PATIENCE = 8  # passes without a better validation score
_FAR = 6.0  # inputs are clipped at so many spreads
_TINY = 1e-6


@dataclass(frozen=True)
class Question:
    """What an ensemble learns: tables (n, J) without archive noise, archive sd (J,), labels.

    `labels` is (n,) whole numbers (one explanation each) or (n, H) booleans (heads); `ends` (2, J) the least and
    greatest possible values, none if not said.
    """

    tables: Floats
    sd: Floats
    labels: np.ndarray
    ends: Floats | None = None

    def noisy(self, rows: np.ndarray, rng: np.random.Generator) -> Floats:
        """The tables of some rows with fresh archive noise."""
        tables = self.tables[rows]
        tables = tables + self.sd * rng.standard_normal(tables.shape)
        return tables if self.ends is None else reflected(tables, *self.ends)

    @property
    def heads(self) -> bool:
        """Whether labels are heads (several may be true) and not one class."""
        return self.labels.ndim == 2


@dataclass(frozen=True)
class Ensemble:
    """Trained members and their calibration.

    Attributes:
        members: the members' arrays: first those with folds, then those on resampled banks.
        folds: how many members have a fold.
        scale: (H,) or (1,) factor of the log odds, from runs left out.
        shift: (H,) or (1,) added to them.
        left_out: (n, K) calibrated probabilities of each run by the member that left it out.
        heads: whether the outputs are heads.
    """

    members: tuple[Arrays, ...]
    folds: int
    scale: Floats
    shift: Floats
    left_out: Floats
    heads: bool

    def each(self, tables: Floats) -> Floats:
        """(members, n, K) Probabilities of each member; tables carry their archive noise."""
        scores = np.stack([scores_of(member, tables) for member in self.members])
        return _probabilities(scores * self.scale + self.shift, self.heads)

    def mean(self, tables: Floats) -> Floats:
        """(n, K) Mean probability over the members with a fold."""
        return np.asarray(self.each(tables)[: self.folds].mean(axis=0))


def members_of(
    name: str, question: Question, members: int, resampled: int, epochs: int, seed: int
) -> list[Fit]:
    """The fits of an ensemble, for `Fits.make`."""
    tasks = [(name, question, members, k, epochs, seed) for k in range(members + resampled)]
    return [Fit(f"{name}-network", train, task) for task in tasks]


def train(name: str, question: Question, folds: int, number: int, epochs: int, seed: int) -> Arrays:
    """Train one member; `number` below `folds` leaves that fold out, above it resamples the bank."""
    rng = stream(seed, name, "member", number)
    n = len(question.tables)
    if number < folds:
        left = np.flatnonzero(fold_of(n, folds, seed, name) == number)
        rest = rng.permutation(np.setdiff1d(np.arange(n), left))
        stop, learn = rest[: len(rest) // 8], rest[len(rest) // 8 :]
    else:
        left = np.empty(0, dtype=int)
        learn = rng.integers(n, size=n)
        stop = np.setdiff1d(np.arange(n), learn)
    return _train(question, learn, stop, rng, whole(seed, name, "net", number), epochs)


def fold_of(n: int, folds: int, seed: int, name: str) -> np.ndarray:
    """(n,) The fold of every run."""
    return np.asarray(stream(seed, name, "folds").permutation(n) % folds)


def gather(name: str, question: Question, members: list[Arrays], folds: int, seed: int) -> Ensemble:
    """Put trained members together and calibrate them on the runs that each left out."""
    n = len(question.tables)
    fold, noise = fold_of(n, folds, seed, name), stream(seed, name, "noise")
    noisy = question.noisy(np.arange(n), noise)
    outputs = question.labels.shape[1] if question.heads else int(question.labels.max()) + 1
    scores = np.empty((n, outputs))
    for k in range(folds):
        scores[fold == k] = scores_of(members[k], noisy[fold == k])
    if question.heads:
        pairs = [_platt(scores[:, h], question.labels[:, h]) for h in range(outputs)]
        scale, shift = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    else:
        scale, shift = np.array([_temperature(scores, question.labels)]), np.zeros(1)
    left_out = _probabilities(scores * scale + shift, question.heads)
    return Ensemble(tuple(members), folds, scale, shift, left_out, question.heads)


def scores_of(member: Arrays, tables: Floats) -> Floats:
    """(n, K) Log odds (heads) or unnormalised log probabilities (classes) of one member."""
    hidden = np.maximum(_inputs(member, tables) @ member["w1"] + member["b1"], 0)
    scores = hidden @ member["w2"] + member["b2"]
    if not member["heads"] and scores.shape[1] == 1:  # two classes: one log odds
        scores = np.hstack([np.zeros_like(scores), scores])
    return np.asarray(scores)


def _inputs(member: Arrays, tables: Floats) -> Floats:
    """Standardised values, 0 where undefined, and a flag for each statistic that is so in some runs."""
    missing = np.isnan(tables)
    values = np.clip((tables - member["middle"]) / member["spread"], -_FAR, _FAR)
    return np.hstack([np.where(missing, 0.0, values), missing[:, member["gaps"]].astype(float)])


def _train(
    question: Question, learn: np.ndarray, stop: np.ndarray, rng: np.random.Generator, state: int, epochs: int
) -> Arrays:
    """Passes with fresh noise and equal classes until the validation log score no longer rises."""
    tables, sd, labels = question.tables, question.sd, question.labels
    finite = np.where(np.isfinite(tables[learn]), tables[learn], np.nan)
    with np.errstate(all="ignore"):
        middle = np.nan_to_num(np.nanmedian(finite, axis=0))
        low, high = np.nanquantile(finite, [0.16, 0.84], axis=0)
    spread = np.sqrt(np.nan_to_num(high - low) ** 2 / 4 + sd**2)
    member: Arrays = {
        "middle": middle, "spread": spread, "gaps": np.flatnonzero(np.isnan(tables).any(axis=0)),
        "heads": np.array(question.heads),
    }  # fmt: skip
    net = MLPClassifier(
        hidden_layer_sizes=(_HIDDEN,), alpha=1e-2 if question.heads else 1e-3, learning_rate_init=2e-3,
        batch_size=min(128, len(learn)), random_state=state,
    )  # fmt: skip
    classes = np.arange(labels.shape[1]) if question.heads else np.arange(int(labels.max()) + 1)
    stop_in = [question.noisy(stop, rng) for _ in range(2)]
    best, waited = -np.inf, 0
    for _ in range(epochs):
        rows = learn if question.heads else _even(labels, learn, rng)
        net.partial_fit(_inputs(member, question.noisy(rows, rng)), labels[rows].astype(int), classes=classes)
        trial = member | dict(zip(("w1", "w2"), net.coefs_)) | dict(zip(("b1", "b2"), net.intercepts_))
        score = float(np.mean([_log_score(scores_of(trial, x), labels[stop]) for x in stop_in]))
        waited = 0 if score > best else waited + 1
        if score > best:
            best, kept = score, {k: np.array(v) for k, v in trial.items()}
        if waited >= _PATIENCE:
            break
    return kept


def _even(labels: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows drawn so that every class has as many as the largest."""
    own = labels[rows]
    classes, counts = np.unique(own, return_counts=True)
    drawn = [rows[own == c] for c in classes]
    return np.concatenate([
        np.concatenate([d, rng.choice(d, counts.max() - len(d))]) for d in drawn
    ])  # fmt: skip


def _log_score(scores: Floats, labels: np.ndarray) -> float:
    if labels.ndim == 2:
        return float(-np.logaddexp(0, np.where(labels, -scores, scores)).mean())
    logs = log_softmax(scores, axis=1)[np.arange(len(labels)), labels]
    _, inverse, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return float((logs / counts[inverse]).sum() / len(counts))  # every class counts the same


def _probabilities(scores: Floats, heads: bool) -> Floats:
    if heads:
        return np.asarray(np.clip(expit(scores), _TINY, 1 - _TINY))
    return np.asarray(softmax(scores, axis=-1))


def _temperature(scores: Floats, labels: np.ndarray) -> float:
    """Factor of the scores with the best log score on runs left out."""
    found = minimize_scalar(
        lambda log: -_log_score(scores * np.exp(log), labels), bounds=(-1.5, 1.0), method="bounded"
    )
    return float(np.exp(found.x))


def _platt(scores: Floats, labels: np.ndarray) -> tuple[float, float]:
    """Factor and shift of a head's log odds; lightly held to (1, 0), the factor never negative."""
    if labels.all() or not labels.any():
        return 1.0, 0.0
    sign = np.where(labels, 1.0, -1.0)

    def loss(ab: Floats) -> float:
        held = 0.5 * ((ab[0] - 1) ** 2 + ab[1] ** 2)
        return float(np.logaddexp(0, -sign * (ab[0] * scores + ab[1])).sum() + held)

    found = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.0, 3.0), (-3.0, 3.0)], method="L-BFGS-B")
    return float(found.x[0]), float(found.x[1])


def reweighed(probabilities: Floats, shares: Floats) -> Floats:
    """Class probabilities under equal priors of whole explanations.

    The networks saw draws of each explanation's prior within its region; the region's share of the
    prior turns p(x | region) into p(x).
    """
    logs = np.log(np.clip(probabilities, 1e-12, 1)) + np.log(shares)
    return np.asarray(np.exp(logs - logsumexp(logs, axis=-1, keepdims=True)))
