"""Teach: sheets to take away, made from the record when they are asked for; the same bytes every time."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thirtyseven.pages.library import Library
from thirtyseven.pages.packing import packed
from thirtyseven.pages.page import Ask, File, Missing, Page, Shown, once
from thirtyseven.pages.weighing import inline_policy
from thirtyseven.publish.study import KINDS, StudyError, make
from thirtyseven.publish.study.asked import choices
from thirtyseven.record import Record


@dataclass(frozen=True)
class Sheet:
    """One sheet that can be taken away.

    Attributes:
        stem: its file name without ending.
        words: what it is.
        forms: endings in which it comes.
    """

    stem: str
    words: str
    forms: tuple[str, ...] = ("html", "docx", "md")


TITLES = {
    "table": "Explanations, for and against", "worksheet": "Worksheets", "cards": "Study cards", "timeline": "Timelines",
    "notes": "Notes", "mindmap": "Mind map", "questions": "Exam questions",
}  # fmt: skip
"""Kinds that need no question, in the order in which a teacher looks for them."""
SHEETS: Mapping[str, tuple[Sheet, ...]] = {
    "table": (Sheet("explanations", "both columns filled, with sources"), Sheet("explanations-blank", "blank, to fill in")),
    "worksheet": (
        Sheet("worksheet-sources-student", "sources that disagree, for students"),
        Sheet("worksheet-sources-teacher", "sources that disagree, for the teacher"),
        Sheet("worksheet-kirov-student", "who killed Kirov: case file, for students"),
        Sheet("worksheet-kirov-teacher", "who killed Kirov: case file, for the teacher"),
        Sheet("worksheet-responsibility-student", "responsibility grid, blank"),
        Sheet("worksheet-responsibility-teacher", "responsibility grid, with documents"),
    ),
    "cards": (Sheet("great-terror", "questions, gaps, and disputed questions with both answers", ("apkg",)),
              Sheet("great-terror-cards", "the same as a table", ("csv",))),
    "timeline": (Sheet("timeline-short", "on one page"), Sheet("timeline-middle", "on three pages"),
                 Sheet("timeline-long", "in full")),
    "notes": (Sheet("notes-short", "on one page"), Sheet("notes-middle", "on three pages"), Sheet("notes-long", "in full")),
    "mindmap": (Sheet("mindmap", "questions and what is known", ("svg", "md", "opml", "mm")),),
    "questions": (Sheet("questions", "types of questions by board, and the plan each leads to"),),
}  # fmt: skip
"""What each kind holds; a test holds it to what is made."""
FORMS = {"html": "web page, to print", "docx": "Word, to change", "md": "Markdown", "apkg": "Anki", "csv": "CSV", "opml": "OPML",
         "mm": "FreeMind", "svg": "picture"}  # fmt: skip
_MEDIA = {
    "html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "apkg": "application/octet-stream",
    "opml": "text/x-opml; charset=utf-8", "mm": "application/x-freemind; charset=utf-8", "svg": "image/svg+xml",
    "zip": "application/zip",
}  # fmt: skip


@functools.lru_cache(maxsize=24)
def _files(record: _Kept, kind: str, question: str) -> Mapping[str, bytes]:
    """The files of one kind; made once."""
    return make(record.record, kind, question or None)


class _Kept:
    """A record as a key: two are equal where the records are."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def __hash__(self) -> int:
        return hash(self.record.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.record.digest == self.record.digest


def files(record: Record, kind: str, question: str = "") -> Mapping[str, bytes]:
    """The files of one kind of sheet.

    Args:
        record: the loaded record.
        kind: one of `KINDS`.
        question: for an essay plan.

    Raises:
        Missing: with the sentence of the study module where it cannot be made.
    """
    try:
        return _files(_Kept(record), kind, question)
    except StudyError as fault:
        text = str(fault)
        raise Missing(text[:1].upper() + text[1:] + ("" if text.endswith((".", ")")) else ".")) from None


def topics() -> dict[str, str]:
    """Slug of every type of exam question that the planner has an example for to that example."""
    out = {}
    for one in choices("questions")["type"]:
        slug = re.sub(r"[^a-z0-9]+", "-", one["example"].lower()).strip("-")[:60].strip("-")
        out[slug] = str(one["example"])
    return out


def _view(asked: Ask) -> Shown:
    question = " ".join(asked.query.get("question", "").split())
    plan: Mapping[str, bytes] = {}
    fault = ""
    if question:
        try:
            plan = files(asked.library.record, "essay", question)
        except Missing as found:
            fault = str(found)
    kinds = [(kind, TITLES[kind], KINDS[kind]) for kind in TITLES]
    return Shown("teach.html", "Teach: sheets to take away", {
        "kinds": kinds, "plan": sorted({name.rpartition(".")[2] for name in plan}), "question": question, "fault": fault,
        "examples": topics(), "sheets": SHEETS, "forms": FORMS,
    })  # fmt: skip


def _sent(name: str, content: bytes) -> File:
    """A file to save; a web page may also be read in the window, with its own style sheet and nothing else."""
    ending = name.rpartition(".")[2]
    if ending == "html":
        return File(content, _MEDIA[ending], policy=inline_policy(content))
    return File(content, _MEDIA[ending], name)


def _file(asked: Ask) -> File:
    kind, name = asked.path["kind"], asked.path["name"]
    if kind not in TITLES:
        raise Missing(f"There is no sheet '{kind}'; there are: {', '.join(TITLES)}.")
    held = files(asked.library.record, kind)
    if name == f"{kind}.zip":
        return _sent(name, packed(held))
    if name not in held:
        raise Missing(f"'{kind}' has no file '{name}'; it has: {', '.join(sorted(held))}.")
    return _sent(name, held[name])


def _plan(asked: Ask) -> File:
    known = topics()
    slug, ending = asked.path["topic"], asked.path["ending"]
    question = known.get(slug, "")
    if not question:
        raise Missing("There is no plan at this address; the page for teaching lists the examples.")
    return _plan_file(asked.library.record, question, ending)


def _own_plan(asked: Ask) -> File:
    return _plan_file(asked.library.record, asked.query.get("question", ""), asked.path["ending"])


def _plan_file(record: Record, question: str, ending: str) -> File:
    if ending not in ("html", "docx", "md"):
        raise Missing(f"A plan comes as html, docx or md, not as '{ending}'.")
    held = files(record, "essay", " ".join(question.split()))
    return next(_sent(name, content) for name, content in held.items() if name.endswith(f".{ending}"))


def _addresses(library: Library) -> Iterable[str]:
    out = []
    for kind in TITLES:
        out += [f"/teach/{kind}/{sheet.stem}.{ending}" for sheet in SHEETS[kind] for ending in sheet.forms]
        out.append(f"/teach/{kind}/{kind}.zip")
    return out


def _plan_addresses(library: Library) -> Iterable[str]:
    return [f"/plans/{slug}.{ending}" for slug in topics() for ending in ("html", "docx", "md")]


ROUTES = (
    Page("/teach", _view, once("/teach"), word="Teach", asks=("question",)),
    Page("/teach/plan.{ending}", _own_plan, lambda library: [], asks=("question",)),
    Page("/teach/{kind}/{name}", _file, _addresses),
    Page("/plans/{topic}.{ending}", _plan, _plan_addresses),
)
