"""`thirtyseven evidence`: which archival series would tell most that the record does not tell."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.outputs import expect_file, write
from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr, stdout
from thirtyseven.inference.evidence import evidence as ask
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.result import plain
from thirtyseven.publish.chapters.evidence import cells, heads, lines
from thirtyseven.record import load

SHOWN = 12
"""Series printed on the screen; the file holds all."""


def evidence(
    bank: Annotated[Path, typer.Option(help="Folder of a finished weighing.")] = Path("out/weigh"),
    budget: Annotated[str, typer.Option(help="How much work: quick (a minute or two), standard, full.")] = "quick",
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    out: Annotated[Path | None, typer.Option(help="Also write the JSON to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Ask which papers, if somebody counted them, would tell most about what drove the terror.

    For some thirty archival series that the record does not have, the program makes the series as an archive would keep
    it in many simulated pasts like the recorded one, and measures how much better one can then tell which mechanisms
    were at work. One bit is the answer to one yes-or-no question that was quite open before.
    """
    log_to_stderr(verbose)
    finished = open_weighing(bank)
    if out is not None:
        expect_file(out)
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = plain(ask(finished, load(), budget=budget, workers=workers, progress=progress))
    write_beside(finished, "evidence", content)
    text = json.dumps(content, ensure_ascii=False)
    if out is not None:
        write(out, text + "\n")
    if as_json:
        print(text)
        return
    _show(content)
    stderr(quiet).print("Bits are about these models and this record; a series may also surprise them all. Where papers lie is "
                        "recalled, not checked in a finding aid.")  # fmt: skip


def _show(content: dict[str, Any]) -> None:
    """The ranking as a table, and the series worth most as instructions."""
    table = Table(title="Bits that each series would add, with its standard error", title_justify="left")
    for head in heads():
        table.add_column(head)
    for row in content["series"][:SHOWN]:
        table.add_row(*cells(row))
    stdout().print(table)
    for line in lines(content):
        stdout().print(f"- {line}")
    for row in content["series"][:3]:
        stdout().print(f"{row['title']}: {row['sentence']}", soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evidence)
