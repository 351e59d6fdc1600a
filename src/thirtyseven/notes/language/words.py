"""A statement's words as one line of text, to be searched for phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from thirtyseven.notes.language.text import Token


class Words:
    """A statement's words in lower case, parted by single blanks, with the way back to the tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        parts, starts, at = [], [], 0
        for index, token in enumerate(tokens):
            if token.kind == "mark" and token.low not in (";", "?"):
                continue
            parts.append(token.low)
            starts.append((at, index))
            at += len(token.low) + 1
        self.joined = " ".join(parts)
        self.beginnings = frozenset(part[:3] for part in parts)
        self._starts = starts

    @cached_property
    def _at(self) -> dict[int, int]:
        ends = [start for start, _ in self._starts[1:]] + [len(self.joined) + 1]
        return {
            place: index for (start, index), end in zip(self._starts, ends, strict=True) for place in range(start, end)
        }

    def token_at(self, place: int) -> int:
        """The token that holds a character."""
        return self._at[place]
