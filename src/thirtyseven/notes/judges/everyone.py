"""Judges what is said of every member of a people or body: "every German in the USSR arrested", "all officers were shot"."""

from __future__ import annotations

from collections.abc import Iterator

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import WRONG
from thirtyseven.notes.meaning.reading import Reading

_LINES = (
    "335,513 people were convicted in the national operations, 247,157 of them shot; most of these peoples were not arrested",
    "NKVD statistics in Petrov & Roginskii 1997; Okhotin & Roginskii 1999",
)
_ARMY = (
    "about 35,000 officers were discharged in 1937-38 and some 9,500 of them arrested, of a corps that grew all the while",
    "Shchadenko's report for 1939; Suvenirov 1998",
)
_PARTY = (
    "116,885 party members and candidates were arrested in 1937-38, of some two million",
    "NKVD 1st special department (Mozokhin)",
)
_BODIES = {
    **dict.fromkeys(("germans", "poles", "latvians", "greeks", "finns", "koreans", "estonians", "harbin"), _LINES),
    "officers": _ARMY,
    "party": _PARTY,
}
_NAMES = {"german": "germans", "pole": "poles", "latvian": "latvians", "greek": "greeks", "finn": "finns", "korean": "koreans",
          "estonian": "estonians", "communist": "party", "officer": "officers"}  # fmt: skip
_EVERY = frozenset({"every", "each", "all"})
_QUALIFIED = frozenset("ethnic soviet single last one of the these party red army living".split())
_STILL = frozenset(
    "were was are is got get gets be been had have in the ussr soviet union country russia land living who lives lived there of "
    "red army party members member officers officer rounded up and then also alike men commanders".split()
)
_HARD = frozenset({"arrest", "execute", "kill", "imprison", "sent-camp"})


def judge_everyone(reading: Reading) -> Iterator[Finding]:
    """Findings on "every" or "all" of a people or body who are said to have been arrested or killed."""
    if reading.question or reading.quoting or reading.supposing or reading.hedged:
        return
    for at, token in enumerate(reading.tokens):
        if token.low not in _EVERY or reading.low(at - 1) in ("not", "nearly", "almost", "of", "than", "at"):
            continue
        head = at + 1
        while reading.low(head) in _QUALIFIED and reading.low(head + 1):
            head += 1
        key = _body(reading, head)
        act = _act_behind(reading, head)
        if key and act is not None and not reading.negated(act, act):
            best, source = _BODIES[key]
            yield Finding(
                at, act, WRONG, f"every:{key}", "what became of all of them", best, source,
                why="by no means all of them", wording=f"{best[0].upper()}{best[1:]}.", strength=7.0,
            )  # fmt: skip


def _body(reading: Reading, head: int) -> str:
    """The people or body named at a token."""
    named = next((tag.key for tag in reading.of_kind("group") if tag.first <= head <= tag.last), "")
    key = _NAMES.get(reading.low(head), named)
    return key if key in _BODIES else ""


def _act_behind(reading: Reading, head: int) -> int | None:
    """Where an arrest or a killing is told of them, if nothing stands between that narrows who is meant."""
    acts = {tag.first: tag.last for tag in reading.of_kind("act") if tag.key in _HARD}
    for index in range(head + 1, min(head + 12, len(reading.tokens))):
        if index in acts:
            return (
                acts[index]
                if reading.low(index + 1) not in ("in", "who", "at", "under") or _plainly(reading, index)
                else None
            )
        if reading.low(index) not in _STILL:
            return None
    return None


def _plainly(reading: Reading, index: int) -> bool:
    """Whether a year, an order or the country stands behind "arrested in", not a place that narrows who is meant."""
    behind = [reading.low(at) for at in range(index + 2, index + 5)]
    return any(
        word.isdecimal() or word in ("ussr", "order", "soviet", "terror", "purge", "purges", "course")
        for word in behind
    )
