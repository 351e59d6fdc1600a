"""The record as a data package: CSV with a codebook, SQLite, Parquet, BibTeX and CSL-JSON.

Naming rules: one table a kind of object, named as in the record; `claim_*` and `explanation_evidence` hold what
is a list there; a series is a table `series_<id>` with underscores. Cells with several values are joined by ` | `.
Output depends on the record alone: no date, no host, no order of a dictionary that is not the record's.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from thirtyseven import __version__
from thirtyseven.publish import citations
from thirtyseven.publish.codebook import KEYS, LINKS, MEANINGS
from thirtyseven.record import Record
from thirtyseven.record.model import Column

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_TYPES = {
    "int": "integer",
    "float": "number",
    "str": "string",
    "date": "string",
    "region": "string",
    "territory": "string",
}
_NUMBERS = {"value", "low", "high", "urban_share"}
_INTEGERS = {"col", "row", "population_1937", "number"}
_FLAGS = {"added", "preferred"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an exported table."""

    name: str
    type: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An exported table: its columns and its rows of plain values (None where empty)."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Any, ...], ...]
    licence: str = ""


def export_record(record: Record, out: Path) -> list[Path]:
    """Write the record as a data package.

    Args:
        record: the record.
        out: folder to write to; created where needed, files of the same name are replaced.

    Returns:
        The files written, in order.

    Raises:
        ValueError: where `out` is a file.
        OSError: where the folder cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file, not a folder; name a folder to write the data package to.")
    tables = tables_of(record)
    sources = list(record.sources.values())
    for folder in ("data", "parquet"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    written = [_write(out / f"data/{table.name}.csv", csv_text(table)) for table in tables]
    written.append(_write(out / "datapackage.json", _descriptor(record, tables, out)))
    written.append(_write(out / "codebook.md", codebook(tables)))
    written.append(_write(out / "sources.bib", citations.bibtex(sources)))
    written.append(_write(out / "sources.csl.json", citations.csl_json(sources)))
    written.append(_sqlite(out / "record.sqlite", tables))
    written += [_parquet(out / f"parquet/{table.name}.parquet", table) for table in tables]
    written.append(_write(out / "CITATION.cff", _citation(record)))
    written.append(_write(out / "README.md", _readme(record, tables)))
    return written


def _write(path: Path, text: str) -> Path:
    """Write UTF-8 with plain line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def tables_of(record: Record) -> list[Table]:
    """Return every table of the export, in a fixed order."""
    simple = {
        "figures": record.figures,
        "events": record.events,
        "actors": record.actors,
        "offices": record.offices,
        "families": record.families,
        "claims": record.claims,
        "explanations": record.explanations,
        "responsibility": record.responsibility,
        "regions": record.regions,
        "inventory": record.inventory,
        "sources": record.sources,
    }
    tables = [_plain_table(name, things.values()) for name, things in simple.items()]
    tables.append(_plain_table("coverage", record.coverage))
    tables += _links(record)
    words = [(name, word, text) for name, table in record.vocabularies.items() for word, text in table.items()]
    tables.append(_table("vocabulary", words))
    for series in record.series.values():
        columns = tuple(Field(one.name, _TYPES[one.type], _meaning(one), one.unit) for one in series.columns.values())
        rows = tuple(tuple(row[one.name] for one in columns) for row in series.rows)
        name = "series_" + series.id.replace("-", "_")
        tables.append(Table(name, series.title, columns, rows, series.licence))
    return tables


def _meaning(column: Column) -> str:
    """Return what a column of a series means and what it counts."""
    return f"{column.meaning}; counts: {column.counted}" if column.counted else column.meaning


def _field(table: str, name: str) -> Field:
    """Return the description of a column of a plain table."""
    kind = "string"
    if name in _FLAGS:
        kind = "boolean"
    elif name in _NUMBERS and table in ("figures", "regions"):
        kind = "number"
    elif name in _INTEGERS:
        kind = "integer"
    return Field(name, kind, MEANINGS[table][name])


def _table(name: str, rows: Iterable[tuple[Any, ...]]) -> Table:
    columns = tuple(_field(name, column) for column in MEANINGS[name])
    return Table(name, name.replace("_", " ").capitalize(), columns, tuple(rows))


def _plain_table(name: str, things: Iterable[Any]) -> Table:
    """Return the table of one kind of object."""
    return _table(
        name,
        [tuple(_cell(getattr(thing, column, None), thing, column) for column in MEANINGS[name]) for thing in things],
    )


def _cell(value: Any, thing: Any, column: str) -> Any:
    """Return a plain value: lists joined, empty text as None."""
    if column == "type":
        value = thing.csl["type"]
    if isinstance(value, tuple):
        value = " | ".join(value)
    return None if value == "" else value


def _links(record: Record) -> list[Table]:
    """Return the tables that hold what is a list in the record."""
    pairs: dict[str, list[tuple[Any, ...]]] = {name: [] for name in MEANINGS if name.startswith("claim_")}
    for claim in record.claims.values():
        for kind in ("variants", "figures", "events", "sources", "items"):
            pairs[f"claim_{kind}"] += [(claim.id, one) for one in dict.fromkeys(getattr(claim, kind))]
    evidence = [
        (one.slug, side, number, entry.claim or None, entry.text, entry.added)
        for one in record.explanations.values()
        for side in ("supporting", "countering")
        for number, entry in enumerate(getattr(one, side), start=1)
    ]
    return [*(_table(name, rows) for name, rows in pairs.items()), _table("explanation_evidence", evidence)]


def csv_text(table: Table) -> str:
    """Return a table as CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([one.name for one in table.fields])
    for row in table.rows:
        writer.writerow([_shown(value) for value in row])
    return buffer.getvalue()


def _shown(value: Any) -> str:
    """Write one value into a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return "'" + text if isinstance(value, str) and text[:1] in "=+-@\t\r" else text


def _descriptor(record: Record, tables: list[Table], out: Path) -> str:
    """Return `datapackage.json` (Frictionless Data Package 2.0)."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "thirtyseven-record",
        "title": "thirtyseven: the record of Stalin's purges, 1934-39",
        "description": "Figures, series, events, offices, claims and sources with scope, status and rivals. "
        f"Record digest {record.digest}.",
        "version": __version__,
        "licenses": [LICENCE],
        "contributors": [{"title": "The authors of thirtyseven", "roles": ["creator"]}],
        "resources": [_resource(table, out) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, out: Path) -> dict[str, Any]:
    """Return one table's description with its size and hash."""
    raw = (out / f"data/{table.name}.csv").read_bytes()
    schema: dict[str, Any] = {"fields": [_field_schema(one) for one in table.fields], "missingValues": [""]}
    if table.name in KEYS:
        schema["primaryKey"] = [KEYS[table.name]]
    if table.name in LINKS:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": home, "fields": [key]}}
            for column, (home, key) in LINKS[table.name].items()
        ]
    resource: dict[str, Any] = {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "title": table.title,
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": "sha256:" + hashlib.sha256(raw).hexdigest(),
        "schema": schema,
    }
    if "foreignKeys" in schema:
        for one in schema["foreignKeys"]:
            one["reference"]["resource"] = one["reference"]["resource"].replace("_", "-")
    if table.licence:
        resource["description"] = f"Licence: {table.licence}"
    return resource


def _field_schema(one: Field) -> dict[str, Any]:
    """Return one column's description."""
    schema: dict[str, Any] = {"name": one.name, "type": one.type, "description": one.meaning}
    if one.type == "boolean":
        schema |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if one.unit:
        schema["unit"] = one.unit
    return schema


def codebook(tables: list[Table]) -> str:
    """Return the codebook: every table, every column, its type, unit and meaning."""
    lines = [
        "# Codebook",
        "",
        "Empty cells are missing values. Several values in one cell are separated by ` | `. Dates are EDTF.",
        "In the CSV files an apostrophe stands before text that begins with =, +, - or @, so that no spreadsheet "
        "runs it; SQLite and Parquet hold it without.",
        "",
    ]
    for table in tables:
        lines += [f"## {table.name}", "", f"{table.title}. {len(table.rows):,} rows.", ""]
        if table.licence:
            lines += [f"Licence: {table.licence}", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [
            f"| {one.name} | {one.type} | {one.unit} | {one.meaning.replace('|', '&#124;')} |" for one in table.fields
        ]
        lines.append("")
    return "\n".join(lines)


def _sqlite(path: Path, tables: list[Table]) -> Path:
    """Write all tables into one SQLite file."""
    path.unlink(missing_ok=True)
    kinds = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "string": "TEXT"}
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA page_size = 4096")
        for table in tables:
            parts = [f'"{one.name}" {kinds[one.type]}' for one in table.fields]
            if table.name in KEYS:
                parts.append(f'PRIMARY KEY ("{KEYS[table.name]}")')
            for column, (home, key) in LINKS.get(table.name, {}).items():
                parts.append(f'FOREIGN KEY ("{column}") REFERENCES "{home}" ("{key}")')
            connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(parts)})')
            marks = ", ".join("?" for _ in table.fields)
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
        connection.commit()
    finally:
        connection.close()
    return path


def _parquet(path: Path, table: Table) -> Path:
    """Write one table as Parquet."""
    import polars

    kinds = {"integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean, "string": polars.String}
    columns = {
        one.name: polars.Series(one.name, [_typed(row[index], one.type) for row in table.rows], dtype=kinds[one.type]())
        for index, one in enumerate(table.fields)
    }
    polars.DataFrame(columns).write_parquet(path, compression="zstd", statistics=False)
    return path


def _typed(value: Any, kind: str) -> Any:
    return float(value) if kind == "number" and value is not None else value


def _citation(record: Record) -> str:
    """Return a CITATION.cff for the data."""
    return (
        "cff-version: 1.2.0\n"
        "message: If you use these data, please cite them and the sources that they name.\n"
        "type: dataset\n"
        'title: "thirtyseven: the record of Stalin\'s purges, 1934-39"\n'
        f"version: {__version__}\n"
        "license: CC-BY-4.0\n"
        "authors:\n  - name: The authors of thirtyseven\n"
        f'identifiers:\n  - type: other\n    value: "{record.digest}"\n    description: digest of the record\n'
    )


def _readme(record: Record, tables: list[Table]) -> str:
    """Return the package's own introduction."""
    recalled = sum(one.seen == "recalled" for one in record.figures.values())
    count = len(record.figures)
    listing = "\n".join(f"- `data/{table.name}.csv`: {len(table.rows):,} rows" for table in tables)
    return (
        "# The record of thirtyseven\n\n"
        f"Version {__version__}, digest {record.digest}. The tables are described in `codebook.md` and "
        "`datapackage.json`; `record.sqlite` and `parquet/` hold the same rows.\n\n"
        f"{recalled:,} of the {count:,} figures are cited from memory (`seen` = recalled): verify them before you "
        "rely on them. Compare figures only where `counted`, `population`, `territory` and `period` agree.\n\n"
        "Our compiled tables are CC BY 4.0 with each origin named; aggregates of other people's data carry no more "
        "rights than their origin gives (see `Licence` in the codebook).\n\n"
        f"{listing}\n"
    )


def columns_of(thing: type) -> tuple[str, ...]:
    """Return the attributes of a class of the record, for checks of the codebook."""
    return tuple(one.name for one in fields(thing))


def missing_meanings(classes: Mapping[str, type], left: Mapping[str, frozenset[str]]) -> list[str]:
    """Return attributes of the record's classes that no table exports.

    Args:
        classes: table -> class.
        left: table -> attributes exported elsewhere, as tables of their own.
    """
    return [
        f"{table}.{name}"
        for table, thing in classes.items()
        for name in columns_of(thing)
        if name not in MEANINGS[table] and name not in left.get(table, frozenset())
    ]
