"""How something is said: as somebody else's figure, as once believed, as a supposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from thirtyseven.notes.language.text import Token

_SOME = frozenset("some other others older earlier western higher early certain many few most".split())
_WRITERS = frozenset("estimates historians writers sources authors accounts scholars".split())
_THEN = frozenset("used once formerly previously earlier originally".split())
_THOUGHT = frozenset("believed thought assumed said claimed supposed estimated taught".split())
_SUPPOSED = frozenset(
    {("if", "you"), ("if", "we"), ("if", "one")}
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


_THINK = frozenset(
    "think thinks thought believe believes believed say says said claim claims claimed ask asks asked wonder wonders speak "
    "speaks argue argues tell tells write writes hold holds insist insists assume assumes imagine imagines want wants".split()
)


def supposed(words: list[str]) -> bool:
    """Whether a sentence gives what was once believed, what would follow from a supposition, or what the reader wrote.

    Args:
        words: the sentence's words in lower case.
    """
    once = any(word in _THEN for word in words) and any(word in _THOUGHT for word in words)
    theirs = any(
        one in ("anyone", "people") and two == "who" and _THINK & set(words[index + 2 : index + 4])
        for index, (one, two) in enumerate(pairwise(words))
    )
    return once or theirs or bool(set(pairwise(words)) & _SUPPOSED)


_IDEA = r"(?:idea|view|notion|claim|theory|thesis|picture|image|belief|legend|myth|opinion|assumption|reading|suggestion|charge)"
_UNTRUE = re.compile(
    r" (?:(?:not true|untrue|not the case|no truth in|a myth|a legend|false|not so|wrong|nonsense)(?: however| though)? that|"
    rf"(?:against|contradicts?|refutes?|refuted|disproves?|disproved|undermines?|rebuts?|so much for|no basis for|no support for|"
    rf"no evidence for|does not support|do not support|not bear out) (?:the|any|this|that) (?:\w+ )?{_IDEA} (?:that|of)|"
    rf"the (?:\w+ )?{_IDEA} (?:that|of) (?:\w+ ){{1,16}}(?:is|was|has|have|cannot|can) (?:\w+ )?(?:wrong|false|untrue|untenable|"
    r"mistaken|refuted|disproved|nonsense|be upheld|be sustained|be maintained|a myth|a legend|not survived|not true)) "
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
