"""Chapter: whether the parameters' intervals hold the truth as often as they say."""

from __future__ import annotations

from typing import Any

from thirtyseven.publish.chapters.bands import interval_rows
from thirtyseven.publish.charts.figure import Figure, Key, Table, table
from thirtyseven.publish.charts.marks import dot_keys, line_key

FILE = "calibration.json"
_HEAD = (
    "Number",
    "In 50 %",
    "In 80 %",
    "In 95 %",
    "Ranks uniform, p",
    "Ranks by tenths",
    "Contraction",
    "Told by the record",
)


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and figure of the chapter, from `calibration.json`."""
    every = content["all"]
    coverage = every["coverage"]
    if not every["tests"]:
        return {
            "figure": None,
            "says": "No known truth came near enough to the record to be asked; a larger budget keeps more.",
        }
    rows = [
        (
            f"{level} % interval",
            own["mean"] - 2 * own["error"],
            own["mean"],
            own["mean"] + 2 * own["error"],
            int(level) / 100,
        )
        for level, own in coverage.items()
    ]
    honest = all(abs(own["mean"] - int(level) / 100) <= 2 * own["error"] for level, own in coverage.items())
    low = [level for level, own in coverage.items() if own["mean"] < int(level) / 100 - 2 * own["error"]]
    verdict = (
        "hold the truth about as often as they say"
        if honest
        else ("are too narrow" if low else "are wider than they need to be")
    )
    keys: tuple[Key, ...] = (
        dot_keys("", "share of truths inside, two standard errors")[0],
        line_key("tick", "what is promised"),
    )
    asked = ", ".join(f"{kind}, {own['truths']} truths" for kind, own in content["kinds"].items())
    figure = Figure(
        id="calibration",
        finding=f"Shown pasts whose numbers are known, the intervals {verdict}",
        definition="Share of the known truths that lie within the interval, over all parameters of the kinds that are reported; "
        "a tick stands at the promised share.",
        body=interval_rows(rows, 0.0, 1.0, "calibration-rows", "How often intervals held known truths"),
        tables=_tables(content),
        keys=keys,
        source=f"Simulated: {asked}; runs that no fit has seen, with the archive’s error.",
        after=(
            f"Ranks are not uniform for {every['not_uniform']} of {every['tests']} numbers (p below .01; by chance about "
            f"{max(round(every['tests'] / 100), 1)}). The record moves {every['moved']} of them; the others are marked “prior”: "
            "their intervals say what was believed before.",
        ),
    )
    return {"figure": figure, "says": ""}


def _tables(content: dict[str, Any]) -> tuple[Table, ...]:
    """One table a kind, one row a number."""
    asked = {kind: own for kind, own in content["kinds"].items() if own["truths"]}
    return tuple(
        table(f"{kind}: {own['truths']} known truths", _HEAD, [_row(r) for r in own["parameters"] if r["truths"]])
        for kind, own in asked.items()
    )


def _row(r: dict[str, Any]) -> tuple[str, ...]:
    inside = (f"{100 * r[name]:.0f} %" for name in ("covered50", "covered80", "covered95"))
    tenths = " ".join(str(n) for n in r["ranks"])
    return (
        r["name"],
        *inside,
        f"{r['uniform']:.2f}",
        tenths,
        f"{r['contraction']:.2f}",
        "yes" if r["moved"] else "prior",
    )
