"""What happened to people, and when: deaths, arrests, trials, appointments, as events found in a statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from thirtyseven.notes.known.entries import AGREES, Event, Person, Span
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import bearers, people_of, person_of, successions


@dataclass(frozen=True)
class Sighting:
    """An event found in a statement.

    Attributes:
        event: which.
        first: first token.
        last: last token.
        told: whether a verb tells it (was murdered) or a noun only names it (the murder of).
        background: whether it is only referred to (after the murder of ...).
    """

    event: Event
    first: int
    last: int
    told: bool
    background: bool


def background(reading: Reading, first: int) -> bool:
    """Whether an event is only referred to (after, because of, used ...), so that the sentence's date is not its own."""
    start = max(reading.clause(first)[0], first - 3)
    return any(reading.low(index) in reading.knowledge.cues["background"] for index in range(start, first))


def person_sightings(reading: Reading) -> list[Sighting]:
    """Death, arrest, trial, expulsion, fall, appointment and term of office of the people named, where a verb says so of them."""
    people = [tag for tag in people_of(reading) if not excepted(reading, tag)]
    out: list[Sighting] = []
    for word in reading.of_kind("word"):
        for kind, title, keys in _LIVES:
            died = kind == "death" and word.key == "died-w" and reading.low(word.first) == "died"
            if (word.key in keys or died) and (kind != "trial" or reading.low(word.first) in _TRYING):
                out += [
                    _life(reading, word, tag, kind, title, spans)
                    for tag in bearers(reading, word, people)
                    if (spans := _spans(person_of(reading, tag), kind, word.key))
                ]
    return [*out, *_terms(reading, people), *_followed(reading)]


def excepted(reading: Reading, tag: Tag) -> bool:
    """Whether somebody is named to be left out ("all of them except Stalin and Trotsky were dead by 1938").

    Args:
        reading: the statement.
        tag: where the name stands.
    """
    before = [reading.low(index) for index in range(max(0, tag.first - 5), tag.first)]
    return bool({"except", "excepting"} & set(before)) or before[-2:] in (["apart", "from"], ["other", "than"])


_TRYING = frozenset("tried trial put stood stand on in show trials".split())
_LIVES = (
    ("arrest", "arrest", ("arrested-w",)),
    ("trial", "trial", ("tried-w",)),
    ("expulsion", "expulsion from the party", ("expelled-w",)),
    ("exile", "exile", ("exiled-w",)), ("fall", "removal from office", ("dismissed-w",)),
    ("death", "death", ("executed-v", "execution-n", "murder-v", "murder-n", "suicide-w")),
)  # fmt: skip


def _spans(person: Person, kind: str, word: str) -> tuple[Span, ...]:
    if kind == "fall" and not person.dismissed and len(person.roles) == 1 and person.fate == "natural":
        return ((person.roles[0].end, person.roles[0].end),)
    if kind == "death":
        if person.key == "kirov" or (word == "suicide-w" and person.fate != "suicide"):
            return ()
        return person.died
    return {
        "arrest": person.arrested,
        "trial": person.tried,
        "expulsion": person.expelled,
        "exile": person.exiled,
        "fall": person.dismissed,
    }[kind]


def _life(reading: Reading, word: Tag, tag: Tag, kind: str, title: str, spans: tuple[Span, ...]) -> Sighting:
    person = person_of(reading, tag)
    event = Event(
        f"{person.key}-{kind}",
        f"{person.name}, {title}",
        spans,
        source="the record's table of actors (court reports; Petrov & Skorkin 1999)",
    )
    first, last = min(word.first, tag.first), max(word.last, tag.last)
    if any(tag.last < when.first and when.last < word.first for when in reading.dates):
        first = word.first  # an earlier verb of the same subject has that date
    noun = reading.low(word.first).endswith(("tion", "ment", "al", "fall", "murder", "trial", "death", "suicide")) or (
        reading.low(word.first) == "arrest" and kind == "arrest"
    )
    return Sighting(event, first, last, not noun, background(reading, first))


def _followed(reading: Reading) -> list[Sighting]:
    """The day somebody followed somebody in an office ("Beria took over from Yezhov in 1938")."""
    out = []
    for newer, older, word in successions(reading):
        new, old = person_of(reading, newer), person_of(reading, older)
        for one in new.roles:
            if any(one.role == two.role and abs((one.start - two.end).days) <= 200 for two in old.roles):
                name = reading.knowledge.labels.get(one.role, one.role)
                event = Event(
                    f"{new.key}-{one.role}-appointment",
                    f"{new.name} follows {old.name} as {name}",
                    ((one.start, one.start + timedelta(days=14)),),
                    source="the record's table of offices (Petrov & Skorkin 1999)",
                )
                first, last = min(newer.first, older.first), max(newer.last, older.last)
                if any(first < when.first and when.last < word.first for when in reading.dates):
                    first = word.first
                out.append(Sighting(event, first, last, True, False))
    return out


def _of_the_ussr(reading: Reading, role: Tag) -> bool:
    """Whether a prosecutor is the one of the whole country, whose term is known."""
    words = [reading.low(index) for index in range(role.first, role.last + 4)]
    return "ussr" in words or "union" in words or words[:2] in (["procurator", "general"], ["prosecutor", "general"])


def _terms(reading: Reading, people: list[Tag]) -> list[Sighting]:
    """Appointments and terms of office: "became head of the NKVD in 1936", "head of the NKVD from 1936 to 1938"."""
    out = []
    appointed = [tag for tag in reading.tags if tag.key == "appointed-w"]
    for role in reading.of_kind("role"):
        for tag in people:
            person = person_of(reading, tag)
            titled = role.last + 1 == tag.first and reading.low(tag.last + 1) not in ("(", ",", ":", "–", "-", "")
            if (role.key in ("prosecutor", "trial-judge") and not _of_the_ussr(reading, role)) or titled:
                continue
            name = reading.knowledge.labels.get(role.key, role.key)
            first, last = min(role.first, tag.first), max(role.last, tag.last)
            if last - first > 12 or reading.clause(first)[1] < last:
                continue
            for term in (one for one in person.roles if one.role == role.key):
                became = [one for one in appointed if one.first <= last and one.last >= first - 2]
                start = (term.start, term.start + timedelta(days=14)) if became else (term.start, term.end)
                kind = "appointment" if became else "term"
                title = f"{person.name}, {'appointed ' if became else ''}{name}"
                out.append(
                    Sighting(
                        Event(
                            f"{person.key}-{role.key}-{kind}",
                            title,
                            (start,),
                            source="the record's table of offices (Petrov & Skorkin 1999)",
                        ),
                        first,
                        last,
                        True,
                        False,
                    )
                )
    return out


def labelled(reading: Reading, when: When) -> list[Finding]:
    """A name and a day or month with nothing else ("Kirov: 1 Dec 1934"): agrees if it is a day of that life, else nothing."""
    people = {tag.key for tag in reading.of_kind("person")}
    if when.precision not in ("day", "month") or when.yearless or len(reading.tokens) > 12:
        return []
    for key in sorted(people):
        person = reading.knowledge.people[key]
        for title, spans in (
            ("death", person.died),
            ("arrest", person.arrested),
            ("trial", person.tried),
            ("removal", person.dismissed),
        ):
            beside = any(tag.key == key and tag.last == when.first - 1 for tag in reading.tags)
            marked = beside or reading.low(when.first - 1) in (":", "-", "–", "(", ",")
            if spans and marked and dates_agree(when, list(spans)):
                best = f"{person.name}, {title}: {shown(spans[0])}"
                about = f"date:{key}-{title}"
                return [
                    Finding(
                        0,
                        when.last,
                        AGREES,
                        about,
                        f"{person.name}, {title}",
                        best,
                        "the record's table of actors",
                        strength=6.0,
                    )
                ]
    return []
