"""Pasts from outside the set, to test "none of these": no explanation acts in them.

`logistic`: a contagion without institutions. Arrests of all kinds follow one logistic wave with a free date, speed and
height, shared out to channels by fixed random quotas, with limits raised at random. `lottery`: each week each region
draws its own share of a random yearly total; nothing is connected with anything. Both fill the same tables as the core,
so the same statistics are taken from them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]

OUTSIDERS: dict[str, tuple[str, ...]] = {
    "logistic": ("date", "speed", "height", "deadliness", "raises"),
    "lottery": ("total_1937", "total_1938", "deadliness", "raises"),
}
_QUOTA, _WEEK, _RAISE = draws.PURPOSES["trial"], draws.PURPOSES["regional-noise"], draws.PURPOSES["grant"]


def run_outside(setting: Setting, name: str, u: Floats, seeds: NDArray[np.uint64]) -> Outcome:
    """Return pasts of an outside simulator.

    Args:
        setting: for the number of regions and the first limits only.
        name: a key of `OUTSIDERS`.
        u: (B, P) points of its unit cube.
        seeds: (B,).
    """
    curve = _logistic(u) if name == "logistic" else _lottery(u, seeds)
    deadly = 0.05 + 0.75 * u[:, 3 if name == "logistic" else 2]
    raises = u[:, -1]
    runs, weeks = curve.shape
    quota = -np.log(draws.uniforms(seeds, _QUOTA, np.arange(len(CHANNELS)), 0))
    quota /= quota.sum(axis=1, keepdims=True)
    arrested = (curve + 2_500.0)[:, :, None] * quota[:, None, :]
    sentenced = np.concatenate([np.zeros((runs, 6, len(CHANNELS))), 0.9 * arrested[:, :-6]], axis=1)
    first = sentenced * (deadly * np.clip(curve.max(axis=1) / 10_000.0, 0.05, 1.0))[:, None, None]
    calm = (curve < 2_000.0)[:, :, None]
    first = np.where(calm, 0.01 * sentenced, first)
    weekly = np.stack([arrested, sentenced, first, 0.1 * arrested], axis=3).astype(np.int32)
    regions = len(setting.regions)
    granted = draws.uniforms(seeds, _RAISE, np.arange(regions), 0) < raises[:, None]
    size = granted[:, :, None] * setting.limits[None] * 0.8
    busy = curve > 8_000.0
    launch = np.where(busy.any(axis=1), busy.argmax(axis=1), -1)
    stop = np.where(busy.any(axis=1), weeks - busy[:, ::-1].argmax(axis=1), -1)
    zeros = np.zeros((runs, regions))
    return Outcome(
        weekly=weekly, regional=np.zeros((runs, 1, regions, len(CHANNELS), 4), np.int32), slots=np.zeros(weeks, np.int64),
        launch=launch, stop=np.where(stop >= weeks, -1, stop), line_start=np.full((runs, 5), -1), limits=size,
        raised_1938=size, raised_all=size, requests=zeros, refusals=zeros, groups=np.zeros((runs, 3)), chiefs=zeros,
        secretaries=zeros, head=np.full(runs, -1), drives=np.zeros((runs, weeks, 3)), provenance={"kind": f"outside/{name}"},
    )  # fmt: skip


def _logistic(u: Floats) -> Floats:
    """People arrested a week: the slope of a logistic curve; (B, W)."""
    date = 150.0 + 100.0 * u[:, 0]
    speed = 4.0 + 16.0 * u[:, 1]
    height = 4e5 * np.exp(2.0 * u[:, 2])
    z = (np.arange(calendar.WEEKS)[None, :] - date[:, None]) / speed[:, None]
    wave = 1.0 / (1.0 + np.exp(-np.clip(z, -40, 40)))
    return np.asarray((height / speed)[:, None] * wave * (1.0 - wave))


def _lottery(u: Floats, seeds: NDArray[np.uint64]) -> Floats:
    """Random weekly shares of two random yearly totals; (B, W)."""
    years = np.array(calendar.month_of_week()) // 12
    share = -(np.log(draws.uniforms(seeds, _WEEK, np.arange(calendar.WEEKS), 0)) ** 2)
    curve = np.zeros((len(seeds), calendar.WEEKS))
    for year, column in ((3, 0), (4, 1)):
        part = np.abs(share[:, years == year])
        curve[:, years == year] = (1e5 * np.exp(2.8 * u[:, column]))[:, None] * part / part.sum(axis=1, keepdims=True)
    return curve
