"""`recover`: known truths through the instrument; pairs; the toy with a known answer."""

from types import SimpleNamespace

import numpy as np
import pytest
from inference_toys import Composite
from scipy.special import expit
from threadpoolctl import threadpool_limits

from thirtyseven.inference import QUESTIONS, Budget
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.recover_known import floors, honest_error, recover, reliability
from thirtyseven.inference.recover_pairs import _pair
from thirtyseven.inference.recover_toy import REGIONS, RIVALS, YEARS, Toy, ceiling, masked

TINY = Budget("tiny", (48,), (300,), (48,), outside=20, draws=2, candidates=4, members=2, epochs=12, particles=40, sweeps=2,
              repeats=1, truths=4)  # fmt: skip
ARCHIVE = SimpleNamespace(months=np.r_[np.zeros(66), np.full(6, np.nan)][None], raises=np.zeros((1, 57)), border=np.zeros(57))


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def recovered(tmp_path_factory):
    toy = Composite()
    toy.kinds = tuple(k for k in toy.kinds if not k.endswith(("strict", "without-plan")))
    table = toy.past({"elite": ("threat",), "mass": ("plan",)})
    folder = tmp_path_factory.mktemp("bank")
    arguments = {"budget": TINY, "folder": folder, "seed": 7, "strangers": 40, "toy": (120, 1)}
    found = recover(toy, table, ARCHIVE, **arguments)
    made = toy.made
    return found, recover(toy, table, ARCHIVE, **arguments), toy.made - made


def test_known_truths_are_found_and_strangers_noticed(recovered):
    found = recovered[0]
    assert found["singles"]["accuracy_slug"] > 0.8
    assert set(found["inclusion"]) == set(QUESTIONS)
    for entry in found["inclusion"].values():
        assert 0.5 < entry["networks"]["auc"] <= 1 and 0 <= entry["networks"]["ece"] < 0.2
        assert entry["both"]["truths"] == 4 and len(entry["networks"]["reliability"]) == 10
    foreign = found["strangers"]["by"]["foreign"]
    assert foreign["pasts"] == 40 and foreign["any"] > 0.5 and foreign["greatest"] <= 1


def test_what_was_made_is_kept(recovered):
    first, second, made = recovered
    assert made == 0 and repr(first) == repr(second)


def test_floors_say_what_was_wanted_and_found(recovered):
    rows = recovered[0]["floors"]
    assert {row["name"] for row in rows} == {"toy", "ece"}, "the toy's stranger has no question of its own"
    for row in rows:
        assert row["met"] == (row["found"] <= row["wanted"])
    by = {"a": {"foreign": ["where"], "flagged": {"where": 0.7}}, "b": {"foreign": ["where"], "flagged": {"where": 0.9}}}
    row = floors(recovered[0] | {"strangers": {"by": by}})[-1]
    assert (row["question"], row["found"], row["met"]) == ("where", 0.7, False), "the least noticed counts"


def test_reliability_of_honest_and_of_bragging_statements():
    rng = np.random.default_rng(1)
    p = rng.random(4000)
    on = rng.random(4000) < p
    rows = reliability(p, on)
    assert sum(row["n"] for row in rows) == 4000
    assert np.mean([row["low"] <= row["stated"] <= row["high"] for row in rows]) >= 0.7
    braggart = reliability(expit(4 * np.log(p / (1 - p))), on)
    assert braggart[-1]["stated"] > braggart[-1]["high"] and braggart[0]["stated"] < braggart[0]["low"]
    assert 0.005 < honest_error(p, 10, 1) < 0.03 < honest_error(p[:100], 10, 1)


def test_pairs_are_apart_or_need_better_copies_or_other_papers():
    rng = np.random.default_rng(2)
    toy = Composite(sd=0.8)
    work = SimpleNamespace(statistics=toy.statistics, seed=1, noisy=lambda x, r: x + 0.8 * r.standard_normal(x.shape))
    near = rng.standard_normal((200, 30)) * 0.2
    far, little, same = near.copy(), near.copy(), rng.standard_normal((200, 30)) * 0.2
    far[:, 3] += 5
    little[:, 3] += 0.7
    base = rng.standard_normal((200, 30)) * 0.2
    assert _pair(work, base, far, 0.9)["verdict"] == "apart"
    found = _pair(work, base, little, 0.9)
    assert found["verdict"] == "better copies" and found["differ"][0]["id"] == "elite-3" and found["flawless"] > found["auc"]
    assert _pair(work, base, same, 0.9)["verdict"] == "same paperwork"
    assert _pair(work, base[:10], same, 0.9)["auc"] is None


def test_mask_of_the_toy_has_the_records_share_of_gaps():
    toy = masked(ARCHIVE)
    assert toy.known[:YEARS].sum() == 11 and toy.known[YEARS:].sum() == round(REGIONS * 57 / 64)


def test_what_is_masked_has_no_say():
    rng = np.random.default_rng(3)
    toy, u = masked(ARCHIVE), rng.random((4, 6))
    counts = toy.counts("plan", u, rng)
    other = np.where(toy.known, counts, 10_000.0)
    for rival in RIVALS:
        np.testing.assert_array_equal(toy.log_likelihood(rival, u, counts[0]), toy.log_likelihood(rival, u, other[0]))
    np.testing.assert_array_equal(toy.statistics(counts), toy.statistics(other))


def test_rivals_are_weighed_nearly_as_the_exact_likelihood_does(tmp_path):
    toy = Toy(np.ones(YEARS + REGIONS, dtype=bool))
    found = ceiling(Fits(tmp_path, 1, None), toy, runs=300, sets=5, particles=80, epochs=40)
    assert found["mean"]["distance"] < 0.35 and found["known"] == 72
    assert found["mean"]["log_score"] > np.log(1 / len(RIVALS))
    assert found["gap"]["mean"] == pytest.approx(found["exact"]["accuracy"] - found["mean"]["accuracy"])
