"""Things in the order of their dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, TypeVar

from thirtyseven.record import span

Thing = TypeVar("Thing")


def first_day(edtf: str) -> datetime.date:
    """The first day that a date may mean; the last day of all where that is not known."""
    return (span(edtf).first if edtf else None) or datetime.date.max


def by_date(things: Iterable[Thing], name: str = "date") -> list[Thing]:
    """Sort by the first day of a date, then by its notation and the id, so that the order never changes.

    Args:
        things: objects of the record with an id.
        name: attribute that holds the date.
    """
    def key(one: Any) -> tuple[datetime.date, str, str]:
        return first_day(getattr(one, name)), getattr(one, name), one.id

    return sorted(things, key=key)
