"""Predictive series for the report: months, regions, start and end of posterior draws, run again with fresh seeds.

`series.json` holds, for every explanation (the better of its two variants) and both composites, what its posterior draws
do by month and by region, and which plain sentences hold under every one that fits. A sentence "holds" under an
explanation if it is true in at least four fifths of its runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.result import Weighing, plain
from thirtyseven.inference.simulator import COMPOSITE, Floats
from thirtyseven.record import Record
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting
from thirtyseven.summaries import from_outcome
from thirtyseven.summaries.statistics import correlation

FIRST_MONTH, MONTHS = 24, 36
"""January 1936 to December 1938, the months of the report."""
HOLDS = 0.8

Sentence = tuple[str, str, Callable[[Outcome, Setting], NDArray[np.bool_]]]


def predictive_series(institutions: Institutions, weighing: Weighing, record: Record, *, workers: int = 1,
                      progress: Progress | None = None) -> dict[str, Any]:  # fmt: skip
    """Return the content of `series.json`.

    Args:
        institutions: the simulator of the weighing.
        weighing: its outcome, with draws.
        record: for the recorded months.
        workers: processes.
        progress: told (stage, done, total).
    """
    kinds = _shown(weighing)
    jobs = [
        (_model, (institutions, kind, weighing.draws[kind].u, weighing.draws[kind].seeds)) for kind in kinds.values()
    ]
    models, sentences = {}, {}
    for done, (slug, (model, held)) in enumerate(zip(kinds, in_parallel(jobs, workers), strict=True), start=1):
        models[slug] = model
        sentences[kinds[slug]] = held
        if progress is not None:
            progress("months and regions", done, len(jobs))
    asked = weighing.robust.get("kinds", [])
    shown = {kind: slug for slug, kind in kinds.items()}
    robust = [
        {"id": name, "sentence": text, "n": len(weighing.draws[COMPOSITE].u),
         "holds": {shown[kind]: sentences[kind][name] >= HOLDS for kind in asked if kind in shown}}
        for name, text, _ in SENTENCES
    ]  # fmt: skip
    months = list(calendar.months()[FIRST_MONTH : FIRST_MONTH + MONTHS])
    return plain({"months": months, "record": recorded_months(record), "models": models, "robust": robust})


def write_series(series: dict[str, Any], folder: Path) -> Path:
    """Write `series.json` whole or not at all."""
    path = folder / "series.json"
    part = folder / "series.json.writing"
    part.write_text(json.dumps(series, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def recorded_months(record: Record) -> dict[str, Any]:
    """Memorial's arrests by month, each year divided by its coverage of the organs' count; 1936-38."""
    found = {
        str(row["month"])[:7]: row["arrests_all_records"] for row in record.series["memorial-arrests-monthly"].rows
    }
    annual = {int(row["year"]): row["arrested_by_organs"] for row in record.series["annual-repression"].rows
              if str(row["year"]).isdigit()}  # fmt: skip
    months = calendar.months()[FIRST_MONTH : FIRST_MONTH + MONTHS]
    coverage = {}
    for year in (1936, 1937, 1938):
        kept = sum(found.get(month) or 0 for month in months if month.startswith(str(year)))
        coverage[year] = kept / annual[year]
    arrests = [None if found.get(m) is None else found[m] / coverage[int(m[:4])] for m in months]
    return {
        "arrests": arrests, "arrests_status": "estimated", "arrests_coverage": {str(y): c for y, c in coverage.items()},
        "arrests_note": "Memorial's records with a known month, each year divided by the share of the organs' own annual "
        "count that they cover; levels are therefore estimates, shapes within a year are what the record shows.",
    }  # fmt: skip


def _shown(weighing: Weighing) -> dict[str, str]:
    """For each explanation the variant with the smaller misfit over fresh seeds, then the composites."""
    best: dict[str, str] = {}
    for kind, fit in weighing.fits.items():
        slug = kind.split("/")[0]
        if slug not in best or fit["score"]["mean"] < weighing.fits[best[slug]]["score"]["mean"]:
            best[slug] = kind
    return best


def _model(
    institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64]
) -> tuple[dict[str, Any], dict[str, float]]:
    setting = institutions.setting
    outcome = institutions.outcome(kind, u, seeds)
    arrests, deaths = (
        outcome.by_month(what)[:, FIRST_MONTH : FIRST_MONTH + MONTHS] for what in ("arrested", "first_category")
    )
    years = {
        str(1936 + y): {"arrests": _spread(arrests[:, 12 * y : 12 * y + 12].sum(axis=1)),
                        "death_sentences": _spread(deaths[:, 12 * y : 12 * y + 12].sum(axis=1))}
        for y in range(3)
    }  # fmt: skip
    variant = kind.partition("/")[2]
    model = {
        "kind": kind, "variant": variant, "runs": outcome.runs, "arrests": _band(arrests), "death_sentences": _band(deaths),
        "by_year": years, "regions": _regions(outcome, setting), "launch": _moment(outcome.launch), "stop": _moment(outcome.stop),
    }  # fmt: skip
    return model, {name: float(of(outcome, setting).mean()) for name, _, of in SENTENCES}


def _regions(outcome: Outcome, setting: Setting) -> dict[str, Any]:
    sentenced = (
        outcome.regional[:, :, :, CHANNELS.index("troika"), COUNTED.index("sentenced")].sum(axis=1).astype(float)
    )
    last, first = outcome.limits.sum(axis=2), setting.limits.sum(axis=1)
    people = np.maximum(setting.population, 1.0)
    begun = last.sum(axis=1) > 0
    table = {}
    for r, slug in enumerate(setting.regions):
        some = begun if begun.any() else np.zeros(outcome.runs, bool)
        table[slug] = {
            "sentenced_rate": _spread(1e4 * sentenced[:, r] / people[r]) if setting.population[r] > 0 else {},
            "last_over_first": _spread(last[some, r] / first[r]),
            "reached_over_last": _spread(sentenced[some, r] / np.maximum(last[some, r], 1.0)),
            "raised": float((outcome.raised_1938[:, r].sum(axis=1) > 0).mean()),
        }
    return table


def _spread(values: Any) -> dict[str, float]:
    values = np.asarray(values, float)
    if values.size == 0:
        return {}
    return dict(zip(("q05", "q50", "q95"), (float(q) for q in np.quantile(values, (0.05, 0.5, 0.95))), strict=True))


def _band(table: NDArray[np.int64]) -> dict[str, list[float]]:
    quantiles = np.quantile(table, (0.05, 0.5, 0.95), axis=0)
    return {name: [float(v) for v in row] for name, row in zip(("q05", "q50", "q95"), quantiles, strict=True)}


def _moment(weeks: NDArray[np.int64]) -> dict[str, Any]:
    by_1938 = (weeks >= 0) & (weeks <= calendar.WEEKS - 53)
    return {"week": _spread(weeks[weeks >= 0]), "by_itself": float(by_1938.mean())}


def _deaths(outcome: Outcome, channels: tuple[str, ...]) -> Floats:
    picked = [CHANNELS.index(channel) for channel in channels]
    return np.asarray(outcome.weekly[:, :, picked, COUNTED.index("first_category")].sum(axis=(1, 2)), float)


def _mostly_mass(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    return _deaths(outcome, ("troika", *LINES)) > 0.9 * np.maximum(_deaths(outcome, CHANNELS), 1.0)


def _beyond_first(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    sentenced = outcome.weekly[:, :, CHANNELS.index("troika"), COUNTED.index("sentenced")].sum(axis=1)
    return np.asarray(sentenced > 2.0 * setting.limits.sum())


def _used_up(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    """The first limits of the whole Union are used up within six months of the start."""
    table = outcome.weekly[:, :, CHANNELS.index("troika"), COUNTED.index("sentenced")].cumsum(axis=1)
    at = np.clip(outcome.launch + 26, 0, calendar.WEEKS - 1)
    return np.asarray((outcome.launch >= 0) & (table[np.arange(outcome.runs), at] >= setting.limits.sum()))


def _falls_before_decree(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    months = outcome.by_month("arrested")
    late = months[:, 54:57].mean(axis=1)
    return np.asarray(late < 0.5 * months[:, 36:].max(axis=1))


def _sudden_end(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    archive = from_outcome(outcome, setting)
    return np.asarray((outcome.stop >= 0) & (archive.before > 20.0 * np.maximum(archive.after, 1.0)))


def _frontier(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    return np.asarray(correlation("border")(from_outcome(outcome, setting)) > 0.4)


def _asked(outcome: Outcome, setting: Setting) -> NDArray[np.bool_]:
    return np.asarray(outcome.requests.sum(axis=1) > 64.0)


SENTENCES: tuple[Sentence, ...] = (
    ("mostly-mass", "More than nine in ten of the people sentenced to death went through the mass and national operations, "
     "not through the purge of the elite.", _mostly_mass),
    ("beyond-first", "More people were sentenced above the first limits of Order 00447 than within them: without the raises "
     "more than half of its victims would not have been reached.", _beyond_first),
    ("used-up", "The first limits of the whole Union were used up within six months of the start.", _used_up),
    ("requests", "The regions together asked for more than one raise or extension a region.", _asked),
    ("falls-before", "Arrests in July-September 1938 had already fallen below half of their highest month, before the decree "
     "of November.", _falls_before_decree),
    ("sudden-end", "Death sentences did not fade out: in the eight weeks after the decree there were less than a twentieth of "
     "those in the eight weeks before.", _sudden_end),
    ("frontier", "The raises of 1938 went to the frontier regions rather than to the interior.", _frontier),
)  # fmt: skip
"""Plain sentences tried under every explanation that fits; chosen for what a reader of the record would ask."""
