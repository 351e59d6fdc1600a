"""The command `thirtyseven`: collects the commands and turns faults into one clear sentence."""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from typing import Annotated, NoReturn

import typer

import thirtyseven

COMMANDS = (
    "weigh", "responsibility", "counterfactual", "predict", "calibrate", "heldout", "sensitivity", "recover",
    "trial", "run", "explanations", "record", "evidence", "crosscheck", "check", "study", "serve", "site",
)  # fmt: skip
"""One module of this package a command, in the order of the help page."""

STOPPED = "Stopped. What was finished is kept; the same command goes on from there."

_WAYS_OUT = {
    errno.EACCES: "choose another place or change its permissions",
    errno.EPERM: "choose another place or change its permissions",
    errno.EROFS: "choose a place that can be written",
    errno.ENOSPC: "make room on the disk and run again",
    errno.EDQUOT: "make room on the disk and run again",
    errno.ENOENT: "check the path",
    errno.EEXIST: "a file stands where a folder is needed; choose another place",
    errno.ENOTDIR: "a file stands where a folder is needed; choose another place",
    errno.EISDIR: "give a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def build(only: str | None = None) -> typer.Typer:
    """Return the application with its commands registered.

    Args:
        only: register this one alone, so that a command which needs little starts at once.

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

    @app.callback()
    def everywhere(
        version: Annotated[
            bool, typer.Option("--version", help="Say which version this is.", callback=_version, is_eager=True)
        ] = False,
    ) -> None:
        """Nothing happens before a command but this."""

    for name in COMMANDS:
        if only in (None, name):
            importlib.import_module(f"thirtyseven.cli.{name}").register(app)
    return app


def main() -> None:
    """Run the command line; exit code 2 and one sentence for bad input, 130 for Ctrl-C.

    Raises:
        SystemExit: always, with the exit code.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal that knows no Cyrillic must not end a command
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _end)
    sys.exit(_flushed(_run(sys.argv[1:])))


def _end(signum: int, frame: object) -> NoReturn:
    """Asked to end from outside: leave in order, so that no worker stays behind."""
    print(STOPPED, file=sys.stderr)
    raise SystemExit(128 + signum)


def _run(words: list[str]) -> int:
    """Run one command and return its exit code; mistakes of the program itself are raised."""
    only = words[0] if words and words[0] in (*COMMANDS, "--version") else None
    try:
        code = build(only)(words, standalone_mode=False)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        _silence()
        return 0
    except Exception as fault:
        return _told(fault)
    if code == 130:
        print(STOPPED, file=sys.stderr)
    return code if isinstance(code, int) else 0


def _told(fault: Exception) -> int:
    """Say what is wrong in one sentence; raise what no sentence can explain."""
    if type(fault).__name__ == "NoArgsIsHelpError":  # a bare `thirtyseven` asks for the help page
        typer.echo(fault.ctx.get_help())  # type: ignore[attr-defined]
        return 0
    if hasattr(fault, "format_message"):  # what the parser of options found; its class moved between versions of Typer
        context = getattr(fault, "ctx", None)
        path = context.command_path if context is not None else "thirtyseven"
        print(f"thirtyseven: {fault.format_message().rstrip('.')}; see `{path} --help`.", file=sys.stderr)
        return 2
    if not _ours(fault):
        raise fault
    print(f"thirtyseven: {_sentence(fault)}", file=sys.stderr)
    return 2


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"thirtyseven {thirtyseven.__version__}")
        raise typer.Exit


def _flushed(code: int) -> int:
    """The exit code, or 2 with a sentence where standard output cannot take what was written to it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as fault:
        _silence()
        print(f"thirtyseven: standard output cannot be written: {_sentence(fault)}", file=sys.stderr)
        return 2
    return code


def _silence() -> None:
    """Nobody reads any more: what is left in the buffer goes nowhere, without a message at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ours(fault: Exception) -> bool:
    """Whether a sentence says enough; other run-time errors are mistakes of the program and show where they are."""
    if isinstance(fault, RuntimeError):
        return type(fault).__name__ in ("TerminatedWorkerError", "BrokenProcessPool")
    return isinstance(fault, ValueError | OSError | MemoryError)


def _sentence(fault: Exception) -> str:
    """One line that says what is wrong, where, and what to do."""
    if isinstance(fault, MemoryError):
        return "There is not enough memory; close other programs, or use fewer --workers. Finished work is kept."
    if isinstance(fault, RuntimeError):
        return (
            "A worker process was ended from outside, often for want of memory; run the same command again "
            "with fewer --workers. Finished work is kept."
        )
    if isinstance(fault, OSError) and fault.strerror:
        place = f"{fault.filename}: " if fault.filename else ""
        way_out = _WAYS_OUT.get(fault.errno or 0, "")
        return f"{place}{fault.strerror}" + (f"; {way_out}." if way_out else ".")
    text = " ".join(str(fault).split()) or type(fault).__name__
    return text if text.endswith((".", "!", "?", '"')) else f"{text}."
