"""Planned from above: an open loop with a schedule.

The purge was prepared at the top and carried out in stages: first the elite, then the suspect groups of the whole
population, then the national minorities, each with its term, its quantities and its pretext. The centre does not
react to what the police report; it works through a programme. What regions ask for is beside the point: limits rise
as the plan says, and the operations end when the plan is fulfilled.

What it predicts that its rivals do not: preparations before pretexts, the same ratio of final to first limit nearly
everywhere, requests that do not predict extensions, no reversals, an end on a date. Its dates are free numbers: it
*describes* when things happened and pays for that with wide priors; the strict form is held to the published plan.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thirtyseven.explanations.base import (
    Citation,
    Controls,
    Core,
    Explanation,
    Floats,
    LogNormal,
    Normal,
    Parameter,
    Values,
)
from thirtyseven.society.setting import Setting


def trapezoid(weeks: Floats, rise: float, hold: Floats, fall: Floats) -> Floats:
    """Return 0 before week 0, a rise over `rise` weeks, 1 for `hold` weeks, a fall over `fall` weeks, then 0."""
    up = np.clip(weeks / rise, 0.0, 1.0)
    down = np.clip(1.0 - (weeks - rise - hold) / np.maximum(fall, 1.0), 0.0, 1.0)
    return np.asarray(np.minimum(up, down))


class Schedule:
    """The law: three trapezoids and limits that rise as planned.

    Args:
        honest: the strict form; the plan is the one published (first limits, four months), so nothing is granted
            beyond it and the stop comes when its term is over.
    """

    def __init__(self, honest: bool) -> None:
        self.honest = honest

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Draw up the schedule; shares of the hidden plan differ a little by region (log-sd .12)."""
        pattern = 0.12 * np.sin(1.0 + 2.4 * np.arange(len(setting.regions)))
        return {"regional": np.exp(pattern), "given": np.zeros(runs)}

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Follow the schedule, whatever has happened."""
        duration = values["duration"]
        elite_start = values["elite_start"]
        mass_start = elite_start + values["gap"]
        week = float(core.week)
        controls.elite += trapezoid(week - elite_start, 4.0, values["gap"] + 1.6 * duration, 0.8 * duration)
        controls.mass += trapezoid(week - mass_start, 3.0, duration, 1.2 * duration)
        lines = trapezoid(week - mass_start - 4.0, 3.0, 1.6 * duration, 0.9 * duration)
        controls.national += lines[:, None]
        if not self.honest:
            self._grant(core, own, values, controls)
        over = week - (mass_start + 3.0 + 2.2 * duration)
        controls.switch_off += np.clip(over, 0.0, 8.0)

    def _grant(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Disclose the hidden part of the plan evenly over the first 0.8 of its duration."""
        running = (core.launched >= 1) & (core.launched <= 0.8 * values["duration"])
        step = np.where(running, (values["multiple"] - 1.0) / (0.8 * values["duration"]), 0.0)
        step = np.clip(np.minimum(step, values["multiple"] - 1.0 - own["given"]), 0.0, None)
        own["given"] += step
        controls.grant += step[:, None, None] * own["regional"][None, :, None]


EXPLANATION = Explanation(
    slug="plan",
    title="Planned from above",
    gloss="a purge prepared and ordered from above",
    historians=("Robert Conquest", "Merle Fainsod", "Robert C. Tucker", "Oleg Khlevniuk"),
    claim=(
        "Stalin prepared the destruction of every possible rival and of every suspect group in advance, and carried it "
        "out in stages by orders with dates and quantities; what looked like initiative from elsewhere had been "
        "foreseen or invited by the centre."
    ),
    predicts=(
        "Elite before mass before national lines by schedule; the same multiple of the first limit nearly everywhere; "
        "extensions that do not follow requests; no reversals; an end on a date."
    ),
    cannot="Explain why some regions were raised many times over and others never; its dates are given, not found.",
    sources=(
        Citation("Conquest, The Great Terror: A Reassessment (1990)", "the purge as one design of Stalin's"),
        Citation("Fainsod, How Russia Is Ruled (1953)", "terror as an instrument of rule that the top holds"),
        Citation("Tucker, Stalin in Power (1990)", "the revolution from above and its preparation"),
        Citation("Khlevniuk, Master of the House (2009)", "start, control and end decided in the Politburo"),
        Citation("NKVD Order 00447, 30 July 1937", "limits by region and category, a term of four months", "seen"),
    ),
    parameters=(
        Parameter("elite_start", "week in which the elite stage begins", "weeks since 1 January 1934",
                  Normal(142.0, 20.0), "judgement: autumn 1936, give or take five months; wide because it is a date"),
        Parameter("gap", "from the elite stage to the mass stage", "weeks", LogNormal(46.0, 0.4),
                  "judgement: Yezhov's appointment to the order is 45 weeks"),
        Parameter("duration", "full activity of the mass stage", "weeks", LogNormal(22.0, 0.5),
                  "Order 00447 says four months, 17 weeks; the operation lasted 67", strict=9.0),
        Parameter("multiple", "the plan's total over the limits published first", "1", LogNormal(2.9, 0.3),
                  "767,397 sentenced over 268,950; an undisclosed plan must pay for it", strict=1.0),
    ),
    variants={
        "strict": "The plan is the published one: first limits, four months, nothing hidden.",
        "charitable": "The published limits were a first instalment of a larger plan that was disclosed as it went.",
    },
    strict=Schedule(honest=True),
    charitable=Schedule(honest=False),
    speaks_to_stop=True,
)  # fmt: skip
