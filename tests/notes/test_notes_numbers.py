"""Numbers and dates as students write them."""

from datetime import date

import pytest

from thirtyseven.notes.amounts import amounts_of
from thirtyseven.notes.compare import dates_agree, fits
from thirtyseven.notes.dates import dates_of
from thirtyseven.notes.text import tokens_of


@pytest.mark.parametrize(
    ("text", "low", "high", "form"),
    [
        ("1.5 million people", 1.5e6, 1.5e6, "count"),
        ("1,575,259 arrests", 1575259, 1575259, "count"),
        ("1 575 259 arrests", 1575259, 1575259, "count"),
        ("about 680k were shot", 680000, 680000, "count"),
        ("nine hundred and eighty thousand", 980000, 980000, "count"),
        ("one and a half million", 1.5e6, 1.5e6, "count"),
        ("a quarter of a million", 250000, 250000, "count"),
        ("between 600,000 and 700,000", 600000, 700000, "count"),
        ("1.3-1.5 million", 1.3e6, 1.5e6, "count"),
        ("hundreds of thousands", 200000, 999000, "count"),
        ("40-50 % of senior officers", 0.4, 0.5, "share"),
        ("seventy per cent", 0.7, 0.7, "share"),
        ("two-thirds of the army", 2 / 3, 2 / 3, "share"),
        ("one person in every 8", 1 / 8, 1 / 8, "share"),
        ("1/18 of the population", 1 / 18, 1 / 18, "share"),
        ("3/5 Marshals", 0.6, 0.6, "share"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, low: float, high: float, form: str) -> None:
    (one,) = amounts_of(tokens_of(text))
    assert (one.low, one.high, one.form) == (pytest.approx(low), pytest.approx(high), form)


def test_a_part_keeps_its_whole() -> None:
    (one,) = amounts_of(tokens_of("98 of the 139 members"))
    assert (one.low, one.base, one.style) == (98, 139, "of")


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("681,692", True), ("680,000", True), ("about 700,000", True), ("nearly 700,000", True), ("over 680,000", True),
        ("600,000-800,000", True), ("681,962", False), ("500,000", False), ("1 million", False), ("almost a million", False),
        ("hundreds of thousands", True), ("millions", False),
    ],
)  # fmt: skip
def test_rounding_is_respected_and_slips_of_digits_are_not(text: str, agrees: bool) -> None:
    (one,) = amounts_of(tokens_of(text))
    assert fits(one, (681692, 681692)) is agrees


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 1st December 1934", date(1934, 12, 1), date(1934, 12, 1)),
        ("December 1, 1934", date(1934, 12, 1), date(1934, 12, 1)),
        ("1.12.1934", date(1934, 12, 1), date(1934, 12, 1)),
        ("Dec. '34", None, None),
        ("in Aug 1936", date(1936, 8, 1), date(1936, 8, 31)),
        ("1937-38", date(1937, 1, 1), date(1938, 12, 31)),
        ("37-38", date(1937, 1, 1), date(1938, 12, 31)),
        ("from August 1937 to November 1938", date(1937, 8, 1), date(1938, 11, 30)),
        ("19-24 August 1936", date(1936, 8, 19), date(1936, 8, 24)),
        ("the summer of 1937", date(1937, 6, 1), date(1937, 8, 31)),
    ],
)
def test_a_date_is_read(text: str, start: date | None, end: date | None) -> None:
    found = [one for one in dates_of(tokens_of(text)) if not one.yearless]
    if start is None:
        assert found[-1].years == (1934, 1934)
        return
    assert [(one.start, one.end) for one in found] == [(start, end)]


def test_a_slashed_date_that_two_countries_read_differently_is_held_to_its_year_only() -> None:
    (one,) = dates_of(tokens_of("12/1/1934"))
    assert dates_agree(one, [(date(1934, 12, 1), date(1934, 12, 1))])
