"""Tables of statistics on disk: what `run --statistics` writes and `weigh --observed` reads."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.summaries.archive import reflected
from thirtyseven.summaries.statistics import STATISTICS

Floats = NDArray[np.float64]
COLUMNS = ("id", "phase", "value", "sd", "scale", "title")


class StatisticsError(ValueError):
    """A table of statistics that cannot be read, with file, line and the way out."""


def with_archive_error(values: Floats, seed: int) -> Floats:
    """Return what an archive would have kept of a simulated past: each value with its keyed error, (S,).

    A share with its error is still a share: see `thirtyseven.summaries.archive.reflected`.
    """
    u = draws.uniforms(np.array([seed], np.uint64), draws.PURPOSES["coverage"], np.arange(len(STATISTICS)), 0)[0]
    sd = np.array([item.sd for item in STATISTICS])
    low, high = np.array([item.range for item in STATISTICS]).T
    return reflected(values + sd * draws.normals(u), low, high)


def write_table(values: Floats, path: Path) -> None:
    """Write one row a statistic.

    Args:
        values: (S,) on the transformed scale; NaN is written as an empty cell.
        path: file to write.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item, value in zip(STATISTICS, values, strict=True):
        cell = "" if np.isnan(value) else repr(round(float(value), 6))
        writer.writerow([item.id, item.phase, cell, item.sd, item.scale, item.title])
    path.write_text(text.getvalue(), encoding="utf-8")


def read_table(path: Path) -> Floats:
    """Return the statistics of a file in the order of `STATISTICS`, NaN where it has none.

    Raises:
        StatisticsError: if the file is not such a table.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except FileNotFoundError:
        raise StatisticsError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise StatisticsError(f"{path}: this is a folder; give a table of statistics.") from None
    except (UnicodeDecodeError, csv.Error, OSError) as fault:
        raise StatisticsError(
            f"{path}: this cannot be read as a CSV table in UTF-8 ({fault.__class__.__name__})."
        ) from None
    if not rows or not {"id", "value"} <= set(rows[0]):
        raise StatisticsError(f"{path}:1: a table of statistics needs the columns id and value; "
                              "`thirtyseven run --statistics FILE` writes one.")  # fmt: skip
    known = {item.id: i for i, item in enumerate(STATISTICS)}
    values = np.full(len(STATISTICS), np.nan)
    for line, row in enumerate(rows, start=2):
        name, cell = row["id"], (row["value"] or "").strip()
        if name not in known:
            near = difflib.get_close_matches(name or "", known, n=1)
            hint = f"perhaps '{near[0]}' is meant" if near else "`thirtyseven run --statistics FILE` writes all known ones"
            raise StatisticsError(f"{path}:{line}: there is no statistic {name!r}; {hint}.")
        if not np.isnan(values[known[name]]):
            raise StatisticsError(f"{path}:{line}: the statistic '{name}' stands there twice.")
        try:
            values[known[name]] = float(cell) if cell else np.nan
        except ValueError:
            raise StatisticsError(f"{path}:{line}: '{cell}' is not a number.") from None
    if np.isinf(values).any():
        raise StatisticsError(f"{path}: a value is infinite; every value must be a finite number or empty.")
    if np.isnan(values).all():
        raise StatisticsError(f"{path}: no statistic has a value.")
    return values
