"""The pasts that predict: runs of the kinds that come nearest to the record, each with its weight.

Posterior model averaging. The kinds that fit, the composites, and the singles nearest to the record are run again at
their posterior draws; every run is weighed by how near its statistics come to the observed ones, and so the kinds are.
The weight is tempered: forty statistics that lean on one another speak like at most `SPEAK` that do not, and like fewer
where otherwise less than a quarter of the runs would count (a coarsened posterior, after Miller and Dunson 2019), because
a weighing in which no model is true must not end on one run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.predict import misfit
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, Floats
from thirtyseven.simulation.outcome import COUNTED
from thirtyseven.society import calendar
from thirtyseven.summaries import compute, from_outcome

SPEAK = 10.0
"""Independent statistics that the observed ones are worth at most; judgement."""
COUNT = 0.25
"""Least share of the runs that the weights are worth; judgement."""
KINDS = 6
"""At most so many kinds are averaged; the others' weights would be next to nothing."""
_BATCH = 20
_MEASURES = tuple(COUNTED.index(name) for name in ("arrested", "sentenced", "first_category"))
YEARS = np.array(calendar.month_of_week()) // 12


@dataclass(frozen=True)
class Ensemble:
    """Runs with weights; N samples of U runs, W = 313 weeks, R regions, 12 channels, P places; measures are people
    arrested, sentenced to the first category, sentenced to anything else.

    Attributes:
        runs: (N,) which run each sample is; a run may stand for several.
        national: (U, W, 12, 3) people in the Union.
        yearly: (U, 6, R, 12, 3) people by year 1934-39 and region.
        local: (U, P, W, 12, 3) people in the places.
        weights: of the kinds, summing to 1.
        effective: how many equally weighted runs the weights are worth.
    """

    runs: NDArray[np.int64]
    national: NDArray[np.float32]
    yearly: NDArray[np.float32]
    local: NDArray[np.float32]
    weights: dict[str, float]
    effective: float


def kinds_of(finished: Finished, most: int = KINDS) -> list[str]:
    """The kinds to be averaged: what fits, the composites, then the singles with the least misfit."""
    fits = finished.result["fits"]
    order = sorted(finished.draws, key=lambda k: float(fits[k]["score"]["mean"]))
    first = [k for k in order if k in finished.fitting or k.startswith(COMPOSITE)]
    return (first + [k for k in order if k not in first])[: max(most, len(first))]


def gather(
    finished: Finished, institutions: Institutions, places: Sequence[Floats], samples: int, seed: int, *,
    kinds: Sequence[str] | None = None, observed: Floats | None = None, workers: int = 1, progress: Progress | None = None,
) -> Ensemble:  # fmt: skip
    """Run the draws again and weigh the runs.

    Args:
        finished: the weighing.
        institutions: its simulator.
        places: P weights over regions, (R,) each.
        samples: samples to be drawn from the weighted runs.
        seed: of that choice.
        kinds: to be averaged; `kinds_of` where not given.
        observed: (S,) what the runs are weighed by; the weighing's table where not given. NaN does not count.
        workers: processes.
        progress: told (stage, done, total).
    """
    kinds = list(kinds) if kinds is not None else kinds_of(finished)
    seen = finished.observed if observed is None else observed
    weights = np.stack([np.asarray(p, np.float64) for p in places]) if len(places) else np.zeros((0, 65))
    jobs = []
    for kind in kinds:
        d = finished.draws[kind]
        jobs += [(_some, (institutions, kind, d.u[i : i + _BATCH], d.seeds[i : i + _BATCH], weights, seen))
                 for i in range(0, len(d.u), _BATCH)]  # fmt: skip
    found = []
    for part in in_parallel(jobs, workers):
        found.append(part)
        if progress:
            progress("pasts that predict", len(found), len(jobs))
    of_kind = np.repeat(np.arange(len(kinds)), [len(finished.draws[k].u) for k in kinds])
    distance = np.concatenate([part[3] for part in found])
    w = tempered(distance, of_kind, COUNT * len(distance))
    at = (np.arange(samples) + stream(seed, "samples").random()) / samples
    chosen = np.minimum(np.searchsorted(np.cumsum(w), at), len(w) - 1)
    stacked = [np.concatenate([part[i] for part in found]) for i in range(3)]
    return Ensemble(chosen, stacked[0], stacked[1], stacked[2],
                    {k: float(w[of_kind == i].sum()) for i, k in enumerate(kinds)}, float(1 / np.square(w).sum()))  # fmt: skip


def tempered(distance: Floats, of_kind: NDArray[np.int64], worth: float) -> Floats:
    """(U,) Weights of runs by their misfit, tempered until they are worth so many runs.

    Args:
        distance: (U,) misfit of each run, in archive errors.
        of_kind: (U,) number of its kind; kinds are alike before the record, however many runs they have.
        worth: least number of equally weighted runs, at most half of them.
    """
    even = 1.0 / np.bincount(of_kind)[of_kind]
    speak, wanted = SPEAK, min(worth, len(distance) / 2)
    while True:
        w = even * np.exp(-0.5 * speak * (distance**2 - np.min(distance**2)))
        w /= w.sum()
        if 1 / np.square(w).sum() >= wanted or speak < 1e-3:
            return np.asarray(w)
        speak *= 0.9


def _some(
    institutions: Institutions, kind: str, u: Floats, seeds: NDArray[np.uint64], places: Floats, observed: Floats
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], Floats]:
    """A batch: national, yearly, local tables and misfits."""
    outcome = institutions.outcome(kind, u, seeds, slots=np.arange(calendar.WEEKS))
    x = compute(from_outcome(outcome, institutions.setting))
    sd = np.array([s.sd for s in institutions.statistics])
    national = _measures(outcome.weekly)
    local = np.zeros((outcome.runs, len(places), calendar.WEEKS, len(CHANNELS), 3), np.float32)
    yearly = np.zeros((outcome.runs, 6, outcome.regional.shape[2], len(CHANNELS), 3), np.float32)
    for run in range(outcome.runs):
        table = _measures(outcome.regional[run])
        for p, weights in enumerate(places):
            at = np.flatnonzero(weights)
            local[run, p] = np.tensordot(weights[at], table[:, at], axes=(0, 1))
        for year in range(6):
            yearly[run, year] = table[year == YEARS].sum(axis=0)
    return national, yearly, local, misfit(x, observed, sd)


def _measures(table: NDArray[np.int32]) -> NDArray[np.float32]:
    """Arrested, first category, other sentences, of tables that count people arrested, sentenced, first category."""
    picked = table[..., list(_MEASURES)].astype(np.float32)
    return np.stack([picked[..., 0], picked[..., 2], picked[..., 1] - picked[..., 2]], axis=-1)
