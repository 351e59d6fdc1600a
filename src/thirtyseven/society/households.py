"""Households as a repeating pattern: a hundred households in a row, then the same again.

The census of January 1939 gives the mean size of a family: 3.6 in towns, 4.3 in villages, 4.1 together (recalled; the
census of 1937 was not published so far).  The spread around it is ours: two people and a negative-binomial number of
others, rounded to a hundred households with exactly these means; eight stands for eight and more.  People who live
alone are not a family in that census and are counted here with families.

Because the pattern repeats, household, role and rank among adults are a division and a look-up, and the way back is
one too.  In each household the first two are a couple; of the others four in five are children under 16, which gives
the census's 39% of children.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HOUSEHOLDS = 100
SIZES: tuple[dict[int, int], dict[int, int]] = (
    {2: 28, 3: 28, 4: 20, 5: 12, 6: 7, 7: 2, 8: 3},  # town: 360 people
    {2: 18, 3: 21, 4: 20, 5: 16, 6: 11, 7: 7, 8: 7},  # village: 430 people
)
"""Households of each size in the pattern, by size."""

HEAD, SPOUSE, OTHER_ADULT, CHILD = 0, 1, 2, 3
TOWN, VILLAGE = 0, 1
_STRIDE = 37  # without a common factor with 100: mixes large and small households along the pattern


class Patterns(NamedTuple):
    """Look-up tables of the two patterns (axis 0: town, village), with heads and without them.

    Axis 1 is padded with the last value; `whole` and `adults` say how much of it counts.

    Attributes:
        whole: (2, 2) people in a pattern; [kind, 1] without the heads.
        adults: (2, 2) adults in a pattern, likewise.
        start: (2, 2, 101) position of each household's first person.
        household: (2, 2, slots) household of each position.
        role: (2, 2, slots) HEAD, SPOUSE, OTHER_ADULT or CHILD.
        before: (2, 2, slots + 1) adults at earlier positions.
        adult: (2, 2, slots) position of the k-th adult.
    """

    whole: NDArray[np.int64]
    adults: NDArray[np.int64]
    start: NDArray[np.int64]
    household: NDArray[np.int64]
    role: NDArray[np.int64]
    before: NDArray[np.int64]
    adult: NDArray[np.int64]


def _households(kind: int) -> list[list[int]]:
    """Roles of the people of each of the hundred households of one pattern."""
    sizes = [size for size, count in SIZES[kind].items() for _ in range(count)]
    others, rows = 0, []
    for j in range(HOUSEHOLDS):
        roles = [HEAD, SPOUSE]
        for _ in range(sizes[(j * _STRIDE) % HOUSEHOLDS] - 2):
            others += 1
            roles.append(OTHER_ADULT if others % 5 == 0 else CHILD)
        rows.append(roles)
    return rows


def patterns() -> Patterns:
    """Build the look-up tables; the same every time."""
    slots = sum(size * count for size, count in SIZES[VILLAGE].items())
    made = Patterns(
        whole=np.zeros((2, 2), np.int64), adults=np.zeros((2, 2), np.int64),
        start=np.zeros((2, 2, HOUSEHOLDS + 1), np.int64), household=np.zeros((2, 2, slots), np.int64),
        role=np.zeros((2, 2, slots), np.int64), before=np.zeros((2, 2, slots + 1), np.int64),
        adult=np.zeros((2, 2, slots), np.int64),
    )
    for kind in (TOWN, VILLAGE):
        for headless in (0, 1):
            rows = [roles[headless:] for roles in _households(kind)]
            role = np.array([one for roles in rows for one in roles])
            grown = np.flatnonzero(role != CHILD)
            made.whole[kind, headless], made.adults[kind, headless] = role.size, grown.size
            made.start[kind, headless, 1:] = np.cumsum([len(roles) for roles in rows])
            made.household[kind, headless, : role.size] = np.repeat(np.arange(HOUSEHOLDS), [len(r) for r in rows])
            made.role[kind, headless, : role.size] = role
            made.before[kind, headless, 1 : role.size + 1] = np.cumsum(role != CHILD)
            made.adult[kind, headless, : grown.size] = grown
    return made


PATTERNS = patterns()


def people_in(households: NDArray[np.int64], village: bool) -> NDArray[np.int64]:
    """People without the heads in the first so many households: the dependants of that many persons."""
    kind = VILLAGE if village else TOWN
    full, rest = np.divmod(households, HOUSEHOLDS)
    return np.asarray(full * PATTERNS.whole[kind, 1] + PATTERNS.start[kind, 1][rest])


def adults_in(people: NDArray[np.int64], village: bool, headless: bool = False) -> NDArray[np.int64]:
    """Adults among the first so many people of a row of patterns."""
    kind, less = (VILLAGE if village else TOWN), int(headless)
    full, rest = np.divmod(people, PATTERNS.whole[kind, less])
    return np.asarray(full * PATTERNS.adults[kind, less] + PATTERNS.before[kind, less][rest])
