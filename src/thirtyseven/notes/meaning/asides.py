"""Dates that stand near an event but belong to another clause of the sentence."""

from __future__ import annotations

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
