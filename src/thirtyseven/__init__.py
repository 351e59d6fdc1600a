"""thirtyseven: an open laboratory for Stalin's purges.

Eight explanations that historians give of the Great Terror, each a runnable mechanism on one
institutional core, weighed against the archival record.

The public names are `Record`, `load`, `Scenario`, `named`, `simulate`, `weigh`, `predict` and `Query`; they are imported when
first used, so that a command which needs only the record starts at once.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Record": "thirtyseven.record",
    "load": "thirtyseven.record",
    "Scenario": "thirtyseven.scenario",
    "named": "thirtyseven.scenario",
    "simulate": "thirtyseven.api",
    "weigh": "thirtyseven.api",
    "predict": "thirtyseven.api",
    "Query": "thirtyseven.api",
}
__all__ = ["Query", "Record", "Scenario", "load", "named", "predict", "simulate", "weigh"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'thirtyseven' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
