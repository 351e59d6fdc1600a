"""Years: the record's totals of arrests and death sentences on each explanation's band."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from thirtyseven.publish.beside import ordered, quantiles
from thirtyseven.publish.charts.figure import Figure, table
from thirtyseven.publish.charts.marks import dot_keys, line_key
from thirtyseven.publish.charts.rows import row, spread_inside
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.weighed import Spread
from thirtyseven.publish.wording import count_word, number

Totals = Mapping[str, tuple[float | None, float | None]]


def years_figure(series: Series, recorded: Totals) -> Figure | None:
    """Years: arrests and death sentences, the record's counts on each explanation's band."""
    slugs = [s for s in ordered(series.models) if series.models[s].by_year]
    years = sorted({y for s in slugs for y in series.models[s].by_year} & set(recorded))
    if not slugs or not years:
        return None
    tables = []
    for at, (what, words) in enumerate((("arrests", "arrested"), ("death_sentences", "sentenced to death"))):
        rows_ = [["The record"] + [number(recorded[y][at], 0) for y in years]]
        for slug in slugs:
            cells = [NAMES[slug].title]
            for y in years:
                year = series.models[slug].by_year.get(y)
                spread: Spread = getattr(year, what) if year else Spread()
                cells.append(quantiles(spread.q05, spread.q50, spread.q95))
            rows_.append(cells)
        tables.append(
            table(f"People {words} a year: the record; middle (5–95 %) of runs", ["", *years], rows_)
        )
    return Figure(
        id="years",
        finding=years_finding(series, recorded, slugs, years),
        definition="People arrested by the organs and people sentenced to death by them, whole Union, by year.",
        keys=(
            *dot_keys("the record outside", "middle of runs; the record inside its 90 %"),
            line_key("when", "the record (compiled)"),
        ),
        body=_years_body(series, recorded, slugs, years),
        tables=tuple(tables),
        source="Compiled: the ministry’s statistical report of December 1953, as published. Simulated: posterior "
        "predictive runs.",
    )


def _years_body(series: Series, recorded: Totals, slugs: Sequence[str], years: Sequence[str]) -> Markup:
    panels = []
    for at, (what, words) in enumerate((("arrests", "arrested"), ("death_sentences", "sentenced to death"))):
        for y in [y for y in years if y in ("1937", "1938")] or years[-2:]:
            value = recorded[y][at]
            if value is None:
                continue
            top = 2.5 * value
            lines = []
            for slug in slugs:
                year = series.models[slug].by_year.get(y)
                spread: Spread = getattr(year, what) if year else Spread()
                scaled = Spread(q05=_over(spread.q05, top), q50=_over(spread.q50, top), q95=_over(spread.q95, top))
                text = "–" if spread.q50 is None else f"{spread.q50 / 1000:,.0f}"
                lines.append(row(NAMES[slug].title, spread_inside(scaled, value / top), text))
            panels.append(
                Markup(
                    f'<section class="ip"><h4>{escape(words.capitalize())} {escape(y)} '
                    f"<span>on record: {value:,.0f}</span></h4>{Markup('').join(lines)}"
                    f'<div class="iax" aria-hidden="true"><span>0</span>'
                    f"<span>{top / 1000:,.0f} thousand</span></div></section>"
                )
            )
    return Markup(f'<div class="incl four">{Markup("").join(panels)}</div>')


def _over(value: float | None, top: float) -> float | None:
    return None if value is None else value / top


def years_finding(series: Series, recorded: Totals, slugs: Sequence[str], years: Sequence[str]) -> str:
    """How many explanations hold all recorded yearly counts of 1937 and 1938 inside their bands."""
    single = [s for s in slugs if not s.startswith("composite")]
    wanted = [(y, at, what) for y in years if y in ("1937", "1938")
              for at, what in enumerate(("arrests", "death_sentences")) if recorded[y][at] is not None]  # fmt: skip
    hold = 0
    for slug in single:
        years_ = series.models[slug].by_year
        hold += all(
            y in years_ and inside(getattr(years_[y], what), recorded[y][at] or 0.0) for y, at, what in wanted
        )
    if not single or not wanted:
        return "Yearly totals of the runs"
    if hold == 0:
        return "No explanation by itself makes the size of both years, in arrests and in death sentences"
    if hold == len(single):
        return "Every explanation can make the size of both years, in arrests and in death sentences"
    some = f"{count_word(hold)} of {count_word(len(single))} explanations make{'s' if hold == 1 else ''}"
    return f"{some[0].upper()}{some[1:]} the size of both years, in arrests and in death sentences"


def inside(spread: Spread, value: float) -> bool:
    """Whether a recorded value lies in the runs' 90 %."""
    return spread.q05 is not None and spread.q95 is not None and spread.q05 <= value <= spread.q95
