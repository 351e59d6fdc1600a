"""Rows of one dot and interval each: inclusion, dates, statistics on their bands."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from thirtyseven.publish.charts.marks import percent
from thirtyseven.publish.predicted import Moment
from thirtyseven.publish.weighed import Inclusion, Spread


def _line(css: str, x1: float, x2: float, y1: float = 10, y2: float = 10) -> str:
    return (
        f'<line class="{css}" x1="{percent(x1)}%" x2="{percent(x2)}%" y1="{percent(y1)}" y2="{percent(y2)}"/>'
    )


def row(label: str, inside: str, value: str, css: str = "") -> Markup:
    """One row: a name, a picture that stretches, a number."""
    return Markup(
        f'<div class="ir {css}"><span class="il">{escape(label)}</span>'
        f'<svg class="is" width="100%" height="20" aria-hidden="true">{inside}</svg>'
        f'<span class="iv">{escape(value)}</span></div>'
    )


def inclusion_row(label: str, inclusion: Inclusion | None, verdict: str, other: Inclusion | None) -> Markup:
    """One explanation's row of an inclusion panel.

    Args:
        label: the explanation's name.
        inclusion: mean, interval, prior; None keeps the row's place and draws nothing.
        verdict: the word of `wording.verdict`; "cannot tell" draws no dot, only a dotted track.
        other: inclusion when no schedule is allowed, drawn as a small upright tick.
    """
    if inclusion is None:
        return row(label, _line("track none", 0, 100), "–", "cannot")
    prior = _line("prior", 100 * inclusion.prior, 100 * inclusion.prior, 3, 17)
    if verdict == "cannot tell":
        return row(label, _line("track none", 0, 100) + prior, "?", "cannot")
    mean = percent(100 * inclusion.mean)
    open_ = " open" if verdict == "undecided" else ""
    inside = _line("track", 0, 100) + prior + _line("ci", 100 * inclusion.low, 100 * inclusion.high)
    if other is not None and other.told:
        inside += _line("alt", 100 * other.mean, 100 * other.mean, 4, 16)
    inside += f'<circle class="dot{open_}" cx="{mean}%" cy="10" r="4.5"/>'
    wide = inclusion.high - inclusion.low > 0.2
    return row(label, inside, f"{inclusion.mean:.1f}" if wide else f"{inclusion.mean:.2f}")


def none_row(flagged: bool | None) -> Markup:
    """The last row of an inclusion panel, "none of these": a filled square where it is so, an open one where not.

    It has no place on the scale: the test gives a share of known pasts, not a probability of inclusion.
    """
    if flagged is None:
        return row("None of these", "", "–", "none")
    mark = f'<rect class="sq{"" if flagged else " open"}" x="1" y="6" width="8" height="8"/>'
    return row("None of these", mark, "yes" if flagged else "no", "none")


def day(iso: str) -> int:
    """Ordinal of an ISO date; a month alone counts as its first day."""
    parts = [int(part) for part in iso.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1).toordinal()


def moment_row(label: str, moment: Moment, recorded: str, first: str, last: str, value: str) -> Markup:
    """When something happens in the runs, against the date on record.

    Args:
        label: the explanation's name.
        moment: dates at 5, 50 and 95 % of the runs in which it happens.
        recorded: the date on record.
        first: ISO date at the left end.
        last: ISO date at the right end.
        value: text at the right.
    """
    begin, end = day(first), day(last)

    def x(iso: str | None) -> float | None:
        return None if iso is None else (day(iso) - begin) / (end - begin)

    where = Spread(q05=x(moment.q05), q50=x(moment.q50), q95=x(moment.q95))
    return row(label, spread_inside(where, x(recorded)), value)


def predictive_row(
    label: str, observed: float, quantiles: Sequence[float], value: str, css: str = ""
) -> Markup:
    """A statistic's record as an ink tick on its band.

    The band from 5 to 95 % always fills the middle third of the row, so that bands of different
    units can be read down the page; a tick beyond the row's end is drawn at the end as an arrow.
    """
    low, mid, high = quantiles
    width = (high - low) or 1e-9

    def x(v: float) -> float:
        return 100 / 3 + 100 / 3 * (v - low) / width

    at = x(observed)
    inside = _line("track", 0, 100) + '<rect class="band" x="33.3%" y="4" width="33.3%" height="12"/>'
    inside += _line("simline", x(mid), x(mid), 4, 16)
    if 0 <= at <= 100:
        inside += _line("tick", at, at, 1, 19)
    elif at < 0:
        inside += _arrow("left", "arrow")
    else:
        inside += _arrow("right", "arrow")
    return row(label, inside, value, css)


def spread_inside(spread: Spread, recorded: float | None) -> str:
    """A dot with its 90 % interval on a scale from 0 to 1, and the record as an upright line.

    What reaches beyond the scale ends in an arrow at its edge; a middle beyond it has no dot.
    """
    inside = _line("track", 0, 100)
    if recorded is not None:
        at = min(max(100 * recorded, 0), 100)
        inside += _line("when", at, at, 0, 20)
    if spread.q05 is None or spread.q50 is None or spread.q95 is None:
        return inside
    outside = recorded is not None and not spread.q05 <= recorded <= spread.q95
    inside += _line("ci", 100 * min(max(spread.q05, 0), 1), 100 * min(max(spread.q95, 0), 1))
    if spread.q05 < 0:
        inside += _arrow("left", "beyond")
    if spread.q95 > 1:
        inside += _arrow("right", "beyond")
    if not 0 <= spread.q50 <= 1:
        return inside
    css = "dot open" if outside else "dot"
    return inside + f'<circle class="{css}" cx="{percent(100 * spread.q50)}%" cy="10" r="4.5"/>'


def _arrow(side: str, css: str) -> str:
    """A small arrow at one end of a row."""
    if side == "left":
        return f'<path class="{css}" d="M0,10 L7,6 L7,14Z"/>'
    shape = f'<path class="{css}" d="M0,10 L-7,6 L-7,14Z"/>'
    return f'<svg x="100%" width="1" height="20" overflow="visible">{shape}</svg>'
