"""Charts as inline SVG and HTML that follow the page's theme, each beside its numbers as a table."""

from thirtyseven.publish.charts.run import run_chart as run_chart

__all__ = ["run_chart"]
