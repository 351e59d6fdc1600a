"""Who lived: margins by region, stratum, nationality and social group against the census of January 1937."""

import time
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from thirtyseven.record import load
from thirtyseven.society import bridging, build, elite, geography, households, strata
from thirtyseven.society.people import CELLS, Society
from thirtyseven.society.strata import GROUPS, INDEX, LINES, STRATA


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def society(record) -> Society:
    return build.build(record)


@pytest.fixture(scope="module")
def places(record):
    return build._read(record)


def column(society, slug):
    return society.size[:, INDEX[slug]]


def counted(society, slug):
    """People of a stratum with their families, by region."""
    one, people = STRATA[INDEX[slug]], column(society, slug)
    return people + households.people_in(people, one.village) if one.household == "dependants" else people


def test_everybody_of_the_census_is_there(record, society):
    rows = record.series["population-1937"].rows
    assert society.people == 162_003_225 == sum(row["pop_1937_jan_estimate"] for row in rows)
    assert society.size.shape == (65, len(STRATA))
    assert (society.size >= 0).all()
    assert society.regions == tuple(record.region_slugs)


def test_every_region_has_its_census_population(record, society, places):
    apart = [i for i, one in enumerate(STRATA) if one.sector in ("garrison", "security")]
    civil = np.delete(society.size, apart, axis=1).sum(axis=1)
    counted_there = civil + build.prisoners_by_place(places)
    counted_there[-1] -= strata.PRISONERS  # the camps: counted where they lay
    assert np.array_equal(counted_there, society.regional.census)
    given = {row["region"]: row["pop_1937_jan_estimate"] for row in record.series["population-1937"].rows}
    for slug, people in zip(society.regions[:-1], society.regional.census[:-1], strict=True):
        extra = given["yakut-assr"] if slug == "east-siberian-krai" else 0
        assert abs(int(people) - given[slug] - extra) <= 40, slug  # the residual of the RSFSR, 308 people


def test_army_and_troops_are_those_counted_apart(society):
    garrison = sum(column(society, one.slug).sum() for one in STRATA if one.sector == "garrison")
    security = column(society, "security-staff").sum() + column(society, "nkvd-troops").sum()
    assert garrison == strata.ARMY
    assert garrison + security == strata.OUTSIDE_TABLES


def test_strata_have_their_sizes(society):
    for one in STRATA:
        if one.people is not None:
            assert column(society, one.slug).sum() == one.people, one.slug
    assert society.size[-1].sum() == column(society, "prisoners")[-1] == strata.PRISONERS
    registers = ("former-kulaks", "criminal-register", "clergy", "other-register")
    assert sum(column(society, slug).sum() for slug in registers) == strata.REGISTERS
    assert society.regional.registers.sum() == strata.REGISTERS


def test_families_are_those_of_the_people_counted_alone(society):
    alone = [one for one in STRATA if one.household == "dependants"]
    mean = [4.3 if one.village else 3.6 for one in alone]
    people = [column(society, one.slug).sum() for one in alone]
    expected = sum(n * (m - 1.0) for n, m in zip(people, mean, strict=True))
    assert column(society, "dependants").sum() == pytest.approx(expected, rel=1e-4)


def test_social_groups_have_their_shares_of_1937(society):
    groups = {group: float(column(society, group).sum()) for group in GROUPS}
    for slug, parts in strata.BELONG.items():
        for group, part in parts.items():
            groups[group] += part * float(counted(society, slug).sum())
    whole = sum(groups.values())
    assert (groups["workers"] + groups["employees"]) / whole == pytest.approx(0.362, abs=1e-4)
    assert groups["collective-farmers"] / whole == pytest.approx(0.579 - 0.579 * 3_888_434 / 79_504_822, abs=1e-4)
    assert all(sum(parts.values()) == pytest.approx(1.0) for parts in strata.BELONG.values())


def test_workers_live_in_towns_and_farmers_outside(society):
    share = column(society, "workers")[:-1] / society.size[:-1].sum(axis=1)
    assert stats.spearmanr(share, society.regional.urban[:-1]).statistic > 0.8
    share = column(society, "collective-farmers")[:-1] / society.size[:-1].sum(axis=1)
    assert stats.spearmanr(share, society.regional.urban[:-1]).statistic < -0.8


def test_nationalities_have_their_totals(society):
    totals = society.regional.minority.sum(axis=0)
    assert totals[LINES.index("polish")] == 636_220
    assert totals[LINES.index("german")] == 1_151_602
    baltic = totals[LINES.index("baltic")]
    assert 128_345 + 143_589 + 143_437 < baltic < 151_410 + 154_666 + 134_701
    for j, line in enumerate(LINES):
        assert np.array_equal(society.regional.minority[:, j], column(society, line))


@pytest.mark.parametrize(("names", "line"), [(("Poles",), "polish"), (("Germans",), "german"),
                                             (("Greeks", "Bulgarians", "Persians", "Irani", "Afghans"), "southern"),
                                             (("Latvians", "Estonians", "Finns", "LeningradF"), "baltic")])
def test_minorities_live_where_the_census_of_1926_found_them(record, society, names, line):
    """Blocks whose borders agree in both years: shares of the nationality within a few points."""
    republic = {row["region"]: row["republic"] for row in record.series["population-1937"].rows}
    blocks = {
        "Ukraine": ({"Ukrainian ASSR"}, [s for s in society.regions if republic.get(s) == "Ukraine"]),
        "Belorussia": ({"Belorussian ASSR"}, ["belorussian-ssr"]),
        "Volga Germans": ({"Volga German ASSR"}, ["volga-german-assr"]),
        "Crimea": ({"Crimean ASSR"}, ["crimean-assr"]),
        "Caucasus": ({"Transcaucasian SFSR"}, ["azerbaijan-ssr", "armenian-ssr", "georgian-ssr"]),
        "Bashkiria": ({"Bashkir ASSR"}, ["bashkir-assr"]),
    }
    rows = record.series["census-1926"].rows
    old = {row["unit_en"]: sum(row[name] for name in names) for row in rows}
    new = dict(zip(society.regions, society.regional.minority[:, LINES.index(line)], strict=True))
    for units, regions in blocks.values():
        before = sum(old[unit] for unit in units) / sum(old.values())
        after = sum(int(new[slug]) for slug in regions) / sum(new.values())
        assert abs(after - before) < 0.09, (line, regions)


def test_towns_hold_the_people_of_1937(record, society):
    urban, people = society.regional.urban, society.regional.census
    assert float((urban * people).sum()) == pytest.approx(strata.URBAN, rel=1e-9)
    share = dict(zip(society.regions, urban, strict=True))
    assert share["leningrad-oblast"] > share["moscow-oblast"] > share["voronezh-oblast"]
    assert share["donetsk-oblast"] > 0.5 > share["vinnitsa-oblast"]
    assert set(bridging.PROVINCES) <= set(society.regions)
    assert abs(sum(bridging.CAMPS.values()) - 0.86) < 1e-9


def test_provinces_with_columns_in_a_wrong_order_are_read_right():
    assert bridging.towns_1926({"PopALL": 258745, "PopCITY": 1149674, "PopRUR": 1408419}) == (258745, 1408419)
    assert bridging.towns_1926({"PopALL": 100, "PopCITY": 70, "PopRUR": 30}) == (70, 100)


def test_distances_to_frontiers(record, society):
    km = {slug: dict(zip(LINES, row, strict=True)) for slug, row in
          zip(society.regions, society.regional.distance, strict=True)}
    assert km["leningrad-oblast"]["baltic"] < 60 and km["belorussian-ssr"]["polish"] < 120
    assert km["far-eastern-krai"]["harbin"] < 60 and km["sverdlovsk-oblast"]["polish"] > 1500
    assert km["moscow-oblast"]["polish"] == pytest.approx(620, abs=60)  # Moscow to the Dvina above Polotsk
    assert np.isinf(society.regional.distance[-1]).all()
    assert set(geography.SEATS) == set(society.regions[:-1]) and set(geography.FRONTIERS) == set(LINES)
    border = {row["region"]: (row["border_a"] + row["border_b"]) / 2
              for row in record.series["region-attributes"].rows}
    near = society.regional.distance[:-1].min(axis=1)
    judged = [border[slug] for slug in society.regions[:-1]]
    assert stats.spearmanr(near, judged).statistic < -0.6  # the coders worked without these coordinates


def test_great_circle_against_known_distances():
    moscow_leningrad = geography.great_circle(55.75, 37.62, np.array([59.94]), np.array([30.31]))[0]
    assert moscow_leningrad == pytest.approx(634, abs=3)


def test_strata_are_described():
    assert 24 <= len(STRATA) <= 28
    assert len({one.slug for one in STRATA}) == len(STRATA)
    for one in STRATA:
        assert one.definition and one.source and one.label
        assert one.term == "" or (one.term.startswith('"') and one.term.endswith('"'))


def test_elite_one_by_one(society):
    for office, count in [("central-committee", 139), ("congress-delegates", 1966), ("marshals", 5), ("politburo", 15),
                          ("first-secretaries", 64), ("nkvd-chiefs", 64), ("nkvd-head", 1), ("nkvd-leadership", 111),
                          *elite.RANKS]:
        ids = society.elite.ids(office)
        assert ids.size == count == np.unique(ids).size, office
        assert (np.diff(ids) > 0).all() if count > 1 else True


def test_offices_overlap_and_add_nobody(society):
    held = {office: set(society.elite.ids(office).tolist()) for office in society.elite.offices}
    assert held["politburo"] <= held["central-committee"] <= held["congress-delegates"]
    assert held["marshals"] <= held["central-committee"]
    assert len(held["first-secretaries"] & held["central-committee"]) == elite.SECRETARIES_IN_COMMITTEE
    assert held["nkvd-chiefs"] <= held["nkvd-leadership"] and held["nkvd-head"] <= held["nkvd-leadership"]
    ranks = [held[rank] for rank, _ in elite.RANKS]
    assert len(set.union(*ranks)) == sum(len(one) for one in ranks) == 887
    assert max(max(one) for one in held.values()) < society.people


@pytest.mark.parametrize(("office", "stratum"), [
    ("first-secretaries", "office-holders"), ("marshals", "high-command"), ("nkvd-chiefs", "security-staff"),
    ("brigade-commanders", "high-command"),
])
def test_offices_are_held_in_their_stratum(society, office, stratum):
    region, of = society.cells(society.elite.ids(office))
    assert set(of.tolist()) == {INDEX[stratum]}
    if office in ("first-secretaries", "nkvd-chiefs"):
        assert sorted(region.tolist()) == list(range(64))


def test_unknown_office_says_which_there_are(society):
    with pytest.raises(ValueError, match="central-committee"):
        society.elite.ids("tsar")


def test_ids_find_their_cells(society):
    rng = np.random.default_rng(1)
    ids = rng.integers(0, society.people, 2000)
    region, stratum = society.cells(ids)
    for one, r, s in zip(ids[:200], region, stratum, strict=False):
        assert int(one) in society.ids(society.regions[r], society.strata[s])
    assert society.start[3, 4] == society.ids(society.regions[3], society.strata[4]).start
    assert society.ids("kiev-oblast", "polish").stop - society.ids("kiev-oblast", "polish").start > 50_000
    for bad in (-1, society.people):
        with pytest.raises(ValueError, match="run from 0"):
            society.cells(np.array([bad]))
    with pytest.raises(ValueError, match="no region"):
        society.ids("atlantis", "polish")
    with pytest.raises(ValueError, match="no stratum"):
        society.ids("kiev-oblast", "nobles")


@pytest.mark.parametrize("scale", [0.1, 0.01, 1e-3, 1e-4])
def test_small_societies_keep_proportions(record, society, scale):
    small = build.build(record, scale)
    assert small.people == pytest.approx(society.people * scale, rel=0.05)
    for slug in ("workers", "collective-farmers", "polish", "former-kulaks", "party-members", "prisoners"):
        assert column(small, slug).sum() == pytest.approx(column(society, slug).sum() * scale, abs=1)
    assert small.elite.ids("first-secretaries").size == 64
    assert small.elite.offices == society.elite.offices
    assert all(small.elite.ids(office).size >= 1 for office in small.elite.offices)
    assert small.digest != society.digest


@pytest.mark.parametrize("scale", [0.0, -1.0, 1.5, float("nan")])
def test_impossible_scales_are_refused(record, scale):
    with pytest.raises(ValueError, match="scale of a society"):
        build.build(record, scale)


def test_a_missing_series_is_named(record):
    kept = {name: one for name, one in record.series.items() if name != "region-attributes"}
    with pytest.raises(ValueError, match="region-attributes"):
        build.build(SimpleNamespace(region_slugs=record.region_slugs, series=kept))


def test_regions_that_do_not_add_up_are_refused(record):
    series = dict(record.series)
    rows = [dict(row) for row in series["population-1937"].rows]
    rows[3]["pop_1937_jan_estimate"] += 1
    series["population-1937"] = SimpleNamespace(rows=rows)
    with pytest.raises(ValueError, match="162003226 people, not the 162003225"):
        build.build(SimpleNamespace(region_slugs=record.region_slugs, series=series))


def test_too_many_of_a_minority_is_refused(places):
    with pytest.raises(ValueError, match="volga-german-assr has fewer people"):
        crowded = places.minority.copy()
        crowded[places.regions.index("volga-german-assr"), 1] *= 4
        build._sizes(build.Places(**{**places.__dict__, "minority": crowded}))


def test_building_is_quick_and_always_the_same(record, society):
    start = time.perf_counter()
    again = build.build(record)
    assert again.atlas[CELLS] == again.people
    assert time.perf_counter() - start < 1.0
    assert again.digest == society.digest


@settings(max_examples=200, deadline=None)
@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=80))
def test_apportion_adds_up_and_stays_close(total, weights):
    w = np.array(weights)
    if w.sum() == 0 and total:
        with pytest.raises(ValueError, match="weights are all 0"):
            elite.apportion(total, w)
        return
    parts = elite.apportion(total, w)
    assert parts.sum() == total and (parts >= 0).all()
    if total:
        assert (np.abs(parts - total * w / w.sum()) <= 1.0 + 1e-6 * total / w.sum()).all()
        assert (parts[w == 0] == 0).all()
        if total <= w.sum():
            assert (parts <= w).all()


def test_fitting_gives_both_margins_and_keeps_odds_ratios():
    rng = np.random.default_rng(2)
    seed, rows = rng.random((7, 3)) + 0.1, rng.random(7) * 100
    columns = rng.random(3)
    columns *= rows.sum() / columns.sum()
    table = build.fit(seed, rows, columns)
    assert np.allclose(table.sum(axis=1), rows) and np.allclose(table.sum(axis=0), columns)
    odds = seed[0, 0] * seed[1, 1] / (seed[0, 1] * seed[1, 0])
    assert table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]) == pytest.approx(odds)


@pytest.mark.parametrize(("number", "word"), [
    (strata.PARTY, "party"), (820_881, "camp"), (375_488, "colon"), (strata.SETTLERS, "settle"), (381_026, "dep"),
    (147_272, "released"), (211_035, "released"), (369_544, "released"), (strata.ARMY, "army"), (54_566_283, "workers"),
    (29_738_484, "employees"), (75_616_388, "kolkhoz"), (3_888_434, "craft"), (636_220, "pol"), (1_151_602, "german"),
    (263_885, "expel"), (elite.CENTRAL_COMMITTEE, "central committee"), (elite.DELEGATES, "delegates"),
    (10_247, "chinese"), (213_765, "greek"), (151_410, "latvia"), (elite.NKVD_LEADERSHIP, "post"), (606_496, "settle"),
    (1_751_000, "director"), (550_000, "student"),
])
def test_numbers_stand_in_the_record(record, number, word):
    """Every count the society is built from is a figure of the record, under a fitting name."""
    found = [one for one in record.figures.values() if number in (one.value, one.low, one.high)
             or f"{number:,}" in one.note or str(number) in one.text]
    assert found, f"{number} is not in the record"
    text = " ".join(f"{one.quantity} {one.item} {one.population} {one.note}" for one in found).lower()
    assert word in text, (number, text[:200])
