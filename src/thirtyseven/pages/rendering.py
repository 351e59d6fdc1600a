"""Pages as HTML: the report's templates and look, with a frame of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from thirtyseven import __version__
from thirtyseven.pages.addresses import address_of, linked
from thirtyseven.pages.library import Library
from thirtyseven.publish import pages as report
from thirtyseven.publish.study.citing import MARKS, shown, when

TEMPLATES = Path(__file__).parent / "templates"

NavEntry = tuple[str, str]
"""Address and word."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the pages first, those of the report behind them; a missing name is an error, never silence."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(report.TEMPLATES)]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "address": address_of, "linked": linked, "when": dated, "amount": amount, "sentence": sentence, "shown": shown,
    }  # fmt: skip
    made.globals |= {"marks": MARKS, "version": __version__, "verdict_class": verdict_class}
    return made


_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_CLASSES = {
    "well supported": "v-agrees", "supported with limits": "v-agrees", "contested": "v-disputed",
    "not supported": "v-wrong", "wrong scope": "v-different", "cannot be known": "v-silent",
}  # fmt: skip


def verdict_class(word: str) -> str:
    """The class that colours a verdict; the word always stands beside the colour."""
    return _CLASSES.get(word, "v-silent")


def dated(edtf: str) -> str:
    """A date of the record in words: "5 August 1937", "summer 1937", "1936 on", "until 1938", "the 1930s"."""
    begin, slash, until = edtf.partition("/")
    if not re.search(r"-2[1-4]|X", edtf) and not (slash and {begin, until} & {"", ".."}):
        return when(edtf)
    one, other = _point(begin), _point(until)
    if not slash:
        return one
    return f"{one} – {other}" if one and other else f"{one} on" if one else f"until {other}"


def _point(text: str) -> str:
    """One end of a stretch of time, "" where it is open."""
    season = re.fullmatch(r"(\d{4})-(2[1-4])([~?%]?)", text)
    if season:
        return f"{'about ' if season[3] else ''}{_SEASONS[season[2]]} {season[1]}"
    decade = re.fullmatch(r"(\d{3})X([~?%]?)", text)
    if decade:
        return f"{'about ' if decade[2] else ''}the {decade[1]}0s"
    return "" if text in ("", "..") else when(text)


def amount(value: float | int | None) -> str:
    """A number with thousands separated, a dash where there is none."""
    return "–" if value is None else f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def sentence(text: str) -> str:
    """Text that begins with a capital and ends with a stop; "" stays ""."""
    text = text.strip()
    return text and text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”", ".)")) else ".")


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """Tokens, the report's rules, and what only the pages need."""
    rules = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "pages.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return str(report.stylesheet()) + re.sub(r"\n+", "", rules)


@lru_cache(maxsize=1)
def script() -> str:
    """The pages' one script: what it adds is comfort, never content."""
    return (TEMPLATES / "pages.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def runs_script() -> str:
    """The script of the page on which a run is awaited."""
    return (TEMPLATES / "runs.js").read_text(encoding="utf-8")


def html(template: str, library: Library, top: Iterable[NavEntry], foot: Iterable[NavEntry], at: str, **context: Any) -> str:
    """A page as HTML.

    Args:
        template: file name under `templates/`.
        library: what the pages are made of; its edition stands in every foot.
        top: the navigation.
        foot: the navigation at the foot.
        at: address of the page, for the mark in the navigation and for its citation.
        **context: what the template shows.
    """
    text = environment().get_template(template).render(
        library=library, record=library.record, top=list(top), foot=list(foot), at=at, **context
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", text)
