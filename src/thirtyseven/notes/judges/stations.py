"""Judges which region's NKVD or party somebody is said to have led ("Zakovsky was NKVD chief of Leningrad"), and quiet ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thirtyseven.notes.known.actors import actor_of, offices_held
from thirtyseven.notes.known.entries import AGREES, DIFFERENT, WRONG, Person, Span
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import span_of
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import people_of, person_of
from thirtyseven.record import Office

_POST = re.compile(
    r"\b(?:nkvd (?:chief|head|boss)|(?:head|chief|boss|headed|ran|led|heads|runs) (?:of )?(?:the )?(?:\w+ ){0,3}nkvd|"
    r"(?:head|chief|boss) of (?:the )?nkvd (?:in|of))\b"
)
_NEAR = 12
_BARS = frozenset("deputy vice assistant under former wife brother son second replaced succeeded".split())
_SOURCE = "the record's table of offices"
_TAKEN = frozenset({"arrested"})
_INSIDE = re.compile(
    r"\b(?:died|perished|dies|death) (?:\w+ ){0,2}(?:in|inside) (?:a |the |an? \w+ )?(?:labou?r )?"
    r"(?:camps?|gulag|prison|jail|custody)\b"
)


def judge_stations(reading: Reading) -> Iterator[Finding]:
    """Findings on the regions whose NKVD people led, on deaths in custody, and on arrests of those who were never arrested."""
    people = {tag.key: tag for tag in people_of(reading)}
    if len(people) != 1 or reading.question or reading.quoting or reading.hedged or reading.supposing:
        return
    tag = next(iter(people.values()))
    if reading.tokens[tag.last].possessive or reading.negated(tag.first, len(reading.tokens) - 1):
        return
    person = person_of(reading, tag)
    yield from _station(reading, tag, person)
    yield from _inside(reading, tag, person)
    yield from _taken(reading, tag, person)
    yield from _lived(reading, tag, person)


def _station(reading: Reading, tag: Tag, person: Person) -> Iterator[Finding]:
    places = [one for one in reading.of_kind("place") if 0 < abs(one.first - tag.first) <= _NEAR]
    offices = [one for one in offices_held().get(actor_of(person), ()) if one.office == "NKVD chief"]
    words = {token.low for token in reading.tokens}
    if len({one.key for one in places}) != 1 or not offices or not _POST.search(reading.words.joined) or words & _BARS:
        return
    held = [one for one in offices if one.territory == places[0].key]
    if held and not all(any(dates_agree(when, [_term(one)]) for one in held) for when in reading.dates):
        return
    if not held and (reading.dates or len(reading.tokens) > 2 * _NEAR):
        return
    best = f"{person.name}, NKVD chief: " + "; ".join(
        f"{one.institution}, {shown(_term(one))}" for one in offices if one.begin
    )
    first, last = min(tag.first, places[0].first), max(tag.last, places[0].last)
    yield Finding(
        first, last, AGREES if held else WRONG, f"office:{person.key}:nkvd-region", f"{person.name} as NKVD chief of a region",
        best, _SOURCE, why="" if held else "another region", wording="" if held else best + ".",
        figure=tuple(one.id for one in held or offices), strength=5.0,
    )  # fmt: skip


def _term(office: Office) -> Span:
    start, end = office.begin.rstrip("~"), (office.until or office.begin).rstrip("~")
    return span_of(start)[0], span_of(end)[1]


def _inside(reading: Reading, tag: Tag, person: Person) -> Iterator[Finding]:
    """Whether somebody died in a camp or prison."""
    match = _INSIDE.search(reading.words.joined)
    if match is None or not person.fate or person.soft:
        return
    at = reading.words.token_at(match.start())
    if not 0 < at - tag.last <= _NEAR:
        return
    right = person.fate == "custody"
    if not right and person.fate not in ("shot", "suicide", "natural"):
        return
    died = f" on {shown(person.died[0])}" if person.died else ""
    ends = {
        "shot": "was shot",
        "suicide": "killed himself",
        "natural": "died a natural death",
        "custody": "died in custody",
    }
    best = f"{person.name} {person.how or ends[person.fate] + died}"
    yield Finding(
        tag.first, reading.words.token_at(match.end() - 1), AGREES if right else WRONG, f"fate:{person.key}",
        f"what became of {person.name}", best, "the record's table of actors", why="" if right else "another end",
        wording="" if right else best + ".", strength=8.0,
    )  # fmt: skip


def _lived(reading: Reading, tag: Tag, person: Person) -> Iterator[Finding]:
    """Until when somebody lived ("Kaganovich lived until 1991")."""
    for when in reading.dates:
        before = {reading.low(index) for index in range(tag.last + 1, when.first)}
        told = "lived" in before and when.word in ("until", "till", "to") and when.first - tag.last <= _NEAR
        if not told or not person.died or when.yearless or when.precision == "range":
            continue
        right = dates_agree(when, list(person.died))
        best = f"{person.name} died on {shown(person.died[0])}"
        yield Finding(
            tag.first, when.last, AGREES if right else WRONG, f"date:{person.key}-death", f"{person.name}, death", best,
            "the record's table of actors", why="" if right else "another year", wording="" if right else best + ".",
            strength=8.0,
        )  # fmt: skip


def _taken(reading: Reading, tag: Tag, person: Person) -> Iterator[Finding]:
    """Whether somebody who died in freedom was arrested; in the year in which he was removed that is what is meant."""
    office = person.roles or person.marshal
    if person.fate != "natural" or person.arrested or not office or person.key.startswith("a-"):
        return
    low = [reading.low(index) for index in range(tag.last + 1, tag.last + 5)]
    if not (_TAKEN & set(low)) or low[0] not in ("was", "got", "were", "himself"):
        return
    years = {when.start.year for when in reading.dates}
    removed = [role for role in person.roles if role.end.year in years]
    best = f"{person.name} was not arrested and died a natural death on {shown(person.died[0])}"
    if removed:
        best = f"{person.name} was removed from office in {removed[0].end.year}, not arrested"
    yield Finding(
        tag.first, tag.last + 4 if tag.last + 4 < len(reading.tokens) else len(reading.tokens) - 1,
        DIFFERENT if removed else WRONG, f"taken:{person.key}", f"whether {person.name} was arrested", best,
        "the record's table of actors", why="removed, not arrested" if removed else "the record has no arrest",
        wording=best + ".", strength=8.0,
    )  # fmt: skip
