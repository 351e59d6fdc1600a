"""Resolution `people`: every event of a run happens to somebody.

The counts of a run say how many were arrested, sentenced and released, by week, region and channel; ties and the fixed
orders of the society say who. So `people` and `counts` of one seed agree on every count by construction, and what is
added is who it was, through whom, and which families and workplaces it struck.

The shares of arrests through ties and the relative risks within a channel are judgement, written once here: no count of
them exists for the whole Union. Births, deaths, ageing and moves are outside the model; nobody is a real person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.simulation import custody, layout, persons
from thirtyseven.simulation.outcome import COUNTED, Outcome
from thirtyseven.simulation.run import BEFORE_1934
from thirtyseven.society import calendar, ties
from thirtyseven.society.households import HOUSEHOLDS, PATTERNS
from thirtyseven.society.people import ADULTS, CELLS, FORM, OWN, PERSONS, REGIONS, VILLAGE, Society
from thirtyseven.society.setting import BESIDE
from thirtyseven.society.strata import INDEX, SLUGS, STRATA

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS = ("arrested", "first_category", "second_category", "released")
"""What happened: arrested; sentenced in the first category, that is to death; sentenced otherwise (camp, prison,
exile); released while under investigation."""
PROVENANCE = (
    "register", "limit", "list", "file", "named", "denounced", "family", "line", "neighbour", "court",
)  # fmt: skip
"""Why this person, as far as the model knows. Arrests: from a register; taken to fill a limit from outside the registers;
as holder of a post; from the files of party, army or service; named by somebody under investigation; denounced by an
acquaintance; as relative; as one of a nationality; beside a nationality; an ordinary case. Sentences and releases: the
body (limit: a troika, list: the Military Collegium, line: album or special troika, court: courts and Special Board)."""
STATES = ("at_liberty", "in_custody", "to_death", "to_camps", "freed")

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
    "lists": {"office-holders": 1.0},
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
rose with rank (Zakharov and Sonin 2024, abstract seen); the sizes are judgement. "outside": whom a channel reaches beyond
its own strata; "stock": prisoners sentenced again in camps."""
_IN_REGION = len(CHANNELS) * custody.KINDS * custody.REASONS
_IN_WEEK = REGIONS * _IN_REGION
APART = ("office-holders", "high-command", "senior-officers", "officers", "security-staff", "nkvd-troops", "prisoners")
"""Whom no tie brings into the mass, national or ordinary channels: they had channels of their own, or were held."""


@dataclass(frozen=True)
class Events:
    """The log of a run: one row an event, in the order in which it happened.

    Attributes:
        log: (3, E) int32: code, person, through whom. The code holds week, region, channel, kind and reason.
        held: (H,) ids of the people already held when the run begins, whose arrest is not in the log.
        regions: slugs of the regions.
        people: number of people of the society.
    """

    log: NDArray[np.int32]
    held: NDArray[np.int32]
    regions: tuple[str, ...]
    people: int

    def __len__(self) -> int:
        return self.log.shape[1]

    @property
    def person(self) -> NDArray[np.int32]:
        """(E,) ids of the society."""
        return self.log[custody.WHO]

    @property
    def by(self) -> NDArray[np.int32]:
        """(E,) id of who named or denounced, or of the relative sentenced; -1 where none."""
        return self.log[custody.BY]

    @property
    def week(self) -> NDArray[np.int16]:
        """(E,) week numbers."""
        return (self.log[custody.CODE] // (_IN_WEEK)).astype(np.int16)

    @property
    def region(self) -> NDArray[np.int8]:
        """(E,) indices into `regions`."""
        return (self.log[custody.CODE] // (_IN_REGION) % len(self.regions)).astype(np.int8)

    @property
    def channel(self) -> NDArray[np.int8]:
        """(E,) indices into `CHANNELS`; of a sentence or release, the channel of the body that decided."""
        return (self.log[custody.CODE] // (custody.KINDS * custody.REASONS) % len(CHANNELS)).astype(np.int8)

    @property
    def kind(self) -> NDArray[np.int8]:
        """(E,) indices into `KINDS`."""
        return (self.log[custody.CODE] // custody.REASONS % custody.KINDS).astype(np.int8)

    @property
    def provenance(self) -> NDArray[np.int8]:
        """(E,) indices into `PROVENANCE`."""
        return (self.log[custody.CODE] % custody.REASONS).astype(np.int8)

    def digest(self) -> str:
        """Sixteen hex digits over the whole log; equal digests mean the same fates."""
        sha = hashlib.sha256(repr((self.regions, self.people)).encode())
        sha.update(np.ascontiguousarray(self.log).data)
        sha.update(np.ascontiguousarray(self.held).data)
        return sha.hexdigest()[:16]

    def counts(self) -> NDArray[np.int64]:
        """The log counted again: (W, R, C, 4) in the order of `outcome.COUNTED`."""
        shape = (calendar.WEEKS, len(self.regions), len(CHANNELS), len(KINDS))
        kinds = np.bincount(self.log[custody.CODE] // custody.REASONS, minlength=int(np.prod(shape))).reshape(shape)
        arrested, first, second, released = (kinds[..., i] for i in range(4))
        return np.stack([arrested, first + second, first, released], axis=-1)

    def census(self, week: int) -> dict[str, int]:
        """People by state before a week begins, each counted once by the last thing that happened to him.

        Args:
            week: a week number; `calendar.WEEKS` for the end.

        Returns:
            People at liberty and never arrested, in custody, sentenced to death, sentenced otherwise, freed.
        """
        end = int(np.searchsorted(self.log[custody.CODE], week * _IN_WEEK))
        who = np.concatenate([self.held, self.person[:end]])[::-1]
        what = np.concatenate([np.zeros(len(self.held), np.int8), self.kind[:end]])[::-1]
        last = what[np.unique(who, return_index=True)[1]]
        touched = {name: int((last == kind).sum()) for kind, name in enumerate(STATES[1:])}
        return {STATES[0]: self.people - len(last)} | touched

    def frame(self) -> pl.DataFrame:
        """The log as a table with words for codes."""

        def words(codes: NDArray[np.int8], names: tuple[str, ...]) -> pl.Series:
            return pl.Series(names, dtype=pl.Enum(names)).gather(codes)

        return pl.DataFrame({
            "week": self.week, "person": self.person, "region": words(self.region, self.regions),
            "channel": words(self.channel, CHANNELS), "kind": words(self.kind, KINDS),
            "provenance": words(self.provenance, PROVENANCE), "by": self.by,
        })  # fmt: skip

    def write(self, path: Path) -> None:
        """Write the log as a Parquet file."""
        self.frame().write_parquet(path, compression="zstd", compression_level=1)


def everybody(
    outcome: Outcome, society: Society, seed: int, progress: Callable[[str, int, int], None] | None = None
) -> Events:
    """Find out to whom the events of a run happened.

    Args:
        outcome: one run, with one bin a week (`slots=np.arange(calendar.WEEKS)`).
        society: everybody; of the same record as the run's setting.
        seed: seed of the run.
        progress: called with "people", weeks done and weeks in all.

    Returns:
        The log; `events.counts()` equals the run's regional table.

    Raises:
        ValueError: if the outcome has several runs or bins coarser than weeks, or the society has too few people.
    """
    if outcome.runs != 1 or not np.array_equal(outcome.slots, np.arange(calendar.WEEKS)):
        raise ValueError("People are found for one run at a time, kept week by week: simulate one scenario with "
                         "slots=np.arange(calendar.WEEKS).")  # fmt: skip
    counts = np.ascontiguousarray(outcome.regional[0])
    risk, may, shares = _tables()
    held_before = _held_before(society)
    state, cells, queues, nodes, families, shot = _begin(society, counts, held_before)
    log = np.zeros((3, int(counts[..., [0, 1, 3]].sum(dtype=np.int64))), np.int32)
    key, atlas = cast(int, np.uint64(seed)), society.atlas
    first, last = outcome.provenance["weeks"]
    short = persons.fill_before(atlas, state, cells, queues, nodes, risk, key, held_before)
    if short >= 0:
        raise ValueError(_too_few(society, short, "ordinary", first))
    held = _ordinary_nodes(queues, nodes, held_before)
    row = 0
    for week in range(first, last):
        custody.hand_over(queues, nodes, int(outcome.launch[0]), int(outcome.stop[0]), week, HANDED_OVER)
        row, fault = persons.live_week(atlas, counts[week], state, cells, queues, nodes, families, shot, risk, may,
                                       shares, TIES_KEY, log, row, key, week)  # fmt: skip
        if fault >= 0:
            raise ValueError(_too_few(society, fault // len(CHANNELS), CHANNELS[fault % len(CHANNELS)], week))
        if progress is not None:
            progress("people", week + 1 - first, last - first)
    return Events(log, held, society.regions, society.people)


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
    own = ("list", "file", "file", "file", "register", *["line"] * len(LINES), "family", "court")
    shares[persons.P_OWN] = [PROVENANCE.index(name) for name in own]
    return risk, may, shares


def _begin(society: Society, counts: NDArray[np.int32], held_before: Ints) -> tuple[Any, Any, Any, Any, Any, Any]:
    """Everybody at liberty, empty queues, and room for the arrests to come.

    Returns:
        `state`, `cells`, `queues`, `nodes`, `families` and `shot` of `custody` and `persons`.
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
    cells = np.stack([np.zeros_like(adults), adults])
    return np.zeros(society.people, np.uint8), cells, queues, nodes, families, np.zeros((2, int(dead.sum())), np.int32)


def cards(events: Events, society: Society, sample: int = 20_000) -> dict[str, Any]:
    """What it meant for families, acquaintances and strata.

    Args:
        events: the log.
        society: the society it was made with.
        sample: adults asked whether they knew somebody arrested (keyed draws; standard error in the result).

    Returns:
        People arrested and households that lost someone, in all and as shares; households that lost someone to a
        death sentence; workplaces that lost someone; share of adults at liberty's acquaintances (`knew`) with its
        standard error; arrests by provenance; arrested people as share of the adults of each stratum.
    """
    arrest = events.kind == KINDS.index("arrested")
    taken = _distinct(events.person[arrest])
    dead = _distinct(events.person[events.kind == KINDS.index("first_category")])
    homes = _households(society)
    lost = len(_distinct(ties.households_of(society, taken)[:, 0]))
    lost_for_good = len(_distinct(ties.households_of(society, dead)[:, 0]))
    places = ties.workplaces_of(society, taken)
    struck = len(_distinct(places[places != ties.NOBODY]))
    adults = np.diff(society.atlas[ADULTS : ADULTS + CELLS + 1]).reshape(society.size.shape).sum(axis=0)
    by_stratum = np.bincount(society.cells(taken)[1], minlength=len(SLUGS))
    knew = _knew(society, taken, sample)
    why = np.bincount(events.provenance[arrest], minlength=len(PROVENANCE))
    return {
        "arrested": len(taken), "arrests": int(arrest.sum()),
        "households": homes, "households_struck": lost, "households_struck_share": lost / homes,
        "households_death_sentence": lost_for_good, "households_death_sentence_share": lost_for_good / homes,
        "workplaces": int(society.atlas[-1]), "workplaces_struck": struck,
        "workplaces_struck_share": struck / int(society.atlas[-1]),
        "knew": float(knew.mean()), "knew_error": float(knew.std() / np.sqrt(len(knew))),
        "provenance": dict(zip(PROVENANCE, (int(n) for n in why), strict=True)),
        "strata": {slug: float(n / max(a, 1)) for slug, n, a in zip(SLUGS, by_stratum, adults, strict=True)},
    }  # fmt: skip


def _households(society: Society) -> int:
    """Number of households; people in barracks, camps and hostels are not counted."""
    number = 0
    for s in range(len(STRATA)):
        size = society.size[:, s]
        if FORM[s] == PERSONS:
            number += int(size.sum())
        elif FORM[s] == OWN:
            full, rest = np.divmod(size, PATTERNS.whole[VILLAGE[s], 0])
            begun = PATTERNS.household[VILLAGE[s], 0][np.maximum(rest - 1, 0)] + 1
            number += int((full * HOUSEHOLDS + np.where(rest > 0, begun, 0)).sum())
    return number


def _knew(society: Society, taken: NDArray[np.int32], sample: int) -> NDArray[np.bool_]:
    """Whether each of a sample of adults knew somebody arrested, himself aside."""
    u = draws.uniforms(np.array([TIES_KEY], np.uint64), draws.PURPOSES["trial"], np.arange(2 * sample), 1)[0]
    people = (u * society.people).astype(np.int64)
    people = people[ties.adult_ranks(society, people) != ties.NOBODY][:sample]
    known = ties.acquaintances(society, people, TIES_KEY)
    found = taken[np.minimum(np.searchsorted(taken, known), len(taken) - 1)] == known if len(taken) else known < -1
    return np.asarray(found.any(axis=1))


def _distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Sorted distinct values; many times faster than `np.unique` on millions of ids."""
    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=-2) != 0]
