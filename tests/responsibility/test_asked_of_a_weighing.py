"""Responsibility and counterfactuals asked of a small weighing: what is written, shown, refused, and never said alone."""

import json
import re
from dataclasses import fields

import numpy as np
import pytest
from asked_weighing import KINDS, weighing

from thirtyseven.inference import responsibility as module
from thirtyseven.inference.counterfactual import CounterfactualError, counterfactual, label, write_counterfactual
from thirtyseven.inference.effects import (
    QUESTIONS,
    asked_kinds,
    counted,
    direction,
    interval,
    people_of,
    points,
    together,
)
from thirtyseven.inference.responsibility import Contribution, LoneNumberError, Spread, across, responsibility, values
from thirtyseven.publish.chapters import counterfactual as changed
from thirtyseven.publish.chapters import responsibility as shared
from thirtyseven.publish.pages import environment
from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.scenario.offices import SLUGS
from thirtyseven.scenario.switches import SwitchError
from thirtyseven.simulation.run import simulate
from thirtyseven.society.setting import from_record

RECORD = load()
NAMES = ("limits-fixed", "good-harvest", "no-war-threat", "kirov-survives+no-requests")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("weighing")


@pytest.fixture(scope="module")
def changes(folder):
    finished = weighing(folder)
    return write_counterfactual(finished, counterfactual(finished, RECORD, NAMES, draws=2))


@pytest.fixture(scope="module")
def shares(folder):
    keep = module.STOPPING, module.BASELINES
    module.STOPPING, module.BASELINES = (module.STOPPING[2], module.STOPPING[5]), {"1936": module.BASELINES["1936"]}
    yield responsibility(weighing(folder, 1), RECORD, draws=1)
    module.STOPPING, module.BASELINES = keep


def test_what_is_counted_is_what_happened():
    setting = from_record(RECORD)
    outcome = simulate(setting, named("agencies").batch(2), np.array([1, 2], np.uint64), weeks=(90, 262))
    arrays = counted(outcome, setting)
    for i, what in ((0, "arrested"), (2, "first_category")):
        assert np.array_equal(people_of(arrays, "all", what), outcome.weekly[:, :, :, i].sum(axis=(1, 2)))
        parts = sum(people_of(arrays, q, what) for q in QUESTIONS if q != "all")
        assert np.array_equal(parts, people_of(arrays, "all", what))
        phases = sum(people_of(arrays, "mass", what, p) for p in ("before", "first", "second", "after"))
        assert np.array_equal(phases, outcome.weekly[:, :, 4, i].sum(axis=1))
    assert np.array_equal(arrays["weekly"][:, :, 0].sum(axis=1), people_of(arrays, "all", "first_category"))
    sentenced = outcome.regional[:, 0, :, 4, 1]
    assert np.array_equal(arrays["where"], np.maximum(sentenced - setting.limits.sum(axis=1), 0).sum(axis=1))


@pytest.mark.parametrize("changes, word", [
    ([0.0, 0.0, 0.0], "nothing"), ([-0.5, -0.2, -0.06, -0.3, 0.2], "less"), ([0.1, 0.2, 0.3], "more"),
    ([0.01, -0.02, 0.0], "little"), ([-0.5, 0.5, 0.0, 0.2], "open"), ([np.nan, -0.5], "less"), ([np.nan], "not defined"),
])  # fmt: skip
def test_a_word_needs_four_fifths(changes, word):
    assert direction(np.array(changes)) == word


@pytest.mark.parametrize("words, holds", [
    (("less", "less"), "every"), (("little", "nothing"), "every"), (("less", "open"), "some"), (("less", "little"), "some"),
    (("less", "more", "less"), "unknown"), (("open", "open"), "unknown"), (("not defined", "less"), "some"),
])  # fmt: skip
def test_what_holds_across_explanations(words, holds):
    assert together(words) == holds


def test_signs_that_differ_are_unknown():
    def game(sign, needed):
        return {"offices": {slug: {"sign": sign, "needed": needed, "enough": 0.0} for slug in SLUGS}}

    found = across({"a": game("adds", 1.0), "b": game("holds back", 0.0), "c": None})
    assert found["nkvd"] == {"sign": "unknown", "needed": "unknown", "enough": "no"}
    assert across({"a": game("adds", 1.0), "b": game("adds", 0.9)})["chiefs"]["sign"] == "adds"
    assert across({"a": game("adds", 1.0), "b": game("about nothing", 0.9)})["chiefs"]["sign"] == "some"
    assert across({"a": game("open", 0.5)})["public"] == {"sign": "unknown", "needed": "unknown", "enough": "no"}


def test_a_contribution_cannot_be_made_or_printed_alone():
    one = Spread(0.1, 0.2, 0.3)
    whole = {"office": "nkvd", "question": "q", "contribution": one, "people": one, "necessity": one, "sufficiency": one,
             "needed": 0.5, "enough": 0.1, "degree": one, "joint": one, "sign": "adds", "pasts": 3}  # fmt: skip
    said = str(Contribution(**whole))
    assert f"{Contribution(**whole):.2f}" == said
    for word in ("contribution", "necessity", "sufficiency", "degree", "joint", "pasts"):
        assert word in said
    for name in ("people", "necessity", "sufficiency", "needed", "enough", "degree", "joint"):
        with pytest.raises(LoneNumberError, match=name):
            Contribution(**{**whole, name: None})
        with pytest.raises(TypeError):
            Contribution(**{k: v for k, v in whole.items() if k != name})


def test_kinds_and_points_of_a_weighing(folder):
    finished = weighing(folder, 3)
    assert asked_kinds(finished) == list(KINDS)
    few, many = (points(finished.draws["composite"], n, 7, "x") for n in (2, 5))
    assert np.array_equal(few.u, many.u[:2]) and np.array_equal(few.seeds, many.seeds[:2])
    assert len(set(many.seeds.tolist())) == 5 and np.array_equal(many.u[3], many.u[0])


def test_paired_changes(changes):
    assert list(changes["switches"]) == ["limits-fixed", "good-harvest", "no-war-threat-25", "no-war-threat-50",
                                         "no-war-threat-75", "kirov-survives+no-requests"]  # fmt: skip
    fixed = changes["switches"]["limits-fixed"]["kinds"]["agencies/strict"]["measures"]
    assert fixed[label("first_category", "mass", "whole")]["word"] == "less"
    assert fixed["sentenced:where"]["relative"]["q95"] < -0.8
    harvest = changes["switches"]["good-harvest"]["kinds"]["agencies/strict"]["measures"]
    assert {one["word"] for one in harvest.values()} <= {"nothing", "not defined"}
    assert all(one["change"] == {"q05": 0, "q50": 0, "q95": 0} for one in harvest.values())
    for name in ("version", "code_digest", "record_digest", "statistics_digest", "seed"):
        assert name in changes


def test_asking_again_keeps_what_was_asked_under_the_same_conditions(folder, changes):
    finished = weighing(folder)
    more = write_counterfactual(finished, counterfactual(finished, RECORD, ("no-naming",), draws=2))
    assert set(more["switches"]) == {*changes["switches"], "no-naming"}
    other = write_counterfactual(finished, {**more, "pairs": 3, "switches": {}})
    assert other["switches"] == {} == json.loads((folder / "counterfactual.json").read_text())["switches"]


def test_shares_sum_and_stand_together(shares):
    companions = {item.name for item in fields(Contribution)}
    for by_kind in shares["questions"].values():
        for game in by_kind.values():
            if game is None:
                continue
            people = [one["people"]["q50"] for one in game["offices"].values()]
            assert sum(people) == pytest.approx(game["total"]["q50"], rel=1e-4)
            assert all(set(one) == companions for one in game["offices"].values())
    acts = {office: one["all"] for office, one in shares["ledger"].items()}
    assert set(acts) == set(SLUGS) and sum(acts.values()) == len(RECORD.responsibility)
    game = shares["questions"]["first_category:mass"]["agencies/strict"]["offices"]
    assert game["centre"]["needed"] == 1 and game["nkvd"]["necessity"]["q50"] > 0.9 and game["public"]["sign"] == "about nothing"
    assert shares["stopping"]["kinds"]["agencies/strict"]["mass"]["centre"][0]["q50"] > 0.5


def test_a_game_is_read_off_its_runs():
    people = np.zeros((64, 12, 4, 3), np.int64)
    people[:, 4, 1, 2] = np.arange(64)
    v = values({"people": people, "where": np.arange(64.0)}, "first_category:mass@first")
    assert v.shape == (2, 32) and v[1, 0] == 32 and values({"people": people}, "first_category:elite").sum() == 0
    assert interval([np.nan]) is None


def test_pages_show_it(changes, shares):
    page = environment().get_template("chapters/counterfactual.html").render(**changed.view(changes))
    assert "Limits cannot be raised" in page and "What this does not mean" in page and "nan" not in page
    page = environment().get_template("chapters/responsibility.html").render(**shared.view(shares))
    assert "necessity" in page and "built in" in page and "exonerates nobody" in page and "nan" not in page
    assert not re.search(r"\d+(\.\d+)? ?%? (guilty|to blame)", page)


def test_every_row_on_the_screen_has_all_its_columns(shares):
    for game in shared.ASKED:
        for row in shared.cells(shares, game, "agencies/strict"):
            assert len(row) == len(shared.HEADS)
            assert row[0] == "Joint" or all(row[1:])


def test_days_of_the_stop():
    days = module.stopping_days(4)
    assert set(module.stopping_days()) < set(days) and list(days) == sorted(days) and len(days) > 25
    assert days[0].isoformat() == "1937-01-04" and days[-1].isoformat() < "1938-11-17"
    assert {"1937-08-05", "1938-01-31"} <= {day.isoformat() for day in module.stopping_days()}


def test_one_explanation_alone_gives_no_finding(changes):
    alone = {**changes, "kinds": changes["kinds"][:1]}
    assert changed.findings(alone) == [] and "one explanation" in changed.view(alone)["title"]


def test_what_cannot_be_asked_is_refused(folder):
    finished = weighing(folder)
    with pytest.raises(SwitchError, match="There is no switch 'more-lists'"):
        counterfactual(finished, RECORD, ("more-lists",))
    with pytest.raises(CounterfactualError, match="--draws 2"):
        counterfactual(finished, RECORD, ("no-naming",), draws=1)
    with pytest.raises(CounterfactualError, match="--draws 1"):
        responsibility(finished, RECORD, draws=0)


def test_what_is_unknown_says_who_contradicts_whom(changes):
    one = changes["switches"]["limits-fixed"]
    torn = {"holds": "unknown", "words": {KINDS[0]: "more", KINDS[1]: "less"}}
    content = {**changes, "switches": {"limits-fixed": {**one, "agreed": {**one["agreed"], "first_category:all": torn}}}}
    some, unknown = changed.undecided(content)
    assert some == [] and unknown == ["Limits cannot be raised (fewer under All together, more under Agencies (strict))"]
