"""Groups of words and tags of which a claim or event in other words needs one each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.words import Words


@dataclass(frozen=True)
class Group:
    """Words and tags of which one must be spoken of."""

    tags: frozenset[str]
    phrases: tuple[str, ...]
    starts: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> re.Pattern[str] | None:
        """The phrases as one pattern; made when first asked for, since most groups never are."""
        if not self.phrases:
            return None
        return re.compile(rf"(?<![\w'])(?:{'|'.join(map(_pattern, self.phrases))})(?![\w'])")

    def possible(self, starts: frozenset[str], keys: frozenset[str]) -> bool:
        """Whether a statement with these beginnings of words and these tags can speak of it at all (a quick look)."""
        return not self.starts.isdisjoint(starts) or not self.tags.isdisjoint(keys)

    def found(self, text: Words, tags: list[Tag]) -> tuple[int, int] | None:
        """First and last token of the first mention, or ``None``."""
        tag = next((tag for tag in tags if tag.key in self.tags), None)
        if tag is not None:
            return tag.first, tag.last
        match = self.words.search(text.joined) if self.words else None
        return (text.token_at(match.start()), text.token_at(match.end() - 1)) if match else None

    def above(self, text: str, keys: frozenset[str]) -> bool:
        """Whether a heading or the sentence before speaks of it."""
        return bool(self.tags & keys) or bool(self.words and self.words.search(text))


@lru_cache(maxsize=4096)
def group_of(text: str) -> Group:
    """A group as the data file writes it: ``@tag`` and phrases parted by "|"."""
    choices = [part.strip() for part in text.split("|") if part.strip()]
    tags = frozenset(part[1:] for part in choices if part.startswith("@"))
    phrases = tuple(part for part in choices if not part.startswith("@"))
    return Group(tags, phrases, frozenset(part.split()[0].rstrip("*")[:3] for part in phrases))


_DECADE = re.compile(r"^(\d+)s$")
"""The reader parts "1930s" into "1930" and "s"."""


def _pattern(phrase: str) -> str:
    words = [
        r"(?:[^\s;]+ ){0,4}?" if word == ".." else _DECADE.sub(r"\1 ?s", re.escape(word).replace(r"\*", r"\w*")) + " "
        for word in phrase.split()
    ]
    return "".join(words).removesuffix(" ")
