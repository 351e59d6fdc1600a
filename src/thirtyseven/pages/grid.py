"""A grid of runs computed beforehand: every explanation, strict and charitable, a few seeds each; for pages without a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import cast

import numpy as np
from markupsafe import Markup

from thirtyseven.explanations.base import Variant
from thirtyseven.pages.library import GridRun, Library
from thirtyseven.pages.page import Ask, Missing, Page, Shown
from thirtyseven.publish.beside import block
from thirtyseven.publish.charts.figure import Figure, Table, table
from thirtyseven.publish.charts.marks import path, record_key, simulated_key
from thirtyseven.publish.charts.months import Frame, frame_for, long_date, month_name, panel
from thirtyseven.publish.charts.run import recorded_months
from thirtyseven.publish.names import NAMES, SLUGS
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.weighed import Band

SEEDS = 3
"""Runs of each kind, with seeds that follow each other."""
MONTHS = slice(24, 60)
"""1936-38 among the months from January 1934 on."""

Progress = Callable[[str, int, int], None]


def kinds() -> list[tuple[str, str]]:
    """Explanation and variant of every kind in the grid, in the one order; the mixture last."""
    return [(slug, variant) for slug in SLUGS for variant in ("strict", "charitable")] + [("composite", "charitable")]


def with_grid(library: Library, seed: int = 1937, progress: Progress | None = None) -> Library:
    """A library with the grid computed.

    Args:
        library: what the pages are made of.
        seed: of the first run of each kind.
        progress: told (stage, done, total).
    """
    from thirtyseven.scenario import named
    from thirtyseven.simulation.run import simulate
    from thirtyseven.society import calendar
    from thirtyseven.society.setting import from_record

    setting, wanted, runs = from_record(library.record), kinds(), []
    seeds = np.arange(seed, seed + SEEDS, dtype=np.uint64)
    for done, (slug, variant) in enumerate(wanted, start=1):
        scenario = named(slug, cast(Variant, variant))
        outcome = simulate(setting, scenario.batch(SEEDS), seeds, slots=np.arange(calendar.WEEKS), weeks=scenario.weeks)
        months = outcome.by_month("arrested")[:, MONTHS]
        for i in range(SEEDS):
            years: dict[str, dict[str, int]] = {}
            for row in outcome.by_year(i):
                held = years.setdefault(str(row["year"]), {"arrested": 0, "sentenced": 0, "first_category": 0})
                for name in held:
                    held[name] += int(row[name])
            runs.append(GridRun(
                slug, variant, seed + i, outcome.digest(i), tuple(int(v) for v in months[i]), years,
                _day(int(outcome.launch[i])), _day(int(outcome.stop[i])),
            ))  # fmt: skip
        if progress is not None:
            progress("runs", done, len(wanted))
    return replace(library, grid=tuple(runs))


def _day(week: int) -> str:
    from thirtyseven.society import calendar

    return calendar.monday_of(week).isoformat() if week >= 0 else ""


def _title(slug: str, variant: str) -> str:
    return NAMES[slug].title if slug == "composite" else f"{NAMES[slug].title}, {variant}"


def _frame(library: Library) -> tuple[Frame, list[float | None]]:
    record = recorded_months(library.record)
    past = list(record.values())
    tops = [Band(q95=tuple(float(v) for v in run.months)) for run in library.grid]
    return frame_for(list(record), past, tops, "estimated"), past


def _panel(frame: Frame, past: list[float | None], runs: list[GridRun], first: bool) -> Markup:
    """The record, and each run of one kind as a dashed line of its own."""
    one = runs[0]
    title = _title(one.slug, one.variant)
    ends = [run.stop for run in runs if run.stop]
    begun = sum(bool(run.launch) for run in runs)
    says = f"Begins in {begun} of {len(runs)} runs, ends by itself in {len(ends)}."
    xs = [frame.x(i) for i in range(len(one.months))]
    lines = "".join(f'<path class="simline" d="{path(xs, [frame.y(float(v)) for v in run.months])}"/>' for run in runs)
    drawn = str(panel(frame, past, Band(), f"g-{one.slug}-{one.variant}", f"Months: the record and runs of {title}", says, first))
    drawn = drawn.replace('height="100%"><path class="recline', f'height="100%">{lines}<path class="recline', 1)
    axis = Markup('<div class="xax" aria-hidden="true"><span>{}</span><span>{}</span></div>').format(
        month_name(frame.months[0]), month_name(frame.months[-1]))  # fmt: skip
    link = Markup('<p class="pnote"><a href="/grid/{}-{}">The numbers<span class="vh"> of {}</span></a></p>').format(
        one.slug, one.variant, title)  # fmt: skip
    whole = str(block(title, NAMES[one.slug].gloss, Markup(drawn), axis, says, ""))
    return Markup(whole.removesuffix("</section>") + f"{link}</section>")


def _by_kind(library: Library) -> dict[tuple[str, str], list[GridRun]]:
    out: dict[tuple[str, str], list[GridRun]] = {}
    for run in library.grid:
        out.setdefault((run.slug, run.variant), []).append(run)
    return out


def _view(asked: Ask) -> Shown:
    library = asked.library
    if not library.grid:
        raise Missing("No runs were computed for these pages; `thirtyseven serve` runs them on request.")
    frame, past = _frame(library)
    held = _by_kind(library)
    panels = [_panel(frame, past, runs, i % 4 == 0) for i, runs in enumerate(held.values())]
    figure = Figure(
        id="grid", finding=_finding(held), body=Markup('<div class="panels">{}</div>').format(Markup("").join(panels)),
        definition="People arrested a month, 1936–38: the record and runs of each explanation by itself, every free number at "
                   "the middle of its prior. One scale in all panels; dotted: Order 00447 taking effect, and the decree.",
        keys=(record_key("estimated"), simulated_key("simulated: one line a run")), tables=(_table(held),),
        source="Simulated: not fitted to anything. The weighing asks which numbers come near the record; these runs only show "
               "how each mechanism behaves. Record: estimated from the memorial books.",
    )  # fmt: skip
    return Shown("grid.html", "Runs: every explanation by itself", {"drawn": figure, "seeds": SEEDS})


def _finding(held: dict[tuple[str, str], list[GridRun]]) -> str:
    ending = sum(all(run.stop for run in runs) for runs in held.values())
    return f"Left to themselves, with middling numbers, {ending} of {len(held)} readings come to an end by the end of 1939"


def _table(held: dict[tuple[str, str], list[GridRun]]) -> Table:
    rows = [
        (_title(run.slug, run.variant), str(run.seed), *(f"{run.years[y]['arrested']:,}" for y in ("1937", "1938")),
         *(f"{run.years[y]['first_category']:,}" for y in ("1937", "1938")), long_date(run.launch) or "never",
         long_date(run.stop) or "never", run.digest)
        for runs in held.values() for run in runs
    ]  # fmt: skip
    head = ("Explanation", "Seed", "Arrested 1937", "Arrested 1938", "Sentenced to death 1937", "Sentenced to death 1938",
            "Mass operation begins", "Ends", "Digest")  # fmt: skip
    return table("One row a run (simulated, persons)", head, rows)


def _kind(asked: Ask) -> Shown:
    library, name = asked.library, asked.path["kind"]
    slug, _, variant = name.rpartition("-")
    runs = _by_kind(library).get((slug, variant))
    if not runs:
        raise Missing(f"There is no run '{name}' in the grid.")
    recorded = yearly_totals(library.record)
    years = [
        (year, str(run.seed), f"{run.years[year]['arrested']:,}", f"{run.years[year]['sentenced']:,}",
         f"{run.years[year]['first_category']:,}", _recorded(recorded, year))
        for year in runs[0].years for run in runs
    ]  # fmt: skip
    head = ("Year", "Seed", "Arrested", "Sentenced", "Sentenced to death", "The record: arrested; sentenced to death")
    months = [
        (month_name(month), *(f"{run.months[i]:,}" for run in runs)) for i, month in enumerate(recorded_months(library.record))
    ]
    return Shown("grid_kind.html", f"Runs of {_title(slug, variant)}", {
        "title_here": _title(slug, variant), "slug": slug, "runs": runs,
        "years": table("By year (simulated, persons)", head, years),
        "months": table("People arrested by month (simulated)", ("Month", *(f"Seed {run.seed}" for run in runs)), months),
    })  # fmt: skip


def _recorded(recorded: dict[str, tuple[float | None, float | None]], year: str) -> str:
    return "; ".join("–" if v is None else f"{v:,.0f}" for v in recorded.get(year, (None, None)))


def _kinds(library: Library) -> Iterable[str]:
    return [f"/grid/{slug}-{variant}" for slug, variant in _by_kind(library)]


ROUTES = (
    Page("/grid", _view, lambda library: ["/grid"] if library.grid else [], word="Runs"),
    Page("/grid/{kind}", _kind, _kinds),
)
