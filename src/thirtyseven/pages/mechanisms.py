"""Each explanation's mechanism in words: what its law reads, what it does with it, and which controls it moves.

What is read and moved is named by the fields of `explanations.base`; a test holds it to the laws' own source.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTROLS: dict[str, str] = {
    "elite": "how hard the purge of office-holders is driven",
    "mass": "how hard the mass operation is driven",
    "national": "how hard each national operation is driven",
    "tilt": "which regions are pressed harder",
    "request": "whether regions ask for a higher limit",
    "request_size": "how much they ask for",
    "approval": "whether a request is granted",
    "grant": "raises without a request",
    "category": "death sentences against camp sentences in the troikas",
    "inflation": "reports made larger than the cases",
    "discount": "how far the centre doubts what its own police produced",
    "confession": "confessions under interrogation",
    "acceptance": "whether named people are arrested",
    "naming": "names in each confession",
    "denunciation": "denunciations from below",
    "removal_secretary": "removal of first secretaries",
    "removal_chief": "removal of regional NKVD chiefs",
    "head": "removal of the head of the NKVD",
    "release": "release of people under investigation",
    "switch_on": "starting the mass operation",
    "switch_off": "ending all campaigns by decree",
}
"""Every control of the institutional core, in words."""

READS: dict[str, str] = {
    "week": "the calendar", "launched": "when the mass operation began", "reports": "what the police reported last week",
    "total": "people arrested so far", "arrests": "people arrested last week", "mass_week": "arrests by troikas, by region",
    "secretaries_removed": "first secretaries already removed", "office_week": "office-holders arrested, by region",
    "zeal": "the zeal of the sitting NKVD chief", "raised": "raises of the last four weeks, by region",
    "fill": "how far limits are used up", "past_term": "whether the operation’s term has run out",
    "shock": "murders and trials that shook the leadership", "threat": "danger of war, by neighbour",
    "border": "frontier regions", "elections": "the announced elections", "harvest": "the harvest",
    "exile": "where dekulakisation struck in 1930–33", "unrest": "where open resistance was strongest in 1929–33",
    "shortfall": "where the harvest of 1936 failed", "licence": "criticism from below that the centre allows",
    "urban": "towns", "yezhov": "whether Yezhov heads the NKVD",
}  # fmt: skip
"""Every state of the core or given fact that a law reads, in words."""


@dataclass(frozen=True)
class Mechanism:
    """One law in words.

    Attributes:
        reads: fields that it reads.
        law: what it makes of them, one sentence.
        moves: controls that both variants move.
        charitable: controls that only the charitable variant moves.
    """

    reads: tuple[str, ...]
    law: str
    moves: tuple[str, ...]
    charitable: tuple[str, ...] = ()


DRIVES = ("elite", "mass", "national")

MECHANISMS: dict[str, Mechanism] = {
    "plan": Mechanism(
        ("week", "launched"),
        "A schedule with dates and amounts, followed whatever happens; in the charitable form the first limits are only the "
        "part of a larger plan that is disclosed first.",
        (*DRIVES, "switch_off"), ("grant",),
    ),
    "suspicion": Mechanism(
        ("reports", "shock", "total", "launched"),
        "A belief in conspiracy that grows with the police’s own reports and with shocks, fades slowly, and turns on the police "
        "themselves the more they have reported.",
        (*DRIVES, "switch_off"), ("discount", "acceptance", "approval", "removal_secretary", "head"),
    ),
    "threat": Mechanism(
        ("threat", "border", "week", "launched"),
        "Each campaign starts when the danger from its neighbours passes a threshold, four weeks later, and eases when the "
        "danger does.",
        (*DRIVES, "tilt", "switch_off"), ("category", "acceptance"),
    ),
    "inheritance": Mechanism(
        ("shock", "harvest", "elections", "threat", "exile", "arrests"),
        "A crisis calls up the tools of the Civil War and of 1930–33, which fade with a half-life; in the charitable form use "
        "renews them.",
        (*DRIVES, "tilt"), ("category",),
    ),
    "opposition": Mechanism(
        ("harvest", "elections", "shock", "threat", "unrest", "shortfall", "mass_week", "arrests", "launched"),
        "Real discontent grows with hunger, elections and imitation, is struck where it shows itself, and shrinks under arrest.",
        (*DRIVES, "tilt", "switch_off"), ("request", "category", "release"),
    ),
    "reactions": Mechanism(
        ("elections", "harvest", "shortfall", "licence", "arrests", "secretaries_removed", "launched"),
        "A gap between order and deed opens campaigns against officials; insecure officials pass the pressure on; complaints "
        "of the wronged bring it to an ebb.",
        (*DRIVES, "tilt", "switch_off"), ("removal_secretary", "request", "release"),
    ),
    "agencies": Mechanism(
        ("yezhov", "zeal", "raised", "fill", "past_term", "total", "launched"),
        "A drive of the police that grows by its own work under Yezhov; zealous chiefs ask for more, whoever overshot is raised "
        "again, and the master may clamp down.",
        (*DRIVES, "tilt", "request", "request_size", "grant", "switch_off"),
        ("inflation", "confession", "naming", "removal_chief", "head"),
    ),
    "below": Mechanism(
        ("licence", "shock", "urban", "office_week", "launched"),
        "Accusation breeds accusation, first in towns, until those who can be accused run short; the centre rides the wave.",
        (*DRIVES, "denunciation", "tilt", "switch_off"), ("removal_secretary", "category"),
    ),
}  # fmt: skip
