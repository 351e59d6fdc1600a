"""Resolution `people`: every event of a run happens to somebody.

The counts of a run say how many were arrested, sentenced and released, by week, region and channel; ties and the fixed
orders of the society say who. So `people` and `counts` of one seed agree on every count by construction, and what is
added is who it was, through whom, and which families and workplaces it struck.

The shares of arrests through ties and the relative risks within a channel are judgement, written once here: no count of
them exists for the whole Union. Births, deaths, ageing and moves are outside the model; nobody is a real person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import special

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.simulation import custody, layout, memory, persons
from thirtyseven.simulation.events import KINDS, PROVENANCE, STATES, Events, Log
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.simulation.run import BEFORE_1934
from thirtyseven.society import calendar
from thirtyseven.society.people import ADULTS, CELLS, Society
from thirtyseven.society.setting import BESIDE
from thirtyseven.society.strata import INDEX, SLUGS

__all__ = ["KINDS", "PROVENANCE", "STATES", "TIES_KEY", "Events", "Life", "everybody"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TIES_KEY = 1937
"""Who knew whom is the same in every run; only what happened differs."""
HANDED_OVER = 0.6
"""Share of those held for courts whom the order puts before the troikas; the same as in `operations`."""

NAMED = {"lists": 0.50, "party": 0.40, "army": 0.20, "nkvd": 0.50, "troika": 0.15, "ordinary": 0.05} | dict.fromkeys(
    ("polish", "german", "harbin", "baltic", "southern"), 0.25
)
"""Share of a channel's arrests that follow a tie from somebody under investigation, where one leads to a person still at
liberty. High among office-holders and in the service, low in the mass operation, whose cases were made from registers
(case-file studies, recalled), low in the army (Zakharov and Sonin 2024, abstract seen); judgement."""
PATRON = {"lists": 0.4, "nkvd": 0.6}
"""Share of a channel's arrests by name in which the name leads along patronage (`persons.SPAN`) before any other tie.
In the service protection by and of superiors decided who fell (Saijo 2019, abstract seen); that regional leaders fell
with the people they had brought with them is common to the literature; both shares are judgement."""
NAMES_SHAPE = 0.7
"""Shape of the gamma weight with which somebody under investigation is the one who names: numbers of names are then
negative-binomial with this index as far as there are people left to name: mostly none, sometimes ten (judgement)."""
DENOUNCED = {
    "lists": 0.10,
    "party": 0.25,
    "army": 0.10,
    "nkvd": 0.05,
    "troika": 0.05,
    "ordinary": 0.15,
} | dict.fromkeys(("polish", "german", "harbin", "baltic", "southern"), 0.05)
"""Share of the other arrests in which an acquaintance had denounced; judgement, within the range of 3.1."""
RISK: dict[str, dict[str, float]] = {
    "lists": {"office-holders": 1.0, "high-command": 1.0},
    "party": {"party-members": 1.0, "expelled-members": 3.0},
    "army": {"high-command": 12.0, "senior-officers": 4.0, "officers": 1.0},
    "nkvd": {"security-staff": 1.0},
    "troika": {"former-kulaks": 1.0, "criminal-register": 1.0, "clergy": 1.0, "other-register": 1.0},
    "polish": {"polish": 1.0}, "german": {"german": 1.0}, "harbin": {"harbin": 1.0},
    "baltic": {"baltic": 1.0}, "southern": {"southern": 1.0},
    "families": {"dependants": 1.0},
    "ordinary": {
        "workers": 1.0, "employees": 1.2, "collective-farmers": 0.7, "individual": 1.5, "specialists": 1.6,
        "students": 0.5, "soldiers": 0.3, "party-members": 0.8, "expelled-members": 2.0, "former-kulaks": 2.0,
        "criminal-register": 4.0, "clergy": 2.0, "other-register": 2.0, "special-settlers": 1.5, "dependants": 0.4,
        "polish": 1.0, "german": 1.0, "harbin": 1.0, "baltic": 1.0, "southern": 1.0,
    },
    "outside": {"workers": 1.0, "employees": 1.2, "collective-farmers": 1.0, "individual": 1.5, "specialists": 1.5},
    "stock": {"prisoners": 1.0},
}  # fmt: skip
"""Relative risk of an adult of a stratum within a channel; in the mass operation in proportion to who is left. Army: risk
rose with rank (Zakharov and Sonin 2024, abstract seen); the sizes are judgement. Lists named commanders beside holders of
civil posts, since the Military Collegium judged both; that the risk was alike is judgement. "outside": whom a channel
reaches beyond its own strata; "stock": prisoners sentenced again in camps."""
APART = ("office-holders", "high-command", "senior-officers", "officers", "security-staff", "nkvd-troops", "prisoners")
"""Whom no tie brings into the mass, national or ordinary channels: they had channels of their own, or were held."""


class Life:
    """A run of everybody, lived week by week.

    Attributes:
        held: (H,) ids of the people already held when the run begins.
        rows: events of the whole run; widest: of its fullest week.
        weeks: the weeks to live.
    """

    def __init__(self, outcome: Outcome, society: Society, seed: int, *, streamed: bool = False) -> None:
        """Put everybody in place.

        Args:
            outcome: one run, with one bin a week (`slots=np.arange(calendar.WEEKS)`).
            society: everybody; of the same record as the run's setting.
            seed: seed of the run.
            streamed: whether events are written away and not kept, which takes less memory.

        Raises:
            ValueError: if the outcome has several runs or bins coarser than weeks, the society has too few people, or
                there is too little memory.
        """
        if outcome.runs != 1 or not np.array_equal(outcome.slots, np.arange(calendar.WEEKS)):
            raise ValueError("People are found for one run at a time, kept week by week: simulate one scenario with "
                             "slots=np.arange(calendar.WEEKS).")  # fmt: skip
        self._society, self._outcome, self._key = society, outcome, cast(int, np.uint64(seed))
        self._counts = np.ascontiguousarray(outcome.regional[0])
        of_week = self._counts[..., [0, 1, 3]].sum(axis=(1, 2, 3), dtype=np.int64)
        self.rows, self.widest = int(of_week.sum()), int(of_week.max())
        needed = self.needed(society, outcome, streamed=streamed)
        memory.expect(needed, "close other programs, or run it with --resolution counts")
        first, last = outcome.provenance["weeks"]
        self.weeks = range(first, last)
        held_before = _held_before(society)
        self._risk, self._may, self._shares = _tables()
        self._talk = special.gammaincinv(NAMES_SHAPE, (np.arange(64) + 0.5) / 64)
        self._talk /= self._talk.max()
        state = _begin(society, self._counts, held_before)
        self._away, self._cells, self._queues, self._nodes, self._families, self._shot = state
        short = persons.fill_before(society.atlas, *state[:4], self._risk, self._key, held_before)
        if short >= 0:
            raise ValueError(_too_few(society, short, "ordinary", first))
        self.held = _ordinary_nodes(self._queues, self._nodes, held_before)

    @staticmethod
    def needed(society: Society, outcome: Outcome, *, streamed: bool = False) -> int:
        """Bytes that the run of everybody takes beyond the counts, by the sizes of its tables.

        Args:
            society: everybody; outcome: the counts.
            streamed: whether the events are written week by week and not kept.
        """
        counts = outcome.regional[0]
        events, arrests = int(counts[..., [0, 1, 3]].sum(dtype=np.int64)), int(counts[..., 0].sum(dtype=np.int64))
        kept = 0 if streamed else 12 * events
        return society.people // 8 + 12 * arrests + kept + 8 * (persons.RISKS + 1) * CELLS + 16_000_000

    def live(self, week: int, log: Log, row: int) -> int:
        """Live one week.

        Args:
            week: number of the week; the weeks must come in order.
            log: (3, n), filled from `row` on.
            row: first row to write.

        Returns:
            The next row.

        Raises:
            ValueError: there are too few people for the run's counts.
        """
        atlas, launch, stop = self._society.atlas, int(self._outcome.launch[0]), int(self._outcome.stop[0])
        custody.hand_over(self._queues, self._nodes, launch, stop, week, HANDED_OVER)
        row, fault = persons.live_week(atlas, self._counts[week], self._away, self._cells, self._queues, self._nodes,
                                       self._families, self._shot, self._risk, self._may, self._shares, self._talk,
                                       TIES_KEY, log, row, self._key, week)  # fmt: skip
        if fault >= 0:
            region, channel = divmod(fault, len(CHANNELS))
            raise ValueError(_too_few(self._society, region, CHANNELS[channel], week))
        return int(row)


def everybody(
    outcome: Outcome,
    society: Society,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Events:
    """Find out to whom the events of a run happened.

    Args:
        outcome: one run, with one bin a week (`slots=np.arange(calendar.WEEKS)`).
        society: everybody; of the same record as the run's setting.
        seed: seed of the run.
        progress: called after each week with its number and the events so far.
        stop: asked after each week; the log ends there, marked `partial`, where it says yes.

    Returns:
        The log; `events.counts()` equals the run's regional table.

    Raises:
        ValueError: see `Life`.
    """
    life = Life(outcome, society, seed)
    log, row, lived = np.zeros((3, life.rows), np.int32), 0, life.weeks.start
    for week in life.weeks:
        row, lived = life.live(week, log, row), week + 1
        if progress is not None:
            progress(week, row)
        if stop is not None and stop():
            break
    lasted = (life.weeks.start, lived)
    return Events(log[:, :row], life.held, society.regions, society.people, lasted, partial=lived < life.weeks.stop)


def _held_before(society: Society) -> Ints:
    """(R,) people held by the organs when the run begins, as the core has them."""
    free = society.regional.population.astype(float)
    free[-1] = 0.0
    return np.floor(BEFORE_1934 * (free / free.sum())).astype(np.int64)


def _ordinary_nodes(queues: Ints, nodes: NDArray[np.int32], held_before: Ints) -> NDArray[np.int32]:
    first = queues[custody.OFFSET, :, layout.ORDINARY]
    where = np.concatenate([a + np.arange(n) for a, n in zip(first, held_before, strict=True)])
    return nodes[custody.PERSON, where]


def _too_few(society: Society, region: int, channel: str, week: int) -> str:
    return (f"{society.regions[region]} has too few people for the run's count in the channel '{channel}' in the week of "
            f"{calendar.monday_of(week)}: use the society at full scale, built from the record of the run.")  # fmt: skip


def _tables() -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Risks, whom a tie may lead to, and shares by channel, as the compiled code reads them."""
    risk = np.zeros((persons.RISKS, len(SLUGS) + 2))
    for row, name in enumerate((*CHANNELS, "outside", "stock")):
        for slug, value in RISK[name].items():
            risk[row, INDEX[slug]] = value
        reached = [INDEX[slug] for slug in RISK[name]]
        risk[row, len(SLUGS) :] = min(reached), max(reached) + 1
    may = risk[: len(CHANNELS), : len(SLUGS)] > 0
    may[[CHANNELS.index(c) for c in ("troika", *LINES, "ordinary")]] = ~np.isin(SLUGS, APART)
    shares = np.zeros((persons.SHARES, len(CHANNELS)))
    for c, channel in enumerate(CHANNELS):
        shares[persons.P_NAMED, c], shares[persons.P_DENOUNCED, c] = (
            NAMED.get(channel, 0.0),
            DENOUNCED.get(channel, 0.0),
        )
    shares[persons.P_BESIDE, layout.LINE0 : layout.LINE0 + layout.LINES] = 1.0 - 1.0 / BESIDE
    shares[persons.P_PATRON] = [PATRON.get(channel, 0.0) for channel in CHANNELS]
    own = ("list", "file", "file", "file", "register", *["line"] * len(LINES), "family", "court")
    shares[persons.P_OWN] = [PROVENANCE.index(name) for name in own]
    return risk, may, shares


def _begin(society: Society, counts: NDArray[np.int32], held_before: Ints) -> tuple[Any, Any, Any, Any, Any, Any]:
    """Everybody at liberty, empty queues, and room for the arrests to come.

    Returns:
        `away`, `cells`, `queues`, `nodes`, `families` and `shot` of `custody` and `persons`.
    """
    totals = counts.sum(axis=0, dtype=np.int64)
    taken = totals[:, :, COUNTED.index("arrested")].copy()
    taken[:, layout.ORDINARY] += held_before
    running = np.cumsum(taken).reshape(taken.shape)
    queues = np.zeros((custody.QUEUES, *taken.shape), np.int64)
    queues[custody.OFFSET] = running - taken
    queues[custody.HEAD : custody.TAIL + 1] = -1
    nodes = np.full((3, int(taken.sum())), -1, np.int32)
    dead = totals[:, layout.LISTS, COUNTED.index("first_category")]
    families = np.zeros((custody.FAMILY_COUNTS, len(dead)), np.int64)
    families[custody.PLACE] = np.cumsum(dead) - dead
    adults = np.diff(society.atlas[ADULTS : ADULTS + CELLS + 1])
    cells = np.zeros((persons.RISKS + 1, CELLS), np.int64)
    cells[persons.LEFT] = adults
    away, shot = np.zeros(society.people // 8 + 1, np.uint8), np.zeros((2, int(dead.sum())), np.int32)
    return away, cells, queues, nodes, families, shot


