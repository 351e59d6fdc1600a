"""Numbers near a recorded one that are nearer to another: a known misprint, or another definition's count, rounded."""

from __future__ import annotations

from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.compare import Interval

MANY = 1000
"""A whole from here on that is stated exactly is a real number, only of something else."""
_CLOSE = 0.01


def misprint(amount: Amount, quantity: Quantity, truths: list[Interval]) -> tuple[str, str] | None:
    """Verdict on a number that is exactly a known other one, although it is near enough to be the recorded one rounded."""
    value = amount.low
    if amount.form != "count" or amount.high != value or value < MANY or not value % 100 or (value, value) in truths:
        return None
    same = (one for one in quantity.rivals if one.low == one.high == value and one.verdict != AGREES)
    return next(((one.verdict, one.why) for one in same), None)


def closer_rival(amount: Amount, quantity: Quantity, truths: list[Interval]) -> tuple[str, str] | None:
    """Another definition's number that a rounded one is nearer to than to one that agrees ("about 1.34 million arrested")."""
    value = amount.low
    if (
        amount.high != value
        or value < MANY
        or amount.unit > 0.02 * value
        or amount.modifier in ("over", "under", "most")
    ):
        return None
    away = min((max(low - value, value - high, 0.0) / value for low, high in truths), default=0.0)
    if away <= _CLOSE:
        return None
    return next(
        (
            (one.verdict, one.why)
            for one in quantity.rivals
            if one.verdict == DIFFERENT and one.low <= value <= one.high
        ),
        None,
    )
