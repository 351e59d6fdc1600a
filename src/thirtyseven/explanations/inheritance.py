"""Inherited methods: a memory of the Civil War and of collectivisation.

The troika, the category, the quota of people to be deported, the register of the suspect and the men who kept it were
all there before 1937: made in the Civil War, used again against the peasants in 1930-33, and laid ready. A leadership
that had ruled by extraordinary means reached for them in every crisis, and more readily where they had been used
most. A rule of Lenin's time went with them: the party does not shoot its own.

What it predicts that its rivals do not: places hard hit in 1930-33 are hard hit again, given their registers and
population; the same instruments, words and cadres; first limits that follow the exile and dekulakisation of earlier
years. It has no timing of its own, only that of the crises it answers, and it cannot break the party's immunity: it is
best read as what made the others possible. It says nothing about an end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thirtyseven.explanations.base import (
    CHANNELS,
    Citation,
    Controls,
    Core,
    Explanation,
    LogNormal,
    Normal,
    Parameter,
    Uniform,
    Values,
    sigmoid,
)
from thirtyseven.society.setting import Setting

CRISIS = {"shock": 0.2, "harvest": 0.35, "elections": 0.45, "threat": 0.6}
"""What a crisis is made of. Kirov's murder counts for little and war and elections for much: emergency laws of
1934-35 were not followed by mass operations (first calibration)."""
POWERS = np.array([0.2, 0.4, 0.4, 0.0, 0.0])
SHOCK_MEMORY = 26.0
"""Weeks in which a political shock fades."""
TROIKA = CHANNELS.index("troika")
RENEWED = 0.5 / 1.5e6
"""Charitable form: each use renews the repertoire; as many arrests as in 1937-38 restore half of it."""


class Repertoire:
    """The law: crises answered with the means that are at hand.

    Args:
        renewed: the charitable form; use renews the repertoire, and the tools of 1930 carry their sentences with them.
    """

    def __init__(self, renewed: bool) -> None:
        self.renewed = renewed

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin 1934 with the repertoire that 1930-33 had left, taken as 1."""
        fading = np.exp(-1.0 / SHOCK_MEMORY)
        shock = np.zeros(len(setting.shock))
        for week, size in enumerate(setting.shock):
            shock[week] = size + (fading * shock[week - 1] if week else 0.0)
        common = CRISIS["shock"] * np.minimum(shock, 1.0) + CRISIS["harvest"] * setting.harvest
        return {
            "repertoire": np.ones(runs),
            "crisis": common + CRISIS["elections"] * setting.elections,
            "war": (setting.threat * POWERS).sum(axis=1),
            "tilt": values["history"][:, None] * setting.exile[None, :],
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Answer the week's crisis; the party stays immune as far as the rule holds."""
        own["repertoire"] *= np.exp2(-1.0 / values["half_life"])
        if self.renewed:
            own["repertoire"] += RENEWED * core.arrests[:, TROIKA]
            controls.category += 0.3 * own["tilt"]
        ready = values["readiness"] * np.minimum(own["repertoire"], 1.0)
        crisis = ready * (own["crisis"][core.week] + CRISIS["threat"] * own["war"][core.week])
        lines = own["crisis"][core.week] + CRISIS["threat"] * core.setting.threat[core.week]
        controls.elite += (1.0 - values["immunity"]) * sigmoid(5.0 * (crisis - 0.65))
        controls.mass += sigmoid(5.0 * (crisis - 0.8))
        controls.national += sigmoid(5.0 * (ready[:, None] * lines[None, :] - 0.8))
        controls.tilt += own["tilt"]


EXPLANATION = Explanation(
    slug="inheritance",
    title="Inherited methods",
    gloss="tools, registers and habits left by the Civil War and collectivisation",
    historians=("Leonard Schapiro", "Richard Pipes", "Alexander Solzhenitsyn", "Paul Hagenloh", "Nicolas Werth"),
    claim=(
        "The means of 1937 were those of 1918-21 and 1930-33: hostage-taking, categories, troikas, quotas and the "
        "registers of the suspect. A state founded on extraordinary means took them up again in its next crisis."
    ),
    predicts=(
        "Regions hard hit in 1930-33 are hit again, beyond what registers and population explain; the same tools, "
        "words and cadres; the party itself is spared."
    ),
    cannot="Choose its own moment, or turn against the party, which Lenin's rule spared; it is silent about the end.",
    sources=(
        Citation("Schapiro, The Communist Party of the Soviet Union (1960)", "one-party rule as Lenin had made it"),
        Citation("Solzhenitsyn, The Gulag Archipelago (1973)", "an unbroken line of waves of arrests from 1918"),
        Citation("Pipes, The Russian Revolution (1990)", "terror as founded under Lenin"),
        Citation("Holquist, Violent Russia, Deadly Marxism (2003)", "methods carried from war and civil war"),
        Citation("Courtois (ed.), The Black Book of Communism (1997), part 1 by Werth",
                 "a cycle of violence from 1918 on"),
        Citation("Hagenloh, Stalin's Police (2009)", "mass operations grew out of the policing of registered people; reviews",
                 "seen"),
        Citation("Shearer, Policing Stalin's Socialism (2009)", "registers and social order before 1937; reviews", "seen"),
    ),
    parameters=(
        Parameter("readiness", "how readily a crisis is answered with the inherited means", "1",
                  LogNormal(1.1, 0.4), "judgement: the crises of 1932-33 were answered so"),
        Parameter("half_life", "time in which half of the repertoire is lost if it is not used", "weeks",
                  LogNormal(400.0, 0.5), "judgement: cadres and registers last five to fifteen years"),
        Parameter("history", "log of how much harder a place with the longest history of exile is pressed", "log",
                  Normal(0.5, 0.4), "judgement; first limits rise with the history of exile"),
        Parameter("immunity", "share of the drive from which the party is exempt", "1",
                  Uniform(0.2, 1.0), "the rule of the 1920s against shooting party members; strict: it holds",
                  strict=1.0),
    ),
    variants={
        "strict": "The party's immunity holds, and the repertoire only fades.",
        "charitable": "Immunity may have worn thin, use renews the repertoire, and its old sentences come with it.",
    },
    strict=Repertoire(renewed=False),
    charitable=Repertoire(renewed=True),
)  # fmt: skip
