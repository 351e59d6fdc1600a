"""What would have changed: paired pasts with one thing left undone, and which conclusions every explanation shares."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from thirtyseven.publish.charts.figure import Figure, Key, Table, table
from thirtyseven.publish.charts.marks import dot_keys, line_key, percent
from thirtyseven.publish.charts.rows import row as drawn
from thirtyseven.publish.names import display, listed
from thirtyseven.publish.wording import count_word, number

FILE = "counterfactual.json"
SHOWN: tuple[tuple[str, str], ...] = (
    ("first_category:all", "People sentenced to death, 1934-39"), ("arrested:all", "People arrested, 1934-39"),
)  # fmt: skip
"""What the screen shows; the page adds the questions."""

WHO: Mapping[str, str] = {
    "first_category:all": "people would have been sentenced to death",
    "first_category:elite": "office-holders, party members, officers, staff of the service and their families would have been "
    "sentenced to death",
    "first_category:mass": "people would have been sentenced to death under Order 00447",
    "first_category:national": "people would have been sentenced to death under the national orders",
    "sentenced:where": "people would have been sentenced beyond their region’s first limit",
    "arrested:all": "people would have been arrested",
}
"""Measures in the order in which a finding is looked for, as the end of a sentence that begins with "fewer" or "more"."""
BUILT_IN: Mapping[str, frozenset[str]] = {
    "second-category-only": frozenset({"first_category:all", "first_category:mass"}),
    "limits-fixed": frozenset({"sentenced:where"}),
}
"""What a switch says by itself: no finding."""
OF_ALL = ("first_category:all", "arrested:all")
"""Measures of which it is worth saying that hardly anything changes."""
LOW, HIGH = -1.0, 0.5
"""Ends of the figure's axis: everybody less, half as many more."""
TITLES = {
    "first_category:all": "all", "first_category:elite": "elite", "first_category:mass": "mass operation",
    "first_category:national": "national operations", "first_category:ordinary": "ordinary courts",
    "sentenced:where": "beyond first limits (sentenced)", "arrested:all": "all arrested",
}  # fmt: skip
PHASES = {
    "first_category:all@before": "before 5 August 1937", "first_category:all@first": "to 31 January 1938",
    "first_category:all@second": "to 17 November 1938", "first_category:all@after": "after",
}  # fmt: skip


def per_cent(spread: Mapping[str, float] | None) -> str:
    """Middle and 90 % of a relative change: "−46 (−50 to −42)"."""
    if spread is None:
        return "–"
    middle, low, high = (number(100 * spread[q], 0) for q in ("q50", "q05", "q95"))
    return f"{middle} ({low} to {high})" if low != high else middle


def findings(content: Mapping[str, Any]) -> list[str]:
    """One sentence a switch for what holds under every explanation asked, the largest changes first, then what hardly matters."""
    if len(content["kinds"]) < 2:
        return []
    found = []
    for name, one in content["switches"].items():
        open_to_find = [measure for measure in WHO if measure not in BUILT_IN.get(name, frozenset())]
        every = [measure for measure in open_to_find if one["agreed"][measure]["holds"] == "every"]
        moved = [measure for measure in every if set(one["agreed"][measure]["words"].values()) & {"less", "more"}]
        still = [measure for measure in every if measure in OF_ALL]
        if moved or still:
            found.append(_finding(one, (moved or still)[0]))
    return [sentence for _, sentence in sorted(found, key=lambda item: item[0])]


def _finding(one: Mapping[str, Any], measure: str) -> tuple[tuple[int, float], str]:
    """A finding and its place in the list."""
    words, who = set(one["agreed"][measure]["words"].values()), WHO[measure]
    spreads = [kind["measures"][measure]["relative"] for kind in one["kinds"].values()]
    middle = [100 * s["q50"] for s in spreads if s]
    widest = (min(100 * s["q05"] for s in spreads if s), max(100 * s["q95"] for s in spreads if s))
    if words == {"nothing"}:
        return (3, 0.0), f"{one['had']}, exactly as many {who}: no explanation asked leads from the one to the other."
    if words <= {"little", "nothing"}:
        return (2, 0.0), f"{one['had']}, hardly fewer or more {who}: {_range(widest)} per cent in 90 % of all pairs."
    word = "fewer" if words == {"less"} else "more"
    return (1, min(middle) if word == "fewer" else -max(middle)), (
        f"{one['had']}, {word} {who}: by {_range([abs(m) for m in middle])} per cent in the middle; 90 % of all pairs lie "
        f"between {number(widest[0], 0)} and {number(widest[1], 0)}."
    )


def _range(values: Sequence[float]) -> str:
    low, high = (number(v, 0) for v in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def undecided(content: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Effects on death sentences that some explanations tell, and those that are unknown, each with who says what."""
    found: dict[str, list[str]] = {"some": [], "unknown": []}
    for one in content["switches"].values():
        agreed = one["agreed"]["first_category:all"]
        if agreed["holds"] in found:
            said = [f"{WORDS[word]} under {listed([display(k) for k, w in agreed['words'].items() if w == word])}"
                    for word in WORDS if word in agreed["words"].values()]  # fmt: skip
            found[agreed["holds"]].append(f"{one['title']} ({', '.join(said)})")
    return found["some"], found["unknown"]


WORDS = {"less": "fewer", "more": "more", "little": "hardly a change", "nothing": "no change", "open": "open",
         "not defined": "not defined"}  # fmt: skip
"""What one explanation says, as it is printed."""


def view(content: dict[str, Any]) -> dict[str, Any]:
    """What the template shows.

    Args:
        content: of `counterfactual.json`.
    """
    names = [display(entry["kind"]) for entry in content["kinds"]]
    lines = findings(content)
    some, unknown = undecided(content)
    return {
        "title": _title(lines, len(names)),
        "lead": f"Simulated pasts near the record were run again with one thing left undone, on the same random numbers: "
        f"{content['pairs']} pairs for each of {listed(names)}. {_rule(content)}",
        "findings": lines, "some": some, "unknown": unknown, "figure": _figure(content), "rows": _rows(content),
        "prior": [display(entry["kind"]) for entry in content["kinds"] if not entry["posterior"]],
    }  # fmt: skip


def _title(lines: Sequence[str], kinds: int) -> str:
    if kinds < 2:
        return "What would have changed, under the one explanation asked"
    if not lines:
        return "On no supposition do the explanations agree about what would have changed"
    plural, asked = "s" if len(lines) > 1 else "", "both" if kinds == 2 else f"all {count_word(kinds)}"
    return f"{count_word(len(lines)).capitalize()} supposition{plural} on which {asked} explanations and mixtures agree"


def _rule(content: Mapping[str, Any]) -> str:
    if content["rule"] == "fits":
        return "They are every explanation that fits the record, and the mixture of all eight."
    return "No explanation fits the record; they are those nearest to it, and the mixture of all eight."


def _figure(content: Mapping[str, Any]) -> Figure:
    panels = []
    for entry in content["kinds"]:
        rows = [
            drawn(one["title"], _inside(change), per_cent(change))
            for one in content["switches"].values()
            for change in [one["kinds"][entry["kind"]]["measures"]["first_category:all"]["relative"]]
        ]
        panels.append(Markup(f'<section class="pred"><h4>{escape(display(entry["kind"]))}</h4>{Markup("").join(rows)}</section>'))
    keys: list[Key] = [
        *dot_keys("90 % of pairs reach across no change", "middle and 90 % of pairs"), line_key("when", "as it was"),
    ]  # fmt: skip
    return Figure(
        id="supposed",
        finding="How many fewer or more people would have been sentenced to death",
        definition="Change of the number sentenced to death, 1934-39, within pairs of simulated pasts that differ by one thing "
        "and share everything else, in per cent of what was. Each row runs from −100 % (nobody) to +50 %.",
        keys=tuple(keys), body=Markup("").join(panels),
        tables=_tables(content), source="Simulated; every change is that of a model, under its assumptions.",
    )  # fmt: skip


def _place(value: float) -> float:
    return 100 * (min(max(value, LOW), HIGH) - LOW) / (HIGH - LOW)


def _inside(spread: Mapping[str, float] | None) -> str:
    """A dot with its interval on the axis, and an upright line where nothing changes."""
    zero = percent(_place(0.0))
    inside = '<line class="track" x1="0%" x2="100%" y1="10" y2="10"/>'
    inside += f'<line class="when" x1="{zero}%" x2="{zero}%" y1="0" y2="20"/>'
    if spread is None:
        return inside
    low, mid, high = (percent(_place(spread[q])) for q in ("q05", "q50", "q95"))
    open_ = " open" if spread["q05"] <= 0.0 <= spread["q95"] else ""
    return (
        f'{inside}<line class="ci" x1="{low}%" x2="{high}%" y1="10" y2="10"/>'
        f'<circle class="dot{open_}" cx="{mid}%" cy="10" r="4.5"/>'
    )


def _tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    out = []
    for entry in content["kinds"]:
        for caption, measures in (("by question", TITLES), ("by phase", PHASES)):
            rows = [
                (one["title"], *(per_cent(one["kinds"][entry["kind"]]["measures"][m]["relative"]) for m in measures))
                for one in content["switches"].values()
            ]
            out.append(
                table(f"{display(entry['kind'])}, {caption}: change in per cent, middle (90 % of pairs); sentenced to death "
                      "unless said otherwise", ("Supposed", *measures.values()), rows)
            )  # fmt: skip
    rows = [
        (one["title"], *(one["agreed"][m]["holds"] for m in TITLES)) for one in content["switches"].values()
    ]
    out.append(table("Under how many explanations the same is said of each question", ("Supposed", *TITLES.values()), rows))
    return tuple(out)


def _rows(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The switches that were asked, once each, with what they mean."""
    found: dict[str, dict[str, str]] = {}
    for one in content["switches"].values():
        for row in one["rows"]:
            found[row["slug"]] = {
                "title": row["title"], "edit": row["edit"], "plausible": row["plausible"], "reason": row["reason"],
                "tests": row["tests"], "source": ", ".join(row["source"]),
            }  # fmt: skip
    return list(found.values())
