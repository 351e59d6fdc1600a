"""`thirtyseven run`: one simulated past, beside the record."""

from __future__ import annotations

import json
import logging
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer
from rich.table import Table

from thirtyseven.cli.outputs import expect_file, open_folder, whole, write
from thirtyseven.cli.screen import Stages, announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.explanations.base import Variant
from thirtyseven.inference.pasts import recorded_months
from thirtyseven.publish.charts import run_chart
from thirtyseven.record import Record, load
from thirtyseven.scenario import Scenario, ScenarioError, read_scenario
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import compute, from_outcome, with_archive_error, write_table

_log = logging.getLogger(__name__)

BARS = " ▁▂▃▄▅▆▇█"


def run(
    scenario: Annotated[str, typer.Argument(help="plan, suspicion, threat, inheritance, opposition, reactions, agencies, "
                        "below, composite, or a TOML file.")] = "composite",
    variant: Annotated[str, typer.Option(help="strict (narrow reading) or charitable (its best advocates').")] = "charitable",
    resolution: Annotated[str, typer.Option(help="counts (by region and week) or people (everybody, one to one).")] = "counts",
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Same seed, same past.")] = 1937,
    first: Annotated[str | None, typer.Option("--from", help="First day, for example 1936-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, for example 1938-12-31.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the run's tables and chart.")] = None,
    statistics: Annotated[Path | None, typer.Option(help="Write what an archive would have kept of this past, "
                          "for `weigh --observed`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Run one explanation, or a mixture, and see what it makes of 1934-39.

    This is a model of decisions and paperwork. It cannot show what people lived through.
    """
    log_to_stderr(verbose)
    described = _described(scenario, variant, resolution, first, until)
    if out is not None:
        open_folder(out)
    if statistics is not None:
        expect_file(statistics)
    record = load()
    setting = from_record(record)
    announce_compiling(quiet)
    _log.info("Scenario %s (digest %s), record %s.", described.name, described.digest, record.digest)
    started = time.perf_counter()
    with stages(quiet or as_json) as progress:
        outcome, events = _simulated(described, resolution, seed, setting, record, progress)
    summary = _summary(described, outcome, seed, setting)
    if events is not None:
        summary |= {"resolution": "people", "events": len(events), "digest": events.digest()}
    summary["seconds"] = round(time.perf_counter() - started, 3)
    if statistics is not None:
        with whole(statistics) as writing:
            write_table(with_archive_error(compute(from_outcome(outcome, setting))[0], seed), writing)
    if out is not None:
        _write(out, summary, outcome, events, record)
    if as_json:
        print(json.dumps(summary))
    else:
        _show(summary, outcome, record)


def _described(scenario: str, variant: str, resolution: str, first: str | None, until: str | None) -> Scenario:
    """The scenario that the options name, or one sentence about the first of them that names none."""
    if variant not in ("strict", "charitable"):
        raise ScenarioError(f"There is no variant '{variant}'; choose strict or charitable.")
    if resolution not in ("counts", "people"):
        raise ScenarioError(f"There is no resolution '{resolution}'; choose counts or people.")
    return _period(read_scenario(scenario, cast(Variant, variant)), first, until)


def _simulated(
    described: Scenario, resolution: str, seed: int, setting: Setting, record: Record, progress: Stages
) -> tuple[Outcome, Any]:
    """The counts, and the events of everybody where `people` is asked for."""
    begin, end = described.weeks
    outcome = simulate(
        setting, described.batch(), np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS), weeks=described.weeks,
        progress=lambda week: progress("weeks", week + 1 - begin, end - begin),
    )  # fmt: skip
    if resolution == "counts":
        return outcome, None
    from thirtyseven.simulation.everybody import everybody
    from thirtyseven.society.build import build

    return outcome, everybody(outcome, build(record), seed, progress=progress)


def _write(out: Path, summary: dict[str, Any], outcome: Outcome, events: Any, record: Record) -> None:
    """The files of a run."""
    write(out / "run.json", json.dumps(summary, indent=1) + "\n")
    source = f"{summary['scenario']['name']}, seed {summary['seed']}, digest {summary['digest']}"
    write(out / "months.svg", run_chart(_months(outcome), record, source=source))
    if events is not None:
        with whole(out / "events.parquet") as writing:
            events.write(writing)


def _period(scenario: Scenario, first: str | None, until: str | None) -> Scenario:
    days: dict[str, Any] = {}
    for name, text in (("first", first), ("until", until)):
        if text is not None:
            try:
                days[name] = date.fromisoformat(text)
            except ValueError:
                raise ScenarioError(f"'{text}' is not a date; write it like 1937-08-05.") from None
    try:
        return Scenario.model_validate(scenario.model_dump() | days)
    except ValueError:
        raise ScenarioError(
            "The period must lie between 1934-01-01 and 1939-12-31 and not end before it begins."
        ) from None


def _summary(scenario: Scenario, outcome: Outcome, seed: int, setting: Setting) -> dict[str, Any]:
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


def _show(summary: dict[str, Any], outcome: Outcome, record: Record) -> None:
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


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)
