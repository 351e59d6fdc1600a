"""Pasts from outside the set, to test "none of these": what no explanation says happens in them.

Two are foreign throughout, no explanation acts in them. `logistic`: a contagion without institutions; arrests of all
kinds follow one logistic wave with a free date, speed and height, shared out to channels by fixed random quotas, with
limits raised at random. `lottery`: each week draws its own share of a random yearly total, each region its raise;
nothing is connected with anything.

Three are ordinary pasts of the core under a schedule in which one thing alone is foreign, so that it can be seen
whether the question that it belongs to is flagged, and the others are not. `lines-by-lot`: people to be arrested and
people to be sentenced are allotted to the national lines by two separate lots, at drawn dates, whoever lived there.
`interior`: the raises of 1938 go where no explanation looks, to regions of little exile, good harvests and no frontier.
`calendar`: the killing ends by itself at a drawn date, or never; a decree is published at another one and changes nothing.

All fill the same tables as the core, so the same statistics are taken from them. They were written down before their
power was measured, and none was sharpened to be seen: where a lot looks like what an explanation says, it must not be
flagged (a plain lottery of regions is also what a schedule says about the raises).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.scenario import Design
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]
Seeds = NDArray[np.uint64]

BASE = "plan/charitable"
"""The kind of the ordinary pasts that the last three change: of all kinds the one whose operation always begins."""
OUTSIDERS: dict[str, tuple[str, ...]] = {
    "logistic": ("date", "speed", "height", "deadliness", "raises"),
    "lottery": ("total_1937", "total_1938", "deadliness", "raises"),
    "lines-by-lot": ("total", "sentences"),
    "interior": ("share", "size"),
    "calendar": ("decree", "end"),
}
"""Names and own numbers; each is uniform on the unit interval."""
FOREIGN: dict[str, tuple[str, ...]] = {
    "logistic": ("elite", "mass"),
    "lottery": ("elite", "mass"),
    "lines-by-lot": ("national",),
    "interior": ("where",),
    "calendar": ("stop",),
}
"""The questions in which each is foreign by construction; in others it may look like an explanation's past."""
_QUOTA, _WEEK, _RAISE = draws.PURPOSES["trial"], draws.PURPOSES["regional-noise"], draws.PURPOSES["grant"]
_LOT = draws.PURPOSES["pretext"]
_ARRESTED, _SENTENCED, _FIRST, _RELEASED = range(len(COUNTED))


def coordinates(name: str) -> tuple[str, ...]:
    """Names of an outside simulator's cube: those of the past that it changes, if any, then its own."""
    own = OUTSIDERS[name]
    return (*Design(BASE).names, *own) if name in _CHANGES else own


def outside_digest() -> str:
    """Sixteen hex digits over this file: a bank must not keep pasts of other outsiders."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]


def run_outside(setting: Setting, name: str, u: Floats, seeds: Seeds) -> Outcome:
    """Return pasts of an outside simulator.

    Args:
        setting: regions, first limits and coded attributes.
        name: a key of `OUTSIDERS`.
        u: (B, P) points of its unit cube.
        seeds: (B,).
    """
    own = len(OUTSIDERS[name])
    if name in _CHANGES:
        outcome = simulate(setting, Design(BASE).batch(u[:, :-own]), seeds)
        outcome = _CHANGES[name](setting, outcome, u[:, -own:], seeds)
    else:
        outcome = _unconnected(setting, name, u, seeds)
    return replace(outcome, provenance=dict(outcome.provenance) | {"kind": f"outside/{name}"})


def _unconnected(setting: Setting, name: str, u: Floats, seeds: Seeds) -> Outcome:
    """`logistic` and `lottery`: everything from one curve of arrests and fixed random quotas."""
    empty = simulate(setting, Design(BASE).batch(np.full((len(seeds), len(Design(BASE).names)), 0.5)), seeds, weeks=(0, 1))
    curve = _logistic(u) if name == "logistic" else _lottery(u, seeds)
    deadly = 0.05 + 0.75 * u[:, 3 if name == "logistic" else 2]
    runs, weeks = curve.shape
    quota = -np.log(draws.uniforms(seeds, _QUOTA, np.arange(len(CHANNELS)), 0))
    quota /= quota.sum(axis=1, keepdims=True)
    arrested = (curve + 2_500.0)[:, :, None] * quota[:, None, :]
    sentenced = np.concatenate([np.zeros((runs, 6, len(CHANNELS))), 0.9 * arrested[:, :-6]], axis=1)
    first = sentenced * (deadly * np.clip(curve.max(axis=1) / 10_000.0, 0.05, 1.0))[:, None, None]
    calm = (curve < 2_000.0)[:, :, None]
    first = np.where(calm, 0.01 * sentenced, first)
    granted = draws.uniforms(seeds, _RAISE, np.arange(len(setting.regions)), 0) < u[:, -1:]
    size = granted[:, :, None] * setting.limits[None] * 0.8
    busy = curve > 8_000.0
    launch = np.where(busy.any(axis=1), busy.argmax(axis=1), -1)
    stop = np.where(busy.any(axis=1), weeks - busy[:, ::-1].argmax(axis=1), -1)
    return replace(
        empty, weekly=np.stack([arrested, sentenced, first, 0.1 * arrested], axis=3).astype(np.int32), launch=launch,
        stop=np.where(stop >= weeks, -1, stop), limits=size, raised_1938=size, raised_all=size,
    )  # fmt: skip


def _logistic(u: Floats) -> Floats:
    """People arrested a week: the slope of a logistic curve; (B, W)."""
    date = 150.0 + 100.0 * u[:, 0]
    speed = 4.0 + 16.0 * u[:, 1]
    height = 4e5 * np.exp(2.0 * u[:, 2])
    z = (np.arange(calendar.WEEKS)[None, :] - date[:, None]) / speed[:, None]
    wave = 1.0 / (1.0 + np.exp(-np.clip(z, -40, 40)))
    return np.asarray((height / speed)[:, None] * wave * (1.0 - wave))


def _lottery(u: Floats, seeds: Seeds) -> Floats:
    """Random weekly shares of two random yearly totals; (B, W)."""
    years = np.array(calendar.month_of_week()) // 12
    share = -(np.log(draws.uniforms(seeds, _WEEK, np.arange(calendar.WEEKS), 0)) ** 2)
    curve = np.zeros((len(seeds), calendar.WEEKS))
    for year, column in ((3, 0), (4, 1)):
        part = np.abs(share[:, years == year])
        curve[:, years == year] = (1e5 * np.exp(2.8 * u[:, column]))[:, None] * part / part.sum(axis=1, keepdims=True)
    return curve


def _lines_by_lot(setting: Setting, outcome: Outcome, u: Floats, seeds: Seeds) -> Outcome:
    """National lines whose arrests and whose sentences are allotted by two separate lots."""
    total = 1.5e5 * np.exp(1.6 * u[:, 0])
    weekly = outcome.weekly.copy()
    lines = [CHANNELS.index(line) for line in LINES]
    sizes = (total, total * np.exp(2.4 * (u[:, 1] - 0.5)))
    for what, size in zip((_ARRESTED, _SENTENCED), sizes, strict=True):
        lots = draws.uniforms(seeds, _LOT, np.arange(3 * len(lines)), what)
        lot, begin, length = lots.reshape(len(seeds), 3, -1).swapaxes(0, 1)
        share = -np.log(lot)
        share /= share.sum(axis=1, keepdims=True)
        begin, length = 150.0 + 100.0 * begin, 8.0 + 52.0 * length
        week = np.arange(calendar.WEEKS)[None, :, None]
        open_ = (week >= begin[:, None, :]) & (week < (begin + length)[:, None, :])
        part = size[:, None, None] * share[:, None, :] * open_ / np.maximum(open_.sum(axis=1, keepdims=True), 1)
        weekly[:, :, lines, what] = part.astype(np.int32)
    weekly[:, :, lines, _FIRST] = (0.74 * weekly[:, :, lines, _SENTENCED]).astype(np.int32)
    weekly[:, :, lines, _RELEASED] = 0
    return replace(outcome, weekly=weekly)


def _interior(setting: Setting, outcome: Outcome, u: Floats, seeds: Seeds) -> Outcome:
    """Raises of 1938 in the regions that frontier, exile and shortfall point to least, with some lot in it."""
    coded = np.stack([setting.border, setting.exile, setting.shortfall])[:, :-1]  # without the camps
    coded = (coded - coded.mean(axis=1, keepdims=True)) / coded.std(axis=1, keepdims=True)
    lot = draws.normals(draws.uniforms(seeds, _RAISE, np.arange(coded.shape[1]), 0))
    rank = (coded.sum(axis=0) + 0.7 * lot).argsort(axis=1).argsort(axis=1) / coded.shape[1]
    raised = np.zeros_like(outcome.raised_1938)
    size = (0.2 + u[:, 1])[:, None, None] * setting.limits[None, :-1]
    raised[:, :-1] = (rank < (0.2 + 0.5 * u[:, 0])[:, None])[:, :, None] * size
    return replace(outcome, raised_1938=raised)


def _calendar(setting: Setting, outcome: Outcome, u: Floats, seeds: Seeds) -> Outcome:
    """Killing that ends by itself at a drawn week from April 1938 on, or never, whatever is decreed in 1938, and when."""
    decree = np.floor(209 + 52 * u[:, 0]).astype(np.int64)
    end = np.floor(221 + 110 * u[:, 1])
    weekly = outcome.weekly.astype(float)
    begun = np.where(outcome.launch < 0, 187, outcome.launch)
    until = np.where(outcome.stop < 0, calendar.WEEKS, outcome.stop)
    week = np.arange(calendar.WEEKS)[None, :]
    usual = (week >= np.minimum(begun, until - 10)[:, None]) & (week < until[:, None])
    pace = (weekly * usual[:, :, None, None]).sum(axis=1) / usual.sum(axis=1)[:, None, None]
    quiet = weekly[:, 52:104].mean(axis=1)  # as in 1935
    lot = np.exp(0.3 * draws.normals(draws.uniforms(seeds, _WEEK, np.arange(calendar.WEEKS), 1)))
    going = (week >= until[:, None]) & (week < end[:, None])
    weekly = np.where(going[:, :, None, None], pace[:, None] * lot[:, :, None, None], weekly)
    weekly = np.where((week >= end[:, None])[:, :, None, None], quiet[:, None], weekly)
    return replace(outcome, weekly=weekly.astype(np.int32), stop=decree)


_CHANGES: dict[str, Callable[[Setting, Outcome, Floats, Seeds], Outcome]] = {
    "lines-by-lot": _lines_by_lot, "interior": _interior, "calendar": _calendar,
}  # fmt: skip
