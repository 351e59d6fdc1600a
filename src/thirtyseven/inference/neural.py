"""A cross-check by other people's code: BayesFlow's networks on the same bank of runs.

Two questions are put to it that our own estimators have answered. Which single explanation, by a network for model
comparison on the bank's tables; and which parameters of one explanation, by a normalizing flow (neural posterior
estimation). The runs, the archive's error and the statistics are ours; networks, training and sampling are not. Every
explanation counts by the runs that the bank has of it, all alike: the share of a prior that history matching left, by
which our own answer is reweighed, is not known to these networks. BayesFlow needs Python 3.12 or 3.13 and is an optional
extra; nothing else depends on it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.inference.bank import Progress
from thirtyseven.inference.finished import Finished
from thirtyseven.inference.institutions import Institutions
from thirtyseven.inference.recover import calibration_error
from thirtyseven.inference.seeds import stream, whole
from thirtyseven.inference.simulator import Floats, WeighError, single_kinds
from thirtyseven.inference.truths import Pool, pools
from thirtyseven.record import Record
from thirtyseven.summaries.archive import reflected

_KEPT_BACK = 5  # one run in so many is not learnt from
_NOISE = 4  # draws of the archive's error for every run
_FAR = 6.0
_LEVELS = (0.5, 0.8, 0.95)


class NeuralError(WeighError):
    """The cross-check cannot be made here; one sentence."""


@dataclass(frozen=True)
class Effort:
    """How long the networks learn: passes over the runs, runs in a step, posterior draws of a truth."""

    epochs: int = 30
    batch: int = 128
    draws: int = 300
    truths: int = 100


@dataclass(frozen=True)
class _Tables:
    """Runs with archive error: `x` (n, J) standardised by what is learnt from, `learn` (n,) and the observed table."""

    x: Floats
    learn: np.ndarray
    observed: Floats


def cross_check(
    finished: Finished, record: Record, *, kind: str = "", effort: Effort | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """The content of `neural.json`: BayesFlow's answers beside ours.

    Args:
        finished: the weighing.
        record: a loaded record.
        kind: the single explanation whose parameters are asked; the one that comes nearest to the record if "".
        effort: of the networks.
        progress: told (stage, done, total).

    Raises:
        NeuralError: BayesFlow is not installed or Python is too old; or there is no such kind.
    """
    bayesflow = _bayesflow(whole(finished.seed, "bayesflow"))
    effort, institutions = effort or Effort(), finished.institutions(record)
    kinds = single_kinds(institutions)
    kind = kind or min(kinds, key=lambda k: finished.result["fits"][k]["score"]["mean"])
    if kind not in kinds:
        raise NeuralError(f"There is no single explanation {kind!r}; choose one of {', '.join(kinds)}.")
    every = pools(finished, institutions, kinds)
    if progress:
        progress("BayesFlow: which explanation", 0, 1)
    which = _which(bayesflow, finished, institutions, every, effort)
    if progress:
        progress("BayesFlow: which explanation", 1, 1)
        progress("BayesFlow: parameters", 0, 1)
    own = every[kinds.index(kind)]
    parameters = _parameters(bayesflow, finished, institutions, own, effort)
    if progress:
        progress("BayesFlow: parameters", 1, 1)
    return {**finished.provenance(record), "bayesflow": bayesflow.__version__, "explanations": which, "parameters": parameters}


def _bayesflow(seed: int) -> Any:
    """BayesFlow with the JAX backend and its seed set.

    Raises:
        NeuralError: it cannot be had here.
    """
    os.environ.setdefault("KERAS_BACKEND", "jax")
    try:
        import bayesflow
        import keras
    except ImportError:
        own = f"{sys.version_info[0]}.{sys.version_info[1]}"
        version = "" if sys.version_info >= (3, 12) else f"; it needs Python 3.12 or 3.13, and this is {own}"
        raise NeuralError(
            f"The cross-check needs BayesFlow, which is not installed{version}; add it with `pip install 'thirtyseven[neural]'`. "
            "Everything else works without it."
        ) from None
    keras.utils.set_random_seed(seed)
    return bayesflow


def _tables(finished: Finished, institutions: Institutions, x: Floats, word: str) -> _Tables:
    """Runs `_NOISE` times with fresh archive error; every run's copies stay on one side of what is kept back."""
    known = np.isfinite(finished.observed)
    sd = np.array([s.sd for s in institutions.statistics])[known]
    ends = np.array([[s.low, s.high] for s in institutions.statistics]).T[:, known]
    noise = stream(finished.seed, "neural", word).standard_normal((_NOISE, len(x), int(known.sum())))
    noisy = reflected((x[:, known] + sd * noise).reshape(-1, int(known.sum())), *ends)
    learn = np.tile(np.arange(len(x)) % _KEPT_BACK != 0, _NOISE)
    finite = np.where(np.isfinite(noisy[learn]), noisy[learn], np.nan)
    middle = np.nan_to_num(np.nanmedian(finite, axis=0))
    spread = np.sqrt(np.nan_to_num(np.nanstd(finite, axis=0)) ** 2 + sd**2)

    def scaled(table: Floats) -> Floats:
        z = np.clip((table - middle) / spread, -_FAR, _FAR)
        return np.where(np.isfinite(z), z, 0.0).astype(np.float32)

    return _Tables(scaled(noisy), learn, scaled(finished.observed[known][None]))


def _which(
    bayesflow: Any, finished: Finished, institutions: Institutions, every: Sequence[Pool], effort: Effort
) -> dict[str, Any]:
    """Probabilities of the single explanations at the record, under equal priors of the runs in the bank."""
    label = np.repeat(np.arange(len(every)), [len(p.u) for p in every])
    tables = _tables(finished, institutions, np.concatenate([p.x for p in every]), "explanations")
    hot = np.tile(np.eye(len(every), dtype=np.float32)[label], (_NOISE, 1))
    flow = bayesflow.ModelComparisonWorkflow(inference_conditions=["x"], subnet="mlp", standardize=None)
    flow.fit_offline(data={"x": tables.x[tables.learn], "model_indices": hot[tables.learn]}, epochs=effort.epochs,
                     batch_size=effort.batch, verbose=0)  # fmt: skip
    left = np.flatnonzero(~tables.learn)
    stated = np.asarray(flow.estimate(conditions={"x": tables.x[left]})["model_probs"])
    truth = hot[left].argmax(axis=1)
    at_record = np.asarray(flow.estimate(conditions={"x": tables.observed})["model_probs"])[0]
    slugs = [p.kind.partition("/")[0] for p in every]
    own = np.array(slugs)
    by_slug = np.stack([stated[:, own == s].sum(axis=1) for s in dict.fromkeys(slugs)], axis=1)
    named = np.array(list(dict.fromkeys(slugs)))[by_slug.argmax(axis=1)]
    ours = finished.result.get("agreement", {}).get("explanations") or {}
    result: dict[str, Any] = {
        "kinds": [p.kind for p in every], "bayesflow": at_record, "accuracy_slug": float((named == own[truth]).mean()),
        "accuracy": float((stated.argmax(axis=1) == truth).mean()),
        "ece": calibration_error(stated.max(axis=1), stated.argmax(axis=1) == truth),
        "log_score": float(np.log(stated[np.arange(len(truth)), truth] + 1e-12).mean()), "truths": len(left) // _NOISE,
    }  # fmt: skip
    if ours:
        place = [result["kinds"].index(k) for k in ours["kinds"]]
        for name in ("networks", "emulated"):
            result[name] = np.zeros(len(every))
            result[name][place] = ours[name]
            result[f"distance_{name}"] = float(np.abs(at_record - result[name]).sum() / 2)
    return result


def _parameters(bayesflow: Any, finished: Finished, institutions: Institutions, pool: Pool, effort: Effort) -> dict[str, Any]:
    """Posterior quantiles of one explanation's parameters at the record, with coverage and ranks on runs kept back."""
    from scipy.special import ndtr, ndtri

    tables = _tables(finished, institutions, pool.x, pool.kind)
    z = np.tile(ndtri(np.clip(pool.u, 1e-6, 1 - 1e-6)).astype(np.float32), (_NOISE, 1))
    flow = bayesflow.BasicWorkflow(inference_network="coupling_flow", inference_variables=["z"], inference_conditions=["x"],
                                   standardize=None)  # fmt: skip
    flow.fit_offline(data={"z": z[tables.learn], "x": tables.x[tables.learn]}, epochs=effort.epochs,
                     batch_size=effort.batch, verbose=0)  # fmt: skip
    left = np.flatnonzero(~tables.learn)[: effort.truths]
    drawn = np.asarray(flow.sample(conditions={"x": tables.x[left]}, num_samples=effort.draws)["z"])
    ranks = (drawn < z[left][:, None]).mean(axis=1)
    at_record = np.asarray(flow.sample(conditions={"x": tables.observed}, num_samples=max(1000, effort.draws))["z"])[0]
    quantiles = ndtr(np.quantile(at_record, [0.05, 0.5, 0.95], axis=0))
    entry: dict[str, Any] = next((e for e in finished.result["explanations"] if e["kind"] == pool.kind), {})
    ours = entry.get("parameters", {})
    return {
        "kind": pool.kind, "runs": len(pool.u), "truths": len(left),
        "coverage": {f"{level:g}": _within(ranks, level).mean() for level in _LEVELS},
        "names": {
            name: {
                "q05": quantiles[0, i], "q50": quantiles[1, i], "q95": quantiles[2, i],
                "contraction": 1 - at_record[:, i].var(), "coverage90": _within(ranks[:, i], 0.9).mean(), "ours": ours.get(name),
            }
            for i, name in enumerate(institutions.names(pool.kind))
        },
    }  # fmt: skip


def _within(ranks: Floats, level: float) -> np.ndarray:
    """Whether truths lie in the central interval of that level."""
    return np.asarray((ranks > (1 - level) / 2) & (ranks < (1 + level) / 2))
