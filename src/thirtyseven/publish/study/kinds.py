"""What can be made: a name, a sentence, and the files that come of it.

The makers are imported where they are needed, so that the other commands do not wait for Word and Anki.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from thirtyseven.publish.study.citing import StudyError, foot
from thirtyseven.publish.study.sheet import Sheet, clean
from thirtyseven.record import Record

KINDS: Mapping[str, str] = {
    "table": "the explanations with argument, historians, supporting and countering evidence; the consequences; a blank version",
    "cards": "an Anki deck and a CSV file: questions, gaps, and disputed questions with both answers",
    "mindmap": "the questions and what is known as Markdown, OPML, FreeMind and SVG",
    "essay": "a plan for a QUESTION: line of argument, factors in order, evidence, counter-evidence, reply; never the essay",
    "questions": "types of exam questions by board, in our own words, with the subjects that 'essay' can plan for",
    "worksheet": "sources that disagree, the Kirov case file, the responsibility grid; each for students and for the teacher",
    "timeline": "dated causes, events and consequences on one page, on three, and in full",
    "notes": "causes, events, consequences and disputes on one page, on three, and in full",
}
"""Kind to what it makes."""


def make(record: Record, kind: str, question: str | None = None) -> dict[str, bytes]:
    """Make the files of one kind.

    Args:
        record: the record.
        kind: one of `KINDS`.
        question: what the essay is to answer; for `essay` only.

    Returns:
        File name to contents, the same bytes every time.

    Raises:
        StudyError: for an unknown kind, and for a question where none belongs or none that the record can answer.
    """
    if kind not in KINDS:
        raise StudyError(f"there is no study output called '{clean(kind)[:40]}'; choose one of: {', '.join(KINDS)}")
    if question is not None and kind != "essay":
        raise StudyError(f"'{kind}' takes no question; only 'essay' does: thirtyseven study essay \"{clean(question)[:60]}\"")
    _must_be_whole(record)
    if kind == "essay":
        return _essay(record, question)
    makers: Mapping[str, Callable[[Record], dict[str, bytes]]] = {
        "table": _table, "cards": _cards, "mindmap": _mindmap, "questions": _questions, "worksheet": _worksheet,
        "timeline": _timeline, "notes": _notes,
    }  # fmt: skip
    return makers[kind](record)


def _must_be_whole(record: Record) -> None:
    """Refuse a record that lacks what sheets are made from.

    Raises:
        StudyError: where it holds no claims, no explanations or no events.
    """
    for name in ("claims", "explanations", "events", "responsibility"):
        if not getattr(record, name):
            raise StudyError(
                f"the record in '{record.folder}' holds no {name}, from which study sheets are made; "
                "use the record that comes with the program"
            )


def _sheet(name: str, sheet: Sheet) -> dict[str, bytes]:
    """A sheet in the three forms in which a class can use it."""
    from thirtyseven.publish.study import markdown, page, word

    return {
        f"{name}.html": page.page(sheet).encode(),
        f"{name}.docx": word.page(sheet),
        f"{name}.md": markdown.page(sheet).encode(),
    }


def _table(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import table

    return _sheet("explanations", table.table(record)) | _sheet("explanations-blank", table.blank(record))


def _cards(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import cards, deck

    made = cards.cards(record)
    return {"great-terror.apkg": deck.apkg(made), "great-terror-cards.csv": deck.table(made).encode()}


def _mindmap(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import drawing, outlines, tree

    root, below = tree.tree(record), foot(record)
    texts = {
        "mindmap.md": outlines.markdown(root, below),
        "mindmap.opml": outlines.opml(root, below),
        "mindmap.mm": outlines.freemind(root),
        "mindmap.svg": drawing.svg(root, below),
    }
    return {name: text.encode() for name, text in texts.items()}


def _essay(record: Record, question: str | None) -> dict[str, bytes]:
    from thirtyseven.publish.study import essay, matching

    if question is None:
        raise StudyError(
            'an essay plan needs a question: thirtyseven study essay "How far was Stalin responsible for the Terror?" '
            "(thirtyseven study questions lists types)"
        )
    asked = matching.read(record, question)
    return _sheet(f"essay-{asked.topic['slug']}", essay.plan(record, asked))


def _questions(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import questions

    return _sheet("questions", questions.index(record))


def _worksheet(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import conflicts, grid, kirov

    made: dict[str, bytes] = {}
    for name, sheet in (
        ("sources-student", conflicts.student(record)), ("sources-teacher", conflicts.teacher(record)),
        ("kirov-student", kirov.student(record)), ("kirov-teacher", kirov.teacher(record)),
        ("responsibility-student", grid.student(record)), ("responsibility-teacher", grid.teacher(record)),
    ):  # fmt: skip
        made |= _sheet(f"worksheet-{name}", sheet)
    return made


def _timeline(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import dated

    made: dict[str, bytes] = {}
    for length in dated.LENGTHS:
        made |= _sheet(f"timeline-{length}", dated.timeline(record, length))
    return made


def _notes(record: Record) -> dict[str, bytes]:
    from thirtyseven.publish.study import dated, notes

    made: dict[str, bytes] = {}
    for length in dated.LENGTHS:
        made |= _sheet(f"notes-{length}", notes.notes(record, length))
    return made


def write(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write files into a folder, each whole or not at all.

    Args:
        files: name to contents.
        out: the folder; made where it is missing.

    Returns:
        The paths, sorted.

    Raises:
        OSError: where the folder cannot be made or written.
        StudyError: where the folder's name belongs to a file.
    """
    if out.exists() and not out.is_dir():
        raise StudyError(f"'{out}' is a file, not a folder; name a folder after --out")
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in sorted(files):
        handle, draft = tempfile.mkstemp(dir=out, prefix=".study-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(files[name])
            Path(draft).chmod(0o644)
            Path(draft).replace(out / name)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        paths.append(out / name)
    return paths
