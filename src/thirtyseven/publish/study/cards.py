"""Cards for learning: what can be written and what not, numbers with what they count, and open questions with two answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import ADVICE, OPEN, short_sources, sources_of, verdict_word, when
from thirtyseven.publish.study.sheet import clean
from thirtyseven.record import Claim, Record, Responsibility

_NUMBER = re.compile(r"(?<![\w,.])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w,.-])\d+(?:\.\d+)?(?![\w,-])")
_OTHER = "other"


@dataclass(frozen=True)
class Card:
    """One card.

    Attributes:
        key: stable name, such as `claim/C-0802`; the card's identity, whatever its text becomes.
        kind: `basic`, `cloze` or `contested`.
        branch: slug of the branch of the mind map.
        front: the question; for `cloze` the sentence with `{{c1::...}}`.
        back: the answer; for `contested` the first of two.
        other: the second answer of a `contested` card.
        note: what is counted, what limits it, what is safe to write.
        verdict: how the claim stands, in the record's words; empty where nothing is judged.
        source: authors and years; recalled ones say so.
    """

    key: str
    kind: str
    branch: str
    front: str
    back: str
    other: str
    note: str
    verdict: str
    source: str


def branches() -> Mapping[str, str]:
    """Slug and title of the branches, in their order; what fits none goes to `other`."""
    return {one["slug"]: one["title"] for one in choices("branches")["branch"]} | {_OTHER: "Other"}


def branch_of() -> Mapping[str, str]:
    """Family to the slug of its branch."""
    return {family: one["slug"] for one in choices("branches")["branch"] for family in one["families"]}


def cards(record: Record) -> list[Card]:
    """All cards, in the order of the branches; in each, disputed questions come first.

    Args:
        record: the record.

    Returns:
        Cards with unique keys; the same record gives the same cards.
    """
    made = [*_contested(record), *_responsibility(record), *_claims(record), *_clozes(record)]
    made += [*_events(record), *_people(record), *_words(record)]
    order = list(branches())
    return sorted(made, key=lambda card: order.index(card.branch))


def _taught(record: Record) -> list[Claim]:
    left = choices("branches")["left_out"]
    return [claim for claim in record.claims.values() if claim.family not in left]


def _branch(record: Record, claim: Claim) -> str:
    return branch_of().get(claim.family, _OTHER)


def _sources(record: Record, claim: Claim) -> str:
    return short_sources(record, sources_of(record, claim))


def _contested(record: Record) -> Iterator[Card]:
    """Open questions with both answers; a dispute without two written answers says so instead."""
    given = {one["claim"]: one for one in choices("contested")["card"]}
    for claim in _taught(record):
        if claim.verdict not in OPEN:
            continue
        one = given.get(claim.id)
        if one:
            yield Card(
                f"contested/{claim.id}", "contested", _branch(record, claim), one["question"], one["one"], one["other"],
                f"Safe to write: {claim.best}", claim.verdict, _sources(record, claim),
            )  # fmt: skip
        else:
            yield _claim_card(record, claim)


def _claims(record: Record) -> Iterator[Card]:
    for claim in _taught(record):
        if claim.verdict not in OPEN:
            yield _claim_card(record, claim)


def _claim_card(record: Record, claim: Claim) -> Card:
    back = f"{ADVICE.get(claim.verdict, '')} {claim.best}".strip()
    scope = f"What it is about: {claim.scope} " if claim.scope else ""
    return Card(
        f"claim/{claim.id}", "basic", _branch(record, claim), f"Can this be written as it stands? “{claim.text}”", back,
        "", f"{scope}Why: {claim.reason}", claim.verdict, _sources(record, claim),
    )  # fmt: skip


def _clozes(record: Record) -> Iterator[Card]:
    """Sentences with the numbers that the record's figures decide left out."""
    for claim in _taught(record):
        if claim.verdict not in ("well supported", "supported with limits"):
            continue
        sentence = cloze(claim.best, _values(record, claim))
        if sentence:
            note = f"What it is about: {claim.scope}" if claim.scope else ""
            yield Card(
                f"cloze/{claim.id}", "cloze", _branch(record, claim), sentence, "", "", note, claim.verdict,
                _sources(record, claim),
            )  # fmt: skip


def _values(record: Record, claim: Claim) -> set[float]:
    """Numbers that decide a claim; superseded ones are not for learning."""
    figures = [record.figures[one] for one in claim.figures if one in record.figures]
    figures = [one for one in figures if one.preferred is not False and not one.deprecated]
    return {float(n) for figure in figures for n in (figure.value, figure.low, figure.high) if n is not None}


def cloze(sentence: str, values: set[float]) -> str:
    """Leave out the numbers of a sentence that are among the values.

    Args:
        sentence: plain text.
        values: the numbers that the figures hold.

    Returns:
        The sentence with `{{c1::...}}` for each, at most four; empty where none occurs. Braces of the text itself are
        parted, so that they cannot make a gap.
    """
    count = 0

    def gap(found: re.Match[str]) -> str:
        nonlocal count
        if float(found[0].replace(",", "")) not in values or count == 4:
            return found[0]
        count += 1
        return "{{c%d::%s}}" % (count, found[0])  # noqa: UP031 - braces within braces read worse

    out = _NUMBER.sub(gap, harmless(sentence))
    return out if count else ""


def harmless(text: str) -> str:
    """Text whose double braces cannot be read as a gap."""
    return clean(text).replace("{{", "{ {").replace("}}", "} }")


def _responsibility(record: Record) -> Iterator[Card]:
    """The questions on responsibility: two weightings, and the documents of the ledger."""
    for one in choices("contested")["responsibility"]:
        claim = record.claims.get(one["claim"])
        if claim is None:
            continue
        entries = ledger(record, one.get("actors", ()), one.get("groups", ()))
        yield Card(
            f"responsibility/{one['key']}", "contested", "who", one["question"], one["one"], one["other"],
            " ".join([f"Safe to write: {claim.best} ({claim.id}, {claim.verdict})", _kinds(entries)]).strip(), "",
            _sources(record, claim),
        )  # fmt: skip


def ledger(record: Record, actors: object = (), groups: object = ()) -> list[Responsibility]:
    """Entries of the responsibility ledger of the given people or offices.

    Args:
        record: the record.
        actors: ids of actors.
        groups: office groups.
    """
    return [
        one
        for one in record.responsibility.values()
        if one.actor in tuple(actors or ()) or one.office_group in tuple(groups or ())  # type: ignore[arg-type]
    ]


def _kinds(entries: list[Responsibility]) -> str:
    """What the ledger documents, one example a kind."""
    kinds: dict[str, list[Responsibility]] = {}
    for one in entries:
        kinds.setdefault(one.kind, []).append(one)
    parts = [f"{kind} (for instance {found[0].document}, {when(found[0].date)}; {found[0].id})" for kind, found in kinds.items()]
    return f"Documented acts: {'; '.join(parts)}." if parts else ""


def _events(record: Record) -> Iterator[Card]:
    for ident in choices("cards")["events"]:
        event = record.events.get(ident)
        if event is None:
            continue
        others = ", ".join(when(one.strip()) for one in event.alternatives.split("|") if one.strip())
        note = " ".join(part for part in (f"Other dates given: {others}." if others else "", event.note) if part)
        yield Card(
            f"event/{ident}", "basic", _OTHER if event.lane == "economy-abroad" else _lane(event.lane),
            f"When was this? {event.title}", when(event.date), "", note, "", short_sources(record, [event.source]),
        )  # fmt: skip


def _lane(lane: str) -> str:
    return {"orders": "people", "mass": "people", "national": "people", "elite": "party"}.get(lane, _OTHER)


def _people(record: Record) -> Iterator[Card]:
    for ident in choices("cards")["people"]:
        actor = record.actors.get(ident)
        if actor is None:
            continue
        end = f"{actor.fate}, {when(actor.fate_date)}" if actor.fate_date else actor.fate
        yield Card(
            f"person/{ident}", "basic", "who", f"Who was {actor.name} ({actor.russian}), and what became of this person?",
            f"{actor.role}. {end[:1].upper()}{end[1:]}.", "", actor.note, "", short_sources(record, [actor.source]),
        )  # fmt: skip


def _words(record: Record) -> Iterator[Card]:
    counted = record.vocabularies.get("counted", {})
    for word in choices("cards")["words"]:
        if word in counted:
            yield Card(
                f"word/{word}", "basic", "words", f"What does a figure count that is marked “{word.replace('-', ' ')}”?",
                f"{counted[word][:1].upper()}{counted[word][1:]}.", "",
                "Arrested, convicted, sentenced to death, executed, discharged and expelled are never the same count.",
                "", "",
            )  # fmt: skip


def judged(card: Card) -> str:
    """The verdict as printed on a card."""
    return verdict_word(card.verdict) if card.verdict else ""
