"""Judges the holder of an office that a question asks for: "Chairman of the OGPU until 1934? Menzhinsky"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG, Person, Role
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import person_of

_OFFICES = frozenset(
    "head-nkvd head-ogpu head-cheka leningrad-boss prosecutor defence-commissar premier foreign-commissar heavy-industry "
    "ukraine-boss trial-judge first-deputy-nkvd chief-of-staff".split()
)
_OTHERWISE = frozenset(
    "who whose whom replaced succeeded killed murdered arrested shot tried fled after before under by".split()
)
_FROM, _TO = date(1936, 8, 1), date(1938, 11, 25)
"""The terror, when a question says nothing but that."""


def judge_asked(reading: Reading) -> Iterator[Finding]:
    """A finding if a question names one office and its answer is one name."""
    statement = reading.statement
    if statement.kind != "answer" or statement.tail or not statement.lead:
        return
    asked = [index for index, token in enumerate(reading.tokens) if token.end <= statement.lead]
    roles = [tag for tag in reading.of_kind("role") if tag.last in asked and tag.key in _OFFICES]
    people = [tag for tag in reading.of_kind("person") if tag.key in reading.knowledge.people]
    named = [tag for tag in people if tag.first not in asked]
    if len({tag.key for tag in roles}) != 1 or len(named) != 1 or len(reading.tokens) - len(asked) > 5:
        return
    judge = roles[0].key == "trial-judge"
    if not judge and (
        any(tag.first in asked for tag in people) or _OTHERWISE & {reading.low(index) for index in asked}
    ):
        return
    tag, person = named[0], person_of(reading, named[0])
    holders = _holders(reading, roles[0].key)
    if not holders or person.historian or reading.negated(tag.first, tag.last):
        return
    right = any(one.key == person.key for one, _ in holders)
    best = f"{reading.knowledge.labels.get(roles[0].key, roles[0].key)}: " + "; ".join(
        f"{one.name}, {shown((term.start, term.end))}" for one, term in holders
    )
    yield Finding(
        tag.first, tag.last, AGREES if right else WRONG, f"asked:{roles[0].key}", f"the holder of the office: {person.name}",
        best, "the record's tables of actors and offices", why="" if right else f"{person.name} did not hold it then",
        wording="" if right else best + ".", strength=9.0,
    )  # fmt: skip


def _holders(reading: Reading, role: str) -> list[tuple[Person, Role]]:
    """Who held the office at the time that the question names; of no time, whoever held it."""
    start = min((when.start for when in reading.dates), default=None)
    end = max((when.end for when in reading.dates), default=None)
    if start is None and reading.has("terror"):
        start, end = _FROM, _TO
    return [
        (person, term)
        for person in reading.knowledge.people.values()
        for term in person.roles
        if term.role == role and (start is None or end is None or (term.start <= end and start <= term.end))
    ]
