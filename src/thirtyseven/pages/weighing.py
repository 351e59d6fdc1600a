"""The weighing: its answers, its figures beside the record, how far to trust it, and what would settle it."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib
import importlib.util
import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from thirtyseven.pages.library import Library, Weighed
from thirtyseven.pages.page import Ask, File, Missing, Page, Shown, once
from thirtyseven.publish.beside import moments_figure, months_figure, robust_lines
from thirtyseven.publish.chapters import CHAPTERS as KNOWN
from thirtyseven.publish.chapters import body_of
from thirtyseven.publish.charts.figure import Figure
from thirtyseven.publish.finished import FinishedFileError
from thirtyseven.publish.fitted import category_figure, verdicts_figure
from thirtyseven.publish.names import QUESTIONS
from thirtyseven.publish.pages import emphasised
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.regions import places, region_records
from thirtyseven.publish.report import holds_title
from thirtyseven.publish.trust import (
    agreement_sentences,
    calibration_sentences,
    changes_without_recalled,
    inclusion_figure,
    misfit_figure,
    outside_figure,
    recovery_figure,
    told_figure,
)
from thirtyseven.publish.where import raises_figure
from thirtyseven.publish.wording import answers_of, headline
from thirtyseven.publish.years import years_figure

PARTS = {"beside": "Beside the record", "places": "Places", "trust": "How far to trust it"}
"""Further pages of the weighing."""
CHAPTERS = {
    "everybody": "Everybody", "responsibility": "Offices in the models", "counterfactual": "One thing otherwise",
    "predict": "Predictions", "recover": "Recovery", "calibration": "Calibration",
    "heldout": "Held-out history", "sensitivity": "Sensitivity", "trial": "Sealed trial",
}  # fmt: skip
"""Chapters with a page of their own where their command was run; evidence has one whether it was or not."""
UNWEIGHED = (
    "Nothing has been weighed here yet. `thirtyseven weigh` does it in minutes on one machine; then start these pages again."
)


def chapter(weighed: Weighed | None, name: str) -> tuple[Markup, str]:
    """What else was asked of a weighing, by name.

    Args:
        weighed: the weighing.
        name: of the chapter.

    Returns:
        Its body, empty where nobody asked, and why it cannot be shown, "" if it can.
    """
    if weighed is None:
        return Markup(""), ""
    try:
        return body_of(name, weighed.folder, weighed.result) or Markup(""), ""
    except FinishedFileError as fault:
        return Markup(""), str(fault)


def unasked(weighed: Weighed | None, *names: str) -> list[str]:
    """Commands that would fill chapters which nobody has asked for, as they are typed."""
    held = asked_of(weighed)
    return [f"thirtyseven {one.command}" for one in KNOWN if one.name in names and one.name not in held]


def asked_of(weighed: Weighed | None) -> frozenset[str]:
    """Names of the chapters whose file lies in the weighing's folder."""
    held = {f"{name}.json" for name in weighed.chapters} if weighed else set()
    return frozenset(one.name for one in KNOWN if _file_of(one.name) in held)


@functools.cache
def _file_of(name: str) -> str:
    """The file that fills a chapter, "" where this version has it not."""
    whole = f"thirtyseven.publish.chapters.{name}"
    return str(importlib.import_module(whole).FILE) if importlib.util.find_spec(whole) else ""


def parts_of(library: Library) -> dict[str, str]:
    """Pages of the weighing by name, with their words: the parts, and what else was asked."""
    return PARTS | {name: words for name, words in CHAPTERS.items() if name in asked_of(library.weighed)}


def _view(asked: Ask) -> Shown:
    weighed = asked.library.weighed
    if weighed is None:
        return Shown("unweighed.html", "The weighing", {"says": UNWEIGHED, "parts": PARTS, "part": ""})
    result, series = weighed.result, weighed.series
    answers = answers_of(result)
    everywhere, some = robust_lines(series)
    told = [
        {"asks": QUESTIONS[q].asks, "gloss": QUESTIONS[q].gloss, "head": emphasised(a.head), "more": a.more, "sure": a.sure}
        for q, a in answers.items()
    ]
    return Shown("weighing.html", "The weighing: what the record lets us say", {
        "r": result, "headline": headline(answers, result.inclusion), "answers": told, "everywhere": everywhere, "some": some,
        "holds": holds_title(result, series, everywhere),
        "inclusion": inclusion_figure(result), "parts": parts_of(asked.library), "part": "",
        "missing": unasked(weighed, *CHAPTERS, "evidence"),
        "has_report": (weighed.folder / "report.html").is_file(),
    })  # fmt: skip


def _beside(library: Library, weighed: Weighed) -> list[Figure | None]:
    result, series = weighed.result, weighed.series
    of_record = result.of_the_record
    return [
        months_figure(series, of_record), years_figure(series, yearly_totals(library.record)) if of_record else None,
        category_figure(result, series), moments_figure(series) if of_record else None, verdicts_figure(result, series),
    ]  # fmt: skip


def _places(library: Library, weighed: Weighed) -> list[Figure | None]:
    if not weighed.result.of_the_record:
        return []
    return [raises_figure(places(library.record), region_records(library.record), weighed.series)]


def _trust(library: Library, weighed: Weighed) -> list[Figure | None]:
    result = weighed.result
    return [misfit_figure(result), told_figure(result), recovery_figure(result), outside_figure(result)]


_MADE = {"beside": _beside, "places": _places, "trust": _trust}
_LEDES = {
    "beside": "Each explanation’s runs, and those of the mixtures, beside what the archives record: months, years, sentences, "
              "dates, and how many statistics lie inside.",
    "places": "Where limits were raised on record, and where each explanation’s runs raise them.",
    "trust": "Before the record is looked at, pasts whose mechanisms are known go through the same procedure. What it does not "
             "find there it cannot find here.",
}  # fmt: skip


def _part(asked: Ask) -> Shown:
    library, name = asked.library, asked.path["part"]
    parts = parts_of(library)
    if name not in parts:
        raise Missing(f"The weighing has no part '{name}'; it has: {', '.join(parts)}.")
    title = f"The weighing: {parts[name].lower()}"
    weighed = library.weighed
    if weighed is None:
        return Shown("unweighed.html", title, {"says": UNWEIGHED, "parts": PARTS, "part": name})
    words: dict[str, Any] = {"heading": parts[name], "parts": parts, "part": name}
    if name in CHAPTERS:
        body, fault = chapter(weighed, name)
        return Shown("weighing_chapter.html", title, words | {"body": body, "fault": fault})
    figures = [figure for figure in _MADE[name](library, weighed) if figure is not None]
    words |= {"figures_here": figures, "lede": _LEDES[name], "lines": []}
    if name == "trust":
        result = weighed.result
        words["lines"] = [*changes_without_recalled(result), *agreement_sentences(result), *calibration_sentences(result)]
    return Shown("weighing_part.html", title, words)


def _evidence(asked: Ask) -> Shown:
    weighed = asked.library.weighed
    body, fault = chapter(weighed, "evidence")
    record = asked.library.record
    unknown = [one for one in record.claims.values() if one.verdict == "cannot be known"]
    return Shown("evidence.html", "What evidence would settle it", {
        "body": body, "missing": unasked(weighed, "evidence"), "fault": fault, "unknown": [one.id for one in unknown],
        "limits": _gaps(asked.library), "contested": [c.id for c in record.claims.values() if c.verdict == "contested"],
    })  # fmt: skip


def _gaps(library: Library) -> list[tuple[str, int, int]]:
    """What the series of limits knows of how many regions: (what, known, of)."""
    rows = library.record.series["order-00447-limits"].rows
    columns = (
        ("What the region proposed in July 1937", "proposed_cat1"), ("The first limit", "limit_cat1"),
        ("A final or late count of people sentenced to be shot", "outcome_cat1"),
        ("A final or late count of people sentenced to camps or prison", "outcome_cat2"),
    )  # fmt: skip
    return [(words, sum(row[name] is not None for row in rows), len(rows)) for words, name in columns]


STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def inline_policy(page: bytes) -> str:
    """A policy for a page that carries its own style sheet: that sheet by its digest, and nothing else."""
    digests = (base64.b64encode(hashlib.sha256(one).digest()).decode() for one in STYLE.findall(page))
    sheets = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return f"default-src 'none'; style-src {sheets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _report(asked: Ask) -> File:
    weighed = asked.library.weighed
    try:
        page = (weighed.folder / "report.html").read_bytes() if weighed else b""
    except OSError:
        page = b""
    if not page:
        raise Missing("There is no report yet; `thirtyseven weigh` writes one.")
    return File(page, "text/html; charset=utf-8", policy=inline_policy(page))


def _report_address(library: Library) -> Iterable[str]:
    there = library.weighed is not None and (library.weighed.folder / "report.html").is_file()
    return ["/weighing/report.html"] if there else []


ROUTES = (
    Page("/weighing", _view, once("/weighing"), word="Weighing"),
    Page("/weighing/report.html", _report, _report_address),
    Page("/weighing/{part}", _part, lambda library: [f"/weighing/{name}" for name in parts_of(library)]),
    Page("/evidence", _evidence, once("/evidence"), word="Evidence", place="foot"),
)
