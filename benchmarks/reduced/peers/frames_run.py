"""The reduced model in mesa-frames: everybody a row of a Polars frame, a week a few expressions over its columns."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reduced import harness
from reduced.model import DEGREE, Numbers, ties

AT_LIBERTY, UNDER_INVESTIGATION, THROUGH = 0, 1, 2
KNOWN = [f"known_{slot}" for slot in range(DEGREE)]


class People(AgentSetPolars):
    """Everybody: state and eight acquaintances."""

    def __init__(self, model: Reduced, people: int, seed: int) -> None:
        super().__init__(model)
        known = ties(people, np.random.default_rng(seed))
        self += pl.DataFrame(
            {"unique_id": np.arange(people), "state": np.zeros(people, np.int8)} | dict(zip(KNOWN, known, strict=True))
        )
        self.arrested = 0

    def step(self) -> None:
        """One week: naming, arrest, recovery."""
        numbers, draw = self.model.numbers, self.model.draw
        held = self.agents.filter(pl.col("state") == UNDER_INVESTIGATION).select("unique_id", *KNOWN)
        speaks = draw.random((held.height, DEGREE)) < numbers.naming
        named = pl.Series(held.select(KNOWN).to_numpy()[speaks])
        resting = held["unique_id"].filter(pl.Series(draw.random(held.height) < numbers.recovery))
        reached = pl.Series(draw.random(len(self.agents)) < numbers.pressure)
        taken = (pl.col("state") == AT_LIBERTY) & (reached | pl.col("unique_id").is_in(named.implode()))
        before = self.agents["state"]
        self.agents = self.agents.with_columns(
            state=pl.when(taken).then(UNDER_INVESTIGATION)
            .when(pl.col("unique_id").is_in(resting.implode())).then(THROUGH)
            .otherwise(pl.col("state")).cast(pl.Int8)
        )  # fmt: skip
        self.arrested = int(((before == AT_LIBERTY) & (self.agents["state"] == UNDER_INVESTIGATION)).sum())


class Reduced(ModelDF):
    """Everybody in one frame."""

    def __init__(self, people: int, numbers: Numbers, seed: int) -> None:
        super().__init__(seed)
        self.numbers = numbers
        self.draw = np.random.default_rng(seed + 1)
        self.everybody = People(self, people, seed)
        self.agents += self.everybody

    def week(self) -> int:
        """One week; returns the people arrested."""
        self.agents.do("step")
        return self.everybody.arrested


if __name__ == "__main__":
    harness.main(Reduced)
