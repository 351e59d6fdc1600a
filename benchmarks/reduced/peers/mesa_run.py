"""The reduced model in Mesa: everybody an object with a list of acquaintances, activated by the model's agent set.

Plain references between agents are used in place of a network space: the space lays a cell and a graph under every agent
and would make Mesa several times slower and larger. Only those under investigation are asked to speak.
"""

from __future__ import annotations

import sys
from pathlib import Path

import mesa
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reduced import harness
from reduced.model import DEGREE, Numbers, ties

AT_LIBERTY, UNDER_INVESTIGATION, THROUGH = 0, 1, 2


class Person(mesa.Agent):
    """Somebody, whom eight others know."""

    def __init__(self, model: Reduced) -> None:
        super().__init__(model)
        self.state = AT_LIBERTY
        self.named = False
        self.acquaintances: list[Person] = []

    def speak(self) -> None:
        """Under investigation: name each acquaintance with the week's chance."""
        naming, random = self.model.numbers.naming, self.random.random
        for other in self.acquaintances:
            if random() < naming:
                other.named = True

    def face(self) -> None:
        """Be arrested, if at liberty and named or reached by the pressure."""
        if self.state == AT_LIBERTY and (self.named or self.random.random() < self.model.numbers.pressure):
            self.state = UNDER_INVESTIGATION
            self.model.taken.append(self)

    def rest(self) -> None:
        """The investigation ends with the week's chance."""
        if self.random.random() < self.model.numbers.recovery:
            self.state = THROUGH


class Reduced(mesa.Model):
    """Everybody."""

    def __init__(self, people: int, numbers: Numbers, seed: int) -> None:
        super().__init__(seed=seed)
        self.numbers = numbers
        self.taken: list[Person] = []
        self.held: list[Person] = []
        everybody = list(Person.create_agents(self, people))
        for slot in ties(people, np.random.default_rng(seed)).reshape(DEGREE, people):
            for person, other in zip(everybody, slot.tolist(), strict=True):
                person.acquaintances.append(everybody[other])

    def step(self) -> None:
        """One week: naming, arrest, recovery."""
        self.taken = []
        for person in self.held:
            person.speak()
        self.agents.do("face")
        for person in self.held:
            person.rest()
        self.held = [person for person in self.held if person.state == UNDER_INVESTIGATION] + self.taken

    def week(self) -> int:
        """One week; returns the people arrested."""
        self.step()
        return len(self.taken)


if __name__ == "__main__":
    harness.main(Reduced)
