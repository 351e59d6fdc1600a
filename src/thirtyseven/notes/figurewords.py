"""The words of a recorded figure's name, and the ways in which notes say each of them."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_STEM = 6
"""Letters of a word's beginning by which it is known where the data file has no other way of saying it."""


class FigureWords:
    """Reads names of figures into groups of ways of saying each word."""

    def __init__(self, idle: str, short: dict[str, str], say: dict[str, str], contrast: list[str]) -> None:
        """Take what the data file has.

        Args:
            idle: words that need not be said.
            short: phrases of names and what they are shortened to, in order.
            say: a word, and beginnings of words (or phrases) that say it, parted by "|".
            contrast: beginnings of words that narrow a number, in groups.
        """
        self._idle = frozenset(idle.split())
        self._short = short
        self._say = {word: tuple(ways.split("|")) for word, ways in say.items()}
        self._contrast = tuple(tuple(ways.split("|")) for ways in contrast)

    def narrowed(self, text: str) -> frozenset[int]:
        """Which of the narrowing words a text has; words in lower case between single spaces."""
        return frozenset(
            number for number, ways in enumerate(self._contrast) if any(f" {way}" in text for way in ways)
        )

    def groups_of(self, name: str) -> tuple[tuple[str, ...], ...]:
        """For each word of a figure's name that must be said, the ways of saying it."""
        text = name.lower()
        for phrase, brief in self._short.items():
            text = text.replace(phrase, brief)
        groups = []
        for word in re.findall(r"[a-z0-9_']+", text):
            word = word.strip("'").removesuffix("'s")
            if word in self._idle or len(word) < 3 or (word.isdecimal() and word not in self._say):
                continue
            ways = self._say.get(word, (word[:_STEM],))
            if ways not in groups:
                groups.append(ways)
        return tuple(groups)


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The ways of saying that ``figures.toml`` lists."""
    path = files("thirtyseven.notes") / "data" / "figures.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return FigureWords(table["idle"], table["short"], table["say"], table["contrast"])


def plain(text: str) -> str:
    """A text's words in lower case between single spaces, to be searched for beginnings of words."""
    return " " + re.sub(r"[^a-z0-9]+", " ", text.lower()) + " "
