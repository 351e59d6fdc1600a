"""Cohorts: offices, strata and years of joining the party, and what share of each was lost.

Age and sex are not in the model, so there are no cohorts by birth. When somebody joined the party is drawn for delegates of
1934 from the shares that their congress published; the model knows no reason to arrest earlier or later members.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from thirtyseven import draws
from thirtyseven.simulation.events import ARRESTED, DEATH, Events, distinct
from thirtyseven.simulation.everybody import TIES_KEY
from thirtyseven.simulation.families import isin
from thirtyseven.society.people import ADULTS, CELLS, Society
from thirtyseven.society.strata import SLUGS

Ids = NDArray[np.int64]

JOINED = ("before_1917", "1917_1920", "later")
JOINED_SHARES = (0.226, 0.574, 0.2)
"""Delegates of 1934 by year of joining: 22.6 per cent before 1917, 80 per cent before 1921 (Schapiro 1970, recalled;
figures F-0110 and F-0111 of the record)."""
RECORDED: dict[str, dict[str, str]] = {
    "congress-delegates": {"arrested": "F-0099", "to_death": "F-0101"},
    "central-committee": {"to_death": "F-0081"},
    "marshals": {"arrested": "F-0211"},
}
"""Figures of the record beside which an office is set. The record counts people shot to 1940, the model sentences to
death to the end of 1939."""


def cohorts(events: Events, society: Society) -> dict[str, Any]:
    """What became of those who held an office, of strata and of party generations.

    Returns:
        `offices`: by office its holders and the shares arrested and sentenced to death; `strata`: the same for adults of
        every stratum; `delegates_by_joining`: the same for delegates of 1934 by `JOINED`.
    """
    taken, dead = distinct(events.person[events.of(ARRESTED)]), distinct(events.person[events.of(DEATH)])
    delegates = society.elite.ids("congress-delegates")
    when = joined(delegates)
    adults = np.diff(society.atlas[ADULTS : ADULTS + CELLS + 1]).reshape(society.size.shape).sum(axis=0)
    per_stratum = [np.bincount(society.cells(some)[1], minlength=len(SLUGS)) for some in (taken, dead)]
    return {
        "offices": {office: lost(society.elite.ids(office), taken, dead) for office in society.elite.offices},
        "strata": {
            slug: {"adults": int(adults[s]), "arrested": float(per_stratum[0][s] / max(1, adults[s])),
                   "to_death": float(per_stratum[1][s] / max(1, adults[s]))}
            for s, slug in enumerate(SLUGS)
        },
        "delegates_by_joining": {
            name: lost(delegates[when == i], taken, dead) for i, name in enumerate(JOINED)
        },
    }  # fmt: skip


def lost(ids: Ids, taken: NDArray[np.int32], dead: NDArray[np.int32]) -> dict[str, Any]:
    """Holders, and the numbers and shares of them arrested and sentenced to death."""
    number = max(1, len(ids))
    arrested, to_death = int(isin(ids, taken).sum()), int(isin(ids, dead).sum())
    return {
        "holders": len(ids), "arrested": arrested, "to_death": to_death, "arrested_share": arrested / number,
        "to_death_share": to_death / number,
    }  # fmt: skip


def joined(people: Ids) -> NDArray[np.int64]:
    """When members joined the party, as indices of `JOINED`; the same in every run."""
    u = np.array([draws.uniform(TIES_KEY, draws.PURPOSES["age"], int(one), 0) for one in people])
    return np.searchsorted(np.cumsum(JOINED_SHARES)[:-1], u, side="right")
