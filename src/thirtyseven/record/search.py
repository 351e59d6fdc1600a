"""Finding things in the record by words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_ORDER = (
    "claims",
    "figures",
    "events",
    "actors",
    "explanations",
    "series",
    "responsibility",
    "offices",
    "regions",
    "inventory",
    "sources",
)
_TITLES = {
    "claims": ("text",),
    "figures": ("item",),
    "events": ("title",),
    "actors": ("name", "spellings", "russian"),
    "explanations": ("title", "slug", "historians"),
    "series": ("title", "id"),
    "responsibility": ("document", "actor"),
    "offices": ("actor", "office"),
    "regions": ("name", "slug"),
    "inventory": ("statement",),
    "sources": ("title", "authors", "id"),
}
_BODIES = {
    "claims": ("variants", "reason", "best", "scope"),
    "figures": ("quantity", "note", "population", "text", "counted", "territory", "period", "value"),
    "events": ("note", "actors", "institutions", "date"),
    "actors": ("role", "fate", "note"),
    "explanations": ("gloss", "argument"),
    "series": ("description", "coverage"),
    "responsibility": ("kind", "note", "date"),
    "offices": ("territory", "institution", "begin"),
    "regions": ("successor", "label"),
    "inventory": ("model_element",),
    "sources": ("good_for", "year"),
}


def fold(text: str) -> str:
    """Lower-case, without accents and with separators between digits removed, for comparing words."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3})", "", plain.casefold())


def words_of(query: str) -> list[str]:
    """Split a query into folded words."""
    return re.findall(r"[\w'-]+", fold(query))


def _text(thing: Any, names: Iterable[str]) -> str:
    parts = []
    for name in names:
        value = getattr(thing, name, "")
        parts.append(" ".join(value) if isinstance(value, tuple) else str(value))
    return fold(" ".join(parts))


def index(tables: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Any, str, str]]:
    """Return (table, object, folded title, folded body) of everything, in the order of display."""
    return [
        (table, thing, _text(thing, _TITLES[table]), _text(thing, _BODIES[table]))
        for table in _ORDER
        for thing in tables.get(table, {}).values()
    ]


def aliases(actors: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Return for each one-word spelling of a name the other spellings of the same name.

    Args:
        actors: people and institutions with their spellings; only spellings of one word count, and the last word
            of the name itself.
    """
    found: dict[str, set[str]] = {}
    for one in actors:
        words = {fold(text) for text in one.spellings if " " not in text}
        words.add(fold(one.name.split(" ")[-1]))
        for word in words:
            found.setdefault(word, set()).update(words)
    return {word: (word, *sorted(others - {word})) for word, others in found.items() if len(others) > 1}


def rank(
    entries: Iterable[tuple[str, Any, str, str]], query: str, names: Mapping[str, tuple[str, ...]] | None = None
) -> list[Any]:
    """Return the objects in which every word of the query occurs, in one spelling or another, best first.

    A word in the title counts more than one in the body, a whole word more than a part of one; ties keep
    the record's order.
    """
    wanted = [(names or {}).get(word, (word,)) for word in words_of(query)]
    if not wanted:
        return []
    found: list[tuple[int, int, Any]] = []
    for order, (_, thing, title, body) in enumerate(entries):
        scores = [max(_score(form, title, body) for form in forms) for forms in wanted]
        if all(scores):
            found.append((-sum(scores), order, thing))
    found.sort(key=lambda entry: entry[:2])
    return [thing for _, _, thing in found]


def _score(word: str, title: str, body: str) -> int:
    """Weigh one word: 0 where it does not occur."""
    if word in title:
        return 6 if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) else 4
    if word in body:
        return 2 if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body) else 1
    return 0
