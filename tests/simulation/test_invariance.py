"""A run depends on its scenario and its seed, and on nothing else."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pytest

from thirtyseven.scenario import Design, Scenario, named
from thirtyseven.scenario.design import SLUGS, kinds
from thirtyseven.simulation import kernels, layout
from thirtyseven.simulation.run import simulate
from thirtyseven.society.setting import Setting

PERIOD = (140, 230)
"""Late summer 1936 to May 1938: begins before the elite purge and holds orders, lines and, in some runs, the end."""


def batch_of(kind, rows, seed=5, stop=-1):
    design = Design(kind)
    return design.batch(np.random.default_rng(seed).uniform(0.02, 0.98, (rows, len(design.coordinates))), stop)


def row(batch, i):
    """One scenario of a batch, by itself."""
    cut = lambda values: {name: value[i : i + 1] for name, value in values.items()}  # noqa: E731
    return replace(batch, core=cut(batch.core), laws={slug: cut(own) for slug, own in batch.laws.items()},
                   weights=batch.weights[i : i + 1])  # fmt: skip


def everything(outcome, i=0):
    """All arrays of one run, byte by byte."""
    return {item.name: np.ascontiguousarray(getattr(outcome, item.name)[i]).tobytes() for item in fields(outcome)
            if item.name not in ("slots", "provenance")}  # fmt: skip


@pytest.mark.parametrize("kind", kinds())
def test_a_run_is_the_same_alone_and_in_any_batch_and_order(setting, kind):
    batch = batch_of(kind, 3)
    seeds = np.array([21, 22, 23], np.uint64)
    together = simulate(setting, batch, seeds, weeks=PERIOD)
    back = batch_of(kind, 3)
    turned = replace(
        back, core={k: v[::-1] for k, v in back.core.items()}, weights=back.weights[::-1],
        laws={slug: {k: v[::-1] for k, v in own.items()} for slug, own in back.laws.items()},
    )  # fmt: skip
    reverse = simulate(setting, turned, seeds[::-1], weeks=PERIOD)
    alone = simulate(setting, row(batch, 1), seeds[1:2], weeks=PERIOD)
    for i in range(3):
        assert everything(together, i) == everything(reverse, 2 - i)
    assert everything(together, 1) == everything(alone)
    assert len({together.digest(i) for i in range(3)}) == 3


def test_one_thread_and_two_give_the_same_runs(setting):
    jobs = [(named(slug).batch(), np.array([seed], np.uint64)) for slug in ("plan", "agencies") for seed in (1, 2)]
    one = [simulate(setting, batch, seed, weeks=PERIOD).digest() for batch, seed in jobs]
    with ThreadPoolExecutor(2) as pool:
        two = list(pool.map(lambda job: simulate(setting, *job, weeks=PERIOD).digest(), jobs))
    assert one == two and len(set(one)) == 4


@pytest.mark.parametrize("slug", SLUGS)
def test_a_weight_of_zero_changes_nothing_to_the_bit(setting, slug):
    """Even where the same explanation acts in another run of the batch, with other numbers."""
    others = [one for one in ("agencies", "threat", "plan") if one != slug][:2]
    weights = {question: dict.fromkeys(others, 0.5) for question in ("elite", "mass", "national", "where", "stop")}
    without = Scenario(name="without", weights=weights).batch(2)
    acting = {name: np.array([v[0], v[0] * 1.1]) for name, v in without.laws[slug].items()}
    mixed = without.weights.copy()
    mixed[1, :, SLUGS.index(slug)] = 0.7
    silent = replace(without, weights=mixed, laws={**without.laws, slug: acting})
    seeds = np.array([7, 8], np.uint64)
    plain, beside = (simulate(setting, batch, seeds, weeks=(150, 215)) for batch in (without, silent))
    assert everything(plain, 0) == everything(beside, 0)
    assert not np.array_equal(plain.drives[1], beside.drives[1])


def test_the_order_in_which_explanations_are_named_is_irrelevant(setting):
    told, shuffled = named("composite").weights, {}
    for question, weights in told.items():
        names = list(weights)
        random.Random(3).shuffle(names)
        shuffled[question] = {name: weights[name] for name in reversed(names)}
    seeds = np.array([4], np.uint64)
    first, second = (
        simulate(setting, Scenario(name="x", weights=w).batch(), seeds, weeks=PERIOD)
        for w in (told, shuffled)
    )
    assert everything(first) == everything(second)


def test_provenance_recreates_a_run(setting):
    made = simulate(setting, named("threat").batch(), np.array([2**63 + 11], np.uint64), weeks=PERIOD)
    told = made.provenance
    assert told["setting"] == setting.digest
    again = simulate(
        setting, named(told["kind"]).batch(), np.array(told["seeds"], np.uint64), weeks=tuple(told["weeks"])
    )
    assert everything(made) == everything(again)
    assert simulate(setting, named("threat").batch(), np.array([12], np.uint64), weeks=PERIOD).digest() != made.digest()


def test_bins_of_time_change_nothing_but_the_table(setting):
    seeds, batch = np.array([3], np.uint64), named("composite").batch()
    one = simulate(setting, batch, seeds)
    weekly = simulate(setting, batch, seeds, slots=np.arange(313))
    assert np.array_equal(one.weekly, weekly.weekly)
    assert np.array_equal(one.regional[0, 0], weekly.regional[0].sum(axis=0))
    assert np.array_equal(weekly.weekly[0], weekly.regional[0].sum(axis=1))


def test_one_more_place_under_the_limit_changes_only_that_region(setting, monkeypatch):
    """A minimally different world. The schedule reads nothing, crowding is off and limits bind."""
    batch = named("plan", "strict").batch()
    binding = {
        "crowding": np.zeros(1),
        "arrest_rate": 3.0 * batch.core["arrest_rate"],
        "capacity": 3.0 * batch.core["capacity"],
    }
    batch = replace(batch, core={**batch.core, **binding})
    seeds, region = np.array([9], np.uint64), 20
    usual = simulate(setting, batch, seeds, slots=np.arange(313))
    week = int(usual.launch[0]) + 6
    step = kernels.step

    def one_more(x, *rest):
        if rest[8] == week:
            x[layout.LIMIT, 0, region] += 1.0
        step(x, *rest)

    monkeypatch.setattr(kernels, "step", one_more)
    more = simulate(setting, batch, seeds, slots=np.arange(313))
    other = np.arange(len(setting.regions)) != region
    assert np.array_equal(usual.regional[:, :, other], more.regional[:, :, other])
    assert np.array_equal(usual.regional[:, :week], more.regional[:, :week])
    assert more.limits[0, region, 0] - usual.limits[0, region, 0] >= 1.0
    assert not np.array_equal(usual.regional[:, week:, region], more.regional[:, week:, region])


# -- baseline ---------------------------------------------------------------------------------------------------------


def toy():
    """A made-up country of four regions and camps, apart from the record: only the model can change its runs."""
    weeks = 313
    people = np.array([9e6, 5e6, 3e6, 1e6, 0.0])
    ramp = np.linspace(0.0, 1.0, weeks)
    rising = np.clip(1.6 * ramp, 0.05, 0.9)
    return Setting(
        regions=("north", "south", "east", "west", "nkvd-camps"), population=people,
        urban=np.array([0.6, 0.3, 0.2, 0.1, 0.0]), border=np.array([0.0, 1.0, 0.5, 0.0, 0.0]),
        exile=np.array([0.1, 0.2, 1.0, 0.5, 0.0]), shortfall=np.array([0.0, 1.0, 0.3, 0.0, 0.0]),
        unrest=np.array([0.1, 1.0, 0.4, 0.2, 0.0]), garrison=np.array([0.3, 1.0, 0.2, 0.0, 0.0]),
        minority=np.outer(people, [0.004, 0.007, 0.001, 0.004, 0.002]), staff=2600.0 * people / people.sum(),
        office_holders=11_000.0 * people / people.sum(), party=220_000.0 * people / people.sum(),
        officers=16_000.0 * people / people.sum(), security=2600.0 * people / people.sum(),
        limits=np.array([[4000, 11000], [2000, 6000], [1500, 4000], [300, 900], [1000, 0]], float),
        start=np.array([0.0, 0.0, 1.0, 0.0, 0.0]), threat=np.tile(rising[:, None], (1, 5)) * np.array([1, 0.9, 0.8, 0.6, 0.5]),
        harvest=np.where((ramp > 0.5) & (ramp < 0.65), 0.8, 0.1), elections=np.where((ramp > 0.5) & (ramp < 0.62), 0.9, 0.0),
        licence=np.where(ramp > 0.5, 0.5, 0.2), shock=np.where(np.arange(weeks) == 48, 1.0, 0.0),
        yezhov=np.arange(weeks) >= 142, december_law=np.arange(weeks) >= 48,
        review=np.where(np.arange(weeks) < 140, 300.0, 0.0), expelled=9000.0 * people / people.sum(),
    )  # fmt: skip


BASELINE = {
    "plan": "5f44e5269f77eb7d",
    "agencies": "302cb687640d250f",
    "composite": "26dba5ca6e0d162d",
}
"""Digests of three runs of the made-up country. A change of the model changes them: then put the new ones here, and a line
marked "Regression" into CHANGELOG.md that says what changed and why."""


@pytest.mark.parametrize("name", BASELINE)
def test_the_made_up_country_has_the_runs_it_had(name):
    outcome = simulate(toy(), named(name).batch(2), np.array([1937, 1938], np.uint64), slots=np.arange(313))
    assert outcome.weekly.sum() > 50_000
    found = outcome.digest(0)
    assert found == BASELINE[name], f"{name} now gives {found}; see BASELINE for what to do if that is meant"
