"""Toy simulators for the tests of the weighing: their truths are known."""

import numpy as np
from scipy.special import gammaln, ndtri

from thirtyseven.inference import QUESTIONS, StatisticInfo
from thirtyseven.inference.seeds import digest

SLUGS = ("plan", "suspicion", "threat", "inheritance", "opposition", "reactions", "agencies", "below")


class Composite:
    """Eight signatures for each of five questions, mixed by weights, blurred by a few core parameters.

    A question has six statistics. A mechanism's signature is its own direction among them; its one
    law parameter stretches it. Weights of elite, mass and national are shares of what is on; those of
    where and stop add up. `close` pulls the signatures of suspicion and threat together.
    """

    prior_inclusion = 0.3
    per_question = 6
    core = 4

    def __init__(self, close=0.0, noise=0.15, sd=0.15, outside=True, recalled=(), gaps=()):
        rng = np.random.default_rng(42)
        shape = (len(QUESTIONS), len(SLUGS), self.per_question)
        self.signature = 1.5 * rng.standard_normal(shape)
        self.signature[:, 2] = (1 - close) * self.signature[:, 2] + close * self.signature[:, 1]
        self.blur = 0.3 * rng.standard_normal((self.core, len(QUESTIONS) * self.per_question))
        self.foreign = 1.5 * rng.standard_normal(shape[0::2])
        self.noise = noise
        self.statistics = tuple(
            StatisticInfo(
                f"{q}-{j}", q, "toy", sd, 1.0 if f"{q}-{j}" in recalled else 0.0, q == "mass" and j < 3
            )
            for q in QUESTIONS
            for j in range(self.per_question)
        )
        variants = [f"{s}/{v}" for s in SLUGS for v in ("strict", "charitable")]
        self.kinds = (*variants, "composite", "composite-without-plan")
        self.kinds += ("outside/foreign",) if outside else ()
        self.gaps = gaps
        self.digest = digest("toy", close, noise, sd, outside, list(recalled), list(gaps))
        self.digests = {"code": "c" * 32, "record": "r" * 32, "statistics": "s" * 32}
        self.made = 0

    def names(self, kind):
        core = tuple(f"core-{i}" for i in range(self.core))
        if kind.startswith("composite"):
            weights = tuple(f"weight-{q}-{s}" for q in QUESTIONS for s in SLUGS)
            return core + tuple(f"law-{s}" for s in SLUGS) + weights
        return core if kind.startswith("outside") else (*core, "law", "amount")

    def included(self, kind, u):
        on = (u[:, -40:] < self.prior_inclusion).reshape(-1, len(QUESTIONS), len(SLUGS))
        return on & (np.array([s != "plan" for s in SLUGS]) | (kind == "composite"))

    def weights(self, kind, u):
        """(n, questions, slugs) Effective weights and (n, slugs) stretch of the signatures."""
        n = len(u)
        if kind.startswith("composite"):
            raw = u[:, -40:].reshape(-1, len(QUESTIONS), len(SLUGS)) / self.prior_inclusion
            raw = raw * self.included(kind, u)
            shares = raw / np.maximum(raw.sum(axis=2, keepdims=True), 1e-9)
            shares[:, 3:] = raw[:, 3:]
            return shares, u[:, self.core : self.core + 8]
        slug, _, variant = kind.partition("/")
        one = np.zeros((n, len(QUESTIONS), len(SLUGS)))
        stretch = np.full((n, len(SLUGS)), 0.5)
        if slug in SLUGS:
            k = SLUGS.index(slug)
            one[:, :, k] = 1.0
            one[:, 3:, k] = u[:, [self.core + 1]]
            stretch[:, k] = u[:, self.core] * (1.0 if variant == "charitable" else 0.3)
        return one, stretch

    def run(self, kind, u, seeds):
        self.made += len(u)
        weights, stretch = self.weights(kind, u)
        mean = np.einsum("nqk,qkj->nqj", weights * (0.5 + stretch[:, None]), self.signature)
        if kind.startswith("outside"):
            mean = mean + self.foreign
        mean = mean.reshape(len(u), -1) + ndtri(u[:, : self.core]) @ self.blur
        for i, seed in enumerate(seeds):
            mean[i] += self.noise * np.random.default_rng(int(seed)).standard_normal(mean.shape[1])
        for j, floor in self.gaps:
            mean[mean[:, j] < floor, j] = np.nan
        return mean

    def past(self, on, seed=5):
        """A table with archive noise whose switches are known: {question: slugs}, all half strength."""
        u = np.random.default_rng(seed).random((1, len(self.names("composite"))))
        wanted = np.array([[s in on.get(q, ()) for s in SLUGS] for q in QUESTIONS]).ravel()
        u[0, -40:] = np.where(wanted, 0.6 * self.prior_inclusion, 0.9)
        x = self.run("composite", u, np.array([seed], dtype=np.uint64))[0]
        sd = np.array([s.sd for s in self.statistics])
        return x + sd * np.random.default_rng(seed + 1).standard_normal(len(x))


class Rivals:
    """Five close rivals with 12 annual and 60 regional negative-binomial counts; the likelihood is known.

    Each has six parameters. `statistics_of` reduces the 72 counts to 20.
    """

    kinds = ("plan", "initiative", "threat", "cascade", "both")
    p = 6

    def __init__(self):
        rng = np.random.default_rng(7)
        self.covariates = rng.standard_normal((3, 60))  # frontier, unrest, towns
        self.t = np.arange(12.0)

    def means(self, kind, u):
        """(n, 12), (n, 60) expected counts and (n,) dispersion."""
        z = ndtri(np.clip(u, 1e-9, 1 - 1e-9))
        size = np.exp(6.5 + 0.4 * z[:, 0])[:, None]
        slope = 0.4 * z[:, 1:2]
        steep = np.exp(0.3 * z[:, 2:3])
        middle = 6 + z[:, 3:4]
        share = u[:, 4:5]
        dispersion = np.exp(1.2 + 0.4 * z[:, 5])
        bump = np.exp(-0.5 * ((self.t - middle) / (1.2 * steep)) ** 2)
        rise = 1 / (1 + np.exp(-steep * (self.t - middle)))
        crash = rise * np.exp(-0.35 * steep * np.maximum(self.t - middle - 1, 0))
        frontier, unrest, towns = self.covariates
        shapes = {
            "plan": (bump, 0.3 * slope * towns),
            "initiative": (rise, (0.1 + slope) * towns),
            "threat": (crash, (0.2 + 0.5 * slope) * frontier),
            "cascade": (crash * rise, (0.2 + 0.5 * slope) * unrest),
            "both": (share * bump + (1 - share) * rise, (0.05 + slope) * towns),
        }
        year, tilt = shapes[kind]
        annual = size * year / year.sum(axis=1, keepdims=True)
        regional = size * np.exp(tilt) / np.exp(tilt).sum(axis=1, keepdims=True)
        return annual, regional, dispersion

    def counts(self, kind, u, rng):
        annual, regional, dispersion = self.means(kind, u)
        mean = np.hstack([annual, regional])
        k = dispersion[:, None]
        return rng.negative_binomial(k, k / (k + mean + 1e-9))

    def log_likelihood(self, kind, u, counts):
        """(n,) Exact, up to a constant that all rivals share."""
        annual, regional, dispersion = self.means(kind, u)
        mean, k = np.hstack([annual, regional]) + 1e-9, dispersion[:, None]
        own = gammaln(counts + k) - gammaln(k) + k * np.log(k / (k + mean)) + counts * np.log(mean / (k + mean))
        return own.sum(axis=1)

    def statistics_of(self, counts):
        """(n, 20): the years' logarithms, and the regions' level, spread and slopes."""
        annual = np.log(counts[:, :12] + 0.5)
        regional = np.log(counts[:, 12:] + 0.5)
        centred = regional - regional.mean(axis=1, keepdims=True)
        design = self.covariates - self.covariates.mean(axis=1, keepdims=True)
        slopes = centred @ np.linalg.pinv(design)
        left = centred - slopes @ design
        ordered = np.sort(regional, axis=1)
        more = [regional.mean(axis=1), np.log(left.std(axis=1)), ordered[:, 0], ordered[:, -1]]
        third = np.abs(left).mean(axis=1) / left.std(axis=1)
        return np.column_stack([annual, slopes, *more, third])


def rivals_against_exact(runs, sets, folder, workers=1, particles=400):
    """Total variation distance from the exact model probabilities: emulated, networks, their mean."""
    from scipy.special import softmax

    from thirtyseven.inference.basis import Basis
    from thirtyseven.inference.classify import Question, gather, members_of
    from thirtyseven.inference.emulate import fit
    from thirtyseven.inference.fits import Fits
    from thirtyseven.inference.smc import sample

    toy, rng = Rivals(), np.random.default_rng(3)
    basis = Basis(np.array([toy.p]), *([np.empty(0, dtype=int)] * 2), np.array([5]), np.array([0.3]))
    u = rng.random((len(toy.kinds), runs, toy.p))
    x = np.stack([toy.statistics_of(toy.counts(k, a, rng)) for k, a in zip(toy.kinds, u)])
    sd = np.full(x.shape[2], 1e-3)
    emulators = [fit(basis, a, b, sd, 1, runs >= 2000) for a, b in zip(u, x)]
    question = Question(np.concatenate(x), sd, np.repeat(np.arange(len(toy.kinds)), runs))
    fits = Fits(folder, workers, None)
    networks = gather("rivals", question, fits.make("", members_of("rivals", question, 5, 0, 80, 1)), 5, 1)
    truth = rng.integers(len(toy.kinds), size=sets)
    past = np.concatenate([toy.counts(toy.kinds[k], rng.random((1, toy.p)), rng) for k in truth])
    exact, emulated = np.empty((sets, 5)), np.empty((sets, 5))
    for i, counts in enumerate(past):
        table = toy.statistics_of(counts[None])[0]
        for k, kind in enumerate(toy.kinds):
            start = rng.random((particles, toy.p))
            exact[i, k] = sample(lambda v: toy.log_likelihood(kind, v, counts), start, rng).log_evidence  # noqa: B023
            emulated[i, k] = sample(
                lambda v: emulators[k].log_likelihood(basis.full(v), table), start, rng  # noqa: B023
            ).log_evidence
    exact, emulated = softmax(exact, axis=1), softmax(emulated, axis=1)
    named = networks.mean(toy.statistics_of(past))
    distance = {
        name: float(np.abs(p - exact).sum(axis=1).mean() / 2)
        for name, p in (("emulated", emulated), ("networks", named), ("mean", (emulated + named) / 2))
    }
    scores = np.log(exact[np.arange(sets), truth])
    return distance | {"exact_accuracy": float((exact.argmax(axis=1) == truth).mean()), "exact_score": scores.mean()}
