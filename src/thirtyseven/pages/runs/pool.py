"""Worker processes behind a fair, bounded queue: a killed worker, a reader who left, or a full queue harms nobody else."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Hashable
from multiprocessing.connection import Connection
from typing import Any

from starlette.applications import Starlette

from thirtyseven.pages.runs.work import live

WORKERS = 2
WAITING = 64
"""Jobs that may wait, of all readers; one reader may have a quarter of them."""
LONGEST = 180.0
"""Seconds that a job may take; a first run of everybody on a slow machine compiles for a minute or more."""
GRACE = 12.0
"""Seconds after which a job that nobody looks at is given up."""
KEPT = 64
"""Results that are kept, those not asked for longest going first."""


def pool_of(app: Starlette) -> Pool:
    """The workers of an application, made where it has none yet."""
    found = getattr(app.state, "pool", None)
    if found is None:
        found = app.state.pool = Pool()
    return found  # type: ignore[no-any-return]


class Full(Exception):
    """The queue is full; the message is one sentence with the way out."""


class Job:
    """One piece of work and how far it is. States: waiting, running, done, failed, left."""

    def __init__(self, key: Hashable, kind: str, given: Any, reader: str) -> None:
        self.key, self.kind, self.given, self.reader = key, kind, given, reader
        self.state, self.share, self.words = "waiting", 0.0, "waiting for a free place"
        self.result: dict[str, Any] | None = None
        self.fault, self.status = "", 503
        self.listeners, self.seen = 0, time.monotonic()
        self.ended = threading.Event()

    def look(self) -> None:
        """Somebody still wants it."""
        self.seen = time.monotonic()

    @property
    def wanted(self) -> bool:
        """Whether somebody listens, or asked a short time ago."""
        return self.listeners > 0 or time.monotonic() - self.seen < GRACE

    def end(self, state: str, result: dict[str, Any] | None = None, fault: str = "") -> None:
        """Finish: done, failed or left."""
        self.state, self.result, self.fault = state, result, fault
        self.given = None  # what a reader sent is not kept
        self.ended.set()


class Pool:
    """Workers and the queue before them."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING, longest: float = LONGEST) -> None:
        self._workers, self._waiting, self.longest = workers, waiting, longest
        self._queues: OrderedDict[str, deque[Job]] = OrderedDict()
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()
        self._ready = threading.Condition()
        self._threads: list[_Worker] = []
        self._closed = False

    def warm(self) -> None:
        """Start the workers, so that the first reader does not wait for them."""
        with self._ready:
            while not self._closed and len(self._threads) < self._workers:
                self._threads.append(_Worker(self))
                self._threads[-1].start()

    def close(self) -> None:
        """End all work: nobody waits any longer, and no process is left."""
        with self._ready:
            self._closed = True
            self._queues.clear()
            jobs = [job for job in self._jobs.values() if not job.ended.is_set()]
            self._ready.notify_all()
        for job in jobs:
            job.end("failed", fault="The pages were closed; open them again and ask once more.")
        for thread in self._threads:
            thread.kill()
        for thread in self._threads:
            thread.join(5.0)
            thread.kill()

    @property
    def closed(self) -> bool:
        """Whether all work has ended for good."""
        return self._closed

    @property
    def processes(self) -> list[int]:
        """Process ids of the workers that live."""
        return [t.process.pid for t in self._threads if t.process is not None and t.process.is_alive() and t.process.pid]

    def ask(self, key: Hashable, kind: str, given: Any, reader: str) -> Job:
        """The job under a key: the one that is kept or under way, or a new one.

        Args:
            key: what makes two questions the same.
            kind: of work (`work.TASKS`).
            given: what it is given.
            reader: whose turn it takes.

        Raises:
            Full: too many wait.
        """
        self.warm()
        with self._ready:
            if self._closed:
                raise Full("The pages are being closed; open them again and ask once more.")
            job = self._jobs.get(key)
            if job is not None and job.state != "left":
                self._jobs.move_to_end(key)
                job.look()
                return job
            if self._crowded(reader):
                raise Full("Too many runs wait already; try this address again in a minute.")
            job = self._jobs[key] = Job(key, kind, given, reader)
            self._queues.setdefault(reader, deque()).append(job)
            if kind == "notes":  # takes a tenth of a second, so it goes before runs
                self._queues.move_to_end(reader, last=False)
            self._forget()
            self._ready.notify()
            return job

    def drop(self, job: Job) -> None:
        """Forget a job and its result at once."""
        with self._ready:
            if self._jobs.get(job.key) is job:
                del self._jobs[job.key]

    def _crowded(self, reader: str) -> bool:
        """Whether nobody, or not this reader, may add a job; those whose readers have left hold no place."""
        for one, queue in list(self._queues.items()):
            for job in [job for job in queue if not job.wanted]:
                queue.remove(job)
                job.end("left")
            if not queue:
                del self._queues[one]
        mine = len(self._queues.get(reader, ()))
        return sum(map(len, self._queues.values())) >= self._waiting or mine >= max(1, self._waiting // 4)

    def _forget(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended.is_set()]
        for key in ended[: max(0, len(ended) - KEPT)]:
            del self._jobs[key]

    def next(self) -> Job | None:
        """The next job, each reader in turn; None when the pool is closed."""
        with self._ready:
            while True:
                if self._closed:
                    return None
                for reader in list(self._queues):
                    queue = self._queues.pop(reader)
                    job = queue.popleft()
                    if queue:
                        self._queues[reader] = queue  # behind the other readers
                    if job.wanted:
                        job.state, job.words = "running", "beginning"
                        return job
                    job.end("left")
                    break
                else:
                    self._ready.wait(timeout=1.0)


class _Worker(threading.Thread):
    """One worker process, its pipe, and the thread that waits for it."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(daemon=True, name="worker")
        self._pool = pool
        self.process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def run(self) -> None:
        """Take jobs until the pool is closed."""
        if hasattr(signal, "pthread_sigmask"):  # Ctrl-C is the server's alone, also while a process begins
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self._begin()
        while (job := self._pool.next()) is not None:
            if self.process is None or not self.process.is_alive():  # ended while it had nothing to do
                self._begin()
            try:
                self._do(job)
            except (EOFError, OSError):
                self.kill()
                job.end("failed", fault="The program that made this was ended from outside; ask for the address again.")
            if not self._pool.closed and (self.process is None or not self.process.is_alive()):
                self._begin()
        self.kill()

    def kill(self) -> None:
        """End the process."""
        if self.process is not None and self.process.is_alive():
            self.process.kill()
            self.process.join(5.0)

    def _begin(self) -> None:
        self.kill()
        here, there = multiprocessing.get_context("spawn").Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=live, args=(there,), daemon=True)
        self.process.start()
        there.close()
        self._pipe = here

    def _do(self, job: Job) -> None:
        assert self._pipe is not None and self.process is not None
        self._pipe.send((job.kind, job.given))
        began, told = time.monotonic(), 0.0
        while not job.ended.is_set():
            if self._pipe.poll(0.1):
                self._hear(job, *self._pipe.recv())
            if job.ended.is_set():
                return
            late = time.monotonic() - began > self._pool.longest
            if not self.process.is_alive():
                raise EOFError
            if late or (told and time.monotonic() - told > 5.0):
                self.kill()
                job.end("failed", fault="This took too long and was ended; choose less, and ask again.")
            elif not job.wanted and not told:
                told = time.monotonic()
                self._pipe.send(("stop", None))

    def _hear(self, job: Job, what: str, said: Any) -> None:
        if what == "progress":
            job.share, job.words = said
        elif what == "done":
            job.share = 1.0
            job.end("done", result=said)
        elif what in ("fault", "full"):
            job.status = 507 if what == "full" else 422
            job.end("failed", fault=said)
        else:
            job.end("left")
