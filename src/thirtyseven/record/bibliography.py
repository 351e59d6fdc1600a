"""Reading the sources: CSL-JSON with what each is good evidence of."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

from thirtyseven.record.columns import ID_EXAMPLE, ID_FORM
from thirtyseven.record.model import Source
from thirtyseven.record.reading import Document, read_json
from thirtyseven.record.tables import Draft, Link

CSL_TYPES = frozenset(
    (
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "book",
        "chapter",
        "collection",
        "dataset",
        "document",
        "hearing",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "pamphlet",
        "paper-conference",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "speech",
        "thesis",
        "treaty",
        "webpage",
    )
)
"""The types of CSL 1.0.2 that a source may have."""

_OWN = ("kind", "good_for", "not_for", "archive", "lineage", "seen")


def read_sources(draft: Draft, file: str) -> None:
    """Read one file of sources into the draft."""
    document = read_json(draft.folder, file)
    if document is None:
        return
    if not isinstance(document.data, list):
        draft.folder.fault(file, 1, 1, "the file must be a list of sources in CSL-JSON; put the entries in [ ]")
        return
    home = draft.objects.setdefault("sources", {})
    for number, entry in enumerate(document.data, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            draft.folder.fault(
                file,
                *document.place(),
                f"entry {number} has no 'id'; give it a slug such as getty-naumov-1999",
            )
            continue
        _read_entry(draft, document, entry, home)


def _read_entry(draft: Draft, document: Document, entry: dict[str, Any], home: dict[str, Any]) -> None:
    """Check one entry and add it."""
    key, file = entry["id"], document.name
    faults = list(_entry_faults(draft, entry))
    if key in home or ("sources", key) in draft.places:
        first = draft.places[("sources", key)]("")
        draft.folder.fault(
            file,
            *document.place("id", key),
            f"the source '{key}' stands already at {first[0]}:{first[1]}; one source has one entry",
        )
        return
    draft.places[("sources", key)] = lambda name="", d=document, k=key: (d.name, *d.place(name, k))
    for name, message in faults:
        draft.folder.fault(file, *document.place(name, key), message)
    if faults:
        return
    custom = entry["custom"]
    csl = {name: value for name, value in entry.items() if name != "custom"}
    made = Source(id=key, csl=MappingProxyType(csl), **{name: str(custom.get(name) or "") for name in _OWN})
    home[key] = made
    if made.lineage:
        draft.links.append(Link("source", made.lineage, "lineage", document, 0, 0, key))


def _entry_faults(draft: Draft, entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (key, sentence) for everything wrong in one entry."""
    found: list[tuple[str, str]] = []
    key = entry["id"]
    if not re.fullmatch(ID_FORM["sources"], key):
        found.append(("id", f"'{key}' has not the form of a source's id; write it like {ID_EXAMPLE['sources']}"))
    if entry.get("type") not in CSL_TYPES:
        found.append(
            (
                "type",
                f"the source '{key}' has the type '{entry.get('type')}'; use a CSL type such as book or report",
            )
        )
    if not entry.get("title"):
        found.append(("id", f"the source '{key}' has no title; add one"))
    custom = entry.get("custom")
    if not isinstance(custom, dict):
        found.append(("id", f"the source '{key}' has no 'custom' part; add kind, good_for, not_for, lineage, seen"))
        return found
    for name, vocabulary in (("kind", "source_kinds"), ("seen", "seen")):
        allowed = draft.words.vocabularies.get(vocabulary, {})
        if custom.get(name) not in allowed:
            found.append(
                (
                    name,
                    f"the source '{key}' has {name} '{custom.get(name)}'; use one of: {', '.join(allowed)}",
                )
            )
    for name in ("good_for", "not_for"):
        if not custom.get(name):
            found.append(("id", f"the source '{key}' does not say '{name}'; one clause is enough"))
    return found
