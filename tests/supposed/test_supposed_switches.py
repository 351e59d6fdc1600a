"""Switches: what is in the table, that each takes away and adds nothing, and that pairs share their numbers."""

from dataclasses import fields, replace

import numpy as np
import pytest
from supposed_pasts import PERIOD, SEEDS

from thirtyseven.scenario import named
from thirtyseven.scenario.switches import SLUGS, SWITCHES, Supposed, SwitchError, supposed, switch
from thirtyseven.simulation import layout
from thirtyseven.simulation.run import simulate
from thirtyseven.simulation.supposed import EDITS, TERM, Supposing
from thirtyseven.society import calendar

ASKED = (
    "kirov-survives", "no-december-law", "good-harvest", "yagoda-stays", "no-war-threat", "limits-fixed", "four-months",
    "second-category-only", "no-naming", "unrewarded", "no-registers", "no-elections", "veto-kept", "no-requests", "education",
)  # fmt: skip
ALL = supposed()


def run(setting, batch, name, seeds=SEEDS):
    return simulate(setting, batch, seeds, conduct=Supposing(supposed((name,))[0]), weeks=PERIOD)


@pytest.fixture(scope="session")
def once(setting, batch):
    """Every supposition on the same two pasts."""
    return {one.name: simulate(setting, batch, SEEDS, conduct=Supposing(one), weeks=PERIOD) for one in ALL}


def test_the_table_is_the_one_asked_for_and_every_row_has_its_conduct():
    assert SLUGS == ASKED and set(EDITS) == set(SLUGS)
    for one in SWITCHES:
        assert one.reason and one.tests and one.edit and one.source and one.had.startswith("Had "), one.slug
        assert calendar.FIRST_DAY <= one.day <= calendar.DECREE, one.slug
    assert [one.name for one in ALL if one.switches[0].slug == "no-war-threat"] == [f"no-war-threat-{g}" for g in (25, 50, 75)]


def test_sources_are_in_the_record(record):
    for one in SWITCHES:
        for source in one.source:
            assert source in record.events, (one.slug, source)


@pytest.mark.parametrize("names, word", [
    (("more-arrests",), "There is no switch 'more-arrests'"),
    (("limits-doubled",), "none adds anything"),
    (("limits-fixed+no-requests+four-months",), "not 3"),
    (("limits-fixed+limits-fixed",), "named twice"),
])  # fmt: skip
def test_anything_else_is_refused_in_one_sentence(names, word):
    with pytest.raises(SwitchError, match=word) as fault:
        supposed(names)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("grade", [-0.5, 0.0, 1.5, float("nan")])
def test_a_switch_cannot_be_turned_the_other_way(grade):
    with pytest.raises(SwitchError, match="only takes away"):
        Supposed((switch("no-war-threat"),), grade)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_what_is_given_is_never_more(setting, batch, one):
    """Every array that a switch edits is pointwise at most what it was; places under the limits stay as many."""
    edited = Supposing(one).enter(setting, batch).setting
    for item in fields(setting):
        was, now = getattr(setting, item.name), getattr(edited, item.name)
        if item.name == "regions":
            assert was == now
        elif item.name == "limits":
            assert np.allclose(now.sum(axis=1), was.sum(axis=1)) and (now[:, 0] <= was[:, 0]).all()
        else:
            assert (np.asarray(now, float) <= np.asarray(was, float)).all(), item.name


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_no_push_is_ever_stronger(setting, batch, one):
    """Requests, approvals, grants, names and pending raises of a week are at most what they were."""
    acting = Supposing(one).enter(setting, batch)
    rng = np.random.default_rng(1)
    runs, regions = batch.runs, len(setting.regions)
    ctl, x = rng.uniform(0.0, 1.0, (layout.CONTROLS, runs, regions)), rng.uniform(0.0, 9.0, (layout.FIELDS, runs, regions))
    x[layout.EXPIRY] = 210.0
    push = layout.Push(*(rng.uniform(0.1, 1.0, shape) for shape in (runs, runs, (runs, 5), (runs, 4), runs)), True, 0.0)
    before, state = ctl.copy(), x.copy()
    seen = type("Seen", (), {"week": 240, "launched": np.array([50, -1]), "past_term": np.ones((runs, regions), bool)})()
    after = acting.push(push, ctl, x, seen)
    places = slice(layout.C_GRANT, layout.C_GRANT + 2)
    assert (ctl[places].sum(axis=0) <= before[places].sum(axis=0) + 1e-12).all()
    for field in (layout.C_REQUEST, layout.C_SIZE, layout.C_APPROVAL, layout.C_CATEGORY, layout.C_DENUNCIATION):
        assert (ctl[field] <= before[field]).all()
    coming = slice(layout.PENDING, layout.PENDING + 8)
    assert (x[coming].sum(axis=0) <= state[coming].sum(axis=0) + 1e-9).all()
    assert (after.naming <= push.naming).all() and (x[layout.EXPIRY] <= 210.0).all()
    for name in ("elite", "mass", "national", "release"):
        assert np.array_equal(getattr(after, name), getattr(push, name))


@pytest.mark.parametrize("name", ["good-harvest", "yagoda-stays", "no-war-threat", "no-elections"])
def test_what_an_explanation_has_no_place_for_changes_nothing_to_the_bit(setting, name):
    plan = named("plan", "strict").batch()
    seed = SEEDS[:1]
    base, other = simulate(setting, plan, seed, weeks=PERIOD), run(setting, plan, name, seed)
    assert base.digest() == other.digest() and np.array_equal(base.drives, other.drives)


def test_a_pair_is_the_same_until_the_day(as_it_was, once):
    """Dated edits leave the weeks before them alone, number by number."""
    for one in ALL:
        week = min(calendar.week_of(part.day) for part in one.switches)
        if one.switches[0].slug not in ("no-registers", "yagoda-stays"):
            assert np.array_equal(as_it_was.weekly[:, :week], once[one.name].weekly[:, :week]), one.name


def test_every_switch_does_something_somewhere(as_it_was, once):
    for name, outcome in once.items():
        assert not np.array_equal(as_it_was.weekly, outcome.weekly), name


def test_a_supposed_run_is_the_same_alone_and_in_a_batch(setting, batch, once):
    cut = lambda values: {name: value[1:] for name, value in values.items()}  # noqa: E731
    alone = replace(batch, core=cut(batch.core), laws={k: cut(v) for k, v in batch.laws.items()}, weights=batch.weights[1:])
    for name in ("veto-kept", "four-months", "education"):
        assert run(setting, alone, name, SEEDS[1:]).digest() == once[name].digest(1), name


def test_each_does_what_its_row_says(setting, as_it_was, once):
    assert (as_it_was.launch >= 0).all() and as_it_was.raised_all.sum() > 0
    fixed = once["limits-fixed"]
    assert np.allclose(fixed.limits, setting.limits[None])
    assert (fixed.regional[:, :, :, layout.TROIKA, layout.SENTENCED].sum(axis=1) <= 1.06 * setting.limits.sum(axis=1) + 1).all()
    assert once["no-requests"].requests.sum() == 0
    second = once["second-category-only"]
    assert second.weekly[:, :, layout.TROIKA, layout.FIRST].sum() == 0
    assert second.weekly[:, :, layout.TROIKA, layout.SENTENCED].sum() > 0
    late = once["four-months"]
    for b in range(2):
        end = as_it_was.launch[b] + TERM + 1
        base, short = (o.weekly[b, end:, layout.TROIKA, layout.ARRESTED].sum() for o in (as_it_was, late))
        assert short < 0.25 * base
    since = calendar.week_of(switch("no-naming").day)
    assert once["no-naming"].weekly[:, since:, layout.NKVD, layout.ARRESTED].sum() == 0
    assert once["veto-kept"].drives[:, 150:, 0].max() <= as_it_was.drives[:, 52:104, 0].max() + 1e-9


def test_two_together_act_together(setting, batch, once):
    both = run(setting, batch, "limits-fixed+no-naming")
    turned = run(setting, batch, "no-naming+limits-fixed")
    assert both.digest(0) == turned.digest(0) and np.allclose(both.limits, setting.limits[None])
    assert both.digest(0) not in (once["limits-fixed"].digest(0), once["no-naming"].digest(0))
