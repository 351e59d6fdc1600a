"""Which mechanisms are at work in a composite, by question: both opinions and their mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from thirtyseven.inference.classify import Ensemble, Question, gather, members_of
from thirtyseven.inference.fits import Arrays, Fit
from thirtyseven.inference.posterior import Posterior, Runs, ask, explore, posterior_of
from thirtyseven.inference.recover import area, calibration_error
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import COMPOSITE, QUESTIONS, Floats
from thirtyseven.inference.work import Work

_CHUNK = 4  # known truths in one fit


@dataclass(frozen=True)
class Switches:
    """Inclusion in one composite.

    Attributes:
        kind: the composite.
        heads: (H,) question * slugs + slug of every switch.
        networks: (members, H) probabilities by the networks.
        emulated: (repeats, H) by the emulated likelihood; no rows where it failed.
        left_out: (n, H) the networks on known truths; `labels` (n, H) those truths.
        near: (n,) which of those truths come near the record.
        folds: how many members have a fold.
    """

    kind: str
    heads: np.ndarray
    networks: Floats
    emulated: Floats
    left_out: Floats
    labels: np.ndarray
    near: np.ndarray
    folds: int

    @property
    def mean(self) -> Floats:
        """(H,) Mean over the two estimators."""
        networks = self.networks[: self.folds].mean(axis=0)
        return np.asarray((networks + self.emulated[0]) / 2 if len(self.emulated) else networks)

    def interval(self) -> tuple[Floats, Floats]:
        """(H,) 5 and 95% over members, resampled banks and both estimators, which weigh the same."""
        values = np.concatenate([self.networks, self.emulated])
        weights = np.concatenate([
            np.full(len(part), 1 / max(len(part), 1)) for part in (self.networks, self.emulated)
        ])  # fmt: skip
        weights /= weights.sum()
        order = np.argsort(values, axis=0)
        ranked = np.take_along_axis(values, order, axis=0)
        reached = np.cumsum(weights[order], axis=0)
        low = np.take_along_axis(ranked, (reached < 0.05 - 1e-9).sum(axis=0)[None], axis=0)[0]
        high = np.take_along_axis(ranked, (reached < 0.95 - 1e-9).sum(axis=0)[None], axis=0)[0]
        return np.minimum(low, self.mean), np.maximum(high, self.mean)


def labels_of(work: Work, kind: str, u: Floats, heads: np.ndarray) -> np.ndarray:
    """(n, H) Which switches are on."""
    return np.asarray(work.simulator.included(kind, u)).reshape(len(u), -1)[:, heads]


def question_of(work: Work, runs: Runs, columns: np.ndarray) -> tuple[Question, np.ndarray]:
    """What the networks learn from a composite's runs, and the heads (switches that vary)."""
    flat = np.asarray(work.simulator.included(runs.kind, runs.u)).reshape(len(runs.u), -1)
    heads = np.flatnonzero(flat.any(axis=0) & ~flat.all(axis=0))
    rows = np.flatnonzero(runs.within)
    return Question(runs.x[np.ix_(rows, columns)], work.sd[columns], flat[np.ix_(rows, heads)], work.ends[:, columns]), heads


def network_fits(work: Work, runs: Runs, columns: np.ndarray, resampled: int) -> list[Fit]:
    """The ensemble's fits for a composite."""
    question, _ = question_of(work, runs, columns)
    name, budget = _name(runs.kind, columns), work.budget
    return members_of(name, question, budget.members, resampled, budget.epochs, work.seed)


def emulated_fits(work: Work, runs: Runs, columns: np.ndarray, repeats: int) -> list[Fit]:
    """The emulated likelihood's fits for any kind; composites always get a network."""
    budget, composite = work.budget, runs.kind.startswith(COMPOSITE)
    particles, sweeps = (
        (2 * budget.particles, 2 * budget.sweeps) if composite else (budget.particles, budget.sweeps)
    )
    network = composite or budget.networks
    return [
        Fit(
            f"{_name(runs.kind, columns)}-emulated", explore,
            (runs, work.sd, work.x, columns, r, work.seed, network, particles, sweeps),
        )
        for r in range(repeats)
    ]  # fmt: skip


def _name(kind: str, columns: np.ndarray) -> str:
    return f"{kind}-{len(columns)}"


def switches_of(
    work: Work, runs: Runs, columns: np.ndarray, members: Sequence[Arrays], emulated: Sequence[Arrays]
) -> tuple[Switches, Ensemble, Posterior]:
    """Put a composite's fits together."""
    question, heads = question_of(work, runs, columns)
    ensemble = gather(_name(runs.kind, columns), question, list(members), work.budget.members, work.seed)
    networks = ensemble.each(work.x[None, columns])[:, 0]
    posterior = posterior_of(runs.kind, emulated)
    by_repeat = [labels_of(work, runs.kind, u, heads).mean(axis=0) for u in posterior.samples]
    found = Switches(
        runs.kind, heads, networks, np.array(by_repeat).reshape(-1, len(heads)), ensemble.left_out,
        question.labels, runs.near[runs.within], work.budget.members,
    )  # fmt: skip
    return found, ensemble, posterior


def table_of(work: Work, found: Switches, prior: float, recovery: dict[str, Any]) -> dict[str, Any]:
    """{question: {slug: {mean, low, high, told, prior, auc}}} for the result; absent switches are 0."""
    low, high = found.interval()
    mean, k = found.mean, len(work.slugs)
    result: dict[str, Any] = {}
    for q, question in enumerate(QUESTIONS):
        result[question] = {}
        for s, slug in enumerate(work.slugs):
            at = np.flatnonzero(found.heads == q * k + s)
            if not len(at):
                continue
            h = int(at[0])
            own = recovery[question]["slugs"][slug]
            result[question][slug] = {
                "mean": mean[h], "low": low[h], "high": high[h], "told": own["told"], "prior": prior,
                "auc": own["auc"], "networks": found.networks[: found.folds, h].mean(),
                "emulated": found.emulated[0, h] if len(found.emulated) else None,
            }  # fmt: skip
    return result


def truth_fits(work: Work, runs: Runs, fitted: Arrays) -> tuple[list[Fit], np.ndarray, Floats]:
    """Known truths for the emulated likelihood: fits, indices of the runs, their noisy tables."""
    budget = work.budget
    chosen = runs.truths[: budget.truths]
    tables = work.noisy(runs.x[chosen], stream(work.seed, "truths", runs.kind))
    starts = range(0, len(chosen), _CHUNK) if "problem" not in fitted else range(0)
    fits = [
        Fit("truths", ask, (runs, fitted, tables[i : i + _CHUNK], work.seed, i, budget.particles, budget.sweeps))
        for i in starts
    ]
    return fits, chosen, tables


def of_emulated(
    work: Work, runs: Runs, found: Switches, ensemble: Ensemble, chosen: np.ndarray, tables: Floats,
    asked: Sequence[Arrays],
) -> dict[str, Any]:  # fmt: skip
    """Recovery of the emulated likelihood and of the mean of both, by question, slugs pooled.

    Each truth's answer by the networks is that of the member that left it out.
    """
    if not asked:
        return {}
    points = np.concatenate([arrays["points"] for arrays in asked])
    truth = labels_of(work, runs.kind, runs.u[chosen], found.heads)
    stated = np.stack([labels_of(work, runs.kind, p, found.heads).mean(axis=0) for p in points])
    other = _left_out_of(runs, ensemble, chosen)
    result: dict[str, Any] = {"truths": len(chosen)}
    for q, question in enumerate(QUESTIONS):
        columns = np.flatnonzero(found.heads // len(work.slugs) == q)
        if not len(columns):
            continue
        labels = truth[:, columns].ravel()
        own: dict[str, Any] = {}
        for name, p in (("emulated", stated), ("networks", other), ("both", (stated + other) / 2)):
            values = p[:, columns].ravel()
            own[name] = {"auc": area(values, labels)[0], "ece": calibration_error(values, labels, 5)}
        own["distance"] = float(np.abs(stated - other)[:, columns].mean())
        result[question] = own
    return result


def _left_out_of(runs: Runs, ensemble: Ensemble, chosen: np.ndarray) -> Floats:
    """(T, H) The networks' answers to known truths, each from the member that left the run out."""
    rows = np.flatnonzero(runs.within)
    return ensemble.left_out[np.searchsorted(rows, chosen)]
