"""Judges places: where an event happened."""

from __future__ import annotations

from thirtyseven.notes.judges.chronology import VERBS, sightings
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG
from thirtyseven.notes.meaning.reading import Reading


def judge_places(reading: Reading) -> list[Finding]:
    """Findings on where something happened: only for events whose place is recorded, told by a verb, with "in PLACE" near."""
    out = []
    for sighting in sightings(reading, tuple(event for event in reading.knowledge.events if event.place)):
        behind = {reading.low(index) for index in range(sighting.last + 1, sighting.last + 4)}
        if not (sighting.told or behind & VERBS) or reading.question:
            continue
        if reading.negated(sighting.first, sighting.last):
            continue  # "he stood in no courtroom, he was killed in Mexico"
        named = [
            tag
            for tag in reading.of_kind("place")
            if reading.low(tag.first - 1 - (reading.low(tag.first - 1) == "the"))
            in (("in", "at", "to") if reading.has("deport") else ("in", "at"))
            and 0 < tag.first - sighting.last <= 9
            and tag.first <= reading.clause(sighting.first)[1]
        ]
        if not named or any(
            reading.tokens[index].low in ("born", "office", "while", "who")
            for index in range(sighting.first, named[0].first)
        ):
            continue
        right = any(tag.key in sighting.event.place for tag in named)
        event = sighting.event
        best = f"{event.title}: {' or '.join(sorted(reading.knowledge.labels.get(key, key) for key in event.place))}"
        out.append(
            Finding(
                sighting.first,
                named[0].last,
                AGREES if right else WRONG,
                f"place:{event.key}",
                f"where: {event.title}",
                best,
                event.source or "the record's timeline",
                why="" if right else "another place",
                wording="" if right else best + ".",
                claim=event.claim,
                figure=event.figure,
                strength=7.0,
            )
        )
    return out
