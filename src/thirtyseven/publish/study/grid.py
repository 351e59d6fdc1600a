"""The responsibility grid: offices and kinds of acts, blank and with the ledger's documents; no percentages."""

from __future__ import annotations

from thirtyseven.publish.study.citing import Sources, foot, when
from thirtyseven.publish.study.sheet import (
    Block,
    Cell,
    Grid,
    Heading,
    Lines,
    Sheet,
    Text,
    listing,
    paragraph,
    quiet,
    say,
    strong,
)
from thirtyseven.record import Record, Responsibility

_MOST = 2
"""Documents named in a cell; the ledger has the rest."""


def student(record: Record) -> Sheet:
    """The empty grid with questions."""
    groups, kinds = record.vocabularies["office_groups"], record.vocabularies["responsibility_kinds"]
    rows = tuple((Cell((say(strong(words)),)), *(Cell(lines=3),) * len(kinds)) for words in groups.values())
    blocks: list[Block] = [
        paragraph("In each box write an act and the document that shows it. Leave a box empty where you find none: an empty "
                  "box is an answer too. Do not write percentages: kinds of responsibility can be documented, shares cannot.",
                  role="note"),
        _kinds(record),
        Grid("Who did what?", ("Office", *kinds), rows, _widths(len(kinds))),
        Heading("Your judgement", 2),
        paragraph("Whose responsibility is the heaviest, and of which kind? Whose act could have been left undone, and at "
                  "what risk? Who tried to restrain, and what came of it?"),
        Lines(4),
    ]  # fmt: skip
    return Sheet("Responsibility: who did what?", "A grid of offices and kinds of acts, to be filled from documents.",
                 tuple(blocks), foot(record), landscape=True)  # fmt: skip


def teacher(record: Record) -> Sheet:
    """The grid with how many acts the ledger holds and examples by document."""
    sources = Sources(record)
    groups, kinds = record.vocabularies["office_groups"], record.vocabularies["responsibility_kinds"]
    rows = []
    for group, words in groups.items():
        cells = [_filled(record, sources, group, kind) for kind in kinds]
        rows.append((Cell((say(strong(words)),)), *cells))
    lines = [
        say(f"{claim.best} ", quiet(f"({claim.id}, {claim.verdict})"), sources.claim(claim.id))
        for claim in (record.claims[i] for i in _claims(record))
    ]
    blocks: list[Block] = [
        paragraph("Numbers count entries of the record's ledger, which grows with what has been read; they are no measure of "
                  "guilt. “Recalled” marks documents cited from memory. Ids open with thirtyseven record L-0001.", role="note"),
        Grid("Who did what, by document", ("Office", *kinds), tuple(rows), _widths(len(kinds))),
        Heading("What can be said", 2), listing(lines), Heading("Sources", 2), sources.listing(),
    ]  # fmt: skip
    return Sheet("Responsibility: the teacher's pages", "Offices, kinds of acts, and a document for each.", tuple(blocks),
                 foot(record), landscape=True)  # fmt: skip


def _claims(record: Record) -> list[str]:
    family = record.families.get("responsibility")
    return list(family.claims) if family else []


def _widths(count: int) -> tuple[int, ...]:
    return (12, *[88 // count] * count)


def _kinds(record: Record) -> Block:
    words = record.vocabularies["responsibility_kinds"]
    parts = [part for kind, meaning in words.items() for part in (strong(f"{kind}: "), f"{meaning}. ")]
    return paragraph(*parts, role="small")


def _filled(record: Record, sources: Sources, group: str, kind: str) -> Cell:
    found = [one for one in record.responsibility.values() if one.office_group == group and one.kind == kind]
    if not found:
        return Cell((say(quiet("none in the ledger")),))
    count = say(strong(f"{len(found)} {'entry' if len(found) == 1 else 'entries'}"))
    return Cell((count, *(_entry(record, sources, one) for one in found[:_MOST])))


def _entry(record: Record, sources: Sources, one: Responsibility) -> Text:
    actor = record.actors.get(one.actor)
    seen = "" if one.seen == "seen" else ", recalled"
    who = actor.name if actor else one.actor
    return say(f"{who}: {one.document}, {when(one.date)}", quiet(f" {one.id}{seen}"), sources.cite([one.source]))
