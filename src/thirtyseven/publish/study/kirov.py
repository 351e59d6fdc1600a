"""The Kirov case file: evidence, three hypotheses, and a verdict that stays open."""

from __future__ import annotations

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import Sources, foot, verdict_word
from thirtyseven.publish.study.sheet import (
    Block,
    Cell,
    Grid,
    Heading,
    Lines,
    Sheet,
    cell,
    listing,
    paragraph,
    quiet,
    say,
    strong,
)
from thirtyseven.record import Record

WORDS = {"fits": "● fits", "against": "✕ speaks against", "open": "○ does not decide"}
_WIDTHS = (34, 14, 14, 14, 24)


def student(record: Record) -> Sheet:
    """The case file to work with: hypotheses, evidence cards, an empty grid, room for a verdict."""
    data = choices("kirov")
    rows = tuple(
        (Cell((say(strong(f"{n}. {one['title']}. "), one["text"]),)), *(Cell(lines=1),) * 3, Cell(lines=1))
        for n, one in enumerate(_pieces(record), start=1)
    )
    head = ("Evidence", *(one["title"] for one in data["hypothesis"]), "Why?")
    blocks: list[Block] = [
        *_hypotheses(),
        Heading("The evidence", 2),
        paragraph("For each piece write under each hypothesis: fits, speaks against, or does not decide. Ask of every piece: "
                  "would I also find it if another hypothesis were true? Then it decides nothing between them.", role="note"),
        Grid("Evidence and hypotheses", head, rows, _WIDTHS),
        Heading("Your verdict", 2),
        paragraph("Which hypothesis is best supported? What would you have to find to be sure? “It cannot be known” is a "
                  "verdict too, if you say why."),
        Lines(5),
    ]  # fmt: skip
    return Sheet("The Kirov case file", "Leningrad, 1 December 1934: one murder, three hypotheses.", tuple(blocks),
                 foot(record), landscape=True)  # fmt: skip


def teacher(record: Record) -> Sheet:
    """The grid filled in, with reasons, and the open verdict with its sources."""
    sources = Sources(record)
    data = choices("kirov")
    rows = []
    for n, one in enumerate(_pieces(record), start=1):
        reference = quiet(f" ({one['claim']})")  # the claim may be disputed where this piece of it is not
        first = say(strong(f"{n}. {one['title']}. "), one["text"], sources.claim(one["claim"]), reference)
        marks = (cell(WORDS[one[key["key"]]]) for key in data["hypothesis"])
        rows.append((Cell((first,)), *marks, cell(one["why"])))
    head = ("Evidence", *(one["title"] for one in data["hypothesis"]), "Why")
    blocks: list[Block] = [
        *_hypotheses(),
        Heading("The evidence, weighed", 2),
        paragraph("Most pieces do not decide: that is the lesson. What was made of the murder is documented and must not be "
                  "taken for evidence of who wanted it.", role="note"),
        Grid("Evidence and hypotheses", head, tuple(rows), _WIDTHS),
        Heading("The verdict stays open", 2),
        *_verdict(record, sources),
        Heading("Sources", 2),
        sources.listing(),
    ]  # fmt: skip
    return Sheet("The Kirov case file: the teacher's pages", "The same evidence, weighed; the verdict stays open.",
                 tuple(blocks), foot(record), landscape=True)  # fmt: skip


def _pieces(record: Record) -> list[dict[str, str]]:
    return [one for one in choices("kirov")["piece"] if one["claim"] in record.claims]


def _hypotheses() -> list[Block]:
    lines = [
        say(strong(f"{one['title']}. "), one["says"], quiet(f" Held by: {one['who']}."))
        for one in choices("kirov")["hypothesis"]
    ]
    return [Heading("Three hypotheses", 2), listing(lines, ordered=True)]


def _verdict(record: Record, sources: Sources) -> list[Block]:
    lines = []
    for ident in ("C-0202", "C-0203", "C-0205", "C-0206"):
        claim = record.claims.get(ident)
        if claim:
            lines.append(say(strong(f"{claim.text} "), f"{verdict_word(claim.verdict)}. {claim.best}", sources.claim(ident),
                             quiet(f" ({ident})")))  # fmt: skip
    return [listing(lines)]
