"""Puts an answer where its question asks: "Which job did Yagoda get? - communications" is one plain statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A statement made of a question and its answer.

    Attributes:
        text: the statement.
        lead: characters brought in before the answer.
        tail: where the answer ends, if words of the question follow it (0 if the answer ends the statement).
        agreed: whether a yes or no makes the question itself what is said.
    """

    text: str
    lead: int
    tail: int = 0
    agreed: bool = False


_BE = r"was|were|is|are|had been|has been"
_AUX = rf"{_BE}|did|does|do|had|has|have"
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|to|from|under|for|of|with|against|before|after|during|until|since|near|outside|into|through)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|they|it|him|her|them)\b(?:'s|'d)?\s+", re.IGNORECASE)
_DUMMY = re.compile(r"(?:it|that|this|he|she|they|these|those)\s+(?:was|were|is|are)\s+", re.IGNORECASE)
_DONE = r"\w+(?:ed|en)|shot|put|held|made|sent|set|born|led|run|found|kept|met|won|cut|dead|alive|hit|tried|said"
_DONE_AT = re.compile(rf"\b(?:{_DONE})\b")
_NOT_DONE = re.compile(r"\b(?:the|a|an|of|red|united|sixteen|seventeen|seven|ten|eleven|hundred)\s*$", re.IGNORECASE)
_BASES = {
    "take": "took", "get": "got", "become": "became", "hold": "held", "run": "ran", "begin": "began", "die": "died",
    "flee": "fled", "give": "gave", "lead": "led", "lose": "lost", "fall": "fell", "write": "wrote", "stand": "stood",
    "go": "went", "come": "came", "meet": "met", "send": "sent", "have": "had", "see": "saw", "make": "made",
    "put": "put", "find": "found", "leave": "left", "speak": "spoke", "shoot": "shot", "set": "set", "end": "ended",
    "stop": "stopped", "win": "won", "sit": "sat", "do": "did", "tell": "told", "escape": "escaped", "start": "started",
    "replace": "replaced", "succeed": "succeeded", "follow": "followed", "head": "headed", "receive": "received",
    "serve": "served", "arrest": "arrested", "kill": "killed", "murder": "murdered", "issue": "issued", "sign": "signed",
    "approve": "approved", "target": "targeted", "affect": "affected", "elect": "elected", "vote": "voted",
    "deport": "deported", "order": "ordered", "prosecute": "prosecuted", "govern": "governed", "occur": "occurred",
    "happen": "happened", "open": "opened", "last": "lasted", "contain": "contained", "count": "counted", "live": "lived",
    "survive": "survived", "commit": "committed", "defect": "defected", "work": "worked", "move": "moved",
    "describe": "described", "call": "called", "resign": "resigned", "appear": "appeared", "convict": "convicted",
    "condemn": "condemned", "sentence": "sentenced", "expel": "expelled", "publish": "published", "name": "named",
    "purge": "purged", "attack": "attacked", "launch": "launched", "dismiss": "dismissed", "want": "wanted",
    "execute": "executed", "choose": "chose", "close": "closed", "introduce": "introduced", "stage": "staged",
}  # fmt: skip
"""Verbs as a question has them behind "did", and as a statement has them."""
_JOBS = "job|post|office|position|commissariat|ministry|portfolio|department"
_TITLED = re.compile(
    r"\b(?:head|chief|chairman|commissar|minister|boss|secretary|leader|procurator|prosecutor|deputy|ambassador|president|"
    r"premier|commander|editor|director|judge|none|nothing)\b",
    re.IGNORECASE,
)
_TIMES = r"year|month|day|date|week|season|autumn|summer|spring|winter|decade|century"
_PLACES = r"building|city|town|place|country|region|district|republic|room|prison|palace|street|province|capital"
_NOUNS = r"trial|operation|order|decree|congress|plenum|line|category|census|court|purge|list|directive"
_TIME = re.compile(
    r",?\s+((?:(?:in|on|during|by|after|before|since|at)\s+(?:the\s+)?(?:(?:early|late|mid|spring|summer|autumn|winter|end|"
    r"beginning)\s+(?:of\s+)?)?(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:19\d\d(?:\s*[-–/]\s*\d{2,4})?))"
    r"|(?:that|this|the same) (?:day|month|year|spring|summer|autumn|winter))\s*$"
)


def stated(body: str, answer: str) -> Answer | None:
    """The plain statement that an answer makes of a question for a name, a place, a number or a fate.

    Args:
        body: the question without its label and question mark.
        answer: as written, without its label.

    Returns:
        The statement, or ``None`` if the question is of no kind known here.
    """
    asked = re.sub(r"^(?:and|but|so|then|now|okay|ok)\b,?\s+", "", body.strip(), flags=re.IGNORECASE)
    asked = re.sub(r",? (?:then|exactly|again|please|first|lol|tho|though|btw)$", "", asked)
    if not asked or not answer.strip() or len(asked) > 160:
        return None
    for pattern, make in _KINDS:
        if (found := pattern.match(asked)) and (made := make(found, answer)):
            return made
    return None


def _around(lead: str, answer: str, behind: str = "") -> Answer:
    """The answer between two stretches of its question."""
    kept = answer.rstrip().rstrip(".") if behind else answer
    lead = lead[:1].upper() + lead[1:]
    return Answer(f"{lead}{kept}{behind}", len(lead), len(lead) + len(kept) if behind else 0)


def _blank(answer: str, pattern: re.Pattern[str]) -> str:
    """The answer with the words that only point back to the question put out, so that no place is lost."""
    start = len(answer) - len(answer.lstrip())
    found = pattern.match(answer[start:])
    return answer[:start] + " " * found.end() + answer[start + found.end() :] if found else answer


def inverted(auxiliary: str, rest: str) -> str:
    """What follows a question's auxiliary in the order of a statement ("was", "Kirov killed": Kirov was killed)."""
    rest = rest.strip()
    if auxiliary.lower() in ("did", "does", "do"):
        words = rest.split()
        for index, word in enumerate(words[1:], 1):
            if word in _BASES and words[index - 1].lower() not in (
                "the",
                "a",
                "an",
                "this",
                "that",
                "first",
                "second",
                "kulak",
            ):
                return " ".join((*words[:index], _BASES[word], *words[index + 1 :]))
        return rest
    for found in _DONE_AT.finditer(rest):
        if found.start() and not _NOT_DONE.search(rest[: found.start()]):
            return f"{rest[: found.start()]}{auxiliary} {rest[found.start() :]}"
    return rest


def _sited(found: re.Match[str], answer: str) -> Answer | None:
    """A question for a place: "In which building was Kirov killed?", "Where ...?"."""
    said = inverted(found["aux"], found["rest"])
    preposition = (found["prep"] or "in").lower()
    bare = _blank(answer, _DUMMY)
    if _PREPOSITION.match(bare.strip()):
        return _around(f"{said} ", bare)
    noun = found["noun"] or ""
    named = re.search(rf"\b({_NOUNS})s?\b", noun, re.IGNORECASE)
    if named and not re.search(rf"\b{named[1]}", answer, re.IGNORECASE):
        first, comma, rest = bare.partition(",")
        return _around(f"{said} {preposition} ", first, f" {named[1]}{comma}{rest}")
    return _around(f"{said} {preposition} ", bare)


def _directed(found: re.Match[str], answer: str) -> Answer | None:
    """A question with its preposition at the end: "Which country did he flee to?"."""
    return _around(f"{inverted(found['aux'], found['rest'])} {found['prep']} ", _blank(answer, _DUMMY))


def _became(found: re.Match[str], answer: str) -> Answer | None:
    """A question for a fate: "What happened to Tomsky?", "What was his fate?", "How did he die?"."""
    who, time = found["who"].strip(), ""
    if when := _TIME.search(f" {who}"):
        who, time = who[: max(0, when.start() - 1)].rstrip(" ,"), when[1].strip()
    time = time or (found.groupdict().get("time") or "").strip(" ,")
    if not who or len(who.split()) > 6:
        return None
    who = re.sub(r"['’]s?$", "", who)
    bare = _blank(answer, _PRONOUN)
    first = bare.split()[0].lower().strip(",.;:") if bare.split() else ""
    if _PREPOSITION.match(bare.strip()) and found.re is _DIED:
        who = f"{who} died"
    elif re.fullmatch(_DONE, first) and first != "died" and bare == answer:
        who = f"{who} was"
    return _around(f"{time[:1].upper()}{time[1:]} {who} " if time else f"{who} ", bare)


def _larger(found: re.Match[str], answer: str) -> Answer | None:
    """A choice by size: "Which was larger, the German or the Polish line?"."""
    one, two = (
        re.sub(r"^(?:the|a)\s+", "", side.strip(), flags=re.IGNORECASE) for side in (found["one"], found["two"])
    )
    words = two.split()
    noun = f" {found['noun'] or words[-1]}" if found["noun"] or len(words) > 1 else ""
    first, second = one.split()[0].lower(), words[0].lower()
    low = answer.lower()
    if (first in low) == (second in low):
        return None
    other = one if second in low else two
    bare = re.sub(rf"{noun.strip()}s?$", "", other, flags=re.IGNORECASE).strip() if noun else other
    behind = "" if not noun or noun.strip().lower() in low else noun
    name = _blank(answer, _DUMMY).strip()
    proper = "" if not noun else "the "
    return _around("", name, f"{behind} was {found['how']} than {proper}{bare}{noun}")


def _first(found: re.Match[str], answer: str) -> Answer | None:
    """A choice by time: "Who came first, Yagoda or Yezhov?"."""
    one, two = found["one"].strip(), found["two"].strip()
    if (one.lower() in answer.lower()) == (two.lower() in answer.lower()):
        return None
    other = two if one.lower() in answer.lower() else one
    return _around("", answer.strip(), f" came {'before' if found['how'] != 'last' else 'after'} {other}")


def _counted(found: re.Match[str], answer: str) -> Answer | None:
    """A question for a number: "How many members did it have?", "How many of them were shot?"."""
    bare = _blank(answer, _DUMMY)
    if not re.search(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|all|none|most|half)\b", bare, re.IGNORECASE
    ):
        return None
    words = bare.strip().rstrip(".").split()
    if len(words) > 4:
        return None
    noun, rest = found["noun"].strip(), found["rest"].strip()
    if found["aux"].lower() in ("did", "does", "do"):
        said = inverted(found["aux"], rest)
        last = said.split()[-1:]
        return _around(f"{said} ", bare, f" {noun}") if last and last[0] in _BASES.values() else None
    return _around("", bare.strip(), f" {noun} {found['aux']} {rest}")


def _job(found: re.Match[str], answer: str) -> Answer | None:
    """A question for an office: "Which job did Yagoda get after the NKVD?"."""
    who = found["who"].strip()
    time = found["time"].strip()
    became = "held" if found["verb"].startswith(("hold", "have")) else "became"
    lead = f"{time[:1].upper()}{time[1:]} {who} {became} " if time else f"{who} {became} "
    bare = _blank(answer, re.compile(r"(?:that of|the one of|it was|the)\s+", re.IGNORECASE))
    if not _TITLED.search(answer):
        lead = f"{lead.rsplit(' ', 2)[0]} became people's commissar of "
    elif became == "held":
        lead = f"{lead.rsplit(' ', 2)[0]} was "
    return _around(lead, bare)


def _whom(found: re.Match[str], answer: str) -> Answer | None:
    """A question for whom something was done to: "Whom did Beria succeed?"."""
    verb = _BASES.get(found["verb"].lower())
    return _around(f"{found['who'].strip()} {verb} ", answer) if verb and len(answer.split()) <= 8 else None


def _taken_over(found: re.Match[str], answer: str) -> Answer | None:
    """A question that names an office by its holder: "Who was Yezhov's successor?"."""
    verb = "succeeded" if found["what"].lower() == "successor" else "preceded"
    owner = re.sub(r"['’]s?$", "", found["who"].strip())
    bare = _blank(answer, _DUMMY)
    return _around("", bare.strip(), f" {verb} {owner}") if len(answer.split()) <= 4 else None


def _noun_first(found: re.Match[str], answer: str) -> Answer | None:
    """A question that names what is asked for: "Which operation was the largest?"."""
    noun, rest = found["noun"].strip(), found["rest"].strip()
    bare = _blank(answer, _DUMMY).strip()
    if len(bare.split()) > 5 or "," in bare:
        return None
    if re.search(rf"\b{noun.split()[-1]}", bare, re.IGNORECASE):
        return _around("", bare, f" {rest}")
    number = bare[:1].isdecimal()
    return _around(f"{noun} " if number else "", bare, f" {rest}" if number else f" {noun} {rest}")


def _who(found: re.Match[str], answer: str) -> Answer | None:
    """A question for the doer: "Who prosecuted at the trials?"."""
    name, comma, more = answer.strip().rstrip(".").partition(",")
    words = name.split()
    if not words or len(words) > 8 or words[0].lower() in ("he", "she", "it", "they", "by", "in", "on"):
        return None
    if comma and (len(words) > 4 or not re.match(r"\s+(?:[a-z]|\d)", more)):
        return None
    return _around("", name, f" {found['rest'].strip()}{comma}{more}")


def _chosen_of(found: re.Match[str], answer: str) -> Answer | None:
    """A choice among several: "Which of the five marshals survived?"."""
    return (
        _around("", _blank(answer, _DUMMY).strip(), f" {found['rest'].strip()}") if len(answer.split()) <= 8 else None
    )


def _sentenced(found: re.Match[str], answer: str) -> Answer | None:
    """A question for a sentence: "What did Radek get in January 1937?"."""
    bare = _blank(answer, re.compile(r"(?:he|she|they) (?:got|received|was given|were given)\s+", re.IGNORECASE))
    first = bare.strip().lower()
    if not re.match(r"(?:the )?(?:death|bullet|firing|\d|a\b|one|two|three|five|eight|ten|fifteen|twenty)", first):
        return None
    time = (found.groupdict().get("time") or "").strip()
    verb = "was sentenced to" if "death" in first else "got"
    return _around(f"{time[:1].upper()}{time[1:]} {found['who'].strip()} {verb} ".strip() + " ", bare)


def _next_in_office(found: re.Match[str], answer: str) -> Answer | None:
    """An office by its former or later holder: "NKVD boss after Yagoda?"."""
    if len(answer.split()) > 3 or not re.search(r"[A-Za-z]{4}", answer) or re.search(r"\d", answer):
        return None
    role, who = re.sub(r"^(?:who (?:was|became|is) )?(?:the )?", "", found["role"], flags=re.IGNORECASE), found["who"]
    bare = _blank(answer, _DUMMY).strip()
    if found["when"].lower() == "after":
        return _around("", bare, f" replaced {who} as {role}")
    return _around(f"{who} replaced ", bare, f" as {role}")


def _numbered(found: re.Match[str], answer: str) -> Answer | None:
    """A question for an order's number: "What was the number of the kulak order?"."""
    bare = _blank(answer, _DUMMY).strip()
    if not re.match(r"(?:(?:nkvd )?order )?(?:no\.? ?)?\d{4,5}\b", bare, re.IGNORECASE) or len(bare.split()) > 3:
        return None
    what = re.sub(r"[\"“”']", "", found["what"]).strip()
    what = re.sub(r"^(?:anti-)?kulak (order|operation)", r"\1 against the kulaks", what)
    return _around("" if bare[:1].isalpha() else "Order ", bare, f" was the {what}")


def _at_its_start(found: re.Match[str], answer: str) -> Answer | None:
    """A question for the first head: "Who ran the NKVD when it was set up in July 1934?"."""
    named = len(answer.split()) <= 3 and not re.search(r"\d", answer)
    return _around("", answer.strip(), f" was head of the {found['what']} from {found['time']}") if named else None


def _why(found: re.Match[str], answer: str) -> Answer | None:
    """A question for the reason: "Why did Stalin purge the army? - because ..."."""
    said = inverted("did", found["rest"])
    led = re.match(r"\s*(?:because|so that|to|since|for|in order|out of|as)\b", answer, re.IGNORECASE)
    return _around(f"{said} ", answer.strip()) if led and said != found["rest"] else None


_DIED = re.compile(
    r"how (?:did|does) (?P<who>.+?) (?:die|end|finish|meet (?:his|her|their) end|perish)"
    r"(?P<time>(?:,? (?:in|on|at) [\w ]*19\d\d)?)$",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Answer | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern, make)
    for pattern, make in (
        (r"(?:what|which) (?:\w+ )?(?:" + _JOBS + r") did (?P<who>[\w' -]+?) (?P<verb>get|hold|have|take|receive|obtain|head|run|"
         r"be given|lead)(?: over)?(?P<time>(?: (?:in|on|after|before|from|under|at|instead|when|next)\b.*)?)$", _job),
        (r"(?:which|who|what)(?: (?P<noun>\w+))? (?:was|is|were) (?:the )?(?P<how>larger|bigger|smaller|greater|deadlier|"
         r"bloodier|earlier|later|higher|lower)(?: \w+)?\s*[,:–-]+ (?P<one>[^,]+?) or (?P<two>[^,]+)$", _larger),
        (r"(?:which|who|what)(?: \w+)? (?:came|was|died|went) (?P<how>first|last|earlier|later)\s*[,:–-]+ (?P<one>[^,]+?) or "
         r"(?P<two>[^,]+)$", _first),
        (r"(?:what|which) (?:fate )?(?:happened to|became of|befell|awaited) (?P<who>.+)$", _became),
        (r"what (?:was|became) (?:the )?(?:fate|end) of (?P<who>.+)$", _became),
        (r"(?:what (?:was|is) )?(?P<who>[A-Z]\w+['’]s?) (?:own |eventual |final |later )?(?:fate|end)$", _became),
        (_DIED, _became),
        (r"(?:what (?:was|is) (?:the )?number of|which number (?:has|had)|what number (?:has|had)) the (?P<what>.+)$", _numbered),
        (r"(?:what|which) number did the (?P<what>.+?) (?:have|get|carry|bear)$", _numbered),
        (r"who (?:ran|headed|led|(?:was|became) (?:the )?(?:\w+ )?(?:head|chief|boss|leader) of) (?:the )?(?P<what>\w+) when it "
         r"was (?:set up|founded|created|formed|established|made),? in (?P<time>(?:[a-z]+ )?19\d\d)$", _at_its_start),
        (r"why did (?P<rest>.+)$", _why),
        (r"(?:in|at|to|from|on|under|by|for|near|into) (?:which|what) (?P<noun>time|reason|means|extent|way|sense|terms)\b.*$",
         lambda found, answer: None),
        (rf"(?P<prep>in|at|to|from|on|under|near|into|through|against) (?:which|what|whom) (?P<noun>[\w' -]*?)\b(?P<aux>{_AUX}) "
         r"(?P<rest>.+)$", _sited),
        (rf"(?P<prep>by) (?P<noun>)whom (?P<aux>{_AUX}) (?P<rest>.+)$", _sited),
        (rf"(?P<prep>)(?P<noun>)where(?: exactly)? (?P<aux>{_AUX}) (?P<rest>.+)$", _sited),
        (rf"(?:which|what|whom|who) (?:(?:{_PLACES}|people|group|nationality) )?(?P<aux>{_AUX}) (?P<rest>.+?) "
         r"(?P<prep>to|against|from|by|for|in)$", _directed),
        (rf"how many (?P<noun>(?:of )?[\w' ,-]+?) (?P<aux>{_AUX}) (?P<rest>.+)$", _counted),
        (r"(?:which|who)(?: one| ones)? of (?P<noun>.+?) (?P<rest>(?:survived|was|were|came|died|lived|escaped|got|had|"
         r"kept|lost|stayed|fell)\b.*)$", _chosen_of),
        (r"(?:what|which) (?:sentence |punishment |penalty )?(?:did|was) (?P<who>[\w' -]+?) (?:get|receive|given|sentenced to)"
         r"(?P<time>(?: (?:in|on) .*)?)$", _sentenced),
        (r"(?:what was |what's )?(?:the )?(?:sentence|verdict|punishment|penalty) (?:on|of|for|against) "
         r"(?P<who>[\w' -]+)$", _sentenced),
        (r"(?P<role>(?:who (?:was|became|is) )?(?:the )?(?:head|boss|chief|nkvd|commissar|foreign|prosecutor|leader|party)"
         r"[\w' ]*?) (?P<when>after|before) (?P<who>[A-Za-z]{4,})$", _next_in_office),
        (r"(?:which|what) (?:year|month) (?P<rest>(?:saw|had|was|brought)\b.+)$", _chosen_of),
        (r"(?:who|whom) did (?P<who>[\w' -]+?) (?P<verb>\w+)$", _whom),
        (r"who (?:was|is|became) (?P<who>[A-Z][\w ]+['’]s?) (?:immediate |direct )?(?P<what>successor|predecessor)\b[^,]*$",
         _taken_over),
        (rf"(?:which|what) (?P<noun>(?:\w+ ){{0,2}}(?:{_NOUNS})) (?P<rest>(?!did\b|does\b|do\b).+)$", _noun_first),
        (r"who (?P<rest>(?!was\b|is\b|were\b|are\b|did\b|does\b|became\b|else\b)\w+(?:ed|t|k|d|e|n|an)\b.*)$", _who),
    )
)  # fmt: skip
