"""Whether a number is a real one of something else: of another fate, unit or period than the notes say."""

from __future__ import annotations

from thirtyseven.notes.amounts import Amount
from thirtyseven.notes.knowledge import Quantity
from thirtyseven.notes.reading import Figure, Reading

BY_CHANCE = 10_000
"""A number from here on that is exactly another fate's of the same year is hardly written by chance."""


def of_another(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """What a number really counts, if it is another's of the same group: those of another fate, or families for people."""
    amount = figure.amount
    if (
        amount.form != "count"
        or amount.style == "of"
        or amount.low != amount.high
        or amount.low < 100
        or not amount.fine
    ):
        return ""
    for other in reading.knowledge.quantities:
        year = bool(other.when) and other.when == quantity.when and len(other.when) == 1 and amount.low >= BY_CHANCE
        plain = not (other.group | other.frame | quantity.group | quantity.frame)
        same = other.group & quantity.group or other.frame & quantity.frame or (year and plain)
        wider = bool(other.frame & quantity.allow) and not (other.group | other.place)
        scope = amount.low >= BY_CHANCE and not same and wider
        fate = bool(other.act) and bool(quantity.act) and other.act.isdisjoint(figure.acts or quantity.act)
        families = other.unit != quantity.unit and "families" in other.unit | quantity.unit
        known = other.value == amount.low and other.id != quantity.id and other.place == quantity.place
        if known and ((same and (fate or families)) or scope):
            return f"{amount.low:,.10g} is another count: {other.says}"
    return ""


def of_another_scope(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a number that agrees is that of another unit or period ("" if it is not)."""
    return _of_another_unit(reading, figure, quantity) or _of_another_period(reading, figure.amount, quantity)


def _of_another_unit(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a number that agrees does not count what it is said to: people given as families, or families as people."""
    amount, noun = figure.amount, figure.noun.key if figure.noun else ""
    if amount.form != "count" or amount.low < 1000 or quantity.unit & {"families", "kulak-households"}:
        return ""
    if noun in ("people", "members-u") and any(
        one.value == amount.low and "families" in one.unit and one.group & (quantity.group | quantity.allow)
        for one in reading.knowledge.quantities
    ):
        return f"{amount.low:,.10g} are families, not people"
    return ""


def _of_another_period(reading: Reading, amount: Amount, quantity: Quantity) -> str:
    """Why a number that agrees is not that of the year named: it is that of several ("20,761 were shot at Butovo in 1937")."""
    if not quantity.period or amount.form != "count":
        return ""
    first, last = quantity.period
    for when in reading.dates:
        if when.precision != "year" or not first <= when.start.year <= last:
            continue
        alone = reading.low(when.last + 1) == "alone" or reading.low(when.first - 1) == "alone"
        closed = when.last + 1 >= len(reading.tokens) or reading.low(when.last + 1) in (".", ",", ";", ")", "!")
        told = any(
            tag.last == when.first - 2 and tag.key in quantity.act | quantity.place | quantity.frame
            for tag in reading.tags
        )
        behind = amount.last < when.first <= amount.last + 12 and reading.low(when.first - 1) == "in" and told
        if len(reading.dates) == 1 and (alone or (behind and closed)):
            return f"the number is that of {first} to {last} together"
    return ""
