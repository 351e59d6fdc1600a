"""Cards as an Anki deck and as CSV."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import genanki

import thirtyseven
from thirtyseven.publish.study.cards import Card, branches, judged
from thirtyseven.publish.study.sheet import clean
from thirtyseven.publish.study.zipped import steady
from thirtyseven.publish.tokens import DARK, LIGHT, SANS, SERIF

NAME = "The Great Terror (thirtyseven)"
COLUMNS = ("id", "kind", "branch", "front", "back", "second answer", "note", "verdict", "source")
_MODELS = {"basic": 1_370_370_001, "cloze": 1_370_370_002, "contested": 1_370_370_003}
"""Ids of the note types. Never change them: Anki knows a card of an earlier deck by note type and guid."""
_DAY = 1_767_225_600
"""1 January 2026, the stamp of version 0.0.0; each later version counts as a minute later or more, never as today."""


def guid(key: str) -> str:
    """The identity of a card: it rests on its key alone, never on its text."""
    return str(genanki.guid_for("thirtyseven", key))


def stamp(version: str = thirtyseven.__version__) -> float:
    """Seconds since 1970 that stand for a version, so that Anki takes a newer deck as newer.

    Args:
        version: three numbers with points; what follows them is ignored.
    """
    numbers = [int("".join(filter(str.isdigit, part)) or 0) for part in version.split(".")[:3]]
    major, minor, patch = (numbers + [0, 0, 0])[:3]
    return float(_DAY + 60 * (major * 10_000 + minor * 100 + patch))


def shown(text: str) -> str:
    """Text as it stands in a field: escaped, and without anything that Anki would play or run."""
    return html.escape(clean(text), quote=True).replace("[", "&#91;").replace("]", "&#93;")


def apkg(cards: Sequence[Card]) -> bytes:
    """The cards as an Anki package.

    Args:
        cards: what to learn.

    Returns:
        The file's bytes, the same every time with one version of SQLite.
    """
    models = _models()
    decks = {}
    for slug, title in branches().items():
        name = f"{NAME}::{title}"
        decks[slug] = genanki.Deck(_number(f"deck/{slug}"), name, "From the record of the Great Terror. Made by thirtyseven.")
    for card in cards:
        note = genanki.Note(
            model=models[card.kind], fields=_fields(card), guid=guid(card.key), tags=_tags(card), sort_field=card.key
        )  # fmt: skip
        decks[card.branch].add_note(note)
    filled = [deck for deck in decks.values() if deck.notes]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(filled).write_to_file(str(path), timestamp=stamp())
        return steady(path.read_bytes())


def _number(name: str) -> int:
    """A stable number for Anki, between 2^30 and 2^31."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % (1 << 30)


def _fields(card: Card) -> list[str]:
    note, verdict, source = shown(card.note), shown(judged(card)), shown(card.source)
    if card.kind == "contested":
        return [shown(card.front), shown(card.back), shown(card.other), note, verdict, source, card.key]
    if card.kind == "cloze":
        return [shown(card.front), note, verdict, source, card.key]
    return [shown(card.front), shown(card.back), note, verdict, source, card.key]


def _tags(card: Card) -> list[str]:
    return [f"thirtyseven::{card.kind}", f"thirtyseven::{card.branch}"]


_REST = (
    '{{#Verdict}}<p class="v">{{Verdict}}</p>{{/Verdict}}{{#Note}}<p class="n">{{Note}}</p>{{/Note}}'
    '{{#Source}}<p class="s">{{Source}}</p>{{/Source}}<p class="s">{{Key}}</p>'
)


def _models() -> dict[str, genanki.Model]:
    """The three note types; questions on what happened to people are set in plain serif, without any colour code."""
    rest = [{"name": name} for name in ("Note", "Verdict", "Source", "Key")]
    basic = genanki.Model(
        _MODELS["basic"], "thirtyseven: question", [{"name": "Question"}, {"name": "Answer"}, *rest],
        [{"name": "Card 1", "qfmt": "<p>{{Question}}</p>",
          "afmt": '{{FrontSide}}<hr id="answer"><p>{{Answer}}</p>' + _REST}], css=_css(),
    )  # fmt: skip
    cloze = genanki.Model(
        _MODELS["cloze"], "thirtyseven: gap", [{"name": "Text"}, *rest],
        [{"name": "Cloze", "qfmt": "<p>{{cloze:Text}}</p>", "afmt": "<p>{{cloze:Text}}</p><hr>" + _REST}],
        css=_css(), model_type=genanki.Model.CLOZE,
    )  # fmt: skip
    both = (
        '{{FrontSide}}<hr id="answer"><p class="l">One answer</p><p>{{One answer}}</p>'
        '<p class="l">The other answer</p><p>{{Other answer}}</p>'
    )
    asks = '<p>{{Question}}</p><p class="n">Disputed: give both answers and what speaks for each.</p>'
    fields = [{"name": name} for name in ("Question", "One answer", "Other answer")]
    contested = genanki.Model(
        _MODELS["contested"], "thirtyseven: disputed question", [*fields, *rest],
        [{"name": "Card 1", "qfmt": asks, "afmt": both + _REST}], css=_css(),
    )  # fmt: skip
    return {"basic": basic, "cloze": cloze, "contested": contested}


def _css() -> str:
    light, dark = LIGHT, DARK
    return (
        f".card{{font:20px/1.5 {SERIF};color:{light['ink']};background:{light['paper']};text-align:left;"
        "max-width:36em;margin:0 auto;padding:1em}"
        f".l,.v,.n,.s{{font:15px/1.45 {SANS};color:{light['ink2']}}}.l{{font-weight:600;margin-bottom:0}}"
        f".v{{font-weight:600;color:{light['ink']}}}.s{{font-size:13px;color:{light['ink3']}}}"
        f".cloze{{font-weight:600;color:{light['accent']}}}hr{{border:0;border-top:1px solid {light['edge']}}}"
        f".nightMode.card,.night_mode .card{{color:{dark['ink']};background:{dark['paper']}}}"
        f".nightMode .v,.nightMode .n,.nightMode .l,.nightMode .s{{color:{dark['ink2']}}}"
        f".nightMode .cloze{{color:{dark['accent']}}}"
    )


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = clean(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def table(cards: Sequence[Card]) -> str:
    """The cards as CSV, one a line, formulas neutralised; gaps stand as `{{c1::...}}` in `front`.

    Args:
        cards: what to learn.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for card in cards:
        cells = (card.key, card.kind, branches()[card.branch], card.front, card.back, card.other, card.note, card.verdict,
                 card.source)  # fmt: skip
        writer.writerow([neutral(one) for one in cells])
    return out.getvalue()
