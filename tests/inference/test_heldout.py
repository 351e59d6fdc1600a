"""Held-out history: scores equal their definitions, nothing that is left out weighs, naive rules are the record's."""

import numpy as np
import pytest
from scipy.stats import norm

from thirtyseven.inference.ensemble import Ensemble
from thirtyseven.inference.heldout import compared, place_query, places_left_out, sets_of, statistics_left_out
from thirtyseven.inference.known import known
from thirtyseven.inference.months import _MONTH, months_told
from thirtyseven.inference.naive import naive
from thirtyseven.inference.placed import day_of, places
from thirtyseven.inference.shards import Kept
from thirtyseven.publish.chapters import heldout as chapter
from thirtyseven.publish.pages import environment
from thirtyseven.record import load
from thirtyseven.society.setting import from_record
from thirtyseven.summaries import STATISTICS, compute
from thirtyseven.summaries import from_record as archive_of


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def observed(record):
    return compute(archive_of(record, from_record(record)))[0]


def runs(observed, spread, seed=1, n=400):
    """Prior runs about the record, `spread` archive errors apart, all statistics moved together by one factor."""
    rng = np.random.default_rng(seed)
    sd = np.array([s.sd for s in STATISTICS])
    filled = np.where(np.isfinite(observed), observed, 0.0)
    x = filled + spread * sd * (0.9 * rng.standard_normal((n, 1)) + 0.45 * rng.standard_normal((n, len(sd))))
    return {"composite": Kept(rng.random((n, 2)), x, np.ones(n, bool))}


def test_what_hangs_together_is_foretold_better_than_by_the_prior(observed, record):
    found = statistics_left_out(runs(observed, 6.0), observed, record)
    assert len(found) >= 8
    for entry in found:
        assert entry["over_prior"]["mean"] > 0, entry["left_out"]
    year = next(e for e in found if e["left_out"] == "the year 1938")
    assert year["over_naive"]["n"] >= 3


def test_nothing_left_out_has_a_say(observed, record):
    """Moving a left-out statistic moves its own score, not the weights of the runs."""
    base = statistics_left_out(runs(observed, 3.0), observed, record)
    other = observed.copy()
    at = [i for i, s in enumerate(STATISTICS) if s.phase == "stop"]
    other[at] += 50.0
    moved = statistics_left_out(runs(observed, 3.0), other, record)
    pick = lambda found: next(e for e in found if e["left_out"] == "the stop")  # noqa: E731
    assert pick(base)["worth"] == pytest.approx(pick(moved)["worth"])
    assert pick(moved)["model"] < pick(base)["model"] - 5


def test_scores_are_log_densities(observed, record):
    one = runs(observed, 0.0, n=60)
    for entry in statistics_left_out(one, observed, record):
        for row in entry["rows"]:
            sd = next(s.sd for s in STATISTICS if s.id == row["id"])
            assert row["model"] == pytest.approx(norm.logpdf(0, 0, sd), abs=1e-6)
            assert row["place"] == pytest.approx(0.5)


def test_comparisons_have_their_errors():
    rows = [{"model": m, "naive": 0.0, "prior": 0.0, "place": p} for m, p in ((1.0, 0.5), (2.0, 0.01), (3.0, 0.3), (2.0, 0.9))]
    found = compared(rows)
    assert found["over_naive"] == {"mean": 2.0, "error": pytest.approx(np.std([1, 2, 3, 2], ddof=1) / 2), "n": 4}
    assert found["covered50"] == 0.5 and found["covered90"] == 0.75


def test_naive_rules_are_the_records(observed, record):
    rules = naive(record, observed)
    rows = {str(r["year"]): r for r in record.series["annual-repression"].rows}
    assert rules["arrests_1938"][0] == pytest.approx(np.log(rows["1937"]["arrested_by_organs"] + 500))
    assert rules["half_1937"][0] == 0.0
    assert all(spread > 0 for _, spread in rules.values())


def test_sets_leave_something_to_weigh_by(observed):
    ids = [s.id for s in STATISTICS]
    found = sets_of(ids, observed)
    assert {"the year 1938", "the stop"} < set(found)
    for at in found.values():
        assert 0 < len(at) < len(ids) - 4
    stop = {ids[i] for i in found["the stop"]}
    assert "stop" in stop and "deaths_1937" not in stop
    assert not any("1937" in ids[i] for i in found["the year 1938"])


def test_months_are_scored_as_shares_of_their_year(record):
    facts = known(record, from_record(record))
    weeks = np.zeros((1, 313, 12, 3), np.float32)
    weeks[0, :, 0, 0] = (facts.months / np.bincount(_MONTH, minlength=72))[_MONTH]  # a run that has the recorded months
    rng = np.random.default_rng(1)
    near = weeks * np.exp(0.1 * rng.standard_normal((50, 313, 1, 1)))
    told = months_told(Ensemble(np.arange(50), near.astype(np.float32), None, None, {}, 50.0), facts)
    arrests = [row for row in told if row["id"].startswith("arrests")]
    assert len(arrests) == 24 and arrests[0]["id"] == "arrests 1937-01"
    assert np.isclose(sum(row["observed"] for row in arrests[:12]), 1.0)
    assert np.mean([row["model"] - row["naive"] for row in arrests]) > 0.5
    assert all(0.02 < row["place"] < 0.98 for row in arrests)
    assert sum(row["id"].startswith("names on lists") for row in told) == 19


def test_places_ask_for_what_the_record_has(record):
    for place in places(record):
        if place.first < day_of(place_query(place).first.replace(year=1937, month=1, day=1)):
            continue
        asked = place_query(place)
        assert day_of(asked.first) == place.first and day_of(asked.last) == place.last
        assert asked.quantity == place.quantity


def test_places_are_scored_without_themselves(record, monkeypatch):
    class Of:
        """Samples that know the truth within a tenth, whatever is asked."""

        known = type("Facts", (), {"places": tuple(p for p in places(record) if p.first >= 1096)})

    setting = from_record(record)
    of = Of()
    names = [*(place_query(p).place for p in of.known.places), "ussr"]
    of.wheres = [type("Where", (), {"name": name}) for name in names]
    rng = np.random.default_rng(2)

    def sampled(_, query, place):
        values = [p.value for p in of.known.places if place_query(p) == query]
        return (values[0] if values else 500_000.0) * np.exp(0.1 * rng.standard_normal((300, 1)))

    monkeypatch.setattr("thirtyseven.inference.heldout.sampled", sampled)
    found = places_left_out(of, type("I", (), {"setting": setting}))
    assert found["over_naive"]["mean"] > 1 and found["covered90"] == 1.0
    content = {"statistics": [{"left_out": "the stop"} | {k: v for k, v in found.items() if k != "rows"}], "raises": found,
               "months": found, "places": found}  # fmt: skip
    context = chapter.view(content)
    page = environment().get_template("chapters/heldout.html").render(**context)
    assert "butovo, executions" in page
