"""The style sheet, the script and the mark, each one file of our own."""

from __future__ import annotations

from thirtyseven.pages.page import Ask, File, Page, once
from thirtyseven.pages.rendering import runs_script, script, stylesheet
from thirtyseven.publish.tokens import LIGHT

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><title>thirtyseven</title>'
    f'<rect width="32" height="32" fill="{LIGHT["paper"]}"/><text x="16" y="22" text-anchor="middle" '
    f'font-family="Georgia,serif" font-size="17" fill="{LIGHT["ink"]}">37</text></svg>'
)


def _sheet(asked: Ask) -> File:
    return File(stylesheet().encode(), "text/css; charset=utf-8")


def _script(asked: Ask) -> File:
    return File(script().encode(), "text/javascript; charset=utf-8")


def _mark(asked: Ask) -> File:
    return File(MARK.encode(), "image/svg+xml")


def _runs(asked: Ask) -> File:
    return File(runs_script().encode(), "text/javascript; charset=utf-8")


ROUTES = (
    Page("/look.css", _sheet, once("/look.css")),
    Page("/look.js", _script, once("/look.js")),
    Page("/runs.js", _runs, once("/runs.js")),
    Page("/mark.svg", _mark, once("/mark.svg")),
)
