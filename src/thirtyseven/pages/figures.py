"""Figures and series: every number with what it counts, where it comes from, and its rivals."""

from __future__ import annotations

from collections.abc import Iterable

from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, File, Missing, Page, Shown, once
from thirtyseven.pages.rivals import rival_rows, scope_of
from thirtyseven.publish.charts.figure import Table, table
from thirtyseven.publish.tables import csv_text, tables_of
from thirtyseven.record import Claim, Figure, Record, Series

SHOWN = 250
"""Rows of a series that are printed; the file holds all of them."""


def _list(asked: Ask) -> Shown:
    record = asked.library.record
    quantities: dict[str, list[Figure]] = {}
    for figure in record.figures.values():
        quantities.setdefault(figure.quantity, []).append(figure)
    index: dict[str, list[tuple[str, int]]] = {}
    for quantity in sorted(quantities):
        index.setdefault(quantity[0].upper(), []).append((quantity, len(quantities[quantity])))
    series = sorted(record.series.values(), key=lambda one: one.title)
    return Shown("figures.html", "Figures and series", {"index": index, "series": series})


def _quantity(asked: Ask) -> Shown:
    record, slug = asked.library.record, asked.path["quantity"]
    held = [one.id for one in record.figures.values() if one.quantity == slug]
    if not held:
        raise Missing(f"The record has no quantity '{slug}'; the page of figures lists all of them.")
    return Shown("quantity.html", f"Figures: {slug.replace('-', ' ')}", {"quantity": slug.replace("-", " "), "held": held})


def _figure(asked: Ask) -> Shown:
    library, ident = asked.library, asked.path["figure"]
    record = library.record
    figure = record.figures.get(ident)
    if figure is None:
        raise Missing(f"The record has no figure '{ident}'; ids run from F-0001, and the search finds figures by words.")
    return Shown("one_figure.html", f"{figure.item} ({ident})", {
        "figure": figure, "source": record.sources[figure.source], "scope": scope_of(record, figure),
        "rivals": [one.id for one in record.rivals(figure) if one.id != ident],
        "axes_here": rival_rows(record, [_as_claim(figure)]), "claims_here": library.claims_by_figure.get(ident, ()),
        "region": record.regions.get(figure.territory), "place": record.territories.get(figure.territory, ""),
    })  # fmt: skip


def _as_claim(figure: Figure) -> Claim:
    """A claim that holds one figure alone, so that its rivals can be drawn."""
    return Claim("", "", "", (), (figure.id,), (), "", "", "", "", "", (), (), False)


def series_table(series: Series, record: Record) -> Table:
    """A series as a table; codes of regions become names, an empty cell a dash."""
    head = tuple(series.columns)
    prose = [i for i, name in enumerate(head) if name.startswith("note") or "note" in name or name in ("where_seen", "decision")]
    rows = []
    for row in series.rows[:SHOWN]:
        cells = []
        for name, value in row.items():
            region = record.regions.get(str(value)) if name == "region" else None
            plain = name in ("year", "date", "month")
            cells.append(region.name if region else "–" if value is None or value == "" else
                         f"{value:,}" if isinstance(value, int) and not plain else
                         f"{value:,.10g}" if isinstance(value, float) else str(value))
        rows.append(cells)
    return table(f"{series.title} ({series.unit})", head, rows, prose)


def _series(asked: Ask) -> Shown:
    record, slug = asked.library.record, asked.path["series"]
    series = record.series.get(slug)
    if series is None:
        raise Missing(f"The record has no series '{slug}'; it has: {', '.join(sorted(record.series))}.")
    return Shown("series.html", f"{series.title}: series", {
        "series": series, "table": series_table(series, record), "most": SHOWN,
        "columns": table("What each column holds", ("Column", "Unit", "Meaning"),
                         [(one.name, one.unit or "–", one.meaning or "–") for one in series.columns.values()], (2,)),
    })  # fmt: skip


def _series_file(asked: Ask) -> File:
    record, slug = asked.library.record, asked.path["series"]
    if slug not in record.series:
        raise Missing(f"The record has no series '{slug}'; it has: {', '.join(sorted(record.series))}.")
    name = "series_" + slug.replace("-", "_")
    text = next(csv_text(one) for one in tables_of(record) if one.name == name)
    return File(text.encode(), "text/csv; charset=utf-8", f"{slug}.csv")


def _quantities(library: Library) -> Iterable[str]:
    return [f"/quantities/{name}" for name in sorted({one.quantity for one in library.record.figures.values()})]


ROUTES = (
    Page("/figures", _list, once("/figures"), word="Figures", place="foot"),
    Page("/figures/{figure}", _figure, lambda library: [f"/figures/{ident}" for ident in library.record.figures]),
    Page("/quantities/{quantity}", _quantity, _quantities),
    Page("/series/{series}.csv", _series_file, lambda library: [f"/series/{slug}.csv" for slug in library.record.series]),
    Page("/series/{series}", _series, lambda library: [f"/series/{slug}" for slug in library.record.series]),
)
