"""Rival figures of one question on one axis, each with what it counts; never averaged, never ordered by size."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from thirtyseven.publish.charts.marks import percent
from thirtyseven.record import Claim, Figure, Record


@dataclass(frozen=True)
class Rival:
    """One figure's row.

    Attributes:
        figure: the figure.
        drawn: its place on the axis, "" where it has none.
        scope: of whom, where and out of what, in one line.
        dated: its period, "" where its own words name it.
        best: whether the record prefers it among its rivals.
    """

    figure: Figure
    drawn: Markup
    scope: str
    dated: str
    best: bool


@dataclass(frozen=True)
class Rivals:
    """Figures that share a unit, on one axis.

    Attributes:
        unit: of all of them.
        what: what all of them count, in words; "" where that differs.
        rows: in the order of the claims.
        low: number at the axis's left end.
        high: number at its right end.
        log: whether equal steps multiply.
    """

    unit: str
    what: str
    rows: tuple[Rival, ...]
    low: float
    high: float
    log: bool


def scope_of(record: Record, figure: Figure) -> str:
    """Of whom a figure counts, where, and out of what, in one line."""
    place = record.regions[figure.territory].name if figure.territory in record.regions else ""
    where = place or record.territories.get(figure.territory, figure.territory)
    parts = [figure.population, where if figure.territory != "ussr" else ""]
    text = "; ".join(dict.fromkeys(part for part in parts if part))
    return f"{text}; out of: {figure.denominator}" if figure.denominator else text


def _dated(figure: Figure) -> str:
    """The period, unless the figure's own words name its years."""
    years = re.findall(r"\d{4}", figure.period)
    return "" if years and all(year in figure.item or year[2:] in figure.item for year in years) else figure.period


def rival_rows(record: Record, claims: Iterable[Claim]) -> list[Rivals]:
    """The figures that decide some claims, with their rivals, by unit.

    Args:
        record: the loaded record.
        claims: whose figures are drawn.

    Returns:
        One axis for each unit and kind of thing counted: what counts other things never shares one.
    """
    found: dict[str, Figure] = {}
    for claim in claims:
        for ident in claim.figures:
            figure = record.figures.get(ident)
            if figure is not None:
                found |= {one.id: one for one in record.rivals(figure)}
    kinds: dict[tuple[str, str], list[Figure]] = {}
    for figure in found.values():
        if _ends(figure) is not None and figure.unit not in ("date", "text", "years"):
            kinds.setdefault((figure.unit, figure.counted), []).append(figure)
    return [_axis(record, unit, counted, held) for (unit, counted), held in kinds.items()]


def _ends(figure: Figure) -> tuple[float, float] | None:
    """Lowest and highest value that a figure gives."""
    known = [float(v) for v in (figure.low, figure.value, figure.high) if v is not None]
    return (min(known), max(known)) if known else None


def _axis(record: Record, unit: str, counted: str, held: Sequence[Figure]) -> Rivals:
    ends = [pair for pair in map(_ends, held) if pair is not None]
    low, high = min(a for a, _ in ends), max(b for _, b in ends)
    log = low > 0 and high / low > 20
    if log:
        left, right = 10 ** math.floor(math.log10(low)), 10 ** math.ceil(math.log10(high * 1.001))
    else:
        left, right = min(0.0, low), 100.0 if unit == "percent" and 50 < high <= 100 else _round_up(high)

    def x(value: float) -> float:
        if log:
            return 100 * math.log(value / left) / math.log(right / left)
        return 100 * (value - left) / ((right - left) or 1.0)

    rows = tuple(
        Rival(one, _mark(one, x), scope_of(record, one), _dated(one), bool(one.preferred) and bool(one.rival)) for one in held
    )  # fmt: skip
    what = record.vocabularies["counted"].get(counted, counted) if counted != "other" else ""
    return Rivals(unit, what, rows, left, right, log)


def _round_up(value: float) -> float:
    """The next round number above a value: 1, 2 or 5 times a power of ten."""
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(step * size for step in (1, 1.5, 2, 3, 5, 7.5, 10) if step * size >= value)


def _mark(figure: Figure, place: Callable[[float], float]) -> Markup:
    """Point, square or range by status; a range without a middle is a line alone."""
    ends = _ends(figure)
    if ends is None:
        return Markup("")
    a, b = (percent(place(end)) for end in ends)
    css = figure.status if figure.status in ("estimated", "imputed") else ""
    out = '<line class="track" x1="0" x2="100%" y1="9" y2="9"/>'
    if a != b:
        out += f'<line class="wh {css}" x1="{a}%" x2="{b}%" y1="9" y2="9"/>'
        out += "".join(f'<line class="wh" x1="{end}%" x2="{end}%" y1="5" y2="13"/>' for end in (a, b))
    if figure.value is not None:
        at = percent(place(float(figure.value)))
        if figure.status == "compiled":
            square = '<rect class="mk" x="-4" y="-4" width="8" height="8"/>'
            out += f'<svg x="{at}%" y="9" width="1" height="1" overflow="visible">{square}</svg>'
        else:
            out += f'<circle class="mk {css}" cx="{at}%" cy="9" r="4"/>'
    return Markup(f'<svg width="100%" height="18" aria-hidden="true">{out}</svg>')
