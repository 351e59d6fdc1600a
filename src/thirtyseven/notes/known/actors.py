"""People and offices that the record's tables know beyond those of ``people.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from thirtyseven.notes.known.entries import Person, Role, Span
from thirtyseven.notes.language.lexicon import skeleton
from thirtyseven.record import Actor, Office, load

_FATES = {"executed": "shot", "suicide": "suicide", "died in custody": "custody"}
_NATURAL = "natural death"
_SHORT = 5
_WORDS = frozenset("major general marshal baron price young black white brown green moroz zima golub donskoi".split())
"""Surnames that are words of English or too common to mean one person."""


def further_people(known: Mapping[str, Person], span_of: Callable[[str], Span]) -> dict[str, Person]:
    """People of the record's table of actors, with a violent end or an office, whose surname nobody else bears.

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
            and (actor.fate in _FATES or (actor.fate == _NATURAL and chairs_of(actor.id, span_of)))
            and actor.died
            and "~" not in actor.died
            and not taken & {form.split()[-1] for form in forms}
        ):
            key = actor.id.lower()
            out[key] = Person(
                key,
                actor.name,
                tuple(forms),
                _FATES.get(actor.fate, "natural"),
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


def with_chairs(people: Mapping[str, Person], span_of: Callable[[str], Span]) -> dict[str, Person]:
    """The people with the offices that the record has of them and the data file has not.

    Args:
        people: all people known.
        span_of: reads a date of the record.
    """
    out = {}
    for key, person in people.items():
        known = {role.role for role in person.roles}
        number = actor_of(person)
        added = tuple(role for role in chairs_of(number, span_of) if role.role not in known) if number else ()
        out[key] = replace(person, roles=(*person.roles, *added)) if added else person
    return out


def actor_of(person: Person) -> str:
    """The record's number of a person: same surname, however spelt, and same day of death ("" if there is none)."""
    if person.key.startswith("a-"):
        return f"A{person.key[1:]}"
    surname = skeleton(person.name.split()[-1].lower())
    return next(
        (
            _by_death()[one[0].isoformat(), surname]
            for one in person.died
            if (one[0].isoformat(), surname) in _by_death()
        ),
        "",
    )


@lru_cache(maxsize=1)
def _by_death() -> dict[tuple[str, str], str]:
    """Day of death and surname without its transliteration -> number of the actor."""
    found = {}
    for actor in load().actors.values():
        if actor.kind == "person" and actor.died:
            for name in (actor.name, *actor.spellings):
                found[actor.died.rstrip("~"), skeleton(name.split()[-1].lower())] = actor.id
    return found


_NO_CHAIR = ("member", "deputy", "army commander", "marshal", "troika", "general secretary", "secretariat")
_KNOWN = {
    ("people's commissar of internal affairs", "NKVD"): "head-nkvd",
    ("first deputy commissar", "NKVD"): "first-deputy-nkvd",
    ("head of the Gulag", "NKVD"): "gulag-head",
    ("procurator of the USSR", "Procuracy"): "prosecutor",
    ("head", "Political Administration of the Red Army"): "army-political",
    ("chairman", "Gosplan"): "gosplan-head",
    ("chief of the General Staff", "People's Commissariat of Defence"): "chief-of-staff",
    ("general secretary", "Komsomol"): "komsomol-head",
    ("chairman", "Military Collegium"): "trial-judge",
    ("chairman", "Comintern"): "comintern-head",
    ("chairman", "Council of People's Commissars of the USSR"): "premier",
    ("chairman", "Central Executive Committee of the USSR"): "president",
    ("people's commissar of foreign affairs", "Council of People's Commissars of the USSR"): "foreign-commissar",
    ("people's commissar of heavy industry", "Council of People's Commissars of the USSR"): "heavy-industry",
    ("people's commissar of transport", "Council of People's Commissars of the USSR"): "transport-commissar",
    ("people's commissar of communications", "Council of People's Commissars of the USSR"): "communications-commissar",
    ("people's commissar of water transport", "Council of People's Commissars of the USSR"): "water-commissar",
    ("people's commissar of finance", "Council of People's Commissars of the USSR"): "finance-commissar",
    ("people's commissar of agriculture", "Council of People's Commissars of the USSR"): "agriculture-commissar",
    ("people's commissar of the navy", "People's Commissariat of the Navy"): "navy-commissar",
    (
        "people's commissar of military and naval affairs",
        "Council of People's Commissars of the USSR",
    ): "defence-commissar",
    ("people's commissar of defence", "People's Commissariat of Defence"): "defence-commissar",
    ("first secretary", "Regional party committee, Leningrad oblast"): "leningrad-boss",
    ("first secretary", "Regional party committee, Moscow oblast"): "moscow-boss",
    ("first secretary", "Regional party committee, West Siberian krai"): "w-siberia-boss",
    ("first secretary", "Central Committee of the Communist Party of the Ukrainian SSR"): "ukraine-boss",
    ("first secretary", "Central Committee of the Communist Party of the Georgian SSR"): "georgia-boss",
}
"""Offices of which notes speak by a name of their own (``[role]`` of ``lexicon.toml``)."""


def chairs_of(actor: str, span_of: Callable[[str], Span]) -> tuple[Role, ...]:
    """The offices of an actor that one person holds at a time, with both days known; others by their names in the record."""
    home = {*load().regions, *load().territories}
    out = []
    for one in offices_held().get(actor, ()):
        named = (one.office, one.institution) in _KNOWN
        shared = one.office == "secretary" or any(word in one.office.lower() for word in _NO_CHAIR)
        if (shared and not named) or one.territory not in home:
            continue
        if not one.begin or not one.until or "~" in one.begin + one.until:
            continue
        name = _KNOWN.get((one.office, one.institution), f"{one.office} ({one.institution})")
        out.append(Role(name, span_of(one.begin)[0], span_of(one.until)[1]))
    return tuple(out)


@lru_cache(maxsize=1)
def offices_held() -> dict[str, tuple[Office, ...]]:
    """Actor -> offices held."""
    held: dict[str, tuple[Office, ...]] = {}
    for office in load().offices.values():
        held[office.actor] = (*held.get(office.actor, ()), office)
    return held
