"""Responsibility: who ordered, signed, asked for more, carried out, slowed or failed to stop, by which document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from thirtyseven.pages.dating import by_date
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.pages.weighing import chapter, unasked
from thirtyseven.record import Record

INLINE = 100_000
"""Characters of the models' chapter that this page still carries; a longer one has a page of its own alone."""


def counts(record: Record, group: str) -> list[int]:
    """Documents of one group of offices, by kind in the vocabulary's order."""
    found = Counter(one.kind for one in record.responsibility.values() if one.office_group == group)
    return [found[kind] for kind in record.vocabularies["responsibility_kinds"]]


def _view(asked: Ask) -> Shown:
    library = asked.library
    record = library.record
    groups = record.vocabularies["office_groups"]
    by_group = {g: by_date(a for a in record.responsibility.values() if a.office_group == g) for g in groups}
    body, fault = chapter(library.weighed, "responsibility")
    elsewhere = len(body) > INLINE
    return Shown("responsibility.html", "Responsibility: who did what, by which document", {
        "groups": groups, "kinds": record.vocabularies["responsibility_kinds"], "counts": {g: counts(record, g) for g in groups},
        "by_group": by_group, "body": "" if elsewhere else body, "elsewhere": elsewhere, "fault": fault,
        "missing": unasked(library.weighed, "responsibility"),
    })  # fmt: skip


def _group(asked: Ask) -> Shown:
    record, group = asked.library.record, asked.path["group"]
    groups = record.vocabularies["office_groups"]
    if group not in groups:
        raise Missing(f"There is no group of offices '{group}'; the groups are: {', '.join(groups)}.")
    held = by_date(one for one in record.responsibility.values() if one.office_group == group)
    by_kind = {kind: [one for one in held if one.kind == kind] for kind in record.vocabularies["responsibility_kinds"]}
    return Shown("offices.html", f"Responsibility: {groups[group]}", {
        "group": group, "says": groups[group], "groups": groups, "by_kind": {k: v for k, v in by_kind.items() if v},
        "kinds": record.vocabularies["responsibility_kinds"], "count": len(held),
    })  # fmt: skip


def _act(asked: Ask) -> Shown:
    record, ident = asked.library.record, asked.path["act"]
    act = record.responsibility.get(ident)
    if act is None:
        raise Missing(f"The record has no act of responsibility '{ident}'; the page of responsibility lists all of them.")
    actor = record.actors[act.actor]
    same = [one for one in by_date(record.responsibility.values()) if one.document == act.document and one.id != ident]
    return Shown("act.html", f"{actor.name}: {act.document} ({ident})", {"act": act, "actor": actor, "same": same})


def _group_addresses(library: Library) -> Iterable[str]:
    return [f"/offices/{group}" for group in library.record.vocabularies["office_groups"]]


ROUTES = (
    Page("/responsibility", _view, once("/responsibility"), word="Responsibility"),
    Page("/offices/{group}", _group, _group_addresses),
    Page("/responsibility/{act}", _act, lambda library: [f"/responsibility/{i}" for i in library.record.responsibility]),
)
