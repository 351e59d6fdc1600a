"""A sheet for class: headings, paragraphs, lists, tables and lines to write on, the same for screen, print and Word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Remove what no page can hold: control characters, direction overrides, halves of characters.

    Args:
        text: any text, of the record or of a reader.

    Returns:
        The text in normal form C, with single spaces instead of tabs and line breaks.
    """
    return re.sub(r"\s+", " ", _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))).strip()


@dataclass(frozen=True)
class Run:
    """A stretch of text with one role.

    Attributes:
        text: what it says.
        role: "" for running text, `strong`, `quiet` (ids, verdicts, sources), `em` or `ru` (Russian).
    """

    text: str
    role: str = ""


Text = tuple[Run, ...]


def say(*parts: str | Run) -> Text:
    """Put stretches together; plain strings are running text, empty ones are left out."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(Run(re.sub(r"[ \t\r\n]+", " ", _UNPRINTABLE.sub("", run.text)), run.role) for run in runs if run.text)


def strong(text: str) -> Run:
    """Text that carries the sentence."""
    return Run(text, "strong")


def quiet(text: str) -> Run:
    """Text for those who want to look further: ids, verdicts, numbers of sources."""
    return Run(text, "quiet")


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        items: its paragraphs.
        bullets: show them as a list.
        lines: lines to write on, below the paragraphs.
    """

    items: tuple[Text, ...] = ()
    bullets: bool = False
    lines: int = 0


def cell(*parts: str | Run) -> Cell:
    """A cell with one paragraph."""
    text = say(*parts)
    return Cell((text,) if text else ())


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 for a part, 3 for a section."""

    text: str
    level: int = 2
    new_page: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; role `lede`, `note`, `small` or ""."""

    text: Text
    role: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; the items may be nested one step by pairs (text, sub-items)."""

    items: tuple[tuple[Text, tuple[Text, ...]], ...]
    ordered: bool = False
    role: str = ""


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        caption: what it shows; read aloud and printed above it.
        head: headings of the columns.
        rows: rows of cells; the first cell of each names the row.
        widths: share of the width of each column, in per cent.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", clean(self.caption))
        object.__setattr__(self, "head", tuple(clean(one) for one in self.head))


@dataclass(frozen=True)
class Lines:
    """Lines to write on."""

    count: int


Block = Heading | Paragraph | Listing | Grid | Lines


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        title: its heading.
        lede: one or two sentences on what it is.
        blocks: what stands on it, in order.
        landscape: A4 across.
        foot: version and digest, printed at the foot of each page.
        small: print in smaller type, for dense outlines.
    """

    title: str
    lede: str
    blocks: tuple[Block, ...]
    foot: str
    landscape: bool = False
    small: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title))
        object.__setattr__(self, "lede", clean(self.lede))


def paragraph(*parts: str | Run, role: str = "") -> Paragraph:
    """A paragraph of several stretches."""
    return Paragraph(say(*parts), role)


def listing(items: Iterable[Text], ordered: bool = False, role: str = "") -> Listing:
    """A list without nesting."""
    return Listing(tuple((item, ()) for item in items), ordered, role)


def flat(text: Text) -> str:
    """The text without roles."""
    return "".join(run.text for run in text)
