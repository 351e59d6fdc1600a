"""`thirtyseven counterfactual`: what if one thing had been left undone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr, stdout
from thirtyseven.inference.counterfactual import (
    DRAWS,
    described,
    write_counterfactual,
)
from thirtyseven.inference.counterfactual import (
    counterfactual as ask,
)
from thirtyseven.inference.finished import open_weighing
from thirtyseven.publish.chapters.counterfactual import SHOWN, findings, per_cent, undecided
from thirtyseven.publish.names import display
from thirtyseven.record import load
from thirtyseven.scenario.switches import SWITCHES, supposed


def counterfactual(
    switches: Annotated[list[str] | None, typer.Argument(help="Names from --list, for example limits-fixed; join two with + "
                        "to suppose both at once; all of them where you name none.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Say what can be supposed, how near it lay, and stop.")] = False,
    bank: Annotated[Path, typer.Option(help="Folder of a finished weighing.")] = Path("out/weigh"),
    draws: Annotated[int, typer.Option(min=2, max=10_000, help="Pairs of simulated pasts for each explanation.")] = DRAWS,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Ask what would have changed if one thing had been left undone.

    Takes the simulated pasts that came nearest to the record under each explanation that fits, runs each again with one
    switch, and compares the two. Every switch takes something away that people of the time could have left undone; none
    adds anything. What counts is whether the explanations agree: where they contradict each other the answer is unknown.
    """
    log_to_stderr(verbose)
    if listing:
        _list(as_json)
        return
    names = tuple(switches or ())
    supposed(names)
    finished = open_weighing(bank)
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = ask(finished, load(), names, draws=draws, workers=workers, progress=progress)
    write_counterfactual(finished, content)
    if as_json:
        print(json.dumps(content, ensure_ascii=False))
        return
    _show(content)
    stderr(quiet).print("A difference between two runs of a model, under its assumptions: it says which arguments agree, not "
                        "what would have happened.")  # fmt: skip


def _list(as_json: bool) -> None:
    """The switches, as a table or as JSON."""
    if as_json:
        print(json.dumps([described(one) for one in SWITCHES], ensure_ascii=False))
        return
    for one in SWITCHES:
        steps = "" if one.grades == (1.0,) else ", in steps of " + ", ".join(f"{100 * g:.0f} %" for g in one.grades)
        stdout().print(f"{one.slug}: {one.title} ({one.day.isoformat()}{steps})")
        stdout().print(f"    In the model: {one.edit}.")
        stdout().print(f"    How near it lay: {one.plausible}; {one.reason}.")
        stdout().print(f"    Tests: {one.tests}. Record: {', '.join(one.source)}.")


def _show(content: dict[str, Any]) -> None:
    """Changes in per cent by explanation, and what holds under all of them."""
    for measure, words in SHOWN:
        table = Table(title=f"{words}: change in per cent, 90% of {content['pairs']} pairs", title_justify="left")
        table.add_column("if")
        for entry in content["kinds"]:
            table.add_column(display(entry["kind"]))
        table.add_column("holds under")
        for name, one in content["switches"].items():
            cells = [per_cent(one["kinds"][entry["kind"]]["measures"][measure]["relative"]) for entry in content["kinds"]]
            table.add_row(name, *cells, one["agreed"][measure]["holds"])
        stdout().print(table)
    lines = findings(content)
    if lines:
        stdout().print("What holds under every explanation asked:")
    for line in lines:
        stdout().print(f"- {line}")
    for says, some in zip(("Told by some", "Unknown"), undecided(content), strict=True):
        if some:
            stdout().print(f"{says}, for death sentences: {'; '.join(some)}.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(counterfactual)
