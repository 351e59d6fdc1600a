"""Reads notes against the record: statements in, remarks out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from thirtyseven.notes.judges.abroad import abroad
from thirtyseven.notes.judges.asked import judge_asked
from thirtyseven.notes.judges.audit import audited
from thirtyseven.notes.judges.beside import judge_beside
from thirtyseven.notes.judges.chronology import judge_dates
from thirtyseven.notes.judges.claims import judge_claims
from thirtyseven.notes.judges.counting import judge_numbers
from thirtyseven.notes.judges.everyone import judge_everyone
from thirtyseven.notes.judges.exact import judge_exact
from thirtyseven.notes.judges.facts import judge_facts
from thirtyseven.notes.judges.items import judge_items
from thirtyseven.notes.judges.jointly import judge_jointly
from thirtyseven.notes.judges.occurrences import judge_occurrences
from thirtyseven.notes.judges.persons import judge_people
from thirtyseven.notes.judges.places import judge_places
from thirtyseven.notes.judges.ratios import judge_ratios
from thirtyseven.notes.judges.recorded import judge_recorded
from thirtyseven.notes.judges.relations import judge_assertions, judge_relations
from thirtyseven.notes.judges.sequence import judge_order
from thirtyseven.notes.judges.spells import judge_spells
from thirtyseven.notes.judges.theses import judge_theses
from thirtyseven.notes.judges.wholes import judge_wholes
from thirtyseven.notes.known.finding import ORDER, Finding, Remark
from thirtyseven.notes.known.knowledge import AGREES, DISPUTED, WRONG, Knowledge, load_knowledge
from thirtyseven.notes.language.certainty import assure
from thirtyseven.notes.language.clefts import plain_order
from thirtyseven.notes.language.denials import denial_parts
from thirtyseven.notes.language.text import Statement
from thirtyseven.notes.meaning.contested import judge_contested
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.statements.inherit import order_named, topic_named, with_subject
from thirtyseven.notes.statements.layout import Line, statements_of
from thirtyseven.notes.statements.marks import flipped, owned_reply, set_right, with_marks
from thirtyseven.notes.statements.owners import Owners
from thirtyseven.notes.statements.profiles import pieces_of
from thirtyseven.notes.statements.shortened import in_full
from thirtyseven.record import load

RECENT = 6
"""For how many statements a thing once named is still spoken of ("in the first category", "all the delegates")."""


_JUDGES: tuple[Callable[[Reading], Iterable[Finding]], ...] = (
    judge_numbers, judge_dates, judge_occurrences, judge_order, judge_places, judge_people, judge_relations, judge_assertions,
    judge_theses, judge_facts, judge_asked, judge_spells, judge_jointly, judge_everyone,
)  # fmt: skip


def check_lines(lines: list[Line], name: str = "-", knowledge: Knowledge | None = None) -> list[Remark]:
    """Check the lines of one file.

    Args:
        lines: the notes.
        name: the file's name for the remarks.
        knowledge: what is known; the packaged data by default.

    Returns:
        Remarks by line; within a line the gravest first.
    """
    known = knowledge or load_knowledge()
    remarks: list[Remark] = []
    statements = with_marks(in_full(statements_of(lines), known))
    era = _of_the_terror(statements, known)
    assure(statements)
    (last, age), (topic, since) = ("", 0), ("", 0)
    owners = Owners(known)
    for written in statements:
        statement = owners.owned(written)
        statement.era = era
        named = order_named(statement, known)
        last, age = (named, 0) if named else (last, age + 1)
        topic, since = (said, 0) if (said := topic_named(statement, known)) else (topic, since + 1)
        statement.recent = topic if since <= RECENT else last if age <= RECENT else ""
        remarks += _read(statement, name, known, last)
    unique = {(one.line, one.column, one.about, one.verdict): one for one in reversed(remarks)}
    return sorted(unique.values(), key=lambda one: (one.line, ORDER[one.verdict], one.column, one.about))


def _read(statement: Statement, name: str, known: Knowledge, last: str) -> list[Remark]:
    """Remarks on a statement, or on the words that it stands for if nothing is found in its own."""
    told = [one for part in denial_parts(statement) for one in _read(part, name, known, last)]
    if told:
        return flipped(told, statement) if statement.denied else told
    mended = (
        [check_statement(one, name, known, last) for one in set_right(statement, known)] if statement.replies else []
    )
    right = [one for one in mended if one and all(remark.verdict == AGREES for remark in one)]
    found = right[0] if right else mended[0] if len(mended) == 1 else []
    if not found:
        found = [one for piece in pieces_of(statement, known) for one in check_statement(piece, name, known, last)]
    if not found and statement.replies and (named := owned_reply(statement, known)) is not None:
        found = check_statement(named, name, known, last)
    spare = statement.spare or plain_order(statement)
    if not found and spare is not None:
        spare.era, spare.recent = statement.era, statement.recent
        found = check_statement(spare, name, known, last)
    return flipped(found, statement) if statement.denied else found


def check_text(text: str, name: str = "-") -> list[Remark]:
    """Check plain text."""
    return check_lines([Line(line, number) for number, line in enumerate(text.splitlines(), 1)], name)


def _of_the_terror(statements: list[Statement], knowledge: Knowledge) -> bool:
    """Whether the notes name the terror, Order 00447 or the years 1937-38 anywhere."""
    marks = ("terror", "purges", "yezhov", "ezhov", "1937-38", "1937-8", "1937/38", "00447", "1937 and 1938")
    return any(any(mark in statement.text.lower() for mark in marks) for statement in statements)


def check_statement(statement: Statement, name: str, knowledge: Knowledge, last: str = "") -> list[Remark]:
    """Remarks on one statement; ``last`` is the order or trial named before it, for "the order"."""
    if not any(mark.isalnum() for mark in statement.text):
        return []
    statement = with_subject(statement, knowledge, last)
    reading = Reading(statement, knowledge)
    if reading.question:
        return []
    bare = not reading.tags and not reading.amounts
    findings = [finding for judge in ((judge_theses, judge_facts) if bare else _JUDGES) for finding in judge(reading)]
    if bare and not findings:
        return []
    findings = judge_recorded(reading, findings)
    findings += judge_exact(reading, {finding.first for finding in findings})
    findings = judge_ratios(reading, judge_wholes(reading, findings))
    findings = judge_beside(reading, judge_contested(reading, findings))
    findings = audited(reading, findings)
    findings = [
        one
        for one in findings
        if _of_the_threat(one) or not (abroad(reading, one.first, one.last) or _said_in_words(reading, one, findings))
    ]
    settled = [one for one in _settled(findings) if not _holds_its_best(reading, one, findings)]
    kept = [finding for finding in settled if _own(reading, finding)] or judge_claims(reading) or judge_items(reading)
    return [_remark(reading, finding, name) for finding in kept]


def _of_the_threat(one: Finding) -> bool:
    """Whether a finding is on an event abroad that belongs to the record (a pact, a war, a frontier)."""
    events = load().events
    told = one.about.startswith(("fact:", "when:", "date:")) and one.figure
    return bool(told) and all(key in events and events[key].lane == "economy-abroad" for key in one.figure)


def _said_in_words(reading: Reading, one: Finding, findings: list[Finding]) -> bool:
    """Whether a number that was not written in digits is only part of a claim that is right ("of the five only two lived")."""
    if one.verdict == AGREES or ":" in one.about or not one.claim:
        return False
    digits = any(
        token.kind == "number" and not token.low.startswith("19") and token.low[:1].isdecimal()
        for token in reading.tokens[one.first : one.last + 1]
    )
    return not digits and any(
        other.verdict == AGREES and other.about.startswith("thesis:") and other.claim == one.claim and _meet(one, other)
        for other in findings
    )


_NUMBER = re.compile(r"(?<![\w,])(?!19\d\d\b)\d[\d,]*\b")
_LARGE = 4
"""Digits of a number that does not stand in two sentences by chance."""


_NO_NUMBERS = ("who:", "fact:", "office:", "succession:", "companions:", "trial:", "fate:", "place:")
"""Findings that rest on no number."""


def _holds_its_best(reading: Reading, one: Finding, findings: list[Finding]) -> bool:
    """Whether what is called wrong names the numbers of the better wording, and its matter is right elsewhere in the statement.

    "11 death sentences, 5 shot" is no mistake beside "11 were sentenced to death; 5 of them were shot", whatever stands near.
    """
    if one.about.startswith(_NO_NUMBERS):
        return False
    dated = one.about.startswith(("date:", "when:"))
    if dated or one.verdict != WRONG or not any(two.verdict == AGREES and two.claim == one.claim for two in findings):
        return False
    better = _numbers_of(one.best)
    own = _numbers_of(" ".join(reading.low(index) for index in range(one.first, one.last + 1)))
    common = _numbers_of(reading.statement.text) & better
    return (not own or bool(own & better)) and (len(common) > 1 or any(len(number) >= _LARGE for number in common))


def _numbers_of(text: str) -> set[str]:
    return {found.replace(",", "") for found in _NUMBER.findall(text)}


def _own(reading: Reading, finding: Finding) -> bool:
    """Whether the finding rests on the statement itself, not only on the question or row head brought in."""
    if reading.statement.aside and finding.verdict == WRONG and finding.about.startswith(("date:", "when:")):
        return False
    if reading.statement.agreed:
        return True
    if reading.statement.tail and reading.tokens[finding.first].start >= reading.statement.tail:
        return False
    return reading.tokens[finding.last].end > reading.statement.lead


def _settled(findings: list[Finding]) -> list[Finding]:
    """One finding for each matter: of two on the same words the surer stays; a bare fate gives way to what says more."""
    best: dict[str, Finding] = {}
    for finding in findings:
        key = finding.about if ":" in finding.about else f"{finding.about}@{finding.first}"
        known = best.get(key)
        if known is None or (finding.strength, -ORDER[finding.verdict]) > (known.strength, -ORDER[known.verdict]):
            best[key] = finding
    told = [one for one in best.values() if one.open]
    kept = [one for one in best.values() if one.verdict != DISPUTED or not any(_meet(one, other) for other in told)]
    who = [one for one in kept if one.about.startswith(("who:", "claim:", "succession:"))]
    out = []
    for one in kept:
        if one.about.startswith("thesis:") and any(
            ORDER[other.verdict] <= ORDER[one.verdict]
            and (other.claim == one.claim or (_meet(one, other) and not other.claim))
            for other in who
        ):
            continue
        if one.verdict == AGREES and _part_of_error(one, who):
            continue
        if one.about == "claim:order-number-wrong" and any(
            other.about == "claim:order-number" and _meet(one, other) for other in kept
        ):
            continue  # "00485 is the Poles and 00439 the Germans": each number has its own
        if _better_told(one, kept):
            continue
        weak = one.about.startswith(("fate:", "trial:", "office:")) and one.verdict == AGREES
        if weak and _said_already(one, kept):
            continue
        if weak and any(other is not one and _meet(one, other) for other in who):
            continue
        out.append(one)
    return sorted(out, key=lambda one: (one.first, one.about))


def _part_of_error(one: Finding, who: list[Finding]) -> bool:
    """Whether a right part only belongs to what is said wrongly of one document: who signed it, and when."""
    if not one.about.startswith(("who:", "date:order-00447", "when:")):
        return False
    return any(other.about.startswith("who:") and other.verdict != AGREES and _meet(one, other) for other in who)


def _better_told(one: Finding, kept: list[Finding]) -> bool:
    """Whether of two events on one date this is the weaker: the named one stays, unless only the other's day fits."""
    kind = one.about.partition(":")[0]
    if kind == "spell":
        return any(not other.about.startswith("spell:") and _meet(one, other) for other in kept)
    if kind not in ("when", "date"):
        return False
    others = [
        other for other in kept if other.about.startswith("date:" if kind == "when" else "when:") and _meet(one, other)
    ]
    if kind == "date":
        return one.verdict != AGREES and any(other.verdict == AGREES for other in others)
    return any(other.verdict == AGREES or one.verdict != AGREES for other in others)


def _meet(one: Finding, other: Finding) -> bool:
    """Whether two findings rest on some of the same words."""
    return other.first <= one.last and one.first <= other.last


def _said_already(one: Finding, kept: list[Finding]) -> bool:
    """Whether a date or a sentence on the same person says what a bare fate or office would repeat."""
    kind, _, rest = one.about.partition(":")
    person = rest.partition(":")[0]
    starts = {
        "fate": (f"date:{person}-death", f"date:{person}-murder"),
        "office": (f"date:{person}-{rest.partition(':')[2]}",),
        "trial": (f"date:{person}-trial",),
    }
    return any(other.about.startswith(starts.get(kind, ("-",))) for other in kept)


def _remark(reading: Reading, finding: Finding, name: str) -> Remark:
    statement = reading.statement
    start = max(reading.tokens[finding.first].start, statement.lead)
    end = reading.tokens[finding.last].end
    line, column = statement.place(start)
    quote = " ".join((statement.whole or statement.text[statement.lead :]).split())
    if len(quote) > 240:
        quote = " ".join(statement.text[max(statement.lead, start - 60) : end + 60].split())
    return Remark(
        name, line, column, quote, finding.verdict, finding.says, finding.best, finding.counts, finding.why, finding.source,
        finding.wording, finding.claim or finding.about, finding.about, finding.figure,
    )  # fmt: skip
