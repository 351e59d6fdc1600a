"""The queue before the workers: turns, bounds, readers who leave, workers that die. A toy worker stands behind the real pool."""

import os
import signal
import time

import pages_worker
import pytest

from thirtyseven.pages.runs import pool as pools
from thirtyseven.pages.runs.pool import Full, Pool


@pytest.fixture
def made(monkeypatch):
    """Pools with toy workers; none outlives its test."""
    monkeypatch.setattr(pools, "live", pages_worker.toy)
    held = []

    def make(**options):
        held.append(Pool(**{"workers": 1, **options}))
        return held[-1]

    yield make
    for one in held:
        one.close()


def until(true, seconds=20.0):
    """Wait for something to be true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never was"
        time.sleep(0.01)


def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kept_busy(pool):
    """Give the only worker something that lasts; (job, its reader's way to leave)."""
    job = pool.ask("busy", "wait", None, "busy reader")
    job.listeners = 1
    until(lambda: job.share > 0)
    return job


def test_each_reader_has_a_turn(made, monkeypatch):
    """One reader's many runs do not go before the one run of another."""
    pool, order = made(), []
    busy = kept_busy(pool)
    jobs = [pool.ask(("a", i), "say", f"a{i}", "a") for i in range(4)] + [pool.ask(("b", 0), "say", "b0", "b"),
                                                                          pool.ask(("c", 0), "say", "c0", "c")]  # fmt: skip
    for job in jobs:
        monkeypatch.setattr(job, "end", lambda *a, _own=job, _end=job.end, **k: (order.append(_own.given), _end(*a, **k)))
    busy.listeners, busy.seen = 0, 0.0
    until(lambda: all(job.ended.is_set() for job in jobs))
    assert order == ["a0", "b0", "c0", "a1", "a2", "a3"]


def test_notes_go_before_runs_that_wait(made):
    pool = made()
    busy = kept_busy(pool)
    runs = [pool.ask(("a", i), "wait", i, "a") for i in range(2)]
    notes = pool.ask("n", "notes", "x", "notes of a")
    busy.listeners, busy.seen = 0, 0.0
    until(notes.ended.is_set)
    assert notes.result == {"said": "x"} and not any(job.ended.is_set() for job in runs)


def test_the_same_question_is_one_job(made):
    pool = made()
    first = pool.ask("k", "say", 1, "a")
    assert pool.ask("k", "say", 1, "b") is first
    until(first.ended.is_set)
    assert pool.ask("k", "say", 1, "c") is first and first.result == {"said": 1} and first.given is None


def test_a_full_queue_refuses_and_readers_who_left_hold_no_place(made):
    pool = made(waiting=8)
    kept_busy(pool)
    mine = [pool.ask(("a", i), "say", i, "a") for i in range(2)]
    with pytest.raises(Full, match="again in a minute"):
        pool.ask(("a", 2), "say", 2, "a")  # a quarter of eight is a reader's share
    for reader in "bcd":
        for i in range(2):
            pool.ask((reader, i), "say", i, reader)
    with pytest.raises(Full):
        pool.ask(("e", 0), "say", 0, "e")
    mine[0].seen = 0.0  # this reader has left
    assert pool.ask(("e", 0), "say", 0, "e").state == "waiting" and mine[0].state == "left"


def test_a_reader_who_leaves_stops_the_run_and_the_worker_goes_on(made, monkeypatch):
    """Within 15 s of leaving; the test waits for less of it."""
    assert pools.GRACE + 1.0 < 15.0
    monkeypatch.setattr(pools, "GRACE", 0.5)
    pool = made()
    job = kept_busy(pool)
    (pid,) = pool.processes
    job.listeners = 0
    begun = time.monotonic()
    until(job.ended.is_set)
    assert job.state == "left" and 0.3 < time.monotonic() - begun < pools.GRACE + 3.0
    again = pool.ask("after", "say", 2, "a")
    until(again.ended.is_set)
    assert again.result == {"said": 2} and pool.processes == [pid]
    assert pool.ask("busy", "say", 3, "a") is not job  # a stopped run can be asked for again


def test_a_worker_that_does_not_stop_is_ended(made, monkeypatch):
    monkeypatch.setattr(pools, "GRACE", 0.1)
    pool = made(longest=0.5)
    job = pool.ask("h", "hang", None, "a")
    job.listeners = 1
    until(job.ended.is_set)
    assert job.state == "failed" and job.fault.startswith("This took too long")
    after = pool.ask("s", "say", 1, "a")
    after.listeners = 1
    until(after.ended.is_set)
    assert after.state == "done"


@pytest.mark.parametrize("how", ["in its work", "from outside", "while idle"])
def test_a_killed_worker_costs_one_sentence_at_most(made, how):
    pool = made()
    if how == "while idle":
        first = pool.ask("first", "say", 0, "a")
        until(first.ended.is_set)
        os.kill(pool.processes[0], signal.SIGKILL)
        until(lambda: not pool.processes)
    else:
        job = pool.ask("d", "die" if how == "in its work" else "wait", None, "a")
        job.listeners = 1
        if how == "from outside":
            until(lambda: job.share > 0)
            os.kill(pool.processes[0], signal.SIGKILL)
        until(job.ended.is_set)
        assert job.state == "failed" and job.fault.count(".") == 1 and "ask for the address again" in job.fault
    after = pool.ask("s", "say", 1, "a")
    after.listeners = 1
    until(after.ended.is_set)
    assert after.state == "done"


def test_a_refusal_is_kept_until_it_was_told(made):
    pool = made()
    job = pool.ask("r", "refuse", None, "a")
    until(job.ended.is_set)
    assert job.fault == "That cannot be run; choose another." and pool.ask("r", "refuse", None, "a") is job
    pool.drop(job)
    assert pool.ask("r", "refuse", None, "a") is not job


def test_results_are_bounded(made):
    pool = made(waiting=10_000)
    for i in range(pools.KEPT + 20):
        job = pool.ask(i, "say", i, "a")
        until(job.ended.is_set)
    assert len(pool._jobs) <= pools.KEPT + 1
    assert 0 not in pool._jobs and pools.KEPT + 19 in pool._jobs


def test_closing_ends_everything(made):
    pool = made(workers=2)
    busy = kept_busy(pool)
    waiting = [pool.ask(i, "wait", None, "a") for i in range(3)]
    until(lambda: len(pool.processes) == 2)
    pids = pool.processes
    pool.close()
    assert busy.ended.is_set() and all(job.ended.is_set() for job in waiting) and waiting[-1].state == "failed"
    assert pool.processes == [] and not any(lives(pid) for pid in pids)
    with pytest.raises(Full, match="closed"):
        pool.ask("late", "say", 1, "a")
