"""`thirtyseven serve`: the pages in a browser, from this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thirtyseven.cli.screen import log_to_stderr, stderr

EXAMPLES = """Examples:

  thirtyseven serve                       open the printed address in a browser; Ctrl-C ends it

  thirtyseven serve --port 0              any free port

  thirtyseven serve --bank out/weigh      with the answers of that weighing
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("serve", epilog=EXAMPLES)
    def serve(
        host: Annotated[str, typer.Option("--host", help="Address to listen on. The default is this machine alone; with "
                        "0.0.0.0 everybody in the same network can read along.")] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any free one.")] = 8037,
        bank: Annotated[Path, typer.Option("--bank", help="Folder of a finished weighing, for its answers; the pages of "
                        "the record need none.")] = Path("out/weigh"),
        record: Annotated[Path | None, typer.Option("--record", help="Another record's folder; the packaged record where "
                          "left out.")] = None,
        quiet: Annotated[bool, typer.Option("--quiet", help="Print the address alone.")] = False,
        verbose: Annotated[bool, typer.Option("--verbose", help="Say on standard error what is being done.")] = False,
    ) -> None:  # fmt: skip
        """Open the record, the explanations and a weighing as pages in a browser.

        Nothing leaves this machine: no account, no cookie, no request to anywhere else. What you paste is not kept.
        """
        log_to_stderr(verbose)
        from thirtyseven.pages.app import application
        from thirtyseven.pages.guard import hosts_for
        from thirtyseven.pages.library import open_library
        from thirtyseven.pages.serving import serve as until_interrupted
        from thirtyseven.record import load

        library = open_library(load(record), bank)
        say = stderr(quiet).print
        if library.missing:
            say(f"Without a weighing: {library.missing}", soft_wrap=True)

        def ready(url: str) -> None:
            typer.echo(url)
            say("Open this address in a browser; Ctrl-C ends it.")

        until_interrupted(application(library, hosts=hosts_for(host)), host, port, ready)
