"""Turns an answered question into a statement: "Who replaced Yagoda? - Beria" says that Beria replaced Yagoda."""

from __future__ import annotations

import re

from thirtyseven.notes.statements.questions import Answer, inverted, stated

SHORT = 8
"""Words of the longest answer that can stand as the subject of its question."""

LABEL = re.compile(
    r"^[ \t]*(?:\*\*)?(?:(?:Q(?:uestion)?[ \t]*\d{0,3}|Front|Term|Card|Prompt|Clue)[ \t]*[:.)](?:\*\*)?|Q\d{1,3}(?=[ \t]))[ \t]*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:what|which|when|where|how|whose|whom|name|give|year|date|number|percentage|proportion)\b")
_SUBJECT = re.compile(
    r"(?:who|which(?:\s+\w+){1,3}?|what(?:\s+\w+){1,2}?)\s+(?=(?:was|were|is|became|killed|shot|murdered|assassinated|survived|"
    r"wrote|signed|replaced|succeeded|headed|ran|led|issued|prosecuted|presided|denounced|fled|defected|got|received|committed|took|argued|followed|chaired|founded|carried|sat)\b)",
    re.IGNORECASE,
)

_YES_NO = re.compile(
    r"(?:so |and |but |then |or )?(?:is|are|was|were|do|does|did|has|have|had|can|could|should|would|will|"
    r"isn't|wasn't|why|really|true)\b"
)
"""How a question begins that no name, number or date answers ("Chairman of the OGPU until 1934?" is answered by one)."""
_REASONS = frozenset("to because so since for as due".split())
"""How an answer to a question for the reason begins ("Why did it stop? - Because its aims had been met")."""
_NOT_NAMES = frozenset({"he", "she", "it", "they", "by", "in", "on"})


FEW = 3
"""Words behind a "no" from which on the answer says something of its own."""

_POLAR = re.compile(r"(?:did|does|do|was|were|is|are|has|had|have)\s+", re.IGNORECASE)
_YES = re.compile(
    r"\W*(?:yes|yep|yeah|true|correct|indeed|of course|certainly)\b(?=\s*(?:$|[,.;:!–—-]))", re.IGNORECASE
)
_NO = re.compile(
    r"\W*(?:no|nope|false|wrong|untrue|not true|not at all|"
    r"(?:he|she|it|they) (?:did|was|were|had|has|have|is|are) ?n['o]t)\b\s*(?:$|[,.;:!–—-]\s*)",
    re.IGNORECASE,
)


_ELLIPSIS = re.compile(r"^(?:and|what about|how about|same for|but)\b[ ,]*", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:(?:in|during|on|at|by)\s+(?:the\s+)?)?(?:[A-Z][a-z]+\s+)?(?:19\d\d)(?:\s*[-–/]\s*\d{2,4})?\b")
_WHO = re.compile(r"^(?:and\s+)?by whom\b", re.IGNORECASE)
_WH = re.compile(r"^(?:when|where|how|why|in which year|in what year)\s+", re.IGNORECASE)


_AT = re.compile(r"\s*(?:in|at|on|near|outside|from|to|it|he|she|they)\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?:and )?(?P<wh>when and where|where and when|when|where)(?: exactly| was that| did that happen)?$", re.IGNORECASE
)


def pursued(question: str, said: str) -> str:
    """A question that asks on about what the last answer said ("When?"), in full; "" if it is none.

    Args:
        question: with or without its question mark.
        said: the statement that the last answer made ("" if none).
    """
    bare = _BARE.match(LABEL.sub("", question).strip().rstrip("?").strip())
    return f"{said.strip().rstrip('.')}, {bare['wh'].lower()}?" if bare and said else ""


_NEXT_ONE = re.compile(
    r"(?:and |but |how many |what about )*(?:in|at|of|from) the (?P<which>second|third|last|other)(?: (?:one|trial))?"
    r"(?P<when>(?:,| in)? .*)?$",
    re.IGNORECASE,
)
_WHICH_ONES = re.compile(
    r"(?:and )?(?:which (?:two|three|four|five|ones?)|who)(?: (?:were|was) (?:they|it|that))?$", re.IGNORECASE
)
_SOME = re.compile(
    r"(?:and )?how many .+? (?P<did>(?:survived|escaped|lived|were (?:shot|executed|killed|arrested|acquitted|spared))\b.*)$",
    re.IGNORECASE,
)


def _asked_on(body: str, earlier: str) -> str:
    """A question that takes its words from the one before: "How many in the second one?", "Which two?"; "" if none."""
    body = body.rstrip("? ").strip()
    if _WHICH_ONES.match(body) and (some := _SOME.match(earlier)):
        return f"Who {re.sub('^lived', 'survived', some['did'])}?"
    following = _NEXT_ONE.match(body)
    ordinals = re.findall(r"\b(?:first|second|third)\b", earlier, re.IGNORECASE)
    if following is None or len(ordinals) != 1 or re.search(r"\bcategory\b", earlier):
        return ""
    told = re.sub(r",[^,]*\b19\d\d$|\s+(?:in|of) (?:[A-Z][a-z]+ )?19\d\d$", "", earlier)
    told = re.sub(rf"\b{ordinals[0]}\b", following["which"].lower(), told, count=1)
    when = re.sub(r"^[, ]*(?:in )?", "", following["when"] or "")
    return f"{told}, {when}?" if when else f"{told}?"


def completed(question: str, before: str) -> str:
    """A question in full: "And in 1938?" takes its words from the question before it.

    Args:
        question: as written.
        before: the question asked before it ("" if none).

    Returns:
        The question itself if it is whole or nothing can be lent to it.
    """
    body = LABEL.sub("", question).strip()
    earlier = LABEL.sub("", before).strip().rstrip("?").strip()
    if counted := _of_them(body, earlier):
        return counted
    if asked_on := _asked_on(body, earlier):
        return asked_on
    if not earlier or len(body.split()) > 7:
        return question
    if _WHO.match(body) and len(body.split()) <= 3:
        return f"{_WH.sub('', earlier)} by whom?"
    elliptic = _ELLIPSIS.match(body) or (re.match(r"how many in\b", body, re.IGNORECASE) and _YEAR.search(body))
    if not elliptic:
        return question
    new, old = _YEAR.search(body), _YEAR.search(earlier)
    if new and old:
        return f"{earlier[: old.start()]}{new.group()}{earlier[old.end() :]}?"
    return question


_TASK = re.compile(
    r"(?:briefly |please |now )?(?P<task>state|give|name|identify|explain|describe|outline|list|define|say|write down|tell me|"
    r"tell us|discuss|assess|evaluate|analy[sz]e|compare|account for|summari[sz]e|comment on|examine|justify|calculate)\s+"
    r"(?:briefly |in (?:one|two|your own) \w+ |precisely |exactly )?(?P<what>(?:when|where|who|whom|why|how|which|what|the|two|"
    r"three|four|one|any|some|your|each|all|an?|reasons?|[A-Z][\w.-]+['’]s?)\b.*)$",
    re.IGNORECASE,
)
_TASK_MARKS = re.compile(r"\s*[\[(]\d{1,2}(?:\s?(?:marks?|points?|pts?|m|p))?[\])]\s*$", re.IGNORECASE)
_ORDERED = re.compile(r"(?P<when>when and where|where and when|when|where|why|how)\s+(?P<said>.+)$", re.IGNORECASE)


def _respective(question: str, answer: str) -> bool:
    """Whether several names answer a question for several years, each its own."""
    listed = " and " in answer or "," in answer
    return listed and len(set(re.findall(r"\b19\d\d\b", question))) > 1 and not re.search(r"\d", answer)


def task(text: str) -> str:
    """A task as the question that it asks ("State when and where Kirov was killed [2]"); "" if it is none.

    Args:
        text: a sentence.
    """
    body = LABEL.sub("", text).strip()
    marked = bool(_TASK_MARKS.search(body))
    found = _TASK.match(_TASK_MARKS.sub("", body).rstrip(" .:?"))
    if found is None or len(body) > 200 or not body[:1].isupper():
        return ""
    verb, what = found["task"].lower(), found["what"]
    if verb == "state" and not marked and not re.match(r"when|where|who|why|how|which|what|the\b", what, re.IGNORECASE):
        return ""
    if ordered := _ORDERED.match(what):
        said = ordered["said"]
        return f"{said[:1].upper()}{said[1:]}, {ordered['when'].lower()}?"
    if re.match(r"(?:who|whom|which|what)\b", what, re.IGNORECASE):
        return f"{what[:1].upper()}{what[1:]}?"
    people = re.match(
        r"the (?:\w+ ){0,2}(?:prosecutor|judge|head|chief|boss|killer|murderer|assassin|author|leader|successor|"
        r"commissar|marshals?|man|men|person|heads|chairman)\b|[A-Z]\w+['’]s? (?:successor|predecessor)",
        what,
    )
    return f"{'Who' if people else 'What'} was {what}?"


_MANY = re.compile(
    r"how many (?:of )?(?P<noun>[\w' ,-]+?) (?:(?:did|does) (?P<whole>.+?) (?:have|elect|count|number|comprise|contain)|"
    r"(?:were|are|was) (?:there )?(?:at|in|on|among|accused in|tried in|put on trial in|elected (?:by|at)) (?P<where>.+?)|"
    r"(?:attended|belonged to|sat (?:in|on)|stood in|took part in|came to|met at) (?P<at>.+?))$",
    re.IGNORECASE,
)
_MANY_DID = re.compile(
    r"how many (?:of )?(?P<noun>[\w' ,-]+?) (?:were|was|are|had|have|got|survived|died|came|did|received|stood|lived|fell)\b.*$",
    re.IGNORECASE,
)
_THEM = re.compile(r"\bof (?:them|these|those)\b", re.IGNORECASE)
_AND_MANY = re.compile(
    r"^(?:and |so )?how many (?=were(?! (?:in|on|at|there)\b)|was|got|died|survived|came)", re.IGNORECASE
)


def _of_them(body: str, earlier: str) -> str:
    """The question "How many of them were shot?" with those whom the question before it counts."""
    asked = _MANY.match(earlier)
    whole = (asked["whole"] or asked["where"] or asked["at"]) if asked else ""
    asked = asked or _MANY_DID.match(earlier)
    if asked is None or re.search(r"\b(?:them|these|those|people)\b", asked["noun"]):
        return ""
    noun = asked["noun"].strip()
    those = f"of {noun if noun.startswith('the ') else f'the {noun}'}{f' of {whole}' if whole else ''}"
    if _THEM.search(body):
        return f"{_THEM.sub(those, body, count=1)}?"
    if not whole and not noun.startswith("the "):
        return ""
    return f"{_AND_MANY.sub(f'How many {those} ', body)}?" if _AND_MANY.match(body) else ""


def plainly(question: str, answer: str) -> Answer | None:
    """The plain statement that stands for question and answer, if the question's word can be replaced by the answer.

    Args:
        question: with or without its question mark.
        answer: as written.
    """
    if _respective(question, answer):
        return None
    return stated(LABEL.sub("", question).strip().rstrip("?").strip(), answer)


def answered(question: str, answer: str) -> Answer | None:
    """The statement that an answer makes of its question.

    Args:
        question: with or without its question mark.
        answer: as written.

    Returns:
        The statement, or ``None`` if the question is one of yes and no, or too long.
    """
    body = LABEL.sub("", question).strip().rstrip("?").strip()
    low = body.lower()
    words = answer.split()
    if polar := _polar(body, answer):
        return polar
    if _respective(body, answer):
        return None
    subject = _SUBJECT.match(body)
    named = len(words) <= SHORT and "," not in answer and words[0].lower() not in _NOT_NAMES
    if subject and named:
        name = answer.strip().rstrip(" .")
        return Answer(f"{name} {body[subject.end() :]}", 0, len(name))
    if low.startswith("where ") and len(words) <= SHORT:
        return _led(f"{body[6:]} in ", answer)
    if low.startswith(("who was ", "who is ", "who were ", "who became ")):
        return _led(f"{body.split(' ', 2)[-1]}: ", answer)
    if low.startswith(("who replaced ", "who succeeded ", "who followed ")):
        return _led(f"{body.split(' ', 2)[-1].strip()} was replaced by: ", answer)
    if re.search(r"\band by whom$", low):
        return _led(f"{re.sub(r',? and by whom$', '', body, flags=re.IGNORECASE)}: ", answer)
    if low.endswith(" by whom"):
        return _led(f"{body[: -len(' by whom')]} by: ", answer)
    if low.startswith(("who ", "by whom ", "whom ")):
        return _led(f"{body.split(' ', 2 if low.startswith('by whom') else 1)[-1]} by: ", answer)
    if ordered := re.search(r", (?:when and where|where and when|when|where|why|how)$", low):
        at = (
            " in "
            if ordered.group().endswith(" where") and " and " not in ordered.group() and not _AT.match(answer)
            else ": "
        )
        return _led(f"{body[: ordered.start()]}{at}", answer)
    words = [word for word in words if word[:1].isalnum()] or words
    if low.startswith("why ") and (words[0].lower().rstrip(",") in _REASONS or len(words) > FEW):
        return _led(f"{body[4:]}: ", answer)
    named = len(words) <= 2 * SHORT and not _YES_NO.match(low)
    return _led(f"{body}: ", answer) if len(body) < 160 and (named or _ASKS.search(low)) else None


def asserted(question: str) -> str:
    """A question of yes and no in the order of a statement ("Was Yagoda shot in 1936?": Yagoda was shot in 1936).

    Args:
        question: with or without its question mark.
    """
    body = LABEL.sub("", question).strip().rstrip("? ").strip()
    asked = _POLAR.match(body)
    return inverted(asked.group().strip().lower(), body[asked.end() :]) if asked else body


def refusal(question: str, answer: str) -> int:
    """Characters of the "no" before what an answer goes on to say ("No, some of them ..."); 0 if it is none.

    Args:
        question: with or without its question mark.
        answer: as written.
    """
    no = _NO.match(answer)
    if no is None or not _POLAR.match(LABEL.sub("", question).strip()):
        return 0
    return no.end() if len(answer[no.end() :].split()) >= FEW else 0


def _polar(body: str, answer: str) -> Answer | None:
    """What a yes or a bare no makes of a question ("Did Stalin give the order? - Yes")."""
    asked = _POLAR.match(body)
    if asked is None:
        return None
    said = asserted(body)
    if _YES.match(answer):
        return Answer(f"{said}: {answer}", len(said) + 2, agreed=True)
    no = _NO.match(answer)
    if no is None or len(answer[no.end() :].split()) >= FEW:
        return None
    lead = f"it is untrue that {said}: "
    return Answer(lead + re.sub(r"\w", "-", answer), len(lead), agreed=True)


def _led(lead: str, answer: str) -> Answer:
    return Answer(lead + answer, len(lead))
