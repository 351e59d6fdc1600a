"""The other days of a life: a wrong date may be that of something else that happened to the same person."""

from __future__ import annotations

from thirtyseven.notes.known.actors import actor_of, offices_held
from thirtyseven.notes.known.knowledge import Person, span_of
from thirtyseven.notes.language.dates import When


def other_day(person: Person, when: When, kind: str) -> str:
    """What else happened to a person on the very day that notes give ("" if nothing the record knows).

    Args:
        person: of whom it is said.
        when: the date of the notes.
        kind: what the notes speak of (``arrest``, ``death`` ...), which the date does not fit.
    """
    if when.yearless or when.start != when.end or kind == "trial":
        return ""
    days = {"arrest": person.arrested, "death": person.died, "trial": person.tried, "expulsion": person.expelled}
    days["removal from office"] = person.dismissed
    for name, spans in days.items():
        if name != kind and (when.start, when.end) in spans:
            return name
    actor = actor_of(person)
    for office in offices_held().get(actor, ()) if actor else ():
        if office.begin and "~" not in office.begin and span_of(office.begin) == (when.start, when.end):
            return f"appointment as {office.office}"
        if office.until and "~" not in office.until and span_of(office.until) == (when.start, when.end):
            return "arrest" if office.end == "arrested" else f"end of office as {office.office}"
    return ""
