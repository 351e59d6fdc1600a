"""Chapter: whether history that was left out is foretold."""

from __future__ import annotations

from typing import Any

from thirtyseven.publish.chapters.bands import interval_rows
from thirtyseven.publish.charts.figure import Figure, Table, table
from thirtyseven.publish.charts.marks import dot_keys, line_key

FILE = "heldout.json"


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and figures of the chapter, from `heldout.json`."""
    sets = [
        *content["statistics"],
        {"left_out": "raises of 1938, in eight folds of regions"} | content["raises"],
        {"left_out": "months, one by one"} | content["months"],
        {"left_out": "figures of single places"} | content["places"],
    ]
    rows, told = [], 0
    for entry in sets:
        naive, prior = entry.get("over_naive"), entry.get("over_prior")
        difference = naive if naive and (naive["error"] is not None or not prior) else prior
        mean, error = difference["mean"], 2 * (difference["error"] or 0.0)
        told += difference["error"] is not None and mean - error > 0
        rows.append((entry["left_out"], mean - error, mean, mean + error, 0.0))
    top = max(1.0, *(r[3] for r in rows))
    low = min(-1.0, *(r[1] for r in rows))
    figure = Figure(
        id="heldout",
        finding=f"Of {len(rows)} pieces of history left out, {told} were foretold better than by a naive rule beyond doubt",
        definition="Difference of mean log scores, with two standard errors: right of the tick the model did better; 0.7 "
        "means that what happened was twice as probable under it. Naive: last year’s figure, equal months, any week, a region’s "
        "share of the first limits; where there is no such rule, or for one figure only, the prior.",
        body=interval_rows(rows, low, top, "heldout-rows", "Difference of log scores by what was left out"),
        tables=(_scores(sets), _places(content)),
        keys=(dot_keys("", "model over naive, two standard errors")[0], line_key("tick", "no difference")),
        source="Simulated and compiled: prior runs of the bank weighed by what was not left out, against the record’s "
        "statistics; a few figures a set, so the errors are wide.",
    )
    return {"figure": figure}


def _scores(sets: list[dict[str, Any]]) -> Table:
    return table(
        "Mean log scores",
        ("Left out", "Figures", "Model", "Naive", "Prior", "Over naive", "Over the prior", "In 50 %", "In 90 %"),
        [
            (
                e["left_out"],
                str(e["n"]),
                f"{e['model']:.2f}",
                _number(e.get("naive")),
                _number(e.get("prior")),
                _apart(e.get("over_naive")),
                _apart(e.get("over_prior")),
                f"{100 * e['covered50']:.0f} %",
                f"{100 * e['covered90']:.0f} %",
            )
            for e in sets
        ],
    )


def _places(content: dict[str, Any]) -> Table:
    return table(
        "Single places, foretold without their own figures",
        ("Figure", "From", "To", "Recorded", "5 %", "50 %", "95 %", "What the record has"),
        [
            (
                r["id"],
                r["from"],
                r["to"],
                f"{r['observed']:,.0f}",
                f"{r['q05']:,.0f}",
                f"{r['q50']:,.0f}",
                f"{r['q95']:,.0f}",
                r["says"],
            )
            for r in content["places"]["rows"]
        ],
        notes=(7,),
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _apart(difference: dict[str, Any] | None) -> str:
    if difference is None:
        return "–"
    error = difference["error"]
    return f"{difference['mean']:+.2f}" + ("" if error is None else f" ± {error:.2f}")
