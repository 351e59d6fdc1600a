"""What everybody was given and what it does: the law of 1 December 1934, reviews of the party, appeals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from thirtyseven.record import load
from thirtyseven.scenario import Scenario, named
from thirtyseven.simulation.outcome import CAREERS, COUNTED
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar

SEEDS = np.arange(40, 52, dtype=np.uint64)
AT = {name: i for i, name in enumerate(CAREERS)}
LISTS = 0


@pytest.fixture(scope="module")
def runs(setting):
    return simulate(setting, named("plan").batch(len(SEEDS)), SEEDS)


def test_reviews_expel_those_of_the_record(setting, runs):
    """All three reviews, 1933 included; what is named in 1934-36 comes on top."""
    told = sum(load().figures[name].value for name in ("F-0057", "F-0064", "F-0066"))
    assert setting.expelled.sum() + setting.review.sum() == pytest.approx(told)
    quiet = Scenario(name="quiet", weights=named("plan").weights, values={"plan": {"elite_start": 199.0}})
    before = simulate(setting, quiet.batch(1), SEEDS[:1], weeks=(0, 100)).careers[0].sum(axis=0)
    assert before[AT["expelled"]] == pytest.approx(setting.review[:100].sum(), rel=0.03)


def test_officers_are_taken_back_only_after_the_plenum_of_january_1938(runs):
    plenum = calendar.week_of(calendar.PLENUM_1938)
    back = runs.careers[:, :, AT["back_in_army"]]
    assert back[:, :plenum].sum() == 0 < back[:, plenum:].sum(axis=1).min()
    assert (runs.careers[:, :, AT["discharged"]].sum(axis=1) > back.sum(axis=1)).all()


def test_reinstatements_come_out_near_the_record(runs):
    """They were set by these figures, so this says that the sum is right, not that the model is."""
    figures = load().figures
    year = np.arange(calendar.WEEKS)
    in_1938 = (year >= calendar.week_of(calendar.PLENUM_1938)) & (year < 261)
    told = figures["F-0077"].value * figures["F-0079"].value / 100
    back = runs.careers[:, in_1938, AT["back_in_party"]].sum(axis=1)
    assert 0.6 * told < np.median(back) < 1.6 * told
    gone, taken = (runs.careers[:, :, AT[name]].sum(axis=1) for name in ("discharged", "back_in_army"))
    share = figures["F-0188"].value / (24_190 - 9_506)  # those taken back who had been arrested are counted in both
    assert np.median(taken / gone) == pytest.approx(share, abs=0.12)


def test_easier_releases_mean_more_reinstatements(setting, monkeypatch, runs):
    """The control of releases is that of reinstatements too."""
    from thirtyseven.simulation import run

    push = run.to_push
    monkeypatch.setattr(run, "to_push", lambda *a: (p := push(*a))._replace(release=2 * p.release))
    easier = simulate(setting, named("plan").batch(len(SEEDS)), SEEDS)
    for name in ("back_in_party", "back_in_army"):
        assert (easier.careers[:, :, AT[name]].sum(axis=1) > 1.2 * runs.careers[:, :, AT[name]].sum(axis=1)).all()


def test_without_the_law_of_december_fewer_office_holders_are_sentenced_to_death(setting, runs):
    never = replace(setting, december_law=np.zeros(calendar.WEEKS, bool))
    without = simulate(never, named("plan").batch(len(SEEDS)), SEEDS)
    first = COUNTED.index("first_category")
    to_death = [o.weekly[:, :, LISTS, first].sum(axis=1).astype(float) for o in (runs, without)]
    assert (to_death[1] < 0.85 * to_death[0]).all()
    before = calendar.week_of(calendar.KIROV)
    np.testing.assert_array_equal(runs.weekly[:, :before], without.weekly[:, :before])


def test_appeals_lie_still_while_the_drive_is_high(setting):
    """Under the same seed, a longer and harder elite purge before 1938 leaves a smaller share taken back."""
    late, early = (
        Scenario(name="s", weights=named("plan").weights, values={"plan": {"elite_start": week}}).batch(1)
        for week in (199.0, 120.0)
    )
    weeks = (0, calendar.week_of(calendar.PLENUM_1938))
    quiet, loud = (simulate(setting, batch, SEEDS[:1], weeks=weeks).careers[0].sum(axis=0) for batch in (late, early))
    share = lambda c: c[AT["back_in_party"]] / c[AT["expelled"]]  # noqa: E731
    assert share(loud) < 0.9 * share(quiet)
