"""Why somebody denounced: motives of denunciation, under a judgement that is stated.

No archive counts motives. Historians name four: to save oneself, to gain a post or a room, to settle a score, and to do
what was taught to be a duty. Here each has a weight that depends on what the model knows of the two people; the shares
that come out say what these weights imply and nothing about what anybody felt.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.simulation.events import ARRESTED, PROVENANCE, Events, ends_of
from thirtyseven.simulation.everybody import TIES_KEY
from thirtyseven.simulation.families import isin
from thirtyseven.society import ties
from thirtyseven.society.people import Society
from thirtyseven.society.strata import INDEX, SLUGS

MOTIVES = ("self_preservation", "reward", "grudge", "duty")
BASE = {"self_preservation": 0.3, "reward": 0.4, "grudge": 1.0, "duty": 0.5}
"""Weight of each motive between any two people. Judgement: case studies of letters find everyday quarrels most often."""
RISK = 2.0
"""Added to self-preservation for every acquaintance of his arrested before he denounced, three at most: whoever knew
"enemies" had reason to speak first."""
POST = 2.0
"""Added to reward where both work at one place or the denounced stands higher: a post falls free."""
PARTY = 1.0
"""Added to duty for members of the party and holders of posts, of whom "vigilance" was demanded."""
LADDER = ("office-holders", "high-command", "senior-officers", "security-staff", "officers", "specialists",
          "party-members", "employees", "workers")  # fmt: skip
"""Standing, highest first; everybody else stands below. Judgement, for "upward" denunciation alone."""
_PARTY = tuple(INDEX[slug] for slug in ("office-holders", "party-members", "security-staff"))
_MOST = 40_000


def motives(events: Events, society: Society) -> dict[str, Any]:
    """Shares of motives and of upward denunciation, by channel and in all.

    Args:
        events: the log of a run; up to 40,000 denunciations, evenly over time, are looked at.
        society: the society it was made with.

    Returns:
        `all` and every channel with at least 50 denunciations: their number, the share of each of `MOTIVES`, and
        `upward`, the share in which the denounced stood higher.
    """
    rows = events.of(ARRESTED)
    every = rows[events.provenance[rows] == PROVENANCE.index("denounced")]
    some = every[:: max(1, -(-len(every) // _MOST))]
    who, whom = events.by[some].astype(np.int64), events.person[some].astype(np.int64)
    weight, upward = _weights(events, society, some, who, whom)
    share = weight / weight.sum(axis=1, keepdims=True)
    channel = events.channel[some]
    groups = {"all": np.ones(len(some), bool)} | {name: channel == c for c, name in enumerate(CHANNELS)}
    step = len(every) / max(1, len(some))
    return {
        name: {"denunciations": int(mask.sum() * step), "upward": float(upward[mask].mean())}
        | dict(zip(MOTIVES, (float(x) for x in share[mask].mean(axis=0)), strict=True))
        for name, mask in groups.items()
        if mask.sum() >= 50
    }


def _weights(events: Events, society: Society, some: NDArray[Any], who: NDArray[Any],
             whom: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:  # fmt: skip
    """(n, 4) weights of the motives, and whether the denounced stood higher."""
    rank = np.full(len(SLUGS), len(LADDER))
    rank[[INDEX[slug] for slug in LADDER]] = np.arange(len(LADDER))
    mine, theirs = (rank[society.cells(people)[1]] for people in (who, whom))
    upward = theirs < mine
    place = ties.workplaces_of(society, who)
    same = (place != ties.NOBODY) & (place == ties.workplaces_of(society, whom))
    arrests = events.of(ARRESTED)
    people, first = ends_of(events.person[arrests])
    known = ties.acquaintances(society, who, TIES_KEY)
    at = np.minimum(np.searchsorted(people, known), max(0, len(people) - 1))
    before = isin(known, people) & (arrests[first[at]] < some[:, None])
    weight = np.tile([BASE[name] for name in MOTIVES], (len(some), 1))
    weight[:, 0] += RISK * np.minimum(3, before.sum(axis=1))
    weight[:, 1] += POST * (same | upward)
    weight[:, 3] += PARTY * np.isin(society.cells(who)[1], _PARTY)
    return weight, upward
