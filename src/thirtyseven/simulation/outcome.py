"""What a batch of runs produced: tables of counts with their provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.society import calendar

Floats = NDArray[np.float64]
COUNTED = ("arrested", "sentenced", "first_category", "released")
"""What the tables count: people arrested; people sentenced; of them in the first category, that is to death; people
released while under investigation."""


CAREERS = ("expelled", "back_in_party", "discharged", "back_in_army")
"""Members expelled from the party; taken back on appeal; officers discharged for political reasons, those arrested
apart; taken back."""


@dataclass(frozen=True)
class Outcome:
    """Counts of a batch of runs; B runs, W = 313 weeks, R = 65 regions, 12 channels, 4 things counted.

    Attributes:
        weekly: (B, W, 12, 4) people, whole Union.
        regional: (B, bins, R, 12, 4) people; bins as `slots` says.
        slots: (W,) bin of each week in `regional`.
        launch, stop: (B,) first week of the mass operation, week of the decree; -1 where there was none.
        line_start: (B, 5) first week of each national line, -1 where there was none.
        limits: (B, R, 2) last limits in force, 0 where the operation never began.
        raised_1938: (B, R, 2) raises by the Politburo in 1938; raised_all: raises by whomever, unasked ones too.
        requests, refusals: (B, R) numbers of requests and of requests refused.
        groups: (B, 3) arrested in the mass operation as former "kulaks", "criminals", others.
        chiefs, secretaries: (B, R) changes of NKVD chief and of first secretary.
        head: (B,) week in which the head of the NKVD falls, -1 if he does not.
        drives: (B, W, 3) composed drives of elite, mass and (mean over lines) national.
        careers: (B, W, 4) people by `CAREERS`; `careers_regional`: (B, R, 4), all weeks.
        provenance: seeds, scenario, digests and period that re-create it.
    """

    weekly: NDArray[np.int32]
    regional: NDArray[np.int32]
    slots: NDArray[np.int64]
    launch: NDArray[np.int64]
    stop: NDArray[np.int64]
    line_start: NDArray[np.int64]
    limits: Floats
    raised_1938: Floats
    raised_all: Floats
    requests: Floats
    refusals: Floats
    groups: Floats
    chiefs: Floats
    secretaries: Floats
    head: NDArray[np.int64]
    drives: Floats
    careers: NDArray[np.int32]
    careers_regional: Floats
    provenance: Mapping[str, Any]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.weekly.shape[0])

    def digest(self, run: int = 0) -> str:
        """Sixteen hex digits over one run's count tables; equal digests mean equal runs."""
        sha = hashlib.sha256(np.ascontiguousarray(self.weekly[run]).tobytes())
        sha.update(np.ascontiguousarray(self.regional[run]).tobytes())
        sha.update(np.ascontiguousarray(self.careers[run]).tobytes())
        return sha.hexdigest()[:16]

    def by_year(self, run: int = 0) -> list[dict[str, Any]]:
        """One row a year and channel with people arrested, sentenced, sentenced to death and released."""
        years = 1934 + np.array(calendar.month_of_week()) // 12
        return [
            {"year": int(year), "channel": channel}
            | {name: int(self.weekly[run, years == year, c, i].sum()) for i, name in enumerate(COUNTED)}
            for year in range(1934, 1940)
            for c, channel in enumerate(CHANNELS)
        ]

    def by_month(self, what: str, channels: tuple[str, ...] = CHANNELS) -> NDArray[np.int64]:
        """People counted by month, (B, 72), over the channels named."""
        table = self.weekly[:, :, [CHANNELS.index(c) for c in channels], COUNTED.index(what)].sum(axis=2)
        months = np.zeros((self.runs, 72), np.int64)
        for week, month in enumerate(calendar.month_of_week()):
            months[:, month] += table[:, week]
        return months
