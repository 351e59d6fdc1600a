"""`thirtyseven sensitivity`: does the answer move if something is left out, or believed otherwise before?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.sensitivity import RESAMPLED, sensitivity
from thirtyseven.publish.report import write_report
from thirtyseven.record import load

EXAMPLES = """Example:

  thirtyseven sensitivity --bank out/weigh"""


def sensitivity_command(
    bank: Annotated[Path, typer.Option(help="Folder of the weighing.")] = Path("out/weigh"),
    resampled: Annotated[int, typer.Option(min=2, max=1000, help="Banks drawn again, to tell a move from chance.")] = RESAMPLED,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print sensitivity.json on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Ask the weighing again with other priors, without each class of evidence, source or phase, and see what moves.

    Nothing is run again but the pasts in which the decree of November 1938 is given as a fact; the bank of the weighing
    answers. A move that is no larger than what another draw of the same bank brings is chance.
    """
    log_to_stderr(False)
    finished, record = open_weighing(bank), load()
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = sensitivity(finished, record, resampled=resampled, workers=workers, progress=progress)
    path = write_beside(finished, "sensitivity", content)
    write_report(finished.folder, record)
    if as_json:
        print(path.read_text(encoding="utf-8"), end="")
        return
    _show(json.loads(path.read_text(encoding="utf-8")))


def _show(content: dict[str, Any]) -> None:
    table = Table(title="What if: how far inclusion moves", title_justify="left")
    for head in ("change", "statistics", "mean move", "furthest", "first alone", "question with another first"):
        table.add_column(head, justify="right" if head in ("statistics", "mean move") else "left")
    for v in content["variants"]:
        f = v["furthest"]
        furthest = f"{f['question']}, {f['slug']}: {f['from']:.2f} to {f['to']:.2f}" if v["group"] != "base" else ""
        other = ", ".join(v["other_first"])
        table.add_row(v["name"], str(v["statistics"]), f"{v['moved']:.2f}", furthest, v["ranking"][0], other)
    stdout().print(table)
    stdout().print(f"By chance alone (the same bank drawn again) a probability moves by {content['noise_mean']:.2f} on average.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sensitivity", epilog=EXAMPLES)(sensitivity_command)
