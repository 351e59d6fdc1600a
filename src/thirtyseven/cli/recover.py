"""`thirtyseven recover`: known truths in, are they found?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.explanations.base import QUESTIONS
from thirtyseven.inference.finished import Finished, UnfinishedError, open_weighing, write_beside
from thirtyseven.inference.recover_known import recover as measure
from thirtyseven.inference.result import plain
from thirtyseven.publish.report import write_report
from thirtyseven.record import Record, load
from thirtyseven.summaries import compute, from_record, read_table

SIZES = {"quick": (1000, 40), "standard": (2000, 100), "full": (4000, 200)}
"""Runs of each rival of the toy, and sealed pasts of it, by budget."""


def recover(
    bank: Annotated[Path, typer.Option(help="Folder of the weighing whose instrument is tried.")] = Path("out/weigh"),
    budget: Annotated[str, typer.Option(help="Size of the toy whose answer is known: quick, standard or full.")] = "quick",
    truths: Annotated[int | None, typer.Option(min=4, max=2000, help="Known mixtures that the slower of the two estimators "
                      "judges too; as many as in the weighing where left out.")] = None,
    strangers: Annotated[int, typer.Option(min=20, max=5000, help="Pasts of each simulator that no explanation made.")] = 200,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Try the instrument on pasts whose makers are known: does it find them, and is it as sure as it may be?

    Simulated pasts of single explanations, of mixtures, and of strangers that no explanation made go through a finished
    weighing as the record did. You see what is taken for what, whether stated probabilities come true as often as they
    say, how many strangers are noticed, which pairs cannot be told apart and why, and, on a toy whose right answer can
    be computed, how far the instrument is from the best possible one. It needs a finished weighing (`thirtyseven weigh`).
    """
    log_to_stderr(False)
    if budget not in SIZES:
        raise ValueError(f"There is no budget '{budget}'; choose one of {', '.join(SIZES)}.")
    finished, record = open_weighing(bank), load()
    if finished.budget is None:
        raise UnfinishedError(
            f"The weighing in {bank} was made with a budget of its own, so its bank cannot be read again from here; "
            "run `thirtyseven weigh` with one of the named budgets."
        )
    announce_compiling(quiet)
    institutions = finished.institutions(record)
    archive = from_record(record, institutions.setting)
    with stages(quiet) as progress:
        content = finished.provenance(record) | measure(
            institutions, observed_of(finished, record), archive, budget=finished.budget, folder=finished.folder,
            seed=finished.seed, truths=truths, strangers=strangers, toy=SIZES[budget], workers=workers, progress=progress,
        )  # fmt: skip
    path = write_beside(finished, "recover", content)
    write_report(finished.folder, record)
    if as_json:
        print(json.dumps(plain(content), ensure_ascii=False))
        return
    _show(plain(content))
    stdout().print(f"\nWritten: {path}", soft_wrap=True)


def observed_of(finished: Finished, record: Record) -> np.ndarray:
    """What was weighed, to the last digit where it can still be had: the bank's later waves depend on it."""
    if finished.of_the_record:
        return np.asarray(compute(from_record(record, finished.institutions(record).setting))[0])
    path = Path(str(finished.result["observed"]))
    return np.asarray(read_table(path)) if path.is_file() else finished.observed


def _show(found: dict[str, Any]) -> None:
    screen = stdout()
    table = Table(title="Known pasts, by question", title_justify="left")
    for name in ("", *QUESTIONS):
        table.add_column(name)
    cells = found["inclusion"]
    table.add_row("mechanism on ranked above off", *(_two(cells.get(q, {}).get("networks"), "auc") for q in QUESTIONS))
    table.add_row("gap of stated and true", *(_two(cells.get(q, {}).get("networks"), "ece") for q in QUESTIONS))
    for name, entry in found["strangers"].get("by", {}).items():
        seen = (f"{entry['flagged'].get(q, 0):.2f}{'*' if q in entry['foreign'] else ''}" for q in QUESTIONS)
        table.add_row(f"noticed: {name}", *seen)
    screen.print(table)
    screen.print("* foreign in this question by construction: it should be noticed in eight of ten, while five in a hundred "
                 "of the explanations' own pasts are called strangers.", soft_wrap=True)  # fmt: skip
    singles, toy = found["singles"], found["ceiling"]
    if singles:
        screen.print(f"Single explanations: {singles['accuracy_slug']:.2f} named rightly.")
    screen.print(f"Toy with a known answer: {toy['mean']['accuracy']:.2f} named rightly, the exact answer "
                 f"{toy['exact']['accuracy']:.2f}; mean distance from it {toy['mean']['distance']:.2f}.")  # fmt: skip
    worst = [p for p in found["pairs"]["singles"] if p["verdict"] not in (None, "apart")]
    for pair in worst[:6]:
        screen.print(f"Not told apart: {pair['first']} and {pair['second']} ({pair['auc']:.2f}; {pair['verdict']}).")
    missed = [row for row in found["floors"] if not row["met"]]
    for row in missed:
        where = f" ({row['question']})" if row["question"] else ""
        screen.print(f"Below what was wanted: {row['name']}{where}: {row['found']:.2f} instead of {row['wanted']:.2f}.")


def _two(entry: dict[str, Any] | None, key: str) -> str:
    return "-" if not entry or entry.get(key) is None else f"{entry[key]:.2f}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(recover)
