"""The compiled weekly step of the institutional core: arrays in, arrays out.

One call moves a batch of runs on by one week. Every number that is drawn is addressed by (seed of the run, purpose,
place, week), so a run is the same alone and in any batch, and on any number of threads. Nothing here knows a law, a
record or a scenario. Equations (C1)-(C11) of the model description; constants that stand as bare numbers are explained
in `docs/model.md`, section 7, with their sources.

Order within a week (it matters): limits and terms, mass arrests, troikas, national lines, elite, courts, chiefs.
People named this week enter the pools next week.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, binomial, normal, poisson, uniform, uniform2

LISTS, PARTY, ARMY, NKVD, TROIKA, LINE0, FAMILIES, ORDINARY = 0, 1, 2, 3, 4, 5, 10, 11
LINES, CHANNELS, COUNTS = 5, 12, 4
ARRESTED, SENTENCED, FIRST, RELEASED = 0, 1, 2, 3

_ARREST, _NOISE, _SENTENCE = PURPOSES["arrest"], PURPOSES["weekly-noise"], PURPOSES["sentence"]
_CATEGORY, _RELEASE, _REQUEST = PURPOSES["category"], PURPOSES["release"], PURPOSES["request"]
_SIZE, _APPROVAL, _DELAY, _OFFICE = (
    PURPOSES["request-size"], PURPOSES["approval"], PURPOSES["approval-delay"], PURPOSES["granted-share"],
)  # fmt: skip
_CHIEF, _ZEAL = PURPOSES["removal-chief"], PURPOSES["chief-type"]
_LISTS, _TERM = PURPOSES["schedule"], PURPOSES["excess"]


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
FIELDS = HELD + CHANNELS

# What was given, g[field, region].
G_LIMIT, G_START, G_STAFF, G_LATENT, G_MINORITY, G_OFFICES, G_PARTY, G_PEOPLE, G_CAPACITY = (
    0,
    2,
    3,
    4,
    5,
    10,
    11,
    12,
    13,
)
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
    """The composed controls of the week that have no region."""

    elite: np.ndarray  # (B,) drive
    mass: np.ndarray  # (B,) drive
    national: np.ndarray  # (B, 5) drives
    naming: np.ndarray  # (B, 4) factor on names acted on, by group
    release: np.ndarray  # (B,) weekly share of those held


class Facts(NamedTuple):
    """Fixed numbers of the core; `thirtyseven.simulation.run` gives their sources."""

    line_rate: np.ndarray  # (5,) relative rate of arrest of a line
    line_death: np.ndarray  # (5,) share of a line's sentences in the first category
    weeks: np.ndarray  # (5,) lists begin, plenum of 1937, families' order, special troikas, first week of 1938
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


@njit(cache=True)
def _logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


@njit(cache=True)
def _rounded(mean, u):
    """A whole number with this mean: what an office works off is a share of its queue, not a coin a person."""
    return math.floor(mean + u)


@njit(cache=True)
def _book(tally, b, week, slot, region, channel, what, n):
    tally.weekly[b, week, channel, what] += n
    tally.regional[b, slot, region, channel, what] += n
    if what == ARRESTED:
        tally.total[b, channel] += n
    elif what == FIRST:
        tally.shot[b] += n


@njit(cache=True)
def _raise(x, facts, params, b, r, week, size, delay, politburo):
    """Enter a granted raise; its first-category share grows as the camps fill."""
    crowd = max(0.0, x[TROIKA_SECOND, b].sum() / 400_000.0 - 0.1)
    share = min(0.92, 0.5 + 0.75 * params.crowding[b] * crowd)
    slot = (week + delay) % 4
    for c in range(2):
        part = size * (share if c == 0 else 1.0 - share)
        x[PENDING + 2 * slot + c, b, r] += part
        x[RAISED_ALL + c, b, r] += part
        if politburo and week >= facts.weeks[4]:
            x[RAISED_1938 + c, b, r] += part


@njit(cache=True)
def _ask(x, g, ctl, facts, params, push, b, r, seed, week, fill):
    """(C5), (C6): asking for more within the term, or for an extension when it has run out."""
    total = x[LIMIT, b, r] + x[LIMIT + 1, b, r]
    drive = push.mass[b]
    tilt = math.log(ctl[C_TILT, b, r])
    u = uniform(seed, _REQUEST, r, week)
    if week < x[EXPIRY, b, r]:
        rate = params.request_rate[b] * 1.6 * min(1.3, drive / 0.6) * _logistic(10.0 * (fill - 0.75))
        rate *= math.exp(ctl[C_REQUEST, b, r] + 0.3 * tilt)
        if u >= 1.0 - math.exp(-rate):
            return
        x[REQUESTS, b, r] += 1
        chance = _logistic(params.approval[b] + 6.0 * (drive - 0.5) + tilt + ctl[C_APPROVAL, b, r])
        if uniform(seed, _APPROVAL, r, week) >= chance:
            x[REFUSALS, b, r] += 1
            return
        spread = math.exp(0.4 * normal(uniform(seed, _SIZE, r, week)))
        size = min(1.5, params.raise_size[b] * math.exp(ctl[C_SIZE, b, r]) * spread) * total
        delay = 1 + int(3.0 * uniform(seed, _DELAY, r, week))
        politburo = uniform(seed, _OFFICE, r, week) < 0.35
        _raise(x, facts, params, b, r, week, size, delay, politburo)
    elif week == x[NEXT_ASK, b, r]:
        x[NEXT_ASK, b, r] = week + 9
        if u >= _logistic(0.3 + 2.0 * ctl[C_REQUEST, b, r]):
            return
        x[REQUESTS, b, r] += 1
        chance = _logistic(params.extension[b] + 7.0 * (drive - 0.7) + 2.0 * tilt + ctl[C_APPROVAL, b, r])
        if uniform(seed, _APPROVAL, r, week) >= chance:
            x[REFUSALS, b, r] += 1
            return
        x[EXPIRY, b, r] = week + 9
        size = 1.3 * params.raise_size[b] * (g[G_LIMIT, r] + g[G_LIMIT + 1, r])
        _raise(x, facts, params, b, r, week, size, 1, True)


@njit(cache=True)
def _limits(x, g, ctl, course, facts, params, push, b, seed, week):
    """Limits come into force with the order; raises arrive; regions ask."""
    regions = g.shape[1]
    if course.launch[b] < 0 or week < course.launch[b]:
        return
    for r in range(regions):
        if week == course.launch[b]:
            x[EXPIRY, b, r] = week + 20 + int(3.0 * uniform(seed, _TERM, r, 0))
            x[NEXT_ASK, b, r] = x[EXPIRY, b, r]
            for c in range(2):
                x[LIMIT + c, b, r] = g[G_LIMIT + c, r]
            if r < regions - 1:  # people arrested before are put before the troikas
                moved = math.floor(0.6 * x[HELD + ORDINARY, b, r])
                x[HELD + ORDINARY, b, r] -= moved
                x[CUSTODY, b, r] += moved
        before = x[LIMIT, b, r] + x[LIMIT + 1, b, r]
        if before <= 0.0:
            continue
        for c in range(2):
            x[LIMIT + c, b, r] += x[PENDING + 2 * (week % 4) + c, b, r] + ctl[C_GRANT + c, b, r] * g[G_LIMIT + c, r]
            x[RAISED_ALL + c, b, r] += ctl[C_GRANT + c, b, r] * g[G_LIMIT + c, r]
            x[PENDING + 2 * (week % 4) + c, b, r] = 0.0
        after = x[LIMIT, b, r] + x[LIMIT + 1, b, r]
        first = g[G_LIMIT, r] + g[G_LIMIT + 1, r]
        x[RAISED, b, r] = 0.75 * x[RAISED, b, r] + (after - before) / first
        if course.stop[b] < 0 and r < regions - 1:
            fill = (x[TROIKA_FIRST, b, r] + x[TROIKA_SECOND, b, r] + 0.5 * x[CUSTODY, b, r]) / after
            _ask(x, g, ctl, facts, params, push, b, r, seed, week, fill)


@njit(cache=True)
def _mass_arrests(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
    """(C1), (C2): arrests from the registers, between the decision and the decree, under limit and capacity."""
    regions = g.shape[1]
    launch = course.launch[b]
    for r in range(regions):
        x[MASS_WEEK, b, r] = 0.0
    if course.decided[b] < 0:
        return
    for r in range(regions - 1):
        first_week = launch + g[G_START, r]
        total = max(x[LIMIT, b, r] + x[LIMIT + 1, b, r], g[G_LIMIT, r] + g[G_LIMIT + 1, r])
        effort = min(1.5, push.mass[b] / 0.65) * ctl[C_HALF_TILT, b, r] * fade
        pool = x[REGISTER, b, r] + x[REGISTER + 1, b, r] + x[REGISTER + 2, b, r]
        rate = params.arrest_rate[b] * g[G_STAFF, r] * effort
        if week < first_week:
            rate *= 0.4
        elif week < first_week + 2:
            rate *= 2.2
        elif week >= x[EXPIRY, b, r]:
            rate *= 0.03
        rate *= math.exp(0.15 * normal(uniform(seed, _NOISE, r, week)))
        mean = max(0.0, min(rate, 0.5 * pool, 1.06 * total - x[MASS_TOTAL, b, r]))
        n = min(poisson(uniform(seed, _ARREST, r * CHANNELS + TROIKA, week), mean), math.floor(pool))
        inflow = 0.006 * effort * x[LATENT, b, r] + 0.5 * params.mass_naming[b] * push.naming[b, 3] * n
        inflow = min(inflow + 40.0 * ctl[C_DENUNCIATION, b, r] * g[G_PEOPLE, r], 0.08 * x[LATENT, b, r])
        x[LATENT, b, r] -= inflow
        for k in range(3):
            taken = n * x[REGISTER + k, b, r] / max(pool, 1.0)
            share = 0.45 if k == 0 else (0.25 if k == 1 else 0.30)
            x[REGISTER + k, b, r] += share * inflow - taken
            tally.groups[b, k] += taken
        x[CUSTODY, b, r] += n
        x[MASS_WEEK, b, r] = n
        x[MASS_TOTAL, b, r] += n
        _book(tally, b, week, slot, r, TROIKA, ARRESTED, n)


@njit(cache=True)
def _troikas(x, g, ctl, course, tally, params, push, b, seed, week, slot):
    """(C3), (C4): sentences by troikas under capacity and the room left under each limit."""
    regions = g.shape[1]
    age = week - course.launch[b]
    if course.launch[b] < 0 or age < 0 or course.stop[b] >= 0:
        return
    ramp = min(1.0, 0.12 + 0.088 * age)
    crowd = max(0.0, x[TROIKA_SECOND, b].sum() / 400_000.0 - 0.1)
    pace = 0.5 + 0.5 * min(1.5, push.mass[b] / 0.65)
    base = params.category[b] + 2.5 * math.exp(-age / 7.0) - 0.2 + params.crowding[b] * crowd
    for r in range(regions):
        room1 = max(0.0, 1.05 * x[LIMIT, b, r] - x[TROIKA_FIRST, b, r])
        room2 = max(0.0, 1.05 * x[LIMIT + 1, b, r] - x[TROIKA_SECOND, b, r])
        if r == regions - 1:  # prisoners of camps: taken from the stock, not arrested
            x[CUSTODY, b, r] = room1 + room2
        mean = min(0.55 * x[CUSTODY, b, r], params.capacity[b] * g[G_CAPACITY, r] * ramp * pace, room1 + room2)
        if mean <= 0.0:
            continue
        n = poisson(uniform(seed, _SENTENCE, r * CHANNELS + TROIKA, week), mean)
        n = min(n, math.floor(x[CUSTODY, b, r]), math.floor(room1 + room2))
        logit = base + 1.4 * (room1 - room2) / (room1 + room2 + 1.0) + ctl[C_CATEGORY, b, r]
        n1 = binomial(uniform(seed, _CATEGORY, r * CHANNELS + TROIKA, week), n, _logistic(logit))
        n1 = min(max(n1, n - math.floor(room2)), math.floor(room1))
        x[CUSTODY, b, r] -= n
        x[TROIKA_FIRST, b, r] += n1
        x[TROIKA_SECOND, b, r] += n - n1
        _book(tally, b, week, slot, r, TROIKA, SENTENCED, n)
        _book(tally, b, week, slot, r, TROIKA, FIRST, n1)


@njit(cache=True)
def _lines(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
    """National operations: arrests by line, throttled by the album queue that special troikas cleared."""
    regions = g.shape[1]
    waiting = x[ALBUM : ALBUM + LINES, b].sum()
    special = facts.weeks[3] <= week < facts.weeks[3] + 9 and waiting > 30_000.0
    throughput = 4_000.0 * (0.3 + 0.8 * push.national[b].mean()) + (13_000.0 if special else 0.0)
    served = 0.0 if waiting <= 0.0 or course.stop[b] >= 0 else min(1.0, throughput / waiting)
    brake = max(0.0, 1.0 - waiting / 150_000.0)
    for line in range(LINES):
        active = course.line_start[b, line] >= 0 and week >= course.line_start[b, line]
        if not active:
            continue
        drive = min(1.4, push.national[b, line] / 0.65) * facts.line_rate[line] * params.line_rate[b] * brake * fade
        for r in range(regions - 1):
            where = r * CHANNELS + LINE0 + line
            left = x[LINE_LEFT + line, b, r]
            mean = min(drive * g[G_MINORITY + line, r] * ctl[C_TILT, b, r], 0.25 * left)
            if mean > 0.0:
                n = min(poisson(uniform(seed, _ARREST, where, week), mean), math.floor(left))
                x[LINE_LEFT + line, b, r] -= n
                x[ALBUM + line, b, r] += n
                _book(tally, b, week, slot, r, LINE0 + line, ARRESTED, n)
            if served > 0.0 and x[ALBUM + line, b, r] > 0.0:
                u, v = uniform2(seed, _SENTENCE, where, week)
                n = min(_rounded(served * x[ALBUM + line, b, r], u), math.floor(x[ALBUM + line, b, r]))
                n1 = binomial(v, n, facts.line_death[line])
                x[ALBUM + line, b, r] -= n
                _book(tally, b, week, slot, r, LINE0 + line, SENTENCED, n)
                _book(tally, b, week, slot, r, LINE0 + line, FIRST, n1)


@njit(cache=True)
def _offices(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
    """(C7) in the elite: arrests of office-holders, names, investigation, lists."""
    regions = g.shape[1]
    drive = push.elite[b] * fade
    mean_all = x[OFFICE_MEAN, b].sum()
    offices = g[G_OFFICES].sum()
    batch = week >= facts.weeks[0] and course.stop[b] < 0 and uniform(seed, _LISTS, 0, week) < 0.45
    signed = 0.7 if batch else 0.01
    for r in range(regions - 1):
        left = x[OFFICES, b, r] / g[G_OFFICES, r]
        echo = 0.5 * x[OFFICE_MEAN, b, r] + 0.5 * mean_all * g[G_OFFICES, r] / offices
        mean = 0.0024 * drive * x[OFFICES, b, r] * ctl[C_HALF_TILT, b, r]
        mean += 0.62 * params.elite_naming[b] * push.naming[b, 0] * drive * echo * left * math.sqrt(left)
        mean = min(mean, 0.03 * x[OFFICES, b, r])
        n = 0
        if mean > 0.0:
            n = min(poisson(uniform(seed, _ARREST, r * CHANNELS + LISTS, week), mean), math.floor(x[OFFICES, b, r]))
        x[OFFICES, b, r] -= n
        x[OFFICE_WEEK, b, r] = n
        x[OFFICE_MEAN, b, r] = 0.75 * x[OFFICE_MEAN, b, r] + 0.25 * n
        x[NAMED, b, r] += 2.7 * n
        moved = 0.0
        for s in range(3):
            step = x[INQUIRY + s, b, r] / 8.0
            x[INQUIRY + s, b, r] += moved - step
            moved = step
        x[INQUIRY, b, r] += n
        x[QUEUE, b, r] += moved
        _book(tally, b, week, slot, r, LISTS, ARRESTED, n)
        whole = math.floor(x[QUEUE, b, r])
        if whole <= 0:
            continue
        u, v = uniform2(seed, _SENTENCE, r * CHANNELS + LISTS, week)
        k = min(_rounded(signed * whole, u), whole)
        k1 = binomial(v, k, 0.876)
        x[QUEUE, b, r] -= k
        if week >= facts.weeks[2]:
            x[FAMILY, b, r] += 0.42 * k1
        _book(tally, b, week, slot, r, LISTS, SENTENCED, k)
        _book(tally, b, week, slot, r, LISTS, FIRST, k1)


@njit(cache=True)
def _others(x, g, ctl, course, tally, facts, push, b, seed, week, slot, fade, background):
    """Rank and file of the party, officers, security staff, families and the ordinary channel: arrests."""
    regions = g.shape[1]
    drive = push.elite[b] * fade
    mass_on = course.decided[b] >= 0
    members = g[G_PARTY].sum()
    for r in range(regions - 1):
        x[NAMED, b, r] += 150.0 * ctl[C_DENUNCIATION, b, r] * push.elite[b] * g[G_PARTY, r] / members
        for channel in (PARTY, ARMY, NKVD, FAMILIES, ORDINARY):
            if channel == PARTY:
                mean = 0.02 * x[NAMED, b, r] * (0.15 + 0.85 * fade)
            elif channel == ARMY:
                level = max(0.0, drive - 0.45) if mass_on else 0.0
                mean = 0.0022 * level * x[OFFICER, b, r] * push.naming[b, 2]
            elif channel == NKVD:
                mean = 0.06 * x[OFFICE_WEEK, b, r] * push.naming[b, 1] if week >= facts.weeks[1] else 0.0
            elif channel == FAMILIES:
                mean = x[FAMILY, b, r] / 6.0
            else:
                mean = (background + 1_500.0 * ctl[C_DENUNCIATION, b, r] * fade) * g[G_PEOPLE, r]
            if mean <= 0.0:
                continue
            n = poisson(uniform(seed, _ARREST, r * CHANNELS + channel, week), mean)
            if channel == PARTY:
                n = min(n, math.floor(x[NAMED, b, r]))
                x[NAMED, b, r] -= n
            elif channel == ARMY:
                n = min(n, math.floor(x[OFFICER, b, r]))
                x[OFFICER, b, r] -= n
            elif channel == NKVD:
                n = min(n, math.floor(x[SECURITY, b, r]))
                x[SECURITY, b, r] -= n
            elif channel == FAMILIES:
                n = min(n, math.floor(x[FAMILY, b, r]))
                x[FAMILY, b, r] -= n
            x[HELD + channel, b, r] += n
            _book(tally, b, week, slot, r, channel, ARRESTED, n)


@njit(cache=True)
def _close(x, b):
    """The decree abolishes troikas and albums; whoever waits for them, then or later, goes before the courts."""
    for r in range(x.shape[2] - 1):
        x[HELD + ORDINARY, b, r] += x[CUSTODY, b, r]
        x[CUSTODY, b, r] = 0.0
        for line in range(LINES):
            x[HELD + ORDINARY, b, r] += x[ALBUM + line, b, r]
            x[ALBUM + line, b, r] = 0.0


@njit(cache=True)
def _courts(x, course, tally, facts, push, b, seed, week, slot, death):
    """People held for courts and the Special Board: some are sentenced, some released; a region sits every fourth week."""
    after = course.stop[b] >= 0
    for r in range(week % 4, x.shape[2] - 1, 4):
        for channel in (PARTY, ARMY, NKVD, FAMILIES, ORDINARY):
            held = math.floor(x[HELD + channel, b, r])
            if held <= 0:
                continue
            u, v = uniform2(seed, _SENTENCE, r * CHANNELS + channel, week)
            decided = _rounded(held * min(1.0, 4.0 * facts.pace[channel]), u)
            n = _rounded(decided * facts.convicted[channel] * (0.6 if after else 1.0), v)
            u, v = uniform2(seed, _RELEASE, r * CHANNELS + channel, week)
            freed = decided - n + _rounded((held - decided) * min(1.0, 4.0 * push.release[b]), u)
            n1 = _rounded(n * death[b, channel], v)
            x[HELD + channel, b, r] -= n + freed
            _book(tally, b, week, slot, r, channel, SENTENCED, n)
            _book(tally, b, week, slot, r, channel, FIRST, n1)
            _book(tally, b, week, slot, r, channel, RELEASED, freed)


@njit(cache=True)
def _chiefs(x, ctl, push, b, seed, week, fade):
    """(C11): removal of regional NKVD chiefs and first secretaries; a region is looked at every fourth week."""
    drive = push.elite[b] * fade
    for r in range(week % 4, x.shape[2] - 1, 4):
        u, v = uniform2(seed, _CHIEF, r, week)
        if u < 1.0 - math.exp(-4.0 * (0.004 + 0.016 * drive) * math.exp(ctl[C_CHIEF, b, r])):
            x[ZEAL, b, r] = normal(uniform(seed, _ZEAL, r, week))
            x[CHIEF_SINCE, b, r] = week
            x[CHIEFS, b, r] += 1
        if v < 1.0 - math.exp(-4.0 * (0.002 + 0.020 * drive) * math.exp(ctl[C_SECRETARY, b, r])):
            x[SECRETARIES, b, r] += 1


@njit(cache=True)
def step(x, g, ctl, course, tally, facts, params, push, seeds, week, slot, background, death):
    """Move every run of the batch on by one week.

    Args:
        x: (FIELDS, B, R) state, changed in place; g: (GIVEN, R); ctl: (CONTROLS, B, R).
        course, tally: changed in place; facts, params, push: see above.
        seeds: (B,) uint64.
        week: week number; slot: bin of the regional table.
        background: arrests a week in the ordinary channel before denunciations.
        death: (B, C) share of court sentences in the first category.
    """
    for b in range(seeds.shape[0]):
        seed = seeds[b]
        stopped = course.stop[b] >= 0
        fade = 0.65 ** (1 + week - course.stop[b]) if stopped else 1.0
        if stopped:
            _close(x, b)
        _limits(x, g, ctl, course, facts, params, push, b, seed, week)
        _mass_arrests(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        _troikas(x, g, ctl, course, tally, params, push, b, seed, week, slot)
        _lines(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        _offices(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade)
        _others(
            x,
            g,
            ctl,
            course,
            tally,
            facts,
            push,
            b,
            seed,
            week,
            slot,
            fade,
            0.35 * background if stopped else background,
        )
        _courts(x, course, tally, facts, push, b, seed, week, slot, death)
        _chiefs(x, ctl, push, b, seed, week, fade)
