"""A bank filled by a cluster: nothing lost, nothing twice, the same bank as in one process, whatever dies."""

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from inference_toys import Composite

from thirtyseven.inference import cluster as clusters
from thirtyseven.inference.bank import BLOCK, Bank
from thirtyseven.inference.cluster import ClusterError
from thirtyseven.inference.waves import prior_blocks

KIND = "threat/charitable"
pytestmark = pytest.mark.slow  # starting three workers and killing one


class Slow(Composite):
    """The toy, slow enough that a worker can be killed at its work; notes every block that it begins."""

    def __init__(self, notes):
        super().__init__()
        self.notes = str(notes)

    def run(self, kind, u, seeds):
        with Path(self.notes).open("a") as file:
            file.write(f"{int(seeds[0])} {os.getpid()}\n")
        time.sleep(0.08)
        return super().run(kind, u, seeds)


class Elsewhere(Composite):
    """A simulator whose digest is another one in every process: what differing installations look like."""

    def __init__(self):
        super().__init__()
        self.own = str(os.getpid())

    @property
    def digest(self):
        return f"{os.getpid():032d}"

    @digest.setter
    def digest(self, value):
        pass


@pytest.fixture(scope="module")
def scheduler():
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50, memory_limit=0
    ) as local:
        yield local


def blocks_of(simulator, count):
    return prior_blocks(KIND, len(simulator.names(KIND)), BLOCK * count, 5)


def test_worker_killed_in_the_middle_loses_nothing(tmp_path, scheduler):
    toy, count, seen, killed = Slow(tmp_path / "notes"), 40, [], []
    blocks = blocks_of(toy, count)

    def watch(stage, done, total):
        seen.append(done)
        if done >= 8 and not killed:
            busy = (tmp_path / "notes").read_text().split()[-1]  # who began the last block is in the middle of it
            killed.append(int(busy))
            os.kill(int(busy), signal.SIGKILL)

    many = Bank(tmp_path / "many", toy, scheduler.scheduler_address)
    found = many.run(blocks, "runs", progress=watch)
    begun = [line.split() for line in (tmp_path / "notes").read_text().splitlines()]
    assert killed and len({who for _, who in begun}) >= 3, "several workers shared the work"
    assert seen == list(range(count + 1)), "every block was banked once"
    assert len(list(many.shards.glob("*.npz"))) == count and not list(many.shards.glob("*.writing"))
    made = [seed for seed, _ in begun]
    assert len(set(made)) == count and len(made) > count, "what the killed worker had begun was made again"
    one = Bank(tmp_path / "one", toy)
    alone = one.run(blocks, "runs")
    assert one.digest() == many.digest()
    for a, b in zip(alone, found):
        np.testing.assert_array_equal(a, b)
    begun_before = len(begun) + count
    Bank(tmp_path / "many", toy, scheduler.scheduler_address).run(blocks, "runs")
    assert len((tmp_path / "notes").read_text().splitlines()) == begun_before, "what is banked is not made again"


def test_fault_of_a_block_is_one_sentence(tmp_path, scheduler):
    toy = Composite()
    toy.signature = None
    with pytest.raises(ClusterError, match="could not make a block of runs"):
        Bank(tmp_path / "bank", toy, scheduler.scheduler_address).run(blocks_of(toy, 2), "runs")


def test_other_code_on_a_worker_is_refused(tmp_path, scheduler):
    toy = Elsewhere()
    with pytest.raises(ClusterError, match="runs other code or another record"):
        Bank(tmp_path / "bank", toy, scheduler.scheduler_address).run(blocks_of(toy, 2), "runs")


def test_no_scheduler_is_one_sentence(tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    monkeypatch.setattr(clusters, "TIMEOUT", 1)
    toy = Composite()
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"):
        Bank(tmp_path / "bank", toy, "tcp://127.0.0.1:9").run(blocks_of(toy, 1), "runs")


def test_without_dask_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    toy = Composite()
    with pytest.raises(ClusterError, match=r"pip install 'thirtyseven\[cluster\]'"):
        Bank(tmp_path / "bank", toy, "tcp://127.0.0.1:8786").run(blocks_of(toy, 1), "runs")
