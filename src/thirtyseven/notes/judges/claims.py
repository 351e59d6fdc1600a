"""Recognises a claim of the record that a statement repeats almost word for word; used where no other judge speaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, WRONG, load_knowledge
from thirtyseven.notes.language.text import Token, tokens_of
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import Record, load

ALIKE = 0.75
"""Share of words in common from which on a statement is taken to make the same claim."""

FEWEST = 4
"""Words in common below which likeness says nothing."""

_VERDICTS = {"well supported": AGREES, "not supported": WRONG, "wrong scope": DIFFERENT}
_EMPTY = frozenset(
    "the a an of and or to in on at by for with from as that this these those it its was were is are be "
    "been being had has have his her "
    "their he she they who which also were not no never did do does than then so into out over about after before".split()
)
_DENIALS = frozenset({"not", "no", "never", "nobody", "none", "neither", "nor", "without", "hardly", "n't"})


@dataclass(frozen=True)
class _Form:
    claim: str
    words: frozenset[str]
    numbers: frozenset[str]
    denied: bool
    people: frozenset[str]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _form(claim: str, tokens: list[Token]) -> _Form:
    people = frozenset(tag.key for tag in load_knowledge().lexicon.tags(tokens) if tag.kind == "person")
    low = [token.low for token in tokens]
    return _Form(
        claim,
        frozenset(_stem(token.low) for token in tokens if token.kind == "word" and token.low not in _EMPTY),
        frozenset(token.low.replace(",", "") for token in tokens if token.kind in ("number", "ordinal")),
        any(word in _DENIALS or word.endswith("n't") for word in low),
        people,
    )


@lru_cache(maxsize=1)
def _record() -> Record:
    return load()


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[_Form, ...], dict[str, tuple[int, ...]]]:
    """All wordings of the record's decidable claims, and the wordings that hold each word."""
    record = _record()
    forms = tuple(
        _form(claim.id, tokens_of(text))
        for claim in record.claims.values()
        if claim.verdict in _VERDICTS
        for text in (claim.text, *claim.variants)
    )
    index: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for word in form.words:
            index[word].append(number)
    return forms, {word: tuple(numbers) for word, numbers in index.items()}


def judge_claims(reading: Reading) -> list[Finding]:
    """A finding if the statement repeats a claim that the record supports, rejects or finds out of scope."""
    if reading.question or reading.hedged or len(reading.tokens) > 60 or reading.statement.lead:
        return []
    mine = _form("", reading.tokens)
    if len(mine.words) < FEWEST:
        return []
    forms, index = _forms()
    shared: dict[int, int] = defaultdict(int)
    for word in mine.words:
        for number in index.get(word, ()):
            shared[number] += 1
    best: tuple[float, str] | None = None
    for number, common in sorted(shared.items()):
        form = forms[number]
        if common < FEWEST or (form.numbers, form.denied, form.people) != (mine.numbers, mine.denied, mine.people):
            continue
        alike = common / len(form.words | mine.words)
        if alike >= ALIKE and (best is None or alike > best[0]):
            best = alike, form.claim
    if best is None:
        return []
    claim = _record().claims[best[1]]
    verdict = _VERDICTS[claim.verdict]
    return [
        Finding(
            0,
            len(reading.tokens) - 1,
            verdict,
            f"record:{claim.id}",
            claim.text,
            claim.best,
            "the record's claim " + claim.id,
            why="" if verdict == AGREES else claim.reason,
            wording="" if verdict == AGREES else claim.best,
            claim=claim.family,
            figure=tuple(claim.figures[:3]),
            strength=4.0,
        )
    ]
