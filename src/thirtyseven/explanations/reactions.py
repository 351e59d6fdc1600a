"""A series of reactions: campaigns of the centre against a periphery that does not obey.

The centre could not make its regional secretaries do what they were told. When the gap between order and deed had
grown too wide it sent plenipotentiaries and opened a campaign over the secretaries' heads; the secretaries turned it
on the rank and file; the centre, faced with the complaints, relaxed; and the gap grew again. In 1937 the announced
elections made the secretaries fear for their posts, and they asked for operations against the people who would have
voted them out.

What it predicts that its rivals do not: a saw-tooth of campaigns and relaxations from 1933 on; elite arrests that begin
when a plenipotentiary comes and so at different times; requests signed by secretaries and foretold by failed harvests
and insecure posts; people reinstated in waves; and a purge that should have ebbed once the secretaries were gone.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thirtyseven import draws
from thirtyseven.explanations.base import (
    CHANNELS,
    Citation,
    Controls,
    Core,
    Explanation,
    Floats,
    LogNormal,
    Parameter,
    Uniform,
    Values,
    sigmoid,
)
from thirtyseven.society.setting import Setting

CAMPAIGN_WEEKS = 18.0
"""Length of a campaign: the reviews of 1933, 1935 and 1936 each ran four to eight months."""
HAZARD = 0.12
"""Weekly chance that the centre acts once the gap is too wide: about two months from alarm to campaign."""
PARTY_CHANNELS = (CHANNELS.index("lists"), CHANNELS.index("party"))
COMPLAINTS_WEEKS = 40.0


class Campaigns:
    """The law: a gap that grows, a campaign that closes it in part, and secretaries who pass it on.

    Args:
        over_heads: the charitable form; campaigns also remove secretaries, insecure ones ask for more, and the
            relaxations release people.
    """

    def __init__(self, over_heads: bool) -> None:
        self.over_heads = over_heads

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin 1934 in the middle of the review of the party that was then under way."""
        regions = len(setting.regions)
        heads = setting.population
        return {
            "gap": np.full((runs, regions), 0.4) + 0.2 * setting.shortfall[None, :],
            "weight": heads / heads.sum(),
            "campaign": np.full(runs, 0.3),
            "insecurity": np.full(runs, 0.1),
            "complaints": np.zeros(runs),
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Open campaigns, let insecurity and complaints grow, and push accordingly."""
        setting, week = core.setting, core.week
        self._campaign(core, own, values)
        campaign: Floats = own["campaign"]
        removed = core.secretaries_removed.mean(axis=1)
        gained = 0.085 * campaign * (0.12 + setting.elections[week])
        own["insecurity"] += gained - own["insecurity"] * (1.0 / 26.0 + 0.03 * np.minimum(removed, 1.0))
        wronged = core.arrests[:, PARTY_CHANNELS].sum(axis=1) / 60_000.0
        own["complaints"] += wronged - own["complaints"] / COMPLAINTS_WEEKS

        fear = values["insecurity"] * own["insecurity"]
        voiced = values["relax"] * own["complaints"] * (1.0 - campaign)
        pressed = fear + 0.25 * campaign - voiced
        controls.elite += sigmoid(6.0 * (campaign - 0.55))
        controls.mass += sigmoid(6.0 * (pressed - 0.9))
        controls.national += sigmoid(6.0 * (pressed - 1.0))[:, None]
        controls.tilt += 1.5 * setting.shortfall + 0.8 * (own["gap"] - 0.5)
        running = core.launched >= 0
        controls.switch_off += np.where(running, np.clip(6.0 * voiced, 0.0, 6.0), 0.0)
        if self.over_heads:
            controls.removal_secretary += 1.5 * campaign[:, None] * np.minimum(own["gap"] + 0.5, 1.5)
            controls.request += (1.2 * np.minimum(fear, 1.5))[:, None] * (0.5 + setting.shortfall)
            controls.release += 1.5 * np.minimum(voiced, 1.0)

    def _campaign(self, core: Core, own: dict[str, Any], values: Values) -> None:
        """Let the gap grow and open a campaign where it is too wide.

        A campaign is as strong as the criticism from below that the centre allows itself to use, which is given:
        weak in 1934, stronger with the Stakhanovites, strongest after the plenum of February-March 1937.
        """
        setting, week = core.setting, core.week
        gap = own["gap"]
        drift = 0.02 * (1.0 + setting.harvest[week] * setting.shortfall + setting.elections[week])
        gap += values["drift"][:, None] * drift[None, :]
        wide = (gap * own["weight"]).sum(axis=1) > values["patience"]
        opens = wide & (core.uniform(draws.PURPOSES["law-reactions"]) < HAZARD)
        own["campaign"] *= 1.0 - 1.0 / CAMPAIGN_WEEKS
        strength = 0.3 + 0.75 * setting.licence[week]
        own["campaign"] = np.minimum(np.where(opens, own["campaign"] + strength, own["campaign"]), 1.1)
        gap *= np.where(opens, 0.35, 1.0)[:, None]


EXPLANATION = Explanation(
    slug="reactions",
    title="A series of reactions",
    gloss="campaigns of a weak centre against regional leaders who did not obey",
    historians=("J. Arch Getty", "Gábor Rittersporn", "James Harris", "Moshe Lewin", "Roberta Manning"),
    claim=(
        "There was no single plan but a chain of reactions: a centre that could not make its officials obey went over "
        "their heads, officials turned each campaign on those below, and in 1937 the threat of contested elections "
        "made them ask for operations that the centre then allowed to run."
    ),
    predicts=(
        "A saw-tooth of campaigns and relaxations from 1933 on; requests signed by secretaries and foretold by failed "
        "harvests and insecure posts; people reinstated in waves; an ebb once the secretaries were replaced."
    ),
    cannot="Explain why the operations went on in 1938, when nearly every secretary who had asked for them was gone.",
    sources=(
        Citation("Getty, Origins of the Great Purges (1985)", "centre against periphery in the party reviews"),
        Citation("Getty, Excesses Are Not Permitted, Russian Review 61 (2002)", "limits as ceilings, and bargaining"),
        Citation("Getty and Naumov, The Road to Terror (1999)", "zig-zags of policy; no private cynicism"),
        Citation("Lewin, The Making of the Soviet System (1985)", "a state weaker than it looked, reacting to society"),
        Citation("Manning, in Getty and Manning, Stalinist Terror: New Perspectives (1993)",
                 "the purge seen from one rural district and from the economy of 1936-40"),
        Citation("Rittersporn, Stalinist Simplifications and Soviet Complications (1991)",
                 "conflicts inside the apparatus"),
        Citation("Harris, The Great Urals (1999)", "regional leaders under plans that could not be met"),
    ),
    parameters=(
        Parameter("drift", "how fast the gap between order and deed grows", "1",
                  LogNormal(1.0, 0.4), "judgement: at the median a gap closed in part is wide again in nine months"),
        Parameter("patience", "gap at which the centre is ready to act", "1",
                  Uniform(0.5, 1.4), "judgement; campaigns of 1933-36 came about once a year"),
        Parameter("insecurity", "how strongly secretaries' fear for their posts turns into operations", "1",
                  LogNormal(1.0, 0.4), "judgement; secretaries spoke of enemies at the elections (Getty, recalled)"),
        Parameter("relax", "how strongly complaints of the wronged check the campaign", "1",
                  LogNormal(1.0, 0.6), "judgement; appeals of 1936, plenum of January 1938"),
    ),
    variants={
        "strict": "Campaigns and insecurity move only how hard the purge is driven, where, and its end.",
        "charitable": "Campaigns also remove secretaries, insecure ones ask for more, relaxations release people.",
    },
    strict=Campaigns(over_heads=False),
    charitable=Campaigns(over_heads=True),
    speaks_to_stop=True,
)  # fmt: skip
