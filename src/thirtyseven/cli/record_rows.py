"""What is said about each kind of object of the record, label by label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thirtyseven.record import Record, model

Rows = list[tuple[str, str]]


def rows_of(record: Record, thing: Any) -> Rows:
    """Return (label, text) for everything worth saying about a thing, empty texts left out."""
    makers: dict[type, Callable[[Record, Any], Rows]] = {
        model.Figure: _figure,
        model.Event: _event,
        model.Actor: _actor,
        model.Office: _office,
        model.Claim: _claim,
        model.Explanation: _explanation,
        model.Series: _series,
        model.Source: _source,
        model.Region: _region,
        model.Responsibility: _responsibility,
        model.Item: _item,
        model.Family: _family,
    }
    make = makers.get(type(thing))
    found = make(record, thing) if make else []
    return [(label, text) for label, text in found if text]


def _word(record: Record, vocabulary: str, word: str) -> str:
    """Return a word of a vocabulary with its sentence."""
    sentence = record.vocabularies.get(vocabulary, {}).get(word, "")
    return f"{word} ({sentence})" if sentence else word


def _cited(record: Record, thing: Any) -> str:
    """Return the citation of whatever has a source."""
    source = record.sources.get(thing.source)
    if source is None:
        return str(thing.source)
    return f"{source.cite(getattr(thing, 'place', ''), thing.seen)}  [source:{source.id}]"


def _good(record: Record, thing: Any) -> Rows:
    source = record.sources.get(thing.source)
    if source is None:
        return []
    lineage = f"source:{source.lineage}" if source.lineage else ""
    return [("good for", source.good_for), ("not for", source.not_for), ("copies", lineage)]


def _figure(record: Record, one: model.Figure) -> Rows:
    of = f" of {one.denominator}" if one.denominator else ""
    claims = [claim.id for claim in record.claims.values() if one.id in claim.figures]
    return [
        ("value", one.display() + of),
        ("counts", _word(record, "counted", one.counted)),
        ("of whom", one.population),
        ("where", _territory(record, one.territory)),
        ("when", one.period),
        ("status", _word(record, "status", one.status)),
        ("seen", _word(record, "seen", one.seen)),
        ("where seen", one.where_seen),
        ("confidence", _word(record, "confidence", one.confidence)),
        ("source", _cited(record, one)),
        *_good(record, one),
        ("cited because", one.reason),
        ("note", one.note),
        ("deprecated", one.deprecated),
        ("claims", ", ".join(claims)),
    ]


def _territory(record: Record, slug: str) -> str:
    region = record.regions.get(slug)
    if region:
        return f"{region.name} [region:{slug}]"
    return f"{slug} ({record.territories[slug]})" if slug in record.territories else slug


def _event(record: Record, one: model.Event) -> Rows:
    return [
        ("date", one.date),
        ("precision", _word(record, "precision", one.precision)),
        ("also given", one.alternatives),
        ("kind", _word(record, "event_kinds", one.kind)),
        ("who", ", ".join(one.actors)),
        ("institutions", ", ".join(one.institutions)),
        ("source", _cited(record, one)),
        ("seen", _word(record, "seen", one.seen)),
        ("confidence", one.confidence),
        ("note", one.note),
    ]


def _actor(record: Record, one: model.Actor) -> Rows:
    spells = sorted((spell for spell in record.offices.values() if spell.actor == one.id), key=lambda s: s.begin)
    acts = [f"{act.id} {act.kind}: {act.document}" for act in record.responsibility.values() if act.actor == one.id]
    return [
        ("Russian", one.russian),
        ("also written", ", ".join(one.spellings)),
        ("role", one.role),
        ("born", one.born),
        ("died", one.died),
        ("fate", " ".join(part for part in (one.fate, one.fate_date) if part)),
        *[("office", f"{_spell(spell)} [{spell.id}]") for spell in spells],
        *[("act", text) for text in acts],
        ("source", _cited(record, one) if one.source else ""),
        ("seen", _word(record, "seen", one.seen)),
        ("note", one.note),
    ]


def _spell(one: model.Office) -> str:
    where = "" if one.territory == "ussr" else f", {one.territory}"
    return f"{one.office}{where}: {one.begin or '?'} to {one.until or '?'}" + (f" ({one.end})" if one.end else "")


def _office(record: Record, one: model.Office) -> Rows:
    actor = record.actors.get(one.actor)
    return [
        ("who", f"{actor.name if actor else one.actor} [{one.actor}]"),
        ("institution", one.institution),
        ("where", _territory(record, one.territory)),
        ("from", one.begin),
        ("to", one.until),
        ("end", one.end),
        ("source", _cited(record, one)),
        ("seen", _word(record, "seen", one.seen)),
        ("confidence", one.confidence),
        ("note", one.note),
    ]


def _claim(record: Record, one: model.Claim) -> Rows:
    family = record.families.get(one.family)
    figures = [
        f"{key}  {record.figures[key].item}: {record.figures[key].display()}"
        for key in one.figures
        if key in record.figures
    ]
    events = [
        f"{key}  {record.events[key].date} {record.events[key].title}" for key in one.events if key in record.events
    ]
    sources = [record.sources[key].cite("", record.sources[key].seen) for key in one.sources if key in record.sources]
    side = [f"{key} {record.claims[key].text}" for key in (family.claims if family else ()) if key != one.id]
    return [
        ("verdict", _word(record, "verdicts", one.verdict)),
        ("because", one.reason),
        ("better", one.best),
        ("scope", one.scope),
        ("as written", " / ".join(one.variants)),
        ("number from", one.lineage),
        *[("figure", text) for text in figures],
        *[("event", text) for text in events],
        *[("source", text) for text in sources],
        ("answers", ", ".join(one.items)),
        ("added", "fills a gap of the student texts" if one.added else ""),
        ("family", f"{family.title} [family:{family.family}]: {family.question}" if family else ""),
        *[("beside it", text) for text in side],
    ]


def _family(record: Record, one: model.Family) -> Rows:
    claims = [record.claims[key] for key in one.claims if key in record.claims]
    return [("question", one.question), *[(claim.id, f"{claim.text} [{claim.verdict}]") for claim in claims]]


def _explanation(record: Record, one: model.Explanation) -> Rows:
    sides = [
        (label, f"{entry.text}" + (f" [{entry.claim}]" if entry.claim else ""))
        for label, entries in (("for", one.supporting), ("against", one.countering))
        for entry in entries
    ]
    return [
        ("in short", one.gloss),
        ("historians", ", ".join(one.historians)),
        ("argument", one.argument),
        *sides,
        ("predicts", one.predicts),
        ("cannot", one.cannot),
        ("answers", ", ".join(one.items)),
    ]


def _series(record: Record, one: model.Series) -> Rows:
    sources = [record.sources[key].cite("", record.sources[key].seen) for key in one.sources if key in record.sources]
    return [
        ("what", one.description),
        ("coverage", one.coverage),
        *[("careful", fault) for fault in one.known_faults],
        *[("holds", text) for text in one.sums],
        ("status", _word(record, "status", one.status)),
        ("seen", _word(record, "seen", one.seen)),
        *[("source", text) for text in sources],
        ("licence", one.licence),
        ("rows", str(len(one.rows))),
    ]


def _source(record: Record, one: model.Source) -> Rows:
    used = sum(figure.source == one.id for figure in record.figures.values())
    return [
        ("by", one.authors),
        ("year", one.year),
        ("kind", _word(record, "source_kinds", one.kind)),
        ("good for", one.good_for),
        ("not for", one.not_for),
        ("archive", one.archive),
        ("copies", f"source:{one.lineage}" if one.lineage else ""),
        ("seen", _word(record, "seen", one.seen)),
        ("on the web", str(one.csl.get("URL", ""))),
        ("note", str(one.csl.get("note", ""))),
        ("figures", str(used) if used else ""),
    ]


def _region(record: Record, one: model.Region) -> Rows:
    limits = record.series.get("order-00447-limits")
    row = next((row for row in limits.rows if row["region"] == one.slug), None) if limits else None
    limit = f"{row['limit_cat1']:,} first category, {row['limit_cat2']:,} second category" if row else ""
    asked = f"{row['proposed_cat1'] or 0:,} and {row['proposed_cat2'] or 0:,}" if row and row["proposed_cat1"] else ""
    people = f"{one.population_1937:,} (1937, estimated)" if one.population_1937 else ""
    spells = sorted((s for s in record.offices.values() if s.territory == one.slug), key=lambda s: (s.office, s.begin))
    names = [f"{record.actors[s.actor].name if s.actor in record.actors else s.actor}: {_spell(s)}" for s in spells]
    return [
        ("status", one.status),
        ("republic", one.republic),
        ("people", people),
        ("borders", ", ".join(one.border_states)),
        ("later", one.successor),
        ("limits", limit),
        ("asked in July", asked),
        *[("office", text) for text in names],
        ("note", one.note),
    ]


def _responsibility(record: Record, one: model.Responsibility) -> Rows:
    actor = record.actors.get(one.actor)
    return [
        ("who", f"{actor.name if actor else one.actor} [{one.actor}]"),
        ("kind", _word(record, "responsibility_kinds", one.kind)),
        ("group", one.office_group),
        ("date", one.date),
        ("source", _cited(record, one)),
        ("seen", _word(record, "seen", one.seen)),
        ("note", one.note),
        ("answers", ", ".join(one.items)),
    ]


def _item(record: Record, one: model.Item) -> Rows:
    speaks = [
        f"{row.pointer}: {row.says}" + (f" (owed by {row.owed_by})" if row.owed_by else "")
        for row in record.coverage
        if row.item == one.id
    ]
    return [("kind", one.kind), ("same as", str(one.same_as) if one.same_as else ""), *[("answer", t) for t in speaks]]
