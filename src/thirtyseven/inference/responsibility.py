"""Responsibility: what each office's departure from its conduct of 1935-36 contributed, and never by one number.

All 32 coalitions of the five offices are run on every posterior point, for three baselines, with the same random numbers.
Out of them come, for each question, shares by several rules that do not agree and are therefore printed together:
contribution (Shapley), necessity, sufficiency, degree of responsibility, stopping power, and how much is joint. They are
intervals over points and baselines. Contribution is not guilt; offices are not persons; what is built in is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.inference import games
from thirtyseven.inference.bank import Progress
from thirtyseven.inference.counterfactual import FOLDER, CounterfactualError
from thirtyseven.inference.effects import (
    HOLDS,
    PHASES,
    QUESTIONS,
    WHERE,
    Points,
    asked_kinds,
    conduct_digest,
    direction,
    interval,
    people_of,
    points,
    runs,
)
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.fits import Fit, Fits
from thirtyseven.inference.result import plain
from thirtyseven.inference.simulator import Floats
from thirtyseven.record import Record
from thirtyseven.scenario.offices import BASELINES, OFFICES, SLUGS
from thirtyseven.simulation.coalition import Coalitions, reverting, together
from thirtyseven.society import calendar

NAME = "responsibility"
DRAWS = 6
"""Points of every explanation in the quick default."""
COALITIONS = np.array([[bool(mask >> i & 1) for i in range(len(SLUGS))] for mask in range(1 << len(SLUGS))])
"""(32, 5) Which office acts as it did, by bit mask."""
EVENT = 0.5
"""The event whose necessity, sufficiency and degree are asked: at least this share of the past's own total."""
LITTLE = 0.02
"""A contribution within this share of the total counts as about none (judgement)."""
LATER = "1935-36"
"""Baseline of the stopping power."""
STOPPING: tuple[date, ...] = (
    date(1937, 2, 23), date(1937, 7, 2), date(1937, 8, 5), date(1937, 10, 1), date(1937, 12, 10), date(1938, 1, 31),
    date(1938, 4, 15), date(1938, 7, 1), date(1938, 9, 17),
)  # fmt: skip
"""Days from which an office goes back: plenum, telegram, first day of Order 00447, its first two months, its four months,
the extension, the national operations' term of 15 April, July, the special troikas."""
FIRST_STOP = date(1937, 1, 4)
"""Monday after the last baseline, from which a finer grid of days begins."""
FEW = 500.0
"""Fewer people than this cannot be shared out: the game is then not defined for that past."""

GAMES: tuple[str, ...] = (
    *(f"first_category:{q}" for q in QUESTIONS if q != "ordinary"), f"sentenced:{WHERE}",
    *(f"first_category:all@{phase}" for phase in PHASES if phase != "after"), "arrested:all",
)  # fmt: skip
"""What is shared out: people sentenced to death by question and by phase, sentenced beyond the first limits, arrested."""


class LoneNumberError(ValueError):
    """A contribution without what must stand beside it."""


@dataclass(frozen=True)
class Spread:
    """5, 50 and 95 per cent over points and baselines."""

    q05: float
    q50: float
    q95: float

    def __str__(self) -> str:
        return f"{self.q05:.2f} to {self.q95:.2f}"


@dataclass(frozen=True)
class Contribution:
    """All that is said of one office and one question; no part of it can be made, printed or written without the rest.

    Attributes:
        office, question: slugs.
        contribution: Shapley value as share of the total; people: the same in people.
        necessity: share that would not have been without this office's departure; sufficiency: share with it alone.
        needed: share of pasts in which less than half would have been without it; enough: at least half with it alone.
        degree: degree of responsibility for at least half of the total.
        joint: share of the total that no office adds by itself; the same for all offices of a question.
        sign: "adds", "holds back", "about nothing" or "open".
        pasts: points times baselines that the intervals are over.

    Raises:
        LoneNumberError: a companion is missing.
    """

    office: str
    question: str
    contribution: Spread
    people: Spread
    necessity: Spread
    sufficiency: Spread
    needed: float
    enough: float
    degree: Spread
    joint: Spread
    sign: str
    pasts: int

    def __post_init__(self) -> None:
        beside = ("people", "necessity", "sufficiency", "needed", "enough", "degree", "joint")
        missing = [name for name in beside if getattr(self, name) is None]
        if missing:
            raise LoneNumberError(
                f"The contribution of {self.office} to {self.question} may not stand without its {', '.join(missing)}."
            )

    def __str__(self) -> str:
        return (
            f"{self.office}, {self.question}: contribution {self.contribution}, necessity {self.necessity}, sufficiency "
            f"{self.sufficiency}, degree {self.degree}, joint {self.joint} ({self.pasts} pasts)"
        )

    def __format__(self, spec: str) -> str:
        return str(self)


def stopping_days(every: int = 0) -> tuple[date, ...]:
    """The days of `STOPPING`, and with `every` a Monday every so many weeks up to the decree of 17 November 1938."""
    grid = range(calendar.week_of(FIRST_STOP), calendar.week_of(calendar.DECREE), every) if every else ()
    return tuple(sorted({*STOPPING, *(calendar.monday_of(week) for week in grid)}))


def responsibility(finished: Finished, record: Record, *, draws: int = DRAWS, every: int = 0, workers: int = 1,
                   progress: Progress | None = None) -> dict[str, Any]:  # fmt: skip
    """Run all coalitions and say what each office contributed, by question, beside the ledger of acts.

    Args:
        finished: the weighing.
        record: the loaded record.
        draws: posterior points of every explanation.
        every: stopping power every so many weeks too; 0 for the days of `STOPPING` alone.
        workers: processes.
        progress: told (stage, done, total).

    Returns:
        The content of `responsibility.json`, plain.

    Raises:
        CounterfactualError: the weighing left no draws, or none are asked for.
    """
    kinds = asked_kinds(finished)
    if not kinds:
        raise CounterfactualError(
            f"The weighing in {finished.folder} left no posterior draws; run `thirtyseven weigh --out {finished.folder}` again."
        )
    if draws < 1:
        raise CounterfactualError("Responsibility needs at least one past; ask for --draws 1 or more.")
    some = {kind: points(finished.draws[kind], draws, finished.seed, NAME) for kind in kinds}
    days = stopping_days(every)
    tables, stopping = _made(finished, record, some, days, workers, progress)
    questions = {
        game: {kind: _game(values(tables[kind], game), game) for kind in kinds} for game in GAMES
    }  # fmt: skip
    return plain(
        finished.provenance(record)
        | {"conduct_digest": conduct_digest(), "points": draws, "rule": finished.result["robust"]["rule"],
           "kinds": [{"kind": kind, "posterior": some[kind].posterior} for kind in kinds], "baselines": list(BASELINES),
           "offices": [asdict(office) for office in OFFICES], "event": EVENT, "questions": questions,
           "across": {game: across(questions[game]) for game in GAMES},
           "stopping": {"dates": [day.isoformat() for day in days], "kinds": stopping}, "ledger": ledger(record)}
    )  # fmt: skip


def values(arrays: Mapping[str, NDArray[Any]], game: str) -> Floats:
    """(pasts, 32) The game of a measure: people under every coalition, of every point and baseline.

    Args:
        arrays: counted runs, coalition fastest, then baseline, then point.
        game: a name of `GAMES`.
    """
    what, _, rest = game.partition(":")
    question, _, phase = rest.partition("@")
    people = arrays["where"].astype(float) if question == WHERE else people_of(arrays, question, what, phase or "whole")
    return people.reshape(-1, len(COALITIONS))


def _made(finished: Finished, record: Record, some: Mapping[str, Points], days: Sequence[date], workers: int,
          progress: Progress | None) -> tuple[dict[str, dict[str, NDArray[Any]]], dict[str, Any]]:  # fmt: skip
    """Counted runs of all coalitions by kind, and stopping power by kind, office and question."""
    institutions, code = finished.institutions(record), conduct_digest()
    every = _every_coalition()
    fits, keys = [], []
    for kind, chosen in some.items():
        for i in range(len(chosen.u)):
            for name, conduct in (("coalitions", every), ("stopping", _every_stop(days))):
                n = len(conduct.since)
                arguments = (institutions, kind, np.repeat(chosen.u[i : i + 1], n, axis=0), np.repeat(chosen.seeds[i], n),
                             conduct, code)  # fmt: skip
                fits.append(Fit(f"{NAME}-{name}-{kind}-{i}", runs, arguments))
                keys.append((kind, name))
    found = Fits(finished.folder / FOLDER, workers, progress).make("coalitions", fits)
    tables, stopping = {}, {}
    for kind in some:
        game, stop = (
            [a for key, a in zip(keys, found, strict=True) if key == (kind, name)] for name in ("coalitions", "stopping")
        )
        tables[kind] = {name: np.concatenate([part[name] for part in game]) for name in game[0]}
        as_it_was = [part["weekly"][len(COALITIONS) - 1] for part in game]
        stopping[kind] = _power(as_it_was, [part["weekly"] for part in stop], days)
    return tables, stopping


def _every_coalition() -> Coalitions:
    """All coalitions under every baseline, for one point."""
    each = [together(COALITIONS, name) for name in BASELINES]
    return Coalitions(np.concatenate([one.since for one in each]), np.concatenate([one.window for one in each]))


def _every_stop(days: Sequence[date]) -> Coalitions:
    """Every office going back on every day, for one point; days fastest."""
    weeks = np.array([calendar.week_of(day) for day in days])
    return reverting(np.repeat(np.arange(len(SLUGS)), len(weeks)), np.tile(weeks, len(SLUGS)), LATER)


def _power(as_it_was: Sequence[NDArray[Any]], others: Sequence[NDArray[Any]], days: Sequence[date]) -> dict[str, Any]:
    """Share of the death sentences after a week that would not have been, had an office gone back in it."""
    power: dict[str, Any] = {}
    for q, question in enumerate(QUESTIONS):
        if question == "ordinary":
            continue
        power[question] = {}
        for o, office in enumerate(SLUGS):
            row = []
            for d, day in enumerate(days):
                week = calendar.week_of(day)
                was = np.array([table[week:, q].sum() for table in as_it_was], float)
                would = np.array([table[o * len(days) + d, week:, q].sum() for table in others], float)
                row.append(interval(np.where(was >= FEW, 1.0 - would / np.maximum(was, 1.0), np.nan)))
            power[question][office] = row
    return power


def _game(v: Floats, question: str) -> dict[str, Any] | None:
    """Everything about one question under one kind; None where there is nothing to share out."""
    v = v[v[:, -1] - v[:, 0] >= FEW]
    if not len(v):
        return None
    total = v[:, -1] - v[:, 0]
    happens = v - v[:, :1] >= EVENT * total[:, None]
    full, alone = len(COALITIONS) - 1, [1 << i for i in range(len(SLUGS))]
    shapley, joint = games.shapley(v), games.joint(v)
    necessity, sufficiency, degree = games.necessity(v), games.sufficiency(v), games.degree(happens)
    said = [
        Contribution(
            office, question, _spread(shapley[:, i] / total), _spread(shapley[:, i]), _spread(necessity[:, i]),
            _spread(sufficiency[:, i]), float((~happens[:, full ^ alone[i]]).mean()), float(happens[:, alone[i]].mean()),
            _spread(degree[:, i]), _spread(joint), _SIGNS[direction(shapley[:, i] / total, LITTLE)], len(v),
        )
        for i, office in enumerate(SLUGS)
    ]  # fmt: skip
    return {
        "total": interval(total), "at_baseline": interval(v[:, 0]), "joint": interval(joint), "pasts": len(v),
        "couplings": _couplings(games.dividends(v) / total[:, None]), "offices": {one.office: asdict(one) for one in said},
    }  # fmt: skip


_SIGNS = {"more": "adds", "less": "holds back", "little": "about nothing", "nothing": "about nothing", "open": "open",
          "not defined": "open"}  # fmt: skip


def _spread(values: Floats) -> Spread:
    found = interval(values)
    if found is None:
        raise LoneNumberError("A contribution needs at least one past in which there was something to share out.")
    return Spread(**found)


def _couplings(parts: Floats) -> list[dict[str, Any]]:
    """The dividends of two and more offices that matter most, as shares of the total."""
    middle = np.median(parts, axis=0)
    several = [mask for mask in range(len(COALITIONS)) if mask.bit_count() > 1 and abs(middle[mask]) >= LITTLE]
    several.sort(key=lambda mask: -abs(middle[mask]))
    return [
        {"offices": [slug for i, slug in enumerate(SLUGS) if mask >> i & 1], "share": interval(parts[:, mask])}
        for mask in several[:6]
    ]


def across(by_kind: Mapping[str, dict[str, Any] | None]) -> dict[str, dict[str, str]]:
    """What the kinds agree on, by office: sign, needed, enough, each "unknown" where they contradict one another.

    Args:
        by_kind: games of one question, None where there was nothing to share out.

    Returns:
        {office: {sign, needed, enough}}: the common word; "unknown" where kinds say opposite things or none says
        anything; "some" where some say it and others leave it open.
    """
    given = [game["offices"] for game in by_kind.values() if game is not None]
    return {
        office: {
            "sign": _common([one[office]["sign"] for one in given]),
            "needed": _common([_yes(one[office]["needed"]) for one in given]),
            "enough": _common([_yes(one[office]["enough"]) for one in given]),
        }
        for office in SLUGS
    }


def _yes(how_often: float) -> str:
    return "yes" if how_often >= HOLDS else "no" if how_often <= 1.0 - HOLDS else "open"


def _common(words: Sequence[str]) -> str:
    said = set(words) - {"open"}
    if len(said) == 1:
        return said.pop() if "open" not in words else "some"
    opposed = {"yes", "no"} <= said or {"adds", "holds back"} <= said
    return "unknown" if opposed or not said else "some"


def ledger(record: Record) -> dict[str, Any]:
    """The record's acts by office and kind, with how many rest on a document that was seen."""
    rows = list(record.responsibility.values())
    return {
        office: {
            "acts": dict(sorted(Counter(row.kind for row in rows if row.office_group == office).items())),
            "seen": sum(row.seen == "seen" for row in rows if row.office_group == office),
            "all": sum(row.office_group == office for row in rows),
        }
        for office in SLUGS
    }
