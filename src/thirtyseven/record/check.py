"""Checks across the record once everything is read: links resolve, ranges are in order, sums hold."""

from __future__ import annotations

import difflib
from typing import Any

from thirtyseven.record import dates
from thirtyseven.record.model import Figure
from thirtyseven.record.reading import Document, read_toml
from thirtyseven.record.tables import Draft

_HOMES = {
    "source": "sources",
    "figure": "figures",
    "event": "events",
    "actor": "actors",
    "claim": "claims",
    "item": "inventory",
    "series": "series",
    "office": "offices",
    "explanation": "explanations",
    "responsibility": "responsibility",
    "region": "regions",
    "family": "families",
}
_WORDS = {
    "source": "a source of sources.json",
    "figure": "a figure",
    "event": "an event",
    "actor": "an actor of actors.csv",
    "claim": "a claim",
    "item": "an item of inventory.csv",
    "series": "a series",
    "office": "an office",
    "explanation": "an explanation",
    "responsibility": "a row of responsibility.csv",
    "region": "a region",
    "family": "a family of claims",
}
_PREFIXES = {
    "F-": "figure",
    "C-": "claim",
    "E-": "event",
    "O-": "office",
    "L-": "responsibility",
    "A-": "actor",
    "X-": "explanation",
}
_NAMED = ("series", "region", "source", "family")
OUTSIDE = ("mechanism", "statistic", "output")
"""Pointers of these kinds lead to other parts of the program; the record cannot follow them."""


def target_of(pointer: str) -> tuple[str, str]:
    """Return kind and id of what a pointer leads to.

    Args:
        pointer: an id such as `F-0001` or `X-plan`, an inventory id, or `series:` and the like with a name.

    Returns:
        The kind (figure, claim, explanation, series, mechanism ...) and the id under which it is kept;
        an empty kind where the pointer has no known form.
    """
    if ":" in pointer:
        kind, _, name = pointer.partition(":")
        return (kind, name) if kind in _NAMED or kind in OUTSIDE else ("", pointer)
    kind = _PREFIXES.get(pointer[:2], "")
    if kind == "explanation":
        return kind, pointer[2:]
    if not kind and pointer[:1] == "S" and pointer[1:].isdigit():
        return "item", pointer
    return kind, pointer


def check_links(draft: Draft) -> None:
    """Follow every reference and note those that lead nowhere."""
    for link in draft.links:
        kind, target = target_of(link.target) if link.kind == "pointer" else (link.kind, link.target)
        if kind in OUTSIDE:
            continue
        home = _HOMES.get(kind, "")
        if target in draft.objects.get(home, {}) or (home, target) in draft.places:
            continue
        near = difflib.get_close_matches(target, list(draft.objects.get(home, {})), n=1, cutoff=0.75)
        hint = f"did you mean {near[0]}?" if near else "add it, or correct the id"
        line, column = link.place()
        draft.folder.fault(
            link.home.name,
            line,
            column,
            f"'{link.name}' names '{link.target}', which is not {_WORDS.get(kind, 'in the record')}; {hint}",
        )


def check_figures(draft: Draft) -> None:
    """Check each figure: something is stated, ranges are in order, places are only shown where seen."""
    for key, figure in draft.objects.get("figures", {}).items():
        for name, message in _figure_faults(figure):
            draft.fault_at("figures", key, message, name)
    _check_rivals(draft)
    _check_scopes(draft)


def _figure_faults(figure: Figure) -> list[tuple[str, str]]:
    """Return (column, sentence) for what is wrong in one figure."""
    found: list[tuple[str, str]] = []
    low, value, high = figure.low, figure.value, figure.high
    if value is None and low is None and high is None and not figure.text:
        found.append(("value", "the figure states nothing; give a value, a range or a text"))
    if low is not None and high is not None and low > high:
        found.append(("low", f"the range runs from {low:,} to {high:,}; put the smaller number into 'low'"))
    elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        ends = f"{'' if low is None else f'{low:,}'} to {'' if high is None else f'{high:,}'}"
        found.append(("value", f"the value {value:,} lies outside its own range {ends}; correct one of them"))
    if figure.seen != "seen" and figure.place:
        found.append(("place", f"the figure is {figure.seen}, yet shows a place; leave 'place' empty until it is seen"))
    if figure.unit in ("percent", "share") and not figure.denominator:
        found.append(("denominator", f"the figure is a {figure.unit} without a denominator; say of what"))
    if figure.preferred is not None and not figure.rival:
        found.append(
            (
                "rival",
                "'preferred' is set, but the figure belongs to no rival group; name the group or clear it",
            )
        )
    if figure.rival and figure.preferred is None and not figure.deprecated:
        found.append(("preferred", f"the figure belongs to the rival group '{figure.rival}'; say yes or no"))
    return found


def _check_rivals(draft: Draft) -> None:
    """Each group of rivals has at least two members and exactly one preferred value, in one unit."""
    groups: dict[str, list[Figure]] = {}
    for figure in draft.objects.get("figures", {}).values():
        if figure.rival and not figure.deprecated:
            groups.setdefault(figure.rival, []).append(figure)
    for name, members in groups.items():
        chosen = [one.id for one in members if one.preferred]
        if len(members) < 2:
            draft.fault_at(
                "figures",
                members[0].id,
                f"the rival group '{name}' has one member only; add the rivals or clear it",
                "rival",
            )
        elif len(chosen) != 1:
            said = "none" if not chosen else ", ".join(chosen)
            draft.fault_at(
                "figures",
                members[0].id,
                f"the rival group '{name}' prefers {said}; prefer exactly one",
                "preferred",
            )
        if len({one.unit for one in members}) > 1:
            message = f"the rival group '{name}' mixes units; rivals are given in one unit"
            draft.fault_at("figures", members[0].id, message, "unit")
        if len({one.quantity for one in members}) > 1:
            several = ", ".join(sorted({one.quantity for one in members}))
            draft.fault_at(
                "figures",
                members[0].id,
                f"the rival group '{name}' mixes quantities ({several}); rivals measure one thing",
                "rival",
            )


def _check_scopes(draft: Draft) -> None:
    """Two figures of exactly one scope must be rivals: nobody could tell them apart otherwise."""
    met: dict[tuple[str, ...], Figure] = {}
    for key, figure in draft.objects.get("figures", {}).items():
        if figure.deprecated:
            continue
        scope = (figure.quantity, figure.counted, figure.unit, figure.population, figure.territory, figure.period)
        other = met.setdefault(scope, figure)
        if other is not figure and not (figure.rival and figure.rival == other.rival):
            draft.fault_at(
                "figures",
                key,
                f"the figure has the same scope as {other.id}; say in population, territory or period how they "
                "differ, or join them as rivals",
                "population",
            )


def check_events(draft: Draft) -> None:
    """Check that each event's precision is that of its date, and that disputed dates name the others."""
    for key, event in draft.objects.get("events", {}).items():
        date = event.date.rstrip("?~%")
        if "/" in date:
            form = "period"
        elif len(date) == 7:
            form = "season" if date[5:] > "12" else "month"
        else:
            form = "day" if len(date) == 10 else "year"
        if event.precision == "disputed":
            if not event.alternatives:
                message = "the date is disputed; name the other dates under 'alternatives'"
                draft.fault_at("events", key, message, "alternatives")
        elif event.precision != form:
            message = f"the date {event.date} is a {form}, the precision says {event.precision}; correct one of them"
            draft.fault_at("events", key, message, "precision")


def check_spells(draft: Draft) -> None:
    """Check that no spell in office ends before it begins."""
    for key, office in draft.objects.get("offices", {}).items():
        if not (office.begin and office.until):
            continue
        first, last = dates.span(office.begin).first, dates.span(office.until).last
        if first and last and last < first:
            draft.fault_at(
                "offices",
                key,
                f"the spell ends ({office.until}) before it begins ({office.begin}); correct one of the dates",
                "to",
            )


def check_lives(draft: Draft) -> None:
    """Check that nobody dies before birth, on two days, or holds an office after death."""
    actors = draft.objects.get("actors", {})
    for key, actor in actors.items():
        if _after(actor.born, actor.died):
            message = f"the birth ({actor.born}) is after the death ({actor.died}); correct one of the dates"
            draft.fault_at("actors", key, message, "born")
        if actor.fate and (_after(actor.fate_date, actor.died) or _after(actor.died, actor.fate_date)):
            message = f"the death is given twice ({actor.died} and, under 'fate_date', {actor.fate_date}); correct one of them"
            draft.fault_at("actors", key, message, "fate_date")
    for key, office in draft.objects.get("offices", {}).items():
        died = actors[office.actor].died if office.actor in actors else ""
        for name, date in (("from", office.begin), ("to", office.until)):
            if _after(date, died):
                message = f"the office is dated {date} after the holder's death ({died}); correct one of the dates"
                draft.fault_at("offices", key, message, name)


def _after(one: str, other: str) -> bool:
    """Whether the first date lies wholly after the second; not where either is missing."""
    first = dates.span(one).first if one else None
    last = dates.span(other).last if other else None
    return bool(first and last and first > last)


def check_grid(draft: Draft) -> None:
    """Check that no two regions share a tile."""
    tiles: dict[tuple[int, int], str] = {}
    for key, region in draft.objects.get("regions", {}).items():
        tile = (region.col, region.row)
        if tile in tiles:
            draft.fault_at(
                "regions",
                key,
                f"the tile {tile} is taken by '{tiles[tile]}'; give this region another",
                "col",
            )
        tiles[tile] = key


def check_sums(draft: Draft, file: str) -> None:
    """Check the sums between figures that `sums.toml` lists."""
    document = read_toml(draft.folder, file)
    if document is None:
        return
    for number, rule in enumerate(document.data.get("sum", []), start=1):
        _check_sum(draft, document, rule, number)
    for number, rule in enumerate(document.data.get("same", []), start=1):
        _check_same(draft, document, rule, number)


def _check_sum(draft: Draft, document: Document, rule: Any, number: int) -> None:
    """Check one sum: the parts add up to the whole, or differ from it by exactly `off`."""
    if not isinstance(rule, dict) or not {"parts", "whole", "says"} <= set(rule):
        draft.folder.fault(document.name, *document.place(), f"sum {number} needs 'says', 'parts' and 'whole'")
        return
    figures = draft.objects.get("figures", {})
    named = [*rule["parts"], rule["whole"]]
    place = document.place("whole", rule["says"])
    for one in named:
        if one not in figures and ("figures", one) not in draft.places:
            draft.folder.fault(
                document.name,
                *place,
                f"the sum names the figure '{one}', which does not exist; correct the id",
            )
    if any(one not in figures or figures[one].value is None for one in named):
        return
    total, whole = sum(figures[one].value for one in rule["parts"]), figures[rule["whole"]].value
    if total - whole != rule.get("off", 0):
        parts = " + ".join(f"{figures[one].value:,}" for one in rule["parts"])
        draft.fault_at(
            "figures",
            rule["whole"],
            f"{rule['says']}: {parts} = {total:,}, but {rule['whole']} is {whole:,}; "
            "correct the wrong figure, or state "
            f"the difference as off = {total - whole} in {document.name}",
            "value",
        )


def _check_same(draft: Draft, document: Document, rule: Any, number: int) -> None:
    """Check that a figure equals the cell of a series that it repeats."""
    if not isinstance(rule, dict) or not {"figure", "series", "row", "column"} <= set(rule):
        draft.folder.fault(
            document.name, *document.place("same"), f"entry {number} of 'same' needs figure, series, row and column"
        )
        return
    figure = draft.objects.get("figures", {}).get(rule["figure"])
    series = draft.objects.get("series", {}).get(rule["series"])
    if figure is None or series is None:
        if ("figures", rule["figure"]) not in draft.places or ("series", rule["series"]) not in draft.places:
            draft.folder.fault(
                document.name,
                *document.place("figure", rule["figure"]),
                f"{rule['figure']} or the series '{rule['series']}' does not exist; correct this entry",
            )
        return
    found = [row for row in series.rows if all(row.get(name) == value for name, value in rule["row"].items())]
    if len(found) != 1 or rule["column"] not in series.columns:
        draft.folder.fault(
            document.name,
            *document.place("figure", rule["figure"]),
            f"the series '{rule['series']}' has no single cell of column '{rule['column']}' there; correct this entry",
        )
    elif found[0][rule["column"]] != figure.value:
        draft.fault_at(
            "figures",
            figure.id,
            f"the figure is {figure.value:,}, the cell of series:{rule['series']} that it repeats "
            f"is {found[0][rule['column']]:,}; correct the wrong one",
            "value",
        )


def home_of(kind: str) -> str:
    """Return the table that keeps objects of a kind, empty where the record keeps none."""
    return _HOMES.get(kind, "")
