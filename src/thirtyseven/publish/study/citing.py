"""Sources, verdicts and dates as a sheet words them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import thirtyseven
from thirtyseven.publish.study.sheet import Listing, Run, Text, listing, quiet, say
from thirtyseven.record import Claim, Figure, Record

OPEN = ("contested", "cannot be known")
"""Verdicts that leave a question open."""

MARKS = {
    "well supported": "●",
    "supported with limits": "◉",
    "contested": "◐",
    "not supported": "✕",
    "wrong scope": "≠",
    "cannot be known": "○",
}
"""One shape a verdict; the word always stands beside it."""

ADVICE = {
    "well supported": "Yes: the record bears it out.",
    "supported with limits": "Yes, with limits that must be said.",
    "contested": "Disputed: historians disagree on good grounds.",
    "not supported": "No: the record speaks against it, or nothing bears it out.",
    "wrong scope": "A real number or fact, but of something else.",
    "cannot be known": "Open: no surviving evidence can decide it.",
}
"""What a verdict tells somebody who wants to write the statement down."""

_MONTHS = "January February March April May June July August September October November December".split()


class StudyError(ValueError):
    """What was asked for cannot be made; the message is one sentence with a way out."""


class Sources:
    """Sources numbered in the order in which a sheet cites them, or, on short sheets, named by author and year."""

    def __init__(self, record: Record, by_name: bool = False) -> None:
        self._record, self._by_name = record, by_name
        self._numbers: dict[str, int] = {}

    def cite(self, idents: Iterable[str]) -> Run:
        """Number the sources and return the reference, such as `[1, 4]`; empty where there is none.

        Args:
            idents: ids of sources; unknown ones are left out. By name only the first is shown.
        """
        if self._by_name:
            first = [ident for ident in idents if ident in self._record.sources][:1]
            self._numbers |= dict.fromkeys(first, 0)
            return quiet(f" [{short_sources(self._record, first)}]") if first else Run("")
        numbers = []
        for ident in dict.fromkeys(idents):
            if ident in self._record.sources:
                numbers.append(self._numbers.setdefault(ident, len(self._numbers) + 1))
        return quiet(f" [{', '.join(map(str, sorted(numbers)))}]") if numbers else Run("")

    def claim(self, ident: str) -> Run:
        """Number the sources of a claim and return the reference."""
        claim = self._record.claims.get(ident)
        return self.cite(sources_of(self._record, claim)) if claim else Run("")

    def named(self) -> Text:
        """Return the sources in one paragraph, by author and year, sorted."""
        names = {short_sources(self._record, [ident]) for ident in self._numbers}
        return say(quiet(f"Sources: {'; '.join(sorted(names, key=str.casefold))}."))

    def listing(self) -> Listing:
        """Return the list of sources, numbered as cited."""
        return listing((say(cited(self._record, ident)) for ident in self._numbers), ordered=True, role="refs")


def sources_of(record: Record, claim: Claim, most: int = 3) -> list[str]:
    """Ids of the sources of a claim: those it names, then those of its figures; the first few."""
    own = list(claim.sources)
    own += [record.figures[one].source for one in claim.figures if one in record.figures]
    return list(dict.fromkeys(own))[:most]


def cited(record: Record, ident: str) -> str:
    """A source in one line; one that was not seen again says so and shows no page."""
    source = record.sources[ident]
    archive = f" {source.archive}." if source.archive and source.seen == "seen" else ""
    seen = "" if source.seen == "seen" else " Cited from memory."
    return f"{source.cite().rstrip('.')}.{archive}{seen}"


def short_sources(record: Record, idents: Iterable[str]) -> str:
    """Sources as author and year, for a card; empty where there is none."""
    words = []
    for ident in idents:
        source = record.sources.get(ident)
        if source is None:
            continue
        if ident == "this-record":
            words.append("computed in this record")
            continue
        who = source.authors or source.title
        words.append(f"{who} {source.year}".strip() + ("" if source.seen == "seen" else " (recalled)"))
    return "; ".join(dict.fromkeys(words))


def verdict_word(verdict: str) -> str:
    """The verdict with its shape, as printed everywhere."""
    return f"{MARKS.get(verdict, '·')} {verdict}"


def pointer(claim: Claim | None) -> Run:
    """Id of a claim, for looking it up; a dispute is said beside it."""
    if claim is None:
        return Run("")
    return quiet(f" ({claim.id}{', disputed' if claim.verdict in OPEN else ''})")


def evidence(record: Record, sources: Sources, ident: str, text: str = "", added: bool = False) -> Text:
    """A claim's wording as evidence, with its sources and id.

    Args:
        record: the record.
        sources: the sheet's sources.
        ident: id of the claim.
        text: what it says here; the claim's safest wording where empty.
        added: whether it is missing in most revision notes.
    """
    claim = record.claims.get(ident)
    words = text or (claim.best if claim else "")
    return say(words, sources.claim(ident), pointer(claim), quiet(" added" if added else ""))


def when(edtf: str) -> str:
    """A date in words.

    Args:
        edtf: the date as the record writes it, such as `1937-08-05` or `1937-07/1938-11`.

    Returns:
        `5 August 1937`, `July 1937 to November 1938`; what is no date comes back unchanged.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(first)
    one, other = _point(first), _point(last)
    begin, until = one.split(), other.split()
    if len(begin) == len(until) == 1:
        return f"{one}–{other}"
    if begin[1:] == until[1:] and len(begin) == 3:
        return f"{begin[0]}–{other}"
    if begin[-1:] == until[-1:] and len(begin) > 1 and len(until) > 1:
        return f"{' '.join(begin[:-1])} – {other}"
    return f"{one} – {other}"


def _point(text: str) -> str:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)", text)
    if not found:
        return text
    year, month, day, doubt = found.groups()
    parts = [str(int(day))] if day else []
    if month and 1 <= int(month) <= 12:
        parts.append(_MONTHS[int(month) - 1])
    return ("about " if doubt else "") + " ".join([*parts, year])


def shown(figure: Figure) -> str:
    """A figure's value as people read it, with the unit where it is not plainly people."""
    words = figure.display()
    return words.removesuffix(" persons").removesuffix(" text")


def foot(record: Record) -> str:
    """Version and digest of what a sheet was made from."""
    return f"thirtyseven {thirtyseven.__version__} · record {record.digest}"
