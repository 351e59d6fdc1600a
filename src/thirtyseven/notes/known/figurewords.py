"""The words of a recorded figure's name, and the ways in which notes say each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

from thirtyseven.notes.known.knowledge import read

_STEM = 6
"""Letters of a word's beginning by which it is known where the data file has no other way of saying it."""


class FigureWords:
    """Reads names of figures, and what notes say, into the same numbered ideas."""

    def __init__(self, table: dict[str, Any]) -> None:
        """Take what the data file has.

        Args:
            table: ``idle``: words that need not be said; ``short``: phrases of names and what they are shortened to, in order;
                ``say``: a word, and beginnings of words (or phrases) that say it, parted by "|"; ``fates``: words that tell what
                happened to those counted; ``apart``: words that part rival counts; ``contrast``: beginnings of words that
                narrow a number, in groups.
        """
        self._idle = frozenset(table["idle"].split())
        self._short: dict[str, str] = table["short"]
        self._say = {word: tuple(ways.split("|")) for word, ways in table["say"].items()}
        self._contrast = tuple(tuple(ways.split("|")) for ways in table["contrast"])
        self._numbers: dict[tuple[str, ...], int] = {}
        self._starts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.fates = frozenset(self._number(word) for word in table["fates"].split())
        self.apart = frozenset(self._number(word) for word in table["apart"].split())

    def _number(self, word: str) -> int:
        ways = self._say.get(word, (word[:_STEM],))
        if ways not in self._numbers:
            self._numbers[ways] = len(self._numbers)
            for way in ways:
                self._starts[way[:2]].append((f" {way}", self._numbers[ways]))
        return self._numbers[ways]

    def ideas_of(self, name: str) -> frozenset[int]:
        """The ideas that must be said of a figure with this name."""
        text = name.lower()
        for phrase, brief in self._short.items():
            text = text.replace(phrase, brief)
        words = (word.strip("'").removesuffix("'s") for word in re.findall(r"[a-z0-9_']+", text))
        return frozenset(
            self._number(word)
            for word in words
            if word not in self._idle and len(word) > 2 and (not word.isdecimal() or word in self._say)
        )

    def said_in(self, text: str) -> frozenset[int]:
        """The ideas that a text says; words in lower case between single spaces."""
        starts = {word[:2] for word in text.split()}
        return frozenset(number for start in starts for way, number in self._starts.get(start, ()) if way in text)

    def narrowed(self, text: str) -> frozenset[int]:
        """Which of the narrowing words a text has; words in lower case between single spaces."""
        return frozenset(number for number, ways in enumerate(self._contrast) if any(f" {way}" in text for way in ways))


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The ways of saying that ``figures.toml`` lists."""
    return FigureWords(read("figures.toml"))


def plain(text: str) -> str:
    """A text's words in lower case between single spaces, to be searched for beginnings of words."""
    return " " + re.sub(r"[^a-z0-9]+", " ", text.lower()) + " "
