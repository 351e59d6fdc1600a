"""Reading an essay question: what it asks for, what it is about, and whether the record has anything on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import StudyError
from thirtyseven.publish.study.sheet import clean
from thirtyseven.record import Record

LONGEST = 400
"""Characters of a question; what is longer is a text, not a question."""

_TRY = 'thirtyseven study questions lists types of questions, for instance "How far was Stalin responsible for the Terror?"'


@dataclass(frozen=True)
class Asked:
    """A question as it was read.

    Attributes:
        text: the question, cleaned.
        topic: the entry of `topics.toml`.
        form: the entry of `forms.toml`.
        named: factors that the question names itself, in the topic's order.
        unread: words of which neither the plan nor the record knows anything.
    """

    text: str
    topic: Mapping[str, Any]
    form: Mapping[str, Any]
    named: tuple[str, ...]
    unread: tuple[str, ...]


def read(record: Record, question: str, known: frozenset[str] | None = None) -> Asked:
    """Read a question.

    Args:
        record: the record.
        question: what somebody typed.
        known: the words of `vocabulary`, where many questions are read one after another.

    Raises:
        StudyError: where it is empty, too long, or about nothing that the record holds.
    """
    text = clean(question)
    if len(text) > LONGEST:
        raise StudyError(f"the question has {len(text):,} characters; a question has at most {LONGEST}, give one sentence")
    words = _words(text)
    if not words:
        raise StudyError(f"there is no question to plan for; {_TRY}")
    folded = f" {' '.join(words)} "
    forms, topics = choices("forms"), choices("topics")["topic"]
    topic = max(topics, key=lambda one: _weight(folded, one["cues"]))
    _must_concern_us(text, folded, forms, bool(topic.get("own")) and _weight(folded, topic["cues"]) > 0)
    held = vocabulary(record) if known is None else known
    unread = tuple(dict.fromkeys(word for word in words if not _is_known(word, held)))
    if not _weight(folded, topic["cues"]):
        if unread:
            raise StudyError(f"the record has nothing on {_listed(unread)}; {_TRY}")
        topic = topics[0]
    elif len(unread) > len([word for word in words if word not in forms["plain"]]) - len(unread):
        raise StudyError(f"the record has nothing on {_listed(unread)}; {_TRY}")
    named = tuple(
        one["factor"] for one in topic["factors"] if _weight(folded, choices("factors")[one["factor"]]["cues"])
    )  # fmt: skip
    form = next((one for one in forms["form"] if _weight(folded, one["cues"])), forms["form"][-1])
    return Asked(text, topic, form, named, unread)


def _words(text: str) -> list[str]:
    plain = text.casefold().replace("’", "'").replace("‘", "'")
    return re.findall(r"\d+|[^\W\d_]+(?:['-][^\W\d_]+)*", plain)


def _weight(folded: str, cues: Iterable[str]) -> int:
    """Words of the cues that occur; longer cues count more, so that `show trials` beats `trials`."""
    return sum(len(cue.split()) ** 2 for cue in cues if f" {' '.join(_words(cue))} " in folded)


def _must_concern_us(text: str, folded: str, forms: Mapping[str, Any], own: bool) -> None:
    """Refuse what is about another subject: no word of the Terror, or the words of another terror."""
    anchor, place = _weight(folded, forms["anchors"]), _weight(folded, forms["places"])
    stranger = _weight(folded, forms["strangers"])
    about_us = anchor or (place and own)
    if (stranger and not place) or not about_us:
        raise StudyError(
            f"“{text[:80]}” is not about the Terror of 1934–39 in the Soviet Union, and the record holds nothing else; {_TRY}"
        )


def vocabulary(record: Record) -> frozenset[str]:
    """Words that a question may use: plain English, cues, and what occurs in claims, events and explanations."""
    forms = choices("forms")
    known = set(forms["plain"])
    for cues in (forms["anchors"], forms["places"], *(one["cues"] for one in choices("topics")["topic"]),
                 *(one["cues"] for one in forms["form"]), *(one["cues"] for one in choices("factors").values())):  # fmt: skip
        known.update(word for cue in cues for word in _words(cue))
    texts = [f"{one.text} {one.best} {one.reason}" for one in record.claims.values()]
    texts += [one.title for one in record.events.values()]
    texts += [f"{one.argument} {one.gloss}" for one in record.explanations.values()]
    known.update(word for text in texts for word in _words(text))
    return frozenset(known)


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether a word, or the word without an English ending, is known."""
    stems = {word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")}
    stems |= {word.removesuffix(end) for end in ("ed", "ing", "d", "ly", "ism", "ist")}
    return word.isdigit() or bool((stems | {stem + "e" for stem in stems} | {word + "s"}) & known)


def _listed(words: tuple[str, ...]) -> str:
    shown = [f"“{word[:30]}”" for word in words[:4]]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
