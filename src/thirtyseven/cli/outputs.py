"""What the commands write: whole or not at all, and refused before the work rather than after it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputError(ValueError):
    """A place that cannot be written, with the way out."""


def open_folder(folder: Path) -> Path:
    """Make a folder where it is absent and see that it can be written.

    Raises:
        OutputError: it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise OutputError(f"The folder {folder} cannot be written ({_reason(fault)}); choose another one.") from None
    return folder


def expect_file(path: Path) -> Path:
    """See that a file can be written there.

    Raises:
        OutputError: it cannot.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file.")
    if not path.parent.is_dir():
        raise OutputError(f"{path} cannot be written: there is no folder {path.parent}; make it first.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{path} cannot be written; choose another place or change its permissions.")
    return path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place to write to, which becomes `path` when all is written; whatever stood there stays till then.

    Raises:
        OutputError: it cannot be written.
    """
    writing = path.with_name(f"{path.name}.writing") if not path.exists() or path.is_file() else path
    try:
        yield writing
        if writing != path:
            writing.replace(path)
    except OSError as fault:
        raise OutputError(
            f"{path} cannot be written ({_reason(fault)}); what stood there before is untouched."
        ) from None
    finally:
        if writing != path:
            writing.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Write a text, whole or not at all."""
    with whole(path) as writing:
        writing.write_text(text, encoding="utf-8")


def _reason(fault: OSError) -> str:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "no space left on the disk"
    return (fault.strerror or type(fault).__name__).lower()
