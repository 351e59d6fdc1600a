"""`thirtyseven run --compare A B`: two pasts, person by person, on the same random numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

import thirtyseven
from thirtyseven.cli.outputs import open_folder, write
from thirtyseven.cli.run_progress import asked_to_stop, lived
from thirtyseven.cli.screen import stdout
from thirtyseven.record import Record, load
from thirtyseven.scenario import Scenario
from thirtyseven.simulation.compare import FATES, compare
from thirtyseven.simulation.events import Events
from thirtyseven.simulation.everybody import everybody
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.build import build
from thirtyseven.society.people import Society
from thirtyseven.society.setting import from_record

HEADS = ("same week", "earlier in B", "later in B", "only in A", "only in B")


def compared(a: Scenario, b: Scenario, seed: int, out: Path | None, as_json: bool, quiet: bool) -> None:
    """Run two scenarios on one seed and say whom both reached, whom one reached earlier, and whom one alone.

    Args:
        a: the first scenario; b: the second; seed: of both.
        out: folder for `compare.json`, none where not said.
        as_json: print JSON alone; quiet: no progress.
    """
    if out is not None:
        open_folder(out)
    record = load()
    society = build(record)
    logs = [_lived(one, seed, record, society, quiet or as_json) for one in (a, b)]
    found = {
        "version": thirtyseven.__version__, "record_digest": record.digest, "seed": seed,
        "a": json.loads(a.to_json()), "b": json.loads(b.to_json()),
    } | compare(logs[0], logs[1], society)  # fmt: skip
    if out is not None:
        write(out / "compare.json", json.dumps(found, indent=1) + "\n")
    if as_json:
        print(json.dumps(found))
    else:
        _show(found)


def _lived(scenario: Scenario, seed: int, record: Record, society: Society, quiet: bool) -> Events:
    outcome = simulate(from_record(record), scenario.batch(), np.array([seed], np.uint64), slots=np.arange(calendar.WEEKS),
                       weeks=scenario.weeks)  # fmt: skip
    with asked_to_stop() as stop, lived(scenario.weeks, quiet) as progress:
        events = everybody(outcome, society, seed, progress, stop)
    if events.partial:
        raise KeyboardInterrupt
    return events


def _show(found: dict[str, Any]) -> None:
    console = stdout()
    names = f"A = {found['a']['name']}, B = {found['b']['name']}, seed {found['seed']}"
    if found["equal"]:
        console.print(f"{names}: the same to the last event (digest {found['digests'][0]}).")
        return
    console.print(f"{names}: the same until the week of {found['first_difference']}.")
    for title, groups in (("By channel of the first arrest", "by_channel"), ("By stratum", "by_stratum")):
        table = Table(title=f"{title}: people arrested in either run", title_justify="left")
        table.add_column("", no_wrap=True, min_width=18)
        for head in HEADS:
            table.add_column(head, justify="right")
        for name, row in (("all", found["arrested"]), *found[groups].items()):
            table.add_row(name, *(f"{row[fate]:,}" for fate in FATES))
        console.print(table)
    shift = found["weeks"]
    if shift:
        middle, low, high = (f"{shift[q]:+.0f}" for q in ("q50", "q05", "q95"))
        console.print(f"Where both reached somebody, B was {middle} weeks later in the middle, {low} to {high} for nine in ten.")
    console.print("Each run is one possible past. A person who stands in one alone is an id of the model, not somebody who was.")
