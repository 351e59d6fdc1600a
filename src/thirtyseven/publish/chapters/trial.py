"""Sealed trials: pasts whose makers were unknown to the weighing, and the score over many."""

from typing import Any

from thirtyseven.publish.charts.figure import Table, table
from thirtyseven.publish.names import QUESTIONS, display, listed
from thirtyseven.publish.wording import number

FILE = "trials.json"


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words and tables for the page."""
    own = [t for t in content["trials"] if t["code_digest"] == content["code_digest"]]
    return {"lines": lines(content), "tables": [trials_table(own), *calibration_table(content)], "trials": len(own)}


def lines(content: dict[str, Any]) -> list[str]:
    """The score in sentences."""
    found = content["score"]
    if not found["trials"]:
        return ["No trial of the present version has been made; those of older ones are kept in the file."]
    told = found["told_right"] + found["told_wrong"]
    out = [
        f"In {found['trials']} sealed {_pasts(found['trials'])} the instrument was sure enough to speak of {told} of "
        f"{told + found['silent']} switches, and was right {found['told_right']} times and wrong {found['told_wrong']} times.",
        f"It called {found['false_flags']} of {found['asked']} questions “none of these”, each time falsely; with 5 of 100 false "
        f"alarms allowed about {number(0.05 * found['asked'], 0)} were to be expected.",
    ]
    if found["gain"] is not None:
        error = f" (standard error {number(found['gain_error'])})" if found["gain_error"] is not None else ""
        verdict = "more than" if found["gain"] > 2 * (found["gain_error"] or 1.0) else "not clearly more than"
        out.append(f"Its probabilities say {verdict} the prior does: log score {number(found['log_score'])} a switch, "
                   f"the prior’s {number(found['prior_score'])}, gain {number(found['gain'])}{error}.")  # fmt: skip
    return out


def _pasts(n: int) -> str:
    return "past" if n == 1 else "pasts"


def trials_table(trials: list[dict[str, Any]]) -> Table:
    """One row a trial."""
    rows = [
        (str(t["seed"]), t["commitment"][:12], _made(t), str(t["told_right"]), str(t["told_wrong"]), str(t["silent"]),
         listed([QUESTIONS[q].title for q in t["flagged"]]) or "–", number(t["log_score"] - t["prior_score"]), t["budget"])
        for t in trials
    ]  # fmt: skip
    head = ("seed", "commitment", "what was sealed", "right", "wrong", "silent", "falsely “none”", "gain", "budget")
    return table("Sealed pasts, opened", head, rows, notes=(2,))


def calibration_table(content: dict[str, Any]) -> list[Table]:
    """Stated and true over all trials, where there are enough."""
    bins = content["score"]["reliability"]
    rows = [(number(b["stated"]), number(b["true"]), str(b["n"])) for b in bins]
    return [table("Stated probability and what was so, all trials", ("stated", "true", "switches"), rows)] if rows else []


def _made(trial: dict[str, Any]) -> str:
    made = {q: ", ".join(display(s) for s in own) for q, own in trial["mechanisms"].items() if own and q in QUESTIONS}
    return "; ".join(f"{QUESTIONS[q].title}: {names}" for q, names in made.items())
