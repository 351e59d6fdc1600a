"""Numbers that count nothing of their own: "every one", "were all dead", "half of the 1,863 generals"."""

from __future__ import annotations

from thirtyseven.notes.known.knowledge import Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.meaning.reading import Figure, Reading

_EACH = frozenset(
    "every each any no not the this that which another first second third last next same other big single latter former".split()
)
_FOLD = frozenset({"x", "×", "fold"})
_THAN = frozenset("the as more higher larger greater over that what a their its bigger fewer less".split())
_BE = frozenset("were was are is had have been got be being".split())
_PARTS = frozenset(
    "half third thirds quarter quarters fifth tenth most some many none few part majority minority percent cent % percentage two "
    "number names fate rest".split()
)
_THEM = frozenset("them these those whom".split())
_NAMED_BEFORE = 14


def pronoun(reading: Reading, amount: Amount) -> bool:
    """Whether "one" only points to something ("every one"), "all" to the people just named, or a number only multiplies."""
    before = reading.low(amount.first - 1)
    if not amount.first and amount.low < 100 and reading.low(1) == ":" and reading.statement.kind != "cell":
        return True  # "33: Yezhov was dismissed ..."
    after = reading.low(amount.last + 1)
    if (
        after in _FOLD
        or (after == "times" and reading.low(amount.last + 2) in _THAN)
        or reading.low(amount.last).endswith("x")
    ):
        return True
    if reading.low(amount.first) == "one" and amount.first == amount.last:
        return before in _EACH and reading.low(amount.last + 1) != "of"
    floating = (
        amount.form == "share" and amount.style == "vague" and reading.low(amount.first) == "all" and before in _BE
    )
    return floating and any(0 < amount.first - tag.last <= _NAMED_BEFORE for tag in reading.of_kind("person"))


def shared_acts(reading: Reading, figure: Figure) -> frozenset[str]:
    """What happened to those counted, also where it is said behind a second number ("55,428 plus 61,457 were shot")."""
    last = figure.amount.last
    if figure.acts or reading.low(last + 1) not in ("plus", "+", "and", "&"):
        return figure.acts
    return next((one.acts for one in reading.figures if one.amount.first == last + 2), figure.acts)


def whole_named(reading: Reading, amount: Amount) -> bool:
    """Whether a number is only the whole of which a part is spoken of ("half of the 1,863", "of the five only two lived")."""
    at = amount.first - 1
    while reading.low(at) in ("the", "these", "those", "all", "his", "their"):
        at -= 1
    if amount.form != "count" or amount.style == "of" or reading.low(at) != "of":
        return False
    before = reading.tokens[at - 1] if at else None
    opening = before is None or before.kind == "mark"
    return (
        opening
        or reading.low(at - 1) in _PARTS
        or any(one.last == at - 1 and not pronoun(reading, one) for one in reading.amounts)
    )


def of_others(reading: Reading, amount: Amount, quantity: Quantity) -> bool:
    """Whether a share is one of those counted before it, who are not the whole of a quantity ("12,557, 84 % of them shot")."""
    after = [reading.low(index) for index in range(amount.last + 1, amount.last + 3)]
    if amount.form != "share" or after[:1] != ["of"] or after[1] not in _THEM:
        return False
    counts = [one.low for one in reading.amounts if one.form == "count" and one.last < amount.first]
    wholes = [one for one in (quantity.total, *quantity.also) if one]
    return bool(counts) and not any(abs(counts[-1] - whole) <= 0.02 * whole for whole in wholes)


_OFFICIAL = frozenset(
    "plan plans order orders limit limits answer answers consent first own original initial policy".split()
)


def of_the_government(reading: Reading) -> bool:
    """Whether Moscow is only the government ("Moscow's first plan was to shoot ...")."""
    tags = [tag for tag in reading.of_kind("place") if tag.key == "moscow-oblast"]
    return bool(tags) and all(
        reading.tokens[tag.last].possessive and reading.low(tag.last + 1) in _OFFICIAL for tag in tags
    )


def group_behind(reading: Reading, amount: Amount) -> frozenset[str]:
    """Groups of which a share is said to be a part ("70 per cent of all the party members")."""
    at = amount.last + 2
    while reading.low(at) in ("all", "the", "soviet"):
        at += 1
    return frozenset(tag.key for tag in reading.of_kind("group") if tag.first <= at <= tag.last)
