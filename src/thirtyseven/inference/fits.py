"""Fits kept beside the bank, so that an interrupted weighing goes on where it was.

A fit is a function of arrays that returns arrays; its file is named by the digest of the arguments
and of this package's code.
"""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Progress, _refuse, in_parallel, write_arrays
from thirtyseven.inference.seeds import digest, own_code

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Fit:
    """One fit to be made: a name for its file, a module-level function, its arguments."""

    name: str
    function: Callable[..., Arrays]
    arguments: tuple[Any, ...]


class Fits:
    """The fits in one folder.

    Args:
        folder: made if absent.
        workers: processes.
        progress: told how far a stage is.
    """

    def __init__(self, folder: Path, workers: int, progress: Progress | None) -> None:
        self.folder, self.workers, self.progress = folder, workers, progress
        self._code = own_code()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _refuse(folder, error)

    def make(self, stage: str, fits: Sequence[Fit]) -> list[Arrays]:
        """Results in order; read where they are on disk and sound, made otherwise."""
        paths = [
            self.folder / f"{f.name.replace('/', '.')}_{digest(self._code, f.name, f.arguments)}.npz"
            for f in fits
        ]
        found = [_read(path) for path in paths]
        missing = [i for i, arrays in enumerate(found) if arrays is None]
        done = len(fits) - len(missing)
        self._tell(stage, done, len(fits))
        jobs = [(_make, (fits[i].function, fits[i].arguments, paths[i])) for i in missing]
        for i, arrays in zip(missing, in_parallel(jobs, self.workers)):
            found[i] = arrays
            done += 1
            self._tell(stage, done, len(fits))
        return [arrays for arrays in found if arrays is not None]

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.progress:
            self.progress(stage, done, total)


def _make(function: Callable[..., Arrays], arguments: tuple[Any, ...], path: Path) -> Arrays:
    arrays = {name: np.asarray(value) for name, value in function(*arguments).items()}
    write_arrays(path, dict(arrays))
    return arrays


def _read(path: Path) -> Arrays | None:
    """The fit's arrays; None where absent or damaged (it is then made again over the old file)."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
