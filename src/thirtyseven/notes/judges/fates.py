"""Judges what notes say became of people: shot, murdered, by their own hand, spared, shot together with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DISPUTED, WRONG, Person
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import bearers, people_of, person_of

ACTORS = "the record's tables of actors and offices (after Petrov & Skorkin 1999 and the court reports, recalled)"


def judge_fates(reading: Reading) -> Iterator[Finding]:
    """Findings on how the people named came to their end."""
    people = people_of(reading)
    words = [tag for tag in reading.of_kind("word") if tag.key in ("executed-v", "suicide-w", "murder-v", "natural-w")]
    words += [tag for tag in reading.of_kind("act") if tag.key in ("survive", "spared")]
    done: set[tuple[str, str]] = set()
    for word in words:
        kind = fate_told(reading, word, words)
        if kind is None:
            continue
        for tag in bearers(reading, word, people):
            person = person_of(reading, tag)
            if (person.key, kind) in done or not person.fate:
                continue
            done.add((person.key, kind))
            finding = fate_finding(reading, person, kind, tag, word) if not _subordinate(reading, tag) else None
            if finding is not None and kind == "sentenced" and _years_too_soon(reading, person):
                finding = replace(finding, verdict=WRONG, why="it was not then", wording=f"{finding.best}.")
            if finding is not None:
                yield finding
    yield from _companions(reading, people)
    yield from _never_taken(reading, people)


_OTHER_VERBS = frozenset("arrested-w expelled-w dismissed-w exiled-w jailed-w appointed-w replaced-w".split())


def _years_too_soon(reading: Reading, person: Person) -> bool:
    """Whether the only date is that of an earlier year than the death sentence ("Jan 1935: Zinoviev gets the death penalty")."""
    told = [when for when in reading.dates if when.precision != "decade" and not when.yearless]
    if len(told) != 1 or not person.died or person.fate != "shot" or reading.keys & _OTHER_VERBS:
        return False
    when = told[0]
    leading = when.first <= 1 or reading.low(when.first - 1) == "in"
    sooner = when.end.year < person.died[0][0].year
    return leading and sooner and when.precision != "range" and not when.word


def _never_taken(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """People said never to have been arrested: wrong of those whose arrest is dated, right of those who died in office."""
    for word in (
        tag for tag in reading.of_kind("word") if tag.key == "arrested-w" and reading.low(tag.first) == "arrested"
    ):
        before = [tag for tag in people if tag.last < word.first and word.first - tag.last <= 18]
        told = {reading.low(word.first - 1), reading.low(word.first - 2)}
        if "never" not in told or len({tag.key for tag in before}) != 1 or reading.hedged:
            continue
        if reading.low(word.last + 1) not in ("", ".", ",", ";", ")", "!", "and", "or", "but", "himself"):
            continue
        person = person_of(reading, before[-1])
        if not (person.arrested or person.fate in ("natural", "assassinated")) or person.historian or person.later:
            continue
        right = not person.arrested
        best = (
            f"{person.name} was arrested: {shown(person.arrested[0])}"
            if not right
            else f"{person.name} was not arrested"
        )
        yield Finding(
            before[-1].first, word.last, AGREES if right else WRONG, f"taken:{person.key}", f"whether {person.name} was arrested",
            best, ACTORS, why="" if right else "the notes deny it", wording="" if right else best + ".", strength=9.0,
        )  # fmt: skip


def _subordinate(reading: Reading, tag: Tag) -> bool:
    """Whether a person's end is only the setting of something else ("when Kirov was murdered, Yezhov ...")."""
    return reading.low(tag.first - 1) in ("when", "while", "since", "whether", "if", "that") and tag.first > 1


def _companions(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """Two people said to have been shot together: their days must be the same."""
    for word in (tag for tag in reading.of_kind("word") if tag.key == "executed-v"):
        behind = [tag for tag in people if word.last < tag.first <= reading.clause(word.first)[1]]
        between = [reading.low(index) for index in range(word.last + 1, behind[0].first)] if behind else []
        sequence = set(between) & {"before", "after"}
        if not behind or not (set(between) & {"with", "alongside"} or sequence) or len(between) > 4:
            continue
        for tag in bearers(reading, word, people):
            one, two = person_of(reading, tag), person_of(reading, behind[0])
            if (
                one.key == two.key
                or one.fate != "shot"
                or not (one.died and two.died)
                or reading.negated(word.first, word.last)
            ):
                continue
            apart = (one.died[0][0] - two.died[0][0]).days
            right = abs(apart) <= 7 and two.fate == "shot"
            if sequence:
                right = apart < 0 if "before" in sequence else apart > 0
                if abs(apart) <= 7:
                    continue
            best = f"{one.name}: {shown(one.died[0])}; {two.name}: {shown(two.died[0])}"
            why = "" if right else "the order is the other way round" if sequence else "they did not die together"
            yield Finding(
                tag.first, behind[0].last, AGREES if right else WRONG, f"together:{one.key}:{two.key}",
                f"{one.name} and {two.name} executed together", best, ACTORS, why=why, wording="" if right else best + ".",
                strength=10.0,
            )  # fmt: skip


def fate_told(reading: Reading, word: Tag, words: list[Tag]) -> str | None:
    """The end that a word tells ("" or ``None`` if it is none, or told by another word)."""
    if word.key == "suicide-w":
        return "suicide"
    if word.key in ("survive", "spared"):
        return "survived" if word.key == "survive" else "spared"
    if word.key == "natural-w":
        return "natural"
    if any(other.key == "suicide-w" and other.first <= word.first <= other.last for other in words):
        return None
    text = reading.low(word.first)
    if word.key == "executed-v":
        if text in ("sentenced", "condemned", "death"):
            return None if reading.has("absentia-w") else "sentenced"
        return "killed" if text == "killed" else "shot" if reading.low(word.last) == "shot" else "executed"
    return "murdered" if text in ("murdered", "assassinated") else None


def fate_finding(reading: Reading, person: Person, kind: str, tag: Tag, word: Tag) -> Finding | None:
    """What the record says of an end told of somebody."""
    verdict = _fate_verdict(person, kind)
    negated = reading.negated(word.first, word.last)
    if verdict is None or (reading.cue("hedge", max(0, word.first - 4), word.last) and verdict == WRONG):
        return None
    if negated:
        if verdict == DISPUTED or reading.cue("negation", word.last, word.last + 3):
            return None
        verdict = AGREES if verdict == WRONG else WRONG
        if verdict == WRONG and reading.low(word.last + 1) in (
            "in",
            "by",
            "at",
            "on",
            "because",
            "for",
            "with",
            "as",
            "but",
        ):
            return None
        if verdict == WRONG and (reading.low(word.first - 1) in ("until",) or reading.dates):
            return None
    died = f" on {shown(person.died[0])}" if person.died and person.died[0][0] == person.died[0][1] else ""
    best = (
        f"{person.name} {person.how}" if person.how else f"{person.name} {_FATE_WORDS.get(person.fate, 'died')}{died}"
    )
    why = (
        ""
        if verdict == AGREES
        else f"{person.name} did not die as the notes say"
        if kind != "survived"
        else f"{person.name} did not survive"
    )
    if negated and verdict == WRONG:
        why = f"the notes deny it, but {best}"
    first, last = min(tag.first, word.first), max(tag.last, word.last)
    return Finding(
        first,
        last,
        verdict,
        f"fate:{person.key}",
        f"what became of {person.name}",
        best,
        ACTORS,
        why=why,
        wording="" if verdict == AGREES else best + ".",
        strength=10.0,
    )


_FATE_WORDS = {
    "shot": "was sentenced to death and shot",
    "suicide": "killed himself",
    "assassinated": "was assassinated",
    "custody": "died in custody",
    "natural": "was not executed and died",
}
_FATES = {
    "shot": {
        "sentenced": AGREES,
        "shot": AGREES,
        "executed": AGREES,
        "killed": AGREES,
        "suicide": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "suicide": {
        "shot": WRONG,
        "executed": WRONG,
        "suicide": AGREES,
        "murdered": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "assassinated": {
        "killed": AGREES,
        "murdered": AGREES,
        "suicide": WRONG,
        "shot": AGREES,
        "executed": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "custody": {
        "sentenced": WRONG,
        "shot": WRONG,
        "executed": WRONG,
        "killed": AGREES,
        "suicide": WRONG,
        "survived": WRONG,
    },
    "natural": {
        "natural": AGREES,
        "shot": WRONG,
        "executed": WRONG,
        "suicide": WRONG,
        "survived": AGREES,
        "killed": WRONG,
    },
}


def _fate_verdict(person: Person, kind: str) -> str | None:
    if kind == "spared":
        return AGREES if person.sentence else WRONG if person.fate == "shot" and person.trial else None
    if person.soft:
        return {
            "suicide": AGREES if person.fate == "suicide" else None,
            "natural": DISPUTED if person.fate == "suicide" else None,
            "shot": WRONG,
            "executed": WRONG,
            "murdered": DISPUTED,
            "killed": DISPUTED,
        }.get(kind)
    if person.key in ("hitler", "lenin", "mercader", "stakhanov-p"):
        return None
    if person.fate == "assassinated" and kind == "shot" and "shot" not in person.how:
        return WRONG
    if kind == "sentenced" and person.fate == "custody" and not person.sentence:
        return None
    return _FATES.get(person.fate, {}).get(kind)
