"""Real opposition: a closed loop with a true sensor.

There was opposition to be found: peasants who had lost land and returned from exile, believers, the hungry of
1936-37, party members who had fought Stalin in the 1920s. It grew on grievances, showed itself in the harvest
crisis and before the announced elections, and the state struck where it showed. What is struck falls, so the campaign
uses up its own cause: the more precisely it strikes, the sooner.

What it predicts that its rivals do not: regions with independent signs of resistance are pressed harder *before* and
apart from any report of the police; arrests lower later signs; the end is gradual, with few reversals. Only signs that
do not come out of interrogations count in its favour.
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
    Floats,
    LogNormal,
    Parameter,
    Values,
    sigmoid,
)
from thirtyseven.society.setting import Setting

OPPONENTS = 0.01
"""Opposition 1 means that one person in a hundred is actively hostile (the size that registers claimed)."""
PARTY_OPPONENTS = 60_000.0
"""Former oppositionists of all groups in the party: the count of 1936-37 was of some tens of thousands (recalled)."""
FADES = 0.01
"""Weekly rate at which opposition fades by itself: half in about 16 months."""
ELITE, MASS, NATIONAL = 0.55, 0.65, 0.7
"""Visible opposition at which each drive is half of that of late 1937."""
PARTY_CHANNELS = (CHANNELS.index("lists"), CHANNELS.index("party"))


class Resistance:
    """The law: regional opposition that grows on grievances, is seen as it is, and is struck.

    Args:
        hardens: the charitable form; a state that fights real enemies sentences harder, releases none, and asks for
            more where they are many.
    """

    def __init__(self, hardens: bool) -> None:
        self.hardens = hardens

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin 1934 with what the coders see of earlier unrest, which also shapes what elections bring out."""
        heads = setting.population
        weight = heads / heads.sum()
        return {
            "region": np.repeat((0.15 + 0.35 * setting.unrest)[None, :], runs, axis=0),
            "party": np.full(runs, 0.2),
            "weight": weight,
            "struck": np.where(heads > 0, 1.0 / np.maximum(OPPONENTS * heads, 1.0), 0.0),
            "hungry": 0.5 + setting.shortfall,
            "restless": 0.4 + setting.unrest,
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Let opposition grow and be struck, then push as it shows itself."""
        setting, week = core.setting, core.week
        self._grow(core, own, values)
        opposed: Floats = values["visible"] * (own["region"] * own["weight"]).sum(axis=1)
        mass = sigmoid(6.0 * (opposed - MASS))
        lines = 0.5 * opposed[:, None] + 0.65 * setting.threat[week][None, :]
        controls.elite += sigmoid(6.0 * (values["visible"] * own["party"] - ELITE))
        controls.mass += mass
        controls.national += sigmoid(6.0 * (lines - NATIONAL))
        tilt = 0.8 * np.log(own["region"] / 0.7 + 0.2)
        controls.tilt += tilt
        running = core.launched >= 0
        controls.switch_off += np.where(running, np.clip(12.0 * (0.45 - opposed), 0.0, 4.0), 0.0)
        if self.hardens:
            controls.request += 0.5 * tilt * running[:, None]
            controls.category += 0.5 * mass[:, None]
            controls.release -= 1.5 * mass * running

    def _grow(self, core: Core, own: dict[str, Any], values: Values) -> None:
        """Grievance and imitation feed opposition; time and arrests take it away."""
        setting, week = core.setting, core.week
        region = own["region"]
        hunger = 0.010 * setting.harvest[week] * own["hungry"]
        ballot = 0.015 * setting.elections[week] * own["restless"]
        source = values["grievance"][:, None] * (hunger + ballot)[None, :]
        struck = values["precision"][:, None] * own["struck"] * core.mass_week
        region += (values["growth"][:, None] * region + source) * (1.0 - region) - FADES * region - struck
        np.clip(region, 0.01, 1.0, out=region)
        party = own["party"]
        crisis = 0.012 * setting.harvest[week] + 0.012 * setting.elections[week] + 0.05 * setting.shock[week]
        taken = values["precision"] * core.arrests[:, PARTY_CHANNELS].sum(axis=1) / PARTY_OPPONENTS
        grown = (values["growth"] * party + values["grievance"] * crisis) * (1.0 - party)
        own["party"] = np.clip(party + grown - FADES * party - taken, 0.01, 1.0)


EXPLANATION = Explanation(
    slug="opposition",
    title="Real opposition",
    gloss="resistance that was there, grew with hunger and elections, and was struck",
    historians=("Vadim Rogovin", "Pierre Broué", "Lynne Viola"),
    claim=(
        "The state was not only imagining enemies: dekulakised peasants had come home, churches and sects still lived, "
        "the harvest of 1936 had failed, secret elections were announced and former oppositionists still met; the "
        "campaign struck, wildly, at discontent that was real."
    ),
    predicts=(
        "Arrests follow signs of resistance that the police did not make; they lower later signs; the campaign ebbs "
        "gradually, as its cause is used up; few are released and little is reversed."
    ),
    cannot="Stop on a day, keep the elite purge high through 1938, or explain innocent loyalists in such numbers.",
    sources=(
        Citation("Viola, Peasant Rebels under Stalin (1996)", "the scale of rural resistance in 1930"),
        Citation("Davies, Popular Opinion in Stalin's Russia (1997)", "dissent among people who were not peasants"),
        Citation("Rogovin, 1937: Stalin's Year of Terror (1996)", "opposition inside the party that was no invention"),
        Citation("Broué, Party Opposition to Stalin (1930-1932) and the First Moscow Trial (1989)",
                 "a bloc of oppositionists in 1932, from letters and not from confessions"),
        Citation("Getty, State and Society under Stalin: Constitutions and Elections in the 1930s (1991)",
                 "alarm at what contested elections would bring out"),
        Citation("Manning, The Soviet Economic Crisis of 1936-1940 and the Great Purges (1993)",
                 "bad harvest, shortage and discontent before the purge"),
        Citation("Gregory, Schröder and Sonin (2006)", "scale of a purge by the share of enemies and the precision "
                 "of information; abstract", "seen"),
    ),
    parameters=(
        Parameter("visible", "how strongly opposition shows itself to the state", "1",
                  LogNormal(1.1, 0.3), "judgement: opposition can be falsified from both sides (Kuran, recalled)"),
        Parameter("precision", "share of those arrested who were in fact opposed", "1",
                  LogNormal(0.3, 0.8), "reviews of 1939-40 and rehabilitations leave little; wide"),
        Parameter("growth", "weekly growth of opposition by imitation", "1/week",
                  LogNormal(0.008, 0.4), "judgement: doubles in one to three years if nothing checks it"),
        Parameter("grievance", "how much hunger and elections feed it", "1",
                  LogNormal(1.0, 0.5), "judgement; no published elasticity was found"),
    ),
    variants={
        "strict": "Opposition moves only how hard the state strikes and where.",
        "charitable": "A state that meets resistance also sentences harder, releases none and asks for more there.",
    },
    strict=Resistance(hardens=False),
    charitable=Resistance(hardens=True),
    speaks_to_stop=True,
)  # fmt: skip
