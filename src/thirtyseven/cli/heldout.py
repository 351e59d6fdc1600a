"""`thirtyseven heldout`: is history that was left out foretold, and better than by naive means?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.forecast import SAMPLES
from thirtyseven.inference.heldout import held_out
from thirtyseven.publish.report import write_report
from thirtyseven.record import load

EXAMPLES = """Example:

  thirtyseven heldout --bank out/weigh

Read it so: a difference of 0.7 means that what happened was twice as probable under the model as under the naive rule."""


def heldout(
    bank: Annotated[Path, typer.Option(help="Folder of the weighing.")] = Path("out/weigh"),
    samples: Annotated[int, typer.Option(min=50, max=20000, help="Samples of the past for predictions of places.")] = SAMPLES,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print heldout.json on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Leave history out and see whether the explanations foretell it.

    Left out in turn: the year 1938, the stop, each class of evidence, the raises of each eighth of the regions, and what is
    known of single places. Each time the rest is used to foretell it, and the result is compared with naive rules such as
    "as many as last year" or "every region its share of the first limits". It needs a finished weighing.
    """
    log_to_stderr(False)
    finished, record = open_weighing(bank), load()
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = held_out(finished, record, samples=samples, workers=workers, progress=progress)
    path = write_beside(finished, "heldout", content)
    write_report(finished.folder, record)
    if as_json:
        print(path.read_text(encoding="utf-8"), end="")
        return
    _show(json.loads(path.read_text(encoding="utf-8")))


def _show(content: dict[str, Any]) -> None:
    table = Table(
        title="Held out: mean log score, and the difference to naive rules with its standard error",
        title_justify="left",
    )
    for head in ("left out", "figures", "model", "over naive", "over the prior", "in 50 %", "in 90 %"):
        table.add_column(head, justify="left" if head == "left out" else "right")
    further = (("raises, 8 folds", "raises"), ("months, one by one", "months"), ("places", "places"))
    for entry in (*content["statistics"], *({"left_out": name} | content[key] for name, key in further)):
        inside = [f"{100 * entry[name]:.0f}" for name in ("covered50", "covered90")]
        scores = [f"{entry['model']:.2f}", apart(entry.get("over_naive")), apart(entry.get("over_prior"))]
        table.add_row(entry["left_out"], str(entry["n"]), *scores, *inside)
    stdout().print(table)
    stdout().print(
        "For places the naive rule is the region's share of the first limits, the prior its share of the people."
    )


def apart(difference: dict[str, Any] | None) -> str:
    """A difference of scores with its standard error: "+0.47 ± 0.29"."""
    if difference is None:
        return "-"
    error = difference["error"]
    return f"{difference['mean']:+.2f}" + ("" if error is None else f" ± {error:.2f}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("heldout", epilog=EXAMPLES)(heldout)
