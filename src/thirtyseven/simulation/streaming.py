"""A run of everybody written to a Parquet file while it is lived, in memory that does not grow with the events.

Weeks are collected into pieces of some hundred thousand events, each written beside the file; at the end the pieces become
one file, one row group each, which carries where it comes from. Until then nothing stands under the file's own name.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import thirtyseven
from thirtyseven.simulation.events import Digest, Log, frame_of
from thirtyseven.simulation.everybody import Life
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.society import calendar
from thirtyseven.society.people import Society

ROWS = 250_000
"""Events of a row group, at least; a week is never divided."""
KEY = "thirtyseven"
"""Name of the file's metadata."""


def stream(
    outcome: Outcome,
    society: Society,
    seed: int,
    path: Path | None = None,
    provenance: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Live a run of everybody and write its events.

    Args:
        outcome: one run, week by week; society: everybody; seed: of the run; as for `everybody`.
        path: the file; whatever stood there is replaced when all is written. None: the events are only counted.
        provenance: what re-creates the run; written into the file.
        progress: called after each week with its number and the events so far.
        stop: asked after each week; the file ends there and says `partial`.

    Returns:
        The file's metadata: the provenance, `events`, `digest`, `partial`, `from` and `until` (first and last Monday).

    Raises:
        ValueError: see `Life`.
        OSError: the file cannot be written; nothing of it is left.
    """
    known = dict(provenance or {})
    if path is None:
        return known | _live(outcome, society, seed, None, progress, stop)
    folder = Path(tempfile.mkdtemp(prefix=f"{path.name}.", suffix=".writing", dir=path.parent))
    try:
        said = known | _live(outcome, society, seed, folder, progress, stop)
        writing = folder / "whole.parquet"
        _join(folder, writing, said)
        writing.replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return said


def metadata(path: Path) -> dict[str, Any]:
    """What a file of events says of where it comes from.

    Raises:
        ValueError: it is no such file.
    """
    try:
        found: dict[str, Any] = json.loads(pl.read_parquet_metadata(path)[KEY])
    except (pl.exceptions.PolarsError, KeyError, ValueError):
        raise ValueError(f"{path} is no file of events that `thirtyseven run --events` wrote; write it again.") from None
    return found


def _live(outcome: Outcome, society: Society, seed: int, folder: Path | None, progress: Callable[[int, int], None] | None,
          stop: Callable[[], bool] | None) -> dict[str, Any]:  # fmt: skip
    life = Life(outcome, society, seed, streamed=True)
    digest = Digest(society.regions, society.people, life.held)
    buffer, row, written, pieces, lived = np.zeros((3, ROWS + life.widest), np.int32), 0, 0, 0, life.weeks.start
    for week in life.weeks:
        end = life.live(week, buffer, row)
        digest.add(buffer[:, row:end])
        row, lived = end, week + 1
        if row >= ROWS:
            _piece(folder, pieces, buffer[:, :row], society.regions)
            written, pieces, row = written + row, pieces + 1, 0
        if progress is not None:
            progress(week, written + row)
        if stop is not None and stop():
            break
    _piece(folder, pieces, buffer[:, :row], society.regions)
    return {
        "version": thirtyseven.__version__, "events": written + row, "digest": str(digest),
        "partial": lived < life.weeks.stop, "from": calendar.monday_of(life.weeks.start).isoformat(),
        "until": calendar.monday_of(max(lived - 1, life.weeks.start)).isoformat(),
    }  # fmt: skip


def _piece(folder: Path | None, number: int, log: Log, regions: tuple[str, ...]) -> None:
    if folder is None:
        return
    frame = frame_of(log, regions)
    _faults(lambda: frame.write_parquet(folder / f"{number:05d}.parquet", compression="lz4"))


def _join(folder: Path, target: Path, said: Mapping[str, Any]) -> None:
    pieces = pl.scan_parquet(sorted(folder.glob("[0-9]*.parquet")))
    kept = {KEY: json.dumps(said, ensure_ascii=False, sort_keys=True)}
    _faults(lambda: pieces.sink_parquet(target, compression="zstd", compression_level=1, row_group_size=ROWS, metadata=kept,
                                        engine="streaming"))  # fmt: skip


def _faults(work: Callable[[], Any]) -> None:
    """Let a full disk be an `OSError`, whatever the writer makes of it."""
    try:
        work()
    except pl.exceptions.PolarsError as fault:
        raise OSError(str(fault)) from None
