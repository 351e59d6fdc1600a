"""A statement's words as one line of text, to be searched for phrases."""

from __future__ import annotations

from collections.abc import Sequence

from thirtyseven.notes.language.text import Token


class Words:
    """A statement's words in lower case, parted by single blanks, with the way back to the tokens.

    Attributes:
        parts: the words; of the marks only semicolons and question marks.
        places: the token of each.
        joined: the words as one text.
        beginnings: the first three letters of each.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        kept = [index for index, token in enumerate(tokens) if token.kind != "mark" or token.low in (";", "?")]
        self.parts = tuple(tokens[index].low for index in kept)
        self.places = tuple(kept)
        self.joined = " ".join(self.parts)
        self.beginnings = frozenset(part[:3] for part in self.parts)

    def token_at(self, place: int) -> int:
        """The token that holds a character of ``joined``."""
        return self.places[self.joined.count(" ", 0, place + 1)]
