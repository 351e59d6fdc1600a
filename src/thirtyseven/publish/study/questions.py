"""The index of exam questions: types by board, in our own words, and which plan each leads to."""

from __future__ import annotations

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import StudyError, foot
from thirtyseven.publish.study.matching import read, vocabulary
from thirtyseven.publish.study.sheet import Block, Grid, Heading, Sheet, cell, paragraph, quiet, say
from thirtyseven.publish.study.sheet import Cell as _Cell
from thirtyseven.record import Record

HEAD = ("Board", "What is asked, in our words", "What it tests", "Example for the planner", "How we know")


def index(record: Record) -> Sheet:
    """The index as a sheet; every example is read by the planner, so that it leads to a plan.

    Args:
        record: the record.
    """
    rows = []
    known = vocabulary(record)
    for one in choices("questions")["type"]:
        example = (say(f"“{one['example']}”"), say(quiet(_plan(record, one["example"], known))))
        rows.append((cell(one["board"]), cell(one["task"]), cell(one["tests"]), _Cell(example), cell(one["checked"])))
    topics = tuple(
        (cell(one["title"]), cell(one["line"]), cell(", ".join(one["cues"][:8]))) for one in choices("topics")["topic"]
    )
    blocks: list[Block] = [
        paragraph("Exam papers are the boards' copyright: the types below are described in our own words, the examples are "
                  "ours. Check the board's current specification; where we say “recalled” it was not seen again.", role="note"),
        Grid("Types of questions by board", HEAD, tuple(rows), (17, 25, 24, 25, 9)),
        Heading("What the planner can plan for", 2),
        Grid("Subjects of the planner", ("Subject", "A line of argument", "Words it knows"), topics, (20, 50, 30)),
    ]  # fmt: skip
    return Sheet("Exam questions on the Terror: an index of types", "For use with thirtyseven study essay.", tuple(blocks),
                 foot(record), landscape=True)  # fmt: skip


def _plan(record: Record, question: str, known: frozenset[str]) -> str:
    """The subject of the plan to which a question leads."""
    try:
        return f"plan: {read(record, question, known).topic['title']}"
    except StudyError:
        return "no plan from this record"
