"""Strangers are strange where they say so, and nowhere else."""

import numpy as np
import pytest

from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.outside import BASE, FOREIGN, OUTSIDERS, coordinates, outside_digest
from thirtyseven.inference.simulator import QUESTIONS
from thirtyseven.record import load
from thirtyseven.scenario import Design
from thirtyseven.summaries import STATISTICS

PHASES = np.array([s.phase for s in STATISTICS])
RUNS = 6


@pytest.fixture(scope="module")
def institutions():
    return Institutions.from_record(load())


@pytest.fixture(scope="module")
def pasts(institutions):
    """Statistics (runs, S) by name, all on one base past a row, and those of the base."""
    rng = np.random.default_rng(4)
    base, own, seeds = rng.random((RUNS, len(Design(BASE).names))), rng.random((RUNS, 5)), np.arange(1, RUNS + 1, dtype=np.uint64)
    found = {"base": institutions.run(BASE, base, seeds)}
    for name, numbers in OUTSIDERS.items():
        u = own[:, : len(numbers)]
        u = np.hstack([base, u]) if len(coordinates(name)) > len(numbers) else u
        found[name] = institutions.run(f"outside/{name}", u, seeds)
    return found


@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_stranger_leaves_a_full_table(pasts, name):
    assert pasts[name].shape == (RUNS, len(STATISTICS)) and np.isfinite(pasts[name]).all()
    assert set(FOREIGN[name]) <= set(QUESTIONS)
    assert len(np.unique(pasts[name].round(6), axis=0)) == RUNS


def test_every_question_has_a_stranger():
    assert {q for own in FOREIGN.values() for q in own} == set(QUESTIONS)


def same(pasts, name, phase):
    return np.isclose(pasts[name], pasts["base"])[:, phase == PHASES].all()


def test_interior_changes_the_places_and_nothing_else(pasts):
    assert all(same(pasts, "interior", q) for q in QUESTIONS if q != "where")
    exile = [s.id for s in STATISTICS].index("raises_exile")
    assert (pasts["interior"][:, exile] < -0.2).all(), "the raises avoid the places of exile"
    share = pasts["interior"][:, [s.id for s in STATISTICS].index("raised_share")]
    assert (share > 0.1).all() and (share < 0.9).all()


def test_lines_by_lot_leave_places_and_elite_alone(pasts):
    assert same(pasts, "lines-by-lot", "where") and same(pasts, "lines-by-lot", "elite")
    ids = [s.id for s in STATISTICS]
    gap = pasts["lines-by-lot"][:, ids.index("line_sentences")] - pasts["lines-by-lot"][:, ids.index("line_arrests")]
    assert gap.max() - gap.min() > 0.3, "sentences do not follow arrests"


def test_calendar_ends_whatever_is_decreed(institutions):
    rng = np.random.default_rng(5)
    base, seeds = rng.random((4, len(Design(BASE).names))), np.arange(4, dtype=np.uint64)
    ids = [s.id for s in STATISTICS]
    late = institutions.run("outside/calendar", np.hstack([base, np.full((4, 1), 0.5), np.full((4, 1), 0.999)]), seeds)
    early = institutions.run("outside/calendar", np.hstack([base, np.full((4, 1), 0.5), np.full((4, 1), 0.001)]), seeds)
    assert (late[:, ids.index("stop")] == early[:, ids.index("stop")]).all()
    assert (late[:, ids.index("deaths_1939")] > early[:, ids.index("deaths_1939")] + 1).all()
    assert (np.abs(late[:, ids.index("abruptness")]) < 1.2).all(), "the killing goes on over the decree"
    np.testing.assert_array_equal(early[:, PHASES == "where"], late[:, PHASES == "where"])


def test_strangers_are_the_same_alone_and_in_a_batch(institutions):
    rng = np.random.default_rng(6)
    for name in OUTSIDERS:
        u, seeds = rng.random((3, len(coordinates(name)))), np.arange(3, dtype=np.uint64)
        whole = institutions.run(f"outside/{name}", u, seeds)
        np.testing.assert_allclose(institutions.run(f"outside/{name}", u[1:2], seeds[1:2]), whole[1:2], rtol=1e-12, atol=1e-12)


def test_a_bank_does_not_keep_pasts_of_other_strangers(institutions, monkeypatch):
    before = institutions.digest
    monkeypatch.setattr("thirtyseven.inference.institutions.outside_digest", lambda: "0" * 16)
    assert institutions.digest != before and len(outside_digest()) == 16
