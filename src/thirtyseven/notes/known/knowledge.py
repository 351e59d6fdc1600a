"""What the checker knows: the data files of this package, read once, typed and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import tomli

from thirtyseven.notes.known.actors import further_people, with_chairs
from thirtyseven.notes.known.entries import (
    AGREES,
    DIFFERENT,
    DISPUTED,
    VERDICTS,
    WRONG,
    Assertion,
    Event,
    Knowledge,
    KnowledgeError,
    Occurrence,
    Person,
    Quantity,
    Relation,
    Rival,
    Role,
    Span,
    Thesis,
)
from thirtyseven.notes.language.dates import month_span
from thirtyseven.notes.language.lexicon import Lexicon

__all__ = [
    "AGREES", "DIFFERENT", "DISPUTED", "VERDICTS", "WRONG", "Assertion", "Event", "Knowledge", "KnowledgeError", "Occurrence",
    "Person", "Quantity", "Relation", "Rival", "Role", "Span", "Thesis", "load_knowledge", "span_of",
]  # fmt: skip


def span_of(text: str) -> Span:
    """A day, month, year or ``A/B`` of these as first and last day.

    Args:
        text: such as ``1934-12-01``, ``1937-08``, ``1937`` or ``1937-08-05/1938-11-17``.

    Raises:
        KnowledgeError: if it is none of these.
    """
    if "/" in text:
        start, end = text.split("/")
        return span_of(start)[0], span_of(end)[1]
    try:
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) > 3:
            raise ValueError(text)
        return month_span(parts[0], parts[1]) if len(parts) == 2 else (date(parts[0], 1, 1), date(parts[0], 12, 31))
    except (ValueError, TypeError, IndexError) as fault:
        raise KnowledgeError(f"'{text}' is not a date; write it as 1934-12-01, 1937-08 or 1937.") from fault


def _split(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split("|") if part.strip())


_DATA = files("thirtyseven.notes") / "data"


def read(name: str) -> dict[str, Any]:
    """A data file of the checker.

    Raises:
        KnowledgeError: it is no TOML.
    """
    path = _DATA / name
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as fault:
        raise KnowledgeError(f"notes/data/{name} is not valid TOML: {fault}.") from fault


def _known(name: str, entry: Mapping[str, Any], kind: type, extra: frozenset[str] = frozenset()) -> None:
    unknown = set(entry) - {item.name for item in fields(kind)} - extra
    if unknown:
        raise KnowledgeError(
            f"notes/data/{name}: entry '{entry.get('id', entry.get('key', '?'))}' has unknown keys {sorted(unknown)}."
        )


def _pointers(entry: Mapping[str, Any]) -> tuple[str, ...]:
    value = entry.get("figure", ())
    return (value,) if isinstance(value, str) else tuple(value)


def _interval(value: Any) -> tuple[float, float]:
    return (float(value[0]), float(value[1])) if isinstance(value, list) else (float(value), float(value))


def _quantity(name: str, entry: Mapping[str, Any]) -> Quantity:
    _known(name, entry, Quantity)
    plain = {
        key: value
        for key, value in entry.items()
        if key
        in (
            "id",
            "says",
            "value",
            "total",
            "form",
            "tolerance",
            "otherwise",
            "best",
            "counts",
            "source",
            "wording",
            "claim",
            "loose",
            "dated",
            "assumed",
            "exact",
            "bare",
        )
    }
    plain.setdefault("value", None)
    sets: dict[str, Any] = {
        key: _split(str(entry.get(key, "")))
        for key in ("act", "group", "frame", "place", "word", "bar", "allow", "unit")
    }
    when = tuple(
        (span_of(part.strip())[0].year, span_of(part.strip())[1].year)
        for part in str(entry.get("when", "")).split("|")
        if part.strip()
    )
    rivals = tuple(Rival(*_interval(one["at"]), one["verdict"], one.get("why", "")) for one in entry.get("rivals", ()))
    if any(rival.verdict not in VERDICTS for rival in rivals) or plain.get("otherwise", WRONG) not in (*VERDICTS, ""):
        raise KnowledgeError(
            f"notes/data/{name}: entry '{entry['id']}' has a verdict that is none of {', '.join(VERDICTS)}."
        )
    return Quantity(
        **plain, **sets, when=when, rivals=rivals, ok=tuple(_interval(one) for one in entry.get("ok", ())),
        also=tuple(float(one) for one in entry.get("also", ())), period=tuple(entry.get("period", ())),
        ok_share=tuple(_interval(one) for one in entry.get("ok_share", ())), figure=_pointers(entry),
    )  # fmt: skip


def _families(name: str, table: Mapping[str, Any]) -> list[Quantity]:
    """One quantity for each year, rank, region or line of a ``[[family]]``: ``values`` by key, the rest shared."""
    out = []
    for family in table.get("family", ()):
        shared = {
            key: value
            for key, value in family.items()
            if key not in ("values", "key", "id", "says", "best", "figures", "slot", "oks", "also", "others")
        }
        for key, value in family["values"].items():
            entry = dict(shared)
            entry["id"] = f"{family['id']}-{key}"
            number, total = value if isinstance(value, list) else (value, None)
            label = _region(key) if family["slot"] == "place" else key.replace("-", " ")
            entry["says"] = family["says"].format(key=label)
            entry["value"] = number
            if total is not None:
                entry["total"] = total
            slot = family["slot"]
            entry[slot] = key
            shown = f"{number:,}" + (f" of {total:,}" if total is not None else "")
            if family.get("form") == "share":
                shown = f"{100 * number:.3g} per cent"
            entry["best"] = family.get("best", "{says}: {value}").format(key=label, value=shown, says=entry["says"])
            for single, plural in (("ok", "oks"), ("also", "also")):
                if key in family.get(plural, {}):
                    entry[single] = family[plural][key]
            entry["rivals"] = [*family.get("rivals", ()), *_others(family, key)]
            if key in family.get("figures", {}):
                entry["figure"] = family["figures"][key]
            out.append(_quantity(name, entry))
    return out


def _region(key: str) -> str:
    """A region's key as a name: ``karelian-assr`` is "Karelian ASSR"."""
    small, great = ("oblast", "krai"), ("ssr", "assr")
    return " ".join(
        part.upper() if part in great else part if part in small else part.title() for part in key.split("-")
    )


def _others(family: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Rivals that each member of a family has of its own (``others``: verdict, why, values by key)."""
    return [
        {"at": one["values"][key], "verdict": one["verdict"], "why": one["why"].format(value=f"{one['values'][key]:,}")}
        for one in family.get("others", ())
        if key in one["values"]
    ]


def _spans(entry: Mapping[str, Any], key: str) -> tuple[Span, ...]:
    texts = [entry[key]] if key in entry else []
    alternative = "alt" if key == "died" else f"{key}-alt"
    texts += [part for part in str(entry.get(alternative, "")).split("|") if part]
    return tuple(span_of(text) for text in texts)


def _person(entry: Mapping[str, Any]) -> Person:
    return Person(
        key=entry["key"], name=entry["name"], forms=tuple(entry["forms"].split("|")), fate=entry.get("fate", ""),
        how=entry.get("how", ""), soft=bool(entry.get("softfate", False)), later=bool(entry.get("later", False)),
        died=_spans(entry, "died"), arrested=_spans(entry, "arrested"), tried=_spans(entry, "tried"),
        expelled=_spans(entry, "expelled"), exiled=_spans(entry, "exiled"), dismissed=_spans(entry, "dismissed"),
        trial=tuple(part for part in entry.get("trial", "").split("|") if part), sentence=int(entry.get("sentence", 0)),
        roles=tuple(Role(one["role"], span_of(one["from"])[0], span_of(one["to"])[1]) for one in entry.get("roles", ())),
        historian=entry.get("historian", ""), marshal=bool(entry.get("marshal", False)),
    )  # fmt: skip


def _event(entry: Mapping[str, Any]) -> Event:
    _known("events.toml", entry, Event, frozenset({"date", "alt"}))
    texts = [entry["date"], *[part for part in entry.get("alt", "").split("|") if part]]

    def groups(text: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(part.strip().split("&")) for part in text.split("|") if part.strip())

    return Event(
        key=entry["key"], title=entry["title"], dates=tuple(span_of(text) for text in texts), bar=_split(entry.get("bar", "")),
        place=_split(entry.get("place", "")),
        order_only=bool(entry.get("order_only", False)),
        span=bool(entry.get("span", False)),
        otherwise=entry.get("otherwise", WRONG),
        why=entry.get("why", ""),
        noun=groups(entry.get("noun", "")), verb=groups(entry.get("verb", "")), source=entry.get("source", ""),
        claim=entry.get("claim", ""), figure=_pointers(entry),
    )  # fmt: skip


def _assertion(entry: Mapping[str, Any]) -> Assertion:
    _known("assertions.toml", entry, Assertion)
    patterns = tuple(tuple(_split(step) for step in pattern.split(" ") if step) for pattern in entry["patterns"])
    rest = {
        key: entry[key]
        for key in ("verdict", "negated", "hedged", "best", "why", "source", "wording", "claim", "gap")
        if key in entry
    }
    return Assertion(
        id=entry["id"],
        patterns=patterns,
        need=_split(entry.get("need", "")),
        bar=_split(entry.get("bar", "")),
        figure=_pointers(entry),
        **rest,
    )


def _relation(entry: Mapping[str, Any]) -> Relation:
    _known("relations.toml", entry, Relation)
    names: dict[str, Any] = {
        key: tuple(sorted(_split(entry.get(key, "")))) for key in ("agent", "disputed", "different", "also")
    }
    rest = {key: entry[key] for key in ("best", "source", "why", "why_disputed", "claim", "otherwise") if key in entry}
    return Relation(
        id=entry["id"], verb=_split(entry["verb"]), patient=tuple(_split(part) for part in entry["patient"].split("&")),
        passive=_split(entry.get("passive", "")), bar=_split(entry.get("bar", "")), figure=_pointers(entry), **names, **rest,
    )  # fmt: skip


_LIST = re.compile(r"\$(\w+)")


def filled(table: Mapping[str, Any], text: str) -> str:
    """A group with the word lists put in; a list may name others.

    Raises:
        KnowledgeError: it names a list that is not there, or one that names itself.
    """
    words: Mapping[str, str] = table["words"]
    for _ in (*words, ""):
        if "$" not in text:
            return text
        text = _LIST.sub(lambda found: words.get(found[1], "$"), text)
    raise KnowledgeError(f"notes/data: '{text[:80]}' names a word list that is missing or names itself.")


def _occurrences(table: Mapping[str, Any]) -> tuple[Occurrence, ...]:
    """The record's events by the words that tell them."""
    out = []
    for entry in table["occurrence"]:
        _known("occurrences.toml", entry, Occurrence)
        out.append(
            Occurrence(
                entry["event"], tuple(filled(table, part) for part in entry["all"]),
                tuple(span_of(day) for day in entry["days"].split("|")),
                filled(table, entry.get("none", "")), entry.get("need", ""), "otherwise" not in entry,
            )
        )  # fmt: skip
    return tuple(out)


def _theses(name: str, shared: Mapping[str, str]) -> list[Thesis]:
    """Theses of a file with word lists put in: those that all files share, and its own."""
    table = read(name)
    table["words"] = {**shared, **table.get("words", {})}
    out = []
    for entry in table["thesis"]:
        _known(name, entry, Thesis)
        rest = {key: entry[key] for key in ("verdict", "negated", "hedged", "denies") if key in entry}
        out.append(
            Thesis(
                f"{entry['claim']}-{entry['id']}" if "id" in entry else entry["claim"], entry["claim"],
                tuple(filled(table, part) for part in entry["all"]),
                filled(table, entry.get("none", "")), filled(table, entry.get("need", "")), **rest,
            )
        )  # fmt: skip
    return out


def files_named(start: str) -> list[str]:
    """The data files whose names begin so, in order."""
    return sorted(path.name for path in _DATA.iterdir() if path.name.startswith(start))


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """Read the data files.

    Returns:
        All that the checker knows, indexed.

    Raises:
        KnowledgeError: if an entry has an unknown key, date or verdict.
    """
    phrases = read("lexicon.toml")
    people = {person.key: person for person in (_person(entry) for entry in read("people.toml")["person"])}
    further = further_people(people, span_of)
    people = with_chairs(people | further, span_of)
    quantities: list[Quantity] = []
    for name in files_named("quantities"):
        table = read(name)
        quantities += [_quantity(name, entry) for entry in table.get("quantity", ())]
        quantities += _families(name, table)
    events = tuple(_event(entry) for entry in read("events.toml")["event"])
    relations = tuple(_relation(entry) for entry in read("relations.toml")["relation"])
    assertions = tuple(_assertion(entry) for entry in read("assertions.toml")["assertion"])
    places = read("places.toml")["place"]
    phrases["place"] = places
    cues = {
        key: frozenset(part.strip() for part in value.split(",")) for key, value in read("cues.toml")["cue"].items()
    }
    lexicon = Lexicon(phrases, {key: person.forms for key, person in people.items()}, further)
    labels = read("labels.toml")["label"]
    shared = read("theses.toml")["words"]
    theses = [thesis for name in files_named("theses") for thesis in _theses(name, shared)]
    occurrences = _occurrences(read("occurrences.toml"))
    return Knowledge(
        lexicon, people, tuple(quantities), events, relations, assertions, tuple(theses), occurrences, cues, labels
    )
