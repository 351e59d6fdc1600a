"""What the record holds of single places, and places that are no region of the core: cities, republics, divided krais."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.record import Record
from thirtyseven.society.setting import Setting

FIRST, LAST = date(1934, 1, 1), date(1939, 12, 31)
"""The days that can be predicted."""
DAYS = (LAST - FIRST).days + 1
ORDER, END = date(1937, 8, 5), date(1938, 11, 17)


def day_of(day: date) -> int:
    """Number of a day, 0 for 1 January 1934."""
    return (day - FIRST).days


@dataclass(frozen=True)
class Place:
    """Something that the record knows of one place.

    Attributes:
        place: region's slug.
        quantity: "death-sentences", "other-sentences" or "executions".
        group: "troika", "national", "operations" (both, and courts; not lists), or empty for all.
        first, last: days, both counted.
        value: people.
        spread: log-sd that its scope leaves; judgement.
        says: the row in words, for the reader.
        city: whether it counts what was done in the region's chief city or beside it.
    """

    place: str
    quantity: str
    group: str
    first: int
    last: int
    value: float
    spread: float
    says: str
    city: bool = False


def places(record: Record) -> tuple[Place, ...]:
    """What the record knows of single places: outcomes by region, executions in Leningrad, Karelia's national lines."""
    found = list(_leningrad(record))
    for row in record.series["order-00447-limits"].rows:
        found += _outcome(row)
    for row in record.series["national-operations"].rows:
        if row["territory"] not in ("ussr", "leningrad-oblast", "yakut-assr") and row["shot"] is not None:
            says = f"{row['shot']:,} shot under national lines in {row['territory']} (series national-operations)"
            first, last = day_of(date(1937, 8, 1)), day_of(date(1938, 12, 31))
            found.append(Place(str(row["territory"]), "executions", "national", first, last, float(row["shot"]), 0.1, says))
    return tuple(found)


def _outcome(row: Mapping[str, Any]) -> list[Place]:
    """The known outcome of a region under Order 00447; scopes that cannot be placed are left out."""
    scope, region = str(row["outcome_scope"] or ""), str(row["region"])
    if not row["outcome_cat1"] or region == "leningrad-oblast":
        return []
    last = min(_last_day(str(row["outcome_date"])), day_of(date(1938, 12, 31)))
    says = f"{row['outcome_cat1']:,} in {region}, {scope} (series order-00447-limits)"
    value, order = float(row["outcome_cat1"]), day_of(ORDER)
    if scope.startswith(("troika", "first three weeks")):
        one = [Place(region, "death-sentences", "troika", order, last, value, 0.1, says)]
        if row["outcome_cat2"]:
            says = f"{row['outcome_cat2']:,} of the second category in {region}, {scope} (series order-00447-limits)"
            one.append(Place(region, "other-sentences", "troika", order, last, float(row["outcome_cat2"]), 0.1, says))
        return one
    if scope == "all operations":
        return [Place(region, "executions", "", day_of(date(1937, 1, 1)), day_of(date(1938, 12, 31)), value, 0.15, says)]
    if scope.startswith("one burial ground"):
        first, last = day_of(date(1937, 8, 8)), day_of(date(1938, 10, 19))
        return [Place(region, "executions", "operations", first, last, value, 0.05, says, True)]
    return []


def _leningrad(record: Record) -> list[Place]:
    """People shot in Leningrad by year, and those of October and November 1938 apart from the year."""
    years = {f.period: f for f in record.figures.values() if f.quantity == "leningrad-executions" and f.value is not None}
    autumn = next((f for f in record.figures.values() if f.quantity == "leningrad-executions-autumn-1938"), None)
    found = []
    for year in range(1934, 1939):
        if str(year) not in years:
            continue
        value, last = float(years[str(year)].value or 0), date(year, 12, 31)
        if year == 1938 and autumn is not None and autumn.value is not None:
            late = float(autumn.value)
            value, last = value - late, date(1938, 9, 30)
            says = f"{late:,.0f} shot in Leningrad in October and November 1938 ({autumn.id})"
            first, end = day_of(date(1938, 10, 1)), day_of(date(1938, 12, 31))
            found.append(Place("leningrad-oblast", "executions", "", first, end, late, 0.05, says, True))
        says = f"{value:,.0f} shot in Leningrad from 1 January to {last.day} {last:%B} {year} ({years[str(year)].id})"
        found.append(Place("leningrad-oblast", "executions", "", day_of(date(year, 1, 1)), day_of(last), value, 0.03, says, True))
    return found


def _last_day(text: str) -> int:
    """The last day of an EDTF day, month or year."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 1:
        return day_of(date(parts[0], 12, 31))
    if len(parts) == 2:
        return day_of(date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)) - 1
    return day_of(date(parts[0], parts[1], parts[2]))


CITIES: Mapping[str, tuple[str, int]] = {
    "moscow": ("moscow-oblast", 4137), "leningrad": ("leningrad-oblast", 3191), "kiev": ("kiev-oblast", 846),
    "kharkov": ("kharkov-oblast", 833), "baku": ("azerbaijan-ssr", 809), "gorky": ("gorky-oblast", 644),
    "odessa": ("odessa-oblast", 604), "tashkent": ("uzbek-ssr", 585), "tbilisi": ("georgian-ssr", 519),
    "rostov": ("azov-black-sea-krai", 510), "dnepropetrovsk": ("dnepropetrovsk-oblast", 501),
    "stalino": ("donetsk-oblast", 462), "stalingrad": ("stalingrad-oblast", 445), "sverdlovsk": ("sverdlovsk-oblast", 426),
    "novosibirsk": ("west-siberian-krai", 406), "kazan": ("tatar-assr", 402), "kuibyshev": ("kuibyshev-oblast", 390),
    "saratov": ("saratov-oblast", 376), "voronezh": ("voronezh-oblast", 327), "yaroslavl": ("yaroslavl-oblast", 298),
    "ivanovo": ("ivanovo-oblast", 285), "arkhangelsk": ("northern-oblast", 281), "omsk": ("omsk-oblast", 281),
    "chelyabinsk": ("chelyabinsk-oblast", 273), "perm": ("sverdlovsk-oblast", 255), "ufa": ("bashkir-assr", 246),
    "irkutsk": ("east-siberian-krai", 243), "minsk": ("belorussian-ssr", 239), "alma-ata": ("alma-ata-oblast", 231),
    "kalinin": ("kalinin-oblast", 216), "vladivostok": ("far-eastern-krai", 206), "erevan": ("armenian-ssr", 200),
    "khabarovsk": ("far-eastern-krai", 199), "krasnoyarsk": ("krasnoyarsk-krai", 190), "smolensk": ("western-oblast", 157),
    "barnaul": ("west-siberian-krai", 148), "tomsk": ("west-siberian-krai", 141), "kursk": ("kursk-oblast", 120),
    "vinnitsa": ("vinnitsa-oblast", 93), "petrozavodsk": ("karelian-assr", 70),
}  # fmt: skip
"""Cities with their region and thousands of people, census of January 1939 (Lorimer 1946, recalled)."""
SEATS = frozenset(CITIES) - {"perm", "vladivostok", "barnaul", "tomsk"}
"""Cities in which the region's troika and NKVD sat, and in or near which most of its death sentences were carried out."""
PARTS: Mapping[str, tuple[str, float]] = {
    "novosibirsk-oblast": ("west-siberian-krai", 0.6), "altai-krai": ("west-siberian-krai", 0.4),
    "irkutsk-oblast": ("east-siberian-krai", 0.55), "chita-oblast": ("east-siberian-krai", 0.45),
    "rostov-oblast": ("azov-black-sea-krai", 0.48), "krasnodar-krai": ("azov-black-sea-krai", 0.52),
    "tula-oblast": ("moscow-oblast", 0.17), "ryazan-oblast": ("moscow-oblast", 0.19),
    "smolensk-oblast": ("western-oblast", 0.6), "zhitomir-oblast": ("kiev-oblast", 0.32),
    "kamenets-podolsk-oblast": ("vinnitsa-oblast", 0.43), "nikolaev-oblast": ("odessa-oblast", 0.37),
    "poltava-oblast": ("kharkov-oblast", 0.44), "tambov-oblast": ("voronezh-oblast", 0.38),
    "arkhangelsk-oblast": ("northern-oblast", 0.45), "vologda-oblast": ("northern-oblast", 0.55),
}  # fmt: skip
"""Units founded in September 1937 with the unit of the order that they came from and their share of its people, from the
census of 1939 by its new units, rounded (Lorimer 1946, recalled). Before and after the division the share is the same."""


@dataclass(frozen=True)
class Where:
    """A place as a sum over the core's regions.

    Attributes:
        name: slug as it was asked.
        regions: (R,) weight of each region: 1 for what lies in it wholly, a share for a part; all 1 for the Union.
        share_spread: log-sd of that share where the place is a part; judgement.
        city: the city's people over its region's, or None where the place is no city.
        seat: whether most of the region's death sentences were carried out there.
        says: how the place was composed, for the reader.
        burial: whether it is a burial ground, where nobody of the lists is counted.
    """

    name: str
    regions: NDArray[np.float64]
    share_spread: float
    city: float | None
    seat: bool
    says: str
    burial: bool = False

    @property
    def union(self) -> bool:
        """Whether it is the whole Union."""
        return bool((self.regions == 1).all())


def where(name: str, setting: Setting) -> Where:
    """Find a place by its slug.

    Raises:
        ValueError: there is none; one sentence with the way out.
    """
    weights, name = np.zeros(len(setting.regions)), name.strip().lower()
    at = {slug: i for i, slug in enumerate(setting.regions)}
    if name == "ussr":
        return Where(name, weights + 1.0, 0.0, None, False, "the whole Union, camps included")
    if name in at:
        weights[at[name]] = 1.0
        return Where(name, weights, 0.0, None, False, "a unit of Order 00447 in its borders of July 1937")
    if name in ("ukrainian-ssr", "kazakh-ssr"):
        members = _members(setting)[name]
        weights[[at[m] for m in members]] = 1.0
        return Where(name, weights, 0.0, None, False, f"the sum of its {len(members)} units of Order 00447")
    if name in PARTS:
        region, share = PARTS[name]
        weights[at[region]] = share
        return Where(name, weights, 0.2, None, False,
                     f"{share:.0%} of {region}, its share of the people (factor 1.2 either way; judgement)")  # fmt: skip
    plain = name.removesuffix("-city")
    city = "moscow" if plain == "butovo" else plain
    if city in CITIES:
        region, people = CITIES[city]
        weights[at[region]] = 1.0
        part = min(1000.0 * people / setting.population[at[region]], 0.95)
        says = f"a city of {region} with {part:.0%} of its people (census of 1939, recalled)"
        return Where(plain, weights, 0.0, part, city in SEATS, says, plain == "butovo")
    raise ValueError(
        f"There is no place '{name}'; `thirtyseven predict --list` names them all (regions such as moscow-oblast, cities such "
        "as moscow, ussr)."
    )


def _members(setting: Setting) -> dict[str, list[str]]:
    """Units of the two republics whose raises were given to the republic."""
    ukraine = ["kharkov-oblast", "kiev-oblast", "vinnitsa-oblast", "donetsk-oblast", "odessa-oblast", "dnepropetrovsk-oblast",
               "chernigov-oblast", "moldavian-assr"]  # fmt: skip
    kazakh = ["alma-ata-oblast", "karaganda-oblast", "aktiubinsk-oblast", "kustanai-oblast"]
    return {
        "ukrainian-ssr": ukraine,
        "kazakh-ssr": [s for s in setting.regions if s.endswith("-kazakhstan-oblast") or s in kazakh],
    }


def every_place(setting: Setting) -> dict[str, tuple[str, ...]]:
    """All places that can be asked for, by sort."""
    return {
        "union and republics": ("ussr", "ukrainian-ssr", "kazakh-ssr"),
        "units of Order 00447": setting.regions,
        "units founded in September 1937": tuple(PARTS),
        "cities": (*CITIES, "butovo"),
    }
