"""The Python interface: what the commands do, in a few lines.

Load the record with `load`, describe a past with `named` or `Scenario`, run it with `simulate`, and weigh the
explanations with `weigh`; the README shows all of them in ten lines. `predict` asks a finished weighing for any series.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven import compiled
from thirtyseven.inference import asked
from thirtyseven.inference.bank import Progress
from thirtyseven.inference.budget import Budget, budget_named
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.forecast import SAMPLES, Query, forecast, predictor
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.pasts import predictive_series, write_series
from thirtyseven.inference.weigh import weigh as weigh_simulator
from thirtyseven.publish.report import write_report
from thirtyseven.record import Record, load
from thirtyseven.scenario import Scenario, named
from thirtyseven.simulation.memory import MemoryRefused
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate as run
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import compute, read_table
from thirtyseven.summaries import from_record as archive_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Weighed:
    """What a weighing left.

    Attributes:
        result: the content of `result.json`.
        report: path of the report.
    """

    result: dict[str, Any]
    report: Path


def simulate(scenario: Scenario, *, seed: int = 1937, runs: int = 1, setting: Setting | None = None) -> Outcome:
    """Run a scenario.

    Args:
        scenario: what is supposed, for example `named("composite")`.
        seed: of the first run; further runs take the next ones.
        runs: number of runs.
        setting: what everybody was given; from the packaged record if not said.

    Returns:
        The outcome, with the regional table by week.

    Raises:
        ValueError: for a seed outside 0 to 2**63 - 1, or less than one run.
    """
    _expect_seed(seed)
    if runs < 1:
        raise ValueError(f"{runs} runs cannot be made; ask for 1 or more.")
    setting = from_record(load()) if setting is None else setting
    seeds = np.arange(seed, seed + runs, dtype=np.uint64)
    return run(setting, scenario.batch(runs), seeds, slots=np.arange(calendar.WEEKS), weeks=scenario.weeks)


def weigh(out: Path | str, *, budget: str | Budget = "quick", observed: Path | str | None = None, seed: int = 1937,
          workers: int = 1, progress: Progress | None = None, cluster: str = "") -> Weighed:  # fmt: skip
    """Weigh the explanations against the record, or against a table of statistics, and write the report.

    Args:
        out: folder for `result.json`, `series.json`, `report.html` and the bank of runs; what is there is used.
        budget: "quick", "standard", "full", or a `Budget` of one's own.
        observed: table of statistics in place of the record.
        seed: of everything.
        workers: processes; the result does not depend on it.
        progress: told (stage, done, total).
        cluster: address of a Dask scheduler whose workers make the runs; "" for this machine alone.

    Raises:
        ValueError: with one sentence, for any input that cannot be used (faulty record, table, folder, budget).
    """
    _expect_seed(seed)
    if workers < 1:
        raise ValueError(f"{workers} workers cannot work; give 1 or more.")
    spent, given = budget_named(budget), read_table(Path(observed)) if observed else None
    record = load()
    institutions = Institutions.from_record(record)
    seen = compute(archive_of(record, institutions.setting))[0] if given is None else given
    _log.info("Record %s, code %s, statistics %s; %d of %d statistics observed; budget %s, seed %d, %d workers, folder %s.",
              *(institutions.digests[name] for name in ("record", "code", "statistics")), int(np.isfinite(seen).sum()),
              len(seen), spent.name, seed, workers, out)  # fmt: skip
    folder = Path(out)
    _compile(institutions.setting)
    weighing = weigh_simulator(institutions, seen, budget=spent, out=folder, seed=seed, workers=workers, progress=progress,
                               observed_name=str(observed) if observed else "record", cluster=cluster)  # fmt: skip
    if spent.everybody and given is None:
        _live_everybody(folder, record, spent.everybody, workers, progress)
    series = predictive_series(institutions, weighing, record, workers=workers, progress=progress)
    write_series(series, folder)
    report = write_report(folder, record)
    return Weighed(json.loads((folder / "result.json").read_text(encoding="utf-8")), report)


def predict(folder: Path | str, *queries: Query, samples: int = SAMPLES, seed: int | None = None,
            workers: int = 1) -> list[dict[str, Any]]:  # fmt: skip
    """Predict series that the program has not seen, from a finished weighing.

    Args:
        folder: of the weighing.
        queries: what is asked, for example `Query("executions", "moscow", by="month")`.
        samples: of the past.
        seed: the weighing's own if not said.
        workers: processes; the result does not depend on it.

    Returns:
        For each query what `thirtyseven predict --json` prints of it: `series` (period, mean, q05, q25, q50, q75, q95),
        `total`, `unit` in people or cases as the archive counts, and `rests_on`.

    Raises:
        ValueError: with one sentence, where the folder holds no weighing or the series cannot be predicted.
    """
    finished, record = open_weighing(Path(folder)), load()
    made = predictor(finished, record, sorted({one.place for one in queries}), samples=samples, seed=seed, workers=workers)
    return [forecast(made, one) for one in queries]


def _live_everybody(folder: Path, record: Record, runs: int, workers: int, progress: Progress | None) -> None:
    """Ask a few draws who lost somebody, one to one; a machine without the memory for it goes without that chapter."""
    try:
        finished = open_weighing(folder)
        write_beside(finished, asked.FILE, asked.ask_draws(finished, record, runs=runs, workers=workers, progress=progress))
    except MemoryRefused as refused:
        _log.warning("The chapter on everybody is left out: %s", refused)


def _compile(setting: Setting) -> None:
    """Compile the weekly step here where that was never done, so that the workers find it and do not all do it."""
    if compiled.waiting():
        run(setting, named("composite").batch(), np.zeros(1, np.uint64), weeks=(0, 1))


def _expect_seed(seed: int) -> None:
    if not 0 <= seed < 2**63:
        raise ValueError(f"The seed {seed} cannot be used; give a whole number from 0 to {2**63 - 1}.")
