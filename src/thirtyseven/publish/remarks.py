"""Notes with remarks in the margin: one page, printable, everything from the notes escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from thirtyseven.publish.pages import environment
from thirtyseven.publish.tokens import css

_CLASSES = {"agrees": "agrees", "wrong": "wrong", "different definition": "different", "disputed": "disputed"}
_MARKS = {"agrees": "●", "wrong": "✕", "different definition": "▮▯", "disputed": "◐"}


class NoteLine(Protocol):
    """A line of the notes as the reader gives it."""

    @property
    def text(self) -> str:
        """The line as written."""

    @property
    def number(self) -> int:
        """Its number in the file, from 1."""


class NoteRemark(Protocol):
    """A remark of the checker, as far as the page shows it."""

    @property
    def line(self) -> int:
        """As in the checker's remark."""
        ...

    @property
    def column(self) -> int:
        """As in the checker's remark."""
        ...

    @property
    def verdict(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def quote(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def best(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def counts(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def why(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def source(self) -> str:
        """As in the checker's remark."""
        ...

    @property
    def wording(self) -> str:
        """As in the checker's remark."""
        ...


@dataclass(frozen=True)
class _Row:
    number: int
    text: str
    remarks: list[NoteRemark]


def remarks_page(files: Sequence[tuple[str, Sequence[NoteLine], Sequence[NoteRemark]]]) -> str:
    """The notes with marginal remarks as one HTML page without script or remote asset.

    Args:
        files: name, lines and remarks of each file.

    Returns:
        The page; all text that comes from the notes is escaped.
    """
    shown = []
    for name, lines, remarks in files:
        by_line: dict[int, list[NoteRemark]] = {}
        for remark in remarks:
            by_line.setdefault(remark.line, []).append(remark)
        rows, seen = [], set()
        for line in lines:
            if line.number in seen and not line.text.strip():
                continue
            fresh = line.number not in seen
            seen.add(line.number)
            rows.append(_Row(line.number, line.text.expandtabs(4), by_line.get(line.number, []) if fresh else []))
        counts = [(word, sum(1 for one in remarks if one.verdict == word)) for word in _CLASSES]
        shown.append({"name": name, "rows": rows, "counts": [(word, number) for word, number in counts if number]})
    return environment().get_template("remarks.html").render(files=shown, classes=_CLASSES, marks=_MARKS, tokens=css())
