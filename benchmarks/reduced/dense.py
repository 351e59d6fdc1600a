"""The reduced model week by week over everybody, in NumPy: written from `docs/reduced-model.md` alone, with NumPy's draws.

It shares no code with the engine. Ties are a table, states an array, and each week asks each person.
"""

from __future__ import annotations

import numpy as np

from reduced.model import DEGREE, Numbers, ties

AT_LIBERTY, UNDER_INVESTIGATION, THROUGH = 0, 1, 2


class Program:
    """Everybody as arrays.

    Args:
        people: how many.
        numbers: the three chances.
        seed: of NumPy's generator.
        start: people arrested in the week before the first.
    """

    def __init__(self, people: int, numbers: Numbers, seed: int, start: int = 0) -> None:
        self.numbers = numbers
        self.rng = np.random.default_rng(seed)
        self.ties = ties(people, self.rng).T.astype(np.int32).copy()
        self.state = np.zeros(people, np.int8)
        self.state[:start] = UNDER_INVESTIGATION

    def week(self) -> int:
        """One week in the order of the page: naming, arrest, recovery. Returns the people arrested."""
        held = np.flatnonzero(self.state == UNDER_INVESTIGATION)
        speaks = self.rng.random((held.size, DEGREE)) < self.numbers.naming
        reached = self.rng.random(self.state.size) < self.numbers.pressure
        reached[self.ties[held][speaks]] = True
        reached &= self.state == AT_LIBERTY
        self.state[reached] = UNDER_INVESTIGATION
        self.state[held[self.rng.random(held.size) < self.numbers.recovery]] = THROUGH
        return int(reached.sum())
