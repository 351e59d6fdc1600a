"""Which of the 412 statements of the five school texts the program answers, where, and what is still owed.

The system that this program implements was read off five texts, statement by statement (`inventory.csv`). Each
statement points to the places that speak to it (`coverage.csv`). Here every pointer is followed: into the record, or
into the laws, strata, statistics and outputs of the program. Nothing is counted as answered because a table says so.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thirtyseven.record import Record
from thirtyseven.record.model import Coverage as Row

OUTPUTS = {
    "report": ("thirtyseven.publish.report", "the report of a weighing"),
    "check": ("thirtyseven.notes.check", "the check of somebody's own notes"),
    "run": ("thirtyseven.simulation.run", "one run of a scenario beside the record"),
    "record": ("thirtyseven.cli.record", "the record, searched or opened by pointer"),
    "study-table": ("thirtyseven.publish.study.table", "the table of explanations to print, with both kinds of evidence"),
    "study-cards": ("thirtyseven.publish.study.cards", "cards for revision, with both answers where a question is contested"),
    "study-kirov": ("thirtyseven.publish.study.kirov", "the Kirov case file with three hypotheses and an open verdict"),
    "counterfactual": ("thirtyseven.inference.counterfactual", "paired runs with one dated decision left undone"),
    "attribution": ("thirtyseven.inference.responsibility", "causal parts of offices under stated rules and baselines"),
    "people-ties": ("thirtyseven.simulation.ask", "kin, acquaintances, patrons and vacancies in everybody's run (`run --ask`)"),
    "pages-timeline": ("thirtyseven.pages.timeline", "the timeline of the pages, with date precision"),
    "pages-responsibility": ("thirtyseven.pages.responsibility", "acts by actor, kind and document on the pages"),
    "pages-channels": ("thirtyseven.pages.runs.shown", "whom a run reached, channel by channel, on the pages"),
}
"""Outputs that exist: name -> the module that makes them, and what they are."""

OWED: dict[str, str] = {}
"""Parts of the program that are not yet there: name -> what they will hold."""

KINDS = {
    "F": "figure",
    "C": "claim",
    "E": "event",
    "A": "actor",
    "O": "office",
    "L": "act in the ledger",
    "X": "explanation",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How one statement of the inventory is met.

    Attributes:
        item: id of the statement, `S1` to `S412`.
        rows: the places that speak to it today.
        owed: the places that a later part of the program still owes it.
        broken: pointers of either kind that lead nowhere, or are called owed although they open.
    """

    item: str
    rows: tuple[Row, ...]
    owed: tuple[Row, ...]
    broken: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether at least one place speaks to the statement today."""
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole inventory with its answers.

    Attributes:
        answers: statement -> answer, in the order of the inventory.
        pointers: kind of place -> number of places of that kind.
        owed_by: part of the program -> number of statements that it still owes something.
    """

    answers: dict[str, Answer]
    pointers: dict[str, int]
    owed_by: dict[str, int]

    @property
    def covered(self) -> tuple[str, ...]:
        """Statements to which something speaks today."""
        return tuple(item for item, answer in self.answers.items() if answer.covered)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Statements to which nothing speaks today."""
        return tuple(item for item, answer in self.answers.items() if not answer.covered)

    @property
    def broken(self) -> tuple[str, ...]:
        """Everything that does not hold, as `item: pointer: what is wrong`."""
        return tuple(f"{item}: {fault}" for item, answer in self.answers.items() for fault in answer.broken)


def coverage(record: Record) -> Coverage:
    """Follow every pointer of the coverage table and count.

    Args:
        record: the record, with inventory and coverage.

    Returns:
        Answers by statement, and totals.
    """
    by_item: dict[str, list[Row]] = {item: [] for item in record.inventory}
    for row in record.coverage:
        by_item.setdefault(row.item, []).append(row)
    answers = {item: _answer(record, item, rows) for item, rows in by_item.items()}
    pointers = Counter(kind_of(row.pointer) for answer in answers.values() for row in answer.rows)
    owed = Counter(part for answer in answers.values() for part in {row.owed_by for row in answer.owed})
    return Coverage(answers, dict(sorted(pointers.items())), dict(sorted(owed.items())))


def kind_of(pointer: str) -> str:
    """Return what kind of place a pointer leads to, in words."""
    head, colon, _ = pointer.partition(":")
    return head if colon else KINDS.get(pointer[:1], "statement")


def opens(record: Record, pointer: str) -> bool:
    """Return whether a pointer leads to something that exists.

    Args:
        record: the record.
        pointer: an id of the record, `mechanism:`, `statistic:` or `output:` with a name.
    """
    kind, _, name = pointer.partition(":")
    if kind == "mechanism":
        return name in mechanisms()
    if kind == "statistic":
        return name in statistics()
    if kind == "output":
        return name in OUTPUTS and importlib.util.find_spec(OUTPUTS[name][0]) is not None
    try:
        record.get(pointer)
    except KeyError:
        return False
    return True


@cache
def mechanisms() -> dict[str, str]:
    """Return what `mechanism:` pointers lead to: explanations, core parameters, strata, channels -> words."""
    from thirtyseven.explanations import EXPLANATIONS
    from thirtyseven.explanations.base import CHANNELS
    from thirtyseven.scenario.core import CORE
    from thirtyseven.scenario.design import COMPOSITES
    from thirtyseven.society.strata import STRATA

    found = {name: f"channel: {name}" for name in CHANNELS}
    found |= {one.slug: f"people of the model: {one.label}" for one in STRATA}
    found |= {one.name: f"number of the core: {one.meaning}" for one in CORE}
    found |= dict.fromkeys(COMPOSITES, "several laws acting together")
    return found | {one.slug: f"law: {one.title}" for one in EXPLANATIONS}


@cache
def statistics() -> dict[str, str]:
    """Return what `statistic:` pointers lead to: id -> what it measures."""
    from thirtyseven.summaries.statistics import STATISTICS

    return {one.id: one.title for one in STATISTICS}


def describe(record: Record, pointer: str) -> str:
    """Say in a few words what a pointer leads to.

    Args:
        record: the record.
        pointer: as for `opens`.

    Returns:
        Words for the reader; the pointer itself where nothing is known.
    """
    kind, _, name = pointer.partition(":")
    if kind == "mechanism":
        return mechanisms().get(name, pointer)
    if kind == "statistic":
        return statistics().get(name, pointer)
    if kind == "output":
        return OUTPUTS[name][1] if name in OUTPUTS else pointer
    thing = record.get(pointer)
    for attribute in ("text", "title", "name", "item", "document", "statement"):
        words = getattr(thing, attribute, "")
        if isinstance(words, str) and words:
            return words
    return pointer


def _answer(record: Record, item: str, rows: list[Row]) -> Answer:
    """Split the places of one statement into those that are there and those that are owed."""
    broken: list[str] = []
    for row in rows:
        found = opens(record, row.pointer)
        if not row.owed_by and not found:
            broken.append(f"{row.pointer}: opens nothing")
        elif row.owed_by and found:
            broken.append(f"{row.pointer}: is called owed, but it is there")
        elif row.owed_by and row.owed_by not in OWED:
            broken.append(f"{row.pointer}: is owed by '{row.owed_by}', which is no part of the program")
    now = tuple(row for row in rows if not row.owed_by and opens(record, row.pointer))
    return Answer(item, now, tuple(row for row in rows if row.owed_by), tuple(broken))


def page(record: Record) -> str:
    """Write the coverage as a Markdown page.

    Args:
        record: the record.

    Returns:
        The text of `docs/coverage.md`.
    """
    found = coverage(record)
    lines = [
        "# What the program answers of the five texts",
        "",
        "The program implements a system that five school texts describe: causes, events, explanations, disputes. They",
        f"were read line by line into {len(found.answers)} numbered statements, put into our own words. This page is",
        "generated: every pointer has been followed. Open one with `thirtyseven record POINTER`.",
        "",
        *_totals(record, found),
        "",
        *_table(record, found),
    ]
    return "\n".join(lines) + "\n"


def _totals(record: Record, found: Coverage) -> list[str]:
    """Write the counts."""
    places = sum(found.pointers.values())
    distinct = sum(not item.same_as for item in record.inventory.values())
    owing = sum(bool(answer.owed) for answer in found.answers.values())
    lines = [
        f"* Answered: **{len(found.covered)} of {len(found.answers)}** statements ({distinct} distinct ones; the others "
        f"restate an earlier one), by {places} places.",
        f"* Not answered: {len(found.uncovered)}. Pointers that do not open: {len(found.broken)}.",
        f"* Still owed something more by parts of the program to come: {owing} statements, each answered already.",
        "",
        "| places | number |",
        "|---|---|",
        *(f"| {kind} | {number} |" for kind, number in found.pointers.items()),
    ]
    if found.owed_by:
        lines += ["", "| owed by | statements | what it will hold |", "|---|---|---|"]
        lines += [f"| {part} | {number} | {OWED.get(part, '')} |" for part, number in found.owed_by.items()]
    return lines


def _table(record: Record, found: Coverage) -> list[str]:
    """Write one row per statement."""
    lines = ["| statement | kind | where | what it says there |", "|---|---|---|---|"]
    for item, answer in found.answers.items():
        known = record.inventory[item]
        for number, row in enumerate((*answer.rows, *answer.owed)):
            head = f"**{item}** {_cell(known.statement)} | {known.kind}" if number == 0 else " | "
            says = row.says + (f" (*owed by {row.owed_by}*)" if row.owed_by else "")
            lines.append(f"| {head} | `{row.pointer}` | {_cell(says)} |")
    return lines


def _cell(text: str) -> str:
    """Make a text safe for a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def write_page(record: Record, path: Path) -> Path:
    """Write the page to a file and return its path."""
    path.write_text(page(record), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    import sys

    from thirtyseven.record import load

    write_page(load(), Path(sys.argv[1] if len(sys.argv) > 1 else "docs/coverage.md"))
