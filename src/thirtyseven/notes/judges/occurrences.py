"""Judges dates of the record's events that the notes tell in words of their own (``data/occurrences.toml``)."""

from __future__ import annotations

from thirtyseven.notes.judges.chronology import FAR
from thirtyseven.notes.judges.theses import Spans, denied, spoken_of
from thirtyseven.notes.known.entries import AGREES, WRONG, Occurrence, Span
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import load

LONGEST = 32
"""Tokens of the longest statement in which a date that fits no day of the event is taken to be meant as its date."""

SHORT = 16
"""Tokens of the longest statement in which a day without its year is taken to be the event's."""


def judge_occurrences(reading: Reading) -> list[Finding]:
    """Findings on events told without the names that the other judges know: right if a date stated fits.

    Another date is wrong only in a short statement that states no other, so that it can belong to nothing else.
    """
    dates = [when for when in reading.dates if when.precision != "decade"]
    if not dates or reading.question or reading.quoting or reading.supposing:
        return []
    found = []
    for one in reading.knowledge.occurrences:
        spans = spoken_of(reading, one)
        finding = _finding(reading, one, spans, dates) if spans else None
        if finding is not None:
            found.append(finding)
    return found


def _wider(when: When, day: Span) -> bool:
    """Whether a stated range of months only holds the event's day somewhere ("NKVD Sept 36 - Nov 38" for an appointment)."""
    return when.precision == "range" and (when.end - when.start).days > 2 * _MONTH >= 2 * (day[1] - day[0]).days


_MONTH = 31


def _finding(reading: Reading, one: Occurrence, spans: Spans, dates: list[When]) -> Finding | None:
    event = load().events[one.event]
    short = len(reading.tokens) <= SHORT
    agreeing = next(
        (
            when
            for when in dates
            if dates_agree(when, [day for day in one.days if not _wider(when, day)]) and (short or not when.yearless)
        ),
        None,
    )
    if denied(reading, spans):
        return None
    if agreeing is None:
        when = dates[0]
        loose = when.yearless or when.word in ("since", "until", "till", "before", "after", "by") or reading.hedged
        loose = loose or any(token.low in ("later", "next", "following", "earlier") for token in reading.tokens)
        near = any(abs(when.start.year - start.year) <= FAR for start, _ in one.days)
        if not one.otherwise or len(dates) > 1 or loose or not near or len(reading.tokens) > LONGEST:
            return None
    when, right = agreeing or dates[0], agreeing is not None
    best = f"{event.title}: {shown(one.days[0])}"
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return Finding(
        min(first, when.first), max(last, when.last), AGREES if right else WRONG, f"when:{event.id}", event.title, best,
        "the record's timeline", why="" if right else "the record has another date", wording="" if right else best + ".",
        figure=(event.id,), strength=6.0,
    )  # fmt: skip
