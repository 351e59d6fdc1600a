"""Dates as people write them, as spans of days with the precision that was stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from thirtyseven.notes.language.text import Token
from thirtyseven.notes.language.when import When, month_span

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan januar|february feb februar|march mar märz|april apr|may mai|june jun juni|july jul juli|august aug|"
        "september sept sep|october oct oktober|november nov|december dec dezember".split("|"),
        1,
    )
    for name in names.split()
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_PARTS = {"early": (1, 4), "mid": (4, 9), "late": (9, 12), "end": (10, 12), "beginning": (1, 3), "start": (1, 3)}
FIRST_YEAR, LAST_YEAR = 1900, 1991


def dates_of(tokens: list[Token]) -> list[When]:
    """All dates of a statement, left to right, ranges joined."""
    singles, index = list[When](), 0
    while index < len(tokens):
        found = (
            _numeric(tokens, index)
            or _year_first(tokens, index)
            or _day_month(tokens, index)
            or _month(tokens, index)
            or _season(tokens, index)
            or _year(tokens, index)
        )
        if found is None:
            index += 1
            continue
        singles.append(found)
        index = found.last + 1
    return [_preceded(tokens, one) for one in _joined(tokens, _years_lent(tokens, _year_before(tokens, singles)))]


def _low(tokens: list[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _year_at(tokens: list[Token], index: int) -> int | None:
    """A year at this token: 1937, '37."""
    low = _low(tokens, index)
    if len(low) == 4 and low.isdecimal() and tokens[index].kind == "number" and FIRST_YEAR <= int(low) <= LAST_YEAR:
        return int(low)
    return None


def _year_after_month(tokens: list[Token], index: int) -> int | None:
    """A year behind a month, which may have two digits only (Aug 36, Dec '34)."""
    year = _year_at(tokens, index)
    if year is not None:
        return year
    low = _low(tokens, index)
    after = _low(tokens, index + 1)
    if (
        len(low) == 2
        and low.isdecimal()
        and 32 <= int(low) <= 56
        and after not in ("%", "percent", "per", "people", "were")
    ):
        return 1900 + int(low)
    return None


def _skip(tokens: list[Token], index: int, *marks: str) -> int:
    return index + 1 if _low(tokens, index) in marks else index


def _span(year: int, month: int, day: int, last_day: int | None = None) -> tuple[date, date] | None:
    try:
        return date(year, month, day), date(year, month, last_day or day)
    except ValueError:
        return None


def _numeric(tokens: list[Token], index: int) -> When | None:
    """1934-12-01, 1.12.1934, 01/12/34."""
    if tokens[index].kind != "number":
        return None
    low = tokens[index].low
    words = [_low(tokens, index + step) for step in range(5)]
    pair = words[1] == "/" and low.isdecimal() and words[2].isdecimal() and len(words[2]) == 2
    lone = words[3] not in ("/", "%") and _low(tokens, index - 1) not in ("/", "of")
    if pair and lone and 1 <= int(low) <= 12 and 30 <= int(words[2]) <= 41:
        return When(*month_span(1900 + int(words[2]), int(low)), "month", index, index + 2)
    if words[1] in "-/." and words[1] and words[3] == words[1] and words[2].isdecimal() and words[4].isdecimal():
        first, second, third = low, words[2], words[4]
        if not first.isdecimal():
            return None
        if len(first) == 4 and len(third) <= 2:
            span = _span(int(first), int(second) or 1, int(third) or 1) if int(second) <= 12 else None
        elif len(third) in (2, 4) and len(first) <= 2 and int(second) <= 12:
            year = int(third) + (1900 if len(third) == 2 else 0)
            span = _span(year, int(second) or 1, int(first) or 1) if FIRST_YEAR <= year <= LAST_YEAR else None
            if span and words[1] == "/" and int(first) <= 12 and first != second:
                # 12/1/1934 is December to some and January to others: only the year is certain.
                return When(date(year, 1, 1), date(year, 12, 31), "year", index, index + 4)
        elif words[1] == "/" and len(third) in (2, 4) and int(first) <= 12 < int(second) <= 31:
            year = int(third) + (1900 if len(third) == 2 else 0)
            span = _span(year, int(first) or 1, int(second)) if FIRST_YEAR <= year <= LAST_YEAR else None
        else:
            return None
        return When(*span, "day", index, index + 4) if span else None
    if low.count(".") == 1 and words[1] == "." and words[2].isdecimal() and len(words[2]) in (2, 4):
        day, _, month = low.partition(".")
        year = int(words[2]) + (1900 if len(words[2]) == 2 else 0)
        if day.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and FIRST_YEAR <= year <= LAST_YEAR:
            span = _span(year, int(month), int(day) or 1)
            return When(*span, "day", index, index + 2) if span else None
    return None


_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1,
    )
} | {"thirtieth": 30}  # fmt: skip


def _day_number(tokens: list[Token], index: int) -> int | None:
    low = _low(tokens, index)
    if low in _ORDINALS:
        return _ORDINALS[low]
    digits = low[:-2] if 0 <= index < len(tokens) and tokens[index].kind == "ordinal" else low
    return int(digits) if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31 else None


def _spelled_day(tokens: list[Token], index: int) -> int | None:
    """The day of "twenty-first", "thirty-first"; the words stand at ``index`` to ``index + 2``."""
    tens = {"twenty": 20, "thirty": 30}.get(_low(tokens, index))
    ones = _ORDINALS.get(_low(tokens, index + 2), 10) if _low(tokens, index + 1) == "-" else 10
    return tens + ones if tens and ones < 10 and tens + ones <= 31 else None


def _month_at(tokens: list[Token], index: int) -> int | None:
    """A month's name; the small words that are also others (may, march, dec) only before a number."""
    number = _MONTHS.get(_low(tokens, index))
    small = number and tokens[index].text[:1].islower()
    if small and _low(tokens, index) in ("may", "march", "mar", "dec", "sep", "jan"):
        after = _low(tokens, _skip(tokens, index + 1, ".", "/"))
        return number if after[:1].isdecimal() else None
    return number


def _day_month(tokens: list[Token], index: int) -> When | None:
    """1 December 1934, 1st of December, 19-24 August 1936, December 1st 1934."""
    before = tokens[index - 1] if index else tokens[index]
    if index and len(before.text) == 1 and before.kind == "word" and before.end == tokens[index].start:
        return None  # "A14 August 1937" is the answer 14
    spelled = _spelled_day(tokens, index)
    day = spelled or _day_number(tokens, index)
    last_day = None
    at = _skip(tokens, index + 3 if spelled else index + 1, ".")
    if day and _low(tokens, at) in ("-", "–", "—", "to", "/", "and", "till", "until") and _day_number(tokens, at + 1):
        after = _skip(tokens, _skip(tokens, at + 2, "."), "of")
        if _MONTHS.get(_low(tokens, after)):
            last_day, at = _day_number(tokens, at + 1), _skip(tokens, at + 2, ".")
    if day:
        at = _skip(tokens, at, "of")
        month = _MONTHS.get(_low(tokens, at))
        if not month or (_low(tokens, at) in ("may",) and tokens[at].text == "may"):
            return None
        at = _skip(tokens, at + 1, ".")
        return _closed(tokens, index, at, month, day, last_day)
    month = _month_at(tokens, index)
    if month:
        at = _skip(tokens, index + 1, ".")
        at = _skip(tokens, at, "the") if _low(tokens, at + 1) in _ORDINALS else at
        spelled = _spelled_day(tokens, at)
        day, at = (spelled, at + 2) if spelled else (_day_number(tokens, at), at)
        if day and _year_at(tokens, at) is None:
            if _low(tokens, at + 1) in ("-", "–", "to") and _day_number(tokens, at + 2):
                last_day, at = _day_number(tokens, at + 2), at + 2
            return _closed(tokens, index, at + 1, month, day, last_day)
    return None


def _year_first(tokens: list[Token], index: int) -> When | None:
    """1934 Dec 1, 1937 July - as timelines write it; a month that has a year of its own behind it is left alone."""
    year = _year_at(tokens, index)
    at = index + 1 if _low(tokens, index + 1) not in (",", "-", "–", ":") else index + 2
    month = _MONTHS.get(_low(tokens, at)) if year else None
    if not year or not month or tokens[at].text[:1].islower():
        return None
    last_month, last = None, at
    if _low(tokens, at + 1) in ("-", "–", "/") and _MONTHS.get(_low(tokens, at + 2)):
        last_month, last = _MONTHS[_low(tokens, at + 2)], at + 2
    following = _skip(tokens, last + 1, ".", ",")
    day = _day_number(tokens, following) if last_month is None and following == last + 1 else None
    if _year_at(tokens, following) is not None or _year_at(tokens, following + 1) is not None:
        return None
    if day:
        if _MONTHS.get(_low(tokens, following + 1)) or _low(tokens, following + 1) in ("people", "were", "%"):
            return None
        span = _span(year, month, day)
        return When(*span, "day", index, following) if span else None
    return When(*month_span(year, month, last_month), "month", index, last)


def _closed(tokens: list[Token], first: int, at: int, month: int, day: int, last_day: int | None) -> When | None:
    comma = _skip(tokens, at, ",", "of", "in")
    year = _year_at(tokens, comma)
    if year is None and comma == at and (at + 1 >= len(tokens) or tokens[at + 1].kind == "mark"):
        year = _year_after_month(tokens, at)  # 10 Feb 34
    span = _span(year or 1936, month, day, last_day if last_day and last_day > day else None)
    if span is None:
        return None
    return When(
        *span, "day", first, comma if year else at - 1 if _low(tokens, at - 1) != "." else at - 2, yearless=year is None
    )


def _month(tokens: list[Token], index: int) -> When | None:
    """December 1934, Dec. 1934, August to November 1938 (the first month lends the year)."""
    month = _month_at(tokens, index)
    if not month:
        return None
    at = _skip(tokens, _skip(tokens, index + 1, "."), "of", ",")
    last_month = None
    if _low(tokens, at) in ("-", "–", "/", "and") and _MONTHS.get(_low(tokens, at + 1)):
        last_month, at = _MONTHS[_low(tokens, at + 1)], at + 2
    at = _skip(tokens, at, "'", "’", "‘")
    year = _year_after_month(tokens, at)
    if year is None:
        if tokens[index].text[:1].islower() or _low(tokens, index) in ("may", "march"):
            return None
        return When(*month_span(1936, month), "month", index, index, yearless=True)
    if last_month and last_month < month:
        return When(date(year - 1, month, 1), month_span(year, last_month)[1], "month", index, at)
    return When(*month_span(year, month, last_month), "month", index, at)


def _season(tokens: list[Token], index: int) -> When | None:
    """Summer 1937, the autumn of 1938, late 1937, the end of 1938."""
    word = tokens[index].low
    if word not in _SEASONS and word not in _PARTS:
        return None
    at = _skip(tokens, _skip(tokens, _skip(tokens, index + 1, "-"), "of", "in"), "the")
    year = _year_after_month(tokens, at) if word in _SEASONS else _year_at(tokens, at)
    if year is None or _low(tokens, at + 1) == "s":
        return None
    if word == "winter":
        return When(date(year - 1, 12, 1), date(year + 1, 2, 28), "season", index, at)
    low, high = _SEASONS.get(word) or _PARTS[word]
    return When(*month_span(year, low, high), "season", index, at)


def _year(tokens: list[Token], index: int) -> When | None:
    """1937, 1937-38, 1937/8, the 1930s, '37."""
    year = _year_at(tokens, index)
    if year is None:
        bare = _short_range(tokens, index) or _short_year(tokens, index)
        if bare is not None:
            return bare
        if (
            tokens[index].text in ("'", "’", "‘")
            and tokens[index].kind == "mark"
            and _low(tokens, index + 1).isdecimal()
        ):
            short = _low(tokens, index + 1)
            if len(short) == 2 and 17 <= int(short) <= 56 and tokens[index + 1].start == tokens[index].end:
                return When(*month_span(1900 + int(short), 1, 12), "year", index, index + 1)
        return None
    after = _low(tokens, index + 1)
    if after == "s" or (after in ("'", "’") and _low(tokens, index + 2) == "s"):
        step = 1 if after == "s" else 2
        decade = year - year % 10
        return When(date(decade, 1, 1), date(decade + 9, 12, 31), "decade", index, index + step)
    if after in ("-", "–", "/", "—") and _low(tokens, index + 2).isdecimal() and tokens[index + 2].kind == "number":
        short = _low(tokens, index + 2)
        if len(short) in (1, 2) and tokens[index + 2].start - tokens[index].end <= 2:
            end = year - year % 10 ** len(short) + int(short)
            if year < end <= year + 30:
                return When(date(year, 1, 1), date(end, 12, 31), "range", index, index + 2, ends="year")
    return When(date(year, 1, 1), date(year, 12, 31), "year", index, index)


_COUNTS = frozenset("arrests executions deaths convictions sentences discharges".split())


def _short_year(tokens: list[Token], index: int) -> When | None:
    """The year of "16.5% in 37, 32.6% in 1940": two digits behind "in" that nothing counted follows, or "arrests 37:"."""
    low, after = _low(tokens, index), tokens[index + 1] if index + 1 < len(tokens) else None
    if len(low) != 2 or not low.isdecimal() or not 28 <= int(low) <= 41 or tokens[index].kind != "number":
        return None
    closed = after is None or (after.kind == "mark" and after.low in ",;.)")
    before = _low(tokens, index - 1)
    labelled = after is not None and after.low in (":", "=") and before in _COUNTS
    if not labelled and not (closed and before in ("in", "since", "arrested", "shot", "til", "until")):
        return None
    return When(*month_span(1900 + int(low), 1, 12), "year", index, index)


_BEHIND_RANGE = frozenset(
    ", . ) ; : | - – → were was and the of = discharges arrests purge terror executions".split()
) | {""}


def _short_range(tokens: list[Token], index: int) -> When | None:
    """37-38 and 1936/37's bare cousin 36/37, if no unit follows that would make it a count."""
    low, mark, high = (_low(tokens, index + step) for step in range(3))
    if mark not in ("-", "–", "/", "+") or not (low.isdecimal() and high.isdecimal() and len(low) == len(high) == 2):
        return None
    if not (28 <= int(low) < int(high) <= 41 and int(high) - int(low) <= 5) or tokens[index].kind != "number":
        return None
    after = _low(tokens, index + 3)
    if after not in _BEHIND_RANGE or (mark == "/" and int(high) - int(low) > 2):
        return None
    return When(date(1900 + int(low), 1, 1), date(1900 + int(high), 12, 31), "range", index, index + 2, ends="year")


def _years_lent(tokens: list[Token], singles: list[When]) -> list[When]:
    """A date without a year takes it from the date that closes its range (from August 1937 lends nothing)."""
    out: list[When] = []
    for index, one in enumerate(singles):
        following = singles[index + 1] if index + 1 < len(singles) else None
        if one.yearless and following and not following.yearless and following.first - one.last <= 2:
            year = following.start.year
            try:
                one = replace(one, start=one.start.replace(year=year), end=one.end.replace(year=year), yearless=False)
            except ValueError:
                one = replace(one, yearless=True)
        out.append(one)
    return out


def _year_before(tokens: list[Token], singles: list[When]) -> list[When]:
    """A day or month right behind a year is of that year, and the two are one date ("1937, 21 Aug", "1938: 17 November")."""
    out: list[When] = []
    for one in singles:
        year = out[-1] if out else None
        if year is not None and one.yearless and year.precision == "year" and year.start.year == year.end.year:
            between = [token.low for token in tokens[year.last + 1 : one.first]]
            if len(between) <= 1 and all(mark in (",", ":", "–", "-", "—", "|") for mark in between):
                try:
                    start, end = (day.replace(year=year.start.year) for day in (one.start, one.end))
                    out[-1] = replace(one, start=start, end=end, yearless=False, first=year.first)
                    continue
                except ValueError:
                    pass
        out.append(one)
    return out


def _joined(tokens: list[Token], singles: list[When]) -> list[When]:
    """Join from A to B, A-B, between A and B."""
    out: list[When] = []
    index = 0
    while index < len(singles):
        one = singles[index]
        two = singles[index + 1] if index + 1 < len(singles) else None
        if two is not None:
            between = (
                tuple(token.low for token in tokens[one.last + 1 : two.first]) if two.first - one.last < 4 else ("",)
            )
            lead = _low(tokens, one.first - 1)
            spanning = between in (
                ("-",),
                ("–",),
                ("—",),
                ("to",),
                ("until",),
                ("till",),
                ("through",),
                ("up", "to"),
                ("/",),
            ) or (between == ("and",) and lead == "between")
            years = one.precision == two.precision == "year" and two.start.year - one.start.year == 1
            spanning = spanning or (between == ("and",) and years)
            if (
                spanning
                and one.start <= two.end
                and not two.yearless
                and "decade" not in (one.precision, two.precision)
            ):
                ends = f"{one.precision}:{two.precision}"
                out.append(When(one.start, two.end, "range", one.first, two.last, ends=ends))
                index += 2
                continue
        out.append(one)
        index += 1
    return out


def _preceded(tokens: list[Token], one: When) -> When:
    at = one.first - 1
    while at >= 0 and _low(tokens, at) in ("the", "night", "of", "early", "late", "about", "around"):
        at -= 1
    return replace(one, word=_low(tokens, at))
