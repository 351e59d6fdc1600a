"""Parts a sentence that gives what somebody said and sets it right, or that calls a statement false."""

from __future__ import annotations

import re

from thirtyseven.notes.language.text import Origin, Statement


def _any(words: str) -> str:
    """A choice of words; an underline stands for a space."""
    return "|".join(word.replace("_", " ") for word in words.split())


_SAID = _any(
    "claimed claims claim said says told_us told_me told_them told_everyone told_the_class wrote writes stated states asserted "
    "asserts maintained maintains thought thinks believed believes insisted insists spoke_of speaks_of placed places dated dates "
    "put puts would_have_it has_it had_it reckoned reckons announced announces mentioned mentions repeated repeats let lets made "
    "makes answered guessed noted"
)
_TURN = _any(
    "in_truth in_fact in_reality actually in_actual_fact really rather the_truth_is the_fact_is that_is_wrong that_was_wrong "
    "this_is_wrong which_is_wrong that's_wrong wrong not_so no it_was it_is it_were they_were he_was she_was correct_is "
    "in_the_record"
)
_SOURCES = _any("record archives archive documents statistics figures organs'_own_statistics sources")
_SET_RIGHT = re.compile(
    rf"^\s*(?P<who>(?!I\b|We\b)[A-Z](?:[\w'’ -]|, [a-z][\w' ]+,){{0,45}}?)\s+(?:{_SAID})\s+(?:that\s+|,\s*)?"
    r"(?P<said>[^;.]{8,160}?)\s*(?:;|\s[–—-]|\.|,)\s*(?P<turn>(?:but |yet |however,? |whereas |and )?"
    rf"(?:{_TURN}|the (?:{_SOURCES}) (?:says?|gives?|ha[sv]e?|shows?))\b[,:]?\s*)(?P<right>.+)$"
)
_HAD = re.compile(
    r"^\s*(?P<who>(?:He|She|They|The \w+|My \w+|Our \w+))\s+had\s+(?P<said>[A-Z][^;.]{6,120}?)\s*;\s*"
    r"(?P<turn>(?:but|yet|whereas)\s+)(?P<right>.+)$"
)
_FALSE = (
    r"(?:(?:just |only |pure )?(?:an? )?(?:old |persistent |plain |common )?)?(?:"
    + _any(
        "myth legend error mistake lie fairy_tale invention fable rumour rumor misunderstanding misconception nonsense false "
        "wrong untrue incorrect mistaken not_true not_correct not_right rubbish"
    )
    + ")"
)
_CLAIM = _any("claim idea notion view story belief statement assertion tale theory thesis")
_TO_SAY = r"(?: to (?:say|think|believe|claim|write|suppose|speak of)| in saying| when \w+ says?)?"
_CALLED = (
    re.compile(
        rf"^\s*(?:so )?(?:it|that|this)(?: is|'s|’s| was) {_FALSE}{_TO_SAY}(?:,? that|:)?\s+(?P<said>[A-Za-z\d].{{8,}})$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\s*(?:my \w+|the \w+|[a-z]\w+)(?:'s| is| was| are| were) (?:wrong|mistaken|in error)"
        rf"{_TO_SAY},? that\s+(?P<said>.{{8,}})$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\s*(?:(?:the|this|that|an?)(?: \w+)? (?:{_CLAIM}) that|that) (?P<said>.{{8,140}}?),?"
        rf"(?: is| was|'s) (?:simply |quite |also |just |plainly )?{_FALSE}\s*[.!]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\s*(?:myth|legend|error|mistake|misconception|fiction|fake|fake news)\s*"
        r"(?:no\.? ?\d+|\d+)?\s*[:–—-]\s+(?P<said>.{8,})$",
        re.IGNORECASE,
    ),
)
"""How notes call a statement false before or behind it."""


def denial_parts(statement: Statement) -> tuple[Statement, ...]:
    """The statement that a sentence denies, and what it sets against it; empty if it denies none.

    Args:
        statement: a sentence.
    """
    text = statement.text
    if statement.lead or statement.denied or len(text) > 320 or text.rstrip().endswith("?"):
        return ()
    for pattern in (_SET_RIGHT, _HAD):
        if found := pattern.match(text):
            denied = _part(statement, found.start("said"), found.end("said"))
            denied.denied = True
            keep = (
                found.start("turn")
                if re.match(r"(?:but |yet )?(?:it|they|he|she|the)\b", found["turn"], re.IGNORECASE)
                else 0
            )
            right = _part(statement, keep or found.start("right"), len(text))
            right.before, right.replies = denied.text, denied.text
            return denied, right
    for pattern in _CALLED:
        if found := pattern.match(text):
            denied = _part(statement, found.start("said"), found.end("said"))
            denied.denied = True
            return (denied,)
    return ()


def _part(statement: Statement, start: int, end: int) -> Statement:
    """A stretch of a statement, with its places; quoted is the whole."""
    line, column = statement.place(start)
    part = Statement(
        statement.text[start:end], [Origin(0, line, column)], statement.context, statement.before, 0, statement.kind
    )
    part.era, part.recent, part.whole = statement.era, statement.recent, statement.whole or statement.text
    return part
