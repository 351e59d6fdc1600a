"""Reads table rows that give a number in one column and whom it counts, or what happened to them, in others."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = r"\d[\d.,\u00a0]*(?:\s?(?:k|m|mln|million|thousand)\b)?"
_AMOUNT = re.compile(
    rf"(?:[~<>≈±]|(?:c|ca)\.|circa|about|over|nearly|around|almost|at least|up to|some|more than|under|roughly|approx\.?)?\s*"
    rf"(?=[1-9]){_PART}(?:\s*(?:-|–|to|of|out of|/)\s*{_PART})?\s*(?:%|per ?cent|\+)?$",
    re.IGNORECASE,
)
_PLAIN_HEAD = re.compile(
    r"(?:the |in )?(?:numbers?|no\.?|how many|figures?|counts?|totals?|estimates?|stat(?:istic)?s?|amounts?|value|people|#|"
    r"data|quantity|sums?)?\s*(?:\(\w+\))?\??$",
    re.IGNORECASE,
)
_SOURCE_HEAD = re.compile(
    r"\b(?:sources?|historians?|authors?|comments?|remarks?|notes?|pages?|pp?|books?|said by|who says|according to|ok|reliable|"
    r"check(?:ed)?|sure|where from|from whom|reference|ref|literature|quote|link|why|okay|question|mark|verdict)\b",
    re.IGNORECASE,
)
_WHAT_HEAD = re.compile(
    r"(?:what(?: it (?:is|means|counts|stands for))?|meaning|means|stands for|refers to|description|counts|of what|of whom|"
    r"what (?:for|of)|what (?:is|was) counted|what happened|fate|event)$",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"\b(?:shot|executed|executions?|killed|died|dead|deaths?|arrest(?:s|ed)|sentenced|convict(?:ed|ions)|condemned|expelled|"
    r"dismissed|discharged|sacked|removed|deported|repressed|purged|imprisoned|exiled|signed|rehabilitated|released|"
    r"reinstated|put to death|prisoners|inmates|resettled|demoted|denounced|survived|perished)\b",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"(?:were |was |had been |been |got |who were |in all |later )?(?:shot|executed|killed|died|arrested|sentenced|convicted|"
    r"condemned|expelled|dismissed|discharged|sacked|removed|deported|repressed|purged|imprisoned|exiled|signed|rehabilitated|"
    r"released|reinstated|put to death|resettled|demoted|survived|perished|of|in|on|by|under|from)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:officers?|delegates?|members?|commanders?|marshals?|generals?|koreans?|poles?|germans?|"
    r"latvians?|finns?|greeks?|harbin\w*|iranians?|chinese|estonians?|priests?|clergy|peasants?|kulaks?|criminals?|persons?|"
    r"cc|central committee|politburo|army|nkvd|prisoners?|wives|writers?|secretar(?:y|ies)|commissars?|diplomats?|"
    r"lists?|names|victims|citizens|men|women|chekists?|inmates|soldiers|corps|divisional|brigade|admirals?|believers|"
    r"communists?|defendants?|accused|families|children|people)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:too (?:high|low|many|few)|exaggerat\w*|myths?|wrong|false|outdated|untrue|not true|inflated|guess\w*|disprove[dn]|"
    r"refuted|obsolete|nonsense|no way|rubbish|legends?|misread|mistaken?|mix(?:ed)?[- ]up|confus\w+|not (?:the )?(?:shot|killed|"
    r"executed|arrested|dead))\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:not (?:the |about (?:the )?)?terror|(?:an?)?other (?:unit|topic|course|paper|lesson|chapter|war|country)|different "
    r"(?:unit|topic|course|paper|lesson|chapter|country)|not (?:our|this) (?:topic|unit|course|paper|chapter))\b",
    re.IGNORECASE,
)
_SMALL = 100
"""Numbers below it may only count the table's rows."""


class Joined(NamedTuple):
    """What a row says of its number: the sentence, the number's column and the column that it takes the fate from."""

    said: str
    number: int
    fate: int


def outside(cells: tuple[str, ...]) -> bool:
    """Whether a cell of the row says that the row belongs to another matter ("not terror, other unit")."""
    return len(cells) > 2 and any(_OUTSIDE.search(cell) and len(cell.split()) <= 6 for cell in cells[1:])


def joined(cells: tuple[str, ...], heads: tuple[str, ...]) -> Joined | None:
    """The row as one sentence, if it gives one number, and the number's own head does not say what is counted.

    Args:
        cells: plain words of the row.
        heads: plain words of the table's head, one for each cell ("" if there is none).
    """
    numbers = [index for index, cell in enumerate(cells) if _AMOUNT.match(cell.strip()) and not _year(cell)]
    if len(numbers) != 1 or len(cells) < 2:
        return None
    at = numbers[0]
    told = [
        index
        for index, cell in enumerate(cells)
        if index != at and re.search(r"[A-Za-z]{2}", cell) and len(cell) < 90 and not _SOURCE_HEAD.search(heads[index])
    ]
    in_head = bool(_FATE.search(heads[at]))
    if not (in_head or _PLAIN_HEAD.match(heads[at])) or any(_doubted(cell) for i, cell in enumerate(cells) if i != at):
        return None
    fate = -1 if in_head else next((index for index in told if _FATE.search(cells[index])), -2)
    group = next((index for index in told if index != fate and _counted(cells[index], heads[index], index < fate)), -1)
    if fate == -2:
        fate = next((index for index in told if index != group and _WHAT_HEAD.match(heads[index])), -2)
    if fate == -2 or (in_head and (group < 0 or at > group)) or not (_year(cells[0]) or 0 in (at, group, fate)):
        return None
    whom = cells[group].strip() if group >= 0 else ""
    if _numbering(cells[at], heads[at], whom):
        return None
    done = (heads[at] if in_head else cells[fate]).strip()
    first = f"{cells[at].strip()} {whom}".strip()
    said = f"{first} {done}" if _VERBAL.match(done) or (not whom and _GROUP.match(done)) else f"{first} : {done}"
    years = [cell.strip() for index, cell in enumerate(cells) if index != at and _year(cell)]
    if len(years) == 1 and not re.search(r"\b(?:19)?3\d\b", said):
        said = f"{said} in {years[0]}"
    return Joined(said, at, group if in_head else fate)


def _year(cell: str) -> bool:
    return bool(re.match(r"\s*(?:in )?1[89]\d\d(?:\s*[-–/]\s*\d{2,4})?\s*$", cell))


def _doubted(cell: str) -> bool:
    return bool(_DOUBT.search(cell)) and not cell.rstrip().endswith("?")


def _counted(cell: str, head: str, before: bool) -> bool:
    """Whether a cell tells whom the number counts: a group by its name, in front of the fate or in a column for it."""
    named = bool(_GROUP.search(cell)) or cell.lower().startswith("of ")
    place = before or re.match(r"(?:who|whom|group|category|victims?|people|of whom|population)\b", head, re.IGNORECASE)
    return named and bool(place) and not re.search(r"\d{4}|\bhistorians?\b", cell)


def _numbering(cell: str, head: str, whom: str) -> bool:
    """Whether a small number may only number the rows."""
    digits = re.sub(r"\D", "", re.split(r"\s*(?:-|–|to|of|/)\s*", cell.strip())[0])
    if not cell.strip().isdecimal() or int(digits or 0) >= _SMALL:
        return False
    return not (whom.lower().startswith("of ") or re.match(r"how many|figure|count|total", head, re.IGNORECASE))
