"""Runs of everybody, asked: over seeds of one scenario, or over posterior draws of a finished weighing.

Each run is one past of 162 million people; its log is asked and forgotten, so memory does not grow with the runs.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.inference.bank import Progress, in_parallel
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.simulator import COMPOSITE
from thirtyseven.record import Record, load
from thirtyseven.scenario import Design, Scenario
from thirtyseven.scenario.design import Batch
from thirtyseven.simulation import memory
from thirtyseven.simulation.ask import QUESTIONS, ask, beside, spread
from thirtyseven.simulation.everybody import Life, everybody
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.build import build
from thirtyseven.society.setting import from_record

FILE = "everybody"
"""Name of the file beside a weighing, without its ending."""
ASKED_BYTES = 60
"""Bytes an event that the questions take beside the log: 250 MB at 4.2 million events, measured."""
RUNS = {"quick": 4, "standard": 20, "full": 100}
"""Posterior draws lived by everybody, by budget."""


def ask_seeds(
    scenario: Scenario,
    names: Sequence[str],
    seed: int,
    runs: int,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[dict[str, Any]]:
    """Ask runs of one scenario with seeds `seed`, `seed` + 1 ...

    Args:
        scenario: what is supposed.
        names: of `ask.QUESTIONS`.
        seed: of the first run.
        runs: number of runs.
        workers: processes.
        progress: told ("everybody", done, total).
        stop: asked after each run; the answers end there where it says yes.

    Returns:
        The answers of each run.
    """
    jobs = [(_lived, (scenario.batch(), seed + i, tuple(names), scenario.weeks, os.getpid())) for i in range(runs)]
    return _all(jobs, workers, progress, stop)


def ask_draws(finished: Finished, record: Record, names: Sequence[str] = QUESTIONS, runs: int | None = None, *,
              workers: int = 1, progress: Progress | None = None,
              stop: Callable[[], bool] | None = None) -> dict[str, Any]:  # fmt: skip
    """Ask posterior draws of a weighing: the content of `everybody.json`.

    Args:
        finished: the weighing; its composite's draws are lived, or those of its first fitting kind.
        record: the record that was weighed.
        names: of `ask.QUESTIONS`.
        runs: draws, evenly over those kept; after the weighing's budget where not said.
        workers: processes; no matter for the result.
        progress: told ("everybody", done, total).
        stop: asked after each run.

    Returns:
        Provenance, `kind`, `runs`, `partial`, `answers` (numbers as 5, 50 and 95 per cent points over the draws) and
        `beside` (the record's figures).
    """
    kind = COMPOSITE if COMPOSITE in finished.draws else finished.fitting[0]
    draws = finished.draws[kind]
    budget = finished.budget
    wanted = RUNS.get(budget.name if budget else "quick", RUNS["quick"]) if runs is None else runs
    picked = _evenly(len(draws.u), draws.fresh, wanted)
    jobs = [(_lived, (Design(kind).batch(draws.u[i : i + 1]), int(draws.seeds[i]), tuple(names), (0, calendar.WEEKS),
                      os.getpid())) for i in picked]  # fmt: skip
    answers = _all(jobs, workers, progress, stop)
    if not answers:
        raise ValueError("No run was finished before it was stopped; nothing is written.")
    return finished.provenance(record) | {
        "kind": kind, "posterior": draws.posterior, "runs": len(answers), "partial": len(answers) < len(picked),
        "answers": spread(answers), "beside": beside(record),
    }  # fmt: skip


def _evenly(rows: int, fresh: int, wanted: int) -> NDArray[np.int64]:
    """Rows of so many points, evenly over all, one seed of each."""
    points = max(1, rows // max(1, fresh))
    return np.unique(np.linspace(0, points - 1, min(wanted, points)).round().astype(np.int64)) * max(1, fresh)


def _all(jobs: list[tuple[Callable[..., Any], tuple[Any, ...]]], workers: int, progress: Progress | None,
         stop: Callable[[], bool] | None) -> list[dict[str, Any]]:  # fmt: skip
    answers = []
    for found in in_parallel(jobs, workers):
        answers.append(found)
        if progress is not None:
            progress("everybody", len(answers), len(jobs))
        if stop is not None and stop():
            break
    return answers


def _lived(batch: Batch, seed: int, names: tuple[str, ...], weeks: tuple[int, int], parent: int) -> dict[str, Any]:
    """Live one run of everybody and ask it; happens in a worker, which leaves it to its parent to hear of Ctrl-C."""
    if os.getpid() != parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    record = load()
    society = build(record)
    outcome = simulate(from_record(record), batch, np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS), weeks=weeks)
    events = int(outcome.weekly[..., [0, 1, 3]].sum())
    needed = Life.needed(society, outcome) + ASKED_BYTES * events
    memory.expect(needed, "close other programs, or use fewer --workers")
    return ask(names, everybody(outcome, society, seed), society, outcome, record)
