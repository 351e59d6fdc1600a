"""Groups of words and tags of which a claim or event in other words needs one each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.text import tokens_of
from thirtyseven.notes.language.words import Words

_GAP = 4
"""Words that ".." in a phrase may stand for."""
_START = 3
"""Letters by which phrases are looked up."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Words and tags of which one must be spoken of."""

    tags: frozenset[str]
    written: tuple[str, ...]
    starts: frozenset[str] = frozenset()

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases word by word; cut when first asked for, since most groups never are."""
        return tuple(_phrase(text) for text in self.written)

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases by the first letters of their first word ("" where it has fewer)."""
        found: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in self.phrases:
            first = phrase[0]
            short = first.endswith("*") and len(first) <= _START
            found["" if short else first.rstrip("*")[:_START]].append(phrase)
        return {start: tuple(phrases) for start, phrases in found.items()}

    def possible(self, starts: frozenset[str], keys: frozenset[str]) -> bool:
        """Whether a statement with these beginnings of words and these tags can speak of it at all (a quick look)."""
        return not self.starts.isdisjoint(starts) or not self.tags.isdisjoint(keys)

    def found(self, text: Words, tags: list[Tag]) -> tuple[int, int] | None:
        """First and last token of the first mention, or ``None``."""
        tag = next((tag for tag in tags if tag.key in self.tags), None)
        return (tag.first, tag.last) if tag is not None else self._said(text)

    def _said(self, text: Words) -> tuple[int, int] | None:
        """First and last token of the first of the phrases."""
        anywhere = self._by_start.get("", ())
        for at, part in enumerate(text.parts):
            for phrase in (*self._by_start.get(part[:_START], ()), *anywhere):
                end = _end(phrase, 0, text.parts, at)
                if end is not None:
                    return text.places[at], text.places[end]
        return None

    def above(self, text: str, keys: frozenset[str]) -> bool:
        """Whether a heading or the sentence before speaks of it."""
        return bool(self.tags & keys) or (bool(self.written) and self._said(_words_of(text)) is not None)


@lru_cache(maxsize=64)
def _words_of(text: str) -> Words:
    return Words(tokens_of(text))


def _end(phrase: Phrase, step: int, parts: Sequence[str], at: int) -> int | None:
    """Place of a phrase's last word where its words from ``step`` on stand from ``at`` on."""
    while True:
        want = phrase[step]
        if want == "..":
            for here in range(at, at + _GAP + 1):
                end = _end(phrase, step + 1, parts, here)
                if end is not None:
                    return end
                if here >= len(parts) or parts[here] == ";":
                    break
            return None
        if at >= len(parts) or not _is(want, parts[at]):
            return None
        if step + 1 == len(phrase):
            return at
        step, at = step + 1, at + 1


def _is(want: str, word: str) -> bool:
    """Whether a word is the one wanted; "*" stands for any further letters, digits and their commas."""
    if not want.endswith("*"):
        return word == want
    return word.startswith(want[:-1]) and "'" not in word[len(want) - 1 :]


class ByMark:
    """Wordings, found by the first letters ("kir") or the tags ("@kirov") of their narrowest group."""

    def __init__(self, wordings: Iterable[Sequence[str]]) -> None:
        """Index wordings.

        Args:
            wordings: of each wording its groups, as the data file writes them.
        """
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, parts in enumerate(wordings):
            narrow = min(map(group_of, parts), key=lambda group: len(group.starts) + len(group.tags))
            for mark in (*narrow.starts, *(f"@{tag}" for tag in narrow.tags)):
                self._numbers[mark].append(number)

    def near(self, starts: frozenset[str], keys: frozenset[str]) -> list[int]:
        """Numbers of those of which a statement with these beginnings of words and tags may speak, in order."""
        marks = (*starts, *(f"@{key}" for key in keys))
        return sorted({number for mark in marks for number in self._numbers.get(mark, ())})


@cache
def group_of(text: str) -> Group:
    """A group as the data file writes it: ``@tag`` and phrases parted by "|"."""
    choices = [part.strip() for part in text.split("|") if part.strip()]
    tags = frozenset(part[1:] for part in choices if part.startswith("@"))
    written = tuple(part.replace("-", " ") for part in choices if not part.startswith("@"))
    return Group(tags, written, frozenset(part.split(None, 1)[0].rstrip("*")[:_START] for part in written))


_DECADE = re.compile(r"(?<!\S)(\d+)s(?!\S)")
"""The reader parts "1930s" into "1930" and "s"."""


def _phrase(text: str) -> Phrase:
    return tuple((_DECADE.sub(r"\1 s", text) if "0s" in text else text).split())
