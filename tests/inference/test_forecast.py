"""Predictions obey the record, keep their arithmetic and refuse what cannot be asked."""

import json
from datetime import date

import numpy as np
import pytest

from thirtyseven import api
from thirtyseven.cli.app import main
from thirtyseven.inference.bound import LINE, TROIKA
from thirtyseven.inference.ensemble import YEARS, tempered
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.forecast import AskedError, Query, forecast, predictor, sampled
from thirtyseven.inference.known import known
from thirtyseven.inference.placed import DAYS, day_of, every_place, where
from thirtyseven.inference.predict import Draws
from thirtyseven.record import load
from thirtyseven.scenario import Design
from thirtyseven.society.setting import from_record
from thirtyseven.summaries import STATISTICS, compute
from thirtyseven.summaries import from_record as archive_of

PLACES = ["ussr", "leningrad", "moscow", "butovo", "kiev-oblast", "tatar-assr", "altai-krai", "ukrainian-ssr"]


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def setting(record):
    return from_record(record)


@pytest.fixture(scope="module")
def finished(record, setting, tmp_path_factory):
    """A weighing in miniature: two kinds, three points each, two seeds."""
    draws = {}
    for kind in ("agencies/charitable", "composite"):
        u = np.random.default_rng(5).uniform(0.3, 0.7, (3, len(Design(kind).names)))
        if kind == "composite":
            u[:, [i for i, (_, prior) in enumerate(Design(kind).coordinates) if prior is None]] *= 0.5
        draws[kind] = Draws(kind, np.repeat(u, 2, axis=0), np.arange(6, dtype=np.uint64), 2, True)
    observed = compute(archive_of(record, setting))[0]
    result = {
        "seed": 7, "budget": "mini", "observed": "record", "robust": {"kinds": ["composite"], "rule": "closest"},
        "code_digest": "0", "record_digest": record.digest, "fits": {k: {"score": {"mean": 1.0}} for k in draws},
        "statistics": [{"observed": float(v) if np.isfinite(v) else None} for v in observed],
    }  # fmt: skip
    return Finished(tmp_path_factory.mktemp("weighing"), result, draws, True)


@pytest.fixture(scope="module")
def of(finished, record):
    return predictor(finished, record, PLACES, samples=120)


def total(of, quantity, place, group=None, first=date(1937, 1, 1), last=date(1938, 12, 31), by="month"):
    return sampled(of, Query(quantity, place, group, first, last, by), PLACES.index(place))


def test_the_country_obeys_the_record(of):
    facts, national = of.known, of.national
    for year in (3, 4):
        deaths = national[..., 1][:, year == YEARS].sum(axis=(1, 2))
        assert abs(np.median(deaths) / facts.deaths[year] - 1) < 0.05
        arrests = national[..., 0][:, year == YEARS].sum(axis=(1, 2))
        assert abs(np.median(arrests) / facts.arrests[year] - 1) < 0.03
    by_1938 = national[:, :209, TROIKA, 1].sum(axis=1)
    assert abs(np.median(by_1938) / 239_252 - 1) < 0.03
    for line, channel in enumerate(LINE):
        assert abs(np.median(national[:, :, channel, 1].sum(axis=1)) / facts.lines[line, 1] - 1) < 0.1


def test_regions_add_up_to_the_country(of):
    whole = np.stack([of.national[:, year == YEARS].sum(axis=1) for year in range(6)], axis=1)
    assert np.allclose(of.by_region.sum(axis=2), whole, rtol=1e-6, atol=1e-6)


def test_lists_of_the_union_are_the_records(of, record):
    asked = Query("names-on-lists", "ussr", None, date(1937, 1, 1), date(1938, 12, 31), "year")
    years = [row["mean"] for row in forecast(of, asked)["series"]]
    rows = record.series["stalin-lists"].rows
    assert years == [sum(r["names"] for r in rows if str(r["date"]).startswith(year)) for year in ("1937", "1938")]


def test_a_places_own_figures_rule_and_can_be_put_aside(of, finished, record):
    year = {"first": date(1937, 1, 1), "last": date(1937, 12, 31), "by": "year"}
    known_total = total(of, "executions", "leningrad", **year)
    assert abs(np.median(known_total) / 19_370 - 1) < 0.06
    assert known_total.std() / known_total.mean() < 0.08
    apart = predictor(finished, record, ["leningrad"], samples=120, left_out=["leningrad-oblast"])
    free = sampled(apart, Query("executions", "leningrad", None, date(1937, 1, 1), date(1937, 12, 31), "year"), 0)
    assert free.std() / free.mean() > 0.15
    assert any("19,370" in line for line in forecast(of, Query("executions", "leningrad"))["rests_on"])


def test_executions_follow_sentences_and_end_with_the_decree(of):
    late = total(of, "executions", "ussr", "troika", date(1938, 12, 1), date(1938, 12, 31))
    assert late.sum() == 0
    sentenced, executed = (total(of, q, "kiev-oblast", "troika").mean(axis=0) for q in ("death-sentences", "executions"))
    middle = lambda x: (np.arange(len(x)) * x).sum() / x.sum()  # noqa: E731
    assert 0.1 < middle(executed) - middle(sentenced) < 0.8  # months
    assert executed.sum() < sentenced.sum()


def test_a_burial_ground_holds_nobody_of_the_lists(of):
    assert total(of, "executions", "butovo", "lists").sum() == 0
    assert total(of, "executions", "moscow", "lists").sum() > 0
    after = {"first": date(1938, 10, 20), "last": date(1938, 12, 31)}
    assert total(of, "executions", "butovo", **after).sum() == 0 < total(of, "executions", "moscow", **after).sum()
    assert abs(np.median(total(of, "executions", "butovo", by="year").sum(axis=1)) / 20_761 - 1) < 0.06


def test_parts_and_wholes(of):
    for by in ("day", "week", "month"):
        asked = total(of, "arrests", "kiev-oblast", None, date(1937, 8, 1), date(1937, 12, 31), by)
        monthly = total(of, "arrests", "kiev-oblast", None, date(1937, 8, 1), date(1937, 12, 31), "year")
        assert abs(asked.sum(axis=1).mean() / monthly.mean() - 1) < 0.1
    parts = sum(total(of, "death-sentences", "kiev-oblast", g).mean() for g in ("troika", "national"))
    assert parts < total(of, "death-sentences", "kiev-oblast").mean() * 1.05


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
def test_periods_cover_the_stretch_once(by):
    asked = Query("arrests", "ussr", None, date(1937, 8, 5), date(1938, 11, 17), by)
    days = [d for a, b in asked.periods() for d in range(day_of(a), day_of(b) + 1)]
    assert days == list(range(day_of(asked.first), day_of(asked.last) + 1))
    assert len({asked.label(a) for a, _ in asked.periods()}) == len(asked.periods())


def test_quantiles_are_in_order_and_the_same_again(of, finished, record):
    asked = Query("executions", "moscow", None, date(1937, 8, 1), date(1938, 10, 31))
    answer = forecast(of, asked)
    for row in (*answer["series"], answer["total"]):
        assert 0 <= row["q05"] <= row["q25"] <= row["q50"] <= row["q75"] <= row["q95"]
    again = predictor(finished, record, PLACES, samples=120)
    assert forecast(again, asked) == answer


@pytest.mark.parametrize(
    "wrong", [{"quantity": "murders"}, {"by": "hour"}, {"first": date(1938, 1, 2), "last": date(1938, 1, 1)},
              {"last": date(1953, 3, 5)}],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_a_sentence(wrong):
    with pytest.raises(AskedError, match=r"\.$"):
        Query(**({"quantity": "arrests"} | wrong))


def test_unknown_places_and_groups_are_refused(of, setting):
    with pytest.raises(ValueError, match="--list"):
        where("atlantis", setting)
    with pytest.raises(AskedError, match="choose one of"):
        forecast(of, Query("arrests", "ussr", "martians"))


def test_places_and_groups_have_other_names(of, setting):
    assert where("Moscow-city", setting).name == "moscow"
    named = forecast(of, Query("executions", "Moscow-City", "order-00447"))
    assert named["place"] == "moscow" and named["total"]["mean"] > 0


def test_every_place_on_the_list_exists(setting):
    for names in every_place(setting).values():
        for name in names:
            spot = where(name, setting)
            assert spot.regions.sum() > 0 and (spot.city is None or 0 < spot.city < 1)
    assert DAYS == 2191


def test_what_the_record_knows_is_read_from_it(record, setting):
    facts = known(record, setting)
    assert facts.lists[:, 1].sum() == 44_502
    assert np.isclose(facts.lines.sum(axis=0), [335_513, 247_157]).all()
    assert facts.mass["first"].totals[-1] == 386_798
    assert (facts.authorised[:, 0] >= setting.limits - 1e-9).all()
    assert 0.25 < facts.dispersion[0] < 0.8


def test_weights_are_tempered_until_enough_runs_count():
    w = tempered(np.linspace(1, 9, 400), np.repeat([0, 1], 200), 80)
    assert np.isclose(w.sum(), 1) and 1 / np.square(w).sum() >= 80
    assert len(STATISTICS) > 20


def test_the_command_speaks(tmp_path, capsys, monkeypatch):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["thirtyseven", "predict", *words])
        with pytest.raises(SystemExit) as end:
            main()
        captured = capsys.readouterr()
        return end.value.code, captured.out, captured.err

    code, out, _ = run("--list", "--json")
    assert code == 0 and "executions" in json.loads(out)["quantities"]
    code, out, err = run("--quantity", "arrests", "--bank", str(tmp_path / "none"))
    assert code == 2 and out == "" and err.count("\n") == 1 and "thirtyseven weigh" in err
    code, _, err = run("--quantity", "arrests", "--from", "yesterday")
    assert code == 2 and "yesterday" in err


def test_python_asks_what_the_command_asks(of, finished, monkeypatch):
    """`thirtyseven.predict` opens the folder and gives each query the same answer as the command's own way."""
    asked = (Query("executions", "leningrad", by="year"), Query("arrests", by="year"))
    monkeypatch.setattr(api, "open_weighing", lambda folder: finished)
    assert api.predict("anywhere", *asked, samples=120) == [
        forecast(predictor(finished, api.load(), ["leningrad", "ussr"], samples=120), one) for one in asked
    ]
