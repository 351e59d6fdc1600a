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
from thirtyseven.society.build import build

Floats = NDArray[np.float64]

BESIDE = np.array([1.1, 1.0, 2.5, 1.1, 1.1])
"""People within reach of a national order per person of its nationality, by line: the Harbin line took mostly Russians
who had lived there, and all lines some neighbours and relatives (Okhotin and Roginskii 1999, recalled); judgement."""
ADULT_SHARE = 0.61
"""Share of adults; children, 39 per cent by the census, were not arrested under these orders."""
LINE_POOL = ADULT_SHARE * BESIDE
"""Adults within reach of a national order per person of its nationality."""
LINE_NAMES = ("polish", "german", "harbin", "baltic", "southern")


@dataclass(frozen=True)
class Setting:
    """The given facts, one array each; R = 65 regions (camps last), W = 313 weeks, five national lines.

    Attributes:
        regions: slugs in the record's order.
        population: (R,) people, January 1937; 0 for the camps.
        urban, border, exile, shortfall, unrest, garrison: (R,) in [0, 1]; see the series `region-attributes`.
        minority: (R, 5) people within reach of the national orders, by line (`LINE_POOL` times the nationality).
        staff, office_holders, party, officers, security: (R,) people.
        limits: (R, 2) first limits of Order 00447, first and second category.
        start: (R,) weeks after the order's first day at which the region's operation was to begin (0 or 1).
        threat: (W, 5) foreign threat by line in [0, 1].
        harvest, elections, licence: (W,) in [0, 1].
        shock: (W,) 1 in the week of a political murder or trial that shook the leadership, less for lesser ones.
        yezhov: (W,) True in the weeks in which Yezhov headed the NKVD.
        december_law: (W,) True while the law of 1 December 1934 is in force: cases of "terror" investigated in ten days,
            heard without the parties, no appeal, sentence carried out at once.
        review: (W,) members whom the reviews of the party expelled in the week, whole Union (`REVIEWS`).
        expelled: (R,) members expelled in 1933, before the first week.
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
    december_law: NDArray[np.bool_]
    review: Floats
    expelled: Floats

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
    society = build(record).regional
    free = np.where(np.array(slugs) == "nkvd-camps", 0.0, society.population.astype(float))
    before, review = _reviews(record)
    starts = [_date(row.get("operation_start")) or calendar.ORDER_00447 for row in limits]
    return Setting(
        regions=tuple(slugs),
        population=free,
        urban=society.urban.astype(float),
        border=_mean_of_coders(attributes, "border"),
        exile=_mean_of_coders(attributes, "exile"),
        shortfall=_mean_of_coders(attributes, "shortfall"),
        unrest=_mean_of_coders(attributes, "unrest"),
        garrison=_mean_of_coders(attributes, "garrison"),
        minority=LINE_POOL * society.minority,
        staff=society.staff.astype(float),
        office_holders=society.office_holders.astype(float),
        party=society.party.astype(float),
        officers=society.officers.astype(float),
        security=society.staff.astype(float),
        limits=np.array([[float(row["limit_cat1"] or 0), float(row["limit_cat2"] or 0)] for row in limits]),
        start=np.array([max(0, (day - calendar.ORDER_00447).days // 7) for day in starts], float),
        threat=_weekly(record, "threat-index", LINE_NAMES),
        harvest=_weekly(record, "pressure-index", ("harvest",))[:, 0],
        elections=_weekly(record, "pressure-index", ("elections",))[:, 0],
        licence=_weekly(record, "pressure-index", ("licence",))[:, 0],
        shock=_shocks(),
        yezhov=np.arange(calendar.WEEKS) >= calendar.week_of(calendar.YEZHOV),
        december_law=np.arange(calendar.WEEKS) >= calendar.week_of(calendar.KIROV),
        review=review,
        expelled=before * society.party / society.party.sum(),
    )


REVIEWS: Sequence[tuple[str, date, date]] = (
    ("F-0057", date(1933, 6, 1), date(1935, 5, 12)),  # chistka
    ("F-0064", date(1935, 5, 13), date(1936, 1, 31)),  # verification of party documents
    ("F-0066", date(1936, 2, 1), date(1936, 9, 30)),  # exchange of party documents
)
"""Reviews of the party: figure of those expelled, first and last day. Within a review they are spread evenly; that, and
the last day of the exchange, is judgement."""


def _reviews(record: Record) -> tuple[float, Floats]:
    """Members expelled before the first week, and in each week, by the reviews."""
    before, weekly = 0.0, np.zeros(calendar.WEEKS)
    for figure, first, last in REVIEWS:
        weeks = np.arange(calendar.week_of(first), calendar.week_of(last) + 1)
        a_week = float(record.figures[figure].value or 0.0) / len(weeks)
        before += a_week * int((weeks < 0).sum())
        weekly[weeks[weeks >= 0]] += a_week
    return before, weekly


SHOCKS: Sequence[tuple[date, float]] = (
    (calendar.KIROV, 1.0),  # Kirov murdered
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
    middles = np.array(
        [(date(int(r["month"][:4]), int(r["month"][5:7]), 15) - calendar.FIRST_DAY).days / 7 for r in rows]
    )
    weeks = np.arange(calendar.WEEKS) + 0.5
    return np.stack([np.interp(weeks, middles, _mean_of_coders(list(rows), name)) for name in names], axis=1)
