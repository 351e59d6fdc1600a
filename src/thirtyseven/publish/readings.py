"""The second, blind reading of claims and explanations: kept beside the first, compared with it, and counted.

A second reader saw the statements alone, gave each a verdict, what decides it and a reason, and wrote that down before
opening the first reading. Both are kept as written: the second in `readings/second.toml` and
`readings/second_explanations.toml`, the first verdicts and what became of each difference in `readings/comparison.csv`.
Every share on the page is computed from these files.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import tomli

from thirtyseven.record import Record

FOLDER = "readings"
"""Folder of the record that holds the second reading."""

NEIGHBOURS = frozenset(
    {
        frozenset({"well supported", "supported with limits"}),
        frozenset({"contested", "supported with limits"}),
    }
)
"""Pairs of verdicts that lie so close that a difference is one of stress."""

GRADES = ("yes", "near", "no")
"""How far two verdicts agree: the same word, neighbouring words, another judgement."""

CHANGED = ("first", "second", "both stand", "")
"""Which reading gave way; empty where nothing had to."""

SIDES = ("supporting", "countering")


class ReadingError(ValueError):
    """A file of the second reading cannot be used; the message names the place and the way out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The second reading of one claim.

    Attributes:
        id: the claim.
        family: slug of its family.
        verdict: one of the record's six verdicts.
        decides: the figure or fact that decides it, with its scope.
        reason: why, in one sentence.
    """

    id: str
    family: str
    verdict: str
    decides: str
    reason: str


@dataclass(frozen=True, slots=True)
class Argument:
    """The second reading of one explanation.

    Attributes:
        slug: the explanation.
        argument: what it says.
        supporting: the three strongest pieces of evidence for it.
        countering: the three strongest against it.
        predicts: what it foretells and its rivals do not.
    """

    slug: str
    argument: str
    supporting: tuple[str, ...]
    countering: tuple[str, ...]
    predicts: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One claim in both readings.

    Attributes:
        id: the claim.
        family: slug of its family.
        first: verdict of the first reading, as it was before the comparison.
        second: verdict of the second reading.
        resolution: verdict that the record holds now.
        changed: one of `CHANGED`.
        reason: why; empty where the verdicts agree and nothing was mended.
    """

    id: str
    family: str
    first: str
    second: str
    resolution: str
    changed: str
    reason: str

    @property
    def agree(self) -> str:
        """How far the two verdicts agree: one of `GRADES`."""
        return grade(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence of the second reading, looked for in the first.

    Attributes:
        slug: the explanation.
        side: `supporting` or `countering`.
        number: 1 to 3.
        claim: the claim under which the first reading has it; empty where it stands elsewhere or not at all.
        agree: `yes` on the same side, `near` elsewhere in the first reading, `no` nowhere.
        reason: what differs; empty where it agrees.
    """

    slug: str
    side: str
    number: int
    claim: str
    agree: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings agree.

    Attributes:
        number: statements compared.
        yes: the same verdict.
        near: neighbouring verdicts.
        no: other verdicts.
        kappa: Cohen's kappa of the verdicts, from -1 to 1; None where chance alone would give full agreement.
    """

    number: int
    yes: int
    near: int
    no: int
    kappa: float | None

    def share(self, name: str) -> float:
        """Return the share (0 to 1) of one of `GRADES`."""
        return float(getattr(self, name)) / self.number if self.number else 0.0


def grade(first: str, second: str) -> str:
    """Return how far two verdicts agree: `yes`, `near` or `no`."""
    if first == second:
        return "yes"
    return "near" if frozenset({first, second}) in NEIGHBOURS else "no"


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa (1960) of two readers' words, unweighted.

    Args:
        pairs: word of the first and of the second reader, one pair a statement.

    Returns:
        (observed - expected) / (1 - expected) agreement; None without pairs or where both use one word only.
    """
    both = list(pairs)
    ones, twos = Counter(a for a, _ in both), Counter(b for _, b in both)
    total = len(both)
    chance = sum(ones[word] * twos[word] for word in ones)
    if not total or chance == total * total:
        return None
    observed, expected = sum(a == b for a, b in both) / total, chance / (total * total)
    return (observed - expected) / (1 - expected)


def agreement(rows: Iterable[Compared]) -> Agreement:
    """Count how far the readings agree over some claims."""
    held = list(rows)
    counts = Counter(row.agree for row in held)
    return Agreement(
        len(held), counts["yes"], counts["near"], counts["no"], kappa((row.first, row.second) for row in held)
    )


def by_family(record: Record, rows: Iterable[Compared]) -> dict[str, Agreement]:
    """Count by claim family, in the order of the record's families."""
    held = list(rows)
    return {slug: agreement(row for row in held if row.family == slug) for slug in record.families}


def second(record: Record) -> dict[str, Reading]:
    """Read the second reading of the claims.

    Args:
        record: the record, whose folder holds it.

    Returns:
        Claim id -> reading, in the order of the file.

    Raises:
        ReadingError: where the file is missing or an entry is incomplete, repeated or of no known claim or verdict.
    """
    found: dict[str, Reading] = {}
    for entry in _entries(record, "second.toml"):
        one = Reading(*(_text(entry, key, "second.toml") for key in ("id", "family", "verdict", "decides", "reason")))
        _refuse(one.id in found, "second.toml", f"reads {one.id} twice; keep one entry")
        _refuse(one.id not in record.claims, "second.toml", f"reads {one.id}, which is no claim; mend the id")
        _verdict(record, one.verdict, "second.toml", one.id)
        _refuse(record.claims[one.id].family != one.family, "second.toml", f"puts {one.id} into another family")
        found[one.id] = one
    return found


def arguments(record: Record) -> dict[str, Argument]:
    """Read the second reading of the explanations: slug -> reading.

    Raises:
        ReadingError: as for `second`.
    """
    file = "second_explanations.toml"
    found: dict[str, Argument] = {}
    for entry in _entries(record, file):
        slug = _text(entry, "slug", file)
        _refuse(slug in found, file, f"reads '{slug}' twice; keep one entry")
        _refuse(slug not in record.explanations, file, f"reads '{slug}', which is no explanation; mend the slug")
        held, against = (tuple(str(piece) for piece in entry.get(side, ())) for side in SIDES)
        _refuse({len(held), len(against)} != {3}, file, f"must give '{slug}' three pieces of evidence on each side")
        found[slug] = Argument(slug, _text(entry, "argument", file), held, against, _text(entry, "predicts", file))
    return found


def comparison(record: Record) -> tuple[Compared, ...]:
    """Read what became of every claim when the readings were laid side by side.

    Raises:
        ReadingError: where a row names no claim, an unknown verdict, a grade that is not the verdicts' own, or a
            change that its resolution does not show.
    """
    readings, rows = second(record), []
    for cells in _rows(record, "comparison.csv"):
        ident = cells["id"]
        _refuse(ident not in readings, "comparison.csv", f"compares {ident}, which the second reading lacks")
        one = Compared(
            ident, readings[ident].family, cells["first"], cells["second"], cells["resolution"], cells["changed"],
            cells["reason"],
        )  # fmt: skip
        for verdict in (one.first, one.second, one.resolution):
            _verdict(record, verdict, "comparison.csv", ident)
        _refuse(one.second != readings[ident].verdict, "comparison.csv", f"changes the second verdict of {ident}")
        _refuse(one.agree != cells["agree"], "comparison.csv", f"calls {ident} '{cells['agree']}', it is '{one.agree}'")
        _refuse(not _coherent(one), "comparison.csv", f"does not say truly who gave way on {ident}, or why")
        rows.append(one)
    return tuple(rows)


def pieces(record: Record) -> tuple[Piece, ...]:
    """Read where the first reading has each piece of evidence of the second.

    Raises:
        ReadingError: where a row names a piece that is not there, or a claim that the first reading has elsewhere.
    """
    file, held, rows = "comparison_explanations.csv", arguments(record), []
    for cells in _rows(record, file):
        one = Piece(cells["slug"], cells["side"], int(cells["piece"]), cells["claim"], cells["agree"], cells["reason"])
        _refuse(one.slug not in held or one.side not in SIDES, file, f"names '{one.slug} {one.side}'")
        _refuse(one.agree not in GRADES or not 1 <= one.number <= 3, file, f"has a wrong cell for '{one.slug}'")
        _refuse(bool(one.reason) == (one.agree == "yes"), file, f"gives a reason for '{one.slug}' where none belongs")
        known = {piece.claim for piece in getattr(record.explanations[one.slug], one.side)}
        _refuse(one.agree == "yes" and one.claim not in known, file, f"finds {one.claim} where '{one.slug}' lacks it")
        rows.append(one)
    return tuple(rows)


def _coherent(one: Compared) -> bool:
    """Whether resolution, change and reason of a row fit together."""
    if one.agree == "yes":
        return one.resolution == one.first and (one.changed, bool(one.reason)) in {("", False), ("first", True)}
    winner = {"first": one.second, "second": one.first, "both stand": one.first}.get(one.changed)
    return one.resolution == winner and bool(one.reason)


def _entries(record: Record, file: str) -> list[dict[str, Any]]:
    path = record.folder / FOLDER / file
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadingError(f"{FOLDER}/{file} cannot be read; put the second reading there") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadingError(f"{FOLDER}/{file} is no readable TOML: {error}") from error
    entries = document.get("reading")
    if not isinstance(entries, list):
        raise ReadingError(f"{FOLDER}/{file} has no [[reading]]; write one for each entry")
    return entries


def _rows(record: Record, file: str) -> list[dict[str, str]]:
    path = record.folder / FOLDER / file
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except OSError as error:
        raise ReadingError(f"{FOLDER}/{file} cannot be read; put the comparison there") from error


def _text(entry: dict[str, Any], key: str, file: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        named = entry.get("id") or entry.get("slug") or "an entry"
        raise ReadingError(f"{FOLDER}/{file}: {named} has no '{key}'; write it")
    return value


def _verdict(record: Record, verdict: str, file: str, ident: str) -> None:
    allowed = record.vocabularies["verdicts"]
    _refuse(verdict not in allowed, file, f"gives {ident} '{verdict}'; use one of: {', '.join(allowed)}")


def _refuse(wrong: bool, file: str, says: str) -> None:
    if wrong:
        raise ReadingError(f"{FOLDER}/{file} {says}")
