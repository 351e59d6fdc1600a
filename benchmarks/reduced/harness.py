"""One program of the comparison in one process: build, run, measure, print one line of JSON.

Measured are CPU seconds of the process for the weeks themselves (the building of the population apart) and the highest
memory above what was in use before the population was built. A program is stopped when its weeks have used the cap.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from reduced.model import REGIMES, TRIAL, WEEKS

_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def memory(field: str) -> int:
    """Bytes of resident memory now (VmRSS) or at the most (VmHWM)."""
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def forget_peak() -> None:
    """Begin the count of the highest memory anew, where the system can (Linux)."""
    try:
        _CLEAR.write_text("5", encoding="ascii")
    except OSError:
        return


def weeks_of(program: Any, weeks: int, cap: float) -> np.ndarray:
    """People arrested by week; fewer weeks where the cap was reached."""
    if hasattr(program, "run"):
        return np.asarray(program.run(weeks))
    start, found = time.process_time(), []
    for _ in range(weeks):
        found.append(program.week())
        if time.process_time() - start > cap:
            break
    return np.array(found)


def timed(build: Callable[..., Any], people: int, regime: str, seed: int, cap: float, repeats: int) -> dict[str, Any]:
    """Time one program at one size; the least of the repeats, each with a seed of its own."""
    weeks_of(build(1000, REGIMES[regime], 0), 3, cap)  # imported, compiled, warm
    rows = []
    for k in range(repeats):
        gc.collect()
        forget_peak()
        before, start = memory("VmRSS"), time.process_time()
        program = build(people, REGIMES[regime], seed + k)
        built = time.process_time()
        found = weeks_of(program, WEEKS, cap)
        spent = time.process_time() - built
        rows.append({
            "cpu": spent, "weeks": len(found), "build": built - start, "bytes": max(0, memory("VmHWM") - before),
            "arrested": int(found.sum()),
        })  # fmt: skip
        del program
    best = min(rows, key=lambda row: row["cpu"] / row["weeks"])
    return best | {"bytes": max(row["bytes"] for row in rows), "arrested": [row["arrested"] for row in rows]}


def repeated(build: Callable[..., Any], people: int, weeks: int, seeds: range) -> list[list[int]]:
    """People arrested by week, run after run, in the regime in which the programs are compared."""
    return [[int(n) for n in weeks_of(build(people, TRIAL, seed), weeks, 1e9)] for seed in seeds]


def main(build: Callable[..., Any]) -> None:
    """Read the command line and print the result."""
    ask = argparse.ArgumentParser()
    ask.add_argument("what", choices=("time", "compare"))
    ask.add_argument("--people", type=int, required=True)
    ask.add_argument("--regime", default="1 %", choices=list(REGIMES))
    ask.add_argument("--weeks", type=int, default=WEEKS)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--runs", type=int, default=1)
    ask.add_argument("--cap", type=float, default=60.0)
    given = ask.parse_args()
    if given.what == "time":
        said: Any = timed(build, given.people, given.regime, given.seed, given.cap, given.runs)
    else:
        said = repeated(build, given.people, given.weeks, range(given.seed, given.seed + given.runs))
    print(json.dumps(said))
