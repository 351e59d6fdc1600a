"""The mass and national operations, compiled: limits and raises, arrests, troikas, the albums of the lines (C1-C6).

Part of the weekly step in `kernels`; bare numbers are explained in `docs/model.md`, section 7.
"""

from __future__ import annotations

import math

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, binomial, normal, poisson, uniform, uniform2
from thirtyseven.simulation.booking import book, logistic, rounded
from thirtyseven.simulation.layout import (
    ALBUM,
    ARRESTED,
    C_APPROVAL,
    C_CATEGORY,
    C_DENUNCIATION,
    C_GRANT,
    C_HALF_TILT,
    C_REQUEST,
    C_SIZE,
    C_TILT,
    CHANNELS,
    CUSTODY,
    EXPIRY,
    FIRST,
    G_CAPACITY,
    G_LIMIT,
    G_MINORITY,
    G_PEOPLE,
    G_STAFF,
    G_START,
    HELD,
    LATENT,
    LIMIT,
    LINE0,
    LINE_LEFT,
    LINES,
    MASS_TOTAL,
    MASS_WEEK,
    NEXT_ASK,
    ORDINARY,
    PENDING,
    RAISED,
    RAISED_1938,
    RAISED_ALL,
    REFUSALS,
    REGISTER,
    REQUESTS,
    SENTENCED,
    TROIKA,
    TROIKA_FIRST,
    TROIKA_SECOND,
)

_ARREST, _NOISE, _SENTENCE = PURPOSES["arrest"], PURPOSES["weekly-noise"], PURPOSES["sentence"]
_CATEGORY, _REQUEST, _SIZE, _APPROVAL, _DELAY, _OFFICE, _TERM = (
    PURPOSES["category"], PURPOSES["request"], PURPOSES["request-size"], PURPOSES["approval"], PURPOSES["approval-delay"],
    PURPOSES["granted-share"], PURPOSES["excess"],
)  # fmt: skip


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
        rate = params.request_rate[b] * 1.6 * min(1.3, drive / 0.6) * logistic(10.0 * (fill - 0.75))
        rate *= math.exp(ctl[C_REQUEST, b, r] + 0.3 * tilt)
        if u >= 1.0 - math.exp(-rate):
            return
        x[REQUESTS, b, r] += 1
        chance = logistic(params.approval[b] + 6.0 * (drive - 0.5) + tilt + ctl[C_APPROVAL, b, r])
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
        if u >= logistic(0.3 + 2.0 * ctl[C_REQUEST, b, r]):
            return
        x[REQUESTS, b, r] += 1
        chance = logistic(params.extension[b] + 7.0 * (drive - 0.7) + 2.0 * tilt + ctl[C_APPROVAL, b, r])
        if uniform(seed, _APPROVAL, r, week) >= chance:
            x[REFUSALS, b, r] += 1
            return
        x[EXPIRY, b, r] = week + 9
        size = 1.3 * params.raise_size[b] * (g[G_LIMIT, r] + g[G_LIMIT + 1, r])
        _raise(x, facts, params, b, r, week, size, 1, True)



@njit(cache=True)
def limits(x, g, ctl, course, facts, params, push, b, seed, week):
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
def mass_arrests(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
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
        book(tally, b, week, slot, r, TROIKA, ARRESTED, n)



@njit(cache=True)
def troikas(x, g, ctl, course, tally, params, push, b, seed, week, slot):
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
        n1 = binomial(uniform(seed, _CATEGORY, r * CHANNELS + TROIKA, week), n, logistic(logit))
        n1 = min(max(n1, n - math.floor(room2)), math.floor(room1))
        x[CUSTODY, b, r] -= n
        x[TROIKA_FIRST, b, r] += n1
        x[TROIKA_SECOND, b, r] += n - n1
        book(tally, b, week, slot, r, TROIKA, SENTENCED, n)
        book(tally, b, week, slot, r, TROIKA, FIRST, n1)



@njit(cache=True)
def lines(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
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
                book(tally, b, week, slot, r, LINE0 + line, ARRESTED, n)
            if served > 0.0 and x[ALBUM + line, b, r] > 0.0:
                u, v = uniform2(seed, _SENTENCE, where, week)
                n = min(rounded(served * x[ALBUM + line, b, r], u), math.floor(x[ALBUM + line, b, r]))
                n1 = binomial(v, n, facts.line_death[line])
                x[ALBUM + line, b, r] -= n
                book(tally, b, week, slot, r, LINE0 + line, SENTENCED, n)
                book(tally, b, week, slot, r, LINE0 + line, FIRST, n1)
