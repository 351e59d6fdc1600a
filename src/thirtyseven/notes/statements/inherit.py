"""Gives a fragment its subject: "Shot in 1940" below "Yezhov", "He was shot" after a sentence on one person."""

from __future__ import annotations

import re

from thirtyseven.notes.known.knowledge import Knowledge
from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.text import Origin, Statement, Token, tokens_of

_VERBS = frozenset(
    "was is were murdered killed shot executed arrested assassinated appointed became head replaced "
    "expelled tried exiled died "
    "removed sacked dismissed committed sentenced party leader led ran signed given not never accused"
    " succeeded chief commissar "
    "put took issued began started ended held launched confessed survived dead prosecutor stood found"
    " made had in on by from "
    "took targeted aimed set ordered killing execution suicide fate date dates when where victim".split()
)
_OF_PEOPLE = frozenset(
    "murdered killed shot executed arrested assassinated appointed became head replaced expelled tried exiled died sacked "
    "sentenced committed survived dead accused succeeded confessed".split()
)
_HE = frozenset({"he", "she", "his", "her"})
_IT = frozenset({"it", "this", "that"})
_EVENTS = frozenset(
    "order-00447 polish-op german-op trial-16 trial-17 trial-21 trial-army congress-17 congress-18 "
    "kirov-case lists butovo chistka "
    "verification exchange ryutin secret-speech gulag order-00486 harbin-op latvian-op greek-op "
    "national-ops trial-shakhty trial-metro "
    "law-dec-1 constitution election korean-dep katyn famine stakhanov plenum-feb-1937 plenum-"
    "june-1937 terror".split()
)


_ORDERS = frozenset("order-00447 polish-op german-op harbin-op latvian-op greek-op order-00486 national-ops".split())
_THE_ORDER = (
    "the order",
    "this order",
    "the operation",
    "this operation",
    "under the order",
    "under one order",
    "under this order",
    "by one order",
    " under it",
    "its limits",
    "its quotas",
    "its first quotas",
    "these quotas",
)
_DOERS = frozenset(
    "killer assassin murderer culprit gunman shot killed murdered assassinated ordered replaced succeeded".split()
)


def order_named(statement: Statement, knowledge: Knowledge) -> str:
    """The order or operation that a statement names, if it names one only."""
    tags = [tag for tag in knowledge.lexicon.tags(statement.tokens) if tag.kind == "frame" and tag.key in _ORDERS]
    if len({tag.key for tag in tags}) != 1:
        return ""
    return statement.text[statement.tokens[tags[0].first].start : statement.tokens[tags[0].last].end]


def topic_named(statement: Statement, knowledge: Knowledge) -> str:
    """The congress, trial, operation, review or list that a statement names last, as written ("" if none)."""
    tags = [tag for tag in knowledge.lexicon.tags(statement.tokens) if tag.kind == "frame" and tag.key in _TOPICS]
    if not tags:
        return ""
    return statement.text[statement.tokens[tags[-1].first].start : statement.tokens[tags[-1].last].end]


_TOPICS = _ORDERS | frozenset(
    "congress-17 congress-18 trial-16 trial-17 trial-21 trial-army trial-shakhty lists chistka verification exchange gulag "
    "election famine butovo finnish-op estonian-op romanian-op iranian-op afghan-op korean-dep census-1937 dekulak".split()
)


def with_subject(statement: Statement, knowledge: Knowledge, last: str = "") -> Statement:
    """The statement with its subject put in front where it has none of its own and only one is near.

    Args:
        statement: as cut from the notes.
        knowledge: for the names.
        last: the order or operation named last before it, meant by "the order".

    Returns:
        The same statement, or one that begins with the subject (which is not quoted and has no place of its own).
    """
    if statement.lead or statement.kind == "heading" or not statement.tokens or statement.text.rstrip().endswith("?"):
        return statement
    first = next((token for token in statement.tokens if token.kind != "mark"), None)
    if first is None:
        return statement
    tags = knowledge.lexicon.tags(statement.tokens)
    people = [tag for tag in tags if tag.kind == "person"]
    if len(people) == 1 and (order := _in_turn(statement, people[0])):
        return _led(statement, "head of the NKVD", *order)
    frames = [tag for tag in tags if tag.kind == "frame" and tag.key in _EVENTS]
    seems = {token.low for token in statement.tokens[1:3]} & {"is", "was", "seems", "seemed", "appears", "has", "can"}
    idle = bool(seems) and any(token.low == "that" for token in statement.tokens[:7])
    if first.low in _IT and not frames and not idle:
        name = _single(statement.before, knowledge, "frame") or _nearest(statement, knowledge, "frame")
        name = name or (last if "the order" in statement.before.lower() else "")
        return _led(statement, name, first.start, first.end) if name else statement
    low = statement.text.lower()
    if last and not frames and any(phrase in low for phrase in _THE_ORDER):
        return _led(statement, last, None, None)
    second = next((token.low for token in statement.tokens if token.start > first.start and token.kind != "mark"), "")
    doer = first.low in _DOERS and (
        second == "by" or first.low in ("killer", "assassin", "murderer", "culprit", "gunman")
    )
    if doer and len(people) <= 1:
        name = _nearest(statement, knowledge, "person") or _nearest(statement, knowledge, "frame")
        name = name or (_spoken_of(statement, knowledge) if first.low in _DONE_TO else "")
        return _led(statement, name, None, None) if name else statement
    owner = _bare_name(statement, knowledge)
    told = first.low in _PLURAL | _HE or any(tag.first == 0 for tag in people)
    if owner and not told and len(statement.tokens) <= 26:
        return _led(statement, owner, None, None)
    if people or frames:
        return statement
    name = _of_a_fragment(statement, first, knowledge)
    return _led(statement, name, None, None) if name else statement


_CHIEFS = re.compile(
    r"(?:the )?(?:(?:nkvd|secret police)(?:['’]s)? (?:bosses|heads|chiefs|leaders)|(?:bosses|heads|chiefs|leaders) of (?:the )?"
    r"(?:nkvd|secret police))\W*$",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"(?:and )?(?:first|then|next|later|finally|last|after (?:him|that|this)|followed by)\b[,: ]*", re.IGNORECASE
)
_DATED = re.compile(r"[ ,(]*(?:until|till?|from)\b|\W*$")


def _in_turn(statement: Statement, person: Tag) -> tuple[int, int] | None:
    """The word for the order ("then", "next") before a name in a list of the heads of the NKVD; ``None`` for other lines."""
    if statement.kind != "bullet" or not statement.context or not _CHIEFS.match(statement.context[-1]):
        return None
    start, end = statement.tokens[person.first].start, statement.tokens[person.last].end
    turn = _TURN.match(statement.text)
    led = turn.end() if turn else 0
    if statement.text[led:start].strip() or statement.tokens[person.last].possessive:
        return None
    rest = statement.text[end:]
    return (0, led) if _DATED.match(rest) else None


def _of_a_fragment(statement: Statement, first: Token, knowledge: Knowledge) -> str:
    """The person or event that the line above names, for a short line that opens with what was done or with a date."""
    fragment = statement.kind in ("bullet", "cell") or not statement.text.rstrip().endswith(".")
    if not fragment or len(statement.tokens) > 14 or not (first.low in _VERBS or _opens_with_date(statement, first)):
        return ""
    name = _nearest(statement, knowledge, "person")
    if not name and first.low not in _OF_PEOPLE:
        name = _nearest(statement, knowledge, "frame")
    if not name and first.low in _DONE_TO and any(token.kind == "number" for token in statement.tokens):
        name = _spoken_of(statement, knowledge)
    return name


_DONE_TO = frozenset("murdered killed shot executed arrested assassinated tried sentenced expelled".split())
_TITLES = frozenset("marshal general comrade commander bishop admiral commissar".split())


def _spoken_of(statement: Statement, knowledge: Knowledge) -> str:
    """The only person of the line before, if that line begins with them ("Marshal Yegorov arrested 1938 / shot Feb 1939")."""
    if not statement.before or statement.before.rstrip().endswith("?"):
        return ""
    tokens = tokens_of(statement.before)
    tags = [tag for tag in knowledge.lexicon.tags(tokens) if tag.kind == "person"]
    if len({tag.key for tag in tags}) != 1 or tags[0].key in ("stalin", "lenin") or tokens[tags[0].last].possessive:
        return ""
    if any(token.low not in _TITLES for token in tokens[: tags[0].first]) or " and " in statement.before:
        return ""
    return statement.before[tokens[tags[0].first].start : tokens[tags[0].last].end]


_PLURAL = frozenset("they we i you these those there their our one my if what why how who when but and".split())


def _bare_name(statement: Statement, knowledge: Knowledge) -> str:
    """The person whose name alone is the heading or bullet right above, so that what stands below is said of them."""
    if statement.kind == "heading" or not statement.context:
        return ""
    text = statement.context[-1]
    tokens = tokens_of(text.partition("(")[0])
    tags = [tag for tag in knowledge.lexicon.tags(tokens) if tag.kind == "person"]
    if len({tag.key for tag in tags}) != 1 or tags[0].key in ("lenin",):
        return ""
    words = [
        token
        for index, token in enumerate(tokens)
        if token.kind == "word" and not tags[0].first <= index <= tags[-1].last
    ]
    if len(words) > 1 or len(tokens) > 6:
        return ""
    return text[tokens[tags[0].first].start : tokens[tags[0].last].end]


def _opens_with_date(statement: Statement, first: Token) -> bool:
    dates = dates_of(statement.tokens)
    return bool(dates) and statement.tokens[dates[0].first] is first


def _nearest(statement: Statement, knowledge: Knowledge, kind: str) -> str:
    """The only person (or event) named by the closest heading or parent bullet, if that is short."""
    for text in reversed(statement.context[-2:]):
        if len(text) <= 70 and not text.endswith("?"):
            found = _single(text, knowledge, kind)
            if found:
                return found
    return ""


def _single(text: str, knowledge: Knowledge, kind: str) -> str:
    tokens = tokens_of(text)
    tags: list[Tag] = [
        tag for tag in knowledge.lexicon.tags(tokens) if tag.kind == kind and (kind == "person" or tag.key in _EVENTS)
    ]
    keys = {tag.key for tag in tags}
    if len(keys) != 1 or (keys == {"stalin"} and tags[0].first != 0):
        return ""
    tag = tags[0]
    return text[tokens[tag.first].start : tokens[tag.last].end].removesuffix("'s").removesuffix("’s")


def _led(statement: Statement, name: str, start: int | None, end: int | None) -> Statement:
    text = statement.text
    if start is not None and end is not None:
        text = text[:start] + " " * (end - start) + text[end:]
    lead = f"{name} "
    origins = [Origin(origin.at + len(lead), origin.line, origin.column) for origin in statement.origins]
    led = Statement(lead + text, origins, statement.context, statement.before, len(lead), statement.kind)
    led.era, led.recent, led.whole = statement.era, statement.recent, statement.whole
    return led
