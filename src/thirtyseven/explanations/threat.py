"""Threat from abroad: a feed-forward on war expected on two fronts.

The leadership expected a war against Germany, Poland and Japan at once, and took every person with a tie across the
frontier, every disloyal officer and every group with a grudge for a recruit of the enemy's rear: a "fifth column", a
word of the war in Spain. Repression rises as the danger rises, falls on the lines and the border regions from which
the danger comes, and is no more than what the dangers abroad call for.

What it predicts that its rivals do not: each national line follows the danger of its own power; regions on the frontier
are pressed harder, in the first limits' increases above all; officers with foreign ties are at risk; steps follow the
Rhineland, Spain, the Anti-Comintern Pact, the war in China, the Anschluss. The danger is read from an index coded by
two people from events abroad and never from Soviet statements. It must read Munich as a relief to end at all.
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
    Uniform,
    Values,
    sigmoid,
)
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

LAG = 4
"""Weeks from an event abroad to orders: the Japanese war began on 7 July and the Harbin order is of 20 September 1937,
the German one of 25 July; about a month is taken."""
OWN = 0.5
"""Charitable form: a line counts half by its own power's danger and half by the danger of a general war, since a fifth
column matters when the war comes from all sides."""
RELIEF_WEEK = calendar.week_of(calendar.MUNICH) + LAG


def war(threat: Floats) -> Floats:
    """Return the danger of a war on two fronts, (W,): high only when Germany and Japan are both dangerous."""
    return np.asarray(np.sqrt(threat[:, 1] * threat[:, 2]))


def dangers(threat: Floats, encircled: bool) -> Floats:
    """Return the danger that each line is seen to carry.

    Args:
        threat: (W, 5) danger from each line's own state.
        encircled: whether small neighbours count as the staging ground of the great power behind them, and every line
            as part of one war.

    Returns:
        (W, 5) danger by line in the week of the events.
    """
    seen = threat.copy()
    if encircled:
        german, japanese = threat[:, 1], threat[:, 2]
        seen[:, 0] = np.maximum(threat[:, 0], 0.9 * german)
        seen[:, 3] = np.maximum(threat[:, 3], 0.8 * german)
        seen[:, 4] = np.maximum(threat[:, 4], 0.7 * np.maximum(german, japanese))
        seen = OWN * seen + (1.0 - OWN) * war(threat)[:, None]
    return seen


def lagged(danger: Floats) -> Floats:
    """Return the danger of `LAG` weeks before; the first weeks repeat the first value."""
    return np.concatenate([np.repeat(danger[:1], LAG, axis=0), danger[:-LAG]])


class FeedForward:
    """The law: drives that follow the index of danger, and nothing that happens inside the country.

    Args:
        encircled: the charitable form; small neighbours are seen as the staging ground of great powers in one war,
            the frontier also hardens sentences, and names among officers are believed.
    """

    def __init__(self, encircled: bool) -> None:
        self.encircled = encircled

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Read the index; nothing in it depends on the run."""
        return {
            "lines": lagged(dangers(setting.threat, self.encircled)),
            "war": lagged(war(setting.threat)),
            "tilt": values["border"][:, None] * setting.border[None, :],
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Push as the danger of four weeks ago demands."""
        threshold = values["threshold"]
        relief = values["relief"] if core.week >= RELIEF_WEEK else np.zeros(core.runs)
        fronts = own["war"][core.week] - relief
        lines = own["lines"][core.week][None, :] - relief[:, None]
        elite = sigmoid(12.0 * (fronts - threshold + 0.05))
        controls.elite += elite
        controls.mass += sigmoid(12.0 * (values["spill"] * fronts - threshold))
        controls.national += sigmoid(12.0 * (lines - threshold[:, None]))
        controls.tilt += own["tilt"]
        controls.switch_off += np.where(core.launched >= 0, np.clip(24.0 * relief, 0.0, 8.0), 0.0)
        if self.encircled:
            controls.category += 0.3 * own["tilt"]
            controls.acceptance[:, 2] += elite


EXPLANATION = Explanation(
    slug="threat",
    title="Threat from abroad",
    gloss="fear of a war on two fronts and of a rear that would not hold",
    historians=("Oleg Khlevniuk", "Hiroaki Kuromiya", "Peter Whitewood", "Isaac Deutscher", "Mark Harrison"),
    claim=(
        "The leadership expected war against Germany, Poland and Japan together and destroyed in advance everyone who "
        "might help the enemy behind the lines; the army, the border regions and the national minorities were struck "
        "as the danger rose, line by line."
    ),
    predicts=(
        "Each national line follows the danger of its own power; border regions are raised most; officers with ties "
        "abroad are at risk; steps follow events abroad; no end while the danger lasts."
    ),
    cannot="End in November 1938 unless Munich was felt as a relief: danger was greater that autumn than in 1937.",
    sources=(
        Citation("Whitewood, The Red Army and the Great Terror (2015)", "the army purge as a misread foreign threat",
                 "seen"),
        Citation("Kuromiya, Stalin's Great Terror and International Espionage (2009)",
                 "Polish and Japanese intelligence as the leadership saw them"),
        Citation("Harrison, The Dictator and Defense", "repression as the fast instrument against a sudden danger; "
                 "abstract", "seen"),
        Citation("Khlevniuk, The Objectives of the Great Terror (1995)", "preventive removal of a fifth column"),
        Citation("Deutscher, Stalin: A Political Biography (1949)", "the first to argue from the danger of war"),
        Citation("Harris, The Great Fear (2016)", "fear of encirclement from bad intelligence; reviews", "seen"),
        Citation("Castañeda Dower, Markevich and Weber, CEPR DP12814 (2018)",
                 "victims of national operations follow nationality and place, not acts", "seen"),
        Citation("Zakharov and Sonin, CEPR DP19772 (2024)", "generals: nationality and foreign contacts raised the "
                 "risk, ties to purged leaders did not", "seen"),
    ),
    parameters=(
        Parameter("threshold", "danger at which a drive is half of that of late 1937", "index, 0-1",
                  Uniform(0.55, 0.8), "the coders' scale: 0.55-0.65 Japan in 1934, lived with; 0.8 war thought near"),
        Parameter("relief", "fall of the danger felt after Munich, beyond the coders' own", "index, 0-1",
                  Normal(0.0, 0.15), "Munich can be read as relief or as isolation; the prior takes no side"),
        Parameter("border", "log of how much harder a region wholly on the frontier is pressed", "log",
                  LogNormal(0.8, 0.6), "judgement; regional estimates of the national operations point upwards"),
        Parameter("spill", "how far danger abroad counts against suspect groups at home", "1",
                  LogNormal(1.0, 0.2), "judgement: the 'fifth column' names spies and former kulaks in one breath"),
    ),
    variants={
        "strict": "Each line follows the danger of its own state, and only the drives and the frontier's tilt move.",
        "charitable": "Small neighbours count as the staging ground of the power behind them in one war; the frontier "
        "hardens sentences and names among officers are believed.",
    },
    strict=FeedForward(encircled=False),
    charitable=FeedForward(encircled=True),
    speaks_to_stop=True,
)  # fmt: skip
