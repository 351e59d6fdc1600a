"""Time per run of the composite, one core, and of everybody once: `make bench` writes docs/benchmarks.md.

Process time, not the clock on the wall, so that other work on the machine does not count; one thread.
"""

import platform
import resource
import sys
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

import thirtyseven
from thirtyseven.inference.institutions import Institutions, code_digest
from thirtyseven.record import load
from thirtyseven.scenario import Design, named
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.build import build
from thirtyseven.society.setting import from_record
from thirtyseven.summaries import compute, from_outcome

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BATCH, REPEATS = 64, 5
WALK = "## From clone to report"
"""Below this heading the page is written by hand: a fresh clone, walked with a watch."""


def spent(work):
    """Process seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_batch(setting):
    """Median milliseconds of process time per composite run in batches of 64, statistics included and left out."""
    kind = "composite"
    rng = np.random.default_rng(1937)
    u = rng.random((BATCH, len(Design(kind).names)))
    seeds = np.arange(BATCH, dtype=np.uint64)
    batch = Design(kind).batch(u)
    simulate(setting, batch, seeds)  # compiled, and caches warm
    outcomes = []
    runs = [spent(lambda: outcomes.append(simulate(setting, batch, seeds))) for _ in range(REPEATS)]
    sums = [spent(lambda: compute(from_outcome(outcomes[-1], setting))) for _ in range(REPEATS)]
    return [1000 * float(np.median(times)) / BATCH for times in (runs, sums)]


def alone(setting):
    """Median milliseconds of process time of one run by itself."""
    one, seed = named("composite").batch(), np.array([1937], np.uint64)
    simulate(setting, one, seed)
    return 1000 * float(np.median([spent(lambda: simulate(setting, one, seed)) for _ in range(REPEATS)]))


def everybody_once(setting, record):
    """Process seconds for a run of everybody beyond its counts, and its events; None where there is none."""
    try:
        from thirtyseven.simulation.everybody import everybody
    except ImportError:
        return None
    outcome = simulate(setting, named("composite").batch(), np.array([1937], np.uint64), slots=np.arange(calendar.WEEKS))
    society = build(record)
    everybody(outcome, society, 1937)  # compiled
    found = []
    seconds = spent(lambda: found.append(everybody(outcome, society, 1937)))
    return seconds, len(found[0])


def main():
    """Measure and write the page."""
    record = load()
    setting = from_record(record)
    with threadpool_limits(limits=1):
        run, summed = in_batch(setting)
        single = alone(setting)
        people = everybody_once(setting, record)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    digests = Institutions.from_record(record).digests
    lines = [
        "# How long things take", "",
        f"Written by `make bench`: thirtyseven {thirtyseven.__version__}, code `{code_digest()}`, record `{digests['record']}`; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.system()} on {platform.machine()}. "
        "Process time on one core after compilation; other machines differ.", "",
        "| what | time |", "|---|---|",
        f"| one `counts` run of the composite, in a batch of {BATCH} | {run:.1f} ms |",
        f"| its statistics | {summed:.2f} ms |",
        f"| one `counts` run of the composite, alone | {single:.0f} ms |",
    ]  # fmt: skip
    if people:
        lines.append(f"| everybody (`people`), beyond the counts: {people[1]:,} events | {people[0]:.1f} s |")
    lines += [
        f"| memory at the most, all of the above | {peak:.0f} MiB |", "",
        "Beside other programs (a general agent-based framework, a dense NumPy stepper) nothing was measured yet; that "
        "comparison belongs to the deepening of the engine and will be run in one and the same process as these lines.",
    ]  # fmt: skip
    walked = PAGE.read_text(encoding="utf-8").partition(WALK) if PAGE.exists() else ("", "", "")
    PAGE.write_text("\n".join(lines) + "\n\n" + WALK + (walked[2] or "\n\nNot measured yet.\n"), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
