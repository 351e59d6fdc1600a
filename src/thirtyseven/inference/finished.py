"""A finished weighing, opened again: what the commands that ask more of it start from."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import thirtyseven
from thirtyseven.inference.bank import _refuse
from thirtyseven.inference.budget import BUDGETS, Budget
from thirtyseven.inference.institutions import Institutions, code_digest
from thirtyseven.inference.predict import Draws
from thirtyseven.inference.result import plain, read_draws
from thirtyseven.inference.simulator import Floats
from thirtyseven.record import Record
from thirtyseven.summaries import digest as statistics_digest

_log = logging.getLogger(__name__)


class UnfinishedError(ValueError):
    """A folder without a weighing that can be used; its text names the folder and the way out."""


@dataclass(frozen=True)
class Finished:
    """A weighing that was finished, as its folder holds it.

    Attributes:
        folder: the folder.
        result: the content of `result.json`.
        draws: posterior draws by kind, to be run again.
        same_code: whether the core is still the one that was weighed; the bank's runs are its own only then.
    """

    folder: Path
    result: dict[str, Any]
    draws: dict[str, Draws]
    same_code: bool

    @property
    def seed(self) -> int:
        """Seed of the weighing."""
        return int(self.result["seed"])

    @property
    def budget(self) -> Budget | None:
        """Budget of the weighing; None where it was one of somebody's own."""
        return BUDGETS.get(str(self.result["budget"]))

    @property
    def of_the_record(self) -> bool:
        """Whether the record was weighed, and not a table in its place."""
        return bool(self.result["observed"] == "record")

    @property
    def fitting(self) -> list[str]:
        """Kinds that fit; where none does, the closest (`result["robust"]["rule"]` says which)."""
        return [kind for kind in self.result["robust"]["kinds"] if kind in self.draws]

    @property
    def observed(self) -> Floats:
        """(S,) The observed statistics, six digits; NaN at gaps."""
        values = [entry["observed"] for entry in self.result["statistics"]]
        return np.array([np.nan if v is None else float(v) for v in values])

    def institutions(self, record: Record) -> Institutions:
        """The simulator of the weighing, on a record."""
        return Institutions.from_record(record)

    def provenance(self, record: Record) -> dict[str, Any]:
        """What every file that is written beside the weighing begins with: version, digests, seed."""
        return {
            "version": thirtyseven.__version__, "code_digest": code_digest(), "record_digest": record.digest,
            "statistics_digest": statistics_digest(), "seed": self.seed,
            "weighing": {name: self.result[name] for name in ("code_digest", "record_digest", "budget", "observed")},
        }  # fmt: skip


def open_weighing(folder: Path | str) -> Finished:
    """Open a weighing's folder.

    Args:
        folder: what `thirtyseven weigh --out` was given.

    Returns:
        The weighing. That another core made it is only said in the log: draws are points, which are run again.

    Raises:
        UnfinishedError: there is none, it is broken, or it was made of other statistics; one sentence.
    """
    folder = Path(folder)
    path = folder / "result.json"
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnfinishedError(
            f"There is no weighing in {folder}; run `thirtyseven weigh --out {folder}` first, or give its folder with --bank."
        ) from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not whole"
        raise UnfinishedError(f"{path} cannot be read ({reason}); run `thirtyseven weigh --out {folder}` again.") from None
    wanted = ("code_digest", "record_digest", "statistics_digest", "seed", "budget", "observed", "robust", "statistics",
              "fits")  # fmt: skip
    if not isinstance(result, dict) or any(name not in result for name in wanted):
        raise UnfinishedError(f"{path} is not what `thirtyseven weigh` writes; run `thirtyseven weigh --out {folder}` again.")
    if result["statistics_digest"] != statistics_digest():
        raise UnfinishedError(
            f"The weighing in {folder} was made of other statistics ({result['statistics_digest']}, now "
            f"{statistics_digest()}); run `thirtyseven weigh --out {folder}` again."
        )
    same = result["code_digest"] == code_digest()
    if not same:
        _log.warning(
            "The weighing in %s was made by other core code (%s, now %s): its draws are run again with the present one; "
            "to be consistent, run `thirtyseven weigh --out %s` again.", folder, result["code_digest"], code_digest(), folder,
        )  # fmt: skip
    return Finished(folder, result, read_draws(folder), same)


def write_beside(finished: Finished, name: str, content: dict[str, Any]) -> Path:
    """Write `<name>.json` into the weighing's folder, whole or not at all; numbers to six digits, null where undefined.

    Raises:
        BankError: no space, or not writable.
    """
    path = finished.folder / f"{name}.json"
    writing = path.with_name(f"{path.name}.writing")
    try:
        text = json.dumps(plain(content), indent=1, ensure_ascii=False, allow_nan=False)
        writing.write_text(text + "\n", encoding="utf-8")
        writing.replace(path)
    except OSError as error:
        writing.unlink(missing_ok=True)
        _refuse(path, error)
    return path
