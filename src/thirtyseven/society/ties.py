"""Who belonged to whom: households, workplaces and acquaintances, as arithmetic on ids.

Nothing is stored.  A *household* is a run of positions in a cell (or a person and a run in the region's cell of
dependants).  A *workplace* takes its share of the adults of every stratum of its kind, in the order of the cells, so
that those who live next to each other work together.  The *acquaintances* of an adult are the images and pre-images of
his rank under four keyed permutations: if A knows B, B knows A, nobody knows more than eight, and in a cell of any
size nearly everybody knows eight.

Who knows whom is closer than chance: two of the four permutations run within the cell (same region, same stratum), one
within the region across strata, one within the stratum across the Union.  So at least half of somebody's
acquaintances are of his own kind and place.  Degree and levels are judgement; studies of naming chains need a graph
with short and long ties, and no count of acquaintances exists.

All scalar functions take `Society.atlas` first and are compiled; those with plural names run over arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from thirtyseven.compiled import njit
from thirtyseven.society.households import CHILD, HEAD, HOUSEHOLDS, PATTERNS
from thirtyseven.society.people import (
    ADULTS,
    BY_STRATUM,
    CELLS,
    FAMILIES,
    FAMILY,
    FAMILY_ADULTS,
    FORM,
    OWN,
    PERSONS,
    REGIONS,
    SECTOR,
    SECTORS,
    START,
    VILLAGE,
    WORK_START,
    WORKPLACES,
    Ints,
    Society,
)
from thirtyseven.society.permutation import backward, forward
from thirtyseven.society.strata import INDEX, STRATA

DEGREE = 8
"""Acquaintances of an adult: two for each of four permutations."""
LEVELS = ("cell", "cell", "region", "stratum")
"""Within what each of the four permutations runs."""
NOBODY = -1

_STRATA, _KINDS, _DEPENDANTS = len(STRATA), len(SECTORS), INDEX["dependants"]
_WHOLE, _GROWN, _FIRST, _NUMBER = PATTERNS.whole, PATTERNS.adults, PATTERNS.start, PATTERNS.household
_ROLE, _BEFORE, _ADULT = PATTERNS.role, PATTERNS.before, PATTERNS.adult
_CELL_TIES, _REGION_TIES, _STRATUM_TIES, _ORDER = 2, 2, 3, 9


@njit(cache=True)
def _stretch(atlas: Ints, part: int, count: int, value: int) -> int:
    """Which of `count` stretches a value falls into; their beginnings stand in the atlas from `part` on."""
    low, high = 0, count
    while high - low > 1:
        middle = (low + high) // 2
        if atlas[part + middle] <= value:
            low = middle
        else:
            high = middle
    return low


@njit(cache=True)
def cell_of(atlas: Ints, person: int) -> int:
    """Number of the cell, region x S + stratum, of a person."""
    return _stretch(atlas, START, CELLS, person)


@njit(cache=True)
def _slot(atlas: Ints, person: int, cell: int) -> tuple[int, int, int, int]:
    """Where a person stands in the pattern of households.

    Returns:
        Stratum whose households these are, 1 where they stand without their heads, number of whole patterns before,
        and position in the pattern; whole patterns are -1 for people who are counted alone.
    """
    stratum, position = cell % _STRATA, person - atlas[START + cell]
    headless = 0
    if FORM[stratum] == FAMILIES:
        region = cell // _STRATA
        stratum = _stretch(atlas, FAMILY + region * (_STRATA + 1), _STRATA, position)
        position -= atlas[FAMILY + region * (_STRATA + 1) + stratum]
        headless = 1
    elif FORM[stratum] != OWN:
        return stratum, 0, -1, position
    whole = _WHOLE[VILLAGE[stratum], headless]
    return stratum, headless, position // whole, position % whole


@njit(cache=True)
def role(atlas: Ints, person: int) -> int:
    """HEAD, SPOUSE, OTHER_ADULT or CHILD; people counted alone are heads."""
    stratum, headless, full, slot = _slot(atlas, person, cell_of(atlas, person))
    return HEAD if full < 0 else _ROLE[VILLAGE[stratum], headless, slot]


@njit(cache=True)
def household(atlas: Ints, person: int) -> tuple[int, int, int]:
    """The household of a person.

    Returns:
        Id of the head, first id and number of the others, who stand in a row. People in barracks, camps and hostels
        are alone.
    """
    cell = cell_of(atlas, person)
    region, own = cell // _STRATA, cell % _STRATA
    stratum, headless, full, slot = _slot(atlas, person, cell)
    kind = VILLAGE[stratum]
    if full < 0 and FORM[own] != PERSONS:
        return person, person + 1, 0
    if FORM[own] == OWN:
        base = atlas[START + cell] + full * _WHOLE[kind, 0]
        number = _NUMBER[kind, 0, slot]
        first = base + _FIRST[kind, 0, number]
        last = min(base + _FIRST[kind, 0, number + 1], atlas[START + cell + 1])
        return first, first + 1, last - first - 1
    if headless:
        number = full * HOUSEHOLDS + _NUMBER[kind, 1, slot]
    else:
        number = slot  # the position of somebody counted alone is the number of his household
    families = atlas[START + region * _STRATA + _DEPENDANTS] + atlas[FAMILY + region * (_STRATA + 1) + stratum]
    base = families + number // HOUSEHOLDS * _WHOLE[kind, 1]
    first = base + _FIRST[kind, 1, number % HOUSEHOLDS]
    last = base + _FIRST[kind, 1, number % HOUSEHOLDS + 1]
    return atlas[START + region * _STRATA + stratum] + number, first, last - first


@njit(cache=True)
def adults_of(atlas: Ints, cell: int) -> int:
    """Adults in a cell."""
    return atlas[ADULTS + cell + 1] - atlas[ADULTS + cell]


@njit(cache=True)
def adult_rank(atlas: Ints, person: int) -> int:
    """Rank of a person among the adults of his cell, or NOBODY for a child."""
    cell = cell_of(atlas, person)
    stratum, headless, full, slot = _slot(atlas, person, cell)
    if full < 0:
        return slot
    kind = VILLAGE[stratum]
    if _ROLE[kind, headless, slot] == CHILD:
        return NOBODY
    rank = full * _GROWN[kind, headless] + _BEFORE[kind, headless, slot]
    return rank + atlas[FAMILY_ADULTS + cell // _STRATA * (_STRATA + 1) + stratum] if headless else rank


@njit(cache=True)
def nth_adult(atlas: Ints, cell: int, rank: int) -> int:
    """The adult of a cell with this rank; the inverse of ``adult_rank``."""
    stratum, start = cell % _STRATA, atlas[START + cell]
    headless = 0
    if FORM[stratum] == FAMILIES:
        region = cell // _STRATA
        stratum = _stretch(atlas, FAMILY_ADULTS + region * (_STRATA + 1), _STRATA, rank)
        rank -= atlas[FAMILY_ADULTS + region * (_STRATA + 1) + stratum]
        start += atlas[FAMILY + region * (_STRATA + 1) + stratum]
        headless = 1
    elif FORM[stratum] != OWN:
        return start + rank
    kind = VILLAGE[stratum]
    each = _GROWN[kind, headless]
    slot = _ADULT[kind, headless, rank % each]
    return start + rank // each * _WHOLE[kind, headless] + slot


@njit(cache=True)
def nth_reached(atlas: Ints, seed: int, cell: int, k: int) -> int:
    """The adult of a cell who is the k-th to be reached when the whole cell is under pressure (k from 0).

    The order is a fixed permutation of the cell for each seed: more pressure reaches more people, in the same order.
    """
    return nth_adult(atlas, cell, forward(k, adults_of(atlas, cell), seed, _ORDER, cell))


@njit(cache=True)
def turn(atlas: Ints, seed: int, person: int) -> int:
    """When an adult's turn comes in his cell; the inverse of ``nth_reached``, NOBODY for a child."""
    rank = adult_rank(atlas, person)
    if rank == NOBODY:
        return NOBODY
    cell = cell_of(atlas, person)
    return backward(rank, adults_of(atlas, cell), seed, _ORDER, cell)


@njit(cache=True)
def acquaintance(atlas: Ints, seed: int, person: int, slot: int) -> int:
    """One of the eight acquaintances of an adult.

    Args:
        atlas: `Society.atlas`.
        seed: key of the society's ties.
        person: id.
        slot: 0 to 7; `LEVELS[slot // 2]` says within what, even slots are images, odd ones pre-images.

    Returns:
        An id, or NOBODY for a child and where the permutation leaves somebody in his place.
    """
    rank = adult_rank(atlas, person)
    if rank == NOBODY:
        return NOBODY
    cell, tie = cell_of(atlas, person), slot // 2
    region, stratum = cell // _STRATA, cell % _STRATA
    if tie < _CELL_TIES:
        part, before, size = cell, 0, adults_of(atlas, cell)
    elif tie == _REGION_TIES:
        first = atlas[ADULTS + region * _STRATA]
        part, before = region, atlas[ADULTS + cell] - first
        size = atlas[ADULTS + (region + 1) * _STRATA] - first
    else:
        row = BY_STRATUM + stratum * (REGIONS + 1)
        part, before, size = stratum, atlas[row + region], atlas[row + REGIONS]
    if slot % 2 == 0:
        other = forward(before + rank, size, seed, tie, part)
    else:
        other = backward(before + rank, size, seed, tie, part)
    if other == before + rank:
        return NOBODY
    if tie == _REGION_TIES:
        other += atlas[ADULTS + region * _STRATA]
        cell = _stretch(atlas, ADULTS, CELLS, other)
        other -= atlas[ADULTS + cell]
    elif tie == _STRATUM_TIES:
        region = _stretch(atlas, BY_STRATUM + stratum * (REGIONS + 1), REGIONS, other)
        cell = region * _STRATA + stratum
        other -= atlas[BY_STRATUM + stratum * (REGIONS + 1) + region]
    return nth_adult(atlas, cell, other)


@njit(cache=True)
def workplace(atlas: Ints, person: int) -> int:
    """Number of the workplace of an adult, or NOBODY for children and for those without one."""
    cell = cell_of(atlas, person)
    sector = SECTOR[cell % _STRATA]
    rank = adult_rank(atlas, person)
    if sector < 0 or rank == NOBODY:
        return NOBODY
    region = cell // _STRATA
    place = region * _KINDS + sector
    return atlas[WORK_START + place] + rank * atlas[WORKPLACES + place] // adults_of(atlas, cell)


@njit(cache=True)
def staff(atlas: Ints, number: int, stratum: int) -> tuple[int, int, int]:
    """Those of one stratum at a workplace.

    Returns:
        Cell, rank of the first among the adults of the cell, and how many; none where the stratum has another kind
        of workplace.
    """
    place = _stretch(atlas, WORK_START, REGIONS * _KINDS, number)
    region, sector = place // _KINDS, place % _KINDS
    cell = region * _STRATA + stratum
    if SECTOR[stratum] != sector:
        return cell, 0, 0
    here, local = atlas[WORKPLACES + place], number - atlas[WORK_START + place]
    adults = adults_of(atlas, cell)
    first, after = -(-local * adults // here), -(-(local + 1) * adults // here)
    return cell, first, after - first


@njit(cache=True)
def _each(atlas: Ints, what: int, seed: Any, people: Any, out: Any) -> None:
    for i in range(people.size):
        if what == 0:
            out[i, 0] = role(atlas, people[i])
        elif what == 1:
            out[i, 0], out[i, 1], out[i, 2] = household(atlas, people[i])
        elif what == 2:
            out[i, 0] = workplace(atlas, people[i])
        elif what == 3:
            out[i, 0] = adult_rank(atlas, people[i])
        else:
            for slot in range(DEGREE):
                out[i, slot] = acquaintance(atlas, seed, people[i], slot)


def _over(society: Society, what: int, people: ArrayLike, width: int, seed: int = 0) -> NDArray[np.int64]:
    ids = np.atleast_1d(np.asarray(people, dtype=np.int64))
    if ids.size and (ids.min() < 0 or ids.max() >= society.people):
        raise ValueError(f"ids of this society run from 0 to {society.people - 1}; check its scale")
    out = np.empty((ids.size, width), np.int64)
    _each(society.atlas, what, np.uint64(seed), ids, out)
    return out


def roles(society: Society, people: ArrayLike) -> NDArray[np.int64]:
    """``role`` of each of some people, shape (n,)."""
    return _over(society, 0, people, 1)[:, 0]


def households_of(society: Society, people: ArrayLike) -> NDArray[np.int64]:
    """``household`` of each of some people: head, first of the others, number of the others; shape (n, 3)."""
    return _over(society, 1, people, 3)


def workplaces_of(society: Society, people: ArrayLike) -> NDArray[np.int64]:
    """``workplace`` of each of some people, shape (n,)."""
    return _over(society, 2, people, 1)[:, 0]


def adult_ranks(society: Society, people: ArrayLike) -> NDArray[np.int64]:
    """``adult_rank`` of each of some people, shape (n,)."""
    return _over(society, 3, people, 1)[:, 0]


def acquaintances(society: Society, people: ArrayLike, seed: int) -> NDArray[np.int64]:
    """The eight acquaintances of each of some people, shape (n, 8), NOBODY where there is none."""
    return _over(society, 4, people, DEGREE, seed)
