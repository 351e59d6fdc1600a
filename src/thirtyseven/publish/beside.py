"""Chapter "beside the record": months, dates, places, categories, years; one figure each."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from thirtyseven.publish.charts.figure import Figure, Table, table
from thirtyseven.publish.charts.marks import (
    dot_keys,
    line_key,
    outside_key,
    record_key,
    simulated_key,
)
from thirtyseven.publish.charts.months import (
    DECREE,
    ORDER,
    Frame,
    frame_for,
    long_date,
    month_name,
    panel,
    place_of,
)
from thirtyseven.publish.charts.rows import moment_row
from thirtyseven.publish.comparing import (
    MonthsFit,
    fit_months,
    moment_words,
    months_finding,
    months_sentence,
    outside_words,
    stop_finding,
)
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.predicted import Model, Moment, Series
from thirtyseven.publish.tokens import STATUS
from thirtyseven.publish.weighed import Band
from thirtyseven.publish.wording import number

LAST_DAY = "1939-12-31"


def ordered(models: Mapping[str, Model]) -> list[str]:
    """Slugs of the models at hand in the one order, composites last."""
    return [slug for slug in NAMES if slug in models]


def block(title: str, gloss: str, picture: Markup, axis: Markup, says: str, strong: str) -> Markup:
    """One panel of a small multiple: name and gloss, picture, axis ends, a line of judgement."""
    bold = f" <b>{escape(strong)}.</b>" if strong else ""
    return Markup(
        f'<section class="panel"><h4>{escape(title)} <span>{escape(gloss)}</span></h4>{picture}{axis}'
        f'<p class="pnote">{escape(says)}{bold}</p></section>'
    )


def _month_axis(frame: Frame) -> Markup:
    order = place_of(ORDER, frame.months) or 0
    middle = f"<span>{month_name('1937-08')}</span>" if 15 < order < 85 else ""
    return Markup(
        f'<div class="xax" aria-hidden="true"><span>{month_name(frame.months[0])}</span>{middle}'
        f"<span>{month_name(frame.months[-1])}</span></div>"
    )


def _over(frame: Frame, band: Band) -> str:
    highest = max((v for v in band.q95 if v is not None), default=0.0)
    return (
        ""
        if highest <= frame.top
        else f" The band rises out of the frame, to {number(highest / 1000, 0)} thousand."
    )


def months_figure(series: Series, of_the_record: bool) -> Figure:
    """Months: the record against each explanation's band (visual language 5.1)."""
    slugs = ordered(series.models)
    past = series.record if of_the_record else series.record.model_copy(update={"arrests": ()})
    series = series.model_copy(update={"record": past})
    frame = frame_for(
        series.months, past.arrests, [series.models[s].arrests for s in slugs], past.arrests_status
    )
    fits = {s: fit_months(series.months, past.arrests, series.models[s].arrests) for s in slugs}
    panels = [
        _month_panel(frame, series, slug, fits[slug], first=(i % 4 == 0)) for i, slug in enumerate(slugs)
    ]
    shown = fits if of_the_record else {}
    return Figure(
        id="months",
        finding=months_finding(shown)
        if of_the_record
        else "Months of the models weighed against the given table, which has no months to set beside them",
        definition=(
            "People arrested a month, all organs of the NKVD, whole Union. One scale in all panels. The dotted "
            "lines are Order 00447 taking effect (5 August 1937) and the decree that ended it (17 November 1938). "
            "A stretch counts as right if at least three quarters of its months lie inside the band."
        ),
        keys=(record_key(past.arrests_status), simulated_key(), outside_key(past.arrests_status)),
        body=Markup(f'<div class="panels">{Markup("").join(panels)}</div>'),
        tables=(_months_table(series, slugs),),
        missing="The record has no count of all arrests by month. "
        + (past.arrests_note.rstrip(".") + "." if past.arrests_note else ""),
        source=f"Record: {STATUS[past.arrests_status].word}, {STATUS[past.arrests_status].meaning}. "
        f"Models: {STATUS['simulated'].word}, posterior predictive runs{_runs(series)}. The two "
        "mixtures show those of their points that came nearest on average over fresh seeds, so their bands are narrow.",
    )


def _runs(series: Series) -> str:
    counts = sorted({m.runs for m in series.models.values() if m.runs})
    if not counts:
        return ""
    return f", {counts[0]} of each" if len(counts) == 1 else f", {counts[0]} to {counts[-1]} of each"


def _month_panel(frame: Frame, series: Series, slug: str, fit: MonthsFit, first: bool) -> Markup:
    model, name = series.models[slug], NAMES[slug]
    says = months_sentence(fit) + _over(frame, model.arrests)
    picture = panel(
        frame, series.record.arrests, model.arrests, f"m-{slug}", f"Months: the record and {name.title}",
        f"{says} {outside_words(fit)}".strip(), first,
    )  # fmt: skip
    variant = f" ({model.variant})" if model.variant == "strict" else ""
    return block(name.title + variant, name.gloss, picture, _month_axis(frame), says, outside_words(fit))


def quantiles(low: float | None, mid: float | None, high: float | None, digits: int = 0) -> str:
    """A middle with its ends, such as 1,200 (900–1,600); a dash where there is none."""
    if mid is None:
        return "–"
    return f"{number(mid, digits)} ({number(low, digits)}–{number(high, digits)})"


def _months_table(series: Series, slugs: Sequence[str]) -> Table:
    head = ["Month", "The record"] + [NAMES[s].title for s in slugs]
    rows = []
    for i, month in enumerate(series.months):
        cells = [month_name(month), number(series.record.arrests[i], 0) if series.record.arrests else "–"]
        for slug in slugs:
            band = series.models[slug].arrests
            cells.append(quantiles(band.q05[i], band.q50[i], band.q95[i]) if band.q50 else "–")
        rows.append(cells)
    status = STATUS[series.record.arrests_status].word
    return table(f"People arrested a month: the record ({status}); middle (5–95 %) of runs", head, rows)


def moments_figure(series: Series) -> Figure:
    """When the mass operation starts and when everything stops, against the two dates on record."""
    slugs = ordered(series.models)
    spans = (
        ("launch", "Start of the mass operation", ORDER, "1935-07-01", "1938-12-31", "starts"),
        ("stop", "The stop", DECREE, "1937-07-01", LAST_DAY, "stops"),
    )
    panels, rows_ = [], []
    for field, title, recorded, first, last, _verb in spans:
        lines = [
            moment_row(NAMES[s].title, _moment(series.models[s], field), recorded, first, last,
                       _share(_moment(series.models[s], field)))
            for s in slugs
        ]  # fmt: skip
        panels.append(
            Markup(
                f'<section class="ip"><h4>{escape(title)} <span>on record: {long_date(recorded)}</span></h4>'
                f'{Markup("").join(lines)}<div class="iax" aria-hidden="true"><span>{month_name(first[:7])}</span>'
                f"<span>{month_name(last[:7])}</span></div></section>"
            )
        )
    for slug in slugs:
        cells = [NAMES[slug].title]
        for field, _title, recorded, _first, _last, verb in spans:
            moment = _moment(series.models[slug], field)
            cells += [_dates(moment), _share(moment), moment_words(moment, recorded, verb)]
        rows_.append(cells)
    return Figure(
        id="dates",
        finding=stop_finding(series.models),
        definition=(
            "Date at which the mass operation is launched and at which the decree to stop comes, in runs that are "
            "told neither. Dot: middle run; line: 5 to 95 % of the runs in which it happens; at the right, in how "
            "many of 100 runs it happens by the end of 1938."
        ),
        keys=(*dot_keys("date on record outside", "middle run; date on record inside its 90 %"),
              line_key("when", "date on record")),
        body=Markup(f'<div class="incl two">{Markup("").join(panels)}</div>'),
        tables=(
            table(
                "Start and stop in the runs: middle (5–95 %), share of runs, distance from the record",
                ("Explanation", "Start", "in 100 runs", "Start beside the record", "Stop", "in 100 runs",
                 "Stop beside the record"),
                rows_,
            ),
        ),
        missing="A schedule’s dates are free in the plan: it describes when, it does not explain when.",
        source="Recorded: the order’s own text and the directive of 17 November 1938. Simulated: posterior "
        "predictive runs.",
    )  # fmt: skip


def _moment(model: Model, field: str) -> Moment:
    moment: Moment = getattr(model, field)
    return moment


def _share(moment: Moment) -> str:
    return "–" if moment.by_itself is None else f"{100 * moment.by_itself:.0f}"


def _dates(moment: Moment) -> str:
    if not (moment.q05 and moment.q50 and moment.q95):
        return "never"
    return f"{long_date(moment.q50)} ({long_date(moment.q05)} – {long_date(moment.q95)})"


def robust_lines(series: Series) -> tuple[list[str], list[str]]:
    """Sentences that hold under every kind that was asked, and those that hold under some, saying under which not."""
    everywhere, some = [], []
    for item in series.robust:
        sentence = item.sentence.rstrip(".") + "."
        fails = [s for s, holds in item.holds.items() if not holds]
        if item.holds and not fails:
            everywhere.append(sentence)
        elif fails and len(fails) < len(item.holds):
            names = ", ".join(NAMES[s].title if s in NAMES else s for s in fails)
            some.append(f"{sentence} Not under: {names}.")
    return everywhere, some
