"""What stands between the network and the pages: which host may ask, and the headers of every answer."""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""The Content-Security-Policy of every page: nothing inline, nothing from elsewhere, in nobody's frame."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Guard:
    """Refuses strange hosts and puts the headers on every answer that has not its own.

    A page of another site can make a browser ask 127.0.0.1 under a name of its own; the host check refuses that name.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        """Wrap an application.

        Args:
            app: the application.
            hosts: names under which it may be asked, without port; None lets any name in.
        """
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._hosts is not None and host_of(Headers(scope=scope).get("host", "")) not in self._hosts:
            await _refuse(guarded)
            return
        await self._app(scope, receive, guarded)


def host_of(value: str) -> str:
    """The name in a Host header, without its port, in lower case; "" where it is none."""
    name = value.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]" if "]" in name else ""
    return name.partition(":")[0]


def hosts_for(host: str) -> frozenset[str] | None:
    """Names under which pages bound to an address may be asked.

    Args:
        host: the address or name after `--host`.

    Returns:
        The loopback names and `host`; None (any name) where it stands for every address of the machine.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return LOOPBACK | {host.lower()}
    if address.is_unspecified:
        return None
    return LOOPBACK | {f"[{host.lower()}]" if address.version == 6 else host}


async def _refuse(send: Send) -> None:
    text = b"These pages do not answer under that name; ask for http://127.0.0.1 with the port that was printed.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": text})
