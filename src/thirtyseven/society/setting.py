"""What everybody was given: regions and their coded attributes, first limits, and the calendar of outside events.

These are inputs. Every explanation is given the same ones and none of them is an outcome: population, registers,
minorities, the first limits and dates of Order 00447, the foreign threat by line, harvest difficulty, the announced
elections, encouragement of criticism from below, and the dates at which heads of the NKVD took office.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from thirtyseven.record import Record
from thirtyseven.society import calendar

Floats = NDArray[np.float64]

STAFF = 24_500.0
"""Operational staff of state security in 1937 (calibration prior; nkvd table), spread by population to the power 0.8."""
OFFICE_HOLDERS = 100_000.0
"""Holders of responsible posts in party, state and economy; the order of magnitude of the nomenklatura of 1937."""
PARTY_MEMBERS = 1_981_697.0 + 0.0
OFFICERS = 140_000.0
"""Commanders and political officers, ground forces and air force, 1937 (army table: 144,300 on the list)."""
SECURITY_STAFF = 25_000.0
LINE_NAMES = ("polish", "german", "harbin", "baltic", "southern")


@dataclass(frozen=True)
class Setting:
    """The given facts, one array each; R = 65 regions (camps last), W = 313 weeks, five national lines.

    Attributes:
        regions: slugs in the record's order.
        population: (R,) people, January 1937; 0 for the camps.
        urban, border, exile, shortfall, unrest, garrison: (R,) in [0, 1]; see the series `region-attributes`.
        minority: (R, 5) people of the nationalities that the national orders named, by line.
        staff, office_holders, party, officers, security: (R,) people.
        limits: (R, 2) first limits of Order 00447, first and second category.
        start: (R,) weeks after the order's first day at which the region's operation was to begin (0 or 1).
        threat: (W, 5) foreign threat by line in [0, 1].
        harvest, elections, licence: (W,) in [0, 1].
        shock: (W,) 1 in the week of a political murder or trial that shook the leadership, less for lesser ones.
        yezhov: (W,) True in the weeks in which Yezhov headed the NKVD.
    """

    regions: tuple[str, ...]
    population: Floats
    urban: Floats
    border: Floats
    exile: Floats
    shortfall: Floats
    unrest: Floats
    garrison: Floats
    minority: Floats
    staff: Floats
    office_holders: Floats
    party: Floats
    officers: Floats
    security: Floats
    limits: Floats
    start: Floats
    threat: Floats
    harvest: Floats
    elections: Floats
    licence: Floats
    shock: Floats
    yezhov: NDArray[np.bool_]

    @property
    def digest(self) -> str:
        """Sixteen hex digits over every array, for provenance."""
        sha = hashlib.sha256()
        for item in fields(self):
            value = getattr(self, item.name)
            sha.update(repr(value).encode() if isinstance(value, tuple) else np.ascontiguousarray(value).tobytes())
        return sha.hexdigest()[:16]


def from_record(record: Record) -> Setting:
    """Build the setting from the record.

    Args:
        record: a loaded record with the series `population-1937`, `order-00447-limits`, `region-attributes`,
            `threat-index` and `pressure-index`.

    Returns:
        The setting; every array is float64 unless said otherwise.
    """
    slugs = record.region_slugs
    attributes = _by_region(record, "region-attributes", slugs)
    limits = _by_region(record, "order-00447-limits", slugs)
    population = np.array([float(record.regions[slug].population_1937 or 0) for slug in slugs])
    urban = np.array([float(record.regions[slug].urban_share or 0.0) for slug in slugs])
    garrison = _mean_of_coders(attributes, "garrison")
    starts = [_date(row.get("operation_start")) for row in limits]
    spread = _share(population**0.8)
    return Setting(
        regions=tuple(slugs),
        population=population,
        urban=urban,
        border=_mean_of_coders(attributes, "border"),
        exile=_mean_of_coders(attributes, "exile"),
        shortfall=_mean_of_coders(attributes, "shortfall"),
        unrest=_mean_of_coders(attributes, "unrest"),
        garrison=garrison,
        minority=1000.0 * np.stack([_mean_of_coders(attributes, f"minority_{line}") for line in LINE_NAMES], axis=1),
        staff=STAFF * spread,
        office_holders=OFFICE_HOLDERS * _share(population * (0.4 + urban)),
        party=PARTY_MEMBERS * _share(population * (0.3 + urban)),
        officers=OFFICERS * _share(0.15 * _share(population) + 0.85 * _share(garrison)),
        security=SECURITY_STAFF * spread,
        limits=np.array([[float(row["limit_cat1"] or 0), float(row["limit_cat2"] or 0)] for row in limits]),
        start=np.array([max(0, ((day or calendar.ORDER_00447) - calendar.ORDER_00447).days // 7) for day in starts], float),
        threat=_weekly(record, "threat-index", LINE_NAMES),
        harvest=_weekly(record, "pressure-index", ("harvest",))[:, 0],
        elections=_weekly(record, "pressure-index", ("elections",))[:, 0],
        licence=_weekly(record, "pressure-index", ("licence",))[:, 0],
        shock=_shocks(),
        yezhov=np.arange(calendar.WEEKS) >= calendar.week_of(calendar.YEZHOV),
    )


SHOCKS: Sequence[tuple[date, float]] = (
    (date(1934, 12, 1), 1.0),  # Kirov murdered
    (date(1936, 8, 19), 0.6),  # trial of the sixteen
    (date(1936, 9, 23), 0.3),  # Kemerovo mine explosion
    (date(1937, 1, 23), 0.5),  # trial of the seventeen
    (date(1937, 6, 11), 0.7),  # trial of the generals
    (date(1938, 3, 2), 0.4),  # trial of the twenty-one
)
"""Dated shocks to the leadership's trust, after the record's timeline; sizes are judgement, Kirov's murder = 1."""


def _shocks() -> Floats:
    shock = np.zeros(calendar.WEEKS)
    for day, size in SHOCKS:
        shock[calendar.week_of(day)] += size
    return shock


def _share(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum())


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None


def _by_region(record: Record, series: str, slugs: Sequence[str]) -> list:
    rows = {row["region"]: row for row in record.series[series].rows}
    return [rows[slug] for slug in slugs]


def _mean_of_coders(rows: list, name: str) -> Floats:
    """The mean of the two coders' judgements, who worked apart."""
    return np.array([(float(row[f"{name}_a"]) + float(row[f"{name}_b"])) / 2.0 for row in rows])


def _weekly(record: Record, series: str, names: Sequence[str]) -> Floats:
    """Monthly codings (mean of both coders) interpolated to weeks between the middles of months."""
    rows = record.series[series].rows
    middles = np.array([(date(int(r["month"][:4]), int(r["month"][5:7]), 15) - calendar.FIRST_DAY).days / 7 for r in rows])
    weeks = np.arange(calendar.WEEKS) + 0.5
    return np.stack([np.interp(weeks, middles, _mean_of_coders(list(rows), name)) for name in names], axis=1)
