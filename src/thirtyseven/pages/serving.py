"""Serving the pages on this machine, until Ctrl-C."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette

from thirtyseven.pages.runs.pool import pool_of


class AddressError(ValueError):
    """An address that cannot be used; the message is one sentence with the way out."""


class _Told(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, app: Starlette, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app, self._ready = app, ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """End the runs first, so that nobody waits for them."""
        pool_of(self._app).close()
        await super().shutdown(sockets=sockets)


def serve(app: Starlette, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        app: the pages.
        host: address or name to listen on.
        port: 1 to 65535, or 0 for any free one.
        ready: told the pages' URL once they can be opened.

    Raises:
        AddressError: the address is taken, not this machine's or not allowed.
    """
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, date_header=False,
        timeout_keep_alive=10, timeout_graceful_shutdown=3, limit_concurrency=256, h11_max_incomplete_event_size=65536,
        lifespan="auto", loop="asyncio", http="h11", ws="none", proxy_headers=False,
    )  # fmt: skip
    logging.getLogger("uvicorn.error").addFilter(_expected)
    try:
        listening = config.bind_socket()
    except SystemExit:  # uvicorn has logged why and would leave
        raise AddressError(
            f"Nothing can be served on {host} port {port}: another program holds it, or this machine has no such address; "
            "choose another with --port, or 0 for any free one."
        ) from None
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{listening.getsockname()[1]}/"
    try:
        _Told(config, app, lambda: ready(url)).run(sockets=[listening])
    except KeyboardInterrupt:  # Ctrl-C is how readers leave
        return
    finally:
        listening.close()


def _expected(entry: logging.LogRecord) -> bool:
    """Leave out what is said better: that an address is taken."""
    return not isinstance(entry.msg, OSError)
