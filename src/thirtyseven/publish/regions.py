"""What the record holds for each region: first limit, raises, a final count where one is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thirtyseven.publish.charts.months import long_date
from thirtyseven.publish.charts.tiles import Place
from thirtyseven.record import Record

CAMPS = "nkvd-camps"


@dataclass(frozen=True)
class RegionRecord:
    """One region of Order 00447 as the record has it.

    Attributes:
        slug: its slug.
        name: its name.
        limit1: first limit of the first category, persons.
        limit2: first limit of the second category.
        per_10000: both, per 10,000 inhabitants of 1937; None without a population.
        raised_1938: what the Politburo added in 1938, both categories; for Ukraine's oblasts their
            share of what was given to Ukraine as a whole, by first limits.
        shared: whether that is such a share.
        raised1: known raises of the first category, whoever gave them.
        asked1: asked for later in the first category, None if no request is known.
        proposed1: what the region itself proposed in July 1937, first category.
        reached1: people sentenced in the first category by the last count known.
        reached_when: date of that count, in words.
        reached_scope: what it counts, in a few words.
        reached_note: more of it.
        seen1: "seen" or "recalled", of the first limit.
    """

    slug: str
    name: str
    limit1: float
    limit2: float
    per_10000: float | None
    raised_1938: float
    shared: bool
    raised1: float = 0.0
    asked1: float | None = None
    proposed1: float | None = None
    reached1: float | None = None
    reached_when: str = ""
    reached_scope: str = ""
    reached_note: str = ""
    seen1: str = ""

    @property
    def of_this_order(self) -> bool:
        """Whether the last count is of this order's troika alone, and so can be set against its limits."""
        return self.reached1 is not None and "troika" in self.reached_scope

    @property
    def raise_over_first(self) -> float:
        """The raises of 1938 as a multiple of the first limit."""
        first = self.limit1 + self.limit2
        return self.raised_1938 / first if first else 0.0


def places(record: Record) -> list[Place]:
    """The tile of every region."""
    return [
        Place(slug, r.label, r.name, int(r.col), int(r.row), r.group)
        for slug, r in ((s, record.regions[s]) for s in record.region_slugs)
    ]


def amount(value: Any) -> float | None:
    """The number at the start of a cell that may also hold words: "30000 (no split)"; None without one.

    A new level ("8000 (new level)") is not an amount added and gives None.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    found = re.match(r"\s*([\d,]+(?:\.\d+)?)", text)
    if not found or "level" in text:
        return None
    return float(found.group(1).replace(",", ""))


@dataclass(frozen=True)
class Raise:
    """What one region got of one decision or request.

    Attributes:
        date: EDTF date.
        kind: "raise", "request" or "sum" (of several raises; never to be added to them).
        authority: who decided, as the series has it.
        first: added to the first category.
        other: added to the second category or without a division.
        shared: whether it is a share of what was given to several regions as a whole.
    """

    date: str
    kind: str
    authority: str
    first: float
    other: float
    shared: bool


def raises(record: Record) -> dict[str, list[Raise]]:
    """Known raises and requests of each region, by date; a decision for several is shared by first limits."""
    first_limits = {str(r["region"]): _first(r) for r in record.series["order-00447-limits"].rows}
    out: dict[str, list[Raise]] = {}
    for row in record.series["order-00447-raises"].rows:
        units = [u.strip() for u in str(row["units"] or "").split("|") if u.strip() in first_limits]
        if row["kind"] not in ("raise", "request", "sum") or not units:
            continue
        whole = sum(first_limits[u] for u in units) or 1.0
        for unit in units:
            part = first_limits[unit] / whole if len(units) > 1 else 1.0
            first = part * (amount(row["add_cat1"]) or 0.0)
            other = part * ((amount(row["add_cat2"]) or 0.0) + (amount(row["add_unsplit"]) or 0.0))
            one = Raise(
                str(row["date"]), str(row["kind"]), str(row["authority"] or ""), first, other, len(units) > 1
            )
            out.setdefault(unit, []).append(one)
    return out


def region_records(record: Record) -> dict[str, RegionRecord]:
    """Every region's line, the camps included, in the order of Order 00447's table."""
    limits = {str(row["region"]): row for row in record.series["order-00447-limits"].rows}
    known = raises(record)
    out = {}
    for slug in record.region_slugs:
        row, region = limits.get(slug, {}), record.regions[slug]
        mine = known.get(slug, [])
        in_1938 = [
            r
            for r in mine
            if r.kind == "raise" and r.date[:4] == "1938" and "politburo" in r.authority.lower()
        ]
        asked = [r for r in mine if r.kind == "request"]
        first, people = _first(row), region.population_1937
        out[slug] = RegionRecord(
            slug=slug,
            name=region.name,
            limit1=amount(row.get("limit_cat1")) or 0.0,
            limit2=amount(row.get("limit_cat2")) or 0.0,
            per_10000=first / people * 10_000 if people else None,
            raised_1938=sum(r.first + r.other for r in in_1938),
            shared=any(r.shared for r in in_1938),
            raised1=max(sum(r.first for r in mine if r.kind == kind) for kind in ("raise", "sum")),
            asked1=sum(r.first for r in asked) if asked else None,
            proposed1=amount(row.get("proposed_cat1")),
            reached1=amount(row.get("outcome_cat1")),
            reached_when=long_date(str(row.get("outcome_date") or "")),
            reached_scope=str(row.get("outcome_scope") or ""),
            reached_note=str(row.get("outcome_note") or ""),
            seen1=str(row.get("seen") or ""),
        )
    return out


def _first(row: Mapping[str, Any] | None) -> float:
    if not row:
        return 0.0
    return (amount(row.get("limit_cat1")) or 0.0) + (amount(row.get("limit_cat2")) or 0.0)
