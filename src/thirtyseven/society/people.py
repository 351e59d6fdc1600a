"""Society: everybody counted in January 1937, as numbers.

People are ids 0 ... N-1.  Ids run through cells, region by region and stratum by stratum, so that where somebody
lives and what he was is a look-up in a small table.  Nothing is stored about a person: household, workplace and
acquaintances are arithmetic on the id (`thirtyseven.society.ties`).  The few who held the offices that the history
is also about stand first in their cells and are listed one by one in a membership table; somebody may hold several
offices and is still one person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thirtyseven.society import households
from thirtyseven.society.strata import INDEX, SLUGS, STRATA

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

OWN, PERSONS, QUARTERS, FAMILIES = 0, 1, 2, 3
"""Forms of a cell: families together; persons whose families stand elsewhere; barracks; those families."""


REGIONS = 65
CELLS = REGIONS * len(STRATA)
SECTORS = ("town", "farm", "office", "garrison", "security")
ADULTS_A_WORKPLACE = (250, 150, 40, 1000, 60)
"""Adults a workplace: an enterprise, a collective farm, an office, a garrison's unit, a branch of state security.
Collective farms: some 243,000 with about 18.5 million households in 1937 (recalled); the others are judgement."""

FORM: Ints = np.array([{"own": OWN, "dependants": PERSONS, "none": QUARTERS}[one.household] for one in STRATA])
"""(S,) form of the cells of a stratum."""
FORM[INDEX["dependants"]] = FAMILIES
VILLAGE: Ints = np.array([int(one.village) for one in STRATA])
"""(S,) 1 where households have the sizes of the village."""
SECTOR: Ints = np.array([SECTORS.index(one.sector) if one.sector in SECTORS else -1 for one in STRATA])
"""(S,) kind of workplace, -1 for none."""

# One flat table of whole numbers is handed to compiled code, because a bundle of arrays is dear to pass around.
# Where each part begins in it:
START = 0  # first id of each cell, and the number of people
ADULTS = START + CELLS + 1  # adults before each cell, and all of them
BY_STRATUM = ADULTS + CELLS + 1  # for each stratum, adults before each region, and all of them
FAMILY = BY_STRATUM + len(STRATA) * (REGIONS + 1)  # for each region, dependants before those of each stratum, and all
FAMILY_ADULTS = FAMILY + REGIONS * (len(STRATA) + 1)  # the same for adults among them
WORKPLACES = FAMILY_ADULTS + REGIONS * (len(STRATA) + 1)  # workplaces of each kind in each region
WORK_START = WORKPLACES + REGIONS * len(SECTORS)  # workplaces before those of each region and kind, and all
ATLAS = WORK_START + REGIONS * len(SECTORS) + 1


@dataclass(frozen=True)
class Regional:
    """What the institutions know of each region; R = 65, in the record's order, the camps last.

    Attributes:
        census: (R,) people tabulated in the region by the census of 1937 (army apart, prisoners where they were
            held), Yakutia with East Siberia; 0 for the camps.
        population: (R,) people of the model: the census without prisoners, with the army; the camps hold prisoners.
        urban: (R,) share of people in towns, January 1937.
        staff: (R,) operational staff of state security.
        party: (R,) members and candidates of the party, those in office and in state security included.
        office_holders: (R,) holders of responsible posts.
        officers: (R,) officers of all ranks.
        registers: (R, 3) people in the registers: former "kulaks", "criminals", others (clergy included).
        minority: (R, 5) people of the nationalities of the five lines, families included.
        distance: (R, 5) kilometres from the region's seat to the nearest frontier of each line; inf for the camps.
    """

    census: Ints
    population: Ints
    urban: Floats
    staff: Ints
    party: Ints
    office_holders: Ints
    officers: Ints
    registers: Ints
    minority: Ints
    distance: Floats


@dataclass(frozen=True)
class Elite:
    """Who held which office: one row a membership, sorted by office and person.

    Attributes:
        offices: slugs of the offices.
        office: (M,) index into `offices`.
        person: (M,) ids.
    """

    offices: tuple[str, ...]
    office: Ints
    person: Ints

    def ids(self, office: str) -> Ints:
        """Ids of those who held an office, ascending.

        Raises:
            ValueError: where there is no such office.
        """
        if office not in self.offices:
            raise ValueError(f"there is no office '{office}' in the society; choose from: {', '.join(self.offices)}")
        return self.person[self.office == self.offices.index(office)]


@dataclass(frozen=True)
class Society:
    """Everybody, by region and stratum.

    Attributes:
        regions: slugs of the 65 regions, the camps last.
        size: (R, S) people in each cell; S strata in the order of `strata.SLUGS`.
        regional: arrays by region, at full size whatever the scale.
        elite: the offices and who held them.
        scale: share of the real population; 1 is everybody.
    """

    regions: tuple[str, ...]
    size: Ints
    regional: Regional
    elite: Elite
    scale: float = 1.0

    @property
    def people(self) -> int:
        """Number of people; 162,003,225 at full scale."""
        return int(self.size.sum())

    @property
    def strata(self) -> tuple[str, ...]:
        """Slugs of the strata, in the order of the cells."""
        return SLUGS

    @cached_property
    def atlas(self) -> Ints:
        """The flat table with which compiled code finds its way among ids (`ties`); built once."""
        return _atlas(self.size)

    @property
    def start(self) -> Ints:
        """(R, S) first id of each cell."""
        return self.atlas[START : START + CELLS].reshape(self.size.shape)

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits over everything that defines the society."""
        sha = hashlib.sha256(repr((self.regions, SLUGS, self.scale, households.SIZES)).encode())
        for part in (self.regional, self.elite):
            for one in fields(part):
                value = getattr(part, one.name)
                sha.update(repr(value).encode() if isinstance(value, tuple) else np.ascontiguousarray(value).tobytes())
        sha.update(np.ascontiguousarray(self.size).tobytes())
        return sha.hexdigest()[:16]

    def cells(self, ids: NDArray[np.integer]) -> tuple[Ints, Ints]:
        """Region and stratum of people.

        Args:
            ids: any shape.

        Returns:
            Two arrays of the same shape: indices of regions and of strata.

        Raises:
            ValueError: where an id is not that of a person.
        """
        array = np.asarray(ids)
        if array.size and (array.min() < 0 or array.max() >= self.people):
            raise ValueError(f"ids of this society run from 0 to {self.people - 1}; check its scale")
        cell = np.searchsorted(self.atlas[START : START + CELLS + 1], array, side="right") - 1
        region, stratum = np.divmod(cell, len(SLUGS))
        return region, stratum

    def ids(self, region: str, stratum: str) -> range:
        """Ids of the people of one cell.

        Raises:
            ValueError: where the region or the stratum is unknown.
        """
        if region not in self.regions:
            raise ValueError(f"there is no region '{region}'; regions are named as in the record: 'kiev-oblast'")
        if stratum not in INDEX:
            raise ValueError(f"there is no stratum '{stratum}'; choose from: {', '.join(SLUGS)}")
        cell = self.regions.index(region) * len(SLUGS) + INDEX[stratum]
        return range(int(self.atlas[cell]), int(self.atlas[cell + 1]))


def _atlas(size: Ints) -> Ints:
    """Derive the flat table from the sizes of the cells; its parts stand where the constants above say."""
    family = np.zeros((REGIONS, len(STRATA) + 1), np.int64)
    family_adults, adults = np.zeros_like(family), size.copy()
    for s, one in enumerate(STRATA):
        if FORM[s] == PERSONS:
            family[:, s + 1] = households.people_in(size[:, s], one.village)
            family_adults[:, s + 1] = households.adults_in(family[:, s + 1], one.village, headless=True)
        elif FORM[s] == OWN:
            adults[:, s] = households.adults_in(size[:, s], one.village)
    family, family_adults = family.cumsum(axis=1), family_adults.cumsum(axis=1)
    adults[:, INDEX["dependants"]] = family_adults[:, -1]
    working = np.stack([adults[:, k == SECTOR].sum(axis=1) for k in range(len(SECTORS))], axis=1)
    workplaces = np.maximum(1, working // np.array(ADULTS_A_WORKPLACE))
    parts = [
        _running(size.ravel()), _running(adults.ravel()), *[_running(adults[:, s]) for s in range(len(STRATA))],
        family.ravel(), family_adults.ravel(), workplaces.ravel(), _running(workplaces.ravel()),
    ]
    atlas = np.concatenate(parts)
    assert atlas.size == ATLAS
    return atlas


def _running(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
