"""What followed: posts that fell vacant and who moved up, officers and specialists lost, prisoners of the camps.

Every number here is simulated; beside it stands the record's figure where there is one (`RECORDED`), which counts what
its source counts: where that is something else than the model's, the label says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation.cohorts import JOINED, joined
from thirtyseven.simulation.events import ARRESTED, RELEASED, Events, distinct
from thirtyseven.simulation.families import isin, year_weeks
from thirtyseven.simulation.outcome import CAREERS, COUNTED, Outcome
from thirtyseven.simulation.persons import SPAN
from thirtyseven.society import calendar
from thirtyseven.society.people import ADULTS, CELLS, Society
from thirtyseven.society.strata import INDEX

Ids = NDArray[np.int64]

CONGRESS_1939 = 270
"""Week of the opening of the Eighteenth Congress, 10 March 1939."""
CAMP_SHARE = 0.95
"""Share of sentences other than death that led to camps, colonies or prisons and not into exile: 634,820 of 653,028 such
sentences of 1937-38 (record, F-0915 and F-0916), rounded down for other measures."""
FREED_SHARE = 0.20
"""Share of political prisoners who left the camps alive in a year: judgement. Terms were mostly five to ten years; the camps
released 364,437 of some 1.5 million held at some time in 1937 (record, F-0500), mostly people with short terms."""
DEATH_RATE = {1937: "F-0480", 1938: "F-0482", 1939: "F-0484"}
"""Figures of the record with the share of prisoners who died in a year. They are given and not modelled."""
POLITICAL_1937 = "F-0455"
"""Figure of the record with the political prisoners of camps on 1 January 1937, from which the stock starts."""
RECORDED: dict[str, str | tuple[str, str]] = {
    "officers.arrested_1937_38": "F-0175", "officers.back_from_arrest": "F-0189", "officers.back_in_army": "F-0188",
    "party.back_in_party_1938": ("F-0077", "F-0079"), "posts.secretaries_changes": "F-0119",
    "congress_1939.joined_before_1921": "F-0112", "congress_1939.joined_before_1917": "F-0113",
    "camps.political_1938": "F-0457", "camps.political_1939": "F-0459", "camps.political_1940": "F-0461",
}  # fmt: skip
"""The record's figure beside a number of `consequences`, by path; of two the second is a percentage of the first."""


def consequences(events: Events, society: Society, outcome: Outcome, given: dict[str, float]) -> dict[str, Any]:
    """What followed from a run.

    Args:
        events: the log; society: with which it was made; outcome: the counts it was made from.
        given: figures of the record that are taken as facts, by id (`DEATH_RATE`, `POLITICAL_1937`).

    Returns:
        `posts`, `congress_1939`, `officers`, `party`, `specialists`, `camps` and `families`.
    """
    posts, holders = vacancies(events, society)
    posts["secretaries_changes"] = float(outcome.secretaries[0][:-1].mean())
    posts["chiefs_changes"] = float(outcome.chiefs[0][:-1].mean())
    careers = dict(zip(CAREERS, (int(n) for n in outcome.careers[0].sum(axis=0)), strict=True))
    return {
        "posts": posts,
        "congress_1939": _congress(events, society, holders),
        "officers": _officers(events, careers),
        "party": _party(outcome, events, careers),
        "specialists": specialists(events, society),
        "camps": camps(outcome, given),
        "families": {"arrested": int((events.channel[events.of(ARRESTED)] == CHANNELS.index("families")).sum())},
    }


def vacancies(events: Events, society: Society) -> tuple[dict[str, Any], dict[int, int]]:
    """Posts that fell vacant by arrest, and the chains of promotion that filled them (White 1970 called them so).

    A post falls to a client of its last holder, who leaves a post of his own; where no client is at liberty somebody from
    outside is appointed and the chain ends. Newcomers are not followed further. Releases do not bring a post back.

    Returns:
        Vacancies, moves per vacancy (mean, longest), shares of posts that changed hands at least once and twice, share
        held by newcomers at the congress of 1939; and the holder of each post then, by the id of its first holder (-1: a
        newcomer).
    """
    base = society.start[:, INDEX["office-holders"]]
    size = society.size[:, INDEX["office-holders"]]
    rows = events.of(ARRESTED, 0, CONGRESS_1939)
    region = np.searchsorted(base, events.person[rows], side="right") - 1
    inside = (region >= 0) & (events.person[rows] < base[np.maximum(region, 0)] + size[np.maximum(region, 0)])
    holder: dict[int, int] = {}  # post -> holder, where it is not the first
    post_of: dict[int, int] = {}  # holder -> post, where it is not his first
    gone: set[int] = set()
    changes: dict[int, int] = {}
    lengths = []
    for person, r in zip(events.person[rows][inside].tolist(), region[inside].tolist(), strict=True):
        if person in gone:
            continue
        gone.add(person)
        post, moves = post_of.pop(person, person), 0
        while post >= 0:
            changes[post] = changes.get(post, 0) + 1
            moves += 1
            post = _filled(post, int(base[r]), int(base[r] + size[r]), holder, post_of, gone)
        lengths.append(moves)
    total = max(1, int(size.sum()))
    newcomers = sum(1 for one in holder.values() if one < 0)
    return {
        "vacancies": len(lengths), "moves": float(np.mean(lengths)) if lengths else 0.0,
        "longest": max(lengths, default=0), "changed": len(changes) / total,
        "changed_twice": sum(1 for n in changes.values() if n > 1) / total, "newcomers": newcomers / total,
    }, holder  # fmt: skip


def _filled(post: int, start: int, after: int, holder: dict[int, int], post_of: dict[int, int], gone: set[int]) -> int:
    """Fill a vacant post and return the post that falls vacant by it, -1 where somebody came from outside."""
    first = start + (post - start) * SPAN + 1
    for below in range(first, min(first + SPAN, after)):
        candidate = holder.get(below, below)
        if candidate >= 0 and candidate not in gone:
            holder[post], post_of[candidate] = candidate, post
            return below
    holder[post] = -1
    return -1


def _congress(events: Events, society: Society, holders: dict[int, int]) -> dict[str, float]:
    """Old Bolsheviks at the congress of March 1939, if every delegate of 1934 at liberty had come again.

    An upper bound: those promoted and newcomers are taken to have joined later, and nobody retires.
    """
    delegates = society.elite.ids("congress-delegates")
    when = joined(delegates)
    taken = events.person[events.of(ARRESTED, 0, CONGRESS_1939)]
    freed = events.person[events.of(RELEASED, 0, CONGRESS_1939)]
    stayed = ~isin(delegates, distinct(taken)) | isin(delegates, distinct(freed))
    kept = float(np.mean([holders.get(int(one), int(one)) == int(one) for one in delegates]))
    before = [float((stayed & (when <= i)).mean()) for i in range(len(JOINED) - 1)]
    return {
        "at_liberty": float(stayed.mean()), "in_their_posts": kept, "joined_before_1917": 100 * before[0],
        "joined_before_1921": 100 * before[1],
    }  # fmt: skip


def _officers(events: Events, careers: dict[str, int]) -> dict[str, Any]:
    """Officers arrested, released while under investigation, discharged apart from arrest, and taken back."""
    army = events.channel == CHANNELS.index("army")
    first, last = year_weeks(1937)[0], year_weeks(1938)[1]
    arrested = events.of(ARRESTED, first, last)
    freed = events.of(RELEASED)
    return {
        "arrested_1937_38": int(army[arrested].sum()), "back_from_arrest": int(army[freed].sum()),
        "discharged": careers["discharged"], "back_in_army": careers["back_in_army"] + int(army[freed].sum()),
    }  # fmt: skip


def _party(outcome: Outcome, events: Events, careers: dict[str, int]) -> dict[str, Any]:
    """Members expelled and taken back on appeal, those of 1938 apart, and those released while under investigation."""
    back = outcome.careers[0, slice(*year_weeks(1938)), CAREERS.index("back_in_party")]
    freed = int((events.channel[events.of(RELEASED)] == CHANNELS.index("party")).sum())
    return {
        "expelled": careers["expelled"], "back_in_party": careers["back_in_party"],
        "back_in_party_1938": int(back.sum()), "released_under_investigation": freed,
    }  # fmt: skip


def specialists(events: Events, society: Society) -> dict[str, Any]:
    """Specialists and managers arrested, in all and as a share of those of each region; their families not counted."""
    stratum = INDEX["specialists"]
    region, which = society.cells(distinct(events.person[events.of(ARRESTED)]))
    lost = np.bincount(region[which == stratum], minlength=len(society.regions))
    adults = np.diff(society.atlas[ADULTS : ADULTS + CELLS + 1]).reshape(society.size.shape)[:, stratum]
    return {
        "arrested": int(lost.sum()), "share": float(lost.sum() / max(1, adults.sum())),
        "by_region": {name: float(lost[r] / adults[r]) for r, name in enumerate(society.regions) if adults[r] > 0},
    }  # fmt: skip


def camps(outcome: Outcome, given: dict[str, float]) -> dict[str, float]:
    """Political prisoners of camps and colonies at the beginning of each year, and how many of them died.

    From the record's stock of 1 January 1937 on: plus simulated sentences other than death, less `FREED_SHARE` and the
    record's death rates. Newcomers are exposed for half of their first year.
    """
    stock = given[POLITICAL_1937]
    found: dict[str, float] = {}
    years = 1934 + np.array(calendar.month_of_week()) // 12
    table = outcome.weekly[0].sum(axis=1)
    for year, figure in DEATH_RATE.items():
        counted = table[years == year].sum(axis=0)
        arrive = CAMP_SHARE * float(counted[COUNTED.index("sentenced")] - counted[COUNTED.index("first_category")])
        exposed = stock + 0.5 * arrive
        died = exposed * given[figure] / 100.0
        stock = stock + arrive - died - FREED_SHARE * exposed
        found |= {f"died_{year}": died, f"political_{year + 1}": stock}
    return found
