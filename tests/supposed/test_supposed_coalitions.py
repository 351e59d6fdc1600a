"""Coalitions: an office that keeps to its earlier conduct, in runs that share everything else."""

import numpy as np
import pytest
from supposed_pasts import PERIOD, SEEDS

from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import FIELDS
from thirtyseven.scenario import named
from thirtyseven.scenario.offices import BASELINES, EVERYWHERE, HANDS, HELD, OFFICES, SLUGS, hand
from thirtyseven.simulation import layout
from thirtyseven.simulation.coalition import (
    CENTRE,
    CHIEFS,
    NEVER,
    PUBLIC,
    SECRETARIES,
    SERVICE,
    Coalitions,
    reverting,
    together,
)
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar


def rows(batch, which):
    """Chosen scenarios of a batch, again and again."""
    from dataclasses import replace

    cut = lambda values: {name: value[which] for name, value in values.items()}  # noqa: E731
    return replace(batch, core=cut(batch.core), laws={k: cut(v) for k, v in batch.laws.items()}, weights=batch.weights[which])


@pytest.fixture(scope="session")
def all_coalitions(setting, batch):
    """The first past under all 32 coalitions, in one batch."""
    on = np.array([[bool(mask >> i & 1) for i in range(5)] for mask in range(32)])
    first = rows(batch, np.zeros(32, int))
    return simulate(setting, first, np.repeat(SEEDS[:1], 32), conduct=together(on, "1935-36"), weeks=PERIOD)


def test_offices_are_those_of_the_record(record):
    assert SLUGS == ("centre", "nkvd", "secretaries", "chiefs", "public") == tuple(record.vocabularies["office_groups"])
    for office in OFFICES:
        assert office.off and office.built_in and office.left_out and office.source, office.slug


def test_hands_name_explanations_controls_and_offices_that_exist():
    assert set(HANDS) == {item.slug for item in EXPLANATIONS}
    for mapping in (*HANDS.values(), EVERYWHERE):
        assert set(mapping) <= set(FIELDS) and set(mapping.values()) <= set(SLUGS)
    assert set(HELD) <= set(FIELDS)
    assert all(hand(item.slug, drive) for item in EXPLANATIONS for drive in ("elite", "mass", "national"))


def test_all_as_they_did_is_the_run_itself(setting, as_it_was, all_coalitions):
    assert all_coalitions.digest(31) == as_it_was.digest(0)
    assert np.array_equal(all_coalitions.drives[31], as_it_was.drives[0])


def test_a_coalition_is_the_same_alone_and_in_a_batch(setting, batch, all_coalitions):
    on = np.array([[True, False, True, True, False]])
    alone = simulate(setting, rows(batch, np.zeros(1, int)), SEEDS[:1], conduct=together(on, "1935-36"), weeks=PERIOD)
    assert alone.digest() == all_coalitions.digest(0b01101)


def test_nothing_differs_before_the_baseline_is_over(all_coalitions):
    end = BASELINES["1935-36"][1]
    assert (all_coalitions.weekly[:, :end] == all_coalitions.weekly[31, :end]).all()


def test_without_the_centre_there_are_no_operations(all_coalitions):
    off = np.array([mask & 1 == 0 for mask in range(32)])
    assert (all_coalitions.launch[off] == -1).all() and (all_coalitions.line_start[off] == -1).all()
    assert all_coalitions.weekly[off][:, :, layout.TROIKA].sum() == 0
    assert (all_coalitions.launch[31] >= 0).all()


def test_drives_without_the_centre_stay_at_their_earlier_mean(all_coalitions):
    first, end = BASELINES["1935-36"]
    earlier = all_coalitions.drives[31, first:end].mean(axis=0)
    assert (all_coalitions.drives[0, end:] <= earlier + 1e-9).all()


def test_who_asks_for_nothing_gets_nothing(all_coalitions):
    neither, one, both = 0b10011, 0b10111, 0b11111
    assert all_coalitions.requests[neither].sum() == 0
    assert 0 < all_coalitions.requests[one].sum() < all_coalitions.requests[both].sum()


def test_a_law_is_held_where_its_office_is_off(setting):
    """Agencies drive through the service: without it, drives stay where they were under Yagoda."""
    batch = named("agencies").batch(2)
    on = np.array([[True, False, True, True, True], [True] * 5])
    held, free = simulate(setting, batch, np.repeat(SEEDS[:1], 2), conduct=together(on, "1935"), weeks=PERIOD).drives
    first, end = BASELINES["1935"]
    assert (held[end:, 1] <= free[first:end, 1].mean() + 1e-9).all() and free[:, 1].max() > 0.5


def test_an_office_that_the_explanation_does_not_know_changes_nothing(setting):
    """The plan in its strict form neither hears requests before its limits bind nor grants any, and needs no denunciation."""
    batch = named("plan", "strict").batch(2)
    on = np.array([[True, True, True, True, False], [True] * 5])
    without, with_all = (simulate(setting, batch, np.repeat(SEEDS[:1], 2), conduct=together(on, "1936"), weeks=PERIOD).drives)
    assert np.array_equal(without, with_all)


def test_going_back_later_leaves_what_was_before_and_ends_what_runs(setting, batch, as_it_was):
    week = calendar.week_of(calendar.DECREE) - 40
    offices = np.array([CENTRE, PUBLIC])
    later = simulate(setting, rows(batch, np.zeros(2, int)), np.repeat(SEEDS[:1], 2),
                     conduct=reverting(offices, np.array([week, week]), "1935-36"), weeks=PERIOD)  # fmt: skip
    assert (later.weekly[:, :week] == as_it_was.weekly[0, :week]).all()
    assert later.stop[0] == week < (as_it_was.stop[0] if as_it_was.stop[0] >= 0 else 999)
    assert later.weekly[0, week + 1 :, layout.TROIKA, layout.SENTENCED].sum() == 0


def test_conduct_that_cannot_be_is_refused(setting, batch):
    with pytest.raises(ValueError, match="after its end"):
        reverting(np.array([SERVICE]), np.array([100]), "1935-36")
    with pytest.raises(ValueError, match="no baseline '1929'"):
        together(np.ones((1, 5), bool), "1929")
    with pytest.raises(ValueError, match="3 coalitions cannot act in 2 runs"):
        simulate(setting, batch, SEEDS, conduct=together(np.ones((3, 5), bool), "1935"))
    with pytest.raises(ValueError, match="for each run"):
        Coalitions(np.full((2, 4), NEVER), np.zeros((2, 2), np.int64))


def test_numbers_of_offices_follow_the_table():
    assert [SLUGS[i] for i in (CENTRE, SERVICE, SECRETARIES, CHIEFS, PUBLIC)] == list(SLUGS)
