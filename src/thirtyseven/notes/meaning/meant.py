"""The trial that a statement means without naming it: by two of its accused, or by its day."""

from __future__ import annotations

from datetime import date

from thirtyseven.notes.known.knowledge import Knowledge
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.text import Token

_TRIALS = {
    "trial-16": (date(1936, 8, 19), date(1936, 8, 24)),
    "trial-17": (date(1937, 1, 23), date(1937, 1, 30)),
    "trial-21": (date(1938, 3, 2), date(1938, 3, 13)),
}
_JUNE_1937 = (date(1937, 6, 10), date(1937, 6, 13))


def trial_meant(
    tokens: list[Token], tags: list[Tag], dates: list[When], amounts: list[Amount], knowledge: Knowledge
) -> list[Tag]:
    """The trial that two of its accused and no other date point to ("January 1937: Radek, Pyatakov and 15 others")."""
    if any(tag.kind == "frame" and tag.key.startswith("trial-") for tag in tags):
        return []
    numbered = _by_number(tokens, dates, amounts)
    if numbered:
        return numbered
    commanders = [tag for tag in tags if tag.key in ("generals", "army-commanders", "marshals", "officers")]
    if commanders and any(
        when.precision in ("day", "month") and _JUNE_1937[0] <= when.end and when.start <= _JUNE_1937[1]
        for when in dates
    ):
        return [Tag("frame", "trial-army", commanders[0].first, commanders[0].first, exact=False)]
    dated = _on_its_day(tags, dates, amounts)
    if dated:
        return dated
    accused = [tag for tag in tags if tag.kind == "person" and knowledge.people[tag.key].trial]
    if len({tag.key for tag in accused}) < 2:
        return []
    told = any(tag.key in ("tried-w", "executed-v", "confessed-w") for tag in tags)
    in_dates = {index for when in dates for index in range(when.first, when.last + 1)}
    counted = any(amount.low > 1 and amount.first not in in_dates for amount in amounts)
    if not (told or counted) or (any(tag.key == "arrested-w" for tag in tags) and not told):
        return []
    shared = set.intersection(*(set(knowledge.people[tag.key].trial) for tag in accused))
    for key in sorted(shared & {"trial-16", "trial-17", "trial-21", "trial-army"}):
        (start, end), *_ = knowledge.people[accused[0].key].tried
        if all(when.start <= end and when.end >= start for when in dates):
            return [Tag("frame", key, accused[0].first, accused[0].first, exact=False)]
    return []


def _by_number(tokens: list[Token], dates: list[When], amounts: list[Amount]) -> list[Tag]:
    """A trial called by the number of its accused beside its month ("Mar 38: the 21", "the seventeen of January 1937")."""
    for amount in amounts:
        key = f"trial-{amount.low:.0f}"
        if key not in _TRIALS or amount.first == 0 or tokens[amount.first - 1].low != "the":
            continue
        after = tokens[amount.last + 1] if amount.last + 1 < len(tokens) else None
        start, end = _TRIALS[key]
        dated = any(when.start <= end and when.end >= start and not when.yearless for when in dates)
        if dated and (after is None or after.kind == "mark" or after.low in ("of", "in", "were", "from", "all")):
            return [Tag("frame", key, amount.first - 1, amount.last, exact=False)]
    return []


def _on_its_day(tags: list[Tag], dates: list[When], amounts: list[Amount]) -> list[Tag]:
    """A trial that only its day and its accused name ("19-24 August 1936, 16 accused")."""
    marks = [tag for tag in tags if tag.key == "defendants"]
    counted = {amount.low for amount in amounts} & {16.0, 17.0, 21.0}
    if not marks and counted:
        marks = [tag for tag in tags if tag.key == "tried-w"]
    days = [when for when in dates if when.precision in ("day", "month") and not when.yearless]
    if not marks or len(days) != 1:
        return []
    for key, (start, end) in _TRIALS.items():
        if days[0].start <= end and days[0].end >= start:
            return [Tag("frame", key, marks[0].first, marks[0].first, exact=False)]
    return []


def within_limits(tokens: list[Token], tags: list[Tag]) -> list[Tag]:
    """The tags, where beside limits "death" means to be shot and "camp" to be sent to one ("limits: 5,000 death, 8,000 camp")."""
    if not any(tag.key == "quota" for tag in tags):
        return tags
    out = [
        Tag("act", "execute", tag.first, tag.last) if tag.key == "die" and tokens[tag.first].low == "death" else tag
        for tag in tags
    ]
    told = {tag.first for tag in tags if tag.kind == "act"}
    out += [
        Tag("act", "sent-camp", index, index)
        for index, token in enumerate(tokens)
        if token.low in ("camp", "camps")
        and index
        and index not in told
        and tokens[index - 1].low not in ("labour", "the", "nkvd", "in")
    ]
    return sorted(out, key=lambda tag: (tag.first, -tag.last, tag.kind, tag.key))


_DONE_TO = frozenset("was were been being is are got gets".split())


def done_to(tokens: list[Token], tags: list[Tag]) -> list[Tag]:
    """The tags without those that the words beside them take back.

    "Yezhov was shot himself" is no suicide, "more than" no raise, "death sentences were passed" no other sentences.
    """
    death = {index for tag in tags if tag.key == "execute" for index in range(tag.first, tag.last + 1)}

    def undone(tag: Tag) -> bool:
        low, before = tokens[tag.first].low, tokens[tag.first - 1].low if tag.first else ""
        after = tokens[tag.last + 1].low if tag.last + 1 < len(tokens) else ""
        return (
            (tag.key in ("suicide", "suicide-w") and low in ("shot", "killed") and before in _DONE_TO)
            or (tag.key == "raised-w" and tokens[tag.last].low in ("more", "higher") and after == "than")
            or (tag.key == "convict" and tag.first in death)
        )

    return [tag for tag in tags if not undone(tag)]


def daily_rates(tokens: list[Token]) -> list[Tag]:
    """The unit of "930/day"."""
    return [
        Tag("unit", "daily", index, index)
        for index, token in enumerate(tokens)
        if token.low == "day" and index and tokens[index - 1].low == "/"
    ]


_THEM = frozenset({"them", "whom", "these", "those"})
_SOME_OF = frozenset(
    "minority majority part fraction few some most many third half quarter portion number tenth fifth".split()
)


def before_part(tokens: list[Token], first: int, end: int) -> int:
    """The token before a part of those counted is spoken of ("35,000 officers, only a minority of them arrested")."""
    for index in range(first + 3, min(end + 1, len(tokens))):
        if tokens[index].low in _THEM and tokens[index - 1].low == "of" and tokens[index - 2].low in _SOME_OF:
            return index - 3
    return end
