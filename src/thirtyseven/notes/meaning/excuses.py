"""Reasons not to speak against a number: a sum of parts, a fate told only of most, the neighbouring year's, a bare whole."""

from __future__ import annotations

import re

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import DIFFERENT, WRONG, Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.meaning.reading import Figure, Reading

_MOSTLY = frozenset("mostly mainly largely chiefly primarily usually partly often generally overwhelmingly".split())
_HARD = frozenset({"execute", "kill", "die"})
_ROUND = 0.004
"""How far a number given in thousands may be from the one meant ("329,000" for 328,618)."""
_LARGE = 1000
_YEAR = re.compile(r"-(19\d\d)$")


def excused(reading: Reading, figure: Figure, quantity: Quantity, finding_verdict: str) -> bool:
    """Whether nothing is to be said against a number, because it may be meant otherwise than the quantity counts.

    Args:
        reading: the statement.
        figure: the number with what is said of it.
        quantity: what it was taken for.
        finding_verdict: what would be said.
    """
    amount = figure.amount
    if amount.form != "count":
        return False
    if _sum_of_parts(reading, amount) or _bare_whole(reading, figure, quantity):
        return True
    if finding_verdict == DIFFERENT:
        return _only_mostly(reading, figure) or _two_parts(reading, amount, quantity)
    return finding_verdict == WRONG and bool(year_next_to(reading, amount, quantity))


def _sum_of_parts(reading: Reading, amount: Amount) -> bool:
    """Whether two numbers behind it add up to it: the parts' fates are not its own ("268,950: 75,950 + 193,000")."""
    behind = [one.low for one in reading.amounts if one.first > amount.last and one.form == "count"]
    return amount.low >= 10 and any(
        abs(one + two - amount.low) < 0.5 for at, one in enumerate(behind) for two in behind[at + 1 : at + 4]
    )


def _two_parts(reading: Reading, amount: Amount, quantity: Quantity) -> bool:
    """Whether a number and another of the statement make up the count ("1937 and 1938: 353,074 and 328,618")."""
    whole = quantity.value
    return whole is not None and any(
        one.first != amount.first and one.form == "count" and abs(one.low + amount.low - whole) < 0.5
        for one in reading.amounts
    )


def _only_mostly(reading: Reading, figure: Figure) -> bool:
    """Whether the fate is told of most only ("383 lists with about 44,000 names, mostly for shooting")."""
    told = [tag for tag in reading.of_kind("act") if tag.key in figure.acts & _HARD]
    return bool(told) and all(
        any(reading.low(index) in _MOSTLY for index in range(max(0, tag.first - 4), tag.first)) for tag in told
    )


def _bare_whole(reading: Reading, figure: Figure, quantity: Quantity) -> bool:
    """Whether a number is the whole, and no fate is said in the statement itself ("Bukharin, Rykov and Yagoda (21)")."""
    if quantity.form != "part" or quantity.total != figure.amount.low:
        return False
    own = reading.statement.lead
    return not any(tag.key in quantity.act and reading.tokens[tag.first].start >= own for tag in reading.of_kind("act"))


def year_next_to(reading: Reading, amount: Amount, quantity: Quantity) -> Quantity | None:
    """The same count of another year that the statement names too ("1937 was the worst with 353,074, 1938 followed")."""
    year = _YEAR.search(quantity.id)
    named = {when.start.year for when in reading.dates} | {when.end.year for when in reading.dates}
    if year is None or amount.low < _LARGE or len(named) < 2:
        return None
    stem = quantity.id[: year.start()]
    for other in reading.knowledge.quantities:
        own = _YEAR.search(other.id)
        same = own is not None and other.id[: own.start()] == stem and int(own[1]) in named
        if same and other.id != quantity.id and other.value and abs(amount.low - other.value) <= _ROUND * other.value:
            return other
    return None


_OTHERS = re.compile(r"^(?:other|others|more|further|additional|another)$")


def added_to_names(reading: Reading, finding: Finding) -> bool:
    """Whether a small number only adds to people named before it ("Tukhachevsky, Yakir and five more generals")."""
    amount = next((one for one in reading.amounts if one.first == finding.first), None)
    if amount is None or amount.form != "count" or amount.low > 100:
        return False
    named = any(0 < amount.first - tag.last <= 12 for tag in reading.of_kind("person"))
    near = [reading.low(amount.last + 1), reading.low(amount.last + 2), reading.low(amount.first - 1)]
    return named and any(_OTHERS.match(word) for word in near)
