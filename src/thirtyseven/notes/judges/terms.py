"""What a date may be of a term of office: its end, its beginning, or years of it."""

from __future__ import annotations

from datetime import date

from thirtyseven.notes.known.knowledge import Event
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.meaning.reading import Reading

_ENDING = frozenset({"until", "till", "to", "up"})
_GONE = frozenset({"out", "left", "lost", "removed", "gone", "dismissed", "resigned"})


def days_meant(reading: Reading, when: When, event: Event) -> list[tuple[date, date]]:
    """The days of an event that a date may be; of a term of office its end or its beginning, if the words say which."""
    truths = list(event.dates)
    if not event.key.endswith("-term"):
        return truths
    if when.word in ("until", "till", "since") and when.precision != "range":
        truths = [(end, end) if when.word != "since" else (start, start) for start, end in truths]
    if when.word in ("from", "since") and reading.low(when.last + 1) in _ENDING:
        truths = [(start, start) for start, _ in truths]  # "from 1926-27 until he was murdered"
    if {reading.low(when.first - 1), reading.low(when.first - 2)} & _GONE:
        truths = [(end, end) for _, end in truths]
    return truths


def in_office(reading: Reading, when: When, event: Event) -> bool:
    """Whether "in 1937-38" only names years of an office that was held longer."""
    named = (
        event.key.endswith("-term") and when.precision == "range" and reading.low(when.first - 1) in ("in", "during")
    )
    return named and any(start.year <= when.years[0] and when.years[1] <= end.year for start, end in event.dates)
