"""What the chapters' pictures share: a predictive band by month, and rows of intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.publish.charts.marks import percent, simulated_key
from thirtyseven.publish.charts.months import Frame, frame_for, month_name, panel
from thirtyseven.publish.weighed import Band

KEY = simulated_key("predicted: middle and 90 %")


def band_panels(series: Sequence[tuple[str, list[dict[str, Any]]]]) -> Markup:
    """One panel a series of rows by month, each on its own scale.

    Args:
        series: title and rows with period, q05, q50, q95.
    """
    panels = []
    for i, (title, rows) in enumerate(series):
        band = Band(**{q: tuple(r[q] for r in rows) for q in ("q05", "q50", "q95")})
        frame: Frame = frame_for([r["period"] for r in rows], [], [band], "estimated")
        highest = max(rows, key=lambda r: r["q50"])
        ends = f"{highest['q05']:,.0f} to {highest['q95']:,.0f}"
        says = f"The middle prediction is highest in {highest['period']}: {highest['q50']:,.0f}, 90 % {ends}."
        picture = panel(frame, [], band, f"asked-band-{i}", title, says, True)
        span = f"{month_name(rows[0]['period'])} to {month_name(rows[-1]['period'])}"
        panels.append(f'<section class="panel"><h4>{escape(title)} <span>{span}</span></h4>{picture}</section>')
    return Markup(f'<div class="panels">{"".join(panels)}</div>')


def interval_rows(
    rows: Sequence[tuple[str, float, float, float, float | None]], low: float, high: float, ident: str, says: str
) -> Markup:
    """One line an item: an interval with its middle, and a tick where the truth lies.

    Args:
        rows: name, lower end, middle, upper end, truth.
        low: left end of the axis; values beyond it are drawn at its edge.
        high: right end.
        ident: unique on the page.
        says: what the picture shows, for those who do not see it.
    """

    def x(value: float) -> str:
        return percent(38 + 60 * min(max((value - low) / (high - low), 0.0), 1.0))

    step, parts = 24, []
    for i, (name, a, m, b, truth) in enumerate(rows):
        y = step * i + 14
        parts.append(f'<text class="axt" x="0" y="{y + 4}">{escape(name)}</text>')
        parts.append(f'<line class="ci" x1="{x(a)}%" x2="{x(b)}%" y1="{y}" y2="{y}"/>')
        parts.append(f'<circle class="dot" cx="{x(m)}%" cy="{y}" r="4"/>')
        if truth is not None:
            parts.append(f'<line class="tick" x1="{x(truth)}%" x2="{x(truth)}%" y1="{y - 8}" y2="{y + 8}"/>')
    return Markup(
        f'<svg class="plot" width="100%" height="{step * len(rows) + 6}" role="img" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(says)}</title><desc id="{ident}-d">The numbers stand in the table below.</desc>'
        f"{''.join(parts)}</svg>"
    )
