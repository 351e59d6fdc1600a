"""Coalitions: some offices act as they did, the others keep to their conduct of a year before the purge.

Every run of a batch may have its own coalition, so that all coalitions of a past run side by side, with the same numbers.
What an office does is read off the same run's earlier weeks: means of its controls over the baseline, by run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.explanations.base import Controls, Core, Law, Values
from thirtyseven.scenario import Batch
from thirtyseven.scenario.offices import BASELINES, HELD, SECRETARY_SIGNS, SLUGS, Held, hand
from thirtyseven.simulation import layout
from thirtyseven.simulation.conduct import Acting
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

if TYPE_CHECKING:
    from thirtyseven.simulation.control import Composition

Floats = NDArray[np.float64]

NEVER = calendar.WEEKS
"""Week from which an office that acts as it did keeps to its earlier conduct: none."""
CENTRE, SERVICE, SECRETARIES, CHIEFS, PUBLIC = range(len(SLUGS))
POLITBURO = 0.35
"""Share of raises within the term that the Politburo decided; the core's own number (docs/model.md, 7.3)."""
SIGNER = 1_000
"""Added to a region's number where the signer of its request is drawn, so that no draw of the core is used twice."""
NOT = -50.0
"""Logit, or log, of what is not done at all."""


@dataclass(frozen=True)
class Coalitions:
    """Which office keeps to its earlier conduct, from when, in each run of a batch.

    Attributes:
        since: (B, 5) week from which the office does so, `NEVER` where it acts as it did; offices as in
            `thirtyseven.scenario.offices.OFFICES`.
        window: (B, 2) first week of the baseline and the week after its last.

    Raises:
        ValueError: an office would keep to conduct that the run has not yet seen.
    """

    since: NDArray[np.int64]
    window: NDArray[np.int64]

    def __post_init__(self) -> None:
        runs = len(self.since)
        if self.since.shape != (runs, len(SLUGS)) or self.window.shape != (runs, 2):
            raise ValueError(f"Coalitions need {len(SLUGS)} weeks and a baseline of two weeks for each run.")
        if (self.since < self.window[:, 1:]).any() or (self.window[:, 0] >= self.window[:, 1]).any():
            raise ValueError("An office can keep to the conduct of a baseline only after its end; choose a later week.")

    def enter(self, setting: Setting, batch: Batch) -> Acting:
        """Open the coalitions for a batch of as many runs.

        Raises:
            ValueError: the batch has another number of runs.
        """
        if batch.runs != len(self.since):
            raise ValueError(f"{len(self.since)} coalitions cannot act in {batch.runs} runs.")
        return _Keeping(setting, batch, self)


def together(on: NDArray[np.bool_], baseline: str) -> Coalitions:
    """Coalitions of whole runs.

    Args:
        on: (B, 5) True where the office acts as it did.
        baseline: a name of `BASELINES`.

    Raises:
        ValueError: there is no such baseline.
    """
    first, end = _window(baseline)
    on = np.asarray(on, bool)
    return Coalitions(np.where(on, NEVER, end), np.tile(np.array([first, end], np.int64), (len(on), 1)))


def reverting(office: NDArray[np.int64], week: NDArray[np.int64], baseline: str) -> Coalitions:
    """One office a run goes back to its earlier conduct in a given week, all others act as they did.

    Args:
        office: (B,) number of the office.
        week: (B,) week from which it does so.
        baseline: a name of `BASELINES`.

    Raises:
        ValueError: there is no such baseline, or a week lies before its end.
    """
    first, end = _window(baseline)
    since = np.full((len(office), len(SLUGS)), NEVER, np.int64)
    since[np.arange(len(office)), office] = week
    return Coalitions(since, np.tile(np.array([first, end], np.int64), (len(office), 1)))


def _window(baseline: str) -> tuple[int, int]:
    if baseline not in BASELINES:
        raise ValueError(f"There is no baseline '{baseline}'; choose one of: {', '.join(BASELINES)}.")
    return BASELINES[baseline]


class _Keeping(Acting):
    """Coalitions at work in a batch."""

    def __init__(self, setting: Setting, batch: Batch, conduct: Coalitions) -> None:
        super().__init__(setting, batch)
        self.since, self.window = conduct.since, conduct.window
        self.length = (self.window[:, 1] - self.window[:, 0]).astype(float)
        self.some = np.asarray((self.since < NEVER).any(axis=0))
        self.sums: dict[tuple[str, str], Floats] = {}
        self.licence = np.array([setting.licence[a:b].mean() for a, b in self.window])

    def begin(self, composition: Composition, x: Floats) -> None:
        """Listen to every explanation at work."""
        composition.acting[:] = [(k, law, _Listened(act, law.slug, self)) for k, law, act in composition.acting]

    def view(self, core: Core) -> Core:
        """A service that keeps to its earlier conduct reports no more than then."""
        reports = core.reports.copy()
        self.hold(("core", "reports"), SERVICE, core.week, reports, "at most")
        return replace(core, reports=reports)

    def control(self, controls: Controls, core: Core) -> None:
        """Without the centre's consent no drive rises above the level of the baseline, whoever drives."""
        for name in ("elite", "mass", "national"):
            self.hold(("sum", name), CENTRE, core.week, getattr(controls, name), "at most")

    def decide(self, course: Any, week: int) -> None:
        """A centre that keeps to its earlier conduct gives no order, and ends what it finds running."""
        off = self.off(CENTRE, week)
        if not off.any():
            return
        coming = off & (course.launch >= week)
        course.decided[coming], course.launch[coming] = -1, -1
        course.line_start[off[:, None] & (course.line_start == week)] = -1
        running = (course.launch >= 0) | (course.line_start >= 0).any(axis=1)
        course.stop[off & running & (course.stop < 0)] = week

    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        """Requests that are not signed, raises that are not granted, denunciations of the earlier rate."""
        week = core.week
        self._denunciation(ctl[layout.C_DENUNCIATION], week)
        if (core.launched < 0).all():
            return push
        regions = np.arange(ctl.shape[2])
        secretaries, chiefs, service = (self.off(office, week)[:, None] for office in (SECRETARIES, CHIEFS, SERVICE))
        if secretaries.any() or chiefs.any():
            signs_secretary = core.uniform(draws.PURPOSES["request"], SIGNER + regions) < SECRETARY_SIGNS
            ctl[layout.C_REQUEST][(signs_secretary & secretaries) | (~signs_secretary & chiefs)] = NOT
        if service.any():
            own = core.uniform(draws.PURPOSES["granted-share"], regions) >= POLITBURO
            ctl[layout.C_APPROVAL][own & service & ~core.past_term] = NOT
        return push

    def off(self, office: int, week: int) -> NDArray[np.bool_]:
        """(B,) Whether the office keeps to its earlier conduct this week."""
        return np.asarray(week >= self.since[:, office])

    def hold(self, key: tuple[str, str], office: int, week: int, value: Floats, how: Held) -> None:
        """Remember a control during the baseline, and hold it in place where its office keeps to it.

        Args:
            key: whose control it is, and its name.
            office: number of the office whose hand moves it.
            week: week number.
            value: (B, ...) this week's, edited in place.
            how: at most, at least, or the same as the mean of the baseline.
        """
        if not self.some[office]:
            return
        wide = (-1,) + (1,) * (value.ndim - 1)
        sums = self.sums.setdefault(key, np.zeros_like(value))
        inside = (self.window[:, 0] <= week) & (week < self.window[:, 1])
        if inside.any():
            sums += np.where(inside.reshape(wide), value, 0.0)
        off = self.off(office, week)
        if off.any():
            level = sums / self.length.reshape(wide)
            kept = {"at most": np.minimum, "at least": np.maximum}.get(how, lambda now, then: then)(value, level)
            value[...] = np.where(off.reshape(wide), kept, value)

    def _denunciation(self, rate: Floats, week: int) -> None:
        """Denunciations of a week: encouraged no more than then by the centre, no more than then by the public."""
        centre = self.off(CENTRE, week)
        if centre.any():
            licence = max(float(self.setting.licence[week]), 1e-9)
            rate *= np.where(centre, np.minimum(1.0, self.licence / licence), 1.0)[:, None]
        self.hold(("sum", "denunciations"), PUBLIC, week, rate, "at most")


class _Listened:
    """An explanation's law, held back where the office whose hand moves a control keeps to its earlier conduct."""

    def __init__(self, law: Law, slug: str, keeping: _Keeping) -> None:
        self.law, self.slug, self.keeping = law, slug, keeping

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """The law's own state; unchanged."""
        return self.law.begin(setting, values, runs)

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Let the law speak, then hold what is not said by an office that acts as it did."""
        self.law.steer(core, own, values, controls)
        for name, value in controls.touched.items():
            office = hand(self.slug, name)
            if office is not None:
                how = HELD.get(name, "at most")
                self.keeping.hold((self.slug, name), SLUGS.index(office), core.week, value, how)
