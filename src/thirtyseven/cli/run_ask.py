"""`thirtyseven run --ask`: what only a run of everybody can answer, with intervals over seeds or posterior draws."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table

import thirtyseven
from thirtyseven.cli.outputs import OutputError, open_folder, write
from thirtyseven.cli.run_progress import asked_to_stop
from thirtyseven.cli.screen import stages, stdout
from thirtyseven.inference.asked import FILE, ask_draws, ask_seeds
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.institutions import code_digest
from thirtyseven.inference.result import plain
from thirtyseven.publish.report import write_report
from thirtyseven.record import load
from thirtyseven.scenario import Scenario
from thirtyseven.simulation.ask import QUESTIONS, asked, at, beside, spread
from thirtyseven.simulation.families import SHARES

LOSSES = {"arrested_1937_38": "arrested 1937-38", "arrested": "arrested 1934-39", "to_death": "sentenced to death 1934-39"}
DEFINITIONS = {
    "people": "of all people", "adults": "of adults", "household": "of households, a member",
    "household_or_kin": "of households, a member or close kin", "acquaintance": "of adults, one of eight acquaintances",
    "colleague": "of working adults, somebody at work", "workplace": "of places of work, somebody",
}  # fmt: skip
CIRCLES = {"one_in_eighteen": "one in eighteen", "one_in_eight": "one in eight", "half": "half", "nine_in_ten": "nine in ten"}


def asked_and_shown(scenario: Scenario, question: str, seed: int, runs: int | None, bank: Path | None, out: Path | None,
                    workers: int, as_json: bool, quiet: bool) -> None:  # fmt: skip
    """Ask runs of everybody and show the answers.

    Args:
        scenario: what is supposed; draws of the weighing take its place where `bank` is given.
        question: a name of `QUESTIONS`, several with commas, or all.
        seed: of the first run; runs: how many; bank: folder of a weighing; out: folder for `everybody.json`.
        workers: processes; as_json: print JSON alone; quiet: no progress.
    """
    names = asked(question)
    if out is not None:
        open_folder(out)
    found, stopped = _found(scenario, names, seed, runs, bank, workers, quiet or as_json)
    if out is not None:
        write(out / f"{FILE}.json", json.dumps(found, indent=1) + "\n")
    if as_json:
        print(json.dumps(found))
    else:
        show(found)
    if stopped:
        raise KeyboardInterrupt


def _found(scenario: Scenario, names: tuple[str, ...], seed: int, runs: int | None, bank: Path | None, workers: int,
           quiet: bool) -> tuple[dict[str, Any], bool]:  # fmt: skip
    record = load()
    with asked_to_stop() as stop, stages(quiet) as progress:
        if bank is not None:
            finished = open_weighing(bank)
            found = plain(ask_draws(finished, record, names, runs, workers=workers, progress=progress, stop=stop))
            if not found["partial"] and set(names) == set(QUESTIONS):
                write_beside(finished, FILE, found)
                if (bank / "series.json").exists():
                    write_report(bank, record)
            return found, bool(found["partial"])
        wanted = 3 if runs is None else runs
        answers = ask_seeds(scenario, names, seed, wanted, workers=workers, progress=progress, stop=stop)
    if not answers:
        raise OutputError("No run was finished before it was stopped; there is nothing to show.")
    found = {
        "version": thirtyseven.__version__, "code_digest": code_digest(), "record_digest": record.digest, "seed": seed,
        "scenario": json.loads(scenario.to_json()), "runs": len(answers), "partial": len(answers) < wanted,
        "answers": spread(answers), "beside": beside(record),
    }  # fmt: skip
    return plain(found), len(answers) < wanted


def show(found: dict[str, Any]) -> None:
    """The answers as tables."""
    console = stdout()
    answers = found["answers"]
    whose = found["scenario"]["name"] if "scenario" in found else f"draws of {found['kind']}"
    console.print(f"{whose}: {found['runs']} runs of 162 million people; middle and 90% interval over runs.")
    for name, tables in (("families", _families), ("chains", _chains), ("motives", _motives), ("cohorts", _cohorts)):
        if name in answers:
            for table in tables(answers[name], found["beside"].get(name, {})):
                console.print(table)
    if "consequences" in answers:
        console.print(_consequences(answers["consequences"], found["beside"]["consequences"]))
    console.print("Simulated. Who is struck follows a society of ids built from the census; nobody in it is a real person.")


def number(value: Any, percent: bool = False) -> str:
    """A middle with its interval, as people read it."""
    if not isinstance(value, dict) or value.get("q50") is None:
        return "-"
    scale = 100.0 if percent else 1.0
    whole = not percent and all(float(value[q]).is_integer() for q in ("q05", "q50", "q95"))
    digits = 0 if whole or abs(scale * value["q50"]) >= 100 else 1 if abs(scale * value["q50"]) >= 1 else 2
    low, mid, high = (f"{scale * value[q]:,.{digits}f}" for q in ("q05", "q50", "q95"))
    return mid if low == high else f"{mid} ({low} to {high})"


def _table(title: str, *heads: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right")
    return table


def _families(answers: dict[str, Any], _: dict[str, Any]) -> Iterator[Table]:
    table = _table("How many lost somebody: per cent", *LOSSES.values())
    for name, words in DEFINITIONS.items():
        table.add_row(words, *(number(answers[loss]["shares"][name], percent=True) for loss in LOSSES))
    yield table
    table = _table("How many people one must have known for this share to have lost one of them", *LOSSES.values())
    for name in SHARES:
        table.add_row(CIRCLES[name], *(number(answers[loss]["circle"][name]) for loss in LOSSES))
    yield table


def _chains(answers: dict[str, Any], _: dict[str, Any]) -> Iterator[Table]:
    table = _table("Cases: arrests that hang together by names given", "cases", "names acted on", "mean size", "largest",
                   "arrests in cases of 10 and more, %", "longest chain", "gave no name, %")  # fmt: skip
    for name, told in answers.items():
        if "size" in told:
            size = told["size"]
            table.add_row(name, number(told["cases"]), number(told["naming"]), number(size["mean"]), number(size["largest"]),
                          number(size["arrests_at_least"]["10"], percent=True), number(told["generation"]["longest"]),
                          number(told["names"]["none"], percent=True))  # fmt: skip
    yield table
    table = _table("Patrons and clients: per cent arrested", "all", "patron had fallen", "patron had not", "ratio", "longest")
    for name, told in answers["patrons"].items():
        table.add_row(name, *(number(told[key], percent=True) for key in ("arrested", "patron_fell", "patron_stayed")),
                      number(told["ratio"]), number(told["longest"]))  # fmt: skip
    yield table


def _motives(answers: dict[str, Any], _: dict[str, Any]) -> Iterator[Table]:
    heads = ("self_preservation", "reward", "grudge", "duty", "upward")
    table = _table("Motives of denunciation, per cent: what stated weights imply, no finding", "denunciations", *heads)
    for name, told in answers.items():
        table.add_row(name, number(told["denunciations"]), *(number(told[key], percent=True) for key in heads))
    yield table


def _cohorts(answers: dict[str, Any], recorded: dict[str, Any]) -> Iterator[Table]:
    table = _table("Offices of 1934-37", "holders", "arrested, %", "recorded, people", "sentenced to death, %", "shot, recorded")
    for name, told in answers["offices"].items():
        kept = [recorded.get(f"offices.{name}.{what}", {}).get("value") for what in ("arrested", "to_death")]
        said = ["-" if one is None else f"{one:,.0f}" for one in kept]
        table.add_row(name, number(told["holders"]), number(told["arrested_share"], percent=True), said[0],
                      number(told["to_death_share"], percent=True), said[1])  # fmt: skip
    yield table
    table = _table("Adults by stratum", "adults", "arrested, %", "sentenced to death, %")
    for name, told in answers["strata"].items():
        shares = (number(told[what], percent=True) for what in ("arrested", "to_death"))
        table.add_row(name, number(told["adults"]), *shares)
    yield table


def _consequences(answers: dict[str, Any], recorded: dict[str, Any]) -> Table:
    table = _table("What followed", "simulated", "recorded", "what the record counts")
    for group, values in answers.items():
        for name in values:
            value = at(answers, f"{group}.{name}")
            if name == "by_region" or not isinstance(value, dict):
                continue
            kept = recorded.get(f"{group}.{name}", {})
            said = [f"{one:,.0f}" for one in (kept.get("value"), kept.get("low"), kept.get("high")) if one is not None]
            table.add_row(f"{group}: {name.replace('_', ' ')}", number(value), " to ".join(said[:2]) or "-", kept.get("item", ""))
    return table
