"""A figure: finding, definition, status, picture, what is missing, the numbers, source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True)
class Table:
    """The numbers behind a picture, as they are printed.

    Attributes:
        caption: what the table holds, with unit.
        head: column heads; the first column holds row heads.
        rows: cells as text.
        notes: columns (by index) that hold prose and may wrap.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(
                    f"table '{self.caption}': a row of {len(row)} cells under {len(self.head)} heads"
                )


@dataclass(frozen=True)
class Key:
    """One entry of a figure's key: a small drawing and its word."""

    drawing: Markup
    word: str


@dataclass(frozen=True)
class Figure:
    """Everything that a figure shows and says.

    Attributes:
        id: anchor, unique on the page.
        finding: a sentence that stays true without the picture.
        definition: what is counted, where, when, unit.
        keys: at most four direct labels of marks, with status words.
        body: the picture.
        tables: its numbers.
        source: where the numbers come from and how they came to be.
        missing: what is not in the picture, "" if nothing.
        after: short sentences printed under the picture.
    """

    id: str
    finding: str
    definition: str
    body: Markup
    tables: tuple[Table, ...]
    source: str
    keys: tuple[Key, ...] = ()
    missing: str = ""
    after: tuple[str, ...] = field(default_factory=tuple)


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[int] = ()
) -> Table:
    """A table from any sequences."""
    return Table(caption, tuple(head), tuple(tuple(r) for r in rows), frozenset(notes))
