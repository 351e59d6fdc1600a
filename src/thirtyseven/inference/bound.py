"""The country's weekly counts, bound to what the record knows of them.

A run comes near the record's totals; a series that the program never saw obeys them. So the runs keep their course within
a stretch of time and take its total from the record: Order 00447 at the dates of its reports, the national lines at the
dates and in the totals that are known, the lists on their dates, death sentences and arrests by year, arrests by month
in the shape of Memorial's records. What the record does not bind stays as the runs have it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.inference.ensemble import YEARS
from thirtyseven.inference.known import Known, Steps
from thirtyseven.society import calendar

Floats = NDArray[np.float64]

ARRESTED, FIRST, OTHER = range(3)
TROIKA, LISTS = CHANNELS.index("troika"), CHANNELS.index("lists")
LINE = [CHANNELS.index(name) for name in LINES]
REST = [c for c, name in enumerate(CHANNELS) if name not in ("troika", "lists", *LINES)]
TOTALS = 0.03
"""Log-sd of a national total that the record prints: rounding, late returns; judgement."""
MONTHS = 0.10
"""Log-sd of a month's share in Memorial's records beyond counting: coverage that changes with the month; judgement."""
_LEVEL = 0.05  # share of a stretch that is spread evenly, so that a run that came late still has a course
_FLOOR = 0.3  # the other channels keep at least this share of what the run has
_WAIT = 5  # weeks from arrest to a troika's sentence in 1938 (first calibration of the core)
_MONTH = np.array(calendar.month_of_week())
_OPEN, _ORDER, _YEAR38, _TROIKAS, _DECREE = 0, 187, 209, calendar.week_of(calendar.SPECIAL_TROIKAS), 255


def bind(runs: Floats, known: Known, rng: np.random.Generator) -> Floats:
    """Bind the country's counts to the record.

    Args:
        runs: (N, W, 12, 3) people arrested, sentenced to the first category, sentenced to anything else, as simulated.
        known: what the record knows.
        rng: of the record's own uncertainty.

    Returns:
        (N, W, 12, 3) the same, bound.
    """
    table = np.array(runs, np.float64)
    rates = _weekly(known.months)
    _mass(table, known, rates, rng)
    _lists(table, known)
    _sentences_of_lines(table, known, rng)
    _arrests_of_lines(table, known, rng)
    _years(table, known)
    _arrests(table, known, rng)
    return table


def _weekly(months: Floats) -> Floats:
    """(W,) a month's number for each of its weeks, a day's share for a week that is alone."""
    weeks = np.bincount(_MONTH, minlength=len(months))
    return np.asarray(months[_MONTH] / weeks[_MONTH])


def _stretch(x: Floats, first: int, last: int, total: Floats, profile: Floats | None = None) -> Floats:
    """(N, last - first) A stretch with its total: the run's own course, or its geometric mean with a profile (W,)."""
    own = x[:, first:last]
    if profile is not None:
        own = np.sqrt(np.maximum(own, 0) * profile[None, first:last])
    even = own.mean(axis=1, keepdims=True)
    even = np.where(even > 0, even, 1.0)
    own = (1 - _LEVEL) * own + _LEVEL * even
    return np.asarray(own / own.sum(axis=1, keepdims=True) * total[:, None])


def _cuts(steps: Steps) -> list[int]:
    """Weeks at which the steps lie, to the nearest Monday."""
    return [int(round((day + 1) / 7)) for day in steps.days]


def _mass(table: Floats, known: Known, rates: Floats, rng: np.random.Generator) -> None:
    runs = len(table)
    for name, measure in (("arrested", ARRESTED), ("first", FIRST), ("second", OTHER)):
        steps = known.mass[name]
        own, at, before = table[:, :, TROIKA, measure].copy(), _ORDER, 0.0
        table[:, :, TROIKA, measure] = 0.0
        for cut, total in zip(_cuts(steps), steps.totals):
            profile: Floats | None = rates if measure == ARRESTED else None
            if measure != ARRESTED and at >= _YEAR38:  # sentences of 1938 follow the arrests that are known
                profile = np.convolve(table[:, :, TROIKA, ARRESTED].mean(axis=0), np.full(2 * _WAIT, 0.5 / _WAIT))[: len(rates)]
            people = (total - before) * np.exp(TOTALS * rng.standard_normal(runs))
            table[:, at:cut, TROIKA, measure] = _stretch(own, at, cut, people, profile)
            at, before = cut, total


def _lists(table: Floats, known: Known) -> None:
    """Names in the week of the list's date: what is counted is the sanction, as in the record."""
    table[:, :, LISTS, FIRST:] = 0.0
    for day, names, first, _ in known.lists:
        table[:, int(day) // 7, LISTS, FIRST] += first
        table[:, int(day) // 7, LISTS, OTHER] += names - first


def _sentences_of_lines(table: Floats, known: Known, rng: np.random.Generator) -> None:
    """The lines' totals, the special troikas of autumn 1938, and what the yearly total leaves for 1937."""
    runs, cuts = len(table), (_ORDER - 1, _YEAR38, _TROIKAS, _DECREE)
    begun = np.clip(known.begun // 7 + 2, cuts[0], _YEAR38 - 2)  # the first albums came back after some two weeks
    rest = table[:, :, REST, FIRST].sum(axis=2)[:, YEARS == 3].sum(axis=1)
    mass = table[:, :_YEAR38, TROIKA, FIRST].sum(axis=1)
    lists = table[:, :, LISTS, FIRST][:, YEARS == 3].sum(axis=1)
    for measure in (FIRST, OTHER):
        whole = known.lines[:, 1] if measure == FIRST else known.lines[:, 0] - known.lines[:, 1]
        late = known.late[1] if measure == FIRST else known.late[0] - known.late[1]
        own = table[:, :, LINE, measure].copy()
        parts = np.stack([own[:, a:b].sum(axis=1) for a, b in pairwise(cuts)], axis=2) + 0.01 * whole[None, :, None]
        parts[:, :, 0] *= (_YEAR38 - begun) / (_YEAR38 - cuts[0])  # a line that was ordered late had less of 1937
        if measure == FIRST:
            left = np.clip(known.deaths[3] - mass - lists - np.minimum(rest, 12_000.0), 0.2 * whole.sum(), 0.6 * whole.sum())
            share = left / whole.sum()
        early = share * whole.sum()
        stretches = np.stack([early, whole.sum() - late - early, np.full(runs, late)], axis=1)
        stretches[:, 1] = np.maximum(stretches[:, 1], 0.05 * whole.sum())
        totals = _raked(parts, whole * np.exp(TOTALS * rng.standard_normal((runs, 1))), stretches)
        table[:, :, LINE, measure] = 0.0
        for line, channel in enumerate(LINE):
            for s, (a, b) in enumerate(pairwise(cuts)):
                a = max(a, int(begun[line])) if s == 0 else a
                table[:, a:b, channel, measure] = _stretch(own[:, :, line], a, b, totals[:, line, s])


def _raked(parts: Floats, rows: Floats, columns: Floats) -> Floats:
    """(N, 5, S) The parts, changed as little as may be to sums by line (N, 5) and by stretch (N, S)."""
    columns = columns * (rows.sum(axis=1) / columns.sum(axis=1))[:, None]
    for _ in range(20):
        parts = parts * (columns / parts.sum(axis=1))[:, None, :]
        parts = parts * (rows / parts.sum(axis=2))[:, :, None]
    return parts


def _arrests_of_lines(table: Floats, known: Known, rng: np.random.Generator) -> None:
    cuts = (_ORDER - 1, calendar.week_of(calendar.date(1938, 2, 7)), calendar.week_of(calendar.date(1938, 7, 1)), _DECREE)
    for line, channel in enumerate(LINE):
        whole = known.arrested_per_sentenced * known.lines[line, 0]
        until = (0.0, known.early[line], max(known.july, known.early[line] + 0.02), 1.0)
        own = table[:, :, channel, ARRESTED].copy()
        table[:, :, channel, ARRESTED] = 0.0
        profile = _weekly(known.flags[line] + 0.002 * known.months)
        for s, (a, b) in enumerate(pairwise(cuts)):
            people = whole * (until[s + 1] - until[s]) * np.exp(TOTALS * rng.standard_normal(len(table)))
            a = max(a, int(known.begun[line]) // 7) if s == 0 else a
            table[:, a:b, channel, ARRESTED] = _stretch(own, a, b, people, profile)


def _years(table: Floats, known: Known) -> None:
    """Death sentences of the years that Order 00447 and the lines do not fill, through the other channels."""
    for year in range(6):
        weeks = year == YEARS
        rest = table[..., FIRST][:, weeks][:, :, REST].sum(axis=(1, 2))
        if year in (3, 4):
            factor = np.minimum(1.0, 12_000.0 / np.maximum(rest, 1.0))
        else:
            others = table[..., FIRST][:, weeks].sum(axis=(1, 2)) - rest
            factor = np.maximum(known.deaths[year] - others, 0.05 * known.deaths[year]) / np.maximum(rest, 1.0)
        for channel in REST:
            table[:, weeks, channel, FIRST] *= factor[:, None]


def _arrests(table: Floats, known: Known, rng: np.random.Generator) -> None:
    """The other channels take what Order 00447 and the lines leave of the month's arrests.

    Where the record's own counts disagree (the order's reports against the months of Memorial's records) the month is set
    half way, and the year's total rules.
    """
    for year in range(6):
        if not np.isfinite(known.arrests[year]):
            continue
        months = known.months[12 * year : 12 * year + 12]
        for month in range(12):
            weeks = 12 * year + month == _MONTH
            wanted = known.arrests[year] * months[month] / months.sum() * np.exp(MONTHS * rng.standard_normal(len(table)))
            operations = table[..., ARRESTED][:, weeks][:, :, [TROIKA, *LINE]].sum(axis=(1, 2))
            others = [LISTS, *REST]
            have = np.maximum(table[..., ARRESTED][:, weeks][:, :, others].sum(axis=(1, 2)), 1.0)
            factor = np.maximum(wanted - operations, _FLOOR * have) / have
            arrests = table[..., ARRESTED]
            for channel in others:
                arrests[:, weeks, channel] *= factor[:, None]
            have = np.maximum(table[..., ARRESTED][:, weeks].sum(axis=(1, 2)), 1.0)
            arrests[:, weeks] *= np.sqrt(wanted / have)[:, None, None]
        of_year = year == YEARS
        have = table[..., ARRESTED][:, of_year].sum(axis=(1, 2))
        total = known.arrests[year] * np.exp(TOTALS * rng.standard_normal(len(table)))
        table[..., ARRESTED][:, of_year] *= (total / have)[:, None, None]
