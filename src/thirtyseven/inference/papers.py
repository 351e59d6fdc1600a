"""The papers that a batch of simulated pasts would leave, and what is read off them.

An archival series that nobody has counted yet is a function of these papers with an archivist's error: files that are
closed, returns that are lost, samples that are small. The functions here turn papers into a few comparable numbers
a run; which series uses which, where it lies and how large the sample is, stands in `archives.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import Floats
from thirtyseven.scenario import Design
from thirtyseven.simulation.control import LAUNCH_DELAY
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

HALF = calendar.week_of(date(1938, 1, 1))
"""Where 1937 ends: a second look at limits, requests and chiefs, about the end of the order's first term."""
COVARIATES = ("border", "exile", "shortfall", "urban", "unrest", "garrison")
"""What is known of a region and the explanations speak of."""
FAMILIES = {
    "troika": ("troika",), "lines": ("polish", "german", "harbin", "baltic", "southern"), "lists": ("lists",),
    "courts": ("party", "army", "nkvd", "ordinary"),
}  # fmt: skip
"""Ways to a sentence as the statistical returns group them."""
LATENT = 0.022 * 0.87
"""Share of the population that the police could still enter before the order, as in the core."""
BACKGROUND, LETTERS = 1_800.0, 1_500.0
"""Arrests a week by the ordinary way without denunciation, and with every letter heeded, as in the core."""
FIRST_ARRESTS = 0.0024
"""Weekly share of office-holders arrested without being named, at full drive, as in the core."""


def slots() -> NDArray[np.int64]:
    """(W,) Bins of the regional table: all of 1934-36, each month of 1937-38, all of 1939."""
    months = np.array(calendar.month_of_week(), np.int64)
    return np.clip(months - 35, 0, 25)


@dataclass(frozen=True)
class Papers:
    """What a batch of B runs leaves.

    Attributes:
        end: the outcome, its regional table in the bins of `slots`.
        half: the same runs seen at the end of 1937 (week `HALF`).
        setting: what everybody was given.
        mass_naming: (B,) people entered in a register per arrest, a number of the core.
    """

    end: Outcome
    half: Outcome
    setting: Setting
    mass_naming: Floats

    @cached_property
    def months(self) -> NDArray[np.float64]:
        """(B, 24, R - 1, 12, 4) People by month of 1937-38, region (without the camps), channel and what is counted."""
        return np.asarray(self.end.regional[:, 1:25, :-1], dtype=float)

    @cached_property
    def covariates(self) -> Floats:
        """(R - 1, 6) `COVARIATES`, standardised over the regions."""
        table = np.stack([np.asarray(getattr(self.setting, name), float)[:-1] for name in COVARIATES], axis=1)
        return np.asarray((table - table.mean(axis=0)) / np.maximum(table.std(axis=0), 1e-9))

    @property
    def people(self) -> Floats:
        """(R - 1,) Inhabitants."""
        return np.maximum(np.asarray(self.setting.population, float)[:-1], 1.0)

    def counted(self, what: str, channels: tuple[str, ...] = CHANNELS) -> Floats:
        """(B, 24, R - 1) People counted by month and region."""
        picked = [CHANNELS.index(c) for c in channels]
        return np.asarray(self.months[..., COUNTED.index(what)][..., picked].sum(axis=-1))

    def union(self, what: str, channels: tuple[str, ...] = CHANNELS) -> Floats:
        """(B, 72) People counted by month in the whole Union, 1934-39."""
        return np.asarray(self.end.by_month(what, channels), dtype=float)


def papers_of(institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64]) -> Papers:
    """Run a batch with all its papers.

    Args:
        institutions: the simulator.
        kind: of scenario.
        u: (B, P) points.
        seeds: (B,) seeds.
    """
    batch = Design(kind).batch(u, calendar.week_of(calendar.DECREE) if institutions.stop_given else -1)
    end = simulate(institutions.setting, batch, seeds, slots=slots())
    half = simulate(institutions.setting, batch, seeds, weeks=(0, HALF))
    return Papers(end, half, institutions.setting, np.asarray(batch.core["mass_naming"], float))


def returned(counts: Floats, error: float, rng: np.random.Generator) -> Floats:
    """Counts as a return would give them: each off by a factor of log-sd `error`."""
    return np.asarray(counts * np.exp(error * rng.standard_normal(counts.shape)))


def sampled(share: Floats, size: int, rng: np.random.Generator) -> Floats:
    """Log odds of a share found in a sample of `size` files."""
    found = rng.binomial(size, np.clip(share, 0.0, 1.0))
    return np.asarray(np.log((found + 0.5) / (size - found + 0.5)))


def quarters(monthly: Floats) -> Floats:
    """(B, 8, ...) Sums by quarter of 24 months on axis 1."""
    shape = (monthly.shape[0], 8, 3, *monthly.shape[2:])
    return np.asarray(monthly.reshape(shape).sum(axis=2))


def share_of(part: Floats, whole: Floats, add: float = 5.0) -> Floats:
    """Log odds of a part in a whole, with `add` on both sides so that empty cells do not rule."""
    return np.asarray(np.log((part + add) / (np.maximum(whole - part, 0.0) + add)))


def some_regions(name: str, count: int, regions: int) -> NDArray[np.int64]:
    """Which regions' archives are open to a series: `count` of them, always the same for its name."""
    return np.sort(stream(1937, "open archives", name).permutation(regions)[:count])


def gradient(values: Floats, covariates: Floats) -> Floats:
    """(B, K + 1) Correlation of regional values with each covariate, and the log of their spread.

    Args:
        values: (B, R) on a log scale.
        covariates: (R, K).
    """
    centred = values - values.mean(axis=1, keepdims=True)
    own = covariates - covariates.mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=1))
    found = centred @ own / np.maximum(spread[:, None] * np.sqrt((own**2).sum(axis=0)), 1e-9)
    return np.column_stack([found, np.log(spread / np.sqrt(values.shape[1]) + 0.01)])


def likeness(one: Floats, other: Floats) -> Floats:
    """(B, 1) Correlation over regions of two tables (B, R), run by run."""
    a, b = (x - x.mean(axis=1, keepdims=True) for x in (one, other))
    scale = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.asarray(((a * b).sum(axis=1) / np.maximum(scale, 1e-9))[:, None])


def onset(monthly: Floats, share: float = 0.25) -> Floats:
    """(B, R) Month (0-24) by which a share of a region's people of 1937-38 had been reached; 24 where there are none."""
    run = monthly.cumsum(axis=1)
    total = run[:, -1:]
    reached = (run >= share * np.maximum(total, 1.0)) & (total > 0)
    return np.where(reached.any(axis=1), reached.argmax(axis=1), monthly.shape[1]).astype(float)


def columns(*parts: Floats) -> Floats:
    """(B, d) Parts side by side; (B,) parts are one column."""
    return np.concatenate([p[:, None] if p.ndim == 1 else p.reshape(len(p), -1) for p in parts], axis=1)


def named_elite(p: Papers) -> Floats:
    """(B,) Expected share of arrested office-holders who had been named by others, 1937-38.

    The core arrests .0024 of the office-holders a week at full drive on its own account; the rest follow names.
    """
    arrests = p.end.weekly[:, :, CHANNELS.index("lists"), 0].astype(float)
    holders = float(np.floor(p.setting.office_holders).sum())
    left = np.maximum(holders - arrests.cumsum(axis=1) + arrests, 0.0)
    unnamed = FIRST_ARRESTS * p.end.drives[:, :, 0] * left
    span = slice(calendar.week_of(calendar.PLENUM_1937), p.end.weekly.shape[1])
    total = np.maximum(arrests[:, span].sum(axis=1), 1.0)
    return np.asarray(np.clip(1.0 - unnamed[:, span].sum(axis=1) / total, 0.0, 0.98))


def letters(p: Papers) -> Floats:
    """(B, 24) Denunciations heeded, by month of 1937-38, read off the ordinary way: 0 none, 1 the core's full level."""
    ordinary = p.union("arrested", ("ordinary",))[:, 36:60]
    weeks = np.bincount(np.array(calendar.month_of_week()), minlength=72)[36:60]
    return np.asarray(np.maximum((ordinary / weeks - BACKGROUND) / LETTERS, 0.0))


def entered(p: Papers) -> Floats:
    """(B, 3) Expected shares of people who came on the mass operation's registers by the police's own search, after a
    name, after a letter: the core's flow into the registers, summed over the Union.
    """
    arrests = p.end.weekly[:, :, CHANNELS.index("troika"), 0].astype(float)
    ordinary = p.end.weekly[:, :, CHANNELS.index("ordinary"), 0].astype(float)
    left = np.full(len(arrests), LATENT * p.people.sum())
    flows = np.zeros((len(arrests), 3))
    for week in range(calendar.week_of(calendar.ORDER_00447) - LAUNCH_DELAY, calendar.week_of(calendar.DECREE)):
        running = (p.end.launch >= 0) & (week >= p.end.launch - LAUNCH_DELAY)
        effort = np.minimum(p.end.drives[:, week, 1] / 0.65, 1.5)
        told = np.maximum((ordinary[:, week] - BACKGROUND) / LETTERS, 0.0)
        flow = np.stack([0.006 * effort * left, 0.5 * p.mass_naming * arrests[:, week], 40.0 * told], axis=1)
        flow *= (running * np.minimum(1.0, 0.08 * left / np.maximum(flow.sum(axis=1), 1e-9)))[:, None]
        left -= flow.sum(axis=1)
        flows += flow
    return np.asarray(flows / np.maximum(flows.sum(axis=1, keepdims=True), 1.0))


def case_sizes(branching: Floats, cases: int, rng: np.random.Generator, most: int = 400) -> Floats:
    """(B, cases) People in a group case, grown name by name: each leads to Poisson(`branching`) more.

    With fewer than one name acted on per person the sizes follow Borel's law; `most` ends a case that would not.
    """
    size = np.ones((len(branching), cases))
    alive = np.ones_like(size)
    for _ in range(60):
        alive = rng.poisson(np.clip(branching, 0.0, 0.98)[:, None] * alive).astype(float)
        alive = np.minimum(alive, most - size)
        size += alive
        if not alive.any():
            break
    return size
