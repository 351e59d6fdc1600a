"""What each law is supposed to do, and what it is supposed to be unable to do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from crude_core import from_prior, play, values_of
from scipy import stats

from thirtyseven.explanations import by_slug
from thirtyseven.explanations.base import CHANNELS, GROUPS, Core
from thirtyseven.explanations.threat import LAG, RELIEF_WEEK
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

YEZHOV = calendar.week_of(calendar.YEZHOV)
SEEDS = np.arange(40, 48, dtype=np.uint64)


def controls_of(history, name: str) -> np.ndarray:  # type: ignore[no-untyped-def]
    return np.stack([getattr(week, name) for week in history.controls], axis=1)


def louder(core: Core) -> None:
    core.reports = core.reports * 10.0


# ------------------------------------------------------------------ plan


def test_plan_hears_nothing(setting: Setting) -> None:
    """Reports ten times as heavy, and arrests of another order, change nothing in an open loop."""
    plan = by_slug("plan")
    values = from_prior(plan, 8, "charitable", 1)
    calm = play(plan.charitable, setting, values, SEEDS)
    loud = play(plan.charitable, setting, values, SEEDS, meddle=louder)
    assert np.array_equal(calm.mass, loud.mass) and np.array_equal(calm.elite, loud.elite)
    assert np.array_equal(controls_of(calm, "grant"), controls_of(loud, "grant"))


def test_plan_is_the_same_everywhere_and_keeps_its_order(setting: Setting) -> None:
    history = play(by_slug("plan").charitable, setting, values_of(by_slug("plan"), 8), SEEDS)
    assert not history.tilt.any()
    elite, mass = (history.elite[0] > 0.5).argmax(), (history.mass[0] > 0.5).argmax()
    assert elite < mass < (history.national[0, :, 0] > 0.5).argmax()
    given = controls_of(history, "grant")[0].sum(axis=0)
    assert given.mean() == pytest.approx(2.9 - 1.0, rel=0.05)
    assert given.std() / given.mean() < 0.15


# ------------------------------------------------------------------ suspicion


def test_suspicion_is_bistable(setting: Setting) -> None:
    """The same law with one small shock dies away, with a larger one tips, and stays up long after the shock."""
    once = replace(setting, shock=np.where(np.arange(calendar.WEEKS) == 47, 1.0, 0.0))
    suspicion = by_slug("suspicion")
    shocks = np.linspace(0.2, 4.0, 20)
    values = values_of(suspicion, 20, gain=2.5, memory=60.0, collapse=0.0) | {"shock": shocks}
    history = play(suspicion.charitable, once, values, np.full(20, 3, dtype=np.uint64))
    late = history.elite[:, 300]
    assert late[0] < 0.1 and late[-1] > 0.95
    between = (late > 0.2) & (late < 0.8)
    assert between.sum() <= 2
    assert (np.diff(late) > -1e-9).all()


def test_suspicion_follows_reports_and_not_events_abroad(setting: Setting) -> None:
    suspicion = by_slug("suspicion")
    values = values_of(suspicion, 8, collapse=0.0)
    calm = play(suspicion.charitable, setting, values, SEEDS)
    loud = play(suspicion.charitable, setting, values, SEEDS, meddle=louder)
    assert loud.elite[:, 120].min() > calm.elite[:, 120].max() + 0.3
    peace = play(suspicion.charitable, replace(setting, threat=0.0 * setting.threat), values, SEEDS)
    assert np.array_equal(calm.elite, peace.elite)
    assert not calm.tilt.any()


def test_suspicion_ends_only_when_its_source_is_discredited(setting: Setting) -> None:
    suspicion = by_slug("suspicion")
    seeds = np.arange(60, 84, dtype=np.uint64)
    fixed = {"gain": 3.0, "shock": 2.0}
    trusted = play(suspicion.charitable, setting, values_of(suspicion, 24, collapse=0.0, **fixed), seeds)
    doubted = play(suspicion.charitable, setting, values_of(suspicion, 24, collapse=0.2, **fixed), seeds)
    assert not trusted.switch_off.any() and (trusted.mass[:, -1] > 0.9).mean() > 0.9
    assert doubted.own["discredited"].all() and (doubted.mass[:, -1] < 0.3).all()
    volume = doubted.arrests[:, :, CHANNELS.index("troika")].cumsum(axis=1)
    first = (doubted.switch_off > 0).argmax(axis=1)
    assert (volume[np.arange(24), first] > 0).all()


# ------------------------------------------------------------------ threat


def test_each_national_line_follows_the_danger_of_its_own_power(setting: Setting) -> None:
    threat = by_slug("threat")
    history = play(threat.strict, setting, values_of(threat, 1, relief=0.0), SEEDS[:1])
    for line in range(5):
        danger = setting.threat[: calendar.WEEKS - LAG, line]
        assert stats.spearmanr(danger, history.national[0, LAG:, line]).statistic > 0.999
    calmer = setting.threat.copy()
    calmer[:, 1] = 0.0
    other = play(threat.strict, replace(setting, threat=calmer), values_of(threat, 1, relief=0.0), SEEDS[:1])
    changed = [not np.array_equal(history.national[0, :, k], other.national[0, :, k]) for k in range(5)]
    assert changed == [False, True, False, False, False]


def test_charitable_threat_sees_the_power_behind_the_small_neighbour(setting: Setting) -> None:
    threat = by_slug("threat")
    strict = play(threat.strict, setting, values_of(threat, 1), SEEDS[:1])
    charitable = play(threat.charitable, setting, values_of(threat, 1), SEEDS[:1])
    week = calendar.week_of(calendar.ORDER_00447)
    for line in (0, 3, 4):
        assert charitable.national[0, week, line] > strict.national[0, week, line] + 0.05


def test_threat_presses_the_frontier_and_ignores_what_happens_inside(setting: Setting) -> None:
    threat = by_slug("threat")
    values = from_prior(threat, 8, "charitable", 3)
    history = play(threat.charitable, setting, values, SEEDS)
    np.testing.assert_allclose(history.tilt, values["border"][:, None] * setting.border)
    loud = play(threat.charitable, setting, values, SEEDS, meddle=louder)
    assert np.array_equal(history.mass, loud.mass)


def test_threat_ends_only_through_munich_read_as_relief(setting: Setting) -> None:
    threat = by_slug("threat")
    fixed = {"threshold": 0.55, "spill": 1.1}
    none = play(threat.charitable, setting, values_of(threat, 8, relief=0.0, **fixed), SEEDS)
    isolation = play(threat.charitable, setting, values_of(threat, 8, relief=-0.2, **fixed), SEEDS)
    relief = play(threat.charitable, setting, values_of(threat, 8, relief=0.3, **fixed), SEEDS)
    assert (none.launch > 0).all() and not none.switch_off.any() and not isolation.switch_off.any()
    assert not relief.switch_off[:, :RELIEF_WEEK].any() and (relief.switch_off[:, RELIEF_WEEK:] > 5).all()
    assert (relief.mass[:, RELIEF_WEEK] < none.mass[:, RELIEF_WEEK] - 0.3).all()


# ------------------------------------------------------------------ inheritance


def test_inheritance_cannot_break_the_immunity_of_the_party(setting: Setting) -> None:
    inheritance = by_slug("inheritance")
    strict = play(inheritance.strict, setting, from_prior(inheritance, 8, "strict", 4), SEEDS)
    assert not strict.elite.any()
    values = from_prior(inheritance, 8, "charitable", 4)
    charitable = play(inheritance.charitable, setting, values, SEEDS)
    assert (charitable.elite <= 1.0 - values["immunity"][:, None]).all()


def test_inheritance_has_no_moment_of_its_own(setting: Setting) -> None:
    """Without crises nothing happens; with the crises moved by a year, the answer moves by a year."""
    inheritance = by_slug("inheritance")
    values = values_of(inheritance, 8, half_life=1e9)
    still = {name: 0.0 * getattr(setting, name) for name in ("shock", "harvest", "elections", "threat")}
    calm = play(inheritance.charitable, replace(setting, **still), values, SEEDS)
    assert calm.mass.max() < 0.05 and (calm.launch < 0).all()
    assert np.ptp(calm.mass) < 1e-12
    names = ("shock", "harvest", "elections", "threat")
    later = {name: np.roll(getattr(setting, name), 52, axis=0) for name in names}
    now = play(inheritance.strict, setting, values, SEEDS)
    then = play(inheritance.strict, replace(setting, **later), values, SEEDS)
    np.testing.assert_allclose(then.mass[:, 150 + 52 : 300], now.mass[:, 150 : 300 - 52], rtol=1e-6)


def test_inheritance_returns_to_the_places_of_exile_and_says_nothing_of_the_end(setting: Setting) -> None:
    inheritance = by_slug("inheritance")
    history = play(inheritance.charitable, setting, values_of(inheritance, 8), SEEDS)
    assert stats.spearmanr(history.tilt[0], setting.exile).statistic > 0.999
    assert not history.switch_off.any() and not inheritance.speaks_to_stop


# ------------------------------------------------------------------ opposition


def struck(core: Core) -> None:
    core.mass_week = core.mass_week + 0.0005 * core.setting.population


def test_opposition_is_used_up_by_what_strikes_it(setting: Setting) -> None:
    opposition = by_slug("opposition")
    values = values_of(opposition, 8, precision=0.5)
    spared = play(opposition.strict, setting, values, SEEDS, weeks=180)
    hit = play(opposition.strict, setting, values, SEEDS, weeks=180, meddle=struck)
    assert (hit.mass[:, 20:] < spared.mass[:, 20:]).all()
    blind = values_of(opposition, 8, precision=0.0)
    assert np.array_equal(
        play(opposition.strict, setting, blind, SEEDS, weeks=150).own["region"],
        play(opposition.strict, setting, blind, SEEDS, weeks=150, meddle=struck).own["region"],
    )


def test_opposition_grows_with_hunger_and_elections_and_shows_where_it_is(setting: Setting) -> None:
    opposition = by_slug("opposition")
    values = values_of(opposition, 8)
    history = play(opposition.charitable, setting, values, SEEDS)
    fed = replace(setting, harvest=0.0 * setting.harvest, elections=0.0 * setting.elections)
    quiet = play(opposition.charitable, fed, values, SEEDS)
    assert (quiet.mass[:, 180] < history.mass[:, 180] - 0.2).all()
    people = setting.population > 0
    first = history.controls[100].tilt[0, people]
    assert stats.spearmanr(first, setting.unrest[people]).statistic > 0.5


def test_opposition_ebbs_gradually(setting: Setting) -> None:
    history = play(by_slug("opposition").charitable, setting, values_of(by_slug("opposition"), 8), SEEDS)
    assert np.abs(np.diff(history.mass[:, 190:], axis=1)).max() < 0.05


# ------------------------------------------------------------------ reactions


def test_reactions_run_in_a_saw_tooth_from_1934_to_1938(setting: Setting) -> None:
    """Sudden rises and slow falls: at least three campaigns in five years, none without a relaxation after it."""
    reactions = by_slug("reactions")
    seeds = np.arange(300, 340, dtype=np.uint64)
    history = play(reactions.charitable, setting, values_of(reactions, 40), seeds, weeks=260)
    step = np.diff(history.elite, axis=1)
    campaigns = (step > 0.08).sum(axis=1)
    assert np.median(campaigns) >= 3 and (campaigns >= 2).mean() > 0.9
    assert (step < 0).mean() > 0.8
    assert step.max() > 10 * -np.median(step[step < 0])


def test_reactions_differ_from_run_to_run_by_addressed_chance_only(setting: Setting) -> None:
    reactions = by_slug("reactions")
    history = play(reactions.charitable, setting, values_of(reactions, 8), SEEDS)
    assert np.unique(history.elite[:, 200]).size >= 5


def test_reactions_ask_where_the_harvest_failed_and_fade_when_secretaries_are_gone(setting: Setting) -> None:
    reactions = by_slug("reactions")
    history = play(reactions.charitable, setting, values_of(reactions, 8), SEEDS)
    asked = controls_of(history, "request")[0, 190]
    assert stats.spearmanr(asked, setting.shortfall).statistic > 0.999

    def replaced(core: Core) -> None:
        core.secretaries_removed = np.ones_like(core.secretaries_removed)

    gone = play(reactions.charitable, setting, values_of(reactions, 8), SEEDS, meddle=replaced)
    assert (gone.own["insecurity"] <= history.own["insecurity"] + 1e-12).all()
    assert gone.mass[:, 185:200].mean() < history.mass[:, 185:200].mean()


def test_reactions_need_announced_elections(setting: Setting) -> None:
    reactions = by_slug("reactions")
    none = replace(setting, elections=0.0 * setting.elections)
    seeds = np.arange(500, 530, dtype=np.uint64)
    with_ = play(reactions.charitable, setting, values_of(reactions, 30), seeds)
    without = play(reactions.charitable, none, values_of(reactions, 30), seeds)
    assert (with_.launch >= 0).mean() > 0.3 and (without.launch >= 0).mean() < 0.05


# ------------------------------------------------------------------ agencies


def test_agencies_begin_only_under_yezhov(setting: Setting) -> None:
    agencies = by_slug("agencies")
    seeds = np.arange(700, 732, dtype=np.uint64)
    values = from_prior(agencies, 32, "charitable", 9)
    history = play(agencies.charitable, setting, values, seeds)
    assert (history.mass[:, :YEZHOV] < 0.5).all() and (history.launch > YEZHOV).all()
    assert np.median(history.elite[:, YEZHOV - 1]) < 0.05
    later = replace(setting, yezhov=np.arange(calendar.WEEKS) >= YEZHOV + 52)
    moved = play(agencies.charitable, later, values, seeds)
    both = moved.launch >= 0
    shift = np.median(moved.launch[both] - history.launch[both])
    assert 40 <= shift <= 53
    never = replace(setting, yezhov=np.zeros(calendar.WEEKS, bool))
    median = values_of(agencies, 8)
    assert (play(agencies.charitable, never, median, SEEDS).launch < 0).all()


def test_agencies_follow_the_chief_and_not_the_place(setting: Setting) -> None:
    agencies = by_slug("agencies")

    def other_chiefs(core: Core) -> None:
        core.zeal = -core.zeal if core.week == 210 else core.zeal

    values = values_of(agencies, 8)
    history = play(agencies.charitable, setting, values, SEEDS, meddle=other_chiefs)
    tilt = controls_of(history, "tilt")
    np.testing.assert_allclose(tilt[:, 209], -tilt[:, 210])
    requests = controls_of(history, "request")[:, 205]
    assert stats.spearmanr(requests.ravel(), tilt[:, 205].ravel()).statistic > 0.5


def test_agencies_are_ended_by_the_master_and_sooner_the_larger_they_have_grown(setting: Setting) -> None:
    agencies = by_slug("agencies")
    seeds = np.arange(800, 840, dtype=np.uint64)
    values = values_of(agencies, 40, clamp=0.05)
    history = play(agencies.charitable, setting, values, seeds)
    clamped = (history.switch_off > 0).argmax(axis=1)
    volume = history.arrests[:, :, CHANNELS.index("troika")].cumsum(axis=1)
    assert (history.switch_off > 0).any(axis=1).mean() > 0.9
    assert (volume[np.arange(40), clamped] > 400_000).all()

    def small(core: Core) -> None:
        core.total[:, CHANNELS.index("troika")] = 100_000.0

    kept_small = play(agencies.charitable, setting, values, seeds, meddle=small)
    assert not kept_small.switch_off.any() and (kept_small.mass[:, -1] > 0.9).all()


def test_agencies_purge_their_own_ranks_only_in_the_charitable_form(setting: Setting) -> None:
    agencies = by_slug("agencies")
    own = GROUPS.index("nkvd")
    for variant, moved in (("strict", False), ("charitable", True)):
        history = play(agencies.law(variant), setting, values_of(agencies, 8), SEEDS)
        confession = controls_of(history, "confession")
        assert confession[:, 200, own].any() == moved
        assert not np.delete(confession, own, axis=2).any()


# ------------------------------------------------------------------ below


def test_below_spreads_from_the_cities_without_any_order(setting: Setting) -> None:
    below = by_slug("below")
    history = play(below.charitable, setting, values_of(below, 8, branching=1.1), SEEDS)
    people = setting.population > 0
    ratio = stats.spearmanr(history.controls[175].tilt[0, people], setting.urban[people]).statistic
    assert ratio > 0.9
    assert history.controls[180].denunciation[0].mean() > history.controls[60].denunciation[0].mean() + 0.3


def test_below_grows_only_near_or_above_one_and_ebbs_when_few_are_left(setting: Setting) -> None:
    below = by_slug("below")
    branching = np.array([0.7, 0.8, 0.9, 1.0, 1.1, 1.2])
    seeds = np.arange(6, dtype=np.uint64)
    values = values_of(below, 6) | {"branching": branching}
    history = play(below.strict, setting, values, seeds)
    peak = history.elite.max(axis=1)
    assert (np.diff(peak) > 0).all() and peak[0] < 0.35 and peak[-1] > 0.9
    scarce = play(below.strict, setting, values | {"reach": np.full(6, 0.01)}, seeds)
    assert (scarce.elite.max(axis=1) <= peak).all() and scarce.elite[-1, -1] < 0.5
    assert np.abs(np.diff(history.elite, axis=1)).max() < 0.15


def test_below_moves_the_operation_only_as_far_as_the_centre_joins_in(setting: Setting) -> None:
    below = by_slug("below")
    coupling = np.linspace(0.1, 1.0, 10)
    values = values_of(below, 10, branching=1.2) | {"coupling": coupling}
    history = play(below.charitable, setting, values, np.arange(10, dtype=np.uint64))
    assert (history.mass <= coupling[:, None] + 1e-12).all()
    assert (history.launch[coupling < 0.5] < 0).all() and (history.launch[-2:] >= 0).all()


def test_in_the_conduct_of_1935_the_laws_leave_the_neutral_controls_almost_alone(setting: Setting) -> None:
    """Secondary controls are counted from the conduct of 1935-36, so at prior medians they must be near zero then."""
    for slug in ("suspicion", "threat", "opposition", "reactions", "agencies", "below"):
        item = by_slug(slug)
        history = play(item.charitable, setting, values_of(item, 8), SEEDS, weeks=104)
        for name in ("request", "request_size", "approval", "grant", "inflation", "naming", "head", "release"):
            assert np.abs(controls_of(history, name)[:, 52:104]).mean() < 0.15, (slug, name)
        assert history.mass[:, 52:104].max() < 0.5, slug
