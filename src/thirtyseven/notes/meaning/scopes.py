"""Whether a number is a real one of something else: of another fate, unit or period than the notes say."""

from __future__ import annotations

import re
from dataclasses import replace

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import DIFFERENT, Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.compare import fits
from thirtyseven.notes.meaning.matching import match_of
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.record import load

BY_CHANCE = 10_000
"""A number from here on that is exactly another fate's of the same year is hardly written by chance."""


def of_another(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """What a number really counts, if it is another's of the same group: those of another fate, or families for people."""
    amount = figure.amount
    if (
        amount.form != "count"
        or amount.style == "of"
        or amount.low != amount.high
        or amount.low < 100
        or not (amount.fine or _in_thousands(amount))
    ):
        return ""
    for other in reading.knowledge.quantities:
        year = bool(other.when) and other.when == quantity.when and len(other.when) == 1 and amount.low >= BY_CHANCE
        plain = not (other.group | other.frame | quantity.group | quantity.frame)
        same = other.group & quantity.group or other.frame & quantity.frame or (year and plain)
        wider = bool(other.frame & quantity.allow) and not (other.group | other.place)
        scope = amount.low >= BY_CHANCE and not same and wider
        fate = bool(other.act) and bool(quantity.act) and other.act.isdisjoint(figure.acts or quantity.act)
        families = other.unit != quantity.unit and "families" in other.unit | quantity.unit
        known = (
            _is_value(amount, other.value, year and plain) and other.id != quantity.id and other.place == quantity.place
        )
        if known and ((same and (fate or families)) or scope):
            return f"{amount.low:,.10g} is another count: {other.says}"
    return ""


def _in_thousands(amount: Amount) -> bool:
    """Whether a large number is given to the thousand ("329,000 arrests")."""
    return (
        amount.low >= 10 * BY_CHANCE and amount.unit <= 0.005 * amount.low and amount.modifier in ("", "about", "exact")
    )


def _is_value(amount: Amount, value: float | None, rounded: bool) -> bool:
    """Whether a number is a recorded one, to the last person or, where it may be rounded, to the thousand."""
    if value is None or amount.fine or not rounded:
        return value == amount.low
    return round(value / 1000) * 1000 == amount.low


def of_another_scope(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a number that agrees is that of another unit or period ("" if it is not)."""
    return (
        _of_another_unit(reading, figure, quantity)
        or _of_another_period(reading, figure.amount, quantity)
        or _of_a_part(reading, figure.amount, quantity)
        or _of_a_plan(reading, figure, quantity)
        or _of_a_wider_body(reading, figure, quantity)
    )


_NO_COLONIES = re.compile(
    r"\b(?:not counting|without|excluding|leaving out|not including|less|minus|apart from) (?:the )?(?:labour )?colonies\b|"
    r"\bcamps (?:only|alone|proper)\b|\bcolonies (?:not|are not|were not|un)\w* ?(?:counted|included)",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"\bnarrow(?:er)? sense\b|\bcounter-?revolution\w* (?:only|alone)\b|\bonly (?:for )?counter-?revolution\w*|"
    r"\bstrictly political\b",
    re.IGNORECASE,
)
_ETHNIC = re.compile(
    r"\b(?:all|every one|each)\b[^.;]{0,30}\b(?:ethnic \w+|by (?:nationality|birth|blood|descent))",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    r"\bpolitical|\bvictims\b|\binnocent|\breview|\blooked (?:at|into)\b|\bcounter-?revolution|\bterror\b",
    re.IGNORECASE,
)
_LINES = re.compile(r"^(?:polish|german|latvian|greek|finnish|estonian|romanian|iranian|harbin|line)-")


def _of_a_part(reading: Reading, amount: Amount, quantity: Quantity) -> str:
    """Why a number that agrees is that of a wider whole than the notes say."""
    line = bool(_LINES.match(quantity.id))
    wholes = {"arrests-1937-38": "of all arrests", "releases-1939": "of all releases"}
    return of_a_whole(reading, amount, wholes.get(quantity.id, quantity.best), line)


def of_a_whole(reading: Reading, amount: Amount, name: str, line: bool = False) -> str:
    """Why a number is that of a wider whole: with the colonies, of all arrests, of all nationalities of a line.

    Args:
        reading: the statement.
        amount: the number.
        name: of what the record counts.
        line: whether it counts those sentenced in a national operation.
    """
    text = reading.statement.text
    if amount.form != "count" or amount.low < BY_CHANCE // 10:
        return ""
    if "and colonies" in name and name.count("olonies") == 1 and _NO_COLONIES.search(text) and not _of_camps(amount):
        return "the number counts the colonies too"
    if name == "of all arrests" and amount.low > 1_500_000 and _NARROW.search(text):
        return "the number counts all arrests, of which 1,372,382 were for counter-revolutionary crimes"
    if name == "of all releases" and fits(amount, (327_400, 327_400), 0.01) and _REVIEWED.search(text):
        return "327,400 are all releases of the year, criminals included; about 110,000 were freed after a review"
    if re.match(r" (?:\w+ )?lists\b", text[reading.tokens[amount.last].end :]) and name.startswith("People on"):
        return "the number counts people on the lists, not lists"
    told = line or re.search(r"under the \w+ line|\w+ operation", name)
    if told and _ETHNIC.search(text) and not reading.cue("negation", 0, len(reading.tokens)):
        return "the number counts all who were sentenced in the operation, not only people of that nationality"
    if (
        amount.low >= BY_CHANCE
        and re.match(r" (?:\w+ )?families\b", text[reading.tokens[amount.last].end :])
        and "famil" not in name
    ):
        return "the number counts people, not families"
    return ""


def _of_camps(amount: Amount) -> bool:
    """Whether the record has the number for the camps alone."""
    same = [one.item for one in load().figures.values() if one.value and fits(amount, (one.value, one.value), 0.01)]
    return any("camps" in item and "olonies" not in item for item in same)


_PLANNED = frozenset(
    "limit limits quota quotas allowed foresaw foreseen planned plan target targets set assigned".split()
)
_DONE = frozenset("were was been had actually really".split())


def _of_a_plan(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a limit that agrees is not what the notes say: it was planned and not done, or was the limit of both categories."""
    amount, killed = figure.amount, bool(figure.acts & {"execute", "kill"})
    both = amount.low == max((high for _, high in quantity.ok), default=0.0) != quantity.value
    if both and killed and quantity.id.startswith("proposal-") and not figure.acts & {"sent-camp", "imprison"}:
        return "the number is that of both categories, those for the camps included"
    if "order-00447" not in quantity.frame or quantity.place or amount.form != "count":
        return ""
    planned = bool(reading.keys & {"quota", "tobe-w"}) or any(token.low in _PLANNED for token in reading.tokens)
    if killed and amount.low in (193_000, 186_500, 268_950) and not figure.acts & {"sent-camp", "imprison"}:
        return "of 268,950 only 75,950 were to be shot"
    whole = re.search(
        r"\bboth categories\b|\bcategories together\b|\bpeople in (?:all|total)\b",
        reading.statement.text,
        re.IGNORECASE,
    )
    if (
        whole
        and not killed
        and amount.low == 75_950
        and "first-w" not in reading.keys
        and not any(one.low > 180_000 for one in reading.amounts)
    ):
        return "75,950 is the first category alone; both together 268,950"
    limit = fits(amount, (75_950, 75_950), 0.01) and quantity.id in ("00447-limits", "00447-cat1")
    done = any(reading.low(index) in _DONE for index in range(amount.last, min(amount.last + 8, len(reading.tokens))))
    return (
        "75,950 was the limit; 386,798 were sentenced to death in the end"
        if killed and limit and done and not planned
        else ""
    )


_WIDER = frozenset({"party", "army", "officers", "delegates", "people"})


def _of_a_wider_body(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a share that agrees is that of a smaller body, which only stands above ("70 per cent of all party members shot")."""
    noun = figure.noun
    if figure.amount.form != "share" or noun is None or noun.key not in _WIDER or not quantity.group:
        return ""
    if (
        noun.key in quantity.group
        or quantity.group & reading.keys
        or reading.low(figure.amount.last + 1) not in ("of", "all")
        or reading.low(figure.amount.last + 2) in ("them", "these", "those")
    ):
        return ""
    return f"the share is another body's: {quantity.says}"


_LIKE = 0.006


def of_its_kind(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Of which other year a share is that is not the stated year's ("" if of none)."""
    amount = figure.amount
    if amount.form != "share" or amount.style in ("vague", "of") or amount.low != amount.high:
        return ""
    for other in reading.knowledge.quantities:
        same = other.id != quantity.id and other.place == quantity.place and _stem(other.id) == _stem(quantity.id)
        if same and other.form == "share" and other.value and abs(amount.low - other.value) <= _LIKE * other.value:
            return f"it is another share: {other.says}"
    return ""


def _stem(name: str) -> str:
    """An entry's name without its year ("defence-share-1937")."""
    return re.sub(r"-19\d\d$", "", name)


def _of_another_unit(reading: Reading, figure: Figure, quantity: Quantity) -> str:
    """Why a number that agrees does not count what it is said to: people given as families, or families as people."""
    amount, noun = figure.amount, figure.noun.key if figure.noun else ""
    if amount.form != "count" or amount.low < 1000 or quantity.unit & {"families", "kulak-households"}:
        return ""
    if noun in ("people", "members-u") and any(
        one.value == amount.low and "families" in one.unit and one.group & (quantity.group | quantity.allow)
        for one in reading.knowledge.quantities
    ):
        return f"{amount.low:,.10g} are families, not people"
    return ""


def _of_another_period(reading: Reading, amount: Amount, quantity: Quantity) -> str:
    """Why a number that agrees is not that of the year named: it is that of several ("20,761 were shot at Butovo in 1937")."""
    if not quantity.period or amount.form != "count":
        return ""
    first, last = quantity.period
    own = [when for when in reading.dates if when.first > amount.last]
    if len(own) == 1 and own[0].word in ("till", "until", "by", "end") and first <= own[0].end.year < last:
        return f"the number is that of {first} to {last} together"
    for when in reading.dates:
        if when.precision != "year" or not first <= when.start.year <= last:
            continue
        alone = reading.low(when.last + 1) == "alone" or reading.low(when.first - 1) == "alone"
        closed = when.last + 1 >= len(reading.tokens) or reading.low(when.last + 1) in (".", ",", ";", ")", "!")
        told = any(
            tag.last == when.first - 2 and tag.key in quantity.act | quantity.place | quantity.frame
            for tag in reading.tags
        )
        behind = amount.last < when.first <= amount.last + 12 and reading.low(when.first - 1) == "in" and told
        if len(reading.dates) == 1 and (alone or (behind and closed)):
            return f"the number is that of {first} to {last} together"
    return ""


_THOUSAND = 1000
_HARD = frozenset({"execute", "kill", "arrest", "imprison", "sent-camp"})


def of_another_act(reading: Reading, figure: Figure, candidates: list[Quantity]) -> Finding | None:
    """A number of those who met another fate, where no entry has the fate told ("so nearly 117,000 Communists shot")."""
    amount = figure.amount
    if (
        amount.form != "count"
        or amount.low != amount.high
        or amount.low < _THOUSAND
        or not figure.acts & _HARD
        or reading.hedged
    ):
        return None
    if figure.acts - _HARD or reading.cue("negation", 0, len(reading.tokens)):
        return None
    own = [
        one
        for one in reading.knowledge.quantities
        if one.group & reading.keys
        and one.value
        and amount.low >= BY_CHANCE
        and abs(one.value - amount.low) <= 0.002 * one.value
    ]
    for quantity in (*candidates, *(one for one in own if not one.place)):
        named = quantity.group & reading.keys or quantity.frame & reading.keys
        other = quantity.act and quantity.act.isdisjoint(figure.acts) and not quantity.place and quantity.value
        if not (named and other and quantity.value and fits(amount, (quantity.value, quantity.value), 0.006)):
            continue
        match = match_of(reading, replace(figure, acts=quantity.act), quantity)
        if match is not None and match.firm:
            return Finding(
                amount.first, amount.last, DIFFERENT, f"{quantity.id}-other", quantity.says, quantity.best, quantity.source,
                quantity.counts, f"the number is another count: {quantity.says}", quantity.wording, quantity.claim,
                quantity.figure, strength=match.score,
            )  # fmt: skip
    return None


_OPERATIONS = frozenset({"order-00447", "national-ops", "mass-ops-f"})


def of_an_operation(reading: Reading, amount: Amount, name: str) -> bool:
    """Whether a figure of all cases is said of one operation ("353,074 were condemned under Order 00447")."""
    start, end = reading.clause(amount.first)
    named = {tag.key for tag in reading.of_kind("frame") if start <= tag.first <= end} & _OPERATIONS
    return bool(named) and amount.low >= BY_CHANCE and "security organs" in name
