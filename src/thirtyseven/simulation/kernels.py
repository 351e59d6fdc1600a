"""The compiled weekly step of the institutional core: arrays in, arrays out.

One call moves a batch of runs on by one week. Every number that is drawn is addressed by (seed of the run, purpose,
place, week), so a run is the same alone and in any batch, and on any number of threads. Nothing here knows a law, a
record or a scenario. Equations (C1)-(C11) of the model description; constants that stand as bare numbers are explained
in `docs/model.md`, section 7, with their sources.

Order within a week (it matters): limits and terms, mass arrests, troikas, national lines, elite, courts, chiefs,
expulsions and reinstatements.
People named this week enter the pools next week.
"""

from __future__ import annotations

from thirtyseven.compiled import njit
from thirtyseven.simulation import offices, operations


@njit(cache=True)
def step(x, g, ctl, course, tally, facts, params, push, seeds, week, slot, background, death):
    """Move every run of the batch on by one week.

    Args:
        x: (FIELDS, B, R) state, changed in place; g: (GIVEN, R); ctl: (CONTROLS, B, R).
        course, tally: changed in place; facts, params, push: see above.
        seeds: (B,) uint64.
        week: week number; slot: bin of the regional table.
        background: arrests a week in the ordinary channel before denunciations.
        death: (B, C) share of court sentences in the first category.
    """
    for b in range(seeds.shape[0]):
        seed = seeds[b]
        stopped = course.stop[b] >= 0
        fade = 0.65 ** (1 + week - course.stop[b]) if stopped else 1.0
        if stopped:
            offices.close(x, b)
        operations.limits(x, g, ctl, course, facts, params, push, b, seed, week)
        operations.mass_arrests(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        operations.troikas(x, g, ctl, course, tally, params, push, b, seed, week, slot)
        operations.lines(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        offices.offices(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        ordinary = 0.35 * background if stopped else background
        offices.others(x, g, ctl, course, tally, facts, push, b, seed, week, slot, fade, ordinary)
        offices.courts(x, course, tally, facts, push, b, seed, week, slot, death)
        offices.chiefs(x, ctl, push, b, seed, week, fade)
        offices.careers(x, tally, facts, push, b, seed, week, fade)
