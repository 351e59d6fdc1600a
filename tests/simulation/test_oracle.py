"""The compiled step against a plain-Python re-implementation, event by event, in small worlds."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import oracle as plain
import pytest

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.scenario import Design, Scenario, named
from thirtyseven.scenario.design import SLUGS
from thirtyseven.simulation import kernels, layout, run
from thirtyseven.society import calendar

PLACES = ("moscow-oblast", "west-siberian-krai", "turkmen-ssr", "kiev-oblast", "leningrad-oblast", "nkvd-camps")
WHATS = ("arrested", "sentenced", "first", "released")
DECREE = calendar.week_of(calendar.DECREE)


@pytest.fixture(scope="module")
def small(setting):
    """Five regions and the camps; the regional inputs are those of the record."""
    chosen = [setting.regions.index(slug) for slug in PLACES]
    parts = {}
    for item in fields(setting):
        value = getattr(setting, item.name)
        if item.name == "regions":
            parts[item.name] = PLACES
        elif isinstance(value, np.ndarray) and value.shape[0] == len(setting.regions):
            parts[item.name] = value[chosen]
    return replace(setting, **parts)


def everything(variant="charitable", stop_given=False):
    """All eight explanations act on every question."""
    one = {slug: 1.0 + 0.1 * i for i, slug in enumerate(SLUGS)}
    weights = dict.fromkeys(("elite", "mass", "national", "where", "stop"), one)
    return Scenario(name="all", weights=weights, variants=dict.fromkeys(SLUGS, variant), stop_given=stop_given).batch()


def extreme(kind, u, stop=-1):
    design = Design(kind)
    point = np.random.default_rng(u).uniform(0.02, 0.98, (1, len(design.coordinates)))
    return design.batch(point, stop)


CASES = {
    "all eight": lambda: everything(),
    "all eight, strict, stop given": lambda: everything("strict", True),
    "reference composite": lambda: named("composite").batch(),
    "plan, strict": lambda: named("plan", "strict").batch(),
    "agencies": lambda: named("agencies").batch(),
    "opposition, stop given": lambda: Scenario.model_validate(
        named("opposition").model_dump() | {"stop_given": True}
    ).batch(),
    "below, strict": lambda: named("below", "strict").batch(),
    "reactions": lambda: named("reactions").batch(),
    "a wild composite": lambda: extreme("composite", 3),
    "a wild composite, decree before the order": lambda: extreme("composite", 4, 150),
    "suspicion": lambda: named("suspicion").batch(),
    "inheritance": lambda: named("inheritance").batch(),
    "threat": lambda: named("threat").batch(),
}


PAST = {}
"""Outcomes of the cases that ran before."""


def compare(monkeypatch, setting, batch, seed):
    """Run both side by side; returns how often something was booked."""
    core = {name: values[0] for name, values in batch.core.items()}
    other = plain.Oracle(setting, core, np.uint64(seed), batch.stop_week)
    heard, booked = {}, [0]
    step, decide, push = kernels.step, run.decide, run.to_push

    def spy_decide(course, controls, seeds, week, *rest):
        decide(course, controls, seeds, week, *rest)
        other.say(controls, week)
        heard["controls"] = controls
        dates = [course.decided[0], course.launch[0], course.stop[0], *course.line_start[0]]
        assert dates == [other.decided, other.launch, other.stop, *other.line_start.values()], f"dates in week {week}"

    def spy_step(x, g, ctl, course, tally, facts, params, push, seeds, week, slot, background, death):
        step(x, g, ctl, course, tally, facts, params, push, seeds, week, slot, background, death)
        events = other.live(heard["controls"], core["denunciation"], float(setting.licence[week]), week)
        mine = np.zeros((len(PLACES), 12, 4), np.int64)
        for (r, channel, what), n in events.items():
            mine[r, CHANNELS.index(channel), WHATS.index(what)] += n
        differ = np.argwhere(mine != tally.regional[0, slot])
        assert not len(differ), f"week {week}: (region, channel, what) {differ[:5].tolist()}"
        same_state(x[:, 0], other, week)
        assert tally.careers_regional[0].tolist() == [p.careers for p in other.places], f"careers, week {week}"
        booked[0] += int(np.count_nonzero(mine))

    monkeypatch.setattr(run, "decide", spy_decide)
    monkeypatch.setattr(kernels, "step", spy_step)
    monkeypatch.setattr(run, "to_push", push)
    outcome = run.simulate(setting, batch, np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS))
    monkeypatch.undo()
    return outcome, booked[0]


FIELD = layout
REMEMBERED = (
    FIELD.LIMIT, FIELD.LIMIT + 1, FIELD.REGISTER, FIELD.LATENT, FIELD.CUSTODY, FIELD.MASS_TOTAL, FIELD.TROIKA_FIRST,
    FIELD.TROIKA_SECOND, FIELD.RAISED, FIELD.ALBUM, FIELD.LINE_LEFT + 2, FIELD.OFFICES, FIELD.OFFICE_MEAN, FIELD.NAMED,
    FIELD.INQUIRY + 2, FIELD.QUEUE, FIELD.FAMILY, FIELD.OFFICER, FIELD.SECURITY, FIELD.ZEAL, FIELD.CHIEFS, FIELD.SECRETARIES,
    FIELD.EXPIRY, FIELD.RAISED_1938, FIELD.RAISED_ALL + 1, FIELD.REQUESTS, FIELD.REFUSALS, FIELD.HELD + FIELD.ORDINARY,
    FIELD.HELD + FIELD.PARTY, FIELD.EXPELLED, FIELD.EXPELLING, FIELD.DISCHARGED, FIELD.DISCHARGING,
)  # fmt: skip


def same_state(x, other, week):
    """What the institutions remember is the same, to rounding."""
    theirs = [
        (
            p.limits[0], p.limits[1], p.registers[0], p.latent, p.custody, p.mass_total, p.sentenced[0], p.sentenced[1],
            p.raised, p.album["polish"], p.lines_left["harbin"], p.offices_left, p.office_mean, p.named, p.inquiry[2],
            p.queue, p.family, p.officers_left, p.security_left, p.zeal, p.chiefs, p.secretaries, p.expiry,
            p.raised_1938[0], p.raised_all[1], p.requests, p.refusals, p.held["ordinary"], p.held["party"],
            p.expelled, p.expelling, p.discharged, p.discharging,
        )
        for p in other.places
    ]  # fmt: skip
    np.testing.assert_allclose(x[list(REMEMBERED)].T, theirs, rtol=1e-9, atol=1e-9, err_msg=f"week {week}")


@pytest.mark.parametrize("name", CASES)
def test_the_compiled_step_equals_plain_python_event_by_event(monkeypatch, small, name):
    outcome, booked = compare(monkeypatch, small, CASES[name](), 11)
    PAST[name] = outcome
    assert booked > 5_000
    assert outcome.weekly.sum() > 100_000


def test_the_cases_reach_every_channel_and_every_decision(monkeypatch, small):
    """An oracle that never sees a channel says nothing about it."""
    outcomes = [
        PAST.get(name) or run.simulate(small, make(), np.array([11], np.uint64)) for name, make in CASES.items()
    ]
    counted = np.stack([o.weekly[0].sum(axis=0) for o in outcomes])
    assert (counted[:, :, :2] > 0).any(axis=0).all()
    assert any(o.launch[0] >= 0 for o in outcomes) and any(o.launch[0] < 0 for o in outcomes)
    assert any(o.stop[0] == DECREE for o in outcomes) and any(0 <= o.stop[0] != DECREE for o in outcomes)
    assert any(o.requests.sum() > o.refusals.sum() > 0 for o in outcomes)
    assert any(o.raised_1938.sum() > 0 for o in outcomes)
    assert (np.stack([o.careers[0].sum(axis=0) for o in outcomes]) > 0).any(axis=0).all()
