"""Numbers as people write them: digits, words, fractions, ranges, percentages, one in so many, some of many."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thirtyseven.notes.language.numerals import BEFORE, BEFORE_TWO, EVERY, PARTS, SCALES, SMALL, TENS, VAGUE
from thirtyseven.notes.language.text import Token


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a statement.

    Attributes:
        low: smallest value meant.
        high: largest value meant (equal to ``low`` for a single number).
        form: ``count``, or ``share`` (a part of one, 0..1).
        style: how it was written: ``digits``, ``words``, ``percent``, ``fraction``, ``ratio`` (one in n),
            ``of`` (n of m) or ``vague`` (thousands of).
        modifier: ``""``, ``about``, ``under``, ``over``, ``most`` (up to) or ``exact``.
        unit: size of the last written digit (0 for a fraction): how finely the number was given.
        first: first token.
        last: last token.
        base: the whole, where the number was given as a part of it (``n of m``, ``one in n``).
    """

    low: float
    high: float
    form: str
    style: str
    modifier: str
    unit: float
    first: int
    last: int
    base: float | None = None

    @property
    def fine(self) -> bool:
        """Whether the number was given to the last person rather than rounded."""
        value = self.low
        return (
            self.low == self.high
            and value >= 20
            and self.unit == 1
            and (value % 10 != 0 or value % 100 == 50 or (value >= 1000 and value % 100 != 0))
        )


def amounts_of(tokens: list[Token]) -> list[Amount]:
    """All numbers of a statement, left to right, without overlaps; years and day numbers are still among them."""
    singles: list[Amount] = []
    index = 0
    while index < len(tokens):
        found = _single(tokens, index)
        if found is None:
            index += 1
            continue
        singles.append(found)
        index = found.last + 1
    return _joined(tokens, [_with_modifier(tokens, one) for one in singles])


_DONE = frozenset("shot executed killed arrested died dead perished sentenced".split())


def quantifiers_of(tokens: list[Token]) -> list[Amount]:
    """Shares said in a word: most of, the majority of, nearly all, all of the."""
    found = []
    for index, token in enumerate(tokens):
        after, before = _low(tokens, index + 1), _low(tokens, index - 1)
        if token.low in ("everybody", "everyone"):
            found.append(Amount(0.97, 1.0, "share", "vague", "", 0.03, index, index))
        elif (token.low == "most" and before not in ("the", "at", "s")) or token.low == "majority":
            found.append(Amount(0.501, 1.0, "share", "vague", "", 0.5, index, index))
        elif token.low == "all" and before in ("nearly", "almost", "virtually", "practically"):
            found.append(Amount(0.8, 1.0, "share", "vague", "", 0.2, index - 1, index))
        elif (
            token.low in ("all", "every")
            and after in ("of", "the", "its", "their")
            and before not in ("above", "of", "after", "not", "at", "for")
        ) or (token.low == "all" and after in _DONE and before not in ("not", "at", "above", "after")):
            found.append(Amount(0.97, 1.0, "share", "vague", "", 0.03, index, index))
    return found


def _low(tokens: list[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _single(tokens: list[Token], index: int) -> Amount | None:
    token = tokens[index]
    if token.kind == "number":
        return _digits(tokens, index)
    if token.kind == "word":
        return _vague(tokens, index) or _fraction(tokens, index) or _in_words(tokens, index)
    if token.low in "½⅓¼¾⅔" and token.low:
        share = {"½": 1 / 2, "⅓": 1 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅔": 2 / 3}[token.low]
        return Amount(share, share, "share", "fraction", "", 0, index, index)
    return None


def _digits(tokens: list[Token], index: int) -> Amount | None:
    """A numeral, with million, k or percent behind it, or a fraction such as 3/5."""
    raw = tokens[index].low.translate({ord(mark): None for mark in ",' \u00a0\u202f\u2009"})
    if len(raw) > 15:
        return None
    value, last = float(raw), index
    unit = 10.0 ** -len(raw.partition(".")[2]) if "." in raw else _last_digit(raw)
    after = _low(tokens, index + 1)
    if after == "-" and _low(tokens, index + 2) in SCALES:
        after, last = _low(tokens, index + 2), index + 1
    if (
        after in SCALES
        and after not in ("hundreds", "thousands")
        and not (after == "m" and value > 50 and "." not in raw and value > 999)
    ):
        scale = SCALES[after]
        last += 1
        if after == "hundred" and _low(tokens, last + 1) == "thousand":
            scale, last = scale * 1000, last + 1
        return Amount(value * scale, value * scale, "count", "digits", "", unit * scale, index, last)
    half = [_low(tokens, index + step) for step in (1, 2, 3)] == ["and", "a", "half"]
    if half and value < 1000 and (scale := SCALES.get(_low(tokens, index + 4), 0.0)):
        return Amount(
            (value + 0.5) * scale, (value + 0.5) * scale, "count", "digits", "", 0.1 * scale, index, index + 4
        )
    percent = _percent(tokens, index + 1)
    if percent:
        return Amount(value / 100, value / 100, "share", "percent", "", unit / 100, index, index + percent)
    if after == "/" and _low(tokens, index + 2).isdecimal() and tokens[index + 2].start == tokens[index].end + 1:
        whole = float(tokens[index + 2].low) if len(tokens[index + 2].low) < 8 else 0.0
        after_next = _low(tokens, index + 3)
        if 0 < value < whole and whole < 1000 and after_next != "/" and not (value > 1000 or raw.startswith("0")):
            return Amount(value / whole, value / whole, "share", "fraction", "", 0, index, index + 2, whole)
    return Amount(value, value, "count", "digits", "", unit, index, last)


def _last_digit(raw: str) -> float:
    """Size of the last digit that is not a rounding zero."""
    stripped = raw.rstrip("0")
    return float(10 ** (len(raw) - len(stripped))) if stripped else 1.0


def _percent(tokens: list[Token], index: int) -> int:
    """How many tokens after a number say per cent (0: none)."""
    if _low(tokens, index) in ("%", "percent", "pc", "pct"):
        return 1
    if _low(tokens, index) == "per" and _low(tokens, index + 1) == "cent":
        return 2
    return 0


def _vague(tokens: list[Token], index: int) -> Amount | None:
    """Dozens of, hundreds of thousands of, millions of."""
    word = tokens[index].low
    if word == "tens" and _low(tokens, index + 1) == "of" and _low(tokens, index + 2) in ("thousands", "millions"):
        scale = SCALES[_low(tokens, index + 2)]
        return Amount(20 * scale, 99 * scale, "count", "vague", "", 10 * scale, index, index + 2)
    if word not in VAGUE or (index and tokens[index - 1].kind == "number"):
        return None
    if (
        word in ("hundreds", "thousands")
        and _low(tokens, index + 1) == "of"
        and _low(tokens, index + 2) in ("thousands", "millions")
    ):
        scale = SCALES[_low(tokens, index + 2)]
        times = 100 if word == "hundreds" else 1000
        return Amount(2 * times * scale, 9.99 * times * scale, "count", "vague", "", times * scale, index, index + 2)
    low, high = VAGUE[word]
    return Amount(low, high, "count", "vague", "", low, index, index)


def _fraction(tokens: list[Token], index: int) -> Amount | None:
    """Half, a third, two-thirds, three quarters, a tenth."""
    word, last, times = tokens[index].low, index, 1.0
    if word == "every" and EVERY.get(_low(tokens, index + 1)):
        part = 1 / EVERY[_low(tokens, index + 1)]
        return Amount(part, part, "share", "ratio", "", 0, index, index + 1, 1 / part)
    if word in ("a", "one", "two", "three", "four", "five", "six", "seven", "nine"):
        step = 2 if _low(tokens, index + 1) == "-" else 1
        times = float(SMALL.get(word, 1))
        last, word = index + step, _low(tokens, index + step)
    if word not in PARTS or (last == index and word not in ("half", "quarter")):
        return None
    if (last == index and word == "quarter") or word in ("second",):
        return None
    if times >= PARTS[word]:
        return None
    share = times / PARTS[word]
    following = _low(tokens, last + 1)
    if following == "of" or following in ("a", "the"):
        step = 1 + (following == "of") + (_low(tokens, last + 2) == "a" or following == "a")
        scale = _low(tokens, last + step)
        if scale in ("million", "dozen"):
            value = share * SCALES[scale]
            return Amount(value, value, "count", "words", "", value, index, last + step)
    if following in ("million",):
        return Amount(share * 1e6, share * 1e6, "count", "words", "", share * 1e6, index, last + 1)
    return Amount(share, share, "share", "fraction", "", 0, index, last, float(PARTS[word]))


def _in_words(tokens: list[Token], index: int) -> Amount | None:
    """Numbers in words up to the millions: nine hundred and eighty thousand, one and a half million, a million."""
    if tokens[index].low == "one" and _low(tokens, index + 1) == "of" and not _low(tokens, index + 2)[:1].isdecimal():
        return None
    if tokens[index].low in ("hundred", "thousand") and _low(tokens, index - 1) in ("every", "in"):
        value = SCALES[tokens[index].low]
        return Amount(value, value, "count", "words", "", value, index, index)
    total, group, at, last, said, scale = 0.0, 0.0, index, index - 1, False, 1.0
    while at < len(tokens) and at - index < 16:
        word = tokens[at].low
        if word in SMALL or word in TENS:
            group += SMALL.get(word, 0) or TENS.get(word, 0)
            said, last, scale = True, at, 1.0
        elif word in ("a", "an") and _low(tokens, at + 1) in ("hundred", "thousand", "million", "dozen") and not said:
            group, said = 1.0, True
        elif word in ("hundred", "thousand", "million", "dozen") and said:
            scale = SCALES[word]
            group, last = (group or 1.0) * scale, at
            if scale >= 1000:
                total, group = total + group, 0.0
        elif word == "point" and said and SMALL.get(_low(tokens, at + 1), 10) < 10:
            group, at, last, scale = group + SMALL[_low(tokens, at + 1)] / 10, at + 1, at + 1, 0.1
        elif word == "and" and said and _low(tokens, at + 1) == "a" and _low(tokens, at + 2) == "half":
            group, at, last, scale = group + 0.5, at + 2, at + 2, 0.1
        elif (
            word == "and" and said and scale >= 100 and (_low(tokens, at + 1) in SMALL or _low(tokens, at + 1) in TENS)
        ):
            pass
        elif not (word == "-" and said and (_low(tokens, at + 1) in SMALL or _low(tokens, at + 1) in TENS)):
            break
        at += 1
    if last < index:
        return None
    value = total + group
    percent = _percent(tokens, last + 1)
    if percent:
        return Amount(value / 100, value / 100, "share", "percent", "", 0.01, index, last + percent)
    return Amount(value, value, "count", "words", "", max(1.0, _last_digit(str(int(value)))), index, last)


def _with_modifier(tokens: list[Token], amount: Amount) -> Amount:
    """Read about, nearly, more than and their like before a number, and a plus or "or more" behind it."""
    first = amount.first
    if _low(tokens, first - 1) in ("a", "an", "the") and first >= 2 and amount.style != "of":
        first -= 1
    one, two = _low(tokens, first - 1), _low(tokens, first - 2)
    if one == "." and two in ("c", "ca", "approx"):
        one = two
    modifier = BEFORE_TWO.get((two, one)) or BEFORE.get(one, "")
    if two in ("no", "not") and (one, modifier) != ("about", "about") and _low(tokens, first - 1) == "than":
        modifier = "over"
    if modifier == "over_no":
        modifier = "over" if _low(tokens, first - 3) in ("no", "not") else "under"
    if (two, one) == ("more", "than") and _low(tokens, first - 3) in ("no", "not"):
        modifier = "most"
    behind = _low(tokens, amount.last + 1)
    if behind == "+" or (behind == "or" and _low(tokens, amount.last + 2) == "more"):
        modifier = "over"
    elif behind == "or" and _low(tokens, amount.last + 2) == "so":
        modifier = "about"
    return replace(amount, modifier=modifier)


def _joined(tokens: list[Token], singles: list[Amount]) -> list[Amount]:
    """Join ranges (40 to 50), parts of a whole (98 of 139) and ratios (one person in every 8)."""
    out: list[Amount] = []
    index = 0
    while index < len(singles):
        one = singles[index]
        two = singles[index + 1] if index + 1 < len(singles) else None
        pair = two and (_range(tokens, one, two) or _ratio(tokens, one, two) or _part_of(tokens, one, two))
        if pair:
            out.append(pair)
            index += 2
        else:
            out.append(one)
            index += 1
    return out


def _between(tokens: list[Token], one: Amount, two: Amount) -> tuple[str, ...]:
    if two.first - one.last > 8:
        return ("",)
    return tuple(token.low for token in tokens[one.last + 1 : two.first])


def _range(tokens: list[Token], one: Amount, two: Amount) -> Amount | None:
    between = _between(tokens, one, two)
    joined = between in (("-",), ("–",), ("—",), ("to",), ("or",)) or (
        between == ("and",) and _low(tokens, one.first - 1) == "between"
    )
    if not joined or two.style in ("of", "vague") or one.style in ("of", "vague"):
        return None
    low, form, unit = one.low, one.form, one.unit
    if two.form == "share" and one.form == "count":
        low, form, unit = (low / 100, "share", unit / 100) if two.style == "percent" else (low, "", unit)
    elif one.form == "count" == two.form and two.unit >= 1000 and one.low < 1000 <= two.low:
        scale = next((s for s in (1e6, 1e3) if two.low >= s and one.low * s < two.high * 1.01), 1.0)
        low, unit = low * scale, unit * scale
    if form != two.form or not low < two.high:
        return None
    return Amount(low, two.high, form, two.style, one.modifier, min(unit, two.unit), one.first, two.last)


def _ratio(tokens: list[Token], one: Amount, two: Amount) -> Amount | None:
    """One in eight, 1 person in every 18, one out of 103, 1:18."""
    between = _between(tokens, one, two)
    if (
        one.form != "count"
        or two.form != "count"
        or not 1 <= one.low < two.low
        or two.low > 100_000
        or len(between) > 6
    ):
        return None
    words = [word for word in between if word not in _COUNTED]
    ratio = one.low == 1 and (words == ["in"] or words == [":"]) and two.low < 1900
    if not ratio and not (one.low <= 20 and words == ["out", "of"] and one.low < 2):
        return None
    return Amount(
        one.low / two.high,
        one.low / two.low,
        "share",
        "ratio",
        one.modifier or two.modifier,
        0,
        one.first,
        two.last,
        two.low,
    )


_COUNTED = frozenset(
    "every each person people soviet soviets russian russians citizen citizens adult adults families family man men officer "
    "officers communist communists party member members inhabitant inhabitants pole poles of the all "
    "camp prisoner prisoners inmate inmates convict convicts delegate delegates".split()
)


def _part_of(tokens: list[Token], one: Amount, two: Amount) -> Amount | None:
    """98 of the 139, three out of five, 14/16 (read as a fraction before), 1,108 of 1,966."""
    between = [word for word in _between(tokens, one, two) if word not in ("the", "its", "all", "total", "a")]
    if (
        between[-2:] == ["out", "of"]
        and len(between) <= 4
        and 1 < one.low < two.low <= 10
        and one.form == two.form == "count"
    ):
        share = one.low / two.low
        return Amount(share, share, "share", "fraction", one.modifier, 0, one.first, two.last, two.low)
    if between[-2:] == ["out", "of"] and len(between) == 3:
        between = between[-2:]
    if (
        between not in (["of"], ["out", "of"], ["from"], ["from", "among"])
        or one.form != "count"
        or two.form != "count"
    ):
        return None
    dated = 1917 <= one.low <= 1956 and _low(tokens, one.first - 1) in ("in", "for", "of")
    if not one.low < two.low or dated or _between(tokens, one, two)[:3] == ["a", "total", "of"]:
        return None
    return Amount(one.low, one.high, "count", "of", one.modifier, one.unit, one.first, two.last, two.low)
