"""The last chapters: the explanations with both sides of their evidence, and the sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from thirtyseven.publish.names import SLUGS
from thirtyseven.record import Record


@dataclass(frozen=True)
class Side:
    """One piece of evidence on one side.

    Attributes:
        text: what it says.
        claim: id of the claim that it rests on.
        verdict: how well that claim stands, in the record's words.
        added: whether it fills a gap of the student texts.
    """

    text: str
    claim: str
    verdict: str
    added: bool


@dataclass(frozen=True)
class Case:
    """One explanation as the record argues it."""

    slug: str
    title: str
    gloss: str
    historians: str
    argument: str
    supporting: tuple[Side, ...]
    countering: tuple[Side, ...]
    predicts: str
    cannot: str


def cases(record: Record) -> list[Case]:
    """The explanations in the one order; those that the record lacks are left out."""
    out = []
    for slug in SLUGS:
        e = record.explanations.get(slug)
        if e is None:
            continue
        out.append(
            Case(
                slug, e.title, e.gloss, ", ".join(e.historians), e.argument,
                tuple(_side(record, s) for s in e.supporting), tuple(_side(record, s) for s in e.countering),
                e.predicts, e.cannot,
            )
        )  # fmt: skip
    return out


def _side(record: Record, evidence: object) -> Side:
    ident = str(getattr(evidence, "claim", ""))
    claim = record.claims.get(ident)
    return Side(
        str(getattr(evidence, "text", "")),
        ident,
        claim.verdict if claim else "",
        bool(getattr(evidence, "added", False)),
    )


SERIES_USED = (
    "annual-repression", "order-00447-limits", "order-00447-raises", "order-00447-progress", "national-operations",
    "stalin-lists", "memorial-arrests-monthly", "memorial-arrests-yearly", "population-1937",
)  # fmt: skip


def sources(record: Record, seen: str) -> list[str]:
    """Citations of what this page rests on: sources of the series used and of the claims cited, each once.

    Args:
        record: the loaded record.
        seen: "seen" for those of which a copy was seen, "recalled" for those cited from memory.
    """
    idents: set[str] = set()
    for name in SERIES_USED:
        series = record.series.get(name)
        if series is not None:
            idents.update(series.sources)
    for explanation in record.explanations.values():
        for evidence in (*explanation.supporting, *explanation.countering):
            claim = record.claims.get(evidence.claim)
            if claim is not None:
                idents.update(claim.sources)
                idents.update(record.figures[f].source for f in claim.figures if f in record.figures)
    return sorted(_cited(record, idents, seen), key=str.casefold)


def _cited(record: Record, idents: Iterable[str], seen: str) -> Iterable[str]:
    for ident in idents:
        source = record.sources.get(ident)
        if source is None or (source.seen == "seen") != (seen == "seen"):
            continue
        archive = f" {source.archive}." if source.archive else ""
        yield f"{source.cite().rstrip('.')}.{archive}"


def series_credits(record: Record) -> list[tuple[str, str]]:
    """Title of each series used and whose data it is, under which terms."""
    return [
        (record.series[name].title, record.series[name].licence)
        for name in SERIES_USED
        if name in record.series
    ]
