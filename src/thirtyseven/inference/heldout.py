"""Held-out history: what was left out, is it foretold, and better than by naive means?

Four trials. *Statistics*: a year, the stop, a class of evidence is left out; runs from the prior (which no later wave of
history matching has seen) are weighed by the other statistics alone and foretell it. *Raises*: in eight folds of regions
the raises of 1938 are foretold from those of the other regions. *Months*: arrests and names on lists month by month, which
no statistic shows (`months`). *Places*: what the record holds of a place is put aside and
foretold by `forecast`. Scores are log densities: a difference of 1 means that the truth was e times as probable.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr

from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.ensemble import tempered
from thirtyseven.inference.finished import Finished, UnfinishedError
from thirtyseven.inference.forecast import SAMPLES, Predictor, Query, predictor, sampled
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.months import months_told
from thirtyseven.inference.naive import naive
from thirtyseven.inference.placed import FIRST, Place, places
from thirtyseven.inference.predict import misfit
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.shards import Kept, kept_runs
from thirtyseven.inference.simulator import COMPOSITE
from thirtyseven.record import Record
from thirtyseven.summaries import STATISTICS, from_outcome, from_record

Floats = NDArray[np.float64]

FOLDS = 8
WORTH = 60.0
"""Runs that the weights must be worth at least; they are tempered until they are."""
_AGAIN = 256  # runs of the composite made again for the raises


def held_out(
    finished: Finished, record: Record, *, samples: int = SAMPLES, workers: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Everything that is left out and foretold; the content of `heldout.json`.

    Args:
        finished: a weighing of the record, with its bank.
        record: the record.
        samples: for the predictions of places.
        workers: processes.
        progress: told (stage, done, total).

    Raises:
        ValueError: the weighing was not of the record, or its bank is not there.
    """
    if not finished.of_the_record:
        raise UnfinishedError(f"The weighing in {finished.folder} was of {finished.result['observed']}, not of the record; there "
                              "is no history to be left out of it.")  # fmt: skip
    institutions = finished.institutions(record)
    runs = kept_runs(finished, institutions)
    regions = sorted({p.place for p in places(record)})
    asked = list(dict.fromkeys(["ussr", *(place_query(p).place for p in places(record))]))
    of = predictor(finished, record, asked, samples=samples, left_out=regions, workers=workers, progress=progress)
    return finished.provenance(record) | {
        "statistics": statistics_left_out(runs, finished.observed, record),
        "raises": raises_left_out(finished, institutions, runs, record, workers=workers, progress=progress),
        "months": compared(months := months_told(of.ensemble, of.known)) | {"rows": months},
        "places": places_left_out(of, institutions),
        "kinds": of.ensemble.weights,
    }


def sets_of(ids: list[str], observed: Floats) -> dict[str, list[int]]:
    """What is left out together: the year 1938, the stop, and each class of evidence; indices of statistics."""
    known = np.isfinite(observed)
    late = ("1938", "order_sentences_end", "lines_late", "end_1938", "raise")
    found = {
        "the year 1938": [i for i, s in enumerate(STATISTICS) if any(w in s.id for w in late) or s.evidence == "raises"],
        "the stop": [i for i, s in enumerate(STATISTICS) if s.phase == "stop"],
    }
    for evidence in dict.fromkeys(s.evidence for s in STATISTICS):
        found[f"evidence: {evidence}"] = [i for i, s in enumerate(STATISTICS) if s.evidence == evidence]
    found = {name: [i for i in at if known[i]] for name, at in found.items()}
    return {name: at for name, at in found.items() if at and len(at) <= len(ids) - 5}


def statistics_left_out(runs: dict[str, Kept], observed: Floats, record: Record) -> list[dict[str, Any]]:
    """Scores of every set that is left out.

    Args:
        runs: of the bank; only prior draws are used.
        observed: (S,) the record's statistics.
        record: for the naive predictions.

    Returns:
        One entry a set: left_out, statistics, model, prior, naive (mean log scores), `over_prior` and `over_naive` (mean
        difference with its standard error), `covered50`, `covered90`, and one row a statistic.
    """
    x = np.concatenate([k.x[k.prior] for k in runs.values()])
    of_kind = np.repeat(np.arange(len(runs)), [int(k.prior.sum()) for k in runs.values()])
    sd, ids = np.array([s.sd for s in STATISTICS]), [s.id for s in STATISTICS]
    guesses, result = naive(record, observed), []
    even = np.bincount(of_kind)[of_kind].astype(float) ** -1
    for name, at in sets_of(ids, observed).items():
        seen = observed.copy()
        seen[at] = np.nan
        weights = tempered(misfit(x, seen, sd), of_kind, WORTH)
        rows = [_one(ids[i], x[:, i], sd[i], observed[i], weights, even / even.sum(), guesses.get(ids[i])) for i in at]
        result.append({"left_out": name} | compared(rows) | {"worth": float(1 / np.square(weights).sum()), "rows": rows})
    return result


def _one(
    name: str, x: Floats, sd: float, seen: float, weights: Floats, even: Floats, guess: tuple[float, float] | None
) -> dict[str, Any]:
    """One statistic: log scores, and the place of the truth in the prediction."""
    held = np.isfinite(x)
    entry: dict[str, Any] = {"id": name}
    for label, w in (("model", weights), ("prior", even)):
        w = np.where(held, w, 0.0)
        w = w / max(w.sum(), 1e-300)
        log = np.log(w + 1e-300) - 0.5 * ((np.where(held, x, 0.0) - seen) / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi))
        entry[label] = float(logsumexp(log))
        if label == "model":
            entry["place"] = float((w * ndtr((seen - np.where(held, x, 0.0)) / sd)).sum())
    if guess is not None:
        mean, spread = guess
        total = np.hypot(spread, sd)
        entry["naive"] = float(-0.5 * ((seen - mean) / total) ** 2 - np.log(total * np.sqrt(2 * np.pi)))
    return entry


def compared(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Mean scores, differences with standard errors, and how many intervals held."""
    found: dict[str, Any] = {"n": len(rows), "model": float(np.mean([r["model"] for r in rows]))}
    for other in ("prior", "naive"):
        both = [(r["model"], r[other]) for r in rows if other in r]
        if both:
            apart = np.array([a - b for a, b in both])
            found[other] = float(np.mean([b for _, b in both]))
            error = float(apart.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else None
            found[f"over_{other}"] = {"mean": float(apart.mean()), "error": error, "n": len(apart)}
    place = np.array([r["place"] for r in rows])
    within = {name: float(((place > low) & (place < 1 - low)).mean()) for name, low in (("covered50", 0.25), ("covered90", 0.05))}
    return found | within


def raises_left_out(
    finished: Finished, institutions: Institutions, runs: dict[str, Kept], record: Record, *, workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Raises of 1938 by region, in eight folds.

    The composite's prior runs that come nearest in everything but the raises are made again; a fold's raises are foretold
    by runs weighed by the other folds' raises, with the spread that those leave. The naive prediction is a constant share
    of the first limit. Raises are taken as log(raise / first limit + .05), as in the statistics.
    """
    sd = np.array([s.sd for s in STATISTICS])
    kind = COMPOSITE if COMPOSITE in runs else next(iter(runs))
    seen = finished.observed
    seen[[i for i, s in enumerate(STATISTICS) if s.evidence == "raises"]] = np.nan
    near = np.argsort(misfit(runs[kind].x, seen, sd), kind="stable")[:_AGAIN]
    seeds = stream(finished.seed, "raises again").integers(2**63, size=len(near), dtype=np.uint64)
    jobs = [(_raised, (institutions, kind, runs[kind].u[near[i : i + 32]], seeds[i : i + 32])) for i in range(0, len(near), 32)]
    tables = []
    for part in in_parallel(jobs, workers):
        tables.append(part)
        if progress:
            progress("raises by region", len(tables), len(jobs))
    y = np.log(np.concatenate(tables) + 0.05)
    truth = np.log(from_record(record, institutions.setting).raises[0] + 0.05)
    fold = stream(finished.seed, "folds of regions").permutation(len(truth)) % FOLDS
    rows: list[dict[str, Any]] = []
    for k in range(FOLDS):
        out = fold == k
        spread = np.sqrt(((y[:, ~out] - truth[~out]) ** 2).mean(axis=1))
        weights = tempered(spread, np.zeros(len(y), int), WORTH / 2)
        mean, apart = truth[~out].mean(), truth[~out].std(ddof=1)
        for unit in np.flatnonzero(out):
            log = np.log(weights) - 0.5 * ((y[:, unit] - truth[unit]) / spread) ** 2 - np.log(spread * np.sqrt(2 * np.pi))
            place = float((weights * ndtr((truth[unit] - y[:, unit]) / spread)).sum())
            guess = -0.5 * ((truth[unit] - mean) / apart) ** 2 - np.log(apart * np.sqrt(2 * np.pi))
            rows.append({"id": f"unit {unit}", "fold": k, "model": float(logsumexp(log)), "naive": float(guess), "place": place})
    return {"folds": FOLDS, "units": len(rows)} | compared(rows)


def _raised(institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64]) -> Floats:
    return from_outcome(institutions.outcome(kind, u, seeds), institutions.setting).raises


def place_query(place: Place) -> Query:
    """The series whose total is what the record has of a place."""
    cities = {"leningrad-oblast": "leningrad", "moscow-oblast": "butovo"}
    name = cities.get(place.place, place.place) if place.city else place.place
    group = {"troika": "troika", "national": "national"}.get(place.group)
    first, last = FIRST + timedelta(days=place.first), FIRST + timedelta(days=place.last)
    return Query(place.quantity, name, group, first, last, "year")


def places_left_out(of: Predictor, institutions: Institutions) -> dict[str, Any]:
    """What the record holds of single places, foretold without it.

    Args:
        of: samples that hold the places of `place_query` and leave out their own figures.
        institutions: for the first limits and the people.

    Returns:
        One row a figure, with quantiles; mean log scores (densities of the log count) beside those of two naive
        predictions, the region's share of the first limits and its share of the people, each of the country's same series
        with the spread that it shows in the other regions; coverage.
    """
    setting = institutions.setting
    rows: list[dict[str, Any]] = []
    shares = {"naive": setting.limits.sum(axis=1) / setting.limits.sum(), "prior": setting.population / setting.population.sum()}
    names = [w.name for w in of.wheres]
    for place in of.known.places:
        if place.first < 1096:  # before 1937
            continue
        query = place_query(place)
        here = sampled(of, query, names.index(query.place)).sum(axis=1)
        union = sampled(of, Query(query.quantity, "ussr", query.group, query.first, query.last, "year"), names.index("ussr"))
        log, truth = np.log(here + 1.0), np.log(place.value + 1.0)
        rows.append({
            "id": f"{query.place}, {query.quantity}" + (f", {query.group}" if query.group else ""), "says": place.says,
            "from": query.first.isoformat(), "to": query.last.isoformat(), "observed": place.value,
            **{f"q{round(100 * q):02d}": float(np.quantile(here, q)) for q in (0.05, 0.25, 0.5, 0.75, 0.95)},
            "place": float((here < place.value).mean()), "model": _normal(truth, log.mean(), np.hypot(log.std(), place.spread)),
            "country": float(np.log(np.median(union.sum(axis=1)))), "region": place.place, "truth": float(truth),
        })  # fmt: skip
    for label, share in shares.items():
        errors = np.array([r["truth"] - r["country"] - np.log(share[setting.regions.index(r["region"])]) for r in rows])
        for i, row in enumerate(rows):
            rest = np.array([e for j, e in enumerate(errors) if rows[j]["region"] != row["region"]])
            row[label] = _normal(errors[i], rest.mean(), max(rest.std(ddof=1), 0.1))
    return {"naive_is": "share of the first limits", "prior_is": "share of the people"} | compared(rows) | {"rows": rows}


def _normal(value: float, mean: float, sd: float) -> float:
    return float(-0.5 * ((value - mean) / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi)))
