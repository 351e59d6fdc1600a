"""Where compiled code is kept: the one door to numba.

numba keeps what it compiled beside the source if it may write there. This module chooses the folder itself, for two
reasons. An installed package often cannot be written, and numba then stops with a message about locators. And numba
looks only at the file that a function stands in: after a change in `draws.py` it would go on using the old draws inside
`kernels.step`. So the folder carries a digest of all sources that are compiled together.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numba

njit = functools.partial(numba.njit, error_model="numpy")
"""As NumPy divides: the model divides by nothing that can be zero, and asking each time took a tenth of a run."""

_PACKAGE = Path(__file__).parent
_TOGETHER = ("draws.py", "society", "simulation")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What an operating system says where a disk, a quota or a limit on files is full."""
_log = logging.getLogger(__name__)


class CacheError(ValueError):
    """No folder at all can be written, not even for the length of a run."""


@functools.cache
def folder() -> Path:
    """Return the folder of compiled code, made if absent.

    Tried in turn: `NUMBA_CACHE_DIR` where it is set, the package's own folder, the user's cache, and a temporary folder;
    the last is said, since the code is then compiled again at every start.

    Raises:
        CacheError: none of them can be written.
    """
    name = f"compiled-{_digest()}"
    for base in _bases():
        if _writable(base / name):
            return base / name
    try:
        made = Path(tempfile.mkdtemp(prefix="thirtyseven-"))
    except OSError:
        raise CacheError(
            "No folder can be written to keep compiled code; set NUMBA_CACHE_DIR to one that can, or make room on the disk."
        ) from None
    _log.warning(
        "Compiled code cannot be kept here and is made again at every start; set NUMBA_CACHE_DIR to a folder that can be written."
    )
    return made


def waiting() -> bool:
    """Return whether the weekly step has yet to be compiled for this machine."""
    return not _ready(folder())


def _ready(path: Path) -> bool:
    return next(path.rglob("kernels.step-*.nbc"), None) is not None


def _bases() -> Iterator[Path]:
    said = os.environ.get("NUMBA_CACHE_DIR", "")
    if said:
        yield Path(said)
        return
    yield _PACKAGE / "__pycache__"
    if sys.platform == "darwin":
        homes = [("HOME", "Library/Caches")]
    elif sys.platform == "win32":
        homes = [("LOCALAPPDATA", ".")]
    else:
        homes = [("XDG_CACHE_HOME", "."), ("HOME", ".cache")]
    for variable, inside in homes:
        if os.environ.get(variable):
            yield Path(os.environ[variable]) / inside / "thirtyseven"


def _writable(path: Path) -> bool:
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"\0" * 4096)
    except OSError as fault:  # on a full disk, what lies there ready can still be read
        return fault.errno in FULL and _ready(path)
    return True


def _digest() -> str:
    sha = hashlib.sha256(numba.__version__.encode())
    for name in _TOGETHER:
        start = _PACKAGE / name
        for path in sorted(start.rglob("*.py")) if start.is_dir() else [start]:
            source = path.read_bytes()
            if b"@njit" in source:
                sha.update(source)
    return sha.hexdigest()[:12]


numba.config.CACHE_DIR = str(folder())  # type: ignore[attr-defined]
