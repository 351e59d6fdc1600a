"""Designs: the families of scenarios that a weighing draws from, each a unit cube with a meaning.

A *kind* is either one explanation in one variant ("plan/strict") or a composite ("composite",
"composite-without-plan"). A run's scenario is a point u of the unit cube: every coordinate has a prior, and the prior
of u is uniform. So a bank of runs needs to store u alone, truncation keeps the prior's shape, and an emulator has one
scale for all parameters.

In a composite each question keeps its own weights. For elite, mass and national, coordinate u of a law below
`INCLUSION` means "switched on", and its position below it is the quantile of a Gamma(2) weight; weights are normalised
over the laws switched on. Where none is (three draws in a hundred), all laws weigh alike and none counts as included.
For *where* and *stop* the coefficients are not normalised: log-normal with median 1, which is the coefficient of an
explanation alone, and log-sd .5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import QUESTIONS, LogNormal, Prior, Variant
from thirtyseven.scenario.core import CORE

Floats = NDArray[np.float64]

INCLUSION = 0.35
"""Prior chance that a law is switched on for a question of a composite."""
WHERE = LogNormal(1.0, 0.5)
STOP = LogNormal(1.0, 0.5)
COMPOSITES = ("composite", "composite-without-plan")
SLUGS = tuple(item.slug for item in EXPLANATIONS)


@dataclass(frozen=True)
class Batch:
    """Scenarios of one kind, ready to run; B runs.

    Attributes:
        kind: name of the kind.
        variants: variant of each explanation, in the order of `EXPLANATIONS`.
        core: the core's numbers by name, (B,).
        laws: each law's numbers by slug and name, (B,).
        weights: (B, 5, 8) by question (elite, mass, national, where, stop) and explanation; the first three sum to 1.
        stop_week: week of the decree where it is given as a fact, -1 where the model must find it.
    """

    kind: str
    variants: tuple[Variant, ...]
    core: Mapping[str, Floats]
    laws: Mapping[str, Mapping[str, Floats]]
    weights: Floats
    stop_week: int = -1

    @property
    def runs(self) -> int:
        """Number of scenarios."""
        return int(self.weights.shape[0])


@dataclass(frozen=True)
class Design:
    """One kind of scenario as a unit cube.

    Attributes:
        kind: "slug/strict", "slug/charitable", "composite" or "composite-without-plan".

    Raises:
        ValueError: if there is no such kind.
    """

    kind: str

    def __post_init__(self) -> None:
        if self.kind not in kinds():
            raise ValueError(f"There is no kind of scenario '{self.kind}'; choose one of: {', '.join(kinds())}.")

    @property
    def composite(self) -> bool:
        """Whether several explanations act together."""
        return self.kind in COMPOSITES

    @property
    def variant(self) -> Variant:
        """The variant of every law of this kind; composites use the charitable ones."""
        return "strict" if self.kind.endswith("/strict") else "charitable"

    @property
    def acting(self) -> tuple[str, ...]:
        """Slugs of the explanations that may act."""
        if not self.composite:
            return (self.kind.split("/")[0],)
        return tuple(slug for slug in SLUGS if not (self.kind == "composite-without-plan" and slug == "plan"))

    @cached_property
    def coordinates(self) -> tuple[tuple[str, Prior | None], ...]:
        """Names of the cube's axes with their priors; None for the axes that hold weights."""
        axes: list[tuple[str, Prior | None]] = [(f"core.{item.name}", item.prior) for item in CORE]
        for law in EXPLANATIONS:
            if law.slug in self.acting:
                free = [p for p in law.parameters if self.variant == "charitable" or p.strict is None]
                axes += [(f"{law.slug}.{item.name}", item.prior) for item in free]
        if self.composite:
            for question in QUESTIONS:
                axes += [(f"{question}.{slug}", None) for slug in self.acting if _may_speak(question, slug)]
        return tuple(axes)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the cube's axes."""
        return tuple(name for name, _ in self.coordinates)

    def included(self, u: Floats) -> NDArray[np.bool_]:
        """Return (B, 5, 8): which explanation is switched on for which question at the points u, (B, P)."""
        u = np.atleast_2d(u)
        on = np.zeros((u.shape[0], len(QUESTIONS), len(SLUGS)), bool)
        if not self.composite:
            on[:, :, SLUGS.index(self.acting[0])] = True
            return on
        for i, (name, prior) in enumerate(self.coordinates):
            if prior is None:
                question, slug = name.split(".")
                on[:, QUESTIONS.index(question), SLUGS.index(slug)] = u[:, i] < INCLUSION
        return on

    def batch(self, u: Floats, stop_week: int = -1) -> Batch:
        """Return the scenarios at points of the cube.

        Args:
            u: (B, P) in (0, 1).
            stop_week: see `Batch`.

        Raises:
            ValueError: if u has the wrong shape or lies outside the cube.
        """
        u = np.atleast_2d(np.asarray(u, float))
        if u.shape[1] != len(self.coordinates) or not ((u > 0) & (u < 1)).all():
            raise ValueError(
                f"A point of '{self.kind}' needs {len(self.coordinates)} numbers strictly between 0 and 1."
            )
        values = {name: prior.ppf(u[:, i]) for i, (name, prior) in enumerate(self.coordinates) if prior is not None}
        runs = u.shape[0]
        laws: dict[str, dict[str, Floats]] = {}
        for law in EXPLANATIONS:
            laws[law.slug] = {}
            for item in law.parameters:
                held = item.strict if self.variant == "strict" else None
                default = np.full(runs, held if held is not None else float(item.prior.ppf(np.array(0.5))))
                laws[law.slug][item.name] = values.get(f"{law.slug}.{item.name}", default)
        core = {item.name: values[f"core.{item.name}"] for item in CORE}
        return Batch(self.kind, (self.variant,) * len(SLUGS), core, laws, self._weights(u), stop_week)

    def _weights(self, u: Floats) -> Floats:
        weights = np.zeros((u.shape[0], len(QUESTIONS), len(SLUGS)))
        if not self.composite:
            weights[:, :, SLUGS.index(self.acting[0])] = 1.0
            return weights
        column = {name: i for i, name in enumerate(self.names)}
        for q, question in enumerate(QUESTIONS):
            speaking = [slug for slug in self.acting if _may_speak(question, slug)]
            part = u[:, [column[f"{question}.{slug}"] for slug in speaking]]
            where = [SLUGS.index(slug) for slug in speaking]
            if question == "where":
                weights[:, q, where] = _switched(part, WHERE)
            elif question == "stop":
                weights[:, q, where] = _switched(part, STOP)
            else:
                weights[:, q, where] = _shares(part)
        return weights


def kinds() -> tuple[str, ...]:
    """Names of all kinds: every explanation strict and charitable, then the composites."""
    return tuple(f"{slug}/{variant}" for slug in SLUGS for variant in ("strict", "charitable")) + COMPOSITES


def _may_speak(question: str, slug: str) -> bool:
    """Only explanations that say something about the end have a coefficient for the stop."""
    return question != "stop" or next(item for item in EXPLANATIONS if item.slug == slug).speaks_to_stop


def _switched(u: Floats, prior: LogNormal) -> Floats:
    on = u < INCLUSION
    return np.where(on, prior.ppf(np.where(on, u / INCLUSION, 0.5)), 0.0)


def _shares(u: Floats) -> Floats:
    """Normalised Gamma(2) weights of the laws that are switched on; equal weights where none is."""
    on = u < INCLUSION
    none = ~on.any(axis=1, keepdims=True)
    raw = np.where(on, special.gammaincinv(2.0, np.where(on, u / INCLUSION, 0.5)), 0.0) + none
    raw = np.ascontiguousarray(raw)  # so that a row is summed in the same order alone and in a batch
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))
