"""Puts a sentence that was turned round into its plain order: "The man who replaced Yezhov was Beria", "It was Beria who ..."."""

from __future__ import annotations

import re

from thirtyseven.notes.language.text import Origin, Statement

_ROLE = (
    r"(?:man|men|person|people|one|ones|politician|official|commissar|boss|leader|judge|lawyer|prosecutor|general|marshal|"
    r"historian|policeman|chief|communist|figure|comrade|somebody|guy|killer|trial|operation|order|decree|congress|year|month|city|"
    r"building|place|document|law)"
)
_THE_MAN = re.compile(
    rf"^\s*(?:and |but |so |then )?(?:the (?:\w+ )?{_ROLE}|he|those|she) (?:who|that|which) (?P<did>[^,;:]+?)\s*"
    r"(?:(?:,? (?:was|were|is|are)(?: called| named)?|[:=–—-])\s+)(?P<who>[^,;:()]+?)\s*[.!]?\s*$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"^\s*(?:and |but |so |then |in fact |actually )?it (?:was|is) (?P<who>[^,;:()]+?)(?P<no>, (?:and )?not [^,;:]+,)?"
    r",? (?:who|that|which) (?P<did>.+)$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    r"^\s*not (?P<no>[^,;:]+?),? but (?P<who>(?:rather )?[A-Z][\w.' -]{2,30}?) "
    r"(?P<did>(?:\w+ed|was|were|had|took|led|ran|wrote)\b.+)$"
)
_LONGEST = 220
"""Characters of the longest sentence that is turned."""


def plain_order(statement: Statement) -> Statement | None:
    """The same said in plain order, or ``None`` if it is plain already.

    Args:
        statement: as cut from the notes.
    """
    if statement.lead or len(statement.text) > _LONGEST or statement.text.rstrip().endswith("?"):
        return None
    text = statement.text
    if found := _THE_MAN.match(text):
        if len(found["who"].split()) > 6 or not re.search(r"[A-Z]", found["who"]):
            return None
        plain = f"{found['who']} {found['did']}."
    elif found := _IT_WAS.match(text):
        if len(found["who"].split()) > 7 or re.match(
            r"(?:true|clear|known|only|not|in|on|at|under|by|because)\b", found["who"], re.IGNORECASE
        ):
            return None
        plain = f"{found['who']}{found['no'] or ''} {found['did']}"
    elif found := _NOT_BUT.match(text):
        plain = f"{found['who']}, not {found['no']}, {found['did']}"
    else:
        return None
    line, column = statement.place(0)
    turned = Statement(plain, [Origin(0, line, column)], statement.context, statement.before, 0, statement.kind)
    turned.era, turned.recent, turned.whole = statement.era, statement.recent, statement.whole or text
    return turned
