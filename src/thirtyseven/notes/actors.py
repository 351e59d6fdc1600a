"""People whom the record's tables know beyond those of ``people.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

from thirtyseven.notes.entries import Person, Span
from thirtyseven.record import Actor, Office, load

_FATES = {"executed": "shot", "suicide": "suicide", "died in custody": "custody"}
_SHORT = 5
_WORDS = frozenset("major general marshal baron price young black white brown green moroz zima golub".split())
"""Surnames that are words of English or too common to mean one person."""


def further_people(known: Mapping[str, Person], span_of: Callable[[str], Span]) -> dict[str, Person]:
    """People of the record's table of actors with a violent end whose surname nobody else bears.

    Args:
        known: the people of the data file.
        span_of: reads a date of the record.
    """
    taken = {
        part for person in known.values() for form in (*person.forms, person.name.lower()) for part in form.split()
    }
    actors = [actor for actor in load().actors.values() if actor.kind == "person"]
    shared = Counter(actor.name.split()[-1].lower() for actor in actors)
    out = {}
    for actor in actors:
        surname = actor.name.split()[-1].lower()
        forms = [form.lower() for form in actor.spellings if form.isascii() and "." not in form]
        forms = [form for form in dict.fromkeys([surname, actor.name.lower(), *forms]) if len(form) >= _SHORT]
        plain = surname.isascii() and len(surname) >= _SHORT and shared[surname] == 1 and surname not in _WORDS
        if (
            plain
            and actor.fate in _FATES
            and actor.died
            and "~" not in actor.died
            and not taken & {form.split()[-1] for form in forms}
        ):
            key = actor.id.lower()
            out[key] = Person(
                key,
                actor.name,
                tuple(forms),
                _FATES[actor.fate],
                died=(span_of(actor.died),),
                arrested=tuple(span_of(day) for day in _arrests(actor)),
            )
    return out


def _arrests(actor: Actor) -> tuple[str, ...]:
    return tuple(
        one.until
        for one in offices_held().get(actor.id, ())
        if one.end == "arrested" and one.until and "~" not in one.until
    )


@lru_cache(maxsize=1)
def offices_held() -> dict[str, tuple[Office, ...]]:
    """Actor -> offices held."""
    held: dict[str, tuple[Office, ...]] = {}
    for office in load().offices.values():
        held[office.actor] = (*held.get(office.actor, ()), office)
    return held
