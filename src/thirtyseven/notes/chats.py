"""Reads the questions of chats in which nobody sets question marks."""

from __future__ import annotations

import re

SPEAKER = re.compile(r"\s*[a-z]\w{1,14}:\s+(?=[a-z\d~])")
"""Who speaks, at the beginning of a line in small letters."""

_LONGEST = 22
"""Words of the longest question."""

_ASKS = re.compile(
    r"\s*[a-z]\w{1,14}:\s+(?:(?:and|so|ok|okay|also|btw|but|next|now|then|wait|hey|hi|lol)[,.!]?\s+)*"
    r"(?P<asks>(?:who|whose|how many|how much|how long|which)\b|(?:what|when|where|why|how)"
    r"(?:'s|s|\s+(?:was|were|is|are|did|do|does|had|has))\b)"
)


def chat_question(piece: str) -> str:
    """The question that a line of a chat asks ("tom: who was nkvd boss first"); "" if it asks none.

    Args:
        piece: the line, or its first sentence.
    """
    found = _ASKS.match(piece)
    if found is None or len(piece.split()) > _LONGEST or "?" in piece:
        return ""
    return f"{piece[found.start('asks') :].rstrip(' .!')}?"
