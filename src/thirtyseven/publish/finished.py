"""The finished files that a report is made of, read and checked: `result.json` and `series.json`."""

import json
import math
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from thirtyseven.publish.predicted import Series
from thirtyseven.publish.weighed import Band, Result


class FinishedFileError(ValueError):
    """A result file that is missing, broken or not ours; its text is one sentence with the way out."""


def _without_nan(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_without_nan(v) for v in value]
    if isinstance(value, dict):
        return {k: _without_nan(v) for k, v in value.items()}
    return value


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FinishedFileError(
            f"There is no {path.name} in {path.parent}: run `thirtyseven weigh --out {path.parent}` first."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise FinishedFileError(f"{path} cannot be read ({reason}): weigh again into this folder.") from None
    except ValueError as error:
        raise FinishedFileError(
            f"{path} is not JSON ({error}): it may have been cut off; weigh again into this folder."
        ) from None
    if not isinstance(data, dict):
        raise FinishedFileError(f"{path} is not a result of thirtyseven: it holds no object.")
    cleaned: dict[str, Any] = _without_nan(data)
    return cleaned


def _first_fault(path: Path, error: ValidationError) -> FinishedFileError:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"]) or "the top level"
    return FinishedFileError(
        f"{path} is not what `thirtyseven weigh` writes: at {place}, {fault['msg'].lower()}; "
        "weigh again into this folder."
    )


def read_result(folder: Path) -> Result:
    """Read `result.json` of a weighing.

    Args:
        folder: the weighing's output folder.

    Returns:
        The checked result.

    Raises:
        FinishedFileError: the file is missing, unreadable, cut off or not a result; one sentence.
    """
    path = folder / "result.json"
    try:
        result = Result.model_validate(_load(path))
    except ValidationError as error:
        raise _first_fault(path, error) from None
    if not result.inclusion:
        raise FinishedFileError(f"{path} holds no inclusion for any question: weigh again into this folder.")
    return result


def read_series(folder: Path) -> Series:
    """Read `series.json`, the predictive series of a weighing.

    Args:
        folder: the weighing's output folder.

    Returns:
        The checked series; every monthly list is as long as `months`.

    Raises:
        FinishedFileError: the file is missing, unreadable, cut off or its lists differ in length.
    """
    path = folder / "series.json"
    try:
        series = Series.model_validate(_load(path))
    except ValidationError as error:
        raise _first_fault(path, error) from None
    n = len(series.months)
    lists = {"record.arrests": series.record.arrests}
    for slug, model in series.models.items():
        for name in ("arrests", "death_sentences"):
            band: Band = getattr(model, name)
            for q in ("q05", "q50", "q95"):
                lists[f"models.{slug}.{name}.{q}"] = getattr(band, q)
    for place, values in lists.items():
        if values and len(values) != n:
            raise FinishedFileError(
                f"{path} is out of step: {place} has {len(values)} months and `months` has {n}; "
                "weigh again into this folder."
            )
    return series
