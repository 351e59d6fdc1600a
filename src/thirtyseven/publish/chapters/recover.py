"""Known pasts: does the instrument find their makers, and is it as sure as it may be?"""

from typing import Any

from markupsafe import Markup, escape

from thirtyseven.publish.charts.figure import Figure, Key, Table, table
from thirtyseven.publish.charts.tiles import bin_of
from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, display, listed
from thirtyseven.publish.trust import MATRIX_EDGES, STRANGERS
from thirtyseven.publish.wording import number

FILE = "recover.json"

_DIAGONAL = '<line class="when" x1="0" y1="14" x2="14" y2="0"/>'
WHY = {
    "better copies": "flawless copies of the same series would tell them apart",
    "same paperwork": "no copy of these series would: they lead to the same paperwork, and only papers of another kind can help",
}


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words, figures and tables for the page."""
    figures = [calibration_figure(content)] if content["inclusion"] else []
    figures += [figure for figure in (strangers_figure(content), pairs_figure(content)) if figure]
    return {"lines": lines(content), "figures": figures, "pairs": pair_lines(content)}


def lines(content: dict[str, Any]) -> list[str]:
    """What came out, in sentences that the numbers bear."""
    return [line for line in (_single_line(content), _toy_line(content), _honest_line(content), _stranger_line(content)) if line]


def _single_line(content: dict[str, Any]) -> str:
    singles = content["singles"]
    if not singles:
        return ""
    n = sum(singles["truths"])
    return (
        f"Of {n} pasts made by one explanation alone, with the record’s gaps and errors, the instrument names the right one in "
        f"{number(100 * singles['accuracy_slug'], 0)} of 100 (guessing: {number(100 / len(singles['slugs']), 0)})."
    )


def _toy_line(content: dict[str, Any]) -> str:
    toy = content["ceiling"]
    gap, distance = toy["gap"], toy["mean"]["distance"]
    held = "within" if gap["mean"] <= 0.05 else "not within"
    return (
        f"On a toy of the same shape whose right answer can be computed ({toy['sets']} pasts, {toy['known']} of {toy['counts']} "
        f"counts known), the best possible answer names {number(100 * toy['exact']['accuracy'], 0)} of 100 rightly and ours "
        f"{number(100 * toy['mean']['accuracy'], 0)}: {held} the 5 that we allow "
        f"(standard error of the difference {number(100 * gap['error'], 0)}). Its probabilities are {number(distance)} off "
        f"(total variation) on average."
    )


def _honest_line(content: dict[str, Any]) -> str:
    gaps = {q: entry["networks"]["ece"] for q, entry in content["inclusion"].items()}
    if not gaps:
        return ""
    worst = max(gaps, key=lambda q: gaps[q])
    chance = content["inclusion"][worst]["networks"]["ece_if_honest"]
    ok = "as we require" if gaps[worst] <= 0.05 else "more than the .05 that we require"
    return (
        f"In known mixtures a stated probability is off by at most {number(gaps[worst])} on average "
        f"({QUESTIONS[worst].title.lower()}; {ok}; perfectly honest ones would seem off by {number(chance)} with so few pasts)."
    )


def _stranger_line(content: dict[str, Any]) -> str:
    rows = [row for row in content["floors"] if row["name"] == "strangers"]
    seen = [QUESTIONS[r["question"]].title.lower() for r in rows if r["met"]]
    missed = [f"{QUESTIONS[r['question']].title.lower()} ({number(100 * r['found'], 0)} of 100)" for r in rows if not r["met"]]
    if not rows:
        return ""
    first = f"Pasts that are foreign in one question are noticed there in eight of ten or more for {listed(seen)}" if seen else ""
    second = f"less often for {listed(missed)}: there the silence of “none of these” means less" if missed else ""
    text = "; ".join(part for part in (first, second) if part)
    return text[:1].upper() + text[1:] + "."


def calibration_figure(content: dict[str, Any]) -> Figure:
    """Stated probability against frequency, one panel a question."""
    panels, rows = [], []
    for q, entry in content["inclusion"].items():
        own = entry["networks"]
        panels.append(_panel(QUESTIONS[q].title, own["reliability"]))
        both = entry.get("both")
        rows.append((QUESTIONS[q].title, str(own["truths"]), number(own["auc"]), number(own["ece"]), number(own["ece_if_honest"]),
                     number(entry["two_to_four"]["auc"]) if entry["two_to_four"] else "–",
                     f"{number(both['ece'])} ({both['truths']})" if both else "–"))  # fmt: skip
    bins = [
        (QUESTIONS[q].title, number(b["stated"]), number(b["true"]), f"{number(b['low'])} to {number(b['high'])}", str(b["n"]))
        for q, entry in content["inclusion"].items()
        for b in entry["networks"]["reliability"]
    ]
    return Figure(
        id="recover-calibration",
        finding="How often what is called so probable is true, in mixtures whose makers are known",
        definition="Across: stated probability that a mechanism is at work, 0 to 1. Up: how often it was, with 90 % interval. On "
        "the diagonal a statement is as sure as it may be.",
        body=Markup(f'<div class="scroll" tabindex="0" role="region" aria-label="Reliability">{"".join(panels)}</div>'),
        tables=(
            table("By question: known mixtures, chance that a mechanism that is on ranks above one that is off, gap of stated "
                  "and true, the gap that honest ones would show, the second for pasts of two to four mechanisms, and the gap "
                  "of the mean of both estimators (pasts)",
                  ("question", "pasts", "on above off", "gap", "if honest", "two to four", "both"), rows),
            table("Stated and true, in tenths of the cases", ("question", "stated", "true", "90 %", "cases"), bins),
        ),
        source="Simulated: mixtures near the record, each judged by the network that left it out.",
        keys=(Key(Markup(f'<svg width="14" height="14" aria-hidden="true">{_DIAGONAL}</svg>'), "as sure as it may be"),),
    )  # fmt: skip


def _panel(title: str, bins: list[dict[str, float]]) -> str:
    """One reliability diagram, 100 by 100 units, with its name under it."""
    marks = ""
    for b in bins:
        x, y, low, high = 100 * b["stated"], 100 - 100 * b["true"], 100 - 100 * b["low"], 100 - 100 * b["high"]
        marks += f'<line class="ci" x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>'
        marks += f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
    return (
        f'<svg width="150" height="164" viewBox="-4 -4 112 122" role="img" aria-label="{escape(title)}: stated and true">'
        f'<line class="when" x1="0" y1="100" x2="100" y2="0"/><line class="ci" x1="0" y1="100" x2="100" y2="100"/>'
        f'<line class="ci" x1="0" y1="0" x2="0" y2="100"/>{marks}<text x="0" y="114" font-size="10">{escape(title)}</text></svg>'
    )


def strangers_figure(content: dict[str, Any]) -> Figure | None:
    """What share of strangers is noticed, by question."""
    by = content["strangers"].get("by", {})
    if not by:
        return None
    body = []
    for name, entry in by.items():
        cells = []
        for q in QUESTIONS:
            seen = entry["flagged"].get(q)
            css = "" if seen is None else f"sim{bin_of(seen, MATRIX_EDGES)}{' own' if q in entry['foreign'] else ''}"
            cells.append(f'<td class="{css}">{"–" if seen is None else f"{100 * seen:.0f}"}</td>')
        body.append(f'<tr><th scope="row">{escape(STRANGERS.get(name, name))}</th>{"".join(cells)}'
                    f'<td>{100 * entry["any"]:.0f}</td><td class="n">{entry["pasts"]}</td></tr>')  # fmt: skip
    heads = "".join(f'<th scope="col">{escape(QUESTIONS[q].title)}</th>' for q in QUESTIONS)
    return Figure(
        id="recover-strangers",
        finding="Which pasts that no explanation made are noticed",
        definition="Of 100 such pasts: how many are called “none of these”. Outlined: foreign in that question by construction. "
        "Of the explanations’ own pasts 5 of 100 are called so.",
        body=Markup('<div class="scroll matrix" tabindex="0" role="region" aria-label="Strangers by question"><table>'
                    "<caption>Called “none of these”, of 100</caption><thead><tr><th scope=\"col\">made by</th>"
                    f'{heads}<th scope="col">any of them</th><th scope="col">pasts</th></tr></thead>'
                    f"<tbody>{''.join(body)}</tbody></table></div>"),
        tables=(),
        source="Simulated, with the record’s gaps and errors. Where a lot looks like what an explanation says (a lottery of "
        "regions is also what a schedule says of the raises), it must not be noticed.",
    )  # fmt: skip


def pairs_figure(content: dict[str, Any]) -> Figure | None:
    """How well every two explanations are told apart."""
    pairs = {(p["first"], p["second"]): p for p in content["pairs"]["singles"]}
    if not pairs:
        return None
    slugs = [s for s in EXPLANATIONS if any(s in key for key in pairs)]
    body = []
    for a in slugs:
        cells = []
        for b in slugs:
            pair = pairs.get((a, b)) or pairs.get((b, a))
            value = None if pair is None else pair["auc"]
            apart = pair is not None and pair["verdict"] == "apart"
            cells.append("<td>–</td>" if value is None else f'<td class="{"told" if apart else "untold"}">{value:.2f}</td>')
        body.append(f'<tr><th scope="row">{escape(display(a))}</th>{"".join(cells)}</tr>')
    heads = "".join(f'<th scope="col">{escape(display(s))}</th>' for s in slugs)
    return Figure(
        id="recover-pairs",
        finding=_pairs_finding(content),
        definition="Two explanations, each alone: 1 if a past of the one is always told from a past of the other, 0.5 if not at "
        "all. Pale: under 0.9, not told apart.",
        body=Markup('<div class="scroll matrix" tabindex="0" role="region" aria-label="Pairs told apart"><table>'
                    "<caption>Area under the ROC curve of a regression on all statistics, on pasts that it has not seen</caption>"
                    f'<thead><tr><th scope="col">Explanation</th>{heads}</tr></thead>'
                    f"<tbody>{''.join(body)}</tbody></table></div>"),
        tables=(_switch_table(content),),
        source="Simulated: single explanations near the record; in the table, mixtures with one of the two mechanisms.",
    )  # fmt: skip


def _pairs_finding(content: dict[str, Any]) -> str:
    open_ = [p for p in content["pairs"]["singles"] if p["verdict"] not in (None, "apart")]
    if not open_:
        return "Alone, every explanation is told from every other"
    return f"Alone, all but {len(open_)} of {len(content['pairs']['singles'])} pairs of explanations are told apart"


def _switch_table(content: dict[str, Any]) -> Table:
    rows = [
        (QUESTIONS[p["question"]].title, f"{display(p['first'])} or {display(p['second'])}", number(p["auc"]),
         number(p["flawless"]), ", ".join(d["id"] for d in p["differ"]))
        for p in content["pairs"]["switches"]
        if p["auc"] is not None
    ]  # fmt: skip
    return table(
        "Mechanisms within mixtures: told apart with the archive’s errors, and with flawless copies of the same series; the "
        "statistics that differ most", ("question", "pair", "as it is", "flawless", "differ most"), rows, notes=(4,),
    )  # fmt: skip


def pair_lines(content: dict[str, Any]) -> list[str]:
    """Which pairs cannot be separated, why, and what would."""
    found = []
    for pair in [p for p in content["pairs"]["singles"] if p["verdict"] in WHY][:6]:
        found.append(f"{display(pair['first'])} and {display(pair['second'])}, each alone ({number(pair['auc'])}): "
                     f"{WHY[pair['verdict']]}. They differ most in {_differ(pair)}.")  # fmt: skip
    for q in QUESTIONS:
        own = [p for p in content["pairs"]["switches"] if p["question"] == q and p["auc"] is not None]
        apart = [p for p in own if p["verdict"] == "apart"]
        copies = [p for p in own if p["verdict"] == "better copies"]
        if not own:
            continue
        text = f"{QUESTIONS[q].title}, in mixtures: {len(apart)} of {len(own)} pairs of mechanisms are told apart"
        if copies:
            text += f"; flawless copies would tell {len(copies)} more"
        rest = len(own) - len(apart) - len(copies)
        found.append(f"{text}; the other {rest} lead to the same paperwork." if rest else f"{text}.")
    return found


def _differ(pair: dict[str, Any]) -> str:
    return listed([f"{d['id']} ({number(abs(d['gap']), 1)} spreads)" for d in pair["differ"]])
