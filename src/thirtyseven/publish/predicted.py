"""`series.json`, typed: months, years, regions and dates of posterior predictive runs."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, field_validator

from thirtyseven.publish.weighed import Band, Number, Part, Spread

WEEK_0 = date(1934, 1, 1)  # Monday; the clock of the simulation counts weeks from here


class Region(Part):
    """What runs show in one region."""

    sentenced_rate: Spread = Spread()
    last_over_first: Spread = Spread()
    reached_over_last: Spread = Spread()
    raised: Number = None


class Dates(Part):
    """ISO dates at 5, 50 and 95 % of the runs."""

    q05: str | None = None
    q50: str | None = None
    q95: str | None = None


class Moment(Part):
    """When something begins or ends in the runs in which it does.

    Attributes:
        week: in weeks from Monday 1 January 1934.
        date: the same as dates; worked out from `week` where it is missing.
        by_itself: share of runs in which it happens by the end of 1938.
    """

    week: Spread = Spread()
    date: Dates = Dates()
    by_itself: Number = None

    def _day(self, name: str) -> str | None:
        given: str | None = getattr(self.date, name)
        week: Number = getattr(self.week, name)
        if given or week is None:
            return given
        return (WEEK_0 + timedelta(days=round(7 * week))).isoformat()

    @property
    def q05(self) -> str | None:
        """ISO date by which it happens in 5 % of the runs."""
        return self._day("q05")

    @property
    def q50(self) -> str | None:
        """ISO date of the middle run."""
        return self._day("q50")

    @property
    def q95(self) -> str | None:
        """ISO date by which it happens in 95 % of the runs."""
        return self._day("q95")


class Year(Part):
    """One year's totals in the runs."""

    arrests: Spread = Spread()
    death_sentences: Spread = Spread()


class Model(Part):
    """Predictive series of one explanation or composite."""

    kind: str = ""
    variant: str = ""
    runs: int | None = None
    arrests: Band = Band()
    death_sentences: Band = Band()
    by_year: dict[str, Year] = Field(default_factory=dict)
    regions: dict[str, Region] = Field(default_factory=dict)
    stop: Moment = Moment()
    launch: Moment = Moment()


class Past(Part):
    """The record's months, divided by the memorial books' coverage."""

    arrests: tuple[Number, ...] = ()
    arrests_note: str = ""
    arrests_status: Literal["recorded", "compiled", "estimated", "imputed"] = "estimated"
    arrests_coverage: dict[str, Number] = Field(default_factory=dict)


class Robust(Part):
    """A sentence tried under every explanation that fits."""

    id: str = ""
    sentence: str
    holds: dict[str, bool] = Field(default_factory=dict)
    n: int | None = None


class Series(Part):
    """`series.json`: months, regions and moments of posterior predictive runs."""

    months: tuple[str, ...]
    record: Past
    models: dict[str, Model]
    robust: tuple[Robust, ...] = ()

    @field_validator("months")
    @classmethod
    def _months_read(cls, months: tuple[str, ...]) -> tuple[str, ...]:
        for month in months:
            year, _, number = month.partition("-")
            if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
                raise ValueError(f"'{month}' is not a month (write it like 1937-08)")
        return months
