"""A full disk: forms and runs write nothing, so they go on; where a file cannot be written after all, one sentence says so."""

import errno
import multiprocessing
import os
import resource
import subprocess
import threading

import pytest
from pages_server import Server, form
from publish_html import parse

from thirtyseven.pages.app import application
from thirtyseven.pages.asking import ask
from thirtyseven.pages.runs import work
from thirtyseven.pages.runs.pool import Job

WRONG = "One in eight of the population was arrested."


def no_room():
    """From here on no file of this process or its children can grow, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.fixture(scope="module")
def full(server, tmp_path_factory):
    """`thirtyseven serve` for which every disk is full, in an empty folder; `server` has made sure that code is compiled."""
    folder = tmp_path_factory.mktemp("full")
    held = Server(preexec_fn=no_room, cwd=folder, env={**os.environ, "TMPDIR": str(folder)})
    yield held, folder
    code, _, told = held.close()
    assert code == 0 and "Traceback" not in told, told


def test_where_no_file_can_grow_none_does(tmp_path):
    """What stands in for a full disk is one: a program that writes a byte fails, and says so."""
    told = subprocess.run(["/bin/sh", "-c", "trap '' XFSZ; echo a > b"], cwd=tmp_path, preexec_fn=no_room,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert told.returncode != 0 and (tmp_path / "b").read_bytes() == b""


def test_forms_and_runs_need_no_disk(full):
    """Pasted notes, a large file, a run, everybody's run and two runs beside each other, and nothing is left behind."""
    server, folder = full
    body, headers = form([("notes", WRONG)])
    status, _, page = server.ask("/check", "POST", body, headers)
    assert status == 200 and b"v-wrong" in page
    large = f"{WRONG}\n".encode() + (b"word " * 40 + b"\n") * 6_000  # more than a form's reader holds in memory elsewhere
    body, headers = form(file=("large.txt", large))
    status, _, page = server.ask("/check", "POST", body, headers)
    assert status == 200 and b"v-wrong" in page
    for address in ("/runs/one?seed=51", "/runs/one?seed=51&scale=everybody", "/runs/compare?a.seed=51&b.explanation=plan"):
        status, _, text = server.run(address, 120)
        assert status == 200 and "digest" in text
    assert server.ask("/data/thirtyseven-record.zip")[0] == 503  # made in a temporary folder; said in a sentence
    assert server.ask("/")[0] == 200
    assert list(folder.rglob("*")) == []


@pytest.fixture
def worker(monkeypatch):
    """The real worker's loop in a thread; its tasks are the test's."""
    monkeypatch.setattr(work.signal, "signal", lambda *_: None)
    here, there = multiprocessing.Pipe()
    threads = []

    def start(tasks, warm=lambda self: None):
        monkeypatch.setattr(work, "TASKS", tasks)
        monkeypatch.setattr(work.Kit, "warm", warm)
        threads.append(threading.Thread(target=work.live, args=(there,), daemon=True))
        threads[0].start()
        return here

    yield start
    here.close()
    threads[0].join(5)
    assert not threads[0].is_alive()


def task(number):
    def fails(kit, given, say):
        raise OSError(number, os.strerror(number))

    return {"fails": fails, "works": lambda kit, given, say: {"said": given}}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_worker_says_that_the_disk_is_full_and_goes_on(worker, number):
    pipe = worker(task(number))
    pipe.send(("fails", None))
    assert pipe.recv() == ("full", work.NO_ROOM)
    pipe.send(("works", 1))
    assert pipe.recv() == ("done", {"said": 1})


def test_another_fault_of_a_file_is_said_as_what_it_is(worker):
    pipe = worker(task(errno.EACCES))
    pipe.send(("fails", None))
    kind, said = pipe.recv()
    assert kind == "fault" and "Permission denied" in said and said.count(".") == 1


def test_a_worker_that_could_not_begin_tries_again_when_asked(worker):
    """Compiled code that cannot be kept ends no worker: it is said, and made when there is room."""
    room = []

    def warm(kit):
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")

    pipe = worker(task(0), warm)
    pipe.send(("works", 1))
    assert pipe.recv() == ("full", work.NO_ROOM)
    room.append(1)
    pipe.send(("works", 2))
    assert pipe.recv() == ("done", {"said": 2})


class _Full:
    """A pool whose worker met a full disk."""

    def ask(self, key, kind, given, reader):
        job = Job(key, kind, given, reader)
        job.status = 507
        job.end("failed", fault=work.NO_ROOM)
        return job

    def drop(self, job):
        pass


@pytest.mark.parametrize("address", ["/runs/one?seed=1", "/runs/compare?a.seed=1&b.seed=2"])
def test_the_page_says_so_in_one_sentence(library, address):
    app = application(library)
    app.state.pool = _Full()
    answer = next(ask(app, [address]))
    root, faults = parse(answer.body.decode())
    assert answer.status == 507 and faults == [] and root.by_class("lede")[0].text() == work.NO_ROOM


def test_the_pool_tells_a_full_disk_from_a_wrong_setting(monkeypatch):
    import pages_worker

    from thirtyseven.pages.runs import pool as pools

    monkeypatch.setattr(pools, "live", pages_worker.toy)
    held = pools.Pool(workers=1)
    try:
        for kind, status in (("full", 507), ("refuse", 422)):
            job = held.ask(kind, kind, None, "a")
            assert job.ended.wait(20) and job.status == status
    finally:
        held.close()
