"""Time per run of the composite, in a batch and alone, of its statistics, and of everybody; memory of a run of everybody.

Process time, not the clock on the wall, so that other work on the machine counts less; one thread; compilation apart.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

import thirtyseven
from thirtyseven.inference.institutions import BATCH, Institutions
from thirtyseven.record import load
from thirtyseven.scenario import Design, named
from thirtyseven.simulation.everybody import everybody
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.build import build
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import compute, from_outcome

HERE = Path(__file__).resolve().parent
TURNS = 12
SEED = np.array([1937], np.uint64)


def least(work: Callable[[], Any], turns: int = TURNS) -> float:
    """Least process seconds of a piece of work."""
    times = []
    for _ in range(turns):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def in_batch(setting: Setting) -> tuple[float, float]:
    """Milliseconds a composite run in batches as the weighing makes them, from the prior, and of its statistics."""
    design = Design("composite")
    batch = design.batch(np.random.default_rng(1937).random((BATCH, len(design.names))))
    seeds = np.arange(BATCH, dtype=np.uint64)
    outcome = simulate(setting, batch, seeds)  # compiled, and caches warm
    run = least(lambda: simulate(setting, batch, seeds))
    return 1000 * run / BATCH, 1000 * least(lambda: compute(from_outcome(outcome, setting))) / BATCH


def of_everybody() -> dict[str, Any]:
    """Seconds of a run at `people`, counts and persons, the building of the society apart; and the process's peak memory."""
    record = load()
    setting, society = from_record(record), build(record)
    made = []

    def run() -> None:
        made[:] = []
        outcome = simulate(setting, named("composite").batch(), SEED, slots=np.arange(calendar.WEEKS))
        made.append(everybody(outcome, society, int(SEED[0])))

    run()
    seconds = least(run, 5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"seconds": seconds, "events": len(made[0]), "people": society.people, "peak": peak, "digest": made[0].digest()}


def measure() -> dict[str, Any]:
    """All lines of the first table."""
    record = load()
    setting = from_record(record)
    with threadpool_limits(limits=1):
        run, summed = in_batch(setting)
        one = named("composite").batch()
        simulate(setting, one, SEED)
        alone = 1000 * least(lambda: simulate(setting, one, SEED))
    # a first process compiles; compiling takes more memory than the run, and a user meets it once
    for _ in range(2):
        told = subprocess.run([sys.executable, __file__, "everybody"], capture_output=True, text=True, check=True)
    return {
        "version": thirtyseven.__version__, **Institutions.from_record(record).digests,
        "system": f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.system()} on {platform.machine()}",
        "batch": BATCH, "run": run, "summed": summed, "alone": alone, "everybody": json.loads(told.stdout),
        "load": os.getloadavg()[0],
    }  # fmt: skip


def main() -> None:
    """Write `results/runs.json`; with the word `everybody`, only print that part."""
    if sys.argv[1:] == ["everybody"]:
        with threadpool_limits(limits=1):
            print(json.dumps(of_everybody()))
        return
    path = HERE / "results" / "runs.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"), file=sys.stderr)


if __name__ == "__main__":
    main()
