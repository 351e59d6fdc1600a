"""Vega-Altair in the visual language: one configuration, colours as tokens, SVG without a browser."""

import re
from typing import Any

from thirtyseven.publish.tokens import LIGHT, SANS

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": SANS.replace('"', "'"),
    "view": {"stroke": None},
    "aria": False,  # the figure's own role, title, desc and table speak
    "padding": {"left": 12, "right": 14, "top": 8, "bottom": 6},
    "title": {
        "anchor": "start", "fontSize": 15, "fontWeight": 600, "color": "var(--ink)", "offset": 8,
        "subtitleColor": "var(--ink2)", "subtitleFontSize": 12,
    },
    "axis": {
        "labelFontSize": 12, "titleFontSize": 12, "labelColor": "var(--ink3)", "titleColor": "var(--ink2)",
        "domainColor": "var(--edge)", "tickColor": "var(--edge)", "gridColor": "var(--rule)", "gridWidth": 1,
        "labelFlush": True, "labelOverlap": "greedy", "titleFontWeight": 400,
    },
    "axisX": {"grid": False},
    "axisY": {"domain": False, "ticks": False, "tickCount": 3, "titleAngle": 0, "titleAlign": "left",
              "titleAnchor": "end", "titleBaseline": "bottom"},
    "line": {"strokeWidth": 1.5},
    "point": {"size": 24},
    "legend": {"disable": True},
    "range": {"category": ["var(--ink)", "var(--accent)", "var(--estimated)", "var(--imputed)"]},
}  # fmt: skip


def to_svg(chart: Any, standalone: bool) -> str:
    """An Altair chart as SVG.

    Args:
        chart: any Altair chart; the shared configuration is put on it here.
        standalone: True for a file of its own, in which the variables are replaced by the light
            theme's colours on paper; False for SVG inside a page, which follows the page's theme.

    Returns:
        SVG text without a style attribute.
    """
    import vl_convert

    spec = chart.to_dict()
    spec["config"] = {**spec.get("config", {}), **CONFIG}
    svg: str = vl_convert.vegalite_to_svg(spec)
    svg = re.sub(r' style="[^"]*"', "", svg)
    if not standalone:
        return svg
    svg = re.sub(r"var\(--([a-z0-9-]+)\)", lambda m: LIGHT.get(m.group(1), LIGHT["ink"]), svg)
    return svg.replace('fill="transparent"', f'fill="{LIGHT["paper"]}"', 1)
