"""From the country to a place: totals by region and the course of one place, by week and channel.

A region's total under Order 00447 stands between what the runs give it and what the record says it was allowed: limits
and recorded raises, which hold about half of what was sentenced in the end. How far it may still be off was measured on
the regions whose outcome is known (`heldout`). Office-holders, national lines and courts have no such bounds; their
spread is judgement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thirtyseven.inference.bound import ARRESTED, FIRST, LINE, LISTS, REST, TROIKA
from thirtyseven.inference.ensemble import YEARS, Ensemble
from thirtyseven.inference.known import Known

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """How far regions may be from what runs and record foretell.

    Attributes:
        limits: share of the record's limits and raises in a region's log total; the rest is the runs'.
        mass: log-sd of a region's total under Order 00447.
        lines: the same for the national lines; `lists` and `rest` for the other channels (judgement).
        centre: the people's commissariats and other central offices in Moscow: names on lists there in units of its share
            of office-holders, median and log-sd (judgement: the core has office-holders by residence alone).
    """

    limits: float = 0.5
    mass: float = 0.55
    lines: float = 0.6
    lists: float = 0.6
    rest: float = 0.4
    centre: tuple[float, float] = (2.2, 0.3)


def totals(
    ensemble: Ensemble, national: Floats, known: Known, regions: tuple[str, ...], spread: Spread, rng: np.random.Generator
) -> Floats:
    """Totals by year and region that add up to the country's.

    Args:
        ensemble: the runs.
        national: (N, W, 12, 3) the country's weeks, bound to the record.
        known: what the record knows.
        regions: R slugs.
        spread: see there.
        rng: of the spread.

    Returns:
        (N, 6, R, 12, 3) people by year, region, channel and measure.
    """
    own = ensemble.yearly[ensemble.runs].astype(np.float64) + 0.01
    whole = np.stack([national[:, year == YEARS].sum(axis=1) for year in range(6)], axis=1)
    log = np.log(own / own.sum(axis=2, keepdims=True) * (whole[:, :, None] + 1e-9))
    runs, count = own.shape[0], len(regions)
    for year in (3, 4):
        for measure in range(3):
            allowed = known.authorised[:, year - 3]
            allowed = allowed.sum(axis=1) if measure == ARRESTED else allowed[:, measure - FIRST]
            bound = np.log((allowed + 1.0) / (allowed + 1.0).sum() * (whole[:, year, None, TROIKA, measure] + 1e-9))
            at = log[:, year, :, TROIKA, measure]
            log[:, year, :, TROIKA, measure] = (1 - spread.limits) * at + spread.limits * bound
    common, yearly = rng.standard_normal((runs, count)), rng.standard_normal((runs, 6, count))
    apart = np.sqrt(0.7) * common[:, None] + np.sqrt(0.3) * yearly  # (N, 6, R)
    sizes = ((spread.mass, [TROIKA]), (spread.lists, [LISTS]), (spread.rest, REST))
    for size, channels in sizes:
        for channel in channels:
            log[..., channel, :] += size * apart[..., None]
    for line in LINE:
        one = np.sqrt(0.5) * apart + np.sqrt(0.5) * rng.standard_normal((runs, 1, count))
        log[..., line, :] += spread.lines * one[..., None]
    moscow = regions.index("moscow-oblast")
    log[:, :, moscow, LISTS] += (np.log(spread.centre[0]) + spread.centre[1] * rng.standard_normal(runs))[:, None, None]
    share = np.exp(log - log.max(axis=2, keepdims=True))
    return np.asarray(share / share.sum(axis=2, keepdims=True) * whole[:, :, None])


_SMOOTH = 100.0  # people by which a week's share leans on its year's


def course(
    ensemble: Ensemble, national: Floats, by_region: Floats, known: Known, weights: Floats, place: int, spread: Spread
) -> Floats:
    """The place's weeks, (N, W, 12, 3), with the totals of its regions.

    Under Order 00447 the course within a year stands, like the total, between the run's and the dates of the limits and
    raises that the record has.

    Args:
        ensemble: the runs, with the place among their places.
        national: (N, W, 12, 3) the country's weeks, bound.
        by_region: (N, 6, R, 12, 3) totals by year.
        known: what the record knows.
        weights: (R,) of the place.
        place: its number in the ensemble.
        spread: for the share of limits and raises.
    """
    runs = ensemble.runs
    local, country = ensemble.local[runs, place].astype(np.float64), ensemble.national[runs].astype(np.float64)
    at = np.flatnonzero(weights)
    wanted = np.tensordot(by_region[:, :, at], weights[at], axes=(2, 0))  # (N, 6, 12, 3)
    result = np.zeros_like(national)
    for year in range(6):
        weeks = np.flatnonzero(year == YEARS)
        share = local[:, weeks].sum(axis=1) / np.maximum(country[:, weeks].sum(axis=1), 1.0)
        weekly = (local[:, weeks] + _SMOOTH * share[:, None]) / (country[:, weeks] + _SMOOTH)
        if year in (3, 4):
            allowed = weights @ known.course[:, weeks]
            run = weekly[:, :, TROIKA] + 1e-6
            weekly[:, :, TROIKA] = run ** (1 - spread.limits) * (allowed ** spread.limits)[None, :, None]
        path = national[:, weeks] * (weekly + 1e-6)
        result[:, weeks] = path / np.maximum(path.sum(axis=1, keepdims=True), 1e-12) * wanted[:, year, None]
    return result
