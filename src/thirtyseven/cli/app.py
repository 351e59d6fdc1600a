"""The command `thirtyseven`: collects the commands and turns faults into one clear sentence."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

import typer

COMMANDS = tuple(
    name for name in ("weigh", "run", "explanations", "record", "check")
    if importlib.util.find_spec(f"thirtyseven.cli.{name}")
)
"""One module of this package a command, in the order of the help page."""


def build() -> typer.Typer:
    """Return the application with every command registered.

    Returns:
        The Typer application; running it without arguments prints the help.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="An open laboratory for Stalin's purges, 1934-39: weigh the explanations that historians "
        "give against the archival record, look at the record itself, and check your notes against it.",
    )
    for name in COMMANDS:
        importlib.import_module(f"thirtyseven.cli.{name}").register(app)
    return app


def main() -> None:
    """Run the command line; exit code 2 and one sentence for bad input, 130 for Ctrl-C.

    Raises:
        SystemExit: always, with the exit code.
    """
    try:
        build()(standalone_mode=True)
    except KeyboardInterrupt:
        print("Stopped. What was finished is kept; the same command goes on from there.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (ValueError, OSError) as fault:
        print(f"thirtyseven: {_sentence(fault)}", file=sys.stderr)
        sys.exit(2)


def _sentence(fault: Exception) -> str:
    """One line that says what is wrong, where, and what to do."""
    if isinstance(fault, OSError) and fault.strerror:
        place = f" ({fault.filename})" if fault.filename else ""
        remedy = {13: "choose another folder or change its permissions", 28: "make room on the disk and run again",
                  2: "check the path", 30: "choose a folder that can be written"}.get(fault.errno or 0, "")
        return f"{fault.strerror}{place}" + (f"; {remedy}." if remedy else ".")
    return str(fault).strip() or fault.__class__.__name__
