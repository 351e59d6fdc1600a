"""A life of its own: denunciation that feeds on denunciation.

People denounced superiors, rivals and neighbours: out of duty, from fear of being named first, for a post or a room, to
settle a quarrel. Each denunciation made others: those drawn in named more, posts fell vacant, meetings demanded
vigilance. It spread from the cities and from workplace to workplace; the centre had opened the door with its call for
criticism from below, and rode a wave that it did not make.

What it predicts that its rivals do not: a start at different times in different places, spreading from the cities;
clusters of very different size; targets above the accuser; more of the second category than of the first; and an ebb as
fewer are left to name, at no one's order. A pure form cannot shoot hundreds of thousands: the centre has to join in.
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
    Parameter,
    Uniform,
    Values,
    sigmoid,
)
from thirtyseven.society.setting import Setting

NEAR, FAR = 0.85, 0.15
"""Share of the stimulus from one's own region and from the country at large (press, films, letters)."""
CITY = 0.25
"""Log of how much faster accusation spreads where all live in cities."""
NAMED = 0.0007
"""Share of the population accused in a week when the intensity is 1."""
REFILLED = 52.0
"""Weeks until the places of the accused are filled with people who can be accused in their turn."""
ELITE, MASS, NATIONAL = 0.4, 0.55, 0.65
"""Mean intensity at which each drive is half of that of late 1937."""


class Contagion:
    """The law: regional intensities that excite themselves and one another until few are left to name.

    Args:
        licensed: the charitable form; criticism from below works as a licence that makes every accusation more
            likely to be followed by others, vacancies feed it too, and its targets are leaders.
    """

    def __init__(self, licensed: bool) -> None:
        self.licensed = licensed

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin 1934 with the little denunciation of ordinary times."""
        heads = setting.population
        spread = np.exp(CITY * (setting.urban - 0.33))
        return {
            "intensity": np.full((runs, len(setting.regions)), 0.04),
            "named": np.zeros((runs, len(setting.regions))),
            "weight": heads / heads.sum(),
            "spread": values["branching"][:, None] * spread[None, :],
            "posts": 1.0 / np.maximum(setting.office_holders, 1.0),
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Let accusations breed, and let the centre ride the wave as far as it is coupled to it."""
        left = self._spread(core, own, values)
        intensity = own["intensity"]
        mean: Floats = (intensity * own["weight"]).sum(axis=1)
        controls.elite += sigmoid(6.0 * (mean - ELITE))
        controls.mass += values["coupling"] * sigmoid(6.0 * (mean - MASS))
        controls.national += (values["coupling"] * sigmoid(6.0 * (mean - NATIONAL)))[:, None]
        controls.denunciation += np.minimum(np.log1p(3.0 * intensity), 2.5)
        controls.tilt += np.clip(intensity / np.maximum(mean, 0.05)[:, None] - 1.0, -1.0, 1.0)
        running = core.launched >= 0
        controls.switch_off += np.where(running, np.clip(8.0 * (0.6 - left), 0.0, 3.0), 0.0)
        if self.licensed:
            controls.removal_secretary += np.minimum(intensity, 1.0)
            controls.category -= 0.4 * np.minimum(intensity, 1.0)

    def _spread(self, core: Core, own: dict[str, Any], values: Values) -> Floats:
        """Advance the intensities by a week; return the share of accusable people left, averaged over the country."""
        setting, week = core.setting, core.week
        intensity = own["intensity"]
        left = np.maximum(1.0 - own["named"] / values["reach"][:, None], 0.0)
        mean = (intensity * own["weight"]).sum(axis=1, keepdims=True)
        source = 0.012 + 0.01 * setting.shock[week] + 0.08 * setting.licence[week]
        breeds = own["spread"]
        if self.licensed:
            breeds = breeds * (0.7 + 0.4 * setting.licence[week])
            vacancies = 100.0 * core.office_week * own["posts"]
            source = source + 0.1 * np.minimum(vacancies, 1.0)
        excited = breeds * left * (NEAR * intensity + FAR * mean) + source
        intensity += (excited - intensity) / values["tau"][:, None]
        np.clip(intensity, 0.0, 5.0, out=intensity)
        own["named"] += NAMED * intensity - own["named"] / REFILLED
        return np.asarray((left * own["weight"]).sum(axis=1))


EXPLANATION = Explanation(
    slug="below",
    title="A life of its own",
    gloss="denunciation from below that fed on itself",
    historians=("Sheila Fitzpatrick", "Wendy Goldman", "Robert Thurston", "Stephen Kotkin"),
    claim=(
        "Once criticism from below had been let loose, accusation bred accusation in factories, offices and party "
        "cells: people denounced to save themselves, to serve, to rise or to settle quarrels, and the purge spread far "
        "beyond anything that had been ordered."
    ),
    predicts=(
        "A start at different times, spreading from the cities; clusters of very different size; leaders accused by "
        "those below; more second category than first; an ebb by itself that no decree makes."
    ),
    cannot="Start everywhere on one day, end on one day, or shoot hundreds of thousands without the centre.",
    sources=(
        Citation("Goldman, Terror and Democracy in the Age of Stalin (2007)", "union democracy, criticism from below "
                 "and accusation in factories"),
        Citation("Goldman, Inventing the Enemy (2011)", "how denunciation spread through workplaces"),
        Citation("Fitzpatrick, Signals from Below (1994 report, 1996)", "motives and forms of denunciation", "seen"),
        Citation("Thurston, Life and Terror in Stalin's Russia (1996)", "fear, belief and participation"),
        Citation("Kotkin, Magnetic Mountain (1995)", "accusation as part of the language everybody had to speak"),
        Citation("Bergemann, American Sociological Review 82 (2017)", "volunteers and the coerced among denouncers",
                 "seen"),
    ),
    parameters=(
        Parameter("branching", "accusations that one accusation breeds while everybody can still be named", "1",
                  Uniform(0.7, 1.25), "judgement: around 1, where bursts are large; regions of cities a little more"),
        Parameter("tau", "time from an accusation to those that it breeds", "weeks",
                  Uniform(2.0, 8.0), "judgement: from one meeting to the next, from arrest to confession"),
        Parameter("reach", "share of the population that accusation can reach at all", "1",
                  LogNormal(0.08, 0.6), "judgement: party, staff of offices and factories, their families"),
        Parameter("coupling", "how far the centre's mass operation follows the wave from below", "1",
                  Uniform(0.5, 1.0), "below .5 it cannot start the operation alone"),
    ),
    variants={
        "strict": "Accusation breeds accusation at a constant rate, and criticism from below only adds to it.",
        "charitable": "Licensed criticism makes accusation breed faster, vacancies feed it, and it reaches leaders.",
    },
    strict=Contagion(licensed=False),
    charitable=Contagion(licensed=True),
    speaks_to_stop=True,
)  # fmt: skip
