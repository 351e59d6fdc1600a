"""The given facts once, a small batch, and the run as it was."""

import numpy as np
import pytest
from supposed_pasts import PERIOD, SEEDS

from thirtyseven.record import load
from thirtyseven.scenario import Design
from thirtyseven.simulation.run import simulate
from thirtyseven.society.setting import from_record


@pytest.fixture(scope="session")
def record():
    return load()


@pytest.fixture(scope="session")
def setting(record):
    return from_record(record)


@pytest.fixture(scope="session")
def batch():
    """Two composites in which something happens and every law that a switch speaks to may act."""
    design = Design("composite")
    u = np.random.default_rng(4).uniform(0.05, 0.3, (2, len(design.coordinates)))
    core = [i for i, (_, prior) in enumerate(design.coordinates) if prior is not None]
    u[:, core] = np.random.default_rng(5).uniform(0.4, 0.6, (2, len(core)))
    return design.batch(u)


@pytest.fixture(scope="session")
def as_it_was(setting, batch):
    return simulate(setting, batch, SEEDS, weeks=PERIOD)
