"""The log of a run at resolution `people`: what happened to whom, when, where, and through whom.

Nobody in it is a real person: ids are places in a society built from the census and the party, army and police tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation import custody
from thirtyseven.society import calendar
from thirtyseven.society.people import REGIONS

KINDS = ("arrested", "first_category", "second_category", "released")
"""What happened: arrested; sentenced in the first category, that is to death; sentenced otherwise (camp, prison,
exile); released while under investigation."""
ARRESTED, DEATH, OTHER, RELEASED = range(4)
PROVENANCE = (
    "register", "limit", "list", "file", "named", "denounced", "family", "line", "neighbour", "court", "patron",
)  # fmt: skip
"""Why this person, as far as the model knows. Arrests: from a register; taken to fill a limit from outside the registers;
as holder of a post; from the files of party, army or service; named by an acquaintance under investigation; denounced by
an acquaintance; as relative; as one of a nationality; beside a nationality; an ordinary case; named by his patron or his
client. Sentences and releases: the body (limit: a troika, list: the Military Collegium, line: album or special troika,
court: courts and Special Board)."""
STATES = ("at_liberty", "in_custody", "to_death", "to_camps", "freed")

Log = NDArray[np.int32]
_IN_REGION = len(CHANNELS) * custody.KINDS * custody.REASONS
IN_WEEK = REGIONS * _IN_REGION
"""Codes of one week; the code of an event divided by it is its week."""


class Digest:
    """Sixteen hex digits over a log that is seen week by week."""

    def __init__(self, regions: tuple[str, ...], people: int, held: NDArray[np.int32]) -> None:
        self._sha = hashlib.sha256(repr((regions, people)).encode())
        self._sha.update(np.ascontiguousarray(held).data)

    def add(self, week: Log) -> None:
        """Take in the events of one week, (3, n)."""
        for row in week:
            self._sha.update(np.ascontiguousarray(row).data)

    def __str__(self) -> str:
        return self._sha.hexdigest()[:16]


@dataclass(frozen=True)
class Events:
    """The log of a run: one row an event, in the order in which it happened.

    Attributes:
        log: (3, E) int32: code, person, through whom. The code holds week, region, channel, kind and reason.
        held: (H,) ids of the people already held when the run begins, whose arrest is not in the log.
        regions: slugs of the regions.
        people: number of people of the society.
        weeks: first week lived and the week after the last.
        partial: whether the run was stopped before its last week.
    """

    log: Log
    held: NDArray[np.int32]
    regions: tuple[str, ...]
    people: int
    weeks: tuple[int, int] = (0, calendar.WEEKS)
    partial: bool = False

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
        return (self.log[custody.CODE] // IN_WEEK).astype(np.int16)

    @property
    def region(self) -> NDArray[np.int8]:
        """(E,) indices into `regions`."""
        return (self.log[custody.CODE] // _IN_REGION % len(self.regions)).astype(np.int8)

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

    def of(self, kind: int, first: int = 0, last: int = calendar.WEEKS) -> NDArray[np.int64]:
        """Rows of the log with events of a kind, in weeks from `first` to before `last`."""
        low, high = np.searchsorted(self.log[custody.CODE], (first * IN_WEEK, last * IN_WEEK))
        return low + np.flatnonzero(self.log[custody.CODE, low:high] // custody.REASONS % custody.KINDS == kind)

    def by_week(self) -> Iterator[Log]:
        """The log in pieces, one a week."""
        ends = np.searchsorted(self.log[custody.CODE], np.arange(calendar.WEEKS + 1) * IN_WEEK)
        for low, high in pairwise(ends):
            yield self.log[:, low:high]

    def digest(self) -> str:
        """Sixteen hex digits over the whole log; equal digests mean the same fates."""
        digest = Digest(self.regions, self.people, self.held)
        for week in self.by_week():
            digest.add(week)
        return str(digest)

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
        last = self.last(week)[1]
        touched = {name: int((last == kind).sum()) for kind, name in enumerate(STATES[1:])}
        return {STATES[0]: self.people - len(last)} | touched

    def last(self, week: int = calendar.WEEKS) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Everybody to whom something happened before a week, sorted, and the kind of the last thing that did."""
        end = int(np.searchsorted(self.log[custody.CODE], week * IN_WEEK))
        who = np.concatenate([self.held, self.person[:end]])
        what = np.concatenate([np.zeros(len(self.held), np.int8), self.kind[:end]])
        people, rows = ends_of(who, last=True)
        return people, what[rows]

    def frame(self) -> pl.DataFrame:
        """The log as a table with words for codes; see `frame_of`."""
        return frame_of(self.log, self.regions)


def frame_of(log: Log, regions: tuple[str, ...]) -> pl.DataFrame:
    """Events as a table with words for codes.

    Args:
        log: (3, n) events.
        regions: slugs of the regions.

    Returns:
        Columns week, monday (the week's first day), person, region, channel, kind, provenance and by (-1: nobody).
    """
    events = Events(log, np.zeros(0, np.int32), regions, 0)

    def words(codes: NDArray[Any], names: tuple[str, ...]) -> pl.Series:
        return pl.Series(names, dtype=pl.Enum(names)).gather(codes)

    epoch = np.datetime64(calendar.monday_of(0), "D").astype(np.int32)
    return pl.DataFrame({
        "week": events.week, "monday": pl.Series(epoch + 7 * events.week.astype(np.int32)).cast(pl.Date),
        "person": events.person, "region": words(events.region, regions), "channel": words(events.channel, CHANNELS),
        "kind": words(events.kind, KINDS), "provenance": words(events.provenance, PROVENANCE), "by": events.by,
    })  # fmt: skip


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Sorted distinct values; many times faster than `np.unique` on millions of ids."""
    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=-2) != 0]


def ends_of(people: NDArray[np.int32], *, last: bool = False) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Everybody in a list of ids, sorted, and where each stands in it first, or last.

    Id and place are sorted as one number, which is much faster than a stable sort of the ids.
    """
    key = (people.astype(np.int64) << 32) | np.arange(len(people))
    key.sort()
    who = (key >> 32).astype(np.int32)
    found = np.flatnonzero(np.diff(who, append=-1) if last else np.diff(who, prepend=-1))
    return who[found], key[found] & 0xFFFFFFFF
