"""The timeline: what happened, in words first, with how well each date is known; then the same as a picture."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.pages.dating import by_date
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.publish.charts.marks import percent
from thirtyseven.record import Event, span
from thirtyseven.record.search import fold, words_of

LANES = {"orders": "Orders", "elite": "Party, state, army", "mass": "Mass operations", "national": "National operations",
         "economy-abroad": "Economy and abroad"}  # fmt: skip
"""The record's lanes, as the navigation of this page names them."""
FIRST, LAST = datetime.date(1934, 1, 1), datetime.date(1939, 12, 31)
"""What the picture shows; the list holds everything."""
ROW = 13
"""Height of one row of marks in px."""
PRECISION = {
    "day": "known to the day", "month": "known to the month", "season": "known to the season", "year": "known to the year",
    "period": "a stretch of time", "disputed": "disputed",
}  # fmt: skip


def mark(event: Event, width: int = 14) -> Markup:
    """The small drawing of a date's precision, beside its words."""
    shapes = {
        "day": '<circle class="m-day" cx="7" cy="7" r="4"/>',
        "month": '<rect class="m-span" x="1" y="4" width="12" height="6"/>',
        "period": '<rect class="m-span" x="1" y="4" width="12" height="6"/>',
        "disputed": '<circle class="m-two" cx="4" cy="7" r="3"/><circle class="m-two" cx="10.5" cy="7" r="3"/>',
    }
    soft = '<rect class="m-soft" x="1" y="4" width="12" height="6"/>'
    return Markup(f'<svg width="{width}" height="14" aria-hidden="true">{shapes.get(event.precision, soft)}</svg>')


def _years(text: str, fallback: int) -> int:
    return int(text) if re.fullmatch(r"\d{4}", text) else fallback


def _chosen(asked: Ask, lane: str) -> tuple[list[Event], str]:
    """The events asked for, and what is wrong with the question, "" if nothing."""
    begin, until = asked.query.get("from", ""), asked.query.get("until", "")
    wrong = [text for text in (begin, until) if text and not re.fullmatch(r"\d{4}", text)]
    fault = f"“{wrong[0]}” is not a year; write it like 1937. All years are shown." if wrong else ""
    low, high = _years(begin, 0), _years(until, 9999)
    if low > high:
        fault, low, high = f"{low} is later than {high}; all years are shown.", 0, 9999
    words = words_of(asked.query.get("q", ""))
    out = []
    for event in by_date(asked.library.record.events.values()):
        days = span(event.date)
        first = days.first.year if days.first else 0
        last = days.last.year if days.last else 9999
        text = fold(" ".join((event.title, event.note, *event.actors, *event.institutions)))
        if (not lane or event.lane == lane) and first <= high and last >= low and all(word in text for word in words):
            out.append(event)
    return out, fault


def _by_year(events: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    out: dict[str, list[Event]] = {}
    for event in events:
        out.setdefault(event.date[:4], []).append(event)
    return list(out.items())


def _view(asked: Ask) -> Shown:
    lane = asked.path.get("lane", "")
    if lane and lane not in LANES:
        raise Missing(f"The timeline has no lane '{lane}'; it has: {', '.join(LANES)}.")
    events, fault = _chosen(asked, lane)
    words = f"{LANES[lane]}: timeline" if lane else "Timeline"
    return Shown("timeline.html", words, {
        "heading": f"Timeline: {LANES[lane].lower()}" if lane else "Timeline, 1926–56", "lane": lane, "lanes": LANES,
        "years": _by_year(events), "count": len(events), "of": len(asked.library.record.events), "fault": fault,
        "query": {name: asked.query.get(name, "") for name in ("q", "from", "until")}, "mark": mark,
        "precision": PRECISION, "picture": lanes_picture(events),
    })  # fmt: skip


def _x(day: datetime.date) -> float:
    return 100 * (day - FIRST).days / (LAST - FIRST).days


def _stretch(event: Event) -> tuple[float, float] | None:
    """Where an event lies in the picture, None outside it."""
    days = span(event.date)
    first, last = days.first or FIRST, days.last or LAST
    if last < FIRST or first > LAST:
        return None
    return _x(max(first, FIRST)), _x(min(last, LAST))


def _alternatives(event: Event) -> list[float]:
    out = []
    for text in event.alternatives.split("|"):
        try:
            day = span(text.strip()).first if text.strip() else None
        except ValueError:
            day = None
        if day and FIRST <= day <= LAST:
            out.append(_x(day))
    return out


def _drawn(event: Event, left: float, right: float, y: float) -> str:
    """One event's mark: circle a day, bar a month or a stretch, outlined bar season or year, two circles a dispute."""
    if event.precision == "disputed":
        xs = sorted({percent(x) for x in [left, *_alternatives(event)]}, key=float)
        line = f'<line class="m-dots" x1="{xs[0]}%" x2="{xs[-1]}%" y1="{y}" y2="{y}"/>'
        return line + "".join(f'<circle class="m-two" cx="{x}%" cy="{y}" r="3.5"/>' for x in xs)
    if event.precision == "day":
        return f'<circle class="m-day" cx="{percent(left)}%" cy="{y}" r="3.5"/>'
    css = "m-span" if event.precision in ("month", "period") else "m-soft"
    width = percent(max(right - left, 0.4))
    return f'<rect class="{css}" x="{percent(left)}%" y="{y - 3.5}" width="{width}%" height="7"/>'


def _lane(name: str, events: Sequence[Event]) -> Markup:
    """One lane: marks in as many rows as keep them apart."""
    ends: list[float] = []
    inside = []
    for event in events:
        place = _stretch(event)
        if place is None:
            continue
        left, right = place
        row = next((i for i, end in enumerate(ends) if end < left), len(ends))
        ends[row : row + 1] = [right + 1.1]
        inside.append(_drawn(event, left, right, ROW * row + 8))
    height = ROW * max(1, len(ends)) + 4
    ticks = "".join(
        f'<line class="m-year" x1="{percent(_x(datetime.date(year, 1, 1)))}%" '
        f'x2="{percent(_x(datetime.date(year, 1, 1)))}%" y1="0" y2="{height}"/>'
        for year in range(FIRST.year, LAST.year + 1)
    )
    count = f"{len(inside)} event{'' if len(inside) == 1 else 's'}"
    said = f"{count}, {FIRST.year} to {LAST.year}; each stands in the list with its date in words."
    ident = f"lane-{name}"
    return Markup(
        f'<div class="lane"><span class="ll">{escape(LANES[name])}</span><svg width="100%" height="{height}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{escape(LANES[name])}</title>'
        f'<desc id="{ident}-d">{escape(said)}</desc>{ticks}{"".join(inside)}</svg></div>'
    )


def lanes_picture(events: Sequence[Event]) -> Markup:
    """The lanes of 1934-39 with the events given, "" where none falls into these years."""
    shown = [one for one in events if _stretch(one)]
    if not shown:
        return Markup("")
    lanes = Markup("").join(_lane(name, [e for e in shown if e.lane == name]) for name in LANES
                            if any(e.lane == name for e in shown))  # fmt: skip
    years = "".join(f"<span>{year}</span>" for year in range(FIRST.year, LAST.year + 1))
    return Markup('<div class="lanes">{}<div class="years" aria-hidden="true">{}</div></div>').format(lanes, Markup(years))


def _event(asked: Ask) -> Shown:
    library, ident = asked.library, asked.path["event"]
    event = library.record.events.get(ident)
    if event is None:
        raise Missing(f"The record has no event '{ident}'; the timeline lists all of them.")
    ordered = by_date(library.record.events.values())
    at = ordered.index(event)
    words: dict[str, Any] = {
        "event": event, "mark": mark(event), "precision": PRECISION[event.precision], "lane": LANES[event.lane],
        "alternatives": [text.strip() for text in event.alternatives.split("|") if text.strip()],
        "before": ordered[at - 1] if at else None, "after": ordered[at + 1] if at + 1 < len(ordered) else None,
        "claims_here": library.claims_by_event.get(ident, ()),
    }  # fmt: skip
    return Shown("event.html", f"{event.title} ({ident})", words)


def _lane_addresses(library: Library) -> Iterable[str]:
    return [f"/timeline/{lane}" for lane in LANES]


def _event_addresses(library: Library) -> Iterable[str]:
    return [f"/events/{ident}" for ident in library.record.events]


ROUTES = (
    Page("/timeline", _view, once("/timeline"), word="Timeline", asks=("q", "from", "until")),
    Page("/timeline/{lane}", _view, _lane_addresses, asks=("q", "from", "until")),
    Page("/events/{event}", _event, _event_addresses),
)
