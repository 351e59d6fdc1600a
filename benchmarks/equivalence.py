"""Resolutions `people` and `counts` on every statistic of the weighing.

What is exact: the log of a run at `people`, counted again, is the table of its counts, so each statistic computed from the
log equals the one computed from the counts. What is statistical: runs at `people` and other runs at `counts`, with other
seeds, are independent samples that should have the same distribution. Two one-sided tests (Schuirmann 1987, recalled) ask
whether their means differ by less than a margin stated beforehand: a quarter of the standard deviation from run to run.
Variances are compared as well. Where time ends before all runs at `people` are made, those that lack are represented by
their own counts, and the result says how many.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from thirtyseven.inference.institutions import code_digest
from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.simulation.everybody import Events, everybody
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.build import build
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import STATISTICS, compute, from_outcome

Floats = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "build" / "equivalence.npz"
MARGIN = 0.25
"""In standard deviations from run to run; written down before the runs were made."""
LEVEL = 0.05
PEOPLE, COUNTS, FIRST_SEED, OTHER_SEED = 400, 1200, 1, 100_001


def statistics_of_log(outcome: Outcome, events: Events, setting: Setting) -> Floats:
    """The statistics of one run, (S,), with every count taken from the log of what happened to whom.

    Dates and limits are decisions, not events that happen to a person, and stay those of the run.
    """
    counted = events.counts()
    again = replace(outcome, weekly=counted.sum(axis=1)[None].astype(np.int32), regional=counted[None].astype(np.int32))
    return compute(from_outcome(again, setting))[0]


def one_of_everybody(setting: Setting, society: Any, seed: int) -> tuple[Floats, bool]:
    """The statistics of a run at `people`, from its log, and whether they equal those of its counts to the last bit."""
    outcome = simulate(setting, named("composite").batch(), np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS))
    events = everybody(outcome, society, seed)
    found = statistics_of_log(outcome, events, setting)
    same = np.array_equal(events.counts(), outcome.regional[0])
    return found, same and np.array_equal(found, compute(from_outcome(outcome, setting))[0], equal_nan=True)


def tost(a: Floats, b: Floats, margin: float) -> dict[str, float]:
    """Two one-sided tests (Welch) of the means of two samples, and a comparison of their spreads.

    Args:
        a, b: samples.
        margin: largest difference of means, in standard deviations of both together, that counts as none.

    Returns:
        The difference in those standard deviations, its 90% interval, the larger of the two one-sided p values, and the
        log ratio of standard deviations over its standard error (from fourth moments).
    """
    sd = float(np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2))
    if sd == 0.0:
        same = bool(a[0] == b[0])
        return {"difference": 0.0 if same else np.inf, "low": 0.0, "high": 0.0, "p": 0.0 if same else 1.0, "z_spread": 0.0}
    parts = np.array([a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)])
    error = float(np.sqrt(parts.sum()))
    freedom = error**4 / (parts**2 / np.array([len(a) - 1, len(b) - 1])).sum()
    difference = float(a.mean() - b.mean())
    p = max(stats.t.sf((difference + margin * sd) / error, freedom), stats.t.cdf((difference - margin * sd) / error, freedom))
    half = stats.t.ppf(1.0 - LEVEL, freedom) * error / sd
    spread = 99.0  # where one sample does not vary at all
    if min(a.var(), b.var()) > 0.0:
        spread = 0.5 * np.log(a.var(ddof=1) / b.var(ddof=1)) / np.hypot(_log_sd_error(a), _log_sd_error(b))
    return {"difference": difference / sd, "low": difference / sd - half, "high": difference / sd + half, "p": float(p),
            "z_spread": float(spread)}  # fmt: skip


def _log_sd_error(x: Floats) -> float:
    square = (x - x.mean()) ** 2
    return float(square.std(ddof=1) / np.sqrt(len(x)) / (2.0 * square.mean()))


def of_people(setting: Setting, runs: int, minutes: float) -> tuple[Floats, bool]:
    """Statistics of runs at `people`, (n, S); those already made by the same code are kept, n < runs when time is up."""
    found: list[Floats] = []
    exact = True
    if KEPT.exists():
        with np.load(KEPT) as kept:
            if str(kept["code"]) == code_digest():
                found, exact = list(kept["x"]), bool(kept["exact"])
    society, start = build(load()), time.monotonic()
    while len(found) < runs and time.monotonic() - start < 60 * minutes:
        x, same = one_of_everybody(setting, society, FIRST_SEED + len(found))
        found.append(x)
        exact &= same
        if len(found) % 20 == 0:
            print(f"people: {len(found)} of {runs} runs", file=sys.stderr)
    KEPT.parent.mkdir(exist_ok=True)
    np.savez(KEPT, x=np.array(found), code=np.array(code_digest()), exact=np.array(exact))
    return np.array(found), exact


def of_counts(setting: Setting, seeds: range) -> Floats:
    """Statistics of runs at `counts`, (runs, S)."""
    parts = [np.zeros((0, len(STATISTICS)))]
    for first in range(0, len(seeds), 64):
        some = np.array(seeds[first : first + 64], np.uint64)
        parts.append(compute(from_outcome(simulate(setting, named("composite").batch(len(some)), some), setting)))
    return np.concatenate(parts)


def main() -> None:
    """Run what is missing and write `results/equivalence.json`."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", type=int, default=PEOPLE, help="runs at people")
    ask.add_argument("--minutes", type=float, default=1e9, help="stop making runs at people after so many minutes")
    given = ask.parse_args()
    setting = from_record(load())
    made, exact = of_people(setting, given.runs, given.minutes)
    a = np.concatenate([made, of_counts(setting, range(FIRST_SEED + len(made), FIRST_SEED + given.runs))])
    b = of_counts(setting, range(OTHER_SEED, OTHER_SEED + COUNTS))
    rows = {item.id: tost(a[:, k], b[:, k], MARGIN) for k, item in enumerate(STATISTICS)}
    said = {"code": code_digest(), "people": len(made), "runs": len(a), "counts": len(b), "margin": MARGIN, "level": LEVEL,
            "exact": exact, "rows": rows}  # fmt: skip
    path = HERE / "results" / "equivalence.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(said, indent=1, default=float) + "\n", encoding="utf-8")
    worst = max(rows, key=lambda name: rows[name]["p"])
    print(f"exact: {exact}; {sum(row['p'] < LEVEL for row in rows.values())} of {len(rows)} equivalent; largest p {worst}.")


if __name__ == "__main__":
    main()
