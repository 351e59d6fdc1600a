"""Sources: one page each, with what it is good evidence of and everything that rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, File, Missing, Page, Shown, once
from thirtyseven.publish.citations import bibtex, csl_json
from thirtyseven.record import Source

KINDS = ("series", "figures", "claims", "events", "responsibility", "actors", "offices")
"""What can rest on a source, in the order in which its page names them."""
_RUSSIAN = set("абвгдежзийклмнопрстуфхцчшщъыьэюяё")


def _list(asked: Ask) -> Shown:
    return _listed(asked, "", "Sources")


def _kind(asked: Ask) -> Shown:
    record, slug = asked.library.record, asked.path["kind"]
    kinds = record.vocabularies["source_kinds"]
    kind = slug.replace("-", " ")
    if kind not in kinds:
        raise Missing(f"There is no kind of source '{kind}'; the kinds are: {', '.join(kinds)}.")
    return _listed(asked, kind, f"Sources: {kind}")


def _listed(asked: Ask, kind: str, title: str) -> Shown:
    record = asked.library.record
    held = [one for one in record.sources.values() if not kind or one.kind == kind]
    held.sort(key=lambda one: (one.authors or one.title).casefold())
    used = {one.kind for one in record.sources.values()}
    kinds = {word: text for word, text in record.vocabularies["source_kinds"].items() if word in used}
    rests = {one.id: sum(len(ids) for ids in asked.library.cited_in.get(one.id, {}).values()) for one in held}
    return Shown("sources.html", title, {"held": held, "kind": kind, "kinds": kinds, "rests": rests})


def entry(source: Source) -> list[tuple[str, str]]:
    """Label and text of everything bibliographic about a source, in the order of a catalogue."""
    csl = source.csl
    people = [
        (label, "; ".join(_name(one) for one in csl.get(key) or []))
        for label, key in (("Authors", "author"), ("Editors", "editor"))
    ]
    plain = [
        (label, str(csl.get(key) or ""))
        for label, key in (
            ("In", "container-title"), ("Volume", "volume"), ("Issue", "issue"), ("Pages", "page"), ("Publisher", "publisher"),
            ("Place", "publisher-place"), ("DOI", "DOI"), ("Address", "URL"), ("Note", "note"),
        )
    ]  # fmt: skip
    return [pair for pair in (*people, ("Title", source.title), ("Year", source.year), *plain) if pair[1]]


def _name(one: Any) -> str:
    return str(one.get("literal") or ", ".join(str(one[k]) for k in ("family", "given") if one.get(k)))


def _source(asked: Ask) -> Shown:
    library, ident = asked.library, asked.path["source"]
    source = library.record.sources.get(ident)
    if source is None:
        raise Missing(f"The record has no source '{ident}'; the page of sources lists all of them.")
    held = library.cited_in.get(ident, {})
    copies = [one.id for one in library.record.sources.values() if one.lineage == ident]
    return Shown("source.html", f"{source.cite()}: source", {
        "source": source, "entry": entry(source), "rests": {kind: held.get(kind, ()) for kind in KINDS}, "copies": copies,
        "original": library.record.sources.get(source.lineage), "bibtex": bibtex([source]).strip(),
        "russian": is_russian(source.title),
    })  # fmt: skip


def is_russian(text: str) -> bool:
    """Whether a text is written in Cyrillic, so that it can be marked as Russian."""
    letters = [one for one in text.casefold() if one.isalpha()]
    return bool(letters) and sum(one in _RUSSIAN for one in letters) > len(letters) / 2


def _bibtex(asked: Ask) -> File:
    return File(bibtex(asked.library.record.sources.values()).encode(), "application/x-bibtex; charset=utf-8", "sources.bib")


def _csl(asked: Ask) -> File:
    text = csl_json(asked.library.record.sources.values())
    return File(text.encode(), "application/vnd.citationstyles.csl+json", "sources.csl.json")


def _kind_addresses(library: Library) -> Iterable[str]:
    return [f"/source-kinds/{kind.replace(' ', '-')}" for kind in sorted({s.kind for s in library.record.sources.values()})]


ROUTES = (
    Page("/sources", _list, once("/sources"), word="Sources"),
    Page("/sources.bib", _bibtex, once("/sources.bib")),
    Page("/sources.csl.json", _csl, once("/sources.csl.json")),
    Page("/source-kinds/{kind}", _kind, _kind_addresses),
    Page("/sources/{source}", _source, lambda library: [f"/sources/{ident}" for ident in library.record.sources]),
)
