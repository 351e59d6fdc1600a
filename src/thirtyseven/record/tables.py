"""Reading the tables: rows become frozen objects, links between tables are noted for later."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from thirtyseven.record import model
from thirtyseven.record.cells import Words, typed
from thirtyseven.record.columns import ID_EXAMPLE, ID_FORM, TABLES, Rule
from thirtyseven.record.reading import Document, Folder, Sheet, read_sheet

CLASSES: dict[str, Callable[..., Any]] = {
    "regions": model.Region,
    "figures": model.Figure,
    "events": model.Event,
    "actors": model.Actor,
    "offices": model.Office,
    "responsibility": model.Responsibility,
    "inventory": model.Item,
    "coverage": model.Coverage,
}


@dataclass(slots=True)
class Link:
    """A reference from one object to another, to be followed when everything has been read."""

    kind: str
    target: str
    name: str
    home: Sheet | Document
    row: int
    index: int
    anchor: str = ""

    def place(self) -> tuple[int, int]:
        """Line and column of the reference."""
        if isinstance(self.home, Sheet):
            return self.home.place(self.row, self.index)
        return self.home.place(self.name, self.anchor)


@dataclass(slots=True)
class Draft:
    """The record while it is being read.

    Attributes:
        folder: files and faults.
        words: vocabularies and territories.
        objects: table -> id -> object; `coverage` holds a list instead.
        places: (table, id) -> where it stands, for later checks.
        links: references to follow.
    """

    folder: Folder
    words: Words
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    coverage: list[model.Coverage] = field(default_factory=list)
    places: dict[tuple[str, str], Callable[..., tuple[str, int, int]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def fault_at(self, table: str, key: str, message: str, name: str = "") -> None:
        """Note a fault at an object, or at one of its columns."""
        place = self.places.get((table, key))
        file, line, column = place(name) if place else (table, 1, 1)
        self.folder.fault(file, line, column, message)


def read_table(draft: Draft, table: str, file: str) -> None:
    """Read one CSV file of a table into the draft.

    Args:
        draft: what has been read so far; gains the objects of the file.
        table: name of the table, which fixes its columns.
        file: path in the folder; several files may feed one table.
    """
    rules = TABLES[table]
    required = tuple(rule.name for rule in rules if not rule.optional)
    sheet = read_sheet(draft.folder, file, required, tuple(rule.name for rule in rules if rule.optional))
    if sheet is None:
        return
    known = {rule.name: rule for rule in rules}
    order = [known.get(name) for name in sheet.header]
    home = draft.objects.setdefault(table, {})
    make = CLASSES[table]
    for number, cells in enumerate(sheet.rows):
        values = _row_values(draft, sheet, order, number, cells)
        if table == "coverage":
            if values is not None:
                draft.coverage.append(make(**values))
        elif values is not None:
            _keep(draft, table, sheet, number, home, make(**values))
        else:
            _keep_id_only(draft, table, sheet, number, home)


def _row_values(
    draft: Draft, sheet: Sheet, order: list[Rule | None], number: int, cells: list[str]
) -> dict[str, Any] | None:
    """Return the row's values by attribute, or None where a cell is wrong."""
    values: dict[str, Any] = {}
    sound = True
    for index, (rule, text) in enumerate(zip(order, cells, strict=True)):
        if rule is None:
            continue
        try:
            value = typed(rule, text, draft.words)
        except ValueError as error:
            draft.folder.fault(sheet.name, *sheet.place(number, index), str(error))
            sound = False
            continue
        if rule.kind in ("ref", "refs", "pointer") and value:
            for target in (value,) if isinstance(value, str) else value:
                draft.links.append(Link(rule.of or "pointer", target, rule.name, sheet, number, index))
        values[rule.attribute or rule.name] = value
    return values if sound else None


def _first_key(table: str) -> str:
    return "slug" if table == "regions" else "id"


def _keep(draft: Draft, table: str, sheet: Sheet, number: int, home: dict[str, Any], made: Any) -> None:
    """Add an object under its id, after checking form and uniqueness of the id."""
    key_name = _first_key(table)
    key = getattr(made, key_name)
    column = sheet.header.index(key_name)
    if not re.fullmatch(ID_FORM[table], key):
        draft.folder.fault(
            sheet.name,
            *sheet.place(number, column),
            f"'{key}' has not the form of an id here; write it like {ID_EXAMPLE[table]}",
        )
        return
    if key in home or (table, key) in draft.places:
        first = draft.places[(table, key)]("")
        draft.folder.fault(
            sheet.name,
            *sheet.place(number, column),
            f"the id '{key}' stands already at {first[0]}:{first[1]}; give this row a new id, ids are never reused",
        )
        return
    home[key] = made
    draft.places[(table, key)] = _placer(sheet, number)


def _keep_id_only(draft: Draft, table: str, sheet: Sheet, number: int, home: dict[str, Any]) -> None:
    """Remember the id of a faulty row, so that references to it are not reported as well."""
    key_name = _first_key(table)
    if table != "coverage" and key_name in sheet.header:
        key = sheet.rows[number][sheet.header.index(key_name)]
        draft.places.setdefault((table, key), _placer(sheet, number))


def _placer(sheet: Sheet, number: int) -> Callable[..., tuple[str, int, int]]:
    """Return a function that says where a row, or one of its columns, stands."""

    def place(name: str = "") -> tuple[str, int, int]:
        index = sheet.header.index(name) if name in sheet.header else 0
        return (sheet.name, *sheet.place(number, index))

    return place
