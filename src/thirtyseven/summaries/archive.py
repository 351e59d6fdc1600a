"""The archive: the tables that survive, read from the record or made from a simulated outcome.

A statistic is defined once, as a function of an `Archive`. The record fills one from its series; a batch of runs fills
one with the run on axis 0. What the record does not have is NaN there, and the weighing masks it everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.record import Record
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]

UKRAINE = ("vinnitsa-oblast", "dnepropetrovsk-oblast", "donetsk-oblast", "kiev-oblast", "odessa-oblast",
           "kharkov-oblast", "chernigov-oblast", "moldavian-assr")  # fmt: skip
"""Ukraine's raises of 1938 were given to the republic; its units are summed before any regional statistic."""
SUCCESSORS = {
    "novosibirsk-oblast": "west-siberian-krai", "altai-krai": "west-siberian-krai", "irkutsk-oblast": "east-siberian-krai",
    "chita-oblast": "east-siberian-krai", "rostov-oblast": "azov-black-sea-krai", "krasnodar-krai": "azov-black-sea-krai",
}  # fmt: skip
"""Units made by the divisions of September 1937, with the unit of the order that they came from."""
ELITE = ("lists", "party")
PROGRESS = (date(1937, 9, 1), date(1938, 1, 1), date(1938, 11, 1))
"""Dates of the reports on Order 00447 that are used; the last stands for the final result."""
ENDS = ("1937-09-01", "1938-01-01", "1938-11")
"""The same dates as the rows of sentences are labelled."""
RANGES = {"share": (0.0, 1.0), "correlation": (-1.0, 1.0), "week": (0.0, float(calendar.WEEKS))}
"""What a value can be at all, by the scale of its statistic; other scales have no ends."""


def reflected(values: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """Return values with what lies beyond the ends of the possible range turned back into it, as in a mirror.

    The archive's error is added to a transformed value, and where that is a share or a correlation, most of all one near
    its end, the sum may be no share any more. Turned back it keeps its distance from the end; what would cross the whole
    range stops at an end. Undefined values stay undefined.

    Args:
        values: (..., S).
        low: (S,) least possible values, minus infinity where there is none.
        high: (S,) greatest.
    """
    turned = np.where(values > high, 2.0 * np.asarray(high) - values, values)
    turned = np.where(turned < low, 2.0 * np.asarray(low) - turned, turned)
    return np.asarray(np.clip(turned, low, high))


@dataclass(frozen=True)
class Archive:
    """Tables that an archive would show, run on axis 0 (one row for the record).

    Attributes:
        arrests_year, deaths_year: (B, 6) people arrested by the organs; sentenced to death; 1934 ... 1939.
        months: (B, 72) arrests by month, in any unit: only shapes are used.
        mass_arrests, mass_sentences, mass_first: (B, 3) cumulative under Order 00447 at the dates of `PROGRESS`.
        line_arrests, line_sentences: (B,) national lines, total; late_lines: sentenced after 17 September 1938.
        early_lines: (B,) share of the lines' arrests made by 7 February 1938.
        line_shares: (B, 5) share of each line in the sentences.
        lists: (B, 3) names on Stalin's lists in 1937 before 5 August, in all of 1937, in 1938.
        officers, party: (B, 2) officers of the ground forces, party members and candidates arrested in 1937, 1938.
        launch, stop: (B,) week of the order's first day and of the decree; 313 where there was none.
        before, after: (B,) people sentenced to death in the eight weeks before and after the stop.
        raises: (B, U) raises of 1938 by the Politburo as share of the first limit, 57 units.
        border, exile, shortfall, urban: (U,) the units' coded attributes, the same for record and runs.
    """

    arrests_year: Floats
    deaths_year: Floats
    months: Floats
    mass_arrests: Floats
    mass_sentences: Floats
    mass_first: Floats
    line_arrests: Floats
    line_sentences: Floats
    late_lines: Floats
    early_lines: Floats
    line_shares: Floats
    lists: Floats
    officers: Floats
    party: Floats
    launch: Floats
    stop: Floats
    before: Floats
    after: Floats
    raises: Floats
    border: Floats
    exile: Floats
    shortfall: Floats
    urban: Floats


def from_outcome(outcome: Outcome, setting: Setting) -> Archive:
    """Return the archive that a batch of runs would have left.

    Args:
        outcome: any outcome; the regional table is not needed.
        setting: the setting it was run with.
    """
    weekly = outcome.weekly
    arrests, sentences, deaths = (
        weekly[..., COUNTED.index(name)] for name in ("arrested", "sentenced", "first_category")
    )
    years = np.array(calendar.month_of_week()) // 12
    lines = [CHANNELS.index(line) for line in LINES]
    troika, lists = CHANNELS.index("troika"), CHANNELS.index("lists")
    cut = [calendar.week_of(day) for day in PROGRESS]
    by_line = sentences[:, :, lines].sum(axis=1).astype(float)
    line_total = by_line.sum(axis=1)
    line_arrests = arrests[:, :, lines].sum(axis=2)
    early, late = calendar.week_of(date(1938, 2, 7)), calendar.week_of(calendar.SPECIAL_TROIKAS)
    names = sentences[:, :, lists]
    total_deaths = deaths.sum(axis=2)
    before_order = np.arange(calendar.WEEKS) < calendar.week_of(calendar.ORDER_00447)
    return Archive(
        arrests_year=_by_year(arrests.sum(axis=2), years),
        deaths_year=_by_year(total_deaths, years),
        months=outcome.by_month("arrested").astype(float),
        mass_arrests=np.stack([arrests[:, :week, troika].sum(axis=1) for week in cut], axis=1).astype(float),
        mass_sentences=np.stack([sentences[:, :week, troika].sum(axis=1) for week in cut], axis=1).astype(float),
        mass_first=np.stack([deaths[:, :week, troika].sum(axis=1) for week in cut], axis=1).astype(float),
        line_arrests=line_arrests.sum(axis=1).astype(float),
        line_sentences=line_total,
        late_lines=sentences[:, late:, lines].sum(axis=(1, 2)).astype(float),
        early_lines=(line_arrests[:, :early].sum(axis=1) + 50.0) / (line_arrests.sum(axis=1) + 100.0),
        line_shares=(by_line + 50.0) / (line_total + 250.0)[:, None],
        lists=np.stack([names[:, (years == 3) & before_order].sum(axis=1), names[:, years == 3].sum(axis=1),
                        names[:, years == 4].sum(axis=1)], axis=1).astype(float),
        officers=_by_year(arrests[:, :, CHANNELS.index("army")], years)[:, 3:5],
        party=_by_year(arrests[:, :, [CHANNELS.index(c) for c in ELITE]].sum(axis=2), years)[:, 3:5],
        launch=_week(outcome.launch), stop=_week(outcome.stop),
        before=_around(total_deaths, outcome.stop, -8), after=_around(total_deaths, outcome.stop, 8),
        raises=_units(outcome.raised_1938.sum(axis=2), setting) / _units(setting.limits.sum(axis=1)[None], setting),
        **_attributes(setting),
    )  # fmt: skip


def from_record(record: Record, setting: Setting) -> Archive:
    """Return the archive that the record holds, with one row.

    Args:
        record: a loaded record.
        setting: the setting built from it.

    Raises:
        ValueError: if a table that a statistic needs is missing from the record.
    """
    annual = {str(row["year"]): row for row in record.series["annual-repression"].rows}
    progress = record.series["order-00447-progress"].rows
    lines = record.series["national-operations"].rows
    total = _line(lines, "all", "USSR to 15 Nov 1938")
    late = _line(lines, "all", "special troikas")
    one = lambda *values: np.array([[np.nan if v is None else float(v) for v in values]])  # noqa: E731
    memorial = {
        str(row["month"])[:7]: row["arrests_all_records"] for row in record.series["memorial-arrests-monthly"].rows
    }
    deaths_1939 = float(annual["1939"]["death"])
    return Archive(
        arrests_year=one(*(annual[str(y)]["arrested_by_organs"] for y in range(1934, 1940))),
        deaths_year=one(*(annual[str(y)]["death"] for y in range(1934, 1940))),
        months=one(*(memorial.get(month) for month in calendar.months())),
        mass_arrests=one(_progress(progress, "1937-09-01", "arrested", "arrested"),
                         _progress(progress, "1938-01-01", "sentenced", "arrested"),
                         _progress(progress, "1938-11-01", "arrested", "arrested")),
        mass_sentences=one(*(_progress(progress, day, "sentenced", "sentenced") for day in ENDS)),
        mass_first=one(*(_progress(progress, day, "sentenced", "cat1") for day in ENDS)),
        line_arrests=one(total["arrested"])[0],
        line_sentences=one(total["sentenced"])[0],
        late_lines=one(late["sentenced"])[0],
        early_lines=np.array([_early(lines)]),
        line_shares=_shares(lines, float(total["sentenced"])),
        lists=_lists(record),
        officers=one(_figure(record, "army:21"), _figure(record, "army:22")),
        party=one(_figure(record, "party:69"), _figure(record, "party:70")),
        launch=np.array([float(calendar.week_of(calendar.ORDER_00447))]),
        stop=np.array([float(calendar.week_of(calendar.DECREE))]),
        before=one(late["shot"])[0],
        after=np.array([deaths_1939 * 8 / 52]),
        raises=_raises(record, setting) / _units(setting.limits.sum(axis=1)[None], setting),
        **_attributes(setting),
    )  # fmt: skip


def _by_year(table: NDArray[np.int32], years: NDArray[np.int64]) -> Floats:
    return np.stack([table[:, years == y].sum(axis=1) for y in range(6)], axis=1).astype(float)


def _week(weeks: NDArray[np.int64]) -> Floats:
    return np.where(weeks < 0, calendar.WEEKS, weeks).astype(float)


def _around(deaths: NDArray[np.int32], stop: NDArray[np.int64], span: int) -> Floats:
    """People sentenced to death in `span` weeks after (before, if negative) the stop; of the last weeks if none."""
    cumulative = np.concatenate([np.zeros((len(stop), 1)), deaths.cumsum(axis=1)], axis=1)
    at = np.where(stop < 0, calendar.WEEKS - 8, stop)
    low, high = np.minimum(at, at + span), np.maximum(at, at + span)
    rows = np.arange(len(stop))
    return cumulative[rows, np.clip(high, 0, calendar.WEEKS)] - cumulative[rows, np.clip(low, 0, calendar.WEEKS)]


def _units(table: Floats, setting: Setting) -> Floats:
    """Sum Ukraine's units into one and drop the camps: (B, 65) -> (B, 57)."""
    ukraine = [setting.regions.index(slug) for slug in UKRAINE]
    rest = [i for i in range(len(setting.regions) - 1) if i not in ukraine]
    return np.concatenate([table[:, ukraine].sum(axis=1, keepdims=True), table[:, rest]], axis=1)


def _attributes(setting: Setting) -> dict[str, Floats]:
    people = _units(setting.population[None], setting)[0]
    return {
        name: _units((getattr(setting, name) * setting.population)[None], setting)[0] / people
        for name in ("border", "exile", "shortfall", "urban")
    }


def _progress(rows: tuple, day: str, measure: str, column: str) -> float | None:
    for row in rows:
        if (
            str(row["date"]) == day
            and str(row["scope"]).startswith("USSR")
            and str(row["measure"]).startswith(f"{measure} cumulative")
        ):
            return float(row[column]) if row[column] is not None else None
    raise ValueError(f"The record's series order-00447-progress has no row '{measure} cumulative' for {day}.")


def _line(rows: tuple, line: str, scope: str) -> Mapping[str, Any]:
    """The first row of a line whose scope begins so; the preferred total stands first in the table."""
    for row in rows:
        if row["line"] == line and row["territory"] == "ussr" and str(row["scope"]).startswith(scope):
            return dict(row)
    raise ValueError(f"The record's series national-operations has no row '{line}', '{scope}'.")


def _early(rows: tuple) -> float:
    """Share of the lines' people arrested by 7 February 1938, weighted by what each line sentenced in the end."""
    shares, weights = [], []
    for line in ("polish", "german", "latvian", "greek", "romanian"):
        shares.append(float(_line(rows, line, "share arrested")["share_arrested_by_7_feb_1938"]))
        weights.append(float(_line(rows, line, "USSR")["sentenced"]))
    weights.append(float(_line(rows, "harbin", "USSR")["sentenced"]))
    shares.append(float(_line(rows, "harbin", "arrested by")["arrested"]) / weights[-1])
    return float(np.average(shares, weights=weights))


def _shares(rows: tuple, total: float) -> Floats:
    """Shares of the five lines in the sentences; the small southern lines are what the table has of them."""
    groups = (("polish",), ("german",), ("harbin",), ("latvian", "estonian", "finnish"), ("greek", "iranian", "afghan"))
    return np.array(
        [[sum(float(_line(rows, name, "USSR")["sentenced"]) for name in group) / total for group in groups]]
    )


def _lists(record: Record) -> Floats:
    rows = [(str(row["date"]), float(row["names"])) for row in record.series["stalin-lists"].rows]
    early = sum(n for day, n in rows if day < "1937-08-05")
    return np.array([[early] + [sum(n for day, n in rows if day.startswith(year)) for year in ("1937", "1938")]])


def _figure(record: Record, origin: str) -> float | None:
    """The value of the figure that came from a row of the starting tables."""
    for figure in record.figures.values():
        if origin in figure.origin.split(" | "):
            return None if figure.value is None else float(figure.value)
    raise ValueError(f"The record has no figure from {origin}; the statistics need it.")


def _raises(record: Record, setting: Setting) -> Floats:
    """Raises of 1938 by the Politburo in persons, both categories, (1, 57)."""
    table = np.zeros((1, len(setting.regions)))
    for row in record.series["order-00447-raises"].rows:
        if (
            not str(row["date"]).startswith("1938")
            or "Politburo" not in str(row["authority"])
            or row["region"] == "ussr"
        ):
            continue
        size = sum(float(row[name] or 0.0) for name in ("add_cat1", "add_cat2", "add_unsplit"))
        slug = SUCCESSORS.get(str(row["region"]), str(row["region"]))
        slug = UKRAINE[0] if slug == "ukrainian-ssr" else slug
        if slug in setting.regions:
            table[0, setting.regions.index(slug)] += size
    return _units(table, setting)
