"""The cross-check by BayesFlow: one sentence where it is not installed, sound answers where it is."""

import importlib.util
import sys

import numpy as np
import pytest

from thirtyseven.inference import neural
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.neural import Effort, NeuralError, cross_check
from thirtyseven.inference.simulator import StatisticInfo
from thirtyseven.inference.truths import Pool

INSTALLED = importlib.util.find_spec("bayesflow") is not None
needed = pytest.mark.skipif(not INSTALLED, reason="the extra `neural` (BayesFlow, Python 3.12 or 3.13) is not installed")


class Lines:
    """Two explanations whose tables differ in their first statistic, which also says where the one parameter lies."""

    kinds = ("plan/strict", "below/strict")
    statistics = tuple(StatisticInfo(f"s{i}", "mass", "toy", 0.1) for i in range(4))

    def names(self, kind):
        return ("law.size",)


def of(kind, runs, seed):
    rng = np.random.default_rng(seed)
    u = rng.random((runs, 1))
    x = 0.2 * rng.standard_normal((runs, 4))
    x[:, 0] += 6.0 * u[:, 0] + (10.0 if kind.startswith("below") else 0.0)
    return Pool(kind, u, x, np.arange(runs, dtype=np.uint64))


def finished(tmp_path, value):
    statistics = [{"observed": value}, {"observed": 0.0}, {"observed": None}, {"observed": 0.0}]
    result = {"statistics": statistics, "seed": 1, "explanations": [], "agreement": {}, "budget": "quick", "observed": "record"}
    return Finished(tmp_path, result, {}, True)


def test_without_bayesflow_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "bayesflow", None)
    with pytest.raises(NeuralError, match=r"pip install 'thirtyseven\[neural\]'.*works without it") as caught:
        cross_check(finished(tmp_path, 3.0), None)
    assert "\n" not in str(caught.value)


@needed
@pytest.mark.slow
def test_bayesflow_finds_the_explanation_and_its_parameter(tmp_path):
    bayesflow, lines, past = neural._bayesflow(3), Lines(), finished(tmp_path, 3.0)
    every = [of(kind, 600, i) for i, kind in enumerate(lines.kinds)]
    effort = Effort(epochs=12, batch=64, draws=200, truths=100)
    which = neural._which(bayesflow, past, lines, every, effort)
    assert which["accuracy"] > 0.97 and which["bayesflow"][0] > 0.95
    found = neural._parameters(bayesflow, past, lines, every[0], effort)
    own = found["names"]["law.size"]
    assert own["q50"] == pytest.approx(0.5, abs=0.08) and own["contraction"] > 0.8
    assert 0.75 < own["coverage90"] <= 1.0
