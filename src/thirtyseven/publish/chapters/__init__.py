"""Chapters of the report that a command of their own fills: what else was asked of a finished weighing.

A command leaves `<name>.json` in the weighing's folder. The module of that name here says which file it is (`FILE`) and
turns its content into words, figures and tables (`view`); `templates/chapters/<name>.html` shows them, beginning with an
h3. A file that is not there is named in one line with the command that makes it.
"""

import importlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from thirtyseven.publish.finished import FinishedFileError
from thirtyseven.publish.pages import environment
from thirtyseven.publish.weighed import Result

Part = Literal["found", "trust", "settle"]


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes:
        name: of its module here and of its template.
        part: what was found, how far to trust it, or what would settle it.
        command: what fills it, as it is typed after `thirtyseven`.
    """

    name: str
    part: Part
    command: str


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("everybody", "found", "run --ask all"),
    Chapter("responsibility", "found", "responsibility"),
    Chapter("counterfactual", "found", "counterfactual"),
    Chapter("predict", "found", "predict"),
    Chapter("recover", "trust", "recover"),
    Chapter("calibration", "trust", "calibrate"),
    Chapter("heldout", "trust", "heldout"),
    Chapter("sensitivity", "trust", "sensitivity"),
    Chapter("trial", "trust", "trial"),
    Chapter("evidence", "settle", "evidence"),
)
"""In the order of the report."""


@dataclass(frozen=True)
class Shown:
    """Chapters of one part, ready for the page.

    Attributes:
        bodies: those that were asked.
        names: their names.
        missing: the commands that were not run, as they are typed.
    """

    bodies: tuple[Markup, ...]
    names: tuple[str, ...]
    missing: tuple[str, ...]


def chapters(folder: Path | None, result: Result) -> dict[Part, Shown]:
    """Everything that was asked of a weighing beside its questions, by part of the report.

    Args:
        folder: the weighing's; None for a page without one.
        result: of the weighing.

    Raises:
        FinishedFileError: a chapter's file is there but broken; one sentence.
    """
    found: dict[Part, Shown] = {}
    for part in ("found", "trust", "settle"):
        bodies, names, missing = [], [], []
        for chapter in CHAPTERS:
            if chapter.part != part or not _written(chapter.name):
                continue
            body = _body(chapter, folder, result) if folder is not None else None
            if body is None:
                missing.append(f"thirtyseven {chapter.command}")
            else:
                bodies.append(body)
                names.append(chapter.name)
        found[part] = Shown(tuple(bodies), tuple(names), tuple(missing))
    return found


def body_of(name: str, folder: Path, result: Result) -> Markup | None:
    """One chapter by its name; None where nobody asked, or this version has it not.

    Raises:
        FinishedFileError: its file is there but broken; one sentence.
    """
    chapter = next((one for one in CHAPTERS if one.name == name), None)
    return _body(chapter, folder, result) if chapter is not None and _written(name) else None


def _written(name: str) -> bool:
    """Whether this version has the chapter."""
    return importlib.util.find_spec(f"{__name__}.{name}") is not None


def _body(chapter: Chapter, folder: Path, result: Result) -> Markup | None:
    module = importlib.import_module(f"{__name__}.{chapter.name}")
    path = folder / module.FILE
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        context: dict[str, Any] = module.view(content)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise FinishedFileError(
            f"{path} cannot be shown ({type(error).__name__}: {error}); run `thirtyseven {chapter.command}` again or delete it."
        ) from None
    page = environment().get_template(f"chapters/{chapter.name}.html").render(**context)
    return Markup(f'<div class="asked sub" id="asked-{chapter.name}">{page}{_caution(content, result)}</div>')


def _caution(content: dict[str, Any], result: Result) -> str:
    """A line where the chapter was made of another record or other code than the weighing on the same page."""
    differs = [
        word
        for word, own, theirs in (
            ("record", content.get("record_digest"), result.record_digest),
            ("code", content.get("code_digest"), result.code_digest),
            ("statistics", content.get("statistics_digest"), result.statistics_digest),
        )
        if own is not None and own != theirs
    ]
    if not differs:
        return ""
    return f'<p class="note">Careful: this was made with other {" and ".join(differs)} than the weighing on this page.</p>'
