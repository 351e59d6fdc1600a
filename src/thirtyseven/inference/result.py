"""The outcome of a weighing, and its files."""

import json
import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from thirtyseven.inference.bank import _refuse, write_arrays
from thirtyseven.inference.predict import Draws

_DIGITS = 6  # significant digits in the JSON


@dataclass(frozen=True)
class Weighing:
    """What a weighing found; `to_json` is the content of `result.json`.

    Attributes:
        version: of the program.
        code_digest: of code; `record_digest` and `statistics_digest` of record and statistics.
        seed: of the weighing.
        budget: its name.
        observed: "record", or the name of the table in its place.
        runs: {total, by_kind, bank_digest, waves}.
        explanations: one entry for every single explanation and variant (and the composites, slug
            "composite"): survives (share of the prior that meets the coarse facts, with interval),
            log_evidence {mean, error} or null with `problem`, score, fits, not_normal, parameters.
        inclusion: {question: {slug: {mean, low, high, told, prior, auc, networks, emulated}}}.
        inclusion_without_plan: the same in the composite without a schedule.
        without_recalled: the same as `inclusion` without the statistics that rest on recall.
        none_of_these: {question: {p, flagged, looks, outside}}.
        statistics: of every statistic: id, phase, evidence, recalled, observed, and q05, q50, q95 and
            tail under the composite.
        fits: {kind: {score, covered, fits, posterior, statistics}}.
        recovery: confusion of single explanations, recovery of switches, by either estimator.
        agreement: distance between the two estimators.
        robust: which kinds fit, and so may be asked what holds under all of them.
        recalled_share: mean share of the observed statistics that rests on recall.
        draws: posterior draws by kind, to be run again.
    """

    version: str
    code_digest: str
    record_digest: str
    statistics_digest: str
    seed: int
    budget: str
    observed: str
    runs: dict[str, Any]
    explanations: list[dict[str, Any]]
    inclusion: dict[str, Any]
    inclusion_without_plan: dict[str, Any]
    without_recalled: dict[str, Any]
    none_of_these: dict[str, Any]
    statistics: list[dict[str, Any]]
    fits: dict[str, Any]
    recovery: dict[str, Any]
    agreement: dict[str, Any]
    robust: dict[str, Any]
    recalled_share: float
    draws: dict[str, Draws]

    def to_json(self) -> dict[str, Any]:
        """Plain values only: numbers to six digits, null for what is not defined; without `draws`."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "draws"}
        return {name: plain(value) for name, value in own.items()}

    def write(self, out: Path) -> None:
        """Write `result.json` and `posterior.npz` into a folder.

        Raises:
            BankError: no space, or not writable.
        """
        arrays: dict[str, np.ndarray] = {}
        for i, d in enumerate(self.draws.values()):
            arrays |= {
                f"{i}_kind": np.array(d.kind), f"{i}_u": d.u, f"{i}_seeds": d.seeds,
                f"{i}_fresh": np.array(d.fresh), f"{i}_posterior": np.array(d.posterior),
            }  # fmt: skip
        write_arrays(out / "posterior.npz", arrays)
        path, writing = out / "result.json", out / "result.json.writing"
        try:
            text = json.dumps(self.to_json(), indent=1, ensure_ascii=False, allow_nan=False)
            writing.write_text(text + "\n", encoding="utf-8")
            writing.replace(path)
        except OSError as error:
            _refuse(path, error)


def read_draws(out: Path) -> dict[str, Draws]:
    """The posterior draws that a weighing left in a folder, by kind.

    Raises:
        ValueError: there are none, or they cannot be read.
    """
    path = out / "posterior.npz"
    try:
        with np.load(path, allow_pickle=False) as file:
            count = len({name.partition("_")[0] for name in file.files})
            found = [
                Draws(
                    str(file[f"{i}_kind"]), file[f"{i}_u"], file[f"{i}_seeds"], int(file[f"{i}_fresh"]),
                    bool(file[f"{i}_posterior"]),
                )
                for i in range(count)
            ]  # fmt: skip
    except Exception as error:
        raise ValueError(
            f"The posterior draws {path} cannot be read ({error}); run `thirtyseven weigh` again."
        ) from None
    return {d.kind: d for d in found}


def plain(value: Any) -> Any:
    """JSON's own types, recursively."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return float(f"{number:.{_DIGITS}g}") if math.isfinite(number) else None
    return value
