"""Interrupted work: nothing lost, nothing run twice, the same result in the end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

SCRIPT = Path(__file__).with_name("small_weighing.py")
pytestmark = pytest.mark.slow


def start(out, *words):
    """Begin a small weighing in a process group of its own, as a terminal would."""
    return subprocess.Popen(
        [sys.executable, SCRIPT, "weigh", "--out", out, "--workers", "2", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def shards(out):
    return {p.name: p.stat().st_mtime_ns for p in (Path(out) / "bank").rglob("*.npz") if "fits" not in p.parts}


def wait_for(out, count, command, seconds=240):
    """Wait until that many shards are in the bank."""
    for _ in range(int(seconds * 20)):
        if len(shards(out)) >= count:
            return
        assert command.poll() is None, command.communicate()
        time.sleep(0.05)
    raise AssertionError("no shard was written")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A weighing that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole")
    command = start(out, "--json")
    printed, err = command.communicate(timeout=500)
    assert command.returncode == 0, err[-3000:]
    return out, printed, err


def test_json_is_alone_on_standard_output(whole):
    out, printed, err = whole
    assert json.loads(printed) == json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert "runs" in err and "Traceback" not in err and "Warning" not in err


def test_ctrl_c_and_kill_lose_nothing(whole, tmp_path):
    """Ctrl-C, then a request to end, then kill -9, then to the end: whole shards only, none made again, the same result."""
    first = start(tmp_path)
    wait_for(tmp_path, 3, first)
    os.killpg(first.pid, signal.SIGINT)
    _, err = first.communicate(timeout=60)
    assert first.returncode == 130, (first.returncode, err[-2000:])
    assert "Stopped." in err and "goes on from there" in err and "Traceback" not in err, err[-3000:]
    after_stop = shards(tmp_path)
    assert len(after_stop) >= 3 and all_whole(tmp_path)

    asked = start(tmp_path)
    wait_for(tmp_path, len(after_stop) + 1, asked)
    asked.terminate()
    _, err = asked.communicate(timeout=60)
    assert asked.returncode == 143 and "goes on from there" in err and "Traceback" not in err, err[-3000:]
    assert nobody_left(asked.pid), "a worker stayed behind"

    second = start(tmp_path)
    wait_for(tmp_path, len(shards(tmp_path)) + 2, second)
    os.killpg(second.pid, signal.SIGKILL)
    second.wait(timeout=60)
    after_kill = shards(tmp_path)
    assert all_whole(tmp_path)
    assert {name: after_kill[name] for name in after_stop} == after_stop, "a shard was made twice"

    third = start(tmp_path, "--json")
    printed, err = third.communicate(timeout=500)
    assert third.returncode == 0, err[-3000:]
    end = shards(tmp_path)
    assert {name: end[name] for name in after_kill} == after_kill, "a shard was made twice"
    assert not list((tmp_path / "bank").rglob("*.writing"))
    assert json.loads(printed) == json.loads(whole[1])
    assert (tmp_path / "report.html").read_bytes() == (whole[0] / "report.html").read_bytes()


def test_what_is_done_is_not_done_again(whole):
    """The same command on a finished folder makes no run and gives the same bytes; a damaged shard is made again."""
    out = whole[0]
    before, text = shards(out), (out / "result.json").read_bytes()
    victims = sorted((out / "bank").rglob("composite_*.npz"))[:2]
    victims[0].write_bytes(victims[0].read_bytes()[:200])
    other = bytearray(victims[1].read_bytes())
    other[len(other) // 2] ^= 0xFF
    victims[1].write_bytes(bytes(other))
    command = start(out, "--json")
    _, err = command.communicate(timeout=500)
    assert command.returncode == 0, err[-3000:]
    assert err.count("is damaged") == 2 and "run again" in err
    assert (out / "result.json").read_bytes() == text
    after = shards(out)
    assert {n for n in before if after[n] != before[n]} == {v.name for v in victims}
    assert len(list((out / "bank").rglob("*.damaged"))) == 2


def nobody_left(group, seconds=10):
    """Whether the process group is empty, soon."""
    for _ in range(int(seconds * 20)):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def all_whole(out):
    """Every shard that stands under its own name can be read."""
    for path in (Path(out) / "bank").rglob("*.npz"):
        with np.load(path, allow_pickle=False) as shard:
            assert all(len(shard[name].tobytes()) >= 0 for name in shard.files)
    return True
