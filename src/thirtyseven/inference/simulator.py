"""What the weighing asks of a simulator, and the words it uses.

The weighing knows nothing of regions or registers. It sees runs: a kind (an explanation in one of
its variants, or a composite), a point of the unit cube on which the prior is uniform, a seed, and
the statistics that an archive of that past would have shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

QUESTIONS = ("elite", "mass", "national", "where", "stop")
"""The five questions that are kept apart; a statistic's phase is one of them."""

COMPOSITE = "composite"
WITHOUT_PLAN = "composite-without-plan"
OUTSIDE = "outside"
"""First part of the kinds that belong to no explanation: pasts for "none of these"."""


class WeighError(ValueError):
    """Something that the weighing cannot work with; its text names the place and the way out."""


@dataclass(frozen=True)
class StatisticInfo:
    """One statistic as the weighing sees it.

    Attributes:
        id: its name, unique.
        phase: the question that it speaks to, one of `QUESTIONS`.
        evidence: its class of evidence (annual totals, limits, lists ...).
        sd: archive error and model discrepancy together, in units of the transformed value.
        recalled: share of the underlying figures that rests on recall, 0 to 1.
        coarse: whether history matching uses it.
        low, high: least and greatest possible value, infinite where there is none.
    """

    id: str
    phase: str
    evidence: str
    sd: float
    recalled: float = 0.0
    coarse: bool = False
    low: float = -np.inf
    high: float = np.inf


class Simulator(Protocol):
    """A past on request; see the module's text. Must survive pickling (runs go to worker processes)."""

    @property
    def digest(self) -> str:
        """Digest of code, record and statistics; keys the bank."""

    @property
    def digests(self) -> Mapping[str, str]:
        """The three apart: keys `code`, `record`, `statistics`."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """`slug/variant`, `composite`, `composite-without-plan`, and `outside/name`."""

    @property
    def statistics(self) -> tuple[StatisticInfo, ...]:
        """The statistics, in the order of the tables."""

    @property
    def prior_inclusion(self) -> float:
        """Prior probability that a mechanism's weight is switched on in a composite."""

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of the coordinates of the unit cube of this kind."""

    def run(self, kind: str, u: Floats, seeds: NDArray[np.uint64]) -> Floats:
        """Transformed statistics, (n, S), of n runs at the points u (n, P); NaN where undefined.

        Without the archive's noise. A run gives the same numbers alone and in a batch.
        """

    def included(self, kind: str, u: Floats) -> Bools:
        """(n, questions, slugs): whether the mechanism's weight is on; for composites."""


def slugs_of(simulator: Simulator) -> tuple[str, ...]:
    """The explanations' slugs in the order of the simulator's kinds (the last axis of `included`)."""
    found = [kind.partition("/")[0] for kind in single_kinds(simulator)]
    return tuple(dict.fromkeys(found))


def single_kinds(simulator: Simulator) -> tuple[str, ...]:
    """Kinds with one explanation alone, such as `plan/strict`."""
    return tuple(k for k in simulator.kinds if "/" in k and not k.startswith(OUTSIDE + "/"))


def composite_kinds(simulator: Simulator) -> tuple[str, ...]:
    """Kinds with several mechanisms at once."""
    return tuple(k for k in simulator.kinds if k.startswith(COMPOSITE))


def outside_kinds(simulator: Simulator) -> tuple[str, ...]:
    """Kinds outside the set of explanations, used only to test "none of these"."""
    return tuple(k for k in simulator.kinds if k.startswith(OUTSIDE + "/"))


def check(simulator: Simulator, observed: Floats) -> None:
    """Fault a simulator or an observed table that cannot be weighed.

    Raises:
        WeighError: with one sentence.
    """
    ids = [s.id for s in simulator.statistics]
    if len(set(ids)) != len(ids):
        raise WeighError("Two statistics have the same id; every statistic needs its own.")
    wrong = [s.id for s in simulator.statistics if s.phase not in QUESTIONS]
    if wrong:
        raise WeighError(f"Statistic {wrong[0]!r} has no phase of {', '.join(QUESTIONS)}.")
    wrong = [s.id for s in simulator.statistics if not s.sd > 0]
    if wrong:
        raise WeighError(f"Statistic {wrong[0]!r} has no positive sd for the archive's error.")
    if observed.shape != (len(ids),):
        raise WeighError(
            f"The observed table has {observed.size} values but there are {len(ids)} statistics; "
            "write it again with `thirtyseven run --statistics FILE`."
        )
    if np.isinf(observed).any():
        raise WeighError("The observed table holds an infinite value; leave the cell empty instead.")
    coarse = [bool(np.isfinite(x)) and s.coarse for s, x in zip(simulator.statistics, observed)]
    if np.isfinite(observed).sum() < 3 or not any(coarse):
        raise WeighError(
            "The observed table has fewer than three values, or none for the coarse facts; "
            "there is nothing to weigh."
        )
