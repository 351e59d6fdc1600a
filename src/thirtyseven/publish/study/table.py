"""The table of explanations, both sides filled, and the table of consequences that asks whose view it is."""

from __future__ import annotations

from thirtyseven.publish.names import SLUGS
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import OPEN, Sources, evidence, foot, verdict_word
from thirtyseven.publish.study.sheet import (
    Block,
    Cell,
    Grid,
    Heading,
    Paragraph,
    Sheet,
    cell,
    paragraph,
    quiet,
    say,
    strong,
)
from thirtyseven.record import Evidence, Explanation, Record

EXPLAIN = ("Explanation and its argument", "Historians", "Supporting evidence", "Countering evidence")
CONSEQUENCES = ("Consequence, as it is often put", "Whose view is it?", "How well it stands, and what is safe to write")
_WIDTHS = (29, 10, 30, 31)
_NOTE = (
    "This table is about the arrest, sentencing and killing of real people. Numbers in square brackets are sources. "
    "“Disputed” marks evidence on which historians disagree; “added” marks evidence that most revision notes leave out. "
    "None of the explanations has to be the only one."
)


def table(record: Record) -> Sheet:
    """The full table with both sides of the evidence, consequences, claims behind it, and sources.

    Args:
        record: the record.
    """
    sources = Sources(record)
    rows = tuple(_row(record, sources, one) for one in _explanations(record))
    blocks: list[Block] = [
        paragraph(_NOTE, role="note"),
        Grid("Explanations of the Great Terror", EXPLAIN, rows, _WIDTHS),
        *_consequences(record, sources),
        *_behind(record),
        Heading("Sources", 2),
        sources.listing(),
    ]
    return Sheet(
        "Why did the Great Terror happen? Eight explanations, for and against",
        "What each explanation argues, who argues it, what in the record speaks for it and what against it.",
        tuple(blocks), foot(record), landscape=True,
    )  # fmt: skip


def blank(record: Record) -> Sheet:
    """The student's version: explanations and consequences are named, the rest is room to write."""
    rows = tuple(
        (Cell((say(strong(one.title)), say(one.gloss)), lines=3), Cell(lines=4), Cell(lines=7), Cell(lines=7))
        for one in _explanations(record)
    )
    blocks: list[Block] = [
        paragraph(
            "Fill in both columns of evidence for every explanation. Where you find nothing on one side, look again: "
            "each has something for it and something against it. Write the source beside each piece of evidence.",
            role="note",
        ),
        Grid("Explanations of the Great Terror", EXPLAIN, rows, _WIDTHS),
    ]
    for number, part in enumerate(choices("consequences")["part"]):
        named = [record.claims[row["claim"]] for row in part["row"] if row["claim"] in record.claims]
        asked = tuple((Cell((say(claim.text),)), Cell(lines=2), Cell(lines=2)) for claim in named)
        free = tuple((Cell(lines=2), Cell(lines=2), Cell(lines=2)) for _ in range(2))
        head = (*CONSEQUENCES[:2], "Your evidence, and what limits it")
        blocks += [Heading(f"Consequences. {part['title']}", 2, new_page=number == 0)]
        blocks += [Grid(part["title"], head, asked + free, (38, 26, 36))]
    return Sheet(
        "Why did the Great Terror happen? A table to fill in",
        "Eight explanations that historians give, and the consequences that are usually named.",
        tuple(blocks), foot(record), landscape=True,
    )  # fmt: skip


def _explanations(record: Record) -> list[Explanation]:
    return [record.explanations[slug] for slug in SLUGS if slug in record.explanations]


def _row(record: Record, sources: Sources, one: Explanation) -> tuple[Cell, ...]:
    argument = (
        say(strong(one.title), quiet(f" X-{one.slug}")),
        say(one.argument),
        say(strong("What it cannot do. "), one.cannot),
    )
    return (
        Cell(argument),
        Cell(tuple(say(name) for name in one.historians)),
        _side(record, sources, one.supporting),
        _side(record, sources, one.countering),
    )


def _side(record: Record, sources: Sources, side: tuple[Evidence, ...]) -> Cell:
    return Cell(tuple(evidence(record, sources, e.claim, e.text, e.added) for e in side), bullets=True)


def _consequences(record: Record, sources: Sources) -> list[Block]:
    blocks: list[Block] = [
        Heading("Consequences: whose view is it?", 2, new_page=True),
        paragraph(
            "Tables of “positive and negative results” hide a question: positive for whom? Each row says whose view it is "
            "to count it as a gain or a loss, and how well the record bears it out.",
            role="note",
        ),
    ]
    for part in choices("consequences")["part"]:
        rows = []
        for row in part["row"]:
            claim = record.claims.get(row["claim"])
            if claim is None:
                continue
            stands = say(strong(verdict_word(claim.verdict) + ". "), claim.reason, sources.claim(claim.id))
            safe = say(strong("Safe to write: "), claim.best)
            rows.append((cell(claim.text, quiet(f" ({claim.id})")), cell(row["whose"]), Cell((stands, safe))))
        blocks += [Grid(part["title"], CONSEQUENCES, tuple(rows), (32, 24, 44)), paragraph(part["gloss"], role="small")]
    return blocks


def _behind(record: Record) -> list[Block]:
    """The disputed claims that the evidence rests on, with what is safe to write."""
    used: dict[str, None] = {}
    for one in _explanations(record):
        for entry in (*one.supporting, *one.countering):
            used.setdefault(entry.claim)
    disputed = [record.claims[i] for i in sorted(used) if i in record.claims and record.claims[i].verdict in OPEN]
    if not disputed:
        return []
    rows = tuple(
        (cell(strong(claim.id)), cell(claim.text), cell(verdict_word(claim.verdict)), cell(claim.reason), cell(claim.best))
        for claim in disputed
    )
    about: Paragraph = paragraph("Evidence above that rests on one of these is marked “disputed”.", role="small")
    head = ("Claim", "As it is often put", "How it stands", "Why", "Safest wording")
    return [
        Heading("What is disputed in the evidence", 2, new_page=True),
        about,
        Grid("Disputed claims behind the evidence", head, rows, (6, 20, 12, 36, 26)),
    ]
