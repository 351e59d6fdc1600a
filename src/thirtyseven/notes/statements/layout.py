"""Cuts notes into statements: outlines, mind maps, essays, cards and tables, each with what stands above it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from thirtyseven.notes.language.text import Origin, Statement
from thirtyseven.notes.statements.answers import LABEL, answered, asserted, completed, plainly, pursued, refusal, task
from thirtyseven.notes.statements.chats import SPEAKER, VOICE, chat_question, spoken, voices_of
from thirtyseven.notes.statements.choices import chosen
from thirtyseven.notes.statements.headings import BULLET, MARKUP, is_heading, plain, titled
from thirtyseven.notes.statements.questions import Answer
from thirtyseven.notes.statements.tables import CAPTION, Table, cells_of

LONGEST = 2_500
"""Characters of the longest statement that is read whole; longer ones are cut, so that time stays linear."""

_CLOCK = re.compile(
    r"^[ \t]*\d{1,2}[ \t]*\([a-z]\)[ \t]+"
    r"|^[ \t]*Q\d{1,3}[ \t]*[\[(]\d{1,2}[\])][ \t]+|^[ \t]*[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?[ \t]+(?=\D)"
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+")
_QUESTION_LABEL = LABEL
_ANSWER_LABEL = re.compile(
    r"^[ \t]*(?:\*\*)?(?:A(?:ns(?:wer)?)?[ \t]*\d{0,3}|Back|Meaning|Definition|Def|Solution)[ \t]*[:.)](?:\*\*)?[ \t]*",
    re.IGNORECASE,
)
_DASH = re.compile(r"^\s*(?:[-–—→=]|->|=>)\s+")
_RULE = re.compile(r"^[ \t|:+=_*-]{3,}$")
_ABBREVIATIONS = frozenset(
    "c ca approx exec avg no nos st dr mr mrs prof vol p pp e.g i.e eg ie etc cf jan feb mar apr jun jul aug "
    "sept sep oct nov dec del arr disch cong congr dep cdr cdrs yez convd deptd rehab "
    "vysh ulr tukh zin kam bukh ordzh voro kag mol khr yag ezh yezh ryk zhd piat pyat blyu frin menzh ber trot gam lyush "
    "krest sok postysh rudz yak mosc agst germ pol latv finn "
    "mil cttee pop govt comm secr cmsr cmdr mbrs coll comms "
    "telegr telegrs delegs resol sov gen col lt vs incl esp min max est fig art op cit".split()
)
_OPTIONS = re.compile(r"^\s*(?:\(?[aA][.)]\s)?.{1,60}\s\(?[bB][.)]\s.{1,60}\s\(?[cC][.)]\s")
_MONTH = re.compile(r"\s*(?:Jan|Feb|Mar|Mär|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zä]*\b")
_NAMED = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–/]\s*\d{1,2})?\.?"
_DAY = rf"(?:{_NUMBER}\s+(?:{_NAMED}\s*[-–/]\s*\d{{0,2}}\s*)?{_NAMED}|{_NAMED}(?:\s*[-–/]\s*{_NAMED}|\s+\d{{1,2}})?)"
_DATE_ALONE = re.compile(rf"\s*(?:{_DAY},?\s+19\d\d|19\d\d(?:\s*[,:–-]\s*|\s+){_DAY}|19\d\d)\s*$")
"""The head of an entry of a chronology ("1934, 10 July." and "8 August 1937."), which goes with the sentence behind it."""
_DASHED = re.compile(r"^\s*[-*•·–][^\s-]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:amp|nbsp|quot|lt|gt);")
_SPEAKER = re.compile(r"\s*[a-z]\w{1,14}:\s+[a-z]")
"""A line of a chat in which nobody writes capitals: there a small letter may begin a sentence."""
_MARKS = re.compile(
    r"\s(?:\[\d{1,2}(?:\s?(?:marks?|points?|pts?|m|p))?\]|\(\d{1,2}\s?(?:marks?|points?|pts?)\))\s*$", re.IGNORECASE
)
"""What an answer is worth, or a footnote, at the end of a line."""


@dataclass(frozen=True)
class Line:
    """One line of the notes: its text, its number, and whether it is a heading or a table's row by its format."""

    text: str
    number: int
    column: int = 1
    level: int = 0
    cells: tuple[str, ...] = ()


def statements_of(lines: list[Line]) -> list[Statement]:
    """All statements of the notes in order.

    Args:
        lines: the notes' lines.

    Returns:
        Sentences, bullets, cells and answered questions, each with headings and parent bullets above it.
    """
    out: list[Statement] = []
    path: list[tuple[int, str]] = []
    table, ruled = Table(), _ruled(lines)
    asking = _Asking(voices_of(line.text for line in lines))
    previous, previous_level = "", -1
    tight = False
    for block in _blocks(lines):
        below, tight = tight, bool(block)
        if not block:
            table.close()
            continue
        first = block[0]
        cells = first.cells or cells_of(first.text)
        if cells:
            above = tuple(item[1] for item in path if item[0] < 100)
            out += table.row(first.number, first.column, first.text, cells, above, first.number in ruled)
            continue
        table = Table(caption=_caption(block))
        level, text = _level(first), block[0].text.strip()
        if not asking.answers(first) and (
            first.level or _HEADING.match(first.text) or (len(block) == 1 and is_heading(first.text, below))
        ):
            path = _under(path, first, text)
            previous_level = -1
            out += _sentences(block, tuple(item[1] for item in path[:-1]), "heading", _Asking())
            asking.ask(plain(text) if text.endswith("?") else task(plain(text)))
            table = Table()
            continue
        bullet = bool(BULLET.match(first.text)) or level > 100
        path = [item for item in path if item[0] < level or item[0] < 100]
        context = tuple(item[1] for item in path)
        found = _sentences(
            block, context, "bullet" if bullet else "prose", asking, previous if level == previous_level else ""
        )
        out += found
        previous, previous_level = (found[-1].text if found else ""), level
        asking.ask(_open_question(found, asking))
        if bullet:
            path.append((level, plain(" ".join(line.text for line in block))[:300]))
    return out


class _Asking:
    """The question that waits for its answer, and the one asked before it, from which it may take words."""

    def __init__(self, voices: frozenset[str] = frozenset()) -> None:
        self.voices = voices
        self.question = ""
        self.earlier = ""
        self.said = ""
        self.voiced = False

    def ask(self, question: str) -> None:
        """Put a question ("" for none); the last one asked is remembered."""
        if question and question != self.question:
            self.question = pursued(question, self.said) or completed(question, self.earlier)
            self.earlier = self.question
        elif not question:
            self.question = ""

    def answers(self, line: Line) -> bool:
        """Whether a line may answer the open question."""
        open_one = bool(self.question) and not line.text.strip().endswith("?")
        return open_one and not line.level and not _HEADING.match(line.text)


def _ruled(lines: list[Line]) -> frozenset[int]:
    """Numbers of the lines below which a table's rule is drawn."""
    return frozenset(
        above.number
        for above, below in itertools.pairwise(lines)
        if _RULE.match(below.text) and "-" in below.text and above.text.strip()
    )


def _caption(block: list[Line]) -> str:
    """A short line above a table that tells what it holds."""
    text = plain(" ".join(line.text for line in block))
    return text if len(text) <= CAPTION and not text.endswith((".", "?")) else ""


def _under(path: list[tuple[int, str]], first: Line, text: str) -> list[tuple[int, str]]:
    """The path of headings with a new heading in its place."""
    marks = _HEADING.match(first.text)
    depth = first.level or (len(marks.group(1)) if marks else 1)
    return [*(item for item in path if item[0] < depth and item[0] < 100), (depth, plain(text))]


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines joined where a paragraph or a bullet was wrapped; an empty block for a blank line."""
    width = _wrapped_at(lines)
    block: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if not text or _RULE.match(line.text):
            if block:
                yield block
            if not text:
                yield []
            block = []
            continue
        if block and _continues(block, line, width):
            block.append(line)
            continue
        if block:
            yield block
        block = [line]
    if block:
        yield block


def _wrapped_at(lines: list[Line]) -> int:
    """Column at which the notes were wrapped by hand or by a program; 0 if they were not.

    In wrapped text nearly every line is full: the next line's first word would not have fitted on it.
    """
    lengths = sorted(len(line.text.rstrip()) for line in lines if line.text.strip() and not line.cells)
    if len(lengths) < 4:
        return 0
    longest = lengths[-1 - len(lengths) // 50]
    if not 60 <= longest <= 130:
        return 0
    full, pairs = 0, 0
    for above, below in itertools.pairwise(lines):
        before, text = above.text.rstrip(), below.text.strip()
        if (
            not before
            or not text
            or before.endswith((".", "?", "!", ":"))
            or BULLET.match(below.text)
            or _HEADING.match(below.text)
        ):
            continue
        pairs += 1
        full += len(before) + 1 + len(text.split(maxsplit=1)[0]) > longest
    return longest if pairs and full >= 0.6 * pairs else 0


def _continues(block: list[Line], line: Line, width: int) -> bool:
    """Whether a line goes on with the one above it."""
    above = block[-1]
    before, text = above.text.rstrip(), line.text.strip()
    if above.cells or line.cells or line.level or above.level or cells_of(line.text) or cells_of(above.text):
        return False
    starts = (BULLET, _CLOCK, _DASHED, _HEADING, _QUESTION_LABEL, _ANSWER_LABEL)
    if any(pattern.match(line.text) for pattern in starts) or _HEADING.match(above.text):
        return False
    if before.endswith((":", "?", "!", ".")) or line.text[:1] == "\t":
        return False
    listed = bool(BULLET.match(block[0].text) or _DASHED.match(block[0].text))
    if line.text[:1] == " " and not listed:
        return False
    full = bool(width) and len(before) + 1 + len(text.split(maxsplit=1)[0]) > width
    if text[:1].islower() or before.endswith((",", "-", "–", " and", " the", " of")):
        return full or (listed and len(before.strip()) >= 38)
    return full


def _level(line: Line) -> int:
    indent = len(line.text) - len(line.text.lstrip())
    return 101 + indent if BULLET.match(line.text) or indent else 100


def _open_question(found: list[Statement], asking: _Asking) -> str:
    """The question a block ends with, if it ends with one: the next block may answer it."""
    if not found:
        return ""
    last = found[-1].text.strip()
    if found[-1].kind == "question" and (todo := task(last)):
        return todo
    return (
        spoken(last, asking.voices) or _QUESTION_LABEL.sub("", last)
        if last.endswith("?") or found[-1].kind == "question"
        else ""
    )


_CARD = re.compile(r"[ \t]*(?:\*\*)?(?:Q(?:uestion)?[ \t]*\d{0,3}|Front|Term|Card|Prompt|Clue)[ \t]*[:.)]")


def _sentences(
    block: list[Line], context: tuple[str, ...], kind: str, asking: _Asking, before: str = ""
) -> list[Statement]:
    text, origins = _joined(block)
    text = text[: LONGEST * 50]
    kind = "question" if _CARD.match(text) and len(text) < 200 else kind
    out: list[Statement] = []
    for start, end in _cut(text):
        start += _labels(text[start:end], asking)
        piece = text[start:end]
        moved = [
            Origin(max(0, origin.at - start), origin.line, origin.column + max(0, start - origin.at))
            for origin in _within(origins, start, end)
        ]
        todo = (task(piece) or chat_question(piece)) if not out else ""
        asks = piece.rstrip().endswith("?") or bool(todo)
        refused = ""
        if asking.question and not asks and (skip := refusal(asking.question, piece)):
            refused = asserted(asking.question)
            start, piece = start + skip, piece[skip:]
            moved = [Origin(0, moved[0].line, moved[0].column + skip), *moved[1:]]
        if _OPTIONS.match(piece) and not asks:
            out += _optional(piece, moved, context, before, asking.question)
            continue
        made = answered(asking.question, piece) if asking.question and not asks else None
        plain = plainly(asking.question, piece) if asking.question and not asks else None
        made = made or plain
        if not asks:
            asking.ask("")
        if made is None:
            told = kind == "question" and bool(out) and not asks
            out.append(Statement(piece, moved, context, before, 0, "answer" if told else "question" if todo else kind))
        else:
            out.append(_made(made, piece, moved, context, before))
            if plain is not None:
                out[-1], spare = _made(plain, piece, moved, context, before), out[-1]
                out[-1].spare = spare
            asking.said = out[-1].text
        out[-1].replies = refused
        if asks:
            asking.voiced = bool(spoken(piece, asking.voices))
            asking.ask(todo or spoken(piece, asking.voices) or _QUESTION_LABEL.sub("", piece.strip()))
        before = piece
    if titled(text):
        for one in out:
            one.kind = "question"
    return out


def _labels(piece: str, asking: _Asking) -> int:
    """Characters of the speaker, dash and label before a piece that may answer a question."""
    if not asking.question or _OPTIONS.match(piece):
        return 0
    start = 0
    for pattern in (VOICE if asking.voiced else SPEAKER, _DASH, _ANSWER_LABEL):
        label = pattern.match(piece[start:])
        start += label.end() if label else 0
    return start


def _optional(
    piece: str, origins: list[Origin], context: tuple[str, ...], before: str, question: str
) -> list[Statement]:
    """A multiple choice: the option marked as right is what is said; without a mark it only asks."""
    marked = chosen(piece) or (chosen(f"{question.rstrip('? ')}? {piece.strip()}") if question else None)
    if marked is None:
        return [Statement(piece, origins, context, before, 0, "question")]
    option = marked[1]
    stem = marked[0].rstrip(" ?:.…_")
    asks = marked[0].endswith("?") or re.match(r"(?:who|which|what|when|where|how)\b", stem, re.IGNORECASE)
    made = (plainly(stem, option) or answered(stem, option)) if asks else Answer(f"{stem} {option}", len(stem) + 1)
    return [_made(made or Answer(f"{stem}: {option}", len(stem) + 2), piece, origins[:1], context, before)]


def _made(made: Answer, piece: str, origins: list[Origin], context: tuple[str, ...], before: str) -> Statement:
    """The statement that an answer makes, with the places of the answer alone."""
    moved = [Origin(origin.at + made.lead, origin.line, origin.column) for origin in origins]
    statement = Statement(made.text, moved, context, before, made.lead, "answer")
    statement.tail, statement.whole, statement.agreed = made.tail, piece, made.agreed
    return statement


def _within(origins: list[Origin], start: int, end: int) -> list[Origin]:
    inside = [origin for origin in origins if start < origin.at < end]
    leading = [origin for origin in origins if origin.at <= start]
    return [*leading[-1:], *inside]


def _joined(block: list[Line]) -> tuple[str, list[Origin]]:
    parts, origins, at = [], [], 0
    for number, line in enumerate(block):
        body = line.text.rstrip("\n")
        skip = 0
        for pattern in (_HEADING, BULLET, _CLOCK, _ANSWER_LABEL):
            match = pattern.match(body[skip:])
            if match and number == 0:
                skip += match.end()
        if number == 0 and skip == 0:
            dash = re.match(r"^[ \t]*[-*•·–](?=[^\s\d-])", body)
            skip = dash.end() if dash else len(body) - len(body.lstrip())
        if number:
            skip = len(body) - len(body.lstrip())
        body = _MARKS.sub(lambda match: " " * len(match.group()), body)
        cleaned = MARKUP.sub(" ", _TAG.sub(lambda match: " " * len(match.group()), body[skip:]))
        origins.append(Origin(at, line.number, line.column + skip))
        parts.append(cleaned)
        at += len(cleaned) + 1
    return " ".join(parts), origins


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Sentences by full stops, question marks and semicolons between full clauses; abbreviations and decimals stay."""
    start, chat = 0, bool(_SPEAKER.match(text))
    for match in re.finditer(r"[.!?]+[\"'”’)\]]*(?=\s|$)", text):
        word = re.search(r"[\w.]*$", text[max(start, match.start() - 12) : match.start()])
        last = word.group().lower() if word else ""
        following = text[match.end() : match.end() + 2].strip()
        if match.group()[0] == "." and (
            last in _ABBREVIATIONS
            or (len(last) == 1 and last.isalpha())
            or (following[:1].islower() and not (chat and len(last) > 3))
        ):
            continue
        if match.group()[0] == "." and last.isdecimal() and start == match.start() - len(last):
            continue
        if match.group() == "." and not start and following and _DATE_ALONE.match(text[: match.start()]):
            continue
        if match.group()[0] == "." and last.isdecimal() and len(last) <= 2 and _MONTH.match(text[match.end() :]):
            continue
        yield from _pieces(start, match.end())
        start = match.end()
    if text[start:].strip():
        yield from _pieces(start, len(text))


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        yield start, start + LONGEST
        start += LONGEST
    yield start, end
