"""How far a region lay from the frontier of the states that a national line was suspected of serving.

Distances run from the seat of a region's administration in 1937 to the nearest point of the frontier, along the great
circle.  Coordinates are those of any atlas, rounded to a tenth of a degree; frontiers are those of 1937.  Germany had
no common frontier with the Soviet Union: its nearest land is East Prussia.  Greece and Bulgaria lay across a sea, so
the southern line is measured to Turkey, Iran and Afghanistan.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from thirtyseven.society.strata import LINES

SEATS: dict[str, tuple[str, float, float]] = {
    "azerbaijan-ssr": ("Baku", 40.4, 49.9), "armenian-ssr": ("Yerevan", 40.2, 44.5),
    "belorussian-ssr": ("Minsk", 53.9, 27.6), "georgian-ssr": ("Tbilisi", 41.7, 44.8),
    "kirgiz-ssr": ("Frunze", 42.9, 74.6), "tajik-ssr": ("Stalinabad", 38.6, 68.8),
    "turkmen-ssr": ("Ashkhabad", 38.0, 58.4), "uzbek-ssr": ("Tashkent", 41.3, 69.3),
    "bashkir-assr": ("Ufa", 54.7, 56.0), "buryat-mongol-assr": ("Ulan-Ude", 51.8, 107.6),
    "dagestan-assr": ("Makhachkala", 43.0, 47.5), "karelian-assr": ("Petrozavodsk", 61.8, 34.3),
    "kabardino-balkar-assr": ("Nalchik", 43.5, 43.6), "crimean-assr": ("Simferopol", 45.0, 34.1),
    "komi-assr": ("Syktyvkar", 61.7, 50.8), "kalmyk-assr": ("Elista", 46.3, 44.3),
    "mari-assr": ("Ioshkar-Ola", 56.6, 47.9), "mordovian-assr": ("Saransk", 54.2, 45.2),
    "volga-german-assr": ("Engels", 51.5, 46.1), "north-ossetian-assr": ("Ordzhonikidze", 43.0, 44.7),
    "tatar-assr": ("Kazan", 55.8, 49.1), "udmurt-assr": ("Izhevsk", 56.8, 53.2),
    "chechen-ingush-assr": ("Grozny", 43.3, 45.7), "chuvash-assr": ("Cheboksary", 56.1, 47.2),
    "azov-black-sea-krai": ("Rostov-on-Don", 47.2, 39.7), "far-eastern-krai": ("Khabarovsk", 48.5, 135.1),
    "west-siberian-krai": ("Novosibirsk", 55.0, 82.9), "krasnoyarsk-krai": ("Krasnoyarsk", 56.0, 92.9),
    "ordzhonikidze-krai": ("Voroshilovsk", 45.0, 42.0), "east-siberian-krai": ("Irkutsk", 52.3, 104.3),
    "voronezh-oblast": ("Voronezh", 51.7, 39.2), "gorky-oblast": ("Gorky", 56.3, 44.0),
    "western-oblast": ("Smolensk", 54.8, 32.0), "ivanovo-oblast": ("Ivanovo", 57.0, 41.0),
    "kalinin-oblast": ("Kalinin", 56.9, 35.9), "kursk-oblast": ("Kursk", 51.7, 36.2),
    "kuibyshev-oblast": ("Kuibyshev", 53.2, 50.1), "kirov-oblast": ("Kirov", 58.6, 49.7),
    "leningrad-oblast": ("Leningrad", 59.9, 30.3), "moscow-oblast": ("Moscow", 55.8, 37.6),
    "omsk-oblast": ("Omsk", 55.0, 73.4), "orenburg-oblast": ("Orenburg", 51.8, 55.1),
    "saratov-oblast": ("Saratov", 51.5, 46.0), "stalingrad-oblast": ("Stalingrad", 48.7, 44.5),
    "sverdlovsk-oblast": ("Sverdlovsk", 56.8, 60.6), "northern-oblast": ("Arkhangelsk", 64.5, 40.5),
    "chelyabinsk-oblast": ("Chelyabinsk", 55.2, 61.4), "yaroslavl-oblast": ("Yaroslavl", 57.6, 39.9),
    "kharkov-oblast": ("Kharkov", 50.0, 36.2), "kiev-oblast": ("Kiev", 50.5, 30.5),
    "vinnitsa-oblast": ("Vinnitsa", 49.2, 28.5), "donetsk-oblast": ("Stalino", 48.0, 37.8),
    "odessa-oblast": ("Odessa", 46.5, 30.7), "dnepropetrovsk-oblast": ("Dnepropetrovsk", 48.5, 35.0),
    "chernigov-oblast": ("Chernigov", 51.5, 31.3), "moldavian-assr": ("Tiraspol", 46.8, 29.6),
    "north-kazakhstan-oblast": ("Petropavlovsk", 54.9, 69.1), "south-kazakhstan-oblast": ("Chimkent", 42.3, 69.6),
    "west-kazakhstan-oblast": ("Uralsk", 51.2, 51.4), "kustanai-oblast": ("Kustanai", 53.2, 63.6),
    "east-kazakhstan-oblast": ("Semipalatinsk", 50.4, 80.3), "aktiubinsk-oblast": ("Aktiubinsk", 50.3, 57.2),
    "karaganda-oblast": ("Karaganda", 49.8, 73.1), "alma-ata-oblast": ("Alma-Ata", 43.3, 76.9),
}
"""Seat of each region's administration in 1937: name, degrees north, degrees east."""

FRONTIERS: dict[str, tuple[tuple[float, float], ...]] = {
    # Poland: from the Dvina past Polotsk, Negoreloe, the Pripet and Shepetovka to the Dniester
    "polish": ((55.7, 27.9), (54.8, 28.0), (53.7, 27.0), (52.8, 27.2), (51.6, 27.6), (50.5, 26.8), (49.5, 26.2),
               (48.6, 26.4)),
    # Germany: East Prussia
    "german": ((54.7, 22.8), (55.3, 21.6)),
    # Manchukuo and Japanese Korea: from Manchuria station along the Argun, Amur and Ussuri to Lake Khasan
    "harbin": ((49.6, 117.4), (51.3, 120.0), (53.3, 121.5), (52.5, 125.5), (50.2, 127.5), (48.9, 130.5), (48.3, 134.7),
               (46.8, 134.0), (45.0, 131.7), (42.4, 130.7)),
    # Finland, Estonia, Latvia
    "baltic": ((60.1, 30.0), (61.3, 31.5), (62.8, 31.4), (64.8, 29.7), (67.5, 29.6), (69.5, 31.5), (59.4, 28.2),
               (58.1, 27.5), (57.5, 27.5), (56.5, 28.1), (56.0, 28.1)),
    # Turkey, Iran, Afghanistan
    "southern": ((41.5, 41.6), (41.1, 43.4), (40.0, 43.8), (39.0, 45.6), (39.3, 48.0), (38.4, 48.9), (37.4, 54.0),
                 (38.0, 57.5), (36.6, 61.2), (35.3, 62.3), (37.3, 65.9), (37.2, 67.3), (37.2, 69.2), (37.5, 71.5)),
}
"""Points along the frontier of 1937, degrees north and east."""

_EARTH = 6371.0


def frontier_distances(regions: Sequence[str]) -> NDArray[np.float64]:
    """Kilometres from each region's seat to the nearest frontier of each line.

    Args:
        regions: slugs; one without a seat (the camps) is infinitely far.

    Returns:
        (R, 5) kilometres, lines in the order of `strata.LINES`.
    """
    far = np.full((len(regions), len(LINES)), np.inf)
    for i, slug in enumerate(regions):
        if slug in SEATS:
            _, north, east = SEATS[slug]
            for j, line in enumerate(LINES):
                points = np.array(FRONTIERS[line])
                far[i, j] = great_circle(north, east, points[:, 0], points[:, 1]).min()
    return far


def great_circle(
    north: float, east: float, norths: NDArray[np.float64], easts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Kilometres from one place to others along the great circle (haversine); degrees north and east."""
    a, b = np.radians(north), np.radians(norths)
    step = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(easts - east) / 2) ** 2
    return np.asarray(2 * _EARTH * np.arcsin(np.sqrt(step)))
