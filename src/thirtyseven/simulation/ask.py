"""Questions that only a run of everybody can answer, asked of one run or of many.

`ask` asks one log; `spread` turns the answers of several runs into intervals. What can be asked stands in `QUESTIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from thirtyseven.record import Record
from thirtyseven.simulation import consequences as follow
from thirtyseven.simulation.chains import chains
from thirtyseven.simulation.cohorts import RECORDED as RECORDED_OFFICES
from thirtyseven.simulation.cohorts import cohorts
from thirtyseven.simulation.events import Events
from thirtyseven.simulation.families import families
from thirtyseven.simulation.motives import motives
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.society.people import Society

QUESTIONS = ("families", "chains", "motives", "cohorts", "consequences")
"""What can be asked: who lost somebody; who led to whom; why people denounced, under a stated judgement; what became of
offices, strata and party generations; what followed."""
QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}


class AskError(ValueError):
    """A question that cannot be asked, with the way out."""


def asked(text: str) -> tuple[str, ...]:
    """The questions that a word names: one of `QUESTIONS`, several with commas, or "all".

    Raises:
        AskError: there is no such question.
    """
    names = QUESTIONS if text == "all" else tuple(part.strip() for part in text.split(","))
    for name in names:
        if name not in QUESTIONS:
            raise AskError(f"There is no question '{name}'; ask one of: {', '.join(QUESTIONS)}, or all.")
    return names


def ask(names: Sequence[str], events: Events, society: Society, outcome: Outcome, record: Record) -> dict[str, Any]:
    """Ask one run.

    Args:
        names: of `QUESTIONS`.
        events: the log, lived to its last week.
        society: the society it was made with.
        outcome: the counts it was made from.
        record: for the facts that `consequences` starts from.

    Returns:
        Answers by question; numbers, strings and dicts of them only.
    """
    answers: dict[str, Any] = {}
    for name in names:
        if name == "consequences":
            answers[name] = follow.consequences(events, society, outcome, given(record))
        else:
            answers[name] = {"families": families, "chains": chains, "motives": motives, "cohorts": cohorts}[name](
                events, society
            )
    return answers


def given(record: Record) -> dict[str, float]:
    """The record's figures that consequences are computed from, by id."""
    return {name: float(record.figures[name].value or 0.0) for name in (*follow.DEATH_RATE.values(), follow.POLITICAL_1937)}


def spread(answers: Sequence[Any]) -> Any:
    """The answers of several runs as one: each number becomes its 5, 50 and 95 per cent points over the runs.

    Args:
        answers: dicts of the same shape; a key that some runs lack, or a null, is left out of those runs.

    Returns:
        The same shape; numbers become {"q05", "q50", "q95", "runs"}, other values those of the first run.
    """
    kept = [one for one in answers if one is not None]
    if kept and isinstance(kept[0], Mapping):
        names = dict.fromkeys(name for one in kept for name in one)
        return {name: spread([one.get(name) for one in kept]) for name in names}
    if not kept:
        return None
    if isinstance(kept[0], bool | str):
        return kept[0]
    values = np.asarray(kept, float)
    points = np.quantile(values, list(QUANTILES.values()))
    return dict(zip(QUANTILES, (float(p) for p in points), strict=True)) | {"runs": len(values)}


def at(answers: Mapping[str, Any], path: str) -> Any:
    """The answer at a path such as "officers.back_in_army"; None where there is none."""
    here: Any = answers
    for part in path.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return None
        here = here[part]
    return here


def beside(record: Record) -> dict[str, dict[str, Any]]:
    """The record's figures that stand beside simulated numbers, by question and path.

    Returns:
        By question and path: id, value, low, high, what it counts (`item`), source and whether it was seen.
    """
    offices = {f"offices.{office}.{what}": name for office, found in RECORDED_OFFICES.items() for what, name in found.items()}
    return {
        "cohorts": {path: _figure(record, name) for path, name in offices.items()},
        "consequences": {path: _figure(record, name) for path, name in follow.RECORDED.items()},
    }


def _figure(record: Record, name: str | tuple[str, str]) -> dict[str, Any]:
    if isinstance(name, tuple):
        base, percent = (record.figures[one] for one in name)
        value = float(base.value or 0.0) * float(percent.value or 0.0) / 100.0
        return {"id": " x ".join(name), "value": round(value), "low": None, "high": None, "item": percent.item,
                "source": percent.source, "seen": percent.seen}  # fmt: skip
    one = record.figures[name]
    number = [None if v is None else float(v) for v in (one.value, one.low, one.high)]
    return {"id": name, "value": number[0], "low": number[1], "high": number[2], "item": one.item, "source": one.source,
            "seen": one.seen}  # fmt: skip
