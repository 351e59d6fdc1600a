"""What every stage of a weighing needs, and its first stage: the waves of runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Bank, Block, in_parallel
from thirtyseven.inference.basis import Basis, basis_of
from thirtyseven.inference.budget import Budget
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.posterior import Runs
from thirtyseven.inference.seeds import whole
from thirtyseven.inference.simulator import (
    Floats,
    Simulator,
    StatisticInfo,
    composite_kinds,
    outside_kinds,
    single_kinds,
    slugs_of,
)
from thirtyseven.inference.waves import Region, everything, narrow, near_record, prior_blocks, region_blocks
from thirtyseven.summaries.archive import reflected


@dataclass(frozen=True)
class Work:
    """A weighing under way.

    Attributes:
        simulator: makes the pasts.
        observed: (S,) the observed table; NaN at its gaps.
        budget: sizes of the stages.
        seed: of everything random.
        bank: runs on disk.
        fits: fits on disk.
        workers: processes.
    """

    simulator: Simulator
    observed: Floats
    budget: Budget
    seed: int
    bank: Bank
    fits: Fits
    workers: int

    @property
    def known(self) -> np.ndarray:
        """(S,) Which statistics the observed table has."""
        return np.asarray(np.isfinite(self.observed))

    @property
    def statistics(self) -> tuple[StatisticInfo, ...]:
        """The J statistics that the observed table has; the others are masked everywhere."""
        return tuple(s for s, known in zip(self.simulator.statistics, self.known) if known)

    @property
    def x(self) -> Floats:
        """(J,) The observed values."""
        return self.observed[self.known]

    @property
    def sd(self) -> Floats:
        """(J,) Archive error of the observed statistics."""
        return np.array([s.sd for s in self.statistics])

    @property
    def ends(self) -> Floats:
        """(2, J) Least and greatest possible values of the observed statistics."""
        return np.array([[s.low, s.high] for s in self.statistics]).T

    def noisy(self, x: Floats, rng: np.random.Generator) -> Floats:
        """Tables (n, J) as an archive would have kept them."""
        return reflected(x + self.sd * rng.standard_normal(x.shape), *self.ends)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The explanations' slugs."""
        return slugs_of(self.simulator)

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds that are weighed, composites first (their fits take longest)."""
        return (*composite_kinds(self.simulator), *single_kinds(self.simulator))

    def simulate(self, blocks: Sequence[Block], stage: str) -> list[Floats]:
        """Statistics (n, J) of the blocks, at the observed table's statistics only."""
        found = self.bank.run(blocks, stage, self.workers, self.fits.progress)
        return [x[:, self.known] for x in found]


def make_runs(work: Work) -> dict[str, Runs]:
    """All waves of all kinds: prior, history matching, prior within what is left, and so on."""
    coarse = np.array([s.coarse for s in work.statistics])
    seed, budget = work.seed, work.budget
    dims = {k: len(work.simulator.names(k)) for k in work.kinds}
    bases = {k: basis_of(work.simulator, k) for k in work.kinds}
    regions = {k: everything(work.x[coarse]) for k in work.kinds}
    u = {k: np.empty((0, dims[k])) for k in work.kinds}
    x = {k: np.empty((0, len(work.sd))) for k in work.kinds}
    for wave in range(budget.waves):
        blocks: list[Block] = []
        if not wave:
            for k in work.kinds:
                blocks += prior_blocks(k, dims[k], budget.runs(k, 0), seed)
        else:
            going = [k for k in work.kinds if budget.runs(k, wave)]
            jobs = [
                (narrow, (regions[k], bases[k], u[k], x[k][:, coarse], work.sd[coarse], whole(seed, "narrow", k, wave)))
                for k in going
            ]
            regions |= dict(zip(going, _told(work, f"history matching, wave {wave}", jobs)))
            for k in going:
                blocks += region_blocks(k, dims[k], regions[k], budget.runs(k, wave), seed, wave)
        found = work.simulate(blocks, f"runs, wave {wave + 1} of {budget.waves}")
        for k in work.kinds:
            u[k] = np.concatenate([u[k], *(b.u for b in blocks if b.kind == k)])
            x[k] = np.concatenate([x[k], *(f for b, f in zip(blocks, found) if b.kind == k)])
    last = [(_reach, (work.x[coarse], work.sd[coarse], bases[k], u[k], x[k][:, coarse], regions[k],
                      whole(seed, "near", k))) for k in work.kinds]  # fmt: skip
    reaches = _told(work, "what is near the record", last)
    return {k: _runs(work, bases[k], k, u[k], x[k], regions[k], r) for k, r in zip(work.kinds, reaches)}


def _told(work: Work, stage: str, jobs: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]) -> list[Any]:
    """Results of short jobs, with progress."""
    found, tell = [], work.fits.progress
    for result in in_parallel(jobs, work.workers):
        found.append(result)
        if tell:
            tell(stage, len(found), len(jobs))
    return found


def _reach(
    observed: Floats, sd: Floats, basis: Basis, u: Floats, coarse: Floats, region: Region, seed: int
) -> float:
    within = region.inside(u)
    return near_record(basis, u[within], coarse[within], observed, sd, seed)[1]


def _runs(work: Work, basis: Basis, kind: str, u: Floats, x: Floats, region: Region, reach: float) -> Runs:
    coarse = np.array([s.coarse for s in work.statistics])
    within, kept_back = region.inside(u), np.arange(len(u)) % 10 == 9
    distance = (np.abs(x[:, coarse] - work.x[coarse]) / work.sd[coarse]).max(axis=1)
    near = np.nan_to_num(distance, nan=np.inf) <= min(reach, 1e300)
    return Runs(kind, basis, u, x, work.budget.runs(kind, 0), region, within, near, reach, kept_back)


def outside_tables(work: Work) -> dict[str, Floats]:
    """Statistics (n, J) of the simulators outside the set, by kind."""
    blocks: list[Block] = []
    for k in outside_kinds(work.simulator):
        blocks += prior_blocks(k, len(work.simulator.names(k)), work.budget.outside, work.seed)
    found = work.simulate(blocks, "runs outside the set") if blocks else []
    return {
        k: np.concatenate([f for b, f in zip(blocks, found) if b.kind == k])
        for k in outside_kinds(work.simulator)
    }
