"""The sealed trial: a past whose makers are sealed is weighed like the record, then the seal is opened.

The past is a composite drawn from the prior: mechanisms, weights, numbers and seed together, drawn again until a mass
operation begins in it. That condition can be read off the past itself, so it leaves the posterior as it is and the stated
probabilities must still come true as often as they say. Its statistics get the archive's error and the observed table's
gaps. What is sealed is told by its commitment, a SHA-256 of mechanisms, point, seed and a nonce, which is published before
the weighing; afterwards anyone can hash what was opened. The weighing is that of `weigh`, on the same bank.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Bank, Progress
from thirtyseven.inference.budget import Budget
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.result import Weighing
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats, Simulator, WeighError, slugs_of
from thirtyseven.inference.weigh import _weigh
from thirtyseven.inference.work import Work
from thirtyseven.society import calendar
from thirtyseven.summaries.archive import reflected

_TRIES = 400
Mechanisms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Sealed:
    """A past and its seal.

    Attributes:
        seed: that it was drawn with.
        commitment: hex SHA-256 of `content`.
        content: canonical JSON of mechanisms by question, point, seed of the run, nonce.
        table: (S,) statistics with the archive's error, six digits; NaN at gaps.
        drawn: whether the mechanisms were drawn, and not chosen.
    """

    seed: int
    commitment: str
    content: str
    table: Floats
    drawn: bool

    def opened(self) -> dict[str, list[str]]:
        """The mechanisms that were at work, by question."""
        found: dict[str, list[str]] = json.loads(self.content)["mechanisms"]
        return found


def seal(simulator: Simulator, seed: int, gaps: np.ndarray, mechanisms: Mechanisms | None = None) -> Sealed:
    """Draw a past and seal its makers.

    Args:
        simulator: makes the pasts.
        seed: of the draw.
        gaps: (S,) statistics that the record does not have.
        mechanisms: by question, what is at work; drawn from the prior if not said.

    Raises:
        WeighError: unknown question or explanation, or one that is silent on the question; or no operation ever begins.
    """
    slugs, rng = slugs_of(simulator), stream(seed, "sealed trial")
    names = simulator.names(COMPOSITE)
    ids = [s.id for s in simulator.statistics]
    at = ids.index("launch") if "launch" in ids else None
    for _ in range(_TRIES):
        u = rng.random((1, len(names)))
        if mechanisms is not None:
            _switch(simulator, u, mechanisms)
        number = rng.integers(2**63, size=1, dtype=np.uint64)
        x = np.asarray(simulator.run(COMPOSITE, u, number), dtype=np.float64)[0]
        if at is None or x[at] < calendar.WEEKS:
            break
    else:
        raise WeighError(f"In {_TRIES} pasts with these mechanisms no mass operation begins; choose others with --mechanisms.")
    low, high, sd = np.array([[s.low, s.high, s.sd] for s in simulator.statistics]).T
    table = reflected(x + sd * stream(seed, "sealed archive").standard_normal(len(x)), low, high).round(6)
    on = np.asarray(simulator.included(COMPOSITE, u))[0]
    content = json.dumps(
        {"mechanisms": {q: [s for k, s in enumerate(slugs) if on[i, k]] for i, q in enumerate(QUESTIONS)},
         "nonce": stream(seed, "nonce").bytes(16).hex(), "point": u[0].tolist(), "seed": int(number[0])},
        sort_keys=True,
    )  # fmt: skip
    commitment = hashlib.sha256(content.encode()).hexdigest()
    return Sealed(seed, commitment, content, np.where(gaps, np.nan, table), mechanisms is None)


def _switch(simulator: Simulator, u: Floats, mechanisms: Mechanisms) -> None:
    """Put the composite's switches of a point as they are wanted, in place."""
    names, slugs, share = simulator.names(COMPOSITE), slugs_of(simulator), simulator.prior_inclusion
    wanted = np.zeros((len(QUESTIONS), len(slugs)), dtype=bool)
    for question, own in mechanisms.items():
        for slug in own:
            wanted[QUESTIONS.index(question), slugs.index(slug)] = True
    off = np.full((1, len(names)), 1 - 1e-9)
    for i in range(len(names)):
        trial = off.copy()
        trial[0, i] = 1e-9
        moved = np.asarray(simulator.included(COMPOSITE, trial))[0]
        if moved.any():
            is_on = bool((moved & wanted).any())
            u[0, i] = share * u[0, i] if is_on else share + (1 - share) * u[0, i]
    silent = wanted & ~np.asarray(simulator.included(COMPOSITE, u))[0]
    if silent.any():
        q, s = np.argwhere(silent)[0]
        raise WeighError(f"'{slugs[s]}' says nothing about '{QUESTIONS[q]}' in a mixture; leave it out there.")


def read_mechanisms(words: Sequence[str], slugs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Mechanisms by question from words such as "elite=threat+reactions"; a word without question is for elite and mass.

    Raises:
        WeighError: a question or explanation that there is not.
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        question, _, own = word.rpartition("=")
        asked = (question,) if question else ("elite", "mass")
        named = tuple(part for part in own.split("+") if part)
        if question and question not in QUESTIONS:
            raise WeighError(f"There is no question '{question}'; choose one of {', '.join(QUESTIONS)}.")
        unknown = [slug for slug in named if slug not in slugs]
        if unknown or not named:
            raise WeighError(f"There is no explanation '{(unknown or [own])[0]}'; choose among {', '.join(slugs)}.")
        for q in asked:
            found[q] = (*found.get(q, ()), *named)
    return found


def weigh_sealed(
    simulator: Simulator, sealed: Sealed, *, budget: Budget, folder: Path, seed: int, workers: int = 1,
    progress: Progress | None = None,
) -> Weighing:  # fmt: skip
    """Weigh a sealed past as the record is weighed, on the bank in a folder; nothing else there is touched.

    Args:
        simulator: makes the pasts.
        sealed: only its table is looked at.
        budget: of the weighing.
        folder: with the bank.
        seed: of the weighing, not of the trial: with the record's, the first wave is already there.
        workers: processes.
        progress: told (stage, done, total).
    """
    bank = Bank(folder / "bank", simulator)
    fits = Fits(bank.shards / "fits", workers, progress)
    return _weigh(Work(simulator, sealed.table, budget, seed, bank, fits, workers), f"sealed past {sealed.seed}")


def judge(weighing: Weighing, sealed: Sealed) -> dict[str, Any]:
    """What the weighing said beside what was sealed.

    Returns:
        `log_score` mean log probability of what was so, over all switches; `prior_score` that of the prior; `told_right`
        and `told_wrong`: switches that recovery allows to be told and whose interval lies on one side of the prior;
        `silent` the others; `flagged` questions called "none of these" (all falsely); `inclusion` {question: {slug:
        {mean, told, on}}}.
    """
    truth = sealed.opened()
    logs: list[float] = []
    priors: list[float] = []
    table: dict[str, dict[str, Any]] = {}
    right = wrong = silent = 0
    for question, slugs in weighing.inclusion.items():
        table[question] = {}
        for slug, cell in slugs.items():
            on = slug in truth[question]
            p, prior = min(max(float(cell["mean"]), 1e-6), 1 - 1e-6), float(cell["prior"])
            logs.append(float(np.log(p if on else 1 - p)))
            priors.append(float(np.log(prior if on else 1 - prior)))
            says = 1 if cell["low"] > prior else -1 if cell["high"] < prior else 0
            told = bool(cell["told"]) and says != 0
            right, wrong = right + (told and (says > 0) == on), wrong + (told and (says > 0) != on)
            silent += not told
            table[question][slug] = {"mean": p, "told": told, "on": on}
    flagged = [q for q, cell in weighing.none_of_these.items() if cell.get("flagged")]
    asked = sum(cell.get("flagged") is not None for cell in weighing.none_of_these.values())
    return {
        "log_score": float(np.mean(logs)), "prior_score": float(np.mean(priors)), "switches": len(logs),
        "told_right": right, "told_wrong": wrong, "silent": silent, "flagged": flagged, "asked": asked, "inclusion": table,
    }  # fmt: skip


def score(trials: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The score over many trials: gain over the prior with its standard error, what was told, false flags, calibration.

    Log score and calibration take trials with drawn mechanisms alone: chosen ones are no draw of the prior.
    """
    drawn = [t for t in trials if t["drawn"]]
    gains = np.array([t["log_score"] - t["prior_score"] for t in drawn])
    cells = [c for t in drawn for own in t["inclusion"].values() for c in own.values()]
    stated, on = np.array([c["mean"] for c in cells]), np.array([c["on"] for c in cells], dtype=bool)
    parts = np.array_split(np.argsort(stated, kind="stable"), 5) if len(cells) >= 100 else []
    return {
        "trials": len(trials), "drawn": len(drawn),
        "log_score": float(np.mean([t["log_score"] for t in drawn])) if drawn else None,
        "prior_score": float(np.mean([t["prior_score"] for t in drawn])) if drawn else None,
        "gain": float(gains.mean()) if drawn else None,
        "gain_error": float(gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else None,
        "told_right": sum(t["told_right"] for t in trials), "told_wrong": sum(t["told_wrong"] for t in trials),
        "silent": sum(t["silent"] for t in trials), "false_flags": sum(len(t["flagged"]) for t in trials),
        "asked": sum(t["asked"] for t in trials),
        "reliability": [{"stated": float(stated[p].mean()), "true": float(on[p].mean()), "n": len(p)} for p in parts],
    }  # fmt: skip
