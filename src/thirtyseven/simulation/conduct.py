"""Conduct: what somebody is supposed to have done otherwise, as edits around the compiled step.

A conduct may change what was given, the scenarios' numbers, what an explanation sees and says, the composed controls,
decisions with a date, and the push of a week; it never touches the compiled step. Every random number is addressed, so
a run with a conduct and the run without it share their numbers wherever they take the same course: the difference is
the conduct's, and a conduct that touches nothing changes nothing to the bit.

`simulate` opens a conduct once a batch (`enter`) and asks it at five places. What is kept from week to week lives in
the `Acting` that `enter` returns, so a conduct itself stays frozen and can be sent to worker processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import Controls, Core
from thirtyseven.scenario import Batch
from thirtyseven.society.setting import Setting

if TYPE_CHECKING:
    from thirtyseven.simulation.control import Composition

Floats = NDArray[np.float64]


class Acting:
    """A conduct at work in one batch; this one changes nothing.

    Attributes:
        setting: what everybody is given in these runs.
        batch: the scenarios of these runs.
    """

    def __init__(self, setting: Setting, batch: Batch) -> None:
        self.setting, self.batch = setting, batch

    def begin(self, composition: Composition, x: Floats) -> None:
        """Before the first week: the explanations at work may be wrapped, the state x (fields, B, R) edited."""

    def view(self, core: Core) -> Core:
        """What the explanations see of the core this week."""
        return core

    def control(self, controls: Controls, core: Core) -> None:
        """Edit the weighted sum of what the explanations said, in place, before anything is decided."""

    def decide(self, course: Any, week: int) -> None:
        """Edit the decisions of the week (`decided`, `launch`, `stop`, `line_start`, each by run), in place."""

    def push(self, push: Any, ctl: Floats, x: Floats, core: Core) -> Any:
        """Return the push of the week; regional controls ctl (controls, B, R) and state x may be edited in place."""
        return push


class Conduct(Protocol):
    """What is supposed; frozen, and the same for every batch."""

    def enter(self, setting: Setting, batch: Batch) -> Acting:
        """Open the conduct for a batch of runs."""


class AsItWas:
    """The conduct that changes nothing."""

    def enter(self, setting: Setting, batch: Batch) -> Acting:
        """Open it."""
        return Acting(setting, batch)


AS_IT_WAS = AsItWas()
