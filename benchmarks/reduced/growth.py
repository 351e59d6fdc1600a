"""How the engine's time grows: with people at the same events, and with events at the same people; and everybody once."""

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from reduced.engine import simulate
from reduced.harness import forget_peak, memory
from reduced.model import REGIMES, WEEKS, Numbers

EVERYBODY = 162_003_225
"""The census of January 1937, as in the society of the model."""
AFFECTED = REGIMES["1 %"].pressure


def least(people: int, pressure: float, repeats: int = 5) -> dict[str, Any]:
    """Least CPU seconds of some runs, people arrested in the last, and the highest memory above what was in use."""
    seconds = []
    forget_peak()
    before = memory("VmRSS")
    for seed in range(repeats):
        start = time.process_time()
        arrested, _ = simulate(people, Numbers(pressure), seed, WEEKS)
        seconds.append(time.process_time() - start)
    return {"people": people, "cpu": min(seconds), "arrested": int(arrested.sum()), "bytes": max(0, memory("VmHWM") - before)}


def main() -> None:
    """Print the three lines of growth."""
    simulate(1000, REGIMES["1 %"], 0, 10)
    print(json.dumps({
        "same events": [least(n, AFFECTED * 10_000_000 / n) for n in (1_000_000, 10_000_000, 100_000_000)],
        "same people": [least(10_000_000, AFFECTED * k) for k in (0.1, 1.0, 10.0)],
        "everybody": least(EVERYBODY, AFFECTED, 3),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
