"""Office-holders, party, army, service, families, courts and posts, compiled (C7, C8, C11).

Part of the weekly step in `kernels`; bare numbers are explained in `docs/model.md`, section 7.
"""

from __future__ import annotations

import math

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, binomial, normal, poisson, uniform, uniform2
from thirtyseven.simulation.booking import book, rounded
from thirtyseven.simulation.layout import (
    ALBUM,
    ARMY,
    ARRESTED,
    C_CHIEF,
    C_DENUNCIATION,
    C_HALF_TILT,
    C_SECRETARY,
    CHANNELS,
    CHIEF_SINCE,
    CHIEFS,
    CUSTODY,
    DISCHARGED,
    DISCHARGING,
    EXPELLED,
    EXPELLING,
    FAMILIES,
    FAMILY,
    FIRST,
    G_OFFICES,
    G_PARTY,
    G_PEOPLE,
    HELD,
    INQUIRY,
    LINES,
    LISTS,
    NAMED,
    NKVD,
    OFFICE_MEAN,
    OFFICE_WEEK,
    OFFICER,
    OFFICES,
    ORDINARY,
    OUT_OF_ARMY,
    OUT_OF_PARTY,
    PARTY,
    QUEUE,
    RELEASED,
    SECRETARIES,
    SECURITY,
    SENTENCED,
    ZEAL,
)

_ARREST, _SENTENCE, _RELEASE = PURPOSES["arrest"], PURPOSES["sentence"], PURPOSES["release"]
_CHIEF, _ZEAL, _LISTS, _BACK = PURPOSES["removal-chief"], PURPOSES["chief-type"], PURPOSES["schedule"], PURPOSES["reinstatement"]

WANTED = 0.058
"""Share of those expelled in a review whom the NKVD wants: 15,218 arrested of 263,885 expelled (F-0065, F-0064)."""
PARTY_PACE = 0.02
"""Weekly share of the named who are arrested: half-life 35 weeks (first calibration; party table)."""
UNARRESTED = 1.545
"""Officers discharged for political reasons and not arrested, for each arrested: 24,190 discharged in 1937-38, the 9,506
arrested included (F-0183, F-0184, F-0175)."""
PARTY_APPEALS = 0.0022
"""Weekly share of the expelled taken back while appeals are heard: some 54,700 in 1938 (F-0077, F-0079) of about half a
million; the review of 1929-30 took back 22 per cent (F-0052, F-0053), much the same in two years."""
ARMY_APPEALS = 0.012
"""Weekly share of the discharged taken back after January 1938: 9,721 of 14,684 not arrested by the end of 1939 (F-0188,
F-0189)."""


@njit(cache=True)
def offices(x, g, ctl, course, tally, facts, params, push, b, seed, week, slot, fade):
    """(C7) in the elite: arrests of office-holders, names, investigation, lists."""
    regions = g.shape[1]
    drive = push.elite[b] * fade
    mean_all = x[OFFICE_MEAN, b].sum()
    posts = g[G_OFFICES].sum()
    batch = week >= facts.weeks[0] and course.stop[b] < 0 and uniform(seed, _LISTS, 0, week) < 0.45
    signed = (0.7 if push.law else 0.2) if batch else 0.01
    to_death = 0.876 if push.law else 0.6
    for r in range(regions - 1):
        left = x[OFFICES, b, r] / g[G_OFFICES, r]
        echo = 0.5 * x[OFFICE_MEAN, b, r] + 0.5 * mean_all * g[G_OFFICES, r] / posts
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
        x[EXPELLING, b, r] += 2.7 * n
        moved = 0.0
        for s in range(3):
            step = x[INQUIRY + s, b, r] / 8.0
            x[INQUIRY + s, b, r] += moved - step
            moved = step
        x[INQUIRY, b, r] += n
        x[QUEUE, b, r] += moved
        book(tally, b, week, slot, r, LISTS, ARRESTED, n)
        whole = math.floor(x[QUEUE, b, r])
        if whole <= 0:
            continue
        u, v = uniform2(seed, _SENTENCE, r * CHANNELS + LISTS, week)
        k = min(rounded(signed * whole, u), whole)
        k1 = binomial(v, k, to_death)
        x[QUEUE, b, r] -= k
        if week >= facts.weeks[2]:
            x[FAMILY, b, r] += 0.42 * k1
        book(tally, b, week, slot, r, LISTS, SENTENCED, k)
        book(tally, b, week, slot, r, LISTS, FIRST, k1)



@njit(cache=True)
def _taken(x, field, b, r, u, mean):
    """People taken from a pool: Poisson, and never more than it holds."""
    n = min(poisson(u, mean), math.floor(x[field, b, r]))
    x[field, b, r] -= n
    return n


@njit(cache=True)
def others(x, g, ctl, course, tally, facts, push, b, seed, week, slot, fade, background):
    """Rank and file of the party, officers, security staff, families and the ordinary channel: arrests."""
    army = 0.0022 * max(0.0, push.elite[b] * fade - 0.45) * push.naming[b, 2] if course.decided[b] >= 0 else 0.0
    nkvd = 0.06 * push.naming[b, 1] if week >= facts.weeks[1] else 0.0
    members = g[G_PARTY].sum()
    for r in range(g.shape[1] - 1):
        share = g[G_PARTY, r] / members
        denounced = 150.0 * ctl[C_DENUNCIATION, b, r] * push.elite[b] * share
        x[NAMED, b, r] += denounced + WANTED * push.review * share
        x[EXPELLING, b, r] += denounced + push.review * share
        u, v = uniform2(seed, _ARREST, r * CHANNELS + PARTY, week)
        of_party = _taken(x, NAMED, b, r, u, PARTY_PACE * x[NAMED, b, r] * (0.15 + 0.85 * fade))
        of_army = _taken(x, OFFICER, b, r, v, army * x[OFFICER, b, r])
        x[EXPELLED, b, r] -= of_party
        x[DISCHARGING, b, r] += UNARRESTED * of_army
        of_nkvd, of_families = 0, 0
        if nkvd * x[OFFICE_WEEK, b, r] + x[FAMILY, b, r] > 0.0:
            u, v = uniform2(seed, _ARREST, r * CHANNELS + NKVD, week)
            of_nkvd = _taken(x, SECURITY, b, r, u, nkvd * x[OFFICE_WEEK, b, r])
            of_families = _taken(x, FAMILY, b, r, v, x[FAMILY, b, r] / 6.0)
        mean = (background + 1_500.0 * ctl[C_DENUNCIATION, b, r] * fade) * g[G_PEOPLE, r]
        ordinary = poisson(uniform(seed, _ARREST, r * CHANNELS + ORDINARY, week), mean)
        for channel, n in (
            (PARTY, of_party), (ARMY, of_army), (NKVD, of_nkvd), (FAMILIES, of_families), (ORDINARY, ordinary),
        ):  # fmt: skip
            if n > 0:
                x[HELD + channel, b, r] += n
                book(tally, b, week, slot, r, channel, ARRESTED, n)


@njit(cache=True)
def close(x, b):
    """The decree abolishes troikas and albums; whoever waits for them, then or later, goes before the courts."""
    for r in range(x.shape[2] - 1):
        x[HELD + ORDINARY, b, r] += x[CUSTODY, b, r]
        x[CUSTODY, b, r] = 0.0
        for line in range(LINES):
            x[HELD + ORDINARY, b, r] += x[ALBUM + line, b, r]
            x[ALBUM + line, b, r] = 0.0



@njit(cache=True)
def courts(x, course, tally, facts, push, b, seed, week, slot, death):
    """People held for courts and the Special Board: some are sentenced, some released; a region sits every fourth week."""
    after = course.stop[b] >= 0
    for r in range(week % 4, x.shape[2] - 1, 4):
        for channel in (PARTY, ARMY, NKVD, FAMILIES, ORDINARY):
            held = math.floor(x[HELD + channel, b, r])
            if held <= 0:
                continue
            u, v = uniform2(seed, _SENTENCE, r * CHANNELS + channel, week)
            decided = rounded(held * min(1.0, 4.0 * facts.pace[channel]), u)
            n = rounded(decided * facts.convicted[channel] * (0.6 if after else 1.0), v)
            u, v = uniform2(seed, _RELEASE, r * CHANNELS + channel, week)
            freed = decided - n + rounded((held - decided) * min(1.0, 4.0 * push.release[b]), u)
            n1 = rounded(n * death[b, channel], v)
            x[HELD + channel, b, r] -= n + freed
            if channel == PARTY:
                x[EXPELLED, b, r] += freed
            elif channel == ARMY:
                x[DISCHARGED, b, r] += freed
            book(tally, b, week, slot, r, channel, SENTENCED, n)
            book(tally, b, week, slot, r, channel, FIRST, n1)
            book(tally, b, week, slot, r, channel, RELEASED, freed)



@njit(cache=True)
def chiefs(x, ctl, push, b, seed, week, fade):
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
def _count(tally, b, week, r, what, n):
    tally.careers[b, week, what] += n
    tally.careers_regional[b, r, what] += n


@njit(cache=True)
def careers(x, tally, facts, push, b, seed, week, fade):
    """Expelled from the party and taken back, discharged from the army and taken back; a region sits every fourth week.

    Everybody named is expelled; officers go for political reasons beside those arrested. Appeals lie while the drive is
    high and are heard again after the plenum of January 1938; before it no officer is taken back.
    """
    heard = 1.0 if week >= facts.weeks[5] else 1.0 - 0.8 * push.elite[b] * fade
    ease = push.release[b] / 0.002
    for r in range(week % 4, x.shape[2] - 1, 4):
        u, v = uniform2(seed, _BACK, r, week)
        for what, coming, pool, rate in (
            (OUT_OF_PARTY, EXPELLING, EXPELLED, 4.0 * PARTY_APPEALS * heard * ease),
            (OUT_OF_ARMY, DISCHARGING, DISCHARGED, 4.0 * ARMY_APPEALS * ease if week >= facts.weeks[5] else 0.0),
        ):
            out = math.floor(x[coming, b, r])
            x[coming, b, r] -= out
            x[pool, b, r] += out
            _count(tally, b, week, r, what, out)
            wanted = x[NAMED, b, r] if what == OUT_OF_PARTY else 0.0
            free = max(0.0, x[pool, b, r] - wanted)
            back = min(rounded(min(1.0, rate) * free, u if what == OUT_OF_PARTY else v), math.floor(free))
            x[pool, b, r] -= back
            _count(tally, b, week, r, what + 1, back)
