"""Recognises statements without a number that repeat a claim of the record in other words (``data/theses.toml``)."""

from __future__ import annotations

import re

from thirtyseven.notes.known.entries import AGREES, DIFFERENT, DISPUTED, WRONG, Occurrence, Thesis
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.language.groups import group_of
from thirtyseven.notes.language.text import tokens_of
from thirtyseven.notes.language.words import Words
from thirtyseven.notes.meaning.reading import FAR, Reading
from thirtyseven.record import load

WIDEST = 45
"""Tokens between the first and the last word of a thesis beyond which two things are spoken of."""

_WORDS = 3
"""Words below which a bullet only names a topic ("economy -> scapegoats")."""

VERDICTS = {
    "well supported": AGREES, "supported with limits": AGREES, "not supported": WRONG, "wrong scope": DIFFERENT,
    "contested": DISPUTED, "cannot be known": DISPUTED,
}  # fmt: skip
"""What a claim's verdict in the record says of notes that make the claim."""


def judge_theses(reading: Reading) -> list[Finding]:
    """Findings on claims of the record that the statement makes in other words, one for each claim."""
    if reading.question or reading.supposing or reading.words.joined.count(" ") < _WORDS - 1:
        return []
    found: dict[str, Finding] = {}
    for thesis in reading.knowledge.theses_near(reading.words.beginnings, reading.keys):
        spans = spoken_of(reading, thesis)
        finding = _finding(reading, thesis, spans) if spans else None
        if finding is not None:
            found.setdefault(thesis.claim, finding)
    return list(found.values())


_OF_THE_TERROR = Words(tokens_of("terror 1937 1938"))
"""What is spoken of in notes on the terror even where the sentence does not say so."""

Spans = list[tuple[int, int]]


def spoken_of(reading: Reading, thesis: Thesis | Occurrence) -> Spans | None:
    """First and last token of each part of a thesis or event, if all of it is there and nothing that bars it.

    Args:
        reading: the statement.
        thesis: what is looked for.
    """
    text = reading.words
    if not all(group_of(part).possible(text.beginnings, reading.keys) for part in thesis.all):
        return None
    spans = []
    for part in thesis.all:
        span = group_of(part).found(text, reading.tags)
        if span is None:
            return None
        spans.append(span)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if last - first > WIDEST or reading.in_quotation(first, last):
        return None
    if thesis.none and group_of(thesis.none).found(text, reading.tags) is not None:
        return None
    if thesis.need:
        need = group_of(thesis.need)
        known = (
            reading.statement.era and not isinstance(thesis, Occurrence) and need.found(_OF_THE_TERROR, []) is not None
        )
        if not known and need.found(text, reading.tags) is None and not need.above(reading.above, reading.context_keys):
            return None
    return spans


def denied(reading: Reading, spans: Spans) -> bool:
    """Whether a negation stands before or between the parts and is no part itself ("nobody could stop it")."""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if reading.refuted:
        return True
    if any((reading.low(index), reading.low(index + 1)) in FAR for index in range(max(0, first - 4), last)):
        return True
    behind = [reading.low(index) for index in range(last + 1, last + 8)]
    if {"myth", "legend", "untrue", "exaggeration"} & set(behind) and {"is", "are", "was", "were"} & set(behind):
        return True
    return any(
        reading.cue("negation", index, index) and not any(one <= index <= two for one, two in spans)
        for index in range(max(0, first - 4), last + 1)
    )


_ABLE = frozenset({"could", "may", "might", "if"})


_HELD = frozenset("believe believes believed think thinks thought suspect suspects suspected suspicion".split())
_LEADERS = frozenset("stalin him he leadership leaders politburo yezhov stalin's".split())


def doubted(reading: Reading, spans: Spans) -> bool:
    """Whether it is said with reserve; "could" behind all of it is part of something else ("..., which shows they could")."""
    last = max(span[1] for span in spans)
    return reading.hedged and any(
        reading.cue("hedge", index, index)
        and reading.low(index + 1) != ":"  # "Evidence: ..."
        and not (reading.low(index) in _ABLE and (index > last or reading.low(index + 1) in ("no", "not")))
        and not (reading.tokens[index].text == "May" and index)  # the month
        and not (reading.low(index) in _HELD and {reading.low(index - 1), reading.low(index - 2)} & _LEADERS)
        and not any(one <= index <= two for one, two in spans)
        for index in range(len(reading.tokens))
    )


_THEIRS = re.compile(
    r"(?<!\S)(?:(?:some|many|several|few|a few|other|others|certain|older|some western|many western) "
    r"(?:(?:historians|scholars|authors|writers|people|books|textbooks) )?"
    r"(?:say|see|hold|think|regard|call|believe|argue|stress|speak|take|doubt|blame|assume|maintain|suspect|have|explain)|"
    r"(?:often|usually|sometimes|commonly|easily|still) (?:imagined|pictured|portrayed|remembered|seen|described|told|read)|"
    r"seems?|seemed|seeming|felt like|it is said|is said to|are said to|was said to|doubts|disputes|questions whether|rejects|"
    r"denies|refutes|contradicts|to (?:many|some|contemporaries)|in the eyes of|as if|"
    r"in (?:his|her|their) (?:view|eyes|opinion)|accused of|charged with|convicted of)(?!\S)"
)
"""Words that give a claim as others see it, which the cues do not know."""


_PLANS = frozenset({"plan", "plans", "blueprint", "design", "schedule", "script"})
"""According to these something is done; it is not said by them."""


def _theirs(reading: Reading, spans: Spans) -> bool:
    """Whether it is put in somebody's mouth by a word that is no part of the claim itself ("the Politburo said no")."""
    return any(
        reading.cue("attribution", index, index)
        and reading.low(index + 1) != ":"  # "Claim: ..."
        and not any(one <= index <= two for one, two in spans)
        and not (reading.low(index) == "according" and _PLANS & {reading.low(index + step) for step in range(2, 6)})
        for index in range(len(reading.tokens))
    )


def ascribed(reading: Reading) -> bool:
    """Whether it is given as others see it ("some say", "it seemed")."""
    return _THEIRS.search(reading.words.joined) is not None


def _finding(reading: Reading, thesis: Thesis, spans: Spans) -> Finding | None:
    claim = load().claims[thesis.claim]
    verdict = thesis.verdict or VERDICTS[claim.verdict]
    schools = claim.family == "attributions"  # what historians hold is the matter itself
    quoting = reading.quoting and (not reading.attributed or _theirs(reading, spans))
    if not schools and (quoting or (verdict != AGREES and (_theirs(reading, spans) or ascribed(reading)))):
        return None
    if reading.refuted:
        verdict = thesis.negated or (AGREES if verdict == WRONG else "")
    elif not thesis.denies and denied(reading, spans):
        verdict = thesis.negated
    elif (
        doubted(reading, spans)
        and not schools
        and verdict != AGREES
        and thesis.hedged != "same"
        and not reading.certain
    ):
        return None
    if not verdict:
        return None
    right = verdict == AGREES
    return Finding(
        min(span[0] for span in spans), max(span[1] for span in spans), verdict, f"thesis:{thesis.id}", claim.text, claim.best,
        "the record's claim " + claim.id, claim.scope,
        "" if right else claim.reason, "" if right else claim.best, claim.family, tuple(claim.figures[:3]), strength=7.5,
        open=right and VERDICTS[claim.verdict] == DISPUTED,
    )  # fmt: skip
