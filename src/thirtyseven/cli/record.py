"""`thirtyseven record`: look things up in the record, check it, see what it covers, export it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from thirtyseven.cli import record_view as view
from thirtyseven.record import Record, RecordError, load

EXAMPLES = """Examples:

  thirtyseven record kirov                 everything that mentions Kirov

  thirtyseven record death sentences 1937  all these words

  thirtyseven record F-0001                one figure, with its source and its rivals

  thirtyseven record series:stalin-lists   a whole table

  thirtyseven record find check            a word that is also the name of a command"""

LIMIT = 25


class _WordsOrCommand(TyperGroup):
    """A group whose first word may be a command or the first word of a search."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Send everything that does not begin with a command to the search."""
        first = next((one for one in args if not one.startswith("-")), "")
        if args and first not in self.commands and "--help" not in args[:1]:
            args = ["find", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(
        cls=_WordsOrCommand,
        invoke_without_command=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Look something up in the record: a word, several words, or an id such as F-0001. "
        "Every answer says what is counted, where it comes from and how sure it is.",
        epilog=EXAMPLES,
        subcommand_metavar="[WORDS ... | COMMAND]",
    )
    group.callback()(_overview)
    group.command("find", hidden=True)(find)
    group.command("check")(check)
    group.command("coverage")(coverage)
    group.command("export")(export)
    app.add_typer(group, name="record")


def _overview(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(view.overview(load()))
        typer.echo("\n" + EXAMPLES)


def find(
    words: Annotated[list[str], typer.Argument(help="Words to look for, or one id such as F-0001 or C-0012.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    everything: Annotated[bool, typer.Option("--all", help=f"Show every hit, not only the first {LIMIT}.")] = False,
) -> None:
    """Search the record, or open one thing by its id."""
    record = load()
    query = " ".join(words).strip()
    thing = _open(record, query)
    if thing is not None:
        typer.echo(_json(view.as_data(record, thing, query)) if as_json else view.whole(record, thing, query))
        return
    hits = record.find(query)
    if as_json:
        typer.echo(_json([view.as_row(record, one) for one in (hits if everything else hits[:LIMIT])]))
    elif hits:
        typer.echo(view.listing(record, hits if everything else hits[:LIMIT]))
        if len(hits) > LIMIT and not everything:
            typer.echo(f"\n{LIMIT} of {len(hits)} hits. Add a word to narrow the search, or --all to see every hit.")
        typer.echo("\nOpen one with its id, for instance: thirtyseven record " + view.pointer_of(hits[0]))
    if not hits:
        print(_nothing(record, query), file=sys.stderr)
        raise typer.Exit(1)


def _open(record: Record, query: str) -> Any:
    """Return what an id or pointer leads to, None where the query is not one."""
    if not query or " " in query:
        return None
    for attempt in (query, query.upper(), query.lower(), query[:2].upper() + query[2:].lower()):
        try:
            return record.get(attempt)
        except KeyError:
            continue
    return view.outside(record, query)


def _nothing(record: Record, query: str) -> str:
    """One sentence for a search without a hit, with words that exist."""
    if not query:
        return "Say what to look for: a word, several words, or an id such as F-0001."
    if re.fullmatch(r"(?i)[a-z]-?\d+", query):
        return f"Nothing in the record has the id '{query}'. Search with a word to find ids that exist."
    near = view.near_words(record, query)
    hint = f" Did you mean: {', '.join(near)}?" if near else " Try fewer words, or another spelling."
    return f"Nothing in the record matches '{query}'.{hint}"


def check(
    folder: Annotated[Path | None, typer.Argument(help="Folder with a record; leave out for the built-in one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the faults as JSON.")] = False,
) -> None:
    """Check a record and list everything that is wrong with it, with file, line and column."""
    try:
        record = load(folder, strict=True)
    except RecordError as error:
        if as_json:
            typer.echo(
                _json(
                    [{"file": f.file, "line": f.line, "column": f.column, "message": f.message} for f in error.faults]
                )
            )
        else:
            for fault in error.faults:
                typer.echo(str(fault))
            count = len(error.faults)
            print(f"{count} fault{'s' * (count != 1)}. Mend the places named above and check again.", file=sys.stderr)
        raise typer.Exit(2) from None
    typer.echo("[]" if as_json else f"The record is sound (digest {record.digest}).\n" + view.overview(record))


def coverage(
    as_json: Annotated[bool, typer.Option("--json", help="Print item and pointers as JSON.")] = False,
) -> None:
    """Show where the program answers each statement of the five student texts."""
    record = load()
    table = view.coverage(record)
    typer.echo(_json(table) if as_json else view.coverage_text(table))
    if table["uncovered"] or table["broken"]:
        raise typer.Exit(1)


def export(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to; it is created where needed.")],
) -> None:
    """Write the whole record as a data package: CSV with codebook, SQLite, Parquet, BibTeX, CSL-JSON."""
    from thirtyseven.publish.tables import export_record

    written = export_record(load(), out)
    typer.echo(f"{len(written)} files in {out}; begin with {out / 'README.md'}.")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
