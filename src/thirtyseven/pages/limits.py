"""How much may be asked at once: the length of an address, of its query, of the headers, and of what is sent along."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

PATH = 1024
"""Bytes of an address before its query."""
QUERY = 4096
"""Bytes of a query."""
HEADERS = 16384
"""Bytes of all headers together."""


class Limits:
    """Refuses what is too large before anything reads it; what a form may send is limited where it is read."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application.

        Args:
            app: the application.
        """
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say why it is refused."""
        if scope["type"] == "http" and (refused := too_much(scope)):
            await _refuse(send, *refused)
        else:
            await self._app(scope, receive, send)


def too_much(scope: Scope) -> tuple[int, str] | None:
    """Status and sentence where a request is larger than the pages need; None where it is not."""
    headers = scope["headers"]
    if len(scope.get("raw_path") or scope["path"].encode()) > PATH:
        return 414, "This address is too long; no page has an address of that length."
    if len(scope["query_string"]) > QUERY:
        return 414, "What is asked for is too long; ask in fewer words."
    if not scope["query_string"].isascii():
        return 400, "This address holds raw bytes; write them with percent signs, as browsers do."
    if sum(len(name) + len(value) for name, value in headers) > HEADERS:
        return 431, "The headers of this request are too long; try a browser window without extensions."
    sent = {name.lower(): value for name, value in headers if name.lower() in (b"content-length", b"transfer-encoding")}
    if scope["method"] != "POST" and (b"transfer-encoding" in sent or sent.get(b"content-length", b"0").strip(b"0 ")):
        return 413, "Nothing can be sent along with this address; ask for it alone."
    return None


async def _refuse(send: Send, status: int, sentence: str) -> None:
    text = f"{sentence}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode()),
               (b"connection", b"close")]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
