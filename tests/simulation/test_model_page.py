"""The page that describes the model says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from thirtyseven.explanations.base import CHANNELS, LogNormal
from thirtyseven.scenario import CORE
from thirtyseven.scenario.design import SLUGS
from thirtyseven.simulation import control, custody, offices, run
from thirtyseven.simulation.everybody import DENOUNCED, HANDED_OVER, NAMED, RISK
from thirtyseven.society import setting as given
from thirtyseven.summaries import STATISTICS

PAGE = (Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
ODD = (
    "Purpose and patterns", "Entities, state variables, and scales", "Process overview and scheduling", "Design concepts",
    "Initialization", "Input data", "Submodels",
)  # fmt: skip


def plain(number):
    """A number as the page writes it: thousands with commas, no zero before the point."""
    text = f"{number:,.3f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)


def section(number):
    found = re.search(rf"^### 7\.{number} .*?(?=^### |\Z)", PAGE, re.S | re.M)
    assert found, f"there is no section 7.{number}"
    return found.group(0)


def test_the_seven_elements_stand_in_their_order():
    titles = re.findall(r"^## (\d)\. (.*)$", PAGE, re.M)
    assert titles == [(str(i + 1), title) for i, title in enumerate(ODD)]
    for concept in ("Basic principles", "Emergence", "Adaptation", "Sensing", "Interaction", "Stochasticity", "Collectives",
                    "Observation"):  # fmt: skip
        assert f"**{concept}" in PAGE


def test_every_statistic_is_named_under_its_question():
    rows = {row.split(":")[0].strip("| "): set(re.findall(r"`([a-z_0-9]+)`", row)) for row in PAGE.splitlines()
            if row.startswith("|") and ":" in row and row.split(":")[0].strip("| ") in
            ("elite", "mass", "national", "where", "stop")}  # fmt: skip
    for question, named in rows.items():
        assert named == {item.id for item in STATISTICS if item.phase == question}, question
    assert len(rows) == 5


@pytest.mark.parametrize("item", CORE, ids=lambda item: item.name)
def test_every_free_number_stands_with_its_prior(item):
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{item.name}` |"))
    prior = item.prior
    numbers = (prior.median, prior.sd) if isinstance(prior, LogNormal) else (prior.mean, prior.sd)
    told = row.replace("log-sd ", "").replace("median ", "")
    assert ", ".join(plain(x) for x in numbers) in told


def test_fixed_numbers_are_those_of_the_code():
    told = {
        2: [control.LAUNCH_DRIVE, control.LAUNCH_HAZARD, control.LINE_HAZARD, control.QUIET_LEVEL, control.QUIET_HAZARD,
            control.MASS_SCALE, control.NEUTRAL_OFF, control.NEUTRAL_HEAD],
        3: [HANDED_OVER], 4: [run.LATENT_SHARE, run.REGISTER_SHARE], 6: [*run.LINE_RATE, *run.LINE_DEATH],
        9: [x for x in run.CONVICTED if x], 12: [*NAMED.values(), *DENOUNCED.values(), custody.YOUNG_WEEKS],
        "9a": [offices.WANTED, offices.UNARRESTED, offices.PARTY_APPEALS, offices.ARMY_APPEALS],
    }  # fmt: skip
    for number, values in told.items():
        text = section(number)
        for value in values:
            shown = {plain(value), f"{value:.2f}".lstrip("0"), f"{value:.3f}".lstrip("0"), f"{value:.4f}".lstrip("0")}
            assert any(re.search(rf"(?<![\d.]){re.escape(one)}(?!\d)", text) for one in shown), (number, value)
    for pace in (x for x in run.PACE if x):
        assert f"1/{round(1 / pace)}" in section(9)
    assert plain(run.BEFORE_1934) in PAGE
    assert ", ".join(plain(x) for x in given.BESIDE) in PAGE
    assert len(RISK["ordinary"]) == 20 and "twenty strata" in section(12)


def test_every_law_and_channel_is_named():
    for slug in SLUGS:
        assert f"`{slug}`" in section(10)
    for channel in CHANNELS:
        assert f"`{channel}`" in PAGE
    assert np.isclose(run._court_deaths(np.array([1.0]), True)[0, -1], 0.038) and ".008 + .03 D_E" in section(9)
