"""A finished weighing in small: two kinds with a few points of their priors, so that a question takes seconds."""

import numpy as np

from thirtyseven.inference.finished import Finished
from thirtyseven.inference.predict import Draws
from thirtyseven.scenario import Design

KINDS = ("agencies/strict", "composite")


def weighing(folder, points=2, kinds=KINDS):
    """Points near the middle of every prior; in the mixture several laws act."""
    draws = {}
    for kind in kinds:
        design = Design(kind)
        u = np.random.default_rng(8).uniform(0.4, 0.6, (points, len(design.coordinates)))
        weights = [i for i, (_, prior) in enumerate(design.coordinates) if prior is None]
        u[:, weights] = np.random.default_rng(9).uniform(0.05, 0.4, (points, len(weights)))
        draws[kind] = Draws(kind, u, np.arange(points, dtype=np.uint64) + 5, 1, True)
    result = {"seed": 7, "budget": "quick", "observed": "record", "code_digest": "0", "record_digest": "0",
              "robust": {"kinds": [kinds[0]], "rule": "fits"}}  # fmt: skip
    return Finished(folder, result, draws, False)
