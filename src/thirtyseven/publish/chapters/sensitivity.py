"""Chapter: how far the answer moves if something is left out, or believed otherwise before."""

from __future__ import annotations

from typing import Any

from thirtyseven.publish.chapters.bands import interval_rows
from thirtyseven.publish.charts.figure import Figure, Table, table
from thirtyseven.publish.charts.marks import dot_keys, line_key

FILE = "sensitivity.json"


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and figure of the chapter, from `sensitivity.json`."""
    base, *changes = content["variants"]
    noise = content["noise_mean"]
    rows = [(v["name"], 0.0, v["moved"], v["furthest"]["by"], noise) for v in changes]
    steady = [q for q in base["first"] if not any(q in v["other_first"] for v in changes)]
    alone = sum(v["ranking"][0] != base["ranking"][0] for v in changes)
    questions = ", ".join(f"“{q}”" for q in steady)
    stays = f"Whatever is left out, the same mechanism stays first, or level with the first, for {questions}"
    moves = "For every question some change puts another mechanism first"
    figure = Figure(
        id="sensitivity",
        finding=stays if steady else moves,
        definition="Change of the probability that a mechanism is switched on: mean over all questions and mechanisms (dot), "
        "furthest one (end of the line), for each change. The tick is what chance alone brings on average.",
        body=interval_rows(
            rows, 0.0, max(0.5, *(r[3] for r in rows)), "sensitivity-rows", "How far inclusion moves by change"
        ),
        tables=(_moves(changes),),
        keys=(dot_keys("", "mean move, and the furthest")[0], line_key("tick", "chance alone")),
        source="Simulated: the weighing’s bank asked again by a third, rougher estimator; compare its moves with one another, "
        "not its level with the answers above.",
        after=(
            f"Alone and by nearness, {base['ranking'][0]} stands first of the single explanations; another does under {alone} "
            f"of {len(changes)} changes.",
        ),
    )
    return {"figure": figure}


def _moves(changes: list[dict[str, Any]]) -> Table:
    return table(
        "Every change",
        (
            "Change",
            "Statistics",
            "Runs worth",
            "Mean move",
            "Furthest",
            "From",
            "To",
            "Another first for",
            "First alone",
        ),
        [
            (
                v["name"],
                str(v["statistics"]),
                f"{v['worth']:.0f}",
                f"{v['moved']:.2f}",
                f"{v['furthest']['question']}, {v['furthest']['slug']}",
                f"{v['furthest']['from']:.2f}",
                f"{v['furthest']['to']:.2f}",
                ", ".join(v["other_first"]) or "–",
                v["ranking"][0],
            )
            for v in changes
        ],
    )
