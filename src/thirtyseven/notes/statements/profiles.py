"""Splits a line on one person ("Yagoda - head of the NKVD until 1936, shot 1938") into what it says of them."""

from __future__ import annotations

import re

from thirtyseven.notes.known.knowledge import Knowledge
from thirtyseven.notes.language.text import Origin, Statement, Token

_AFTER_NAME = frozenset("- – — : = ( → | /".split())
_FINITE = frozenset("was were is are had has have been be and who which that did would".split())
_BETWEEN = frozenset("; – — , ( ) → . | :".split())


def pieces_of(statement: Statement, knowledge: Knowledge) -> list[Statement]:
    """The statement, or for a line that opens with a name and a dash one statement for each thing said.

    Args:
        statement: as cut from the notes.
        knowledge: for the names.

    Returns:
        Statements in order; each piece begins with the name, which is not quoted.
    """
    tokens = statement.tokens
    if statement.lead or len(tokens) < 4:
        return [statement]
    people = [tag for tag in knowledge.lexicon.tags(tokens) if tag.kind == "person"]
    if not people or people[0].first > 0 or tokens[people[0].first].kind != "word":
        return [statement]
    at = people[0].last + 1
    if at >= len(tokens) or tokens[people[0].last].possessive:
        return [statement]
    comma = tokens[at].low == "," and not any(token.low in _FINITE for token in tokens)
    if tokens[at].low not in _AFTER_NAME and not comma:
        return [statement]
    spans = _spans(tokens, at + 1)
    if len(spans) < 2 and not spans:
        return [statement]
    name = statement.text[tokens[people[0].first].start : tokens[people[0].last].end]
    return [_piece(statement, name, tokens[first].start, tokens[last].end) for first, last in spans]


def _spans(tokens: list[Token], start: int) -> list[tuple[int, int]]:
    """Runs of tokens between the marks that part them; a run that is a date alone goes with the one before."""
    spans: list[tuple[int, int]] = []
    first = start
    for index in range(start, len(tokens) + 1):
        if index < len(tokens) and not _parts(tokens, index):
            continue
        if index > first:
            run = tokens[first:index]
            bare = all(token.kind in ("number", "ordinal", "mark") or token.low[:3] in _MONTHS for token in run)
            if spans and bare:
                spans[-1] = (spans[-1][0], index - 1)
            else:
                spans.append((first, index - 1))
        first = index + 1
    return spans


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _parts(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.low == "-":
        return token.start > tokens[index - 1].end
    if token.low not in _BETWEEN:
        return False
    numbers = index + 1 < len(tokens) and tokens[index - 1].kind == tokens[index + 1].kind == "number"
    return not (numbers and token.low in ",–—:")


def _piece(statement: Statement, name: str, start: int, end: int) -> Statement:
    lead = f"{name} "
    if re.match(r"NKVD,?\s+(?:from\s+|since\s+)?(?:[A-Z][a-z]+\s+)?(?:19\d\d|\d\d\b|')", statement.text[start:end]):
        lead = f"{name} head of the "
    origins = [origin for origin in statement.origins if start < origin.at < end]
    line, column = statement.place(start)
    moved = [Origin(len(lead), line, column), *[Origin(o.at - start + len(lead), o.line, o.column) for o in origins]]
    piece = Statement(
        lead + statement.text[start:end], moved, statement.context, statement.before, len(lead), statement.kind
    )
    piece.era, piece.recent, piece.whole = statement.era, statement.recent, statement.text
    return piece
