"""The given facts, everybody, and one full run, built once."""

from __future__ import annotations

import numpy as np
import pytest

from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.simulation.everybody import Events, everybody
from thirtyseven.simulation.outcome import Outcome
from thirtyseven.simulation.run import simulate
from thirtyseven.society.build import build
from thirtyseven.society.people import Society
from thirtyseven.society.setting import Setting, from_record

SEED = 1


@pytest.fixture(scope="session")
def setting() -> Setting:
    return from_record(load())


@pytest.fixture(scope="session")
def society() -> Society:
    return build(load())


@pytest.fixture(scope="session")
def outcome(setting: Setting) -> Outcome:
    return simulate(setting, named("composite").batch(), np.array([SEED], np.uint64), slots=np.arange(313))


@pytest.fixture(scope="session")
def events(outcome: Outcome, society: Society) -> Events:
    return everybody(outcome, society, SEED)
