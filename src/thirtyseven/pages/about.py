"""About: what this is for, what it cannot do, how it speaks, how it can be corrected."""

from __future__ import annotations

from thirtyseven.pages.page import Ask, Page, Shown, once


def _view(asked: Ask) -> Shown:
    record = asked.library.record
    recalled = sum(figure.seen == "recalled" for figure in record.figures.values())
    return Shown("about.html", "About: method, limits, ethics, corrections", {
        "recalled": recalled, "seen_words": record.vocabularies["seen"], "status_words": record.vocabularies["status"],
    })  # fmt: skip


ROUTES = (Page("/about", _view, once("/about"), word="About", place="foot"),)
