"""A crude stand-in for the institutional core: it feeds arrests back to one law, in expectation, and counts them.

It has the main loops (naming, limits, requests, terms, launch and stop) and none of the queues, and is no substitute
for the simulation: it lets a law's own behaviour be tested where it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from thirtyseven import draws
from thirtyseven.explanations.base import CHANNELS, DRIVES, Controls, Core, Explanation, Law
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

LINE_RATE = 0.009 * np.array([2.2, 0.5, 1.6, 1.0, 0.5])
NATIONAL = slice(CHANNELS.index("polish"), CHANNELS.index("southern") + 1)


@dataclass
class History:
    """What a law did and what followed, week by week."""

    elite: np.ndarray
    mass: np.ndarray
    national: np.ndarray
    switch_off: np.ndarray
    reports: np.ndarray
    tilt: np.ndarray
    launch: np.ndarray
    stop: np.ndarray
    arrests: np.ndarray
    controls: list[Controls]
    own: dict[str, Any]


def fresh(setting: Setting, seeds: np.ndarray) -> Core:
    """The core at the beginning of 1934."""
    runs, regions = len(seeds), len(setting.regions)
    zeal = special.ndtri(draws.uniforms(seeds, draws.PURPOSES["chief-type"], np.arange(regions), 0))
    return Core(
        setting=setting, seeds=seeds, week=0, launched=np.full(runs, -1), stopped=np.zeros(runs, bool),
        limits=np.zeros((runs, regions, 2)), fill=np.zeros((runs, regions)),
        past_term=np.zeros((runs, regions), bool), arrests=np.zeros((runs, len(CHANNELS))),
        total=np.zeros((runs, len(CHANNELS))), shot=np.zeros(runs), mass_week=np.zeros((runs, regions)),
        mass_total=np.zeros((runs, regions)), office_week=np.zeros((runs, regions)),
        raised=np.zeros((runs, regions)), zeal=zeal, chief_weeks=np.zeros((runs, regions), np.int64),
        secretaries_removed=np.zeros((runs, regions)), released=np.zeros(runs), reports=np.full(runs, 3_500.0),
    )  # fmt: skip


def values_of(
    explanation: Explanation, runs: int, variant: str = "charitable", **fixed: float
) -> dict[str, np.ndarray]:
    """Prior medians for every parameter, or what `fixed` says; the strict variant's held values."""
    values = {}
    for item in explanation.parameters:
        held = item.strict if variant == "strict" else None
        value = fixed.get(item.name, held if held is not None else float(item.prior.ppf(np.array(0.5))))
        values[item.name] = np.full(runs, value)
    return values


def from_prior(explanation: Explanation, runs: int, variant: str, seed: int) -> dict[str, np.ndarray]:
    """Parameters of `runs` draws from the prior."""
    u = np.random.default_rng(seed).uniform(1e-6, 1 - 1e-6, (runs, len(explanation.parameters)))
    return {
        item.name: np.full(runs, item.strict)
        if variant == "strict" and item.strict is not None
        else item.prior.ppf(u[:, i])
        for i, item in enumerate(explanation.parameters)
    }


def play(
    law: Law,
    setting: Setting,
    values: Mapping[str, np.ndarray],
    seeds: np.ndarray,
    weeks: int = calendar.WEEKS,
    meddle: Callable[[Core], None] | None = None,
) -> History:
    """Run one law on the stand-in core.

    Args:
        law: the law.
        setting: what everybody was given.
        values: the law's parameters, (B,) each.
        seeds: (B,) seeds.
        weeks: number of weeks.
        meddle: called with the core before each week's decision, to change what the law sees.
    """
    core = fresh(setting, seeds)
    runs = core.runs
    own = law.begin(setting, values, runs)
    state = _Institutions(runs, setting)
    kept: dict[str, list[np.ndarray]] = {name: [] for name in (*DRIVES, "switch_off", "reports", "arrests")}
    history = []
    launch, stop = np.full(runs, -1), np.full(runs, -1)
    for week in range(weeks):
        core.week = week
        if meddle:
            meddle(core)
        controls = Controls.zeros(runs, len(setting.regions))
        law.steer(core, own, values, controls)
        state.decide(core, controls)
        state.arrest(core, controls)
        launch = np.where((launch < 0) & (core.launched == 0), week, launch)
        stop = np.where((stop < 0) & core.stopped, week, stop)
        for name in (*DRIVES, "switch_off"):
            kept[name].append(getattr(controls, name).copy())
        kept["reports"].append(core.reports.copy())
        kept["arrests"].append(core.arrests.copy())
        history.append(controls)
    series = {name: np.stack(rows, axis=1) for name, rows in kept.items()}
    return History(**series, tilt=history[-1].tilt, launch=launch, stop=stop, controls=history, own=own)


class _Institutions:
    """Launch, limits, terms, arrests and the stop, in expectation."""

    def __init__(self, runs: int, setting: Setting) -> None:
        self.due = np.full(runs, -1)
        self.quiet = np.zeros(runs)
        self.begun = np.zeros((runs, 5), bool)
        self.naming = np.zeros(runs)
        self.pool = np.zeros(runs)
        self.office = np.full(runs, setting.office_holders.sum())
        self.expires = np.full((runs, len(setting.regions)), 21)
        self.left = setting.minority.sum(axis=0) * np.ones((runs, 1))
        self.strength = np.ones(runs)

    def decide(self, core: Core, controls: Controls) -> None:
        """Launch, lines and stop."""
        u = core.uniform(draws.PURPOSES["switch"], np.arange(7))
        core.launched = np.where(core.launched >= 0, core.launched + 1, core.launched)
        start = (self.due < 0) & (controls.mass > 0.5) & (u[:, 0] < 0.4) & ~core.stopped
        self.due = np.where(start, core.week + 4, self.due)
        first = (core.launched < 0) & (self.due == core.week)
        core.launched = np.where(first, 0, core.launched)
        core.limits[first] = core.setting.limits
        self.begun |= (controls.national > 0.5) & (u[:, 1:6] < 0.15)
        active = 0.5 * controls.mass + 0.3 * controls.national.mean(axis=1) + 0.2 * controls.elite
        self.quiet = np.where((core.launched >= 0) & (active < 0.28), self.quiet + 1, 0)
        chance = np.where(self.quiet >= 4, 0.12, special.expit(controls.switch_off - 8.0))
        core.stopped |= (core.launched >= 0) & (u[:, 6] < chance)
        self.strength = np.where(core.stopped, self.strength * np.exp(-0.35), 1.0)

    def arrest(self, core: Core, controls: Controls) -> None:
        """Arrests of the week through every channel, and what the law will see of them."""
        setting = core.setting
        weight = setting.population / setting.population.sum()
        if (core.launched >= 0).any():  # before that there is nothing to count in any run
            self._operation(core, controls, weight)
        elite = controls.elite * self.strength
        named = 0.0016 * elite * self.office + 0.68 * elite * self.naming * (self.office / 1e5) ** 1.5
        arrested = np.minimum(named, 0.03 * self.office)
        self.naming += 0.25 * (arrested - self.naming)
        self.office -= arrested
        self.pool += 2.7 * arrested
        party = 0.02 * self.pool * np.minimum(elite * 2.0, 1.0)
        self.pool -= party
        lines = self.left * LINE_RATE * np.minimum(1.4, controls.national / 0.65) * self.begun
        lines *= self.strength[:, None]
        self.left -= lines
        ordinary = np.interp(core.week, [0, 52, 156, 313], [3_700.0, 3_700.0, 2_260.0, 2_260.0])
        accused = 1_500.0 * (np.exp(controls.denunciation) * weight).sum(axis=1) - 1_500.0
        week = np.zeros_like(core.arrests)
        week[:, 0], week[:, 1], week[:, 4] = arrested, party, core.mass_week.sum(axis=1)
        week[:, NATIONAL] = lines
        week[:, -1] = ordinary + accused
        core.arrests = week
        core.total = core.total + week
        core.office_week = arrested[:, None] * setting.office_holders / setting.office_holders.sum()
        inflated = np.exp((controls.inflation * weight).sum(axis=1))
        core.reports = (week.sum(axis=1) + 24.0 * arrested) * inflated
        removal = 0.004 + 0.016 * elite[:, None] * np.exp(np.clip(controls.removal_secretary, -3, 3))
        core.secretaries_removed = core.secretaries_removed + removal

    def _operation(self, core: Core, controls: Controls, weight: np.ndarray) -> None:
        """Arrests of the mass operation, as far as limits, terms and staff allow."""
        tilt = controls.tilt - (controls.tilt * weight).sum(axis=1, keepdims=True)
        pull = np.exp(np.clip(0.3 + 0.3 * tilt, -2.0, 2.0))
        room = np.maximum(1.06 * core.limits.sum(axis=2) - core.mass_total, 0.0)
        rate = 0.85 * core.setting.staff * (np.minimum(1.5, controls.mass / 0.65) * self.strength)[:, None] * pull
        rate *= np.where(core.past_term, 0.03, 1.0) * (core.launched >= 0)[:, None]
        core.mass_week = np.minimum(rate, room)
        core.mass_total = core.mass_total + core.mass_week
        self._limits(core, controls, tilt)

    def _limits(self, core: Core, controls: Controls, tilt: np.ndarray) -> None:
        """Requests, approvals and terms."""
        total = core.limits.sum(axis=2)
        core.fill = np.where(total > 0, core.mass_total / np.maximum(total, 1.0), 0.0)
        drive = controls.mass[:, None]
        asks = 0.19 * np.minimum(1.3, drive / 0.6) * special.expit(10.0 * (core.fill - 0.75) + controls.request)
        grants = special.expit(1.0 + 6.0 * (drive - 0.5) + 0.3 * tilt + controls.approval)
        open_ = (core.launched >= 0)[:, None] & ~core.past_term & ~core.stopped[:, None]
        growth = np.where(open_, np.minimum(asks * grants * 0.4 * np.exp(controls.request_size), 0.3), 0.0)
        given = np.where(open_[:, :, None], controls.grant, 0.0) * core.setting.limits
        core.limits = core.limits * (1.0 + growth[:, :, None]) + given
        core.raised = 0.75 * core.raised + growth
        expired = (core.launched[:, None] >= self.expires) & (core.launched >= 0)[:, None]
        u = core.uniform(draws.PURPOSES["approval"], np.arange(core.fill.shape[1]))
        extended = expired & (u < special.expit(-0.3 + 7.0 * (drive - 0.7) + 0.6 * tilt))
        self.expires = np.where(expired, self.expires + 9, self.expires)
        core.past_term = np.where(expired, ~extended, core.past_term)
