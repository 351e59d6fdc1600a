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
TURNS = 9


def once(people: int, pressure: float, seed: int) -> dict[str, Any]:
    """CPU seconds of a run, people arrested, and the highest memory above what was in use."""
    forget_peak()
    before, start = memory("VmRSS"), time.process_time()
    arrested, _ = simulate(people, Numbers(pressure), seed, WEEKS)
    spent = time.process_time() - start
    return {"people": people, "cpu": spent, "arrested": int(arrested.sum()), "bytes": max(0, memory("VmHWM") - before)}


def in_turn(cases: list[tuple[int, float]], turns: int) -> list[dict[str, Any]]:
    """The least time of each case, all with the same seed in each of the turns, one case after the other."""
    rows = [[once(people, pressure, 1937) for people, pressure in cases] for _ in range(turns)]
    return [min(column, key=lambda r: r["cpu"]) | {"bytes": max(r["bytes"] for r in column)}
            for column in zip(*rows, strict=True)]  # fmt: skip


def main() -> None:
    """Print the three lines of growth."""
    simulate(1000, REGIMES["1 %"], 0, 10)
    sizes = (1_000_000, 10_000_000, 100_000_000)
    print(json.dumps({
        "same events": in_turn([(n, AFFECTED * 10_000_000 / n) for n in sizes], TURNS),
        "same people": in_turn([(10_000_000, AFFECTED * k) for k in (0.1, 1.0, 10.0)], TURNS),
        "everybody": in_turn([(EVERYBODY, AFFECTED)], 3)[0],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
