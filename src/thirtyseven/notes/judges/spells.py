"""Finds the record's spells of office in the notes ("Kork till Sept 1935"): they agree or nothing is said.

The tables of offices name some 600 people whom the checker knows by nothing else, and a second office may be missing in them;
a date that fits none of a person's spells is therefore no reason for a remark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from thirtyseven.notes.known.actors import offices_held
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, span_of
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import Office, load

_COMMON = frozenset(
    "people's commissar chief head member chairman deputy first secretary general commander party committee ussr council "
    "soviet union army marshal military nkvd region oblast krai with from commissars commissariat affairs the and peoples "
    "russian state central commission".split()
)
_SHORT = 4
_ENDED = frozenset({"until", "till", "-", "–", "to"})
_BEGAN = frozenset({"from", "since"})
_TAKEN = frozenset("arrested arrest seized".split())
_SPAN = 14
"""Tokens between a name and its date beyond which they are not taken together."""


@lru_cache(maxsize=1)
def _by_surname() -> dict[str, tuple[tuple[str, tuple[Office, ...]], ...]]:
    """Surname in lower case -> people of that name, each with his or her offices."""
    record = load()
    home = {*record.regions, *record.territories}
    found: dict[str, list[tuple[str, tuple[Office, ...]]]] = defaultdict(list)
    for number, actor in record.actors.items():
        surname = actor.name.split()[-1].lower()
        offices = tuple(office for office in offices_held().get(number, ()) if office.territory in home)
        if offices and actor.kind == "person" and len(surname) >= _SHORT:
            found[surname].append((actor.name, offices))
    return {surname: tuple(people) for surname, people in found.items()}


@lru_cache(maxsize=2048)
def _words(office: Office) -> frozenset[str]:
    """Beginnings of the words that tell an office from another."""
    text = f"{office.office} {office.institution} {office.territory}".lower().replace("-", " ")
    return frozenset(word[:5] for word in text.split() if len(word) >= _SHORT and word not in _COMMON)


def judge_spells(reading: Reading) -> Iterator[Finding]:
    """Findings on dates that are the beginning or end of an office of the person named."""
    dates = [when for when in reading.dates if when.precision != "decade"]
    if not dates or reading.question or reading.quoting or reading.cue("negation", 0, len(reading.tokens)):
        return
    above = " ".join(reading.statement.context[-1:]).lower().split()
    said = {token.low[:5] for token in reading.tokens} | {word.strip(".,:;()")[:5] for word in above}
    for index, token in enumerate(reading.tokens):
        people = _by_surname().get(token.low, ()) if token.kind == "word" and token.text[:1].isupper() else ()
        known = any(tag.kind == "person" and tag.first <= index <= tag.last for tag in reading.tags)
        if not people or token.possessive or (known and len(people) > 1):
            continue
        for when in dates:
            if abs(when.first - index) > _SPAN:
                continue
            hit = next((hit for name, offices in people if (hit := _held(when, name, offices, said))), None)
            if hit is not None:
                found = _finding(min(index, when.first), max(index, when.last), *hit)
                yield _candidate(found, hit[1], when) if _FULL.search(reading.words.joined) else found
                break


_FULL = re.compile(r"\bfull (?:\w+ ){0,2}members?\b")


def _candidate(found: Finding, office: Office, when: When) -> Finding:
    """The finding, where notes call a candidate a full member: the date is right, the rank another."""
    ended = bool(office.until) and "~" not in office.until and dates_agree(when, [span_of(office.until)])
    if ended or "candidate" not in office.office.lower():
        return found
    why = "the office was that of a candidate member, without a vote"
    return replace(found, verdict=DIFFERENT, why=why, wording=f"{found.best}.")


def _held(when: When, name: str, offices: tuple[Office, ...], said: set[str]) -> tuple[str, Office] | None:
    for office in offices:
        taken = office.end == "arrested" and bool(said & {word[:5] for word in _TAKEN})
        if not (taken or said & _words(office)) or when.yearless:
            continue
        days = [(day, end) for day, end in ((office.begin, False), (office.until, True)) if day]
        for text, end in days:
            if (end and when.word in _BEGAN) or (not end and when.word in _ENDED and when.precision != "range"):
                continue
            if when.precision != "range" and dates_agree(when, [span_of(text)]):
                return name, office
        if len(days) == 2 and when.precision == "range" and dates_agree(when, [span_of(f"{days[0][0]}/{days[1][0]}")]):
            return name, office
    return None


def _finding(first: int, last: int, name: str, office: Office) -> Finding:
    start, end = span_of(office.begin or office.until), span_of(office.until or office.begin)
    told = f"{name}, {office.office} ({office.institution}): {shown((start[0], end[1]))}"
    return Finding(
        first, last, AGREES, f"spell:{office.id}", f"{name} as {office.office}", told, "the record's table of offices",
        figure=(office.id,), strength=4.0,
    )  # fmt: skip
