"""Judges what notes add of all those counted: "17 accused, all were shot", "98 of 139 expelled, but most of them survived".

A number that agrees is no help to a sentence whose second part goes against the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from thirtyseven.notes.judges.exact import FATES
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, WRONG, Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.record import load

_DEAD = frozenset({"execute", "kill", "die"})
_FREE = frozenset({"survive", "release", "spared", "reinstate", "returned"})
_TAKEN = frozenset("arrest convict imprison discharge expel deport purge quota held sent-camp".split())
_ALL = frozenset("all everyone everybody each both every".split())
_NONE = frozenset("none neither nobody".split())
_MOST = frozenset("most mostly largely".split())
_NEARLY = frozenset("nearly almost practically virtually".split())
_UNCOUNTED = frozenset("not in at above after of for over with except".split())
_BETWEEN = frozenset(
    "of them these those whom which one single person man officer were was are had got have been be to being later then soon "
    "immediately promptly eventually duly would also subsequently afterwards finally destined earmarked meant for ended up "
    "by sentenced condemned were, paid taken let gone left once in the end court , ever".split()
)
_LATER = frozenset(
    "later then subsequently eventually promptly soon immediately afterwards all both duly were was".split()
)
_CAUGHT = frozenset({"arrest", "imprison", "convict"})
_SMALL = 100
"""Below this the record knows those counted by name: what is said of all of them is right or wrong, no other count."""
_REACH = 8
_HALF, _FEW = 0.6, 0.4


@dataclass(frozen=True)
class _Said:
    """What is said of those counted: whether they died (or were caught), whether of most of them only, and at which token."""

    dead: bool
    caught: bool
    most: bool
    last: int


def judge_wholes(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings, those on numbers turned where the statement says of all of them what the record has not.

    Args:
        reading: the statement.
        findings: of the other judges.
    """
    if reading.question or reading.hedged or reading.quoting or reading.supposing:
        return findings
    turned = {number: _turned(reading, one) for number, one in enumerate(findings) if one.verdict == AGREES}
    spans = [(one.first, one.last) for number, one in turned.items() if one is not findings[number]]
    return [
        turned.get(number, one)
        for number, one in enumerate(findings)
        if number in turned or not any(first < one.first and one.last <= last for first, last in spans)
    ]


def _turned(reading: Reading, finding: Finding) -> Finding:
    amount = next((one for one in reading.amounts if one.first == finding.first), None)
    quantity = _quantity(reading, finding.about) if amount is not None else None
    if quantity is None or amount is None or amount.form != "count":
        return finding
    said = _said_of_all(reading, amount.last) or _all_named(reading, amount) or _gone_on(reading, amount.last, quantity)
    if said is None:
        return finding
    counted = amount.low if amount.style != "of" else quantity.value
    verdict = _verdict(reading, quantity, counted, said)
    if not verdict:
        return finding
    why = "the number counts others than those who died" if said.dead else "most of them did not come through"
    last = max(finding.last, said.last)
    return replace(finding, verdict=verdict, last=last, why=why, wording=f"{finding.best}.")


def _quantity(reading: Reading, about: str) -> Quantity | None:
    """The quantity that a finding speaks of; a recorded figure as one."""
    if not about.startswith("record:"):
        return next((one for one in reading.knowledge.quantities if one.id == about), None)
    figure = load().figures.get(about.removeprefix("record:"))
    act = frozenset(FATES.get(figure.counted, "").split()) if figure is not None else frozenset()
    if figure is None or not act or figure.unit not in ("persons", "cases"):
        return None
    act -= _DEAD if figure.counted in ("convicted", "sentenced") else frozenset()
    return Quantity(about, figure.item, figure.value, act=act)


def _said_of_all(reading: Reading, start: int) -> _Said | None:
    """What is said of all, none or most of those counted, behind their number."""
    end = min([one.first for one in reading.amounts if one.first > start and one.low > 1] or [len(reading.tokens)])
    for index in range(start + 1, end):
        low, before, after = reading.low(index), reading.low(index - 1), reading.low(index + 1)
        if before == "not" and (low == "one" or (low == "a" and after == "single")):
            fate = _fate_behind(reading, index, end)
            return None if fate is None else _Said(not fate[0], fate[2], False, fate[1])
        known = low in _ALL or low in _NONE or low in _MOST
        if not known or before in _UNCOUNTED or after in ("but", "except"):
            continue
        fate = _fate_behind(reading, index, end)
        if fate is not None:
            most = low in _MOST or before in _NEARLY
            return _Said(fate[0] != (low in _NONE), fate[2], most, fate[1])
    return None


def _all_named(reading: Reading, amount: Amount) -> _Said | None:
    """The death told of "all 139,835 sentenced in the operation", however far behind the number."""
    if reading.low(amount.first - 1) != "all" or reading.low(amount.first - 2) in _NEARLY | {"not", "of", "in"}:
        return None
    end = min([one.first for one in reading.amounts if one.first > amount.last] or [reading.clause(amount.last)[1] + 1])
    for tag in reading.of_kind("act"):
        told = tag.key in _DEAD and amount.last < tag.first < min(end, amount.last + 2 * _REACH)
        if told and reading.low(tag.first - 1) in ("were", "was", "got"):
            return _Said(True, False, False, tag.last)
    return None


def _fate_behind(reading: Reading, index: int, end: int) -> tuple[bool, int, bool] | None:
    """Whether the next words tell that they died (or came through), where, and whether they were only caught.

    Nothing if another noun stands between.
    """
    for at in range(index + 1, min(index + 1 + _REACH, end)):
        if reading.low(at) in ("not", "never"):
            return None
        keys = {tag.key for tag in reading.tags if tag.kind in ("act", "word") and tag.first == at}
        if keys & (_DEAD | {"executed-v"}):
            return True, at, False
        if keys & _CAUGHT:
            return True, at, True
        if keys & _FREE or reading.low(at) in ("alive", "freed", "pardoned", "amnestied", "acquitted", "spared"):
            return False, at, False
        if reading.low(at) not in _BETWEEN:
            return None
    return None


def _gone_on(reading: Reading, start: int, quantity: Quantity) -> _Said | None:
    """The death that a number of others goes on to by "and" ("350,700 were expelled and later shot")."""
    if not quantity.act & _TAKEN or quantity.act & _DEAD:
        return None
    end = min([one.first for one in reading.amounts if one.first > start] or [len(reading.tokens)])
    told = [tag for tag in reading.of_kind("act") if tag.key in quantity.act and start < tag.first < end]
    for tag in reading.of_kind("act"):
        if tag.key not in _DEAD or not told or not told[0].last < tag.first < end:
            continue
        at = tag.first - 1
        while reading.low(at) in _LATER:
            at -= 1
        behind = reading.low(tag.last + 1)
        if reading.low(at) == "and" and not behind[:1].isdecimal() and at - told[0].last < 2 * _REACH:
            return _Said(True, False, False, tag.last)
    return None


def _verdict(reading: Reading, quantity: Quantity, counted: float | None, said: _Said) -> str:
    """Verdict on what is said of all of them ("" if it is right or the record does not know)."""
    if said.caught:
        return DIFFERENT if quantity.act & {"expel", "discharge"} and not quantity.act & _CAUGHT and said.dead else ""
    share = _share_dead(reading, quantity, counted)
    if share is None:
        return ""
    small = (counted or 0) < _SMALL
    if said.dead:
        if said.most:
            return WRONG if 0 <= share < _FEW else ""
        return "" if share == 1 else WRONG if small else DIFFERENT
    if said.most:
        return WRONG if share > _HALF else ""
    return WRONG if share > 1 - _HALF else ""


def _share_dead(reading: Reading, quantity: Quantity, counted: float | None) -> float | None:
    """Which part of those counted was put to death (-1: not all, else unknown); ``None`` if the record does not say."""
    if quantity.id.startswith("deaths"):
        return -1.0
    if quantity.act >= {"execute", "sent-camp"}:
        return 1.0 if counted == quantity.value else -1.0
    if quantity.act & _DEAD:
        return 1.0 if not quantity.act & {"quota", "convict", "arrest"} or quantity.form == "part" else None
    for other in reading.knowledge.quantities:
        near = other.frame & quantity.frame or other.group & quantity.group or other.claim == quantity.claim != ""
        if near and "execute" in other.act and other.form == "part" and other.total == counted and other.value:
            return other.value / (counted or 1.0)
    return -1.0 if quantity.act & _TAKEN and (counted or 0) >= _SMALL else None
