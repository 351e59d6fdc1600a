"""Asking the pages without a network: one request to the application, its whole answer back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.types import Message


@dataclass(frozen=True)
class Asked:
    """An answer.

    Attributes:
        address: what was asked for, query included.
        status: of the answer.
        headers: names in lower case.
        body: its bytes.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether the answer is HTML."""
        return self.headers.get("content-type", "").startswith("text/html")


def ask(app: Starlette, addresses: Iterable[str]) -> Iterator[Asked]:
    """Ask for addresses one after the other.

    Args:
        app: the pages.
        addresses: such as "/claims/C-0701" or "/search?q=kirov".
    """
    with asyncio.Runner() as runner:
        for address in addresses:
            yield runner.run(_asked(app, address))


async def _asked(app: Starlette, address: str) -> Asked:
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": quote(path).encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": ("localhost", 1),
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Asked(address, sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]))
