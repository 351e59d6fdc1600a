"""A remark on a statement of the notes."""

from __future__ import annotations

from dataclasses import dataclass, field

ORDER = {"wrong": 0, "different definition": 1, "disputed": 2, "agrees": 3}


@dataclass(frozen=True)
class Finding:
    """What the record says of one statement.

    Attributes:
        first: first token of what is judged.
        last: last token.
        verdict: ``agrees``, ``wrong``, ``different definition`` or ``disputed``.
        about: name of the entry that decided it.
        says: what the statement was read as.
        best: best figure, date or fact, with its range.
        counts: what it counts, over which whole and period ("" where that is plain).
        why: why it disagrees and where the stated version probably comes from.
        source: who says so, with the place.
        wording: a safer sentence ("" if none is needed).
        claim: claim family in the record.
        figure: pointers into the record.
        strength: how sure the reading is; the surer of two rival readings wins.
        open: whether the statement says of an open question that it is open.
    """

    first: int
    last: int
    verdict: str
    about: str
    says: str
    best: str
    source: str
    counts: str = ""
    why: str = ""
    wording: str = ""
    claim: str = ""
    figure: tuple[str, ...] = field(default=())
    strength: float = 0.0
    open: bool = False


@dataclass(frozen=True)
class Remark:
    """A finding with its place in a file.

    Attributes:
        file: the file's name as given.
        line: line, from 1.
        column: column, from 1.
        quote: the statement as written.
        verdict: ``agrees``, ``wrong``, ``different definition`` or ``disputed``.
        says: what the statement was read as.
        best: best figure, date or fact.
        counts: what it counts.
        why: why it disagrees, where the stated version comes from.
        source: who says so.
        wording: a safer sentence.
        claim: claim family or entry.
        about: the entry of the data files that decided.
        figure: pointers into the record.
    """

    file: str
    line: int
    column: int
    quote: str
    verdict: str
    says: str
    best: str
    counts: str
    why: str
    source: str
    wording: str
    claim: str
    about: str
    figure: tuple[str, ...]
