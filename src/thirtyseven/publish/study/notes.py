"""Revision notes: causes, events, consequences and what is disputed, on one page, three, or ten."""

from __future__ import annotations

from collections.abc import Iterable

from thirtyseven.publish.names import SLUGS
from thirtyseven.publish.study import dated
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import OPEN, Sources, evidence, foot, verdict_word, when
from thirtyseven.publish.study.sheet import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Sheet,
    Text,
    listing,
    paragraph,
    quiet,
    say,
    strong,
)
from thirtyseven.record import Evidence, Explanation, Record

_NOTE = (
    "People first: these notes are about the arrest and killing of people. Limits (limity) is the documents' word, quotas the "
    "historians'. Words of the regime stand in quotation marks."
)
_SIDES = {"short": 1, "middle": 2, "long": 4}
"""Pieces of evidence on each side of an explanation."""


def notes(record: Record, length: str) -> Sheet:
    """The notes at one length.

    Args:
        record: the record.
        length: `short`, `middle` or `long`.
    """
    sources = Sources(record, by_name=length != "long")
    data = choices("outline")
    blocks: list[Block] = [
        paragraph(_NOTE, role="note"),
        Heading("In numbers", 2), _claims(record, sources, data["numbers"], length),
        Heading("Causes: eight explanations", 2), *_causes(record, sources, length),
        Heading("Events", 2), *_events(record, sources, length),
        Heading("Consequences", 2), _claims(record, sources, _wanted(record, "consequences", length), length),
        Heading("Disputed, or not to be known", 2), *_disputed(record, sources, length),
    ]  # fmt: skip
    if length == "long":
        blocks += [*_questions(record), Heading("Sources", 2), sources.listing()]
    elif length == "short":
        blocks.append(Paragraph(sources.named(), "small"))
    return Sheet(
        f"The Great Terror: notes {dated.LENGTHS[length]}", "Causes, events, consequences, and what is disputed.",
        tuple(blocks), foot(record), small=True,
    )  # fmt: skip


def _wanted(record: Record, name: str, length: str) -> list[str]:
    data = choices("outline")
    short, middle = data[f"{name}_short"], data[f"{name}_middle"]
    wanted = {"short": short, "middle": short + middle, "long": short + middle}[length]
    return [ident for ident in dict.fromkeys(wanted) if ident in record.claims]


def _claims(record: Record, sources: Sources, idents: Iterable[str], length: str) -> Listing:
    """Safe wordings; sources from the middle length on."""
    lines = []
    for ident in idents:
        claim = record.claims.get(ident)
        if claim is None:
            continue
        doubt = ", disputed" if claim.verdict in OPEN else ""
        cited = sources.claim(ident)
        cited = quiet("") if length == "short" else cited  # named once, below
        lines.append(say(claim.best, cited, quiet(f" ({ident}{doubt})")))
    return listing(lines)


def _causes(record: Record, sources: Sources, length: str) -> list[Block]:
    held = [record.explanations[slug] for slug in SLUGS if slug in record.explanations]
    if length == "short":
        return [Listing(tuple((_brief(one), ()) for one in held))]
    blocks: list[Block] = []
    for one in held:
        blocks.append(Heading(one.title, 3))
        text = one.argument if length == "long" else one.gloss
        blocks.append(paragraph(text, quiet(f" {', '.join(one.historians)}.")))
        blocks.append(_both(record, sources, one, length))
    return blocks


def _brief(one: Explanation) -> Text:
    """An explanation in a breath, with one piece of evidence on each side."""
    return say(
        strong(f"{one.title}. "), f"{one.gloss} ", strong("For: "), f"{one.supporting[0].text} ",
        strong("Against: "), one.countering[0].text,
    )  # fmt: skip


def _both(record: Record, sources: Sources, one: Explanation, length: str) -> Listing:
    def side(found: tuple[Evidence, ...]) -> tuple[Text, ...]:
        return tuple(evidence(record, sources, e.claim, e.text) for e in found[: _SIDES[length]])

    if length == "middle":
        both = [say(strong("For: "), *text) for text in side(one.supporting)]
        return listing([*both, *(say(strong("Against: "), *text) for text in side(one.countering))])
    return Listing(((say(strong("For")), side(one.supporting)), (say(strong("Against")), side(one.countering))))


def _events(record: Record, sources: Sources, length: str) -> list[Block]:
    """What happened, as claims; the longest length adds the dated events of the middle timeline."""
    made: list[Block] = [_claims(record, sources, _wanted(record, "happened", length), length)]
    if length == "long":
        lines = [say(strong(f"{when(one.date)}: "), one.title) for one in dated.chosen(record, "short")]
        made += [Heading("By date", 3), listing(lines)]
    return made


def _disputed(record: Record, sources: Sources, length: str) -> list[Block]:
    """Questions with both answers."""
    given = {one["claim"]: one for one in choices("contested")["card"]}
    wanted = _wanted(record, "disputed", length)
    if length == "long":
        wanted = [ident for ident in given if ident in record.claims]
    items: list[tuple[Text, tuple[Text, ...]]] = []
    for ident in wanted:
        one = given.get(ident)
        if one is None:
            continue
        if length == "short":
            items.append((say(strong(f"{one['question']} "), f"{one['one']} ", strong("Or: "), one["other"]), ()))
        else:
            text = say(strong(f"{one['question']} "), f"{one['one']} ", strong("Or: "), one["other"], sources.claim(ident),
                       quiet(f" ({ident})"))  # fmt: skip
            items.append((text, ()))
    return [Listing(tuple(items))]


def _questions(record: Record) -> list[Block]:
    """Every family of claims: what is often written, how it stands, what is safe."""
    left = set(choices("branches")["left_out"])
    blocks: list[Block] = [Heading("Often written, and what is safe to write", 2)]
    for name, family in record.families.items():
        held = [record.claims[i] for i in family.claims if record.claims[i].verdict in ("not supported", "wrong scope")]
        if name in left or not held:
            continue
        lines = [
            say(f"“{one.text.rstrip('.')}” ", quiet(f"{verdict_word(one.verdict)} ({one.id}): "), one.best) for one in held
        ]
        blocks += [Heading(family.title, 3), listing(lines)]
    return blocks
