"""The permanent address of every object, and text in which ids become links."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.record import model

_HOMES: dict[type, tuple[str, str]] = {
    model.Source: ("/sources/", "id"),
    model.Figure: ("/figures/", "id"),
    model.Event: ("/events/", "id"),
    model.Actor: ("/actors/", "id"),
    model.Claim: ("/claims/", "id"),
    model.Family: ("/families/", "family"),
    model.Explanation: ("/explanations/", "slug"),
    model.Responsibility: ("/responsibility/", "id"),
    model.Region: ("/regions/", "slug"),
    model.Series: ("/series/", "id"),
}

_BY_LETTER = {"F": "/figures/", "C": "/claims/", "E": "/events/", "A": "/actors/", "L": "/responsibility/"}
_ID = re.compile(r"\b([FCEL]-\d{4}|A-[a-z][a-z0-9-]*[a-z0-9])\b")


def address_of(thing: Any) -> str:
    """The permanent address of an object of the record.

    Args:
        thing: any object that has a page; a spell in office stands on the page of whoever held it.

    Raises:
        KeyError: where objects of its kind have no page.
    """
    if isinstance(thing, model.Office):
        return f"/actors/{thing.actor}#{thing.id}"
    home, name = _HOMES[type(thing)]
    return f"{home}{getattr(thing, name)}"


def linked(text: str) -> Markup:
    """Escaped text in which every id (F-0001, C-0001, E-0001, L-0001, A-stalin) leads to its page."""
    return Markup(_ID.sub(_link, str(escape(text))))


def _link(found: re.Match[str]) -> str:
    ident = found[1]
    return f'<a href="{_BY_LETTER[ident[0]]}{ident}">{ident}</a>'
