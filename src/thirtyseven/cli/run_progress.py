"""What `thirtyseven run` says while everybody's run is lived: simulated date, events, speed; and Ctrl-C as a request."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from thirtyseven.cli.screen import stderr
from thirtyseven.society import calendar

SILENCE = 15.0
"""Seconds between lines where standard error is no terminal."""


class Lived:
    """Told after each week; shows one line that is written over, or a line now and then where there is no terminal."""

    def __init__(self, console: Console, live: Live | None, weeks: tuple[int, int]) -> None:
        self._console, self._live, self._last = console, live, weeks[1] - 1
        self._began = self._said = time.monotonic()

    def __call__(self, week: int, events: int) -> None:
        """Tell that a week was lived, and how many events there are so far."""
        now = time.monotonic()
        line = told(week, events, now - self._began)
        if self._live is not None:
            self._live.update(Text(line))
        elif week == self._last or now - self._said > SILENCE:
            self._said = now
            self._console.print(line, soft_wrap=True)


def told(week: int, events: int, seconds: float) -> str:
    """One line: the simulated week, the events so far, and events a second."""
    speed = events / max(seconds, 1e-3)
    return f"people: week of {calendar.monday_of(week)}, {events:,} events, {speed:,.0f} a second"


@contextmanager
def lived(weeks: tuple[int, int], quiet: bool = False) -> Iterator[Lived]:
    """Show the progress of one run of everybody on standard error."""
    console = stderr(quiet)
    if quiet or not sys.stderr.isatty():
        yield Lived(console, None, weeks)
        return
    with Live(console=console, refresh_per_second=8, transient=False) as live:
        yield Lived(console, live, weeks)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C ask for an end in order; a second one ends at once.

    Yields:
        A function that says whether an end was asked for.
    """
    heard: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return

    def hear(signum: int, frame: FrameType | None) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(signum)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: bool(heard)
    finally:
        signal.signal(signal.SIGINT, before)
