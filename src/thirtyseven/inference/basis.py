"""Coordinates of the unit cube as features: polynomials for the parameters, switches for the weights.

A composite's weight coordinate u means "off" at u >= p and otherwise a strength; a polynomial in u
cannot follow that step, so these coordinates are found by asking the simulator and get features of
their own: the switch, the strength, and the strength's share among those that are on. What the
coordinate says beyond that has no effect and is left out.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import (
    QUESTIONS,
    Floats,
    Simulator,
    WeighError,
    composite_kinds,
    slugs_of,
)

_PAIRS_UP_TO = 24  # parameters; beyond it the pairs outnumber the runs


@dataclass(frozen=True)
class Basis:
    """Features of the cube of one kind.

    Attributes:
        dimensions: (1,) number of coordinates.
        weights: (W,) coordinates that are composite weights.
        heads: (W,) question x slug that each of them switches (question * slugs + slug).
        slugs: (1,) number of slugs.
        inclusion: (1,) prior probability of a switch.
    """

    dimensions: np.ndarray
    weights: np.ndarray
    heads: np.ndarray
    slugs: np.ndarray
    inclusion: np.ndarray

    def full(self, u: Floats) -> Floats:
        """(n, D) Every feature: `plain`, then degrees 2 and 3 and the normal score of each parameter,
        then all products of two parameters where there are few enough. Polynomials are orthonormal.
        """
        own = u if not len(self.weights) else u[:, self.parameters]
        first = np.sqrt(3) * (2 * own - 1)
        second = np.sqrt(5) * (6 * own * own - 6 * own + 1)
        third = np.sqrt(7) * (own * (12 + own * (20 * own - 30)) - 1)
        score = np.clip(ndtri(np.clip(own, 1e-9, 1 - 1e-9)), -3.5, 3.5)
        parts = [first, *self.switches(u), second, third, score]
        if own.shape[1] <= _PAIRS_UP_TO and not len(self.weights):
            i, j = np.triu_indices(own.shape[1], 1)
            parts.append(first[:, i] * first[:, j])
        return np.concatenate(parts, axis=1)

    def plain(self, full: Floats) -> Floats:
        """(n, d) The part of `full` that networks and variances use: first degree and switches."""
        return full[:, : int(self.dimensions[0]) + 2 * len(self.weights)]

    @property
    def parameters(self) -> np.ndarray:
        """(P - W,) The coordinates that are not weights."""
        return np.setdiff1d(np.arange(int(self.dimensions[0])), self.weights)

    def on(self, u: Floats) -> np.ndarray:
        """(n, W) Which of the weights are switched on."""
        return u[:, self.weights] < self.inclusion[0]

    def switches(self, u: Floats) -> tuple[Floats, ...]:
        """(n, W) each: switch, strength, and share of the strength within its question."""
        if not len(self.weights):
            return ()
        on = self.on(u)
        strength = on * (u[:, self.weights] / self.inclusion[0])
        question = self.heads // self.slugs[0]
        same = (question[:, None] == question[None, :]).astype(float)
        share = strength / np.maximum(strength @ same, 1e-9)
        return on.astype(float), strength, share


def basis_of(simulator: Simulator, kind: str) -> Basis:
    """The basis of a kind; the weights of a composite are found by moving one coordinate at a time.

    Raises:
        WeighError: a switch of a composite does not follow its coordinate as agreed.
    """
    p, slugs = len(simulator.names(kind)), len(slugs_of(simulator))
    weights = heads = np.empty(0, dtype=np.int64)
    share = simulator.prior_inclusion
    if kind in composite_kinds(simulator):
        u = np.full((p, p), 1 - 1e-9)
        np.fill_diagonal(u, 1e-9)
        moved = np.asarray(simulator.included(kind, u)).reshape(p, -1)
        if moved.shape[1] != len(QUESTIONS) * slugs:
            raise WeighError(
                f"{kind} has {moved.shape[1] // len(QUESTIONS)} mechanisms but {slugs} explanations are "
                "among the kinds; give every mechanism its single explanation."
            )
        still = np.asarray(simulator.included(kind, np.full((1, p), 1 - 1e-9))).reshape(1, -1)
        weights, heads = np.nonzero(moved & ~still)
        u = stream(0, "weights", kind).random((256, p))
        expected = np.zeros((256, len(QUESTIONS) * slugs), dtype=bool)
        expected[:, heads] = u[:, weights] < share
        wrong = np.asarray(simulator.included(kind, u)).reshape(256, -1) != expected
        if wrong.mean() > 0.01:
            raise WeighError(
                f"In {kind} a mechanism is not switched by one coordinate below {share:g}; "
                "the emulator cannot follow it."
            )
    return Basis(np.array([p]), weights, heads, np.array([slugs]), np.array([share]))
