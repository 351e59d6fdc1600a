"""What an archive adds to the weeks of a run: days, delays, sittings, what a city has of its region.

The core counts sentences by week. An archive prints executions by the day on which they were carried out, in the town
where they were, on the days on which a troika had sat; here are the delays and the unevenness, each with its spread.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from thirtyseven.inference.bound import LINE, LISTS, REST, TROIKA
from thirtyseven.inference.known import Known
from thirtyseven.inference.placed import DAYS, END, Where, day_of
from thirtyseven.inference.placed import FIRST as FIRST_DAY

Floats = NDArray[np.float64]

DELAYS = {"troika": (8.0, 0.4), "lines": (18.0, 0.4), "lists": (20.0, 0.4), "rest": (7.0, 0.5)}
"""Days from the sentence (the album's return, the list's date) to the execution: median and log-sd of the mean. Troikas'
sentences were carried out within days to two weeks, albums went back by courier, lists went to the Military Collegium first;
judgement after the orders' own terms."""
CARRIED_OUT = (60.0, 1.5)
"""Beta parameters of the share of death sentences that were carried out: a few were commuted or stayed; judgement."""
AFTER = 7
"""Days after the decree of 17 November 1938 on which what was still open was carried out; then sentences were stayed."""
_KERNEL = 90
_DAY, _WEEK = 0.45, 3.0  # gamma shapes of a day's and a week's share: sittings are few and large (judgement)
_PRESENT, _NAMES = 1.3, 1.2
HOLIDAYS = ((11, 7), (11, 8), (5, 1), (5, 2))
"""Days on which nothing was carried out."""


def streams(weeks: Floats) -> dict[str, Floats]:
    """(N, DAYS) People a day in four streams, from the weeks (N, W, 12) of one measure."""
    parts = {"troika": [TROIKA], "lines": LINE, "lists": [LISTS], "rest": REST}
    return {name: np.repeat(weeks[:, :, channels].sum(axis=2) / 7.0, 7, axis=1) for name, channels in parts.items()}


def carried_out(days: dict[str, Floats], rng: np.random.Generator) -> dict[str, Floats]:
    """Executions a day from death sentences a day, by stream."""
    result, end = {}, day_of(END) + AFTER
    share = rng.beta(*CARRIED_OUT, size=len(next(iter(days.values()))))[:, None]
    for name, flow in days.items():
        median, spread = DELAYS[name]
        mean = median * np.exp(spread * rng.standard_normal(len(flow)))
        lags = np.arange(_KERNEL)
        kernel = (lags + 0.5) ** 0.5 * np.exp(-1.5 * (lags + 0.5) / mean[:, None])
        kernel /= kernel.sum(axis=1, keepdims=True)
        late = np.maximum(fftconvolve(flow, kernel, axes=1)[:, :DAYS], 0.0) * share
        if name != "rest":
            late[:, end:] = 0.0
        result[name] = late
    return result


def listed(names: Floats, share: Floats, known: Known, measure: int, whole: bool, rng: np.random.Generator) -> Floats:
    """(N, DAYS) Names on lists a day: at a region's turn, which does not come on every date.

    Args:
        names: (N, 6) names of the place by year.
        share: (N,) the place's share of the names of the Union.
        known: dates, names and numbers of lists.
        measure: 1 for the first category, 2 for the others.
        whole: the Union, whose dates are the record's own.
        rng: of presence and size.
    """
    result = np.zeros((len(names), DAYS))
    turn = share**0.6 / (0.6 * 65**0.4)  # a region's share of the lists, less uneven than that of the names
    for day, count, first, lists in known.lists:
        people = first if measure == 1 else count - first
        if whole:
            result[:, int(day)] += people
            continue
        chance = 1 - np.exp(-_PRESENT * lists * turn)
        present = rng.random(len(names)) < chance
        size = rng.gamma(_NAMES, 1 / _NAMES, len(names)) / np.maximum(chance, 0.02)
        result[:, int(day)] += people * share * present * np.minimum(size, 12.0)
    return result


def uneven(days: Floats, dispersion: tuple[float, float], union: bool, finest: str, rng: np.random.Generator) -> Floats:
    """The days with months, weeks and (where asked for) days apart from their expectation, year totals kept.

    Args:
        days: (N, DAYS) expected.
        dispersion: sd and neighbours' correlation of a region's log months.
        union: the Union's months are nearly bound by the record.
        finest: "day", "week", "month" or "year".
        rng: of the unevenness.
    """
    runs = len(days)
    size = np.median(days.sum(axis=1))
    sd = 0.12 if union else float(np.clip(dispersion[0] * (4000.0 / max(size, 1.0)) ** 0.1, 0.25, 0.7))
    month = np.array([(d.year - 1934) * 12 + d.month - 1 for d in _dates()])
    apart = np.empty((runs, 72))
    apart[:, 0] = rng.standard_normal(runs)
    for m in range(1, 72):
        apart[:, m] = dispersion[1] * apart[:, m - 1] + np.sqrt(1 - dispersion[1] ** 2) * rng.standard_normal(runs)
    factor = np.exp(sd * apart)[:, month]
    weeks = rng.gamma(_WEEK * (8 if union else 1), 1.0, (runs, DAYS // 7))
    factor *= np.repeat(weeks, 7, axis=1)
    if finest == "day":
        factor *= rng.gamma(_DAY * (8 if union else 1), 1.0, (runs, DAYS))
        factor[:, [i for i, d in enumerate(_dates()) if (d.month, d.day) in HOLIDAYS]] *= 0.02
    new = days * factor
    year = np.array([d.year - 1934 for d in _dates()])
    for y in range(6):
        at = year == y
        total = new[:, at].sum(axis=1, keepdims=True)
        new[:, at] *= days[:, at].sum(axis=1, keepdims=True) / np.maximum(total, 1e-12)
    return new


def share_of_city(where: Where, quantity: str, runs: int, rng: np.random.Generator) -> Floats:
    """(N,) What a city has of its region's people in the archive's unit.

    Death sentences were carried out where the troika sat; who was arrested lived all over the region. Moscow .85, Leningrad
    .93, other seats .6 of their region's executions; lists .85; else the share of people, towns a tenth above it. Judgement.
    """
    if where.city is None:
        spread = where.share_spread * rng.standard_normal(runs)
        return np.asarray(np.exp(spread))
    if quantity == "executions" and where.seat:
        middle, worth = {"moscow": (0.85, 20.0), "butovo": (0.85, 20.0), "leningrad": (0.93, 40.0)}.get(where.name, (0.6, 5.0))
        return np.asarray(rng.beta(middle * worth, (1 - middle) * worth, runs))
    if quantity == "names-on-lists":
        return np.asarray(rng.beta(8.5, 1.5, runs))
    return np.minimum(where.city * 1.1 * np.exp(0.35 * rng.standard_normal(runs)), 0.97)


@cache
def _dates() -> tuple[date, ...]:
    """All days that can be predicted."""
    return tuple(FIRST_DAY + timedelta(days=i) for i in range(DAYS))
