"""The first page: what this is, what it speaks of, and three ways in."""

from __future__ import annotations

from thirtyseven.pages.page import Ask, Page, Shown, once
from thirtyseven.publish.wording import answers_of, headline

OFTEN_WRONG = ("C-0701", "C-0905", "C-1001", "C-1101", "C-3610", "C-1201")
"""Claims that notes often make and the record does not bear out; those that a record lacks are left out."""
IN_SHORT = {"arrested": "F-0912", "sentenced": "F-0914", "order": "F-0942", "lines": "F-0949"}
"""Figures that the first page states, by id; it shows the record's values, whatever they are."""


def _live(address: str) -> str:
    """An address where this version answers it, "" where it does not."""
    from thirtyseven.pages.routes import routes

    return address if any(getattr(one, "path", "") == address for one in routes()) else ""


def _said(asked: Ask) -> str:
    """What the weighing at hand says in one sentence, "" where there is none or it is not of the record."""
    if asked.library.weighed is None or not asked.library.weighed.result.of_the_record:
        return ""
    result = asked.library.weighed.result
    return headline(answers_of(result), result.inclusion)


def _view(asked: Ask) -> Shown:
    record = asked.library.record
    recalled = sum(figure.seen == "recalled" for figure in record.figures.values())
    return Shown(
        "landing.html", "Stalin’s Great Terror: explanations, record, weighing",
        {
            "recalled": round(100 * recalled / max(1, len(record.figures))),
            "often_wrong": [record.claims[ident] for ident in OFTEN_WRONG if ident in record.claims],
            "short": {name: record.figures[ident] for name, ident in IN_SHORT.items() if ident in record.figures},
            "check_address": "" if asked.offline else _live("/check"), "runs_address": "" if asked.offline else _live("/runs"),
            "said": _said(asked),
            "all_short": all(ident in record.figures for ident in IN_SHORT.values()),
        },
    )  # fmt: skip


ROUTES = (Page("/", _view, once("/")),)
