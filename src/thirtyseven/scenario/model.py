"""One scenario: everything that a run depends on besides the society. Frozen, serialisable, digestible.

A scenario is read from a name ("plan", "composite"), or from a TOML file:

    name = "two of them"
    from = "1934-01-01"
    until = "1939-12-31"

    [weights.mass]
    agencies = 0.6
    plan = 0.4

    [values.agencies]
    growth = 0.1

What is not said is the reference: prior medians, equal weights of the explanations named.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tomli
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import QUESTIONS, Variant
from thirtyseven.scenario.core import CORE
from thirtyseven.scenario.design import SLUGS, Batch
from thirtyseven.society import calendar

REFERENCE = Path(__file__).with_name("reference.toml")
"""The reference composite, a scenario file like anybody's: the middle of a weighing's draws (`inference.reference`)."""


class ScenarioError(ValueError):
    """A scenario that cannot be run, with the place and the way out in one sentence."""


class Scenario(BaseModel):
    """A scenario.

    Attributes:
        name: what it is called in results.
        variants: variant of each explanation; "charitable" where not said.
        weights: by question and slug; elite, mass and national are normalised when run.
        values: numbers of "core" and of laws that differ from the prior median.
        first, until: first and last day of the run; the run covers the weeks that hold them.
        stop_given: whether the decree of 17 November 1938 is given as a fact.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str = Field(min_length=1, max_length=80)
    variants: dict[str, Variant] = Field(default_factory=dict)
    weights: dict[str, dict[str, float]] = Field(default_factory=dict)
    values: dict[str, dict[str, float]] = Field(default_factory=dict)
    first: date = Field(default=date(1934, 1, 1), alias="from")
    until: date = date(1939, 12, 31)
    stop_given: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Scenario:
        for slug in self.variants:
            _known(slug, SLUGS, "explanation")
        for question, weights in self.weights.items():
            _known(question, QUESTIONS, "question")
            for slug, weight in weights.items():
                _known(slug, SLUGS, "explanation")
                if not (0.0 <= weight < 1e6):
                    raise ValueError(f"the weight of {slug} for {question} is {weight}; it must be 0 or more")
        for question in QUESTIONS[:3]:
            if sum(self.weights.get(question, {}).values()) <= 0:
                raise ValueError(f"no explanation has a weight for the question '{question}'; give at least one")
        for owner, values in self.values.items():
            _known(owner, ("core", *SLUGS), "owner of values")
            for name, value in values.items():
                _in_range(owner, name, value)
        if not (calendar.FIRST_DAY <= self.first <= self.until <= date(1939, 12, 31)):
            raise ValueError("the period must lie between 1934-01-01 and 1939-12-31 and not end before it begins")
        return self

    @property
    def digest(self) -> str:
        """Sixteen hex digits of the scenario's JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    @property
    def weeks(self) -> tuple[int, int]:
        """First week and the week after the last."""
        return calendar.week_of(self.first), min(calendar.week_of(self.until) + 1, calendar.WEEKS)

    def to_json(self) -> str:
        """JSON with sorted keys; `Scenario.model_validate_json` reads it back."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True)

    def batch(self, runs: int = 1) -> Batch:
        """Return the scenario as a batch of `runs` equal rows."""
        weights = np.zeros((runs, len(QUESTIONS), len(SLUGS)))
        for q, question in enumerate(QUESTIONS):
            for slug, weight in self.weights.get(question, {}).items():
                weights[:, q, SLUGS.index(slug)] = weight
        weights[:, :3] /= weights[:, :3].sum(axis=2, keepdims=True)
        variants: tuple[Variant, ...] = tuple(self.variants.get(slug, "charitable") for slug in SLUGS)
        median = np.array(0.5)
        laws = {}
        for law, variant in zip(EXPLANATIONS, variants, strict=True):
            said = self.values.get(law.slug, {})
            laws[law.slug] = {
                item.name: np.full(runs, said.get(item.name, item.strict if variant == "strict" and item.strict is not None
                                                  else float(item.prior.ppf(median))))
                for item in law.parameters
            }  # fmt: skip
        said = self.values.get("core", {})
        core = {item.name: np.full(runs, said.get(item.name, float(item.prior.ppf(median)))) for item in CORE}
        return Batch(
            self.name, variants, core, laws, weights, calendar.week_of(calendar.DECREE) if self.stop_given else -1
        )


def named(name: str, variant: Variant = "charitable") -> Scenario:
    """Return the scenario of an explanation's slug, or "composite".

    Raises:
        ScenarioError: if there is no such name.
    """
    if name == "composite":
        return _reference()
    if name not in SLUGS:
        raise ScenarioError(
            f"There is no explanation '{name}'; choose one of: {', '.join((*SLUGS, 'composite'))}, or name a TOML file."
        )
    return Scenario(name=name, variants={name: variant}, weights={question: {name: 1.0} for question in QUESTIONS})


@cache
def _reference() -> Scenario:
    return Scenario.model_validate(tomli.loads(REFERENCE.read_text(encoding="utf-8")))


def read_scenario(text: str, variant: Variant = "charitable") -> Scenario:
    """Return a scenario from a name or from the path of a TOML file.

    Raises:
        ScenarioError: if the name is unknown or the file cannot be read or does not describe a scenario.
    """
    path = Path(text)
    if path.suffix != ".toml":
        return named(text, variant)
    try:
        table: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"{text}: there is no such file.") from None
    except (UnicodeDecodeError, OSError) as fault:
        raise ScenarioError(f"{text}: the file cannot be read as UTF-8 text ({fault.__class__.__name__}).") from None
    except tomli.TOMLDecodeError as fault:
        raise ScenarioError(f"{text}: this is not TOML: {fault}.") from None
    for question in QUESTIONS[:3]:
        table.setdefault("weights", {}) if isinstance(table.get("weights", {}), dict) else None
        if isinstance(table.get("weights"), dict) and question not in table["weights"]:
            table["weights"][question] = dict(table["weights"].get("mass", {}))
    try:
        return Scenario.model_validate({"name": path.stem} | table)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the scenario"
        raise ScenarioError(f"{text}: {place}: {first['msg'].removeprefix('Value error, ')}.") from None


def _known(name: str, names: tuple[str, ...], what: str) -> None:
    if name not in names:
        raise ValueError(f"there is no {what} '{name}'; choose one of: {', '.join(names)}")


def _in_range(owner: str, name: str, value: float) -> None:
    """A value must be a number of its owner and lie within the central .9998 of its prior, widened by half."""
    parameters = CORE if owner == "core" else next(e for e in EXPLANATIONS if e.slug == owner).parameters
    _known(name, tuple(item.name for item in parameters), f"number of {owner}")
    prior = next(item for item in parameters if item.name == name).prior
    low, high = (float(prior.ppf(np.array(p))) for p in (0.0001, 0.9999))
    slack = 0.5 * (high - low)
    if not (low - slack <= value <= high + slack):
        raise ValueError(f"{owner}.{name} = {value} lies outside its prior range {low:.3g} to {high:.3g}")
