"""`thirtyseven check`: read somebody's notes against the record and say what agrees, what is wrong, and what counts otherwise."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from thirtyseven.notes.check import check_lines
from thirtyseven.notes.known.finding import Remark
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED, WRONG
from thirtyseven.notes.known.pointers import record_ids
from thirtyseven.notes.statements.reader import NotesError, read_notes

EXAMPLES = """Examples:

  thirtyseven check notes.md

  thirtyseven check essay.docx cards.txt --html remarks.html

  thirtyseven check - --json < notes.txt"""

_COLOURS = {AGREES: "green", WRONG: "bold red", DIFFERENT: "blue", DISPUTED: "yellow"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("check", epilog=EXAMPLES)
    def check(
        notes: Annotated[
            list[str],
            typer.Argument(
                metavar="NOTES...",
                help="Files to check (text, Markdown, HTML, DOCX, PDF with text); - for standard input.",
            ),
        ],
        as_json: Annotated[bool, typer.Option("--json", help="Write a list of objects instead of lines.")] = False,
        html: Annotated[
            Path | None, typer.Option("--html", help="Also write the notes with remarks in the margin to this file.")
        ] = None,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave out what agrees.")] = False,
    ) -> None:
        """Check notes on the Terror against the record.

        Each statement that the record can decide gets one of four words: agrees, wrong, different definition (a real number
        with another scope, denominator or unit) or disputed, with the best figure and its source. Of everything else the
        program is silent. Exit code 0: nothing wrong; 1: something is wrong or defined otherwise; 2: a file could not be read.
        """
        raise typer.Exit(run(notes, as_json, html, quiet))


def run(names: list[str], as_json: bool, html: Path | None, quiet: bool) -> int:
    """Check files and write the remarks.

    Args:
        names: files, or ``-``.
        as_json: write JSON instead of lines.
        html: where to write the page with marginal remarks, if anywhere.
        quiet: leave out what agrees.

    Returns:
        The exit code: 0 nothing wrong, 1 something wrong or defined otherwise, 2 a file could not be read.
    """
    remarks: list[Remark] = []
    pages = []
    failed = False
    for name in names:
        try:
            lines = read_notes(name)
        except NotesError as fault:
            print(f"thirtyseven: {fault}", file=sys.stderr)
            failed = True
            continue
        shown = "standard input" if name == "-" else name
        found = check_lines(lines, shown)
        remarks += found
        pages.append((shown, lines, found))
    kept = [one for one in remarks if not (quiet and one.verdict == AGREES)]
    if as_json:
        typer.echo(json.dumps([as_object(one) for one in kept], ensure_ascii=False, indent=2))
    elif pages:
        _lines(kept, remarks)
    if html is not None and pages:
        from thirtyseven.publish.remarks import remarks_page

        html.write_text(remarks_page(pages), encoding="utf-8")
    if failed:
        return 2
    return 1 if any(one.verdict in (WRONG, DIFFERENT) for one in remarks) else 0


def as_object(remark: Remark) -> dict[str, object]:
    """A remark as JSON: file, line, column, quote, verdict, best, source, claim, and what explains them."""
    return {
        "file": remark.file, "line": remark.line, "column": remark.column, "quote": remark.quote, "verdict": remark.verdict,
        "best": remark.best, "source": remark.source, "claim": remark.claim, "says": remark.says, "counts": remark.counts,
        "why": remark.why, "wording": remark.wording, "about": remark.about, "record": list(record_ids(remark.figure)),
    }  # fmt: skip


def _lines(remarks: list[Remark], everything: list[Remark]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for one in remarks:
        head = Text(f"{one.file}:{one.line}:{one.column}: ")
        head.append(one.verdict, style=_COLOURS[one.verdict])
        head.append(f'  "{one.quote}"', style="dim" if one.verdict == AGREES else "")
        console.print(head)
        if one.verdict == AGREES:
            console.print(Text(f"    record: {one.best}  [{one.source}]", style="dim"))
            continue
        if one.why:
            console.print(Text(f"    why: {one.why}."))
        console.print(Text(f"    record: {one.best}" + (f" ({one.counts})" if one.counts else "")))
        console.print(Text(f"    source: {one.source}" + _record_words(one), style="dim"))
        if one.wording:
            console.print(Text(f"    safer: {one.wording}"))
    console.print(Text(_summary(everything)))


def _record_words(remark: Remark) -> str:
    ids = record_ids(remark.figure)
    return f"; thirtyseven record {ids[0]}" if ids else ""


def _summary(remarks: list[Remark]) -> str:
    """How many remarks of each kind, in words."""
    if not remarks:
        return "Nothing here that the record can decide."
    counts = [
        (sum(1 for one in remarks if one.verdict == verdict), verdict)
        for verdict in (WRONG, DIFFERENT, DISPUTED, AGREES)
    ]
    return "; ".join(f"{number} {verdict}" for number, verdict in counts if number) + "."
