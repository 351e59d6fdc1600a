"""The floor of `counts` and `people`: what they must do, what each thing costs by itself, and how far they are from it.

What is done is counted in the compiled engine (`counted.py`). What each thing costs is measured in a loop that does
nothing else, with arguments that the compiler cannot know. The floor is the sum of the products: no version with the same
draws and ties runs faster on this machine. The rest of the time is bookkeeping, and stands beside it.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from counted import WHAT
from numba import njit

from thirtyseven import draws
from thirtyseven.inference.institutions import BATCH, code_digest
from thirtyseven.record import load
from thirtyseven.scenario import Design, named
from thirtyseven.simulation.everybody import everybody
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar, ties
from thirtyseven.society.build import build
from thirtyseven.society.permutation import forward
from thirtyseven.society.setting import Setting, from_record
from thirtyseven.summaries import compute, from_outcome

HERE = Path(__file__).resolve().parent
LOOPS, TURNS = 400_000, 5


@njit
def _draws(n: int, at: int) -> float:
    found = 0.0
    for i in range(n):
        found += draws.uniform2(np.uint64(at), 12, i, at, 0)[0]
    return found


@njit
def _exponentials(n: int, at: int) -> float:
    found, step = 0.0, 1.0 / (n + at)
    for i in range(n):
        found += draws.exponential(i * step)
    return found


@njit
def _permutations(n: int, at: int) -> int:
    found, size = 0, 1_000_003 + at
    for i in range(n):
        found += forward(i, size, np.uint64(at), 2, i & 63)
    return found


@njit
def _searches(atlas: Any, part: int, count: int, n: int, at: int) -> int:
    found, value = 0, at
    for _ in range(n):
        value = (value * 1_103_515_245 + 12_345) % 162_000_000
        found += ties._stretch(atlas, part, count, value)
    return found


@njit
def _reads(state: Any, n: int, at: int) -> int:
    found, place = 0, at
    for _ in range(n):
        place = (place * 1_103_515_245 + 12_345) % state.size
        found += state[place]
    return found


@njit
def _steps(n: int, at: int) -> int:
    found, place = 0, at
    for _ in range(n):
        place = (place * 1_103_515_245 + 12_345) % 162_000_000
        found += place
    return found


@njit
def _poissons(n: int, at: int) -> int:
    found, step = 0, 1.0 / (n + at)
    for i in range(n):
        found += draws.poisson((i * 0.618034) % 1.0, 12.0 * i * step)
    return found


@njit
def _binomials(n: int, at: int) -> int:
    found, step = 0, 1.0 / (n + at)
    for i in range(n):
        found += draws.binomial((i * 0.618034) % 1.0, 12, i * step)
    return found


@njit
def _normals(n: int, at: int) -> float:
    found, step = 0.0, 1.0 / (n + at)
    for i in range(n):
        found += draws.normal((i + 0.5) * step)
    return found


def nanoseconds(work: Callable[[int, int], Any]) -> float:
    """Least CPU nanoseconds of one pass of a loop."""
    work(10, 1)
    times = []
    for turn in range(TURNS):
        start = time.process_time()
        work(LOOPS, 1 + turn)
        times.append(time.process_time() - start)
    return 1e9 * min(times) / LOOPS


def prices(society: Any) -> dict[str, float]:
    """Nanoseconds of each thing done by itself, in the words of `counted.WHAT`.

    The keys of a permutation are drawn within it, so their price stands in that of the permutation. A read is one at
    random among a byte for everybody, written before so that its pages are there.
    """
    state = np.ones(society.people, np.uint8)
    one = _priced_apart()
    blank = nanoseconds(_steps)
    return one | {
        "searches": nanoseconds(lambda n, at: _searches(society.atlas, ties.START, ties.CELLS, n, at)) - blank,
        "states read": nanoseconds(lambda n, at: _reads(state, n, at)) - blank,
    }


def _priced_apart() -> dict[str, float]:
    draw, exponential = nanoseconds(_draws), nanoseconds(_exponentials)
    return {
        "draws": draw, "logarithms": exponential, "permutations": nanoseconds(_permutations), "permutation keys": 0.0,
        "poisson": nanoseconds(_poissons), "binomial": nanoseconds(_binomials), "normal": nanoseconds(_normals),
    }  # fmt: skip


def counted() -> dict[str, Any]:
    """What `counted.py` finds, in a process with a compilation cache of its own; kept for as long as the model stays."""
    path = HERE / "results" / "counted.json"
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["code"] == code_digest():
            return kept
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [sys.executable, str(HERE / "counted.py")], capture_output=True, text=True,
            env=os.environ | {"NUMBA_CACHE_DIR": cache},
        )  # fmt: skip
    if done.returncode:
        raise ValueError(f"The engine could not be counted: {done.stderr.strip().splitlines()[-1]}")
    said = {"code": code_digest()} | json.loads(done.stdout)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return said


def least(work: Callable[[], Any], turns: int = TURNS) -> float:
    """Least CPU seconds of a piece of work."""
    times = []
    for _ in range(turns):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def profile(setting: Setting) -> dict[str, float]:
    """Milliseconds of a composite run at `counts`, in a batch of the weighing with points of the prior, by who spends them."""
    u = np.random.default_rng(1937).random((BATCH, len(Design("composite").names)))
    seeds = np.arange(BATCH, dtype=np.uint64)
    batch = Design("composite").batch(u)
    simulate(setting, batch, seeds)
    watched = cProfile.Profile()
    watched.enable()
    compute(from_outcome(simulate(setting, batch, seeds), setting))
    watched.disable()
    spent: dict[str, float] = {}
    for (file, _line, name), row in pstats.Stats(watched).stats.items():  # type: ignore[attr-defined]
        part = _part(Path(file), name)
        spent[part] = spent.get(part, 0.0) + 1000 * row[2] / BATCH
    return dict(sorted(spent.items(), key=lambda item: -item[1]))


def _part(file: Path, name: str) -> str:
    """Whose time it is: the compiled step, drawing for laws, the laws, adding them up, or what NumPy does in between."""
    if name == "step" and file.name == "kernels.py":
        return "compiled step"
    if file.name == "draws.py":
        return "draws of the laws"
    if file.parent.name == "explanations":
        return "laws"
    if file.parent.name in ("simulation", "scenario", "society"):
        return "composition and control"
    if file.parent.name == "summaries":
        return "statistics"
    return "NumPy called by them"


def summed(done: dict[str, float], price: dict[str, float]) -> dict[str, dict[str, float]]:
    """Times done, nanoseconds each, milliseconds in all; draws within a permutation or quantile are not paid twice."""
    rows = {}
    for what in WHAT:
        number = done.get(what, 0.0) if what != "permutation keys" else 0.0
        if number:
            rows[what] = {"number": number, "each": price[what], "milliseconds": number * price[what] / 1e6}
    return rows


def measure() -> dict[str, Any]:
    """Counts, prices, floors, what was measured, and the profile."""
    record = load()
    setting, society = from_record(record), build(record)
    done, price = counted(), prices(society)
    seeds = np.arange(BATCH, dtype=np.uint64) + np.uint64(1937)
    batch = named("composite").batch(BATCH)
    simulate(setting, batch, seeds)
    counts = least(lambda: simulate(setting, batch, seeds), 3) / BATCH
    one = simulate(setting, named("composite").batch(), seeds[:1], slots=np.arange(calendar.WEEKS))
    events = everybody(one, society, 1937)
    people = least(lambda: everybody(one, society, 1937), 3)
    quantiles = ("poisson", "binomial", "normal")
    in_counts = {k: v for k, v in done["counts"].items() if k not in ("permutations", "searches", "states read")}
    in_counts["logarithms"] = 0.0  # those of the quantiles are in their price; the few others are left out
    in_people = {k: (0.0 if k in quantiles else v) for k, v in done["people"].items()}
    return {
        "code": code_digest(), "unchanged": done["digest"] == events.digest(), "events": len(events), "prices": price,
        "counts": {"measured": 1000 * counts, "rows": summed(in_counts, price), "counted": done["counted"]},
        "people": {"measured": 1000 * people, "rows": summed(in_people, price)}, "profile": profile(setting),
    }  # fmt: skip


def main() -> None:
    """Measure and write `results/floor.json`."""
    path = HERE / "results" / "floor.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"), file=sys.stderr)


if __name__ == "__main__":
    main()
