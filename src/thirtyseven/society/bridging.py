"""From the provinces of 1926 to the regions of 1937.

The census of 1937 was not published by region in full.  Union republics have an urban share for 1939; within the
RSFSR, Ukraine and Kazakhstan the shares of 1926 stand in, province by province, moved on the logit scale until each
republic has its own share.  Where one province of 1926 held several regions of 1937 (Ukraine, the Urals, Siberia, the
North Caucasus, Kazakhstan), the odds in the last column set mining and factory regions above farming ones: judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

PROVINCES: dict[str, tuple[tuple[str, ...], float]] = {
    "bashkir-assr": (("Bashkir ASSR",), 1.0),
    "buryat-mongol-assr": (("Buryat-Mongol ASSR",), 1.0),
    "dagestan-assr": (("Dagestan ASSR",), 1.0),
    "karelian-assr": (("Karelian ASSR",), 1.0),
    "kabardino-balkar-assr": (("Kabardino-Balkar AR",), 1.0),
    "crimean-assr": (("Crimean ASSR",), 1.0),
    "komi-assr": (("Komi (Zyryanskaya) AR",), 1.0),
    "kalmyk-assr": (("Kalmyk AR",), 1.0),
    "mari-assr": (("Mariyskaya AR",), 1.0),
    "mordovian-assr": (("Penza province",), 0.5),
    "volga-german-assr": (("Volga German ASSR",), 1.0),
    "north-ossetian-assr": (("North Osetian AR", "AC Vladikavkaz"), 1.0),
    "tatar-assr": (("Tatar ASSR",), 1.0),
    "udmurt-assr": (("Votskaya AR",), 1.5),
    "chechen-ingush-assr": (("Chechen AR", "Ingush AR", "AC Grozny"), 1.0),
    "chuvash-assr": (("Chuvash ASSR",), 1.0),
    "azov-black-sea-krai": (("North-Caucasus region", "Adygei-Cherkess AR"), 1.2),
    "far-eastern-krai": (("Far East region",), 1.4),
    "west-siberian-krai": (("Siberian region", "Oirat AR"), 1.2),
    "krasnoyarsk-krai": (("Siberian region",), 1.0),
    "ordzhonikidze-krai": (("North-Caucasus region", "Karachai AR", "Cherkess AR"), 0.6),
    "east-siberian-krai": (("Siberian region", "Far East region"), 1.2),
    "voronezh-oblast": (("Voronezh province", "Tambov province"), 1.0),
    "gorky-oblast": (("Nizhny Novgorod province",), 1.0),
    "western-oblast": (("Smolensk province", "Bryansk province"), 1.0),
    "ivanovo-oblast": (("Ivanovo-Voznesensk province", "Vladimir province"), 1.0),
    "kalinin-oblast": (("Tver province", "Pskov province"), 1.0),
    "kursk-oblast": (("Kursk province", "Orel province"), 1.0),
    "kuibyshev-oblast": (("Samara province", "Ulyanovsk province", "Penza province"), 1.0),
    "kirov-oblast": (("Vyatka province",), 1.0),
    "leningrad-oblast": (("Leningrad province", "Novgorod province", "Murmansk province", "Cherepovets province"), 1.0),
    "moscow-oblast": (("Moscow province", "Tula province", "Ryazan province", "Kaluga province"), 1.0),
    "omsk-oblast": (("Siberian region", "Ural region"), 0.7),
    "orenburg-oblast": (("Orenburg province",), 1.0),
    "saratov-oblast": (("Saratov province",), 1.0),
    "stalingrad-oblast": (("Stalingrad province", "Astrakhan province"), 1.0),
    "sverdlovsk-oblast": (("Ural region",), 1.6),
    "northern-oblast": (("Arkhangelsk province", "Vologda province", "Northern Dvina province"), 1.0),
    "chelyabinsk-oblast": (("Ural region",), 1.1),
    "yaroslavl-oblast": (("Yaroslavl province", "Kostroma province"), 1.0),
    "kharkov-oblast": (("Ukrainian ASSR",), 1.1),
    "kiev-oblast": (("Ukrainian ASSR",), 0.9),
    "vinnitsa-oblast": (("Ukrainian ASSR",), 0.35),
    "donetsk-oblast": (("Ukrainian ASSR",), 6.0),
    "odessa-oblast": (("Ukrainian ASSR",), 1.1),
    "dnepropetrovsk-oblast": (("Ukrainian ASSR",), 2.0),
    "chernigov-oblast": (("Ukrainian ASSR",), 0.5),
    "moldavian-assr": (("Ukrainian ASSR",), 0.5),
    "north-kazakhstan-oblast": (("Kazakh ASSR",), 0.7),
    "south-kazakhstan-oblast": (("Kazakh ASSR",), 0.9),
    "west-kazakhstan-oblast": (("Kazakh ASSR",), 0.8),
    "kustanai-oblast": (("Kazakh ASSR",), 0.5),
    "east-kazakhstan-oblast": (("Kazakh ASSR",), 0.9),
    "aktiubinsk-oblast": (("Kazakh ASSR",), 0.8),
    "karaganda-oblast": (("Kazakh ASSR",), 2.5),
    "alma-ata-oblast": (("Kazakh ASSR",), 1.3),
}
"""Regions of 1937 in republics of several regions: provinces of 1926 whose towns stand in for theirs, and odds."""

CAMPS: dict[str, float] = {
    "far-eastern-krai": 0.36, "moscow-oblast": 0.16, "west-siberian-krai": 0.08, "karelian-assr": 0.06,
    "leningrad-oblast": 0.04, "komi-assr": 0.04, "uzbek-ssr": 0.03, "karaganda-oblast": 0.03,
    "mordovian-assr": 0.03, "yaroslavl-oblast": 0.03,
}
"""Where the prisoners of the camps were held at the beginning of 1937: rounded shares after Smirnov (ed.) 1998,
recalled; the rest, and the colonies, by population.  The census counted them in these regions."""


def towns_1926(row: Mapping[str, Any]) -> tuple[int, int]:
    """People in towns and all people of a province of 1926.

    In four rows of the published table the three columns stand in a wrong order; the whole is the largest and the
    towns are the smallest of the three there.
    """
    whole, city, country = int(row["PopALL"]), int(row["PopCITY"]), int(row["PopRUR"])
    if city + country == whole:
        return city, whole
    city, country, whole = sorted((whole, city, country))
    return city, whole


def urban_shares(
    slugs: Sequence[str], census_1926: Sequence[Mapping[str, Any]], republic: Sequence[str],
    republic_share: NDArray[np.float64], people: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Share of people in towns by region, January 1937.

    Args:
        slugs: (R,) regions.
        census_1926: rows of the series `census-1926`.
        republic: (R,) republic of each region, empty for the camps.
        republic_share: (R,) urban share of the republic, already brought to 1937.
        people: (R,) census population.

    Returns:
        (R,) shares whose mean in each republic, weighted by people, is the republic's share.
    """
    towns = {str(row["unit_en"]): towns_1926(row) for row in census_1926}
    share = np.array(republic_share, dtype=np.float64)
    for name in sorted(set(republic) - {""}):
        members = [i for i, one in enumerate(republic) if one == name and slugs[i] in PROVINCES]
        if members:
            share[members] = _moved(_odds([slugs[i] for i in members], towns), people[members],
                                    float(republic_share[members[0]]))
    return share


def _odds(slugs: Sequence[str], towns: Mapping[str, tuple[int, int]]) -> NDArray[np.float64]:
    """Logit of the urban share of 1926, with the judged odds."""
    rows = []
    for slug in slugs:
        provinces, odds = PROVINCES[slug]
        city = sum(towns[one][0] for one in provinces)
        whole = sum(towns[one][1] for one in provinces)
        part = min(max(city / whole, 0.02), 0.95)  # autonomous regions without any town in 1926 had grown one
        rows.append(np.log(part / (1.0 - part)) + np.log(odds))
    return np.array(rows)


def _moved(logit: NDArray[np.float64], people: NDArray[np.int64], target: float) -> NDArray[np.float64]:
    """Shares with a common shift on the logit scale so that their weighted mean is the target."""
    low, high = -8.0, 8.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        mean = float(np.average(1.0 / (1.0 + np.exp(-(logit + middle))), weights=people))
        low, high = (middle, high) if mean < target else (low, middle)
    return np.asarray(1.0 / (1.0 + np.exp(-(logit + 0.5 * (low + high)))))
