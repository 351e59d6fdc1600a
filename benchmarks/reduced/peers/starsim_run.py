"""The reduced model in Starsim: a disease of its own class on a static network, with common random numbers as they come.

Starsim lets a state end at the beginning of a step, before transmission; the page lets it end at the close of a week. So an
investigation that the page ends at the close of week w is ended here at the beginning of w + 1: the same people speak.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import starsim as ss

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reduced import harness
from reduced.model import WEEKS, Numbers, permutations

warnings.simplefilter("ignore")
ss.options(verbose=0)


class Acquaintances(ss.Network):
    """Four edges a person, used in both directions: eight acquaintances."""

    def __init__(self, images: np.ndarray) -> None:
        super().__init__(name="acquaintances")
        self.images = images

    def add_pairs(self) -> None:
        """All edges at once, when the people are there."""
        people = np.tile(np.arange(self.images.shape[1]), len(self.images))
        self.append({"p1": ss.uids(people), "p2": ss.uids(self.images.ravel()), "beta": np.ones(people.size)})
        self.images = np.empty((0, 0))


class Investigation(ss.Infection):
    """Susceptible is at liberty, infected is under investigation, recovered is through."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self.define_pars(beta=numbers.naming, pressure=ss.bernoulli(p=numbers.pressure),
                         recovery=ss.bernoulli(p=numbers.recovery))  # fmt: skip

    def step_state(self) -> None:
        """Investigations that spoke last week may end."""
        spoke = (self.infected & (self.ti_infected < self.ti - 1)).uids
        self.infected[self.pars.recovery.filter(spoke)] = False

    def set_prognoses(self, uids: Any, sources: Any = None) -> None:
        """An arrest."""
        super().set_prognoses(uids, sources)
        self.infected[uids] = True
        self.ti_infected[uids] = self.ti

    def step(self) -> None:
        """Along the ties, then by pressure among those still at liberty."""
        super().step()
        reached = self.pars.pressure.filter(self.susceptible.uids)
        if len(reached):
            self.set_prognoses(reached)


class Program:
    """A simulation advanced week by week."""

    def __init__(self, people: int, numbers: Numbers, seed: int) -> None:
        images = permutations(people, np.random.default_rng(seed))
        spread = int(np.random.SeedSequence(seed).generate_state(1)[0] >> 1)  # neighbouring seeds may share streams
        self.sim = ss.Sim(n_agents=people, networks=Acquaintances(images), diseases=Investigation(numbers), rand_seed=spread,
                          start=ss.date("1934-01-01"), dt=ss.week, dur=WEEKS, verbose=0)  # fmt: skip
        self.sim.init()
        self.at = 0

    def week(self) -> int:
        """One week; returns the people arrested."""
        self.sim.run_one_step()
        self.at += 1
        return int(self.sim.diseases[0].results.new_infections[self.at - 1])


if __name__ == "__main__":
    harness.main(Program)
