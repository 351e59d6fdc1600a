"""Figures made from the statistics of each explanation: categories by stage, and what is right and wrong."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from thirtyseven.publish.charts.figure import Figure, table
from thirtyseven.publish.charts.marks import dot_keys, line_key
from thirtyseven.publish.charts.rows import row, spread_inside
from thirtyseven.publish.measured import beside_middle, is_inside, share_from_logit, title_of
from thirtyseven.publish.names import NAMES, QUESTIONS, SLUGS, listed
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.weighed import Fit, Result, Spread
from thirtyseven.publish.wording import called, count_word

STAGES = (
    ("first_sep", "August 1937"),
    ("first_autumn", "Sep–Dec 1937"),
    ("first_1938", "1938"),
)


def kind_of(slug: str, result: Result, series: Series) -> str | None:
    """The kind that stands for an explanation on the page: the one whose series are shown."""
    shown = series.models[slug].kind if slug in series.models else ""
    for kind in (shown, f"{slug}/charitable", f"{slug}/strict", slug):
        if kind in result.fits:
            return kind
    return None


def fits_by_slug(result: Result, series: Series) -> dict[str, Fit]:
    """The fit of each explanation and composite at hand, in the one order."""
    out = {}
    for slug in NAMES:
        kind = kind_of(slug, result, series)
        if kind is not None:
            out[slug] = result.fits[kind]
    return out


def _shares(spread: Spread) -> Spread:
    def back(value: float | None) -> float | None:
        return None if value is None else share_from_logit(value)

    return Spread(q05=back(spread.q05), q50=back(spread.q50), q95=back(spread.q95))


def _per_hundred(spread: Spread) -> str:
    if not spread.known:
        return "–"
    low, mid, high = (100 * (v or 0.0) for v in (spread.q05, spread.q50, spread.q95))
    return f"{mid:.0f} ({low:.0f}–{high:.0f})"


def category_figure(result: Result, series: Series) -> Figure | None:
    """Share of the first category (to be shot) among those sentenced, by stage of the operation."""
    observed = {s.id: s.observed for s in result.statistics}
    known = [
        (i, title, share_from_logit(observed[i] or 0.0)) for i, title in STAGES if observed.get(i) is not None
    ]
    fits = {slug: fit for slug, fit in fits_by_slug(result, series).items() if fit.statistics}
    if not known or not fits:
        return None
    spreads = {slug: [_shares(fit.of(i)) for i, _title, _v in known] for slug, fit in fits.items()}
    panels = []
    for at, (_ident, title, value) in enumerate(known):
        lines = [
            row(NAMES[slug].title, spread_inside(own[at], value), _per_hundred(own[at]).partition(" ")[0])
            for slug, own in spreads.items()
        ]  # fmt: skip
        panels.append(
            Markup(
                f'<section class="ip"><h4>{escape(title)} <span>on record: {100 * value:.0f} of 100</span></h4>'
                f'{Markup("").join(lines)}<div class="iax" aria-hidden="true"><span>0 camp</span>'
                "<span>shot 100</span></div></section>"
            )
        )
    values = [v for _i, _t, v in known]
    rows = [["The record", *(f"{100 * v:.0f}" for v in values)]]
    rows += [[NAMES[slug].title, *map(_per_hundred, own)] for slug, own in spreads.items()]
    return Figure(
        id="category",
        finding=category_finding(values, {s: own for s, own in spreads.items() if s in SLUGS}),
        definition=(
            "Of 100 people sentenced under Order 00447, how many were sentenced in the “first category”, that is, to "
            "be shot; the others were sent to camps or prisons. By stage of the operation."
        ),
        keys=(
            *dot_keys("the record outside", "middle of runs; the record inside its 90 %"),
            line_key("when", "the record (compiled)"),
        ),
        body=Markup(f'<div class="incl four">{Markup("").join(panels)}</div>'),
        tables=(
            table("First category, of 100 sentenced: middle (5–95 %) of runs", ["", *(t for _i, t, _v in known)], rows),
        ),
        source="Compiled: progress reports on Order 00447, partly cited from memory. Simulated: posterior predictive "
        "runs, the archive’s error included.",
    )  # fmt: skip


def category_finding(values: Sequence[float], spreads: dict[str, list[Spread]]) -> str:
    """How the record's share moved, and how many explanations hold it at every stage."""
    shown = [f"{100 * v:.0f}" for v in values]
    middle = values[1:-1]
    if middle and min(values[0], values[-1]) - min(middle) > 0.05:
        low = f"{100 * min(middle):.0f}"
        first = f"Of 100 people sentenced {shown[0]} were to be shot at first, {low} later, {shown[-1]} at the end"
    else:
        first = f"Of 100 people sentenced {shown[0]} were to be shot at first and {shown[-1]} at the end"
    hold = [
        slug
        for slug, own in spreads.items()
        if all(
            s.q05 is not None and s.q95 is not None and s.q05 <= v <= s.q95
            for s, v in zip(own, values, strict=True)
        )
    ]
    if not spreads:
        return first
    if not hold:
        return f"{first}; no explanation by itself makes all of it"
    if len(hold) == len(spreads):
        return f"{first}; every explanation can make that"
    return f"{first}; {count_word(len(hold))} of {count_word(len(spreads))} explanations can make that"


def verdicts_figure(result: Result, series: Series) -> Figure | None:
    """What each explanation gets right and wrong, counted by question, the worst named."""
    fits = {slug: fit for slug, fit in fits_by_slug(result, series).items() if fit.statistics}
    statistics = [s for s in result.statistics if s.observed is not None]
    if not fits or not statistics:
        return None
    questions = [q for q in QUESTIONS if any(s.phase == q for s in statistics)]
    body, right = [], {}
    for slug, fit in fits.items():
        cells, inside = [], 0
        for q in questions:
            mine = [is_inside(s, fit.of(s.id)) for s in statistics if s.phase == q]
            hits = sum(m is True for m in mine)
            inside += hits
            cells.append(f'<td class="{_shade(hits, len(mine))}">{hits} of {len(mine)}</td>')
        right[slug] = inside
        body.append(
            f'<tr><th scope="row">{escape(NAMES[slug].title)}</th>{"".join(cells)}'
            f"<td>{inside} of {len(statistics)}</td>"
            f'<td class="prose-cell">{escape(_worst(result, fit))}</td></tr>'
        )
    heads = "".join(f'<th scope="col">{escape(QUESTIONS[q].title)}</th>' for q in questions)
    picture = Markup(
        '<div class="scroll matrix" tabindex="0" role="region" aria-label="Right and wrong by question"><table>'
        "<caption>Statistics of the record inside the explanation’s 90 % band, by question</caption>"
        f'<thead><tr><th scope="col">Explanation</th>{heads}<th scope="col">In all</th>'
        f'<th scope="col" class="prose-cell">Furthest off: the record beside the middle run</th></tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
    return Figure(
        id="verdicts",
        finding=verdicts_finding({s: n for s, n in right.items() if s in SLUGS}, len(statistics)),
        definition=(
            "A statistic is right if the record lies in the 90 % of runs, the archive’s own error included. A wide "
            "band is easily right: read the numbers of the figures above with it."
        ),
        body=picture,
        tables=(),
        source="Recorded, compiled and estimated figures; simulated: posterior predictive runs over fresh seeds.",
    )


def _shade(inside: int, of: int) -> str:
    """Bin of a cell by its share of statistics inside."""
    share = inside / of if of else 0.0
    return f"sim{1 + sum(share >= edge for edge in (0.25, 0.5, 0.75, 0.95))}"


def _worst(result: Result, fit: Fit) -> str:
    off = []
    for s in result.statistics:
        spread = fit.of(s.id)
        if is_inside(s, spread) is False:
            off.append((spread.tail if spread.tail is not None else 0.0, s.id, s.observed, spread.q50))
    off.sort(key=lambda item: (item[0], item[1]))
    if not off:
        return "nothing outside"
    return "; ".join(f"{title_of(i)} ({beside_middle(i, seen, mid)})" for _t, i, seen, mid in off[:2])


def verdicts_finding(right: dict[str, int], of: int) -> str:
    """Which explanations by themselves get most and least right."""
    if not right:
        return "How the composites stand to each statistic"
    best, least = max(right.values()), min(right.values())
    if best == least:
        return f"Every explanation by itself gets {best} of the {of} statistics right"
    top = [s for s in right if right[s] == best]
    low = [s for s in right if right[s] == least]
    return (
        f"By itself {listed([called(s).capitalize() for s in top])} "
        f"get{'s' if len(top) == 1 else ''} {best} of the {of} statistics right, "
        f"{listed([called(s).capitalize() for s in low])} {least}"
    )
