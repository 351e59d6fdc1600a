"""Count what the compiled engine does: draws, logarithms, permutations, searches, reads of people's states.

Run by `floor.py` in a process and a compilation cache of its own. Before anything is compiled, the functions in question
are replaced by ones that add one to a counter and then do the same; a run's results must stay what they were.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
import types as python_types
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

TALLY = np.zeros(16, np.int64)
WHAT = ("draws", "logarithms", "permutations", "permutation keys", "searches", "states read", "poisson", "binomial", "normal")
PACKAGE = "thirtyseven."
MODULES = ("draws", "society.permutation", "society.ties", "simulation.booking", "simulation.operations", "simulation.offices",
           "simulation.kernels", "simulation.custody", "simulation.persons")  # fmt: skip
PLACES = {
    "draws": (("draws", "philox"),),
    "permutations": (("society.ties", "forward"), ("society.ties", "backward")),
    "permutation keys": (("society.permutation", "philox"),),
    "searches": (("society.ties", "_stretch"),),
    "states read": (("simulation.persons", "free"),),
    "poisson": (("simulation.operations", "poisson"), ("simulation.offices", "poisson")),
    "binomial": (("simulation.operations", "binomial"), ("simulation.offices", "binomial")),
    "normal": (("simulation.operations", "normal"), ("simulation.offices", "normal"), ("draws", "normal")),
}
LOGARITHMS = {
    "log": njit(lambda x: math.log(x)), "log1p": njit(lambda x: math.log1p(x)), "exp": njit(lambda x: math.exp(x)),
    "lgamma": njit(lambda x: math.lgamma(x)),
}  # fmt: skip


def adding(function: Any, slot: int) -> Any:
    """The function, with one added to a counter at each call."""
    address = TALLY.ctypes.data + 8 * slot

    @intrinsic
    def tick(_context: Any) -> Any:
        def code(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
            word = ir.IntType(64)
            place = builder.inttoptr(ir.Constant(word, address), word.as_pointer())
            builder.store(builder.add(builder.load(place), ir.Constant(word, 1)), place)
            return context.get_dummy_value()

        return types.void(), code

    @njit
    def counting(*arguments: Any) -> Any:
        tick()
        return function(*arguments)

    return counting


def instrument() -> None:
    """Put the counting functions into their places; must come before the first compilation."""
    modules = {name: importlib.import_module(PACKAGE + name) for name in MODULES}
    arithmetic = python_types.ModuleType("arithmetic")
    for name in dir(math):
        setattr(arithmetic, name, getattr(math, name))
    for name, plain in LOGARITHMS.items():
        setattr(arithmetic, name, adding(plain, WHAT.index("logarithms")))
    for module in modules.values():
        if hasattr(module, "math"):
            module.math = arithmetic  # type: ignore[attr-defined]
    for what, places in PLACES.items():
        for name, function in places:
            setattr(modules[name], function, adding(getattr(modules[name], function), WHAT.index(what)))


def main() -> None:
    """Count a batch at `counts` and one run at `people`; print them as JSON."""
    instrument()
    from thirtyseven.record import load
    from thirtyseven.scenario import named
    from thirtyseven.simulation.everybody import everybody
    from thirtyseven.simulation.run import simulate
    from thirtyseven.society import calendar
    from thirtyseven.society.build import build
    from thirtyseven.society.setting import from_record

    record = load()
    setting, society = from_record(record), build(record)
    seeds = np.arange(8, dtype=np.uint64) + np.uint64(1937)
    simulate(setting, named("composite").batch(8), seeds, weeks=(0, 1))
    TALLY[:] = 0
    several = simulate(setting, named("composite").batch(8), seeds)
    counts = dict(zip(WHAT, (TALLY / 8).tolist(), strict=False))
    one = simulate(setting, named("composite").batch(), seeds[:1], slots=np.arange(calendar.WEEKS))
    TALLY[:] = 0
    events = everybody(one, society, 1937)
    people = dict(zip(WHAT, TALLY.tolist(), strict=False))
    cells = int((several.regional[:, 0].sum(axis=-1) > 0).sum() / 8)
    json.dump({
        "counts": counts, "people": people, "events": len(events), "digest": events.digest(), "cells": cells,
        "counts_digest": several.digest(0), "counted": float(several.weekly[..., [0, 1, 3]].sum() / 8),
    }, sys.stdout)  # fmt: skip


if __name__ == "__main__":
    main()
