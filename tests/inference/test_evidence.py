"""Expected information gain: the closed form where there is one, nothing where there is nothing, and the whole command."""

import json

import numpy as np
import pytest

from thirtyseven.inference import archives, reading_room
from thirtyseven.inference.evidence import PAIRS, _pairs
from thirtyseven.inference.gain import Known, bootstrap, by_point, closed_form, first_reader, losses, told
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.papers import case_sizes, gradient, likeness, onset, papers_of, sampled, share_of
from thirtyseven.inference.truths import tempered
from thirtyseven.publish.chapters import evidence as chapter
from thirtyseven.publish.pages import environment
from thirtyseven.record import load

SWITCHES = 6


def gaussian(a, b, rho, seed, points=700, again=2):
    """Fair switches with a normal record and a normal series each, shifted by a and b, errors correlated by rho."""
    rng = np.random.default_rng(seed)
    point = np.repeat(np.arange(points), again)
    truth = (rng.random((points, SWITCHES)) < 0.5)[point]
    error = rng.standard_normal((len(point), SWITCHES, 2))
    sign = truth - 0.5
    x = a * sign + error[:, :, 0]
    y = b * sign + rho * error[:, :, 0] + np.sqrt(1 - rho**2) * error[:, :, 1]
    fold = (rng.permutation(points) % 5)[point]
    known = Known(truth, x, a * x, point, fold, np.ones(len(point)), False)
    shift, covariance = np.array([a, b]), np.array([[1, rho], [rho, 1]])
    both = np.sqrt(shift @ np.linalg.solve(covariance, shift))
    return known, y, closed_form(both) - closed_form(a), rng


def gain_of(known, series, rng):
    groups = np.zeros(known.truth.shape[1], int)
    first = first_reader(known, groups)
    rows, _ = told(known, first, series, groups)
    mean, drawn = bootstrap(*by_point(known, rows), rng)
    return mean.sum(), drawn.sum(axis=1).std()


def test_closed_form_at_its_ends():
    assert closed_form(0.0) == pytest.approx(0.0, abs=1e-9)
    assert closed_form(12.0) == pytest.approx(1.0, abs=1e-6)
    # d = 1: 1 - E[log2(1 + exp(-L))], L normal with mean 1/2 and variance 1, by simulation
    odds = 0.5 + np.random.default_rng(0).standard_normal(400_000)
    assert closed_form(1.0) == pytest.approx(1 - np.logaddexp(0, -odds).mean() / np.log(2), abs=2e-3)


@pytest.mark.parametrize(("a", "b", "rho"), [(1.0, 1.0, 0.6), (1.0, 1.5, 0.0), (0.5, 0.8, -0.3)])
def test_gain_of_a_gaussian_series_is_the_closed_form(a, b, rho):
    known, y, exact, rng = gaussian(a, b, rho, 3)
    found, error = gain_of(known, y, rng)
    assert found == pytest.approx(SWITCHES * exact, abs=3 * error + 0.02)
    assert found > 3 * error, "and it is far from nothing"


def test_series_of_pure_chance_is_worth_nothing():
    known, _, _, rng = gaussian(1.0, 1.0, 0.0, 5)
    found = [gain_of(known, rng.standard_normal((len(known.truth), 10)), rng)[0] for _ in range(4)]
    assert abs(np.mean(found)) < 0.02 and max(found) < 0.06


def test_series_that_repeats_the_record_is_worth_nothing():
    known, _, _, rng = gaussian(1.0, 1.0, 0.0, 6)
    found, error = gain_of(known, known.record @ rng.standard_normal((SWITCHES, 4)), rng)
    assert abs(found) < 3 * error + 0.02


def test_gain_among_classes():
    """Four equally likely classes, the record silent, the series tells one pair of two from the other: one bit."""
    rng = np.random.default_rng(8)
    n = 900
    label = rng.integers(4, size=n)
    truth = np.eye(4, dtype=bool)[label]
    x = rng.standard_normal((n, 5))
    known = Known(truth, x, np.zeros((n, 4)), np.arange(n), np.arange(n) % 5, np.ones(n), True)
    groups = np.zeros(4, int)
    first = first_reader(known, groups)
    assert losses(known, first).mean() == pytest.approx(2.0, abs=0.03)
    series = np.where(label < 2, 3.0, -3.0)[:, None] + rng.standard_normal((n, 1))
    rows, after = told(known, first, series, groups)
    assert rows.mean() == pytest.approx(1.0, abs=0.08)
    right = losses(known, after).mean()
    assert right == pytest.approx(1.0, abs=0.08), "one bit is left: which of the two"


def test_pairs_are_asked_of_their_own_pasts():
    rng = np.random.default_rng(9)
    slugs = tuple(dict.fromkeys(s for pair in PAIRS for s in pair))
    n, k = 800, len(slugs)
    label = rng.integers(k, size=n)
    truth = np.eye(k, dtype=bool)[label]
    known = Known(truth, np.zeros((n, 1)), np.zeros((n, k)), np.arange(n), np.arange(n) % 5, np.ones(n), True)
    after = np.zeros((n, k))
    after[:, slugs.index("plan")] = np.where(label == slugs.index("plan"), 6.0, -6.0)
    found = {tuple(p["pair"]): p["bits"] for p in _pairs(known, np.zeros((n, k)), after, slugs, rng)}
    assert found["plan", "suspicion"] == pytest.approx(1.0, abs=0.02)
    assert found["reactions", "agencies"] == pytest.approx(0.0, abs=1e-9)


def test_weights_keep_the_share_asked():
    distance = np.random.default_rng(1).gamma(30, 8, 2000)
    w = tempered(distance, 1 / 3)
    assert w.sum() ** 2 / (w**2).sum() / len(w) == pytest.approx(1 / 3, abs=0.01)
    assert (np.diff(w[np.argsort(distance)]) <= 0).all()
    assert tempered(np.full(50, 7.0), 1 / 3) == pytest.approx(1.0)


def test_what_is_read_off_tables():
    rng = np.random.default_rng(2)
    covariates = rng.standard_normal((60, 2))
    found = gradient(np.stack([covariates[:, 0], -covariates[:, 1]]), covariates)
    assert found[0, 0] == pytest.approx(1) and found[1, 1] == pytest.approx(-1)
    assert likeness(covariates[None, :, 0], 3 * covariates[None, :, 0] + 1)[0, 0] == pytest.approx(1)
    monthly = np.zeros((1, 24, 2))
    monthly[0, 5:15, 0] = 1
    assert onset(monthly).tolist() == [[7.0, 24.0]]
    assert share_of(np.array([50.0]), np.array([100.0]))[0] == pytest.approx(0)
    many = sampled(np.full(4000, 0.3), 600, rng)
    assert many.mean() == pytest.approx(np.log(0.3 / 0.7), abs=0.01)
    assert many.std() == pytest.approx(1 / np.sqrt(600 * 0.3 * 0.7), rel=0.1)


def test_case_sizes_follow_borel():
    """With r names acted on per person the mean case has 1 / (1 - r) people, and exp(-r) of the cases have one."""
    size = case_sizes(np.array([0.0, 0.3, 0.5]), 20_000, np.random.default_rng(4))
    assert size[0].max() == 1
    assert size[1:].mean(axis=1) == pytest.approx([1 / 0.7, 2.0], rel=0.03)
    assert (size[2] == 1).mean() == pytest.approx(np.exp(-0.5), abs=0.012)


def test_catalogue_can_be_acted_on():
    ids = [s.id for s in archives.SERIES]
    assert len(set(ids)) == len(ids) and set(ids) == set(archives.TITLES)
    assert {s.group for s in archives.SERIES} - {""} == set("abcdefgh")
    assert sum(not s.group for s in archives.SERIES) >= 10
    for s in archives.SERIES:
        assert s.count.endswith(".") and len(s.count.split()) >= 6 and s.papers and s.sample, s.id
        assert s.of is getattr(reading_room, s.of.__name__)


def test_every_series_is_read_off_a_run_and_does_not_depend_on_its_batch():
    institutions = Institutions.from_record(load())
    kind = "agencies/charitable"
    u = np.random.default_rng(3).uniform(0.2, 0.8, (3, len(institutions.names(kind))))
    seeds = np.arange(5, 8, dtype=np.uint64)
    p, alone = (papers_of(institutions, kind, u[:n], seeds[:n]) for n in (3, 1))
    for s in archives.SERIES:
        found = s.of(p, np.random.default_rng(1))
        assert found.shape[0] == 3 and found.ndim == 2 and np.isfinite(found).all(), s.id
    assert (p.half.weekly[:, :200] == p.end.weekly[:, :200]).all() and not p.half.weekly[:, 208:].any()
    np.testing.assert_array_equal(alone.months[0], p.months[0])


def a_result():
    """A made-up content with every branch: told and silent series, a stand-in, a pair."""
    value = lambda bits, error: {"bits": bits, "error": error, "low": bits - 2 * error, "high": bits + 2 * error}  # noqa: E731
    rows = []
    for i, s in enumerate(archives.SERIES):
        bits = 1.5 / (i + 1)
        rows.append({
            "id": s.id, "title": s.title, "group": s.group,
            "count": s.count, "papers": s.papers, "sample": s.sample, "stands_for": s.stands_for,
            "sentence": s.count, "total": value(bits, 0.05), "told": bits > 0.3,
            "questions": {"elite": value(bits, 0.05), "where": value(0.0, 0.0)}, "explanation": value(0.01, 0.02), "pairs": [],
            "switches": [{"question": "elite", "slug": "agencies", **value(bits, 0.05)}] * 2,
        })  # fmt: skip
    return {
        "mechanisms": {"runs": 800, "points": 400, "effective": 267.0, "distance": 2.5, "open": 35.0, "shares": 35.4,
                       "switches": 38, "questions": {}},
        "explanation": {"runs": 320, "points": 320, "effective": 80.0, "distance": 2.0, "open": 0.4, "shares": 2.9},
        "series": rows, "chance": {"controls": 8, "mean": 0.01, "most": 0.05, "explanation_mean": 0.0, "explanation_most": 0.01},
        "then": [{"id": rows[0]["id"], **value(1.5, 0.1)}, {"id": rows[1]["id"], **value(0.6, 0.1)}],
    }  # fmt: skip


def test_chapter_says_what_the_numbers_say():
    content = json.loads(json.dumps(a_result()))
    shown = chapter.view(content)
    text = " ".join(shown["lines"])
    assert f"“{content['series'][0]['title']}”" in text and "1.50 bits" in text
    assert f"“{content['series'][-1]['title']}”" in text.partition("Not told apart")[2]
    assert "no series clearly adds" in shown["single"]
    assert len(shown["figure"].tables[0].rows) == len(archives.SERIES)
    page = environment().get_template("chapters/evidence.html").render(**shown)
    assert "For an archivist" in page and content["series"][0]["count"] in page and "undefined" not in page.lower()
    for row in content["series"]:
        row["told"] = False
    assert "No series stands clear of chance" in " ".join(chapter.lines(content))
