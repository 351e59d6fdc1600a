"""From a page to an answer: kept once made, checked by its tag, and in one sentence where something is missing."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from thirtyseven.pages.library import Library
from thirtyseven.pages.page import LONGEST, Ask, File, Missing, Page, Shown
from thirtyseven.pages.rendering import NavEntry, html

HTML = "text/html; charset=utf-8"
KEPT = 32 * 2**20
"""Bytes of finished pages that are kept; the ones not asked for longest go first."""


@dataclass(frozen=True)
class Answer:
    """A finished answer.

    Attributes:
        body: its bytes.
        status: its status.
        headers: its headers, tag included.
    """

    body: bytes
    status: int
    headers: Mapping[str, str]


class Kept:
    """Finished answers, the latest asked for first in line to stay."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Any, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], Answer]) -> Answer:
        """The answer under a key, made where it is not kept; what is missing or broken is never kept."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if made.status == 200 and key not in self._answers and len(made.body) <= self._most // 4:
                self._answers[key] = made
                self._size += len(made.body)
            while self._size > self._most:
                _, gone = self._answers.popitem(last=False)
                self._size -= len(gone.body)
        return made


@dataclass(frozen=True)
class Desk:
    """Makes answers of pages.

    Attributes:
        library: what the pages are made of.
        top: the navigation.
        foot: the navigation at the foot.
        offline: whether the answers are written to files.
    """

    library: Library
    top: tuple[NavEntry, ...]
    foot: tuple[NavEntry, ...]
    offline: bool = False

    def show(self, shown: Shown, at: str) -> str:
        """What a page shows, in the frame of all pages.

        Args:
            shown: what it shows.
            at: its address.
        """
        return html(shown.template, self.library, self.top, self.foot, at, title=shown.title, offline=self.offline,
                    **shown.context)  # fmt: skip

    def answer(self, page: Page, path: Mapping[str, str], query: Mapping[str, str], at: str) -> Answer:
        """The answer of a page; where there is none, a sentence: nothing at that address (404), or a file that failed (503)."""
        asked = Ask(self.library, path, {n: query[n][:LONGEST] for n in page.asks if query.get(n)}, self.offline)
        try:
            shown = page.view(asked)
        except Missing as fault:
            return self.problem(404, str(fault), at)
        except OSError as fault:
            reason = (fault.strerror or type(fault).__name__).lower()
            said = f"A file on this machine could not be read or written ({reason}); see to that and try again."
            return self.problem(503, said, at)
        if isinstance(shown, File):
            headers = {"content-type": shown.media}
            if shown.name:
                headers["content-disposition"] = attachment(shown.name)
            if shown.policy:
                headers["content-security-policy"] = shown.policy
            return finished(shown.content, 200, headers)
        return finished(self.show(shown, at).encode(), shown.status, {"content-type": HTML})

    def problem(self, status: int, sentence: str, at: str) -> Answer:
        """A page that says in one sentence what is wrong, with ways on."""
        shown = Shown("problem.html", "Not found" if status == 404 else "This cannot be shown", {"sentence": sentence})
        return finished(self.show(shown, at).encode(), status, {"content-type": HTML})


def finished(body: bytes, status: int, headers: Mapping[str, str]) -> Answer:
    """An answer with its tag, to be asked for again before it is used again."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Answer(body, status, {**headers, "etag": tag, "cache-control": "no-cache"})


def attachment(name: str) -> str:
    """The header that saves a file under a name, whatever characters the name has."""
    header = Message()
    header.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name) if not name.isascii() else name)
    return str(header["Content-Disposition"])


def respond(request: Request, answer: Answer) -> Response:
    """Send an answer, or nothing where the reader's copy has the same tag."""
    headers = dict(answer.headers)
    if answer.status == 200 and request.headers.get("if-none-match") == headers.get("etag"):
        return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "content-type"})
    return Response(answer.body, answer.status, headers)


def route(page: Page, desk: Desk, kept: Kept) -> Route:
    """A page as a route that answers GET and HEAD, each address and query made once."""

    def endpoint(request: Request) -> Response:
        path = {name: str(value) for name, value in request.path_params.items()}
        query = {name: request.query_params[name] for name in page.asks if name in request.query_params}
        key = (request.url.path, tuple(sorted((n, v[:LONGEST]) for n, v in query.items() if v)))
        return respond(request, kept.get(key, lambda: desk.answer(page, path, query, request.url.path)))

    return Route(page.path, endpoint, methods=["GET"])
