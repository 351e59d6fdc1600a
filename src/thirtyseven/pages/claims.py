"""Claims: what notes, schoolbooks and historians assert, in families with their rival figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.pages.rivals import rival_rows
from thirtyseven.record import Claim, Record

VERDICTS = (
    "well supported", "supported with limits", "contested", "wrong scope", "not supported", "cannot be known",
)  # fmt: skip


def _list(asked: Ask) -> Shown:
    record = asked.library.record
    counts = Counter(claim.verdict for claim in record.claims.values())
    words = {word: (counts[word], record.vocabularies["verdicts"][word]) for word in VERDICTS if counts[word]}
    families = sorted(record.families.values(), key=lambda one: one.title)
    return Shown("claims.html", "Claims and what the record says of them", {"families": families, "verdicts": words})


def _verdict(asked: Ask) -> Shown:
    record, slug = asked.library.record, asked.path["verdict"]
    word = slug.replace("-", " ")
    if word not in VERDICTS:
        raise Missing(f"There is no verdict '{word}'; the verdicts are: {', '.join(VERDICTS)}.")
    held = [claim.id for claim in record.claims.values() if claim.verdict == word]
    return Shown("verdict.html", f"Claims: {word}", {
        "word": word, "says": record.vocabularies["verdicts"][word], "held": held,
        "others": [one for one in VERDICTS if one != word],
    })  # fmt: skip


def _family(asked: Ask) -> Shown:
    record, slug = asked.library.record, asked.path["family"]
    family = record.families.get(slug)
    if family is None:
        raise Missing(f"There is no family of claims '{slug}'; the page of claims lists all of them.")
    held = [record.claims[ident] for ident in family.claims]
    return Shown("family.html", f"{family.title} Claims side by side", {
        "family": family, "held": held, "rivals": rival_rows(record, held), "copies": copies(record, held),
    })  # fmt: skip


def copies(record: Record, claims: Iterable[Claim]) -> list[tuple[str, list[str]]]:
    """Figures of these claims that descend from one source: (title of that source, ids of the figures)."""
    out: dict[str, list[str]] = {}
    for ident in dict.fromkeys(one for claim in claims for one in claim.figures):
        figure = record.figures.get(ident)
        if figure is None or figure.source == "this-record":
            continue
        source = record.sources.get(figure.source)
        root = source.lineage if source and source.lineage else figure.source
        out.setdefault(root, []).append(ident)
    return [(record.sources[root].cite(), ids) for root, ids in out.items() if len(ids) > 1 and root in record.sources]


def _claim(asked: Ask) -> Shown:
    library, ident = asked.library, asked.path["claim"]
    record = library.record
    claim = record.claims.get(ident)
    if claim is None:
        raise Missing(f"The record has no claim '{ident}'; the page of claims lists all of them.")
    sides = [(record.explanations[slug], side) for slug, side in library.sides_by_claim.get(ident, ())]
    rivals = rival_rows(record, [claim])
    drawn = {row.figure.id for axis in rivals for row in axis.rows}
    return Shown("claim.html", f"{claim.text} ({ident})", {
        "claim": claim, "family": record.families[claim.family], "says": record.vocabularies["verdicts"][claim.verdict],
        "sides": sides, "rivals": rivals, "undrawn": [one for one in claim.figures if one not in drawn],
        "siblings": [one for one in record.families[claim.family].claims if one != ident],
    })  # fmt: skip


def _verdict_addresses(library: Library) -> Iterable[str]:
    held = {claim.verdict for claim in library.record.claims.values()}
    return [f"/verdicts/{word.replace(' ', '-')}" for word in VERDICTS if word in held]


ROUTES = (
    Page("/claims", _list, once("/claims"), word="Claims"),
    Page("/claims/{claim}", _claim, lambda library: [f"/claims/{ident}" for ident in library.record.claims]),
    Page("/families/{family}", _family, lambda library: [f"/families/{name}" for name in library.record.families]),
    Page("/verdicts/{verdict}", _verdict, _verdict_addresses),
)
