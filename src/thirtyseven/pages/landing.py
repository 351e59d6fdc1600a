"""The first page: what this is, what it speaks of, and three ways in."""

from __future__ import annotations

from thirtyseven.pages.page import Ask, Page, Shown, once


def _view(asked: Ask) -> Shown:
    record = asked.library.record
    recalled = sum(figure.seen == "recalled" for figure in record.figures.values())
    return Shown(
        "landing.html", "Stalin’s Great Terror: explanations, record, weighing",
        {"recalled": round(100 * recalled / max(1, len(record.figures)))},
    )  # fmt: skip


ROUTES = (Page("/", _view, once("/")),)
