"""What a text that is no statement itself speaks of: a heading, an earlier sentence, a figure's name."""

from __future__ import annotations

from functools import lru_cache

from thirtyseven.notes.known.knowledge import load_knowledge
from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.text import tokens_of


@lru_cache(maxsize=4096)
def keys_of(text: str) -> frozenset[str]:
    """Keys of the tags of such a text."""
    return frozenset(tag.key for tag in load_knowledge().lexicon.tags(tokens_of(text)))


@lru_cache(maxsize=4096)
def years_named(text: str) -> tuple[int, int] | None:
    """First and last of the years that it names."""
    spans = [when for when in dates_of(tokens_of(text)) if not when.yearless]
    return (min(when.start.year for when in spans), max(when.end.year for when in spans)) if spans else None
