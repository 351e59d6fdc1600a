"""What one run looks like: its summary, its tables beside the record, its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.table import Table

from thirtyseven.cli.outputs import write
from thirtyseven.cli.screen import stdout
from thirtyseven.inference.pasts import recorded_months
from thirtyseven.publish.charts import run_chart
from thirtyseven.record import Record
from thirtyseven.scenario import Scenario
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

BARS = " ▁▂▃▄▅▆▇█"


def write_files(out: Path, summary: dict[str, Any], outcome: Outcome, record: Record) -> None:
    """The files of a run, its events apart."""
    write(out / "run.json", json.dumps(summary, indent=1) + "\n")
    source = f"{summary['scenario']['name']}, seed {summary['seed']}, digest {summary['digest']}"
    write(out / "months.svg", run_chart(_months(outcome), record, source=source))


def summarised(scenario: Scenario, outcome: Outcome, seed: int, setting: Setting) -> dict[str, Any]:
    """What re-creates a run, and its years."""
    return {
        "scenario": json.loads(scenario.to_json()), "seed": seed, "resolution": "counts",
        "people": 162_003_225, "weeks": scenario.weeks[1] - scenario.weeks[0],
        "events": int(outcome.weekly[0, :, :, [0, 1, 3]].sum()), "digest": outcome.digest(), "by_year": outcome.by_year(),
        "launch": _day(outcome.launch[0]), "stop": _day(outcome.stop[0]), "setting": setting.digest,
    }  # fmt: skip


def _day(week: int) -> str | None:
    return calendar.monday_of(int(week)).isoformat() if week >= 0 else None


def _months(outcome: Outcome) -> dict[str, float]:
    table = outcome.by_month("arrested")[0]
    return {month: float(table[i]) for i, month in enumerate(calendar.months()) if 24 <= i < 60}


def show(summary: dict[str, Any], outcome: Outcome, record: Record) -> None:
    """Years and months beside the record."""
    console = stdout()
    annual = {str(row["year"]): row for row in record.series["annual-repression"].rows}
    table = Table(
        title=f"{summary['scenario']['name']}, seed {summary['seed']}: people, simulated and recorded",
        title_justify="left",
    )
    for name in ("year", "arrested", "recorded", "sentenced", "recorded ", "to death", "recorded  "):
        table.add_column(name, justify="right")
    for year in range(1934, 1940):
        rows = [row for row in summary["by_year"] if row["year"] == year]
        kept = annual[str(year)]
        cells = []
        for name, column in (
            ("arrested", "arrested_by_organs"),
            ("sentenced", "convicted_total"),
            ("first_category", "death"),
        ):
            cells += [
                f"{sum(row[name] for row in rows):,}",
                f"{kept[column]:,}" if kept[column] is not None else "no figure",
            ]
        table.add_row(str(year), *cells)
    console.print(table)
    months = outcome.by_month("arrested")[0][24:60]
    kept_months = [v or 0.0 for v in recorded_months(record)["arrests"]]
    top = max(float(months.max()), max(kept_months), 1.0)
    console.print("Arrests by month, 1936-38, same scale:")
    console.print(f"  simulated |{_bars(months, top)}|")
    console.print(f"  recorded  |{_bars(kept_months, top)}|  (Memorial, divided by coverage: estimated)")
    console.print(f"Operation begins {summary['launch'] or 'never'}; ends {summary['stop'] or 'never'}. "
                  f"{summary['events']:,} events among {summary['people']:,} people; "
                  f"digest {summary['digest']}; {summary['seconds']} s.")  # fmt: skip


def _bars(values: Any, top: float) -> str:
    return "".join(BARS[min(8, round(8 * float(v) / top))] for v in values)
