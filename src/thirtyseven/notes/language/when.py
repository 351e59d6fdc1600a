"""A date of a statement: the days it spans and the precision that was stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span in a statement.

    Attributes:
        start: first day meant.
        end: last day meant.
        precision: ``day``, ``month``, ``season``, ``year``, ``decade``, or ``range`` for from A to B.
        first: first token.
        last: last token.
        word: the word before it ("in", "by", "since", "after", "before", "until", ...).
        ends: for a range the precision of its two ends.
        yearless: whether the year was not said (5 August).
    """

    start: date
    end: date
    precision: str
    first: int
    last: int
    word: str = ""
    ends: str = ""
    yearless: bool = False

    @property
    def years(self) -> tuple[int, int]:
        """First and last year meant."""
        return self.start.year, self.end.year


def month_span(year: int, month: int, last_month: int | None = None) -> tuple[date, date]:
    """First and last day of a month, or of the months ``month`` to ``last_month``."""
    final = last_month or month
    final_year = year + (final < month)
    length = _LENGTHS[final - 1] if final != 2 or final_year % 4 == 0 else 28
    return date(year, month, 1), date(final_year, final, length)
