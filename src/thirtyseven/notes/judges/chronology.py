"""Judges dates: which event a date belongs to."""

from __future__ import annotations

from datetime import timedelta

from thirtyseven.notes.judges.lives import Sighting, background, excepted, labelled, person_sightings
from thirtyseven.notes.judges.terms import days_meant, in_office
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED, WRONG, Event
from thirtyseven.notes.known.otherdays import other_day
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.asides import about_it, beside
from thirtyseven.notes.meaning.reading import Reading

_DASHES = frozenset("- – — = | ( ,".split())
FAR = 20
"""A date further than this many years from the event is taken to speak of something else."""

_HAPPENED = frozenset(
    "took occurred happened was is held began opened started ran came met convened lasted fell sat "
    "were opens begins starts dated of".split()
)
VERBS = frozenset("took occurred happened held began opened started ran lasted convened met came opens begins".split())
_AT = frozenset({"in", "on", "the", "at", "early", "late"})
_NOT_AT = frozenset("since until till before after by".split())


def sightings(reading: Reading, events: tuple[Event, ...]) -> list[Sighting]:
    """Events that a statement names or tells; of a name that stands twice both places, of other groups the tightest."""
    by_key: dict[str, list[Tag]] = {}
    for tag in (tag for tag in reading.tags if tag.kind != "person" or not excepted(reading, tag)):
        by_key.setdefault(tag.key, []).append(tag)
    found = []
    for event in events:
        if event.marks.isdisjoint(by_key) or reading.keys & event.bar:
            continue
        for told, groups in ((True, event.verb), (False, event.noun)):
            found += [
                Sighting(event, *span, told, background(reading, span[0]))
                for span in _spans_of(reading, groups, by_key)
            ]
    return found


def _spans_of(
    reading: Reading, groups: tuple[tuple[str, ...], ...], by_key: dict[str, list[Tag]]
) -> list[tuple[int, int]]:
    names = [(tag.first, tag.last) for group in groups if len(group) == 1 for tag in by_key.get(group[0], ())]
    tightest: tuple[int, int] | None = None
    for group in groups:
        if len(group) == 1 or not all(key in by_key for key in group):
            continue
        for anchor in by_key[group[0]]:
            picked = [anchor, *(_closest(by_key[key], anchor) for key in group[1:])]
            first, last = min(tag.first for tag in picked), max(tag.last for tag in picked)
            if (
                last > reading.clause(first)[1]
                or last - first > 12
                or (tightest and tightest[1] - tightest[0] <= last - first)
            ):
                continue
            tightest = first, last
    return [*names, *([tightest] if tightest else [])]


def _closest(tags: list[Tag], anchor: Tag) -> Tag:
    return min(tags, key=lambda tag: abs(tag.first - anchor.first))


def judge_dates(reading: Reading) -> list[Finding]:
    """Findings for every date of the statement that belongs to a known event."""
    dated = tuple(event for event in reading.knowledge.events if not event.order_only)
    seen = [*sightings(reading, dated), *person_sightings(reading)]
    found = []
    for when in reading.dates:
        if when.precision == "decade" or reading.in_quotation(when.first, when.last):
            continue
        bound = _bound(reading, when, seen)
        if bound is None:
            found += labelled(reading, when)
            continue
        for one in (bound, *_listed(when, bound, seen)):
            finding = _judge(reading, when, one)
            if finding is not None:
                found.append(finding)
    return found


def _listed(when: When, bound: Sighting, seen: list[Sighting]) -> list[Sighting]:
    """Others of whom the same verb says the same if the date is not theirs ("Kamenev and Bukharin were tried in 1936")."""
    kind = bound.event.key.rpartition("-")[2]
    return [
        one
        for one in seen
        if one.event.key != bound.event.key
        and one.event.key.rpartition("-")[2] == kind
        and kind in ("trial", "death", "arrest")
        and one.told
        and (one.last == bound.last or one.first == bound.first)
        and not dates_agree(when, list(one.event.dates))
    ]


def _bound(reading: Reading, when: When, seen: list[Sighting]) -> Sighting | None:
    """The event a date belongs to, if its place in the sentence says so."""
    options = []
    for sighting in seen:
        cost = _cost(reading, when, sighting)
        if cost is not None:
            options.append((cost, not sighting.told, sighting.last - sighting.first, sighting.event.key, sighting))
    if not options:
        return None
    options.sort(key=lambda option: option[:4])
    best = options[0]
    beside = best[4].told and best[0] <= 1.5 and when.first > best[4].last
    agreeing = [
        option
        for option in options
        if option[0] <= best[0] + 1.5
        and dates_agree(when, list(option[4].event.dates))
        and (option[4].told or not beside)
    ]
    return (agreeing or options)[0][4]


def _cost(reading: Reading, when: When, sighting: Sighting) -> float | None:
    gap = reading.statement.gap(when.first, when.last, sighting.first, sighting.last)
    behind = when.first > sighting.last
    inside = sighting.first <= when.first <= sighting.last
    if when.word in _NOT_AT and when.precision != "range" and not _bounded(when, sighting):
        return None
    others = [
        one
        for one in reading.dates
        if one is not when and min(sighting.last, when.last) < one.first < max(sighting.first, when.first)
    ]
    right = dates_agree(when, list(sighting.event.dates))
    if _others_date(reading, when, sighting) or (not right and beside(reading, when, sighting.first, sighting.last)):
        return None
    if sighting.event.key.endswith("-term") and gap > 5:
        return None
    attributive = _attributive(reading, when) and sighting.first != when.last + 1 and not inside
    if attributive or _of_a_body(reading, when, sighting):
        return None
    if sighting.first <= 1 and sighting.last == when.first - 2 and reading.low(when.first - 1) in _DASHES:
        return 1.0
    if inside or (
        reading.low(when.first - 1) == ":" and sighting.first <= 1 and sighting.last < when.first <= 9 and not others
    ):
        return 1.0
    if behind and gap <= 3 and not others:
        return gap + (0.4 if sighting.told else 0.5)
    if not behind and gap <= 1 and not sighting.told and not sighting.background:
        return 1.0
    if sighting.background or others:
        return None
    clause = reading.clause(sighting.first)
    same = clause[0] <= when.first <= clause[1] and not _already_told(reading, when, sighting)
    if sighting.told and same and gap <= 16:
        return 3.0 + gap
    if not behind and _leads(reading, when) and sighting.first <= when.last + 9:
        return 4.0 + gap
    if behind and same and sighting.event.span and when.precision == "range" and gap <= 16 and sighting.first <= 3:
        return 4.0 + gap
    if (
        behind
        and same
        and gap <= 12
        and (
            any(reading.low(at) in _HAPPENED for at in range(sighting.last + 1, min(sighting.last + 5, when.first)))
            or reading.low(when.first - 2) in ("was", "were", "place", "held")
        )
    ):
        return 4.0 + gap
    return None


def _others_date(reading: Reading, when: When, sighting: Sighting) -> bool:
    """Whether a date is plainly another's: that of the verb before, of who stands next to it, or not the verb's own.

    "Given ten years in 1932 and shot in 1937": the verb's date is the one behind it. "After the murder Zhdanov
    (15 December)": the date is that of who stands next to it.
    """
    if sighting.told:
        before = when.last < sighting.first
        own = (one for one in reading.dates if sighting.last < one.first <= sighting.last + 3 and not one.yearless)
        return before and any(
            all(reading.low(index) in _AT for index in range(sighting.last + 1, one.first)) for one in own
        )
    if dates_agree(when, list(sighting.event.dates)):
        return False
    if sighting.first <= 2 and reading.low(when.first - 2) in ("was", "were"):
        return False  # "the third trial, with Bukharin, was in March 1937"
    named = any(sighting.last < tag.first < when.first for tag in reading.of_kind("person"))
    return named or _object(reading, sighting.first)


def _already_told(reading: Reading, when: When, sighting: Sighting) -> bool:
    """Whether a date before a verb stands right behind another verb, whose date it is ("dismissed in 1936, arrested in 1937")."""
    if sighting.first < when.last:
        return False
    verbs = (
        "dismissed-w",
        "arrested-w",
        "executed-v",
        "tried-w",
        "expelled-w",
        "appointed-w",
        "replaced-w",
        "exiled-w",
        "jailed-w",
    )
    return any(
        tag.key in verbs
        and tag.last < when.first
        and when.first - tag.last <= 4
        and not any(reading.low(index) in (",", "and") for index in range(tag.last + 1, when.first))
        for tag in reading.of_kind("word")
    ) or _in_relative(reading, when, sighting)


def _in_relative(reading: Reading, when: When, sighting: Sighting) -> bool:
    """Whether a date stands in a relative clause that is over before the verb ("Beria, who came in 1938, replaced X")."""
    if not any(reading.low(index) == "," for index in range(when.last + 1, sighting.first)):
        return False
    for index in range(when.first - 1, max(-1, when.first - 12), -1):
        if reading.low(index) == ",":
            return False
        if reading.low(index) in ("who", "which", "whose", "where", "when"):
            return True
    return False


def _attributive(reading: Reading, when: When) -> bool:
    """Whether a year only qualifies the noun behind it ("the 1934 delegates")."""
    article = reading.low(when.first - 1) in ("the", "these", "those", "of")
    noun = any(tag.kind in ("group", "frame") and tag.first == when.last + 1 for tag in reading.tags)
    return when.precision == "year" and article and noun


def _of_a_body(reading: Reading, when: When, sighting: Sighting) -> bool:
    """Whether a year is that of a body named before it, and not of what befell its members ("Politburo of 1934: Kosior shot")."""
    if (
        when.precision != "year"
        or reading.low(when.first - 1) != "of"
        or sighting.first <= when.first - 2 <= sighting.last
    ):
        return False
    return any(tag.kind == "group" and tag.last == when.first - 2 for tag in reading.tags)


_OPENS = frozenset(
    "after following before since until with came was were is by , : ( - – — | of at during in from "
    "and saw to for".split()
) | {""}
_SKIPPED = frozenset(
    "the a an first second third final last famous so-called called brutal public secret great new "
    "sergei sergey major infamous big - stalin's stalin their his".split()
)


def _object(reading: Reading, first: int) -> bool:
    """Whether a named event is the object of a verb (reopened the murder of Kirov in 1936), so that the date is the verb's."""
    at = first - 1
    while at >= 0 and reading.low(at) in _SKIPPED:
        at -= 1
    return (
        at >= 0
        and not any(when.first <= at <= when.last for when in reading.dates)
        and reading.low(at) not in _OPENS
        and not (reading.tokens[at].kind == "number" or reading.low(at) in _STOPS)
    )


_STOPS = frozenset({";", ".", '"', "“", "”", "’", "‘", "'"})


def _bounded(when: When, sighting: Sighting) -> bool:
    """Whether "by", "until" or "since" makes a date one that the event can be held to."""
    if sighting.event.key.endswith("-term"):
        return when.word in ("until", "till", "since")
    return when.word == "by" and (sighting.told or _by_then(when, sighting.event))


def _by_then(when: When, event: Event) -> bool:
    """Whether "by 1939" is true of the event and not idle: it had happened, and not more than two years before."""
    return when.word == "by" and any(start <= when.end and (when.end - start).days < 800 for start, _ in event.dates)


def _leads(reading: Reading, when: When) -> bool:
    """Whether a date stands at the head of a note: "1934: murder of Kirov", "In 1934 came the murder of Kirov"."""
    head = when.first <= 1 or all(reading.tokens[index].kind == "mark" for index in range(when.first))
    after = reading.low(when.last + 1)
    return head and (
        after in (":", "-", "–", "—", "|", "=", ")", "→", ",", ".")
        or after in ("came", "saw", "brought", "was", "marked", "sees")
    )


def _judge(reading: Reading, when: When, sighting: Sighting) -> Finding | None:
    event = sighting.event
    if event.span and when.precision != "range":
        return None
    truths = days_meant(reading, when, event)
    first, last = min(when.first, sighting.first), max(when.last, sighting.last)
    denied = any(reading.low(index) in ("not", "never") for index in range(max(0, when.first - 2), when.first))
    negated = denied or reading.negated(sighting.first, sighting.first)
    hedged = sighting.told and reading.cue("hedge", max(0, sighting.first - 2), sighting.last)
    if negated or (hedged and not dates_agree(when, truths)):
        return None
    agrees = dates_agree(when, truths) or _by_then(when, event) or in_office(reading, when, event)
    inside = range(sighting.first + 1, sighting.last)
    if not agrees and any(tag.kind == "person" and tag.first in inside and tag.last in inside for tag in reading.tags):
        return None  # another person stands between the name and the verb
    if when.word == "by" and when.precision != "range" and not agrees and all(start <= when.end for start, _ in truths):
        return None
    if not agrees and (
        not event.otherwise
        or when.yearless
        or about_it(reading, when, sighting.first, sighting.last, sighting.event.dates)
    ):
        return None
    if not agrees and not any(abs(when.start.year - start.year) <= FAR for start, _ in truths):
        return None
    if agrees and not sighting.told and _in_passing(reading, sighting, when):
        return None
    late = all(when.start > end + timedelta(days=365) for _, end in truths)
    also, doubtful = "" if agrees else _same_day(reading, when, event), agrees and _days_vary(reading, when, event)
    return Finding(
        first,
        last,
        DISPUTED if doubtful else AGREES if agrees else DIFFERENT if also else WRONG if late else event.otherwise,
        f"date:{event.key}",
        event.title,
        f"{event.title}: {shown(event.dates[0])}",
        event.source or "standard chronology, the record's timeline",
        "",
        _VARIES if doubtful else "" if agrees else also or event.why or f"the notes say {_said(reading, when)}",
        "" if agrees and not doubtful else f"{event.title}: {shown(event.dates[0])}.",
        event.claim,
        event.figure,
        strength=12.0,
    )


_VARIES = "sources print more than one day, so that none of them is beyond doubt"


def _days_vary(reading: Reading, when: When, event: Event) -> bool:
    """Whether a day in somebody's life is claimed for certain that sources print variously."""
    days = sorted(start for start, end in event.dates if start == end)
    apart = len(days) > 1 and (days[-1] - days[0]).days > 1
    return apart and reading.certain and when.precision == "day" and event.key.endswith(("-death", "-arrest"))


def _same_day(reading: Reading, when: When, event: Event) -> str:
    """Why a date is another event's in the life of the same person ("" if it is none)."""
    for person in reading.knowledge.people.values():
        kind = event.key.removeprefix(f"{person.key}-")
        if kind != event.key and (other := other_day(person, when, kind)):
            return f"{_said(reading, when)} is the date of {person.name}'s {other}"
    return ""


def _in_passing(reading: Reading, sighting: Sighting, when: When) -> bool:
    """Whether a whole sentence only mentions a dated event and says something else ("The Constitution of 1936 promised ...")."""
    statement = reading.statement
    if statement.kind != "prose" or not statement.text.rstrip().endswith(".") or len(reading.tokens) < 9:
        return False
    low, high = sorted((sighting.first, when.first))
    between = {reading.low(index) for index in range(low, high)} & (_HAPPENED - {"of", "in"})
    end = max(sighting.last, when.last)
    behind = {reading.low(index) for index in range(end + 1, end + 4)} & VERBS
    if "took" in behind and "place" not in {reading.low(index) for index in range(end + 2, end + 6)}:
        behind -= {"took"}  # "... of 1956 took four hours to read"
    return not between and not behind and when.precision in ("year", "range")


def _said(reading: Reading, when: When) -> str:
    return reading.statement.text[reading.tokens[when.first].start : reading.tokens[when.last].end]
