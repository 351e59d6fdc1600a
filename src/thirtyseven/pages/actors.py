"""People in public office and institutions: offices held, documents signed, events; never a private victim."""

from __future__ import annotations

from collections.abc import Iterable

from thirtyseven.pages.dating import by_date
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.pages.sources import is_russian
from thirtyseven.record import Actor, Record
from thirtyseven.record.search import fold


def _key(actor: Actor) -> str:
    """Family name first, as an index has it."""
    words = actor.name.split()
    return fold(" ".join([words[-1], *words[:-1]])) if words and actor.kind == "person" else fold(actor.name)


def _list(asked: Ask) -> Shown:
    record = asked.library.record
    people: dict[str, list[Actor]] = {}
    for actor in sorted((a for a in record.actors.values() if a.kind == "person"), key=_key):
        people.setdefault(_key(actor)[:1].upper(), []).append(actor)
    bodies = sorted((a for a in record.actors.values() if a.kind != "person"), key=_key)
    return Shown("actors.html", "People in office and institutions", {"people": people, "bodies": bodies})


def place_of(record: Record, territory: str) -> tuple[str, str]:
    """Name and address of a territory; the address is "" where it has no page."""
    if territory in record.regions:
        return record.regions[territory].name, f"/regions/{territory}"
    return (record.territories.get(territory, territory) if territory != "ussr" else ""), ""


def _actor(asked: Ask) -> Shown:
    library, ident = asked.library, asked.path["actor"]
    record = library.record
    actor = record.actors.get(ident)
    if actor is None:
        raise Missing(f"The record has nobody under '{ident}'; the page of people in office lists all of them.")
    held = by_date((one for one in record.offices.values() if one.actor == ident), "begin")
    acts = by_date(one for one in record.responsibility.values() if one.actor == ident)
    spellings = [s for s in actor.spellings if s not in (actor.name, actor.russian)]
    return Shown("actor.html", f"{actor.name} ({ident})", {
        "actor": actor, "offices": [(one, *place_of(record, one.territory)) for one in held], "acts": acts,
        "events_here": library.events_by_actor.get(ident, ()),
        "spellings": [s for s in spellings if not is_russian(s)][:12], "russian": [s for s in spellings if is_russian(s)][:6],
    })  # fmt: skip


def _addresses(library: Library) -> Iterable[str]:
    return [f"/actors/{ident}" for ident in library.record.actors]


ROUTES = (
    Page("/actors", _list, once("/actors"), word="People in office", place="foot"),
    Page("/actors/{actor}", _actor, _addresses),
)
