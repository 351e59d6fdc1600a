"""Tells headings from short lines that say something, and takes the marks from a line's text."""

from __future__ import annotations

import re

BULLET = re.compile(r"^[ \t]*(?:[-*+•◦▪‣·–—>»o○●►✓→]|\(?[0-9]{1,2}[.)/]|\(?[a-zA-Z][.)])[ \t]+")
"""How an item of a list begins."""

MARKUP = re.compile(r"[*_`]")
"""Marks of emphasis."""

_CARD = re.compile(r"(?:front|back|term|card|prompt|clue|meaning|definition|def|solution)\s*:\s*\S", re.IGNORECASE)
_BARE_DATE = re.compile(
    r"(?:(?:early|late|mid|spring|summer|autumn|winter)[- ])?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:\d{1,2},?\s+)?(?:19\d\d|['’]\d\d)$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A line without its bullet and its marks of heading and emphasis."""
    return MARKUP.sub("", BULLET.sub("", text.lstrip("# ").strip())).strip(" :")


def is_heading(line: str, below: bool) -> bool:
    """Whether a short line alone, that does not end like a sentence and holds no verb of its own, is read as a heading.

    Args:
        line: as written.
        below: whether another line stands right above it; then a date or a list of names is what is said below that one.
    """
    text = line.strip()
    if len(text) > 70 or text.endswith((".", ",", ";")) or BULLET.match(line) or line[:1] in " \t":
        return False
    if not text.lstrip("§0123456789. ")[:1].isupper() and not text.startswith("**"):
        return False
    bare = plain(text)
    if _CARD.match(bare):
        return False
    if below and not text.endswith(":") and (_BARE_DATE.match(bare) or bare.count(",") > 1):
        return False
    if text.startswith("**") and text.endswith(("**", "**:")):
        return len(bare) < 60
    words = bare.split()
    if re.match(r"(?:who|what|why|when|how|which|where)\b", bare, re.IGNORECASE):
        return len(words) <= 16
    if re.search(
        r"\b(?:\w+ed|shot|killed|dead|became|took|began|led|saw|got|million|half|(?<!^)(?<!^the )third)\b",
        bare,
        re.IGNORECASE,
    ):
        return text.endswith(":") and len(words) <= 9
    named = text.endswith((":", "?")) or bare.isupper()
    told = re.search(r"\d{3}|\b(?:was|were|is|are|had|has|by|in|on)\b", bare)
    return len(words) <= 9 and (named or not told) and len(bare) > 2


_EXAM = re.compile(
    r"\b(?:assess|evaluate|examine|discuss|test|consider|comment on) (?:the |this )?"
    r"(?:validity|accuracy|merits?|claim|view|statement|truth|assertion|judgement|opinion)\b|"
    r"\bhow far do you agree\b|\bdo you agree\b|\bto what extent do you agree\b|"
    r"\bhow (?:valid|accurate|convincing|justified) is this\b|[\[(]\s?\d{1,2} marks?\s?[\])]",
    re.IGNORECASE,
)
_TITLE = 300
"""Characters of the longest title of an essay; what is longer answers it already."""


def titled(text: str) -> bool:
    """Whether a short text is the title of an essay: a view that is to be judged, and nobody's statement.

    Args:
        text: a heading or paragraph ("'Terror came of paranoia.' Assess the validity of this view. (25 marks)").
    """
    return len(text) <= _TITLE and bool(_EXAM.search(text))
