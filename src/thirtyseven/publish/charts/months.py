"""Months: the record against a model's predictive band, one panel an explanation, one scale for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from thirtyseven.publish.charts.marks import path, percent
from thirtyseven.publish.weighed import Band

ORDER = "1937-08-05"  # Order 00447 takes effect (its own section III)
DECREE = "1938-11-17"  # directive of the Council of People's Commissars and the Central Committee
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_name(month: str) -> str:
    """Write the month 1937-08 as Aug 1937."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def long_date(edtf: str) -> str:
    """Write a date as known: 1938-11-17 as 17 Nov 1938, 1938-11 as Nov 1938, 1938 as it is."""
    parts = edtf.split("-")
    if len(parts) < 2:
        return edtf
    name = month_name(f"{parts[0]}-{parts[1]}")
    return f"{int(parts[2])} {name}" if len(parts) > 2 else name


def place_of(date: str, months: Sequence[str]) -> float | None:
    """Horizontal place of an ISO date, in per cent of the months shown; None if outside them."""
    if not months:
        return None
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10] or 1)
    first_year, first_month = int(months[0][:4]), int(months[0][5:7])
    at = (year - first_year) * 12 + month - first_month + (day - 1) / 31
    return 100 * at / len(months) if 0 <= at <= len(months) else None


@dataclass(frozen=True)
class Frame:
    """What all panels of one figure share.

    Attributes:
        months: the months on the horizontal axis.
        top: highest value on the vertical axis.
        step: distance of its grid lines.
        status: status of the record's numbers.
    """

    months: tuple[str, ...]
    top: float
    step: float
    status: str

    def x(self, i: int) -> float:
        """Place of the middle of month i, 0-100."""
        return 100 * (i + 0.5) / len(self.months)

    def y(self, value: float | None) -> float | None:
        """Place of a value, 100 at zero; values above the frame are cut at its edge."""
        return None if value is None else 100 - 100 * min(max(value, 0.0), self.top) / self.top


def nice_step(top: float) -> float:
    """A round distance of grid lines that puts two or three lines under `top`."""
    if top <= 0:
        return 1.0
    size = 10.0 ** (len(str(int(top))) - 1)
    for step in (size / 5, size / 4, size / 2, size, size * 2, size * 5):
        if top / step <= 3.5:
            return step
    return size * 5


def frame_for(
    months: Sequence[str], record: Sequence[float | None], bands: Sequence[Band], status: str
) -> Frame:
    """A frame that holds the record whole and nearly all bands.

    One runaway band must not flatten the other panels: the frame ends at the larger of 1.25 times
    the record's highest month and the middle one of the bands' highest values, at most 2.5 times
    the record; what rises above is cut at the edge and said under the panel.
    """
    highest = max((v for v in record if v is not None), default=0.0)
    tops = sorted(max((v for v in band.q95 if v is not None), default=0.0) for band in bands)
    middle = tops[len(tops) // 2] if tops else 0.0
    if highest:
        middle = min(middle, 2.5 * highest)
    top = max(1.25 * highest, middle) or 1.0
    return Frame(tuple(months), top, nice_step(top), status)


def is_outside(value: float | None, low: float | None, high: float | None) -> bool:
    """Whether a recorded value lies outside a band; unknown on either side is not outside."""
    return value is not None and low is not None and high is not None and not low <= value <= high


def _grid(frame: Frame, labels: bool) -> str:
    out = ['<line class="grid zero" x1="0" x2="100%" y1="100%" y2="100%"/>']
    levels = [frame.step * i for i in range(1, 9) if frame.step * i < frame.top * 0.999]
    for level in levels:
        y = percent(frame.y(level) or 0)
        out.append(f'<line class="grid" x1="0" x2="100%" y1="{y}%" y2="{y}%"/>')
        if labels:
            text = f"{level / 1000:g}" if level >= 1000 else f"{level:g}"
            unit = '<tspan class="only-w"> thousand</tspan>' if level == levels[-1] and level >= 1000 else ""
            out.append(f'<text class="axt" x="0" y="{y}%" dy="-3">{text}{unit}</text>')
    return "".join(out)


def _events(frame: Frame, labels: bool) -> str:
    out = []
    for date, word, anchor in ((ORDER, "order", "end"), (DECREE, "decree", "end")):
        x = place_of(date, frame.months)
        if x is None:
            continue
        out.append(f'<line class="ev" x1="{percent(x)}%" x2="{percent(x)}%" y1="0" y2="100%"/>')
        if labels:
            out.append(f'<text class="axt" x="{percent(x - 1)}%" y="9" text-anchor="{anchor}">{word}</text>')
    return "".join(out)


def panel(
    frame: Frame, record: Sequence[float | None], band: Band, ident: str, title: str, says: str, first: bool
) -> Markup:
    """One panel: band, its middle, the record's line and points.

    Args:
        frame: what all panels share.
        record: the record by month, None where there is none.
        band: the model's quantiles by month.
        ident: unique on the page.
        title: accessible name.
        says: what the picture shows, for those who do not see it.
        first: whether the panel names the axis and the two dates.

    Returns:
        Inline SVG without a style attribute.
    """
    xs = [frame.x(i) for i in range(len(frame.months))]
    inner = ""
    if band.q50:
        low, mid, high = ([frame.y(v) for v in q] for q in (band.q05, band.q50, band.q95))
        inner += f'<path class="band" d="{path(xs, high, low)}"/><path class="simline" d="{path(xs, mid)}"/>'
    ys = [frame.y(v) for v in record]
    inner += f'<path class="recline {frame.status}" d="{path(xs, ys)}"/>' if record else ""
    points = []
    for i, y in enumerate(ys):
        if y is None:
            continue
        out = bool(band.q05) and is_outside(record[i], band.q05[i], band.q95[i])
        mark, size = (f"out {frame.status}", "3.4") if out else (f"rec {frame.status}", "1.6")
        points.append(f'<circle class="{mark}" cx="{percent(xs[i])}%" cy="{percent(y)}%" r="{size}"/>')
    return Markup(
        f'<svg class="plot" width="100%" height="112" role="img" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(says)}</desc>'
        f"{_grid(frame, first)}{_events(frame, first)}"
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">'
        f"{inner}</svg>{''.join(points)}</svg>"
    )
