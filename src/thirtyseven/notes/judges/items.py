"""Entries of a chronology ("10 July 1934 – NKVD of the USSR"): a day of the record and the words of its event, and nothing else.

Such an entry is right or nothing is said of it. What the event's own title does not have (another person, place or number, a
verb that turns it round) may be the entry's mistake, so that it is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from thirtyseven.notes.known.entries import AGREES, Span
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import span_of
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import Event, load

LONGEST = 22
"""Words of the longest entry."""

_STEM = 5
_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_PLAIN = frozenset(
    "the and for with from that this into over under after before again also their there they them were was are is has have had "
    "been being its his her him one two new first last day date same year month week then next of in on at to by as an a but not "
    "now here more most all some other others about near just only soviet union ussr russia stalin people".split()
)
_TURNING = frozenset(
    "end ends ended ending stop stops stopped halt halts begin begins began start starts started open opens close "
    "closes closed forbid forbids forbade forbidden ban bans banned allow allows allowed permit lower lowers lowered "
    "raise raises raised cut cuts reject rejects rejected refuse refuses refused acquit acquitted free freed release "
    "released abolish abolishes abolished cancel cancels cancelled create creates created found founded sign signs "
    "signed signature issue issues issued approve approves approved propose proposes proposed escape escapes escaped "
    "survive survives survived replace replaces replaced resign resigns resigned promote promotes promoted arrest "
    "arrests arrested shot shoot executed killed murdered murder suicide kill kills dies died die condemned spared "
    "deport deports deported extend extends extended reopen reopens join joins joined leave leaves left all every "
    "each none nobody both half third quarter never no not only famine innocent guilty despite but instead".split()
)
"""Words that an entry may only have where the event's title or note has them too, in some form."""


@dataclass(frozen=True)
class _Entry:
    event: Event
    stems: frozenset[str]
    surnames: frozenset[str]
    numbers: frozenset[str]
    span: Span


@lru_cache(maxsize=1)
def _entries() -> dict[int, tuple[_Entry, ...]]:
    """Day of an event's beginning, as an ordinal -> what the record has on that day."""
    found: dict[int, list[_Entry]] = defaultdict(list)
    for event in load().events.values():
        if event.precision not in ("day", "period") or "season" in event.date:
            continue
        text = f"{event.title} {' '.join(event.institutions)} {event.place}".lower()
        words = _WORD.findall(text.replace("'s", ""))
        people = frozenset(actor.split()[-1].lower() for actor in event.actors)
        span = span_of(event.date)
        entry = _Entry(
            event,
            frozenset(_stem(word) for word in (*words, *people)),
            people,
            frozenset(word.replace(",", "") for word in words if word[0].isdigit()),
            span,
        )
        found[span[0].toordinal()].append(entry)
    return {day: tuple(entries) for day, entries in found.items()}


def _stem(word: str) -> str:
    return word[:_STEM]


def judge_items(reading: Reading) -> list[Finding]:
    """A finding if a short entry has one day, and the words of what the record has on that day, and nothing else."""
    dates = [_dated(reading, when) for when in reading.dates]
    if len(dates) != 1 or dates[0] is None or reading.question or reading.quoting or reading.supposing:
        return []
    when = dates[0]
    if any(reading.cue("hedge", at, at) for at in range(len(reading.tokens)) if not when.first <= at <= when.last):
        return []
    outside = [token for index, token in enumerate(reading.tokens) if not when.first <= index <= when.last]
    words = [token.low.removesuffix("'s") for token in outside if token.kind != "mark"]
    if not words or len(words) > LONGEST or when.word in ("since", "until", "till", "before", "after", "by"):
        return []
    for entry in _entries().get(when.start.toordinal(), ()):
        if when.end not in (when.start, entry.span[1]):
            continue
        if _tells(words, entry) and not _strange(reading, words, entry, when):
            event = entry.event
            best = f"{event.title}: {shown(entry.span)}"
            return [
                Finding(
                    0, len(reading.tokens) - 1, AGREES, f"when:{event.id}", event.title, best, "the record's timeline",
                    figure=(event.id,), strength=3.0,
                )
            ]  # fmt: skip
    return []


def _dated(reading: Reading, when: When) -> When | None:
    """A day with its year, which a heading may have given."""
    if when.precision not in ("day", "range"):
        return None
    if not when.yearless:
        return when
    years = reading.context_years
    if years is None or years[0] != years[1]:
        return None
    try:
        start, end = (day.replace(year=years[0]) for day in (when.start, when.end))
    except ValueError:
        return None
    return replace(when, start=start, end=end, yearless=False)


def _tells(words: list[str], entry: _Entry) -> bool:
    """Whether enough of an entry's words are the event's: half of them, two at least (one of one or two)."""
    telling = {_stem(word) for word in words if len(word) > 3 and word not in _PLAIN and not word[0].isdigit()}
    common = telling & entry.stems
    return len(common) >= min(2, len(telling)) and 2 * len(common) >= len(telling) and bool(common)


def _strange(reading: Reading, words: list[str], entry: _Entry, when: When) -> bool:
    """Whether an entry has a person, place, number or turning word that the event has not."""
    people = [tag for tag in reading.of_kind("person") if not when.first <= tag.first <= when.last]
    names = {reading.knowledge.people[tag.key].name.split()[-1].lower() for tag in people}
    known = {_stem(name) for name in entry.surnames} | entry.stems
    if any(
        _stem(name) not in known and _stem(reading.low(tag.last)) not in known
        for name, tag in zip(names, people, strict=False)
    ):
        return True
    if any(tag.kind == "place" and _stem(reading.low(tag.first)) not in entry.stems for tag in reading.tags):
        return True
    said = {word.replace(",", "") for word in words if word[0].isdigit()}
    spoken = any(
        amount.low > 1
        and not reading.low(amount.first)[:1].isdigit()
        and _stem(reading.low(amount.first)) not in entry.stems
        for amount in reading.amounts
    )
    if said - entry.numbers or spoken:
        return True
    return any(word in _TURNING and _stem(word)[:4] not in {stem[:4] for stem in entry.stems} for word in words)
