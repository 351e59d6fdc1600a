"""`thirtyseven crosscheck`: the same questions to BayesFlow's networks, an optional extra."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import log_to_stderr, stages, stdout
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.neural import Effort
from thirtyseven.inference.neural import cross_check as ask
from thirtyseven.inference.result import plain
from thirtyseven.publish.names import display
from thirtyseven.record import load


def crosscheck(
    bank: Annotated[Path, typer.Option(help="Folder of a finished weighing.")] = Path("out/weigh"),
    kind: Annotated[str, typer.Option(help="Single explanation whose numbers are asked, such as plan/charitable; the nearest "
                    "one to the record if not said.")] = "",
    epochs: Annotated[int, typer.Option(min=1, max=1000, help="Passes of the networks over the runs.")] = Effort.epochs,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Put two questions of a weighing to networks that other people wrote (BayesFlow), and set the answers side by side.

    Which single explanation comes nearest, and what its numbers are. It uses the runs that the weighing made. BayesFlow is
    an optional extra for Python 3.12 or 3.13; everything else works without it.
    """
    log_to_stderr(verbose)
    finished = open_weighing(bank)
    with stages(quiet) as progress:
        content = plain(ask(finished, load(), kind=kind, effort=Effort(epochs=epochs), progress=progress))
    write_beside(finished, "neural", content)
    if as_json:
        print(json.dumps(content, ensure_ascii=False))
        return
    _show(content)


def _show(content: dict[str, Any]) -> None:
    """Both tables, with how BayesFlow does on runs kept back."""
    which, asked = content["explanations"], content["parameters"]
    ours = [name for name in ("networks", "emulated") if name in which]
    table = Table(title="Which single explanation: probability at the record", title_justify="left")
    for head in ("", "BayesFlow", *(f"ours, {name}" for name in ours)):
        table.add_column(head)
    for i, name in enumerate(which["kinds"]):
        table.add_row(display(name), *(f"{which[column][i]:.2f}" for column in ("bayesflow", *ours)))
    stdout().print(table)
    forms, right = 100 * which["accuracy"], 100 * which["accuracy_slug"]
    stdout().print(f"On {which['truths']} runs kept back it names the right form in {forms:.0f}% and the "
                   f"right explanation in {right:.0f}%; calibration error {which['ece']:.3f}.")  # fmt: skip
    title = f"Numbers of {display(asked['kind'])}, as quantiles of their priors: median (5-95%)"
    table = Table(title=title, title_justify="left")
    for head in ("", "BayesFlow", "ours", "of 90% intervals, hold"):
        table.add_column(head)
    for name, found in asked["names"].items():
        own = found["ours"]
        table.add_row(name, _interval(found), _interval(own) if own else "-", f"{100 * found['coverage90']:.0f}%")
    stdout().print(table)


def _interval(found: dict[str, Any]) -> str:
    return f"{found['q50']:.2f} ({found['q05']:.2f}-{found['q95']:.2f})"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(crosscheck)
