"""Ties entries of the checker to the record: a pointer to a row of the starting tables becomes the record's own id."""

from __future__ import annotations

from functools import lru_cache

from thirtyseven.record import load


@lru_cache(maxsize=1)
def _by_origin() -> dict[str, tuple[str, ...]]:
    record = load()
    found: dict[str, list[str]] = {}
    for table in (record.figures, record.events):
        for item in table.values():
            for origin in item.origin.split(" | "):
                found.setdefault(origin, []).append(item.id)
    return {origin: tuple(ids) for origin, ids in found.items()}


_SERIES = {
    "annual_repression": "series:annual-repression",
    "order00447_limits": "series:order-00447-limits",
    "order00447_progress": "series:order-00447-progress",
    "order00447_raises": "series:order-00447-raises",
    "national_operations": "series:national-operations",
}


def record_ids(pointers: tuple[str, ...]) -> tuple[str, ...]:
    """The record's ids for pointers such as ``@party.csv:76`` (a row of a starting table).

    Args:
        pointers: pointers or ids; ids of the record are kept as they are.

    Returns:
        Ids that ``thirtyseven record ID`` opens: figures, events, or the series that a row belongs to.
    """
    out: list[str] = []
    for pointer in pointers:
        if not pointer.startswith("@"):
            out.append(pointer)
            continue
        table, _, line = pointer[1:].partition(":")
        table = table.removesuffix(".csv")
        ids = _by_origin().get(f"{table}:{line}", ()) if line else ()
        if not ids and table in _SERIES:
            ids = (_SERIES[table],)
        out += [one for one in ids if one not in out]
    return tuple(out)
