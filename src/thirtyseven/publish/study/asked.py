"""The choices behind the sheets: which claims go where, kept as small data files that name ids of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from thirtyseven.publish.study.citing import StudyError
from thirtyseven.record import Record

FOLDER = Path(__file__).parent / "data"


@cache
def choices(name: str) -> Mapping[str, Any]:
    """Read one file of choices.

    Args:
        name: the file's name without ending, such as `consequences`.

    Returns:
        Its tables as plain values.
    """
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomli.load(file)


def known(record: Record, idents: Iterable[str], need: bool = True) -> list[str]:
    """Keep the claims that the record has.

    Args:
        record: the record.
        idents: ids of claims.
        need: whether at least one must be there.

    Raises:
        StudyError: where one is needed and none is there.
    """
    wanted = list(idents)
    found = [ident for ident in wanted if ident in record.claims]
    if need and wanted and not found:
        raise StudyError(
            f"this record has none of the claims {', '.join(wanted)}; use the record that comes with the program"
        )
    return found
