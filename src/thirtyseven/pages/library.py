"""What the pages read: the record, a finished weighing where there is one, and the links that run backwards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from thirtyseven import __version__
from thirtyseven.publish.finished import FinishedFileError, read_result, read_series
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.weighed import Result
from thirtyseven.record import Record

NEEDED = (
    "annual-repression", "memorial-arrests-monthly", "order-00447-limits", "order-00447-progress", "order-00447-raises",
    "region-attributes",
)  # fmt: skip
"""Series that pages are made of."""


class LibraryError(ValueError):
    """A record of which no pages can be made; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Weighed:
    """A finished weighing as its folder holds it.

    Attributes:
        folder: where it lies.
        result: what follows.
        series: months, years, regions and dates of its predictive runs.
        chapters: name of every further file (`responsibility` for `responsibility.json`) to its content.
    """

    folder: Path
    result: Result
    series: Series
    chapters: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class GridRun:
    """One run of the grid that pages without a program carry.

    Attributes:
        slug: explanation, or "composite".
        variant: "strict" or "charitable".
        seed: of the run.
        digest: of its outcome.
        months: people arrested in each month of 1936-38.
        years: year to people arrested, sentenced, and sentenced to death ("first_category").
        launch: ISO date at which the mass operation begins, "" if never.
        stop: ISO date at which the campaigns end, "" if never.
    """

    slug: str
    variant: str
    seed: int
    digest: str
    months: tuple[int, ...]
    years: Mapping[str, Mapping[str, int]]
    launch: str
    stop: str


@dataclass(frozen=True)
class Library:
    """Everything that pages are made of; it does not change while they are served.

    Attributes:
        record: the loaded record.
        weighed: the finished weighing, None where there is none.
        missing: why there is none, in one sentence; "" where there is one.
        grid: runs computed beforehand, for pages without a program; empty for live ones.
    """

    record: Record
    weighed: Weighed | None = None
    missing: str = ""
    grid: tuple[GridRun, ...] = ()

    @property
    def edition(self) -> str:
        """Version and digests: what a citation must name, and what pages are cached under."""
        words = f"thirtyseven {__version__}, record {self.record.digest}"
        if self.weighed is None:
            return words
        result = self.weighed.result
        return f"{words}, weighing with code {result.code_digest}, budget {result.budget}, seed {result.seed}"

    @cached_property
    def claims_by_figure(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a figure to the claims that it decides."""
        return _backwards((claim.id, claim.figures) for claim in self.record.claims.values())

    @cached_property
    def claims_by_event(self) -> Mapping[str, tuple[str, ...]]:
        """Id of an event to the claims that name it."""
        return _backwards((claim.id, claim.events) for claim in self.record.claims.values())

    @cached_property
    def sides_by_claim(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Id of a claim to (explanation, "for" or "against")."""
        out: dict[str, list[tuple[str, str]]] = {}
        for slug, one in self.record.explanations.items():
            for side, held in (("for", one.supporting), ("against", one.countering)):
                for evidence in held:
                    out.setdefault(evidence.claim, []).append((slug, side))
        return {ident: tuple(sides) for ident, sides in out.items()}

    @cached_property
    def cited_in(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Id of a source to what rests on it: kind of object ("figures", "claims" ...) to ids."""
        out: dict[str, dict[str, list[str]]] = {}
        for kind in ("figures", "events", "actors", "offices", "responsibility"):
            for ident, thing in getattr(self.record, kind).items():
                out.setdefault(thing.source, {}).setdefault(kind, []).append(ident)
        for kind in ("claims", "series"):
            for ident, thing in getattr(self.record, kind).items():
                for source in dict.fromkeys(thing.sources):
                    out.setdefault(source, {}).setdefault(kind, []).append(ident)
        return {source: {kind: tuple(ids) for kind, ids in held.items()} for source, held in out.items()}

    @cached_property
    def actor_by_name(self) -> Mapping[str, str]:
        """Spelling of a name to the id of the one person or body that it can mean."""
        out: dict[str, set[str]] = {}
        for ident, actor in self.record.actors.items():
            for spelling in (actor.name, *actor.spellings):
                out.setdefault(spelling, set()).add(ident)
        return {name: next(iter(ids)) for name, ids in out.items() if len(ids) == 1}

    @cached_property
    def events_by_actor(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a person or body to the events that name them."""
        return _backwards(
            (ident, [self.actor_by_name[n] for n in (*one.actors, *one.institutions) if n in self.actor_by_name])
            for ident, one in self.record.events.items()
        )


def _backwards(pairs: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Turn (thing, what it names) into what is named to the things that name it, in order, each once."""
    out: dict[str, dict[str, None]] = {}
    for ident, named in pairs:
        for one in named:
            out.setdefault(one, {})[ident] = None
    return MappingProxyType({name: tuple(idents) for name, idents in out.items()})


def open_library(record: Record, folder: Path | None) -> Library:
    """Read what pages are made of.

    Args:
        record: the loaded record.
        folder: of a finished weighing; None for pages without one.

    Returns:
        The library. A weighing that is missing or cannot be read leaves the pages of the record whole: its sentence
        stands where its answers would.

    Raises:
        LibraryError: the record lacks a series that pages need.
    """
    lacking = [name for name in NEEDED if name not in record.series]
    if lacking:
        raise LibraryError(
            f"The record in {record.folder} has no series {', '.join(lacking)}, from which pages are made; "
            "use the record that comes with the program."
        )
    if folder is None:
        return Library(record, None, "These pages were opened without a weighing.")
    try:
        result, series = read_result(folder), read_series(folder)
    except FinishedFileError as fault:
        return Library(record, None, str(fault))
    return Library(record, Weighed(folder, result, series, _chapters(folder)))


def _chapters(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Every other JSON object in a weighing's folder; what cannot be read is left out."""
    out = {}
    for path in sorted(folder.glob("*.json")):
        if path.stem in ("result", "series"):
            continue
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(content, dict):
            out[path.stem] = content
    return MappingProxyType(out)
