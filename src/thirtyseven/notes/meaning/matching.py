"""Finds which recorded quantity a number is meant to be, by what stands near it; something foreign near means none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from thirtyseven.notes.known.entries import Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.dates import When
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.above import keys_of
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.notes.meaning.unmeant import group_behind, of_the_government

NEAR_ACT, NEAR_NOUN, NEAR_FRAME = 12, 16, 45
"""How far (in the cost of reading on) an act, a group and a frame may stand from the number they belong to."""

ABOVE_YEARS = 2.5
"""Score for the years if a heading above or the sentence before names them."""

ERA_ONLY = 0.4
"""Score for the years if only the notes as a whole say that they speak of 1937-38."""

_LAST_YEAR = 1938
_FOREIGN_GROUP, _FOREIGN_FRAME = 11, 14
_ERA = frozenset({"terror"})
_PERSONS = frozenset({"people", "members-u"})
_LOOSE_FRAMES = frozenset(
    "terror camps-w ryutin prisons nkvd show-trials law-dec-1 troika kirov-case cheka civil-war "
    "cr-crimes category-f deaths-whole dvoika supreme-soviet ogpu secret-speech war".split()
)


@dataclass(frozen=True)
class Match:
    """A quantity that a number may be meant to be.

    Attributes:
        quantity: which.
        score: how well it fits what stands near the number.
        firm: whether the statement itself names what is needed to call the number wrong.
        borrowed: whether frame, group or years come only from what stands above.
        lent: whether what happened to those counted is said only above.
    """

    quantity: Quantity
    score: float
    firm: bool
    borrowed: bool
    lent: bool = False


def thinkable(reading: Reading) -> list[Quantity]:
    """Quantities of which all that they need is spoken of in the statement or above it."""
    near = reading.keys | reading.context_keys
    fine = {amount.low for amount in reading.amounts if amount.fine and amount.low >= 10_000}
    known = reading.knowledge
    numbers = set(known.quantities_by_key.get("", ()))
    for key in near:
        numbers.update(known.quantities_by_key.get(key, ()))
    for value in fine:
        numbers.update(known.quantities_by_value.get(value, ()))
    return [
        quantity
        for quantity in (known.quantities[number] for number in sorted(numbers))
        if _spoken_of(quantity, near, fine)
        and (not quantity.word or quantity.word & (reading.keys | (near & _CAPTIONED)))
        and (not quantity.act or quantity.loose or quantity.form == "part" or quantity.act & near)
    ]


def _spoken_of(quantity: Quantity, near: frozenset[str], fine: set[float]) -> bool:
    """Whether group, frame and place are named, or a number stands there that is this quantity's alone."""
    if quantity.place and not quantity.place & near:
        return False
    if quantity.value in fine or any(rival.low in fine for rival in quantity.rivals):
        return True
    return (not quantity.group or bool(quantity.group & near)) and (
        not quantity.frame or quantity.assumed or bool(quantity.frame & near)
    )


def _form_fits(amount: Amount, quantity: Quantity) -> bool:
    if quantity.form == "part":
        return True
    if quantity.form == "share":
        return amount.form == "share" or (amount.style == "of")
    return amount.form == "count" and amount.style != "of"


def match_of(reading: Reading, figure: Figure, quantity: Quantity) -> Match | None:
    """How well a quantity explains a number: ``None`` if something it needs is missing or something foreign is near."""
    amount = figure.amount
    if not _form_fits(amount, quantity) or _barred(reading, figure, quantity) or _of_others(reading, amount, quantity):
        return None
    if amount.style == "vague" and amount.form == "share" and not figure.acts & quantity.act:
        return None
    if "moscow-oblast" in quantity.place and of_the_government(reading):
        return None
    noun = _noun_score(figure, quantity)
    act = _act_score(reading, figure, quantity)
    group = _slot_score(reading, amount, quantity.group, ("group", "frame"), NEAR_NOUN)
    frame = _slot_score(reading, amount, quantity.frame, ("frame", "group"), NEAR_FRAME)
    framed = bool(reading.keys & _ERA) or any(when.precision == "range" for when in reading.dates)
    both = amount.style == "of" and amount.low == quantity.value and amount.base == quantity.total and amount.low > 20
    signature = both or (amount.fine and amount.low >= 10_000 and not framed and _known_exactly(amount, quantity))
    if act is None and signature and not figure.acts:
        act = 1.0
    named = any(tag.key.startswith("congress-") for tag in reading.tags)
    dated = any(when.years == (1934, 1934) for when in reading.dates)
    if frame is None and (signature or (quantity.assumed and not named and (reading.statement.era or dated))):
        frame = 1.0
    group = 1.0 if group is None and signature else group
    place = _slot_score(reading, amount, quantity.place, ("place", "group"), NEAR_NOUN)
    word = _slot_score(reading, amount, quantity.word, ("word", "unit", "person", "role"), NEAR_FRAME)
    when = _when_score(reading, amount, quantity)
    scores = (noun, act, group, frame, place, word, when)
    if any(score is None for score in scores) or _foreign(reading, figure, quantity):
        return None
    if quantity.form == "share" and group == 3.0 and not _above(reading, quantity):
        return None
    total = sum(score for score in scores if score is not None)
    celled = reading.statement.kind == "cell" or (reading.statement.kind == "bullet" and (act or 0) >= 7.0)
    grouped = quantity.assumed and frame == 3.0 and (group or 0) > 3.0
    borrowed = (
        3.0 in (group, frame)
        and not grouped
        and ((bool(reading.dates) and not celled) or not _above(reading, quantity))
    )
    borrowed = borrowed or when == ABOVE_YEARS or (when == ERA_ONLY and not figure.acts & _PLAIN)
    known = _known_exactly(amount, quantity) or (
        amount.style == "of" and amount.base in (quantity.total, *quantity.also)
    )
    firm = (bool(act or not quantity.act) and figure.near <= NEAR_ACT) or not quantity.act
    lent = act == 4.0 and not reading.keys & quantity.act
    return Match(quantity, total + (6 if known else 0), (firm and not borrowed) or known, borrowed, lent)


_PLAIN = frozenset({"execute", "arrest", "convict"})


def _above(reading: Reading, quantity: Quantity) -> bool:
    """Whether a heading or parent bullet, not only an earlier sentence, names the frame or group."""
    return any(keys_of(text) & (quantity.frame | quantity.group) for text in reading.statement.context)


_CAPTIONED = frozenset({"itl-w"})
_SUBSETS = frozenset(
    "those these them arrested convicted dismissed discharged sentenced condemned expelled executed removed deported".split()
)


def _of_others(reading: Reading, amount: Amount, quantity: Quantity) -> bool:
    """Whether a share is one of those arrested, dismissed ..., and the quantity a share of all ("a third of those removed")."""
    if amount.form != "share" or quantity.form != "share" or quantity.act & {"reinstate", "release"}:
        return False
    after = [reading.low(index) for index in range(amount.last + 1, amount.last + 4)]
    if " among " in quantity.says and after[0] == "of" and group_behind(reading, amount) & quantity.group:
        return True  # "70 per cent of all party members were arrested" is no share of those arrested
    of_some = after[:1] == ["of"] and (after[1] in _SUBSETS or (after[1] in ("the", "all") and after[2] in _SUBSETS))
    return of_some and not quantity.word & {"arrested-w", "convicted-w", "women-w"}


def _barred(reading: Reading, figure: Figure, quantity: Quantity) -> bool:
    """Whether something stands in the sentence that makes the number another's; an act only if the number has it."""
    barred = reading.keys & quantity.bar
    if reading.statement.kind == "cell":
        barred |= reading.context_keys & quantity.bar & _CAPTIONED
    if barred and _known_exactly(figure.amount, quantity):
        barred = frozenset(
            tag.key for tag in reading.tags if tag.key in barred and (tag.kind != "word" or tag.key in _CAPTIONED)
        )
    return any(key in figure.acts or key not in _ACTS for key in barred)


def _known_exactly(amount: Amount, quantity: Quantity) -> bool:
    if not amount.fine or quantity.value is None:
        return False
    return amount.low in (quantity.value, *[rival.low for rival in quantity.rivals if rival.low == rival.high])


def _noun_score(figure: Figure, quantity: Quantity) -> float | None:
    noun = figure.noun
    if noun is None:
        return 0.0 if not quantity.unit or figure.amount.form == "share" or quantity.loose or quantity.bare else None
    if noun.key in quantity.unit or noun.key in quantity.group:
        return 6.0
    if noun.kind == "group":
        return (
            0.0
            if not quantity.group and noun.key in quantity.allow
            else (None if not quantity.group or quantity.unit else -2.0)
        )
    if noun.key in _PERSONS:
        return 1.0 if not quantity.unit and (noun.key == "people" or quantity.group or quantity.frame) else None
    if figure.amount.form == "share" and noun.key == "population":
        return None if quantity.form != "share" else 0.0
    return None


def _act_score(reading: Reading, figure: Figure, quantity: Quantity) -> float | None:
    if not quantity.act:
        return None if quantity.group and not quantity.loose and figure.acts & _ACTS else 0.0
    if figure.acts & quantity.act:
        near = min(figure.near, 6) if reading.statement.kind == "cell" else figure.near
        return 10.0 - 0.3 * min(near, 20) if near <= NEAR_ACT + 8 else None
    clause = reading.clause(figure.amount.first)
    beside = {tag.key for tag in reading.of_kind("act") if clause[0] <= tag.first <= clause[1]}
    if figure.acts and figure.acts <= _VAGUE_ACTS and beside & quantity.act:
        return 5.0
    if figure.acts:
        return None
    above = beside or ({tag.key for tag in reading.of_kind("act")} or reading.context_keys) & _ACTS
    above = above if beside or not reading.of_kind("act") or len(reading.amounts) == 1 else set()
    if above & quantity.act and len(above - quantity.act) == 0:
        return 4.0
    return 1.0 if quantity.loose else None


_VAGUE_ACTS = frozenset({"purge"})
_ACTS = frozenset(
    "sent-camp passed-a execute kill die arrest convict imprison discharge expel reinstate deport "
    "release purge quota held votes".split()
)


def _slot_score(
    reading: Reading, amount: Amount, wanted: frozenset[str], kinds: tuple[str, ...], near: int
) -> float | None:
    """0 if nothing is wanted; else 4 to 10 by distance, 3 if only what stands above says it, ``None`` if nothing does."""
    if not wanted:
        return 0.0
    gaps = [
        _gap(reading, tag, amount)
        for tag in reading.tags
        if tag.key in wanted and tag.kind in kinds and not _compared(reading, tag, amount)
    ]
    if gaps and min(gaps) <= near:
        return 10.0 - 6.0 * min(gaps) / near
    own_era = "frame" in kinds and kinds[0] == "frame" and reading.keys & _ERA and not wanted & _ERA
    lendable = "word" not in kinds or (reading.statement.kind == "cell" and bool(wanted & _CAPTIONED))
    return 3.0 if reading.context_keys & wanted and lendable and not own_era else None


def _compared(reading: Reading, tag: Tag, amount: Amount) -> bool:
    """Whether a number is only compared with what the tag names ("about 100,000, fewer than in the verification of 1935")."""
    start = amount.last + 1
    words = [reading.low(index) for index in range(start, tag.first)]
    return any(two == "than" and one in _COMPARED for one, two in pairwise(words))


_COMPARED = frozenset("fewer less more higher lower smaller larger greater earlier later".split())


def _gap(reading: Reading, tag: Tag, amount: Amount) -> int:
    """Distance of a tag from a number; a place behind a comma belongs to what follows it ("Leningrad's 4,000, Kirov's 500")."""
    gap = reading.statement.gap(tag.first, tag.last, amount.first, amount.last)
    if reading.statement.kind == "cell" and reading.tokens[tag.last].end <= reading.statement.lead:
        return min(gap, 6)  # a row's or column's head belongs to its cell, however long it is
    behind = tag.kind == "place" and tag.first > amount.last
    parted = behind and any(reading.low(index) in (",", "and", "that") for index in range(amount.last + 1, tag.first))
    return gap + 12 if parted else gap


def _nearest_date(reading: Reading, amount: Amount) -> When | None:
    """The date that belongs to a number: the nearest in its clause, before rather than behind another number."""
    best, chosen = 26, None
    own = next((when for when in reading.dates if _right_behind(reading, when, amount)), None)
    if own is not None:
        return own
    for when in reading.dates:
        if when.precision == "decade" or when.yearless or _of_another_clause(reading, when, amount):
            continue
        gap = reading.statement.gap(when.first, when.last, amount.first, amount.last)
        between = [
            one for one in reading.amounts if min(when.first, amount.first) < one.first < max(when.first, amount.first)
        ]
        gap += 6 * len(between) if when.first > amount.first else 2 * len(between)
        if gap < best:
            best, chosen = gap, when
    return chosen


def _right_behind(reading: Reading, when: When, amount: Amount) -> bool:
    """Whether a year stands right behind a number and is its own ("from 3.4 per cent in 1933 to 16.1 per cent in 1936")."""
    if when.precision not in ("year", "range") or not 1 < when.first - amount.last <= 4:
        return False
    return reading.low(when.first - 1) in ("in", "for") and reading.low(amount.last + 1) not in (
        ",",
        ";",
        "and",
        ":",
        "(",
        "|",
    )


def _of_another_clause(reading: Reading, when: When, amount: Amount) -> bool:
    """Whether the date stands in a clause of time before the number ("By the time Yezhov fell in November 1938, over ...")."""
    between = [reading.low(index) for index in range(when.last + 1, amount.first)]
    if when.first > amount.first or "," not in between:
        return False
    return any(
        reading.low(index) in ("when", "after", "before", "once", "until", "time")
        for index in range(max(0, when.first - 8), when.first)
    )


def _when_score(reading: Reading, amount: Amount, quantity: Quantity) -> float | None:
    if not quantity.when:
        return 0.0
    near = _nearest_date(reading, amount)
    years = near.years if near else None
    if years is None and reading.has("that-year-w"):
        years = reading.context_years
    if years is None and not quantity.frame and not quantity.group and not reading.has("two-years-w"):
        years = reading.context_years
    if years is not None:
        if near is not None and near.word in ("since", "before", "after", "until") and near.precision != "range":
            return None
        if quantity.dated and years not in quantity.when:
            return None
        month = near is not None and near.precision in ("month", "day", "season")
        bare = not quantity.frame | quantity.group | quantity.word
        if month and bare and (years[0], years[0]) in quantity.when and quantity.act:
            return None
        if near is not None and near.word in ("by", "end") and near.precision != "range":
            return 0.0 if quantity.frame or quantity.group else None
        if quantity.exact and years not in quantity.when:
            return None
        if years in quantity.when:
            return 5.0 if near else ABOVE_YEARS
        if years[0] > _LAST_YEAR and (1937, 1938) in quantity.when and (near is None or near.precision == "range"):
            return None  # the losses of 1939-40 are a war's
        if quantity.frame or quantity.group:
            return 0.5 if any(low <= years[0] and years[1] <= high for low, high in quantity.when) else None
        return None
    if quantity.dated:
        return None
    if quantity.frame or quantity.group:
        return 0.0
    era = reading.keys & _ERA or reading.context_keys & _ERA or (reading.statement.era and reading.has("two-years-w"))
    if era and any(span in ((1937, 1938), (1936, 1938)) for span in quantity.when):
        return 1.5
    if reading.statement.era and (1937, 1938) in quantity.when and not quantity.unit:
        return ERA_ONLY
    return 0.0 if _known_exactly(amount, quantity) else None


def _foreign(reading: Reading, figure: Figure, quantity: Quantity) -> bool:
    """Whether a group, frame or place near the number says that something else is counted."""
    amount = figure.amount
    own = quantity.group | quantity.frame | quantity.place | quantity.allow
    measured = figure.noun is not None and figure.noun.key in quantity.unit
    clause = reading.clause(amount.first)
    for tag in reading.tags:
        if (
            tag.kind not in ("group", "frame", "place")
            or tag.key in own
            or tag.key in _LOOSE_FRAMES
            or (tag.key == "families" and figure.noun is None)
        ):
            continue
        if (
            not clause[0] <= tag.first <= clause[1]
            or (measured and tag.kind == "group")
            or _compared(reading, tag, amount)
        ):
            continue
        gap = _gap(reading, tag, amount)
        if tag.kind == "place" and (of_the_government(reading) or not _scoping(reading, tag.first)):
            continue
        limit = _FOREIGN_FRAME if tag.kind in ("frame", "place") else _FOREIGN_GROUP
        if gap <= limit and not any(
            other.key in own and other.kind == tag.kind and _gap(reading, other, amount) < gap for other in reading.tags
        ):
            return True
    headings = frozenset().union(*(keys_of(text) for text in reading.statement.context if not text.endswith("?")))
    context = {key for key in headings & _STRONG if key not in own}
    dated = bool(quantity.when and _nearest_date(reading, amount))
    return bool(
        context and not dated and not quantity.frame and not quantity.group and not (reading.keys & (_ERA | own))
    )


_STRONG = frozenset(
    "order-00447 polish-op german-op harbin-op latvian-op greek-op finnish-op national-ops lists "
    "gulag famine dekulak katyn trial-army officers army".split()
)


def _scoping(reading: Reading, first: int) -> bool:
    return reading.low(first - 1) in ("in", "of", "for", "from", "across", "around", "throughout", "") or reading.low(
        first + 1
    ) in (":", "|", "–", "-")
