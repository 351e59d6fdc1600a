"""Statistics in readers' words: their titles, and how the record stands to the middle of the runs."""

import math

from thirtyseven.publish.weighed import Spread, Statistic
from thirtyseven.publish.wording import number
from thirtyseven.summaries import STATISTICS

_TITLES = {s.id: s.title for s in STATISTICS}
_SCALES = {s.id: s.scale for s in STATISTICS}


def title_of(ident: str) -> str:
    """A statistic's title; its id in words where the program does not know it."""
    return _TITLES.get(ident, ident.replace("_", " "))


def scale_of(ident: str) -> str:
    """Its transformation, "" if unknown."""
    return _SCALES.get(ident, "")


def share_from_logit(value: float) -> float:
    """A share from its logit."""
    return 1 / (1 + math.exp(-max(min(value, 30.0), -30.0)))


def value_words(ident: str, value: float | None) -> str:
    """A value as readers know it: a count, a share in per cent, a number of weeks."""
    if value is None:
        return "–"
    scale = scale_of(ident)
    if scale == "log":
        return _rounded(math.exp(min(value, 40.0)))
    if scale == "log ratio":
        return f"{_short(math.exp(min(value, 40.0)))} times"
    if scale == "logit":
        return f"{100 * share_from_logit(value):.0f} %"
    if scale == "share":
        return f"{100 * min(max(value, 0.0), 1.0):.0f} %"
    if scale == "week":
        return f"week {value:.0f}"
    return number(value)


def _rounded(value: float) -> str:
    """A count to three digits: logs carry no more, and a small number was added before taking them."""
    if value < 1000:
        return f"about {value:,.0f}"
    digits = int(math.log10(value)) - 2
    return f"about {round(value, -digits):,.0f}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def beside_middle(ident: str, observed: float | None, middle: float | None) -> str:
    """The record beside the middle run: "1.4 times the middle", "37 % against 100 %", "12 weeks later"."""
    if observed is None or middle is None:
        return "–"
    scale = scale_of(ident)
    if scale in ("log", "log ratio"):
        ratio = math.exp(max(min(observed - middle, 20.0), -20.0))
        return f"{_short(ratio)} times the middle" if ratio >= 0.095 else "under 0.1 of the middle"
    if scale in ("logit", "share"):
        return f"{value_words(ident, observed)} against {value_words(ident, middle)}"
    if scale == "week":
        weeks = round(observed - middle)
        if weeks == 0:
            return "same week"
        return f"{abs(weeks)} week{'s' if abs(weeks) != 1 else ''} {'later' if weeks > 0 else 'earlier'}"
    return f"{number(observed)} against {number(middle)}"


def is_inside(statistic: Statistic, spread: Spread) -> bool | None:
    """Whether the record lies in a kind's 90 % band; None where either is unknown."""
    if statistic.observed is None or spread.q05 is None or spread.q95 is None:
        return None
    return spread.q05 <= statistic.observed <= spread.q95
