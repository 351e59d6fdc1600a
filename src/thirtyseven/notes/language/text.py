"""Words, numerals and marks of a statement, with their places, in one linear pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

_TOKEN = re.compile(
    r"(?P<euro>(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\w.]|[,.]\d|\s?(?:million|mio|mln|bn|%|per\b|m\b)))"
    r"|(?P<comma>(?<![\w.,])\d{1,3},\d{1,2}(?=\s?(?:million|mio|mln|mrd|bn|%|per ?cent|m\b)))"
    r"|(?P<number>(?<![\w.,])(?<!\d\d\d\d[-–/])\d{1,3}"
    r"(?P<sep>[,’'\u00a0\u202f\u2009 ])\d{3}(?:(?P=sep)\d{3})*(?!\d|,\d)(?:\.\d+)?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"|(?P<word>[^\W\d_]+(?:['’](?:s|t|re|ve|ll|d)\b)?)"
    r"|(?P<mark>\.\.\.|[^\w\s])",
    re.UNICODE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, numeral or mark.

    Attributes:
        text: as written.
        low: lower case, without a possessive ending.
        start: first character in the statement.
        end: one past the last character.
        kind: ``word``, ``number``, ``ordinal`` or ``mark``.
        possessive: whether a possessive ending was cut off.
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    possessive: bool = False


def tokens_of(text: str) -> list[Token]:
    """Cut a statement into tokens; time grows with its length only."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        kind = match.lastgroup or "mark"
        if match.group("number") is not None:
            kind = "ordinal" if match.group("ordinal") else "number"
        low = raw.lower()
        possessive = False
        if kind in ("euro", "comma"):
            low, kind = (low.replace(".", "") if kind == "euro" else low.replace(",", ".")), "number"
        if kind == "word" and low[-2:] in ("'s", "’s"):
            low, possessive = low[:-2], True
        found.append(Token(raw, low.replace("’", "'"), match.start(), match.end(), kind, possessive))
    return _contracted(_spelt_out(found))


SHORTENED = {
    "del": "delegates", "arr": "arrested", "disch": "discharged", "cong": "congress", "congr": "congress", "dep": "deputy",
    "cdr": "commander", "cdrs": "commanders", "yez": "yezhov", "jap": "japan", "convd": "convicted",
    "deptd": "deported", "rehab": "rehabilitated",
    "off": "officers", "sent": "sentenced",
}  # fmt: skip
"""Words that notes cut short with a full stop."""

COUNTED = frozenset({"off", "sent"})
"""Those that are words of their own: they are cut short only behind a number."""


def _spelt_out(tokens: list[Token]) -> list[Token]:
    """The tokens with shortened words written in full; their full stops are left out."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        before, after = tokens[max(0, index - 1)], tokens[min(index + 1, len(tokens) - 1)]
        if token.low == "." and out and out[-1].end == token.start and before.low in SHORTENED and out[-1] != before:
            continue
        full = (
            SHORTENED.get(token.low) if token.kind == "word" and after.low == "." and after.start == token.end else None
        )
        if full and (token.low not in COUNTED or before.kind == "number" or before.low in ("k", "m")):
            token = replace(token, text=full.capitalize() if token.text[:1].isupper() else full, low=full)
        out.append(token)
    return out


_DONE = frozenset(
    "shot arrested executed dead tried sacked dismissed replaced made gone appointed promoted removed expelled sentenced "
    "killed murdered put now also still already given moved".split()
)


def _contracted(tokens: list[Token]) -> list[Token]:
    """The tokens, where "Yezhov's shot" says that he is shot and owns nothing."""
    for index in range(len(tokens) - 1):
        if tokens[index].possessive and tokens[index + 1].low in _DONE and tokens[index].text[:1].isupper():
            tokens[index] = replace(tokens[index], possessive=False)
    return tokens


@dataclass(frozen=True)
class Origin:
    """Where a stretch of a statement stands in the file: from character ``at`` on it is ``line``:``column``."""

    at: int
    line: int
    column: int


@dataclass
class Statement:
    """A sentence, bullet, table cell or answered question, with what stands above it.

    Attributes:
        text: the words to be read.
        origins: places in the file, ascending by ``at``.
        context: headings and parent bullets, outermost first.
        before: the sentence before it in the same paragraph ("" if none).
        lead: characters at the start that were brought in (a question, a row's header), not to be quoted.
        era: whether the notes as a whole speak of the terror of 1937-38.
        tail: characters of an answer that stands before its question (0: none).
        whole: the line that the statement is a piece of ("" if it is the whole), to be quoted.
        recent: the order or operation named last, a few statements before.
        kind: ``prose``, ``bullet``, ``heading``, ``cell`` or ``answer``.
        aside: whether it is a cell that the date at its row's head may not be the date of.
        agreed: whether it is an answer of yes or no, so that the question brought in is what is said.
        assured: whether the next short sentence, or another cell of its row, claims certainty for it.
        spare: the same in other words, to be read if nothing is found in these.
        denied: whether the notes themselves mark it as false.
        replies: the statement that it sets right ("" if none).
    """

    text: str
    origins: list[Origin]
    context: tuple[str, ...] = ()
    before: str = ""
    lead: int = 0
    kind: str = "prose"
    era: bool = False
    whole: str = ""
    tail: int = 0
    recent: str = ""
    aside: bool = False
    agreed: bool = False
    assured: bool = False
    spare: Statement | None = None
    denied: bool = False
    replies: str = ""
    tokens: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = tokens_of(self.text)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column (both from 1) of character ``at``."""
        at = max(at, self.lead)
        index = max(0, bisect_right([origin.at for origin in self.origins], at) - 1)
        origin = self.origins[index]
        return origin.line, origin.column + max(0, at - origin.at)

    @cached_property
    def reach(self) -> list[int]:
        """Running cost of reading on: a word costs 1, a comma 2, the end of a clause more.

        The distance between two tokens is the difference of their entries; it says how far a number stands from
        the word that tells what it counts.
        """
        total, costs = 0, []
        for token in self.tokens:
            total += _COST.get(token.low, 1)
            costs.append(total)
        return costs

    def gap(self, first: int, last: int, start: int, end: int) -> int:
        """Cost between the token spans ``first..last`` and ``start..end`` (0 if they touch or overlap)."""
        if start > last:
            return max(0, self.reach[start] - self.reach[last] - 1)
        if end < first:
            return max(0, self.reach[first] - self.reach[end] - 1)
        return 0


_COST = {
    ",": 2, ";": 12, "·": 14, "•": 14, ":": 1, "(": 2, ")": 2, "–": 4, "—": 4, "-": 0, "|": 3, ".": 3, "!": 25, "?": 25,
    "and": 2, "but": 8, "while": 8, "whereas": 10, "although": 8, "though": 6, "because": 5, "who": 3, "which": 3,
    "the": 0, "a": 0, "an": 0, "of": 0, "'": 0, '"': 0, "“": 0, "”": 0,
}  # fmt: skip
