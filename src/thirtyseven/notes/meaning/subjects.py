"""Whom a verb is said of: who was shot, arrested, tried."""

from __future__ import annotations

from thirtyseven.notes.known.knowledge import Person
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading

_AUX = frozenset("was were is are be been being got get getting".split())
_STOP_AFTER = frozenset(
    ", ; . ) ( – — - : | in on by after for at and as following during without along together later "
    "without under himself too or with too from to alongside beside like near outside just".split()
) | {""}
_ANSWERING = frozenset(": he she was were die did end happen happened to the by of a fate his".split())
LISTING = frozenset(
    {"and", ",", "&", "/", "+", "plus", "both", "like", "including", "with", "along", "together", "as", "well", "also"}
)
_NOT_BEARER = frozenset("of against for by to from about over under".split())
_NOUNS = frozenset(
    "murder assassination killing execution arrest suicide death trial expulsion exile removal "
    "dismissal fall replacement shooting demotion".split()
)


def people_of(reading: Reading) -> list[Tag]:
    """People named whom the data know."""
    return [tag for tag in reading.of_kind("person") if tag.key in reading.knowledge.people]


def person_of(reading: Reading, tag: Tag) -> Person:
    """The person behind a tag."""
    return reading.knowledge.people[tag.key]


def _listed_with(reading: Reading, tag: Tag, people: list[Tag]) -> list[Tag]:
    """The person and those joined to them by commas and "and", leftwards."""
    group, at = [tag], people.index(tag)
    while at > 0:
        left = people[at - 1]
        between = [reading.low(index) for index in range(left.last + 1, group[-1].first)]
        if len(between) > 4 or any(word not in LISTING for word in between):
            break
        group.append(left)
        at -= 1
    return group


def _owners(reading: Reading, word: Tag, people: list[Tag]) -> list[Tag]:
    """The execution of A and B; A's arrest; A execution."""
    if reading.low(word.first) not in _NOUNS:
        return []
    if reading.low(word.last + 1) in ("of", "for") or (reading.low(word.last) == "of"):
        found: list[Tag] = []
        for tag in people:
            reach = found[-1].last if found else word.last
            between = [reading.low(index) for index in range(reach + 1, tag.first)]
            if (
                tag.first > word.last
                and len(between) <= (3 if found else 4)
                and (not found or all(item in LISTING for item in between))
            ):
                found.append(tag)
        return found
    before = [tag for tag in people if tag.last == word.first - 1]
    return _listed_with(reading, before[-1], [tag for tag in people if tag.last < word.first]) if before else []


def _asked_after(reading: Reading, word: Tag, people: list[Tag]) -> list[Tag]:
    """The person whose fate or end a question asks for ("Yagoda's own fate: shot March 1938")."""
    if reading.low(word.first - 1) != ":":
        return []
    return [
        tag
        for tag in people
        if tag.last < word.first <= tag.last + 5
        and {reading.low(index) for index in range(tag.last + 1, word.first)} & {"fate", "end"}
    ]


_POINTING = frozenset({"the", "his", "that", "this"})


def bearers(reading: Reading, word: Tag, people: list[Tag]) -> list[Tag]:
    """Those whom a verb is said of: its subject in the passive, its object in the active, its owner if it is a noun.

    Args:
        reading: the statement.
        word: the verb or noun (was executed, arrested, the execution of, suicide).
        people: the people named.

    Returns:
        The people's tags; empty if the words do not say whom.
    """
    owners = _owners(reading, word, people) or _asked_after(reading, word, people)
    if owners:
        return owners
    if reading.low(word.first) in ("murder", "assassination") and reading.low(word.first - 1) in _POINTING:
        return []
    active = word.key not in ("suicide-w", "survive", "natural-w")
    start, end = reading.clause(word.first)
    before = [tag for tag in people if start <= tag.first and tag.last < word.first]
    behind = [tag for tag in people if word.last < tag.first <= end]
    if not before and start == word.first and reading.low(start - 1) == ";" and len({tag.key for tag in people}) == 1:
        before = [tag for tag in people if tag.last < start]  # "Vyshinsky; shot in 1939"
    aux = any(reading.low(index) in _AUX for index in range(max(start, word.first - 4), word.first))
    if _to_be(reading, word):
        return []
    chained = _chained(reading, word, before)
    aux = aux or chained
    first_behind = behind[0] if behind and behind[0].first - word.last <= 3 else None
    if first_behind and not aux and active and not _ends(reading, word.last + 1):
        following = [first_behind]
        for tag in behind[1:]:
            between = [reading.low(index) for index in range(following[-1].last + 1, tag.first)]
            if len(between) <= 3 and all(item in LISTING for item in between):
                following.append(tag)
        return following
    joined = range(before[-1].last, word.first) if before else range(0)
    company = any(reading.low(index) in ("others", "all", "both") for index in joined)
    if not before or word.first - before[-1].last > (
        30 if chained else 12 if aux else 9 if company else 3 if active else 6
    ):
        return []
    if active and not aux and not _ends(reading, word.last + 1):
        return []
    tag = before[-1]
    between = [reading.low(index) for index in range(tag.last + 1, word.first)]
    if _not_said_of(reading, tag, between, start) or _counted(reading, tag, word):
        return []
    if reading.low(tag.first - 1) in ("with", "alongside") and len(before) > 1:
        return [before[-2], tag]
    return [one for one in _listed_with(reading, tag, before) if not reading.tokens[one.last].possessive]


def _to_be(reading: Reading, word: Tag) -> bool:
    """Whether it is only asked or hoped for ("called for the traitors to be shot")."""
    if any(
        reading.low(index) in ("wanted", "wants", "demanded") for index in range(max(0, word.first - 4), word.first)
    ):
        return True
    at = next((tag.first - 1 for tag in people_of(reading) if tag.last == word.first - 1), -1)
    if reading.low(at) in ("have", "having"):
        return True  # "the demand to have Riutin shot", "kept him from having Riutin put to death"
    asked = (reading.low(word.first - 2), reading.low(word.first - 1)) == ("to", "be")
    return asked and reading.low(word.first - 3) not in (
        "was",
        "were",
        "is",
        "sentenced",
        "condemned",
        "going",
        "about",
    )


def _chained(reading: Reading, word: Tag, before: list[Tag]) -> bool:
    """Whether a verb goes on from another one said of the only person before ("was tried in secret and executed on ...")."""
    if len({tag.key for tag in before}) != 1 or reading.low(word.first - 1) not in ("and", ","):
        return False
    between = range(before[-1].last + 1, word.first)
    done = any(tag.kind == "word" and tag.key in _DONE and tag.first in between for tag in reading.tags)
    return done and any(reading.low(index) in _AUX for index in between)


_DONE = frozenset("tried-w arrested-w executed-v dismissed-w expelled-w confessed-w jailed-w".split())


def _counted(reading: Reading, tag: Tag, word: Tag) -> bool:
    """Whether a number between person and verb is the verb's subject ("Radek and Pyatakov: 13 of 17 were shot")."""
    return any(
        tag.last < amount.first and amount.last < word.first
        and reading.low(amount.first - 1) not in LISTING - {","}
        and not reading.low(amount.last + 1).startswith(("year", "month", "day", "other"))
        for amount in reading.amounts
    )  # fmt: skip


def _not_said_of(reading: Reading, tag: Tag, between: list[str], start: int) -> bool:
    """Whether the verb belongs to another noun than the person (Kirov's killer was shot; supporters of Trotsky ...)."""
    if reading.low(tag.last + 1) in _NOUNS:
        return True
    if reading.tokens[tag.last].possessive or (reading.low(tag.first - 1) in _NOT_BEARER and tag.first - 1 >= start):
        return True
    if ":" in between and set(between) <= _ANSWERING:
        return False
    if {"he", "she"} & set(between) and len({one.key for one in people_of(reading)}) == 1:
        between = [word for word in between if word not in ("he", "she")]
    if any(
        word
        in (
            "supporters",
            "followers",
            "allies",
            "men",
            "people",
            "others",
            "family",
            "wife",
            "son",
            "who's",
            "that",
            "had",
            "have",
            "ordered",
            "wanted",
            "them",
            "officers",
            "delegates",
            "members",
            "victims",
            "they",
            "thousands",
            "colleagues",
            "generals",
            "he",
            "she",
        )
        for word in between
    ):
        return not (
            any(word in ("others", "men", "supporters", "followers", "colleagues", "generals") for word in between)
            and "and" in between
        )
    return False


def successions(reading: Reading) -> list[tuple[Tag, Tag, Tag]]:
    """Who is said to have followed whom: the newer, the older, and the word that says it."""
    people, found = people_of(reading), []
    by = {tag.first for tag in reading.tags if tag.key == "replaced-by-w"}
    for word in reading.of_kind("word"):
        if word.key not in ("replaced-w", "replaced-by-w") or (word.key == "replaced-w" and word.first in by):
            continue
        start, end = reading.clause(word.first)
        left = [tag for tag in people if start <= tag.first and tag.last < word.first]
        right = [tag for tag in people if word.last < tag.first <= end and not _ruled_out(reading, tag)]
        if not right or not left or right[0].first - word.last > 8 or word.first - left[-1].last > 8:
            continue
        if reading.low(word.first) == "followed" and right[0].first > word.last + 1:
            continue
        if len(right) > 1 and right[1].first - right[0].last <= 3 and reading.low(right[0].last + 1) in ("with", "by"):
            found.append((right[1], right[0], word))
            continue
        passive = word.key == "replaced-by-w" or any(
            reading.low(index) in ("by", "with") for index in range(word.last, right[0].first)
        )
        passive = passive or (reading.low(left[-1].first - 1) == "to" and reading.low(word.first).startswith("follow"))
        found.append((right[0], left[-1], word) if passive else (left[-1], right[0], word))
    return [*found, *_named_successors(reading, people)]


def _ruled_out(reading: Reading, tag: Tag) -> bool:
    """Whether a person is named only to be ruled out ("followed not by Khrushchev but ...")."""
    at = tag.first - 1
    return "not" in (reading.low(at), reading.low(at - 1) if reading.low(at) == "by" else "")


def _named_successors(reading: Reading, people: list[Tag]) -> list[tuple[Tag, Tag, Tag]]:
    """Beria was Yezhov's successor; Yagoda was the predecessor of Yezhov."""
    found = []
    for word in reading.of_kind("word"):
        if word.key not in ("successor-w", "predecessor-w"):
            continue
        start, end = reading.clause(word.first)
        near = [tag for tag in people if start <= tag.first <= end and abs(tag.first - word.first) <= 8]
        owners = [
            tag
            for tag in near
            if tag.last == word.first - 1
            and (reading.tokens[tag.last].possessive or reading.tokens[tag.last].start < reading.statement.lead)
        ]
        owners = owners or [
            tag for tag in near if tag.first == word.last + 2 and reading.low(word.last + 1) in ("of", "to", "was", ":")
        ]
        owned = reading.low(word.last + 1) in ("was", ":", "is")
        others = [tag for tag in near if not owners or tag.key != owners[0].key]
        if len(others) != 1 or not owners:
            continue
        other, owner = others[0], owners[0]
        led = reading.tokens[owner.last].start < reading.statement.lead
        if owned and not reading.tokens[owner.last].possessive and not led:
            continue
        found.append((other, owner, word) if word.key == "successor-w" else (owner, other, word))
    return found


def _ends(reading: Reading, index: int) -> bool:
    """Whether a verb without an auxiliary stops there, so that what is before it is its subject in the passive."""
    return reading.low(index) in _STOP_AFTER or any(when.first <= index <= when.last for when in reading.dates)
