"""None of these: is a table of statistics unlike everything that the models do?

A question is looked at twice, both times against the runs of all kinds that come near the record, each run blurred by
the archive's own error, so that nothing has to be tuned. *Alone*: how probable are the question's statistics among these
runs? *Given*: how probable are they among those runs of which one would foretell the same from everything else that is
known (a small network foretells the question's statistics from all others)? The first sees figures that no model
reaches, the second figures that do not go together: a decree after which the killing went on, sentences that nobody was
arrested for. A table is as strange as the stranger of its two looks. Known truths of the set are looked at alike, and the
record is ranked among them: a fair test however crude the looks are.

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
"""The two looks."""
_ALIKE = 300  # runs foretold most alike, against which a table is held
_CLIP = 10.0  # a statistic further off than so many archive errors counts no more
_FAR = 6.0  # inputs of the network are clipped at so many spreads
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
        question without any.
    """
    result = {look: np.zeros((len(tables), len(groups))) for look in LOOKS}
    noise = sd * stream(seed, "strange", "noise").standard_normal(pool.shape)
    scale = _Scale(reflected(pool + noise, *ends), sd)
    for g, own in enumerate(np.asarray(groups, dtype=bool)):
        if not own.any():
            continue
        every = np.broadcast_to(np.arange(len(pool)), (len(tables), len(pool)))
        result["alone"][:, g] = _surprise(pool[:, own], every, tables[:, own], sd[own])
        if not own.all():
            alike = _alike(scale, tables, own, whole(seed, "strange", g))
            result["given"][:, g] = _surprise(pool[:, own], alike, tables[:, own], sd[own])
    return result


class _Scale:
    """Standardised tables of the pool, with the archive's noise."""

    def __init__(self, noisy: Floats, sd: Floats) -> None:
        low, self.middle, high = np.quantile(noisy, [0.16, 0.5, 0.84], axis=0)
        self.spread = np.sqrt((high - low) ** 2 / 4 + sd**2)
        self.pool = self.standard(noisy)

    def standard(self, tables: Floats) -> Floats:
        """(n, J) In units of the pool's spread, clipped; 0, the middle, where undefined."""
        return np.nan_to_num(np.clip((tables - self.middle) / self.spread, -_FAR, _FAR))


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
    return np.asarray(cKDTree(foretold / error).query(wanted / error, k=np.arange(1, min(_ALIKE, len(given)) + 1))[1])


def _surprise(pool: Floats, alike: np.ndarray, tables: Floats, sd: Floats) -> Floats:
    """(T,) Minus log of the mean density of each table under its runs of the pool with the archive's normal error."""
    found = np.empty(len(tables))
    for i, table in enumerate(tables):
        z = np.nan_to_num((pool[alike[i]] - table) / sd)
        found[i] = np.log(len(z)) - logsumexp(-0.5 * np.minimum(z * z, _CLIP**2).sum(axis=1))
    return found


def tail(tables: Arrays, truths: Arrays) -> Floats:
    """Share of known truths that are as strange as each table, the table counted among them, (T, G); never 0.

    Each look is ranked among the truths and the table, the smaller of the two ranks is kept, and it is ranked again among
    theirs: so two looks raise no more false alarms than one.
    """
    n = len(truths[LOOKS[0]])
    own, known = [], []
    for look in LOOKS:
        above = truths[look][None] >= tables[look][:, None] - 1e-12  # (T, N, G) this truth is as strange as the table
        among = (truths[look][:, None] <= truths[look][None] + 1e-12).sum(axis=1)  # (N, G) itself included
        own.append(above.sum(axis=1) + 1)
        known.append(among[None] + (tables[look][:, None] >= truths[look][None] - 1e-12))
    least = np.minimum(*own)
    return np.asarray(((np.minimum(*known) <= least[:, None]).sum(axis=1) + 1) / (n + 1))
