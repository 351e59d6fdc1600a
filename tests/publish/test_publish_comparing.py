import pytest
from publish_worlds import MONTHS

from thirtyseven.publish.charts.months import frame_for, is_outside, long_date, nice_step, place_of
from thirtyseven.publish.comparing import (
    MonthsFit,
    WhereFit,
    fit_months,
    fit_where,
    moment_words,
    months_finding,
    months_sentence,
    stop_finding,
    where_finding,
    where_sentence,
)
from thirtyseven.publish.predicted import Model, Moment
from thirtyseven.publish.weighed import Band

FLAT = [100.0] * 36


def band(low, high):
    return Band(q05=tuple(low), q50=tuple((a + b) / 2 for a, b in zip(low, high, strict=True)), q95=tuple(high))


def around(values, factor=1.2):
    return band([v / factor for v in values], [v * factor for v in values])


def test_a_band_over_the_record_means_too_many():
    fit = fit_months(MONTHS, FLAT, band([150.0] * 36, [200.0] * 36))
    assert fit.outside == fit.known == 36
    assert set(fit.periods.values()) == {"too many"}
    assert months_sentence(fit).startswith("Too many in 1936")
    assert set(fit_months(MONTHS, FLAT, band([1.0] * 36, [2.0] * 36)).periods.values()) == {"too few"}


def test_right_all_along_and_wide():
    assert months_sentence(fit_months(MONTHS, FLAT, around(FLAT))) == "Right all along."
    assert "it rules little out" in months_sentence(fit_months(MONTHS, FLAT, around(FLAT, 5)))


def test_gaps_of_the_record_are_neither_right_nor_wrong():
    record = [None] * 30 + FLAT[:6]
    fit = fit_months(MONTHS, record, around(FLAT))
    assert fit.known == 6 and "in 1936" not in fit.periods
    assert months_sentence(fit_months(MONTHS, [None] * 36, around(FLAT))) == "No months to compare."
    assert fit_months(MONTHS, FLAT, Band()).known == 0
    assert not is_outside(None, 1, 2) and not is_outside(3, None, 2) and is_outside(3, 1, 2)


def fit(rise, fall):
    return MonthsFit(
        36, 0,
        {
            "in the autumn of 1937": "right" if rise else "too few",
            "in the summer of 1938": "right" if fall else "too many",
            "at the stop": "right" if fall else "too many",
        },
        2.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rises", "falls", "says"),
    [
        ("11111111", "11111111", "Every explanation can make both"),
        ("00000000", "00000000", "No explanation by itself makes the rise of autumn 1937, and none"),
        ("11111111", "00000000", "All eight make the rise of autumn 1937; none makes"),
        ("11111111", "11000000", "only two of them make the fall of late 1938 too"),
        ("11110000", "00001111", "none makes both"),
        ("11110000", "00011111", "one makes both"),
        ("10000000", "10000000", "One of eight makes the rise of autumn 1937; only one of them makes"),
    ],
)
def test_finding_over_the_months_counts_truly(rises, falls, says):
    slugs = ["plan", "suspicion", "threat", "inheritance", "opposition", "reactions", "agencies", "below"]
    fits = {s: fit(r == "1", f == "1") for s, r, f in zip(slugs, rises, falls, strict=True)}
    assert says in months_finding(fits)
    assert months_finding({}) == "There are no months of the models to set beside the record"


@pytest.mark.parametrize(
    ("raised", "others", "says"),
    [
        (0.95, 0.93, "Raises nearly every region"), (0.05, 0.02, "hardly any"),
        (0.7, 0.2, "Finds many of them: 70 of 100"),
        (0.5, 0.4, "a little more often"), (0.2, 0.5, "the others more often"), (0.5, 0.5, "Does not tell them"),
        (0.95, 0.6, "Finds many"),
    ],
)  # fmt: skip
def test_where_sentences(raised, others, says):
    assert says in where_sentence(WhereFit(raised, others, 21, 36))


def test_where_finding_names_those_that_find():
    yes, no = WhereFit(0.7, 0.2, 21, 36), WhereFit(0.5, 0.5, 21, 36)
    assert (
        where_finding({"threat": yes, "plan": no}) == "Only Threat finds the regions whose limits were raised in 1938"
    )
    assert where_finding({"threat": no, "plan": no}).startswith("No explanation by itself")
    assert where_finding({"threat": yes, "plan": yes}).startswith("Every explanation")
    assert where_finding({"plan": None}).startswith("There are no runs")
    assert where_sentence(None) == "No runs by region."


def test_where_compares_only_regions_with_runs():
    model = Model.model_validate({"regions": {"a": {"raised": 1.0}, "b": {"raised": 0.0}, "c": {}}})
    got = fit_where(model, frozenset({"a", "c"}), ["a", "b", "c"])
    assert got == WhereFit(1.0, 0.0, 1, 1)
    assert fit_where(model, frozenset(), ["a", "b", "c"]) is None


def moment(q05, q50, q95, share=1.0):
    return Moment.model_validate({"date": {"q05": q05, "q50": q50, "q95": q95}, "by_itself": share})


def test_dates_in_words():
    on, late = moment("1938-11-01", "1938-11-16", "1938-12-01"), moment("1938-12-01", "1939-01-26", "1939-02-20")
    assert moment_words(on, "1938-11-17", "stops") == "stops in the week on record"
    assert moment_words(late, "1938-11-17", "stops") == "stops 10 weeks late"
    assert moment_words(Moment(), "1938-11-17", "stops") == "never stops"
    start = moment("1937-07-01", "1937-08-05", "1937-09-01")
    models = {s: Model(stop=on if s == "plan" else late, launch=start) for s in ("plan", "threat")}
    assert stop_finding(models) == "Two of two can start when the order came, one can stop when the decree came"
    rare = moment("1938-11-01", "1938-11-16", "1938-12-01", 0.1)
    assert stop_finding({"plan": Model(stop=rare)}).startswith("No explanation by itself starts")


def test_dates_come_from_weeks_where_they_must():
    got = Moment.model_validate({"week": {"q05": 187, "q50": 187, "q95": 188}, "by_itself": 1})
    assert got.q50 == "1937-08-02" and got.q95 == "1937-08-09"


def test_frame_holds_the_record_and_is_not_ruled_by_one_band():
    runaway = [around(FLAT)] * 7 + [band(FLAT, [1e6] * 36)]
    frame = frame_for(MONTHS, FLAT, runaway, "estimated")
    assert 125 <= frame.top <= 250
    assert frame.y(100.0) > 0 and frame.y(1e6) == 0 and frame.y(None) is None
    assert frame_for(MONTHS, [None] * 36, [Band()], "estimated").top == 1.0


@pytest.mark.parametrize("top", [0.4, 3, 17, 99, 150, 1234, 99_999, 131_072])
def test_grid_lines_are_round_and_few(top):
    step = nice_step(top)
    assert 1 <= top / step <= 5.1 or top < 1
    assert f"{step:e}"[0] in "125"


def test_places_of_dates():
    assert place_of("1936-01-01", MONTHS) == 0
    assert place_of("1937-08-05", MONTHS) == pytest.approx(100 * (19 + 4 / 31) / 36)
    assert place_of("1940-01-01", MONTHS) is None and place_of("1937-08-05", ()) is None


@pytest.mark.parametrize(
    ("edtf", "words"), [("1938-11-17", "17 Nov 1938"), ("1938-11", "Nov 1938"), ("1938", "1938"), ("", "")]
)
def test_dates_as_they_are_known(edtf, words):
    assert long_date(edtf) == words
