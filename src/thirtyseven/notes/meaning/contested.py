"""Whether the record has more than one count for a quantity, so that none of them can be claimed for certain."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from thirtyseven.notes.known.entries import AGREES, DISPUTED, Quantity
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.compare import Interval
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import load

SCALE = {"million tonnes": 1e6, "million roubles": 1e6, "percent": 0.01}
"""Units of recorded figures that notes write out."""

_SMALL, _LARGE = 30, 1000
"""Below the first a second count may be another's by chance; from the second on one number is enough to know a rival by."""

_LIKE = 1.34
"""Two counts of one quantity are no further apart than this."""

_NARROW = 1.05


def contested(amount: Amount, quantity: Quantity) -> bool:
    """Whether a number that agrees is one of several counts that the record keeps, or only an estimate.

    Args:
        amount: the stated number.
        quantity: which it is meant to be.
    """
    if quantity.otherwise == DISPUTED or "disputed" in quantity.best:
        return True
    value, others = quantity.value, _others()
    if any(one in others for one in (amount.low, value) if one is not None and (one >= _LARGE or one < 1)):
        return True
    if value is None or value < _SMALL or "raised-w" in quantity.word:
        return False
    known = (one for one in others.get(value, ()) if any(low <= one <= high for low, high in quantity.ok))
    return any(_other_count(value, one) for one in (*quantity.ok, *((one, one) for one in known)))


def rival_count(amount: Amount) -> bool:
    """Whether a number is exactly one of several counts of the record, whatever it is said of."""
    return amount.low == amount.high >= _LARGE and amount.low in _others()


def judge_contested(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, where a claim that agrees has a number in it that is said for certain and is disputed.

    Args:
        reading: the statement.
        findings: of the other judges.
    """
    if not reading.certain or not any(one.form == "count" and one.low >= _LARGE for one in reading.amounts):
        return findings
    why = "the record has more than one count, none of them beyond doubt"
    exactly = any(token.low in ("exactly", "precisely") for token in reading.tokens)
    return [
        replace(one, verdict=DISPUTED, why=why, wording=one.best)
        if one.verdict == AGREES
        and one.about.startswith("thesis:")
        and ("disputed" in one.best or (exactly and re.search(r"\babout \d", one.best, re.IGNORECASE)))
        else one
        for one in findings
    ]


def _other_count(value: float, known: Interval) -> bool:
    """Whether an accepted number is a count of its own, or an estimate's range, and not only as near as notes may come."""
    low, high = known
    if low == high:
        return low != value and 1 / _LIKE < low / value < _LIKE
    if value % _LARGE == 0:
        return high / low > _LIKE
    exact = low % 10 and high % 5 and low <= value <= high
    return bool(exact) and high / low < _NARROW


@lru_cache(maxsize=1)
def _others() -> dict[float, frozenset[float]]:
    """A figure's value -> the other values that the record keeps beside it (0 for a range)."""
    groups: dict[str, set[float]] = defaultdict(set)
    for one in load().figures.values():
        if one.rival and not one.deprecated:
            groups[one.rival].add(round((one.value or 0.0) * SCALE.get(one.unit, 1.0), 6))
    out: dict[float, frozenset[float]] = {}
    for values in groups.values():
        for value in values:
            if len(values) > 1 and value:
                out[value] = out.get(value, frozenset()) | (values - {value})
    return out
