"""Judges how many times a limit was exceeded: "386,798, roughly double the number first foreseen"."""

from __future__ import annotations

import re
from dataclasses import replace

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG
from thirtyseven.notes.meaning.reading import Reading

_LIMITS = {"00447-executed": (386_798, 75_950), "00447-convicted": (767_397, 268_950)}
"""A quantity -> what was done in the end, and the limit first set."""

_WORDS = {
    "half": 0.5, "twice": 2, "double": 2, "doubled": 2, "twofold": 2, "thrice": 3, "treble": 3, "triple": 3, "tripled": 3,
    "threefold": 3, "fourfold": 4, "quadruple": 4, "fivefold": 5, "sixfold": 6, "tenfold": 10, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "ten": 10, "two": 2,
}  # fmt: skip
_RATIO = re.compile(
    r"\b(half|twice|thrice|doubled?|treble|tripled?|\w+fold|"
    r"(?:\d+(?:\.\d)?|two|three|four|five|six|seven|eight|ten)(?= ?(?:x|×|times)\b))"
    r"(?: ?(?:x|×|times))?(?: as many as| more than| of)? (?:the |what |that |as )[^.;]{0,30}"
    r"\b(?:first|original\w*|initial\w*|planned|foreseen|limits?|quotas?)\b",
    re.IGNORECASE,
)
_SLACK = 0.25


def judge_ratios(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, those on an operation's outcome turned where the ratio to its first limit is wrong.

    Args:
        reading: the statement.
        findings: of the other judges.
    """
    found = _RATIO.search(reading.statement.text)
    if found is None or reading.hedged or reading.cue("negation", 0, len(reading.tokens)):
        return findings
    word = found[1].lower()
    said = _WORDS.get(word) or (float(word) if word.replace(".", "").isdecimal() else 0.0)
    return [_turned(one, said) if said and one.verdict == AGREES and one.about in _LIMITS else one for one in findings]


def _turned(finding: Finding, said: float) -> Finding:
    done, limit = _LIMITS[finding.about]
    if abs(said - done / limit) <= _SLACK * done / limit:
        return finding
    why = f"{done:,} is {done / limit:.1f} times the first limit of {limit:,}"
    return replace(finding, verdict=WRONG, why=why, wording=f"{why}.")
