"""`thirtyseven responsibility`: which office's departure from its earlier conduct contributed what."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr, stdout
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.responsibility import DRAWS, NAME
from thirtyseven.inference.responsibility import responsibility as ask
from thirtyseven.publish.chapters.responsibility import ASKED, HEADS, cells, findings, stopping_rows
from thirtyseven.publish.names import display
from thirtyseven.record import load


def responsibility(
    bank: Annotated[Path, typer.Option(help="Folder of a finished weighing.")] = Path("out/weigh"),
    draws: Annotated[int, typer.Option(min=1, max=10_000, help="Simulated pasts of each explanation; every one is run some 140 "
                     "times.")] = DRAWS,
    every: Annotated[int, typer.Option(min=0, max=104, help="Ask who could stop it every so many weeks too; 0 for nine days "
                     "that mattered.")] = 0,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
) -> None:  # fmt: skip
    """Ask what each of five offices contributed, by several rules side by side.

    The centre, the NKVD, the first secretaries, the regional NKVD chiefs and those who denounced: in simulated pasts near
    the record, each office, alone and with others, keeps to its own conduct of 1935-36, and what is missing is counted.
    No rule gives the answer by itself, so none is printed by itself. It is about offices and says nothing about guilt.
    """
    log_to_stderr(verbose)
    finished = open_weighing(bank)
    announce_compiling(quiet)
    with stages(quiet) as progress:
        content = ask(finished, load(), draws=draws, every=every, workers=workers, progress=progress)
    write_beside(finished, NAME, content)
    if as_json:
        print(json.dumps(content, ensure_ascii=False))
        return
    _show(content)
    stderr(quiet).print("Shares by one rule contradict shares by another; all depend on what an office's earlier conduct is "
                        "taken to be. A low share exonerates nobody.")  # fmt: skip


def _show(content: dict[str, Any]) -> None:
    """All rules side by side for every question and explanation, stopping power, and the ledger."""
    for game, words in ASKED.items():
        for entry in content["kinds"]:
            found = content["questions"][game][entry["kind"]]
            title = f"{words}, {display(entry['kind'])}"
            if found is None:
                stdout().print(f"{title}: in none of these pasts was there anything to share out.")
                continue
            table = Table(title=f"{title} ({found['pasts']} pasts, 90%)", title_justify="left")
            for head in HEADS:
                table.add_column(head)
            for row in cells(content, game, entry["kind"]):
                table.add_row(*row)
            stdout().print(table)
    for entry in content["kinds"]:
        heads, rows = stopping_rows(content, entry["kind"], "all")
        table = Table(title=f"Stopping power, {display(entry['kind'])}: share of later death sentences that would not have been "
                      "passed had the office gone back on that day", title_justify="left")  # fmt: skip
        for head in heads:
            table.add_column(head)
        for row in rows:
            table.add_row(*row)
        stdout().print(table)
    for line in findings(content):
        stdout().print(f"- {line}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(responsibility)
