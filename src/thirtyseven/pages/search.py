"""Search: words in any spelling, or an id."""

from __future__ import annotations

from typing import Any

from thirtyseven.pages.addresses import address_of
from thirtyseven.pages.page import Ask, Page, Shown, once
from thirtyseven.publish.study.citing import shown
from thirtyseven.record import Record, model

MOST = 80
"""Hits that are shown."""
_KINDS = {
    model.Claim: "Claims", model.Figure: "Figures", model.Event: "Events", model.Actor: "People and institutions",
    model.Explanation: "Explanations", model.Series: "Series", model.Responsibility: "Documents of responsibility",
    model.Region: "Regions", model.Source: "Sources", model.Office: "Offices", model.Family: "Questions in dispute",
}  # fmt: skip


def hits(record: Record, query: str) -> list[Any]:
    """What a query finds: the one thing with that id, or everything that has a page and all its words."""
    for attempt in (query, query.upper(), query[:2].upper() + query[2:].lower()):
        if query and " " not in query:
            try:
                return [record.get(attempt)]
            except KeyError:
                continue
    return [one for one in record.find(query) if type(one) in _KINDS]


def row(record: Record, thing: Any) -> dict[str, str]:
    """Address, words and a short line of one hit."""
    if isinstance(thing, model.Figure):
        line = f"{shown(thing)} · {thing.id}"
    elif isinstance(thing, model.Claim):
        line = f"{thing.verdict} · {thing.id}"
    elif isinstance(thing, model.Source):
        return {"address": address_of(thing), "words": thing.cite(), "line": thing.kind}
    elif isinstance(thing, model.Office):
        words = f"{record.actors[thing.actor].name}: {thing.office}"
        return {"address": address_of(thing), "words": words, "line": thing.id}
    elif isinstance(thing, model.Responsibility):
        return {"address": address_of(thing), "words": f"{record.actors[thing.actor].name}: {thing.document}", "line": thing.id}
    else:
        line = str(getattr(thing, "date", "") or getattr(thing, "role", "") or getattr(thing, "gloss", "") or "")
    names = ("item", "text", "title", "name")
    return {"address": address_of(thing), "words": next(str(getattr(thing, n)) for n in names if getattr(thing, n, "")),
            "line": line}  # fmt: skip


def _view(asked: Ask) -> Shown:
    record, query = asked.library.record, asked.query.get("q", "").strip()
    found = [one for one in hits(record, query) if type(one) in _KINDS] if query else []
    groups: dict[str, list[dict[str, str]]] = {}
    for thing in found[:MOST]:
        groups.setdefault(_KINDS[type(thing)], []).append(row(record, thing))
    title = f"Search: {query}" if query else "Search"
    return Shown("search.html", title, {"query": query, "groups": groups, "count": len(found), "most": MOST})


ROUTES = (Page("/search", _view, once("/search"), word="Search", place="foot", asks=("q",)),)
