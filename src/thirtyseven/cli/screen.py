"""What the commands share on the screen: progress on stderr, tables on stdout."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


def stderr(quiet: bool = False) -> Console:
    """A console on standard error; silent where `quiet`."""
    return Console(stderr=True, quiet=quiet, highlight=False)


def stdout() -> Console:
    """A console on standard output, plain when it is not a terminal."""
    return Console(highlight=False, soft_wrap=True)


def log_to_stderr(verbose: bool) -> None:
    """Send the program's log to standard error: everything where `verbose`, warnings alone otherwise."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s", force=True)
    logging.getLogger("thirtyseven").setLevel(logging.INFO if verbose else logging.WARNING)


def announce_compiling(quiet: bool) -> None:
    """Say once that the first start on a machine takes longer, and why."""
    from thirtyseven import compiled

    if compiled.waiting():
        stderr(quiet).print(
            "Compiling the model's weekly step for this machine. This is done once and takes about half a minute ...",
            soft_wrap=True,
        )


class Stages:
    """Progress bars with a name for each stage; one line a stage where there is no terminal."""

    def __init__(self, progress: Progress | None, console: Console) -> None:
        self._progress, self._console = progress, console
        self._tasks: dict[str, int] = {}
        self._said: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that `done` of `total` steps of a stage are finished."""
        if self._progress is None:
            self._say(stage, done, total)
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def _say(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage not in self._said or done >= total or now - self._said[stage] > 15:
            self._said[stage] = now
            self._console.print(f"{stage}: {done} of {total}")


@contextmanager
def stages(quiet: bool = False) -> Iterator[Stages]:
    """Show the progress of long work on standard error."""
    console = stderr(quiet)
    if quiet or not sys.stderr.isatty():
        yield Stages(None, console)
        return
    columns = (TextColumn("{task.description:<28}"), BarColumn(bar_width=28), MofNCompleteColumn(),
               TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=console) as progress:
        yield Stages(progress, console)
