"""Sensitivity: the reweighing is right where the truth is known, and every change says what it leaves out."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.sensitivity import (
    LINEAGES,
    _Bank,
    _bank,
    _moves,
    at_origin,
    cautious,
    generous,
    inclusion,
    ranking,
    variants,
)
from thirtyseven.inference.shards import Kept
from thirtyseven.publish.chapters import sensitivity as chapter
from thirtyseven.publish.pages import environment
from thirtyseven.record import load
from thirtyseven.summaries import STATISTICS


def test_the_regression_is_the_known_one():
    rng = np.random.default_rng(4)
    x = rng.standard_normal((600, 5))
    labels = rng.random(600) < expit(x @ np.array([1.0, -1, 0.5, 0, 0]) - 0.7)
    weights = rng.gamma(2, 0.5, 600)
    theirs = LogisticRegression(C=0.1, tol=1e-8, max_iter=2000).fit(x, labels, sample_weight=weights)
    assert at_origin(x, labels, weights) == pytest.approx(theirs.predict_proba(np.zeros((1, 5)))[0, 1], abs=2e-3)
    assert at_origin(x, np.ones(600, bool), weights) == 1.0


@pytest.mark.parametrize("prior", [cautious, generous])
def test_other_priors_are_densities(prior):
    """The ratio averages to a constant whatever the number of mechanisms: importance weights of a density."""
    rng = np.random.default_rng(1)
    u = rng.random((40_000, 12))
    weights = np.arange(4, 12)
    ratio = np.exp(prior(u, weights, 0.35))
    on = (u[:, weights] < 0.35).sum(axis=1)
    wanted = 0.28 if prior is cautious else 0.42
    assert np.average(on / 8, weights=ratio) == pytest.approx(wanted, abs=0.01)
    spread = np.average((u[:, 0] - 0.5) ** 2, weights=ratio)
    assert (spread < 1 / 12) == (prior is cautious)


def planted(runs=3000, seed=2):
    """A bank in which switch 0 moves statistic 0 by two and switch 1 moves nothing."""
    rng = np.random.default_rng(seed)
    on = rng.random((runs, 2)) < 0.35
    x = rng.standard_normal((runs, 3))
    x[:, 0] += 2.0 * on[:, 0]
    return _Bank(Kept(rng.random((runs, 2)), x, np.ones(runs, bool)), on, np.array([0, 1]), np.array([0, 1]))


def test_a_planted_switch_is_found_and_lost_with_its_evidence():
    bank, sd, seen = planted(), np.full(3, 0.3), np.array([2.5, 0.0, 0.0])
    p, worth = inclusion(bank, np.ones(3, bool), seen, sd, None, 1)
    density = lambda m: np.exp(-0.5 * (2.5 - m) ** 2 / (1 + 0.09))  # noqa: E731
    truth = 0.35 * density(2.0) / (0.35 * density(2.0) + 0.65 * density(0.0))
    assert p[0] == pytest.approx(truth, abs=0.08) and abs(p[1] - 0.35) < 0.08
    assert worth >= 150
    without, _ = inclusion(bank, np.array([False, True, True]), seen, sd, None, 1)
    assert abs(without[0] - 0.35) < 0.08


def test_the_nearer_explanation_ranks_first():
    rng = np.random.default_rng(0)
    near, far = (Kept(np.zeros((50, 1)), m + 0.1 * rng.standard_normal((50, 4)), np.ones(50, bool)) for m in (0.0, 2.0))
    order = ranking({"plan/strict": far, "below/strict": near, "composite": far}, np.ones(4, bool), np.zeros(4), np.ones(4))
    assert list(order) == ["plan", "below"] and order["below"] > order["plan"]


def test_every_change_leaves_something_out_or_believes_otherwise():
    observed = np.zeros(len(STATISTICS))
    asked = variants(observed, True)
    assert asked[0].group == "base" and asked[0].keep.all()
    for v in asked[1:]:
        assert v.prior is not None or v.given or v.kind != "composite" or not v.keep.all(), v.name
    assert {v.group for v in asked} == {"base", "prior", "evidence", "lineage", "recall", "choice", "phase", "given", "schedule"}
    assert len({v.name for v in asked}) == len(asked)


def test_lineages_are_the_records():
    record, ids = load(), [s.id for s in STATISTICS]
    named = [name for names in LINEAGES.values() for name in names]
    assert set(named) <= set(ids) and len(named) == len(set(named))
    for root in LINEAGES:
        assert root in record.sources
        assert not getattr(record.sources[root], "lineage", ""), f"{root} copies another source"


def test_switches_are_found_by_name():
    institutions = Institutions.from_record(load())
    names = institutions.names("composite")
    u = np.random.default_rng(3).random((20, len(names)))
    bank = _bank(institutions, "composite", Kept(u, np.zeros((20, 1)), np.ones(20, bool)))
    assert (bank.on == (u[:, bank.weights] < institutions.prior_inclusion)).all()
    assert len(bank.heads) == len(set(bank.heads.tolist())) > 30


def test_the_chapter_names_what_stays():
    inclusion_table = {"elite": {"plan": 0.6, "agencies": 0.3}}
    base = {"name": "as weighed", "group": "base", "statistics": 40, "worth": 250.0, "inclusion": inclusion_table, "moved": 0.0,
            "furthest": {"question": "elite", "slug": "plan", "from": 0.6, "to": 0.6, "by": 0.0}, "first": {"elite": "plan"},
            "other_first": [], "ranking": ["plan", "agencies"]}  # fmt: skip
    change = base | {"name": "without lists", "group": "evidence", "moved": 0.1, "ranking": ["agencies", "plan"]}
    context = chapter.view({"variants": [base, change], "noise_mean": 0.04, "prior_inclusion": 0.35})
    assert "“elite”" in context["figure"].finding
    assert "without lists" in environment().get_template("chapters/sensitivity.html").render(**context)


def test_another_first_counts_beyond_chance_and_where_the_change_speaks():
    base = {"inclusion": {"elite": {"plan": 0.6, "agencies": 0.3}, "mass": {"plan": 0.5, "agencies": 0.45}}}
    moved = {"inclusion": {"elite": {"plan": 0.2, "agencies": 0.7}, "mass": {"plan": 0.45, "agencies": 0.5}}}
    found = _moves(moved, base, ["elite", "mass"], 0.1)
    assert found["other_first"] == ["elite"]  # mass: another first, but by no more than chance
    assert found["furthest"] == {"question": "elite", "slug": "plan", "from": 0.6, "to": 0.2, "by": pytest.approx(0.4)}
    assert _moves(moved, base, ["mass"], 0.1)["other_first"] == []
    assert _moves(base, base, ["elite", "mass"], 0.0)["moved"] == 0.0
