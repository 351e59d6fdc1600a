"""Reading claims and explanations: TOML files with several entries each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from thirtyseven.record.columns import ID_EXAMPLE, ID_FORM
from thirtyseven.record.model import Claim, Evidence, Explanation, Family
from thirtyseven.record.reading import Document, read_toml
from thirtyseven.record.tables import Draft, Link

_CLAIM_TEXTS = ("id", "text", "scope", "verdict", "reason", "best", "lineage")
_CLAIM_LISTS = ("variants", "figures", "events", "items", "sources")
_CLAIM_NEEDED = ("id", "text", "verdict", "reason", "best")
_EXPLANATION_TEXTS = ("slug", "title", "gloss", "argument", "predicts", "cannot")
_SHORT_TEXTS = ("composite", "none-of-these")
"""Texts beside the eight explanations, which have no two sides."""
_EXPLANATION_KNOWN = (*_EXPLANATION_TEXTS, "historians", "supporting", "countering", "items")


def read_family(draft: Draft, file: str) -> None:
    """Read one family of claims into the draft."""
    document = read_toml(draft.folder, file)
    if document is None:
        return
    data = document.data
    for key in ("family", "title", "question"):
        if not isinstance(data.get(key), str) or not data[key]:
            draft.folder.fault(file, 1, 1, f"'{key}' is missing; a family of claims needs family, title and question")
    entries = data.get("claim", [])
    if not isinstance(entries, list) or not entries:
        draft.folder.fault(file, 1, 1, "the family holds no claim; add [[claim]] with id, text, verdict and reason")
        return
    family = str(data.get("family", ""))
    held = [made.id for entry in entries if (made := _read_claim(draft, document, entry, family)) is not None]
    title, question, seed_key = (str(data.get(key, "")) for key in ("title", "question", "seed_key"))
    draft.objects.setdefault("families", {})[family] = Family(family, title, question, seed_key, tuple(held))


def _read_claim(draft: Draft, document: Document, entry: Any, family: str) -> Claim | None:
    """Check one claim and add it."""
    key = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    if not re.fullmatch(ID_FORM["claims"], key):
        draft.folder.fault(
            document.name,
            *document.place("id", key),
            f"a claim has the id '{key}'; write it like {ID_EXAMPLE['claims']}",
        )
        return None
    if ("claims", key) in draft.places:
        first = draft.places[("claims", key)]("")
        draft.folder.fault(
            document.name,
            *_second_place(document, key, first),
            f"the claim '{key}' stands already at {first[0]}:{first[1]}; give it a new id, ids are never reused",
        )
        return None
    draft.places[("claims", key)] = lambda name="", d=document, k=key: (d.name, *d.place(name, k))
    sound = _claim_is_sound(draft, document, entry, key)
    for kind, name in (("figure", "figures"), ("event", "events"), ("source", "sources"), ("item", "items")):
        targets = entry.get(name, [])
        for one in targets if isinstance(targets, list) else []:
            draft.links.append(Link(kind, str(one), name, document, 0, 0, key))
    if not sound:
        return None
    lists: dict[str, Any] = {name: tuple(str(one) for one in entry.get(name, [])) for name in _CLAIM_LISTS}
    texts: dict[str, Any] = {name: str(entry.get(name, "")) for name in _CLAIM_TEXTS}
    made = Claim(family=family, added=bool(entry.get("added", False)), **texts, **lists)
    draft.objects.setdefault("claims", {})[key] = made
    return made


def _second_place(document: Document, key: str, first: tuple[str, int, int]) -> tuple[int, int]:
    """Return the place of a repeated id, which may stand twice in one file."""
    line, column = document.place("id", key)
    if (document.name, line) != (first[0], first[1]):
        return line, column
    lines = document.text.split("\n")
    for number in range(line, len(lines)):
        if f'"{key}"' in lines[number] and lines[number].lstrip().startswith("id"):
            return number + 1, 1
    return line, column


def _claim_is_sound(draft: Draft, document: Document, entry: Mapping[str, Any], key: str) -> bool:
    """Note everything wrong in a claim."""
    found: list[tuple[str, str]] = []
    for name in _CLAIM_NEEDED:
        if not entry.get(name):
            found.append((name, f"the claim '{key}' has no '{name}'; add it"))
    for name in _CLAIM_LISTS:
        if not isinstance(entry.get(name, []), list):
            found.append((name, f"'{name}' of the claim '{key}' must be a list; put it in [ ]"))
    verdicts = draft.words.vocabularies.get("verdicts", {})
    if entry.get("verdict") and entry["verdict"] not in verdicts:
        found.append(
            (
                "verdict",
                f"the claim '{key}' has the verdict '{entry['verdict']}'; use one of: {', '.join(verdicts)}",
            )
        )
    if not entry.get("figures") and not entry.get("events") and not entry.get("sources"):
        found.append(("id", f"the claim '{key}' rests on no figure, event or source; name at least one"))
    for name in entry:
        if name not in (*_CLAIM_TEXTS, *_CLAIM_LISTS, "added"):
            found.append((name, f"the claim '{key}' has the unknown key '{name}'; correct its spelling"))
    for name, message in found:
        draft.folder.fault(document.name, *document.place(name, key), message)
    return not found


def read_explanation(draft: Draft, file: str) -> None:
    """Read one explanation into the draft."""
    document = read_toml(draft.folder, file)
    if document is None:
        return
    data = document.data
    slug = str(data.get("slug", ""))
    needed = ("slug", "title") if slug in _SHORT_TEXTS else _EXPLANATION_TEXTS
    found = [(name, f"'{name}' is missing; an explanation needs it") for name in needed if not data.get(name)]
    if slug and file != f"explanations/{slug}.toml":
        found.append(("slug", f"the slug is '{slug}', the file is {file}; give both the same name"))
    sides = {side: _side(draft, document, data, side, found) for side in ("supporting", "countering")}
    for name, message in found:
        draft.folder.fault(file, *document.place(name), message)
    draft.places[("explanations", slug)] = lambda name="", d=document: (d.name, *d.place(name))
    for one in data.get("items", []):
        draft.links.append(Link("item", str(one), "items", document, 0, 0))
    if found:
        return
    extra = {name: value for name, value in data.items() if name not in _EXPLANATION_KNOWN}
    draft.objects.setdefault("explanations", {})[slug] = Explanation(
        historians=tuple(str(one) for one in data.get("historians", [])),
        supporting=sides["supporting"],
        countering=sides["countering"],
        items=tuple(str(one) for one in data.get("items", [])),
        extra=MappingProxyType(extra),
        **{name: str(data[name]) for name in _EXPLANATION_TEXTS},
    )


def _side(
    draft: Draft, document: Document, data: Mapping[str, Any], side: str, found: list[tuple[str, str]]
) -> tuple[Evidence, ...]:
    """Read one side of the evidence; an empty side is a fault."""
    entries = data.get(side, [])
    if not entries and data.get("slug") in _SHORT_TEXTS:
        return ()
    if not isinstance(entries, list) or not entries:
        found.append((side, f"the side '{side}' is empty; every explanation shows evidence for and against it"))
        return ()
    made: list[Evidence] = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not entry.get("text"):
            found.append((side, f"entry {number} of '{side}' has no 'text'; write claim = and text ="))
            continue
        claim = str(entry.get("claim", ""))
        if claim:
            draft.links.append(Link("claim", claim, side, document, 0, 0, claim))
        made.append(Evidence(claim, str(entry["text"]), bool(entry.get("added", False))))
    return tuple(made)
