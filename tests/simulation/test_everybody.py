"""Resolution `people`: the same counts, and every event happens to somebody to whom it can happen."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.simulation.compare import compare
from thirtyseven.simulation.everybody import KINDS, PROVENANCE, TIES_KEY, everybody
from thirtyseven.simulation.families import families
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar, ties
from thirtyseven.society.build import build
from thirtyseven.society.strata import SLUGS

ARRESTED, DEATH, OTHER, RELEASED = range(4)
REGISTERS = ("former-kulaks", "criminal-register", "clergy", "other-register")


def where(events, channel=None, kind=None, provenance=None):
    chosen = np.ones(len(events), bool)
    if channel is not None:
        chosen &= np.isin(events.channel, [CHANNELS.index(c) for c in np.atleast_1d(channel)])
    if kind is not None:
        chosen &= events.kind == kind
    if provenance is not None:
        chosen &= events.provenance == PROVENANCE.index(provenance)
    return np.flatnonzero(chosen)


def strata_of(society, people):
    return {SLUGS[s] for s in np.unique(society.cells(people)[1])}


def test_the_log_counts_what_the_run_counted(events, outcome):
    assert np.array_equal(events.counts(), outcome.regional[0])
    assert len(events) == outcome.weekly[0][..., [0, 1, 3]].sum()
    assert len(events) > 3_000_000


def test_nobody_is_arrested_in_custody_and_nobody_is_decided_at_liberty(events, society):
    """Person by person: arrest, then one decision; only those released may be arrested again."""
    order = np.lexsort((np.arange(len(events)), events.person))
    person, kind, region = events.person[order], events.kind[order], events.region[order]
    begins = np.diff(person, prepend=-1) != 0
    after = ~begins
    previous = np.roll(kind, 1)
    assert np.isin(previous[after & (kind == ARRESTED)], [RELEASED]).all()
    decided_again = after & (kind != ARRESTED) & (previous != ARRESTED)
    assert not decided_again.any()
    unheard = begins & (kind != ARRESTED)
    camps = region == len(society.regions) - 1
    assert set(person[unheard & ~camps]) <= set(events.held)
    assert strata_of(society, person[camps]) == {"prisoners"}


def test_census_of_people_equals_the_flows(events, outcome, society):
    """At every year's end: free, in custody, sentenced by category, freed; people counted one by one."""
    years = np.array(calendar.month_of_week()) // 12
    for year in range(6):
        week = int((years <= year).sum())
        census = events.census(week)
        arrested, sentenced, first, released = outcome.regional[0, :week].sum(axis=(0, 1, 2))
        from_camps = outcome.regional[0, :week, -1, :, 1].sum()
        in_log = np.concatenate([events.held, events.person[(events.kind == ARRESTED) & (events.week < week)]])
        again = len(in_log) - len(set(in_log.tolist())) if year == 5 else None
        assert sum(census.values()) == society.people == 162_003_225
        assert census["to_death"] == first
        assert census["to_camps"] == sentenced - first
        assert census["in_custody"] == len(events.held) + arrested + from_camps - sentenced - released
        assert census["at_liberty"] + census["freed"] == society.people - census["in_custody"] - sentenced
        assert census["freed"] <= released
        assert again is None or census["freed"] == released - again > 0


def test_each_channel_reaches_its_own_people_in_its_own_region(events, society):
    arrests = where(events, kind=ARRESTED)
    region, _ = society.cells(events.person[arrests])
    assert np.array_equal(region, events.region[arrests])
    person = lambda *a, **k: events.person[where(events, *a, kind=ARRESTED, **k)]  # noqa: E731
    assert strata_of(society, person("lists")) == {"office-holders", "high-command"}
    assert strata_of(society, person("nkvd")) == {"security-staff"}
    assert strata_of(society, person("army")) <= {"high-command", "senior-officers", "officers"}
    assert strata_of(society, person("party")) <= {"party-members", "expelled-members"}
    assert strata_of(society, person("families")) == {"dependants"}
    assert strata_of(society, person("troika", provenance="register")) == set(REGISTERS)
    assert strata_of(society, person("polish", provenance="line")) == {"polish"}
    assert not strata_of(society, person("polish", provenance="neighbour")) & {"polish", "office-holders", "prisoners"}
    ranks = ties.adult_ranks(society, events.person[arrests][::97])
    assert (ranks != ties.NOBODY).all()


def test_who_is_named_is_known_to_somebody_under_investigation(events, society):
    """The one who names was arrested before through the same channel and region, and knows whom he names."""
    named_ = where(events, kind=ARRESTED, provenance="named")
    assert len(named_) > 100_000
    some = named_[:: len(named_) // 3000]
    known = (ties.acquaintances(society, events.by[some], TIES_KEY) == events.person[some, None]).any(axis=1)
    work = [ties.workplaces_of(society, people[~known]) for people in (events.by[some], events.person[some])]
    assert known.mean() > 0.7
    assert (work[0] == work[1]).all() and (work[0] != ties.NOBODY).all()  # nobody else was left, and a colleague was named
    arrest = pl.DataFrame({
        "by": events.person, "week_by": events.week, "channel": events.channel, "region": events.region,
    })[where(events, kind=ARRESTED)]  # fmt: skip
    tied = pl.DataFrame({
        "by": events.by, "week": events.week, "channel": events.channel, "region": events.region, "person": events.person,
    })[named_].join(arrest, on=["by", "channel", "region"], how="left")  # fmt: skip
    tied = tied.filter(~pl.col("by").is_in(events.held.tolist()))  # held before the run begins: not in the log
    age = tied["week"] - tied["week_by"]
    known = age.drop_nulls()
    assert tied["week_by"].null_count() == 0
    good = tied.with_columns(age=pl.col("week") - pl.col("week_by")).filter((pl.col("age") > 0) & (pl.col("age") <= 8))
    assert len(known) >= len(good) > 0
    assert (
        good.unique(["person", "week"]).height
        == tied.filter(pl.col("week_by").is_not_null()).unique(["person", "week"]).height
    )


def test_who_denounces_is_an_acquaintance_at_liberty(events, society):
    some = where(events, kind=ARRESTED, provenance="denounced")[::53]
    assert (ties.acquaintances(society, events.person[some], TIES_KEY) == events.by[some, None]).any(axis=1).all()
    first_arrest = np.full(society.people, 10_000, np.int16)
    arrests = where(events, kind=ARRESTED)[::-1]
    first_arrest[events.person[arrests]] = events.week[arrests]
    earlier = first_arrest[events.by[some]] < events.week[some]
    freed = np.isin(events.by[some], events.person[where(events, kind=RELEASED)])
    assert (~earlier | freed).all()


def test_families_are_relatives_of_people_sentenced_to_death_through_lists(events, society):
    some = where(events, "families", ARRESTED)
    tied = some[events.by[some] >= 0]
    assert len(tied) > 0.99 * len(some) > 1000
    homes = ties.households_of(society, np.concatenate([events.person[tied], events.by[tied]]))[:, 0]
    assert np.array_equal(homes[: len(tied)], homes[len(tied) :])
    sentenced = where(events, "lists", DEATH)
    week = dict(zip(events.person[sentenced].tolist(), events.week[sentenced].tolist(), strict=True))
    assert all(week[by] <= w for by, w in zip(events.by[tied].tolist(), events.week[tied].tolist(), strict=True))
    assert events.week[some].min() >= calendar.week_of(calendar.FAMILIES_ORDER)


@pytest.mark.parametrize("channel", ["lists", "party", "army"])
def test_the_oldest_case_is_decided_first(events, channel):
    arrested_in = {}
    last: dict[int, int] = {}
    rows = where(events, channel)
    for person, week, region, kind in zip(events.person[rows].tolist(), events.week[rows].tolist(),
                                          events.region[rows].tolist(), events.kind[rows].tolist(), strict=True):  # fmt: skip
        if kind == ARRESTED:
            arrested_in[person] = week
        else:
            assert arrested_in[person] >= last.get(region, 0)
            last[region] = arrested_in[person]
    assert len(last) > 20


def test_the_seed_decides_who_and_the_counts_how_many(events, outcome, society):
    other = everybody(outcome, society, 2)
    assert other.digest() != events.digest()
    assert np.array_equal(other.counts(), events.counts())


def test_one_arrest_more_in_one_region_changes_nobody_elsewhere(events, outcome, society):
    """A minimally different world: person by person, only that region's fates can differ."""
    region, channel, week = 10, CHANNELS.index("troika"), 205
    regional = outcome.regional.copy()
    regional[0, week, region, channel, 0] += 1
    other = everybody(replace(outcome, regional=regional), society, 1)
    assert len(other) == len(events) + 1
    here, there = events.region != region, other.region != region
    assert np.array_equal(events.person[here], other.person[there])
    assert np.array_equal(events.kind[here], other.kind[there])
    before = events.week < week
    assert np.array_equal(events.log[:, before], other.log[:, other.week < week])
    found = compare(events, other, society)
    fates = found["arrested"]
    assert found["first_difference"] == calendar.monday_of(week).isoformat()
    assert fates["only_in_b"] == fates["only_in_a"] + 1 <= 40
    assert fates["same_week"] > 0.99 * len(where(events, kind=ARRESTED)) - 30_000
    assert fates["earlier_in_b"] >= fates["later_in_b"]


def test_the_same_seed_again_in_less_than_five_seconds_and_little_memory(events, outcome, society):
    tracemalloc.start()
    started = time.process_time()
    again = everybody(outcome, society, 1)
    assert time.process_time() - started < 5.0
    assert tracemalloc.get_traced_memory()[1] < 400e6
    tracemalloc.stop()
    assert again.digest() == events.digest()


def test_families_are_counted_by_definition(events, society):
    found = families(events, society, sample=4000)
    for told in found.values():
        shares = told["shares"]
        assert told["households"] <= told["people"]
        assert shares["people"] < shares["adults"] < shares["household"] < shares["household_or_kin"] < 1
        assert shares["workplace"] > shares["household"]
        circle = told["circle"]
        assert 1 < circle["one_in_eighteen"] < circle["one_in_eight"] < circle["half"] < circle["nine_in_ten"]
        assert 4 * shares["adults"] < shares["acquaintance"] < 8 * shares["adults"]  # losses lie close together
        assert 7 < told["kin_households"] < 11
    assert found["to_death"]["people"] < found["arrested_1937_38"]["people"] < found["arrested"]["people"]


def test_the_log_is_a_table_with_words(events):
    table = events.frame()
    assert table.height == len(events)
    assert table["kind"].dtype == pl.Enum(KINDS)
    assert table["monday"].min() >= calendar.FIRST_DAY and table["monday"].dt.weekday().unique().to_list() == [1]
    arrests = table.filter(pl.col("kind") == "arrested").group_by("channel").len()
    assert dict(arrests.iter_rows())["troika"] == len(where(events, "troika", ARRESTED))


def test_a_run_that_cannot_be_peopled_says_so(setting, outcome, society):
    pair = simulate(setting, named("plan").batch(2), np.array([1, 2], np.uint64))
    with pytest.raises(ValueError, match="one run at a time"):
        everybody(pair, society, 1)
    with pytest.raises(ValueError, match="too few people"):
        everybody(outcome, build(load(), 0.001), 1)
