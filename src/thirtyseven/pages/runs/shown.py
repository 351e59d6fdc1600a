"""A run on a page: months beside the record, years, places, and two runs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from thirtyseven.pages.library import Library
from thirtyseven.pages.runs.settings import Settings
from thirtyseven.publish.beside import block
from thirtyseven.publish.charts.figure import Figure, Key, Table, table
from thirtyseven.publish.charts.marks import path, record_key
from thirtyseven.publish.charts.months import frame_for, long_date, month_name, panel
from thirtyseven.publish.charts.run import recorded_months
from thirtyseven.publish.charts.tiles import Tile, bin_of, legend, tile_grid
from thirtyseven.publish.names import NAMES
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.regions import places, region_records
from thirtyseven.publish.weighed import Band
from thirtyseven.scenario.switches import switch

MONTHS = slice(24, 60)
EDGES = (25.0, 50.0, 75.0, 100.0)
NTH = ("first", "second")
SCALE_WORDS = {"counts": "counts by week and region", "everybody": "everybody, one to one"}
LINE = Key(
    Markup('<svg width="36" height="14" aria-hidden="true"><line class="simline" x1="0" x2="36" y1="7" y2="7"/></svg>'),
    "simulated: one run",
)
"""Key of a single run: a line, for it has no band."""
WORDS = ("under 25", "25 to 50", "50 to 75", "75 to 100", "100 and over")

Run = Mapping[str, Any]


def title_of(run: Run) -> str:
    """Explanation, variant and suppositions in words."""
    return _chosen(run["settings"])


def said_of(chosen: Settings) -> str:
    """All settings in words, for whoever waits."""
    return f"{_chosen(chosen)}, seed {chosen.seed}, {SCALE_WORDS[chosen.scale]}"


def cited_as(run: Run) -> str:
    """A run as a citation names it: settings and digests."""
    events = run["events"]
    return f"{said_of(run['settings'])}, digest {run['digest']}" + (f" and {events['digest']}" if events else "")


def _chosen(chosen: Settings) -> str:
    name = NAMES[chosen.explanation].title
    words = name if chosen.explanation == "composite" else f"{name}, {chosen.variant}"
    return words + "".join(f"; supposed: {switch(slug).title.lower()}" for slug in chosen.suppose)


def months_figure(library: Library, runs: Sequence[Run]) -> Figure:
    """Arrests by month 1936-38: the record and each run as a dashed line of its own panel."""
    record = recorded_months(library.record)
    past = list(record.values())
    tops = [Band(q95=tuple(float(v) for v in run["months"][MONTHS])) for run in runs]
    frame = frame_for(list(record), past, tops, "estimated")
    panels = []
    for i, run in enumerate(runs):
        values = run["months"][MONTHS]
        line = path([frame.x(k) for k in range(len(values))], [frame.y(float(v)) for v in values])
        says = f"{_begins(run)} Highest month: {max(values):,} people arrested."
        drawn = str(panel(frame, past, Band(), f"run-{i}", f"Months: the record and {title_of(run)}", says, True))
        whole = 'height="100%">'
        drawn = drawn.replace(f'{whole}<path class="recline', f'{whole}<path class="simline" d="{line}"/><path class="recline', 1)
        axis = Markup('<div class="xax" aria-hidden="true"><span>{}</span><span>{}</span></div>').format(
            month_name(frame.months[0]), month_name(frame.months[-1]))  # fmt: skip
        panels.append(block(title_of(run), f"seed {run['settings'].seed}", Markup(drawn), axis, says, ""))
    rows = [
        (month_name(month), "–" if past[k] is None else f"{past[k]:,.0f}", *(f"{run['months'][24 + k]:,}" for run in runs))
        for k, month in enumerate(frame.months)
    ]  # fmt: skip
    heads = ("Month", "The record (estimated)", *(f"Run: {title_of(run)}" for run in runs))
    return Figure(
        id="months", finding=_found(runs), body=Markup('<div class="panels {}">{}</div>').format(
            "two" if len(runs) > 1 else "one", Markup("").join(panels)),
        definition="People arrested a month by all organs of the NKVD, 1936–38: the record and one simulated past. Dotted: "
                   "Order 00447 taking effect, and the decree of November 1938.",
        keys=(record_key("estimated"), LINE),
        tables=(table("People arrested by month", heads, rows),),
        source="Simulated: one seed, not fitted; other seeds give other months. Record: estimated from the memorial books.",
    )  # fmt: skip


def _found(runs: Sequence[Run]) -> str:
    """When the mass operation begins and ends, said once where both runs agree."""
    said = [_begins(run) for run in runs]
    if len(said) < 2:
        return said[0]
    lower = [one[:1].lower() + one[1:] for one in said]
    return f"In both runs {lower[0]}" if said[0] == said[1] else f"In the first run {lower[0][:-1]}; in the second {lower[1]}"


def _begins(run: Run) -> str:
    launch, stop = (long_date(run[key]).replace(" ", "\u00a0") if run[key] else "" for key in ("launch", "stop"))
    begins = f"The mass operation begins on {launch}" if launch else "The mass operation never begins"
    return f"{begins} and ends {f'on {stop}' if stop else 'not by the end of 1939'}."


def years_table(library: Library, runs: Sequence[Run]) -> Table:
    """By year: arrested and sentenced to death, the record and each run."""
    recorded = yearly_totals(library.record)
    sums = []
    for run in runs:
        held: dict[str, list[int]] = {}
        for row in run["years"]:
            pair = held.setdefault(str(row["year"]), [0, 0])
            pair[0] += row["arrested"]
            pair[1] += row["first_category"]
        sums.append(held)
    rows = [
        (year, *("–" if v is None else f"{v:,.0f}" for v in recorded.get(year, (None, None))),
         *(f"{held[year][k]:,}" for held in sums for k in (0, 1)))
        for year in sums[0]
    ]  # fmt: skip
    many = len(runs) > 1
    heads = [f"{what} ({f'{NTH[i]} run' if many else 'simulated'})" for i in range(len(runs))
             for what in ("Arrested", "Sentenced to death")]  # fmt: skip
    return table("By year, people", ("Year", "Arrested (record)", "Sentenced to death (record)", *heads), rows)


def channels_table(runs: Sequence[Run]) -> Table:
    """Arrests of 1937-38 by channel."""
    sums: dict[str, list[int]] = {}
    for i, run in enumerate(runs):
        for row in run["years"]:
            if row["year"] in (1937, 1938):
                sums.setdefault(row["channel"], [0] * len(runs))[i] += row["arrested"]
    heads = ("Channel", *(f"Arrested 1937–38{f' ({NTH[i]} run)' if len(runs) > 1 else ''}" for i in range(len(runs))))
    return table("By channel (simulated, people)", heads, [(CHANNEL_WORDS[c], *(f"{v:,}" for v in s)) for c, s in sums.items()])


def difference(runs: Sequence[Run]) -> str:
    """In one or two sentences, how many people two runs arrest and sentence to death in 1937-38."""
    said = []
    for key, what in (("arrested", "arrests {} people"), ("first_category", "sentences {} people to death")):
        one, other = (sum(row[key] for row in run["years"] if row["year"] in (1937, 1938)) for run in runs)
        more = "as many as" if one == other else f"{abs(other - one):,} {'more' if other > one else 'fewer'} than"
        said.append(f"the second run {what.format(f'{other:,}')}, {more} the first")
    return f"In 1937 and 1938 {said[0]}; {said[1].replace('the second run ', 'it ', 1)}."


def persons_said(persons: Mapping[str, Any]) -> str:
    """How many people both runs arrest, and each alone."""
    held = persons["arrested"]
    both = sum(held[key] for key in ("same_week", "earlier_in_b", "later_in_b"))
    first, second = held["only_in_a"], held["only_in_b"]
    return f"{both:,} people are arrested in both runs, {first:,} in the first alone and {second:,} in the second alone."


CHANNEL_WORDS = {
    "lists": "office-holders (lists, Military Collegium)", "party": "party members", "army": "officers",
    "nkvd": "staff of the NKVD", "troika": "Order 00447 (troikas)", "polish": "“Polish line”", "german": "“German line”",
    "harbin": "“Harbin line”", "baltic": "Baltic and Finnish “lines”", "southern": "southern “lines”",
    "families": "families (Order 00486)", "ordinary": "courts and Special Board",
}  # fmt: skip


def regions_figure(library: Library, run: Run, ident: str = "regions") -> Figure:
    """Sentenced by troikas per 10,000 inhabitants, on the tile grid."""
    regions = region_records(library.record)
    tiles, rows = {}, []
    for slug, region in regions.items():
        sentenced, limit, people = run["regions"][slug]
        rate = 1e4 * sentenced / people if people else None
        tiles[slug] = (
            Tile("nd", "", "no rate: camps have no inhabitants to divide by") if rate is None else
            Tile(f"seq{bin_of(rate, EDGES)}", f"{rate:.0f}", f"{rate:.0f} per 10,000 inhabitants; {sentenced:,} people sentenced")
        )  # fmt: skip
        rows.append((region.name, f"{region.limit1 + region.limit2:,.0f}", f"{limit:,.0f}", f"{sentenced:,}",
                     "–" if rate is None else f"{rate:.0f}"))  # fmt: skip
    head = ("Region", "First limits (recorded)", "Last limits (simulated)", "Sentenced by troika (simulated)", "Per 10,000")
    return Figure(
        id=ident, finding=_most(library, run),
        body=Markup('<div class="mapwrap">{}{}</div>').format(
            tile_grid(places(library.record), tiles, "Sentenced by troikas, one tile a region"),
            legend([f"seq{i}" for i in range(1, 6)], WORDS)),
        definition="People sentenced under Order 00447 in this run, per 10,000 inhabitants.",
        tables=(table(f"By region (people): {title_of(run)}, seed {run['settings'].seed}", head, rows),),
        source="Simulated. First limits are given to every run; raises, and what was reached, are its own.",
    )  # fmt: skip


def _most(library: Library, run: Run) -> str:
    """The region in which the troikas sentenced most people for each inhabitant."""
    names = region_records(library.record)
    rates = sorted(((-1e4 * n / people, names[slug].name) for slug, (n, _, people) in run["regions"].items() if people and n))
    if not rates:
        return "No troika sentences anybody in this run"
    return f"The troikas sentence most in {rates[0][1]}, for its size: {-rates[0][0]:.0f} of every 10,000 inhabitants"


def persons_tables(persons: Mapping[str, Any]) -> tuple[Table, ...]:
    """Two runs of everybody, person by person."""
    words = {"same_week": "arrested in both, in the same week", "earlier_in_b": "earlier in the second",
             "later_in_b": "later in the second", "only_in_a": "arrested in the first alone",
             "only_in_b": "arrested in the second alone"}  # fmt: skip
    shown = [("", "Everybody", persons["arrested"])]
    shown += [("channel", CHANNEL_WORDS.get(name, name), own) for name, own in persons["by_channel"].items()]
    keys = list(persons["arrested"])
    head = ("Who", *(words.get(key, key.replace("_", " ")) for key in keys))
    rows = [(name, *(f"{own.get(key, 0):,}" for key in keys)) for _, name, own in shown]
    strata = [(name.replace("-", " "), *(f"{own.get(key, 0):,}" for key in keys)) for name, own in persons["by_stratum"].items()]
    return (table("Person by person, by channel of the first arrest (simulated)", head, rows),
            table("Person by person, by stratum (simulated)", head, strata))  # fmt: skip
