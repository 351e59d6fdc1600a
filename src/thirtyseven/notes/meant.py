"""The trial that a statement means without naming it: by two of its accused, or by its day."""

from __future__ import annotations

from datetime import date

from thirtyseven.notes.amounts import Amount
from thirtyseven.notes.dates import When
from thirtyseven.notes.knowledge import Knowledge
from thirtyseven.notes.lexicon import Tag

_TRIALS = {
    "trial-16": (date(1936, 8, 19), date(1936, 8, 24)),
    "trial-17": (date(1937, 1, 23), date(1937, 1, 30)),
    "trial-21": (date(1938, 3, 2), date(1938, 3, 13)),
}
_JUNE_1937 = (date(1937, 6, 10), date(1937, 6, 13))


def trial_meant(tags: list[Tag], dates: list[When], amounts: list[Amount], knowledge: Knowledge) -> list[Tag]:
    """The trial that two of its accused and no other date point to ("January 1937: Radek, Pyatakov and 15 others")."""
    if any(tag.kind == "frame" and tag.key.startswith("trial-") for tag in tags):
        return []
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
