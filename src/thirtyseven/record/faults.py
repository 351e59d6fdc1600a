"""Faults of a record folder: each names the place and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a data file.

    Attributes:
        file: path of the file, relative to the record's folder.
        line: line in the file, counted from 1.
        column: character in that line, counted from 1.
        message: what is wrong and how to mend it, one sentence.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class RecordError(ValueError):
    """The record cannot be used as it stands; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"The record has {head}:\n{lines}")
