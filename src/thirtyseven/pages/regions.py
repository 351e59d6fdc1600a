"""Regions: a tile each for the 64 units of Order 00447 and one for the camps; limits, raises and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.pages.library import Library
from thirtyseven.pages.one_region import region_page
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.publish.charts.tiles import SEAS, Place, Tile, bin_of, borders, legend
from thirtyseven.publish.predicted import Past, Series
from thirtyseven.publish.regions import CAMPS, RegionRecord, places, region_records
from thirtyseven.publish.where import RAISE_EDGES, RATE_EDGES, counts_finding, limits_figure, raises_figure

REACHED_EDGES = (0.25, 0.5, 0.8, 1.25, 2.0, 4.0)
"""Bins of a count over the last limit known; symmetric in ratio about 1."""
LOOKS = {"": "First limits per 10,000 people", "raises": "Raises of 1938", "reached": "Counts beside limits"}

ADDED = "What the Politburo added in 1938 to the limits of Order 00447, as a multiple of the region’s first limit."

NO_RUNS = Series(months=(), record=Past(), models={})
"""Series of no weighing: for figures that show the record alone."""


def linked_grid(held: Iterable[Place], tiles: Mapping[str, Tile], label: str) -> Markup:
    """The tile grid, read row by row, each tile leading to its region's page.

    Args:
        held: all regions; no two share a cell.
        tiles: what each shows; a region without one is "no data".
        label: accessible name of the list.
    """
    known = sorted(held, key=lambda p: (p.row, p.col))
    sides, out = borders(known), []
    for p in known:
        tile = tiles.get(p.slug, Tile("nd", "", "no data"))
        css = " ".join(filter(None, ("tile", f"c{p.col}", f"r{p.row}", tile.css, tile.mark, sides[p.slug])))
        out.append(
            f'<li class="{css}"><a href="/regions/{p.slug}"><span aria-hidden="true">{escape(p.label)}</span>'
            f'<span class="val" aria-hidden="true">{escape(tile.value)}</span>'
            f'<span class="vh">{escape(p.name)}: {escape(tile.says)}</span></a></li>'
        )
    return Markup(f'<ul class="tiles" data-grid aria-label="{escape(label)}">{"".join(out)}{SEAS}</ul>')


def _rate(r: RegionRecord) -> Tile:
    if r.per_10000 is None:
        return Tile("nd", "", "no rate, for camps have no inhabitants to divide by" if r.slug == CAMPS else "no data")
    number = f"{r.per_10000:.0f}"
    says = f"{number} per 10,000 inhabitants; first limit {r.limit1:,.0f} to be shot, {r.limit2:,.0f} to camps or prison"
    return Tile(f"seq{bin_of(r.per_10000, RATE_EDGES)}", number, says)


def _raised(r: RegionRecord) -> Tile:
    if r.slug == CAMPS:
        return Tile("nd", "", "not a territory")
    if not r.raised_1938:
        return Tile("t0", "0", "no raise by the Politburo in 1938 on record")
    share = ", its share of what was given to Ukraine as a whole" if r.shared else ""
    says = f"raised by {r.raised_1938:,.0f}, {r.raise_over_first:.1f} times its first limit{share}"
    return Tile(f"seq{bin_of(r.raise_over_first, RAISE_EDGES) + 1}", f"{r.raise_over_first:.1f}", says)


def _reached(r: RegionRecord) -> Tile | None:
    if not r.of_this_order or r.reached1 is None:
        return None
    last = r.limit1 + r.raised1
    ratio = r.reached1 / last if last else 0.0
    mark = "over" if ratio > 1.25 else "under" if ratio < 0.8 else ""
    says = f"{r.reached1:,.0f} people sentenced to be shot by {r.reached_when}, {ratio:.1f} times the last limit, {last:,.0f}"
    return Tile(f"div{bin_of(ratio, REACHED_EDGES)}", f"{ratio:.1f}", says, mark)


def _reached_parts(regions: Mapping[str, RegionRecord]) -> dict[str, Any]:
    known = [r for r in regions.values() if r.reached1 is not None]
    own = sum(r.of_this_order for r in known)
    words = ("under ¼", "¼ to ½", "½ to 0.8", "about the limit", "1.25 to 2", "2 to 4", "4 and over")
    return {
        "finding": counts_finding(known, len(regions) - 1),
        "definition": (
            "People sentenced to be shot by the troika of Order 00447, by the last count known, as a multiple of the last "
            "limit known (first limit and known raises). A corner mark at the top right means over it, at the bottom left under."
        ),
        "legend": legend([f"div{i}" for i in range(1, 8)], words, "no count"),
        "missing": (
            f"Counts of this order alone are known for {own} of {len(regions) - 1} regions. No count is not zero; and where a "
            "count passes the last limit known, no sanction for the rest has been found, which does not mean that there was none."
        ),
        "source": "Recorded and compiled, some cited from memory: see each region’s page.",
    }  # fmt: skip


def _looked(asked: Ask, look: str) -> dict[str, Any]:
    """Finding, definition, legend and tiles of one look at the map."""
    record = asked.library.record
    held, regions = places(record), region_records(record)
    if look == "reached":
        parts = _reached_parts(regions)
        tiles = {slug: tile for slug, r in regions.items() if (tile := _reached(r)) is not None}
    else:
        figure = limits_figure(held, regions) if not look else raises_figure(held, regions, NO_RUNS)
        words = ("under 10", "10 to 15", "15 to 20", "20 to 30", "30 and over")
        more = ("no raise on record", "under ¼ of it", "¼ to ½", "½ to 1", "more than it")
        bins = legend([f"seq{i}" for i in range(1, 6)], words) if not look else legend(
            ["t0", "seq2", "seq3", "seq4", "seq5"], more, "no territory")  # fmt: skip
        definition = figure.definition if not look else ADDED
        parts = {"finding": figure.finding, "definition": definition, "legend": bins, "missing": figure.missing,
                 "source": figure.source}  # fmt: skip
        tiles = {slug: (_raised if look else _rate)(r) for slug, r in regions.items()}
    return parts | {"grid": linked_grid(held, tiles, f"{LOOKS[look]}, one tile a region"), "regions": regions}


def _view(asked: Ask) -> Shown:
    look = asked.path.get("look", "")
    title = f"Regions: {LOOKS[look].lower()}" if look else "Regions: who was allowed how much, and where"
    return Shown("regions.html", title, {"look": look, "looks": LOOKS, **_looked(asked, look)})


def _look(asked: Ask) -> Shown:
    if asked.path["look"] not in LOOKS:
        raise Missing(f"The map has no look '{asked.path['look']}'; it has: raises, reached.")
    return _view(asked)


def _region_addresses(library: Library) -> Iterable[str]:
    return [f"/regions/{slug}" for slug in library.record.region_slugs]


ROUTES = (
    Page("/regions", _view, once("/regions"), word="Regions"),
    Page("/maps/{look}", _look, lambda library: [f"/maps/{look}" for look in LOOKS if look]),
    Page("/regions/{region}", region_page, _region_addresses),
)
