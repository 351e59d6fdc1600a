"""The emulated likelihood: what a kind's statistics are at a point never run.

For each statistic a regularised polynomial (and, for composites, a small network on what is left)
gives the mean over seeds; the spread over seeds varies with the point; the correlation between
statistics is shrunk and held fixed; the archive's error is added. Residuals are always those of runs
that the fit had not seen. Where residuals are far from normal the Gaussian form is wrong, and the
emulator says so (`normality`).
"""

from dataclasses import dataclass, fields

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPRegressor

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats

_CLIP = 6.0  # whitened residuals beyond this count no more: one hopeless statistic must not decide all
_SPREAD = 1.5  # the log variance may leave its mean by this much at most
_RIDGE = np.logspace(-2, 4, 13)
_HIDDEN = 64  # units of a network
_ENOUGH = 40  # runs with every statistic defined


class TooFewError(ValueError):
    """Too few runs, or too small a region, for an emulated likelihood."""


@dataclass(frozen=True)
class Emulator:
    """Mean, spread and correlation of a kind's statistics as functions of the cube; arrays only.

    J statistics, D features, K folds. `ridge` (D+1, J) on `Basis.full`; `net_*` K networks with one
    hidden layer on `Basis.plain`, shrunk by `net_share` (J,); `log_var` (d+1, J) on `Basis.plain`;
    `whiten` (J, J) lower Cholesky factor of the correlation of residual and archive error together;
    `defined` coefficients of a logistic regression on `Basis.plain` for "every statistic is defined".
    """

    basis: Basis
    ridge: Floats
    net_in: Floats
    net_in_bias: Floats
    net_out: Floats
    net_out_bias: Floats
    net_share: Floats
    log_var: Floats
    whiten: Floats
    sd: Floats
    defined: Floats
    normality: Floats
    runs: np.ndarray

    def moments(self, u: Floats) -> tuple[Floats, Floats]:
        """Mean over seeds and standard deviation over seeds, (n, J) each, without archive error."""
        mean = self.ridge[0] + self.basis.full(u) @ self.ridge[1:]
        plain = self.basis.plain(u)
        for k in range(len(self.net_in)):
            hidden = np.maximum(plain @ self.net_in[k] + self.net_in_bias[k], 0)
            net = hidden @ self.net_out[k] + self.net_out_bias[k]
            mean += self.net_share * net / len(self.net_in)
        centre = self.log_var[0]
        log_var = np.clip(plain @ self.log_var[1:], -_SPREAD, _SPREAD) + centre
        return mean, np.exp(log_var / 2)

    def log_defined(self, u: Floats) -> Floats:
        """(n,) Log probability that a run at u defines every statistic."""
        score = self.defined[0] + self.basis.plain(u) @ self.defined[1:]
        return np.asarray(-np.logaddexp(0, -score))

    def log_likelihood(self, u: Floats, x: Floats) -> Floats:
        """(n,) Log density of the observed statistics x (J,) at the points u."""
        mean, spread = self.moments(u)
        return likelihood(mean, spread, self.sd, self.whiten, x) + self.log_defined(u)

    def draw(self, u: Floats, rng: np.random.Generator) -> Floats:
        """(n, J) Statistics drawn at the points u, archive error included."""
        mean, spread = self.moments(u)
        noise = rng.standard_normal(mean.shape) @ self.whiten.T
        return np.asarray(mean + np.sqrt(spread**2 + self.sd**2) * noise)

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
    white = np.clip(white, -_CLIP, _CLIP)
    constant = np.log(np.diag(whiten)).sum() + 0.5 * len(sd) * np.log(2 * np.pi)
    return np.asarray(-0.5 * np.square(white).sum(axis=0) - np.log(total).sum(axis=1) - constant)


def fit(
    basis: Basis, u: Floats, x: Floats, sd: Floats, seed: int, network: bool,
    runs: np.ndarray | None = None,
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

    Raises:
        TooFewError: fewer runs than `_ENOUGH` define every statistic.
    """
    runs = np.arange(len(x)) if runs is None else runs
    complete = np.asarray(np.isfinite(x).all(axis=1))
    defined = _fit_defined(basis, u, complete)
    u, x, runs = u[complete], x[complete], runs[complete]
    if len(np.unique(runs)) < _ENOUGH:
        raise TooFewError(f"only {len(x)} runs define every statistic; {_ENOUGH} are needed")
    ranks = np.unique(runs, return_inverse=True)[1]
    folds = stream(seed, "folds").permutation(int(ranks.max()) + 1)[ranks] % (3 if network else 5)
    ridge, residual = _fit_ridge(basis.full(u), x, folds)
    nets, share, residual = (
        _fit_network(basis.plain(u), residual, folds, seed)
        if network
        else (_no_network(basis.plain(u).shape[1], x.shape[1]), np.zeros(x.shape[1]), residual)
    )
    log_var = _fit_variance(basis.plain(u), residual)
    spread = np.exp((np.clip(basis.plain(u) @ log_var[1:], -_SPREAD, _SPREAD) + log_var[0]) / 2)
    total = np.sqrt(spread**2 + sd**2)
    noise = stream(seed, "noise").standard_normal(x.shape) * sd
    own = ledoit_wolf(residual / spread)[0]
    scale = np.sqrt(np.diag(own))
    own = own / scale[:, None] / scale
    part = (spread / total).mean(axis=0)
    correlation = own * part[:, None] * part
    np.fill_diagonal(correlation, 1.0)
    normality = _distance_from_normal((residual + noise) / total)
    whiten = np.linalg.cholesky(correlation)
    return Emulator(
        basis, ridge, *nets, share, log_var, whiten, sd, defined, normality, np.array([len(x)])
    )


def _fit_ridge(features: Floats, x: Floats, folds: np.ndarray) -> tuple[Floats, Floats]:
    """Ridge coefficients (D+1, J), averaged over folds, and the residuals of runs left out.

    The penalty is chosen per statistic by generalised cross-validation.
    """
    penalty = _penalty(features, x)
    total = np.zeros((features.shape[1] + 1, x.shape[1]))
    residual = np.empty_like(x)
    count = int(folds.max()) + 1
    for k in range(count):
        train = folds != k
        coefficients = _ridge(features[train], x[train], penalty)
        residual[~train] = x[~train] - coefficients[0] - features[~train] @ coefficients[1:]
        total += coefficients / count
    return total, residual


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
            hidden_layer_sizes=(_HIDDEN,), alpha=1e-2, learning_rate_init=3e-3, batch_size=128, early_stopping=True,
            n_iter_no_change=8, max_iter=120, random_state=whole(seed, "network", k),
        )  # fmt: skip
        net.fit(plain[train], residual[train] / scale)
        predicted[~train] = np.reshape(net.predict(plain[~train]), (-1, residual.shape[1])) * scale
        (w1, w2), (b1, b2) = net.coefs_, net.intercepts_
        weights.append((w1, b1, w2 * scale, b2 * scale))
    overlap = (predicted * residual).sum(axis=0) / (np.square(predicted).sum(axis=0) + 1e-12)
    share = np.clip(overlap, 0, 1)
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


def _fit_defined(basis: Basis, u: Floats, defined: np.ndarray) -> Floats:
    """(d+1,) Logistic regression of "every statistic is defined" on the features."""
    plain = basis.plain(u)
    result = np.zeros(plain.shape[1] + 1)
    some = min(int(defined.sum()), int((~defined).sum()))
    if some < 10:
        result[0] = logit((defined.sum() + 0.5) / (len(defined) + 1.0))
        return result
    model = LogisticRegression(C=0.05, max_iter=300).fit(plain, defined)
    result[0], result[1:] = model.intercept_[0], model.coef_[0]
    # the mean over runs must be the share of runs: shrinkage alone would move it
    fitted = float(expit(plain @ result[1:] + result[0]).mean())
    result[0] += logit(defined.mean()) - logit(np.clip(fitted, 0.001, 0.999))
    return result


def _distance_from_normal(standardised: Floats) -> Floats:
    """(J,) Greatest distance of each column's distribution from the standard normal's."""
    ordered = norm.cdf(np.sort(standardised, axis=0))
    n = len(ordered)
    above = np.abs(np.arange(1, n + 1)[:, None] / n - ordered).max(axis=0)
    below = np.abs(np.arange(n)[:, None] / n - ordered).max(axis=0)
    return np.asarray(np.maximum(above, below))
