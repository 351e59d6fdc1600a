"""Reads the questions of chats in which nobody sets question marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SPEAKER = re.compile(r"\s*[a-z]\w{1,14}:\s+(?=[a-z\d~])")
"""Who speaks, at the beginning of a line in small letters."""

VOICE = re.compile(r"\s*(?:[A-Z][\w.]{0,14}(?:\s[A-Z][\w.]+)?|[a-z]\w{1,14}):\s+")
"""Who speaks, in the transcript of a talk."""

_SPOKEN = re.compile(
    rf"{VOICE.pattern}(?=(?:(?:and|so|but|then|now|well|right|ok|okay)\b[,.]?\s+)*"
    r"(?:who|whom|whose|what|when|where|which|how|why|by whom|in which|did|was|were|is|are|do|does|had|has)\b)",
    re.IGNORECASE,
)

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


def voices_of(lines: Iterable[str]) -> frozenset[str]:
    """Who speaks more than once in the transcript of a talk.

    Args:
        lines: of the notes.
    """
    heard = Counter(found.group().strip() for line in lines if (found := VOICE.match(line)))
    return frozenset(voice for voice, times in heard.items() if times > 1)


def spoken(question: str, voices: frozenset[str]) -> str:
    """A question without the name of who asks it ("HOST: Who replaced Yagoda?"); "" if nobody is named.

    Args:
        question: as written.
        voices: who speaks in the notes.
    """
    found = _SPOKEN.match(question)
    return question[found.end() :] if found and found.group().strip() in voices else ""
