"""None of these: as many of the set's own pasts are flagged as is said, and strangers are."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from thirtyseven.inference.judge import Judged, strangest
from thirtyseven.inference.misfit import LOOKS, strangeness, tail

SD = np.full(4, 0.2)
ENDS = np.array([[-np.inf] * 4, [np.inf] * 4])
GROUPS = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool)


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def runs(n, rng, shift=(0, 0, 0, 0)):
    """Two free numbers; the second question repeats the first's: a + b and a - b."""
    a, b = 4 * rng.random((2, n))
    mean = np.column_stack([a, b, a + b, a - b]) + np.array(shift)
    return mean + 0.2 * rng.standard_normal(mean.shape)


def flagged(pool, own, other, groups=GROUPS, ends=ENDS):
    """Shares of the set's own and of the strangers' tables flagged at 5%, by question."""
    rng = np.random.default_rng(3)
    tables = np.concatenate([own, other]) + SD[: own.shape[1]] * rng.standard_normal((len(own) + len(other), own.shape[1]))
    found = strangeness(pool, tables, SD[: own.shape[1]], ends, groups, 1)
    half = len(own) // 2
    p_own, p_other = ({look: tail(found[look][part], found[look][half : len(own)]) for look in LOOKS}
                      for part in (slice(0, half), slice(len(own), None)))  # fmt: skip
    return {look: ((p_own[look] <= 0.05).mean(axis=0), (p_other[look] <= 0.05).mean(axis=0)) for look in LOOKS}


def test_as_many_of_the_sets_own_are_flagged_as_is_said():
    rng = np.random.default_rng(7)
    found = flagged(runs(2000, rng), runs(800, rng), runs(10, rng))
    for own, _ in found.values():
        assert (np.abs(own - 0.05) < 4 * np.sqrt(0.05 * 0.95 * 2 / 400)).all()


def test_figures_that_no_run_reaches_are_seen_in_both_looks():
    rng = np.random.default_rng(8)
    found = flagged(runs(2000, rng), runs(400, rng), runs(100, rng, (0, 0, 0, 6.0)))
    assert found["alone"][1][1] > 0.85 and found["given"][1][1] > 0.85


def test_figures_that_do_not_go_together_are_seen_given_the_others():
    """Each of the second question's figures is quite usual; with those of the first it cannot be."""
    rng = np.random.default_rng(9)
    pool, own = runs(3000, rng), runs(400, rng)
    mixed = runs(100, rng)
    mixed[:, 2:] = runs(100, rng)[:, 2:]  # of other runs
    found = flagged(pool, own, mixed)
    assert found["alone"][1][1] < 0.2 and found["given"][1][1] > 0.6


def test_what_a_table_lacks_gets_no_say():
    rng = np.random.default_rng(10)
    tables = np.array([[2.0, 2.0, 4.0, 0.0], [2.0, 2.0, np.nan, np.nan]])
    found = strangeness(runs(500, rng), tables, SD, ENDS, GROUPS, 1)
    assert found["alone"][1, 1] == found["given"][1, 1] == 0.0
    assert all(np.isfinite(found[look]).all() for look in LOOKS)


def test_a_question_with_everything_or_nothing_is_judged_all_the_same():
    rng = np.random.default_rng(11)
    groups = np.array([[True] * 4, [False] * 4])
    found = strangeness(runs(500, rng), runs(5, rng), SD, ENDS, groups, 1)
    assert (found["given"][:, 0] == 0).all() and (found["alone"][:, 0] > 0).all() and (found["alone"][:, 1] == 0).all()


def test_ranks_are_shares_of_truths_and_never_nothing():
    truths, tables = np.arange(19.0)[:, None], np.array([[100.0], [18.0], [-1.0]])
    np.testing.assert_allclose(tail(tables, truths)[:, 0], [0.05, 0.1, 1.0])


def test_strangest_question_allows_for_there_being_several():
    rng = np.random.default_rng(12)
    p = rng.random((1001, 5))
    p[0] = 0.03
    found = Judged(p, np.zeros((2, 5)), np.array([1, 1, 1, 1, 0]), slice(1, 1001), {})
    any_ = strangest(found)
    assert abs((any_[1:] <= 0.05).mean() - 0.05) < 0.01
    assert abs(any_[0] - (1 - 0.97**4)) < 0.04
