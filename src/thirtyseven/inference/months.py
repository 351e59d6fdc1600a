"""Months that the weighing was never shown one by one: does the course of the runs foretell them?

The statistics hold a few shares of a year; the months behind them and the dates of the lists were not among them. Runs as
they are, not bound to the record, are set against arrests by month (Memorial's records) and names on lists by month.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from thirtyseven.inference.bound import ARRESTED, LISTS, MONTHS
from thirtyseven.inference.ensemble import Ensemble
from thirtyseven.inference.known import Known
from thirtyseven.society import calendar

Floats = NDArray[np.float64]

_MONTH = np.array(calendar.month_of_week())
_FEW = 30.0  # people by which a month's count leans on the year's mean, so that an empty month has a logarithm


def months_told(ensemble: Ensemble, known: Known) -> list[dict[str, Any]]:
    """Shares of the months in their year, as the runs have them, beside the record and beside equal months.

    Returns:
        Rows with id ("arrests 1937-08"), observed and q05 ... q95 (shares), model and naive (log densities of the log
        share), place. The naive rule gives every month the same share, with the spread that the year's other months show.
    """
    runs = ensemble.national[ensemble.runs].astype(np.float64)
    lists = np.zeros(72)
    for day, names, _, _ in known.lists:
        lists[_MONTH[int(day) // 7]] += names
    courses = (
        ("arrests", runs[..., ARRESTED].sum(axis=2), known.months, (36, 60)),
        ("names on lists", runs[:, :, LISTS, 1:].sum(axis=2), lists, (38, 57)),
    )
    rows: list[dict[str, Any]] = []
    for title, weeks, recorded, (first, last) in courses:
        by_month = np.stack([weeks[:, month == _MONTH].sum(axis=1) for month in range(72)], axis=1)
        for year in (3, 4):
            at = np.arange(max(first, 12 * year), min(last, 12 * year + 12))
            rows += _year(title, at, _shares(by_month[:, at]), _shares(recorded[None, at])[0])
    return rows


def _shares(counts: Floats) -> Floats:
    counts = counts + _FEW
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _year(title: str, at: NDArray[np.int64], told: Floats, seen: Floats) -> list[dict[str, Any]]:
    log, truth, rows = np.log(told), np.log(seen), []
    for i, month in enumerate(at):
        spread = float(np.hypot(log[:, i].std(), MONTHS))
        others = np.delete(truth, i) + np.log(len(at))
        naive = (-np.log(len(at)), float(max(np.sqrt((others**2).mean()), 0.1)))
        rows.append({
            "id": f"{title} {calendar.months()[month]}", "observed": float(seen[i]),
            **{f"q{round(100 * q):02d}": float(np.quantile(told[:, i], q)) for q in (0.05, 0.25, 0.5, 0.75, 0.95)},
            "model": float(norm.logpdf(truth[i], log[:, i].mean(), spread)), "naive": float(norm.logpdf(truth[i], *naive)),
            "place": float(norm.cdf((truth[i] - log[:, i].mean()) / spread)),
        })  # fmt: skip
    return rows
