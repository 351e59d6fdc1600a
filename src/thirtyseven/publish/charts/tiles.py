"""The map: one tile each for the 64 units of Order 00447 and one for the camps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

REPUBLICS = frozenset({"ukraine", "belorussia", "transcaucasia", "kazakhstan", "central-asia"})


@dataclass(frozen=True)
class Place:
    """Where a region's tile stands."""

    slug: str
    label: str
    name: str
    col: int
    row: int
    group: str


@dataclass(frozen=True)
class Tile:
    """What a tile shows.

    Attributes:
        css: class of its bin, such as "seq3"; "nd" for no data.
        value: short text printed on it from 640 px.
        says: its accessible name after the region's name.
        mark: "over", "under" or "".
    """

    css: str
    value: str
    says: str
    mark: str = ""


def bin_of(value: float, edges: Sequence[float]) -> int:
    """Number of the bin (from 1) that holds a value; a value on an edge belongs to the upper bin."""
    return 1 + sum(value >= edge for edge in edges)


def borders(places: Sequence[Place]) -> dict[str, str]:
    """Classes for the sides of tiles where two republics meet (each side drawn once)."""
    at = {(p.col, p.row): p for p in places}

    def republic(p: Place) -> str:
        return p.group if p.group in REPUBLICS else "rsfsr"

    out: dict[str, str] = {}
    for p in places:
        sides = []
        right, below = at.get((p.col + 1, p.row)), at.get((p.col, p.row + 1))
        if right is not None and republic(right) != republic(p):
            sides.append("br")
        if below is not None and republic(below) != republic(p):
            sides.append("bb")
        out[p.slug] = " ".join(sides)
    return out


SEAS = Markup(
    '<li class="sea sea1" aria-hidden="true">Black Sea</li><li class="sea sea2" aria-hidden="true">Caspian Sea</li>'
)


def tile_grid(places: Sequence[Place], tiles: Mapping[str, Tile], label: str) -> Markup:
    """The large tile grid, read row by row.

    Args:
        places: all regions; no two share a cell.
        tiles: what each shows; a region without one is "no data".
        label: accessible name of the list.

    Returns:
        An HTML list; places and colours are classes.
    """
    sides = borders(places)
    out = []
    for p in sorted(places, key=lambda p: (p.row, p.col)):
        tile = tiles.get(p.slug, Tile("nd", "", "no data"))
        css = " ".join(filter(None, ("tile", f"c{p.col}", f"r{p.row}", tile.css, tile.mark, sides[p.slug])))
        out.append(
            f'<li class="{css}"><span aria-hidden="true">{escape(p.label)}</span>'
            f'<span class="val" aria-hidden="true">{escape(tile.value)}</span>'
            f'<span class="vh">{escape(p.name)}: {escape(tile.says)}</span></li>'
        )
    return Markup(f'<ul class="tiles" aria-label="{escape(label)}">{"".join(out)}{SEAS}</ul>')


def small_map(places: Sequence[Place], css: Mapping[str, str], ident: str, title: str, says: str) -> Markup:
    """A small map without labels, for panels; every tile's number stands in the figure's table.

    Args:
        places: all regions.
        css: class of each region's bin, "nd" if there is none.
        ident: unique on the page.
        title: accessible name.
        says: what the map shows.
    """
    rects = "".join(
        f'<rect class="t-{css.get(p.slug, "nd")}" x="{p.col * 10 - 9}" y="{p.row * 10 - 9}" width="9" height="9"/>'
        for p in sorted(places, key=lambda p: (p.row, p.col))
    )
    return Markup(
        f'<svg class="smap" viewBox="0 0 120 100" role="img" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(says)}</desc>{rects}</svg>'
    )


def legend(css: Sequence[str], words: Sequence[str], no_data: str = "no data") -> Markup:
    """The bins in order with their edges printed, and "no data" at the end."""
    items = "".join(f'<li><i class="{c}"></i>{escape(w)}</li>' for c, w in zip(css, words, strict=True))
    missing = f'<li class="ndl"><i class="nd"></i>{escape(no_data)}</li>' if no_data else ""
    return Markup(f'<ul class="legend" aria-label="Legend">{items}{missing}</ul>')
