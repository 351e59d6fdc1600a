"""Reading series: a CSV of rows beside a TOML that says what they are and which sums must hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from thirtyseven.record.cells import typed
from thirtyseven.record.columns import Rule
from thirtyseven.record.model import Column, Series
from thirtyseven.record.reading import Document, Sheet, read_sheet, read_toml
from thirtyseven.record.tables import Draft, Link

_KINDS = {
    "str": "text",
    "int": "int",
    "float": "float",
    "date": "date",
    "region": "region",
    "territory": "territory",
}
_NEEDED = (
    "title",
    "description",
    "sources",
    "unit",
    "coverage",
    "known_faults",
    "status",
    "seen",
    "licence",
    "columns",
)


def read_series(draft: Draft, name: str) -> None:
    """Read the series `name` (its `.toml` and `.csv`) into the draft."""
    document = read_toml(draft.folder, f"series/{name}.toml")
    if document is None:
        return
    draft.places[("series", name)] = lambda key="", d=document: (d.name, *d.place(key))
    missing = [key for key in _NEEDED if key not in document.data]
    for key in missing:
        draft.folder.fault(document.name, 1, 1, f"'{key}' is missing; a series needs {', '.join(_NEEDED)}")
    if missing:
        return
    columns = _columns(draft, document)
    sheet = read_sheet(draft.folder, f"series/{name}.csv", tuple(columns))
    _check_words(draft, document)
    if sheet is None:
        return
    rows = _rows(draft, document, sheet, columns)
    says = tuple(_check_sum(draft, document, sheet, rows, one) for one in document.data.get("sums", []))
    draft.objects.setdefault("series", {})[name] = _made(name, document.data, columns, rows, says)


def _made(
    name: str,
    data: Mapping[str, Any],
    columns: dict[str, Column],
    rows: list[Mapping[str, Any]],
    says: tuple[str, ...],
) -> Series:
    """Build the series from what was read."""
    text = {key: str(data[key]) for key in ("title", "description", "unit", "coverage", "status", "seen", "licence")}
    return Series(
        id=name,
        sources=tuple(data["sources"]),
        known_faults=tuple(data["known_faults"]),
        columns=MappingProxyType(columns),
        rows=tuple(rows),
        sums=says,
        **text,
    )


def _columns(draft: Draft, document: Document) -> dict[str, Column]:
    """Read the description of the columns."""
    columns: dict[str, Column] = {}
    for key, value in document.data["columns"].items():
        if not isinstance(value, dict) or value.get("type") not in _KINDS:
            draft.folder.fault(
                document.name,
                *document.place(f"columns.{key}"),
                f"the column '{key}' has no type; use one of: {', '.join(_KINDS)}",
            )
            value = value if isinstance(value, dict) else {}
        for part in ("unit", "meaning"):
            if part not in value:
                draft.folder.fault(
                    document.name, *document.place(f"columns.{key}"), f"the column '{key}' has no '{part}'; add it"
                )
        columns[key] = Column(key, *(str(value.get(part, "")) for part in ("type", "unit", "meaning", "counted")))
    return columns


def _check_words(draft: Draft, document: Document) -> None:
    """Check words against the vocabularies and note the sources to look up."""
    for key in ("unit", "status", "seen"):
        allowed = draft.words.vocabularies.get("units" if key == "unit" else key, {})
        if document.data[key] not in allowed:
            sentence = f"'{key}' is '{document.data[key]}'; use one of: {', '.join(allowed)}"
            draft.folder.fault(document.name, *document.place(key), sentence)
    for key, column in document.data["columns"].items():
        for part, vocabulary in (("unit", "units"), ("counted", "counted")):
            word = column.get(part, "") if isinstance(column, dict) else ""
            if word and word not in draft.words.vocabularies.get(vocabulary, {}):
                place = document.place(f"columns.{key}")
                draft.folder.fault(
                    document.name,
                    *place,
                    f"the column '{key}' has the {part} '{word}', which is not in vocabulary.toml; "
                    "add it there or use another",
                )
    if not document.data["sources"]:
        draft.folder.fault(
            document.name, *document.place("sources"), "the series names no source; give at least one id"
        )
    for one in document.data["sources"]:
        draft.links.append(Link("source", one, "sources", document, 0, 0))


def _rows(draft: Draft, document: Document, sheet: Sheet, columns: dict[str, Column]) -> list[Mapping[str, Any]]:
    """Type the rows; a row with a fault keeps None in the faulty cell."""
    special = {
        "seen": Rule("seen", "word", of="seen"),
        "confidence": Rule("confidence", "word", of="confidence"),
    }
    key_columns = tuple(document.data.get("key", ()))
    for one in key_columns:
        if one not in columns:
            draft.folder.fault(
                document.name,
                *document.place("key"),
                f"the key '{one}' is no column of the series; use one of its columns",
            )
    rules = [_rule(name, columns, special, key_columns) for name in sheet.header if name in columns]
    order = [name for name in sheet.header if name in columns]
    positions = [sheet.header.index(name) for name in order]
    rows: list[Mapping[str, Any]] = []
    met: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(sheet.rows):
        values: dict[str, Any] = {}
        for name, rule, index in zip(order, rules, positions, strict=True):
            try:
                values[name] = typed(rule, cells[index], draft.words)
            except ValueError as error:
                draft.folder.fault(sheet.name, *sheet.place(number, index), str(error))
                values[name] = None
            if columns[name].type == "str" and values[name] == "" and name not in ("note",):
                values[name] = None
            if name.endswith("source") and values[name]:
                draft.links.extend(
                    Link("source", one.strip(), name, sheet, number, index) for one in str(values[name]).split("|")
                )
        key = tuple(values.get(one) for one in key_columns)
        if key_columns and key in met:
            shown = ", ".join(str(one) for one in key)
            draft.folder.fault(
                sheet.name,
                sheet.lines[number],
                1,
                f"the row for {shown} stands already in line {met[key]}; keep one of them",
            )
        met[key] = sheet.lines[number]
        rows.append(MappingProxyType(values))
    return rows


def _rule(name: str, columns: dict[str, Column], special: dict[str, Rule], keys: tuple[str, ...]) -> Rule:
    """Return what a column of a series accepts."""
    if name in special:
        return special[name]
    return Rule(name, _KINDS.get(columns[name].type, "text"), needed=name in keys)


def _check_sum(draft: Draft, document: Document, sheet: Sheet, rows: list[Mapping[str, Any]], rule: Any) -> str:
    """Check one sum of a series and return it in words.

    A rule is either `column`, `total`: the column adds up to the total; or `parts`, `whole`: in every row with a
    whole, the parts add up to it, except in rows listed under `off` (`[[sums.off]]` with `row`, `by`, `why`), whose
    difference must be exactly `by`. `where = {column = "...", is = "..."}` (or `starts = "..."`) chooses rows.
    """
    if not isinstance(rule, dict) or not ({"column", "total"} <= set(rule) or {"parts", "whole"} <= set(rule)):
        place = document.place("sums")
        draft.folder.fault(document.name, *place, "a sum needs 'column' and 'total', or 'parts' and 'whole'")
        return ""
    named = [rule["column"]] if "column" in rule else [*rule["parts"], rule["whole"]]
    unknown = [one for one in named if one not in sheet.header]
    if unknown:
        place = document.place("sums")
        draft.folder.fault(
            document.name,
            *place,
            f"a sum names the column '{unknown[0]}', which the series lacks; correct it",
        )
        return ""
    if "column" in rule:
        return _check_column(draft, document, rows, rule)
    return _check_rows(draft, sheet, rows, rule)


def _chosen(row: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
    """Say whether a sum is over this row: all rows, or those where a column is or starts with something."""
    where = rule.get("where")
    if where is None:
        return True
    value = row.get(where["column"])
    return value == where["is"] if "is" in where else str(value).startswith(where["starts"])


def _check_column(draft: Draft, document: Document, rows: list[Mapping[str, Any]], rule: Mapping[str, Any]) -> str:
    """Check that a column adds up to its total."""
    found = sum(row[rule["column"]] or 0 for row in rows if _chosen(row, rule))
    if found != rule["total"]:
        draft.folder.fault(
            document.name.replace(".toml", ".csv"),
            1,
            1,
            f"the column '{rule['column']}' adds up to {found:,}, not to the {rule['total']:,} that "
            f"{document.name} "
            "states; find the wrong row, or correct the total there",
        )
    return str(rule.get("says") or f"{rule['column']} adds up to {rule['total']:,}")


def _check_rows(draft: Draft, sheet: Sheet, rows: list[Mapping[str, Any]], rule: Mapping[str, Any]) -> str:
    """Check that in each row the parts add up to the whole."""
    parts, whole = rule["parts"], rule["whole"]
    off = {str(one["row"]): one["by"] for one in rule.get("off", ())}
    first = sheet.header[0]
    for number, row in enumerate(rows):
        if not _chosen(row, rule) or row[whole] is None or any(row[one] is None for one in parts):
            continue
        difference = sum(row[one] for one in parts) - row[whole]
        if difference != off.get(str(row[first]), 0):
            text = " + ".join(f"{row[one]:,}" for one in parts)
            draft.folder.fault(
                sheet.name,
                *sheet.place(number, sheet.header.index(whole)),
                f"{' + '.join(parts)} is {text} = {row[whole] + difference:,}, "
                f"but {whole} is {row[whole]:,}; correct the wrong value, "
                "or state the difference under 'off' in the TOML",
            )
    return str(rule.get("says") or f"{' + '.join(parts)} = {whole}")
