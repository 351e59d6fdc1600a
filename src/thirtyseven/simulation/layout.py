"""Where the compiled core keeps what: numbers of channels and fields, and the tuples of arrays that it is given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

LISTS, PARTY, ARMY, NKVD, TROIKA, LINE0, FAMILIES, ORDINARY = 0, 1, 2, 3, 4, 5, 10, 11
LINES, CHANNELS, COUNTS = 5, 12, 4
ARRESTED, SENTENCED, FIRST, RELEASED = 0, 1, 2, 3
OUT_OF_PARTY, BACK_IN_PARTY, OUT_OF_ARMY, BACK_IN_ARMY, CAREERS = 0, 1, 2, 3, 4

# What the institutions remember: one array x[field, run, region], so that a law can be shown a field as a plain (B, R)
# array and the compiled code stays one small argument.
LIMIT = 0  # two categories
PENDING = 2  # raises on their way: week modulo 4, two categories
REGISTER = 10  # former "kulaks", "criminals", others
LATENT = 13  # people whom the police could enter in a register
CUSTODY = 14  # waiting for a troika
MASS_WEEK, MASS_TOTAL = 15, 16  # arrested in the mass operation last week, in all
TROIKA_FIRST, TROIKA_SECOND = 17, 18  # sentenced so far by category
RAISED = 19  # recent raises, share of the first limit
ALBUM = 20  # waiting for the album procedure, five lines
LINE_LEFT = 25  # of the nationalities, not arrested under the orders, five lines
OFFICES, OFFICE_MEAN, OFFICE_WEEK = 30, 31, 32  # office-holders left; their arrests, four-week mean and last week
NAMED = 33  # rank and file of the party who were named
INQUIRY = 34  # three stages of investigation
QUEUE = 37  # waiting for a list
FAMILY = 38  # relatives about to be arrested
OFFICER, SECURITY = 39, 40  # left in service
ZEAL, CHIEF_SINCE, CHIEFS, SECRETARIES = 41, 42, 43, 44  # sitting chief's zeal and first week; changes so far
EXPIRY, NEXT_ASK = 45, 46  # weeks
RAISED_1938 = 47  # granted by the Politburo in 1938, two categories
RAISED_ALL = 49  # granted by whomever, two categories
REQUESTS, REFUSALS = 51, 52
HELD = 53  # waiting for a court, by channel
EXPELLED = 65  # expelled from the party, neither arrested nor taken back
EXPELLING = 66  # decided, to be booked when the region's commission sits
DISCHARGED = 67  # officers discharged for political reasons, at liberty and not taken back
DISCHARGING = 68
FIELDS = 69

# What was given, g[field, region].
G_LIMIT, G_START, G_STAFF, G_LATENT, G_MINORITY, G_OFFICES, G_PARTY, G_PEOPLE, G_CAPACITY = (
    0, 2, 3, 4, 5, 10, 11, 12, 13,
)  # fmt: skip
GIVEN = 14

# The composed regional controls of the week, ctl[field, run, region]; tilts as factors, so that no law is paid twice.
C_TILT, C_HALF_TILT, C_REQUEST, C_SIZE, C_APPROVAL, C_GRANT, C_CATEGORY, C_DENUNCIATION, C_SECRETARY, C_CHIEF = (
    0, 1, 2, 3, 4, 5, 7, 8, 9, 10,
)  # fmt: skip
CONTROLS = 11


class Params(NamedTuple):
    """The core's twelve free numbers, (B,) each; `thirtyseven.scenario.core` gives meaning, unit and prior."""

    capacity: np.ndarray
    raise_size: np.ndarray
    request_rate: np.ndarray
    approval: np.ndarray
    extension: np.ndarray
    arrest_rate: np.ndarray
    elite_naming: np.ndarray
    mass_naming: np.ndarray
    denunciation: np.ndarray
    category: np.ndarray
    crowding: np.ndarray
    line_rate: np.ndarray


class Push(NamedTuple):
    """What a week brings that has no region: composed controls, and the dated institutions that everybody was given."""

    elite: np.ndarray  # (B,) drive
    mass: np.ndarray  # (B,) drive
    national: np.ndarray  # (B, 5) drives
    naming: np.ndarray  # (B, 4) factor on names acted on, by group
    release: np.ndarray  # (B,) weekly share of those held
    law: bool  # whether the law of 1 December 1934 is in force
    review: float  # party members whom a review expels this week


class Facts(NamedTuple):
    """Fixed numbers of the core; `thirtyseven.simulation.run` gives their sources."""

    line_rate: np.ndarray  # (5,) relative rate of arrest of a line
    line_death: np.ndarray  # (5,) share of a line's sentences in the first category
    weeks: np.ndarray  # (6,) lists begin, plenum of 1937, families' order, special troikas, first week and plenum of 1938
    pace: np.ndarray  # (C,) share of those held whom courts decide in a week
    convicted: np.ndarray  # (C,) share of them convicted


class Course(NamedTuple):
    """Decisions that have a date; -1 where not yet made."""

    decided: np.ndarray  # (B,) week in which the order was decided
    launch: np.ndarray  # (B,) first week of the operation
    stop: np.ndarray  # (B,) week of the decree
    line_start: np.ndarray  # (B, 5)


class Tally(NamedTuple):
    """What is counted; the caller's `slot` says into which bin of time the regional table is booked."""

    weekly: np.ndarray  # (B, W, C, 4) people
    regional: np.ndarray  # (B, bins, R, C, 4) people
    total: np.ndarray  # (B, C) arrested so far
    shot: np.ndarray  # (B,) sentenced to death so far
    groups: np.ndarray  # (B, 3) arrested from each register
    careers: np.ndarray  # (B, W, 4) expelled, taken back into the party; officers discharged, taken back
    careers_regional: np.ndarray  # (B, R, 4) the same, all weeks
