"""Chapter "beside the record", places: limits, raises and what runs make of them, on the tile grid."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from thirtyseven.publish.beside import ordered
from thirtyseven.publish.charts.figure import Figure, Table, table
from thirtyseven.publish.charts.tiles import Place, Tile, bin_of, legend, small_map, tile_grid
from thirtyseven.publish.comparing import WhereFit, fit_where, where_finding, where_sentence
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.regions import CAMPS, RegionRecord
from thirtyseven.publish.wording import count_word, number

RATE_EDGES = (10.0, 15.0, 20.0, 30.0)  # people per 10,000 inhabitants
RAISE_EDGES = (0.25, 0.5, 1.0)  # raises of 1938 over the first limit
SHARE_EDGES = (0.2, 0.4, 0.6, 0.8)  # share of runs


def _rate_tile(r: RegionRecord) -> Tile:
    if r.per_10000 is None:
        return Tile(
            "nd", "", "no rate: camps have no inhabitants to divide by" if r.slug == CAMPS else "no data"
        )
    number_ = f"{r.per_10000:.0f}"
    return Tile(
        f"seq{bin_of(r.per_10000, RATE_EDGES)}", number_,
        f"{number_} per 10,000 inhabitants; first limit {r.limit1:,.0f} to be shot, {r.limit2:,.0f} to camps",
    )  # fmt: skip


def limits_figure(places: Sequence[Place], regions: Mapping[str, RegionRecord]) -> Figure:
    """The first limits of Order 00447 by region, per 10,000 inhabitants (recorded)."""
    known = [r for r in regions.values() if r.per_10000 is not None]
    tiles = {r.slug: _rate_tile(r) for r in regions.values()}
    high = sorted(known, key=lambda r: -(r.per_10000 or 0))[:3]
    low = min(known, key=lambda r: r.per_10000 or 0)
    first1, first2 = sum(r.limit1 for r in regions.values()), sum(r.limit2 for r in regions.values())
    words = ("under 10", "10 to 15", "15 to 20", "20 to 30", "30 and over")
    grid = tile_grid(places, tiles, "First limits by region, one tile each")
    return Figure(
        id="limits",
        finding=(
            f"The order of July 1937 did not fall evenly: from {low.per_10000:.0f} people in 10,000 "
            f"({low.name}) to {high[0].per_10000:.0f} ({high[0].name})"
        ),
        definition=(
            "First limits (limity; historians also say quotas) of both categories in Order 00447 of 30 July 1937, "
            f"per 10,000 inhabitants: {first1:,.0f} people to be shot and {first2:,.0f} to be sent to camps in all."
        ),
        body=Markup('<div class="mapwrap">{}{}</div>').format(grid, legend([f"seq{i}" for i in range(1, 6)], words)),
        tables=(_region_table(regions),),
        missing=(
            "Tiles have equal size, not equal population or area. Yakutia is not in the order’s list and has no tile. "
            "Populations of 1937 are estimates: counts of 1939 scaled to the republics’ totals of 1937."
        ),
        source="Recorded: Order 00447, section II, limits of 64 units and the camps"
        + (f"; {sum(r.seen1 == 'recalled' for r in regions.values())} of them recalled, not re-seen" if any(
            r.seen1 == "recalled" for r in regions.values()) else "")
        + ". Population: estimated.",
    )  # fmt: skip


def _region_table(regions: Mapping[str, RegionRecord]) -> Table:
    rows = []
    for r in regions.values():
        raised = "–"
        if r.raised_1938:
            raised = f"{r.raised_1938:,.0f}" + (" (share of Ukraine’s)" if r.shared else "")
        reached = "not known" if r.reached1 is None else f"{r.reached1:,.0f} by {r.reached_when}"
        rows.append((r.name, f"{r.limit1:,.0f}", f"{r.limit2:,.0f}", number(r.per_10000, 1), raised, reached))
    return table(
        "Order 00447 by region (persons)",
        ("Region", "First limit, to be shot", "First limit, camps", "Both per 10,000 inhabitants",
         "Raised by the Politburo in 1938", "Sentenced to be shot, last count known"),
        rows,
    )  # fmt: skip


def _raise_tile(r: RegionRecord) -> Tile:
    if r.slug == CAMPS:
        return Tile("nd", "", "not a territory")
    if not r.raised_1938:
        return Tile("t0", "0", "no raise by the Politburo in 1938 on record")
    ratio = r.raise_over_first
    extra = ", its share of what was given to Ukraine as a whole" if r.shared else ""
    return Tile(
        f"seq{bin_of(ratio, RAISE_EDGES) + 1}", f"{ratio:.1f}",
        f"raised by {r.raised_1938:,.0f}, {ratio:.1f} times its first limit{extra}",
    )  # fmt: skip


def raises_figure(
    places: Sequence[Place], regions: Mapping[str, RegionRecord], series: Series
) -> Figure:
    """The raises of 1938 on the tile grid, and how often each explanation's runs raise the same regions."""
    units = [s for s in regions if s != CAMPS]
    raised = frozenset(s for s in units if regions[s].raised_1938 > 0)
    slugs = [s for s in ordered(series.models) if series.models[s].regions]
    fits = {s: fit_where(series.models[s], raised, units) for s in slugs}
    grid = tile_grid(
        places, {s: _raise_tile(regions[s]) for s in regions}, "Raises of 1938 by region, one tile each"
    )
    words = ("no raise on record", "under ¼ of it", "¼ to ½", "½ to 1", "more than it")
    bins = legend(["t0", "seq2", "seq3", "seq4", "seq5"], words, "no territory")
    body = Markup('<div class="mapwrap">{}{}</div>').format(grid, bins)
    if slugs:
        body += _small_maps(places, series, slugs, fits)
    plain = f"In 1938 the Politburo raised the limits of {len(raised)} of {len(units)} regions"
    finding = where_finding(fits) if slugs else plain
    return Figure(
        id="raises",
        finding=finding,
        definition=(
            f"Large map, the record: what the Politburo added in 1938 to the limits of {len(raised)} of {len(units)} "
            "regions, as a multiple of the first limit. Small maps, the models: share of runs in which the region’s "
            "limit is raised in 1938. A good explanation shades the regions that the large map shades."
        ),
        body=body,
        tables=_raise_tables(regions, series, slugs),
        missing=(
            "Raises given by the NKVD alone are recorded for a few regions only and are left out. Ukraine’s raises "
            "were given to the republic as a whole; its eight units carry shares by their first limits. "
            "Tiles have equal size, not equal population or area."
        ),
        source="Recorded: Politburo decisions of 31 January to 29 August 1938 (see the record for what was seen and "
        "what is recalled). Simulated: posterior predictive runs.",
    )


def _small_maps(
    places: Sequence[Place], series: Series, slugs: Sequence[str], fits: Mapping[str, WhereFit | None]
) -> Markup:
    panels = []
    for slug in slugs:
        css = {
            s: f"sim{bin_of(r.raised, SHARE_EDGES)}"
            for s, r in series.models[slug].regions.items()
            if r.raised is not None and s != CAMPS
        }
        says = where_sentence(fits[slug])
        picture = small_map(places, css, f"w-{slug}", f"Raises in runs of {NAMES[slug].title}", says)
        panels.append(
            Markup(
                f'<section class="panel"><h4>{escape(NAMES[slug].title)} <span>{escape(NAMES[slug].gloss)}</span></h4>'
                f'{picture}<p class="pnote">{escape(says)}</p></section>'
            )
        )
    bins = legend(
        [f"sim{i}" for i in range(1, 6)],
        ("under 20", "20 to 40", "40 to 60", "60 to 80", "80 and over"),
        "no runs",
    )
    return Markup(
        '<div class="panels maps">{}</div><p class="legendhead">Simulated: of 100 runs, limit raised in 1938 in</p>{}'
    ).format(Markup("").join(panels), bins)


def _raise_tables(
    regions: Mapping[str, RegionRecord], series: Series, slugs: Sequence[str]
) -> tuple[Table, ...]:
    rows = []
    for r in regions.values():
        cells = [r.name, f"{r.raised_1938:,.0f}" if r.raised_1938 else "0", f"{r.raise_over_first:.2f}"]
        for slug in slugs:
            region = series.models[slug].regions.get(r.slug)
            value = None if region is None else region.raised
            cells.append("–" if value is None else f"{100 * value:.0f}")
        rows.append(cells)
    head = ["Region", "Raised by (persons)", "As a multiple of its first limit"] + [
        NAMES[s].title for s in slugs
    ]
    return (table("Raises of 1938 on record; for each explanation, in how many of 100 runs", head, rows),)


def _bar(name: str, when: str, value: float | None, top: float, css: str, limit: float) -> Markup:
    """One bar; the part of a "reach" bar beyond the limit is hatched."""
    rect = ""
    if value is not None:
        cut = min(value, limit) if css == "reach" else value
        fill = "reach" if css == "all" else css
        rect = f'<rect class="b {fill}" x="1" y="3" width="{100 * cut / top:.1f}%" height="10"/>'
        if cut < value:
            rect += (
                f'<rect class="b over" x="{100 * cut / top:.1f}%" y="3" width="{100 * (value - cut) / top:.1f}%" '
                'height="10" fill="url(#hatch)"/>'
            )
    x = f"{100 * limit / top:.1f}%"
    text = "not known" if value is None else f"{value:,.0f}"
    return Markup(
        f'<div class="bar"><span class="bn">{escape(name)} <i>{escape(when)}</i></span>'
        f'<svg width="100%" height="16" aria-hidden="true">{rect}'
        f'<line class="lim" x1="{x}" x2="{x}" y1="0" y2="16"/></svg>'
        f'<span class="bv">{text}</span></div>'
    )


def _region_bars(r: RegionRecord) -> tuple[Markup, tuple[str, ...]]:
    """One region's panel and its row of the table."""
    reached, last = r.reached1 or 0.0, r.limit1 + r.raised1
    asked = None if r.asked1 is None else r.limit1 + r.asked1
    top = 1.05 * max(r.proposed1 or 0, last, asked or 0, reached)
    bars = [
        _bar("Proposed by the region", "July 1937", r.proposed1, top, "open", last),
        _bar("First limit", "30 July 1937", r.limit1, top, "solid", last),
        _bar("Asked for later", "with the first limit", asked, top, "open", last),
        _bar("Limit after known raises", "", last, top, "solid", last),
        _bar("Counted", f"to {r.reached_when}", reached, top, "reach" if r.of_this_order else "all", last),
    ]
    panel = Markup(
        f'<section class="panel bars"><h4>{escape(r.name)} <span>counted: {escape(r.reached_scope)}</span></h4>'
        f"{Markup('').join(bars)}</section>"
    )
    row = (
        r.name, "not known" if r.proposed1 is None else f"{r.proposed1:,.0f}", f"{r.limit1:,.0f}",
        "none known" if asked is None else f"{asked:,.0f}", f"{last:,.0f}", f"{reached:,.0f}", r.reached_when,
        r.reached_scope, r.reached_note,
    )  # fmt: skip
    return panel, row


def counts_figure(regions: Mapping[str, RegionRecord]) -> Figure | None:
    """Who proposed, allowed and did how much: regions with a count of those sentenced to be shot (5.2)."""
    known = sorted(
        (r for r in regions.values() if r.reached1 is not None),
        key=lambda r: (not r.of_this_order, -(r.reached1 or 0) / max(r.limit1, 1)),
    )
    if not known:
        return None
    drawn = [_region_bars(r) for r in known]
    return Figure(
        id="counts",
        finding=counts_finding(known, len(regions) - 1),
        definition=(
            "First category, persons: what the region proposed in July 1937, what the order allowed, what was asked "
            "for and granted later as far as known, and the last count. Upright line: last limit known. Hatched: "
            "beyond any limit on record. Counts of all organs hold more than this order and are not hatched."
        ),
        body=Markup('<div class="panels">{}</div>').format(Markup("").join(panel for panel, _row in drawn)),
        tables=(
            table(
                "First category by region (persons)",
                ("Region", "Proposed", "First limit", "Asked for later", "Limit after known raises", "Counted", "to",
                 "what is counted", "note"), [row for _panel, row in drawn], notes=(8,),
            ),
        ),
        missing="For what lies beyond, no sanction has been found, which does not mean that there was none.",
        source="Recorded and compiled, some cited from memory: see each row of the series order-00447-limits.",
    )  # fmt: skip


def counts_finding(known: Sequence[RegionRecord], units: int) -> str:
    """In how many regions the count of this order alone passes the last limit known."""
    own = [r for r in known if r.of_this_order]
    if not own:
        return f"For none of {units} regions is there a count of those shot under this order alone"
    over = sum((r.reached1 or 0.0) > r.limit1 + r.raised1 for r in own)
    of = count_word(len(own))
    who = f"all {of}" if over == len(own) else f"{count_word(over)} of the {of}"
    rest = f"for the other {units - len(own)} there is none"
    return f"The last limit known was passed in {who} regions with a count of those shot under this order alone; {rest}"
