"""Recognises what notes tell of the record's events, offices and documents without a number or a date (``data/facts*.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from thirtyseven.notes.judges.theses import Spans, denied, doubted, spoken_of
from thirtyseven.notes.known.entries import AGREES, DIFFERENT, DISPUTED, WRONG, KnowledgeError, Thesis
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import files_named, filled, read
from thirtyseven.notes.language.groups import ByMark
from thirtyseven.notes.meaning.reading import Reading

_KINDS = {"right": AGREES, "wrong": WRONG, "different": DIFFERENT, "disputed": DISPUTED}
_DENIED = {WRONG: AGREES}
"""What the denial of a wording says; the denial of a right one is left alone: it may deny something else."""
_SOURCES = {
    "E": "the record's timeline",
    "O": "the record's table of offices",
    "A": "the record's table of actors",
    "L": "the record's table of responsibility",
    "C": "the record's claim",
}


@dataclass(frozen=True)
class Fact:
    """Something that happened, in the words that tell it or tell it wrongly.

    Attributes:
        id: stable name; the wordings of one fact share it.
        wording: groups of words, all of which must be spoken of, and what they say of the record.
        denial: a mistaken wording as it reads when it is denied.
        best: what the record has.
        figure: numbers of events, offices, actors or claims.
        source: who says so.
        authors: whether who wrote what is the matter itself, so that "Getty wrote ..." gives nobody's opinion.
    """

    id: str
    wording: Thesis
    denial: Thesis | None
    best: str
    figure: tuple[str, ...]
    source: str
    authors: bool = False


def facts_of(name: str) -> list[Fact]:
    """The facts of one data file.

    Args:
        name: the file's name.

    Raises:
        KnowledgeError: an entry has an unknown key.
    """
    table = read(name)
    out = []
    for entry in table["fact"]:
        unknown = set(entry) - {"id", "best", "figure", "all", "none", "need", "source", "authors", *_KINDS}
        if unknown:
            raise KnowledgeError(
                f"notes/data/{name}: entry '{entry.get('id', '?')}' has unknown keys {sorted(unknown)}."
            )
        pointers = (entry["figure"],) if isinstance(entry["figure"], str) else tuple(entry["figure"])
        for kind, verdict in _KINDS.items():
            for wording in entry.get(kind, ()):
                thesis = _wording(table, entry, wording, verdict)
                source = entry.get("source", _SOURCES[pointers[0][0]])
                denial = _without_denials(thesis) if verdict == WRONG else None
                authors = entry.get("authors", False)
                out.append(Fact(entry["id"], thesis, denial, entry["best"], pointers, source, authors))
    return out


def _wording(table: Mapping[str, Any], entry: Mapping[str, Any], wording: list[str], verdict: str) -> Thesis:
    """A wording with what its fact shares; a group that begins with "!" bars instead."""
    bars = [part.removeprefix("!") for part in wording if part.startswith("!")]
    groups = [*entry.get("all", ()), *(part for part in wording if not part.startswith("!"))]
    none = "|".join(part for part in (entry.get("none", ""), *bars) if part)
    return Thesis(
        entry["id"], "", tuple(filled(table, part) for part in groups), filled(table, none),
        filled(table, entry.get("need", "")), verdict, _DENIED.get(verdict, ""),
    )  # fmt: skip


def _without_denials(wording: Thesis) -> Thesis:
    """A mistaken wording as it reads when it is denied: its bars without the words of denial."""
    bars = [part for part in wording.none.split("|") if part.strip() not in _DENIALS]
    return replace(wording, none="|".join(bars))


_DENIALS = frozenset({"not", "never", "no"})


@lru_cache(maxsize=1)
def all_facts() -> tuple[Fact, ...]:
    """The facts of all data files."""
    return tuple(fact for name in files_named("facts") for fact in facts_of(name))


@lru_cache(maxsize=1)
def _by_mark() -> ByMark:
    return ByMark(fact.wording.all for fact in all_facts())


_MADE_UP = frozenset("imagine suppose novel fiction play playwright poem joke film movie dream legend".split())


def judge_facts(reading: Reading) -> list[Finding]:
    """Findings on events, offices and documents told without a number, the gravest wording of each fact."""
    if reading.question or reading.supposing:
        return []
    if _MADE_UP & {token.low for token in reading.tokens}:
        return []
    numbers = _by_mark().near(reading.words.beginnings, reading.keys)
    found: dict[str, Finding] = {}
    for fact in (all_facts()[number] for number in numbers):
        if reading.quoting and not fact.authors:
            continue
        finding = _finding(reading, fact)
        if finding is not None and (fact.id not in found or finding.verdict != AGREES):
            found[fact.id] = finding
    return list(found.values())


def _finding(reading: Reading, fact: Fact) -> Finding | None:
    spans = spoken_of(reading, fact.wording)
    if not spans:
        spans = (
            spoken_of(reading, fact.denial) if fact.denial and reading.cue("negation", 0, len(reading.tokens)) else None
        )
        if not spans or not denied(reading, spans) or not _denied_itself(reading, spans):
            return None
    verdict, passed = fact.wording.verdict, _passed_over(reading)
    if any(first <= at <= last for at in passed for first, last in spans):
        return None
    if reading.refuted:
        verdict = fact.wording.negated
    elif not passed and denied(reading, spans):
        verdict = fact.wording.negated if _denied_itself(reading, spans) else ""
    elif verdict != AGREES and (
        (reading.attributed and not fact.authors) or (doubted(reading, spans) and not _able(reading))
    ):
        return None
    if not verdict:
        return None
    right = verdict == AGREES
    return Finding(
        min(span[0] for span in spans), max(span[1] for span in spans), verdict, f"fact:{fact.id}", fact.best, fact.best,
        fact.source, why="" if right else "the record has it otherwise", wording="" if right else fact.best + ".",
        claim=f"fact:{fact.id}", figure=fact.figure, strength=7.0,
    )  # fmt: skip


def _able(reading: Reading) -> bool:
    """Whether the only reserve is a "could" that means being able to ("voters could choose")."""
    reserves = [index for index in range(len(reading.tokens)) if reading.cue("hedge", index, index)]
    return all(reading.low(index) == "could" and reading.low(index + 1) != "have" for index in reserves)


def _passed_over(reading: Reading) -> list[int]:
    """First tokens of people named only to be ruled out ("Zhdanov, not Molotov, went to Leningrad")."""
    out = []
    for tag in reading.of_kind("person"):
        at = tag.first - 1 if reading.low(tag.first - 1) not in ("by", "for", "to") else tag.first - 2
        aside = reading.low(at) == "not" and reading.low(at - 1) in (",", "(", "and", "–", "—", "-", ":", "")
        if aside and reading.low(tag.last + 1) in (",", ")", ".", "", ";", "–", "—", "-"):
            out.append(tag.first)
    return out


def _denied_itself(reading: Reading, spans: Spans) -> bool:
    """Whether the negation belongs to the wording: no comma between it and the last part ("not shot, but deported ...")."""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    start = next(
        (index for index in range(max(0, first - 4), last + 1) if reading.cue("negation", index, index)), last + 1
    )
    return start <= last and not any(reading.low(index) in _PARTING for index in range(start, last + 1))


_PARTING = frozenset({",", ";", "but", ":", "and", "–", "—"})
