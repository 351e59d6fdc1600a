"""The months of one run beside the record, as a picture of its own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from thirtyseven.publish.charts.vega import to_svg
from thirtyseven.publish.tokens import STATUS

if TYPE_CHECKING:
    from thirtyseven.record import Record

Months = Mapping[str, float | None]
WHO = ("model run", "record (estimated)")


def recorded_months(record: "Record") -> dict[str, float | None]:
    """Arrests by month, 1936-38, as the report estimates them from the record.

    Args:
        record: the loaded record.

    Returns:
        "1937-08" to the estimated number of people arrested.
    """
    from thirtyseven.inference.pasts import recorded_months as estimated

    months = [f"{year}-{month:02d}" for year in (1936, 1937, 1938) for month in range(1, 13)]
    return dict(zip(months, estimated(record)["arrests"], strict=True))


def run_chart(
    by_month: Months,
    record: "Record | Months",
    *,
    title: str = "Arrests by month: one run beside the record",
    source: str = "",
    width: int = 680,
    standalone: bool = True,
) -> str:
    """One run's months beside the record's, both labelled at their ends.

    Args:
        by_month: "1937-08" to people arrested in the run in that month.
        record: the record, or months to show as the record.
        title: the finding or the subject.
        source: scenario, seed and digest of the run, printed inside the picture.
        width: 680 for pages and files, 328 for phones.
        standalone: see `vega.to_svg`.

    Returns:
        SVG.

    Raises:
        ValueError: the run has no months.
    """
    past = record if isinstance(record, Mapping) else recorded_months(record)
    months = sorted(by_month)
    if not months:
        raise ValueError("There are no months to draw: the run covers less than a month.")
    values = [
        {"month": f"{m}-01", "value": series[m], "who": who}
        for who, series in zip(WHO, (by_month, past), strict=True)
        for m in months
        if series.get(m) is not None
    ]
    return to_svg(_chart(values, title, source, width), standalone)


def _chart(values: list[dict[str, Any]], title: str, source: str, width: int) -> Any:
    """Two lines, the record's points, and each line's name at its highest month."""
    import altair as alt

    colours = alt.Scale(domain=list(WHO), range=["var(--accent)", f"var(--{STATUS['estimated'].colour})"])
    dashes = alt.Scale(domain=list(WHO), range=[[5, 3], [8, 4]])
    axis = alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": 6})
    # dates without an hour are read as UTC, so the scale is UTC too: no reader's clock moves a month
    x = alt.X("month:T", title=None, axis=axis, scale=alt.Scale(type="utc"))
    y = alt.Y("value:Q", title="people arrested a month", axis=alt.Axis(format=",d"))
    colour = alt.Color("who:N", scale=colours)
    base: Any = alt.Chart(alt.Data(values=values)).encode(x=x, y=y, color=colour)
    layers = [
        base.mark_line().encode(strokeDash=alt.StrokeDash("who:N", scale=dashes)),
        base.transform_filter("datum.who !== 'model run'").mark_point(filled=False),
    ]
    for who, align, dx in ((WHO[0], "left", 6), (WHO[1], "right", -6)):
        mine = [v for v in values if v["who"] == who]
        if mine:
            peak: Any = alt.Chart(alt.Data(values=[max(mine, key=lambda v: v["value"])]))
            name = peak.mark_text(align=align, dx=dx, dy=-6, fontSize=12)
            layers.append(name.encode(x=x, y=y, text="who:N", color=colour))
    return alt.layer(*layers).properties(
        width=width - 90,
        height=240 if width > 400 else 180,
        title=alt.TitleParams(title, subtitle=source) if source else alt.TitleParams(title),
    )
