"""People are conserved, queues never owe, and nothing happens before it may or after it must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.scenario import Design, named
from thirtyseven.simulation import kernels, layout
from thirtyseven.simulation.everybody import HANDED_OVER
from thirtyseven.simulation.run import BEFORE_1934, simulate
from thirtyseven.society import calendar

KINDS = ("composite", "plan/strict", "agencies/charitable", "threat/charitable", "below/strict")
RUNS = 3
C = {name: i for i, name in enumerate(CHANNELS)}
MASS = [C["troika"], *(C[line] for line in LINES)]
COURTS = [C[c] for c in ("party", "army", "nkvd", "families", "ordinary")]
ARRESTED, SENTENCED, FIRST, RELEASED = range(4)


@pytest.fixture(scope="module", params=[(kind, given) for kind in KINDS for given in (False, True)], ids=str)
def past(request, setting):
    """Wild runs of one kind, with the state at the end; the decree given in half of them."""
    kind, given = request.param
    design = Design(kind)
    points = np.random.default_rng(len(kind)).uniform(0.02, 0.98, (RUNS, len(design.coordinates)))
    batch = design.batch(points, calendar.week_of(calendar.DECREE) if given else -1)
    states, step = [], kernels.step
    patch = pytest.MonkeyPatch()

    def keep(x, *rest):
        step(x, *rest)
        states.append(x)

    patch.setattr(kernels, "step", keep)
    outcome = simulate(setting, batch, np.arange(RUNS, dtype=np.uint64) + 40, slots=np.arange(calendar.WEEKS))
    patch.undo()
    return outcome, states[-1], np.floor(BEFORE_1934 * setting.population / setting.population.sum())


def test_arrested_equals_sentenced_and_released_and_still_held(past):
    """In every region: nobody is lost between the queues of courts, troikas, albums and lists."""
    outcome, x, before = past
    total = outcome.regional[:, :, :-1].sum(axis=1, dtype=np.int64)
    k = layout
    gone = total[..., SENTENCED] + total[..., RELEASED]
    lists = x[k.INQUIRY : k.INQUIRY + 3].sum(axis=0) + x[k.QUEUE]
    assert np.allclose((total[..., ARRESTED] - gone)[:, :, C["lists"]], lists[:, :-1], atol=1e-6)
    mass = x[k.CUSTODY] + x[k.ALBUM : k.ALBUM + 5].sum(axis=0) + x[k.HELD + k.ORDINARY]
    inside = [*MASS, C["ordinary"]]
    assert np.array_equal(before[:-1] + (total[..., ARRESTED] - gone)[:, :, inside].sum(axis=2), mass[:, :-1])
    for channel in ("party", "army", "nkvd", "families"):
        held = x[k.HELD + C[channel]]
        assert np.array_equal((total[..., ARRESTED] - gone)[:, :, C[channel]], held[:, :-1])


def test_counts_never_owe_and_parts_never_exceed_wholes(past):
    outcome, x, before = past
    assert (outcome.regional >= 0).all() and (outcome.weekly >= 0).all()
    assert (outcome.regional[..., FIRST] <= outcome.regional[..., SENTENCED]).all()
    running = outcome.regional[:, :, :-1].cumsum(axis=1, dtype=np.int64)
    waiting = running[..., ARRESTED] - running[..., SENTENCED] - running[..., RELEASED]
    assert (waiting[..., [C["lists"], C["party"], C["army"], C["nkvd"], C["families"]]] >= 0).all()
    assert (waiting[..., [*MASS, C["ordinary"]]].sum(axis=3) + before[:-1] >= 0).all()
    pools = [layout.REGISTER, layout.REGISTER + 1, layout.REGISTER + 2, layout.LATENT, layout.CUSTODY, layout.NAMED,
             layout.FAMILY, layout.QUEUE, layout.OFFICER, layout.SECURITY, layout.OFFICES]  # fmt: skip
    assert (x[[*pools, *range(layout.ALBUM, layout.ALBUM + 10), *range(layout.HELD, layout.FIELDS)]] > -1e-6).all()


def test_pools_of_the_few_are_not_exceeded(past, setting):
    arrests = past[0].regional[..., ARRESTED].sum(axis=1)
    assert (arrests[:, :, C["lists"]] <= setting.office_holders).all()
    assert (arrests[:, :, C["army"]] <= setting.officers).all()
    assert (arrests[:, :, C["nkvd"]] <= setting.security).all()
    for j, line in enumerate(LINES):
        assert (arrests[:, :, C[line]] <= setting.minority[:, j]).all()
    assert (arrests[:, -1] == 0).all()  # prisoners of camps are sentenced, not arrested


def test_sentences_stay_under_the_limits_and_their_excess(past):
    """At most five per cent above the last limit in force, and the one case that rounding adds to the second."""
    outcome, _, _ = past
    done = outcome.regional[:, :, :, C["troika"]].sum(axis=1)
    first, second = done[..., FIRST], done[..., SENTENCED] - done[..., FIRST]
    assert (first <= 1.05 * outcome.limits[..., 0] + 1e-6).all()
    assert (second <= 1.05 * outcome.limits[..., 1] + 1.0 + 1e-6).all()


def test_nothing_begins_before_it_may(past):
    outcome, _, _ = past
    week = np.arange(calendar.WEEKS)
    table = outcome.weekly
    for b in range(RUNS):
        launch = outcome.launch[b] if outcome.launch[b] >= 0 else 10_000
        assert table[b, week < launch, C["troika"], SENTENCED].sum() == 0
        assert table[b, week < launch - 5, C["troika"], ARRESTED].sum() == 0
        for j, line in enumerate(LINES):
            start = outcome.line_start[b, j] if outcome.line_start[b, j] >= 0 else 10_000
            assert table[b, week < start, C[line]].sum() == 0
        assert table[b, week < calendar.week_of(calendar.FAMILIES_ORDER), C["families"]].sum() == 0
        assert table[b, week < calendar.week_of(calendar.PLENUM_1937), C["nkvd"]].sum() == 0


def test_after_the_decree_no_troika_and_no_album_decides(past):
    outcome, x, _ = past
    for b in range(RUNS):
        stop = outcome.stop[b]
        if stop < 0:
            continue
        assert outcome.weekly[b, stop:, MASS, SENTENCED].sum() == 0
        last_week = outcome.weekly[b, -1, :, ARRESTED]
        assert x[layout.CUSTODY, b, :-1].sum() == last_week[C["troika"]]
        assert x[layout.ALBUM : layout.ALBUM + 5, b].sum() == last_week[[C[line] for line in LINES]].sum()
        assert (outcome.launch[b] < 0) or (outcome.launch[b] <= stop)


def test_an_order_on_its_way_is_not_given_after_the_decree(setting):
    """The decree given in the weeks between the decision and the first day: no limits, nobody before a troika."""
    seeds = np.arange(6, dtype=np.uint64)
    free = simulate(setting, named("plan", "strict").batch(6), seeds)
    week = int(np.median(free.launch)) - 2
    batch = named("plan", "strict").batch(6)
    given = simulate(setting, replace(batch, stop_week=week), seeds)
    late = free.launch >= week
    assert late.any() and (given.launch[late] == -1).all()
    assert given.limits[late].sum() == 0 and given.weekly[late, :, C["troika"], SENTENCED].sum() == 0


def test_the_share_handed_over_is_the_same_for_counts_and_people(setting, monkeypatch):
    """60 per cent of those held for courts stand before the troikas in the order's first week."""
    seen, step = {}, kernels.step

    def spy(x, g, ctl, course, *rest):
        week = rest[-4]
        before = x[layout.HELD + layout.ORDINARY, 0, :-1].copy(), x[layout.CUSTODY, 0, :-1].copy()
        step(x, g, ctl, course, *rest)
        if week == course.launch[0]:
            seen["held"], seen["custody"] = before

    monkeypatch.setattr(kernels, "step", spy)
    outcome = simulate(setting, named("plan").batch(), np.array([1], np.uint64), slots=np.arange(calendar.WEEKS))
    week = int(outcome.launch[0])
    moved = np.floor(HANDED_OVER * seen["held"])
    running = outcome.regional[0, :week, :-1].sum(axis=0, dtype=np.int64)
    assert np.array_equal(seen["custody"], running[:, C["troika"], ARRESTED])
    later = outcome.regional[0, week, :-1, C["troika"]]
    assert (later[:, SENTENCED] <= seen["custody"] + moved + later[:, ARRESTED]).all()
    assert later[:, SENTENCED].sum() > 0 and moved.sum() > 1000
