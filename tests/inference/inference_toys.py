"""Toy simulators for the tests of the weighing: their truths are known."""

import numpy as np
from scipy.special import ndtri

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
