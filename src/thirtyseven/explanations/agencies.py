"""Agencies with aims of their own: the police as an organisation that grows by its work.

The political police had its own interest in enemies: staff, budget, rank and the master's ear came with cases. Under
Yezhov, who had risen by promising conspiracies, nothing held it back. Regional chiefs were measured against one
another, and a chief who overshot his limit had it raised, where a factory manager would have been set a harder plan:
the ratchet turned the other way. The operation grew until its master clamped down on it.

What it predicts that its rivals do not: a break at Yezhov's appointment; regional excess that follows the sitting
chief and not the place, and changes when he does; chiefs who copy the raises of their peers; requests before any push
from the centre; forged networks and a purge inside the service along ties of patronage. An end needs the master: a
clamp that comes the sooner the larger the operation has grown.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thirtyseven import draws
from thirtyseven.explanations.base import (
    CHANNELS,
    GROUPS,
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

UNDER_YAGODA, UNDER_YEZHOV, CLAMPED = 0.08, 1.0, 0.1
"""Growth of the agency's drive relative to that under Yezhov."""
ELITE, MASS, NATIONAL = 0.12, 0.6, 0.65
"""The agency's drive at which each campaign is half that of late 1937."""
TROIKA = CHANNELS.index("troika")
SECURITY = GROUPS.index("nkvd")


def passes(drive: Floats, half: float, steepness: float) -> Floats:
    """Return a threshold response on the log scale, 1/2 where the drive is `half`."""
    return sigmoid(steepness * (np.log(np.maximum(drive, 1e-6)) - np.log(half)))


class Ambition:
    """The law: a drive that grows by its own work, chiefs who compete, a master who may clamp down.

    Args:
        forges: the charitable form; reports are inflated, chiefs copy their peers' raises, networks are forged, and
            the service turns on itself and on its head.
    """

    def __init__(self, forges: bool) -> None:
        self.forges = forges

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin 1934 with a small drive and a free hand."""
        return {"drive": np.full(runs, 0.02), "clamped": np.zeros(runs, bool)}

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Grow, compete, ask, and obey the master once he clamps down."""
        self._grow(core, own, values)
        drive = own["drive"]
        running = (core.launched >= 0) & ~own["clamped"] & ~core.stopped
        controls.elite += passes(drive, ELITE, 3.0)
        controls.mass += passes(drive, MASS, 6.0)
        controls.national += passes(drive, NATIONAL, 6.0)[:, None]
        zeal = values["zeal"][:, None] * core.zeal
        controls.tilt += zeal
        self._ratchet(core, values, running, zeal, controls)
        controls.switch_off += np.where(own["clamped"], 6.0, 0.0)
        if self.forges:
            self._forge(core, own, zeal, controls)

    def _grow(self, core: Core, own: dict[str, Any], values: Values) -> None:
        """Logistic growth at the pace of the head in office; the clamp's hazard grows with the operation."""
        operation = core.total[:, TROIKA] / 400_000.0
        chance = -np.expm1(-values["clamp"] * np.maximum(operation - 1.0, 0.0))
        own["clamped"] |= core.uniform(draws.PURPOSES["law-agencies"]) < chance
        head = UNDER_YEZHOV if core.setting.yezhov[core.week] else UNDER_YAGODA
        pace = np.where(own["clamped"], CLAMPED, head) * values["growth"]
        drive = own["drive"]
        grown = drive + pace * drive * (1.0 - drive / 1.1) - 0.004 * drive
        own["drive"] = np.where(own["clamped"], 0.88 * grown, grown)

    def _ratchet(self, core: Core, values: Values, running: np.ndarray, zeal: Floats, controls: Controls) -> None:
        """Whoever overshot is raised again: more is asked, and small excesses are covered afterwards."""
        free = (running[:, None] & ~core.past_term).astype(float)
        ratchet = values["ratchet"][:, None] * free
        controls.request += free * zeal + ratchet * np.minimum(core.raised, 1.0)
        controls.request_size += 0.5 * ratchet * np.minimum(core.raised, 1.0)
        covered = 0.02 * ratchet * np.clip(10.0 * (core.fill - 0.9), 0.0, 1.0)
        controls.grant += covered[:, :, None]

    def _forge(self, core: Core, own: dict[str, Any], zeal: Floats, controls: Controls) -> None:
        """Inflate, copy the peers, force confessions in one's own ranks, and lose the head once clamped."""
        drive = own["drive"]
        mean = core.raised.mean(axis=1, keepdims=True)
        controls.request += 2.0 * np.clip(mean - core.raised, 0.0, 0.5)
        controls.inflation += 0.3 * drive[:, None] * (1.0 + np.clip(zeal, -1.0, 1.0))
        controls.confession[:, SECURITY] += 1.5 * drive
        controls.naming[:, SECURITY] += 0.5 * drive
        controls.removal_chief += 0.5 * drive[:, None]
        controls.head += np.where(own["clamped"], 3.0, 0.0)


EXPLANATION = Explanation(
    slug="agencies",
    title="Agencies with aims of their own",
    gloss="a police that grew by its work, and chiefs who competed",
    historians=("Paul Gregory", "Michael Ellman", "Marc Junge and Rolf Binner", "Lynne Viola", "Alexander Vatlin"),
    claim=(
        "The political police under Yezhov was an organisation with its own stake in enemies: it had built the "
        "registers and methods, its chiefs were measured by cases and competed for higher limits, and overshooting "
        "was rewarded; the centre set it free and later had to break it."
    ),
    predicts=(
        "A break at Yezhov's appointment; regional excess that follows the sitting chief and changes with him; "
        "requests before any push from the centre; chiefs who copy their peers; a purge inside the service."
    ),
    cannot="Point to frontier regions, or end by itself: it needs a master who clamps down, and gives him no date.",
    sources=(
        Citation("Hagenloh, Stalin's Police (2009)", "mass operations as an extension of policing; reviews", "seen"),
        Citation("Jansen and Petrov, Stalin's Loyal Executioner (2002)", "against: Yezhov as a held instrument"),
        Citation("Gregory, Terror by Quota (2009)", "chiefs invited to ask for more; excerpt", "seen"),
        Citation("Ellman, Regional Influences on Order 00447 (2010)", "regions shaped the order and its fulfilment"),
        Citation("Junge and Binner, Wie der Terror \"gross\" wurde (2003)", "regional files on how Order 00447 grew"),
        Citation("Viola, Stalinist Perpetrators on Trial (2017)", "what officers said they had been rewarded for"),
        Citation("Weitzman, The Ratchet Principle and Performance Incentives (1980)",
                 "the ratchet of planning, here with its sign reversed", "seen"),
        Citation("Vatlin, Agents of Terror (2016)", "one district: officers rewarded for inventing enemies", "seen"),
    ),
    parameters=(
        Parameter("growth", "weekly growth of the agency's drive under Yezhov", "1/week",
                  LogNormal(0.09, 0.35), "judgement: from small to leading within about a year of his appointment"),
        Parameter("zeal", "log of how much harder a chief one deviation more zealous presses", "log",
                  LogNormal(0.5, 0.4), "judgement; chiefs of like regions differed by half and more"),
        Parameter("ratchet", "how much a raise makes the next one likelier and larger", "logit",
                  LogNormal(0.5, 0.7), "judgement: units once raised were raised again"),
        Parameter("clamp", "weekly hazard of the master's clamp per 400,000 arrested beyond the first 400,000",
                  "1/week", LogNormal(0.02, 1.0), "judgement: the master is patient, but not for ever"),
    ),
    variants={
        "strict": "The agency moves the drives, its own requests and what is covered afterwards, and nothing else.",
        "charitable": "It also inflates reports, copies peers, forges networks in its own ranks, and costs its head.",
    },
    strict=Ambition(forges=False),
    charitable=Ambition(forges=True),
    speaks_to_stop=True,
)  # fmt: skip
