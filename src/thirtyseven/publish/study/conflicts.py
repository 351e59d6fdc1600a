"""Worksheets on sources that disagree: a page for students, a page for the teacher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import Sources, cited, foot, shown, verdict_word, when
from thirtyseven.publish.study.sheet import (
    Block,
    Cell,
    Grid,
    Heading,
    Lines,
    Sheet,
    Text,
    cell,
    listing,
    paragraph,
    quiet,
    say,
    strong,
)
from thirtyseven.record import Record

STUDENT_HEAD = ("Source", "What it gives", "What does it count?", "Of whom, where, when?", "Good evidence of what? Not of what?")
TEACHER_HEAD = ("Source", "What it gives", "What it counts", "Of whom, where, when", "Good evidence of, and not")
_WIDTHS = (25, 23, 15, 17, 20)
_NOTE = "The numbers on this sheet stand for people. Say people first, and say exactly what is counted."


def _chosen(record: Record) -> list[Mapping[str, Any]]:
    return [one for one in choices("conflicts")["conflict"] if one["family"] in record.families and _held(record, one)]


def _held(record: Record, one: Mapping[str, Any]) -> dict[str, list[str]]:
    """Ids of figures and events by source, in the order chosen; at most four sources."""
    found: dict[str, list[str]] = {}
    for ident in (*one.get("figures", ()), *one.get("events", ())):
        thing = record.figures.get(ident) or record.events.get(ident)
        if thing is not None and thing.source in record.sources:
            found.setdefault(thing.source, []).append(ident)
    return dict(list(found.items())[:4])


def student(record: Record) -> Sheet:
    """The students' pages: statements, sources, questions, lines; no verdicts."""
    blocks: list[Block] = [paragraph(_NOTE, role="note")]
    for number, one in enumerate(_chosen(record)):
        family = record.families[one["family"]]
        rows = []
        for source, idents in _held(record, one).items():
            rows.append((Cell((say(_made(record, source)),)), Cell(_given(record, idents)), *(Cell(lines=2),) * 3))
        blocks += [Heading(f"{number + 1}. {family.title}", 2, new_page=number > 0)]
        blocks += [paragraph(strong(f"{family.question} "), "Statements as they stand in notes and schoolbooks:")]
        blocks += [
            listing(_statements(record, one), True),
            Grid(f"Sources on: {family.title}", STUDENT_HEAD, tuple(rows), _WIDTHS),
            paragraph(strong("Think. "), f"{one['hint']} Which statements can be true at the same time? Which cannot? By "
                      "which source?"),
            Lines(2),
            paragraph("Write one sentence that you can defend, with number, what is counted, of whom, when, and source."),
            Lines(2),
        ]
    return Sheet(
        "Sources that disagree: worksheets", "For each: what does a source count, of whom, when, and for what is it evidence?",
        tuple(blocks), foot(record), landscape=True,
    )  # fmt: skip


def teacher(record: Record) -> Sheet:
    """The teacher's pages: the same tables filled in, verdicts with reasons, where numbers come from, safe wordings."""
    sources = Sources(record)
    blocks: list[Block] = [paragraph(_NOTE, role="note")]
    for number, one in enumerate(_chosen(record)):
        family = record.families[one["family"]]
        rows = []
        for source, idents in _held(record, one).items():
            about = record.sources[source]
            use = (say(strong("Good evidence of "), about.good_for, "."), say(strong("Not of "), about.not_for, "."))
            rows.append((
                Cell((say(_made(record, source), sources.cite([source])),)), Cell(_given(record, idents)),
                Cell(_counted(record, idents)), Cell(_scope(record, idents)), Cell(use),
            ))  # fmt: skip
        blocks += [Heading(f"{number + 1}. {family.title}", 2, new_page=number > 0), paragraph(strong(family.question))]
        blocks += [Grid(f"Sources on: {family.title}", TEACHER_HEAD, tuple(rows), _WIDTHS)]
        blocks += [_answers(record, sources, one), paragraph(strong("Hint given to students. "), one["hint"])]
    blocks += [Heading("Sources", 2), sources.listing()]
    return Sheet(
        "Sources that disagree: the teacher's pages", "The same tables filled in, with verdicts, reasons and safe wordings.",
        tuple(blocks), foot(record), landscape=True,
    )  # fmt: skip


def _statements(record: Record, one: Mapping[str, Any]) -> list[Text]:
    return [say(f"“{record.claims[ident].text}”") for ident in one["claims"] if ident in record.claims]


def _made(record: Record, source: str) -> str:
    about = record.sources[source]
    return f"{cited(record, source)} ({about.kind})"


def _given(record: Record, idents: list[str]) -> tuple[Text, ...]:
    """What the source gives: a figure with its words, or an event with its date."""
    lines = []
    for ident in idents:
        figure = record.figures.get(ident)
        if figure:
            lines.append(say(strong(shown(figure)), f": {figure.item}", quiet(f" {ident}")))
        else:
            event = record.events[ident]
            lines.append(say(strong(when(event.date)), f": {event.title}", quiet(f" {ident}")))
    return tuple(lines)


def _counted(record: Record, idents: list[str]) -> tuple[Text, ...]:
    words = record.vocabularies.get("counted", {})
    lines = []
    for ident in idents:
        figure = record.figures.get(ident)
        if figure:
            known = f"{figure.seen}, {figure.status}"
            lines.append(say(f"{words.get(figure.counted, figure.counted)}", quiet(f" {ident}: {known}")))
        else:
            event = record.events[ident]
            lines.append(say(f"nothing: it is a document ({event.kind})", quiet(f" {ident}: {event.seen}")))
    return tuple(lines)


def _scope(record: Record, idents: list[str]) -> tuple[Text, ...]:
    lines = []
    for ident in idents:
        figure = record.figures.get(ident)
        if figure:
            of = figure.population or "people in the count"
            part = f", as a share of {figure.denominator}" if figure.denominator else ""
            where = "USSR" if figure.territory == "ussr" else figure.territory.replace("-", " ")
            lines.append(say(f"{of}{part}; {where}; {when(figure.period)}", quiet(f" {ident}")))
        else:
            lines.append(say(when(record.events[ident].date), quiet(f" {ident}")))
    return tuple(lines)


def _answers(record: Record, sources: Sources, one: Mapping[str, Any]) -> Grid:
    rows = []
    for ident in one["claims"]:
        claim = record.claims.get(ident)
        if claim is None:
            continue
        origin = f"Where it comes from: {claim.lineage}" if claim.lineage else ""
        rows.append((
            cell(f"“{claim.text}”", quiet(f" ({claim.id})")), cell(verdict_word(claim.verdict)),
            Cell(tuple(text for text in (say(claim.reason, sources.claim(ident)), say(origin)) if text)), cell(claim.best),
        ))  # fmt: skip
    head = ("Statement", "How it stands", "Why", "Safe to write")
    return Grid("The statements", head, tuple(rows), (22, 12, 40, 26))
