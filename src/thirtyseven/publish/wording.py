"""Sentences chosen by rules from the numbers, and from nothing else.

No sentence on a page claims more than its rule tested: each function here is a small decision table,
tried in the tests on several different results.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, SLUGS, listed
from thirtyseven.publish.weighed import Inclusion, NoneOfThese, Result

Verdict = Literal["needed", "points to", "undecided", "points away", "not needed", "cannot tell"]

VERDICT_WORDS: dict[Verdict, str] = {
    "needed": "needed",
    "points to": "points to it",
    "undecided": "undecided",
    "points away": "points away",
    "not needed": "not needed",
    "cannot tell": "cannot tell",
}
# A mean this many times the prior odds away is called needed or not needed; nearer, the evidence only points.
STRONG = 3.0


def verdict(inclusion: Inclusion) -> Verdict:
    """What one inclusion says, in one of six words.

    "Cannot tell" where recovery failed; "undecided" where the interval holds the prior; "needed" and
    "not needed" where it excludes the prior, the mean lies on the right side of one half and the odds
    moved at least threefold; "points to" and "points away" where it excludes the prior by less.
    """
    if not inclusion.told:
        return "cannot tell"
    if inclusion.low <= inclusion.prior <= inclusion.high:
        return "undecided"
    odds = _odds(inclusion.mean) / _odds(inclusion.prior)
    if inclusion.low > inclusion.prior:
        return "needed" if inclusion.mean >= 0.5 and odds >= STRONG else "points to"
    return "not needed" if inclusion.mean <= 0.5 and odds <= 1 / STRONG else "points away"


def _odds(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return p / (1 - p)


def number(value: float | None, digits: int = 2) -> str:
    """A number with its digits and thousands separated by commas; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    if text.lstrip("-0.,") == "":
        text = text.lstrip("-")  # no minus before a rounded zero
    return text.replace("-", "−")


def inclusion_words(inclusion: Inclusion) -> str:
    """Mean and interval, with one decimal where the interval is wider than ±0.1."""
    digits = 1 if inclusion.high - inclusion.low > 0.2 else 2
    return (
        f"{number(inclusion.mean, digits)} ({number(inclusion.low, digits)}–{number(inclusion.high, digits)})"
    )


def called(slug: str) -> str:
    """An explanation's name inside a sentence."""
    return {"below": "denunciation from below"}.get(slug, slug)


def groups(inclusions: Mapping[str, Inclusion]) -> dict[Verdict, list[str]]:
    """Slugs by verdict, each list in the one order of explanations."""
    out: dict[Verdict, list[str]] = {v: [] for v in VERDICT_WORDS}
    for slug in SLUGS:
        if slug in inclusions:
            out[verdict(inclusions[slug])].append(slug)
    return out


@dataclass(frozen=True)
class Answer:
    """The answer to one question in plain words.

    Attributes:
        question: its slug.
        head: the short answer; words between asterisks are emphasised.
        more: further sentences.
        sure: lines with the numbers.
    """

    question: str
    head: str
    more: tuple[str, ...]
    sure: tuple[str, ...]


def _strong(slugs: Iterable[str]) -> list[str]:
    return [f"*{called(slug)}*" for slug in slugs]


def _head(by: dict[Verdict, list[str]], flagged: bool) -> str:
    if flagged:
        return "*None of these.*"
    if len(by["needed"]) == 1:
        slug = by["needed"][0]
        return f"Needs *{called(slug)}*: {EXPLANATIONS[slug].gloss}."
    if by["needed"]:
        return f"Needs {listed(_strong(by['needed']))}."
    if by["points to"]:
        return f"*No firm answer*; the evidence points to {listed(_strong(by['points to']))}."
    if by["cannot tell"] and not (by["undecided"] or by["not needed"] or by["points away"]):
        return "*We cannot tell.*"
    if by["undecided"]:
        return "*Undecided.* Nothing is shown to be needed."
    return "*Nothing is shown to be needed.*"


def _more(by: dict[Verdict, list[str]], flagged: bool) -> list[str]:
    out = []
    if flagged:
        out.append(
            "What the record shows here lies outside nearly all pasts that these explanations and their mixtures make; "
            "what is said of single ones holds only among these eight."
        )
        if by["needed"]:
            out.append(f"Among them {listed([called(s) for s in by['needed']])} would be needed.")
    if by["points to"] and (by["needed"] or flagged):
        out.append(f"The evidence also points to {listed([called(s) for s in by['points to']])}.")
    away = by["not needed"]
    if away:
        out.append(f"Not needed: {listed([called(s) for s in away])}.")
    if by["points away"]:
        out.append(f"The evidence points away from {listed([called(s) for s in by['points away']])}.")
    if by["undecided"] and any(by[v] for v in VERDICT_WORDS if v != "undecided"):
        out.append(f"Undecided: {listed([called(s) for s in by['undecided']])}.")
    if by["cannot tell"]:
        out.append(_cannot(by))
    return out


def _cannot(by: dict[Verdict, list[str]]) -> str:
    if all(not by[v] for v in VERDICT_WORDS if v != "cannot tell"):
        return (
            "Shown pasts whose makers we know, this instrument does not find them for this question; "
            "so what it says of the real past would mean nothing."
        )
    return f"It cannot tell for {listed([called(s) for s in by['cannot tell']])}."


def _sure(inclusions: Mapping[str, Inclusion], by: dict[Verdict, list[str]]) -> list[str]:
    shown = by["needed"] + by["points to"]
    if not shown:
        told = [s for s in SLUGS if s in inclusions and inclusions[s].told]
        shown = sorted(told, key=lambda s: (-inclusions[s].mean, SLUGS.index(s)))[:1]
    lines = [f"{EXPLANATIONS[s].title}: {inclusion_words(inclusions[s])}" for s in shown]
    if shown:
        lines.append(f"before the evidence (prior): {number(inclusions[shown[0]].prior)}")
    return lines


def answer(question: str, inclusions: Mapping[str, Inclusion], none: NoneOfThese | None) -> Answer:
    """The answer to one question.

    Args:
        question: "elite", "mass", "national", "where" or "stop".
        inclusions: by slug.
        none: the test of "none of these", where one was made.

    Returns:
        Head, further sentences and the numbers; "cannot tell", "undecided" and "none of these" are
        full answers.
    """
    by = groups(inclusions)
    flagged = none is not None and bool(none.flagged)
    sure = _sure(inclusions, by)
    if none is not None and none.p is not None:
        sure.append(f"none of these: {'yes' if flagged else 'no sign of it'} (p = {number(none.p)}{_blind(none)})")
    return Answer(question, _head(by, flagged), tuple(_more(by, flagged)), tuple(sure))


def answers_of(result: Result) -> dict[str, Answer]:
    """Return the answers of a weighing by question, those that were weighed, in the order in which they are asked."""
    return {q: answer(q, result.inclusion[q], result.none_of_these.get(q)) for q in QUESTIONS if q in result.inclusion}


def _blind(none: NoneOfThese) -> str:
    """A warning where the test would hardly see a past from outside the set."""
    seen = [v for v in none.outside.values() if v is not None]
    return ", a weak test" if seen and sum(seen) / len(seen) < 0.2 and not none.flagged else ""


def share(p: float) -> str:
    """A share in words that a reader can picture: "12 of 100"; under one in a hundred says so."""
    if p <= 0:
        return "none"
    if p < 0.01:
        return "under 1 of 100"
    if p > 0.99 and p < 1:
        return "over 99 of 100"
    return f"{p * 100:.0f} of 100"


def headline(answers: Mapping[str, Answer], inclusions: Mapping[str, Mapping[str, Inclusion]]) -> str:
    """One sentence over all five questions."""
    decided, open_, none = [], [], []
    for question in QUESTIONS:
        if question not in answers:
            continue
        by = groups(inclusions[question])
        if answers[question].head.startswith("*None"):
            none.append(question)
        elif by["needed"]:
            decided.append(question)
        else:
            open_.append(question)
    parts = []
    if decided:
        parts.append(f"For {_the(decided)} at least one mechanism is needed")
    if none:
        parts.append(f"for {_the(none)} none of the eight explanations fits, nor any mixture")
    if open_:
        parts.append(f"{_the(open_)} {'stays' if len(open_) == 1 else 'stay'} open")
    if not decided and not none:
        return (
            "On none of the five questions do these statistics, weighed with these models, settle the dispute."
        )
    text = "; ".join(parts)
    return text[0].upper() + text[1:] + "."


def _the(questions: list[str]) -> str:
    return listed([f"the {QUESTIONS[q].verb}" for q in questions])


def inclusion_finding(inclusions: Mapping[str, Mapping[str, Inclusion]]) -> str:
    """The finding over the figure of inclusion by phase."""
    always_away, never_away, cannot, cells = [], [], 0, 0
    everywhere = []
    for slug in SLUGS:
        words = [verdict(inclusions[q][slug]) for q in QUESTIONS if slug in inclusions.get(q, {})]
        if not words:
            continue
        cells += len(words)
        cannot += words.count("cannot tell")
        if all(w == "needed" for w in words):
            everywhere.append(slug)
        if all(w == "not needed" for w in words):
            always_away.append(slug)
        if not any(w in ("not needed", "points away") for w in words):
            never_away.append(slug)
    if cells and cannot == cells:
        return "For none of the questions can this instrument tell which mechanism was at work"
    first = (
        f"{_names(everywhere)} {_is(everywhere)} needed for every question"
        if everywhere
        else "No explanation is needed for every question"
    )
    if cannot * 2 > cells:
        return f"{first}, and for most the instrument cannot tell"
    if always_away:
        return f"{first}; {listed([called(s) for s in always_away])} {_is(always_away)} needed for none"
    if never_away:
        return f"{first}, and {_count(len(never_away))} {_is(never_away)} never ruled out"
    return f"{first}, and each is ruled out for at least one"


def _names(slugs: list[str]) -> str:
    return listed([EXPLANATIONS[s].title for s in slugs])


def _is(items: list[str]) -> str:
    return "is" if len(items) == 1 else "are"


def _count(n: int) -> str:
    words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[n] if n < len(words) else str(n)


def count_word(n: int) -> str:
    """A small number as a word, a larger one in digits."""
    return _count(n)
