"""The reduced model beside Mesa, Starsim, LASER and a dense NumPy stepper: same distribution first, then time and memory.

Each peer runs in an environment of its own, made here under `build/peers`; none is a dependency of the package. Programs
take turns within a round, and the least of the rounds counts, so that other work on the machine disturbs all alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import numpy as np
from reduced.model import REGIMES

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / "build" / "peers"
PEERS = {"mesa": "Mesa", "frames": "mesa-frames", "starsim": "Starsim", "laser": "LASER"}
OURS = {"engine": "thirtyseven, by events", "dense": "NumPy, dense"}
ROUNDS = {10_000: 3, 100_000: 2, 1_000_000: 1}
"""Sizes, and how often the programs take turns at each; with one round only, those that are quick take several runs in it."""
CAP = 10.0
"""CPU seconds after which a program is stopped; its weeks done count."""
RUNS = {"engine": 20, "dense": 2, "laser": 2}
PEOPLE, WEEKS = 1500, 60
COMPARED = {"engine": 4000, "dense": 1000, "mesa": 400, "laser": 1000, "frames": 120, "starsim": 120}
"""Runs of each program in the comparison of distributions; as many as a minute allows."""
AT = (1, 5, 10, 20, 40, 60)
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"), "1")


def environment(name: str) -> Path | None:
    """The interpreter of a peer's environment, made if absent; None, with a sentence, where it cannot be installed."""
    folder = ENVIRONMENTS / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / "installed.txt"
    wanted = (HERE / "reduced" / "peers" / f"{name}.txt").read_text(encoding="utf-8")
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return python
    print(f"Installing {PEERS[name]} into build/peers/{name} ...", file=sys.stderr)
    fault = ""
    try:
        venv.create(folder, with_pip=True, clear=True)
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted.split()],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            fault = (done.stderr.strip() or "pip gave no reason").splitlines()[-1]
    except (OSError, subprocess.SubprocessError) as error:
        fault = str(error)
    if fault:
        print(f"{PEERS[name]} cannot be installed here and is left out: {fault}", file=sys.stderr)
        return None
    mark.write_text(wanted, encoding="utf-8")
    return python


def programs() -> dict[str, list[str]]:
    """The commands of the programs that can run here."""
    found = {name: [sys.executable, str(HERE / "reduced" / f"{name}_run.py")] for name in OURS}
    for name in PEERS:
        python = environment(name)
        if python is not None:
            found[name] = [str(python), str(HERE / "reduced" / "peers" / f"{name}_run.py")]
    return found


def asked(command: list[str], *arguments: Any) -> Any:
    """What a program prints, on one thread; None, with a sentence, where it fails."""
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, env=os.environ | ONE_THREAD
    )
    if done.returncode:
        print(f"{Path(command[1]).name} failed and is left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(only: str = "") -> dict[str, Any]:
    """People arrested so far by week: mean and variance of each program, and their distance from the engine's.

    Args:
        only: one program beside the engine; all where empty.
    """
    runs = {}
    for name, command in programs().items():
        if only not in ("", name) and name != "engine":
            continue
        said = asked(command, "compare", "--people", PEOPLE, "--weeks", WEEKS, "--runs", COMPARED[name], "--seed", 100_000)
        if said is not None:
            runs[name] = np.array(said, float).cumsum(axis=1)[:, [week - 1 for week in AT]]
    ours = runs["engine"]
    rows = {name: _distance(found, ours) for name, found in runs.items()}
    return {"people": PEOPLE, "weeks": list(AT), "programs": rows}


def _distance(found: np.ndarray, ours: np.ndarray) -> dict[str, Any]:
    """Mean, variance, and both distances in standard errors; that of the variance from fourth moments."""
    error = np.sqrt(found.var(axis=0, ddof=1) / len(found) + ours.var(axis=0, ddof=1) / len(ours))
    spread = np.sqrt(_variance_error(found) ** 2 + _variance_error(ours) ** 2)
    same = found is ours
    return {
        "runs": len(found), "mean": found.mean(axis=0).round(2).tolist(), "variance": found.var(axis=0, ddof=1).round(1).tolist(),
        "z_mean": None if same else ((found.mean(axis=0) - ours.mean(axis=0)) / error).round(2).tolist(),
        "z_variance": None if same
        else ((found.var(axis=0, ddof=1) - ours.var(axis=0, ddof=1)) / spread).round(2).tolist(),
    }  # fmt: skip


def _variance_error(sample: np.ndarray) -> np.ndarray:
    square = (sample - sample.mean(axis=0)) ** 2
    return square.std(axis=0, ddof=1) / np.sqrt(len(sample))


def timings(people: int, only: str = "") -> dict[str, Any]:
    """Time and memory of each program by regime at one size; the least over the rounds.

    Args:
        people: how many.
        only: one program; all where empty.
    """
    kept: dict[str, Any] = {}
    commands = {name: command for name, command in programs().items() if only in ("", name)}
    for turn in range(ROUNDS[people]):
        for regime in REGIMES:
            for name, command in commands.items():
                row = asked(command, "time", "--people", people, "--regime", regime, "--runs", RUNS.get(name, 1),
                            "--cap", CAP, "--seed", 1 + 100 * turn)  # fmt: skip
                if row is None:
                    continue
                row["per"] = row["cpu"] / (row["weeks"] * people)
                best = kept.setdefault(name, {}).get(regime)
                kept[name][regime] = row if best is None or row["per"] < best["per"] else best
        print(f"{people:,} people, round {turn + 1} of {ROUNDS[people]}", file=sys.stderr)
    return kept


def growth() -> dict[str, Any]:
    """The engine alone: ten times the people at the same events, ten times the events at the same people, and everybody."""
    return asked([sys.executable, str(HERE / "reduced" / "growth.py")])


def main() -> None:
    """Measure some or all of it: `peers.py [compare] [growth] [10000] [100000] [1000000] [only=PROGRAM]`.

    Results are added to the file; sizes and distributions are measured for one program alone with `only=`.
    """
    only = "".join(word.removeprefix("only=") for word in sys.argv[1:] if word.startswith("only="))
    wanted = [word for word in sys.argv[1:] if not word.startswith("only=")] or ["compare", "growth", *map(str, ROUNDS)]
    for what in wanted:
        if what == "compare":
            keep("compare", compare(only), merged=bool(only))
        elif what == "growth":
            keep("growth", growth())
        else:
            keep("timings", {what: timings(int(what), only)}, merged=bool(only))


def keep(part: str, said: dict[str, Any], merged: bool = False) -> None:
    """Put a part into the file; sizes are added to other sizes, and a program alone to other programs of its size."""
    path = HERE / "results" / "peers.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if part == "timings":
        before = found.get(part, {})
        said = before | {size: (before.get(size, {}) if merged else {}) | rows for size, rows in said.items()}
    if part == "compare" and merged and part in found:
        said = said | {"programs": found[part]["programs"] | said["programs"]}
    found[part] = said
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
