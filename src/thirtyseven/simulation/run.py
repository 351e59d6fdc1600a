"""simulate: move a batch of scenarios through 313 weeks.

The control layer is plain NumPy over the batch, the event layer is compiled; both draw only addressed numbers, so a
run is the same alone and in any batch. Weeks before the first day of a scenario's period are not run; a run that ends
early keeps zeros after its last week.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS, Core
from thirtyseven.scenario import Batch
from thirtyseven.simulation import kernels, layout
from thirtyseven.simulation.conduct import AS_IT_WAS, Conduct
from thirtyseven.simulation.control import Composition, decide, remove_head, to_push
from thirtyseven.simulation.offices import PARTY_PACE, WANTED
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]

LATENT_SHARE = 0.022
"""People whom the police could enter in a register, as share of the population: 3.5 million (calibration, table b)."""
REGISTER_SHARE = 0.13
"""Of them on register before the order: about the 450,000 names that regions had counted by 10 July 1937."""
LINE_RATE = np.array([2.5, 0.5, 5.2, 1.0, 0.6])
"""Relative rate of arrest among the adults within reach, by line (Polish, German, Harbin, Baltic and Finnish, southern):
-log(1 - sentences / people), so that equal drives give the record's shares of the lines. The shares then test whether
the lines were driven alike and at the same time, not how large each was."""
LINE_DEATH = np.array([0.794, 0.762, 0.690, 0.740, 0.690])
"""Share of a line's sentences in the first category: 111,091 of 139,835 Polish, 41,898 of 55,005 German cases; the rest
so that all lines together give 247,157 of 335,513 (series national-operations)."""
PACE = np.array([0.0, 1 / 16, 1 / 12, 1 / 14, 0, 0, 0, 0, 0, 0, 1 / 4, 1 / 10])
"""Share of those held whom courts and the Special Board decide in a week, by channel (judgement)."""
CONVICTED = np.array([0.0, 0.80, 0.80, 0.85, 0, 0, 0, 0, 0, 0, 0.95, 0.85])
BEFORE_1934 = 25_000.0
"""People held by the organs when the run begins."""


def simulate(
    setting: Setting,
    batch: Batch,
    seeds: NDArray[np.uint64],
    *,
    slots: NDArray[np.int64] | None = None,
    weeks: tuple[int, int] = (0, calendar.WEEKS),
    conduct: Conduct = AS_IT_WAS,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Run a batch of scenarios.

    Args:
        setting: what everybody was given.
        batch: B scenarios of one kind.
        seeds: (B,) uint64, one a run.
        slots: (W,) bin of the regional table for each week; all weeks in one bin where not given.
        weeks: first week and the week after the last.
        conduct: what is supposed to have been otherwise; by default nothing.
        progress: called once a week with the week number.

    Returns:
        The outcome of all runs.

    Raises:
        ValueError: if the number of seeds is not the number of scenarios.
    """
    seeds = np.ascontiguousarray(seeds, np.uint64)
    if seeds.shape != (batch.runs,):
        raise ValueError(f"{batch.runs} scenarios need {batch.runs} seeds, not {seeds.shape[0]}.")
    slots = np.zeros(calendar.WEEKS, np.int64) if slots is None else np.asarray(slots, np.int64)
    background = _background(setting)  # the record's totals less its reviews, whatever is supposed of the reviews
    acting = conduct.enter(setting, batch)
    setting, batch, law = acting.setting, acting.batch, acting.setting.december_law
    g, facts = _given(setting)
    x, ctl, course, tally = _begin(setting, g, batch.runs, int(slots.max()) + 1)
    params = layout.Params(**{name: np.ascontiguousarray(batch.core[name], float) for name in layout.Params._fields})
    composition = Composition(setting, batch)
    acting.begin(composition, x)
    quiet, head = np.zeros(batch.runs, np.int64), np.full(batch.runs, -1, np.int64)
    reports, drives = np.zeros(batch.runs), np.zeros((batch.runs, calendar.WEEKS, 3))
    for week in range(*weeks):
        view = acting.view(_view(setting, seeds, x, course, tally, week, reports))
        acting.control(controls := composition.push(view), view)
        decide(course, controls, seeds, week, batch.stop_week, quiet, _reached(tally))
        acting.decide(course, week)
        remove_head(head, controls, seeds, week, bool(setting.yezhov[week]))
        push = to_push(controls, params.denunciation, setting, week, ctl)
        push = acting.push(push, ctl, x, view)
        drives[:, week] = np.stack([push.elite, push.mass, push.national.mean(axis=1)], axis=1)
        kernels.step(x, g, ctl, course, tally, facts, params, push, seeds, week, int(slots[week]), float(background[week]),
                     _court_deaths(push.elite, bool(law[week])))  # fmt: skip
        reports = _reports(tally, week, composition.people, controls)
        if progress is not None:
            progress(week)
    provenance = {"kind": batch.kind, "seeds": [int(s) for s in seeds], "weeks": list(weeks), "setting": setting.digest}
    return _outcome(x, course, tally, slots, head, drives, provenance)


def _reached(tally: layout.Tally) -> Floats:
    """People arrested so far in the mass and national operations, (B,)."""
    return np.asarray(tally.total[:, layout.TROIKA : layout.FAMILIES].sum(axis=1))


def _outcome(x: Floats, course: layout.Course, tally: layout.Tally, slots: NDArray[np.int64], head: NDArray[np.int64],
             drives: Floats, provenance: dict[str, Any]) -> Outcome:  # fmt: skip
    """What is kept of a batch when it has run."""

    def pair(field: int) -> Floats:
        return np.moveaxis(x[field : field + 2], 0, 2).copy()

    return Outcome(
        weekly=tally.weekly, regional=tally.regional, slots=slots, launch=course.launch, stop=course.stop,
        line_start=course.line_start, limits=pair(layout.LIMIT), raised_1938=pair(layout.RAISED_1938),
        raised_all=pair(layout.RAISED_ALL), requests=x[layout.REQUESTS].copy(), refusals=x[layout.REFUSALS].copy(),
        groups=tally.groups, chiefs=x[layout.CHIEFS].copy(), secretaries=x[layout.SECRETARIES].copy(), head=head,
        drives=drives, careers=tally.careers, careers_regional=tally.careers_regional, provenance=provenance,
    )  # fmt: skip


def _background(setting: Setting) -> Floats:
    """Arrests a week in the ordinary channel apart from denunciations, (W,).

    3,700 falling to 1,800 by January 1936, less the members arrested after a review, who are in the same annual totals.
    """
    weekly = np.interp(np.arange(calendar.WEEKS), [0, 105], [3700.0, 1800.0])
    wanted = 0.0
    for week, expelled in enumerate(setting.review):
        wanted += WANTED * expelled
        weekly[week] -= PARTY_PACE * wanted
        wanted -= PARTY_PACE * wanted
    return weekly


def _court_deaths(elite: NDArray[np.float64], law: bool) -> NDArray[np.float64]:
    """First-category share of court sentences by channel; ordinary courts .8 per cent plus 3 at full elite drive.

    Without the law of 1 December 1934, which barred appeal, half of what is political.
    """
    political = 1.0 if law else 0.5
    death = np.zeros((elite.shape[0], len(CHANNELS)))
    death[:, layout.PARTY], death[:, layout.ARMY], death[:, layout.NKVD] = 0.02 * political, 0.05 * political, 0.10 * political
    death[:, layout.ORDINARY] = 0.008 + 0.03 * political * elite
    return death


def _reports(tally: layout.Tally, week: int, people: NDArray[np.float64], controls: Any) -> NDArray[np.float64]:
    """(C10) What reached the centre: arrests, office-holders counted 25-fold, inflated by the police's own account."""
    arrests = tally.weekly[:, week, :, layout.ARRESTED].astype(float)
    weight = arrests.sum(axis=1) + 24.0 * arrests[:, layout.LISTS]
    discount = 2.0 * (1.0 - 1.0 / (1.0 + np.exp(-controls.discount)))
    return np.asarray(weight * np.exp((controls.inflation * people).sum(axis=1)) * discount)


def _view(setting: Setting, seeds: NDArray[np.uint64], x: Floats, course: layout.Course, tally: layout.Tally, week: int,
          reports: Floats) -> Core:  # fmt: skip
    """The state of the core at the end of last week, as the laws may read it."""
    last = tally.weekly[:, week - 1].astype(float) if week else np.zeros((len(seeds), len(CHANNELS), 4))
    used = x[layout.TROIKA_FIRST] + x[layout.TROIKA_SECOND] + 0.5 * x[layout.CUSTODY]
    running = (course.launch >= 0) & (week >= course.launch)
    return Core(
        setting=setting, seeds=seeds, week=week, launched=np.where(running, week - course.launch, -1),
        stopped=course.stop >= 0, limits=np.moveaxis(x[layout.LIMIT : layout.LIMIT + 2], 0, 2),
        fill=used / np.maximum(x[layout.LIMIT] + x[layout.LIMIT + 1], 1.0),
        past_term=(x[layout.EXPIRY] > 0) & (week >= x[layout.EXPIRY]), arrests=last[:, :, 0], total=tally.total,
        shot=tally.shot, mass_week=x[layout.MASS_WEEK], mass_total=x[layout.MASS_TOTAL],
        office_week=x[layout.OFFICE_WEEK], raised=x[layout.RAISED], zeal=x[layout.ZEAL],
        chief_weeks=week - x[layout.CHIEF_SINCE], secretaries_removed=x[layout.SECRETARIES],
        released=last[:, :, 3].sum(axis=1), reports=reports,
    )  # fmt: skip


def _given(setting: Setting) -> tuple[Floats, layout.Facts]:
    """The setting as the compiled step reads it, and the fixed numbers of the core."""
    g = np.zeros((layout.GIVEN, len(setting.regions)))
    g[layout.G_LIMIT : layout.G_LIMIT + 2] = setting.limits.T
    g[layout.G_START], g[layout.G_STAFF] = setting.start, setting.staff
    g[layout.G_LATENT] = LATENT_SHARE * setting.population
    g[layout.G_MINORITY : layout.G_MINORITY + 5] = setting.minority.T
    g[layout.G_OFFICES], g[layout.G_PARTY] = np.maximum(setting.office_holders, 1e-9), setting.party
    g[layout.G_PEOPLE] = setting.population / setting.population.sum()
    capacity = setting.limits.sum(axis=1) ** 0.85
    g[layout.G_CAPACITY] = capacity / capacity.sum()
    dated = [
        calendar.LISTS_BEGIN,
        calendar.PLENUM_1937,
        calendar.FAMILIES_ORDER,
        calendar.SPECIAL_TROIKAS,
        date(1938, 1, 3),
        calendar.PLENUM_1938,
    ]
    weeks = np.array([calendar.week_of(day) for day in dated], np.int64)
    return g, layout.Facts(LINE_RATE, LINE_DEATH, weeks, PACE, CONVICTED)


def _begin(setting: Setting, g: Floats, runs: int, bins: int) -> tuple[Floats, Floats, layout.Course, layout.Tally]:
    """State, room for regional controls, and empty tables on the first day."""
    regions, channels = len(setting.regions), len(CHANNELS)
    x = np.zeros((layout.FIELDS, runs, regions))
    for group, share in enumerate((0.45, 0.25, 0.30)):
        x[layout.REGISTER + group] = share * REGISTER_SHARE * g[layout.G_LATENT]
    x[layout.LATENT] = (1.0 - REGISTER_SHARE) * g[layout.G_LATENT]
    x[layout.LINE_LEFT : layout.LINE_LEFT + 5] = np.floor(setting.minority.T)[:, None, :]
    x[layout.EXPELLED] = np.floor(setting.expelled)
    x[layout.OFFICES] = np.floor(setting.office_holders)
    x[layout.OFFICER], x[layout.SECURITY] = np.floor(setting.officers), np.floor(setting.security)
    x[layout.HELD + layout.ORDINARY] = np.floor(BEFORE_1934 * g[layout.G_PEOPLE])
    x[layout.EXPIRY], x[layout.NEXT_ASK] = -1.0, -1.0
    never = [np.full(shape, -1, np.int64) for shape in (runs, runs, runs, (runs, 5))]
    tally = layout.Tally(
        weekly=np.zeros((runs, calendar.WEEKS, channels, layout.COUNTS), np.int32),
        regional=np.zeros((runs, bins, regions, channels, layout.COUNTS), np.int32),
        total=np.zeros((runs, channels)), shot=np.zeros(runs), groups=np.zeros((runs, 3)),
        careers=np.zeros((runs, calendar.WEEKS, layout.CAREERS), np.int32),
        careers_regional=np.zeros((runs, regions, layout.CAREERS)),
    )  # fmt: skip
    return x, np.zeros((layout.CONTROLS, runs, regions)), layout.Course(*never), tally
