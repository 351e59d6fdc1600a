"""The five offices of the question of responsibility, and what "as in 1935-36" means for each.

An office that is "off" is not absent: it keeps to its own conduct of a year before the purge (`BASELINES`), in the same
simulated past, with the same random numbers. `HANDS` says whose hand moves which control of which explanation; it is
a reading of each argument, ours, and the place to change it. Offices, not persons; contribution, not guilt.

Who acts is partly fixed by documents and so built in, not found: nothing extraordinary happened without the consent of
the centre (decisions of 2 and 31 July 1937, 31 January and 17 November 1938). Each office's `built_in` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thirtyseven.society import calendar


@dataclass(frozen=True)
class Office:
    """An office and its conduct of 1935-36.

    Attributes:
        slug: as in the record's ledger of acts (`office_group`).
        title: in plain words.
        off: what it does when it keeps to its conduct of 1935-36.
        built_in: what the model takes from documents and therefore cannot find.
        left_out: what the office did and the model cannot take back.
        source: where the reading comes from.
    """

    slug: str
    title: str
    off: str
    built_in: str
    left_out: str
    source: str


OFFICES: tuple[Office, ...] = (
    Office(
        "centre", "Stalin, the Politburo and the central bodies",
        "presses no harder than in the year before the purge, signs no order of a mass or national operation, grants no raise "
        "beyond what others force, calls for no more criticism from below; if operations already run, it ends them by decree",
        "nothing extraordinary happens without its consent, so that it is necessary for both kinds of operation in every "
        "explanation; that is read from the orders, not found by the model",
        "cases that already wait for a list are still decided; the first limits and the law of December 1934 stay as given",
        "record: ledger of acts (decisions of 2 and 31 July 1937, 31 January 1938, 17 November 1938)",
    ),
    Office(
        "nkvd", "the NKVD's centre",
        "drives, inflates, forces confessions and grants on its own no more than in the year before the purge; what it reports "
        "to the centre stays at that year's volume",
        "65 in 100 raises within the term are booked as its own decisions (docs/model.md, 7.3)",
        "the national orders and albums that it drafted count as the centre's, which approved them",
        "record: ledger of acts; Hagenloh 2009 (reviews seen) on the service under Yagoda",
    ),
    Office(
        "secretaries", "first secretaries of regions",
        "ask for nothing beyond the first limits, and press no harder than in the year before the purge",
        "half of the requests are theirs: of six documents in the ledger that ask for raises once the order ran, three are a "
        "secretary's and three a chief's",
        "their returns of July 1937, which shaped the first limits, and their seat in the troikas",
        "record: ledger of acts, L-0079, L-0085, L-0086",
    ),
    Office(
        "chiefs", "NKVD chiefs of regions",
        "carry out what is given and ask for nothing; no chief presses harder than another because he is more zealous",
        "half of the requests are theirs (see secretaries)",
        "the pace and manner of arrests and interrogations within the limits",
        "record: ledger of acts, L-0096, L-0108, L-0109",
    ),
    Office(
        "public", "other officials, managers and people who denounced",
        "denounce at the rate of the year before the purge",
        "denunciation alone leads to the ordinary channel and to registers; what becomes of it is decided by others",
        "many denounced under threat, and many who did were arrested later; procurators' consent counts as the centre's",
        "record: ledger of acts, kind denouncing; Bergemann 2017 (seen) on the coerced and the willing",
    ),
)  # fmt: skip

SLUGS = tuple(office.slug for office in OFFICES)
SECRETARY_SIGNS = 0.5
"""Share of requests signed by the first secretary and not by the chief; see `OFFICES`, "built_in" of the secretaries."""

BASELINES: Mapping[str, tuple[int, int]] = {
    "1935": (calendar.week_of(date(1935, 1, 1)), calendar.week_of(date(1936, 1, 1))),
    "1936": (calendar.week_of(date(1936, 1, 1)), calendar.week_of(date(1937, 1, 1))),
    "1935-36": (calendar.week_of(date(1935, 1, 1)), calendar.week_of(date(1937, 1, 1))),
}
"""First week and the week after the last of each baseline; the office keeps to its mean conduct of that time from its end on."""

HANDS: Mapping[str, Mapping[str, str]] = {
    "plan": {"elite": "centre", "mass": "centre", "national": "centre", "grant": "centre"},
    "suspicion": {"elite": "centre", "mass": "centre", "national": "centre"},
    "threat": {"elite": "centre", "mass": "centre", "national": "centre", "tilt": "centre", "category": "centre"},
    "inheritance": {"elite": "centre", "mass": "centre", "national": "centre", "tilt": "centre", "category": "centre"},
    "opposition": {"elite": "centre", "mass": "centre", "national": "centre", "tilt": "centre", "category": "centre"},
    "reactions": {"elite": "centre", "mass": "secretaries", "national": "secretaries", "tilt": "secretaries",
                  "request": "secretaries"},
    "agencies": {"elite": "nkvd", "mass": "nkvd", "national": "nkvd", "tilt": "chiefs", "request": "chiefs",
                 "request_size": "chiefs", "grant": "nkvd"},
    "below": {"elite": "public", "mass": "public", "national": "public", "tilt": "public", "category": "public"},
}  # fmt: skip
"""Whose hand moves a control of an explanation. Danger abroad, harvest, real opposition and inherited tools are nobody's
hand: what the centre makes of them is the centre's."""

EVERYWHERE: Mapping[str, str] = {
    "approval": "centre", "discount": "centre", "acceptance": "centre", "release": "centre", "switch_on": "centre",
    "removal_secretary": "centre", "head": "centre",
    "inflation": "nkvd", "confession": "nkvd", "naming": "nkvd", "removal_chief": "nkvd",
    "denunciation": "public",
}  # fmt: skip
"""Whose hand moves a control whatever the explanation, where `HANDS` does not say otherwise."""

Held = Literal["at most", "at least", "same"]
HELD: Mapping[str, Held] = {"tilt": "same", "release": "at least", "discount": "at least"}
"""How a control is held at its earlier mean: at most as high (the rule), at least as high (what protects), or the same."""


def hand(explanation: str, control: str) -> str | None:
    """The office whose hand moves a control of an explanation; None where it is nobody's."""
    return HANDS.get(explanation, {}).get(control) or EVERYWHERE.get(control)
