"""What a page is: an address, a view that gathers what it shows, and the addresses under which it can be met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from thirtyseven.pages.library import Library

LONGEST = 200
"""Characters of a query's value that are read; the rest is left out."""


class Missing(ValueError):
    """Nothing has that address; the message is one sentence with a way on."""


@dataclass(frozen=True)
class Ask:
    """What a reader asked for.

    Attributes:
        library: what the pages are made of.
        path: values of the address's variables.
        query: values that the page knows, cut to `LONGEST` characters; a page sees no others.
        offline: True where the page is written to a file and no server will answer its forms.
    """

    library: Library
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    offline: bool = False


@dataclass(frozen=True)
class Shown:
    """What a page shows.

    Attributes:
        template: file name under `templates/`.
        title: of the window; unique among the pages.
        context: what the template shows; text is escaped, `Markup` is not.
        status: of the answer.
    """

    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class File:
    """A file to take away.

    Attributes:
        content: its bytes.
        media: its media type.
        name: under which it is saved; "" shows it in the window.
        policy: its Content-Security-Policy where it carries a style sheet of its own; "" for that of all pages.
    """

    content: bytes
    media: str
    name: str = ""
    policy: str = ""


def once(address: str) -> Callable[[Library], Iterable[str]]:
    """The addresses of a page without variables."""
    return lambda library: (address,)


@dataclass(frozen=True)
class Page:
    """A page that depends on the library and its address alone, and so can be kept and written to a file.

    Attributes:
        path: its address, with variables in braces as Starlette reads them.
        view: gathers what it shows; raises `Missing` where nothing has that address.
        addresses: all addresses under which it can be met without a query: they are written to the static site, walked
            by the tests, and are permanent.
        word: its word in the navigation; "" keeps it out.
        place: "top" or "foot", of the navigation.
        asks: names of the query that it reads.
    """

    path: str
    view: Callable[[Ask], Shown | File]
    addresses: Callable[[Library], Iterable[str]]
    word: str = ""
    place: str = "top"
    asks: tuple[str, ...] = ()
