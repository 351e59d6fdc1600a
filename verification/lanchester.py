"""Lanchester's laws of combat, after Rubio-Campillo 2016 (PLoS ONE 11(1): e0146491), on simulated battles.

Four laws of loss are asked which of them made a set of battles. The rule of the published program (github.com/xrubio/lanchester,
read, not copied) is followed in `fight` and `reject`: steps of a hundred men, a battle stops when one side has lost what it
lost in the data, distance is the sum of relative errors of all losses, the best runs are kept. So the data enter the
simulator by its stopping rule. `weighed` asks our two estimators instead, on statistics of battles that stop by themselves.

The logarithmic law and the law of fatigue take men from both sides in the same proportion, fatigue only more slowly: they
differ in the size of their last steps and in nothing that a history records. No fair method can tell them apart.
"""

import numpy as np
from scipy.special import softmax

from thirtyseven.inference.basis import Basis
from thirtyseven.inference.classify import Question, gather, members_of
from thirtyseven.inference.emulate import fit
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.smc import sample

LAWS = ("linear", "square", "logarithmic", "fatigue")
STEP = 100.0
_STEPS = 4000


def fight(law, ratio, men, until):
    """Losses (n, 2) of battles fought step by step until one side has lost as many as it may.

    Args:
        law: one of `LAWS`.
        ratio: (n,) power of the first side against the second.
        men: (n, 2) at the start.
        until: (n, 2) losses at which a side breaks off.
    """
    left, going = men.copy(), np.arange(len(men))
    for i in range(_STEPS):
        a, b = left[going, 0], left[going, 1]
        most = men[going].max(axis=1)
        first, second = {
            "linear": (a * b / men[going].prod(axis=1),) * 2,
            "square": (b / most, a / most),
            "logarithmic": (a / most, b / most),
            "fatigue": (a / most / np.log(np.e + i), b / most / np.log(np.e + i)),
        }[law]
        left[going, 0] = np.floor(np.maximum(a - STEP * first, 0))
        left[going, 1] = np.floor(np.maximum(b - STEP * ratio[going] * second, 0))
        going = going[((men - left)[going] < until[going]).all(axis=1) & (left[going] > 0).all(axis=1)]
        if not len(going):
            break
    return men - left


def battles(law, rng, n=100, mean=1.2, spread=0.5):
    """Men and losses, (n, 2) each, of battles that a side breaks off when it has lost 5 to 30 per cent."""
    men = np.floor(20_000 * np.exp(0.6 * rng.standard_normal((n, 2))))
    return men, fight(law, powers(rng, n, mean, spread), men, rng.uniform(0.05, 0.3, (n, 1)) * men)


def powers(rng, n, mean, spread):
    """(n,) Ratios of power, gamma with this mean and spread."""
    return rng.gamma((mean / spread) ** 2, spread**2 / mean, n)


def reject(men, lost, runs, rng, tolerances):
    """Probabilities of the laws, (len(tolerances), 4), by rejection as published, equal priors, runs of each law."""
    distance = np.empty((len(LAWS), runs))
    for k, law in enumerate(LAWS):
        for start in range(0, runs, 200):
            some = min(200, runs - start)
            ratio = np.concatenate([powers(rng, len(men), rng.uniform(0.05, 5), rng.uniform(0.05, 5)) for _ in range(some)])
            found = fight(law, np.clip(ratio, 1e-3, 50), np.tile(men, (some, 1)), np.tile(lost, (some, 1)))
            error = np.abs(found - np.tile(lost, (some, 1))) / np.tile(np.maximum(lost, 1), (some, 1))
            distance[k, start : start + some] = error.reshape(some, -1).sum(axis=1)
    order = np.argsort(distance.ravel()) // runs
    kept = [order[: max(round(t * len(order)), 1)] for t in tolerances]
    return np.array([np.bincount(best, minlength=len(LAWS)) / len(best) for best in kept])


def statistics(men, lost):
    """(8,) Of a set of battles: how losses go with numbers."""
    share = np.maximum(lost, 1) / men
    y, x = np.log(np.maximum(lost[:, 1], 1) / np.maximum(lost[:, 0], 1)), np.log(men[:, 1] / men[:, 0])
    design = np.column_stack([np.ones(len(x)), x, np.log(share.max(axis=1))])
    found, *_ = np.linalg.lstsq(design, y, rcond=None)
    left = y - design @ found
    tails, both = np.quantile(left, [0.1, 0.9]), np.corrcoef(x, y)[0, 1]
    return np.array([*found, np.log(left.std()), *tails, np.log(share.min(axis=1)).mean(), both])


def weighed(tables, rng, runs, folder, epochs=60, particles=300):
    """Probabilities (T, 4) of the laws by the mean of our two estimators, for tables of statistics (T, 8)."""
    u = rng.random((len(LAWS), runs, 2))
    x = np.array([[statistics(*battles(law, rng, mean=0.3 + 2.7 * a, spread=0.1 + 1.9 * b)) for a, b in points]
                  for law, points in zip(LAWS, u, strict=True)])  # fmt: skip
    sd, none = np.full(x.shape[2], 1e-3), np.empty(0, dtype=int)
    basis = Basis(np.array([2]), none, none, np.array([len(LAWS)]), np.array([0.3]))
    emulators = [fit(basis, a, b, sd, 1, False) for a, b in zip(u, x, strict=True)]
    question = Question(np.concatenate(x), sd, np.repeat(np.arange(len(LAWS)), runs))
    networks = gather("laws", question, Fits(folder, 1, None).make("", members_of("laws", question, 3, 0, epochs, 1)), 3, 1)
    logs = np.array([[
        sample(lambda v, e=e, t=t: e.log_likelihood(basis.full(v), t), rng.random((particles, 2)), rng).log_evidence
        for e in emulators] for t in tables])  # fmt: skip
    return (softmax(logs, axis=1) + networks.mean(np.asarray(tables))) / 2
