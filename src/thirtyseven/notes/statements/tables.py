"""Reads tables: each cell with its row's first cell, its column's head, the caption above and the unit that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.text import Origin, Statement, tokens_of
from thirtyseven.notes.statements.answers import answered, completed, plainly, pursued
from thirtyseven.notes.statements.counts import joined, outside
from thirtyseven.notes.statements.marks import mark_at_start

CAPTION = 140
"""Characters of the longest line above a table that is taken for its caption."""

_MARKUP = re.compile(r"[*_`]")
_UNITS = (
    (re.compile(r"\(?\b(?:in\s+)?(?:thousands?|ths|'?000s?)\b\)?", re.IGNORECASE), "thousand"),
    (re.compile(r"\((?:m|mln|million|mio)\.?\s*(?:t|tons|tonnes)\)", re.IGNORECASE), "million tons"),
    (re.compile(r"\((?:in\s+)?(?:millions?|mln|mio|m|mn)\)|\bin millions\b|\bmillions\b", re.IGNORECASE), "million"),
    (re.compile(r"\((?:in\s+)?(?:%|per ?cent|percentage)\)|^%$|\bper ?cent\b|%", re.IGNORECASE), "per cent"),
)
_SEQUENCE = re.compile(
    r"\b(?:after|before|later|then|next|earlier|previously|followed|until|since|soon)\b", re.IGNORECASE
)
_BEGINS = frozenset({"from", "since", "start", "began", "in office from"})
_ENDS = frozenset({"to", "until", "till", "end", "ended"})
_IN_HEAD = re.compile(r"\s*\((?:in\s+)?(?:thousands?|ths|'?000s?)\)", re.IGNORECASE)
_KINDS = frozenset("trial operation congress order affair census plan plenum".split())
_COMMON = re.compile(
    r"\b(?:legends?|people (?:say|think|believe)|(?:is|was|often|you) (?:said|heard|hear)|rumou?rs?|misconception)"
)
_KNOWN = re.compile(
    r"\b(?:facts?|know|known|truth|reality|really|in fact|actually|evidence|archives?|record|correct\w*)\b"
)
_ARRESTED = re.compile(r"[\s,(]*(?:arrested|died|shot|dismissed|removed)\)?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"^[~<>≈]?\s*(?:c\.?|ca\.?|about|over|nearly|around)?\s*\d[\d.,\u00a0 ]*$")


@dataclass
class Table:
    """A table while it is read: its head, the line that stands above it, and what its last row asked and said."""

    header: tuple[str, ...] = ()
    caption: str = ""
    open: bool = False
    context: tuple[str, ...] = field(default=())
    asked: str = ""
    said: str = ""

    def close(self) -> None:
        """Forget the table that has ended, and its caption."""
        if self.open:
            self.caption = ""
        self.header, self.open = (), False

    def row(
        self, number: int, column: int, text: str, cells: tuple[str, ...], context: tuple[str, ...], ruled: bool = False
    ) -> list[Statement]:
        """Statements of one row; a first row with a rule below it, or without numbers, is taken for the head.

        Args:
            number: the line's number.
            column: the line's first column.
            text: the line.
            cells: its cells.
            context: headings above the table.
            ruled: whether a rule stands below the line.
        """
        above = (*context, self.caption) if self.caption else context
        if self.open and len(cells) == len(self.header):
            if cells[0].endswith("?"):
                self.asked = pursued(cells[0], self.said) or completed(cells[0], self.asked)
                cells = (self.asked, *cells[1:])
            given = (number, column, text, cells, self.header, above)
            out = _spell(*given) or _marked(*given) or _row(*given)
            self.said = out[-1].text if out and out[-1].kind == "answer" else ""
            return out
        self.open = True
        filled = not ruled and any(any(mark.isdecimal() for mark in cell) for cell in cells)
        titled = len(cells) == 2 and not cells[1]
        out = _row(number, column, text, cells, (), above) if filled or (len(cells) == 2 and not ruled) else []
        self.header = ("",) * len(cells) if filled and not titled else cells
        return out


def cells_of(text: str) -> tuple[str, ...]:
    """Cells of a table row written with bars or tabs; empty if the line is none."""
    body = text.strip()
    if (body.startswith("|") and body.count("|") >= 2) or (body.count("|") >= 2 and " | " in body):
        return tuple(cell.strip() for cell in body.removeprefix("|").removesuffix("|").split("|"))
    if body.count("\t") >= 1 and len(body) < 400 and not text.startswith("\t"):
        cells = tuple(cell.strip() for cell in body.split("\t") if cell.strip())
        return cells if len(cells) > 1 else ()
    return ()


def _plain(text: str) -> str:
    return _MARKUP.sub("", text.lstrip("# ").strip()).strip(" :")


def _unit(cell: str, *heads: str) -> str:
    """The unit that a head or caption gives to a bare number ("" if none)."""
    bare = cell.strip()
    if not _NUMBER.match(bare):
        return ""
    digits = sum(mark.isdecimal() for mark in bare)
    for head in heads:
        for pattern, unit in _UNITS:
            if pattern.search(head):
                return "" if digits > 5 or (unit == "per cent" and digits > 4) else f" {unit}"
    return ""


def _bare_date(cell: str) -> bool:
    """Whether a cell holds a date or a span of years and nothing else."""
    tokens = tokens_of(cell)
    dated = {index for when in dates_of(tokens) for index in range(when.first, when.last + 1)}
    return bool(dated) and all(index in dated or token.kind == "mark" for index, token in enumerate(tokens))


def _period(cells: tuple[str, ...], head: str) -> str:
    """The year or years that a cell of their own gives to a row's number ("" if none, or if a head has them already)."""
    years = [cell.strip() for cell in cells[1:] if _bare_date(cell)]
    said = any(not when.yearless for when in dates_of(tokens_of(f"{cells[0]} ; {head}")))
    return years[0] if len(years) == 1 and not said else ""


def _label(cells: tuple[str, ...], index: int) -> str:
    """What is counted, where a row begins with its date ("1937 | people arrested | 936,750"); "" if no cell says it."""
    if index < 2 or not _bare_date(cells[0]):
        return ""
    told = [_plain(cell) for cell in cells[1:index] if re.search(r"[A-Za-z]{3}", cell) and not _bare_date(cell)]
    return told[-1] if told and len(told[-1]) < 90 else ""


def _aside(cells: tuple[str, ...], index: int) -> bool:
    """Whether the date at the row's head may be another's: a comment behind the event, or a cell that says before, after."""
    if index == 0 or not _bare_date(cells[0]):
        return False
    return index > 1 or bool(_SEQUENCE.search(cells[index])) or bool(dates_of(tokens_of(cells[index])))


def _spell(
    number: int, column: int, text: str, cells: tuple[str, ...], header: tuple[str, ...], context: tuple[str, ...]
) -> list[Statement]:
    """A row of a table of offices, with a column for the beginning and one for the end, as one sentence."""
    heads = [_plain(head).lower() for head in header]
    begin = next((index for index, head in enumerate(heads) if head in _BEGINS), None)
    end = next((index for index, head in enumerate(heads) if head in _ENDS), None)
    if begin is None or end is None:
        return []
    cells = tuple(_ARRESTED.sub("", cell) if index == end else cell for index, cell in enumerate(cells))
    if not (_bare_date(cells[begin]) and _bare_date(cells[end])):
        return []
    told = [_plain(cell) for index, cell in enumerate(cells) if index not in (begin, end) and cell.strip()]
    if len(told) != 2:
        return []
    name, post = told[0], told[1].replace(", ", " of ")
    if post in ("NKVD", "OGPU", "Gosplan", "Gulag", "Comintern", "Cheka", "Komsomol"):
        post = f"head of the {post}"
    said = f"{name} was {post} from {cells[begin]} to {cells[end]}"
    return [Statement(said, [Origin(0, number, column)], context, "", 0, "cell", whole=text.strip())]


def _marked(
    number: int, column: int, text: str, cells: tuple[str, ...], header: tuple[str, ...], context: tuple[str, ...]
) -> list[Statement]:
    """A row that marks its first cell true or false: the statement, and the mark with the reason behind it."""
    mark = next((index for index, cell in enumerate(cells[1:], 1) if (at := mark_at_start(cell)) and at.end), None)
    said = next((cell for cell in cells[: mark or 0] if len(cell.split()) > 2), "")
    if mark is None or not said:
        return []
    places = _places(column, text, cells)
    reason = "; ".join(cell for cell in cells[mark:] if cell)
    return [
        Statement(cell, [Origin(0, number, places[at])], context, "", 0, "cell")
        for cell, at in ((said, cells.index(said)), (reason, mark))
    ]


def _row(
    number: int, column: int, text: str, cells: tuple[str, ...], header: tuple[str, ...], context: tuple[str, ...]
) -> list[Statement]:
    out = []
    row = _Row(number, cells, header, context, [_plain(cell) for cell in cells], _places(column, text, cells))
    if outside(cells):
        return []
    counted = row.counted()
    for index in range(1 if len(cells) > 1 else 0, len(cells)):
        cell = _MARKUP.sub(" ", cells[index])
        if counted and index in counted[0]:
            out += [counted[1]] if index == counted[0][-1] else []
        elif any(mark.isalnum() for mark in cell):
            out.append(row.answer(index, cell) or row.cell(index, cell))
    named = row.named[0]
    if row.told:
        return out
    if len(named) > 40 or (len(named.split()) >= 4 and not named.endswith("?") and header):
        out.insert(0, Statement(named, [Origin(0, number, row.places[0])], context, "", 0, "cell"))
    return out


@dataclass(frozen=True)
class _Row:
    """A row while its cells are read: the line's number, the cells, heads and headings, the cells' plain words and places."""

    number: int
    cells: tuple[str, ...]
    header: tuple[str, ...]
    context: tuple[str, ...]
    named: list[str]
    places: list[int]

    @property
    def told(self) -> bool:
        """Whether the table sets what is commonly said against what is known."""
        return len(self.cells) == len(self.header) > 1 and _corrected(self.header)

    def counted(self) -> tuple[list[int], Statement] | None:
        """The row's number with whom it counts and what happened to them, and the columns that say it."""
        heads = tuple(_plain(self.header[at]) if at < len(self.header) else "" for at in range(len(self.cells)))
        one = None if self.told or self.named[0].endswith("?") else joined(tuple(self.named), heads)
        if one is None:
            return None
        made = Statement(one.said, [Origin(0, self.number, self.places[one.number])], self.context, "", 0, "cell")
        made.whole = " | ".join(cell for cell in self.named if cell)
        return sorted((one.fate, one.number)), made

    def head(self, index: int) -> str:
        """The head of a column, or the first column's if that tells what the table holds."""
        title = _plain(self.header[0]) if self.header else ""
        head = _plain(self.header[index]) if index < len(self.header) else ""
        return head or (title if len(title) > 12 else "")

    def above(self, index: int, cell: str, head: str) -> tuple[str, ...]:
        """What stands above a cell; the row's own words too, where they are not put in front of it."""
        given = self.context if self.short(index, cell) else (*self.context, head, self.named[0])
        return tuple(item for item in given if item)

    def short(self, index: int, cell: str) -> bool:
        """Whether a cell is read as one statement with the words at its row's beginning."""
        return len(cell) < 90 and index > 0 and not self.told

    def answer(self, index: int, cell: str) -> Statement | None:
        """The statement that a cell makes as the answer to the question at its row's beginning."""
        if not index or not self.named[0].endswith("?"):
            return None
        above, origin = self.above(index, cell, self.head(index)), self.places[index]
        forms = [
            Statement(
                one.text,
                [Origin(one.lead, self.number, origin)],
                above,
                "",
                one.lead,
                "answer",
                tail=one.tail,
                whole=cell,
            )
            for one in (plainly(self.named[0], cell.strip()), answered(self.named[0], cell.strip()))
            if one is not None
        ]
        if not forms:
            return None
        forms[0].spare = forms[-1] if len(forms) > 1 else None
        return forms[0]

    def cell(self, index: int, cell: str) -> Statement:
        """The statement that a cell makes with the words at its row's beginning, its head and its unit."""
        head = self.head(index)
        if unit := _unit(cell, head, self.named[0], *(self.context[-1:])):
            head = _IN_HEAD.sub("", head)
        lead = self.lead(index, cell, head) if self.short(index, cell) else ""
        origin = Origin(len(lead), self.number, self.places[index])
        made = Statement(lead + cell + unit, [origin], self.above(index, cell, head), "", len(lead), "cell")
        made.whole = cell if unit else ""
        made.aside = _aside(self.cells, index)
        return made

    def lead(self, index: int, cell: str, head: str) -> str:
        """What is put in front of a cell: the row's name, its year, the column's head."""
        named, title = self.named[0], _plain(self.header[0]) if self.header else ""
        worded = re.search(r"[A-Za-z]{3}", cell) is not None and not re.match(
            r"[\d.,\s]+(?:million|mln|thousand)\b", cell
        )
        lead = f"{named} , {head} : " if head and not worded else f"{named} : "
        counted = any(mark.isdecimal() for mark in cell) and not _bare_date(cell)
        if counted and (period := _period(self.cells, head)):
            lead = f"{named} , {period} , {head} : " if head and not worded else f"{named} , {period} : "
        if counted and not worded and (label := _label(self.cells, index)):
            return f"{label} , {lead}"
        if title.lower() in _KINDS and title.lower() not in named.lower() and len(named) < 25:
            return f"{named} {title}{lead[len(named) :]}"
        return lead


def _corrected(header: tuple[str, ...]) -> bool:
    """Whether a table sets what is commonly said, in its first column, against what is known."""
    heads = [_plain(head).lower() for head in header]
    return bool(_COMMON.search(heads[0])) and any(_KNOWN.search(head) for head in heads[1:])


def _places(column: int, text: str, cells: tuple[str, ...]) -> list[int]:
    places, at = [], 0
    for cell in cells:
        found = text.find(cell, at) if cell else at
        at = found + len(cell) if found >= 0 else at
        places.append(column + max(0, found))
    return places
