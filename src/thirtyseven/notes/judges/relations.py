"""Judges who did what, and statements without a number (patterns of words with a verdict)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from thirtyseven.notes.judges.theses import ascribed
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED, WRONG, Assertion, Relation
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading


def judge_relations(reading: Reading) -> list[Finding]:
    """Findings on who killed, signed, prosecuted, wrote."""
    if reading.question:
        return []
    return [
        finding for relation in reading.knowledge.relations if (finding := _relation(reading, relation)) is not None
    ]


def _agents(reading: Reading, relation: Relation) -> list[Tag]:
    patients = frozenset().union(*relation.patient)
    kinds = [
        tag
        for tag in reading.tags
        if tag.kind == "person" or tag.key in relation.agent + relation.disputed + relation.different + relation.also
    ]
    return [tag for tag in kinds if tag.key not in patients]


def _relation(reading: Reading, relation: Relation) -> Finding | None:
    if not all(part & reading.keys for part in relation.patient) or reading.keys & relation.bar:
        return None
    agents = _agents(reading, relation)
    for verb in reading.tags:
        if verb.key not in relation.verb or verb.kind == "act":
            continue
        patient = _patient(reading, relation, verb)
        agent = _agent(reading, relation, verb, agents, patient) if patient else None
        if agent is None or patient is None:
            continue
        return _verdict(reading, relation, verb, agent, patient)
    return None


def _patient(reading: Reading, relation: Relation, verb: Tag) -> Tag | None:
    start, end = reading.clause(verb.first)
    near: list[Tag] = []
    for part in relation.patient:
        tags = [tag for tag in reading.tags if tag.key in part and start <= tag.first <= end and tag != verb]
        if not tags:
            return None
        near.append(
            min(tags, key=lambda tag: (reading.statement.gap(tag.first, tag.last, verb.first, verb.last), tag.first))
        )
    furthest = max(near, key=lambda tag: reading.statement.gap(tag.first, tag.last, verb.first, verb.last))
    return furthest if reading.statement.gap(furthest.first, furthest.last, verb.first, verb.last) <= 14 else None


def _agent(reading: Reading, relation: Relation, verb: Tag, agents: list[Tag], patient: Tag) -> Tag | None:
    """The doer: behind "by" in the passive, else nearest before the verb; beside a noun such as "assassin"."""
    start, end = reading.clause(verb.first)
    behind = [tag for tag in agents if verb.last < tag.first <= end]
    for tag in behind:
        if tag.first - verb.last <= 8 and any(reading.low(index) == "by" for index in range(verb.last, tag.first)):
            return tag
    if verb.key in relation.passive:
        near = [tag for tag in agents if start <= tag.first <= end and _beside(reading, tag, verb)]
        return min(near, key=lambda tag: abs(tag.first - verb.first), default=None)
    standing = reading.low(verb.last) in ("in", "for", "behind") or reading.low(verb.last + 1) in (
        "in",
        "for",
        "behind",
    )
    passive = not standing and any(
        reading.low(index) in ("was", "were", "been", "being", "is")
        for index in range(max(start, verb.first - 3), verb.first)
    )
    led = reading.tokens[patient.first].start < reading.statement.lead
    if passive or (patient.first < verb.first and not led):
        return None
    before = [tag for tag in agents if start <= tag.first and tag.last < verb.first and verb.first - tag.last <= 9]
    if (
        not before
        or reading.tokens[before[-1].last].possessive
        or reading.low(before[-1].first - 1) in ("of", "for", "against")
    ):
        return None
    return before[-1]


def _beside(reading: Reading, tag: Tag, noun: Tag) -> bool:
    low, high = (tag, noun) if tag.first < noun.first else (noun, tag)
    between = [reading.low(index) for index in range(low.last + 1, high.first)]
    return (
        len(between) <= 6
        and not any(word in (";", "and", "after", "but") for word in between)
        and not reading.tokens[tag.last].possessive
    )


def _verdict(reading: Reading, relation: Relation, verb: Tag, agent: Tag, patient: Tag) -> Finding | None:
    if agent.key in relation.agent or agent.key in relation.also:
        verdict, why = AGREES, ""
    elif agent.key in relation.disputed:
        verdict, why = DISPUTED, relation.why_disputed
    elif agent.key in relation.different:
        verdict, why = DIFFERENT, relation.why
    elif agent.kind == "person" and relation.otherwise:
        verdict, why = relation.otherwise, relation.why
    else:
        return None
    first, last = min(verb.first, agent.first, patient.first), max(verb.last, agent.last, patient.last)
    if reading.refuted and reading.clause(verb.first) != reading.clause(0):
        return None
    negated = reading.negated(verb.first, verb.last) or reading.low(verb.last + 1) in ("no", "none", "neither")
    negated = negated and not {("not", "only"), ("not", "alone"), ("the", "only")} & _pairs(reading, first, verb.last)
    if negated and agent.key in relation.also:
        return None
    if negated and verdict in (AGREES, WRONG):
        verdict = WRONG if verdict == AGREES else AGREES
    elif negated and (verdict == DIFFERENT or _provable(reading)):
        return None
    if reading.hedged and verdict == WRONG:
        return None
    if reading.in_quotation(first, last):
        return None
    return Finding(
        first,
        last,
        verdict,
        f"who:{relation.id}",
        relation.best,
        relation.best,
        relation.source,
        why=why if verdict != AGREES else "",
        wording=relation.best + "." if verdict != AGREES else "",
        claim=relation.claim,
        figure=relation.figure,
        strength=11.0,
    )


def _pairs(reading: Reading, first: int, last: int) -> set[tuple[str, str]]:
    """Neighbouring words between two tokens."""
    return set(pairwise(reading.low(index) for index in range(first, last + 1)))


def _provable(reading: Reading) -> bool:
    """Whether it is said only as far as anybody can prove it."""
    return bool(
        {("as", "far"), ("so", "far"), ("be", "proved"), ("be", "proven")}
        & set(pairwise(token.low for token in reading.tokens))
    )


def _held_by_others(reading: Reading) -> bool:
    """Whether it is only reported as what a historian or "some" hold."""
    return reading.quoting or ascribed(reading)


def judge_assertions(reading: Reading) -> list[Finding]:
    """Findings on statements without a number."""
    if reading.question:
        return []
    found = []
    for assertion in reading.knowledge.assertions:
        if (
            reading.keys.isdisjoint(assertion.marks)
            or reading.keys & assertion.bar
            or (assertion.need and not assertion.need & (reading.keys | reading.context_keys))
        ):
            continue
        found_by = next(
            (
                (one, pattern)
                for pattern in assertion.patterns
                if (one := _sequence(reading, pattern, assertion.gap)) is not None
            ),
            None,
        )
        span, pattern = found_by if found_by else (None, ())
        denies = any(step & {"none-w", "evidence-none"} for step in pattern)
        finding = _assertion(reading, assertion, span, denies) if span else None
        if finding is not None:
            found.append(finding)
    return found


def _sequence(reading: Reading, pattern: tuple[frozenset[str], ...], gap: int) -> tuple[int, int, int] | None:
    """First and last token of the steps in order, none further than ``gap`` words from the next; and the second step."""
    for first in reading.tags:
        few = reading.low(first.first) in ("few", "little") and reading.low(first.first - 1) == "a"  # "a few" are some
        if first.key not in pattern[0] or few:
            continue
        end = reading.clause(first.first)[1]
        at, second = first, first
        for number, step in enumerate(pattern[1:]):
            following = next(
                (
                    tag
                    for tag in _by_place(reading)
                    if tag.key in step and at.last < tag.first <= min(end, at.last + 1 + gap)
                ),
                None,
            )
            if following is None:
                break
            at = following
            second = following if number == 0 else second
        else:
            return first.first, at.last, second.last
    return None


def _by_place(reading: Reading) -> Iterator[Tag]:
    yield from reading.tags


_WHOM = frozenset("most all those them him her many each every half any the".split())


def _own_denial(reading: Reading, assertion: Assertion, first: int, last: int) -> bool:
    """Whether the only negation is part of the assertion's own words ("had no idea", "was not informed")."""
    steps = frozenset().union(*(step for pattern in assertion.patterns for step in pattern))
    own = [
        tag
        for tag in reading.tags
        if tag.key in steps
        and tag.last > tag.first
        and reading.low(tag.last + 1) not in _WHOM  # "did not know most of them"
    ]
    start = max(reading.clause(first)[0], first - 5)
    denials = [index for index in range(start, last + 1) if reading.cue("negation", index, index)]
    more = {index for index in denials if reading.low(index + 1) in ("more", "longer")}
    return bool(denials) and all(
        index in more or any(one.first <= index <= one.last for one in own) for index in denials
    )


def _assertion(reading: Reading, assertion: Assertion, span: tuple[int, int, int], denies: bool) -> Finding | None:
    first, last, _ = span
    verdict = assertion.verdict
    if reading.in_quotation(first, last) or reading.supposing:
        return None
    if not denies and (
        (reading.negated(first, last) and not _own_denial(reading, assertion, first, last))
        or {"nobody", "nothing", "none"} & {reading.low(last + 1), reading.low(last + 2)}
    ):
        verdict = assertion.negated
    elif reading.hedged and assertion.hedged != "same":
        verdict = assertion.hedged
    if not verdict or (verdict == DISPUTED and _held_by_others(reading)):
        return None
    return Finding(
        first,
        last,
        verdict,
        f"claim:{assertion.id}",
        assertion.best,
        assertion.best,
        assertion.source,
        why=assertion.why if verdict != AGREES else "",
        wording=assertion.wording if verdict != AGREES else "",
        claim=assertion.claim,
        figure=assertion.figure,
        strength=8.0,
    )
