"""All runs that a weighing left in its bank, read back without asking for more."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from thirtyseven.inference.finished import Finished, UnfinishedError
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.simulator import Floats


@dataclass(frozen=True)
class Kept:
    """Runs of one kind: points (n, P), statistics (n, S) without archive error, and which are plain prior draws (n,)."""

    u: Floats
    x: Floats
    prior: np.ndarray


def kept_runs(finished: Finished, institutions: Institutions) -> dict[str, Kept]:
    """Runs of every kind in the bank, fresh seeds of posterior points left out; in the order of their names.

    The bank of the present core is read where there is one, else the only one that there is: its runs and the weighing
    that they led to belong together, whatever has become of the core since.

    Raises:
        UnfinishedError: there is no bank, more than one of which none is the core's, or a shard is damaged.
    """
    bank = finished.folder / "bank"
    own = bank / institutions.digest[:16]
    folders = [f for f in sorted(bank.glob("*")) if f.is_dir()] if bank.is_dir() else []
    if not own.is_dir() and len(folders) != 1:
        raise UnfinishedError(f"The bank of the weighing in {finished.folder} is not there; run `thirtyseven weigh --out "
                              f"{finished.folder}` again.")  # fmt: skip
    folder = own if own.is_dir() else folders[0]
    found: dict[str, list[tuple[Floats, Floats, bool]]] = {}
    for path in sorted(folder.glob("*_*_*.npz")):
        kind, wave, _ = path.name.rsplit("_", 2)
        if wave != "prior" and not wave.startswith("wave"):
            continue
        found.setdefault(kind.replace(".", "/"), []).append((*_shard(path), wave == "prior"))
    kinds = [k for k in institutions.kinds if k in found]
    if not kinds:
        raise UnfinishedError(f"The bank in {folder} holds no runs; run `thirtyseven weigh --out {finished.folder}` again.")
    return {k: Kept(np.concatenate([u for u, _, _ in found[k]]), np.concatenate([x for _, x, _ in found[k]]),
                    np.concatenate([np.full(len(u), p) for u, _, p in found[k]])) for k in kinds}  # fmt: skip


def _shard(path: Path) -> tuple[Floats, Floats]:
    try:
        with np.load(path, allow_pickle=False) as shard:
            return np.asarray(shard["u"], np.float64), np.asarray(shard["x"], np.float64)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UnfinishedError(f"The shard {path} cannot be read ({error}); run `thirtyseven weigh` again.") from None
