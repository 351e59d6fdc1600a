"""What each office contributed: several rules side by side, stopping power by date, and the ledger of documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.publish.charts.figure import Figure, Key, Table, table
from thirtyseven.publish.charts.marks import dot_keys, line_key, path, percent, simulated_key
from thirtyseven.publish.charts.months import long_date
from thirtyseven.publish.charts.rows import day as day_number
from thirtyseven.publish.charts.rows import row as drawn
from thirtyseven.publish.names import display, listed
from thirtyseven.publish.wording import count_word, number

FILE = "responsibility.json"
ASKED: Mapping[str, str] = {
    "first_category:all": "Sentenced to death, all", "first_category:elite": "Sentenced to death, elite",
    "first_category:mass": "Sentenced to death, mass operation",
    "first_category:national": "Sentenced to death, national operations",
    "sentenced:where": "Sentenced beyond the first limits of their region",
}  # fmt: skip
"""Questions of the screen and of the figure; phases and arrests stand in the tables."""
FURTHER: Mapping[str, str] = {
    "first_category:all@before": "Sentenced to death before 5 August 1937",
    "first_category:all@first": "Sentenced to death, August 1937 to January 1938",
    "first_category:all@second": "Sentenced to death, February to 17 November 1938", "arrested:all": "Arrested, all",
}  # fmt: skip
OFFICES: Mapping[str, str] = {
    "centre": "Centre", "nkvd": "NKVD", "secretaries": "First secretaries", "chiefs": "NKVD chiefs",
    "public": "Those who denounced",
}  # fmt: skip
HEADS = ("office", "contribution", "thousand people", "necessity", "sufficiency", "less than half without it",
         "half with it alone", "degree", "sign", "could stop (5 Aug 1937)", "documents")  # fmt: skip
STOP_AT = "1937-08-05"
"""The day for which stopping power stands in the table of every question."""
SIGNS = {"adds": "+", "holds back": "−", "about nothing": "0", "open": "?"}
UNKNOWN = "unknown"


def cells(content: Mapping[str, Any], game: str, kind: str) -> list[tuple[str, ...]]:
    """Rows of one question under one explanation: every rule beside every other, never one alone.

    Args:
        content: of `responsibility.json`.
        game: question and measure.
        kind: of the explanation.
    """
    found, ledger = content["questions"][game][kind], content["ledger"]
    if found is None:
        return []
    rows: list[tuple[str, ...]] = []
    for office, one in found["offices"].items():
        acts = ledger[office]
        rows.append((
            OFFICES[office], _share(one["contribution"]), _thousands(one["people"]), _share(one["necessity"]),
            _share(one["sufficiency"]), _often(one["needed"]), _often(one["enough"]), _share(one["degree"]), SIGNS[one["sign"]],
            _stopping(content, kind, game, office), f"{acts['all']} ({acts['seen']} seen)",
        ))  # fmt: skip
    rows.append(("Joint", _share(found["joint"]), *[""] * (len(HEADS) - 2)))
    return rows


def _share(spread: Mapping[str, float]) -> str:
    low, high = number(spread["q05"]), number(spread["q95"])
    return low if low == high else f"{low} to {high}"


def _thousands(spread: Mapping[str, float]) -> str:
    low, high = (number(spread[q] / 1000, 0) for q in ("q05", "q95"))
    return low if low == high else f"{low} to {high}"


def _often(share: float) -> str:
    return f"{number(100 * share, 0)} %"


def _stopping(content: Mapping[str, Any], kind: str, game: str, office: str) -> str:
    question = game.partition(":")[2]
    rows = content["stopping"]["kinds"][kind].get(question)
    if rows is None or not game.startswith("first_category") or STOP_AT not in content["stopping"]["dates"]:
        return "–"
    one = rows[office][content["stopping"]["dates"].index(STOP_AT)]
    return "–" if one is None else _share(one)


def stopping_rows(content: Mapping[str, Any], kind: str, question: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Stopping power by date: heads and rows.

    Args:
        content: of `responsibility.json`.
        kind: of the explanation.
        question: all, elite, mass or national.
    """
    rows = content["stopping"]["kinds"][kind][question]
    heads = ("goes back on", *(long_date(day) for day in content["stopping"]["dates"]))
    return heads, [
        (OFFICES[office], *("–" if one is None else _share(one) for one in row)) for office, row in rows.items()
    ]


def findings(content: Mapping[str, Any]) -> list[str]:
    """What all explanations asked say of who was needed and who was enough, by question, and what is unknown."""
    found: dict[str, list[str]] = {}
    for game, words in ASKED.items():
        across = content["across"][game]
        said = {(key, word): [office for office, one in across.items() if one[key] == word]
                for key in ("needed", "enough") for word in ("yes", "no")}  # fmt: skip
        parts = [f"{says} {listed([_named(office, key) for office in said[key, word]], last)}{then}"
                 for (key, word), says, last, then in CLAUSES if said[key, word]]  # fmt: skip
        unknown = [_named(office, "") for office, one in across.items() if UNKNOWN in (one["needed"], one["sign"])]
        text = f"{'; '.join(parts) or 'nothing is said alike'}."
        if unknown:
            text += f" Unknown, because they contradict each other or leave it open: {listed(unknown)}."
        found.setdefault(text, []).append(words)
    return [f"{'; '.join(words)}. Under every explanation asked: {text}" for text, words in found.items()] + _stop(content)


CLAUSES = (
    (("needed", "yes"), "without", "or", ", less than half would remain"),
    (("needed", "no"), "leaving out", "or", " alone, at least half would remain"),
    (("enough", "yes"), "alone", "or", " would have been enough for half"),
    (("enough", "no"), "neither", "nor", " alone would have been enough for half"),
)
"""What is said of whom, in the order of the sentence."""


def _named(office: str, key: str) -> str:
    name = {"centre": "the centre", "nkvd": "the NKVD", "secretaries": "the first secretaries", "chiefs": "the NKVD chiefs",
            "public": "those who denounced"}[office]  # fmt: skip
    return f"{name} (built in, see below)" if office == "centre" and key == "needed" else name


def _stop(content: Mapping[str, Any]) -> list[str]:
    """Who could have stopped it on the day on which the operation was prolonged."""
    day = "1938-01-31"
    if day not in content["stopping"]["dates"]:
        return []
    at = content["stopping"]["dates"].index(day)
    spans = {}
    for office in OFFICES:
        known = [row["all"][office][at] for row in content["stopping"]["kinds"].values() if row["all"][office][at] is not None]
        if known:
            spans[office] = (min(one["q05"] for one in known), max(one["q95"] for one in known))
    if not spans:
        return []
    said = [f"{_named(office, '')} {number(low)} to {number(high)}" for office, (low, high) in spans.items()]
    return [
        f"Had an office gone back to its earlier conduct on {long_date(day)}, this share of the later death sentences would not "
        f"have been passed, over all explanations asked: {listed(said)}. The decree of 17 November 1938 showed what the centre "
        "could do."
    ]


def view(content: dict[str, Any]) -> dict[str, Any]:
    """What the template shows.

    Args:
        content: of `responsibility.json`.
    """
    names = [display(entry["kind"]) for entry in content["kinds"]]
    fits = "every explanation that fits the record" if content["rule"] == "fits" else "the explanations nearest to the record"
    return {
        "title": "Who was needed, who was enough, who could have stopped it",
        "lead": f"In {content['points']} simulated pasts of each of {listed(names)} ({fits}, and the mixture of all eight), "
        "every one of the 32 combinations of five offices was run on the same random numbers, for "
        f"{count_word(len(content['baselines']))} readings of their conduct of 1935-36.",
        "findings": findings(content), "figure": _figure(content), "stopping": _stopping_figure(content),
        "offices": [{**office, "name": OFFICES[office["slug"]]} for office in content["offices"]], "ledger": _ledger(content),
    }  # fmt: skip


def _figure(content: Mapping[str, Any]) -> Figure:
    panels = []
    for game, words in ASKED.items():
        for entry in content["kinds"]:
            found = content["questions"][game][entry["kind"]]
            if found is not None:
                rows = [drawn(OFFICES[office], _inside(one), _short(one)) for office, one in found["offices"].items()]
                panels.append(
                    Markup(
                        f'<section class="ip"><h4>{escape(words)} <span>{escape(display(entry["kind"]))}; joint '
                        f'{_share(found["joint"])}</span></h4>{Markup("").join(rows)}<div class="iax" aria-hidden="true">'
                        "<span>0</span><span>all of it 1</span></div></section>"
                    )
                )
    keys: list[Key] = [dot_keys("", "contribution (Shapley): middle and 90 % of pasts")[0],
                       line_key("alt", "necessity, middle"), line_key("prior", "sufficiency, middle")]  # fmt: skip
    return Figure(
        id="offices", finding="The same offices by several rules that do not agree",
        definition="Shares of what there was beyond the level of 1935-36. Contribution: mean over all orders in which offices "
        "may join. Necessity: what would be missing had this office alone kept to its earlier conduct. Sufficiency: what there "
        "would be had it alone left it. Joint: what no office adds by itself. No row may be quoted by one of them.",
        keys=tuple(keys), body=Markup(f'<div class="incl">{Markup("").join(panels)}</div>'),
        tables=tuple(
            table(f"{words}, {display(entry['kind'])}: 90 % of pasts; ? open, + adds, − holds back, 0 about nothing", HEADS,
                  cells(content, game, entry["kind"]))
            for game, words in {**ASKED, **FURTHER}.items() for entry in content["kinds"]
            if content["questions"][game][entry["kind"]] is not None
        ),
        source="Simulated, beside the record’s ledger of documents (how many, and how many of them seen).",
    )  # fmt: skip


def _inside(one: Mapping[str, Any]) -> str:
    """Contribution as a dot with its interval, necessity and sufficiency as upright marks; cut at 0 and 1."""
    at = lambda value: percent(100 * min(max(value, 0.0), 1.0))  # noqa: E731
    low, mid, high = (at(one["contribution"][q]) for q in ("q05", "q50", "q95"))
    marks = "".join(
        f'<line class="{css}" x1="{at(one[name]["q50"])}%" x2="{at(one[name]["q50"])}%" y1="3" y2="17"/>'
        for css, name in (("alt", "necessity"), ("prior", "sufficiency"))
    )
    return (
        f'<line class="track" x1="0%" x2="100%" y1="10" y2="10"/>{marks}'
        f'<line class="ci" x1="{low}%" x2="{high}%" y1="10" y2="10"/>'
        f'<circle class="dot" cx="{mid}%" cy="10" r="4.5"/>'
    )


def _short(one: Mapping[str, Any]) -> str:
    """The sign alone: a number beside the picture would stand by itself."""
    return SIGNS[one["sign"]]


def _stopping_figure(content: Mapping[str, Any]) -> Figure:
    """Stopping power by date, one panel an office: the band of the mixture, the middles of all."""
    tables = []
    for entry in content["kinds"]:
        for question in ("all", "elite", "mass", "national"):
            heads, rows = stopping_rows(content, entry["kind"], question)
            caption = f"{display(entry['kind'])}, {question}: share of later death sentences that would not have been passed"
            tables.append(table(f"{caption}, 90 % of pasts", heads, rows))
    first, last = (long_date(content["stopping"]["dates"][i]) for i in (0, -1))
    panels = [
        Markup(
            f'<section class="panel"><h4>{escape(name)}</h4>{_stopping_panel(content, office)}'
            f'<div class="xax" aria-hidden="true"><span>{first}</span><span></span><span>{last}</span></div></section>'
        )
        for office, name in OFFICES.items()
    ]
    return Figure(
        id="stopping", finding="What an office going back on a given day would still have changed",
        definition="Share of the death sentences after that day that would not have been passed, all questions together, from 0 "
        "(below) to 1 (above). Later days leave less to be averted; the share is of what was still to come.",
        keys=(simulated_key("the mixture: middle and 90 % of pasts"), Key(line_drawing(), "each explanation: middle")),
        body=Markup(f'<div class="panels">{Markup("").join(panels)}</div>'), tables=tuple(tables),
        source="Simulated. The decree of 17 November 1938 is the one case on record: the centre went back, and it ended.",
    )  # fmt: skip


def line_drawing() -> Markup:
    """The key of a plain line."""
    return Markup('<svg width="36" height="14" aria-hidden="true"><line class="recline" x1="0" x2="36" y1="7" y2="7"/></svg>')


def _stopping_panel(content: Mapping[str, Any], office: str) -> Markup:
    days = [day_number(day) for day in content["stopping"]["dates"]]
    span = max(days[-1] - days[0], 1)
    xs = [100 * (day - days[0]) / span for day in days]
    inner = ""
    for entry in content["kinds"]:
        row = content["stopping"]["kinds"][entry["kind"]]["all"][office]
        low, mid, high = ([None if one is None else 100 - 100 * min(max(one[q], 0.0), 1.0) for one in row]
                          for q in ("q05", "q50", "q95"))  # fmt: skip
        if entry["kind"] == "composite":
            inner += f'<path class="band" d="{path(xs, high, low)}"/><path class="simline" d="{path(xs, mid)}"/>'
        else:
            inner += f'<path class="recline" d="{path(xs, mid)}"/>'
    says = "; ".join(
        f"{display(kind)}: " + ", ".join("–" if one is None else number(one["q50"]) for one in by_question["all"][office])
        for kind, by_question in content["stopping"]["kinds"].items()
    )
    ident = f"stop-{office}"
    return Markup(
        f'<svg class="plot" width="100%" height="112" role="img" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(OFFICES[office])}</title><desc id="{ident}-d">{escape(says)}</desc>'
        '<line class="grid zero" x1="0" x2="100%" y1="100%" y2="100%"/><line class="grid" x1="0" x2="100%" y1="50%" y2="50%"/>'
        '<line class="grid" x1="0" x2="100%" y1="0" y2="0"/>'
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">{inner}</svg></svg>'
    )


def _ledger(content: Mapping[str, Any]) -> Table:
    kinds: Sequence[str] = sorted({kind for one in content["ledger"].values() for kind in one["acts"]})
    rows = [
        (OFFICES[office], *(str(one["acts"].get(kind, "")) for kind in kinds), f"{one['all']} ({one['seen']} seen)")
        for office, one in content["ledger"].items()
    ]
    return table("Documents of the record’s ledger by office and kind of act", ("Office", *kinds, "all"), rows)
