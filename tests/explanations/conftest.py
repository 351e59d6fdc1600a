"""The given facts, built once from the record."""

from __future__ import annotations

import numpy as np
import pytest

from thirtyseven.record import load
from thirtyseven.society.setting import Setting, from_record


@pytest.fixture(scope="session")
def setting() -> Setting:
    return from_record(load())


@pytest.fixture(scope="session")
def seeds() -> np.ndarray:
    return np.arange(11, 19, dtype=np.uint64)
