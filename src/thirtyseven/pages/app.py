"""The application: pages and whatever else answers, behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from thirtyseven.pages.answering import Answer, Desk, Kept, finished, respond, route
from thirtyseven.pages.guard import HEADERS, LOOPBACK, Guard
from thirtyseven.pages.library import Library
from thirtyseven.pages.limits import Limits
from thirtyseven.pages.page import Page
from thirtyseven.pages.rendering import NavEntry
from thirtyseven.pages.routes import routes
from thirtyseven.pages.runs.pool import pool_of

LOST = "There is no page at this address; the search finds people, figures, claims and sources by their words or ids."
BROKEN = "This page could not be made: a mistake of the program, which the window that started it describes."


def application(library: Library, *, hosts: frozenset[str] | None = LOOPBACK, offline: bool = False) -> Starlette:
    """The pages as an ASGI application.

    Args:
        library: what they are made of (`pages.library.open_library`).
        hosts: names under which they answer; None for any.
        offline: make pages for files: without forms that only a server can answer.

    Returns:
        The application. `app.state.desk` makes answers in the pages' frame; routes that are no `Page` use it.
    """
    known = [one for one in routes() if not offline or isinstance(one, Page)]
    desk = Desk(library, navigation(known, "top", library), navigation(known, "foot", library), offline)
    kept = Kept()
    app = Starlette(
        lifespan=_working,
        routes=[route(one, desk, kept) if isinstance(one, Page) else one for one in known],
        middleware=[Middleware(Guard, hosts=hosts), Middleware(Limits)],
        exception_handlers={HTTPException: _refused, 500: _broken},
    )
    app.state.desk = desk
    app.state.library = library
    return app


@asynccontextmanager
async def _working(app: Starlette) -> AsyncIterator[None]:
    """While the pages are served, workers stand ready for runs and notes."""
    pool = pool_of(app)
    pool.warm()
    try:
        yield
    finally:
        pool.close()


def navigation(known: Iterable[Page | BaseRoute], place: str, library: Library) -> tuple[NavEntry, ...]:
    """Address and word of the pages that the navigation names, in the order of the routes.

    A page that has no address in this library is left out. A route that is no `Page` stands there with its attributes
    `word` and `place`.
    """
    out = []
    for one in known:
        word = getattr(one, "word", "")
        if isinstance(one, Page) and word and one.path not in one.addresses(library):
            continue
        if word and getattr(one, "place", "top") == place:
            out.append((str(getattr(one, "path", "")), word))
    return tuple(out)


def problem(request: Request, status: int, sentence: str) -> Response:
    """A page that says in one sentence what is wrong; for routes that are no `Page`.

    Args:
        request: what was asked.
        status: of the answer.
        sentence: what is wrong, and the way out.
    """
    desk: Desk = request.app.state.desk
    return respond(request, desk.problem(status, sentence, request.url.path))


async def _refused(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 404
    if status == 404:
        return problem(request, 404, LOST)
    text = "This address can only be read." if status == 405 else "That cannot be answered."
    response = problem(request, status, text)
    for name, value in ((fault.headers or {}) if isinstance(fault, HTTPException) else {}).items():
        response.headers[name] = value
    return response


async def _broken(request: Request, fault: Exception) -> Response:
    response = problem(request, 500, BROKEN)
    for name, value in HEADERS.items():  # this answer is made outside the guard
        response.headers[name] = value
    return response


def plain(text: str, media: str) -> Answer:
    """A text file of the pages' own, such as the style sheet."""
    return finished(text.encode(), 200, {"content-type": f"{media}; charset=utf-8"})
