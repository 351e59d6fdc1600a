"""The Python interface: what the commands do, in a few lines.

    import thirtyseven as ts

    record = ts.load()
    outcome = ts.simulate(ts.named("agencies"), seed=1)
    weighed = ts.weigh("out/weigh", budget="quick")
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Progress
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.pasts import predictive_series, write_series
from thirtyseven.inference.weigh import weigh as weigh_simulator
from thirtyseven.publish.report import write_report
from thirtyseven.record import load
from thirtyseven.scenario import Scenario
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate as run
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import compute, read_table
from thirtyseven.summaries import from_record as archive_of


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
    """
    setting = from_record(load()) if setting is None else setting
    seeds = np.arange(seed, seed + runs, dtype=np.uint64)
    return run(setting, scenario.batch(runs), seeds, slots=np.arange(calendar.WEEKS), weeks=scenario.weeks)


def weigh(out: Path | str, *, budget: str = "quick", observed: Path | None = None, seed: int = 1937, workers: int = 1,
          progress: Progress | None = None) -> Weighed:  # fmt: skip
    """Weigh the explanations against the record, or against a table of statistics, and write the report.

    Args:
        out: folder for `result.json`, `series.json`, `report.html` and the bank of runs; what is there is used.
        budget: "quick", "standard" or "full".
        observed: table of statistics in place of the record.
        seed: of everything.
        workers: processes; the result does not depend on it.
        progress: told (stage, done, total).

    Raises:
        ValueError: with one sentence, for any input that cannot be used (faulty record, table, folder, budget).
    """
    record = load()
    institutions = Institutions.from_record(record)
    seen = read_table(Path(observed)) if observed else compute(archive_of(record, institutions.setting))[0]
    folder = Path(out)
    weighing = weigh_simulator(institutions, seen, budget=budget, out=folder, seed=seed, workers=workers, progress=progress,
                               observed_name=str(observed) if observed else "record")  # fmt: skip
    series = predictive_series(institutions, weighing, record, workers=workers, progress=progress)
    write_series(series, folder)
    report = write_report(folder, record)
    return Weighed(json.loads((folder / "result.json").read_text(encoding="utf-8")), report)
