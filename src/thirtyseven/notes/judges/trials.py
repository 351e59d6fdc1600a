"""Judges who stood in which trial, and which school a historian belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import LISTING, people_of, person_of

_MEMBERS = frozenset({"trial-16", "trial-17", "trial-21", "trial-army"})


def judge_trials(reading: Reading) -> Iterator[Finding]:
    """Findings on who stood in which trial."""
    frames = [tag for tag in reading.of_kind("frame") if tag.key in _MEMBERS]
    people = [tag for tag in people_of(reading) if person_of(reading, tag).trial]
    if len({tag.key for tag in frames}) != 1 or reading.cue("not-accused", 0, len(reading.tokens)):
        return
    frame = frames[0]
    for tag in people:
        person = person_of(reading, tag)
        gap = reading.statement.gap(tag.first, tag.last, frame.first, frame.last)
        start, end = reading.clause(frame.first)
        if (
            not start <= tag.first <= end
            or gap > 18
            or reading.negated(frame.first, frame.last)
            or (reading.tokens[tag.last].possessive and gap > 1)
        ):
            continue
        if person.key == "nikolaev" or _opposed(reading, tag):
            continue
        right = frame.key in person.trial
        if right and gap == 0 and frame.exact and frame.first <= tag.first <= frame.last + 3:
            continue
        if not right and not _accused(reading, tag, frame):
            continue
        name = reading.knowledge.labels.get(frame.key, frame.key)
        theirs = "; ".join(reading.knowledge.labels.get(key, key) for key in person.trial)
        first, last = min(tag.first, frame.first), max(tag.last, frame.last)
        yield Finding(
            first,
            last,
            AGREES if right else WRONG,
            f"trial:{person.key}:{frame.key}",
            f"{person.name} among the accused of {name}",
            f"{person.name} stood in {theirs}",
            "court reports of the trials, 1936-38 (recalled)",
            why="" if right else f"{person.name} was not tried there",
            wording="" if right else f"{person.name} stood in {theirs}.",
            strength=5.0,
        )


_TOGETHER = re.compile(r"\b(?:tried|trial|dock|court|courtroom|accused|defendants?|co-?defendants?|in the dock)\b")
_JOINT = re.compile(r"\b(?:together|same|alongside|beside|with|next to|side by side|fellow|both|jointly)\b")


def judge_companions(reading: Reading) -> Iterator[Finding]:
    """Findings on two people said to have stood in one trial that is not named ("Bukharin was tried with Zinoviev")."""
    text = reading.words.joined
    people = list({tag.key: tag for tag in people_of(reading)}.values())
    if len(people) != 2 or not _TOGETHER.search(text) or any(tag.key in _MEMBERS for tag in reading.of_kind("frame")):
        return
    one, two = (person_of(reading, tag) for tag in people)
    low, high = people
    between = " ".join(reading.low(index) for index in range(low.last + 1, high.first))
    behind = " ".join(reading.low(index) for index in range(high.last + 1, high.last + 9))
    joined = between in ("and", ",", "&") and _TOGETHER.search(behind) and _JOINT.search(behind)
    linked = len(between.split()) <= _NEAR and _TOGETHER.search(between) and _JOINT.search(between)
    if not (joined or linked) or reading.hedged or reading.negated(low.first, high.last):
        return
    absent = any(person.fate in ("suicide", "assassinated") and not person.trial for person in (one, two))
    if not ((one.trial and two.trial) or (absent and (one.trial or two.trial))):
        return
    shared = [key for key in one.trial if key in two.trial]
    names = "; ".join(
        f"{person.name} stood in {', '.join(reading.knowledge.labels.get(key, key) for key in person.trial) or 'no trial'}"
        for person in (one, two)
    )
    yield Finding(
        low.first, high.last, AGREES if shared else WRONG, f"companions:{one.key}:{two.key}",
        f"{one.name} and {two.name} tried together", names, "court reports of the trials, 1936-38 (recalled)",
        why="" if shared else "they stood in different trials", wording="" if shared else names + ".", strength=6.0,
    )  # fmt: skip


_NEAR = 10


def _opposed(reading: Reading, tag: Tag) -> bool:
    """Whether the person is named as an opponent or a parallel ("against Kamenev and Zinoviev")."""
    at = tag.first - 1
    while at >= 0 and (
        reading.low(at) in LISTING
        or any(other.kind == "person" and other.first <= at <= other.last for other in reading.tags)
    ):
        at -= 1
    return reading.low(at) in ("against", "from", "unlike", "than")


_STOOD = frozenset("stood sat appeared was were figured featured stands sits appears".split())
_DOCK = frozenset(
    "in at the a dock before court on trial among accused defendants defendant of one also then both only".split()
)
_WATCHED = frozenset("not never".split())


def _accused(reading: Reading, tag: Tag, frame: Tag) -> bool:
    """Whether the sentence makes the person one of the accused: "trial of", "tried", a list in brackets or behind a colon."""
    low, high = (frame, tag) if frame.first < tag.first else (tag, frame)
    between = [reading.low(index) for index in range(low.last + 1, high.first)]
    words = {other.key for other in reading.of_kind("word") if not frame.first <= other.first <= frame.last}
    if between[-2:] == ["after", "the"] or between[-1:] == ["after"]:
        return low is tag and "executed-v" in words and len(between) <= 5
    if (
        low is tag
        and between[:1]
        and between[0] in _STOOD
        and set(between[1:]) <= _DOCK
        and not _WATCHED & set(between)
    ):
        return reading.low(frame.last + 1) not in ("as", "when", "while", "who")
    if low is frame and between in (["had"], ["has"]) and reading.low(tag.last + 1) == "in":
        return True
    if reading.low(low.last + 1) in ("was", "were") and reading.has("convict") and len(between) <= 6:
        return True
    if words & {"tried-w", "executed-v", "confessed-w"} and len(between) <= 14:
        return True
    return (
        low is frame
        and bool(between)
        and (
            between[0] in (":", "(", "–", "—", "-", "of", "|", ",")
            or between[:1] in (["saw"], ["included"], ["featured"], ["involved"])
        )
        and len(between) <= 8
    )


def judge_schools(reading: Reading) -> Iterator[Finding]:
    """Findings on the school a historian is put in."""
    schools = [tag for tag in reading.of_kind("word") if tag.key in ("totalitarian-w", "revisionist-w")]
    if len({tag.key for tag in schools}) != 1 or any(tag.key == "reject-w" for tag in reading.tags):
        return
    school = schools[0]
    for tag in people_of(reading):
        person = person_of(reading, tag)
        start, end = reading.clause(school.first)
        gap = reading.statement.gap(tag.first, tag.last, school.first, school.last)
        if (
            person.historian not in ("totalitarian", "revisionist")
            or not start <= tag.first <= end
            or gap > 10
            or reading.negated(school.first, school.last)
        ):
            continue
        right = school.key.startswith(person.historian)
        best = f"{person.name} is usually counted among the {person.historian} historians"
        first, last = min(tag.first, school.first), max(tag.last, school.last)
        yield Finding(
            first,
            last,
            AGREES if right else WRONG,
            f"school:{person.key}",
            f"the school of {person.name}",
            best,
            "common usage of the literature (recalled)",
            why="" if right else "the labels are changed",
            wording="" if right else best + ".",
            strength=6.0,
        )
