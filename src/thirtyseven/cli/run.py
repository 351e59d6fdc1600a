"""`thirtyseven run`: one simulated past, beside the record; asked, compared, or written out event by event."""

from __future__ import annotations

import json
import logging
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer

from thirtyseven.cli.outputs import OutputError, expect_file, open_folder, whole
from thirtyseven.cli.run_progress import asked_to_stop, lived
from thirtyseven.cli.run_show import show, summarised, write_files
from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages
from thirtyseven.explanations.base import Variant
from thirtyseven.record import load
from thirtyseven.scenario import Scenario, ScenarioError, read_scenario
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import from_record
from thirtyseven.summaries import compute, from_outcome, with_archive_error, write_table

_log = logging.getLogger(__name__)


def run(
    scenario: Annotated[str, typer.Argument(help="plan, suspicion, threat, inheritance, opposition, reactions, agencies, "
                        "below, composite, or a TOML file.")] = "composite",
    variant: Annotated[str, typer.Option(help="strict (narrow reading) or charitable (its best advocates').")] = "charitable",
    resolution: Annotated[str, typer.Option(help="counts (by region and week) or people (everybody, one to one).")] = "counts",
    ask: Annotated[str | None, typer.Option(help="Ask everybody's run: families, chains, motives, cohorts, consequences, "
                   "several with commas, or all.")] = None,
    runs: Annotated[int | None, typer.Option(min=1, max=10_000, help="With --ask: runs over which intervals are taken "
                    "(3 where left out; with --bank after the weighing's budget).")] = None,
    bank: Annotated[Path | None, typer.Option(help="With --ask: a weighing's folder, whose draws are lived; writes "
                    "everybody.json there for the report.")] = None,
    compare: Annotated[tuple[str, str] | None, typer.Option(help="Two scenarios, set side by side person by person "
                       "on the same random numbers.")] = None,
    events: Annotated[Path | None, typer.Option(help="Write every event of everybody's run to this Parquet file.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Same seed, same past.")] = 1937,
    first: Annotated[str | None, typer.Option("--from", help="First day, for example 1936-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, for example 1938-12-31.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the run's tables and chart.")] = None,
    statistics: Annotated[Path | None, typer.Option(help="Write what an archive would have kept of this past, "
                          "for `weigh --observed`.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="With --ask: processes; no matter for the result.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Run one explanation, or a mixture, and see what it makes of 1934-39.

    This is a model of decisions and paperwork. It cannot show what people lived through.
    """
    log_to_stderr(verbose)
    described = _described(scenario, variant, resolution, first, until)
    announce_compiling(quiet)
    if compare is not None:
        from thirtyseven.cli.run_compare import compared

        pair = [_described(name, variant, "people", first, until) for name in compare]
        compared(pair[0], pair[1], seed, out, as_json, quiet)
    elif ask is not None:
        from thirtyseven.cli.run_ask import asked_and_shown

        asked_and_shown(described, ask, seed, runs, bank, out, workers, as_json, quiet)
    elif bank is not None or runs is not None:
        raise ScenarioError("--bank and --runs belong to a question: add --ask families, for example.")
    else:
        _one(described, "people" if events is not None else resolution, seed, out, statistics, events, as_json, quiet)


def _one(described: Scenario, resolution: str, seed: int, out: Path | None, statistics: Path | None, events: Path | None,
         as_json: bool, quiet: bool) -> None:  # fmt: skip
    """One run: its tables, and everybody's events where they are asked for."""
    if out is not None:
        open_folder(out)
    for path in (statistics, events):
        if path is not None:
            expect_file(path)
    record = load()
    setting = from_record(record)
    _log.info("Scenario %s (digest %s), record %s.", described.name, described.digest, record.digest)
    started = time.perf_counter()
    begin, end = described.weeks
    with stages(quiet or as_json) as progress:
        outcome = simulate(
            setting, described.batch(), np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS), weeks=described.weeks,
            progress=lambda week: progress("weeks", week + 1 - begin, end - begin),
        )  # fmt: skip
    summary = summarised(described, outcome, seed, setting)
    if resolution == "people":
        path = events if events is not None else (out / "events.parquet" if out is not None else None)
        summary |= _everybody(described, outcome, seed, path, summary, quiet or as_json)
    summary["seconds"] = round(time.perf_counter() - started, 3)
    if statistics is not None:
        with whole(statistics) as writing:
            write_table(with_archive_error(compute(from_outcome(outcome, setting))[0], seed), writing)
    if out is not None:
        write_files(out, summary, outcome, record)
    if as_json:
        print(json.dumps(summary))
    else:
        show(summary, outcome, record)
    if summary.get("partial"):
        raise KeyboardInterrupt


def _everybody(described: Scenario, outcome: Outcome, seed: int, path: Path | None, summary: dict[str, Any],
               quiet: bool) -> dict[str, Any]:  # fmt: skip
    """Live everybody's run; its events go to a file where one is named, and what was lived is kept if it is stopped."""
    from thirtyseven.inference.institutions import code_digest
    from thirtyseven.simulation.streaming import stream
    from thirtyseven.society.build import build

    record = load()
    known = {name: summary[name] for name in ("scenario", "seed", "setting")}
    known |= {"code_digest": code_digest(), "record_digest": record.digest, "counts_digest": summary["digest"]}
    with asked_to_stop() as stop, lived(described.weeks, quiet) as progress:
        try:
            said = stream(outcome, build(record), seed, path, known, progress, stop)
        except OSError as fault:
            raise OutputError(f"{path} cannot be written ({(fault.strerror or str(fault)).lower()}); nothing of it was left: "
                              "make room on the disk or choose another place.") from None  # fmt: skip
    return {
        "resolution": "people", "events": said["events"], "digest": said["digest"], "partial": said["partial"],
        "lived_until": said["until"], "events_file": None if path is None else str(path),
    }  # fmt: skip


def _described(scenario: str, variant: str, resolution: str, first: str | None, until: str | None) -> Scenario:
    """The scenario that the options name, or one sentence about the first of them that names none."""
    if variant not in ("strict", "charitable"):
        raise ScenarioError(f"There is no variant '{variant}'; choose strict or charitable.")
    if resolution not in ("counts", "people"):
        raise ScenarioError(f"There is no resolution '{resolution}'; choose counts or people.")
    return _period(read_scenario(scenario, cast(Variant, variant)), first, until)


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


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)
