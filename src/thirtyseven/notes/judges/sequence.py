"""Judges sequence: which of two events came first."""

from __future__ import annotations

from thirtyseven.notes.judges.chronology import sightings
from thirtyseven.notes.judges.lives import Sighting
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading


def judge_order(reading: Reading) -> list[Finding]:
    """Findings for "A before B", "after A, B": only where both are known events and the word stands between or first."""
    seen = sightings(reading, reading.knowledge.events)
    out = []
    for word in (tag for tag in reading.tags if tag.kind == "word" and tag.key in ("before-w", "after-w")):
        pair = _pair(reading, word, seen)
        if pair is None or reading.question or reading.negated(word.first, word.last):
            continue
        main, other = pair
        (main_start, main_end), (other_start, other_end) = main.event.dates[0], other.event.dates[0]
        if main_start <= other_end and other_start <= main_end:
            continue
        earlier = main_end < other_start
        right = earlier == (word.key == "before-w")
        stated = _interval(reading, word.first)
        if stated and right:
            apart = abs((main_start - other_start).days)
            if not 0.7 * stated <= apart <= 1.4 * stated and 0.5 * stated <= apart <= 2 * stated:
                continue
            right = 0.7 * stated <= apart <= 1.4 * stated
        best = f"{main.event.title}: {shown(main.event.dates[0])}; {other.event.title}: {shown(other.event.dates[0])}"
        first, last = min(main.first, other.first), max(main.last, other.last)
        out.append(
            Finding(
                first,
                last,
                AGREES if right else WRONG,
                f"order:{main.event.key}:{other.event.key}",
                "sequence of two events",
                best,
                "the record's timeline",
                why="" if right else "not so long after" if stated else "the order is the other way round",
                wording="" if right else best + ".",
                strength=11.0,
            )
        )
    return out


_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _interval(reading: Reading, index: int) -> float:
    """The days of "two years after", "a month before" (0 if no length is stated)."""
    unit = _UNITS.get(reading.low(index - 1).removesuffix("s"))
    if unit is None:
        return 0.0
    number = next((one.low for one in reading.amounts if one.last == index - 2 and one.form == "count"), 0.0)
    return unit * (1.0 if reading.low(index - 2) in ("a", "one") else number)


def _pair(reading: Reading, word: Tag, seen: list[Sighting]) -> tuple[Sighting, Sighting] | None:
    """The event told or named first, and the one the word refers to (right behind it)."""
    behind = [one for one in seen if word.last < one.first <= word.last + 4]
    if not behind:
        return None
    other = min(behind, key=lambda one: (one.first, one.last - one.first))
    rest = [
        one for one in seen if one.event.key != other.event.key and (one.last < word.first or one.first > other.last)
    ]
    rest = [one for one in rest if not _overlap(one, other)]
    nearest = min(
        rest,
        key=lambda one: (min(abs(word.first - one.last), abs(one.first - other.last)), one.event.key),
        default=None,
    )
    if nearest is None or min(abs(word.first - nearest.last), abs(nearest.first - other.last)) > 8:
        return None
    return nearest, other


def _overlap(one: Sighting, two: Sighting) -> bool:
    return one.first <= two.last and two.first <= one.last
