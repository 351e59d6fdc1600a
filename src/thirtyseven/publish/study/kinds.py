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
}
"""Kind to what it makes."""

LONGEST = 400
"""Characters of an essay question; what is longer is no question."""


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
    makers: Mapping[str, Callable[[Record], dict[str, bytes]]] = {
        "table": _table, "cards": _cards, "mindmap": _mindmap,
    }  # fmt: skip
    return makers[kind](record)


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
