"""Writes in full what notes cut short: "agst", "mass ops", "Tukh.", and the initials of whom they name elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from thirtyseven.notes.known.knowledge import Knowledge, read
from thirtyseven.notes.language.text import Statement
from thirtyseven.notes.statements.owners import replaced

_INITIAL = re.compile(r"(?<![\w.'’&-])([A-Z])(?:\.(?!\w|\.)(?:['’]s\b)?|['’]s\b)")
_LABEL = re.compile(
    r"\b(?:sources?|parts?|options?|groups?|categor(?:y|ies)|sections?|appendix|tables?|fig(?:ure)?|class|points?|questions?|answers?|"
    r"rooms?|type|version|line|plan|vitamin|grade|block|letter|exhibit|item|case|unit|team|point|and|or|[A-Z])\.?\s*$",
    re.IGNORECASE,
)
_ALWAYS = "stalin"
"""Who is meant by his initial even where the notes never name him in full."""


@cache
def _table() -> dict[str, dict[str, str]]:
    return {
        str(name): {str(key): str(full) for key, full in words.items()}
        for name, words in read("shortened.toml").items()
    }


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """One pattern for each kind of shortening, with what stands for what."""
    table = _table()

    def listed(keys: Iterable[str]) -> str:
        longest = sorted(keys, key=len, reverse=True)
        return "|".join(re.escape(key).replace("'", "['’]").replace(r"\ ", r"\.?\s+") for key in longest)

    words, marks, names, stopped = (table[name] for name in ("words", "marks", "names", "stopped"))
    return (
        (re.compile(rf"(?<![\w'’-])({listed(words)})(?:\.(?=\s*[^\sA-Z])|(?<=/)|(?![\w'’]))", re.IGNORECASE), words),
        (re.compile(rf"(?<!\w)({listed(marks)})(?!\w)"), marks),
        (re.compile(rf"(?<!\w)({listed(names)})(?:\.|(?!\w))"), names),
        (re.compile(rf"(?<!\w)({listed(stopped)})\.(?!\w)(?!\s*[A-Z][a-z]+(?:burg|sk))"), stopped),
    )


def in_full(statements: list[Statement], knowledge: Knowledge) -> list[Statement]:
    """The statements with shortened words and names in full; what they quote stays as written.

    Args:
        statements: those of one file.
        knowledge: for the people that the file names.
    """
    initials = _initials(statements, knowledge)
    known: dict[str, str] = {}

    def full(text: str) -> str:
        if text not in known:
            known[text] = _written_out(text, initials)
        return known[text]

    out = []
    for statement in statements:
        made = _one_in_full(statement, initials)
        made.context, made.before = tuple(full(text) for text in made.context), full(made.before)
        made.replies = full(made.replies)
        if made.spare is not None:
            made.spare = _one_in_full(made.spare, initials)
        out.append(made)
    return out


def _one_in_full(statement: Statement, initials: dict[str, str]) -> Statement:
    """One statement with its words in full."""
    for start, end, words in reversed(list(_cuts(statement.text, initials))):
        statement = replaced(statement, start, end, words)
    return statement


def _written_out(text: str, initials: dict[str, str]) -> str:
    for start, end, words in reversed(list(_cuts(text, initials))):
        text = text[:start] + words + text[end:]
    return text


def _cuts(text: str, initials: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """What is cut short in a text, in order: where it stands, and what stands for it."""
    found: list[tuple[int, int, str]] = []
    for pattern, table in _patterns():
        for match in pattern.finditer(text):
            key = re.sub(r"\.?\s+", " ", match[1]).replace("’", "'")
            full = table.get(key) or table.get(key.lower()) or ""
            last = match.end() == len(text.rstrip()) and match.group().endswith(".")
            found.append((match.start(), match.end(), f"{full}." if last else full))
    if initials:
        found += _lettered(text, initials)
    reach = 0
    for start, end, words in sorted(found):
        if start >= reach and words:
            yield start, end, words
            reach = end


def _lettered(text: str, initials: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Initials that stand alone for a name ("K. shot", "agst S.", "Y's successor")."""
    for match in _INITIAL.finditer(text):
        name = initials.get(match[1])
        behind = text[match.end() :]
        if name is None or _LABEL.search(text[: match.start()]) or re.match(r"\s+[A-Z][a-z]|\s*[A-Z]\.", behind):
            continue
        owns = "'s" if match.group().endswith(("'s", "’s")) else ""
        ends = "." if not behind.strip() and not owns else ""
        yield match.start(), match.end(), name + owns + ends


def _initials(statements: list[Statement], knowledge: Knowledge) -> dict[str, str]:
    """For each capital letter the only person of that letter whom the notes name, by surname."""
    letters = {match[1] for statement in statements for match in _INITIAL.finditer(statement.text)}
    if not letters & set(_table()["initials"]):
        return {}
    named: dict[str, None] = {}
    titled: dict[str, None] = {}
    for position, statement in enumerate(statements):
        keys = [tag.key for tag in knowledge.lexicon.tags(statement.tokens) if tag.kind == "person"]
        named.update(dict.fromkeys(keys))
        if position < 1 or statement.kind == "heading":
            titled.update(dict.fromkeys(keys))
    out = {}
    for letter in sorted(letters & set(_table()["initials"])):
        possible = _table()["initials"][letter].split()
        meant = [key for key in possible if key in named]
        first = [key for key in meant if key in titled]
        if len(meant) > 1 and len(first) == 1:
            meant = first
        if not meant and _ALWAYS in possible:
            meant = [_ALWAYS]
        if len(meant) == 1 and meant[0] in knowledge.people:
            out[letter] = knowledge.people[meant[0]].name.rsplit(" ", 1)[-1]
    return out
