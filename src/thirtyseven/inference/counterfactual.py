"""Counterfactuals: the same pasts once more, with one thing left undone.

Every posterior point of an explanation that fits, and of the composite, is run as it was and with a switch, on the same
seed. What counts is the difference within the pair, its spread over points and seeds, and whether explanations that fit
equally well agree on it. Where they differ in sign the answer is "unknown", whatever the mean.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.inference.bank import Progress
from thirtyseven.inference.effects import (
    PHASES,
    WHERE,
    Points,
    asked_kinds,
    conduct_digest,
    direction,
    interval,
    people_of,
    points,
    runs,
    together,
)
from thirtyseven.inference.finished import Finished, write_beside
from thirtyseven.inference.fits import Fit, Fits
from thirtyseven.inference.result import plain
from thirtyseven.inference.simulator import Floats
from thirtyseven.record import Record
from thirtyseven.scenario.switches import Supposed, Switch, supposed
from thirtyseven.simulation.conduct import AS_IT_WAS, Conduct
from thirtyseven.simulation.supposed import Supposing

NAME = "counterfactual"
DRAWS = 20
"""Pairs of runs of every explanation and switch in the quick default."""
FOLDER = "paired"
"""Where paired runs are kept, in the weighing's folder."""
MEASURES: tuple[tuple[str, str, str], ...] = (
    *(("first_category", question, "whole") for question in ("all", "elite", "mass", "national", "ordinary")),
    *(("arrested", question, "whole") for question in ("all", "elite", "mass", "national", "ordinary")),
    *(("first_category", "all", phase) for phase in PHASES),
)
"""What is compared: `WHAT`, question, phase; beside them people sentenced beyond the first limits (`WHERE`)."""

Counted = Mapping[str, NDArray[Any]]


class CounterfactualError(ValueError):
    """A question that cannot be asked of this weighing, with the way out."""


def label(what: str, question: str, phase: str) -> str:
    """The name of a measure in the file: "first_category:all", "first_category:all@first"."""
    return f"{what}:{question}" + ("" if phase == "whole" else f"@{phase}")


def counterfactual(finished: Finished, record: Record, names: Sequence[str] = (), *, draws: int = DRAWS, workers: int = 1,
                   progress: Progress | None = None) -> dict[str, Any]:  # fmt: skip
    """Run paired pasts and say what changes.

    Args:
        finished: the weighing.
        record: the loaded record.
        names: switches, two joined by + where they act together; all of them where none is named.
        draws: pairs of every explanation.
        workers: processes.
        progress: told (stage, done, total).

    Returns:
        The content of `counterfactual.json`, plain.

    Raises:
        SwitchError: there is no such switch.
        CounterfactualError: the weighing left no draws, or fewer than two pairs are asked for.
    """
    wanted = supposed(tuple(names))
    kinds = asked_kinds(finished)
    if not kinds:
        raise CounterfactualError(
            f"The weighing in {finished.folder} left no posterior draws; run `thirtyseven weigh --out {finished.folder}` again."
        )
    if draws < 2:
        raise CounterfactualError(f"{draws} pair gives no interval; ask for --draws 2 or more.")
    some = {kind: points(finished.draws[kind], draws, finished.seed, NAME) for kind in kinds}
    made = _made(finished, record, some, wanted, workers, progress)
    switches = {one.name: _switch(one, kinds, made) for one in wanted}
    return plain(
        finished.provenance(record)
        | {"conduct_digest": conduct_digest(), "pairs": draws, "rule": finished.result["robust"]["rule"],
           "kinds": [{"kind": kind, "posterior": some[kind].posterior} for kind in kinds], "switches": switches}
    )  # fmt: skip


def write_counterfactual(finished: Finished, content: dict[str, Any]) -> dict[str, Any]:
    """Write `counterfactual.json`; switches asked before under the same conditions stay in it.

    Returns:
        What the file now holds.
    """
    path = finished.folder / f"{NAME}.json"
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        earlier = {}
    conditions = [name for name in content if name != "switches"]
    if isinstance(earlier, dict) and all(earlier.get(name) == content[name] for name in conditions):
        content = content | {"switches": {**earlier.get("switches", {}), **content["switches"]}}
    write_beside(finished, NAME, content)
    return content


def _made(finished: Finished, record: Record, some: Mapping[str, Points], wanted: Sequence[Supposed], workers: int,
          progress: Progress | None) -> dict[tuple[str, str], Counted]:  # fmt: skip
    """All runs, by kind and name of what is supposed; "" is as it was."""
    institutions, code = finished.institutions(record), conduct_digest()
    conducts: dict[str, Conduct] = {"": AS_IT_WAS} | {one.name: Supposing(one) for one in wanted}
    keys = [(kind, name) for name in conducts for kind in some]
    fits = [
        Fit(f"{NAME}-{name or 'as-it-was'}-{kind}", runs,
            (institutions, kind, some[kind].u, some[kind].seeds, conducts[name], code))
        for kind, name in keys
    ]  # fmt: skip
    found = Fits(finished.folder / FOLDER, workers, progress).make("paired pasts", fits)
    return dict(zip(keys, found, strict=True))


def _switch(what: Supposed, kinds: Sequence[str], made: Mapping[tuple[str, str], Counted]) -> dict[str, Any]:
    """What one supposition changes under every kind, and what they agree on."""
    by_kind = {kind: _pairs(made[kind, ""], made[kind, what.name]) for kind in kinds}
    names = next(iter(by_kind.values()))["measures"]
    agreed = {
        name: {"holds": together([by_kind[kind]["measures"][name]["word"] for kind in kinds]),
               "words": {kind: by_kind[kind]["measures"][name]["word"] for kind in kinds}}
        for name in names
    }  # fmt: skip
    return {
        "title": what.title, "had": what.had, "grade": what.grade, "rows": [described(one) for one in what.switches],
        "kinds": by_kind, "agreed": agreed,
    }  # fmt: skip


def described(one: Switch) -> dict[str, Any]:
    """A switch's row of the table, plain."""
    return {
        "slug": one.slug, "title": one.title, "edit": one.edit, "date": one.day.isoformat(), "plausible": one.plausible,
        "reason": one.reason, "tests": one.tests, "source": list(one.source), "grades": list(one.grades),
    }  # fmt: skip


def _pairs(base: Counted, other: Counted) -> dict[str, Any]:
    """Differences within pairs, for every measure."""
    measures = {}
    for what, question, phase in MEASURES:
        was, would = (people_of(arrays, question, what, phase) for arrays in (base, other))
        measures[label(what, question, phase)] = _change(was, would)
    measures[f"sentenced:{WHERE}"] = _change(base["where"].astype(float), other["where"].astype(float))
    both = (base["stop"] >= 0) & (other["stop"] >= 0)
    return {
        "measures": measures,
        "begins": {"as_it_was": float((base["launch"] >= 0).mean()), "supposed": float((other["launch"] >= 0).mean())},
        "ends_earlier_weeks": interval((base["stop"] - other["stop"])[both].astype(float)),
    }


def _change(was: Floats, would: Floats) -> dict[str, Any]:
    """How many fewer or more, in people and as a share of what was."""
    with np.errstate(all="ignore"):
        relative = np.where(was > 0, (would - was) / np.where(was > 0, was, 1.0), np.nan)
    return {
        "as_it_was": interval(was), "supposed": interval(would), "change": interval(would - was),
        "relative": interval(relative), "word": direction(relative), "pairs": int(np.isfinite(relative).sum()),
    }  # fmt: skip
