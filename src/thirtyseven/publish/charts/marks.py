"""Marks: the little drawings of keys, and coordinates in per cent for SVG that stretches."""

from collections.abc import Sequence

from markupsafe import Markup

from thirtyseven.publish.charts.figure import Key
from thirtyseven.publish.tokens import STATUS


def percent(value: float) -> str:
    """A coordinate in per cent, as short as its precision allows."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(xs: Sequence[float], ys: Sequence[float | None], close: Sequence[float | None] = ()) -> str:
    """An SVG path through points; a missing value breaks the line.

    Args:
        xs: horizontal places, 0-100.
        ys: vertical places, 0-100, None where there is no value.
        close: with it, the path runs back along these places and closes to a band; stretches where
            either edge is missing are left out.

    Returns:
        The `d` attribute.
    """
    pieces: list[list[int]] = [[]]
    for i, y in enumerate(ys):
        if y is None or (close and close[i] is None):
            pieces.append([])
        else:
            pieces[-1].append(i)
    out = []
    for piece in pieces:
        if not piece:
            continue
        points = [(xs[i], ys[i]) for i in piece]
        if close:
            points += [(xs[i], close[i]) for i in reversed(piece)]
        steps = " ".join(f"{percent(x)},{percent(y if y is not None else 0)}" for x, y in points)
        out.append(f"M{steps}{'Z' if close else ''}")
    return "".join(out)


def _svg(width: int, height: int, inside: str) -> Markup:
    return Markup(f'<svg width="{width}" height="{height}" aria-hidden="true">{inside}</svg>')


def record_key(status: str, what: str = "") -> Key:
    """Key of the record's line, after the status of its numbers."""
    point = f'<circle class="rec {status}" cx="8" cy="7" r="2"/><circle class="rec {status}" cx="28" cy="7" r="2"/>'
    line = f'<line x1="0" x2="36" y1="7" y2="7" class="recline {status}"/>'
    return Key(_svg(36, 14, line + point), f"{what or 'the record'} ({STATUS[status].word})")


def simulated_key(word: str = "simulated: middle and 90 % of runs") -> Key:
    """Key of a model's band."""
    inside = '<rect class="band" width="36" height="14"/><line class="simline" x1="0" x2="36" y1="7" y2="7"/>'
    return Key(_svg(36, 14, inside), word)


def outside_key(status: str) -> Key:
    """Key of a month of the record outside the band."""
    return Key(_svg(12, 14, f'<circle class="out {status}" cx="6" cy="7" r="4"/>'), "month outside the band")


def dot_keys(open_word: str, filled_word: str) -> tuple[Key, Key]:
    """Keys of a dot with its interval, filled and open."""
    line = '<line class="ci" x1="1" x2="43" y1="7" y2="7"/>'
    return (
        Key(_svg(44, 14, line + '<circle class="dot" cx="22" cy="7" r="4"/>'), filled_word),
        Key(_svg(44, 14, line + '<circle class="dot open" cx="22" cy="7" r="4"/>'), open_word),
    )


def line_key(css_class: str, word: str) -> Key:
    """Key of an upright line: the prior, or a date on record."""
    return Key(_svg(8, 14, f'<line class="{css_class}" x1="4" x2="4" y1="0" y2="14"/>'), word)


def tick_key(word: str) -> Key:
    """Key of the ink tick: the record on a band."""
    return Key(
        _svg(
            30,
            14,
            '<rect class="band" y="3" width="30" height="8"/><line class="tick" x1="20" x2="20" y1="0" y2="14"/>',
        ),
        word,
    )
