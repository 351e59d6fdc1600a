"""`thirtyseven calibrate`: do the parameters' intervals hold the truth as often as they say?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.inference.calibration import TRUTHS, calibrate
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.publish.report import write_report
from thirtyseven.record import load

EXAMPLES = """Examples:

  thirtyseven calibrate

  thirtyseven calibrate --budget standard --kind agencies/charitable"""


def calibrate_command(
    bank: Annotated[Path, typer.Option(help="Folder of the weighing.")] = Path("out/weigh"),
    budget: Annotated[str, typer.Option(help="Known truths of each kind: quick (24), standard (100), full (400).")] = "quick",
    truths: Annotated[int | None, typer.Option(min=4, max=5000, help="Another number of known truths of each kind.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="A kind such as plan/charitable; may be given more than once.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print calibration.json on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Show the instrument pasts whose numbers are known, and count how often its intervals hold them.

    The pasts are runs of the weighing that its fits never saw. An interval of 80 per cent should hold the true number in
    eight cases of ten. Beside each number stands how far the record moved it; what it hardly moved is marked "prior".
    """
    log_to_stderr(False)
    if budget not in TRUTHS:
        raise ValueError(f"There is no budget '{budget}'; choose one of {', '.join(TRUTHS)}.")
    finished, record = open_weighing(bank), load()
    unknown = [k for k in kind or [] if k not in finished.draws]
    if unknown:
        raise ValueError(f"There is no kind '{unknown[0]}' in this weighing; it has {', '.join(finished.draws)}.")
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = calibrate(finished, record, kinds=kind or None, truths=truths or TRUTHS[budget], workers=workers,
                            progress=progress)  # fmt: skip
    path = write_beside(finished, "calibration", content)
    write_report(finished.folder, record)
    if as_json:
        print(path.read_text(encoding="utf-8"), end="")
        return
    _show(json.loads(path.read_text(encoding="utf-8")))


def _show(content: dict[str, Any]) -> None:
    for kind, own in content["kinds"].items():
        table = Table(title=f"{kind}: {own['truths']} known truths", title_justify="left")
        for head in ("number", "50 %", "80 %", "95 %", "ranks, p", "contraction", ""):
            table.add_column(head, justify="left" if head in ("number", "") else "right", no_wrap=True)
        for row in own["parameters"]:
            if row["truths"]:
                inside = [f"{100 * row[name]:.0f}" for name in ("covered50", "covered80", "covered95")]
                table.add_row(row["name"], *inside, f"{row['uniform']:.2f}", f"{row['contraction']:.2f}",
                              "" if row["moved"] else "prior")  # fmt: skip
        stdout().print(table)
    stdout().print("Of a hundred known truths so many lay within the intervals; p: are their ranks uniform?.")
    stdout().print(sentence(content["all"]))


def sentence(entry: dict[str, Any]) -> str:
    """Coverage over all numbers, in words."""
    if not entry["tests"]:
        return "No known truth came near enough to the record to be asked; a larger budget of the weighing keeps more of them."
    levels = entry["coverage"].items()
    parts = [f"intervals of {level} % held {100 * own['mean']:.0f} ± {100 * own['error']:.0f}" for level, own in levels]
    return (
        f"Over all numbers, {'; '.join(parts)} in a hundred. Ranks are not uniform (p below .01) for {entry['not_uniform']} of "
        f"{entry['tests']}; by chance alone it would be about {max(round(entry['tests'] / 100), 1)}."
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("calibrate", epilog=EXAMPLES)(calibrate_command)
