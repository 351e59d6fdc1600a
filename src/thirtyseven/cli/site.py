"""`thirtyseven site`: the pages as files, for a school server, a stick or a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr

EXAMPLES = """Examples:

  thirtyseven site --out site             then open site/index.html

  thirtyseven site --out site --no-runs   without the runs, in half the time
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("site", epilog=EXAMPLES)
    def site(
        out: Annotated[Path, typer.Option("--out", help="Folder for the site; one written before is replaced.")] = Path(
            "out/site"),
        bank: Annotated[Path, typer.Option("--bank", help="Folder of a finished weighing, for its answers; the pages of "
                        "the record need none.")] = Path("out/weigh"),
        record: Annotated[Path | None, typer.Option("--record", help="Another record's folder; the packaged record where "
                          "left out.")] = None,
        runs: Annotated[bool, typer.Option("--runs/--no-runs", help="With a run of every explanation, computed now.")] = True,
        seed: Annotated[int, typer.Option("--seed", min=0, max=2**63 - 1, help="Of these runs.")] = 1937,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
        quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
        verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
    ) -> None:  # fmt: skip
        """Write the pages as files that work from any folder or web server, offline and without a program.

        What only a running program can do is left out: search, checking notes, runs of your own.
        """
        log_to_stderr(verbose)
        from thirtyseven.pages.library import open_library
        from thirtyseven.pages.written import write_site
        from thirtyseven.record import load

        library = open_library(load(record), bank)
        if library.missing:
            stderr(quiet).print(f"Without a weighing: {library.missing}", soft_wrap=True)
        with stages(quiet or as_json) as progress:
            if runs:
                from thirtyseven.pages.grid import with_grid

                announce_compiling(quiet or as_json)
                library = with_grid(library, seed, progress)
            written = write_site(library, out, progress)
        if as_json:
            typer.echo(json.dumps({"out": str(out), "files": written.files, "bytes": written.size, "dead": list(written.dead)}))
        else:
            typer.echo(f"{out / 'index.html'}: {written.files:,} files, {written.size / 1e6:.0f} MB.")
