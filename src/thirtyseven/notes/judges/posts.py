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
