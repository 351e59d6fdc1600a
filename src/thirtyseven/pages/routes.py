"""All routes in order: one module a page, one word here. A new page is a new file and its name in `MODULES`."""

from __future__ import annotations

import importlib

from starlette.routing import BaseRoute

from thirtyseven.pages.page import Page

MODULES = (
    "landing", "timeline", "regions", "explanations", "weighing", "responsibility", "claims", "check_page", "runs.pages",
    "grid", "sources", "teach", "figures", "actors", "data_page", "documents", "about", "search", "looks", "schema",
)  # fmt: skip
"""Modules of this package with a tuple `ROUTES`; the navigation keeps this order."""


def routes() -> tuple[Page | BaseRoute, ...]:
    """Every route: pages, and what is no page (a form that is sent, a run that goes on)."""
    return tuple(
        one for name in MODULES for one in importlib.import_module(f"thirtyseven.pages.{name}").ROUTES
    )  # fmt: skip
