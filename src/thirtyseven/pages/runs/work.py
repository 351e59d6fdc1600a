"""What a worker process does: runs, pairs of runs, notes. It reads the record once, and says how far it is."""

from __future__ import annotations

import contextlib
import signal
import time
import traceback
from collections.abc import Callable
from functools import cached_property
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from thirtyseven.compiled import FULL
from thirtyseven.pages.runs.settings import Settings

if TYPE_CHECKING:
    from thirtyseven.record import Record
    from thirtyseven.simulation.everybody import Events
    from thirtyseven.society.people import Society
    from thirtyseven.society.setting import Setting

Say = Callable[[float, str], None]
OFTEN = 0.05
"""Seconds between two words about progress."""


NO_ROOM = "The disk of this machine is full; make room on it, and ask again."


class Stopped(Exception):
    """The reader has left."""


class Kit:
    """What a worker needs for its work, made once."""

    _ready = False

    @cached_property
    def record(self) -> Record:
        """The packaged record."""
        from thirtyseven.record import load

        return load()

    @cached_property
    def setting(self) -> Setting:
        """What everybody was given."""
        from thirtyseven.society.setting import from_record

        return from_record(self.record)

    @cached_property
    def society(self) -> Society:
        """Everybody."""
        from thirtyseven.society.build import build

        return build(self.record)

    def warm(self) -> None:
        """Load what a first reader would wait for, once.

        Raises:
            OSError: code had to be compiled and could not be kept; ValueError: there is no place to keep it.
        """
        if self._ready:
            return
        import numpy as np

        from thirtyseven.notes.check import check_lines
        from thirtyseven.notes.statements.reader import lines_from
        from thirtyseven.scenario import named
        from thirtyseven.simulation.run import simulate

        simulate(self.setting, named("composite").batch(), np.zeros(1, np.uint64), weeks=(0, 1))
        check_lines(lines_from(b"681,692 people were sentenced to death.", "first.txt"), "first.txt")  # words and figures read
        self._ready = True


def live(pipe: Connection) -> None:
    """Work until the pipe is closed: take a task, say how far it is, hand the result back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which then closes the pipe
    kit, said = Kit(), 0.0
    with contextlib.suppress(ValueError, OSError, MemoryError):  # said to whoever asks, for whom it is tried again
        kit.warm()

    def say(share: float, words: str) -> None:
        nonlocal said
        if time.monotonic() - said < OFTEN:
            return
        said = time.monotonic()
        if pipe.poll():
            pipe.recv()
            raise Stopped
        pipe.send(("progress", (share, words)))

    while True:
        try:
            kind, given = pipe.recv()
        except EOFError:
            return
        if kind == "stop":  # came after the work was done
            continue
        said = 0.0
        try:
            kit.warm()
            answer: tuple[str, Any] = ("done", TASKS[kind](kit, given, say))
        except Stopped:
            answer = ("stopped", None)
        except (EOFError, BrokenPipeError):  # nobody is there any longer
            return
        except OSError as fault:
            said_of_file = f"A file could not be read or written: {fault.strerror}; see to that and ask again."
            answer = ("full", NO_ROOM) if fault.errno in FULL else ("fault", said_of_file)
        except (ValueError, MemoryError) as fault:
            answer = ("fault", str(fault) or "There is not enough memory for this.")
        except Exception:  # a mistake of ours must not take the worker with it
            traceback.print_exc()
            answer = ("fault", "This could not be made: a mistake of the program, which the window that started it describes.")
        try:
            pipe.send(answer)
        except BrokenPipeError:
            return


def one_run(kit: Kit, settings: Settings, say: Say) -> dict[str, Any]:
    """One run as plain numbers."""
    result, _ = _run(kit, settings, say, 0.0, 1.0)
    return result


def two_runs(kit: Kit, pair: tuple[Settings, Settings], say: Say) -> dict[str, Any]:
    """Two runs; where both are of everybody, also person by person."""
    a, first = _run(kit, pair[0], say, 0.0, 0.48)
    b, second = _run(kit, pair[1], say, 0.48, 0.96)
    persons = None
    if first is not None and second is not None:
        from thirtyseven.simulation.compare import compare

        say(0.97, "setting person beside person")
        persons = compare(first, second, kit.society)
    return {"a": a, "b": b, "persons": persons}


def notes(kit: Kit, given: tuple[str, bytes], say: Say) -> dict[str, Any]:
    """Notes with remarks, as lines and plain values."""
    from dataclasses import asdict

    from thirtyseven.notes.check import check_lines
    from thirtyseven.notes.known.pointers import record_ids
    from thirtyseven.notes.statements.reader import lines_from

    name, content = given
    say(0.0, "reading the notes")
    lines = lines_from(content, name)
    remarks = check_lines(lines, name)
    return {
        "lines": [{"number": line.number, "text": line.text} for line in lines],
        "remarks": [asdict(one) | {"ids": list(record_ids(one.figure))} for one in remarks],
    }


def _run(kit: Kit, settings: Settings, say: Say, start: float, end: float) -> tuple[dict[str, Any], Events | None]:
    """Make a run; progress goes from `start` to `end`."""
    import numpy as np

    from thirtyseven.scenario import named
    from thirtyseven.simulation.conduct import AS_IT_WAS
    from thirtyseven.simulation.run import simulate
    from thirtyseven.simulation.supposed import Supposing
    from thirtyseven.society import calendar

    everyone = settings.scale == "everybody"
    scenario = named(settings.explanation, settings.variant)  # type: ignore[arg-type]
    counted = start + (end - start) * (0.25 if everyone else 1.0)
    say(start, "deciding, week by week")
    outcome = simulate(
        kit.setting, scenario.batch(), np.array([settings.seed], np.uint64), slots=np.arange(calendar.WEEKS),
        conduct=AS_IT_WAS if settings.supposed is None else Supposing(settings.supposed),
        progress=lambda week: say(start + (counted - start) * week / calendar.WEEKS, f"decisions until {_month(week)}"),
    )  # fmt: skip
    events = None
    if everyone:
        from thirtyseven.simulation.everybody import everybody

        say(counted, "finding out to whom it happened")
        events = everybody(
            outcome, kit.society, settings.seed,
            lambda week, n: say(counted + (end - counted) * week / calendar.WEEKS, f"people, until {_month(week)}: {n:,} events"),
        )  # fmt: skip
    return _plain(kit, outcome, events, settings), events


def _month(week: int) -> str:
    from thirtyseven.society import calendar

    return calendar.monday_of(week).strftime("%B %Y")


def _plain(kit: Kit, outcome: Any, events: Events | None, settings: Settings) -> dict[str, Any]:
    """A run as numbers of Python's own, ready for a page."""
    from thirtyseven.explanations.base import CHANNELS
    from thirtyseven.simulation.outcome import CAREERS, COUNTED
    from thirtyseven.society import calendar

    day = lambda week: calendar.monday_of(int(week)).isoformat() if week >= 0 else ""  # noqa: E731
    troika = outcome.regional[0, :, :, CHANNELS.index("troika"), COUNTED.index("sentenced")].sum(axis=0)
    limits = outcome.limits[0].sum(axis=1)
    return {
        "settings": settings, "months": [int(v) for v in outcome.by_month("arrested")[0]],
        "deaths": [int(v) for v in outcome.by_month("first_category")[0]], "years": outcome.by_year(0),
        "launch": day(outcome.launch[0]), "stop": day(outcome.stop[0]), "digest": outcome.digest(0),
        "regions": {
            slug: (int(troika[r]), float(limits[r]), float(kit.setting.population[r]))
            for r, slug in enumerate(kit.setting.regions)
        },
        "careers": dict(zip(CAREERS, (int(v) for v in outcome.careers[0].sum(axis=0)), strict=True)),
        "events": None if events is None else {"n": len(events), "people": events.people, "digest": events.digest()},
    }  # fmt: skip


TASKS: dict[str, Callable[[Kit, Any, Say], dict[str, Any]]] = {"run": one_run, "pair": two_runs, "notes": notes}
