"""Games whose answers are known, and the axioms that any game must keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from thirtyseven.inference import games

PARTS = {"S": 22, "Y": 3, "L": 1, "D": 1, "SY": 15, "SL": 8, "SYL": 42, "SYD": 1, "SLD": 3, "SYLD": 4}
"""The invented game of four players of which every rule of the model description's table 4.3 can be had: each player's own
part and the couplings, 100 in all. It was found by solving that table for its dividends."""
PLAYERS = "SYLD"


def mask(names):
    return sum(1 << PLAYERS.index(name) for name in names)


def invented():
    v = np.zeros(16)
    for coalition in range(16):
        inside = {name for i, name in enumerate(PLAYERS) if coalition >> i & 1}
        v[coalition] = sum(part for names, part in PARTS.items() if set(names) <= inside)
    return v


def test_one_game_gives_one_player_from_22_to_95():
    """The table of the model description, rule by rule: no rule can stand alone."""
    v = invented()
    assert v[-1] == 100
    rounded = lambda values: [int(round(x)) for x in values]  # noqa: E731
    assert rounded(games.shapley(v)) == [50, 26, 21, 3]
    assert rounded(games.permission(v, [None, 0, 1, None])) == [50, 28, 19, 3]
    assert rounded(games.in_order(v, [0, 1, 2, 3])) == [22, 18, 51, 9]
    assert rounded(games.in_order(v, [3, 2, 1, 0])) == [95, 3, 1, 1]
    assert rounded(100 * games.necessity(v)) == [95, 65, 58, 9]
    assert rounded(100 * games.sufficiency(v)) == [22, 3, 1, 1]
    assert games.joint(v) == pytest.approx(0.73)


def test_dividends_give_the_parts_back():
    found = games.dividends(invented())
    for names, part in PARTS.items():
        assert found[mask(names)] == pytest.approx(part)
    assert found.sum() == pytest.approx(100)


def test_a_glove_game():
    """One has a left glove, two have a right one: 2/3, 1/6, 1/6."""
    v = np.array([float(bool(c & 1) and bool(c & 6)) for c in range(8)])
    assert games.shapley(v) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert games.necessity(v) == pytest.approx([1, 0, 0]) and games.sufficiency(v) == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("quorum, expected", [(3, 1 / 9), (6, 1 / 6), (11, 1.0)])
def test_degree_of_responsibility_in_a_vote(quorum, expected):
    """Eleven vote for it: each is decisive once 11 - quorum others are taken away (Chockler and Halpern's own example)."""
    happens = np.array([c.bit_count() >= quorum for c in range(1 << 11)])
    assert games.degree(happens) == pytest.approx(np.full(11, expected))


def test_degree_is_nothing_for_what_did_not_happen_and_for_who_does_not_matter():
    never = np.zeros(8, bool)
    assert (games.degree(never) == 0).all()
    only_first = np.array([bool(c & 1) for c in range(8)])
    assert games.degree(only_first).tolist() == [1.0, 0.0, 0.0]
    either = np.array([bool(c & 3) for c in range(8)])
    assert games.degree(either).tolist() == [0.5, 0.5, 0.0]


tables = arrays(np.float64, (3, 32), elements=st.floats(-1e6, 1e6))


@settings(max_examples=40, deadline=None)
@given(tables)
def test_contributions_sum_to_the_total(v):
    """Efficiency, for every game of a batch; dividends likewise; the batch is the games one by one."""
    total = v[:, -1] - v[:, 0]
    assert np.allclose(games.shapley(v).sum(axis=1), total, atol=1e-5)
    assert np.allclose(games.dividends(v).sum(axis=1), total, atol=1e-5)
    assert np.array_equal(games.shapley(v)[1], games.shapley(v[1]))


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(0, 4))
def test_who_changes_nothing_has_no_share(v, dummy):
    """A dummy office gets exactly 0 by every rule."""
    with_it = np.arange(32) & (1 << dummy) != 0
    v = v.copy()
    v[:, with_it] = v[:, ~with_it]
    assert (games.shapley(v)[:, dummy] == 0).all()
    assert np.nan_to_num(games.necessity(v)[:, dummy], nan=0.0) == pytest.approx(0.0)
    assert (games.degree(v > 0)[:, dummy] == 0).all()
    assert np.allclose(games.dividends(v)[:, with_it], 0.0, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(tables, tables)
def test_contributions_of_a_sum_are_the_sum_of_contributions(v, w):
    assert np.allclose(games.shapley(v + w), games.shapley(v) + games.shapley(w), atol=1e-5)


@settings(max_examples=20, deadline=None)
@given(tables)
def test_with_nobody_above_permission_changes_nothing(v):
    assert np.array_equal(games.permission(v, [None] * 5), games.shapley(v))


def test_what_cannot_be_shared_out_is_not_defined():
    v = np.zeros(4)
    assert np.isnan(games.necessity(v)).all() and np.isnan(games.joint(v))
    with pytest.raises(ValueError, match="2\\^n"):
        games.shapley(np.zeros(6))
    with pytest.raises(ValueError, match="once"):
        games.in_order(np.zeros(4), [0, 0])
