"""Chains and cases: who led to whom, at resolution `people`.

An arrest made because somebody under investigation gave a name hangs on that person's arrest; arrests that hang together
are a case, and an arrest's place in its case is its generation. Denunciations and families are counted apart: those who
denounced were at liberty, and relatives were arrested for whose they were.

With every name acted on at random, sizes of cases would follow Borel's law (mean 1/(1 - R) at R names acted on per
arrest, and a tail that falls as n to the -3/2 before its cut-off).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS, LINES
from thirtyseven.simulation.events import ARRESTED, PROVENANCE, Events, distinct, ends_of
from thirtyseven.simulation.persons import SPAN
from thirtyseven.society.people import Society
from thirtyseven.society.strata import INDEX

Ids = NDArray[np.int64]

GROUPS: dict[str, tuple[str, ...]] = {
    "elite": ("lists",), "party": ("party",), "army": ("army",), "state_security": ("nkvd",), "mass": ("troika",),
    "national": LINES, "ordinary": ("ordinary",),
}  # fmt: skip
"""Channels whose chains are told apart."""
GIVEN_NAME = ("named", "patron", "neighbour")
"""Reasons of an arrest that hang on somebody under investigation, where the log knows on whom."""
AT_LEAST = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
TAIL_FROM = 10


def chains(events: Events, society: Society) -> dict[str, Any]:
    """Generations, sizes of cases and names given, by group of channels and in all.

    Args:
        events: the log of a run.
        society: the society it was made with.

    Returns:
        `all` and every one of `GROUPS` (see `_told`), `provenance` (share of arrests by reason), `repeats` (later
        arrests of people arrested before, per person), and `patrons` (see `patrons`).
    """
    rows = events.of(ARRESTED)
    parent = parents(events, rows)
    root, generation = ends(parent)
    channel = events.channel[rows]
    told = {"all": _told(parent, root, generation, np.ones(len(rows), bool))}
    for name, members in GROUPS.items():
        told[name] = _told(parent, root, generation, np.isin(channel, [CHANNELS.index(c) for c in members]))
    why = np.bincount(events.provenance[rows], minlength=len(PROVENANCE)) / max(1, len(rows))
    people = len(distinct(events.person[rows]))
    return told | {
        "provenance": dict(zip(PROVENANCE, (float(share) for share in why), strict=True)),
        "repeats": (len(rows) - people) / max(1, people),
        "patrons": patrons(events, society),
    }  # fmt: skip


def parents(events: Events, rows: Ids) -> Ids:
    """For each arrest the arrest that it hangs on, as indices into `rows`; -1 where it begins a case.

    Somebody held before the run begins may have given a name; such a case begins with those named.
    """
    person, by = events.person[rows], events.by[rows]
    tied = np.isin(events.provenance[rows], [PROVENANCE.index(name) for name in GIVEN_NAME]) & (by >= 0)
    key = (person.astype(np.int64) << 32) | np.arange(len(rows))
    key.sort()
    order, sorted_people = key & 0xFFFFFFFF, key >> 32
    parent = np.full(len(rows), -1, np.int64)
    links = np.flatnonzero(tied)
    at = np.searchsorted(sorted_people, by[links], side="right") - 1
    for _ in range(8):  # whoever was arrested again later gave the name after an earlier arrest
        late = (at >= 0) & (order[at] >= links)
        if not late.any():
            break
        at[late] -= 1
    known = (at >= 0) & (sorted_people[at] == by[links]) & (order[at] < links)
    parent[links[known]] = order[at[known]]
    return parent


def ends(parent: Ids) -> tuple[Ids, Ids]:
    """The first arrest of each arrest's case, and how many generations lie between; by pointer doubling."""
    here = np.arange(len(parent))
    jump = np.where(parent < 0, here, parent)
    steps = (parent >= 0).astype(np.int64)
    while True:
        further = jump[jump]
        if np.array_equal(further, jump):
            return jump, steps
        steps = steps + steps[jump]
        jump = further


def _told(parent: Ids, root: Ids, generation: Ids, some: NDArray[np.bool_]) -> dict[str, Any]:
    """What the cases of some arrests look like.

    Returns:
        Cases, mean names acted on per arrest (`naming`), share of arrests that begin a case, sizes (mean, largest, share
        of cases and of arrests in cases of at least so many, exponent of the tail), generations (mean, longest), and
        names given per person (share who gave none, share that the hundredth who gave most account for, largest, index
        of the negative binomial by moments).
    """
    arrests = int(some.sum())
    if not arrests:
        return {"cases": 0}
    sizes = np.bincount(root[some], minlength=len(parent))
    sizes = np.sort(sizes[sizes > 0])
    given = np.bincount(parent[some & (parent >= 0)], minlength=len(parent))[some]
    most = np.sort(given)[::-1]
    mean, variance = float(given.mean()), float(given.var())
    large = sizes[sizes >= TAIL_FROM]
    return {
        "cases": len(sizes), "arrests": arrests, "naming": mean, "begins": float((parent[some] < 0).mean()),
        "size": {
            "mean": float(sizes.mean()), "largest": int(sizes[-1]),
            "cases_at_least": {str(n): float((sizes >= n).mean()) for n in AT_LEAST},
            "arrests_at_least": {str(n): float(sizes[sizes >= n].sum() / arrests) for n in AT_LEAST},
            "tail": float(1.0 + len(large) / np.log(large / (TAIL_FROM - 0.5)).sum()) if len(large) > 20 else None,
        },
        "generation": {"mean": float(generation[some].mean()), "longest": int(generation[some].max())},
        "names": {
            "none": float((given == 0).mean()), "most": int(most[0]),
            "top_hundredth": float(most[: max(1, arrests // 100)].sum() / max(1, most.sum())),
            "index": float(mean**2 / (variance - mean)) if variance > mean > 0 else None,
        },
    }  # fmt: skip


def patrons(events: Events, society: Society) -> dict[str, Any]:
    """Chains of patronage in state security and among holders of posts.

    Somebody's patron stands at position (p - 1) // `SPAN` of his cell; the first of a cell is the region's chief or first
    secretary.

    Returns:
        By stratum: share arrested; the same for clients whose patron was arrested too and for those whose was not, with
        their ratio; longest chain of patrons arrested one after another; share of regions whose first was arrested.
    """
    rows = events.of(ARRESTED)
    people, first = ends_of(events.person[rows])
    found = {}
    for name, stratum in (("state_security", "security-staff"), ("office_holders", "office-holders")):
        cells = [(int(society.start[r, INDEX[stratum]]), int(society.size[r, INDEX[stratum]]))
                 for r in range(len(society.regions))]  # fmt: skip
        found[name] = _patronage([one for one in cells if one[1]], people, first)
    return found


def _patronage(cells: list[tuple[int, int]], people: NDArray[np.int32], when: Ids) -> dict[str, Any]:
    """See `patrons`; `when` orders arrests in time, -1 stands for never."""
    after, struck, total, heads, longest = np.zeros(2), 0, 0, 0, 0
    clients = np.zeros(2)
    for start, size in cells:
        order = np.full(size, -1, np.int64)
        low, high = np.searchsorted(people, (start, start + size))
        order[people[low:high] - start] = when[low:high]
        patron = (np.arange(size) - 1) // SPAN
        below = np.flatnonzero(patron >= 0)
        fallen = order[patron[below]] >= 0
        for i, group in enumerate((below[fallen], below[~fallen])):
            clients[i] += len(group)
            after[i] += int((order[group] >= 0).sum())
        length = np.zeros(size, np.int64)
        for p in np.argsort(order, kind="stable")[int((order < 0).sum()) :]:
            length[p] = 1 + (length[patron[p]] if p > 0 and order[patron[p]] >= 0 else 0)
        struck, total = struck + int((order >= 0).sum()), total + size
        heads, longest = heads + int(order[0] >= 0), max(longest, int(length.max()))
    with_patron, without = after / np.maximum(clients, 1.0)
    return {
        "arrested": struck / max(1, total), "first_arrested": heads / max(1, len(cells)), "longest": longest,
        "patron_fell": float(with_patron), "patron_stayed": float(without),
        "ratio": float(with_patron / without) if without > 0 else None,
    }  # fmt: skip
