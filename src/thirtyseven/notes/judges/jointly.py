"""Judges what notes say of two or three people together: both were shot, they sat in one dock, one came before another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from thirtyseven.notes.judges.fates import ACTORS, fate_finding, fate_told
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG, Person
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import LISTING, bearers, people_of, person_of

_COUNTED = {"both": 2, "neither": 2, "two": 2, "three": 3, "four": 4}
_VERBS = frozenset("were was are had been of them men got also later then both all have being to be sentenced".split())
_NEAR, _AFTER = 7, 14
_DOCK = re.compile(
    r"\b(?:the )?same (?:show )?trial\b|"
    r"\b(?:tried|stood trial|sentenced|condemned) (?:\w+ ){0,2}(?:together|jointly|side by side)\b|"
    r"\bin (?:the dock together|one dock|the same dock|one trial|one and the same trial)\b"
)
_DAY = re.compile(r"\b(?:shot|executed|died|killed) (?:\w+ ){0,3}(?:on )?the same day\b")
_SOON = 200
"""Days between the end of one term of office and the beginning of the next."""


def judge_jointly(reading: Reading) -> list[Finding]:
    """Findings on people of whom one thing is said together."""
    people = people_of(reading)
    if len({tag.key for tag in people}) < 2 or reading.question or reading.hedged or reading.quoting:
        return []
    return [*_all_of_them(reading, people), *_one_dock(reading, people), *_in_turn(reading, people)]


def _all_of_them(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """Two or three people just named, of whom "both" or "all three" are said to have been shot, or to have survived."""
    words = [tag for tag in reading.of_kind("word") if tag.key in ("executed-v", "suicide-w", "natural-w")]
    words += [tag for tag in reading.of_kind("act") if tag.key in ("survive", "spared")]
    for index, token in enumerate(reading.tokens):
        number = _COUNTED.get(token.low)
        if number is None or (token.low in ("two", "three", "four") and reading.low(index - 1) not in ("all", "the")):
            continue
        group = _just_named(reading, people, index)
        word = next((one for one in words if index < one.first <= index + _NEAR), None)
        if word is None or len({tag.key for tag in group}) != number or bearers(reading, word, people):
            continue
        if any(reading.low(at) not in _VERBS for at in range(index + 1, word.first)):
            continue
        kind = fate_told(reading, word, words)
        for tag in group if kind else ():
            person = person_of(reading, tag)
            finding = fate_finding(reading, person, kind or "", tag, word) if person.fate else None
            if finding is not None:
                yield finding


def _just_named(reading: Reading, people: list[Tag], index: int) -> list[Tag]:
    """The people of one list that stands last before a token."""
    before = [tag for tag in people if tag.last < index]
    if not before or index - before[-1].last > _AFTER:
        return []
    group = [before[-1]]
    for tag in before[-2::-1]:
        between = [reading.low(at) for at in range(tag.last + 1, group[-1].first)]
        if len(between) > 2 or any(word not in LISTING for word in between):
            break
        group.append(tag)
    return group


def _one_dock(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """People said to have been tried together, or shot on one day."""
    text = " ".join(token.low for token in reading.tokens)
    day, dock = _DAY.search(text), _DOCK.search(text)
    if not (day or dock) or reading.cue("negation", 0, len(reading.tokens)):
        return
    named = {tag.key: tag for tag in people}
    ended = [key for key, tag in named.items() if _prosecuted(person_of(reading, tag))]
    if len(ended) != len(named) or len(ended) > 4:
        return
    for one, two in combinations(ended, 2):
        first, second = (reading.knowledge.people[key] for key in (one, two))
        right = _same_day(first, second) if day else bool(set(first.trial) & set(second.trial))
        if right is None or (not right and not day and not (first.trial or second.trial)):
            continue
        best = "; ".join(f"{man.name}: {_told_of(reading, man, bool(day))}" for man in (first, second))
        low, high = sorted((named[one], named[two]), key=lambda tag: tag.first)
        yield Finding(
            low.first, high.last, AGREES if right else WRONG, f"jointly:{one}:{two}", f"{first.name} and {second.name} together",
            best, ACTORS, why="" if right else "they were not", wording="" if right else f"{best}.", strength=10.0,
        )  # fmt: skip


def _told_of(reading: Reading, person: Person, day: bool) -> str:
    """The day of somebody's death, or the trials in which he stood."""
    if day:
        return shown(person.died[0])
    labels = reading.knowledge.labels
    return "; ".join(labels.get(key, key) for key in person.trial) or "no public trial"


def _prosecuted(person: Person) -> bool:
    """Whether somebody was tried or put to death, so that the record knows with whom."""
    return bool(person.trial) or (person.fate in ("shot", "suicide") and not person.historian)


def _same_day(one: Person, two: Person) -> bool | None:
    """Whether two people died on one day; ``None`` if the record does not know."""
    if not one.died or not two.died:
        return None
    return any(a[0] <= b[1] and b[0] <= a[1] for a in one.died for b in two.died)


def _in_turn(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """One person in an office right before or after another ("before Yezhov the NKVD was headed by Beria")."""
    for role in reading.of_kind("role"):
        for tag in people:
            turn = reading.low(tag.first - 1)
            start, end = reading.clause(tag.first)
            later = [one for one in people if tag.last < one.first <= end and one.key != tag.key]
            if turn not in ("before", "after") or not start <= role.first <= end or not later:
                continue
            if later[0].first - tag.last > _NEAR + 3 or len({one.key for one in later}) != 1:
                continue
            older, newer = person_of(reading, tag), person_of(reading, later[0])
            if turn == "before":
                older, newer = newer, older
            old, new = ([one for one in man.roles if one.role == role.key] for man in (older, newer))
            if not old or not new or reading.negated(role.first, role.last):
                continue
            right = any(0 <= (after.start - before.end).days + 1 <= _SOON for before in old for after in new)
            name = reading.knowledge.labels.get(role.key, role.key)
            best = f"{name}: " + "; ".join(
                f"{man.name} {shown((one.start, one.end))}"
                for man, terms in ((older, old), (newer, new))
                for one in terms
            )
            yield Finding(
                tag.first - 1, max(later[0].last, role.last), AGREES if right else WRONG,
                f"succession:{newer.key}:{older.key}", f"{newer.name} after {older.name} as {name}", best, ACTORS,
                why="" if right else "not in this order", wording="" if right else f"{best}.", strength=11.0,
            )  # fmt: skip
