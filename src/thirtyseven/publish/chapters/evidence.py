"""What would settle it: archival series by how much they would tell beyond the record."""

from typing import Any

from markupsafe import Markup

from thirtyseven.publish.charts.figure import Figure, Key, table
from thirtyseven.publish.charts.rows import row as drawn
from thirtyseven.publish.charts.rows import spread_inside
from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, listed
from thirtyseven.publish.predicted import Spread
from thirtyseven.publish.wording import number

FILE = "evidence.json"

ORDER = ("elite", "mass", "national", "where", "stop")
SHOWN = 12
_AS_ONE = 4
_CHANCE = Markup('<svg width="14" height="12" aria-hidden="true"><line class="when" x1="7" x2="7" y1="0" y2="12"/></svg>')


def heads() -> tuple[str, ...]:
    """Column heads of the ranking."""
    return ("series", "in all", *(QUESTIONS[q].title for q in ORDER), "one explanation")


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One series as text: bits with their standard error."""
    by_question = [row["questions"].get(q) for q in ORDER]
    return (row["title"], _bits(row["total"]), *(_bits(v) if v else "–" for v in by_question), _bits(row["explanation"]))


def _bits(value: dict[str, Any]) -> str:
    return "0" if value["bits"] < 0.005 else f"{number(value['bits'])} ± {number(value['error'])}"


def lines(content: dict[str, Any]) -> list[str]:
    """What came out, in sentences that the numbers bear."""
    mechanisms, rows, chance = content["mechanisms"], content["series"], content["chance"]
    told = [row for row in rows if row["told"]]
    found = [
        f"In pasts like the recorded one, {number(mechanisms['open'], 1)} bits of answer are open: which of "
        f"{mechanisms['switches']} switches (a mechanism, for a question) are on, each asked by itself."
    ]
    if told:
        best = told[0]
        likely = " and ".join(_switch(s) for s in best["switches"][:2])
        share = 100 * best["total"]["bits"] / mechanisms["open"]
        found.append(
            f"Most would be told by “{best['title']}”: {number(best['total']['bits'])} bits (90 %: "
            f"{number(best['total']['low'])} to {number(best['total']['high'])}), "
            f"{number(share, 0)} % of what is open, above all about {likely}."
        )
        if len(told) > 1:
            after = [f"“{row['title']}”" for row in told[1 : _AS_ONE + 1]]
            found.append(f"After it, in order: {listed(after)}.")
        if len(content["then"]) > 1:
            title = {row["id"]: row["title"] for row in rows}
            steps = [f"“{title[s['id']]}” ({number(s['bits'])} bits)" for s in content["then"][1:]]
            found.append(f"If it were counted, what would tell most beyond it: {listed(steps)}.")
    else:
        found.append("No series stands clear of chance: with more runs (a larger budget) some may.")
    found.append(
        f"{chance['controls']} series of pure chance, treated alike, seem to be worth {number(chance['mean'])} bits on average "
        f"and {number(chance['most'])} at most; a series counts as told if it has more than that, by twice its standard error."
    )
    silent = [row for row in rows if not row["told"]]
    if silent:
        found.append(f"Not told apart from chance with this budget: {_named(silent)}.")
    return found


def _named(rows: list[dict[str, Any]]) -> str:
    return listed([f"“{row['title']}”" for row in rows])


def _switch(found: dict[str, Any]) -> str:
    return f"{EXPLANATIONS[found['slug']].title} ({QUESTIONS[found['question']].title.lower()})"


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and the figure for the page."""
    rows = content["series"][:SHOWN]
    most = max([row["total"]["high"] for row in content["series"]] + [1e-9])
    chance = min(content["chance"]["most"] / most, 1.0)
    body = "".join(_drawn(row, most, chance) for row in rows)
    found = lines(content)
    figure = Figure(
        id="evidence-gain", finding="What each archival series would add to the record",
        definition=f"Expected information about which mechanisms act, all five questions together, in bits; scale 0 to "
        f"{number(most, 1)}. {content['mechanisms']['runs']} simulated pasts, each with its papers; 90 % over resampled points.",
        body=Markup(body),
        tables=(table("Bits by question, with standard error", heads(), [cells(row) for row in content["series"]]),
                table("What to count, and where to look", ("series", "what to count", "where such papers lie (recalled)",
                                                          "how much of it", "in the model"),
                      [(r["title"], r["count"], r["papers"], r["sample"], r["stands_for"] or "the series itself")
                       for r in content["series"]], notes=(1, 2, 3, 4))),
        keys=(Key(_CHANCE, "most that a series of pure chance seems to be worth"),),
        source="Simulated: nested readers of the same known pasts, with and without the series, out of fold (docs/evidence.md).",
        missing="" if len(content["series"]) <= SHOWN else f"The table holds all {len(content['series'])} series.",
    )  # fmt: skip
    return {"figure": figure, "lines": found, "best": [r for r in content["series"] if r["told"]][:5], "single": _single(content)}


def _single(content: dict[str, Any]) -> str:
    """What is open if one explanation alone had been at work."""
    state = content["explanation"]
    best = max(content["series"], key=lambda row: row["explanation"]["bits"])
    text = (
        f"If one explanation alone had made the past, the record would leave {number(state['open'])} bits open about which "
        f"(of {number(state['shares'])} without it)"
    )
    if best["explanation"]["bits"] <= max(content["chance"]["explanation_most"], 2 * best["explanation"]["error"]):
        return f"{text}; no series clearly adds to that."
    return f"{text}; “{best['title']}” would add {_bits(best['explanation'])}."


def _drawn(row: dict[str, Any], most: float, chance: float) -> Markup:
    """One series: its bits with their interval, and what chance would give."""
    inside = spread_inside(_on(row["total"], most), chance)
    return drawn(row["title"], inside, number(row["total"]["bits"]), "" if row["told"] else "cannot")


def _on(value: dict[str, Any], most: float) -> Spread:
    return Spread(q05=max(value["low"], 0) / most, q50=max(value["bits"], 0) / most, q95=max(value["high"], 0) / most)
