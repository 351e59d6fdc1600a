"""The contract between an explanation and the institutional core.

An explanation is what a historian argues, written as a law of control: each week it reads the state of the core
(never another explanation) and says, for a batch of runs at once, how hard it pushes. It holds no event, kills
nobody and knows no total; the core decides what happens under capacity, limits, terms and queues.

Every law returns **drives** in [0, 1] for the elite purge, the mass operation and each national line, where 1 is
the drive of late 1937, and **tilts**, the log of how much more one region is pressed than another. It may also move
**secondary controls**, each on its log or logit scale and counted from the core's neutral value (the conduct of
1935-36), so that zero means "no difference".

Arrays have the run on axis 0; `B` runs, `R` = 65 regions (camps last), five national lines, `G` = 4 groups that
confess (elite, security staff, officers, mass). Readable NumPy is enough: a batch makes it fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from thirtyseven import draws
from thirtyseven.society.setting import Setting

Floats = NDArray[np.float64]
Variant = Literal["strict", "charitable"]

QUESTIONS = ("elite", "mass", "national", "where", "stop")
"""The five questions that are kept apart: who drove the elite purge, the mass operation and the national lines;
where it fell; what stopped it."""

CHANNELS = (
    "lists", "party", "army", "nkvd", "troika", "polish", "german", "harbin", "baltic", "southern", "families",
    "ordinary",
)  # fmt: skip
"""Ways in which people were arrested and sentenced: office-holders (Stalin's lists and the Military Collegium), party
members of the rank and file, officers, security staff, the troikas of Order 00447, five national lines, families under
Order 00486, and ordinary courts with the Special Board."""

LINES = ("polish", "german", "harbin", "baltic", "southern")
GROUPS = ("elite", "nkvd", "officers", "mass")


@dataclass(frozen=True)
class LogNormal:
    """Log-normal prior: `median` in the parameter's unit, `sd` of the natural log."""

    median: float
    sd: float

    def ppf(self, u: Floats) -> Floats:
        """Return the quantile at probability u in (0, 1)."""
        return np.asarray(self.median * np.exp(self.sd * special.ndtri(u)))


@dataclass(frozen=True)
class Normal:
    """Normal prior with `mean` and `sd`."""

    mean: float
    sd: float

    def ppf(self, u: Floats) -> Floats:
        """Return the quantile at probability u in (0, 1)."""
        return np.asarray(self.mean + self.sd * special.ndtri(u))


@dataclass(frozen=True)
class Uniform:
    """Uniform prior on [low, high]."""

    low: float
    high: float

    def ppf(self, u: Floats) -> Floats:
        """Return the quantile at probability u in (0, 1)."""
        return np.asarray(self.low + (self.high - self.low) * np.asarray(u))


@dataclass(frozen=True)
class HalfNormal:
    """Half-normal prior on [0, inf) with scale `sd`."""

    sd: float

    def ppf(self, u: Floats) -> Floats:
        """Return the quantile at probability u in (0, 1)."""
        return np.asarray(self.sd * special.ndtri(0.5 + 0.5 * np.asarray(u)))


@dataclass(frozen=True)
class Beta:
    """Beta prior on (0, 1) with shapes `a` and `b`."""

    a: float
    b: float

    def ppf(self, u: Floats) -> Floats:
        """Return the quantile at probability u in (0, 1)."""
        return np.asarray(special.betaincinv(self.a, self.b, u))


Prior = LogNormal | Normal | Uniform | HalfNormal | Beta


@dataclass(frozen=True)
class Parameter:
    """One free number of a law or of the core.

    Attributes:
        name: short ASCII name, unique within its law.
        meaning: one sentence in plain words.
        unit: unit, "1" where it has none.
        prior: distribution frozen before any weighing.
        citation: who or what the prior rests on, and why; "judgement" where it is ours.
        strict: the value at which the strict variant holds it, or None where both variants leave it free.
    """

    name: str
    meaning: str
    unit: str
    prior: Prior
    citation: str
    strict: float | None = None


@dataclass(frozen=True)
class Citation:
    """A source with the reason why it is cited.

    Attributes:
        source: author, title, year; the record's bibliography holds the full entry where it has one.
        reason: what this law takes from it.
        seen: "seen" where a copy (abstract, excerpt or page) was read, "recalled" otherwise.
    """

    source: str
    reason: str
    seen: Literal["seen", "recalled"] = "recalled"


class Controls:
    """What one explanation does in one week; all zero when it begins to speak.

    Only what a law touches is cleared and added up, so a law that moves two controls costs two.

    Attributes:
        elite, mass: (B,) drives in [0, 1].
        national: (B, 5) drives in [0, 1], one a line.
        tilt: (B, R) log-tilt of where; the core subtracts its weighted mean, so only differences count.
        request: (B, R) logit, asking for a higher limit or a longer term.
        request_size: (B, R) log, how much is asked for.
        approval: (B, R) logit, granting it.
        grant: (B, R, 2) share of the first limit added this week without a request, by category.
        category: (B, R) logit, first against second category in the troikas.
        inflation: (B, R) log, reports made larger than cases.
        discount: (B,) logit, how far the centre discounts what its own police produced.
        confession: (B, G) logit, confessions; acceptance: (B, G) logit, names acted on; naming: (B, G) log, names
            per confession.
        denunciation: (B, R) log, denunciations from below.
        removal_secretary, removal_chief: (B, R) logit, weekly removal of first secretaries and of NKVD chiefs.
        head: (B,) logit, weekly removal of the head of the NKVD.
        release: (B,) logit, weekly release of people still under investigation.
        switch_on: (B,) logit, starting the mass operation once its drive is there.
        switch_off: (B,) logit above the core's neutral -8, ending all campaigns by decree.
    """

    elite: Floats
    mass: Floats
    national: Floats
    tilt: Floats
    request: Floats
    request_size: Floats
    approval: Floats
    grant: Floats
    category: Floats
    inflation: Floats
    discount: Floats
    confession: Floats
    acceptance: Floats
    naming: Floats
    denunciation: Floats
    removal_secretary: Floats
    removal_chief: Floats
    head: Floats
    release: Floats
    switch_on: Floats
    switch_off: Floats
    touched: dict[str, Floats]

    def __init__(self, runs: int, regions: int) -> None:
        shapes: dict[str, tuple[int, ...]] = dict.fromkeys(REGIONAL, (runs, regions))
        shapes |= dict.fromkeys(GROUPED, (runs, len(GROUPS)))
        shapes |= {"national": (runs, len(LINES)), "grant": (runs, regions, 2)}
        arrays = {name: np.zeros(shapes.get(name, (runs,))) for name in FIELDS}
        object.__setattr__(self, "_arrays", arrays)
        object.__setattr__(self, "touched", {})

    @classmethod
    def zeros(cls, runs: int, regions: int) -> Controls:
        """Return controls that do nothing, for `runs` runs and `regions` regions."""
        return cls(runs, regions)

    def __getattr__(self, name: str) -> Floats:
        touched = object.__getattribute__(self, "touched")
        if name in touched:
            return touched[name]
        if name not in FIELDS:
            raise AttributeError(f"there is no control '{name}'; the controls are {', '.join(FIELDS)}")
        array = object.__getattribute__(self, "_arrays")[name]
        array[...] = 0.0
        touched[name] = array
        return array

    def __setattr__(self, name: str, value: Floats) -> None:
        array = getattr(self, name)
        if value is not array:
            array[...] = value

    def clear(self) -> None:
        """Forget what was said."""
        self.touched.clear()


REGIONAL = (
    "tilt", "request", "request_size", "approval", "category", "inflation", "denunciation", "removal_secretary",
    "removal_chief",
)  # fmt: skip
GROUPED = ("confession", "acceptance", "naming")
FIELDS = tuple(name for name in Controls.__annotations__ if name != "touched")
DRIVES = ("elite", "mass", "national")


@dataclass
class Core:
    """What a law may read: the state of the institutions at the end of last week, and what everybody was given.

    Attributes:
        setting: the given facts (regions, calendar of external events, first limits); the same for every law.
        seeds: (B,) uint64 seeds of the runs.
        week: number of the week now being decided.
        launched: (B,) weeks since the mass operation began, -1 before.
        stopped: (B,) True once the campaigns were ended by decree.
        limits: (B, R, 2) limits in force by category; 0 before the order.
        fill: (B, R) share of the limits used up, half of those in custody counted.
        past_term: (B, R) True where the operation's term has run out.
        arrests: (B, C) people arrested last week by channel, whole Union.
        total: (B, C) people arrested since 1934 by channel.
        shot: (B,) people sentenced to death since 1934.
        mass_week, mass_total: (B, R) people arrested by troikas' operation last week, in all.
        office_week: (B, R) office-holders arrested last week.
        raised: (B, R) raises granted in the last four weeks, as share of the first limits.
        zeal: (B, R) standard-normal zeal of the sitting NKVD chief, drawn anew with each chief.
        chief_weeks: (B, R) weeks in office of the sitting NKVD chief.
        secretaries_removed: (B, R) first secretaries removed so far.
        released: (B,) people released last week.
        reports: (B,) weight of what the police reported last week: arrests, office-holders counted 25-fold, inflated
            as the law of the reports says.
    """

    setting: Setting
    seeds: NDArray[np.uint64]
    week: int
    launched: NDArray[np.int64]
    stopped: NDArray[np.bool_]
    limits: Floats
    fill: Floats
    past_term: NDArray[np.bool_]
    arrests: Floats
    total: Floats
    shot: Floats
    mass_week: Floats
    mass_total: Floats
    office_week: Floats
    raised: Floats
    zeal: Floats
    chief_weeks: NDArray[np.int64]
    secretaries_removed: Floats
    released: Floats
    reports: Floats

    @property
    def runs(self) -> int:
        """Number of runs in the batch."""
        return int(self.seeds.shape[0])

    def uniform(self, purpose: int, who: Any = 0) -> Floats:
        """Return keyed uniforms in (0, 1) for this week.

        Args:
            purpose: one of the named constants of `thirtyseven.draws`; each law has its own range.
            who: integer or (n,) integers, for example region numbers.

        Returns:
            (B,) or (B, n) numbers that depend on run seed, purpose, who and week only.
        """
        return np.asarray(draws.uniforms(self.seeds, purpose, who, self.week))


Values = Mapping[str, Floats]
"""A law's parameters by name, each (B,)."""


class Law(Protocol):
    """The mechanism: two small methods over a batch of runs."""

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Return the law's own state before week 0.

        Args:
            setting: what everybody was given.
            values: parameters by name, (B,) each.
            runs: B.
        """

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Read the core, update `own` in place and add to `controls`; called once a week, in order."""


@dataclass(frozen=True)
class Explanation:
    """One explanation: the argument, its sources, its parameters and its law.

    Attributes:
        slug: file name and key everywhere.
        title: name in plain words.
        gloss: one line for a panel.
        historians: whose argument this is, as attributed in the literature.
        claim: the argument at its best, one paragraph.
        predicts: what it predicts that its rivals do not.
        cannot: what its mechanism cannot do, said in advance.
        sources: citations with reasons.
        parameters: at most four numbers with prior, unit and citation.
        variants: what "strict" and "charitable" mean here, one sentence each.
        strict, charitable: the two laws.
        speaks_to_stop: whether it moves `switch_off`.
    """

    slug: str
    title: str
    gloss: str
    historians: tuple[str, ...]
    claim: str
    predicts: str
    cannot: str
    sources: tuple[Citation, ...]
    parameters: tuple[Parameter, ...]
    variants: Mapping[Variant, str]
    strict: Law = field(repr=False)
    charitable: Law = field(repr=False)
    speaks_to_stop: bool = False

    def law(self, variant: Variant) -> Law:
        """Return the law of a variant."""
        return self.strict if variant == "strict" else self.charitable


def sigmoid(x: Floats) -> Floats:
    """Return the logistic function 1 / (1 + exp(-x))."""
    return np.asarray(special.expit(x))
