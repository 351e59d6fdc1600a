"""`thirtyseven trial`: a past is drawn and sealed, weighed like the record, and opened."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

import thirtyseven
from thirtyseven.cli.outputs import open_folder, whole, write
from thirtyseven.cli.screen import announce_compiling, log_to_stderr, stages, stderr, stdout
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import QUESTIONS
from thirtyseven.inference.budget import Budget, budget_named
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.result import plain
from thirtyseven.inference.trial import Sealed, judge, read_mechanisms, score, seal, weigh_sealed
from thirtyseven.publish.report import write_report
from thirtyseven.record import load
from thirtyseven.summaries import compute, from_record, write_table

FILE = "trials.json"


def trial(
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Same seed, same past.")] = 1,
    times: Annotated[int, typer.Option(min=1, max=1000, help="So many pasts, of this seed and the next ones.")] = 1,
    budget: Annotated[str, typer.Option(help="How much work each weighing does: quick, standard or full.")] = "quick",
    mechanisms: Annotated[list[str] | None, typer.Option(help="What shall be at work, for example elite=threat+reactions, "
                          "once a question; drawn at random where left out.")] = None,
    bank: Annotated[Path, typer.Option(help="Folder of a weighing, whose runs are used again.")] = Path("out/weigh"),
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes; no matter for the result.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:  # fmt: skip
    """Try the weighing on a past that it does not know: draw one, seal who made it, weigh it, open the seal.

    First comes the seal's commitment, a number that gives nothing away and cannot be changed afterwards. Then the past is
    weighed exactly as the record is, with its gaps and errors. Then the seal is opened, and you see what was found, what
    was told wrongly, and on what the instrument kept silent. The score over all trials is kept in trials.json.
    """
    log_to_stderr(False)
    spent = budget_named(budget)
    open_folder(bank)
    record = load()
    institutions = Institutions.from_record(record)
    chosen = read_mechanisms(mechanisms, [item.slug for item in EXPLANATIONS]) if mechanisms else None
    kept = _kept(bank / FILE)
    gaps = ~np.isfinite(compute(from_record(record, institutions.setting))[0])
    announce_compiling(quiet)
    for number in range(seed, seed + times):
        sealed = seal(institutions, number, gaps, chosen)
        table = _sealed(sealed, bank)
        (stderr() if as_json else stdout()).print(f"Sealed past {number}: {sealed.commitment}", soft_wrap=True)
        one = _weighed(institutions, sealed, spent, bank, _seed_of(bank), workers, quiet) | {"table": table.name}
        kept = [t for t in kept if not _same(t, one)] + [one]
        write(bank / FILE, _text(institutions, kept))
        if not as_json:
            _show(plain(one))
    if (bank / "result.json").exists():
        write_report(bank, record)
    if as_json:
        print(_text(institutions, kept))
    else:
        _total(plain(score(_comparable(institutions, kept))), bank)


def _weighed(
    institutions: Institutions, sealed: Sealed, budget: Budget, bank: Path, seed: int, workers: int, quiet: bool
) -> dict[str, Any]:
    """One trial: weighed, opened, judged."""
    with stages(quiet) as progress:
        weighing = weigh_sealed(institutions, sealed, budget=budget, folder=bank, seed=seed, workers=workers, progress=progress)
    return {
        "seed": sealed.seed, "commitment": sealed.commitment, "content": sealed.content, "drawn": sealed.drawn,
        "mechanisms": sealed.opened(), "budget": budget.name, "weighing_seed": seed,
        **{f"{name}_digest": institutions.digests[name] for name in ("code", "record", "statistics")},
        **judge(weighing, sealed),
    }  # fmt: skip


def _sealed(sealed: Sealed, bank: Path) -> Path:
    """Write the table of a sealed past, which anybody may weigh with `weigh --observed`."""
    path = open_folder(bank / "trials") / f"past-{sealed.seed}-{sealed.commitment[:8]}.csv"
    with whole(path) as writing:
        write_table(sealed.table, writing)
    return path


def _seed_of(bank: Path) -> int:
    """The seed of the weighing in the folder, so that its first runs serve again."""
    try:
        return int(json.loads((bank / "result.json").read_text(encoding="utf-8"))["seed"])
    except (OSError, ValueError, KeyError, TypeError):
        return 1937


def _kept(path: Path) -> list[dict[str, Any]]:
    """Trials that were made before.

    Raises:
        ValueError: the file is not ours or broken.
    """
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["trials"]
        score(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(
            f"{path} is not what `thirtyseven trial` writes; move it away, or give another folder with --bank."
        ) from None
    return list(found)


def _same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return all(a.get(key) == b[key] for key in ("commitment", "budget", "weighing_seed", "code_digest"))


def _comparable(institutions: Institutions, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Trials of the present core and statistics: only they can be scored together."""
    own = institutions.digests
    return [t for t in kept if t["code_digest"] == own["code"] and t["statistics_digest"] == own["statistics"]]


def _text(institutions: Institutions, kept: list[dict[str, Any]]) -> str:
    content = {
        "version": thirtyseven.__version__,
        **{f"{name}_digest": institutions.digests[name] for name in ("code", "record", "statistics")},
        "score": score(_comparable(institutions, kept)), "trials": kept,
    }  # fmt: skip
    return json.dumps(plain(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _show(one: dict[str, Any]) -> None:
    screen = stdout()
    table = Table(title=f"Past {one['seed']}, opened: * was at work", title_justify="left")
    for name in ("", *QUESTIONS):
        table.add_column(name)
    for item in EXPLANATIONS:
        cells = [one["inclusion"].get(q, {}).get(item.slug) for q in QUESTIONS]
        table.add_row(item.slug, *("-" if c is None else f"{c['mean']:.2f}{' *' if c['on'] else ''}{'' if c['told'] else ' ?'}"
                                   for c in cells))  # fmt: skip
    screen.print(table)
    screen.print("? not told: the instrument keeps silent, whatever the number.")
    screen.print(f"Told rightly {one['told_right']}, told wrongly {one['told_wrong']}, silent {one['silent']}; called \"none of "
                 f"these\" falsely: {', '.join(one['flagged']) or 'nowhere'}; log score {one['log_score']:.3f}, of the prior "
                 f"{one['prior_score']:.3f}.", soft_wrap=True)  # fmt: skip


def _total(found: dict[str, Any], bank: Path) -> None:
    gain = "" if found["gain"] is None else f"; gain over the prior {found['gain']:.3f}"
    error = "" if found["gain_error"] is None else f" (standard error {found['gain_error']:.3f})"
    many = "1 trial" if found["trials"] == 1 else f"{found['trials']} trials"
    stdout().print(
        f"\nOver {many}: told rightly {found['told_right']}, wrongly {found['told_wrong']}, silent "
        f"{found['silent']}; false flags {found['false_flags']} of {found['asked']}{gain}{error}. Kept in {bank / FILE}.",
        soft_wrap=True,
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trial)
