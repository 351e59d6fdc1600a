"""The statistics of the weighing, frozen before any weighing: what each counts, its error, and where the record has it.

Every statistic is one function of an `Archive`, so record and run cannot be measured differently. `sd` is the standard
deviation, on the transformed scale, of the archive's error (coverage, under-reporting, lag, lost returns, rounding),
of differing definitions and of the model's own coarseness together; it is judgement, taken from the first calibration
and not changed since. The designers of the forms knew the totals: this is said wherever results are shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from thirtyseven.summaries.archive import RANGES, Archive

Floats = NDArray[np.float64]
Phase = Literal["elite", "mass", "national", "where", "stop"]


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    Attributes:
        id: stable name.
        phase: the question that it speaks to most.
        title: what it measures, in words.
        scale: transformation ("log", "logit", "week", "correlation", "log ratio").
        sd: standard deviation of archive error and discrepancy on that scale.
        evidence: class of evidence, for leave-one-class-out.
        source: where the record has it: series or figure.
        recalled: share of its value in the record that rests on recall rather than on a copy that was seen.
        coarse: whether it is one of the coarse shared facts of history matching.
        of: the function, Archive -> (B,).
    """

    id: str
    phase: Phase
    title: str
    scale: str
    sd: float
    evidence: str
    source: str
    recalled: float
    coarse: bool
    of: Callable[[Archive], Floats]

    @property
    def range(self) -> tuple[float, float]:
        """Least and greatest possible value, which no error of the archive can cross."""
        return RANGES.get(self.scale, (-np.inf, np.inf))


def log(values: Floats, add: float) -> Floats:
    """Return log(values + add)."""
    return np.asarray(np.log(values + add))


def logit_share(part: Floats, rest: Floats, add: float = 75.0) -> Floats:
    """Return log((part + add) / (rest + add)); the added counts keep empty years from ruling everything."""
    return np.asarray(np.log((part + add) / (rest + add)))


def _share(values: Floats) -> Floats:
    return np.asarray(np.log(values / (1.0 - values)))


def months(first: str, last: str, year: int) -> Callable[[Archive], Floats]:
    """Return the logit share of a year's arrests in the months from `first` to `last`, as a function of the archive."""
    base = (year - 1934) * 12
    low, high = base + int(first) - 1, base + int(last)

    def share(a: Archive) -> Floats:
        part = a.months[:, low:high].sum(axis=1)
        total = a.months[:, base : base + 12].sum(axis=1)
        scale = np.where(total > 0, total, 1.0)
        return logit_share(part / scale, (total - part) / scale, 0.002)

    return share


def correlation(attribute: str) -> Callable[[Archive], Floats]:
    """Return the correlation over 57 units of log(raise of 1938 / first limit + .05) with an attribute."""

    def of(a: Archive) -> Floats:
        y = np.log(a.raises + 0.05)
        y = y - y.mean(axis=1, keepdims=True)
        x = getattr(a, attribute) - getattr(a, attribute).mean()
        spread = np.sqrt((y**2).sum(axis=1) * (x**2).sum())
        return np.asarray((y @ x) / np.maximum(spread, 1e-9))

    return of


def _stage(low: int, high: int) -> Callable[[Archive], Floats]:
    def of(a: Archive) -> Floats:
        first = a.mass_first[:, high] - (a.mass_first[:, low] if low >= 0 else 0.0)
        total = a.mass_sentences[:, high] - (a.mass_sentences[:, low] if low >= 0 else 0.0)
        return logit_share(first, total - first)

    return of


STATISTICS: tuple[Statistic, ...] = (
    Statistic("lists", "elite", "names on Stalin's lists, 1937-38", "log", 0.15, "lists", "series:stalin-lists", 0.0, True,
              lambda a: log(a.lists[:, 1:].sum(axis=1), 200.0)),
    Statistic("lists_early", "elite", "share of the names of 1937 dated before 5 August", "logit", 0.40, "lists",
              "series:stalin-lists", 0.0, False, lambda a: logit_share(a.lists[:, 0], a.lists[:, 1] - a.lists[:, 0])),
    Statistic("lists_1937", "elite", "share of the names dated 1937", "logit", 0.30, "lists", "series:stalin-lists", 0.0,
              False, lambda a: logit_share(a.lists[:, 1], a.lists[:, 2])),
    Statistic("party_1937", "elite", "party members and candidates arrested in 1937", "log", 0.20, "party", "figure party:69",
              1.0, False, lambda a: log(a.party[:, 0], 500.0)),
    Statistic("party_1938", "elite", "party members and candidates arrested in 1938", "log", 0.20, "party", "figure party:70",
              1.0, False, lambda a: log(a.party[:, 1], 500.0)),
    Statistic("officers_1937", "elite", "officers of the ground forces arrested in 1937", "log", 0.25, "army", "figure army:21",
              1.0, False, lambda a: log(a.officers[:, 0], 200.0)),
    Statistic("officers_1938", "elite", "officers of the ground forces arrested in 1938", "log", 0.25, "army", "figure army:22",
              1.0, False, lambda a: log(a.officers[:, 1], 200.0)),
    Statistic("arrests_1937", "mass", "arrests by the organs in 1937", "log", 0.15, "annual", "series:annual-repression", 0.5,
              True, lambda a: log(a.arrests_year[:, 3], 500.0)),
    Statistic("arrests_1938", "mass", "arrests by the organs in 1938", "log", 0.15, "annual", "series:annual-repression", 0.5,
              True, lambda a: log(a.arrests_year[:, 4], 500.0)),
    Statistic("deaths_1936", "mass", "people sentenced to death in 1936", "log", 0.60, "annual", "series:annual-repression",
              0.5, False, lambda a: log(a.deaths_year[:, 2], 500.0)),
    Statistic("deaths_1937", "mass", "people sentenced to death in 1937", "log", 0.15, "annual", "series:annual-repression",
              0.5, True, lambda a: log(a.deaths_year[:, 3], 500.0)),
    Statistic("deaths_1938", "mass", "people sentenced to death in 1938", "log", 0.15, "annual", "series:annual-repression",
              0.5, True, lambda a: log(a.deaths_year[:, 4], 500.0)),
    Statistic("half_1937", "mass", "share of the year's arrests in January-June 1937", "logit", 0.40, "months",
              "series:memorial-arrests-monthly", 0.0, False, months("01", "06", 1937)),
    Statistic("rise_1937", "mass", "arrests of November-December over those of August-September 1937", "log ratio", 0.25,
              "months", "series:memorial-arrests-monthly", 0.0, False,
              lambda a: np.log((a.months[:, 46:48].sum(axis=1) + 1.0) / (a.months[:, 43:45].sum(axis=1) + 1.0))),
    Statistic("spring_1938", "mass", "share of the year's arrests in January-March 1938", "logit", 0.35, "months",
              "series:memorial-arrests-monthly", 0.0, False, months("01", "03", 1938)),
    Statistic("quarter2_1938", "mass", "share of the year's arrests in April-June 1938", "logit", 0.35, "months",
              "series:memorial-arrests-monthly", 0.0, False, months("04", "06", 1938)),
    Statistic("order_arrests_sep", "mass", "arrests under Order 00447 by 1 September 1937", "log", 0.25, "order 00447",
              "series:order-00447-progress", 0.0, False, lambda a: log(a.mass_arrests[:, 0], 3000.0)),
    Statistic("order_arrests_jan", "mass", "arrests under Order 00447 by 1 January 1938", "log", 0.15, "order 00447",
              "series:order-00447-progress", 1.0, False, lambda a: log(a.mass_arrests[:, 1], 3000.0)),
    Statistic("order_sentences_sep", "mass", "sentences under Order 00447 by 1 September 1937", "log", 0.30, "order 00447",
              "series:order-00447-progress", 0.0, False, lambda a: log(a.mass_sentences[:, 0], 3000.0)),
    Statistic("order_sentences_jan", "mass", "sentences under Order 00447 by 1 January 1938", "log", 0.15, "order 00447",
              "series:order-00447-progress", 1.0, False, lambda a: log(a.mass_sentences[:, 1], 3000.0)),
    Statistic("order_sentences_end", "mass", "sentences under Order 00447 in all", "log", 0.12, "order 00447",
              "series:order-00447-progress", 1.0, True, lambda a: log(a.mass_sentences[:, 2], 3000.0)),
    Statistic("first_sep", "mass", "first-category share of sentences to 1 September 1937", "logit", 0.35, "categories",
              "series:order-00447-progress", 0.0, False, _stage(-1, 0)),
    Statistic("first_autumn", "mass", "first-category share of sentences, September-December 1937", "logit", 0.25,
              "categories", "series:order-00447-progress", 1.0, False, _stage(0, 1)),
    Statistic("first_1938", "mass", "first-category share of sentences in 1938", "logit", 0.30, "categories",
              "series:order-00447-progress", 1.0, False, _stage(1, 2)),
    Statistic("launch", "mass", "week in which the mass operation begins", "week", 6.0, "dates", "event 5 August 1937", 0.0,
              True, lambda a: a.launch),
    Statistic("line_arrests", "national", "arrests under the national orders", "log", 0.15, "national",
              "series:national-operations", 0.0, True, lambda a: log(a.line_arrests, 500.0)),
    Statistic("line_sentences", "national", "sentences under the national orders", "log", 0.15, "national",
              "series:national-operations", 0.5, False, lambda a: log(a.line_sentences, 500.0)),
    Statistic("lines_early", "national", "share of the national arrests made by 7 February 1938", "logit", 0.40, "national",
              "series:national-operations", 0.0, False, lambda a: _share(a.early_lines)),
    Statistic("lines_late", "national", "share of the national sentences after 17 September 1938", "logit", 0.40, "national",
              "series:national-operations", 1.0, False,
              lambda a: logit_share(a.late_lines, a.line_sentences - a.late_lines)),
    Statistic("polish_share", "national", "share of the Polish line in the national sentences", "logit", 0.30, "national",
              "series:national-operations", 0.0, False, lambda a: _share(a.line_shares[:, 0])),
    Statistic("german_share", "national", "share of the German line in the national sentences", "logit", 0.40, "national",
              "series:national-operations", 0.5, False, lambda a: _share(a.line_shares[:, 1])),
    Statistic("harbin_share", "national", "share of the Harbin line in the national sentences", "logit", 0.50, "national",
              "series:national-operations", 0.5, False, lambda a: _share(a.line_shares[:, 2])),
    Statistic("raised_share", "where", "share of 57 units whose limits the Politburo raised in 1938", "share", 0.12, "raises",
              "series:order-00447-raises", 0.7, False, lambda a: (a.raises > 0.0).mean(axis=1)),
    Statistic("raises_border", "where", "correlation of the raises of 1938 with the frontier", "correlation", 0.17, "raises",
              "series:order-00447-raises", 0.7, False, correlation("border")),
    Statistic("raises_exile", "where", "correlation of the raises of 1938 with exile and dekulakisation 1930-33",
              "correlation", 0.17, "raises", "series:order-00447-raises", 0.7, False, correlation("exile")),
    Statistic("raises_shortfall", "where", "correlation of the raises of 1938 with the harvest failure of 1936",
              "correlation", 0.17, "raises", "series:order-00447-raises", 0.7, False, correlation("shortfall")),
    Statistic("stop", "stop", "week of the decree that ends the operations", "week", 6.0, "dates", "event 17 November 1938",
              0.0, True, lambda a: a.stop),
    Statistic("abruptness", "stop", "death sentences in the eight weeks before over those after the stop", "log ratio", 1.0,
              "annual", "series:national-operations and annual-repression", 0.5, False,
              lambda a: np.log((a.before + 50.0) / (a.after + 50.0))),
    Statistic("deaths_1939", "stop", "people sentenced to death in 1939", "log", 0.60, "annual", "series:annual-repression",
              0.5, False, lambda a: log(a.deaths_year[:, 5], 500.0)),
    Statistic("end_1938", "stop", "share of the year's arrests in November-December 1938", "logit", 0.60, "months",
              "series:memorial-arrests-monthly", 0.0, False, months("11", "12", 1938)),
)  # fmt: skip


def compute(archive: Archive) -> Floats:
    """Return the statistics of an archive, (B, S) in the order of `STATISTICS`; NaN where it has nothing."""
    return np.stack([np.broadcast_to(item.of(archive), archive.launch.shape) for item in STATISTICS], axis=1)


def digest() -> str:
    """Sixteen hex digits over ids, scales, errors and definitions: the frozen choice of statistics."""
    text = "\n".join(f"{s.id}|{s.phase}|{s.title}|{s.scale}|{s.sd}|{s.evidence}|{s.coarse}" for s in STATISTICS)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def recalled_share() -> float:
    """Share of the evidence, counted by statistics, that rests on recalled rather than re-seen rows."""
    return float(np.mean([item.recalled for item in STATISTICS]))
