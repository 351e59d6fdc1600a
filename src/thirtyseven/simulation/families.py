"""How near it came: households, kin, acquaintances and places of work that lost somebody, at resolution `people`.

"Almost every family lost someone", "one in eight", "one in eighteen" are counts of different things. Each is given a
definition here and counted: of the households of the census; of households with those of close kin; of adults and the
people they knew; of places of work. Three losses are kept apart: arrested in 1937-38, arrested in 1934-39, sentenced to
death in 1934-39.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.simulation.events import ARRESTED, DEATH, Events, distinct
from thirtyseven.simulation.everybody import TIES_KEY
from thirtyseven.society import calendar, ties
from thirtyseven.society.households import HEAD, HOUSEHOLDS, PATTERNS
from thirtyseven.society.people import ADULTS, CELLS, FORM, OWN, PERSONS, QUARTERS, VILLAGE, Society
from thirtyseven.society.strata import SLUGS, STRATA

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

KIN_KEY = 1897
"""Key of kinship; the same in every run. The census of 1897 asked for kin; that of 1937 did not."""
KIN_TIES = (0, 1, 4, 5)
"""Which ties of that key are kin: four for every adult, two of his own stratum and region and two of his region; so a
household has about nine households of parents, brothers, sisters and grown children. Judgement, after four to five
children grown up for every couple of that generation (recalled)."""
LARGEST = 8
"""People in the largest household of the pattern (`households.SIZES`)."""
LOSSES = ("arrested_1937_38", "arrested", "to_death")
"""Arrested in 1937-38; arrested in 1934-39; sentenced to death in 1934-39."""
SHARES = {"one_in_eighteen": 1 / 18, "one_in_eight": 1 / 8, "half": 0.5, "nine_in_ten": 0.9}
"""Shares for which a size of circle is sought."""
_MOST = 1_000_000


def families(events: Events, society: Society, sample: int = 20_000) -> dict[str, Any]:
    """Count who had lost somebody, by definition.

    Args:
        events: the log of a run.
        society: the society it was made with.
        sample: households and adults asked (keyed draws); shares asked of a sample have a standard error of at most
            half a divided by its root.

    Returns:
        For each of `LOSSES`: people struck, and shares of people, adults, households, households with close kin,
        adults with an acquaintance, working adults with a colleague, and places of work; besides, how many people one
        must know, and how many households one must count as kin, for a share of `SHARES` to have lost one of them.
    """
    asked = _ask_whom(society, sample)
    return {loss: _of(struck, society, asked) for loss, struck in struck_by(events).items()}


def struck_by(events: Events) -> dict[str, NDArray[np.int32]]:
    """Sorted ids of those struck by each of `LOSSES`."""
    first, last = year_weeks(1937)[0], year_weeks(1938)[1]
    return {
        LOSSES[0]: distinct(events.person[events.of(ARRESTED, first, last)]),
        LOSSES[1]: distinct(events.person[events.of(ARRESTED)]),
        LOSSES[2]: distinct(events.person[events.of(DEATH)]),
    }


def year_weeks(year: int) -> tuple[int, int]:
    """First week of a year and the week after its last, as weeks are booked."""
    found = np.flatnonzero(np.array(calendar.month_of_week()) // 12 == year - 1934)
    return int(found[0]), int(found[-1]) + 1


def _ask_whom(society: Society, sample: int) -> dict[str, Ids]:
    """Heads of households, the households of their kin, and adults with the people they knew."""
    heads, adults = _drawn(society, sample)
    members = _members(society, heads)
    own = np.repeat(np.arange(len(heads)), [len(m) for m in members])
    kin = ties.acquaintances(society, np.concatenate(members), KIN_KEY)[:, KIN_TIES]
    known = kin != ties.NOBODY
    theirs = ties.households_of(society, kin[known])[:, 0]
    return {
        "heads": heads, "kin_of": np.repeat(own, known.sum(axis=1)), "kin": theirs, "adults": adults,
        "known": ties.acquaintances(society, adults, TIES_KEY), "places": ties.workplaces_of(society, adults),
    }  # fmt: skip


def _drawn(society: Society, sample: int) -> tuple[Ids, Ids]:
    """Random heads of households that are counted, and random adults."""
    u = draws.uniforms(np.array([TIES_KEY], np.uint64), draws.PURPOSES["trial"], np.arange(8 * sample), 1)[0]
    people = (u * society.people).astype(np.int64)
    form = FORM[society.cells(people)[1]]
    heads = people[(form == OWN) | (form == PERSONS)]
    heads = heads[ties.roles(society, heads) == HEAD][:sample]
    adults = people[ties.adult_ranks(society, people) != ties.NOBODY][:sample]
    return heads, adults


def _members(society: Society, heads: Ids) -> list[Ids]:
    """Grown members of each household, its head first."""
    home = ties.households_of(society, heads)
    everyone = home[:, 1, None] + np.arange(LARGEST)
    inside = np.arange(LARGEST) < home[:, 2, None]
    grown = np.zeros_like(inside)
    grown[inside] = ties.adult_ranks(society, everyone[inside]) != ties.NOBODY
    return [np.concatenate([[head], row[kept]]) for head, row, kept in zip(home[:, 0], everyone, grown, strict=True)]


def _of(struck: NDArray[np.int32], society: Society, asked: dict[str, Ids]) -> dict[str, Any]:
    """The shares for one kind of loss; see `families`."""
    number, adults = households(society), int(society.atlas[ADULTS + CELLS])
    counted = struck[FORM[society.cells(struck)[1]] != QUARTERS]
    homes = distinct(ties.households_of(society, counted)[:, 0])
    near = isin(asked["heads"], homes)
    with_kin = near.copy()
    with_kin[asked["kin_of"][isin(asked["kin"], homes)]] = True
    places = ties.workplaces_of(society, struck)
    places = distinct(places[places != ties.NOBODY])
    working = asked["places"] != ties.NOBODY
    knew = isin(asked["known"], struck).any(axis=1)
    rates, weights = rates_by_cell(society, struck)
    home_rates = _home_rates(society, homes)
    return {
        "people": len(struck), "households": len(homes),
        "shares": {
            "people": len(struck) / society.people, "adults": len(struck) / adults,
            "household": len(homes) / number, "household_or_kin": float(with_kin.mean()),
            "acquaintance": float(knew.mean()), "colleague": float(isin(asked["places"][working], places).mean()),
            "workplace": len(places) / int(society.atlas[-1]),
        },
        "kin_households": float(len(asked["kin"]) / len(asked["heads"])),
        "circle": {name: circle(rates, weights, share) for name, share in SHARES.items()},
        "kin": {name: circle(*home_rates, share, (0.5, 0.5)) for name, share in SHARES.items()},
    }  # fmt: skip


def isin(values: NDArray[Any], among: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each value is in a sorted array."""
    if not len(among):
        return np.zeros(values.shape, bool)
    return np.asarray(among[np.minimum(np.searchsorted(among, values), len(among) - 1)] == values)


def rates_by_cell(society: Society, struck: NDArray[np.int32]) -> tuple[Floats, Floats]:
    """Chances that somebody's next acquaintance was struck, by the levels of `ties.LEVELS`.

    Returns:
        (3, cells) shares of the adults of the cell, of its region and of its stratum; and (cells,) adults.
    """
    adults = np.diff(society.atlas[ADULTS : ADULTS + CELLS + 1]).astype(float)
    region, stratum = society.cells(struck)
    cell = np.bincount(region * len(SLUGS) + stratum, minlength=CELLS).astype(float)
    return _levels(cell, adults), adults


def _home_rates(society: Society, homes: NDArray[Any]) -> tuple[Floats, Floats]:
    """The same for households: a household's next kin is of the own cell or of the region."""
    region, stratum = society.cells(homes)
    lost = np.bincount(region * len(SLUGS) + stratum, minlength=CELLS).astype(float)
    number = _by_cell(society).astype(float)
    return _levels(lost, number)[:2], number


def _levels(struck: Floats, of: Floats) -> Floats:
    table, base = struck.reshape(-1, len(SLUGS)), of.reshape(-1, len(SLUGS))
    region = table.sum(axis=1, keepdims=True) / np.maximum(base.sum(axis=1, keepdims=True), 1.0)
    stratum = table.sum(axis=0, keepdims=True) / np.maximum(base.sum(axis=0, keepdims=True), 1.0)
    own = struck / np.maximum(of, 1.0)
    return np.stack([own, np.broadcast_to(region, table.shape).ravel(), np.broadcast_to(stratum, table.shape).ravel()])


def circle(rates: Floats, weights: Floats, share: float, parts: tuple[float, ...] = (0.5, 0.25, 0.25)) -> int | None:
    """How many people one must know so that a share of people knows somebody struck.

    Args:
        rates: (levels, cells) chances by level; weights: (cells,) people.
        share: the share looked for, below 1.
        parts: how those known are spread over the levels: half of the own cell, a quarter each of the region and of the
            stratum, as `ties` has it.

    Returns:
        The number; None where no circle of up to a million is large enough.
    """
    log = (np.array(parts)[:, None] * np.log1p(-np.minimum(rates, 1.0 - 1e-12))).sum(axis=0)

    def knowing(number: int) -> float:
        return float(1.0 - np.average(np.exp(number * log), weights=weights))

    low, high = 0, _MOST
    if knowing(high) < share:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if knowing(middle) >= share else (middle, high)
    return high


def households(society: Society) -> int:
    """Number of households; people in barracks, camps and hostels are not counted."""
    return int(_by_cell(society).sum())


def _by_cell(society: Society) -> Ids:
    """(cells,) households; families of people counted alone are counted with their heads."""
    number = np.zeros(society.size.shape, np.int64)
    for s in range(len(STRATA)):
        size = society.size[:, s]
        if FORM[s] == PERSONS:
            number[:, s] = size
        elif FORM[s] == OWN:
            full, rest = np.divmod(size, PATTERNS.whole[VILLAGE[s], 0])
            begun = PATTERNS.household[VILLAGE[s], 0][np.maximum(rest - 1, 0)] + 1
            number[:, s] = full * HOUSEHOLDS + np.where(rest > 0, begun, 0)
    return number.ravel()
