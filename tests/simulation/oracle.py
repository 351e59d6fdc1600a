"""The weekly core once more: one run, plain Python, region by region, slow and obvious.

Written from the equations of docs/model.md, section 7, not from the compiled step: objects instead of arrays, a calendar
of raises instead of a ring of four, tilts as logs instead of factors. It shares with the compiled core only the keyed
draws, which have tests of their own against published vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from thirtyseven.draws import PURPOSES, binomial, normal, poisson, uniform, uniform2
from thirtyseven.society import calendar

CHANNELS = ["lists", "party", "army", "nkvd", "troika", "polish", "german", "harbin", "baltic", "southern", "families",
            "ordinary"]  # fmt: skip
LINES = CHANNELS[5:10]
LINE_RATE = dict(zip(LINES, [2.5, 0.5, 5.2, 1.0, 0.6], strict=True))
LINE_DEATH = dict(zip(LINES, [0.794, 0.762, 0.690, 0.740, 0.690], strict=True))
PACE = {"party": 1 / 16, "army": 1 / 12, "nkvd": 1 / 14, "families": 1 / 4, "ordinary": 1 / 10}
CONVICTED = {"party": 0.80, "army": 0.80, "nkvd": 0.85, "families": 0.95, "ordinary": 0.85}
GROUP_SHARES = [0.45, 0.25, 0.30]
LISTS_FROM, NKVD_FROM = calendar.week_of(date(1937, 2, 27)), calendar.week_of(date(1937, 2, 23))
FAMILIES_FROM, SPECIAL_FROM = calendar.week_of(date(1937, 8, 15)), calendar.week_of(date(1938, 9, 17))
YEAR_1938 = calendar.week_of(date(1938, 1, 3))
APPEALS_FROM = calendar.week_of(date(1938, 1, 18))


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


def clip(x, low, high):
    return max(low, min(high, x))


@dataclass
class Place:
    """A region: what it was given, and what its institutions remember."""

    number: int
    camps: bool
    first_limits: list
    start: float
    staff: float
    latent: float
    minority: dict
    offices_at_first: float
    party: float
    people_share: float
    capacity_share: float
    offices_left: float
    officers_left: float
    security_left: float
    registers: list
    lines_left: dict
    held: dict
    limits: list = field(default_factory=lambda: [0.0, 0.0])
    arriving: dict = field(default_factory=dict)
    custody: float = 0.0
    mass_week: float = 0.0
    mass_total: float = 0.0
    sentenced: list = field(default_factory=lambda: [0.0, 0.0])
    raised: float = 0.0
    raised_all: list = field(default_factory=lambda: [0.0, 0.0])
    raised_1938: list = field(default_factory=lambda: [0.0, 0.0])
    album: dict = field(default_factory=lambda: dict.fromkeys(LINES, 0.0))
    office_mean: float = 0.0
    office_week: float = 0.0
    named: float = 0.0
    inquiry: list = field(default_factory=lambda: [0.0, 0.0, 0.0])
    queue: float = 0.0
    family: float = 0.0
    expelled: float = 0.0
    expelling: float = 0.0
    discharged: float = 0.0
    discharging: float = 0.0
    careers: list = field(default_factory=lambda: [0, 0, 0, 0])
    zeal: float = 0.0
    chief_since: float = 0.0
    chiefs: float = 0.0
    secretaries: float = 0.0
    expiry: float = -1.0
    next_ask: float = -1.0
    requests: float = 0.0
    refusals: float = 0.0


class Oracle:
    """One run.

    `say(week)` must be given the composed controls first; `live(week)` then returns the week's bookings, a dictionary
    (region number, channel, "arrested" | "sentenced" | "first" | "released") -> people.
    """

    def __init__(self, setting, core, seed, stop_given=-1):
        self.core = {name: float(value) for name, value in core.items()}
        self.seed, self.stop_given = seed, stop_given
        self.law_weeks = [bool(x) for x in setting.december_law]
        self.review_weeks = [float(x) for x in setting.review]
        self.wanted_after_review = 0.0
        self.decided = self.launch = self.stop = -1
        self.line_start = dict.fromkeys(LINES, -1)
        self.quiet = 0
        self.reached = 0.0
        total_people = float(setting.population.sum())
        capacity = [float(x) ** 0.85 for x in setting.limits.sum(axis=1)]
        self.places = []
        for r in range(len(setting.regions)):
            people = float(setting.population[r])
            stock = 0.022 * people
            share = people / total_people
            self.places.append(Place(
                number=r, camps=r == len(setting.regions) - 1, first_limits=[float(x) for x in setting.limits[r]],
                start=float(setting.start[r]), staff=float(setting.staff[r]), latent=0.87 * stock,
                minority={line: float(setting.minority[r, j]) for j, line in enumerate(LINES)},
                offices_at_first=max(float(setting.office_holders[r]), 1e-9), party=float(setting.party[r]),
                people_share=share, capacity_share=capacity[r] / sum(capacity),
                offices_left=math.floor(setting.office_holders[r]), officers_left=math.floor(setting.officers[r]),
                security_left=math.floor(setting.security[r]),
                registers=[s * 0.13 * stock for s in GROUP_SHARES],
                lines_left={line: math.floor(setting.minority[r, j]) for j, line in enumerate(LINES)},
                expelled=math.floor(setting.expelled[r]),
                held=dict.fromkeys(PACE, 0.0) | {"ordinary": math.floor(25_000.0 * share)},
            ))  # fmt: skip

    # -- decisions -------------------------------------------------------------------------------------------------

    def say(self, controls, week):
        """Take the composed controls of the week and make the decisions that have a date."""
        self.elite, self.mass = float(controls.elite[0]), float(controls.mass[0])
        self.national = {line: float(controls.national[0, j]) for j, line in enumerate(LINES)}
        u = [uniform(self.seed, PURPOSES["switch"], i, week) for i in range(8)]
        hazard = logistic(math.log(0.4 / 0.6) + float(controls.switch_on[0]))
        if self.decided < 0 and self.stop < 0 and self.mass > 0.5 and u[0] < hazard:
            self.decided, self.launch = week, week + 5
        for j, line in enumerate(LINES):
            if self.line_start[line] < 0 and self.stop < 0 and self.national[line] > 0.5 and u[1 + j] < 0.15:
                self.line_start[line] = week
        if self.stop_given >= 0:
            if self.stop < 0 and week >= self.stop_given:
                self.stop = self.stop_given
                if self.launch >= week:
                    self.decided = self.launch = -1
            return
        activity = 0.5 * self.mass + 0.3 * sum(self.national.values()) / 5 + 0.2 * self.elite
        begun = self.reached > 50_000
        self.quiet = self.quiet + 1 if begun and activity < 0.28 else 0
        silent = 0.12 if self.quiet >= 4 else 0.0
        chance = 1.0 - (1.0 - silent) * (1.0 - logistic(-8.0 + float(controls.switch_off[0])))
        if begun and self.stop < 0 and 0 <= self.launch <= week and u[6] < chance:
            self.stop = week

    # -- one week --------------------------------------------------------------------------------------------------

    def live(self, controls, denunciation, licence, week):
        """Live through one week.

        Args:
            controls: composed controls of the week.
            denunciation: the core's level; licence: encouragement of criticism this week.
            week: week number.
        """
        self.week, self.booked = week, {}
        self.law, self.review = self.law_weeks[week], self.review_weeks[week]
        self.stopped = self.stop >= 0
        self.fade = 0.65 ** (1 + week - self.stop) if self.stopped else 1.0
        self._hear(controls, denunciation * licence)
        if self.stopped:
            self._close()
        self._limits()
        self._mass()
        self._troikas()
        self._lines()
        self._offices()
        self._others()
        self._courts()
        self._chiefs()
        self._careers()
        return self.booked

    def _hear(self, controls, level):
        def by_group(name):
            return [float(x) for x in getattr(controls, name)[0]]

        self.tilt, self.said = [], []
        for r in range(len(self.places)):
            self.tilt.append(clip(float(controls.tilt[0, r]), -2.5, 2.5))
            self.said.append({
                "request": clip(float(controls.request[0, r]), -3, 3), "size": clip(float(controls.request_size[0, r]), -2, 2),
                "approval": float(controls.approval[0, r]), "grant": [max(0.0, float(x)) for x in controls.grant[0, r]],
                "category": float(controls.category[0, r]),
                "denunciation": level * math.exp(clip(float(controls.denunciation[0, r]), -3, 3)),
                "secretary": clip(float(controls.removal_secretary[0, r]), -3, 3),
                "chief": clip(float(controls.removal_chief[0, r]), -3, 3),
            })  # fmt: skip
        parts = zip(by_group("naming"), by_group("confession"), by_group("acceptance"), strict=True)
        naming = [clip(math.exp(n) * 4.0 * logistic(c) * logistic(a), 0.0, 1.6) for n, c, a in parts]
        self.naming = dict(zip(["elite", "nkvd", "officers", "mass"], naming, strict=True))
        self.release = clip(0.002 * math.exp(float(controls.release[0])), 0.0, 0.2)

    def _draw(self, purpose, who):
        return uniform(self.seed, PURPOSES[purpose], who, self.week)

    def _pair(self, purpose, place, channel):
        return uniform2(self.seed, PURPOSES[purpose], place.number * 12 + CHANNELS.index(channel), self.week)

    def _at(self, purpose, place, channel):
        return self._draw(purpose, place.number * 12 + CHANNELS.index(channel))

    def _book(self, place, channel, what, n):
        key = (place.number, channel, what)
        self.booked[key] = self.booked.get(key, 0) + int(n)
        if what == "arrested" and channel in ["troika", *LINES]:
            self.reached += n

    def _sentence(self, place, channel, n, first):
        self._book(place, channel, "sentenced", n)
        self._book(place, channel, "first", first)

    @property
    def _land(self):
        return [place for place in self.places if not place.camps]

    def _crowding(self):
        return max(0.0, sum(place.sentenced[1] for place in self.places) / 400_000 - 0.1)

    def _close(self):
        for place in self._land:
            place.held["ordinary"] += place.custody + sum(place.album.values())
            place.custody, place.album = 0.0, dict.fromkeys(LINES, 0.0)

    def _limits(self):
        if self.launch < 0 or self.week < self.launch:
            return
        for place in self.places:
            if self.week == self.launch:
                term = 20 + int(3.0 * uniform(self.seed, PURPOSES["excess"], place.number, 0))
                place.expiry = place.next_ask = self.week + term
                place.limits = list(place.first_limits)
                if not place.camps:
                    moved = math.floor(0.6 * place.held["ordinary"])
                    place.held["ordinary"] -= moved
                    place.custody += moved
            before = sum(place.limits)
            if before <= 0:
                continue
            arriving = place.arriving.pop(self.week, [0.0, 0.0])
            for c in (0, 1):
                unasked = self.said[place.number]["grant"][c] * place.first_limits[c]
                place.limits[c] += arriving[c] + unasked
                place.raised_all[c] += unasked
            after = sum(place.limits)
            place.raised = 0.75 * place.raised + (after - before) / sum(place.first_limits)
            if not self.stopped and not place.camps:
                self._ask(place, (sum(place.sentenced) + 0.5 * place.custody) / after)

    def _ask(self, place, fill):
        said, tilt = self.said[place.number], self.tilt[place.number]
        u = self._draw("request", place.number)
        if self.week < place.expiry:
            rate = self.core["request_rate"] * 1.6 * min(1.3, self.mass / 0.6) * logistic(10 * (fill - 0.75))
            rate *= math.exp(said["request"] + 0.3 * tilt)
            if u >= 1 - math.exp(-rate):
                return
            place.requests += 1
            if self._draw("approval", place.number) >= logistic(
                self.core["approval"] + 6 * (self.mass - 0.5) + tilt + said["approval"]
            ):
                place.refusals += 1
                return
            spread = math.exp(0.4 * normal(self._draw("request-size", place.number)))
            share = min(1.5, self.core["raise_size"] * math.exp(said["size"]) * spread)
            delay = 1 + int(3.0 * self._draw("approval-delay", place.number))
            self._raise(place, share * sum(place.limits), delay, self._draw("granted-share", place.number) < 0.35)
        elif self.week == place.next_ask:
            place.next_ask = self.week + 9
            if u >= logistic(0.3 + 2 * said["request"]):
                return
            place.requests += 1
            if self._draw("approval", place.number) >= logistic(
                self.core["extension"] + 7 * (self.mass - 0.7) + 2 * tilt + said["approval"]
            ):
                place.refusals += 1
                return
            place.expiry = self.week + 9
            self._raise(place, 1.3 * self.core["raise_size"] * sum(place.first_limits), 1, True)

    def _raise(self, place, size, delay, politburo):
        first = min(0.92, 0.5 + 0.75 * self.core["crowding"] * self._crowding())
        due = place.arriving.setdefault(self.week + delay, [0.0, 0.0])
        for c, part in enumerate([size * first, size * (1 - first)]):
            due[c] += part
            place.raised_all[c] += part
            if politburo and self.week >= YEAR_1938:
                place.raised_1938[c] += part

    def _mass(self):
        for place in self.places:
            place.mass_week = 0.0
        if self.decided < 0:
            return
        for place in self._land:
            begins = self.launch + place.start
            effort = min(1.5, self.mass / 0.65) * math.exp(0.5 * self.tilt[place.number]) * self.fade
            rate = self.core["arrest_rate"] * place.staff * effort
            if self.week < begins:
                rate *= 0.4
            elif self.week < begins + 2:
                rate *= 2.2
            elif self.week >= place.expiry:
                rate *= 0.03
            rate *= math.exp(0.15 * normal(self._draw("weekly-noise", place.number)))
            pool = sum(place.registers)
            limit = max(sum(place.limits), sum(place.first_limits))
            mean = max(0.0, min(rate, 0.5 * pool, 1.06 * limit - place.mass_total))
            n = min(poisson(self._at("arrest", place, "troika"), mean), math.floor(pool))
            inflow = 0.006 * effort * place.latent + 0.5 * self.core["mass_naming"] * self.naming["mass"] * n
            inflow += 40.0 * self.said[place.number]["denunciation"] * place.people_share
            inflow = min(inflow, 0.08 * place.latent)
            place.latent -= inflow
            for k, share in enumerate(GROUP_SHARES):
                place.registers[k] += share * inflow - n * place.registers[k] / max(pool, 1.0)
            place.custody += n
            place.mass_week = n
            place.mass_total += n
            self._book(place, "troika", "arrested", n)

    def _troikas(self):
        if self.launch < 0 or self.week < self.launch or self.stopped:
            return
        age = self.week - self.launch
        crowd = self._crowding()
        speed = self.core["capacity"] * min(1.0, 0.12 + 0.088 * age) * (0.5 + 0.5 * min(1.5, self.mass / 0.65))
        leaning = self.core["category"] + 2.5 * math.exp(-age / 7) - 0.2 + self.core["crowding"] * crowd
        for place in self.places:
            room = [max(0.0, 1.05 * limit - done) for limit, done in zip(place.limits, place.sentenced, strict=True)]
            if place.camps:
                place.custody = sum(room)
            mean = min(0.55 * place.custody, speed * place.capacity_share, sum(room))
            if mean <= 0:
                continue
            n = poisson(self._at("sentence", place, "troika"), mean)
            n = min(n, math.floor(place.custody), math.floor(sum(room)))
            lean = leaning + 1.4 * (room[0] - room[1]) / (sum(room) + 1) + self.said[place.number]["category"]
            first = binomial(self._at("category", place, "troika"), n, logistic(lean))
            first = min(max(first, n - math.floor(room[1])), math.floor(room[0]))
            place.custody -= n
            place.sentenced[0] += first
            place.sentenced[1] += n - first
            self._sentence(place, "troika", n, first)

    def _lines(self):
        waiting = sum(sum(place.album.values()) for place in self.places)
        throughput = 4000 * (0.3 + 0.8 * sum(self.national.values()) / 5)
        if SPECIAL_FROM <= self.week < SPECIAL_FROM + 9 and waiting > 30_000:
            throughput += 13_000
        served = 0.0 if waiting <= 0 or self.stopped else min(1.0, throughput / waiting)
        brake = max(0.0, 1 - waiting / 150_000)
        for line in LINES:
            if not 0 <= self.line_start[line] <= self.week:
                continue
            drive = min(1.4, self.national[line] / 0.65) * LINE_RATE[line] * self.core["line_rate"] * brake * self.fade
            for place in self._land:
                left = place.lines_left[line]
                mean = min(drive * place.minority[line] * math.exp(self.tilt[place.number]), 0.25 * left)
                if mean > 0:
                    n = min(poisson(self._at("arrest", place, line), mean), math.floor(left))
                    place.lines_left[line] -= n
                    place.album[line] += n
                    self._book(place, line, "arrested", n)
                if served > 0 and place.album[line] > 0:
                    u, v = self._pair("sentence", place, line)
                    n = min(math.floor(served * place.album[line] + u), math.floor(place.album[line]))
                    place.album[line] -= n
                    self._sentence(place, line, n, binomial(v, n, LINE_DEATH[line]))

    def _offices(self):
        drive = self.elite * self.fade
        mean_all = sum(place.office_mean for place in self.places)
        offices = sum(place.offices_at_first for place in self.places)
        batch = self.week >= LISTS_FROM and not self.stopped and self._draw("schedule", 0) < 0.45
        for place in self._land:
            left = place.offices_left / place.offices_at_first
            echo = 0.5 * place.office_mean + 0.5 * mean_all * place.offices_at_first / offices
            mean = 0.0024 * drive * place.offices_left * math.exp(0.5 * self.tilt[place.number])
            mean += 0.62 * self.core["elite_naming"] * self.naming["elite"] * drive * echo * left**1.5
            mean = min(mean, 0.03 * place.offices_left)
            n = 0
            if mean > 0:
                n = min(poisson(self._at("arrest", place, "lists"), mean), math.floor(place.offices_left))
            place.offices_left -= n
            place.office_week = n
            place.office_mean = 0.75 * place.office_mean + 0.25 * n
            place.named += 2.7 * n
            place.expelling += 2.7 * n
            steps = [stage / 8 for stage in place.inquiry]
            into = [n + 0.0, steps[0], steps[1]]
            place.inquiry = [a - out + come for a, out, come in zip(place.inquiry, steps, into, strict=True)]
            place.queue += steps[2]
            self._book(place, "lists", "arrested", n)
            whole = math.floor(place.queue)
            if whole > 0:
                u, v = self._pair("sentence", place, "lists")
                signed = (0.7 if self.law else 0.2) if batch else 0.01
                k = min(math.floor(signed * whole + u), whole)
                first = binomial(v, k, 0.876 if self.law else 0.6)
                place.queue -= k
                if self.week >= FAMILIES_FROM:
                    place.family += 0.42 * first
                self._sentence(place, "lists", k, first)

    def _others(self):
        drive = self.elite * self.fade
        members = sum(place.party for place in self.places)
        self.wanted_after_review += 0.058 * self.review
        after_review = 0.02 * self.wanted_after_review
        self.wanted_after_review -= after_review
        background = 3700 - 1900 * min(self.week, 105) / 105 - after_review
        for place in self._land:
            said = self.said[place.number]["denunciation"]
            named = 150 * said * self.elite * place.party / members
            reviewed = self.review * place.party / members
            place.named += named + 0.058 * reviewed
            place.expelling += named + reviewed
            army = 0.0022 * max(0.0, drive - 0.45) * place.officers_left * self.naming["officers"]
            nkvd = 0.06 * place.office_week * self.naming["nkvd"]
            means = {
                "party": 0.02 * place.named * (0.15 + 0.85 * self.fade),
                "army": army if self.decided >= 0 else 0.0,
                "nkvd": nkvd if self.week >= NKVD_FROM else 0.0,
                "families": place.family / 6,
                "ordinary": (background * (0.35 if self.stopped else 1.0) + 1500 * said * self.fade)
                * place.people_share,
            }
            pools = {"party": "named", "army": "officers_left", "nkvd": "security_left", "families": "family"}
            for channel, mean in means.items():
                if mean <= 0:
                    continue
                n = poisson(self._arrest_number(place, channel), mean)
                if channel in pools:
                    n = min(n, math.floor(getattr(place, pools[channel])))
                    setattr(place, pools[channel], getattr(place, pools[channel]) - n)
                if channel == "party":
                    place.expelled -= n
                elif channel == "army":
                    place.discharging += 1.545 * n
                place.held[channel] += n
                self._book(place, channel, "arrested", n)

    def _arrest_number(self, place, channel):
        """Two channels share the two numbers of one address."""
        first = {"army": "party", "families": "nkvd"}.get(channel, channel)
        return self._pair("arrest", place, first)[first != channel]

    def _courts(self):
        political = 1.0 if self.law else 0.5
        death = {"party": 0.02 * political, "army": 0.05 * political, "nkvd": 0.10 * political, "families": 0.0,
                 "ordinary": 0.008 + 0.03 * political * self.elite}  # fmt: skip
        for place in self._land:
            if place.number % 4 != self.week % 4:
                continue
            for channel, pace in PACE.items():
                held = math.floor(place.held[channel])
                if held <= 0:
                    continue
                u, v = self._pair("sentence", place, channel)
                decided = math.floor(held * min(1.0, 4 * pace) + u)
                n = math.floor(decided * CONVICTED[channel] * (0.6 if self.stopped else 1.0) + v)
                u, v = self._pair("release", place, channel)
                freed = decided - n + math.floor((held - decided) * min(1.0, 4 * self.release) + u)
                place.held[channel] -= n + freed
                if channel == "party":
                    place.expelled += freed
                elif channel == "army":
                    place.discharged += freed
                self._sentence(place, channel, n, math.floor(n * death[channel] + v))
                self._book(place, channel, "released", freed)

    def _chiefs(self):
        drive = self.elite * self.fade
        for place in self._land:
            if place.number % 4 != self.week % 4:
                continue
            said = self.said[place.number]
            u, v = uniform2(self.seed, PURPOSES["removal-chief"], place.number, self.week)
            if u < 1 - math.exp(-4 * (0.004 + 0.016 * drive) * math.exp(said["chief"])):
                place.zeal = normal(self._draw("chief-type", place.number))
                place.chief_since = self.week
                place.chiefs += 1
            if v < 1 - math.exp(-4 * (0.002 + 0.020 * drive) * math.exp(said["secretary"])):
                place.secretaries += 1

    def _careers(self):
        after = self.week >= APPEALS_FROM
        ease = self.release / 0.002
        party_rate = 4 * 0.0022 * ease * (1.0 if after else 1 - 0.8 * self.elite * self.fade)
        army_rate = 4 * 0.012 * ease if after else 0.0
        for place in self._land:
            if place.number % 4 != self.week % 4:
                continue
            u, v = uniform2(self.seed, PURPOSES["reinstatement"], place.number, self.week)
            out = math.floor(place.expelling)
            place.expelling -= out
            place.expelled += out
            free = max(0.0, place.expelled - place.named)
            back = min(math.floor(min(1.0, party_rate) * free + u), math.floor(free))
            place.expelled -= back
            gone = math.floor(place.discharging)
            place.discharging -= gone
            place.discharged += gone
            free = max(0.0, place.discharged)
            again = min(math.floor(min(1.0, army_rate) * free + v), math.floor(free))
            place.discharged -= again
            place.careers = [a + b for a, b in zip(place.careers, [out, back, gone, again], strict=True)]
