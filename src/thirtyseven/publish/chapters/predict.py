"""Chapter: what the explanations that fit predict of series that the program has not seen."""

from __future__ import annotations

from typing import Any

from thirtyseven.publish.chapters.bands import KEY, band_panels
from thirtyseven.publish.charts.figure import Figure, table

FILE = "predict.json"


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and figure of the chapter, from `predict.json`."""
    series = content["series"]
    titles = [f"{s['quantity'].replace('-', ' ').capitalize()}, {s['place']}" for s in series]
    tables = [
        table(
            f"{title}, by month: {s['unit']}",
            ("Month", "Mean", "5 %", "25 %", "50 %", "75 %", "95 %"),
            [(r["period"], *(f"{r[q]:,.0f}" for q in ("mean", "q05", "q25", "q50", "q75", "q95")))
             for r in (*s["series"], {"period": "in all"} | s["total"])],
        )
        for title, s in zip(titles, series, strict=True)
    ]  # fmt: skip
    kinds = sorted(series[0]["kinds"].items(), key=lambda pair: -pair[1])
    figure = Figure(
        id="predicted",
        finding="What the explanations that fit predict, month by month, of series that were not shown to them",
        definition="People by month, in thousands; each panel has its own scale. The band holds nine predictions of "
        "ten.",
        body=band_panels(list(zip(titles, [s["series"] for s in series], strict=True))),
        tables=tuple(tables),
        keys=(KEY,),
        source="Simulated: runs of "
        + ", ".join(f"{kind} ({100 * w:.0f} %)" for kind, w in kinds)
        + ", weighed by their nearness to the statistics, bound to the record’s totals.",
        after=_bound(titles, series),
    )
    return {"figure": figure, "samples": series[0]["samples"]}


def _bound(titles: list[str], series: list[dict[str, Any]]) -> tuple[str, ...]:
    """What of the record the series were bound to: what they share once, then what each has of its own."""
    shared = [line for line in series[0]["rests_on"] if all(line in s["rests_on"] for s in series)]
    own = [(title, [line for line in s["rests_on"] if line not in shared]) for title, s in zip(titles, series, strict=True)]
    return (f"All are bound to {'; '.join(shared)}.", *(f"{title}: also to {'; '.join(some)}." for title, some in own if some))
