"""Judges whose party a leader is said to have led: "Kirov was the party boss of Kiev"."""

from __future__ import annotations

from collections.abc import Iterator

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import people_of, person_of

_PLACES = {
    "leningrad-boss": "leningrad-oblast",
    "moscow-boss": "moscow-oblast",
    "ukraine-boss": "ukrainian-ssr",
    "georgia-boss": "georgian-ssr",
    "w-siberia-boss": "west-siberian-krai",
}
_BETWEEN = frozenset(
    "was had been the a as , in of for before his murder head leader former and then became city region communist".split()
)


def judge_posts(reading: Reading) -> Iterator[Finding]:
    """Findings on a party leader and a place that stand together with "party boss" or its like."""
    yield from _of_another_place(reading)
    places = reading.of_kind("place")
    for boss in (tag for tag in reading.tags if tag.key == "boss-w"):
        near = [
            tag for tag in places if -3 <= tag.first - boss.last <= 4 and tag.key in (*_PLACES.values(), "kiev-oblast")
        ]
        for tag in people_of(reading):
            person = person_of(reading, tag)
            posts = {_PLACES[role.role] for role in person.roles if role.role in _PLACES}
            between = [
                reading.low(index) for index in range(tag.last + 1, min([boss.first, *[one.first for one in near]]))
            ]
            if (
                not posts
                or not near
                or tag.last > boss.first
                or len(between) > 6
                or any(word not in _BETWEEN for word in between)
            ):
                continue
            if reading.negated(tag.first, boss.last) or reading.hedged or reading.tokens[tag.last].possessive:
                continue
            right = near[0].key in posts or (near[0].key == "kiev-oblast" and "ukrainian-ssr" in posts)
            held = "; ".join(
                f"{reading.knowledge.labels.get(role.role, role.role)}, {role.start.year} to {role.end.year}"
                for role in person.roles
                if role.role in _PLACES
            )
            yield Finding(
                tag.first,
                max(boss.last, near[0].last),
                AGREES if right else WRONG,
                f"post:{person.key}",
                f"the party post of {person.name}",
                f"{person.name}: {held}",
                "the record's table of offices",
                why="" if right else "another place",
                wording="" if right else f"{person.name}: {held}.",
                strength=6.5,
            )


_MARKS = frozenset(": | - – — = ( /".split())


def _of_another_place(reading: Reading) -> Iterator[Finding]:
    """People beside whom a party post stands that they never held ("Sergei Kirov | party boss of Moscow")."""
    for post in (tag for tag in reading.of_kind("role") if tag.key in _PLACES):
        before = [tag for tag in people_of(reading) if tag.last < post.first]
        person = person_of(reading, before[-1]) if before else None
        held = [role for role in person.roles if role.role in _PLACES] if person is not None else []
        between = [reading.low(index) for index in range(before[-1].last + 1, post.first)] if before else []
        if not held or len(between) > 5 or any(word not in _BETWEEN | _MARKS for word in between):
            continue
        if reading.negated(before[-1].first, post.last) or reading.hedged or reading.tokens[before[-1].last].possessive:
            continue
        if person is not None and post.key not in {role.role for role in held}:
            names = reading.knowledge.labels
            best = f"{person.name}: " + "; ".join(
                f"{names.get(role.role, role.role)}, {role.start.year} to {role.end.year}" for role in held
            )
            yield Finding(
                before[-1].first, post.last, WRONG, f"post:{person.key}", f"the party post of {person.name}", best,
                "the record's table of offices", why="another place", wording=f"{best}.", strength=6.5,
            )  # fmt: skip
