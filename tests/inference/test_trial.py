"""The sealed trial: drawn, sealed, weighed, opened, judged, scored."""

import hashlib
import json
from types import SimpleNamespace

import numpy as np
import pytest
from inference_toys import SLUGS, Composite
from threadpoolctl import threadpool_limits

from thirtyseven.cli.app import main
from thirtyseven.inference import QUESTIONS, Budget, WeighError
from thirtyseven.inference.trial import judge, read_mechanisms, score, seal, weigh_sealed

NO_GAPS = np.zeros(30, dtype=bool)
CHOSEN = {"elite": ("threat", "reactions"), "mass": ("agencies",), "stop": ("below",)}


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def test_a_seal_can_be_checked_and_gives_the_same_past_again():
    one, again, other = (seal(Composite(), seed, NO_GAPS) for seed in (3, 3, 4))
    assert hashlib.sha256(one.content.encode()).hexdigest() == one.commitment == again.commitment != other.commitment
    np.testing.assert_array_equal(one.table, again.table)
    content = json.loads(one.content)
    x = Composite().run("composite", np.array([content["point"]]), np.array([content["seed"]], dtype=np.uint64))[0]
    assert np.abs(one.table - x).max() < 5 * 0.15, "the table is that past with the archive's error"
    assert (np.abs(one.table - x) > 1e-3).mean() > 0.9
    assert set(one.opened()) == set(QUESTIONS)


def test_mechanisms_are_drawn_as_often_as_the_prior_says():
    on = [len(own) for seed in range(60) for own in seal(Composite(), seed, NO_GAPS).opened().values()]
    share, n = np.mean(on) / len(SLUGS), 60 * 40
    assert abs(share - 0.3) < 4 * np.sqrt(0.3 * 0.7 / n)


def test_chosen_mechanisms_and_gaps():
    gaps = NO_GAPS.copy()
    gaps[[2, 9]] = True
    found = seal(Composite(), 5, gaps, CHOSEN)
    assert {q: tuple(own) for q, own in found.opened().items() if own} == CHOSEN and not found.drawn
    assert np.isnan(found.table[[2, 9]]).all() and np.isfinite(found.table[~gaps]).all()


def test_words_for_mechanisms():
    assert read_mechanisms(["elite=threat+plan", "stop=below"], SLUGS) == {"elite": ("threat", "plan"), "stop": ("below",)}
    assert read_mechanisms(["threat", "mass=plan"], SLUGS) == {"elite": ("threat",), "mass": ("threat", "plan")}
    for word, says in (("weather=plan", "question 'weather'"), ("elite=rain", "explanation 'rain'"), ("elite=", "explanation")):
        with pytest.raises(WeighError, match=says):
            read_mechanisms([word], SLUGS)


def test_a_past_that_never_begins_is_refused():
    toy = Composite()
    toy.statistics = (SimpleNamespace(**{**vars(toy.statistics[0]), "id": "launch"}), *toy.statistics[1:])
    usual = toy.run
    toy.run = lambda kind, u, seeds: np.where(np.arange(30) == 0, 313.0, usual(kind, u, seeds))
    with pytest.raises(WeighError, match="no mass operation begins"):
        seal(toy, 1, NO_GAPS)


def cell(mean, low, high, told=True):
    return {"mean": mean, "low": low, "high": high, "told": told, "prior": 0.35}


def test_what_was_told_is_judged_by_what_was_sealed():
    inclusion = {"elite": {"plan": cell(0.9, 0.7, 0.95), "threat": cell(0.9, 0.7, 0.95), "below": cell(0.1, 0.0, 0.2),
                           "agencies": cell(0.1, 0.0, 0.2, told=False), "reactions": cell(0.4, 0.2, 0.6)}}  # fmt: skip
    sealed = SimpleNamespace(opened=lambda: {"elite": ["plan"]})
    weighing = SimpleNamespace(inclusion=inclusion, none_of_these={"elite": {"flagged": True}, "mass": {"flagged": None}})
    found = judge(weighing, sealed)
    assert (found["told_right"], found["told_wrong"], found["silent"]) == (2, 1, 2)
    assert found["flagged"] == ["elite"] and found["asked"] == 1
    assert found["log_score"] == pytest.approx(np.mean(np.log([0.9, 0.1, 0.9, 0.9, 0.6])))
    assert found["prior_score"] == pytest.approx(np.mean(np.log([0.35, 0.65, 0.65, 0.65, 0.65])))


def test_score_counts_all_but_scores_drawn_pasts_alone():
    table = {"elite": {str(k): {"mean": 0.3, "told": False, "on": k % 3 == 0} for k in range(60)}}
    one = {"drawn": True, "log_score": -0.5, "prior_score": -0.6, "told_right": 3, "told_wrong": 1, "silent": 36, "flagged": [],
           "asked": 5, "inclusion": table}  # fmt: skip
    found = score([one, one | {"log_score": -0.55}, one | {"drawn": False, "log_score": -9.0, "flagged": ["stop"]}])
    assert (found["trials"], found["drawn"], found["told_right"], found["false_flags"], found["asked"]) == (3, 2, 9, 1, 15)
    assert found["gain"] == pytest.approx(0.075) and found["gain_error"] == pytest.approx(0.025)
    assert len(found["reliability"]) == 5 and sum(b["n"] for b in found["reliability"]) == 120
    assert score([])["gain"] is None


def test_a_sealed_past_goes_the_same_way_as_the_record(tmp_path, monkeypatch):
    """It is handed to what weighs the record, with the folder's bank and nothing but its table."""
    handed = {}
    monkeypatch.setattr("thirtyseven.inference.trial._weigh", lambda work, name: handed.update(work=work, name=name))
    toy, budget = Composite(), Budget("tiny", (32,), (64,), (32,))
    sealed = seal(toy, 6, NO_GAPS, {"where": ("threat",)})
    weigh_sealed(toy, sealed, budget=budget, folder=tmp_path, seed=7, workers=2)
    work = handed["work"]
    assert handed["name"] == "sealed past 6" and (work.seed, work.workers, work.budget) == (7, 2, budget)
    assert work.bank.folder == tmp_path / "bank" and work.fits.folder.parent == work.bank.shards
    np.testing.assert_array_equal(work.observed, sealed.table)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["trial", "--mechanisms", "elite=rain"], "explanation 'rain'"),
        (["trial", "--mechanisms", "weather=plan"], "question 'weather'"),
        (["trial", "--budget", "huge"], "quick, standard, full"),
        (["trial", "--times", "0"], "times"),
        (["recover", "--budget", "huge"], "quick, standard, full"),
        (["recover"], "thirtyseven weigh"),
        (["recover", "--truths", "1"], "truths"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path, monkeypatch, capsys, words, says):
    monkeypatch.setattr("sys.argv", ["thirtyseven", *words, "--bank", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    assert end.value.code == 2 and told.out == "" and says in told.err and len(told.err.strip().splitlines()) == 1


def test_a_file_of_trials_that_is_not_ours_is_refused(tmp_path, monkeypatch, capsys):
    (tmp_path / "trials.json").write_text('{"trials": [{"seed": 1}]}')
    monkeypatch.setattr("sys.argv", ["thirtyseven", "trial", "--bank", str(tmp_path)])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2 and "trials.json" in capsys.readouterr().err
    assert (tmp_path / "trials.json").read_text() == '{"trials": [{"seed": 1}]}'
