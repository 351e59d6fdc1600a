"""Dates that stand near an event but belong to another clause of the sentence."""

from __future__ import annotations

from datetime import date, timedelta

from thirtyseven.notes.language.compare import dates_agree
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.meaning.reading import Reading

_RELATIVE = frozenset({"who", "whose", "which"})
_SUBJECTS = frozenset({"he", "she", "they", "it", "the", "both", "this", "these", "his", "their"})


def beside(reading: Reading, when: When, first: int, last: int) -> bool:
    """Whether a date behind an event is not the event's.

    "X, who had prosecuted at Shakhty, was shot in 1938": the clause that names the event is over before the date.
    "They were arrested before the month was out, and in January 1935 they received ...": the date opens the next clause.

    Args:
        reading: the statement.
        when: the date.
        first: first token of the event.
        last: last token of the event.
    """
    start = reading.clause(first)[0]
    before = [reading.low(index) for index in range(start, first)]
    after = [reading.low(index) for index in range(last + 1, when.first)]
    opened = before.index(",") if "," in before else len(before)
    if "," in after and _RELATIVE & set(before[opened:]):
        return True
    joined = after[-2:-1] in (["and"], ["then"]) and after[-1:] in (["in"], ["on"]) and len(after) > 2
    return joined and reading.low(when.last + 1) in _SUBJECTS


_SHORT = timedelta(days=370)
_MORROW = 2


def about_it(reading: Reading, when: When, first: int, last: int, days: tuple[tuple[date, date], ...]) -> bool:
    """Whether a date goes round a short event ("the exchange of 1935-36") or the event has its own ("1936 Constitution").

    Args:
        reading: the statement.
        when: the date.
        first: first token of the event.
        last: last token of the event.
        days: when it was.
    """
    if when.precision == "range" and any(when.start <= start and end <= when.end for start, end in days):
        return all(end - start < _SHORT for start, end in days) and when.end - when.start < 2 * _SHORT
    if when.precision == "month" and any(0 <= (start - when.end).days <= _MORROW for start, _ in days):
        return True  # sentenced on 30 January, shot on 1 February
    own = (one for one in reading.dates if one.last + 1 == first or first <= one.first <= last)
    return any(one is not when and dates_agree(one, list(days)) for one in own)
