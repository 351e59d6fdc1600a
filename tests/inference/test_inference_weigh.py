"""A whole weighing of a toy whose truth is known."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from inference_toys import SLUGS, Composite

from thirtyseven.inference import QUESTIONS, BankError, Budget, WeighError, read_draws, weigh
from thirtyseven.inference.posterior import Posterior

SMALL = Budget(
    "small", (64, 64), (320, 320), (128, 128), outside=24, draws=3, candidates=6, members=3, epochs=15, particles=100,
    sweeps=6, repeats=2, truths=6,
)  # fmt: skip
TRUTH = {
    "elite": ("suspicion",),
    "mass": ("agencies", "opposition"),
    "national": ("threat",),
    "where": ("threat", "reactions"),
    "stop": ("plan",),
}


def toy():
    return Composite(recalled=("elite-0", "mass-4"))


def table():
    x = toy().past(TRUTH)
    x[7] = np.nan
    return x


@pytest.fixture(scope="module")
def weighed(tmp_path_factory):
    """One weighing, its folder, and the stages it told of."""
    out, told = tmp_path_factory.mktemp("weigh"), []
    result = weigh(toy(), table(), budget=SMALL, out=out, progress=lambda *a: told.append(a))
    return result, out, told


def test_result_has_every_field(weighed):
    result, out, _ = weighed
    written = json.loads((out / "result.json").read_text())
    assert written == result.to_json()
    named = (
        "version code_digest record_digest statistics_digest seed budget observed runs explanations inclusion "
        "inclusion_without_plan without_recalled none_of_these statistics fits recovery agreement robust "
        "recalled_share"
    )
    assert set(named.split()) == set(written)
    assert written["observed"] == "record" and written["budget"] == "small"
    assert written["runs"]["total"] == 16 * 128 + 640 + 256 + 24 + 18 * 15 + 2 * 30
    assert written["recalled_share"] == pytest.approx(2 / 29)
    assert {(e["slug"], e["variant"]) for e in written["explanations"]} >= {
        (s, v) for s in SLUGS for v in ("strict", "charitable")
    }
    for entry in written["explanations"]:
        share = entry["survives"]
        assert 0 <= share["low"] <= share["mean"] <= share["high"] <= 1
        assert entry["log_evidence"] is None or entry["log_evidence"]["error"] >= 0


def test_inclusion_is_complete_and_ordered(weighed):
    inclusion = weighed[0].to_json()["inclusion"]
    assert tuple(inclusion) == QUESTIONS
    for slugs in inclusion.values():
        assert tuple(slugs) == SLUGS
        for cell in slugs.values():
            assert 0 <= cell["low"] <= cell["mean"] <= cell["high"] <= 1
            assert cell["mean"] == pytest.approx((cell["networks"] + cell["emulated"]) / 2, rel=1e-4)
            assert cell["prior"] == 0.3
            assert cell["told"] == (cell["auc"] >= 0.75)
    without = weighed[0].to_json()["inclusion_without_plan"]
    assert all("plan" not in slugs and len(slugs) == 7 for slugs in without.values())


def test_known_truth_is_favoured(weighed):
    """Mean inclusion of the mechanisms at work against those that are not."""
    inclusion = weighed[0].inclusion
    on = [inclusion[q][s]["mean"] for q in QUESTIONS for s in TRUTH[q]]
    off = [inclusion[q][s]["mean"] for q in QUESTIONS for s in SLUGS if s not in TRUTH[q]]
    assert np.mean(on) > 0.45 > 0.3 > np.mean(off)
    assert inclusion["where"]["reactions"]["emulated"] > 0.7


def test_resumes_from_bank_and_fits_with_the_same_answer(weighed):
    result, out, _ = weighed
    again_toy, told = toy(), []
    again = weigh(again_toy, table(), budget=SMALL, out=out, progress=lambda *a: told.append(a))
    assert again_toy.made == 0, "every run came from the bank"
    assert again.to_json() == result.to_json()
    short = ("history matching", "what is near")
    kept = [(done, total) for stage, done, total in told if not stage.startswith(short)]
    assert all(done == total for done, total in kept), "every run and fit came from the disk"


def copy_bank(out, to):
    """The same runs in another folder, without the fits."""
    shutil.copytree(out / "bank", to / "bank", ignore=shutil.ignore_patterns("fits"))


def test_workers_change_nothing(weighed, tmp_path):
    result, out, _ = weighed
    copy_bank(out, tmp_path)
    again = weigh(toy(), table(), budget=SMALL, out=tmp_path, workers=2)
    assert again.to_json() == result.to_json()


def test_another_table_another_answer_from_the_same_bank(weighed, tmp_path):
    result, out, _ = weighed
    copy_bank(out, tmp_path)
    other = {"elite": ("plan",), "mass": ("below",), "national": ("agencies",), "where": ("below",), "stop": ("threat",)}
    own = toy()
    again = weigh(own, own.past(other, seed=11), budget=SMALL, out=tmp_path, observed_name="sealed.json")
    assert again.observed == "sealed.json"
    own_prior = own.made - 1  # one run made the past
    assert own_prior < 0.6 * result.runs["total"], "runs from the prior were not made again"
    moved = [
        again.inclusion[q][s]["mean"] - result.inclusion[q][s]["mean"] for q in QUESTIONS for s in other[q]
    ]
    assert np.mean(moved) > 0.2


def test_draws_can_be_run_again(weighed):
    result, out, _ = weighed
    draws = read_draws(out)
    assert set(draws) == set(result.draws) == set(toy().kinds) - {"outside/foreign"}
    composite = draws["composite"]
    assert composite.u.shape == (15, 52) and len(set(composite.seeds.tolist())) == 15
    np.testing.assert_array_equal(composite.u, result.draws["composite"].u)
    assert toy().run("composite", composite.u, composite.seeds).shape == (15, 30)


def test_missing_draws_are_told(tmp_path):
    with pytest.raises(ValueError, match="thirtyseven weigh"):
        read_draws(tmp_path)


def test_predictive_intervals_and_tails(weighed):
    written = weighed[0].to_json()
    by_id = {s["id"]: s for s in written["statistics"]}
    assert by_id["mass-1"]["observed"] is None and by_id["mass-1"]["tail"] is None
    known = [s for s in written["statistics"] if s["observed"] is not None]
    assert all(s["q05"] < s["q50"] < s["q95"] and 0 < s["tail"] <= 1 for s in known)
    inside = np.mean([s["q05"] <= s["observed"] <= s["q95"] for s in known])
    assert inside == pytest.approx(written["fits"]["composite"]["covered"])
    scores = {k: f["score"]["mean"] for k, f in written["fits"].items()}
    singles = [v for k, v in scores.items() if "/" in k]
    assert scores["composite"] < np.median(singles), "a mixed past is not any one mechanism's"


def test_recovery_has_confusion_and_outside_rows(weighed):
    recovery = weighed[0].to_json()["recovery"]
    singles = recovery["explanations"]
    matrix = np.array(singles["mean"], dtype=float)
    np.testing.assert_allclose(matrix.sum(axis=1), 1, atol=1e-4)
    assert np.diag(np.array(singles["slug_mean"], dtype=float)).min() > 0.8
    assert sum(singles["outside"]["outside/foreign"]["mean"]) == pytest.approx(1, abs=1e-4)
    assert set(recovery["inclusion"]) == set(QUESTIONS)
    assert recovery["both"]["truths"] == 6


def test_none_of_these_sees_foreign_pasts(weighed):
    found = weighed[0].none_of_these
    assert set(found) == set(QUESTIONS)
    for cell in found.values():
        assert cell["flagged"] == (cell["p"] <= 0.05)
    assert not any(cell["flagged"] for cell in found.values()), "the past is one of the set"
    seen = [cell["outside"]["outside/foreign"] for cell in found.values()]
    assert np.mean(seen) > 0.5


def test_without_recalled_leaves_them_out(weighed):
    found = weighed[0].to_json()["without_recalled"]
    assert found["left_out"] == ["elite-0", "mass-4"]
    assert set(found["inclusion"]) == set(QUESTIONS)
    assert found["inclusion"] != weighed[0].to_json()["inclusion"]


def test_agreement_is_a_distance(weighed):
    agreement = weighed[0].to_json()["agreement"]
    assert 0 <= agreement["explanations"]["total_variation"] <= 1
    for q in QUESTIONS:
        assert 0 <= agreement["composite"][q]["mean"] <= agreement["composite"][q]["greatest"] <= 1


def test_progress_names_every_stage(weighed):
    stages = list(dict.fromkeys(stage for stage, _, _ in weighed[2]))
    assert stages[0] == "runs, wave 1 of 2" and len(stages) >= 8
    for stage in stages:
        told = [(done, total) for s, done, total in weighed[2] if s == stage]
        assert told[-1][0] == told[-1][1]


def test_no_emulated_likelihood_is_survived():
    """Kinds whose statistics are hardly ever defined keep their place in the result, with the reason."""
    assert Posterior("below/strict", None, (), (), "only 3 runs").log_evidence == -np.inf


def test_statistics_with_gaps_and_a_kind_without_likelihood(tmp_path):
    own = Composite(gaps=((12, 0.8),), outside=False)  # the first of "national" is mostly undefined below .8
    x = own.past(TRUTH)
    x[12] = np.nanmax([x[12], 1.0])
    budget = replace(SMALL, single=(64,), composite=(256,), without_plan=(128,))
    result = weigh(own, x, budget=budget, out=tmp_path).to_json()
    problems = [e for e in result["explanations"] if e["problem"]]
    assert problems and all(e["log_evidence"] is None and "runs" in e["problem"] for e in problems)
    assert any(f["statistics"][12]["defined"] < 1 for f in result["fits"].values())
    assert result["recovery"]["explanations"]["outside"] == {}


@pytest.mark.parametrize(
    ("x", "word"),
    [
        (np.zeros(3), "30 statistics"),
        (np.full(30, np.nan), "nothing to weigh"),
        (np.r_[np.inf, np.zeros(29)], "infinite"),
        (np.r_[np.zeros(6), np.full(3, np.nan), np.zeros(21)], "coarse"),
    ],
)
def test_bad_tables_are_refused_before_any_run(tmp_path, x, word):
    own = toy()
    with pytest.raises(WeighError, match=word):
        weigh(own, x, budget=SMALL, out=tmp_path / "out")
    assert own.made == 0 and not (tmp_path / "out").exists()


def test_unknown_budget_is_refused(tmp_path):
    with pytest.raises(WeighError, match="quick, standard, full"):
        weigh(toy(), table(), budget="enormous", out=tmp_path)


def test_unusable_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BankError, match="--out"):
        weigh(toy(), table(), budget=SMALL, out=tmp_path / "file")


@pytest.mark.parametrize(
    ("change", "word"), [({"phase": "army"}, "phase"), ({"sd": 0.0}, "positive"), ({"id": "elite-1"}, "same id")]
)
def test_simulators_that_break_the_contract_are_refused(tmp_path, change, word):
    own = toy()
    own.statistics = (replace(own.statistics[0], **change), *own.statistics[1:])
    with pytest.raises(WeighError, match=word):
        weigh(own, table(), budget=SMALL, out=tmp_path / "out")


def test_switch_that_is_not_a_coordinate_is_refused(tmp_path):
    own = toy()
    usual = own.included
    own.included = lambda kind, u: usual(kind, u) & (u[:, 0] < 0.5)[:, None, None]
    with pytest.raises(WeighError, match="switched"):
        weigh(own, table(), budget=SMALL, out=tmp_path / "out")


def test_mechanism_without_its_single_explanation_is_refused(tmp_path):
    own = toy()
    own.kinds = tuple(k for k in own.kinds if not k.startswith("below"))
    with pytest.raises(WeighError, match="8 mechanisms but 7 explanations"):
        weigh(own, table(), budget=SMALL, out=tmp_path / "out")
