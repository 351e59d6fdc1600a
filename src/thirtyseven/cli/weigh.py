"""`thirtyseven weigh`: the main job."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven import api
from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr, stdout
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import QUESTIONS


def weigh(
    budget: Annotated[str, typer.Option(help="How much work: quick (minutes), standard (half hour), full (an hour)")] = "quick",
    observed: Annotated[Path | None, typer.Option(help="A table of statistics in place of the record, as "
                        "`thirtyseven run --statistics FILE` writes it: another past must give another answer.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Same seed, same result.")] = 1937,
    out: Annotated[Path, typer.Option(help="Folder for the report, the result and the bank of runs.")] = Path("out/weigh"),
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    cluster: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers make the runs, such as "
                       "tcp://10.0.0.1:8786; without it this machine makes them.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print result.json on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Weigh the eight explanations against the archival record.

    Runs many simulated pasts under each explanation and under mixtures of them, compares what an archive would have
    kept of each with what the archives have, and says for five questions how far each explanation is needed, how sure
    one can be, and what none of them reproduces. Stop it whenever you like: the same command goes on where it was.
    """
    log_to_stderr(verbose)
    announce_compiling(quiet)
    with stages(quiet) as progress:
        weighed = api.weigh(out, budget=budget, observed=observed, seed=seed, workers=workers, progress=progress,
                            cluster=cluster)  # fmt: skip
    if as_json:
        print(json.dumps(weighed.result, ensure_ascii=False))
        return
    _show(weighed.result)
    stdout().print(f"\nReport: {weighed.report}", soft_wrap=True)
    stderr(quiet).print("A weight says how far a mechanism improves the prediction of these statistics, given these model forms "
                        "and priors. It is never the probability that a historian is right.")  # fmt: skip


def _show(result: dict[str, Any]) -> None:
    """The answer as a table: inclusion by question, with what cannot be told and what none reproduces."""
    table = Table(
        title="How far each explanation is needed: mean and 90% interval; before the evidence 0.35",
        title_justify="left",
    )
    table.add_column("")
    for question in QUESTIONS:
        table.add_column(question)
    for item in EXPLANATIONS:
        cells = [_cell(result["inclusion"].get(question, {}).get(item.slug)) for question in QUESTIONS]
        table.add_row(item.slug, *cells)
    nothing = [result["none_of_these"].get(question, {}) for question in QUESTIONS]
    table.add_row("none of these", *("flagged" if cell.get("flagged") else "not flagged" for cell in nothing))
    stdout().print(table)
    stdout().print(
        "? cannot tell: shown pasts whose makers are known, the instrument does not find this one. - is silent here."
    )
    worst = sorted((s for s in result["statistics"] if s["tail"] is not None), key=lambda s: s["tail"])[:5]
    stdout().print(
        "Least well reproduced: " + ", ".join(f"{s['id']} (tail probability {s['tail']:.2f})" for s in worst)
    )
    stdout().print(f"{result['runs']['total']} runs, budget {result['budget']}; {100 * result['recalled_share']:.0f}% of the "
                   "evidence rests on recalled rather than re-seen figures.")  # fmt: skip


def _cell(entry: dict[str, Any] | None) -> str:
    if entry is None:
        return "-"
    return f"{entry['mean']:.2f} ({entry['low']:.2f}-{entry['high']:.2f})" if entry["told"] else "?"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(weigh)
