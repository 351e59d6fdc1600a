"""The real simulator of the weighing: scenarios of the design, run through the institutional core.

Carries the record's digest with the code's and the statistics', so that a bank never mixes two of anything. Travels to
worker processes as a few arrays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import thirtyseven
from thirtyseven.inference.outside import OUTSIDERS, coordinates, outside_digest, run_outside
from thirtyseven.inference.simulator import OUTSIDE, Bools, Floats, StatisticInfo
from thirtyseven.record import Record
from thirtyseven.scenario import Design
from thirtyseven.scenario.design import INCLUSION, kinds
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import STATISTICS, compute, digest, from_outcome

BATCH = 128
_RUN = ("booking", "conduct", "control", "kernels", "layout", "offices", "operations", "outcome", "run")
MODEL = (
    "draws.py", "society", "explanations", "summaries", *(f"simulation/{name}.py" for name in _RUN),
    *(f"scenario/{name}.py" for name in ("__init__", "core", "design", "model")),
)  # fmt: skip
"""The parts whose code decides what a run is; a change anywhere else keeps a bank valid."""


@dataclass(frozen=True)
class Institutions:
    """The simulator (see `thirtyseven.inference.simulator.Simulator`).

    Attributes:
        setting: what everybody was given.
        record_digest: digest of the record it was built from.
        stop_given: give the decree of 17 November 1938 as a fact.
    """

    setting: Setting
    record_digest: str
    stop_given: bool = False
    kinds: tuple[str, ...] = field(default_factory=lambda: (*kinds(), *(f"{OUTSIDE}/{name}" for name in OUTSIDERS)))
    prior_inclusion: float = INCLUSION

    @classmethod
    def from_record(cls, record: Record, stop_given: bool = False) -> Institutions:
        """Return the simulator on a record."""
        return cls(from_record(record), record.digest, stop_given)

    @property
    def statistics(self) -> tuple[StatisticInfo, ...]:
        """The frozen statistics as the weighing sees them."""
        return tuple(StatisticInfo(s.id, s.phase, s.evidence, s.sd, s.recalled, s.coarse, *s.range) for s in STATISTICS)

    @property
    def digests(self) -> Mapping[str, str]:
        """Digests of code, record and statistics."""
        return {"code": code_digest(), "record": self.record_digest, "statistics": digest()}

    @property
    def digest(self) -> str:
        """What a run depends on: code, outsiders, setting, statistics, the question of the decree.

        The record's own digest is not among it. A run knows the record through the setting alone, so that a corrected
        claim or a new source keeps the bank.
        """
        text = "|".join((code_digest(), outside_digest(), self.setting.digest, digest(), str(self.stop_given)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of the cube's coordinates."""
        return coordinates(kind.split("/")[1]) if kind.startswith(OUTSIDE) else Design(kind).names

    def included(self, kind: str, u: Floats) -> Bools:
        """Which mechanism is on for which question, (n, 5, 8)."""
        return Design(kind).included(u)

    def run(self, kind: str, u: Floats, seeds: NDArray[np.uint64]) -> Floats:
        """Statistics of runs, (n, S); see the protocol."""
        parts = []
        for start in range(0, len(seeds), BATCH):
            some = slice(start, start + BATCH)
            parts.append(compute(from_outcome(self.outcome(kind, u[some], seeds[some]), self.setting)))
        return np.concatenate(parts) if parts else np.zeros((0, len(STATISTICS)))

    def outcome(
        self, kind: str, u: Floats, seeds: NDArray[np.uint64], slots: NDArray[np.int64] | None = None
    ) -> Outcome:
        """The whole outcome of a batch, with the regional table in the bins of `slots`."""
        if kind.startswith(OUTSIDE):
            return run_outside(self.setting, kind.split("/")[1], u, seeds)
        given = calendar.week_of(calendar.DECREE) if self.stop_given else -1
        return simulate(self.setting, Design(kind).batch(u, given), seeds, slots=slots)


def code_digest() -> str:
    """Sixteen hex digits over the source of the parts that decide what a run is."""
    sha = hashlib.sha256()
    root = Path(thirtyseven.__file__).parent
    for name in MODEL:
        for path in sorted((root / name).rglob("*.py")) if (root / name).is_dir() else [root / name]:
            sha.update(path.relative_to(root).as_posix().encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()[:16]
