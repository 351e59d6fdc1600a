"""How something is said: as somebody else's figure, as once believed, as a supposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from thirtyseven.notes.text import Token

_SOME = frozenset("some other others older earlier western higher early certain many few most".split())
_WRITERS = frozenset("estimates historians writers sources authors accounts scholars".split())
_THEN = frozenset("used once formerly previously earlier originally".split())
_THOUGHT = frozenset("believed thought assumed said claimed supposed estimated taught".split())
_SUPPOSED = frozenset(
    {("if", "you"), ("if", "we"), ("if", "one"), ("anyone", "who"), ("people", "who")}
    | {(verb, word) for verb in ("asks", "asked", "ask", "wonder", "wonders", "know") for word in ("if", "whether")}
    | {("you", verb) for verb in ("write", "say", "claim", "state")}
)


def somebody_elses(pairs: list[tuple[str, str]]) -> bool:
    """Whether neighbouring words give a figure as others' ("older estimates", "his figure").

    Args:
        pairs: each word with the next.
    """
    return any(
        (one in _SOME and two in _WRITERS)
        or (one in ("his", "her", "their") and two in ("figure", "estimate", "total"))
        for one, two in pairs
    )


def supposed(words: list[str]) -> bool:
    """Whether a sentence gives what was once believed, what would follow from a supposition, or what the reader wrote.

    Args:
        words: the sentence's words in lower case.
    """
    once = any(word in _THEN for word in words) and any(word in _THOUGHT for word in words)
    return once or bool(set(pairwise(words)) & _SUPPOSED)


_SURE = re.compile(
    r" (?:without (?:any |a )?doubt|no doubt|beyond (?:any |all )?(?:doubt|dispute)|undoubtedly|once and for all|is sure|"
    r"are sure|no other (?:number|figure|answer|count)|no maybe|end of discussion|one and only|punto|exactly as published|"
    r"(?:is|are|now|been|as) (?:definitively |now |long )?(?:settled|established|certain|proven|final|undisputed|definitive)|"
    r"(?:the|a) definite (?:number|figure|count)|(?:the|a) (?:final|exact) count|"
    r"that (?:is )?(?:just |simply )?(?:the (?:number|figure|total|fact)|how it was|final)(?= $)|fact(?= $)|"
    r"case closed|no argument|really had|true population|true number|true total|real population|"
    r"end of(?= $)|stop arguing|(?:not|never) up for debate|undeniabl[ey]|no more and no less|proved (?:once and )?for all|"
    r"the only (?:correct|right|true|real) (?:number|figure|answer|count)|no doubts?|period(?= $)|"
    r"(?:nobody|no one) (?:can|could) (?:deny|doubt|dispute)|known to the last|as we (?:all )?know now|"
    r"just a fact|is a fact|hard fact|established fact|proven fact|end of story|full stop|no question|unquestionably|"
    r"indisputabl[ey]|undisputed(?:ly)?|definitively|simple as that|nobody disputes|no historian disputes|"
    r"(?:all|every) (?:sources?|historians?) agree|everyone agrees|known exactly|we know exactly|know for certain|for certain|"
    r"(?:nobody|no one|none) (?:disputes|questions|doubts|denies|contests|challenges)|(?:exactly|precisely) \d\S*|"
    r"no other (?:total|count|version|value|sum|estimate|figures|numbers|source)|"
    r"without (?:rival|rivals|dispute|variant|contradiction)|"
    r"no (?:variant|variants|rival|rivals|alternative|ifs|second opinion|debate|two ways)|"
    r"the (?:one|only|single) (?:true|right|valid|real|correct)|"
    r"(?:finally|firmly|conclusively|fully|definitely|securely|solidly) "
    r"(?:established|settled|proved|proven|known|fixed|documented)|"
    r"(?:final|definitive|exact|true|precise) (?:total|number|figure|count|sum)|"
    r"(?:settled|undeniable|undisputed|certain|secure) fact|"
    r"definitive|conclusively|incontestabl[ey]|incontrovertibl[ey]|irrefutabl[ey]|unassailable|"
    r"(?:cannot|can not|can't) be (?:questioned|doubted|disputed|challenged)|(?:that|this|it)(?: is)? certain|"
    r"nothing (?:left )?to (?:argue|discuss|dispute)|"
    r"(?:not|never) open to (?:question|debate|discussion)|"
    r"(?:is|are) beyond (?:question|argument|discussion|debate)|absolutely certain|"
    r"100 certain|100 per cent certain|for sure|guaranteed|(?:leaves|leave) no room|"
    r"certainly|exact and final|to the (?:last )?man|not (?:in|open to) (?:dispute|doubt)|no room for doubt|is not disputed) "
)


def sure(words: list[str]) -> bool:
    """Whether a sentence claims certainty for what it says.

    Args:
        words: the sentence's words in lower case.
    """
    return _SURE.search(f" {' '.join(word for word in words if word.isalnum() or len(word) > 1)} ") is not None


_UNTRUE = re.compile(
    r" (?:not true|untrue|not the case|no truth in|a myth|a legend|false|not so|wrong|nonsense)(?: however| though)? that "
)


def refuted(words: list[str]) -> bool:
    """Whether a sentence says that something is not true ("it is not true that ...").

    Args:
        words: the sentence's words in lower case.
    """
    return _UNTRUE.search(f" {' '.join(word for word in words if word.isalnum())} ") is not None


def quotations_of(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Token spans inside quotation marks that hold five words or more."""
    spans, start = [], None
    for index, token in enumerate(tokens):
        if token.text in ("“", "«") or (token.text == '"' and start is None) or (token.text == "‘" and start is None):
            start = index
        elif start is not None and token.text in ("”", "»", '"', "’"):
            if (
                token.text == "’"
                and index + 1 < len(tokens)
                and tokens[index + 1].start == token.end
                and tokens[index + 1].kind == "word"
            ):
                continue
            if index - start > 5:
                spans.append((start, index))
            start = None
    return spans
