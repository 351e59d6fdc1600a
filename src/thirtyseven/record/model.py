"""What the record is made of: sources, figures, series, events, people in office, claims, explanations.

Every class is frozen and holds plain values. Empty text means "not given", None means "no number".
Dates are EDTF text; `thirtyseven.record.dates.span` gives their first and last day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Number = int | float


@dataclass(frozen=True, slots=True)
class Source:
    """A bibliographic entry, and what it is good evidence of.

    Attributes:
        id: slug, such as `getty-naumov-1999`.
        csl: the entry as CSL-JSON, without `custom`.
        kind: operational order, statistical report, memoir, history ... (vocabulary `source_kinds`).
        good_for: what it is good evidence of.
        not_for: what it is not evidence of.
        archive: archive reference as printed (archive, fond, opis, delo, list); empty where none was printed.
        lineage: id of the source that it copies; one lineage counts once.
        seen: whether the transcriber saw it (`seen`) or cites it from memory (`recalled`).
    """

    id: str
    csl: Mapping[str, Any]
    kind: str
    good_for: str
    not_for: str
    archive: str
    lineage: str
    seen: str

    @property
    def title(self) -> str:
        """The title as cited."""
        return str(self.csl.get("title", ""))

    @property
    def year(self) -> str:
        """Year of publication or of the document, empty where not given."""
        issued = self.csl.get("issued") or {}
        parts = issued.get("date-parts") or [[]]
        return str(parts[0][0]) if parts and parts[0] else str(issued.get("literal", ""))

    @property
    def authors(self) -> str:
        """Family names of authors or editors, joined for reading."""
        people = self.csl.get("author") or self.csl.get("editor") or []
        names = [str(one.get("family") or one.get("literal") or "") for one in people]
        return names[0] + " and others" if len(names) > 3 else ", ".join(names)

    def cite(self, place: str = "", seen: str = "seen") -> str:
        """Return a short citation; a recalled one says so and never shows a place.

        Args:
            place: page or other locator as printed.
            seen: `seen`, `recalled` or `derived`, of the row that cites.
        """
        who = ", ".join(part for part in (self.authors, self.title) if part)
        base = f"{who} ({self.year})" if self.year else who
        if seen == "recalled":
            return f"after {base}, recalled"
        if self.id == "this-record":
            return "computed in this record"
        if seen == "derived":
            return f"computed from {base}"
        return f"{base}, {place}" if place else base


@dataclass(frozen=True, slots=True)
class Figure:
    """One published value with its scope.

    Attributes:
        id: `F-0001`; never reused.
        quantity: slug of what is measured, such as `death-sentences`.
        item: the same in words, with its scope.
        value: the number; None for a text value or a bare range.
        low: lower end of the range, None where no range is given.
        high: upper end of the range.
        text: the value where it is not a number.
        unit: unit of value, low and high (vocabulary `units`).
        counted: what is counted (vocabulary `counted`); arrests, convictions, death sentences and executions
            are never mixed.
        population: of whom.
        denominator: what a share is a share of; empty for counts.
        territory: slug of a region or larger unit, or words.
        period: EDTF.
        status: recorded, compiled, estimated or imputed.
        seen: seen, recalled or derived.
        confidence: high, medium or low; the transcriber's own, apart from the value.
        source: id of the source.
        place: locator as printed; only where seen.
        reason: why this source is cited for it.
        rival: slug that joins figures of one quantity which disagree.
        preferred: True for the one to use among its rivals, False for the others, None without rivals.
        deprecated: why it is no longer used; empty while in use.
        origin: table:line of the starting table.
        note: scope, doubts, sums.
        where_seen: where a copy was seen, as far as it can be named.
    """

    id: str
    quantity: str
    item: str
    value: Number | None
    low: Number | None
    high: Number | None
    text: str
    unit: str
    counted: str
    population: str
    denominator: str
    territory: str
    period: str
    status: str
    seen: str
    confidence: str
    source: str
    place: str
    reason: str
    rival: str
    preferred: bool | None
    deprecated: str
    origin: str
    note: str
    where_seen: str = ""

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year that its period names; None where it names none."""
        named = [int(year) for year in re.findall(r"\b\d{4}\b", self.period)]
        return (min(named), max(named)) if named else None

    def display(self) -> str:
        """The value as people read it, thousands separated, range and unit included."""
        if self.value is not None:
            shown = _number(self.value)
            if self.low is not None and self.high is not None:
                shown += f" ({_number(self.low)} to {_number(self.high)})"
        elif self.low is not None and self.high is not None:
            shown = f"{_number(self.low)} to {_number(self.high)}"
        elif self.low is not None:
            shown = f"at least {_number(self.low)}"
        elif self.high is not None:
            shown = f"at most {_number(self.high)}"
        else:
            return self.text
        return f"{shown} {self.unit}".strip()


def _number(value: Number) -> str:
    """Write a number with thousands separators, without a trailing zero."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with the precision that its sources allow."""

    id: str
    date: str
    precision: str
    alternatives: str
    title: str
    actors: tuple[str, ...]
    kind: str
    institutions: tuple[str, ...]
    lane: str
    source: str
    place: str
    seen: str
    confidence: str
    note: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in public office or an institution, with every spelling; never a private victim."""

    id: str
    name: str
    russian: str
    spellings: tuple[str, ...]
    kind: str
    role: str
    born: str
    died: str
    fate: str
    fate_date: str
    source: str
    seen: str
    note: str


@dataclass(frozen=True, slots=True)
class Office:
    """A spell in office: who, what, where, from when to when, and how it ended."""

    id: str
    actor: str
    office: str
    institution: str
    territory: str
    begin: str
    until: str
    end: str
    source: str
    seen: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What notes, schoolbooks and historians assert, with the figures that decide it."""

    id: str
    family: str
    text: str
    variants: tuple[str, ...]
    figures: tuple[str, ...]
    events: tuple[str, ...]
    scope: str
    verdict: str
    reason: str
    best: str
    lineage: str
    items: tuple[str, ...]
    sources: tuple[str, ...]
    added: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Claims about one question, to be read side by side."""

    family: str
    title: str
    question: str
    seed_key: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim on one side of an explanation, and what it says there."""

    claim: str
    text: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation of the Great Terror with both sides of its evidence."""

    slug: str
    title: str
    gloss: str
    historians: tuple[str, ...]
    argument: str
    supporting: tuple[Evidence, ...]
    countering: tuple[Evidence, ...]
    predicts: str
    cannot: str
    items: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One act of responsibility: who, of what kind, by which document."""

    id: str
    actor: str
    office_group: str
    kind: str
    document: str
    date: str
    source: str
    seen: str
    note: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A territorial unit of Order 00447 (or the NKVD camps) with its place on the tile grid."""

    slug: str
    name: str
    label: str
    col: int
    row: int
    group: str
    status: str
    republic: str
    population_1937: int | None
    urban_share: float | None
    border_states: tuple[str, ...]
    successor: str
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of the five student texts that the program answers to."""

    id: str
    kind: str
    statement: str
    model_element: str
    pointer: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the program speaks to one inventory item."""

    item: str
    pointer: str
    says: str
    owed_by: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a series: its type, unit and meaning."""

    name: str
    type: str
    unit: str
    meaning: str
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures along time, region, nationality or another order.

    Attributes:
        id: slug, also the file's name.
        title: one line.
        description: what the rows are.
        sources: ids of the sources.
        unit: unit of the counts.
        coverage: what is in it and what is missing.
        known_faults: sentences.
        status: recorded, compiled, estimated or imputed.
        seen: seen, recalled or derived, of the series as a whole; rows may say more in a column `seen`.
        licence: whose data it is and under which terms.
        columns: name -> column, in the file's order.
        rows: one mapping a row, values typed after the columns, None where the cell is empty.
        sums: the checks that held when it was loaded, in words.
    """

    id: str
    title: str
    description: str
    sources: tuple[str, ...]
    unit: str
    coverage: str
    known_faults: tuple[str, ...]
    status: str
    seen: str
    licence: str
    columns: Mapping[str, Column]
    rows: tuple[Mapping[str, Any], ...]
    sums: tuple[str, ...] = ()

    def column(self, name: str) -> list[Any]:
        """Return the values of one column, row by row.

        Raises:
            KeyError: where the series has no such column; the message lists those it has.
        """
        if name not in self.columns:
            raise KeyError(f"series '{self.id}' has no column '{name}'; it has: {', '.join(self.columns)}")
        return [row[name] for row in self.rows]
