"""Households, workplaces, acquaintances: arithmetic that must fit the census and be the same both ways."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from thirtyseven.record import load
from thirtyseven.society import build, households, ties
from thirtyseven.society.people import SECTOR, SECTORS
from thirtyseven.society.strata import INDEX, SLUGS, STRATA, UNDER_16

SEED = 1937
IN_QUARTERS = [i for i, one in enumerate(STRATA) if one.household == "none" and one.slug != "dependants"]


@pytest.fixture(scope="module")
def society():
    return build.build(load())


@pytest.fixture(scope="module")
def small():
    return build.build(load(), 1e-3)


@pytest.fixture(scope="module")
def everybody(small):
    return np.arange(small.people)


def test_patterns_have_the_sizes_of_the_census():
    for kind, mean in ((households.TOWN, 3.6), (households.VILLAGE, 4.3)):
        counts = households.SIZES[kind]
        assert sum(counts.values()) == households.HOUSEHOLDS
        assert sum(size * n for size, n in counts.items()) / households.HOUSEHOLDS == pytest.approx(mean)
        assert households.PATTERNS.whole[kind, 0] == round(mean * 100)
        assert households.PATTERNS.whole[kind, 1] == round((mean - 1) * 100)


def test_every_person_is_in_one_household(small, everybody):
    """Households partition the people: walking all heads counts everybody once."""
    rows = ties.households_of(small, everybody)
    heads = np.unique(rows[:, 0])
    own = ties.households_of(small, heads)
    assert np.array_equal(own[:, 0], heads), "a head heads his own household"
    assert int((1 + own[:, 2]).sum()) == small.people
    member = np.zeros(small.people, int)
    member[heads] += 1
    for _, first, count in own:
        member[first : first + count] += 1
    assert (member == 1).all()
    for person in everybody[:: max(1, small.people // 3000)]:
        head, first, count = rows[person]
        assert person == head or first <= person < first + count


def test_households_stay_in_their_region(small, everybody):
    region, _ = small.cells(everybody)
    rows = ties.households_of(small, everybody)
    assert np.array_equal(region, region[rows[:, 0]])


def test_sizes_of_households_are_those_of_the_census(society):
    """Mean of 3.6 in towns and 4.3 in villages; about 4.1 together (census of 1939)."""
    rng = np.random.default_rng(3)
    people = rng.integers(0, society.people, 300_000)
    _, stratum = society.cells(people)
    people = people[~np.isin(stratum, IN_QUARTERS)]
    heads, _, others = ties.households_of(society, people).T
    mean = 1.0 / np.mean(1.0 / (1.0 + others))  # people are met in proportion to the size of their household
    assert mean == pytest.approx(4.1, abs=0.15)
    _, of = society.cells(heads)
    village = np.array([one.village for one in STRATA])[of]
    for is_village, expected in ((True, 4.3), (False, 3.6)):
        size = 1.0 + others[village == is_village]
        assert 1.0 / np.mean(1.0 / size) == pytest.approx(expected, abs=0.03)


def test_children_are_as_many_as_the_census_counted(society):
    people = np.random.default_rng(4).integers(0, society.people, 300_000)
    assert np.mean(ties.roles(society, people) == households.CHILD) == pytest.approx(UNDER_16, abs=0.01)


def test_people_counted_alone_have_their_families_among_the_dependants(society):
    for slug in ("office-holders", "officers", "former-kulaks", "security-staff"):
        ids = society.ids("kiev-oblast", slug)
        rows = ties.households_of(society, np.array(ids)[:500])
        assert np.array_equal(rows[:, 0], np.array(ids)[:500])
        assert rows[:, 2].min() >= 1
        family = society.ids("kiev-oblast", "dependants")
        assert all(int(first) in family and int(first + n - 1) in family for _, first, n in rows)
        back = ties.households_of(society, rows[:, 1])
        assert np.array_equal(back[:, 0], rows[:, 0])
        assert (ties.roles(society, rows[:, 1]) == households.SPOUSE).all()


def test_soldiers_and_prisoners_have_no_household_here(society):
    for region, slug in (("far-eastern-krai", "soldiers"), ("nkvd-camps", "prisoners")):
        ids = np.array(society.ids(region, slug))[:50]
        rows = ties.households_of(society, ids)
        assert np.array_equal(rows[:, 0], ids) and (rows[:, 2] == 0).all()


def test_ranks_of_adults_and_back(small, everybody):
    rank, role = ties.adult_ranks(small, everybody), ties.roles(small, everybody)
    assert np.array_equal(rank == ties.NOBODY, role == households.CHILD)
    region, stratum = small.cells(everybody)
    cell = region * len(SLUGS) + stratum
    grown = np.flatnonzero(rank >= 0)
    for person in grown[:: max(1, grown.size // 5000)]:
        assert ties.nth_adult(small.atlas, cell[person], rank[person]) == person
    for c in range(0, len(SLUGS) * 65, 13):
        ranks = rank[(cell == c) & (rank >= 0)]
        assert np.array_equal(np.sort(ranks), np.arange(ties.adults_of(small.atlas, c)))


def test_order_in_which_a_cell_is_reached(small):
    for region, slug in (("moscow-oblast", "workers"), ("kiev-oblast", "polish"), ("komi-assr", "dependants")):
        cell = small.regions.index(region) * len(SLUGS) + INDEX[slug]
        adults = ties.adults_of(small.atlas, cell)
        order = [ties.nth_reached(small.atlas, SEED, cell, k) for k in range(adults)]
        assert len(set(order)) == adults
        assert all(person in small.ids(region, slug) for person in order)
        assert [ties.turn(small.atlas, SEED, person) for person in order] == list(range(adults))


def test_whoever_knows_somebody_is_known_by_him(small):
    people = np.random.default_rng(5).integers(0, small.people, 1500)
    known = ties.acquaintances(small, people, SEED)
    for slot in range(ties.DEGREE):
        there = known[:, slot] >= 0
        back = ties.acquaintances(small, known[there, slot], SEED)
        assert np.array_equal(back[:, slot ^ 1], people[there])


def test_whoever_knows_somebody_is_known_by_him_at_full_size(society):
    people = np.random.default_rng(6).integers(0, society.people, 3000)
    known = ties.acquaintances(society, people, SEED)
    for slot in range(ties.DEGREE):
        there = known[:, slot] >= 0
        assert np.array_equal(ties.acquaintances(society, known[there, slot], SEED)[:, slot ^ 1], people[there])


def test_adults_know_eight_and_children_nobody(society):
    people = np.random.default_rng(7).integers(0, society.people, 40_000)
    known, role = ties.acquaintances(society, people, SEED), ties.roles(society, people)
    child = role == households.CHILD
    assert (known[child] == ties.NOBODY).all()
    grown = np.sort(known[~child], axis=1)
    distinct = (np.diff(grown, axis=1) != 0).sum(axis=1) + 1 - (grown[:, 0] == ties.NOBODY)
    assert distinct.mean() > 7.99 and distinct.max() == 8
    assert (ties.roles(society, known[~child].ravel()[known[~child].ravel() >= 0]) != households.CHILD).all()
    assert not (known == people[:, None]).any()


def test_acquaintances_are_near_and_alike_as_stated(society):
    people = np.random.default_rng(8).integers(0, society.people, 40_000)
    people = people[ties.roles(society, people) != households.CHILD]
    region, stratum = society.cells(people)
    known = ties.acquaintances(society, people, SEED)
    for slot in range(ties.DEGREE):
        there = known[:, slot] >= 0
        near, alike = society.cells(known[there, slot])
        same_region, same_stratum = near == region[there], alike == stratum[there]
        level = ties.LEVELS[slot // 2]
        assert same_region.all() if level in ("cell", "region") else same_region.mean() < 0.2
        assert same_stratum.all() if level in ("cell", "stratum") else same_stratum.mean() < 0.9


def test_other_seeds_give_other_acquaintances(society):
    people = np.array(society.ids("moscow-oblast", "workers"))[:2000]
    one, two = ties.acquaintances(society, people, 1), ties.acquaintances(society, people, 2)
    assert np.array_equal(one < 0, two < 0) and np.mean(one[one >= 0] == two[one >= 0]) < 0.01


def test_workplaces_share_out_the_adults_of_their_kind(small, everybody):
    place = ties.workplaces_of(small, everybody)
    region, stratum = small.cells(everybody)
    assert np.array_equal(place >= 0, (SECTOR[stratum] >= 0) & (ties.roles(small, everybody) != households.CHILD))
    for number in np.unique(place[place >= 0])[::40]:
        here = everybody[place == number]
        assert np.unique(region[here]).size == 1
        assert np.unique(SECTOR[stratum[here]]).size == 1
        for s in np.unique(stratum[here]):
            cell, first, count = ties.staff(small.atlas, number, s)
            listed = [ties.nth_adult(small.atlas, cell, first + k) for k in range(count)]
            assert listed == here[stratum[here] == s].tolist()


def test_workplaces_have_people_of_several_strata(society):
    worker = society.ids("leningrad-oblast", "workers").start
    number = int(ties.workplaces_of(society, [worker])[0])
    counts = {slug: ties.staff(society.atlas, number, INDEX[slug])[2] for slug in SLUGS}
    assert counts["workers"] > counts["specialists"] > 0 and counts["party-members"] > 0
    assert counts["collective-farmers"] == counts["soldiers"] == 0
    assert 150 < sum(counts.values()) < 400
    assert len(SECTORS) == 5


def test_unknown_people_are_refused(small):
    for bad in (-1, small.people):
        with pytest.raises(ValueError, match="run from 0"):
            ties.roles(small, [bad])


def test_plain_python_gives_the_same(small):
    people = np.random.default_rng(9).integers(0, small.people, 60)
    code = (
        "import json, numpy as np; from thirtyseven.record import load; from thirtyseven.society import build, ties;"
        f"s = build.build(load(), 1e-3); p = np.array({people.tolist()});"
        f"print(json.dumps([ties.acquaintances(s, p, {SEED}).tolist(), ties.households_of(s, p).tolist(),"
        "ties.workplaces_of(s, p).tolist(), ties.roles(s, p).tolist()]))"
    )
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(Path(ties.__file__).parents[2])}
    plain = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    here = [ties.acquaintances(small, people, SEED), ties.households_of(small, people),
            ties.workplaces_of(small, people), ties.roles(small, people)]
    assert json.loads(plain.stdout) == [one.tolist() for one in here]
