"""A plan for an essay: what is asked, a line of argument, factors in order, evidence on both sides, a reply. Never the essay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import Sources, cited, evidence, foot, verdict_word
from thirtyseven.publish.study.matching import Asked
from thirtyseven.publish.study.sheet import (
    Block,
    Cell,
    Grid,
    Heading,
    Listing,
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

HEAD = ("Factor, and why it stands here", "Evidence", "Counter-evidence", "Reply to it")
_MOST = 4
"""Pieces of evidence on each side; a plan that names all is no plan."""


def plan(record: Record, asked: Asked) -> Sheet:
    """The plan for a question.

    Args:
        record: the record.
        asked: the question as read.
    """
    sources = Sources(record)
    factors = _ranked(asked)
    rows = tuple(_row(record, sources, rank, one, asked) for rank, one in enumerate(factors, start=1))
    topic = asked.topic
    blocks: list[Block] = [
        paragraph("This is a plan, not an essay: the sentences, the choice of evidence and the judgement are yours. It is "
                  "about the arrest and killing of real people; keep arrested, convicted, sentenced to death and executed "
                  "apart.", role="note"),
        Heading("What the question asks", 2),
        paragraph(asked.form["says"]),
        *_unread(asked),
        Heading("A line of argument", 2),
        paragraph(strong("One that can be defended. "), topic["line"]),
        paragraph(strong("Another one. "), topic["other"]),
        Heading("Factors, in one defensible order", 2),
        paragraph("The order is a judgement with reasons, not a result. Change it if your reasons are better, and say them."
                  + (" Factors that your question names are marked; begin with them." if asked.named else ""),
                  role="small"),
        Grid("Factors with evidence on both sides", HEAD, rows, (22, 29, 29, 20)),
        *_right(record, sources, topic),
        *_unknown(record, sources, topic),
        Heading("A possible order of paragraphs", 2),
        _order(asked, factors),
        Heading("Sources", 2),
        sources.listing(),
    ]  # fmt: skip
    return Sheet(f"Plan for an essay: {topic['title']}", f"“{asked.text}”", tuple(blocks), foot(record), landscape=True)


def _ranked(asked: Asked) -> list[Mapping[str, Any]]:
    """The topic's factors, each with its rank's reason; the order is the topic's."""
    given = choices("factors")
    return [{**given[one["factor"]], "slug": one["factor"], "why": one["why"]} for one in asked.topic["factors"]]


def _row(record: Record, sources: Sources, rank: int, one: Mapping[str, Any], asked: Asked) -> tuple[Cell, ...]:
    named = quiet(" named in the question") if one["slug"] in asked.named else quiet("")
    first = Cell((say(strong(f"{rank}. {one['title']}"), named), say(one["why"])))
    supporting, countering = _sides(record, sources, one)
    return first, Cell(supporting, bullets=True), Cell(countering, bullets=True), cell(one["reply"])


def _sides(record: Record, sources: Sources, one: Mapping[str, Any]) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Evidence for and against: of an explanation, of a source, or of the claims that the factor names."""
    if one.get("explanation") in record.explanations:
        found = record.explanations[one["explanation"]]
        both = (found.supporting[:_MOST], found.countering[:_MOST])
        made = [tuple(evidence(record, sources, e.claim, e.text) for e in side) for side in both]
        return made[0], made[1]
    if one.get("source"):
        source = record.sources.get(one["source"])
        if source is None:
            return (say("This record does not hold the source."),), (say("Nothing can be said of it here."),)
        return (
            (say(f"For instance: {cited(record, source.id)}"), say(f"Good evidence of: {source.good_for}.")),
            (say(f"No evidence of: {source.not_for}."),),
        )
    sides = []
    for name in ("for", "against"):
        held = [ident for ident in one.get(name, ()) if ident in record.claims]
        sides.append(tuple(evidence(record, sources, ident) for ident in held) or (say("This record holds nothing here."),))
    return sides[0], sides[1]


def _unread(asked: Asked) -> list[Block]:
    if not asked.unread:
        return []
    words = ", ".join(f"“{word}”" for word in asked.unread[:8])
    return [paragraph(f"The record has nothing on these words of the question, and the plan does not use them: {words}.")]


def _right(record: Record, sources: Sources, topic: Mapping[str, Any]) -> list[Block]:
    """Statements that are often written, with what is safe to write instead."""
    rows = []
    for ident in topic["right"]:
        claim = record.claims.get(ident)
        if claim:
            safe = say(claim.best, sources.claim(ident), quiet(f" ({ident})"))
            rows.append((cell(claim.text), cell(verdict_word(claim.verdict)), Cell((safe,))))
    if not rows:
        return []
    head = ("Often written", "How it stands", "Safe to write")
    return [Heading("Get these right", 2), Grid("Statements to get right", head, tuple(rows), (34, 16, 50))]


def _unknown(record: Record, sources: Sources, topic: Mapping[str, Any]) -> list[Block]:
    held = [record.claims[ident] for ident in topic["unknown"] if ident in record.claims]
    if not held:
        return []
    lines = [say(f"{one.best} ", quiet(f"({one.id}, {one.verdict})"), sources.claim(one.id)) for one in held]
    return [Heading("What stays open", 2), listing(lines)]


def _order(asked: Asked, factors: list[Mapping[str, Any]]) -> Listing:
    """The steps of the form; the factors stand below the step that weighs them, those of the question first."""
    named = [one["title"] for one in factors if one["slug"] in asked.named]
    rest = [one["title"] for one in factors if one["slug"] not in asked.named]
    apart = bool(asked.form.get("named_first")) and bool(named)
    below = {1: named, 2: rest} if apart else {1: named + rest}
    items = ((say(step), tuple(say(title) for title in below.get(n, ()))) for n, step in enumerate(asked.form["order"]))
    return Listing(tuple(items), ordered=True)
