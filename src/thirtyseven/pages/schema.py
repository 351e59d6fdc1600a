"""What the pages answer, for programs: `/openapi.json`, made of the routes themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

import thirtyseven
from thirtyseven.pages.check_page import LARGEST
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import LONGEST, Page
from thirtyseven.pages.runs.settings import EXPLAINING, SCALES, VARIANTS
from thirtyseven.scenario.switches import SWITCHES

_SETTINGS: dict[str, dict[str, Any]] = {
    "explanation": {"type": "string", "enum": list(EXPLAINING)},
    "variant": {"type": "string", "enum": list(VARIANTS)},
    "seed": {"type": "integer", "minimum": 0, "maximum": 2**63 - 1},
    "scale": {"type": "string", "enum": list(SCALES)},
    "suppose": {"type": "string", "enum": ["", *(switch.slug for switch in SWITCHES)]},
}
_PAIRED = {prefix + name: shape for prefix in ("a.", "b.") for name, shape in _SETTINGS.items()}
_QUERIES: dict[str, dict[str, dict[str, Any]]] = {
    "/runs/one": _SETTINGS, "/runs/compare": _PAIRED, "/runs/progress": _SETTINGS | _PAIRED,
}  # fmt: skip
_NOTES = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "notes": {"type": "string", "maxLength": LARGEST},
                    "file": {"type": "string", "format": "binary", "maxLength": LARGEST},
                },
            }
        }
    },
}
_REFUSED = {
    "400": "what was sent or asked for cannot be read or run", "403": "sent from another site", "404": "nothing has this address",
    "413": "more than may be sent", "414": "a longer address than any page has", "421": "asked under a strange name",
    "422": "notes that cannot be read", "431": "longer headers than are read", "503": "too much waits, or a file failed",
    "507": "the disk is full",
}  # fmt: skip


def schema(routes: Iterable[Page | BaseRoute], library: Library) -> dict[str, Any]:
    """The routes as an OpenAPI 3.1 document.

    Args:
        routes: of the pages.
        library: whose objects give an example address of each kind.
    """
    paths: dict[str, dict[str, Any]] = {}
    for one in routes:
        if isinstance(one, Page):
            query = {name: {"type": "string", "maxLength": LONGEST} for name in one.asks}
            example = next(iter(one.addresses(library)), "")
            paths[_path(one.path)] = {"get": _operation(one.path, query, example)}
        elif isinstance(one, Route):
            for method in sorted((one.methods or set()) - {"HEAD"}):
                own = _operation(one.path, _QUERIES.get(one.path, {}) if method == "GET" else {}, "")
                body = {"requestBody": _NOTES} if method == "POST" else {}
                paths.setdefault(_path(one.path), {})[method.lower()] = own | body
    about = {
        "title": "thirtyseven: the pages", "version": thirtyseven.__version__,
        "description": "Addresses of the live pages. Every answer is made for people; tables stand under /data.",
    }  # fmt: skip
    return {"openapi": "3.1.0", "info": about, "paths": dict(sorted(paths.items()))}


def _path(path: str) -> str:
    """An address without Starlette's converters."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


def _operation(path: str, query: dict[str, dict[str, Any]], example: str) -> dict[str, Any]:
    pattern = re.sub(r"\\?\{(\w+)(:\w+)?\\?\}", r"(?P<\1>.+)", re.escape(path))
    found = re.fullmatch(pattern, example)
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 100}}
        | ({"example": found[name]} if found else {})
        for name in re.findall(r"\{(\w+)(?::\w+)?\}", path)
    ]  # fmt: skip
    asked = [{"name": name, "in": "query", "required": False, "schema": shape} for name, shape in query.items()]
    answers = {"200": {"description": "the page"}, "304": {"description": "as the reader has it"}}
    answers |= {status: {"description": f"one sentence: {words}"} for status, words in _REFUSED.items()}
    return {"parameters": inside + asked, "responses": answers}


async def _told(request: Request) -> Response:
    from thirtyseven.pages.routes import routes

    return JSONResponse(schema(routes(), request.app.state.library), headers={"cache-control": "no-cache"})


ROUTES = (Route("/openapi.json", _told, methods=["GET"]),)
