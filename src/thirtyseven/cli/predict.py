"""`thirtyseven predict`: the predictive distribution of any series, in the units in which an archive would print it."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from thirtyseven.cli.outputs import expect_file, write
from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stdout
from thirtyseven.explanations.base import CHANNELS
from thirtyseven.inference.finished import open_weighing, write_beside
from thirtyseven.inference.forecast import ORDER_GROUPS, QUANTITIES, SAMPLES, Query, forecast, predictor
from thirtyseven.inference.known import known
from thirtyseven.inference.placed import every_place
from thirtyseven.publish.report import write_report
from thirtyseven.record import load
from thirtyseven.society.setting import from_record

EXAMPLES = """Examples:

  thirtyseven predict --list

  thirtyseven predict --quantity executions --place moscow --from 1937-08-01 --to 1938-10-31 --by month

  thirtyseven predict --quantity names-on-lists --place kiev-oblast --from 1937-02-01 --to 1938-09-30 --by month --json

  thirtyseven predict --quantity arrests --group latvian --from 1937-08-01 --to 1938-11-30

An archive that you know and the program does not can be held against what it prints."""

REPORTED = (("executions", "moscow"), ("executions", "leningrad"), ("arrests", "kiev-oblast"),
            ("death-sentences", "west-siberian-krai"))  # fmt: skip
"""Series of the report's chapter where no single one was asked for."""


def predict(
    quantity: Annotated[str, typer.Option(help="What is counted: executions, arrests, sentences ...; see --list.")] = "",
    place: Annotated[str, typer.Option(help="A region (kiev-oblast), a city (moscow), a republic or ussr.")] = "ussr",
    group: Annotated[str, typer.Option(help="Through which channel or national line; all of them where left out.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day, as 1937-08-01, or a month or year.")] = "1937-08-01",
    last: Annotated[str, typer.Option("--to", help="Last day, as 1938-11-30, or a month or year.")] = "1938-11-30",
    by: Annotated[str, typer.Option(help="Length of the periods: day, week, month or year.")] = "month",
    listed: Annotated[bool, typer.Option("--list", help="Say which quantities, places and groups there are.")] = False,
    chapter: Annotated[bool, typer.Option("--report", help="Predict a few series for the report's chapter.")] = False,
    without_own: Annotated[bool, typer.Option("--without-own-figures", help="Do not use what the record "
                           "holds of the place itself, as if it were unknown.")] = False,
    bank: Annotated[Path, typer.Option(help="Folder of the weighing whose explanations predict.")] = Path("out/weigh"),
    out: Annotated[Path | None, typer.Option(help="Also write the JSON to this file.")] = None,
    samples: Annotated[int, typer.Option(min=50, max=20000, help="Samples of the past.")] = SAMPLES,
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="Same seed, same answer; the weighing's own where "
                    "left out.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Predict a series that the program has not seen: so many people, there, in each month, with honest intervals.

    Every explanation that fits the record is run again; the runs are bound to what the record holds of the country and of
    the place, and unfolded into days. For each period you get the mean and the values under which 5, 25, 50, 75 and 95 of
    100 predictions lie. It needs a finished weighing (`thirtyseven weigh`).
    """
    log_to_stderr(False)
    if listed:
        _list(as_json)
        return
    if chapter:
        _chapter(bank, samples, seed, workers, quiet, as_json)
        return
    if not quantity:
        raise ValueError("Say what is to be predicted with --quantity; `thirtyseven predict --list` names what there is.")
    _asked(Query(quantity, place, group or None, _day(first, False), _day(last, True), by), bank, samples, seed, workers,  # type: ignore[arg-type]
           without_own, quiet, out, as_json)  # fmt: skip


def _asked(query: Query, bank: Path, samples: int, seed: int | None, workers: int, without_own: bool, quiet: bool,
           out: Path | None, as_json: bool) -> None:  # fmt: skip
    finished, record = open_weighing(bank), load()
    announce_compiling(quiet)
    with stages(quiet) as progress:
        left_out = tuple(record.region_slugs) if without_own else ()
        made = predictor(finished, record, [query.place], samples=samples, seed=seed, left_out=left_out, workers=workers,
                         progress=progress)  # fmt: skip
    answer = finished.provenance(record) | forecast(made, query)
    text = json.dumps(_rounded(answer), ensure_ascii=False, indent=1)
    if out is not None:
        write(expect_file(out), text + "\n")
    if as_json:
        print(text)
    else:
        _show(answer)


def _day(text: str, end: bool) -> date:
    """A day, or the first or last day of a month or a year."""
    parts = text.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else (12 if end else 1)
        if len(parts) > 3:
            raise ValueError
        if len(parts) == 3:
            return date(year, month, int(parts[2]))
        if not end:
            return date(year, month, 1)
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
    except (ValueError, IndexError):
        raise ValueError(f"'{text}' is no date; write it as 1937-08-05, 1937-08 or 1937.") from None


def _rounded(value: Any) -> Any:
    """Numbers to four significant digits after the whole ones: nobody is a hundredth of a person."""
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_rounded(v) for v in value]
    return round(value, 3) if isinstance(value, float) else value


def _list(as_json: bool) -> None:
    record = load()
    setting = from_record(record)
    facts = known(record, setting)
    groups = {"channels": list(CHANNELS), "lines together": ["national"], "lines of the record": list(facts.sublines),
              "groups of Order 00447": list(ORDER_GROUPS)}  # fmt: skip
    found = {"quantities": QUANTITIES, "places": {k: list(v) for k, v in every_place(setting).items()}, "groups": groups,
             "from": "1934-01-01", "to": "1939-12-31", "by": ["day", "week", "month", "year"]}  # fmt: skip
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    screen = stdout()
    screen.print("Quantities (--quantity)")
    for name, says in QUANTITIES.items():
        screen.print(f"  {name}: {says}")
    for title, table in (("Places (--place)", found["places"]), ("Groups (--group)", groups)):
        screen.print(f"\n{title}")
        for sort, names in table.items():  # type: ignore[attr-defined]
            screen.print(f"  {sort}: {', '.join(names)}")
    screen.print("\nDays from 1934-01-01 to 1939-12-31, by day, week, month or year.")


def _show(answer: dict[str, Any]) -> None:
    group = f", {answer['group']}" if answer["group"] else ""
    title = f"{answer['quantity']}{group}: {answer['place']}, {answer['from']} to {answer['to']}"
    table = Table(title=title, title_justify="left")
    for head in (answer["by"], "mean", "5 %", "25 %", "50 %", "75 %", "95 %"):
        table.add_column(head, justify="left" if head == answer["by"] else "right")
    names = ("mean", "q05", "q25", "q50", "q75", "q95")
    for row in (*answer["series"], {"period": "in all"} | answer["total"]):
        table.add_row(row["period"], *(f"{row[name]:,.0f}" for name in names))
    screen = stdout()
    screen.print(table)
    screen.print(f"Unit: {answer['unit']}. Place: {answer['place_is']}.")
    screen.print("Bound to: " + "; ".join(answer["rests_on"]) + ".")
    screen.print("Quantiles over runs of the explanations that fit. How often such intervals held what was left out: "
                 "`thirtyseven heldout`.")  # fmt: skip


def _chapter(bank: Path, samples: int, seed: int | None, workers: int, quiet: bool, as_json: bool) -> None:
    finished, record = open_weighing(bank), load()
    announce_compiling(quiet)
    with stages(quiet) as progress:
        made = predictor(finished, record, [p for _, p in REPORTED], samples=samples, seed=seed, workers=workers,
                         progress=progress)  # fmt: skip
    first, last = date(1937, 1, 1), date(1938, 12, 31)
    content = finished.provenance(record) | {
        "series": [forecast(made, Query(quantity, place, None, first, last, "month")) for quantity, place in REPORTED]
    }
    path = write_beside(finished, "predict", content)
    write_report(finished.folder, record)
    if as_json:
        print(path.read_text(encoding="utf-8"))
    else:
        stdout().print(f"Written: {path}, and the report's chapter.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(predict)
