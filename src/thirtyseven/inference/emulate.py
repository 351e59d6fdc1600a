"""The emulated likelihood: what a kind's statistics are at a point never run.

For each statistic a regularised polynomial (and, for composites, a small network on what is left)
gives the mean over seeds; the spread over seeds varies with the point; the correlation between
statistics is shrunk and held fixed; the archive's error is added. Where a small change of a point
decides between two unlike histories, only runs that come near the record are emulated, and the
probability of coming near is emulated beside them: p(x) = p(near) p(x | near), because x is near.
Residuals are always those of runs that the fit had not seen. Where they are far from normal the
Gaussian form is wrong, and the emulator says so (`normality`).
"""

import warnings
from dataclasses import dataclass, fields

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.covariance import ledoit_wolf
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPRegressor

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats

NOT_NORMAL = 0.1
"""Residuals further from the normal distribution than this (Kolmogorov's distance) are called not normal."""

CLIP = 6.0  # whitened residuals beyond this count no more: one hopeless statistic must not decide all
_SPREAD = 1.5  # the log variance may leave its mean by this much at most
_RIDGE = np.logspace(-2, 4, 13)
_STRENGTHS = (0.01, 0.05, 0.25, 1.0)  # inverse penalties of a logistic regression
_PRODUCTS = 200  # at most so many products of two features
_WORTH = 0.15  # a network that helps no statistic by this share is left out
_HIDDEN = 64  # units of a network
_ENOUGH = 40  # runs with every statistic defined


class TooFewError(ValueError):
    """Too few runs, or too small a region, for an emulated likelihood."""


@dataclass(frozen=True)
class Emulator:
    """Mean, spread and correlation of a kind's statistics as functions of the cube; arrays only.

    J statistics, D features, K folds. `ridge` (1+D+M, J) on `Basis.full` and the M products `pairs` (M, 2)
    of features of `Basis.plain` that the runs called for; `net_*` K networks with one
    hidden layer on `Basis.plain`, shrunk by `net_share` (J,); `log_var` (d+1, J) on `Basis.plain`;
    `whiten` (J, J) lower Cholesky factor of the correlation of residual and archive error together;
    `near` coefficients of a logistic regression on `Basis.plain` for "comes near the record and defines
    every statistic".
    """

    basis: Basis
    ridge: Floats
    pairs: np.ndarray
    net_in: Floats
    net_in_bias: Floats
    net_out: Floats
    net_out_bias: Floats
    net_share: Floats
    log_var: Floats
    whiten: Floats
    sd: Floats
    near: Floats
    normality: Floats
    runs: np.ndarray

    def moments(self, full: Floats) -> tuple[Floats, Floats]:
        """Mean over seeds and standard deviation over seeds, (n, J) each, without archive error.

        Args:
            full: the points' features, `basis.full(u)`, computed once for all that need them.
        """
        plain, d = self.basis.plain(full), full.shape[1]
        mean = self.ridge[0] + full @ self.ridge[1 : d + 1]
        if len(self.pairs):
            mean += (plain[:, self.pairs[:, 0]] * plain[:, self.pairs[:, 1]]) @ self.ridge[d + 1 :]
        for k in range(len(self.net_in)):
            hidden = np.maximum(plain @ self.net_in[k] + self.net_in_bias[k], 0)
            net = hidden @ self.net_out[k] + self.net_out_bias[k]
            mean += self.net_share * net / len(self.net_in)
        centre = self.log_var[0]
        log_var = np.clip(plain @ self.log_var[1:], -_SPREAD, _SPREAD) + centre
        return mean, np.exp(log_var / 2)

    def log_near(self, full: Floats) -> Floats:
        """(n,) Log probability that a run at these features comes near and defines every statistic."""
        score = self.near[0] + self.basis.plain(full) @ self.near[1:]
        return np.asarray(-np.logaddexp(0, -score))

    def log_likelihood(self, full: Floats, x: Floats) -> Floats:
        """(n,) Log density of the observed statistics x (J,) at these features."""
        mean, spread = self.moments(full)
        return likelihood(mean, spread, self.sd, self.whiten, x) + self.log_near(full)

    def arrays(self) -> dict[str, np.ndarray]:
        """The emulator as named arrays; `emulator_from` reads them."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "basis"}
        return own | {f"basis_{f.name}": getattr(self.basis, f.name) for f in fields(self.basis)}


def emulator_from(arrays: dict[str, np.ndarray]) -> Emulator:
    """The emulator that `Emulator.arrays` wrote."""
    basis = Basis(**{f.name: arrays[f"basis_{f.name}"] for f in fields(Basis)})
    return Emulator(basis, **{f.name: arrays[f.name] for f in fields(Emulator) if f.name != "basis"})


def likelihood(mean: Floats, spread: Floats, sd: Floats, whiten: Floats, x: Floats) -> Floats:
    """(n,) Gaussian log density with a common correlation and residuals clipped at six."""
    total = np.sqrt(spread**2 + sd**2)
    white = solve_triangular(whiten, ((x - mean) / total).T, lower=True, check_finite=False)
    white = np.clip(white, -CLIP, CLIP)
    constant = np.log(np.diag(whiten)).sum() + 0.5 * len(sd) * np.log(2 * np.pi)
    return np.asarray(-0.5 * np.square(white).sum(axis=0) - np.log(total).sum(axis=1) - constant)


def fit(
    basis: Basis, u: Floats, x: Floats, sd: Floats, seed: int, network: bool,
    runs: np.ndarray | None = None, near: np.ndarray | None = None, products: bool = True,
) -> Emulator:  # fmt: skip
    """Fit an emulator to runs.

    Args:
        basis: of the kind.
        u: (n, P) points.
        x: (n, J) statistics without archive error; NaN where undefined.
        sd: (J,) archive error.
        seed: of folds and networks.
        network: whether a network follows the polynomial.
        runs: (n,) the run behind each row, where the rows were drawn with replacement: copies of a run
            share a fold, so that residuals stay those of runs not seen.
        near: (n,) which runs come near the record; the others inform `log_near` only.
        products: whether products of features are tried where there are many.

    Raises:
        TooFewError: fewer runs than `_ENOUGH` define every statistic.
    """
    runs = np.arange(len(x)) if runs is None else runs
    complete = np.asarray(np.isfinite(x).all(axis=1))
    if near is not None:
        complete &= near
    full = basis.full(u)
    odds = _fit_near(basis.plain(full), complete)
    full, x, runs = full[complete], x[complete], runs[complete]
    plain = basis.plain(full)
    if len(np.unique(runs)) < _ENOUGH:
        raise TooFewError(f"only {len(x)} runs define every statistic near the record; {_ENOUGH} are needed")
    ranks = np.unique(runs, return_inverse=True)[1]
    folds = stream(seed, "folds").permutation(int(ranks.max()) + 1)[ranks] % (3 if network else 5)
    ridge, pairs, residual = _fit_ridge(full, plain, x, folds, products and len(basis.weights) > 0)
    nets, share, residual = (
        _fit_network(plain, residual, folds, seed)
        if network
        else (_no_network(plain.shape[1], x.shape[1]), np.zeros(x.shape[1]), residual)
    )
    log_var = _fit_variance(plain, residual)
    spread = np.exp((np.clip(plain @ log_var[1:], -_SPREAD, _SPREAD) + log_var[0]) / 2)
    total = np.sqrt(spread**2 + sd**2)
    noise = stream(seed, "noise").standard_normal(x.shape) * sd
    normality = _distance_from_normal((residual + noise) / total)
    whiten = np.asarray(np.linalg.cholesky(_correlation(residual / spread, (spread / total).mean(axis=0))))
    return Emulator(
        basis, ridge, pairs, *nets, share, log_var, whiten, sd, odds, normality, np.array([len(x)])
    )


def _correlation(standardised: Floats, part: Floats) -> Floats:
    """(J, J) Shrunk correlation of residual and archive error together.

    Args:
        standardised: (n, J) residuals in units of their spread.
        part: (J,) share of the spread in the total standard deviation; archive errors are independent.
    """
    own = ledoit_wolf(standardised)[0]
    scale = np.sqrt(np.diag(own))
    correlation = own / scale[:, None] / scale * part[:, None] * part
    np.fill_diagonal(correlation, 1.0)
    return np.asarray(correlation)


def _fit_ridge(
    full: Floats, plain: Floats, x: Floats, folds: np.ndarray, products: bool
) -> tuple[Floats, np.ndarray, Floats]:
    """Ridge regression, averaged over folds.

    With many parameters not every product of two can be a feature: each fold takes those that its own
    runs call for, so that the runs left out stay an honest test.

    Args:
        full: (n, D) features.
        plain: (n, d) those whose products may be taken.
        x: (n, J) statistics.
        folds: (n,) the fold of each run.
        products: whether they are.

    Returns:
        Coefficients (1+D+M, J), the M products (M, 2), and the residuals of runs left out (n, J).
    """
    count, d = int(folds.max()) + 1, full.shape[1]
    residual, parts = np.empty_like(x), []
    for k in range(count):
        train = folds != k
        coefficients = _ridge(full[train], x[train], _penalty(full[train], x[train]))
        residual[~train] = x[~train] - coefficients[0] - full[~train] @ coefficients[1:]
        chosen = np.empty((0, 2), dtype=int)
        if products:
            left = x[train] - coefficients[0] - full[train] @ coefficients[1:]
            chosen = _products(plain[train], left, int(train.sum()) // 12)
        if len(chosen):
            features = np.hstack([full, plain[:, chosen[:, 0]] * plain[:, chosen[:, 1]]])
            coefficients = _ridge(features[train], x[train], _penalty(features[train], x[train]))
            residual[~train] = x[~train] - coefficients[0] - features[~train] @ coefficients[1:]
        parts.append((chosen, coefficients))
    pairs = np.unique(np.concatenate([chosen for chosen, _ in parts]), axis=0)
    total = np.zeros((1 + d + len(pairs), x.shape[1]))
    for chosen, coefficients in parts:
        total[: d + 1] += coefficients[: d + 1] / count
        for pair, row in zip(chosen, coefficients[d + 1 :]):
            total[1 + d + int(np.flatnonzero((pairs == pair).all(axis=1))[0])] += row / count
    return total, pairs, residual


def _products(plain: Floats, left: Floats, count: int) -> np.ndarray:
    """(M, 2) The products of two features that correlate most with some statistic's residual."""
    n = len(plain)
    left = (left - left.mean(axis=0)) / (left.std(axis=0) + 1e-12)
    strength, pairs = [], []
    for i in range(plain.shape[1] - 1):
        product = plain[:, i : i + 1] * plain[:, i + 1 :]
        product = product - product.mean(axis=0)
        product /= product.std(axis=0) + 1e-9
        strength.append(np.abs(product.T @ left / n).max(axis=1))
        pairs.append(np.column_stack([np.full(product.shape[1], i), np.arange(i + 1, plain.shape[1])]))
    best = np.argsort(-np.concatenate(strength), kind="stable")[: min(count, _PRODUCTS)]
    return np.concatenate(pairs)[np.sort(best)]


def _penalty(features: Floats, x: Floats) -> Floats:
    """(J,) The penalty with the least generalised cross-validation error for each statistic."""
    centred, y = features - features.mean(axis=0), x - x.mean(axis=0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    projected, n = left.T @ y, len(x)
    outside = np.square(y).sum(axis=0) - np.square(projected).sum(axis=0)
    error = []
    for penalty in _RIDGE:
        kept = values**2 / (values**2 + penalty)
        rss = np.square((1 - kept)[:, None] * projected).sum(axis=0) + outside
        error.append(rss / max(n - 1 - kept.sum(), 1.0) ** 2)
    return np.asarray(_RIDGE[np.argmin(error, axis=0)])


def _ridge(features: Floats, x: Floats, penalty: Floats) -> Floats:
    """(D+1, J) Intercept and coefficients with one penalty a statistic."""
    middle, level = features.mean(axis=0), x.mean(axis=0)
    left, values, right = np.linalg.svd(features - middle, full_matrices=False)
    shrunk = (left.T @ (x - level)) * (values[:, None] / (values[:, None] ** 2 + penalty))
    slopes = right.T @ shrunk
    return np.vstack([level - middle @ slopes, slopes])


def _no_network(inputs: int, outputs: int) -> tuple[Floats, Floats, Floats, Floats]:
    return np.empty((0, inputs, 1)), np.empty((0, 1)), np.empty((0, 1, outputs)), np.empty((0, outputs))


def _fit_network(
    plain: Floats, residual: Floats, folds: np.ndarray, seed: int
) -> tuple[tuple[Floats, Floats, Floats, Floats], Floats, Floats]:
    """Networks (one a fold) on the polynomial's residuals; each statistic keeps as much as helps.

    Returns:
        The networks' weights, the share kept (J,), the residuals that remain on runs left out.
    """
    scale = residual.std(axis=0) + 1e-12
    weights, predicted = [], np.empty_like(residual)
    for k in range(int(folds.max()) + 1):
        train = folds != k
        net = MLPRegressor(
            hidden_layer_sizes=(_HIDDEN,), alpha=1e-2, learning_rate_init=3e-3,
            batch_size=min(128, len(plain) // 2), early_stopping=True,
            n_iter_no_change=8, max_iter=120, random_state=whole(seed, "network", k),
        )  # fmt: skip
        with warnings.catch_warnings():  # a network that ran out of passes is judged like any other
            warnings.simplefilter("ignore", ConvergenceWarning)
            net.fit(plain[train], residual[train] / scale)
        predicted[~train] = np.reshape(net.predict(plain[~train]), (-1, residual.shape[1])) * scale
        (w1, w2), (b1, b2) = net.coefs_, net.intercepts_
        weights.append((w1, b1, w2 * scale, b2 * scale))
    overlap = (predicted * residual).sum(axis=0) / (np.square(predicted).sum(axis=0) + 1e-12)
    share = np.clip(overlap, 0, 1)
    if share.max() < _WORTH:
        return _no_network(plain.shape[1], residual.shape[1]), 0 * share, residual
    stacked = [np.stack(parts) for parts in zip(*weights)]
    nets = (stacked[0], stacked[1], stacked[2], stacked[3])
    return nets, share, residual - share * predicted


def _fit_variance(plain: Floats, residual: Floats) -> Floats:
    """(d+1, J) Log variance of the residuals as a heavily shrunk linear function, exact on average."""
    square = np.square(residual)
    level = square.mean(axis=0) + 1e-12
    target = np.log(square + 0.02 * level)
    coefficients = _ridge(plain, target, np.full(residual.shape[1], 0.5 * len(plain)))
    slope = np.clip(plain @ coefficients[1:], -_SPREAD, _SPREAD)
    coefficients[0] = np.log((square / np.exp(slope)).mean(axis=0) + 1e-12)
    return coefficients


def _fit_near(plain: Floats, defined: np.ndarray) -> Floats:
    """(d+1,) Logistic regression of "near, and every statistic defined" on the features."""
    result = np.zeros(plain.shape[1] + 1)
    some = min(int(defined.sum()), int((~defined).sum()))
    if some < 10:
        result[0] = logit((defined.sum() + 0.5) / (len(defined) + 1.0))
        return result
    strength = _least_shrinkage(plain, defined)
    model = LogisticRegression(C=strength, max_iter=300).fit(plain, defined)
    result[0], result[1:] = model.intercept_[0], model.coef_[0]
    # the mean over runs must be the share of runs: shrinkage alone would move it
    fitted = float(expit(plain @ result[1:] + result[0]).mean())
    result[0] += logit(defined.mean()) - logit(np.clip(fitted, 0.001, 0.999))
    return result


def _least_shrinkage(plain: Floats, defined: np.ndarray) -> float:
    """The inverse penalty whose logistic regression says best what runs it has not seen do."""
    fold, scores = np.empty(len(plain), dtype=int), []
    for side in (defined, ~defined):  # every fold has runs of either sort
        fold[side] = np.arange(int(side.sum())) % 3
    for strength in _STRENGTHS:
        score = 0.0
        for k in range(3):
            model = LogisticRegression(C=strength, max_iter=300).fit(plain[fold != k], defined[fold != k])
            logs = model.predict_log_proba(plain[fold == k])
            score += float(np.where(defined[fold == k], logs[:, 1], logs[:, 0]).sum())
        scores.append(score)
    return float(_STRENGTHS[int(np.argmax(scores))])


def _distance_from_normal(standardised: Floats) -> Floats:
    """(J,) Greatest distance of each column's distribution from the standard normal's."""
    ordered = norm.cdf(np.sort(standardised, axis=0))
    n = len(ordered)
    above = np.abs(np.arange(1, n + 1)[:, None] / n - ordered).max(axis=0)
    below = np.abs(np.arange(n)[:, None] / n - ordered).max(axis=0)
    return np.asarray(np.maximum(above, below))
