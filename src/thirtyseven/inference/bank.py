"""The bank: every run that was ever made, on disk, added to and never changed.

A shard holds one block of runs. Its name is a digest of everything its numbers depend on (the
simulator's digest, kind, points, seeds), so a run is made once: to resume is to skip what is there.
A shard is written under another name and then renamed; whatever interrupts the work, a shard is
either whole or absent.
"""

import errno
import json
import logging
import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import joblib
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from thirtyseven.inference.seeds import digest
from thirtyseven.inference.simulator import Floats, Simulator

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) as the work goes on."""

BLOCK = 128
"""Runs in a shard: about a second of work, all that an interruption can cost a worker."""

_FORMAT = {"format": "thirtyseven bank", "layout": 1}
_log = logging.getLogger(__name__)


class BankError(ValueError):
    """The bank cannot be used; the text names the file and the way out."""


@dataclass(frozen=True)
class Block:
    """A block of runs to be made: `u` (n, P) in the unit cube, `seeds` (n,)."""

    kind: str
    wave: str
    u: Floats
    seeds: NDArray[np.uint64]

    def name(self, simulator_digest: str) -> str:
        """File name of its shard; equal if and only if the runs are."""
        key = digest(simulator_digest, self.kind, self.u, self.seeds)
        return f"{self.kind.replace('/', '.')}_{self.wave}_{key}.npz"


def cut(kind: str, wave: str, u: Floats, seeds: NDArray[np.uint64]) -> list[Block]:
    """Blocks of at most `BLOCK` runs in the order given."""
    starts = range(0, len(u), BLOCK)
    return [Block(kind, wave, u[i : i + BLOCK], seeds[i : i + BLOCK]) for i in starts]


class Bank:
    """The bank in one folder, for one simulator.

    Args:
        folder: made if absent.
        simulator: its digest names the sub-folder, so that banks of different records and codes
            lie side by side.
        cluster: address of a Dask scheduler whose workers make what is missing; "" for this machine.

    Raises:
        BankError: the folder cannot be made or written, or is another program's.
    """

    def __init__(self, folder: Path, simulator: Simulator, cluster: str = "") -> None:
        self.folder = Path(folder)
        self.cluster = cluster
        self.simulator = simulator
        self._digest = simulator.digest
        self.shards = self.folder / self._digest[:16]
        self._used: dict[str, str] = {}
        _claim(self.folder)
        try:
            self.shards.mkdir(exist_ok=True)
            for left in self.shards.glob("*.writing"):  # of an interrupted write
                left.unlink()
        except OSError as error:
            _refuse(self.shards, error)

    def run(
        self, blocks: Sequence[Block], stage: str, workers: int = 1, progress: Progress | None = None
    ) -> list[Floats]:
        """Statistics (n, S) of every block, in order; made where the bank does not hold them yet.

        Raises:
            BankError: disk full, folder not writable, or a shard that stays unreadable.
        """
        paths = [self.shards / block.name(self._digest) for block in blocks]
        found = [self._read(path, block) for path, block in zip(paths, blocks)]
        missing = [i for i, x in enumerate(found) if x is None]
        done = len(blocks) - len(missing)
        if progress:
            progress(stage, done, len(blocks))
        for _ in self._filled([(blocks[i], paths[i]) for i in missing], workers):
            done += 1
            if progress:
                progress(stage, done, len(blocks))
        for i in missing:
            found[i] = self._read(paths[i], blocks[i])
        if any(x is None for x in found):
            raise BankError(f"A shard in {self.shards} cannot be read back; check the disk and try again.")
        result = [x for x in found if x is not None]
        self._used.update({path.name: digest(x) for path, x in zip(paths, result)})
        return result

    def _filled(self, missing: Sequence[tuple[Block, Path]], workers: int) -> Iterable[Any]:
        """Make and bank blocks, on the cluster where there is one; yields once a block."""
        if not self.cluster or not missing:
            yield from in_parallel([(_make, (self.simulator, *item)) for item in missing], workers)
            return
        from thirtyseven.inference.cluster import on_cluster

        for i, x in on_cluster(self.cluster, self.simulator, [(b.kind, b.u, b.seeds) for b, _ in missing]):
            _bank(self.simulator, *missing[i], x)
            yield i

    def digest(self) -> str:
        """Digest of all runs that this weighing asked for, whoever made them and when."""
        return digest(self._used)

    def _read(self, path: Path, block: Block) -> Floats | None:
        """The shard's statistics; None where it is absent or was set aside as damaged."""
        if not path.exists():
            return None
        fault = ""
        try:
            with np.load(path, allow_pickle=False) as shard:
                x = np.asarray(shard["x"], dtype=np.float64)
                whole = str(shard["check"]) == digest(x, shard["u"], shard["seeds"])
            if whole and x.shape == (len(block.u), len(self.simulator.statistics)):
                return x
            fault = "its numbers do not match its checksum"
        except PermissionError as error:
            _refuse(path, error)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            fault = str(error) or type(error).__name__
        aside = path.with_suffix(".damaged")
        try:
            path.replace(aside)
        except OSError as error:
            _refuse(path, error)
        _log.warning("Shard %s is damaged (%s); set aside as %s and run again.", path, fault, aside.name)
        return None


def in_parallel(jobs: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]], workers: int) -> Iterable[Any]:
    """Results of the jobs in order, on `workers` processes of one thread each.

    The linear algebra runs on one thread in either case: results must not depend on the machine's
    cores, and two cores shared by four threads are slower than by two.
    """
    if workers <= 1 or len(jobs) <= 1:
        with threadpool_limits(limits=1):
            for function, arguments in jobs:
                yield function(*arguments)
        return
    with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
        parallel = joblib.Parallel(n_jobs=min(workers, len(jobs)), return_as="generator", batch_size=1)
        yield from parallel(joblib.delayed(function)(*arguments) for function, arguments in jobs)


def write_arrays(path: Path, arrays: dict[str, Any]) -> None:
    """Write an npz so that it is whole or absent.

    Raises:
        BankError: no space, or not writable.
    """
    writing = path.with_name(f"{path.name}.{os.getpid()}.writing")
    try:
        with writing.open("wb") as file:
            np.savez(file, **arrays)
        writing.replace(path)
    except OSError as error:
        writing.unlink(missing_ok=True)
        _refuse(path, error)


def _make(simulator: Simulator, block: Block, path: Path) -> None:
    """Run a block and bank it; happens in a worker."""
    _bank(simulator, block, path, np.asarray(simulator.run(block.kind, block.u, block.seeds), dtype=np.float64))


def _bank(simulator: Simulator, block: Block, path: Path, x: Floats) -> None:
    """Write the shard of a block that was run."""
    expected = (len(block.u), len(simulator.statistics))
    if x.shape != expected:
        raise BankError(f"The simulator returned an array {x.shape} for {block.kind}, not {expected}.")
    check = digest(x, block.u, block.seeds)
    write_arrays(path, {"x": x, "u": block.u, "seeds": block.seeds, "check": np.array(check)})


def _claim(folder: Path) -> None:
    """Make the folder and mark it as ours; refuse another program's."""
    mark = folder / "bank.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if mark.exists():
            if json.loads(mark.read_text(encoding="utf-8")) != _FORMAT:
                raise ValueError
            return
        if any(folder.iterdir()):
            raise BankError(
                f"The folder {folder} holds files that are not a bank; choose another folder with --out."
            )
        mark.write_text(json.dumps(_FORMAT) + "\n", encoding="utf-8")
    except BankError:
        raise
    except OSError as error:
        _refuse(folder, error)
    except ValueError:
        raise BankError(
            f"The file {mark} is not of this program or another version wrote it; "
            "choose another folder with --out, or move that one away."
        ) from None


def _refuse(path: Path, error: OSError) -> NoReturn:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise BankError(
            f"No space is left to write {path}; free some and run the same command again: "
            "finished runs are kept."
        ) from None
    reason = error.strerror or type(error).__name__
    raise BankError(
        f"The bank {path} cannot be used ({reason}); choose another folder with --out "
        "or mend its permissions."
    ) from None
