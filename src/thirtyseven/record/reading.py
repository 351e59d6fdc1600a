"""Reading the record's plain files while remembering where everything stands.

Readers never raise for bad content: they add faults to a list and return what is sound, so that one pass over
the folder finds everything.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from thirtyseven.record.faults import Fault

MAX_BYTES = 20_000_000
"""No file of the record is near this size; a larger one is not the record's."""


@dataclass(slots=True)
class Folder:
    """A record folder while it is being read: its files' bytes and the faults found so far."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def fault(self, file: str, line: int, column: int, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(file, line, column, message))

    def text(self, name: str) -> str | None:
        """Return a file's text, or None with a fault where it cannot be read as UTF-8."""
        try:
            path = self.root / name
            if path.stat().st_size > MAX_BYTES:
                self.fault(name, 1, 1, "the file is larger than 20 MB; this is not a file of the record")
                return None
            raw = path.read_bytes()
        except OSError as error:
            self.fault(
                name,
                1,
                1,
                f"the file cannot be read ({error.strerror}); check that it exists and may be read",
            )
            return None
        self.contents[name] = raw
        return self._decode(name, raw)

    def _decode(self, name: str, raw: bytes) -> str | None:
        """Decode UTF-8 strictly and say where it fails."""
        if raw.startswith(b"\xef\xbb\xbf"):
            self.fault(name, 1, 1, "the file begins with a byte-order mark; save it as UTF-8 without BOM")
            raw = raw[3:]
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            self.fault(name, line, column, "the file is not UTF-8 here; save it with the encoding UTF-8")
            return None
        if "\0" in text:
            at = text.index("\0")
            self.fault(name, text.count("\n", 0, at) + 1, 1, "the file holds binary data; the record is plain text")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands, worked out only when a fault needs it."""

    sheet: Sheet
    row: int
    index: int

    def place(self) -> tuple[int, int]:
        """Return line and column, counted from 1."""
        return self.sheet.place(self.row, self.index)


@dataclass(slots=True)
class Sheet:
    """A CSV file: header, rows, and the line on which each row begins."""

    name: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    source: list[str]

    def place(self, row: int, index: int) -> tuple[int, int]:
        """Return the line and column at which cell `index` of row `row` begins (row -1 is the header)."""
        line = 1 if row < 0 else self.lines[row]
        column, seen, quoted = 1, 0, False
        while seen < index and line <= len(self.source):
            text = self.source[line - 1]
            for position, character in enumerate(text):
                if character == '"':
                    quoted = not quoted
                elif character == "," and not quoted:
                    seen += 1
                    if seen == index:
                        return line, position + 2
            if not quoted:
                break
            line += 1
        return line, column


def read_sheet(folder: Folder, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Sheet | None:
    """Read a CSV file and check its header and the width of its rows.

    Args:
        folder: the record folder.
        name: path inside it.
        required: columns that must be there.
        optional: columns that may be there; any other is a fault.

    Returns:
        The sheet with the rows of the right width, or None where nothing can be used.
    """
    text = folder.text(name)
    if text is None:
        return None
    source = text.split("\n")
    reader = csv.reader((line + "\n" for line in source), strict=True)
    sheet = Sheet(name, [], [], [], source)
    start = 1
    try:
        for cells in reader:
            if not sheet.header:
                sheet.header = cells
            elif cells:
                sheet.rows.append(cells)
                sheet.lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        folder.fault(name, start, 1, f"the row is not well-formed CSV ({error}); check its quotation marks")
    if not _header_is_sound(folder, sheet, required, optional):
        return None
    _keep_full_rows(folder, sheet)
    return sheet


def _header_is_sound(folder: Folder, sheet: Sheet, required: tuple[str, ...], optional: tuple[str, ...]) -> bool:
    """Check the header; a missing column makes the sheet unusable."""
    if not sheet.header:
        folder.fault(sheet.name, 1, 1, f"the file is empty; its first line must be: {','.join(required)}")
        return False
    missing = [one for one in required if one not in sheet.header]
    for one in missing:
        folder.fault(sheet.name, 1, 1, f"the column '{one}' is missing from the header; add it")
    for index, one in enumerate(sheet.header):
        if one not in required and one not in optional:
            known = ", ".join(required + optional)
            folder.fault(sheet.name, *sheet.place(-1, index), f"the column '{one}' is unknown; columns are: {known}")
        elif one in sheet.header[:index]:
            folder.fault(sheet.name, *sheet.place(-1, index), f"the column '{one}' stands twice; remove one")
    return not missing


def _keep_full_rows(folder: Folder, sheet: Sheet) -> None:
    """Drop rows of the wrong width after noting them."""
    width = len(sheet.header)
    kept = [index for index, cells in enumerate(sheet.rows) if len(cells) == width]
    for index, cells in enumerate(sheet.rows):
        if len(cells) != width:
            folder.fault(
                sheet.name,
                sheet.lines[index],
                1,
                f"the row has {len(cells)} cells, the header {width}; quote cells that contain commas",
            )
    sheet.rows = [sheet.rows[index] for index in kept]
    sheet.lines = [sheet.lines[index] for index in kept]


@dataclass(slots=True)
class Document:
    """A TOML or JSON file, with a way back from a key to its place."""

    name: str
    text: str
    data: Any

    def place(self, key: str = "", anchor: str = "") -> tuple[int, int]:
        """Return the place of `key` after `anchor`, or of the anchor, or the beginning.

        Args:
            key: a key of the file.
            anchor: a value that stands in quotation marks before it, usually the id of the entry.
        """
        start = 0
        if anchor:
            found = re.search(rf"""["']{re.escape(anchor)}["']""", self.text)
            start = self.text.rfind("\n", 0, found.start()) + 1 if found else 0
        at = start
        if key:
            form = rf'(?:^\s*|[{{,]\s*)(?P<key>\[*"?{re.escape(key)}"?)\s*[\]=:]'
            match = re.compile(form, re.M).search(self.text, start)
            at = match.start("key") if match else start
        while at < len(self.text) and self.text[at] in " \t\n":
            at += 1
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


def read_toml(folder: Folder, name: str) -> Document | None:
    """Read a TOML file, or note where it is malformed and return None."""
    text = folder.text(name)
    if text is None:
        return None
    try:
        return Document(name, text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (max(text.count("\n"), 1), 1)
        reason = re.sub(r" \(at .*\)$", "", str(error))
        folder.fault(name, line, column, f"the file is not well-formed TOML ({reason}); mend this line")
        return None


def read_json(folder: Folder, name: str) -> Document | None:
    """Read a JSON file, or note where it is malformed and return None."""
    text = folder.text(name)
    if text is None:
        return None
    try:
        return Document(name, text, json.loads(text))
    except json.JSONDecodeError as error:
        folder.fault(
            name,
            error.lineno,
            error.colno,
            f"the file is not well-formed JSON ({error.msg}); mend this place",
        )
        return None
    except RecursionError:
        folder.fault(name, 1, 1, "the file is nested too deeply to be a list of sources")
        return None
