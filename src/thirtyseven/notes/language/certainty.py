"""Whether a sentence claims certainty for what it says: "undisputed", "no book says otherwise", "end of story"."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from thirtyseven.notes.language.text import Statement

_COUNT = (
    r"(?:numbers?|figures?|counts?|totals?|sums?|tall(?:y|ies)|answers?|values?|versions?|statistics?|dates?|"
    r"days?|estimates?)"
)
_BOOKS = (
    r"(?:historians?|scholars?|sources?|books?|textbooks?|authors?|writers?|experts?|specialists?|researchers?|archives?|"
    r"documents?|studies|study|works?|handbooks?|literature|accounts?|tables?|lists?)"
)
_SERIOUS = (
    r"(?:(?:serious|modern|other|single|known|respectable|competent|the|these|good|of|them|western|russian|my|"
    r"living) ){0,3}"
)
_NOBODY = rf"(?:nobody|no one|noone|none|no {_SERIOUS}{_BOOKS})"
_CAN = (
    r"(?:(?:has|have|had|can|could|ever|would|will|seriously|today|now|anywhere|really|even|today|any longer|"
    r"in|the|that|there|who|"
    r"i|know|read|field|does|do|is|are|to) ){0,5}"
)
_DOUBT = (
    r"(?:doubt(?:s|ed|ing)?|disput(?:e|es|ed|ing)|question(?:s|ed|ing)?|den(?:y|ies|ied|ying)|contest(?:s|ed|ing)?|"
    r"challeng(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|disagree(?:s|d|ing)?|object(?:s|ed)?|argu(?:e|es|ed)|"
    r"quarrel(?:s|ed)?)"
)
_ELSE = (
    r"(?:(?:gives?|gave|given|has|have|had|says?|said|offers?|offered|prints?|printed|shows?|cites?|knows?|"
    r"found|finds?|writes?|"
    r"claims?|puts?|reports?|proposes?|proposed|states?|told|tells?) "
    r"(?:(?:any|a|it|this|that) )?(?:otherwise|differently|anything else|something else|another|other|"
    rf"different|(?:another|other|different) {_COUNT}))"
)
_CERTAIN = (
    r"(?:settled|established(?! (?:in|by|on|under|as|for|at)\b)|certain|proven|proved|undisputed|definitive|"
    r"fixed|unanimous|"
    r"indisputable|beyond dispute|sure|conclusive|authoritative)"
)
_HOW = (
    r"(?:finally|firmly|conclusively|fully|definitely|definitively|securely|solidly|clearly|absolutely|"
    r"completely|totally|well|long|now|quite|absolutely)"
)
_DISPUTE = (
    r"(?:doubts?|dispute|question|argument|debate|discussion|controversy|disagreement|uncertainty|"
    r"contradiction|objection|appeal|quarrel|variants?|rivals?)"
)

_WAYS = (
    # words that are enough by themselves
    r"undoubtedly|undeniabl[ey]|unquestionabl[ey]|unquestioned|indisputabl[ey]|undisputed(?:ly)?|undoubted|uncontested|"
    r"unchallenged|uncontroversial|indubitabl[ey]|incontestabl[ey]|incontrovertibl[ey]|irrefutabl[ey]|unassailable|"
    r"unambiguously|definitively|definitely|definitive|conclusively|certainly|guaranteed|punto|basta|for certain",
    r"for sure|for a fact",
    r"without (?:any |a |the slightest )?(?:doubt|question|rivals?|dispute|variant|contradiction|"
    r"exception in the sources)",
    r"no doubts?|doubtless|doubtlessly|once and for all|end of (?:discussion|story|debate|argument)",
    r"case closed|no maybe|no argument",
    rf"beyond (?:any |all |every |possible |serious |reasonable |the slightest |a )*{_DISPUTE}",
    r"no question(?= (?:$|about|that))|no two ways|no ifs(?: or buts| no buts)?|no second opinion",
    r"simple as that|not a shadow of",
    r"just a fact|is a fact|hard fact",
    r"(?:established|proven|known|plain|simple|solid|settled|undeniable|undisputed|certain|secure) fact",
    r"(?:full stop|period|punkt|amen|fact|end of|fact now|facts|final|no discussion|that s final|that s it|"
    r"and that s that|that is that)(?= $)",
    r"(?:is|are) (?:a )?facts? (?:now|nowadays|today)|(?:carved|set|written|cast) in (?:stone|granite|iron)",
    r"stop arguing|(?:not|never) up for debate|don t (?:argue|discuss)|no need to (?:check|argue|discuss|look|doubt)",
    r"that is all there is to it|that s all there is to it|(?:that|this|which) settles (?:it|the (?:matter|question))",
    # the one number
    rf"no other (?:\w+ )?(?:{_COUNT}|source|book|historian|archive)",
    rf"(?:any|every|all)(?: the)? (?:other|others|different)(?: {_COUNT})? (?:is|are|was|were|"
    r"being) (?:\w+ )?(?:wrong|false|errors?|mistaken|invented|rubbish|nonsense|incorrect|untrue|mistakes?)",
    rf"others?(?: {_COUNT})? (?:is|are|being) (?:simply |just |plainly |all )?(?:wrong|false|errors|mistaken|"
    r"invented|nonsense|incorrect)",
    r"there (?:is|exists) (?:no|none) other",
    r"(?:and )?nothing else(?: is)? (?:accepted|counts|right|correct|allowed|valid|possible)",
    rf"the (?:one|only|single)(?: \w+)? {_COUNT}|the (?:one|only|single) (?:true|right|valid|real|correct)|one and only",
    rf"(?:there is|there exists|knows?|knew|have|has|we have) only (?:one|a single)(?: \w+)? {_COUNT}",
    rf"only (?:this|that)(?: \w+)? {_COUNT}",
    rf"(?:this|that|it|{_COUNT}) (?:is|s) final",
    rf"the (?:true|correct|right|exact|final|definite|definitive|precise) {_COUNT}",
    rf"(?:final|definitive|exact|true|precise|undisputed) (?:and \w+ )?(?:{_COUNT})|(?:a|the) definite {_COUNT}",
    r"true population|true number|true total|real population|really had|exact and final",
    r"exactly as published|as published",
    r"(?:exactly|precisely) (?:[a-z] )?\d\S*",
    r"(?:neither|not|no) (?:one |a (?:man|person|soul) )?more,?(?: and| nor| or)? (?:not |no )?(?:one |"
    r"a (?:man|person|soul) )?(?:less|fewer)",
    r"to the (?:last )?(?:man|person|unit|soul|head|digit)|(?:known|counted|down) to the last(?: \w+)?",
    r"(?:known|we know|know) (?:it )?(?:exactly|precisely|for (?:certain|a fact|sure))|as we (?:all )?know now",
    rf"that (?:is |s )?(?:just |simply )?(?:the (?:{_COUNT}|fact)|how it was|final)(?= $)",
    rf"(?:this|that|the) {_COUNT} (?:stands|is (?:right|correct|fact|final)|counts)(?= $)",
    # nobody says otherwise, everybody says so
    rf"{_NOBODY} {_CAN}(?:{_DOUBT}|{_ELSE})",
    r"not (?:doubted|disputed|questioned|contested|challenged) by (?:anybody|anyone|any)",
    r"is not (?:disputed|doubted|contested|questioned)",
    rf"(?:all|every) {_SERIOUS}{_BOOKS} (?:now |today |all )?(?:agrees?|concurs?|accepts?|confirms?|has (?:it|"
    r"that|this|the same)|"
    r"have (?:it|that|this|the same)|gives? (?:it|that|this|the same|one)|says? (?:so|that|this|it|the same)|"
    r"knows? (?:it|that|this)|"
    r"prints? (?:it|that|this|the same)|shows? (?:it|that|this|the same)|repeats? (?:it|that|this)",
    r"(?:is|are) (?:agreed|unanimous|at one|sure|certain))",
    rf"{_BOOKS} (?:are|is) (?:unanimous|agreed|at one|of one mind)",
    r"(?:everyone|everybody) (?:\w+ )?(?:agrees|accepts|has it)|universally accepted",
    r"by (?:common|general) consent",
    r"(?:on which|about which|where) (?:all|everybody|everyone|every)(?: \w+){0,3} agrees?",
    rf"(?:has|have|was|were|is|are) (?:never|nowhere|not once) (?:been )?(?:seriously )?{_DOUBT}",
    # the matter is closed
    rf"(?:is|are|was|now|been|as|has|have|s) (?:been |now |long )*(?:{_HOW} )*{_CERTAIN}",
    rf"{_HOW} (?:established(?! (?:in|by|on|under|as|for|at)\b)|settled|proved|proven|known|fixed|documented|"
    r"attested)",
    r"(?:proved|proven|established|settled) (?:once and )?(?:for all|beyond)",
    r"(?:archives?|documents?|sources?|research|scholars|historians) (?:has |have )?(?:now |long |"
    r"finally )?(?:settled|proved|proven|established) (?:it|that|this)",
    rf"(?:there|here)(?: is| s| are| can be| exists)? no (?:room for |need for |way to )?{_DISPUTE}(?: here|"
    r" about| on| over| whatever| left|(?= $))",
    r"leaves? no (?:room|doubt)|no room for",
    r"there (?:is|s) no (?:disputing|denying|doubting|arguing|contesting|questioning)",
    rf"no {_DISPUTE} (?:about|here|is possible|possible)",
    r"no (?:variant|variants|rival|rivals|alternative|debate|controversy|dispute|discussion)",
    rf"not (?:in|open to|subject to|a matter of|under) (?:any )?{_DISPUTE}|(?:never|not) open to {_DISPUTE}",
    r"(?:question|matter|case|issue|file|debate) (?:is |has been |s )?(?:now |long |finally )?(?:closed|"
    r"settled)",
    r"nothing (?:left )?to (?:argue|discuss|dispute)(?: about)?",
    r"(?:cannot|can not|can t|can never) be (?:seriously )?(?:questioned|doubted|disputed|challenged|"
    r"contested|denied)",
    r"(?:cannot|can t|can not) (?:seriously )?(?:be in|doubt|dispute|deny)",
    r"(?:that|this|it|which|i m|i am|we are|we re|absolutely|quite|100|one hundred per cent|100 per cent|"
    r"can be|are|is)(?: is| are)? (?:certain|sure)(?! to\b)",
)  # fmt: skip
_SURE = re.compile(rf" (?:{'|'.join(_WAYS)})(?= )")
_NOT = re.compile(
    r" (?:not|never|nobody|no one|neither|hardly|far from|nor|whether|if|nothing|less|without|cannot|scarcely|yet to be|"
    rf"no (?:\w+ )?(?:{_COUNT}|one of them)|none(?: of (?:them|these))?|by no means|anything but|than)(?: \w+){{0,3}} $"
)
_DENYING = re.compile(
    r"(?:no|not|nobody|none|never|without|neither|nothing|cannot|can not|can t|can never|there|here|is not|"
    r"leaves?|(?:un|in|ir)\w+)\b"
)
_NAMING = re.compile(r"(?:was|is|of|for|in|under|came|stood|after|at|\d)")
_BACK = re.compile(
    r"(?:\w+ ){0,12}(?:unknown|uncertain|differ|disputed|(?:not|never|hardly|cannot|"
    r"can not)(?: be)? (?:\w+ )?(?:known|certain|"
    r"established|settled|clear|sure|possible)|only one (?:count|figure|number))\b"
)
_PEOPLE = re.compile(
    r"(?:leaders?|masters?|rulers?|dictators?|boss|chief|head|authority|power|heirs?|supporters?|communists?) "
)


def sure(words: list[str]) -> bool:
    """Whether a sentence claims certainty for what it says.

    Args:
        words: the sentence's words in lower case.
    """
    text = f" {' '.join(word for word in words if word.isalnum() or len(word) > 1).replace(chr(8217), chr(39))} "
    text = re.sub(r"(?<=\w)'(?=\w)", " ", text.replace("n't", " not"))
    text = f" {' '.join(text.split())} "
    return any(not _undone(text, found) for found in _SURE.finditer(text))


def _undone(text: str, found: re.Match[str]) -> bool:
    """Whether the words before take the certainty back ("no number is beyond doubt", "it is not certain")."""
    before = text[max(0, found.start() - 60) : found.start()] + " "
    after = text[found.end() :].lstrip()
    if "final" in found[0] and _NAMING.match(after):
        return True  # "the final tally was 767,397" only names it
    if _PEOPLE.match(after) or found[0].endswith("to be sure") or _BACK.match(after):
        return True
    return not _DENYING.match(found[0].strip()) and _NOT.search(before) is not None


_BARE = frozenset(
    "certain sure final definitive undisputed settled fixed fact established proven proved exact uncontested 100".split()
)
_MEANT = frozenset(
    "that this it number figure count total sum answer date fact doubt doubts nobody none no discussion argument period stop "
    "story source sources historian historians book books other nothing question matter case undisputed settled".split()
)
_SHORT = 14
"""Tokens of the longest sentence that may only speak of the one before it."""


def assure(statements: list[Statement]) -> None:
    """Mark the statements for which another cell of their row, or the next short sentence, claims certainty.

    Args:
        statements: of the notes, in order.
    """
    for one, following in pairwise(statements):
        if (
            following.kind in ("prose", "bullet", "answer")
            and one.kind not in ("heading", "cell")
            and _of_the_last(following)
        ):
            one.assured = one.place(0)[0] + 2 >= following.place(0)[0]
    cells = (one for one in statements if one.kind == "cell")
    for _, row in groupby(cells, key=lambda one: one.place(0)[0]):
        row_cells = list(row)
        if len(row_cells) > 1 and any(_assuring(one) for one in row_cells):
            for one in row_cells:
                one.assured = True


def _of_the_last(statement: Statement) -> bool:
    """Whether a short sentence says nothing but that the one before it is certain ("Nobody doubts it.")."""
    tokens = statement.tokens
    words = [token.low for token in tokens]
    if len(tokens) > _SHORT or not _MEANT & set(words) or statement.text.rstrip().endswith("?"):
        return False
    named = any(token.text[:1].isupper() for token in tokens[1:])
    return not named and not any(token.kind == "number" and token.low != "100" for token in tokens) and sure(words)


def _assuring(cell: Statement) -> bool:
    """Whether a cell without a number of its own claims certainty ("undisputed", "no other count exists")."""
    own = [token for token in cell.tokens if token.start >= cell.lead]
    words = [token.low for token in own if token.kind != "mark"]
    if any(token.kind == "number" and token.low != "100" for token in own):
        return False
    return bool(words) and (set(words) <= _BARE or sure(words))
