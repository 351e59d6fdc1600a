"""`thirtyseven study`: sheets for class and for learning, made from the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thirtyseven.publish.study import KINDS, make, write
from thirtyseven.record import load

EXAMPLES = """Examples:

  thirtyseven study table                  the explanations, for and against, and a blank version

  thirtyseven study cards --out cards      an Anki deck and a CSV file

  thirtyseven study essay "How far was Stalin responsible for the Terror?"
"""

_KINDS = "What to make. " + " ".join(f"{name}: {says}." for name, says in KINDS.items())


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    @app.command("study", epilog=EXAMPLES)
    def study(
        kind: Annotated[str, typer.Argument(metavar="KIND", help=_KINDS, show_default=False)],
        question: Annotated[
            str | None, typer.Argument(metavar="[QUESTION]", help="For 'essay': the question.", show_default=False)
        ] = None,
        out: Annotated[Path, typer.Option("--out", help="Folder for the files; made where it is missing.")] = Path(
            "out/study"
        ),
        record: Annotated[
            Path | None, typer.Option("--record", help="Another record's folder; the packaged record where left out.")
        ] = None,
    ) -> None:
        """Make sheets for class: tables, cards, mind maps, essay plans, worksheets, timelines, notes.

        Everything comes from the record, with sources; what is disputed is marked and shown with both answers. The same
        record gives the same files, byte for byte.
        """
        for path in write(make(load(record), kind, question), out):
            typer.echo(path)
