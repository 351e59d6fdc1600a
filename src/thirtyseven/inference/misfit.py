"""None of these: is a table of statistics unlike everything that the models do?

A question is looked at against the runs of all kinds that come near the record, each run blurred by the archive's own
error, so that nothing has to be tuned. *Given*: how probable are the question's statistics among those runs of which one
would foretell the same from everything else that is known? (Small networks foretell the question's statistics from all
others.) It sees figures that no model reaches and figures that do not go together: a decree after which the killing went
on, sentences for which nobody was arrested. This look decides. *Alone*: how probable are the question's statistics by
themselves among all these runs? It stands beside the first, for a reader who distrusts networks. Known truths of the set
are looked at alike, and the record is ranked among them: a fair test however crude the look is.

Until the second weighing this was the distance from the emulated points of the kind that fits best; it was blind to
strangers in the national lines, the raises and the stop (docs/trust.md).
"""

import warnings

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import logsumexp
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from thirtyseven.inference.fits import Arrays
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats
from thirtyseven.summaries.archive import reflected

LOOKS = ("alone", "given")
"""The two looks; the last decides."""
_ALIKE = 8  # a table is held against this part of the runs, those foretold most alike
_CLIP = 6.0  # what the networks read and foretell is clipped at so many spreads
_NETWORKS = 3
_HIDDEN = 64


def strangeness(pool: Floats, tables: Floats, sd: Floats, ends: Floats, groups: np.ndarray, seed: int) -> Arrays:
    """How strange every table is, by question and look; a `Fit`.

    Args:
        pool: (n, J) statistics of runs of the set, without archive error, all defined.
        tables: (T, J) statistics with archive error; what is undefined gets no say.
        sd: (J,) archive error.
        ends: (2, J) least and greatest possible values.
        groups: (G, J) which statistics a question has (rows of booleans).
        seed: of the noise and the networks.

    Returns:
        `alone` and `given`, (T, G) each: minus the log density, to a constant, of the question's statistics; 0 for a
        question without any. `given` is the mean over networks, each with noise of its own.
    """
    result = {look: np.zeros((len(tables), len(groups))) for look in LOOKS}
    asked = [(g, np.asarray(own, dtype=bool)) for g, own in enumerate(groups) if own.any()]
    far = {g: _far(pool[:, own] / sd[own], tables[:, own] / sd[own]) for g, own in asked}
    for g, _ in asked:
        result["alone"][:, g] = _surprise(far[g])
    for k in range(_NETWORKS):
        noise = sd * stream(seed, "strange", "noise", k).standard_normal(pool.shape)
        scale = _Scale(reflected(pool + noise, *ends), sd)
        for g, own in asked:
            if not own.all():
                alike = _alike(scale, tables, own, whole(seed, "strange", g, k))
                result["given"][:, g] += _surprise(np.take_along_axis(far[g], alike, axis=1)) / _NETWORKS
    return result


def _far(pool: Floats, tables: Floats) -> Floats:
    """(T, n) Squared distance of every table from every run in archive errors; what is undefined gets no say."""
    known = np.isfinite(tables)
    filled = np.where(known, tables, 0.0)
    square = known @ (pool**2).T - 2 * filled @ pool.T + (filled**2).sum(axis=1, keepdims=True)
    return np.asarray(np.maximum(square, 0.0))


def _surprise(far: Floats) -> Floats:
    """(T,) Minus log of each table's mean density under its runs with the archive's normal error."""
    return np.asarray(np.log(far.shape[1]) - logsumexp(-0.5 * far, axis=1))


class _Scale:
    """Standardised tables of the pool, with the archive's noise."""

    def __init__(self, noisy: Floats, sd: Floats) -> None:
        low, self.middle, high = np.quantile(noisy, [0.16, 0.5, 0.84], axis=0)
        self.spread = np.sqrt((high - low) ** 2 / 4 + sd**2)
        self.pool = self.standard(noisy)

    def standard(self, tables: Floats) -> Floats:
        """(n, J) In units of the pool's spread, clipped; 0, the middle, where undefined."""
        return np.nan_to_num(np.clip((tables - self.middle) / self.spread, -_CLIP, _CLIP))


def _alike(scale: _Scale, tables: Floats, own: np.ndarray, state: int) -> np.ndarray:
    """(T, K) Runs of the pool for which one would foretell the same from the other statistics as for each table."""
    given, asked = scale.pool[:, ~own], scale.pool[:, own]
    net = MLPRegressor(
        hidden_layer_sizes=(_HIDDEN,), alpha=1e-2, learning_rate_init=3e-3, early_stopping=True, n_iter_no_change=5,
        max_iter=40, batch_size=min(200, len(given) // 2), random_state=state,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(given, asked.ravel() if asked.shape[1] == 1 else asked)
    foretold = np.reshape(net.predict(given), asked.shape)
    error = np.abs(foretold - asked).mean(axis=0) + 0.05  # what is foretold badly must not decide who is alike
    wanted = np.reshape(net.predict(scale.standard(tables)[:, ~own]), (len(tables), -1))
    return np.asarray(cKDTree(foretold / error).query(wanted / error, k=np.arange(1, len(given) // _ALIKE + 2))[1])


def tail(values: Floats, truths: Floats) -> Floats:
    """Share of known truths that are as strange, (T, G) against (N, G), the table itself counted; never 0."""
    greater = (truths[None] >= values[:, None] - 1e-12).sum(axis=1)
    return np.asarray((greater + 1) / (len(truths) + 1))
