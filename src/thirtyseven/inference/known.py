"""What the record knows already, arranged for prediction: totals at dates, shapes by month, limits and raises by region.

A prediction of a series that nobody has shown the program should use all that the record holds elsewhere: a region's
executions are bound by the country's, its months by the country's months, its total by its own limits and raises. All of
it is read from the record here, none is written into the code; what is judgement is named so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import LINES
from thirtyseven.inference.placed import Place, day_of, places
from thirtyseven.record import Record
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]

GROUPS = (("polish",), ("german",), ("harbin",), ("latvian", "estonian", "finnish"), ("greek", "iranian", "afghan", "romanian"))
"""The record's lines in each of the core's five; Romanians and lines without
a row of their own, which the weighing's shares leave out, go with the south."""
FLAGS = (("pol",), ("ger",), ("chinese", "korean"), ("latvian", "estonian", "lithuanian"), ("greek",))
"""Nationalities in Memorial's months whose shape stands in for a line's arrests."""
HOMELANDS = ("bel", "ukr", "armenian", "kabardin", "kalmyk", "ossetian", "tatar", "chechen")
"""Nationalities in Memorial's months that were arrested mostly in one republic: how a region's months leave the country's."""
UNSPLIT = 0.8
"""First-category share of raises that the Politburo did not split: "mostly the first" (Okhotin and Roginskii 1999, recalled)."""
CARRIED = 0.1
"""Share of a region's limits of 1937 that stands for what it may still sentence in 1938 without a recorded raise; judgement."""

USED = 7.0
"""Weeks within which half of a limit was used up; the first limits of the first category were used so (judgement)."""
UNLISTED = 0.5
"""Raises that the record does not list, in units of those that it lists, shared by first limits: about a third of what was
sentenced in the first category stands in no list of limits and raises."""


@dataclass(frozen=True)
class Steps:
    """A cumulative count at dates: `days` (n,) first days not counted any more, `totals` (n,) people until then."""

    days: tuple[int, ...]
    totals: tuple[float, ...]


@dataclass(frozen=True)
class Known:
    """What the record knows; R regions, five lines.

    Attributes:
        mass: steps of Order 00447 by "arrested", "first", "second".
        lines: (5, 2) people sentenced and shot by line, in all.
        late: (2,) of all lines together: sentenced and shot from 17 September 1938 on.
        arrested_per_sentenced: of the lines together.
        early: (5,) share of a line's arrests made by 7 February 1938.
        begun: (5,) day on which a line's operation was ordered to begin; of several, when half of its people were reached.
        july: share of the lines' arrests made by 1 July 1938.
        deaths, arrests: people by year, 1934-39; NaN where unknown.
        months: (72,) arrests by month, in any unit.
        flags: (5, 72) arrests by month of the nationalities that stand in for a line.
        lists: (day, names, first category, lists) of every date.
        authorised: (R, 2, 2) limits and recorded raises by region, year (1937, 1938) and category.
        course: (R, W) share of each region in what was allowed and about to be used, by week.
        groups: (3, 2) shares of former "kulaks", "criminals" and others in first and second category at 1 January 1938.
        sublines: share of each of the record's lines in the core's line that holds it.
        dispersion: (sd, correlation of neighbouring months) of a region's log months about the country's.
        places: what is known of single places.
    """

    mass: Mapping[str, Steps]
    lines: Floats
    late: Floats
    arrested_per_sentenced: float
    early: Floats
    begun: Floats
    july: float
    deaths: Floats
    arrests: Floats
    months: Floats
    flags: Floats
    lists: Floats
    authorised: Floats
    course: Floats
    groups: Floats
    sublines: Mapping[str, tuple[int, float]]
    dispersion: tuple[float, float]
    places: tuple[Place, ...]


def known(record: Record, setting: Setting) -> Known:
    """Arrange the record for prediction.

    Args:
        record: a loaded record.
        setting: for the regions' order and first limits.

    Raises:
        ValueError: a table that is needed is missing from the record.
    """
    lines = [dict(row) for row in record.series["national-operations"].rows if row["territory"] == "ussr"]
    annual = {str(row["year"]): row for row in record.series["annual-repression"].rows}
    total = _line(lines, "all", "USSR to 15 Nov 1938")
    late = _line(lines, "all", "special troikas")
    july = _line(lines, "all", "arrested to 1 July 1938")
    table = np.array([[sum(float(_line(lines, name, "USSR")[column]) for name in group) for column in ("sentenced", "shot")]
                      for group in GROUPS])  # fmt: skip
    table[-1] += np.array([total["sentenced"], total["shot"]], float) - table.sum(axis=0)  # lines without a row of their own
    months, flags = _months(record)
    return Known(
        mass=_mass(record), lines=table, late=np.array([late["sentenced"], late["shot"]], float),
        arrested_per_sentenced=float(total["arrested"]) / float(total["sentenced"]), early=_early(lines), begun=_begun(lines),
        july=float(july["arrested"]) / float(total["arrested"]),
        deaths=_years(annual, "death_corrected"), arrests=_years(annual, "arrested_by_organs"), months=months, flags=flags,
        lists=_lists(record), authorised=_authorised(record, setting),
        course=_course(record, setting), groups=_groups(record), sublines=_sublines(lines),
        dispersion=_dispersion(record), places=places(record),
    )  # fmt: skip


def _line(rows: list[dict[str, Any]], line: str, scope: str) -> dict[str, Any]:
    for row in rows:
        if row["line"] == line and str(row["scope"]).startswith(scope):
            return row
    raise ValueError(f"The record's series national-operations has no row '{line}', '{scope}'; predictions need it.")


def _years(annual: Mapping[str, Any], column: str) -> Floats:
    values = [annual[str(year)][column] for year in range(1934, 1940)]
    return np.array([np.nan if v is None else float(v) for v in values])


def _mass(record: Record) -> dict[str, Steps]:
    """Order 00447 at the dates of the reports; the last report stands for the end of November 1938."""
    found: dict[str, dict[int, float]] = {"arrested": {}, "first": {}, "second": {}}
    columns = {"arrested": ("arrested",), "sentenced": ("cat1", "cat2")}
    for row in record.series["order-00447-progress"].rows:
        measure = str(row["measure"]).partition(" ")[0]
        if not str(row["scope"]).startswith("USSR") or measure not in columns or "cumulative" not in str(row["measure"]):
            continue
        text = str(row["date"])
        day = day_of(date.fromisoformat(text if len(text) == 10 else f"{text}-30"))
        if measure == "sentenced":
            found["first"].setdefault(day, float(row["cat1"]))
            found["second"].setdefault(day, float(row["cat2"]))
        if row["arrested"] is not None:
            found["arrested"].setdefault(day, float(row["arrested"]))
    return {name: Steps(tuple(sorted(steps)), tuple(steps[day] for day in sorted(steps))) for name, steps in found.items()}


def _early(rows: list[dict[str, Any]]) -> Floats:
    """Share of each line's arrests by 7 February 1938; of several, weighted by what each sentenced in the end."""

    def one(name: str) -> tuple[float, float] | None:
        weight = float(_line(rows, name, "USSR")["sentenced"])
        if name == "harbin":
            return float(_line(rows, name, "arrested by")["arrested"]) / weight, weight
        for row in rows:
            if row["line"] == name and str(row["scope"]).startswith("share arrested"):
                return float(row["share_arrested_by_7_feb_1938"]), weight
        return None

    result = []
    for group in GROUPS:
        told = [pair for pair in map(one, group) if pair]
        result.append(float(np.average([a for a, _ in told], weights=[b for _, b in told])))
    return np.array(result)


def _begun(rows: list[dict[str, Any]]) -> Floats:
    """Days on which the lines began, by the record; the middle one, weighted by people, where the core joins several."""
    found = []
    for group in GROUPS:
        told = []
        for name in group:
            row = _line(rows, name, "USSR")
            text = str(row["date_begun"])
            told.append((day_of(date.fromisoformat(text if len(text) == 10 else f"{text}-01")), float(row["sentenced"])))
        told.sort()
        reached = np.cumsum([people for _, people in told])
        found.append(told[int(np.searchsorted(reached, reached[-1] / 2))][0])
    return np.array(found, float)


def _months(record: Record) -> tuple[Floats, Floats]:
    rows = {str(row["month"])[:7]: row for row in record.series["memorial-arrests-monthly"].rows}
    wanted = [f"{year}-{month:02d}" for year in range(1934, 1940) for month in range(1, 13)]
    total = np.array([float(rows[m]["arrests_all_records"]) if m in rows else 0.0 for m in wanted])
    flags = [[sum(float(rows[m][name] or 0) for name in names) if m in rows else 0.0 for m in wanted] for names in FLAGS]
    return total, np.array(flags)


def _lists(record: Record) -> Floats:
    """(n, 4) day, names, first category, number of lists; what is dated by the month only stands on its 15th."""
    table = []
    for row in record.series["stalin-lists"].rows:
        text = str(row["date"])
        day = date.fromisoformat(text if len(text) == 10 else f"{text}-15")
        table.append((float(day_of(day)), float(row["names"]), float(row["cat1_shoot"]), float(row["sublists"])))
    return np.array(sorted(table))


def _authorised(record: Record, setting: Setting) -> Floats:
    """First limits and recorded raises in persons; a republic's raise is shared by its units' first limits."""
    table = np.zeros((len(setting.regions), 2, 2))
    table[:, 0] = setting.limits
    for row in record.series["order-00447-raises"].rows:
        if row["kind"] not in ("raise", "allocation") or not row["units"]:
            continue
        units = [u.strip() for u in str(row["units"]).split("|") if u.strip() in setting.regions]
        if not units:
            continue
        at = [setting.regions.index(u) for u in units]
        share = setting.limits[at].sum(axis=1) / setting.limits[at].sum()
        unsplit = float(row["add_unsplit"] or 0.0)
        added = (float(row["add_cat1"] or 0.0) + UNSPLIT * unsplit, float(row["add_cat2"] or 0.0) + (1 - UNSPLIT) * unsplit)
        if str(row["region"]) == "belbaltlag":  # under the camps' limit, by Karelia's troika
            at = [setting.regions.index("karelian-assr")]
            share = np.ones(1)
        table[at, int(str(row["date"]).startswith("1938"))] += share[:, None] * np.array(added)
    for row in record.series["order-00447-raises"].rows:
        if row["kind"] == "sum" and row["region"] in setting.regions and row["add_cat1"]:
            at = [setting.regions.index(str(row["region"]))]
            listed = float(table[at, :, 0].sum() - setting.limits[at, 0].sum())
            table[at, 0, 0] += max(float(row["add_cat1"]) - listed, 0.0)  # decisions whose dates are not known
    table[:, 1] += CARRIED * setting.limits
    return table


def _course(record: Record, setting: Setting) -> Floats:
    """Shares of the regions by week: a limit is used up in the weeks after it was given, more than half within `USED`."""
    weeks = np.arange(calendar.WEEKS)
    table = np.zeros((len(setting.regions), calendar.WEEKS))

    def given(day: str) -> Floats:
        parts = day.partition("/")[0].split("-")
        month = int(parts[1]) if len(parts) > 1 else 10  # "1937" alone: in the autumn
        week = calendar.week_of(date(int(parts[0]), month, int(parts[2]) if len(parts) > 2 else 15))
        since = np.maximum(weeks - week, 0) / (USED / 1.68)
        return np.asarray((weeks >= week) * since * np.exp(-since) / (USED / 1.68))

    start = given("1937-08-05")
    table += setting.limits.sum(axis=1)[:, None] * start[None]
    for row in record.series["order-00447-raises"].rows:
        if row["kind"] not in ("raise", "allocation") or not row["units"]:
            continue
        at = [setting.regions.index(u.strip()) for u in str(row["units"]).split("|") if u.strip() in setting.regions]
        size = sum(float(row[name] or 0.0) for name in ("add_cat1", "add_cat2", "add_unsplit"))
        share = setting.limits[at].sum(axis=1) / setting.limits[at].sum()
        table[at] += size * share[:, None] * given(str(row["date"]))[None]
    even = setting.limits.sum(axis=1) / setting.limits.sum()
    whole = table.sum(axis=0)
    return np.asarray((table + UNLISTED * even[:, None] * whole + 1e-3 * even[:, None]) / ((1 + UNLISTED) * whole + 1e-3))


def _groups(record: Record) -> Floats:
    """(3, 2) Former "kulaks", "criminals", others (those without a breakdown shared out), by category."""
    table = np.zeros((3, 2))
    for row in record.series["order-00447-progress"].rows:
        if str(row["date"]) == "1938-01-01" and str(row["measure"]) in ("cat1 by group", "cat2 by group"):
            column = int(str(row["measure"])[3]) - 1
            table[:, column] = [float(row[name]) for name in ("kulaks", "criminals", "other_antisoviet")]
    return np.asarray(table / table.sum(axis=0))


def _sublines(rows: list[dict[str, Any]]) -> dict[str, tuple[int, float]]:
    found: dict[str, tuple[int, float]] = {}
    for i, group in enumerate(GROUPS):
        sizes = {name: float(_line(rows, name, "USSR")["sentenced"]) for name in group}
        if len(group) > 1:
            found |= {name: (i, size / sum(sizes.values())) for name, size in sizes.items()}
    return {name: value for name, value in found.items() if name not in LINES}


def _dispersion(record: Record) -> tuple[float, float]:
    """How far the months of people of one homeland leave the country's, August 1937 to October 1938.

    The standard deviation of the log ratio, counting noise taken off, and the correlation of neighbouring months; the
    middle of eight nationalities (`HOMELANDS`) stands for a region.
    """
    rows = [r for r in record.series["memorial-arrests-monthly"].rows if "1937-08" <= str(r["month"])[:7] <= "1938-10"]
    total = np.array([float(r["arrests_all_records"]) for r in rows])
    spreads, neighbours = [], []
    for name in HOMELANDS:
        n = np.array([float(r[name] or 0) for r in rows])
        ratio = np.log((n + 0.5) / total)
        apart = ratio - np.average(ratio, weights=total)
        spreads.append(float(np.average(apart**2, weights=total) - np.average(1 / (n + 0.5), weights=total)))
        neighbours.append(float(np.corrcoef(apart[:-1], apart[1:])[0, 1]))
    return float(np.sqrt(max(np.median(spreads), 0.01))), float(np.clip(np.median(neighbours), 0.0, 0.9))
