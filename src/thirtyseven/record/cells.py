"""From the text of a cell to a typed value, or to a sentence that says what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thirtyseven.record import dates
from thirtyseven.record.columns import Rule

_INT = re.compile(r"[+-]?\d+\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_POINTER = re.compile(
    r"(F-\d{4}|C-\d{4}|E-\d{4}|O-\d{4}|L-\d{4}|A-[a-z0-9-]+|X-[a-z0-9-]+|S\d{1,3}|"
    r"(series|mechanism|statistic|output|region|source|family):\S+)\Z"
)


@dataclass(slots=True)
class Words:
    """The allowed words: each vocabulary, and the territories beside the regions.

    Attributes:
        vocabularies: name -> word -> its sentence.
        territories: slug -> sentence, of larger units, successors and places that are not among the regions.
        regions: slugs of the regions, filled when they have been read.
    """

    vocabularies: Mapping[str, Mapping[str, str]]
    territories: Mapping[str, str]
    regions: tuple[str, ...] = ()
    links: list[tuple[str, str, str, int, int]] = field(default_factory=list)

    def known_place(self, slug: str) -> bool:
        """Say whether a slug names a region or another territory."""
        return slug in self.territories or slug in self.regions


def pieces(text: str) -> tuple[str, ...]:
    """Split a cell of several values, separated by ` | `."""
    return tuple(part.strip() for part in text.split("|") if part.strip())


def typed(rule: Rule, text: str, words: Words) -> Any:
    """Turn the text of a cell into the value that its column holds.

    Args:
        rule: what the column accepts.
        text: the cell.
        words: vocabularies and territories.

    Returns:
        str, int, float, bool, tuple or None.

    Raises:
        ValueError: with a sentence that says what is wrong and how to mend it.
    """
    if text != text.strip():
        raise ValueError(f"'{rule.name}' begins or ends with a space; remove it")
    if not text:
        if rule.needed:
            raise ValueError(f"'{rule.name}' is empty; fill it in")
        return _EMPTY.get(rule.kind, "")
    reader = _READERS.get(rule.kind)
    return reader(rule, text, words) if reader else text


_EMPTY: dict[str, Any] = {
    "int": None,
    "number": None,
    "float": None,
    "share": None,
    "bool": None,
    "list": (),
    "refs": (),
    "region": None,
    "territory": None,
    "str": None,
    "edtf": None,
}


def _int(rule: Rule, text: str, words: Words) -> int:
    if not _INT.match(text):
        raise ValueError(f"'{rule.name}' is '{text}', not a whole number; write digits only, as in 75950")
    return int(text)


def _number(rule: Rule, text: str, words: Words) -> int | float:
    if _INT.match(text):
        return int(text)
    if not _NUMBER.match(text) or not math.isfinite(float(text)):
        raise ValueError(
            f"'{rule.name}' is '{text}', not a number; "
            "write digits without separators, words belong in 'text' or 'note'"
        )
    return float(text)


def _float(rule: Rule, text: str, words: Words) -> float:
    return float(_number(rule, text, words))


def _share(rule: Rule, text: str, words: Words) -> float:
    value = float(_number(rule, text, words))
    if not 0 <= value <= 1:
        raise ValueError(f"'{rule.name}' is {text}, outside 0 to 1; write a share such as 0.335")
    return value


def _bool(rule: Rule, text: str, words: Words) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"'{rule.name}' is '{text}'; write yes, no or nothing")
    return text == "yes"


def _date(rule: Rule, text: str, words: Words) -> str:
    dates.span(text)
    return text


def _dates(rule: Rule, text: str, words: Words) -> str:
    for one in pieces(text):
        dates.span(one)
    return text


def _word(rule: Rule, text: str, words: Words) -> str:
    allowed = words.vocabularies.get(rule.of, {})
    if text not in allowed:
        raise ValueError(
            f"'{rule.name}' is '{text}', not a word of the vocabulary '{rule.of}'; "
            f"use one of: {', '.join(allowed)}" + (", or add it to vocabulary.toml" if allowed else "")
        )
    return text


def _slug(rule: Rule, text: str, words: Words) -> str:
    if not _SLUG.match(text):
        raise ValueError(f"'{rule.name}' is '{text}'; write small letters, digits and hyphens, as in death-sentences")
    return text


def _region(rule: Rule, text: str, words: Words) -> str:
    if text not in words.regions:
        raise ValueError(
            f"'{rule.name}' is '{text}', not one of the regions of regions.csv; use a slug that stands there"
        )
    return text


def _territory(rule: Rule, text: str, words: Words) -> str:
    if not words.known_place(text):
        raise ValueError(
            f"'{rule.name}' is '{text}', neither a region of regions.csv nor a territory of vocabulary.toml; "
            "use such a slug, or add the territory there"
        )
    return text


def _place(rule: Rule, text: str, words: Words) -> str:
    if _SLUG.match(text) and not words.known_place(text):
        raise ValueError(
            f"'{rule.name}' is '{text}', no region or territory; "
            "use a slug of regions.csv or of the territories "
            "in vocabulary.toml, or plain words with a capital letter"
        )
    return text


def _pointer(rule: Rule, text: str, words: Words) -> str:
    if not _POINTER.match(text):
        raise ValueError(
            f"'{rule.name}' is '{text}', not a pointer; "
            "write an id (F-0001, C-0001, E-0001, A-yezhov, X-plan ...) "
            "or series:, mechanism:, statistic: or output: with a name"
        )
    return text


_READERS = {
    "int": _int,
    "number": _number,
    "float": _float,
    "share": _share,
    "bool": _bool,
    "date": _date,
    "edtf": _date,
    "dates": _dates,
    "word": _word,
    "slug": _slug,
    "region": _region,
    "territory": _territory,
    "place": _place,
    "pointer": _pointer,
    "list": lambda rule, text, words: pieces(text),
    "refs": lambda rule, text, words: pieces(text),
}
