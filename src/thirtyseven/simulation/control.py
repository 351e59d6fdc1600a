"""The control layer: explanations speak, their drives are composed, the centre decides. Plain NumPy over a batch.

Composition (model description, 3.0): the drive of a question is the weighted mean of the explanations' drives, with
weights that sum to one for each of elite, mass and national; tilts of *where* add with coefficients that do not;
secondary controls start from the core's neutral value and add the explanations' shifts with the weight of the mass
question (of the elite question for the groups of the elite); the stop comes from the fall of the drives and from laws
that speak to `switch_off`. Sums run in the fixed order of the slugs, so order cannot matter, and a weight of zero
changes nothing to the bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import DRIVES, FIELDS, GROUPED, GROUPS, Controls, Core, sigmoid
from thirtyseven.scenario import Batch
from thirtyseven.simulation import layout
from thirtyseven.simulation.layout import Course, Push
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]

LAUNCH_DRIVE, LAUNCH_HAZARD, LAUNCH_DELAY = 0.5, 0.4, 5
"""The order is decided in a week with a mass drive above .5, with hazard .4; five weeks lie between the telegram of
2 July 1937 and the first day of the operation."""
LINE_DRIVE, LINE_HAZARD = 0.5, 0.15
QUIET_LEVEL, QUIET_WEEKS, QUIET_HAZARD = 0.28, 4, 0.12
MASS_SCALE = 50_000.0
NEUTRAL_HEAD = -4.5
"""Weekly logit of the fall of the head of the NKVD: one in ninety; Yagoda and Yezhov held the office for 26 months each."""
NEUTRAL_OFF = -8.0
"""Weekly logit of a decree when no explanation speaks to it: one in three thousand."""

BOUNDED = (
    ("tilt", layout.C_HALF_TILT, 2.5), ("request", layout.C_REQUEST, 3.0), ("request_size", layout.C_SIZE, 2.0),
    ("approval", layout.C_APPROVAL, np.inf), ("category", layout.C_CATEGORY, np.inf),
    ("denunciation", layout.C_DENUNCIATION, 3.0), ("removal_secretary", layout.C_SECRETARY, 3.0),
    ("removal_chief", layout.C_CHIEF, 3.0),
)  # fmt: skip
"""Regional controls that the compiled step reads: name, field, and how far from neutral they can go."""

ELITE_GROUPS = np.array([group in ("elite", "nkvd", "officers") for group in GROUPS])


class Composition:
    """The explanations of a batch, each with its own state, and the sum of what they say."""

    def __init__(self, setting: Setting, batch: Batch) -> None:
        self.setting, self.batch = setting, batch
        self.acting = [
            (k, law, law.law(batch.variants[k]))
            for k, law in enumerate(EXPLANATIONS)
            if (batch.weights[:, :, k] > 0).any()
        ]
        self.own: list[dict[str, Any]] = [
            act.begin(setting, batch.laws[law.slug], batch.runs) for _, law, act in self.acting
        ]
        runs, regions = batch.runs, len(setting.regions)
        self.said = Controls.zeros(runs, regions)
        self.total = Controls.zeros(runs, regions)
        people = setting.population / setting.population.sum()
        self.people = people
        self.weights = [{name: self._weight(k, name) for name in FIELDS} for k, _, _ in self.acting]

    def push(self, core: Core) -> Controls:
        """Let every explanation speak and return the weighted sum, valid until the next call."""
        total = self.total
        total.clear()
        for (_, law, act), own, weights in zip(self.acting, self.own, self.weights, strict=True):
            self.said.clear()
            act.steer(core, own, self.batch.laws[law.slug], self.said)
            for name, value in self.said.touched.items():
                if name in DRIVES:
                    np.minimum(np.maximum(value, 0.0, out=value), 1.0, out=value)
                value *= weights[name]
                summed = getattr(total, name)
                summed += value
        total.tilt -= (total.tilt * self.people).sum(axis=1)[:, None]  # no BLAS: a row must not depend on its batch
        return total

    def _weight(self, k: int, name: str) -> Floats:
        """What a control of explanation k counts in the sum, shaped to be multiplied with it."""
        elite, mass, national, where, stop = np.ascontiguousarray(self.batch.weights[:, :, k].T)
        if name in GROUPED:
            return np.where(ELITE_GROUPS[None, :], elite[:, None], mass[:, None])
        own = {"elite": elite, "national": national, "tilt": where, "switch_off": stop, "removal_secretary": elite,
               "removal_chief": elite}.get(name, mass)  # fmt: skip
        shape = (-1,) + (1,) * (getattr(self.said, name).ndim - 1)
        return np.ascontiguousarray(own).reshape(shape)


def to_push(controls: Controls, denunciation: Floats, setting: Setting, week: int, ctl: Floats) -> Push:
    """Translate composed controls into what the compiled step reads, with hard bounds.

    Args:
        controls: the weighted sum.
        denunciation: (B,) the core's level of denunciation.
        setting: what is given: licence for criticism from below, the law of 1 December 1934, reviews of the party.
        week: week number.
        ctl: (CONTROLS, B, R), filled in place.

    Returns:
        The controls that have no region.
    """
    level = (denunciation * setting.licence[week])[:, None]
    for name, field, bound in BOUNDED:
        said = controls.touched.get(name)
        if said is None:
            ctl[field] = 0.0
        else:
            np.minimum(np.maximum(said, -bound, out=ctl[field]), bound, out=ctl[field])
    half = ctl[layout.C_HALF_TILT]
    np.exp(np.multiply(half, 0.5, out=half), out=half)
    np.square(half, out=ctl[layout.C_TILT])
    np.maximum(np.moveaxis(controls.grant, 2, 0), 0.0, out=ctl[layout.C_GRANT : layout.C_GRANT + 2])
    denounced = ctl[layout.C_DENUNCIATION]
    if "denunciation" in controls.touched:
        np.exp(denounced, out=denounced)
        denounced *= level
    else:
        denounced[...] = level
    naming = np.exp(controls.naming) * 4.0 * sigmoid(controls.confession) * sigmoid(controls.acceptance)
    return Push(elite=controls.elite, mass=controls.mass, national=controls.national, naming=np.clip(naming, 0.0, 1.6),
                release=np.clip(0.002 * np.exp(controls.release), 0.0, 0.2),
                law=bool(setting.december_law[week]), review=float(setting.review[week]))  # fmt: skip


def decide(course: Course, controls: Controls, seeds: NDArray[np.uint64], week: int, stop_week: int,
           quiet: NDArray[np.int64], reached: Floats) -> None:  # fmt: skip
    """Start and end campaigns: the order of the mass operation, the national lines, the decree.

    Args:
        course: changed in place (`decided`, `launch`, `line_start`, `stop`).
        controls: composed controls of the week.
        seeds: (B,) seeds.
        week: week number.
        stop_week: week of the decree if it is given as a fact, else -1.
        quiet: (B,) consecutive weeks of low activity, changed in place.
        reached: (B,) people arrested so far in mass and national operations; a decree that ends them is conceivable
            once the mass operation has begun and there are `MASS_SCALE` of them.
    """
    u = draws.uniforms(seeds, draws.PURPOSES["switch"], np.arange(8), week)
    hazard = sigmoid(np.log(LAUNCH_HAZARD / (1 - LAUNCH_HAZARD)) + controls.switch_on)
    order = (course.decided < 0) & (course.stop < 0) & (controls.mass > LAUNCH_DRIVE) & (u[:, 0] < hazard)
    course.decided[order] = week
    course.launch[order] = week + LAUNCH_DELAY
    lines = (
        (course.line_start < 0)
        & (course.stop < 0)[:, None]
        & (controls.national > LINE_DRIVE)
        & (u[:, 1:6] < LINE_HAZARD)
    )
    course.line_start[lines] = week
    begun = reached > MASS_SCALE
    if stop_week >= 0:
        ended = (course.stop < 0) & (week >= stop_week)
        never = ended & (course.launch >= week)  # an order still on its way is not given after the decree
        course.decided[never], course.launch[never] = -1, -1
        course.stop[ended] = stop_week
        return
    activity = 0.5 * controls.mass + 0.3 * controls.national.mean(axis=1) + 0.2 * controls.elite
    low = begun & (activity < QUIET_LEVEL)
    quiet[:] = np.where(low, quiet + 1, 0)
    chance = np.where(quiet >= QUIET_WEEKS, QUIET_HAZARD, 0.0)
    chance = 1.0 - (1.0 - chance) * (1.0 - sigmoid(NEUTRAL_OFF + controls.switch_off))
    ripe = begun & (course.stop < 0) & (course.launch >= 0) & (week >= course.launch)
    course.stop[ripe & (u[:, 6] < chance)] = week


def remove_head(head: NDArray[np.int64], controls: Controls, seeds: NDArray[np.uint64], week: int, yezhov: bool) -> None:
    """Decide in which week the head of the NKVD falls; an outcome to be looked at, nothing in the core follows from it.

    Args:
        head: (B,) week of the fall, -1 while he holds office; changed in place.
        controls: composed controls of the week.
        seeds: (B,) seeds.
        week: week number.
        yezhov: whether he has taken office; his appointment in September 1936 is given.
    """
    if not yezhov:
        return
    u = draws.uniforms(seeds, draws.PURPOSES["head"], 0, week).reshape(len(seeds))
    head[(head < 0) & (u < sigmoid(NEUTRAL_HEAD + controls.head))] = week
