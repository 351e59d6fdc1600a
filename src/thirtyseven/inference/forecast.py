"""Prediction of a series that the program never saw, in the units in which an archive would print it.

A sample is one weighed run of an explanation that fits, bound to what the record holds of the country (`bound`), brought
to the place (`local`), unfolded into days with delays, sittings and a city's share (`unfold`), and bound to what the record
holds of the place itself. Many samples make a predictive distribution; its quantiles are the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.inference.bank import Progress
from thirtyseven.inference.bound import ARRESTED, FIRST, LINE, LISTS, OTHER, TROIKA, bind
from thirtyseven.inference.ensemble import Ensemble, gather
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.known import Known, known
from thirtyseven.inference.local import Spread, course, totals
from thirtyseven.inference.placed import DAYS, Place, Where, day_of, where
from thirtyseven.inference.placed import FIRST as FIRST_DAY
from thirtyseven.inference.placed import LAST as LAST_DAY
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.unfold import carried_out, listed, share_of_city, streams, uneven
from thirtyseven.record import Record

Floats = NDArray[np.float64]
By = Literal["day", "week", "month", "year"]

QUANTITIES = {
    "arrests": "people arrested by the organs of state security, by month of arrest; memorial books hold about a third",
    "sentences": "people sentenced by troikas, albums, lists, the Special Board and courts of the organs' cases",
    "death-sentences": "people sentenced to death (first category)",
    "other-sentences": "people sentenced to camp, prison or exile (second and third categories)",
    "executions": "people executed, by the day on which a death sentence was carried out; in a city: in it or beside it",
    "names-on-lists": "names on the lists signed by Stalin and his circle, by the list's date: sanctions, not executions",
}
ORDER_GROUPS = {"former-kulaks": 0, "criminals": 1, "other-antisoviet": 2}
ALSO = {"order-00447": "troika", "00447": "troika", "mass": "troika", "national-operations": "national",
        "national-lines": "national", "poles": "polish", "germans": "german"}  # fmt: skip
"""Other names of groups."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
SAMPLES = 600
_ECHO = 0.6  # of what a place's known executions say of its arrests and other sentences, in logs (judgement)
_BEFORE = {"death-sentences": 10, "other-sentences": 10, "arrests": 40, "sentences": 10}  # days before the executions
_OPERATIONS = {"": ("troika", "lines", "lists", "rest"), "troika": ("troika",), "national": ("lines",),
               "operations": ("troika", "lines", "rest")}  # fmt: skip


class AskedError(ValueError):
    """A series that cannot be predicted; its text says which words can be used."""


@dataclass(frozen=True)
class Query:
    """A series that is asked for.

    Attributes:
        quantity: a key of `QUANTITIES`.
        place: slug of a region, city, republic, or "ussr".
        group: a channel, "national", one of the record's national lines, a group of Order 00447, or None for all.
        first, last: days, both counted.
        by: length of the periods; the first and last may be cut short by the days.
    """

    quantity: str
    place: str = "ussr"
    group: str | None = None
    first: date = FIRST_DAY
    last: date = LAST_DAY
    by: By = "month"

    def __post_init__(self) -> None:
        if self.quantity not in QUANTITIES:
            raise AskedError(f"There is no quantity '{self.quantity}'; choose one of: {', '.join(QUANTITIES)}.")
        if self.by not in ("day", "week", "month", "year"):
            raise AskedError(f"'{self.by}' is no length of period; choose day, week, month or year.")
        if not FIRST_DAY <= self.first <= self.last <= LAST_DAY:
            raise AskedError(f"The days from {self.first} to {self.last} cannot be predicted; give a stretch within "
                             f"{FIRST_DAY} to {LAST_DAY}, first day first.")  # fmt: skip

    def periods(self) -> list[tuple[date, date]]:
        """First and last day of each period."""
        found, at = [], self.first
        while at <= self.last:
            if self.by == "day":
                end = at
            elif self.by == "week":
                end = at + timedelta(days=6 - at.weekday())
            elif self.by == "month":
                end = date(at.year + at.month // 12, at.month % 12 + 1, 1) - timedelta(days=1)
            else:
                end = date(at.year, 12, 31)
            found.append((at, min(end, self.last)))
            at = end + timedelta(days=1)
        return found

    def label(self, first: date) -> str:
        """Name of a period: the day, the first day of the week, the month or the year."""
        text = first.isoformat()
        return {"month": text[:7], "year": text[:4]}.get(self.by, text)


@dataclass
class Predictor:
    """Samples of the past for some places, ready for any series.

    Attributes:
        ensemble: weighed runs.
        known: what the record knows.
        national: (N, W, 12, 3) the country's weeks, bound.
        by_region: (N, 6, R, 12, 3) totals.
        wheres: the places.
        seed: of everything random.
        spread: of regions.
        left_out: places whose own figures are not used.
    """

    ensemble: Ensemble
    known: Known
    national: Floats
    by_region: Floats
    wheres: tuple[Where, ...]
    seed: int
    regions: tuple[str, ...]
    spread: Spread = field(default_factory=Spread)
    left_out: frozenset[str] = frozenset()

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.ensemble.runs)

    def days(self, place: int, quantity: str, group: str | None = None, finest: str = "month") -> Floats:
        """(N, DAYS) The series by day, in expectation of its counts.

        Args:
            place: number of the place.
            quantity: see `QUANTITIES`.
            group: see `Query`.
            finest: the shortest period that will be summed.
        """
        spot = self.wheres[place]
        rng = stream(self.seed, "unfold", spot.name, quantity, group or "all")
        weeks = self.national if spot.union else self._course(spot, place)
        channels, factor = self._group(group, rng, spot.union)
        if quantity == "names-on-lists":
            lists = sum(self._lists(spot, measure) for measure in (FIRST, OTHER))
            return np.asarray(lists * share_of_city(spot, quantity, self.samples, rng)[:, None])
        weeks, moves = self._bound_here(spot, weeks, rng)
        days = self._of_quantity(spot, weeks, quantity, channels)
        echo = 1.0 if quantity in ("executions", "death-sentences") else _ECHO
        for names, first, last, ratio in moves:
            shift = _BEFORE.get(quantity, 0)
            for name in names:
                days[name][:, max(first - shift, 0) : last + 1 - shift] *= (ratio**echo)[:, None]
        if spot.burial:
            days["lists"] *= 0.0
            for p in self.own(spot):  # its books begin and end on certain days
                for flow in days.values():
                    flow[:, : p.first], flow[:, p.last + 1 :] = 0.0, 0.0
        fixed = days.pop("lists") if quantity != "arrests" else 0.0  # lists have dates of their own
        total = uneven(sum(days.values()), self.known.dispersion, spot.union, finest, rng) + fixed  # type: ignore[arg-type]
        return np.asarray(total * factor[:, None] * self._city(spot, quantity, rng)[:, None])

    def _course(self, spot: Where, place: int) -> Floats:
        return course(self.ensemble, self.national, self.by_region, self.known, spot.regions, place, self.spread)

    def _of_quantity(self, spot: Where, weeks: Floats, quantity: str, channels: Sequence[int]) -> dict[str, Floats]:
        """Days by stream of a quantity, only these channels; delays of a place are the same whatever is asked."""
        rng = stream(self.seed, "delays", spot.name)
        mask = np.isin(np.arange(len(CHANNELS)), channels).astype(float)
        if quantity == "arrests":
            return streams(weeks[..., ARRESTED] * mask)
        result: dict[str, Floats] = {}
        for measure in (FIRST, OTHER):
            if (measure == FIRST and quantity == "other-sentences") or (
                measure == OTHER and quantity in ("death-sentences", "executions")
            ):
                continue
            part = streams(weeks[..., measure] * mask)
            part["lists"] = self._lists(spot, measure) * float(LISTS in channels)
            if quantity == "executions":
                return carried_out(part, rng)
            part["lists"] = carried_out({"lists": part["lists"]}, rng)["lists"]  # the Collegium follows the list
            result = {name: result.get(name, 0.0) + flow for name, flow in part.items()}
        return result

    def _lists(self, spot: Where, measure: int) -> Floats:
        rng = stream(self.seed, "lists", spot.name, measure)
        at = np.flatnonzero(spot.regions)
        names = np.tensordot(self.by_region[:, :, at, LISTS, measure], spot.regions[at], axes=(2, 0))
        whole = self.by_region[..., LISTS, measure].sum(axis=(1, 2))
        return listed(names, names.sum(axis=1) / np.maximum(whole, 1.0), self.known, measure, spot.union, rng)

    def _group(self, group: str | None, rng: np.random.Generator, union: bool) -> tuple[list[int], Floats]:
        """Channels of a group and, where the core knows only what holds it, its share by sample."""
        one = np.ones(self.samples)
        group = ALSO.get(group, group) if group else None
        if group is None:
            return list(range(len(CHANNELS))), one
        if group in CHANNELS:
            return [CHANNELS.index(group)], one
        if group == "national":
            return LINE, one
        spread = np.exp((0.1 if union else 0.6) * rng.standard_normal(self.samples))
        if group in self.known.sublines:
            line, share = self.known.sublines[group]
            odds = share / (1 - share) * spread
            return [LINE[line]], np.asarray(odds / (1 + odds))
        if group in ORDER_GROUPS:
            share = float(self.known.groups[ORDER_GROUPS[group]].mean())
            odds = share / (1 - share) * spread
            return [TROIKA], np.asarray(odds / (1 + odds))
        raise AskedError(f"There is no group '{group}'; choose one of: {', '.join(self.groups())}.")

    def groups(self) -> tuple[str, ...]:
        """Every group that can be asked for."""
        return (*CHANNELS, "national", *self.known.sublines, *ORDER_GROUPS)

    def own(self, spot: Where) -> list[Place]:
        """What the record knows of the place itself and may be used."""
        at = np.flatnonzero(spot.regions)
        if len(at) != 1 or spot.regions[at[0]] < 1:
            return []
        region = self.regions[at[0]]
        return [p for p in self.known.places if p.place == region and region not in self.left_out]

    def _bound_here(
        self, spot: Where, weeks: Floats, rng: np.random.Generator
    ) -> tuple[Floats, list[tuple[tuple[str, ...], int, int, Floats]]]:
        """The place's weeks bound to what the record has of its sentences; and by how much its executions are off."""
        own = self.own(spot)
        if not own:
            return weeks, []
        weeks = weeks.copy()
        for p in own:
            if p.quantity == "executions":
                continue
            a, b = p.first // 7, (p.last + 1) // 7
            measure = FIRST if p.quantity == "death-sentences" else OTHER
            wanted = p.value * np.exp(p.spread * rng.standard_normal(self.samples))
            weeks[:, a:b, TROIKA, measure] *= (wanted / np.maximum(weeks[:, a:b, TROIKA, measure].sum(axis=1), 1.0))[:, None]
        moves: list[tuple[tuple[str, ...], int, int, Floats]] = []
        if any(p.quantity == "executions" for p in own):
            days = self._of_quantity(spot, weeks, "executions", range(len(CHANNELS)))
            for p in own:
                if p.quantity != "executions":
                    continue
                names = _OPERATIONS[p.group]
                have = sum(days[name][:, p.first : p.last + 1].sum(axis=1) for name in names)
                wanted = p.value * np.exp(p.spread * rng.standard_normal(self.samples))
                if p.city:
                    wanted = wanted / self._city(self._seat(p.place, spot), "executions", rng)
                moves.append((names, p.first, p.last, wanted / np.maximum(have, 1.0)))
        return weeks, moves

    def _seat(self, region: str, spot: Where) -> Where:
        """The city in which a region's sentences were carried out."""
        if spot.city is not None:
            return spot
        name = {"moscow-oblast": "moscow", "leningrad-oblast": "leningrad"}[region]
        return Where(name, spot.regions, 0.0, 0.3, True, "")

    def _city(self, spot: Where, quantity: str, rng: np.random.Generator) -> Floats:
        """A city's share; of executions the same by sample whatever is asked."""
        if quantity == "executions":
            rng = stream(self.seed, "carried out in", spot.name)
        return share_of_city(spot, quantity, self.samples, rng)


def predictor(
    finished: Finished, record: Record, places: Sequence[str], *, samples: int = SAMPLES, seed: int | None = None,
    left_out: Sequence[str] = (), kinds: Sequence[str] | None = None, observed: Floats | None = None,
    spread: Spread | None = None, workers: int = 1, progress: Progress | None = None,
) -> Predictor:  # fmt: skip
    """Samples of the past for some places.

    Args:
        finished: the weighing whose draws are run.
        record: the record.
        places: slugs.
        samples: number of samples.
        seed: of everything; the weighing's where not given.
        left_out: regions whose own figures (outcome, executions) are not used.
        kinds: to be averaged, and `observed`: what they are weighed by; see `ensemble.gather`.
        observed: see `kinds`.
        spread: of regions about what is foretold.
        workers: processes.
        progress: told (stage, done, total).

    Raises:
        ValueError: a place that there is not, or a weighing that was not of the record.
    """
    if not finished.of_the_record:
        raise AskedError(
            f"The weighing in {finished.folder} was of {finished.result['observed']}, not of the record; predictions are bound "
            "to the record, so give the folder of a weighing of it with --bank."
        )
    seed = finished.seed if seed is None else seed
    institutions = finished.institutions(record)
    setting = institutions.setting
    wheres = tuple(where(name, setting) for name in places)
    local = [w.regions if not w.union else np.zeros_like(w.regions) for w in wheres]
    ensemble = gather(finished, institutions, local, samples, seed, kinds=kinds, observed=observed, workers=workers,
                      progress=progress)  # fmt: skip
    facts = known(record, setting)
    national = bind(ensemble.national[ensemble.runs].astype(np.float64), facts, stream(seed, "bind"))
    spread = Spread() if spread is None else spread
    by_region = totals(ensemble, national, facts, setting.regions, spread, stream(seed, "regions"))
    return Predictor(ensemble, facts, national, by_region, wheres, seed, setting.regions, spread, frozenset(left_out))


def forecast(of: Predictor, query: Query) -> dict[str, Any]:
    """The predictive distribution of one series.

    Args:
        of: samples that hold the place.
        query: what is asked.

    Returns:
        quantity, place, group, by, unit, `series` with one row a period (period, from, to, mean, q05 ... q95), `total`
        with the same for the whole stretch, and what it rests on.
    """
    place = [w.name for w in of.wheres].index(where_name(query.place))
    counts = sampled(of, query, place)
    spot = of.wheres[place]
    rows = [
        {"period": query.label(first), "from": first.isoformat(), "to": last.isoformat()} | _summary(counts[:, i])
        for i, (first, last) in enumerate(query.periods())
    ]
    return {
        "quantity": query.quantity, "place": spot.name, "group": query.group, "by": query.by,
        "from": query.first.isoformat(), "to": query.last.isoformat(), "unit": QUANTITIES[query.quantity],
        "place_is": spot.says, "series": rows, "total": _summary(counts.sum(axis=1)),
        "rests_on": rests_on(of, query, spot), "kinds": of.ensemble.weights, "samples": of.samples,
        "runs_worth": of.ensemble.effective,
    }  # fmt: skip


def sampled(of: Predictor, query: Query, place: int) -> Floats:
    """(N, periods) Samples of the counts."""
    days = of.days(place, query.quantity, query.group, query.by)
    cumulative = np.concatenate([np.zeros((len(days), 1)), days.cumsum(axis=1)], axis=1)
    edges = [(day_of(first), day_of(last) + 1) for first, last in query.periods()]
    expected = np.stack([cumulative[:, b] - cumulative[:, a] for a, b in edges], axis=1)
    if query.quantity == "names-on-lists" and of.wheres[place].union:
        return expected  # the record's own
    rng = stream(of.seed, "counts", query.quantity, query.place, query.by)
    return rng.poisson(np.clip(expected, 0, 1e7)).astype(float)


def _summary(values: Floats) -> dict[str, float]:
    found = {"mean": float(values.mean())}
    return found | {f"q{round(100 * q):02d}": float(v) for q, v in zip(QUANTILES, np.quantile(values, QUANTILES))}


def where_name(place: str) -> str:
    """The name that `where` gives a place."""
    plain = place.strip().lower()
    return plain.removesuffix("-city") if plain.endswith("-city") else plain


def rests_on(of: Predictor, query: Query, spot: Where) -> list[str]:
    """What of the record a series was bound to, in words."""
    lines = ["the country's totals by year, of Order 00447 at the dates of its reports, of the national lines and of the lists"]
    if query.quantity == "arrests":
        lines.append("the shape of the months in Memorial's records")
    if not spot.union:
        lines.append("the region's first limits and recorded raises, for about half of its share under Order 00447")
        if query.quantity != "names-on-lists":
            here = (day_of(query.first), day_of(query.last))
            lines += [p.says for p in of.own(spot) if p.first <= here[1] and p.last >= here[0]]
    return lines


__all__ = ["DAYS", "ORDER_GROUPS", "QUANTITIES", "AskedError", "Predictor", "Query", "forecast", "predictor", "sampled"]
