"""Judges numbers: which recorded quantity a number in the notes is meant to be, and whether it agrees."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, DIFFERENT, DISPUTED, WRONG, Quantity
from thirtyseven.notes.language.amounts import Amount
from thirtyseven.notes.language.compare import Interval, fits, is_true_bound
from thirtyseven.notes.language.manner import refuted
from thirtyseven.notes.meaning.above import keys_of
from thirtyseven.notes.meaning.closeness import MANY, closer_rival, misprint
from thirtyseven.notes.meaning.contested import contested, rival_count
from thirtyseven.notes.meaning.excuses import excused
from thirtyseven.notes.meaning.matching import Match, match_of, thinkable
from thirtyseven.notes.meaning.reading import Figure, Reading
from thirtyseven.notes.meaning.scopes import BY_CHANCE, of_another, of_another_act, of_another_scope, of_its_kind
from thirtyseven.notes.meaning.unmeant import of_others, pronoun, whole_named


def judge_numbers(reading: Reading) -> list[Finding]:
    """Findings for every number of the statement that some recorded quantity decides."""
    if any(token.low in _INFLATED for token in reading.tokens):
        return []
    found, lent = [], set()
    candidates = thinkable(reading) if reading.figures else []
    for figure in reading.figures:
        amount = figure.amount
        if reading.in_quotation(amount.first, amount.last) or denied(reading, amount) or elsewhere(reading, amount):
            continue
        if _undone(reading, figure) or _repeats(reading, amount) or pronoun(reading, amount):
            continue
        finding = _with_named(reading, figure, candidates) or _judge(reading, figure, candidates)
        if finding is None and figure.noun is not None and figure.noun.key == "families":
            finding = _as_people(reading, figure, candidates)
        if finding is not None:
            found.append(finding)
            lent |= set() if figure.acts else {finding.first}
    wholes = {(one.id, one.total) for one in candidates if one.total}
    stated = {figure.amount.first: figure.amount.low for figure in reading.figures}
    vague = {figure.amount.first for figure in reading.figures if figure.amount.style == "vague"}
    right = {
        one.about
        for one in found
        if one.verdict == AGREES and (one.about, stated[one.first]) not in wholes and one.first not in vague
    }
    # Of two numbers in one statement that are taken for one quantity, the right one is meant; the other counts something else.
    return [
        finding
        for finding in found
        if finding.verdict == AGREES
        or finding.about not in right
        or not (
            (finding.about, stated[finding.first]) in wholes
            or finding.verdict in (DIFFERENT, DISPUTED)
            or (finding.first in lent and finding.about.startswith("00447"))
        )
    ]


_ADDED = frozenset("other others more further additional".split())


def _with_named(reading: Reading, figure: Figure, candidates: list[Quantity]) -> Finding | None:
    """The number with those named before it ("Pyatakov and twelve others were shot") if so it agrees."""
    amount = figure.amount
    if reading.low(amount.last + 1) not in _ADDED or amount.form != "count" or amount.low > 1000:
        return None
    named = {tag.key for tag in reading.of_kind("person") if tag.last < amount.first and amount.first - tag.last <= 12}
    more = replace(amount, low=amount.low + len(named), high=amount.high + len(named))
    finding = _judge(reading, replace(figure, amount=more), candidates) if named else None
    return finding if finding is not None and finding.verdict == AGREES else None


def _repeats(reading: Reading, amount: Amount) -> bool:
    """Whether a share only repeats a part counted before it ("9,506 of those discharged = 27%")."""
    counted = any(one.form == "count" and one.last < amount.first for one in reading.amounts)
    return amount.form == "share" and counted and reading.low(amount.first - 1) == "="


def _as_people(reading: Reading, figure: Figure, candidates: list[Quantity]) -> Finding | None:
    """A number of families that the record has as a number of people ("nearly 12,000 families")."""
    finding = _judge(reading, replace(figure, noun=None), candidates)
    if finding is None or finding.verdict != AGREES or figure.amount.low < 1000:
        return None
    return replace(finding, verdict=DIFFERENT, why="the number counts people, not families", wording=f"{finding.best}.")


_DOUBTS = frozenset(
    "exaggerated inflated incorrect misprint myth untrue overestimate overestimated discredited".split()
)


_INFLATED = frozenset(
    "confuses confused confuse overestimated exaggerated inflated overestimates exaggerates overstated overstates".split()
)


def denied(reading: Reading, amount: Amount) -> bool:
    """Whether the number itself is denied (not 1,996 but 1,966; the figure of 8 million is wrong)."""
    start = amount.first
    while start > max(0, amount.first - 4) and reading.low(start - 1) not in (":", ",", "(", "–", "—"):
        start -= 1
    first, last = reading.clause(amount.first)
    if refuted([token.low for token in reading.tokens[first : last + 1]]):
        return True
    words = [reading.low(index) for index in range(start, amount.first)]
    if "not" in words and not {"only", "than", "exceeding"} & set(words):
        return True
    after = [reading.low(index) for index in range(amount.last + 1, amount.last + 14)]
    if any(word in ("can't", "cannot", "couldn't") for word in after) and {"right", "true", "correct"} & set(after):
        return True
    too = any(one == "too" and two in ("high", "low", "large", "small", "many") for one, two in pairwise(after))
    return too or any(word in _DOUBTS for word in after)


def _undone(reading: Reading, figure: Figure) -> bool:
    """Whether what happened to those counted is denied ("half of the officers were not shot")."""
    start, end = reading.clause(figure.amount.first)
    return any(
        tag.key in figure.acts
        and max(start, figure.amount.last) < tag.first <= end
        and {reading.low(tag.first - 1), reading.low(tag.first - 2)} & {"not", "never"}
        and reading.low(tag.first - 1) != "only"
        for tag in reading.of_kind("act")
    )


_PRINTED_NEAR = 4


def elsewhere(reading: Reading, amount: Amount) -> bool:
    """Whether the number speaks of another country, another time, the writer's own life or a book's pages."""
    start, end = reading.clause(amount.first)
    for tag in reading.of_kind("foreign"):
        gap = reading.statement.gap(tag.first, tag.last, amount.first, amount.last)
        if gap <= _PRINTED_NEAR or (tag.key != "printed" and start <= tag.first <= end):
            return True
    if any(_of_an_age(reading, index) for index in range(start, end + 1)):
        return True
    above = {key for text in reading.statement.context[-1:] for key in keys_of(text)}
    if not any(
        f" {word} " in f" {text.lower()} " for text in reading.statement.context[-1:] for word in ("my", "our", "his")
    ):
        above -= {"private"}  # "answer key (40 marks)"
    return bool(above & _ABROAD) and not any(tag.kind in ("frame", "person") for tag in reading.tags)


def _of_an_age(reading: Reading, index: int) -> bool:
    """Whether a token is a year before 1900 ("in 1793", "1793-94")."""
    low, after = reading.low(index), reading.low(index + 1)
    if len(low) != 4 or not low.isdecimal() or not 1500 <= int(low) < 1900:
        return False
    span = after in ("-", "–") and len(reading.low(index + 2)) in (2, 4) and reading.low(index + 2).isdecimal()
    closed = after in ("", ".", ",", ";", ")", "and", "to", "was", "were") and reading.low(index - 1) in (
        "in",
        "since",
        "until",
    )
    return span or closed


_ABROAD = frozenset({"elsewhere", "other-times", "private"})


def _judge(reading: Reading, figure: Figure, candidates: list[Quantity]) -> Finding | None:
    matches = [match for quantity in candidates if (match := match_of(reading, figure, quantity))]
    if not matches:
        return of_another_act(reading, figure, candidates)
    best = max(matches, key=lambda match: (match.score, match.quantity.id))
    rivals = [match for match in matches if match.score >= best.score - 4]
    verdicts = [(match, outcome) for match in rivals if (outcome := _outcome(reading, figure.amount, match))]
    if not verdicts and figure.acts & best.quantity.act and (other := of_another(reading, figure, best.quantity)):
        verdicts = [(best, (DIFFERENT, other))]
    agreeing = [pair for pair in verdicts if pair[1][0] == AGREES]
    chosen = max(
        agreeing or verdicts,
        key=lambda pair: (pair[0].score, pair[0].quantity.id),
        default=None,
    )
    if chosen is None:
        return None
    match, (verdict, why) = chosen
    verdict, why, about = _weighed(reading, figure, match.quantity, verdict, why)
    quantity = match.quantity
    if verdict != AGREES and (
        _unsaid(reading, figure.amount, quantity, verdict) or excused(reading, figure, quantity, verdict)
    ):
        return None
    return Finding(
        figure.amount.first,
        figure.amount.last,
        verdict,
        about,
        quantity.says,
        quantity.best or _shown(quantity),
        quantity.source,
        quantity.counts,
        why,
        quantity.wording if verdict != AGREES else "",
        quantity.claim,
        quantity.figure,
        strength=match.score,
    )


def _weighed(reading: Reading, figure: Figure, quantity: Quantity, verdict: str, why: str) -> tuple[str, str, str]:
    """Verdict, reason and entry once it is asked what else the number may count, and how surely it is said."""
    about = quantity.id
    doubtful = verdict == WRONG or (verdict == DISPUTED and not reading.certain)
    if doubtful and (other := of_another(reading, figure, quantity)):
        verdict, why = DIFFERENT, other
        about += "-other" if figure.acts and figure.amount.low >= BY_CHANCE else ""
    if verdict == WRONG and (other := of_its_kind(reading, figure, quantity)):
        verdict, why = DIFFERENT, other
    if verdict == AGREES and (other := of_another_scope(reading, figure, quantity)):
        verdict, why = DIFFERENT, other
    if verdict == AGREES and reading.certain and contested(figure.amount, quantity):
        verdict, why = DISPUTED, "sources give more than one number, so that none of them is beyond doubt"
    if verdict == DIFFERENT and reading.certain and rival_count(figure.amount):
        verdict, why = DISPUTED, "it is one of several counts, none of them beyond doubt"
    return verdict, why, about


_MORE = frozenset("more further additional other others new".split())


def _unsaid(reading: Reading, amount: Amount, quantity: Quantity, verdict: str) -> bool:
    """Whether nothing is to be said against a number: it is hearsay, somebody else's, an addition, a region's or only a whole."""
    if verdict == DISPUTED and any(token.low in _HEARSAY for token in reading.tokens):
        return True  # "memoirs speak of almost 300 votes against Stalin" is so
    another = reading.low(amount.first - 1) == "another" and not amount.fine
    added = (another or reading.low(amount.last + 1) in _MORE) and not quantity.word & {"raised-w"}
    if reading.quoting or reading.supposing or added or _of_some_region(reading, quantity):
        return True
    misprint = any(one.verdict == WRONG and one.low <= amount.low <= one.high for one in quantity.rivals)
    whole = quantity.act and whole_named(reading, amount) and not misprint
    return bool(whole) or of_others(reading, amount, quantity)


_REGION = frozenset("region oblast krai republic province there its".split())


def _of_some_region(reading: Reading, quantity: Quantity) -> bool:
    """Whether a quantity of one region is only thought of because an earlier sentence named the region."""
    named = not quantity.place or bool(quantity.place & reading.keys)
    return not named and reading.statement.kind == "prose" and not any(token.low in _REGION for token in reading.tokens)


def _shown(quantity: Quantity) -> str:
    if quantity.value is None:
        return quantity.says
    if quantity.form == "share":
        return f"{100 * quantity.value:.3g} per cent"
    return f"{quantity.value:,.10g}" + (f" of {quantity.total:,.10g}" if quantity.total else "")


_HEARSAY = frozenset("memoir memoirs rumour rumours rumor rumors legend legends recollections gossip hearsay".split())


def _all_of_them(amount: Amount, match: Match) -> tuple[str, str] | None:
    """Verdict on "all 139 members ..." where the record has a part of the whole."""
    quantity = match.quantity
    if quantity.form != "part" or quantity.value is None:
        return None
    if quantity.value == quantity.total:
        return AGREES, ""
    known = _rival(amount, match, False)
    if known is not None and known[0] == DIFFERENT:
        return known
    if amount.low >= MANY:
        return DIFFERENT, f"{amount.low:,.10g} is the whole, of which {quantity.value:,.10g} are a part"
    return WRONG, "not all of them"


def _outcome(reading: Reading, amount: Amount, match: Match) -> tuple[str, str] | None:
    """Verdict and reason for a number that is meant to be a quantity; ``None`` for silence."""
    quantity = match.quantity
    if quantity.total == amount.low and amount.style != "of" and reading.low(amount.first - 1) == "all":
        outcome = _all_of_them(amount, match)
        if outcome is not None:
            return outcome
    share = amount.form == "share"
    if amount.style == "vague" and not share and match.borrowed:
        return None
    truths = _truths(quantity, share)
    if not share and (closer := closer_rival(amount, quantity, truths)):
        return closer
    if printed := misprint(amount, quantity, truths):
        return printed
    if any(fits(amount, truth, quantity.tolerance) for truth in truths):
        return _whole(amount, quantity)
    if amount.style == "vague" and not (share and quantity.form == "part"):
        return _vaguely(amount, match, truths)
    if (
        amount.style == "vague"
        and share
        and any(low - 0.15 <= amount.high and amount.low <= high + 0.15 for low, high in truths)
    ):
        return None
    known = _rival(amount, match, share)
    if known is not None:
        return known
    celled = reading.statement.kind == "cell"
    if (
        quantity.form == "part"
        and not share
        and not celled
        and amount.style != "of"
        and reading.keys & quantity.act
        and amount.low == (quantity.total or 0) > 20
    ):
        return DIFFERENT, f"{amount.low:,.10g} is the whole, of which {quantity.value:,.10g} are a part"
    if not quantity.otherwise or any(is_true_bound(amount, truth) for truth in truths):
        return None
    if not match.firm:
        return None
    if share and (
        (quantity.form == "part" and quantity.total is None) or (amount.style == "vague" and quantity.form != "part")
    ):
        return None
    if not share and truths and _beyond(amount, truths):
        return None
    return quantity.otherwise, ""


def _beyond(amount: Amount, truths: list[Interval]) -> bool:
    """Whether a number is so far from the recorded ones that it must count something else."""
    low, top = min(low for low, _ in truths), max(high for _, high in truths)
    return amount.high < low / 70 or amount.low > top * 400 or (amount.high < 100 and low > 1000)


def _rival(amount: Amount, match: Match, share: bool) -> tuple[str, str] | None:
    """Verdict and reason of the narrowest rival figure that the number states; ``None`` where it states none."""
    quantity = match.quantity
    part = share and quantity.form == "part"
    for rival in sorted(quantity.rivals, key=lambda one: one.high - one.low):
        low, high = (rival.low, rival.high)
        if not match.firm and (match.borrowed or match.lent) and rival.verdict != AGREES and low != high:
            continue
        if (
            (high <= 1.0) == share
            and not (part and high > 1)
            and fits(amount, (low, high), min(quantity.tolerance, 0.02))
        ):
            return rival.verdict, rival.why
    return None


def _vaguely(amount: Amount, match: Match, truths: list[Interval]) -> tuple[str, str] | None:
    """Verdict on thousands or millions of: wrong only if the record is far off and the statement firm."""
    top = max((high for _, high in truths), default=0.0)
    sure = match.firm and match.quantity.act and match.quantity.otherwise
    if amount.form == "share" or not sure or not top or amount.low <= 3 * top:
        return None
    return match.quantity.otherwise, ""


def _truths(quantity: Quantity, share: bool) -> list[Interval]:
    if share and quantity.form == "part":
        known = [(quantity.value / quantity.total,) * 2] if quantity.value is not None and quantity.total else []
        return [*known, *quantity.ok_share] or [(0.0, 0.0)]
    known = [(quantity.value, quantity.value)] if quantity.value is not None else []
    return [*known, *quantity.ok]


def _whole(amount: Amount, quantity: Quantity) -> tuple[str, str]:
    """A part agrees; does the whole that was named with it?"""
    listed = amount.style == "of" or (amount.style == "fraction" and (amount.base or 0) > 12)
    if amount.base is None or not listed or not quantity.total:
        return AGREES, ""
    if amount.base in quantity.also:
        return AGREES, ""
    if abs(amount.base - quantity.total) <= 0.01 * quantity.total and (
        amount.base == quantity.total or amount.base % 100 == 0
    ):
        return AGREES, ""
    for rival in quantity.rivals:
        if rival.low == amount.base:
            return rival.verdict, rival.why
    return (
        DIFFERENT,
        f"the part agrees, the whole does not: the record has {quantity.total:,.10g}, not {amount.base:,.10g}",
    )
