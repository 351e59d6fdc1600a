"""`result.json` as the weighing writes it, typed: what is needed, what fits, what was recovered."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Number = float | None


class Part(BaseModel):
    """A part of a result file: frozen, and silent about fields that a page does not use."""

    model_config = ConfigDict(extra="ignore", frozen=True, protected_namespaces=())


class Spread(Part):
    """Middle and 90 % of a simulated number; `tail` is the share of runs as far out as the record."""

    q05: Number = None
    q50: Number = None
    q95: Number = None
    tail: Number = None

    @property
    def known(self) -> bool:
        """Whether all three quantiles are there."""
        return None not in (self.q05, self.q50, self.q95)


class Band(Part):
    """Middle and 90 % of a simulated monthly series."""

    q05: tuple[Number, ...] = ()
    q50: tuple[Number, ...] = ()
    q95: tuple[Number, ...] = ()


class Inclusion(Part):
    """How far one mechanism is needed for one question.

    Attributes:
        mean: posterior probability that its weight is switched on.
        low: lower end of the 90 % interval.
        high: upper end.
        told: False where recovery says that this instrument cannot tell.
        prior: probability before the record was looked at.
        auc: how well pasts with and without the mechanism are told apart, .5 (not at all) to 1.
    """

    mean: float
    low: float
    high: float
    told: bool = True
    prior: float = 0.5
    auc: Number = None


class NoneOfThese(Part):
    """Whether a question's record lies outside everything that these explanations make.

    Attributes:
        p: share of known pasts of the set that fit at least as badly.
        flagged: whether that is at most 5 %; None where it could not be tested.
        outside: share of pasts from simulators outside the set that the test flags, by name.
    """

    p: Number = None
    flagged: bool | None = None
    outside: dict[str, Number] = Field(default_factory=dict)


class Statistic(Part):
    """One statistic of the table that was weighed, on its band of model runs (transformed scale)."""

    id: str
    phase: str = ""
    observed: Number = None
    q05: Number = None
    q50: Number = None
    q95: Number = None
    tail: Number = None
    recalled: Number = None


class StatisticFit(Spread):
    """One statistic under one kind."""

    id: str


class Score(Part):
    """Mean distance |z| from the statistics over fresh seeds, with its interval over posterior points."""

    mean: Number = None
    low: Number = None
    high: Number = None


class Fit(Part):
    """How one explanation (or composite) stands to each statistic.

    Attributes:
        score: distance.
        covered: share of the statistics inside the 90 % predictive interval.
        fits: whether that is at least four fifths.
        statistics: one by one.
    """

    score: Score = Score()
    covered: Number = None
    fits: bool = False
    statistics: tuple[StatisticFit, ...] = ()

    def of(self, ident: str) -> Spread:
        """The statistic of that id; an unknown one is empty."""
        return next((s for s in self.statistics if s.id == ident), Spread())


class Survival(Part):
    """Share of the prior that meets the coarse facts, with its 90 % interval."""

    mean: Number = None
    low: Number = None
    high: Number = None


class Evidence(Part):
    """Log evidence and its error over repeats."""

    mean: Number = None
    error: Number = None


class Explanation(Part):
    """One kind's line in the weighing."""

    slug: str
    variant: str = ""
    kind: str = ""
    survives: Survival = Survival()
    log_evidence: Evidence | None = None
    problem: str | None = None
    not_normal: Number = None


class Told(Part):
    """Recovery of one question's switches from known mixed pasts."""

    ece: Number = None
    truths: int | None = None


class Confusion(Part):
    """What the instrument says of pasts made by one explanation, summed to slugs.

    Attributes:
        slugs: rows and columns.
        slug_named: row shares: which explanation was named most probable.
        kinds: the kinds behind `truths`.
        truths: number of known pasts by kind.
        outside: for simulators outside the set: the mean probability that the answer was most sure of.
    """

    slugs: tuple[str, ...] = ()
    slug_named: tuple[tuple[Number, ...], ...] = ()
    kinds: tuple[str, ...] = ()
    truths: tuple[int, ...] = ()
    outside: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Recovery(Part):
    """Known truths in, answers out."""

    inclusion: dict[str, Told] = Field(default_factory=dict)
    explanations: Confusion = Confusion()


class Gap(Part):
    """Distance between the two estimators on one question."""

    mean: Number = None
    greatest: Number = None


class Agreement(Part):
    """Distance between the two estimators, by question, in the composite."""

    composite: dict[str, Gap] = Field(default_factory=dict)


class WithoutRecalled(Part):
    """Inclusion without the statistics that rest on recall."""

    left_out: tuple[str, ...] = ()
    inclusion: dict[str, dict[str, Inclusion]] = Field(default_factory=dict)


class Runs(Part):
    """How many runs were made."""

    total: int
    bank_digest: str = ""


class Fitting(Part):
    """The kinds under all of which a statement must hold to be called robust."""

    kinds: tuple[str, ...] = ()
    rule: str = ""


class Result(Part):
    """`result.json` as `thirtyseven weigh` writes it."""

    version: str
    code_digest: str
    record_digest: str
    statistics_digest: str
    seed: int
    budget: str
    observed: str
    runs: Runs
    explanations: tuple[Explanation, ...] = ()
    inclusion: dict[str, dict[str, Inclusion]]
    inclusion_without_plan: dict[str, dict[str, Inclusion]] = Field(default_factory=dict)
    without_recalled: WithoutRecalled = WithoutRecalled()
    none_of_these: dict[str, NoneOfThese] = Field(default_factory=dict)
    statistics: tuple[Statistic, ...] = ()
    fits: dict[str, Fit] = Field(default_factory=dict)
    recovery: Recovery = Recovery()
    agreement: Agreement = Agreement()
    robust: Fitting = Fitting()
    recalled_share: Number = None

    @property
    def of_the_record(self) -> bool:
        """Whether the record itself was weighed, and not a table given with --observed."""
        return self.observed == "record"
