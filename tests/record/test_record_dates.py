"""The dates that the record understands."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirtyseven.record import span

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1937", DAY(1937, 1, 1), DAY(1937, 12, 31)),
        ("1937-02", DAY(1937, 2, 1), DAY(1937, 2, 28)),
        ("1936-02", DAY(1936, 2, 1), DAY(1936, 2, 29)),
        ("1937-08-05", DAY(1937, 8, 5), DAY(1937, 8, 5)),
        ("1937~", DAY(1937, 1, 1), DAY(1937, 12, 31)),
        ("1937-08?", DAY(1937, 8, 1), DAY(1937, 8, 31)),
        ("193X", DAY(1930, 1, 1), DAY(1939, 12, 31)),
        ("1937-22", DAY(1937, 6, 1), DAY(1937, 8, 31)),
        ("1937-24", DAY(1937, 12, 1), DAY(1938, 2, 28)),
        ("1937-08-05/1938-11-17", DAY(1937, 8, 5), DAY(1938, 11, 17)),
        ("1937/..", DAY(1937, 1, 1), None),
        ("/1938", None, DAY(1938, 12, 31)),
    ],
)
def test_dates_cover_the_days_they_may_mean(text, first, last):
    found = span(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "37",
        "1937-8",
        "1937-13",
        "1937-02-29",
        "1937-00",
        "1937-20",
        "1937-22-01",
        "193X-05",
        "1938/1937",
        "../..",
        "1937/1938/1939",
        "5 August 1937",
        "1937-08-05 ",
        "１９３７",
    ],
)
def test_what_is_no_date_gets_a_sentence(text):
    with pytest.raises(ValueError, match=r"[;:]"):
        span(text)


@given(st.dates(min_value=DAY(1900, 1, 1), max_value=DAY(1999, 12, 31)))
def test_every_day_is_itself(day):
    found = span(day.isoformat())
    assert found.first == found.last == day


@given(st.text(max_size=25))
def test_no_text_crashes_the_reader(text):
    try:
        span(text)
    except ValueError as error:
        assert str(error)
