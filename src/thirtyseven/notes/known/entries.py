"""The kinds of entries in the checker's data files: quantities, people, events, relations, assertions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from thirtyseven.notes.language.groups import ByMark
from thirtyseven.notes.language.lexicon import Lexicon

AGREES, WRONG, DIFFERENT, DISPUTED = "agrees", "wrong", "different definition", "disputed"
VERDICTS = (AGREES, WRONG, DIFFERENT, DISPUTED)

Span = tuple[date, date]


class KnowledgeError(ValueError):
    """A data file of the checker that cannot be used; the sentence names the file and the entry."""


@dataclass(frozen=True)
class Rival:
    """A number that notes print instead of the recorded one.

    Attributes:
        low: smallest value.
        high: largest value.
        verdict: what to say of it.
        why: where it probably comes from and what it really counts.
    """

    low: float
    high: float
    verdict: str
    why: str


@dataclass(frozen=True)
class Quantity:
    """Something that has a number.

    Attributes:
        id: stable name.
        says: what it counts, for the reader.
        value: recorded value (a share as a part of one); ``None`` if only ``ok`` ranges are known.
        also: other wholes that agree (another count of the same whole).
        total: the whole of which ``value`` is a part, where notes give either.
        ok: further ranges that agree (estimates, other counts of the same thing).
        ok_share: ranges of the share that agree, where it is not ``value / total``.
        form: ``count``, ``share`` or ``part`` (count, share or n of m).
        act, group, frame, place: alternatives, one of which must be spoken of; empty for none.
        word: words that must stand near.
        bar: tags of any kind whose presence means that something else is spoken of.
        allow: tags of any kind that may stand near although the entry does not ask for them.
        unit: what may follow the number besides people.
        when: spans of years of which a statement may speak; empty for any.
        period: first and last year that the number covers, where one of them alone would be another number.
        tolerance: relative distance at which a rounded number still agrees.
        otherwise: verdict on any other number ("" for silence).
        rivals: known other numbers.
        best: the best figure in words.
        counts: what is counted, over which whole and period.
        source: who says so, with the place.
        wording: a safer sentence.
        claim: the claim family of the record.
        figure: pointers ``@table.csv:line`` or figure ids of the record.
        bare: whether no noun need follow the number although ``unit`` names some.
        exact: whether years that the statement names must be those of ``when``.
        assumed: whether the frame may go unnamed in notes on the terror (the delegates are those of 1934).
        dated: whether the statement must name the years of ``when`` itself.
        loose: whether the act may be missing (a table's cell, a label).
    """

    id: str
    says: str
    value: float | None
    total: float | None = None
    also: tuple[float, ...] = ()
    ok: tuple[tuple[float, float], ...] = ()
    ok_share: tuple[tuple[float, float], ...] = ()
    form: str = "count"
    act: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    frame: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    word: frozenset[str] = frozenset()
    bar: frozenset[str] = frozenset()
    allow: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    when: tuple[tuple[int, int], ...] = ()
    period: tuple[int, ...] = ()
    tolerance: float = 0.03
    otherwise: str = WRONG
    rivals: tuple[Rival, ...] = ()
    best: str = ""
    counts: str = ""
    source: str = ""
    wording: str = ""
    claim: str = ""
    figure: tuple[str, ...] = ()
    loose: bool = False
    dated: bool = False
    assumed: bool = False
    exact: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Role:
    """An office held by a person from one day to another."""

    role: str
    start: date
    end: date


@dataclass(frozen=True)
class Person:
    """A public figure: spellings, offices, fate. Dates are spans of days; empty tuples mean not known."""

    key: str
    name: str
    forms: tuple[str, ...]
    fate: str = ""
    how: str = ""
    soft: bool = False
    later: bool = False
    died: tuple[Span, ...] = ()
    arrested: tuple[Span, ...] = ()
    tried: tuple[Span, ...] = ()
    expelled: tuple[Span, ...] = ()
    exiled: tuple[Span, ...] = ()
    dismissed: tuple[Span, ...] = ()
    trial: tuple[str, ...] = ()
    sentence: int = 0
    roles: tuple[Role, ...] = ()
    historian: str = ""
    marshal: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened at a time.

    Attributes:
        key: stable name.
        title: for the reader.
        dates: spans that agree.
        noun: groups of tags that name it ("kirov", "murder-n").
        verb: groups of tags that tell it ("kirov", "murder-v").
        bar: tags that make the sentence speak of something else.
        place: where it happened; another place named with it is wrong.
        span: whether only ranges of years are judged by it.
        otherwise: verdict on another date.
        why: reason given with that verdict.
        order_only: whether only the order of events is judged by it, not its date.
        source: who says so.
        claim: claim family of the record.
        figure: event pointers of the record (``@timeline.csv:27``).
    """

    key: str
    title: str
    dates: tuple[Span, ...]
    noun: tuple[tuple[str, ...], ...] = ()
    verb: tuple[tuple[str, ...], ...] = ()
    bar: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    order_only: bool = False
    span: bool = False
    otherwise: str = WRONG
    why: str = ""
    source: str = ""
    claim: str = ""
    figure: tuple[str, ...] = ()

    @cached_property
    def marks(self) -> frozenset[str]:
        """Tags without any of which the event is not spoken of."""
        return frozenset(group[0] for group in (*self.noun, *self.verb))


@dataclass(frozen=True)
class Assertion:
    """A statement without a number: words in order, and what the record says of it.

    Attributes:
        id: stable name.
        patterns: each a sequence of steps; a step is a set of tags, one of which must follow.
        verdict: for the plain statement; negated: for its negation ("" for silence); hedged: if hedged.
        need: tags that must stand in the sentence or above it.
        bar: tags that must not stand in the sentence.
    """

    id: str
    patterns: tuple[tuple[frozenset[str], ...], ...]
    verdict: str
    negated: str = ""
    hedged: str = "same"
    need: frozenset[str] = frozenset()
    bar: frozenset[str] = frozenset()
    best: str = ""
    why: str = ""
    source: str = ""
    wording: str = ""
    claim: str = ""
    figure: tuple[str, ...] = ()
    gap: int = 8

    @cached_property
    def marks(self) -> frozenset[str]:
        """Tags with one of which every pattern begins."""
        return frozenset().union(*(pattern[0] for pattern in self.patterns))


@dataclass(frozen=True)
class Thesis:
    """A claim of the record in other words: groups of words, all of which must be spoken of.

    Attributes:
        id: stable name.
        claim: number of the record's claim, from which verdict, best wording, reason and source come.
        all: groups as the data file writes them (choices parted by "|"), word lists put in.
        none: words and tags that must not stand in the statement.
        need: words and tags one of which must stand in it or above it.
        verdict: where it is not the claim's.
        negated: verdict on the denial ("" for silence).
        hedged: "same" if reserve does not change the verdict.
        denies: whether the words themselves hold the negation.
    """

    id: str
    claim: str
    all: tuple[str, ...]
    none: str = ""
    need: str = ""
    verdict: str = ""
    negated: str = ""
    hedged: str = ""
    denies: bool = False


@dataclass(frozen=True)
class Occurrence:
    """An event of the record by the words that tell it.

    Attributes:
        event: number of the record's event.
        all, none, need: as for a thesis.
        days: spans that agree.
        otherwise: whether another date is wrong (else silence).
    """

    event: str
    all: tuple[str, ...]
    days: tuple[Span, ...]
    none: str = ""
    need: str = ""
    otherwise: bool = True


@dataclass(frozen=True)
class Relation:
    """Who did what: the right agents, the disputed ones, and the words that tell it."""

    id: str
    verb: frozenset[str]
    patient: tuple[frozenset[str], ...]
    agent: tuple[str, ...]
    best: str
    source: str
    disputed: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    passive: frozenset[str] = frozenset()
    bar: frozenset[str] = frozenset()
    why: str = ""
    why_disputed: str = ""
    claim: str = ""
    figure: tuple[str, ...] = ()
    otherwise: str = WRONG


@dataclass(frozen=True)
class Knowledge:
    """Everything the checker knows."""

    lexicon: Lexicon
    people: Mapping[str, Person]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    assertions: tuple[Assertion, ...]
    theses: tuple[Thesis, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    cues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def quantities_by_key(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the quantities for which a key (place, else group, else frame) must be spoken of; "" for all others."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.quantities):
            needed = one.place or one.group or (frozenset() if one.assumed else one.frame)
            for key in needed or ("",):
                found[key].append(number)
        return {key: tuple(numbers) for key, numbers in found.items()}

    @cached_property
    def _theses_by_mark(self) -> ByMark:
        return ByMark(one.all for one in self.theses)

    def theses_near(self, starts: frozenset[str], keys: frozenset[str]) -> list[Thesis]:
        """The theses of whose narrowest group a statement with these beginnings of words and tags may speak."""
        return [self.theses[number] for number in self._theses_by_mark.near(starts, keys)]

    @cached_property
    def quantities_by_value(self) -> Mapping[float, tuple[int, ...]]:
        """Numbers of the quantities that have a large value or rival for their own."""
        found: dict[float, list[int]] = defaultdict(list)
        for number, one in enumerate(self.quantities):
            for value in {one.value, *(rival.low for rival in one.rivals)}:
                if value is not None and value >= 10_000:
                    found[value].append(number)
        return {value: tuple(numbers) for value, numbers in found.items()}
