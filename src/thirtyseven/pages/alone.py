"""One explanation's runs beside the record: the report's figures with one panel and a finding of their own."""

from __future__ import annotations

from dataclasses import replace

from thirtyseven.pages.library import Library
from thirtyseven.publish.beside import moments_figure, months_figure
from thirtyseven.publish.charts.figure import Figure
from thirtyseven.publish.charts.months import DECREE, ORDER
from thirtyseven.publish.comparing import fit_months, moment_words, months_sentence
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.predicted import Model, Series
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.years import inside, years_figure


def figures_of(library: Library, slug: str) -> list[Figure]:
    """Months, years and dates in runs of one explanation; none without a weighing of the record.

    Args:
        library: what the pages are made of.
        slug: of the explanation.
    """
    weighed = library.weighed
    if weighed is None or slug not in weighed.series.models or not weighed.result.of_the_record:
        return []
    alone = weighed.series.model_copy(update={"models": {slug: weighed.series.models[slug]}})
    model, title = alone.models[slug], NAMES[slug].title
    months = months_figure(alone, True)
    made = [
        replace(months, finding=f"{title} alone, month by month: {_lower(_months(alone, model))}"),
        _years(library, alone, model, title),
        replace(moments_figure(alone), finding=f"{title} alone {_dates(model)}, in the middle run"),
    ]
    return [figure for figure in made if figure is not None]


def _months(series: Series, model: Model) -> str:
    return months_sentence(fit_months(series.months, series.record.arrests, model.arrests)).rstrip(".")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _years(library: Library, series: Series, model: Model, title: str) -> Figure | None:
    recorded = yearly_totals(library.record)
    figure = years_figure(series, recorded)
    if figure is None:
        return None
    right = of = 0
    for year in ("1937", "1938"):
        for at, what in enumerate(("arrests", "death_sentences")):
            value = recorded.get(year, (None, None))[at]
            if value is not None and year in model.by_year:
                of += 1
                right += inside(getattr(model.by_year[year], what), value)
    words = f"{right} of {of}" if right != of else f"all {of}"
    return replace(figure, finding=f"{title} alone: {words} totals of 1937 and 1938 lie in the 90 % of its runs")


def _dates(model: Model) -> str:
    return f"{moment_words(model.launch, ORDER, 'starts')} and {moment_words(model.stop, DECREE, 'stops')}"
