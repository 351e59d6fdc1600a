"""How each switch edits a run: what was given, what an explanation is told, the push of a week, never the compiled step.

The table of switches stands in `thirtyseven.scenario.switches`; here is one small conduct for each. Every one can only
take away: a drive, a danger, a raise, a name, a licence is at most what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import GROUPS, Controls, Core, Law, Values
from thirtyseven.scenario import Batch
from thirtyseven.scenario.switches import Supposed, Switch
from thirtyseven.simulation import layout
from thirtyseven.simulation.conduct import Acting
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

if TYPE_CHECKING:
    from thirtyseven.simulation.control import Composition

Floats = NDArray[np.float64]

NOT = -50.0
"""Logit, or log, of what is not done at all."""
LATER = 26
"""Weeks until another pretext for the law of December 1934 would have come (judgement: one chance in 26 a week)."""
TERM = 18
"""Weeks from the first day of the operation to the end of its four months, 5 August to 10 December 1937."""
YEAR_1934, YEAR_1935 = (np.array([m // 12 == y for m in calendar.month_of_week()]) for y in (0, 1))


@dataclass(frozen=True)
class Supposing:
    """The conduct of one or two switches."""

    what: Supposed

    def enter(self, setting: Setting, batch: Batch) -> Acting:
        """Open the switches for a batch, the second on top of the first."""
        acting: list[Acting] = []
        for switch in self.what.switches:
            grade = self.what.grade if switch.grades != (1.0,) else 1.0
            acting.append(EDITS[switch.slug](setting, batch, switch, grade))
            setting, batch = acting[-1].setting, acting[-1].batch
        return acting[0] if len(acting) == 1 else _Both(acting)


class _Both(Acting):
    """Several conducts, one after the other."""

    def __init__(self, acting: list[Acting]) -> None:
        super().__init__(acting[-1].setting, acting[-1].batch)
        self.acting = acting

    def begin(self, composition: Composition, x: Floats) -> None:
        for one in self.acting:
            one.begin(composition, x)

    def view(self, core: Core) -> Core:
        for one in self.acting:
            core = one.view(core)
        return core

    def control(self, controls: Controls, core: Core) -> None:
        for one in self.acting:
            one.control(controls, core)

    def decide(self, course: Any, week: int) -> None:
        for one in self.acting:
            one.decide(course, week)

    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        for one in self.acting:
            push = one.push(push, ctl, x, core)
        return push


class _Edit(Acting):
    """A switch at work, from the week of its day on."""

    def __init__(self, setting: Setting, batch: Batch, switch: Switch, grade: float) -> None:
        self.grade = grade
        self.since = calendar.week_of(switch.day)
        self.then = np.arange(calendar.WEEKS) >= self.since
        super().__init__(self.given(setting), batch)

    def given(self, setting: Setting) -> Setting:
        """What was given, edited."""
        return setting


class _NoShock(_Edit):
    def given(self, setting: Setting) -> Setting:
        week = np.arange(calendar.WEEKS)
        return replace(
            setting, shock=np.where(week == self.since, 0.0, setting.shock),
            december_law=setting.december_law & (week >= self.since + LATER),
        )  # fmt: skip


class _NoLaw(_Edit):
    def given(self, setting: Setting) -> Setting:
        return replace(setting, december_law=np.zeros_like(setting.december_law))


class _Harvest(_Edit):
    def given(self, setting: Setting) -> Setting:
        year = self.then & (np.arange(calendar.WEEKS) < self.since + 52)
        return replace(setting, harvest=_at_most(setting.harvest, setting.harvest[YEAR_1935].mean(), year))

    def view(self, core: Core) -> Core:
        if core.week < self.since:
            return core
        return replace(core, setting=replace(core.setting, shortfall=np.zeros_like(core.setting.shortfall)))


class _Yagoda(_Edit):
    def given(self, setting: Setting) -> Setting:
        return replace(setting, yezhov=setting.yezhov & ~self.then)


class _LessThreat(_Edit):
    def given(self, setting: Setting) -> Setting:
        above = np.maximum(setting.threat - setting.threat[YEAR_1934].mean(axis=0), 0.0)
        return replace(setting, threat=setting.threat - self.grade * above * self.then[:, None])


class _Licence(_Edit):
    def given(self, setting: Setting) -> Setting:
        return replace(setting, licence=_at_most(setting.licence, setting.licence[YEAR_1935].mean(), self.then))


class _Elections(_Edit):
    def given(self, setting: Setting) -> Setting:
        return replace(setting, elections=_at_most(setting.elections, setting.elections[YEAR_1935].mean(), self.then))


class _LimitsFixed(_Edit):
    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        ctl[layout.C_GRANT : layout.C_GRANT + 2] = 0.0
        ctl[layout.C_APPROVAL][~core.past_term] = NOT  # past its term a region may be given time, and no more
        for first, count in ((layout.PENDING, 8), (layout.RAISED_1938, 2), (layout.RAISED_ALL, 2)):
            x[first : first + count] = 0.0
        return push


class _FourMonths(_Edit):
    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        running = core.launched >= 0
        if not running.any():
            return push
        end = (core.week - core.launched + TERM)[:, None]
        expiry = x[layout.EXPIRY]
        late = running[:, None] & (expiry > end)
        expiry[late] = np.broadcast_to(end, expiry.shape)[late]
        over = running[:, None] & (expiry > 0) & (core.week >= expiry)
        ctl[layout.C_APPROVAL][over] = NOT
        ctl[layout.C_GRANT : layout.C_GRANT + 2][:, over] = 0.0
        pending = x[layout.PENDING : layout.PENDING + 8]
        pending[:, over] = 0.0
        return push


class _SecondCategory(_Edit):
    def given(self, setting: Setting) -> Setting:
        places = setting.limits.sum(axis=1)
        return replace(setting, limits=np.stack([np.zeros_like(places), places], axis=1))

    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        ctl[layout.C_CATEGORY] = NOT
        grants = ctl[layout.C_GRANT : layout.C_GRANT + 2]
        grants[:] = grants.mean(axis=0)
        for first in (*range(layout.PENDING, layout.PENDING + 8, 2), layout.RAISED_1938, layout.RAISED_ALL):
            x[first + 1] += x[first]
            x[first] = 0.0
        return push


class _NoNames(_Edit):
    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        if core.week < self.since:
            return push
        naming = push.naming.copy()
        naming[:, [GROUPS.index(group) for group in ("elite", "nkvd", "mass")]] = 0.0
        return push._replace(naming=naming)


class _NoRegisters(_Edit):
    def begin(self, composition: Composition, x: Floats) -> None:
        entered = x[layout.REGISTER : layout.REGISTER + 3]
        x[layout.LATENT] += entered.sum(axis=0)
        entered[...] = 0.0


class _Veto(_Edit):
    def begin(self, composition: Composition, x: Floats) -> None:
        self.mean = np.zeros(self.batch.runs)

    def control(self, controls: Controls, core: Core) -> None:
        if YEAR_1935[core.week]:
            self.mean += controls.elite / YEAR_1935.sum()
        if core.week >= self.since:
            np.minimum(controls.elite, self.mean, out=controls.elite)


class _NoRequests(_Edit):
    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        ctl[layout.C_REQUEST] = NOT
        return push


class _Education(_Edit):
    def given(self, setting: Setting) -> Setting:
        return replace(setting, review=np.where(self.then, 0.0, setting.review))

    def begin(self, composition: Composition, x: Floats) -> None:
        composition.acting[:] = [
            (k, law, _Patient(act, self.since) if law.slug == "reactions" else act) for k, law, act in composition.acting
        ]


class _Patient:
    """The law of campaigns in a centre that never loses its patience again."""

    def __init__(self, law: Law, since: int) -> None:
        self.law, self.since = law, since

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        return self.law.begin(setting, values, runs)

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        if core.week >= self.since:
            values = {**values, "patience": np.full_like(values["patience"], np.inf)}
        self.law.steer(core, own, values, controls)


def _at_most(values: Floats, level: float, weeks: NDArray[np.bool_]) -> Floats:
    return np.where(weeks, np.minimum(values, level), values)


EDITS: Mapping[str, Callable[[Setting, Batch, Switch, float], Acting]] = {
    "kirov-survives": _NoShock, "no-december-law": _NoLaw, "good-harvest": _Harvest, "yagoda-stays": _Yagoda,
    "no-war-threat": _LessThreat, "limits-fixed": _LimitsFixed, "four-months": _FourMonths,
    "second-category-only": _SecondCategory, "no-naming": _NoNames, "unrewarded": _Licence, "no-registers": _NoRegisters,
    "no-elections": _Elections, "veto-kept": _Veto, "no-requests": _NoRequests, "education": _Education,
}  # fmt: skip
"""The conduct of each switch."""
