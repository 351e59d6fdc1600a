"""The record in the terminal: one object whole, lists of hits, coverage."""

from __future__ import annotations

import difflib
import re
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from thirtyseven.cli import record_rows as rows
from thirtyseven.record import Record, model

OUTSIDE = {
    "mechanism": "a mechanism of the model; see `thirtyseven explanations`",
    "statistic": "a statistic on which record and model are compared; see `thirtyseven weigh`",
    "output": "something that the program writes",
}
"""Pointers that lead out of the record, and where to."""


class Outside:
    """What a pointer to another part of the program means, as far as the record knows."""

    def __init__(self, pointer: str, rows: tuple[model.Coverage, ...]) -> None:
        self.pointer = pointer
        self.rows = rows


def outside(record: Record, query: str) -> Outside | None:
    """Return the meaning of a pointer such as `mechanism:limits`, None where nothing points there."""
    found = tuple(row for row in record.coverage if row.pointer == query)
    return Outside(query, found) if found and query.partition(":")[0] in OUTSIDE else None


def pointer_of(thing: Any) -> str:
    """Return the id or pointer that opens a thing."""
    if isinstance(thing, Outside):
        return thing.pointer
    prefix = {
        model.Explanation: "X-",
        model.Series: "series:",
        model.Source: "source:",
        model.Region: "region:",
        model.Family: "family:",
    }.get(type(thing), "")
    name = getattr(thing, "id", "") or getattr(thing, "slug", "") or getattr(thing, "family", "")
    return prefix + name


def overview(record: Record) -> str:
    """Say what the record holds, in numbers."""
    recalled = sum(figure.seen == "recalled" for figure in record.figures.values())
    share = f"{recalled / len(record.figures):.0%}" if record.figures else "none"
    count = {
        "figures": record.figures,
        "series": record.series,
        "events": record.events,
        "people in office and institutions": record.actors,
        "spells in office": record.offices,
        "claims": record.claims,
        "explanations": record.explanations,
        "acts of responsibility": record.responsibility,
        "sources": record.sources,
    }
    lines = [f"  {len(value):>6,}  {name}" for name, value in count.items()]
    lines.append(f'\n{share} of the figures are cited from memory ("recalled") and marked so.')
    return "The record holds:\n" + "\n".join(lines)


def title_of(thing: Any, record: Record | None = None) -> str:
    """Return the one line that names a thing."""
    if isinstance(thing, model.Office | model.Responsibility) and record is not None:
        actor = record.actors.get(thing.actor)
        what = f"{thing.office}, {thing.territory}" if isinstance(thing, model.Office) else thing.document
        return f"{actor.name if actor else thing.actor}: {what}"
    for name in ("item", "text", "title", "statement", "document", "name", "office"):
        value = getattr(thing, name, "")
        if value:
            return str(value)
    return pointer_of(thing)


def listing(record: Record, things: Iterable[Any]) -> str:
    """Write hits as one line each: id, value or date, title."""
    width = max(shutil.get_terminal_size((100, 24)).columns, 40)
    lines = []
    for thing in things:
        head = f"{pointer_of(thing):<10}"
        extra = thing.display() if isinstance(thing, model.Figure) else getattr(thing, "date", "")
        period = f" [{thing.period}]" if isinstance(thing, model.Figure) and thing.period else ""
        body = f"{title_of(thing, record)}{period}" + (f": {extra}" if isinstance(thing, model.Figure) else "")
        if extra and not isinstance(thing, model.Figure):
            body = f"{extra}  {body}"
        lines.append(textwrap.shorten(f"{head} {body}", width, placeholder=" ..."))
    return "\n".join(lines)


def whole(record: Record, thing: Any, query: str) -> str:
    """Write one thing with everything that belongs to it."""
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 50), 110)
    parts: list[str] = [
        f"{pointer_of(thing)}  {'' if isinstance(thing, Outside) else title_of(thing, record)}".rstrip()
    ]
    for label, value in rows.rows_of(record, thing):
        parts.append(_row(label, value, width))
    if isinstance(thing, model.Figure) and thing.rival:
        parts.append("\nRivals, side by side (the preferred first):")
        parts += [_rival(record, one, width) for one in record.rivals(thing)]
    if isinstance(thing, model.Series):
        parts.append(_table(thing, width))
    if isinstance(thing, Outside):
        from thirtyseven.publish.coverage import describe

        parts.append(_row("is", describe(record, thing.pointer), width))
        parts.append(_row("where", OUTSIDE[thing.pointer.partition(":")[0]], width))
    said = [row for row in record.coverage if row.pointer == (query if query else pointer_of(thing))]
    if said:
        parts.append("\nWhat it says to the statements of the student texts:")
        parts += [
            _row(row.item, row.says + (f" (owed by {row.owed_by})" if row.owed_by else ""), width) for row in said
        ]
    return "\n".join(parts)


def _row(label: str, value: str, width: int) -> str:
    """Write a label and its text, wrapped."""
    return textwrap.fill(
        value,
        width,
        initial_indent=f"  {label:<13} ",
        subsequent_indent=" " * 16,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _rival(record: Record, figure: model.Figure, width: int) -> str:
    """Write one of several figures that disagree."""
    mark = "preferred" if figure.preferred else "deprecated" if figure.deprecated else "rival"
    source = record.sources.get(figure.source)
    cited = source.cite(figure.place, figure.seen) if source else figure.source
    text = f"{figure.display()}: {figure.item}; counts {figure.counted or 'nothing'}; {cited}"
    why = f" ({figure.deprecated or figure.reason})" if figure.preferred or figure.deprecated else ""
    return _row(figure.id, f"[{mark}] {text}{why}", width)


def _table(series: model.Series, width: int, most: int = 40) -> str:
    """Write the first rows of a series, as many columns as fit."""
    names: list[str] = []
    sizes: list[int] = []
    for name in series.columns:
        size = max([len(name)] + [len(_cell(row[name])) for row in series.rows[:most]])
        if name.endswith(("note", "where_seen", "source")) or sum(sizes) + 2 * len(sizes) + size > width:
            continue
        names.append(name)
        sizes.append(size)
    lines = ["", "  ".join(name.ljust(size) for name, size in zip(names, sizes, strict=True))]
    for row in series.rows[:most]:
        cells = (_cell(row[name]) for name in names)
        lines.append("  ".join(cell.ljust(size) for cell, size in zip(cells, sizes, strict=True)).rstrip())
    if len(series.rows) > most:
        lines.append(f"... {len(series.rows) - most} more rows; `thirtyseven record export --out DIR` writes them all.")
    if len(names) < len(series.columns):
        lines.append(f"{len(series.columns) - len(names)} more columns; --json shows every one.")
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) and abs(value) > 9999 else str(value)


def plain(value: Any) -> Any:
    """Turn an object of the record into lists, dictionaries and plain values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def as_row(record: Record, thing: Any) -> dict[str, Any]:
    """Return a hit as data: id, kind, title, and value or date."""
    row: dict[str, Any] = {
        "id": pointer_of(thing),
        "kind": type(thing).__name__.lower(),
        "title": title_of(thing, record),
    }
    if isinstance(thing, model.Figure):
        row["value"] = thing.display()
    if getattr(thing, "date", ""):
        row["date"] = thing.date
    return row


def as_data(record: Record, thing: Any, query: str) -> dict[str, Any]:
    """Return one thing as data, with its citation, its rivals and what it says to the inventory."""
    if isinstance(thing, Outside):
        return {"id": thing.pointer, "kind": "outside", "says": [plain(row) for row in thing.rows]}
    data = {"id": pointer_of(thing), "kind": type(thing).__name__.lower(), **plain(thing)}
    data["pointer"] = pointer_of(thing)
    source = record.sources.get(getattr(thing, "source", ""))
    if source is not None:
        data["citation"] = source.cite(getattr(thing, "place", ""), getattr(thing, "seen", "seen"))
    if isinstance(thing, model.Figure):
        data["display"] = thing.display()
        data["rivals"] = [plain(one) for one in record.rivals(thing) if one.id != thing.id]
    data["says"] = [plain(row) for row in record.coverage if row.pointer == (query or pointer_of(thing))]
    return data


def near_words(record: Record, query: str) -> list[str]:
    """Return words of the record that look like those of a query without a hit."""
    vocabulary: Counter[str] = Counter()
    for table in (record.figures, record.events, record.actors, record.claims, record.regions):
        for thing in table.values():  # type: ignore[attr-defined]
            vocabulary.update(word.lower() for word in re.findall(r"[^\W\d_]{4,}", title_of(thing)))
    found: list[str] = []
    for word in query.lower().split():
        if word not in vocabulary:
            found += difflib.get_close_matches(word, vocabulary, n=2, cutoff=0.75)
    return found[:4]


def coverage(record: Record) -> dict[str, Any]:
    """Return for every inventory item the pointers that speak to it, with totals.

    Returns:
        `total`, `covered` (items to which something speaks today), `uncovered`, `owing` (items to which a later
        part of the program still owes something more), `owed_by` (part -> items), `broken` (pointers that do not
        hold), `pointers` (kind -> places), `items` (item -> list of pointer, says, owed_by).
    """
    from thirtyseven.publish.coverage import coverage as followed

    found = followed(record)
    items = {
        item: [
            {"pointer": row.pointer, "says": row.says, "owed_by": row.owed_by} for row in (*answer.rows, *answer.owed)
        ]
        for item, answer in found.answers.items()
    }
    return {
        "total": len(found.answers),
        "covered": len(found.covered),
        "uncovered": list(found.uncovered),
        "owing": [item for item, answer in found.answers.items() if answer.owed],
        "owed_by": found.owed_by,
        "broken": list(found.broken),
        "pointers": found.pointers,
        "items": items,
    }


def coverage_text(table: Mapping[str, Any]) -> str:
    """Write the coverage: totals, then one item a line."""
    lines = [f"{table['covered']} of {table['total']} statements are answered, {len(table['uncovered'])} are not."]
    if table["owing"]:
        parts = ", ".join(f"{part} ({count})" for part, count in table["owed_by"].items())
        lines.append(f"To {len(table['owing'])} of them a part still to come owes something more: {parts}.")
    lines.append("")
    for item, found in table["items"].items():
        pointers = ", ".join(
            row["pointer"] + (f" (owed by {row['owed_by']})" if row["owed_by"] else "") for row in found
        )
        lines.append(f"{item:<5} {pointers or 'NOT COVERED'}")
    if table["broken"]:
        lines.append("\nPointers that do not hold: " + "; ".join(table["broken"]))
    return "\n".join(lines)
