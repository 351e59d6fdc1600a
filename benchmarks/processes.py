"""Two processes against one: runs of the composite a second, as the weighing makes them.

On a machine that others use too, the time on the wall says little. So two numbers are given: the ratio of runs a second in
turns of one and of two processes, best of the turns; and the ratio that two cores of one's own would give, from the CPU
seconds a run costs alone and beside another (they differ where the processes hinder each other at cache and memory).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven.inference.bank import in_parallel
from thirtyseven.inference.institutions import Institutions
from thirtyseven.record import load
from thirtyseven.scenario import Design

HERE = Path(__file__).resolve().parent
BLOCK, BLOCKS, TURNS = 64, 8, 4


def block(simulator: Institutions, first: int) -> tuple[float, int]:
    """CPU seconds of a block of runs and their number."""
    u = np.random.default_rng(first).random((BLOCK, len(Design("composite").names)))
    start = time.process_time()
    simulator.run("composite", u, np.arange(first, first + BLOCK, dtype=np.uint64))
    return time.process_time() - start, BLOCK


def turn(simulator: Institutions, workers: int) -> tuple[float, float]:
    """Runs a second on the wall, and CPU seconds a run."""
    jobs = [(block, (simulator, 1000 * k)) for k in range(BLOCKS)]
    start = time.perf_counter()
    done = list(in_parallel(jobs, workers))
    wall = time.perf_counter() - start
    runs = sum(number for _, number in done)
    return runs / wall, sum(cpu for cpu, _ in done) / runs


def measure() -> dict[str, Any]:
    """Turns of one and of two processes, one after the other."""
    simulator = Institutions.from_record(load())
    for workers in (1, 2):
        turn(simulator, workers)  # compiled, processes started, caches warm
    rates: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    busy = []
    for _ in range(TURNS):
        for workers, kept in rates.items():
            kept.append(turn(simulator, workers))
        busy.append(os.getloadavg()[0])
    best = {workers: max(rate for rate, _ in kept) for workers, kept in rates.items()}
    cost = {workers: min(cpu for _, cpu in kept) for workers, kept in rates.items()}
    return {"cores": os.cpu_count(), "load": max(busy), "runs_a_second": best, "cpu_a_run": cost, "wall_ratio": best[2] / best[1],
            "own_cores_ratio": 2.0 * cost[1] / cost[2]}  # fmt: skip


def main() -> None:
    """Measure and write `results/processes.json`."""
    path = HERE / "results" / "processes.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"), file=sys.stderr)


if __name__ == "__main__":
    main()
