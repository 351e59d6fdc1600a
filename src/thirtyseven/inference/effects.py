"""What is counted of paired runs, how they are made, and when a difference counts as one.

Paired runs share point and seed and differ in a conduct alone (`thirtyseven.simulation.conduct`). They are kept beside the
weighing in files named by all that they depend on, so that work interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import thirtyseven
from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.institutions import Institutions, code_digest
from thirtyseven.inference.predict import Draws
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, Floats
from thirtyseven.scenario import Design
from thirtyseven.simulation.conduct import Conduct
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

ELITE = ("lists", "party", "army", "nkvd", "families")
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "all": CHANNELS, "elite": ELITE, "mass": ("troika",), "national": LINES, "ordinary": ("ordinary",),
}  # fmt: skip
"""Channels that belong to a question: everybody; office-holders, party, army, service and families; Order 00447; the
national lines; ordinary courts and the Special Board."""
WHERE = "where"
"""The question of where, as a number of people: sentenced under Order 00447 beyond their region's first limit."""

_DECREE = calendar.week_of(calendar.DECREE)
PHASES: Mapping[str, tuple[int, int]] = {
    "before": (0, calendar.week_of(calendar.ORDER_00447)),
    "first": (calendar.week_of(calendar.ORDER_00447), calendar.week_of(date(1938, 2, 1))),
    "second": (calendar.week_of(date(1938, 2, 1)), _DECREE),
    "after": (_DECREE, calendar.WEEKS),
}
"""First week and the week after the last: before Order 00447; to the extension of 31 January 1938; to the decree of
17 November 1938; after."""
WHAT = ("arrested", "sentenced", "first_category")
HOLDS = 0.8
"""Share of runs in which something must be so to be said of an explanation; the report's own rule."""
LITTLE = 0.05
"""A change of at most this share of the total counts as little (judgement)."""

_CONDUCTS = ("scenario/offices.py", "scenario/switches.py", "simulation/conduct.py", "simulation/coalition.py",
             "simulation/supposed.py")  # fmt: skip


@dataclass(frozen=True)
class Points:
    """Posterior points of a kind with a seed each.

    Attributes:
        kind: the kind.
        u: (n, P) points.
        seeds: (n,) seeds.
        posterior: False where no posterior could be had and these are prior draws that history matching left.
    """

    kind: str
    u: Floats
    seeds: NDArray[np.uint64]
    posterior: bool


def asked_kinds(finished: Finished) -> list[str]:
    """Every kind that fits (the closest, where none does) and the composite."""
    kinds = list(finished.fitting)
    return kinds + [COMPOSITE] if COMPOSITE in finished.draws and COMPOSITE not in kinds else kinds


def points(draws: Draws, count: int, seed: int, purpose: str) -> Points:
    """The first `count` posterior points of a kind, each with another seed; points come again when all were used.

    Args:
        draws: of the weighing.
        count: how many.
        seed: of the weighing.
        purpose: what for; seeds beyond the weighing's own are drawn for it.
    """
    distinct = len(draws.u) // draws.fresh
    order = [p * draws.fresh + f for f in range(draws.fresh) for p in range(distinct)]
    rows = np.array([order[i % len(order)] for i in range(count)])
    own = np.arange(count) < len(order)
    more = stream(seed, purpose, draws.kind).integers(2**63, size=count, dtype=np.uint64)
    return Points(draws.kind, draws.u[rows], np.where(own, draws.seeds[rows], more), draws.posterior)


def runs(institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64], conduct: Conduct,
         code: str) -> dict[str, NDArray[Any]]:  # fmt: skip
    """Make runs with a conduct and count them.

    Args:
        institutions: the simulator of the weighing.
        kind: of the scenarios.
        u: (n, P) points.
        seeds: (n,).
        conduct: what is supposed.
        code: digest of the code, so that a file made by other code is not taken for this one's.

    Returns:
        `counted` of the outcome.
    """
    given = _DECREE if institutions.stop_given else -1
    batch = Design(kind).batch(u, given)
    return counted(simulate(institutions.setting, batch, seeds, conduct=conduct), institutions.setting)


def counted(outcome: Outcome, setting: Setting) -> dict[str, NDArray[Any]]:
    """What is kept of runs.

    Returns:
        people (n, 12, 4, 3): by channel, phase and `WHAT`; weekly (n, W, 5): sentenced to death by `QUESTIONS`; where (n,);
        launch, stop (n,) weeks; raises (n,): places added to the limits.
    """
    picked = [COUNTED.index(name) for name in WHAT]
    table = outcome.weekly[:, :, :, picked].astype(np.int64)
    people = np.stack([table[:, a:b].sum(axis=1) for a, b in PHASES.values()], axis=2)
    weekly = np.stack([table[:, :, _columns(q), WHAT.index("first_category")].sum(axis=2) for q in QUESTIONS], axis=2)
    sentenced = outcome.regional[:, :, :, CHANNELS.index("troika"), COUNTED.index("sentenced")].sum(axis=1)
    beyond = np.maximum(sentenced - setting.limits.sum(axis=1), 0.0).sum(axis=1)
    return {"people": people, "weekly": weekly.astype(np.int32), "where": beyond, "launch": outcome.launch.copy(),
            "stop": outcome.stop.copy(), "raises": outcome.raised_all.sum(axis=(1, 2))}  # fmt: skip


def people_of(arrays: Mapping[str, NDArray[Any]], question: str, what: str, phase: str = "whole") -> Floats:
    """(n,) People of a question in a phase, or in all of them.

    Args:
        arrays: as `counted` returns them.
        question: of `QUESTIONS`.
        what: of `WHAT`.
        phase: of `PHASES`, or "whole".
    """
    part = arrays["people"][..., WHAT.index(what)][:, _columns(question)].sum(axis=1)
    return np.asarray(part.sum(axis=1) if phase == "whole" else part[:, list(PHASES).index(phase)], float)


def _columns(question: str) -> list[int]:
    return [CHANNELS.index(channel) for channel in QUESTIONS[question]]


def interval(values: Iterable[float] | Floats) -> dict[str, float] | None:
    """5, 50 and 95 per cent of what is defined; None where nothing is."""
    known = np.asarray([v for v in np.asarray(values, float).ravel() if np.isfinite(v)])
    if not known.size:
        return None
    return dict(zip(("q05", "q50", "q95"), (float(q) for q in np.quantile(known, (0.05, 0.5, 0.95))), strict=True))


def direction(changes: Floats, little: float = LITTLE) -> str:
    """In one word what relative changes of paired runs have in common.

    Returns:
        "nothing" where every one is exactly 0, because the explanation has no place for what was changed; "less", "more" or
        "little" where at least `HOLDS` of them are so; "open" otherwise; "not defined" without any.
    """
    known = changes[np.isfinite(changes)]
    if not known.size:
        return "not defined"
    if not known.any():
        return "nothing"
    for word, so in (("less", known < -little), ("more", known > little), ("little", np.abs(known) <= little)):
        if so.mean() >= HOLDS:
            return word
    return "open"


def together(words: Sequence[str]) -> str:
    """What holds across explanations, from each one's word.

    Returns:
        "every" where all say the same, nothing and little being the same; "unknown" where some say more and some less, or all
        are open or not defined; "some" otherwise.
    """
    said = {"little" if word == "nothing" else word for word in words}
    told = said - {"not defined", "open"}
    if not told or {"less", "more"} <= said:
        return "unknown"
    return "every" if len(said) == 1 else "some"


@cache
def conduct_digest() -> str:
    """Sixteen hex digits over the code that decides what a paired run is; what is counted of it stands in the file."""
    sha = hashlib.sha256(code_digest().encode())
    root = Path(thirtyseven.__file__).parent
    for name in _CONDUCTS:
        sha.update((root / name).read_bytes())
    return sha.hexdigest()[:16]
