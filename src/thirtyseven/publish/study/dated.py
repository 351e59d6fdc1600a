"""The timeline as a dated outline of causes, events and consequences, on one page, three, or ten."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import Sources, foot, pointer, when
from thirtyseven.publish.study.sheet import Block, Cell, Grid, Heading, Sheet, Text, cell, paragraph, quiet, say, strong
from thirtyseven.record import Event, Record, span

LENGTHS = {"short": "on one page", "middle": "on three pages", "long": "in full"}
PRECISION = {"day": "", "period": "", "month": "month only", "season": "season only", "year": "year only", "disputed": "disputed"}
LANES = {"orders": "orders", "elite": "party, army", "mass": "mass operations", "national": "nationalities",
         "economy-abroad": "abroad, economy"}  # fmt: skip
"""The record's lanes in a word or two."""
_LEFT = ("texts",)
_CLAIMS = 2
"""Claims told below one event."""
_NOTE = (
    "Between the lines stand people: each trial, order and limit was the arrest of somebody. A date says when something "
    "happened, not that what stands above caused what stands below."
)


def timeline(record: Record, length: str) -> Sheet:
    """The timeline at one length.

    Args:
        record: the record.
        length: `short`, `middle` or `long`.
    """
    sources = Sources(record, by_name=length != "long")
    events = chosen(record, length)
    blocks: list[Block] = [paragraph(_NOTE, role="note")]
    for title, part in _parts(events):
        blocks.append(_grid(record, sources, title, part, length))
    if length == "long":
        blocks += [Heading("Sources", 2), sources.listing()]
    return Sheet(
        f"Timeline of the Great Terror, {LENGTHS[length]}", "Causes and conditions, events, end and consequences.",
        tuple(blocks), foot(record), small=True,
    )  # fmt: skip


def chosen(record: Record, length: str) -> list[Event]:
    """The events of one length, by first day."""
    data = choices("outline")
    events = sorted(record.events.values(), key=lambda one: (_first(one.date), one.date, one.id))
    if length == "long":
        return events
    wanted = set(data["short_events"])
    if length == "middle":
        wanted |= {one.id for one in events if _in_middle(one)}
    return [one for one in events if one.id in wanted]


def _first(text: str) -> datetime.date:
    """The first day that a date may mean; the earliest of all where that is not known."""
    return span(text).first or datetime.date.min


def _in_middle(event: Event) -> bool:
    data = choices("outline")
    inside = _first(data["middle_from"]) <= _first(event.date) <= _first(data["middle_to"])
    return event.id in data["middle_abroad"] or (inside and event.lane in data["middle_lanes"])


def _parts(events: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    """Share the events among causes, events and consequences by their first day."""
    out: list[tuple[str, list[Event]]] = []
    begin = datetime.date.min
    for part in choices("outline")["parts"]:
        until = _first(part["until"])
        held = [one for one in events if begin < _first(one.date) <= until]
        if held:
            out.append((part["title"], held))
        begin = until
    return out


def _grid(record: Record, sources: Sources, title: str, events: Sequence[Event], length: str) -> Grid:
    if length == "short":
        rows = tuple((cell(when(one.date)), Cell((_told(sources, one, length),))) for one in events)
        return Grid(title, ("When", "What happened"), rows, (22, 78))
    wide = tuple(
        (cell(_date(one)), Cell((_told(sources, one, length), *_said(record, sources, one, length))),
         cell(LANES.get(one.lane, one.lane)))
        for one in events
    )  # fmt: skip
    return Grid(title, ("When", "What happened", "Where it belongs"), wide, (19, 66, 15))


def _said(record: Record, sources: Sources, event: Event, length: str) -> list[Text]:
    """At full length: what can be written about an event, from the claims that rest on it."""
    if length != "long":
        return []
    held = [claim for claim in record.claims.values() if event.id in claim.events and claim.family not in _LEFT]
    return [
        say("– ", claim.best, sources.claim(claim.id), pointer(claim))
        for claim in held[:_CLAIMS]
    ]


def _date(event: Event) -> str:
    precision = PRECISION.get(event.precision, event.precision)
    return when(event.date) + (f" ({precision})" if precision else "")


def _told(sources: Sources, event: Event, length: str) -> Text:
    """What happened; longer lengths add other dates, notes, source and id."""
    if length == "short":
        return say(event.title, sources.cite([event.source]), quiet(f" {event.id}"))
    others = ", ".join(when(one.strip()) for one in event.alternatives.split("|") if one.strip())
    doubt = f". Other dates given: {others}." if others else ""
    start = "" if doubt else "."
    note = f"{start} {event.note[:1].upper()}{event.note[1:]}." if event.note and length == "long" else ""
    return say(event.title, strong(doubt), note, sources.cite([event.source]), quiet(f" {event.id}"))
