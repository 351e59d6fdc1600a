"""Reads statements that their own notes mark true or false: quizzes with reasons, and replies that set a statement right."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from thirtyseven.notes.known.finding import ORDER, Remark
from thirtyseven.notes.known.knowledge import AGREES, DISPUTED, WRONG, Knowledge
from thirtyseven.notes.language.amounts import amounts_of
from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.text import Origin, Statement, tokens_of
from thirtyseven.notes.statements.answers import LABEL, asserted

SHORT = 16
"""Words of the longest statement of which a mark of false denies everything that it says."""

_TRUE, _FALSE = r"true|correct|right|richtig", r"false|incorrect|wrong|untrue|not true|falsch"
_ENDS = r"(?=\s*(?:$|[,.;:!)\]–—-]))"
_SPEAKER = r"(?:[A-Z][\w .]{0,14}:\s*|[-–—→>=]+\s*)?"
_OPENING = re.compile(
    rf"\s*{_SPEAKER}[(\[]?\s*(?:(?P<yes>{_TRUE})|(?P<no>{_FALSE})){_ENDS}[)\].,;:!\s–—-]*"
    r"|\s*[(\[]?(?:(?P<t>T)|(?P<f>F))[)\]]?(?=\s*(?:$|[-–—:;,(=]|\.\s*$))[)\].,;:!\s–—-]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"\s*(?:[.,:;]|\s[-–—→=]|[(\[])\s*(?:(?P<yes>{_TRUE})|(?P<no>{_FALSE}))\b(?=\s*(?:$|[,.;:!)\]–—-]))[)\].,;:!\s–—-]*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?:\s[-–—→=:]|[(\[])\s*(?:(?P<t>T)|(?P<f>F))[)\]]?\s*\.?\s*$")
_LED = re.compile(r"\s*(?:true or false|t/f|t or f|richtig oder falsch)\s*[?:.–—-]+\s*", re.IGNORECASE)
_REPLY = re.compile(
    r"\s*(?:\[\d\d:\d\d\]\s*)?(?:\w{2,14}:\s*)?[-–—]?\s*(?:(?:no|nope|nah|not quite|almost|nearly|incorrect|sorry|nein|"
    r"(?:wrong|false)(?!\s*:)|"
    r"(?:he|she|it|they) (?:did|was|were|had|has|have|is|are) ?n['o]t)\s*[,.;:!–—-]\s*|"
    r"no\s+(?=(?:it|he|she|they|that|actually|wait)\b))"
    r"|\s*[A-Z]\w{1,14}:\s*[^.;:–—-]{0,40}\bwrong\b\s*[-–—:;,.]\s*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\s*(?:(?:but|and|it|he|that|this|they|there|actually|really|in fact|rather|only|was|were|is|happened|came|on|in|at)\s+)*",
    re.IGNORECASE,
)


_NEAR = 9
"""Characters between two places that tell one ("in Moscow, in the Kremlin")."""


class Mark(NamedTuple):
    """A mark of true or false: what it says, where it begins, and where what follows it begins."""

    truth: bool
    start: int
    end: int


def mark_at_start(text: str) -> Mark | None:
    """The mark with which a piece opens ("FALSE, it happened in Leningrad")."""
    found = _OPENING.match(text)
    if found is None or (found["t"] or found["f"] or "T") not in ("T", "F"):
        return None
    return Mark(bool(found["yes"] or found["t"]), 0, found.end())


def mark_behind(text: str) -> Mark | None:
    """The mark that stands behind a statement in the same sentence ("Bukharin was shot in 1936 - false")."""
    for pattern in (_CLOSING, _LETTER):
        found = pattern.search(text, 12)
        if found is not None and len(text[: found.start()].split()) >= 3:
            return Mark(bool(found.groupdict().get("yes") or found.groupdict().get("t")), found.start(), found.end())
    return None


def with_marks(statements: list[Statement]) -> list[Statement]:
    """The statements with what their marks make of them.

    Args:
        statements: in the order of the notes.

    Returns:
        A statement marked false is denied, what stands behind the mark is its reason, and a reply that begins with a no
        knows what it replies to.
    """
    out: list[Statement] = []
    for statement in statements:
        if statement.lead:
            out.append(_refused(statement, out[-1]) if out else statement)
            continue
        before = out[-1] if out and _stated(out[-1]) else None
        opening = mark_at_start(statement.text) if before is not None else None
        here = before is not None and before.place(0)[0] == statement.place(0)[0]
        if before is not None and opening is not None and (here or _answers(before, statement)):
            if here:
                before.denied = before.denied or not opening.truth
                before.kind = "prose" if before.kind == "question" else before.kind
                _unasked(before)
            else:
                told = _at(before, statement)
                told.denied = not opening.truth
                before.kind = "question"
                out.append(told)
            out += _reason(statement, opening.end, before.text, opening.truth)
            continue
        closing = mark_behind(statement.text) if statement.kind != "question" else None
        if closing is not None:
            marked = _cut(statement, 0, closing.start)
            marked.denied = not closing.truth
            out.append(marked)
            out += _reason(statement, closing.end, marked.text, closing.truth)
            continue
        reply = _REPLY.match(statement.text)
        said = out[-1] if out and out[-1].kind not in ("heading", "question") else None
        if reply is not None and said is not None and statement.text[reply.end() :].split():
            statement = _cut(statement, reply.end(), len(statement.text))
            statement.before, statement.replies = said.text, said.text
        out.append(statement)
    return out


def _refused(answer: Statement, question: Statement) -> Statement:
    """An answer that begins with a no ("Yagoda was shot in 1936? - No, in 1938"), as a reply to what was asked."""
    said = answer.whole if answer.agreed else answer.text[answer.lead : answer.tail or None]
    bare = re.match(r"\W*(?:no|nope|false|wrong)\W*$", said, re.IGNORECASE)
    reply = _REPLY.match(said)
    if not (bare or reply) or not question.text.rstrip().endswith("?") or _ASKS_FOR.match(LABEL.sub("", question.text)):
        return answer
    line, column = answer.place(answer.lead)
    start = len(said) if bare or reply is None else reply.end()
    refused = Statement(said[start:], [Origin(0, line, column + start)], answer.context, "", 0, "answer")
    refused.whole, refused.replies = answer.whole, asserted(question.text)
    refused.before, refused.spare = refused.replies, answer if answer.agreed else None
    if bare:
        refused.text, refused.denied, refused.replies = f"{refused.replies}.", True, ""
        refused.tokens = tokens_of(refused.text)
    return refused


_ASKS_FOR = re.compile(r"\s*(?:and |but |so )?(?:who|what|which|when|where|why|how|by whom)\b", re.IGNORECASE)


def owned_reply(statement: Statement, knowledge: Knowledge) -> Statement | None:
    """A reply without a name, said of the only person whom it replies about ("No, ten years")."""
    people = [tag for tag in knowledge.lexicon.tags(statement.tokens) if tag.kind == "person"]
    tokens = tokens_of(statement.replies)
    named = [tag for tag in knowledge.lexicon.tags(tokens) if tag.kind == "person"]
    if people or len({tag.key for tag in named}) != 1 or len(statement.tokens) > SHORT:
        return None
    name = statement.replies[tokens[named[0].first].start : tokens[named[0].last].end]
    lead = re.sub(r"['’]s$", "", name) + ": "
    line, column = statement.place(0)
    owned = Statement(
        lead + statement.text, [Origin(len(lead), line, column)], statement.context, "", len(lead), "answer"
    )
    owned.whole, owned.era, owned.recent = statement.whole or statement.text, statement.era, statement.recent
    return owned


def _stated(statement: Statement) -> bool:
    """Whether a statement may carry a mark: no heading, and no question for a name or a number."""
    text = _LED.sub("", statement.text).strip()
    if statement.kind == "heading" or statement.lead or len(text.split()) < 3:
        return False
    return not re.match(r"(?:who|what|when|where|why|how|which|did|was|were|is|are|do|does)\b", text, re.IGNORECASE)


def _answers(said: Statement, mark: Statement) -> bool:
    """Whether a line that opens with a mark answers the line before it, and is not the next item of a key."""
    if re.match(rf"\s*(?:{_SPEAKER}(?:wrong|right|correct|incorrect)\b|[TF]\b)", mark.text, re.IGNORECASE):
        return False
    (line, column), (above, before) = mark.place(0), said.place(0)
    return line - above <= 2 and (mark.kind != "bullet" or (said.kind == "bullet" and column > before))


def _unasked(statement: Statement) -> None:
    """Take the question mark from a statement that a mark answers."""
    text = re.sub(r"\?\s*$", ".", statement.text)
    if led := _LED.match(text):
        text = " " * led.end() + text[led.end() :]
    statement.text = text
    statement.tokens = tokens_of(text)


def _cut(statement: Statement, start: int, end: int) -> Statement:
    """A stretch of a statement, with its places."""
    line, column = statement.place(start)
    moved = [
        Origin(origin.at - start, origin.line, origin.column) for origin in statement.origins if start < origin.at < end
    ]
    part = Statement(
        statement.text[start:end],
        [Origin(0, line, column), *moved],
        statement.context,
        statement.before,
        0,
        statement.kind,
    )
    part.whole = statement.whole or statement.text
    return part


def _at(said: Statement, mark: Statement) -> Statement:
    """A statement of the line before at the place of the mark that answers it."""
    line, column = mark.place(0)
    told = Statement(said.text, [Origin(0, line, column)], said.context, said.before, 0, "bullet")
    _unasked(told)
    told.whole = mark.text
    return told


def _reason(statement: Statement, start: int, said: str, truth: bool) -> list[Statement]:
    """What follows a mark, as a statement of its own that knows what it speaks of."""
    if not any(mark.isalnum() for mark in statement.text[start:]):
        return []
    reason = _cut(statement, start, len(statement.text))
    reason.before, reason.replies = said, "" if truth else said
    reason.kind = "bullet" if reason.kind == "question" else reason.kind
    return [reason]


def flipped(remarks: list[Remark], denied: Statement) -> list[Remark]:
    """Remarks on a statement that its own notes mark false: who denies what is wrong is right.

    Args:
        remarks: those that the statement would get if it were said.
        denied: the statement.

    Returns:
        One remark, or none if the record does not decide.
    """
    if not remarks:
        return []
    worst = min(remarks, key=lambda one: ORDER[one.verdict])
    if worst.verdict == DISPUTED:
        return []
    if worst.verdict != AGREES:
        return [replace(worst, verdict=AGREES, says=f"rightly denied: {worst.says}", why="", wording="")]
    firm = [one for one in remarks if not one.about.startswith(("fate:", "trial:", "office:", "record:"))]
    if not firm or len(denied.text.split()) > SHORT:
        return []
    return [
        replace(firm[0], verdict=WRONG, why="it is marked as false, but the record has it", wording=f"{firm[0].best}.")
    ]


def set_right(statement: Statement, knowledge: Knowledge) -> list[Statement]:
    """A reply that only names the right date, number, place or person, put in the place of the wrong one.

    Args:
        statement: the reply ("No, in 1938"; "FALSE, around 1.67 million").
        knowledge: for names and places.

    Returns:
        The statement replied to with the new value, once for each value that it may stand for.
    """
    said, text = _LED.sub("", statement.replies), statement.text
    start = reply.end() if (reply := _REPLY.match(text)) else 0
    start += back.end() if (back := _BACK.match(text[start:])) else 0
    value = re.split(r"[,;:.]\s|\s[-–—(]", text[start:].strip(" .!") + " ")[0].strip()
    at = text.find(value, start) if value else -1
    if at < 0 or len(value.split()) > 7:
        return []
    return [_with_value(statement, said, value, at, old) for old in _same_kind(said, value, knowledge)]


def _with_value(statement: Statement, said: str, value: str, at: int, old: tuple[int, int]) -> Statement:
    """What was said with a new value in the place of an old one."""
    text, lead = statement.text, said[: old[0]]
    rest = text[at + len(value) :].rstrip(" .")
    value = re.sub(r"^the | (?:one|trial)$", "", value) if re.search(rf"\b{_ORDINAL}\b", value) else value
    made = f"{lead}{value}{said[old[1] :].rstrip(' .')}{rest}."
    line, column = statement.place(at)
    mended = Statement(made, [Origin(len(lead), line, column)], statement.context, "", len(lead), "answer")
    mended.whole, mended.era, mended.recent = statement.whole or text, statement.era, statement.recent
    return mended


def _same_kind(said: str, value: str, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Where the things of the value's kind stand in what was said."""
    if ordinal := re.match(rf"(?:the )?{_ORDINAL}(?: (?:one|trial))?$", value, re.IGNORECASE):
        spans = [found.span() for found in re.finditer(rf"\b{_ORDINAL}\b", said, re.IGNORECASE)]
        return spans if ordinal and len(spans) == 1 else []
    new, old = _values(value, knowledge), _values(said, knowledge)
    kinds = [kind for kind in ("date", "number", "person", "place") if new[kind]]
    if len(kinds) != 1:
        return []
    here, there = new[kinds[0]], old[kinds[0]]
    places = kinds[0] == "place" and len(there) > 0 and all(two[0] - one[1] <= _NEAR for one, two in pairwise(there))
    if places:
        return [(there[0][0], there[-1][1])]
    if kinds[0] == "person" and len(here) == 1 and len(value.split()) <= 3:
        return there[:2]
    return there if len(here) == len(there) == 1 else []


_ORDINAL = r"(?:first|second|third|fourth|last)"


def _values(text: str, knowledge: Knowledge) -> dict[str, list[tuple[int, int]]]:
    """Dates, numbers, people and places of a text with their characters."""
    tokens = tokens_of(text)
    spans = [(when.first, when.last) for when in dates_of(tokens)]
    numbers = [
        (one.first, one.last)
        for one in amounts_of(tokens)
        if not any(first <= one.last and one.first <= last for first, last in spans)
    ]
    tags = knowledge.lexicon.tags(tokens)
    found = {"date": spans, "number": numbers}
    for kind in ("person", "place"):
        found[kind] = [(tag.first, tag.last) for tag in tags if tag.kind == kind]
    return {kind: [(tokens[first].start, tokens[last].end) for first, last in which] for kind, which in found.items()}
