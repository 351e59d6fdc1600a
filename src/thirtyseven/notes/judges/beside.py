"""Claims that are right but for a date or a number beside them: "took over only in 1935", "only 500 wives were arrested"."""

from __future__ import annotations

from functools import lru_cache

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES
from thirtyseven.notes.language.dates import When, dates_of
from thirtyseven.notes.language.text import tokens_of
from thirtyseven.notes.meaning.reading import Reading

_CLAIMS = ("thesis:", "claim:", "fact:", "who:")
_LOOSE = frozenset("before after since until till from by".split())
_PARTING = frozenset(", ; and but – — (".split())
_ONLY = frozenset("only just merely mere".split())


def judge_beside(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings without claims that agree although the statement dates or counts them otherwise.

    Args:
        reading: the statement.
        findings: of all judges.
    """
    claims = [one for one in findings if one.verdict == AGREES and one.about.startswith(_CLAIMS)]
    if not claims:
        return findings
    others = [one for one in findings if one not in claims]
    worded = [one for one in claims if one.about.startswith(("thesis:", "fact:"))]
    small = _only_so_many(reading, [*others, *worded])
    gone = [one for one in claims if small or _dated_otherwise(reading, one, others)]
    return [one for one in findings if one not in gone]


def _only_so_many(reading: Reading, others: list[Finding]) -> bool:
    """Whether a number that nothing else judged is said to be all ("signed only 12 of the 383 lists")."""
    judged = {index for one in others for index in range(one.first, one.last + 1)}
    return any(
        amount.form == "count"
        and amount.low > 2
        and amount.first not in judged
        and reading.low(amount.first - 1) in _ONLY
        for amount in reading.amounts
    )


def _dated_otherwise(reading: Reading, finding: Finding, others: list[Finding]) -> bool:
    """Whether the only date of the statement lies in no year of those that the better wording has."""
    dates = [when for when in reading.dates if not when.yearless and when.precision != "decade"]
    known = _years(finding.best)
    if len(dates) != 1 or not known or dates[0].word in _LOOSE:
        return False
    when = dates[0]
    if any(one.first <= when.first and when.last <= one.last for one in others):
        return False
    if any(reading.low(index) in _PARTING for index in range(finding.last + 1, when.first)):
        return False  # the date is that of the next thing said
    return not any(low <= when.end.year and when.start.year <= high for low, high in known)


@lru_cache(maxsize=1024)
def _years(text: str) -> tuple[tuple[int, int], ...]:
    """The years of the dates that a text names."""
    dates: list[When] = [when for when in dates_of(tokens_of(text)) if not when.yearless]
    return tuple((when.start.year, when.end.year) for when in dates)
