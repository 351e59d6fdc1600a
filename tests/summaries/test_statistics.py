"""Statistics: one definition for record and runs, masked and frozen."""

import numpy as np
import pytest

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import from_record as setting_of
from thirtyseven.summaries import (
    STATISTICS,
    StatisticsError,
    compute,
    digest,
    from_outcome,
    from_record,
    read_table,
    recalled_share,
    series,
    with_archive_error,
    write_table,
)
from thirtyseven.summaries.archive import reflected

IDS = [item.id for item in STATISTICS]


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def setting(record):
    return setting_of(record)


@pytest.fixture(scope="module")
def outcome(setting):
    return simulate(setting, named("agencies").batch(3), np.arange(3, dtype=np.uint64), slots=np.arange(calendar.WEEKS))


@pytest.fixture(scope="module")
def observed(record, setting):
    return dict(zip(IDS, compute(from_record(record, setting))[0], strict=True))


def test_between_twenty_and_forty_five_statistics_with_unique_names():
    assert 20 <= len(set(IDS)) == len(IDS) <= 40
    assert {item.phase for item in STATISTICS} == {"elite", "mass", "national", "where", "stop"}
    assert all(item.sd > 0 and 0 <= item.recalled <= 1 for item in STATISTICS)


def test_the_choice_is_frozen():
    """A change of any statistic, scale or error is a model change: weigh again, and note it in the changelog."""
    assert digest() == "ac4059fad64fac49"


# Values worked out by hand from the printed figures, not by the functions under test.
BY_HAND = {
    "arrests_1937": np.log(936_750 + 500),
    "arrests_1938": np.log(638_509 + 500),
    "deaths_1937": np.log(353_074 + 500),
    "deaths_1938": np.log(328_618 + 500),
    "lists": np.log(44_502 + 200),
    "order_sentences_end": np.log(767_397 + 3000),
    "order_arrests_sep": np.log(146_225 + 3000),
    "line_arrests": np.log(365_805 + 500),
    "line_sentences": np.log(335_513 + 500),
    "lines_late": np.log((105_032 + 75) / (335_513 - 105_032 + 75)),
    "officers_1937": np.log(4_474 + 200),
    "party_1938": np.log(61_457 + 500),
    "first_1938": np.log((386_798 - 239_252 + 75) / (380_599 - 314_110 + 75)),
    "raised_share": 21 / 57,
    "launch": 187.0,
    "stop": 254.0,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_record_gives_what_the_printed_figures_give(observed, name):
    assert observed[name] == pytest.approx(BY_HAND[name], abs=2e-3)


def test_the_record_speaks_to_every_statistic(observed):
    assert all(np.isfinite(value) for value in observed.values())


def test_a_run_is_counted_as_the_record_is(outcome, setting):
    values = dict(zip(IDS, compute(from_outcome(outcome, setting)).T, strict=True))
    years = 1934 + np.array(calendar.month_of_week()) // 12
    arrests = outcome.weekly[..., 0][:, years == 1937].sum(axis=(1, 2))
    np.testing.assert_allclose(values["arrests_1937"], np.log(arrests + 500.0))
    lists = outcome.weekly[:, :, CHANNELS.index("lists"), 1][:, (years == 1937) | (years == 1938)].sum(axis=1)
    np.testing.assert_allclose(values["lists"], np.log(lists + 200.0))
    assert np.isfinite(compute(from_outcome(outcome, setting))).all()


def test_a_past_without_operations_has_finite_statistics(setting):
    quiet = named("suspicion").model_copy(update={"values": {"suspicion": {"shock": 0.2, "gain": 0.4}}})
    values = compute(from_outcome(simulate(setting, quiet.batch(1), np.array([4], np.uint64)), setting))
    assert np.isfinite(values).all()


def test_series_add_up(outcome, setting):
    regions = setting.regions
    months = series(outcome, "arrests", regions=regions, resolution="month")
    years = series(outcome, "arrests", regions=regions, resolution="year")
    np.testing.assert_array_equal(months.reshape(3, 6, 12).sum(axis=2), years)
    places = sum(series(outcome, "arrests", regions=regions, place=slug, resolution="year") for slug in regions)
    np.testing.assert_array_equal(places, years)
    groups = sum(series(outcome, "death-sentences", regions=regions, group=c, resolution="week") for c in CHANNELS)
    np.testing.assert_array_equal(groups, series(outcome, "death-sentences", regions=regions, resolution="week"))


def test_series_refuse_what_they_cannot_give(outcome, setting):
    for changed in ({"quantity": "guilt"}, {"place": "atlantis"}, {"group": "poets"}):
        with pytest.raises(ValueError, match="There is no"):
            series(outcome, **({"quantity": "arrests", "regions": setting.regions} | changed))
    coarse = simulate(setting, named("plan").batch(1), np.array([1], np.uint64))
    with pytest.raises(ValueError, match="too few for a series"):
        series(coarse, "arrests", regions=setting.regions, place="kiev-oblast", resolution="month")


def test_a_table_comes_back(tmp_path):
    values = np.linspace(-3, 13, len(STATISTICS))
    values[4] = np.nan
    write_table(values, tmp_path / "t.csv")
    np.testing.assert_allclose(read_table(tmp_path / "t.csv"), values, atol=1e-6)


BAD = {
    "empty": "",
    "other": "name,score\na,1\n",
    "unknown": "id,value\nlists,1\nghosts,2\n",
    "twice": "id,value\nlists,1\nlists,2\n",
    "word": "id,value\nlists,many\n",
    "infinite": "id,value\nlists,inf\n",
    "nothing": "id,value\nlists,\n",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_tables_get_a_sentence_with_the_place(tmp_path, text):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(StatisticsError) as fault:
        read_table(path)
    assert str(path) in str(fault.value) and "\n" not in str(fault.value)


def test_tables_that_cannot_be_read(tmp_path):
    (tmp_path / "b.csv").write_bytes(b"\x00\xff\xfe")
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "b.csv"):
        with pytest.raises(StatisticsError):
            read_table(path)


def test_archive_error_has_the_stated_size_and_is_keyed():
    """Far from the ends of its range (half of the regions, no correlation, the middle of the years) nothing is turned back."""
    middle = np.array([{"share": 0.5, "week": 156.0}.get(item.scale, 0.0) for item in STATISTICS])
    draws = np.array([with_archive_error(middle, seed) for seed in range(800)])
    sd = np.array([item.sd for item in STATISTICS])
    z = (draws.std(axis=0) / sd - 1.0) / np.sqrt(0.5 / 800)
    assert abs(z).max() < 4.5
    np.testing.assert_array_equal(with_archive_error(middle, 7), draws[7])


@pytest.mark.parametrize("end", [0, 1], ids=["least", "greatest"])
def test_a_share_with_the_archives_error_is_still_a_share(end):
    """At the end of its range the error is the half of a normal distribution that lies within; elsewhere it is untouched."""
    at = np.array([item.range[end] if np.isfinite(item.range[end]) else 0.0 for item in STATISTICS])
    draws = np.array([with_archive_error(at, seed) for seed in range(800)])
    low, high = np.array([item.range for item in STATISTICS]).T
    assert (draws >= low).all() and (draws <= high).all()
    held = np.isfinite(low)
    assert {s.scale for s, h in zip(STATISTICS, held, strict=True) if h} == {"share", "correlation", "week"}
    sd = np.array([item.sd for item in STATISTICS])
    away = np.abs(draws - at).mean(axis=0) / sd
    assert abs(away - np.sqrt(2 / np.pi)).max() < 4.5 * np.sqrt((1 - 2 / np.pi) / 800)
    assert (draws[:, held] != at[held]).all(), "turned back, not piled up at the end"


def test_reflection_keeps_what_is_possible_and_what_is_undefined():
    given = np.array([-0.3, 0.4, 1.2, 5.0, np.nan])
    np.testing.assert_allclose(reflected(given, 0.0, 1.0), [0.3, 0.4, 0.8, 1.0, np.nan])
    np.testing.assert_array_equal(reflected(given, -np.inf, np.inf), given)


def test_part_of_the_evidence_rests_on_recall_and_it_is_said():
    assert 0.1 < recalled_share() < 0.9
