"""Numbers and dates as students write them."""

from datetime import date

import pytest

from thirtyseven.notes.check import check_text
from thirtyseven.notes.language.amounts import amounts_of
from thirtyseven.notes.language.compare import dates_agree, fits
from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.text import tokens_of
from thirtyseven.record import load


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


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("5,811 of the officers discharged in 1937 were arrested, by the count of 1938.", "agrees"),
        ("Coal output reached about 128 million tonnes in 1937.", "agrees"),
        ("In 1939 steel output was 17.6 million tonnes.", "agrees"),
        ("In 1935 coal mines gave 109.6 million tonnes of coal.", "agrees"),
        ("Coal output in 1937 was a mere 30 million tonnes.", "wrong"),
        ("Steel output in 1936 stood at 60 million tonnes.", "wrong"),
        ("In 1938 Jews still held 35 of the leading posts in the NKVD.", "agrees"),
        ("In July 1939 the NKVD had 12 Georgians among its leaders.", "agrees"),
        ("The commission of 1933-35 looked at 1,916,500 members in its review.", "agrees"),
        ("Some 350,700 members were expelled in the review of 1933-35.", "agrees"),
        ("In the review of 1933-35 350,700 members were executed.", "different definition"),
        ("In 1938 about 280,000 prisoners were released from the camps.", "agrees"),
        ("It is beyond dispute that 9,506 officers were arrested in 1937-38.", "disputed"),
        ("There were exactly 361 lists with Stalin's signature.", "disputed"),
        ("The final figure for prisoners in prisons in January 1939 is 350,538, nobody questions it.", "disputed"),
        ("The Harbin operation: 46,317 sentenced in 1937-38.", "agrees"),
        ("In January 1937 there were 43.7 million town dwellers in the USSR.", "agrees"),
        ("Officers lacking in the Red Army in 1938: 93,000.", "agrees"),
        ("In 1937, 46,000 judges and prosecutors counted as intelligentsia.", "agrees"),
        ("Fewer than 600 visits? Yezhov was in Stalin's office 290 times in 1937-38.", "agrees"),
        ("My grandfather's regiment had 1,457 men.", "silent"),
        ("The archive reading room is open on 93 days.", "silent"),
        ("Our class read 469 pages on the purges in 1939.", "silent"),
        ("Today Ukraine has 38 million inhabitants.", "silent"),
        ("Coal output in Britain in 1937 was 240 million tons.", "silent"),
        ("More than twice as many officers were discharged as arrested.", "silent"),
        ("He signed 12 letters in 1937.", "silent"),
        ("Were 500 lists signed by Molotov?", "silent"),
        ("The lists carried Molotov's signature 373 times.", "agrees"),
        ("Camp deaths in 1933: 67,297.", "agrees"),
        ("The share of NKVD leaders with higher education rose from 10 to 38 per cent between 1938 and 1939.", "agrees"),
        ("In 1937 the camps let out 364,437 prisoners.", "agrees"),
        ("In 1937 only 3,000 prisoners were released from the camps.", "wrong"),
        ("Chechens in the census of 1939: 408,000 or so.", "agrees"),
        ("1,720 people in Karelia were shot by sentence of the special troika in autumn 1938.", "agrees"),
        ("1,410 people in Karelia were shot between August 1937 and November 1938.", "different definition"),
    ],
)
def test_a_figure_of_the_record_is_known_by_its_name(text: str, verdict: str) -> None:
    remarks = check_text(f"# The Great Terror\n\n{text}\n")
    assert [one.verdict for one in remarks][:1] == ([] if verdict == "silent" else [verdict])


@pytest.mark.parametrize("identity", ["F-0154", "F-0171", "F-0195", "F-0273", "F-0388", "F-0493", "F-0611", "F-0758", "F-1001"])
def test_a_name_of_the_record_is_told_by_its_own_words(identity: str) -> None:
    one = load().figures[identity]
    value = f"{one.value:,.10g}" + {"percent": " per cent", "million tonnes": " million tonnes"}.get(one.unit, "")
    remarks = check_text(f"# The Great Terror\n\n{one.item}, {one.period[:4]}: {value}.\n")
    assert {remark.verdict for remark in remarks} == {"agrees"}
