"""Designs: the unit cube means what it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.scenario import CORE, Design
from thirtyseven.scenario.design import COMPOSITES, INCLUSION, SLUGS, kinds


def points(design: Design, n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.001, 0.999, (n, len(design.names)))


def test_there_is_a_kind_for_every_variant_and_two_composites():
    assert len(kinds()) == 2 * len(SLUGS) + 2
    assert set(COMPOSITES) <= set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_dimension_budget_and_names(kind):
    names = Design(kind).names
    assert len(set(names)) == len(names)
    assert sum(name.startswith("core.") for name in names) == len(CORE) <= 12
    for slug in SLUGS:
        assert sum(name.startswith(f"{slug}.") for name in names) <= 4


@pytest.mark.parametrize("kind", COMPOSITES)
def test_weights_of_a_question_sum_to_one_and_follow_the_switches(kind):
    design = Design(kind)
    u = points(design, 500, 1)
    batch, on = design.batch(u), design.included(u)
    np.testing.assert_allclose(batch.weights[:, :3].sum(axis=2), 1.0)
    some = on[:, :3].any(axis=2)
    assert ((batch.weights[:, :3] > 0) == on[:, :3])[some].all()
    assert ((batch.weights[:, 3:] > 0) == on[:, 3:]).all()
    if kind == "composite-without-plan":
        assert not batch.weights[:, :3, SLUGS.index("plan")][some.all(axis=1)].any()


def test_prior_inclusion_is_what_it_is_said_to_be():
    design = Design("composite")
    on = design.included(points(design, 20_000, 2))
    share = on[:, 0].mean(axis=0)
    assert (abs(share - INCLUSION) < 4 * np.sqrt(INCLUSION * (1 - INCLUSION) / 20_000) + 0.002).all()


def test_only_explanations_that_speak_to_the_stop_have_a_coefficient_for_it():
    names = Design("composite").names
    assert "stop.inheritance" not in names
    assert "stop.plan" in names


def test_strict_kinds_hold_what_the_strict_variant_holds():
    design = Design("plan/strict")
    batch = design.batch(points(design, 3, 3))
    assert (batch.laws["plan"]["multiple"] == 1.0).all()
    assert "plan.multiple" not in design.names


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(kinds()) - 1), st.integers(0, 2**32 - 1))
def test_a_batch_is_its_rows(k, seed):
    design = Design(kinds()[k])
    u = points(design, 4, seed)
    whole, alone = design.batch(u), design.batch(u[2:3])
    np.testing.assert_array_equal(whole.weights[2], alone.weights[0])
    for slug in SLUGS:
        for name, values in whole.laws[slug].items():
            assert values[2] == alone.laws[slug][name][0]


@pytest.mark.parametrize("u", [np.zeros((1, 3)), np.full((1, 16), 1.0), np.full((1, 16), np.nan)])
def test_points_outside_the_cube_are_refused_in_a_sentence(u):
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        Design("plan/charitable").batch(u)


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="choose one of: plan/strict"):
        Design("plan")
