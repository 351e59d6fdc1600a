"""One region: who proposed, asked for, allowed and did how much, by category; who was in office; where it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.pages.dating import by_date
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, Missing, Shown
from thirtyseven.publish.charts.figure import Table, table
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.regions import Raise, amount, raises, region_records
from thirtyseven.publish.study.citing import when
from thirtyseven.record import Record

CATEGORIES = {1: "First category: to be shot", 2: "Second category: camp or prison"}
ATTRIBUTES = {
    "border": "frontier with a state then seen as hostile", "exile": "dekulakisation and special settlement, 1930–33",
    "shortfall": "harvest failure of 1936", "unrest": "open resistance, 1929–33",
    "garrison": "weight of the Red Army stationed there",
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One bar: what somebody proposed, asked for, allowed or did.

    Attributes:
        name: which of these.
        when: date in words.
        value: persons; None where it is not known, which draws no bar and never a zero.
        css: how it is drawn.
        source: citation.
        steps: where single raises had brought the limit, in order.
    """

    name: str
    when: str
    value: float | None
    css: str
    source: str
    steps: tuple[float, ...] = ()


def category_bars(record: Record, slug: str, category: int) -> tuple[list[Bar], float]:
    """The five bars of one category, and the last limit known.

    Args:
        record: the loaded record.
        slug: of the region.
        category: 1 or 2.
    """
    rows = {str(row["region"]): row for row in record.series["order-00447-limits"].rows}
    row: Mapping[str, Any] = rows.get(slug, {})
    held = raises(record).get(slug, [])
    first = amount(row.get(f"limit_cat{category}")) or 0.0
    last = first + max(_added(held, kind, category) for kind in ("raise", "sum"))
    asked = [r for r in held if r.kind == "request"]
    requested = first + _added(asked, "request", category) if asked else None
    steps = sorted((r for r in held if r.kind == "raise" and _added([r], "raise", category)), key=lambda r: r.date)
    counted = amount(row.get(f"outcome_cat{category}"))
    own = counted is None or "troika" in str(row.get("outcome_scope") or "")
    bars = [
        Bar("Proposed by the region", _date(row, "proposed_date"), amount(row.get(f"proposed_cat{category}")), "open",
            _cite(record, row, "proposal")),
        Bar("First limit", "30 July 1937", first, "solid", _cite(record, row, "")),
        Bar("Asked for later, with the first limit", _dates(asked), requested, "open", ""),
        Bar("Limit after known raises", _dates(steps), last, "solid", "", _climb(first, steps, category)),
        Bar("Sentenced, last count known" if own else "Counted by all organs, not this order alone",
            _date(row, "outcome_date", "to "), counted, "reach" if own else "all", _cite(record, row, "outcome")),
    ]  # fmt: skip
    return bars, last


def _added(held: Sequence[Raise], kind: str, category: int) -> float:
    return sum(r.first if category == 1 else r.other for r in held if r.kind == kind)


def _climb(first: float, steps: Sequence[Raise], category: int) -> tuple[float, ...]:
    """The limit after each raise, one after the other."""
    out, at = [], first
    for step in steps:
        at += _added([step], "raise", category)
        out.append(at)
    return tuple(out)


def _date(row: Mapping[str, Any], column: str, before: str = "") -> str:
    text = str(row.get(column) or "")
    return before + when(text) if text else ""


def _dates(held: Sequence[Raise]) -> str:
    return ", ".join(dict.fromkeys(when(r.date) for r in sorted(held, key=lambda r: r.date)))


def _cite(record: Record, row: Mapping[str, Any], part: str) -> str:
    prefix = f"{part}_" if part else ""
    source = record.sources.get(str(row.get(f"{prefix}source") or ""))
    return source.cite("", str(row.get(f"{prefix}seen") or "seen")) if source else ""


def bars_drawn(bars: Sequence[Bar], last: float, top: float) -> Markup:
    """Bars on one axis with an upright line at the last limit; what passes it is hatched."""
    out = []
    x = f"{100 * last / top:.1f}%"
    for bar in bars:
        rect = ""
        if bar.value is not None:
            cut = min(bar.value, last) if bar.css == "reach" else bar.value
            css = "reach" if bar.css == "all" else bar.css
            rect = f'<rect class="b {css}" x="1" y="3" width="{100 * cut / top:.1f}%" height="10"/>'
            if cut < bar.value:
                rect += (f'<rect class="b over" x="{x}" y="3" width="{100 * (bar.value - cut) / top:.1f}%" height="10" '
                         'fill="url(#hatch)"/>')  # fmt: skip
        for step in bar.steps[:-1]:
            rect += f'<line class="step" x1="{100 * step / top:.1f}%" x2="{100 * step / top:.1f}%" y1="2" y2="14"/>'
        text = "not known" if bar.value is None else f"{bar.value:,.0f}"
        out.append(
            f'<div class="bar"><span class="bn">{escape(bar.name)} <i>{escape(bar.when)}</i></span>'
            f'<svg width="100%" height="16" aria-hidden="true">{rect}<line class="lim" x1="{x}" x2="{x}" y1="0" y2="16"/></svg>'
            f'<span class="bv">{text}</span></div>'
        )
    return Markup("".join(out))


def _finding(name: str, parts: Mapping[int, tuple[list[Bar], float]]) -> str:
    """What the bars show, in a sentence that needs no bars."""
    bars, last = parts[1]
    first, counted = bars[1].value or 0.0, bars[4]
    if counted.value is not None and counted.css == "reach":
        if counted.value > last:
            return (f"{name}: the first limit was {first:,.0f} people to be shot; {counted.value:,.0f} were sentenced to be "
                    f"shot, {counted.value - last:,.0f} more than any limit on record")  # fmt: skip
        return f"{name}: {counted.value:,.0f} people sentenced to be shot, under the last limit known of {last:,.0f}"
    if last > first:
        return f"{name}: the limit of people to be shot rose from {first:,.0f} to {last:,.0f}; no final count is known"
    return f"{name}: a first limit of {first:,.0f} people to be shot; no raise and no final count is on record"


def _table(name: str, parts: Mapping[int, tuple[list[Bar], float]]) -> Table:
    rows = [
        (CATEGORIES[category].partition(":")[0], bar.name, bar.when or "–",
         "not known" if bar.value is None else f"{bar.value:,.0f}", bar.source or "see the raises below")
        for category, (bars, _) in parts.items() for bar in bars
    ]  # fmt: skip
    return table(f"{name} under Order 00447 (persons)", ("Category", "What", "When", "Persons", "Source"), rows, (1, 4))


def _decisions(record: Record, slug: str) -> Table | None:
    """Raises and requests of a region as the series has them."""
    rows = []
    for row in record.series["order-00447-raises"].rows:
        if slug not in [u.strip() for u in str(row["units"] or "").split("|")]:
            continue
        source = record.sources.get(str(row["source"] or ""))
        amounts = [_plus(row[c]) for c in ("add_cat1", "add_cat2", "add_unsplit")]
        cited = source.cite("", str(row["seen"] or "seen")) if source else "–"
        rows.append((when(str(row["date"])), str(row["kind"]), str(row["unit"]), *amounts, str(row["authority"] or "–"), cited))
    if not rows:
        return None
    head = ("Date", "Kind", "For", "To be shot", "Camps or prison", "Not divided", "Decided by", "Source")
    return table("Raises and requests on record (persons)", head, rows, (6, 7))


def _plus(value: Any) -> str:
    return "–" if value in (None, "") else f"{value:,}" if isinstance(value, int) else str(value)


def _attributes(record: Record, slug: str) -> Table | None:
    row = next((r for r in record.series["region-attributes"].rows if r["region"] == slug), None)
    if row is None:
        return None
    rows = [
        (words, *(str(row[f"{name}_{coder}"]) if row.get(f"{name}_{coder}") is not None else "–" for coder in "ab"))
        for name, words in ATTRIBUTES.items()
    ]
    return table("Judged by two coders who worked apart, 0 to 1", ("What", "First coder", "Second coder"), rows)


def _runs(library: Library, slug: str) -> Table | None:
    """What runs of each explanation make of the region."""
    if library.weighed is None:
        return None
    rows = []
    for kind, name in NAMES.items():
        model = library.weighed.series.models.get(kind)
        region = model.regions.get(slug) if model else None
        if region is None:
            continue
        rate = region.sentenced_rate
        band = f"{rate.q50:,.0f} ({rate.q05:,.0f}–{rate.q95:,.0f})" if rate.known else "–"  # type: ignore[str-format]
        rows.append((name.title, "–" if region.raised is None else f"{100 * region.raised:.0f}", band))
    head = ("Explanation", "Limit raised in 1938, in 100 runs", "Sentenced per 10,000 people, middle (5–95 %)")
    return table("What runs of each explanation make of this region (simulated)", head, rows) if rows else None


def region_page(asked: Ask) -> Shown:
    """The page of one region."""
    library, slug = asked.library, asked.path["region"]
    record = library.record
    region = record.regions.get(slug)
    if region is None:
        raise Missing(f"The record has no region '{slug}'; the page of regions lists all 65.")
    parts = {category: category_bars(record, slug, category) for category in CATEGORIES}
    tops = {c: 1.05 * max([1.0, last, *(bar.value or 0.0 for bar in bars)]) for c, (bars, last) in parts.items()}
    drawn = {CATEGORIES[c]: bars_drawn(bars, last, tops[c]) for c, (bars, last) in parts.items()}
    progress = [row for row in record.series["order-00447-progress"].rows if row["region"] == slug]
    return Shown("region.html", f"{region.name}: region", {
        "region": region, "known": region_records(record)[slug], "finding": _finding(region.name, parts), "drawn": drawn,
        "limits_table": _table(region.name, parts), "decisions": _decisions(record, slug),
        "attributes": _attributes(record, slug), "runs_table": _runs(library, slug), "progress": progress,
        "offices": by_date((o for o in record.offices.values() if o.territory == slug), "begin"),
        "figures_here": [one.id for one in record.figures.values() if one.territory == slug],
    })  # fmt: skip
