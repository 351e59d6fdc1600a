"""Data and citation: everything to take away, and how to name it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from thirtyseven.pages.library import Library
from thirtyseven.pages.packing import packed
from thirtyseven.pages.page import Ask, File, Missing, Page, Shown, once
from thirtyseven.publish.argument import series_credits
from thirtyseven.publish.tables import codebook, csv_text, export_record, tables_of
from thirtyseven.record import Record

TABLES = {
    "figures": "single published values with their scope", "events": "what happened when",
    "claims": "what is asserted, with verdict and reason", "families": "claims that belong together",
    "explanations": "the arguments", "responsibility": "acts, offices and documents",
    "actors": "people in office and institutions", "offices": "spells in office", "regions": "64 units and the camps",
    "sources": "bibliography", "vocabulary": "the allowed words, each with a sentence",
}  # fmt: skip
"""Tables offered one by one; the package holds all."""
WEIGHED = ("result.json", "series.json", "posterior.npz")
"""Files of a weighing that are offered."""


def _view(asked: Ask) -> Shown:
    weighed = asked.library.weighed
    there = [name for name in WEIGHED if weighed and (weighed.folder / name).is_file()]
    return Shown("data.html", "Data and citation", {
        "tables": TABLES, "there": there, "credits": series_credits(asked.library.record),
        "result": weighed.result if weighed else None,
        "chapters": sorted(weighed.chapters) if weighed else [],
    })  # fmt: skip


def _table(asked: Ask) -> File:
    name = asked.path["table"]
    if name not in TABLES:
        raise Missing(f"There is no table '{name}'; there are: {', '.join(TABLES)}.")
    text = next(csv_text(one) for one in tables_of(asked.library.record) if one.name == name)
    return File(text.encode(), "text/csv; charset=utf-8", f"{name}.csv")


def _codebook(asked: Ask) -> File:
    return File(codebook(tables_of(asked.library.record)).encode(), "text/markdown; charset=utf-8", "codebook.md")


def _zip(asked: Ask) -> File:
    return File(packed_record(asked.library.record), "application/zip", "thirtyseven-record.zip")


def packed_record(record: Record) -> bytes:
    """The whole data package as one zip.

    Args:
        record: the loaded record.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        return packed({path.relative_to(root).as_posix(): path.read_bytes() for path in export_record(record, root)})


def _weighed(asked: Ask) -> File:
    weighed, name = asked.library.weighed, asked.path["name"]
    allowed = (*WEIGHED, *(f"{one}.json" for one in weighed.chapters)) if weighed else ()
    if weighed is None or name not in allowed or not (weighed.folder / name).is_file():
        raise Missing(f"This weighing has no file '{name}'; the page of data lists those it has.")
    media = "application/json" if name.endswith(".json") else "application/octet-stream"
    return File((weighed.folder / name).read_bytes(), media, name)


def _weighed_addresses(library: Library) -> Iterable[str]:
    if library.weighed is None:
        return []
    names = [*WEIGHED, *(f"{one}.json" for one in library.weighed.chapters)]
    return [f"/data/weighing/{name}" for name in names if (library.weighed.folder / name).is_file()]


ROUTES = (
    Page("/data", _view, once("/data"), word="Data and citation", place="foot"),
    Page("/data/thirtyseven-record.zip", _zip, once("/data/thirtyseven-record.zip")),
    Page("/data/codebook.md", _codebook, once("/data/codebook.md")),
    Page("/data/weighing/{name}", _weighed, _weighed_addresses),
    Page("/data/{table}.csv", _table, lambda library: [f"/data/{name}.csv" for name in TABLES]),
)
