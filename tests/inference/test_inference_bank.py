"""The bank: nothing run twice, nothing lost, nothing of others touched."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from inference_toys import Composite

from thirtyseven.inference import BankError
from thirtyseven.inference import bank as banks
from thirtyseven.inference.bank import BLOCK, Bank, cut
from thirtyseven.inference.waves import prior_blocks

KIND = "threat/charitable"


def blocks_of(simulator, runs=200, kind=KIND):
    return prior_blocks(kind, len(simulator.names(kind)), runs, 5)


def test_shards_hold_what_the_simulator_said(tmp_path):
    toy = Composite()
    blocks = blocks_of(toy)
    found = Bank(tmp_path / "bank", toy).run(blocks, "runs")
    assert [len(x) for x in found] == [BLOCK, 200 - BLOCK]
    for block, x in zip(blocks, found):
        np.testing.assert_array_equal(x, toy.run(KIND, block.u, block.seeds))


def test_nothing_is_run_twice(tmp_path):
    toy = Composite()
    first = Bank(tmp_path / "bank", toy)
    first.run(blocks_of(toy, 2 * BLOCK), "runs")
    assert toy.made == 2 * BLOCK
    again = Bank(tmp_path / "bank", toy)
    again.run(blocks_of(toy, 3 * BLOCK), "runs")
    assert toy.made == 3 * BLOCK, "a larger budget adds blocks and keeps the others"
    again.run(blocks_of(toy, 3 * BLOCK), "runs")
    assert toy.made == 3 * BLOCK
    assert len(list(again.shards.glob("*.npz"))) == 3


def test_another_simulator_has_its_own_shards(tmp_path):
    one, other = Composite(), Composite(close=0.5)
    Bank(tmp_path / "bank", one).run(blocks_of(one, BLOCK), "runs")
    Bank(tmp_path / "bank", other).run(blocks_of(other, BLOCK), "runs")
    assert other.made == BLOCK


def test_bank_digest_tells_the_runs(tmp_path):
    toy = Composite()
    digests = []
    for folder, runs in (("a", 2 * BLOCK), ("b", 2 * BLOCK), ("c", 3 * BLOCK)):
        bank = Bank(tmp_path / folder, toy)
        bank.run(blocks_of(toy, runs), "runs")
        digests.append(bank.digest())
    assert digests[0] == digests[1] != digests[2]


def test_interruption_loses_at_most_the_shard_in_progress(tmp_path):
    toy, seen = Composite(), []

    def stop(stage, done, total):
        seen.append(done)
        if done == 2:
            raise KeyboardInterrupt

    bank = Bank(tmp_path / "bank", toy)
    with pytest.raises(KeyboardInterrupt):
        bank.run(blocks_of(toy), "runs", progress=stop)
    assert seen == [0, 1, 2]
    Bank(tmp_path / "bank", toy).run(blocks_of(toy), "runs")
    assert toy.made == 200


def test_killed_process_resumes(tmp_path):
    script = f"""
import sys, time
sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}
from inference_toys import Composite
from thirtyseven.inference.bank import Bank
from thirtyseven.inference.waves import prior_blocks
class Slow(Composite):
    def run(self, kind, u, seeds):
        time.sleep(0.05)
        return super().run(kind, u, seeds)
toy = Slow()
Bank({str(tmp_path / "bank")!r}, toy).run(prior_blocks("{KIND}", 6, {BLOCK * 200}, 5), "runs")
"""
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    shards = tmp_path / "bank" / Composite().digest[:16]
    limit = time.monotonic() + 60
    while len(list(shards.glob("*.npz"))) < 3 and time.monotonic() < limit:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = len(list(shards.glob("*.npz")))
    assert 3 <= kept < 200
    (shards / "half.npz.1.writing").write_bytes(b"PK")
    toy = Composite()
    Bank(tmp_path / "bank", toy).run(blocks_of(toy, BLOCK * (kept + 2)), "runs")
    assert toy.made == BLOCK * 2, "only what the killed process had not finished"
    assert not list(shards.glob("*.writing"))


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "foreign", "changed", "narrow"])
def test_damaged_shard_is_set_aside_and_run_again(tmp_path, damage, caplog):
    toy = Composite()
    bank = Bank(tmp_path / "bank", toy)
    sound = bank.run(blocks_of(toy), "runs")
    shard = sorted(bank.shards.glob("*.npz"))[1]
    with np.load(shard) as file:
        content = dict(file)
    if damage == "cut":
        shard.write_bytes(shard.read_bytes()[:300])
    elif damage == "empty":
        shard.write_bytes(b"")
    elif damage == "text":
        shard.write_text("notes of somebody else")
    elif damage == "foreign":
        np.savez(shard, data=np.arange(3))
    elif damage == "changed":
        np.savez(shard, **(content | {"x": content["x"] + 1}))
    else:
        np.savez(shard, **(content | {"x": content["x"][:, :2]}))
    found = Bank(tmp_path / "bank", toy).run(blocks_of(toy), "runs")
    for a, b in zip(sound, found):
        np.testing.assert_array_equal(a, b)
    assert "set aside" in caplog.text and shard.name in caplog.text
    assert shard.with_suffix(".damaged").exists()


@pytest.mark.parametrize("text", ["{}", "not json", '{"format": "another"}'])
def test_bank_of_another_program_is_refused(tmp_path, text):
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "bank.json").write_text(text)
    with pytest.raises(BankError, match=r"bank\.json.*--out"):
        Bank(tmp_path / "bank", Composite())


def test_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "thesis.docx").write_text("")
    with pytest.raises(BankError, match="--out"):
        Bank(tmp_path / "bank", Composite())
    assert (tmp_path / "bank" / "thesis.docx").exists()


def test_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "bank").write_text("a file")
    with pytest.raises(BankError, match="bank"):
        Bank(tmp_path / "bank", Composite())


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "No space"), (errno.EACCES, "permissions"), (errno.EROFS, "another folder")],
)
def test_write_that_fails_leaves_no_trace(tmp_path, monkeypatch, number, word):
    toy = Composite()
    bank = Bank(tmp_path / "bank", toy)
    bank.run(blocks_of(toy, BLOCK), "runs")

    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(banks.np, "savez", fail)
    with pytest.raises(BankError, match=word):
        bank.run(blocks_of(toy, 2 * BLOCK), "runs")
    monkeypatch.undo()
    assert [p.suffix for p in bank.shards.iterdir() if p.is_file()] == [".npz"]
    bank.run(blocks_of(toy, 2 * BLOCK), "runs")
    assert toy.made == 3 * BLOCK, "the lost block, and only it, was run again"


def test_simulator_that_returns_the_wrong_shape_is_named(tmp_path):
    toy = Composite()
    toy.run = lambda kind, u, seeds: np.zeros((len(u), 2))
    with pytest.raises(BankError, match=KIND):
        Bank(tmp_path / "bank", toy).run(blocks_of(toy), "runs")


def test_workers_change_nothing(tmp_path):
    toy = Composite()
    one = Bank(tmp_path / "one", toy)
    two = Bank(tmp_path / "two", toy)
    a = one.run(blocks_of(toy), "runs", workers=1)
    b = two.run(blocks_of(toy), "runs", workers=2)
    for x, y in zip(a, b):
        np.testing.assert_array_equal(x, y)
    assert one.digest() == two.digest()
    names = [sorted(p.name for p in bank.shards.iterdir()) for bank in (one, two)]
    assert names[0] == names[1]
    assert json.loads((tmp_path / "one" / "bank.json").read_text())["format"] == "thirtyseven bank"


def test_blocks_are_cut_in_order():
    u = np.random.default_rng(1).random((2 * BLOCK + 22, 3))
    seeds = np.arange(2 * BLOCK + 22, dtype=np.uint64)
    blocks = cut("plan/strict", "prior", u, seeds)
    np.testing.assert_array_equal(np.concatenate([b.u for b in blocks]), u)
    assert len({b.name("digest") for b in blocks}) == 3
    assert blocks[0].name("digest") != blocks[0].name("other")
