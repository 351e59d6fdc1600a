"""From the record to a society: every margin by region and stratum, checked against the census of January 1937.

The way: census population by region (series `population-1937`); prisoners taken out of the regions where they were
counted and put in the camps; army and troops, counted apart, added by garrison; strata with a known size spread by
stated weights; families of those counted alone; what remains divided among workers, employees, collective farmers and
others by iterative proportional fitting to the regions and to the social groups of 1 January 1937.

The two independent coders' judgements by region (series `region-attributes`) give the pattern of minorities, exile,
unrest and garrisons; the Union's totals are those of the census.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.record import Record
from thirtyseven.society import bridging, elite, geography, households, strata
from thirtyseven.society.elite import apportion
from thirtyseven.society.people import Floats, Ints, Regional, Society
from thirtyseven.society.strata import INDEX, LINES, STRATA

CENSUS_BETWEEN = (10.055, 12.085)
"""Years from the census of 17 December 1926 to that of 6 January 1937, and to that of 17 January 1939."""

NATIONALITIES: dict[str, dict[str, tuple[int | None, int, int]]] = {
    "polish": {"Poles": (636_220, 782_334, 630_097)},
    "german": {"Germans": (1_151_602, 1_238_549, 1_427_232)},
    "harbin": {"people returned from Harbin": (25_000, 0, 0), "Chinese": (None, 10_247, 32_023)},
    "baltic": {"Latvians": (None, 151_410, 128_345), "Estonians": (None, 154_666, 143_589),
               "Finns": (None, 134_701, 143_437)},
    "southern": {"Greeks": (None, 213_765, 286_444), "Bulgarians": (None, 111_296, 113_494),
                 "Iranians": (None, 55_655, 39_037), "Afghans": (None, 5_352, 5_352)},
}
"""People by nationality: 1937 where the census is known (Poles, Germans) or an order gives it (Harbin); 1926; 1939.
Population table, recalled; Iranians (with Persians) and Afghans of 1926 after the series `census-1926`, and Afghans,
for whom there is no count of 1939, as in 1926."""


def line_totals() -> Ints:
    """People of the nationalities of each line in January 1937, on a straight line between censuses where unknown."""
    share = CENSUS_BETWEEN[0] / CENSUS_BETWEEN[1]
    totals = []
    for line in LINES:
        counts = [known if known is not None else round(old + share * (new - old))
                  for known, old, new in NATIONALITIES[line].values()]
        totals.append(sum(counts))
    return np.array(totals, np.int64)


@dataclass(frozen=True)
class Places:
    """What is known of the regions before anybody is placed; R = 65, the camps last."""

    regions: tuple[str, ...]
    census: Ints
    urban: Floats
    exile: Floats
    unrest: Floats
    garrison: Floats
    minority: Floats


def build(record: Record, scale: float = 1.0) -> Society:
    """Build the society of January 1937.

    Args:
        record: a loaded record with the series `population-1937`, `census-1926` and `region-attributes`.
        scale: share of the real population in (0, 1]; small values are for tests and keep proportions, and at least
            one holder of every office.

    Returns:
        The society; 162,003,225 people at full scale.

    Raises:
        ValueError: where the scale is outside (0, 1], a series is missing, the regions do not add up to the census,
            or a region has fewer people than the strata that must be placed in it.
    """
    if not 0.0 < scale <= 1.0:
        raise ValueError(f"the scale of a society must be above 0 and at most 1, not {scale}; 1 is everybody")
    places = _read(record)
    full, regional = _sizes(places)
    size = full if scale == 1.0 else _smaller(full, scale)
    table = elite.members(places.regions, size, regional.party, scale)
    return Society(places.regions, size, regional, table, float(scale))


def weights(places: Places) -> dict[str, Floats]:
    """By what each stratum is spread over the regions; each (R,), 0 for the camps unless it is theirs.

    Offices by population and towns, party likewise but more so; staff by population to the power 0.8; officers by
    garrison, the high command six times over in the capital; "kulaks" by country people, unrest and exile; settlers
    by the third power of the exile score.  All judgement, written once here.
    """
    people, town = places.census.astype(np.float64), places.urban
    capital = np.array([6.0 if slug == elite.CAPITAL else 1.0 for slug in places.regions])
    settled = people > 0
    garrison = (0.15 * people / people.sum() + 0.85 * places.garrison / places.garrison.sum()) * settled
    return {
        "offices": people * (0.4 + town), "party": people * (0.3 + town), "staff": people**0.8,
        "garrison": garrison, "command": garrison * capital,
        "kulak": people * (1.0 - 0.5 * town) * (0.3 + 0.4 * places.unrest + 0.6 * places.exile),
        "criminal": people * (0.4 + town), "faithful": people,
        "other": people * (0.4 + places.unrest + 0.5 * town),
        "learned": people * (0.3 + town), "students": people * town**2,
        "exile": people * places.exile**3,
    }


def _series(record: Record, name: str) -> tuple[Mapping[str, Any], ...]:
    if name not in record.series:
        raise ValueError(f"the society needs the series '{name}', which this record lacks; restore series/{name}.csv")
    return tuple(record.series[name].rows)


def _read(record: Record) -> Places:
    """Take from the record what the society is built of."""
    slugs = tuple(record.region_slugs)
    population = {str(row["region"]): row for row in _series(record, "population-1937")}
    coded = {str(row["region"]): row for row in _series(record, "region-attributes")}
    land = [slug for slug in slugs if slug in population]
    census = np.array([int(population[slug]["pop_1937_jan_estimate"]) if slug in population else 0 for slug in slugs])
    # Yakutia is not in the order; its people are counted with East Siberia, the region its road and river lead to.
    census[slugs.index("east-siberian-krai")] += int(population["yakut-assr"]["pop_1937_jan_estimate"])
    residual = int(population["rsfsr-residual"]["pop_1937_jan_estimate"])
    russian = np.array([slug in land and population[slug]["republic"] == "RSFSR" for slug in slugs])
    census -= apportion(-residual, census * russian)
    if (whole := int(census.sum()) + strata.OUTSIDE_TABLES) != strata.CENSUS_1937:
        raise ValueError(f"the series 'population-1937' and the army make {whole} people, not the {strata.CENSUS_1937}"
                         " of the census of January 1937; correct its column pop_1937_jan_estimate")
    republic = [str(population[slug]["republic"]) if slug in population else "" for slug in slugs]
    published = np.array([float(population[s]["republic_urban_share_1939_percent"]) / 100 if s in population else 0.0
                          for s in slugs])
    # The shares of 1939 are padded alike: brought down so that the Union's towns hold the 43.7 million of 1937.
    republic_share = published * strata.URBAN / float((published * census).sum())
    return Places(
        regions=slugs, census=census,
        urban=bridging.urban_shares(slugs, _series(record, "census-1926"), republic, republic_share, census),
        exile=_coded(coded, slugs, "exile"), unrest=_coded(coded, slugs, "unrest"),
        garrison=_coded(coded, slugs, "garrison"),
        minority=np.stack([_coded(coded, slugs, f"minority_{line}") for line in LINES], axis=1),
    )


def _coded(rows: Mapping[str, Mapping[str, Any]], slugs: tuple[str, ...], name: str) -> Floats:
    """Mean of the two coders."""
    return np.array([(float(rows[slug][f"{name}_a"]) + float(rows[slug][f"{name}_b"])) / 2.0 for slug in slugs])


def _sizes(places: Places) -> tuple[Ints, Regional]:
    """People in every cell at full size, and the arrays by region."""
    size = np.zeros((len(places.regions), len(STRATA)), np.int64)
    by = weights(places)
    minority = minority_stocks(places.minority, places.census)
    size[:, [INDEX[line] for line in LINES]] = minority
    size[-1, INDEX["prisoners"]] = strata.PRISONERS
    for s, one in enumerate(STRATA):
        if one.people is not None and one.slug != "prisoners":
            size[:, s] = apportion(one.people, by[one.spread])
    size[:, INDEX["dependants"]] = _dependants(size)
    apart = [s for s, one in enumerate(STRATA) if one.sector in ("garrison", "security")]
    civil = places.census - prisoners_by_place(places)
    placed = size.sum(axis=1) - size[:, apart].sum(axis=1)
    placed[-1] = 0
    rest = civil - placed
    if (rest < 0).any():
        slug = places.regions[int(np.argmin(rest))]
        raise ValueError(f"{slug} has fewer people than the strata placed in it; check its population and minorities")
    groups = _groups(size, rest, places.urban)
    size[:, [INDEX[group] for group in strata.GROUPS]] = groups
    return size, _regional(places, size, minority)


def _regional(places: Places, size: Ints, minority: Ints) -> Regional:
    of = {one.slug: size[:, s] for s, one in enumerate(STRATA)}
    by = weights(places)
    return Regional(
        census=places.census, population=size.sum(axis=1), urban=places.urban, staff=of["security-staff"],
        party=apportion(strata.PARTY, by["party"]), office_holders=of["office-holders"],
        officers=of["high-command"] + of["senior-officers"] + of["officers"],
        registers=np.stack([of["former-kulaks"], of["criminal-register"], of["clergy"] + of["other-register"]], axis=1),
        minority=minority, distance=geography.frontier_distances(places.regions),
    )


def minority_stocks(pattern: Floats, census: Ints) -> Ints:
    """People of the five lines by region: the coders' pattern fitted to the Union's totals of January 1937.

    Args:
        pattern: (R, 5) people by judgement, any unit.
        census: (R,) population; regions without any get nobody (prisoners are their own stratum).

    Returns:
        (R, 5) people; each column adds up to `line_totals()`.
    """
    seed = pattern * (census > 0)[:, None]
    return np.stack([apportion(int(n), seed[:, j]) for j, n in enumerate(line_totals())], axis=1)


def prisoners_by_place(places: Places) -> Ints:
    """Prisoners by the region where the census counted them: camps as known, the rest and colonies by population."""
    share = np.array([bridging.CAMPS.get(slug, 0.0) for slug in places.regions])
    camps = 820_881 * share
    return apportion(strata.PRISONERS, camps + (strata.PRISONERS - camps.sum()) * places.census / places.census.sum())


def _dependants(size: Ints) -> Ints:
    """Families of those who are counted alone, by region."""
    total = np.zeros(size.shape[0], np.int64)
    for s, one in enumerate(STRATA):
        if one.household == "dependants":
            total += households.people_in(size[:, s], one.village)
    return total


def _groups(size: Ints, rest: Ints, urban: Floats) -> Ints:
    """Divide what remains of each region among the four social groups (iterative proportional fitting).

    The groups' totals are their shares of everybody at liberty, less those of their people who already stand in
    another stratum (`strata.BELONG`); workers and employees are seeded in towns, farmers in the country.
    """
    at_liberty = float(rest.sum())
    taken = dict.fromkeys(strata.GROUPS, 0.0)
    for slug, parts in strata.BELONG.items():
        one = STRATA[INDEX[slug]]
        people = size[:, INDEX[slug]]
        counted = people + households.people_in(people, one.village) if one.household == "dependants" else people
        at_liberty += float(counted.sum())
        for group, part in parts.items():
            taken[group] += part * float(counted.sum())
    target = np.array([strata.GROUP_SHARES[group] * at_liberty - taken[group] for group in strata.GROUPS])
    target *= rest.sum() / target.sum()
    seed = np.stack([0.12 + 0.9 * urban, 0.08 + 0.9 * urban, 1.02 - urban, np.full(urban.size, 0.3)], axis=1)
    fitted = fit(seed, rest.astype(np.float64), target)
    return np.stack([apportion(int(n), row if n else np.ones(len(row))) for n, row in zip(rest, fitted, strict=True)])


def fit(seed: Floats, rows: Floats, columns: Floats, rounds: int = 200) -> Floats:
    """Iterative proportional fitting (Deming and Stephan 1940).

    Args:
        seed: (R, G) positive pattern.
        rows: (R,) totals of rows; 0 allowed.
        columns: (G,) totals of columns, positive, adding up to the same.
        rounds: passes over rows and columns.

    Returns:
        (R, G) numbers with these margins and the seed's odds ratios.
    """
    table = seed * (rows > 0)[:, None]
    for _ in range(rounds):
        table = table * (columns / table.sum(axis=0))
        table = table * (rows / np.maximum(table.sum(axis=1), 1e-300))[:, None]
    return np.asarray(table)


def _smaller(full: Ints, scale: float) -> Ints:
    """A smaller society with the same proportions, one holder at least of every region's first offices."""
    size = np.zeros_like(full)
    for s in range(full.shape[1]):
        size[:, s] = apportion(round(full[:, s].sum() * scale), full[:, s])
    for slug in ("office-holders", "security-staff"):
        size[:-1, INDEX[slug]] = np.maximum(size[:-1, INDEX[slug]], 1)
    capital = int(np.argmax(full[:, INDEX["high-command"]]))
    size[capital, INDEX["high-command"]] = max(size[capital, INDEX["high-command"]], len(elite.RANKS))
    size[:, INDEX["dependants"]] = _dependants(size)
    return size
