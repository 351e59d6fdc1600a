"""The reduced model in LASER: a LaserFrame of people, one component a step of the week, each with a numba kernel over all.

Kernels run in parallel over people as LASER's do; the comparison gives every program one thread.
"""

# ruff: noqa: NPY002  (LASER seeds and uses numba's own generator inside its kernels)
from __future__ import annotations

import sys
from pathlib import Path

import numba as nb
import numpy as np
from laser.core import LaserFrame, PropertySet
from laser.core.random import seed as set_seed

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reduced import harness
from reduced.model import DEGREE, Numbers, ties

AT_LIBERTY, UNDER_INVESTIGATION, THROUGH = 0, 1, 2


@nb.njit(parallel=True, nogil=True, cache=True)
def _name(state: np.ndarray, known: np.ndarray, named: np.ndarray, naming: np.float32) -> None:
    for i in nb.prange(state.size):
        if state[i] == UNDER_INVESTIGATION:
            for slot in range(DEGREE):
                if np.random.random() < naming:
                    named[known[slot, i]] = 1


@nb.njit(parallel=True, nogil=True, cache=True)
def _arrest(state: np.ndarray, named: np.ndarray, since: np.ndarray, tick: int, pressure: float) -> int:
    arrested = 0
    for i in nb.prange(state.size):
        if state[i] == AT_LIBERTY and (named[i] or np.random.random() < pressure):
            state[i] = UNDER_INVESTIGATION
            since[i] = tick
            arrested += 1
    return arrested


@nb.njit(parallel=True, nogil=True, cache=True)
def _recover(state: np.ndarray, since: np.ndarray, tick: int, recovery: float) -> None:
    for i in nb.prange(state.size):
        if state[i] == UNDER_INVESTIGATION and since[i] < tick and np.random.random() < recovery:
            state[i] = THROUGH


class Naming:
    """Everybody under investigation names along his ties."""

    def __init__(self, model: Reduced) -> None:
        model.people.add_vector_property("known", DEGREE, dtype=np.uint32)
        model.people.add_scalar_property("named", dtype=np.uint8)
        model.people.known[:] = ties(model.people.count, np.random.default_rng(model.params.seed))

    def step(self, model: Reduced, tick: int) -> None:
        """One week."""
        _name(model.people.state, model.people.known, model.people.named, model.params.naming)


class Arrest:
    """Whoever is at liberty and named, or reached by the pressure."""

    def __init__(self, model: Reduced) -> None:
        model.people.add_scalar_property("since", dtype=np.int16)

    def step(self, model: Reduced, tick: int) -> None:
        """One week."""
        people = model.people
        model.arrested.append(_arrest(people.state, people.named, people.since, tick, model.params.pressure))


class Recovery:
    """Investigations that began before this week may end."""

    def __init__(self, model: Reduced) -> None:
        return

    def step(self, model: Reduced, tick: int) -> None:
        """One week."""
        _recover(model.people.state, model.people.since, tick, model.params.recovery)


class Reduced:
    """Everybody, and the components in the order of the page."""

    def __init__(self, people: int, numbers: Numbers, seed: int) -> None:
        self.params = PropertySet({
            "naming": numbers.naming, "pressure": numbers.pressure, "recovery": numbers.recovery, "seed": seed,
        })  # fmt: skip
        set_seed(seed)
        self.people = LaserFrame(capacity=people, initial_count=people)
        self.people.add_scalar_property("state", dtype=np.uint8)
        self.arrested: list[int] = []
        self.components = [Naming(self), Arrest(self), Recovery(self)]
        self.tick = 0

    def week(self) -> int:
        """One week; returns the people arrested."""
        for component in self.components:
            component.step(self, self.tick)
        self.tick += 1
        return self.arrested[-1]


if __name__ == "__main__":
    harness.main(Reduced)
