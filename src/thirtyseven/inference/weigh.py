"""The weighing from beginning to end: runs, fits, recovery, predictive check, result."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import ndtri
from threadpoolctl import threadpool_limits

import thirtyseven
from thirtyseven.inference.bank import Bank, Progress
from thirtyseven.inference.budget import Budget, budget_named
from thirtyseven.inference.classify import Ensemble, Question, gather, members_of, reweighed
from thirtyseven.inference.emulate import NOT_NORMAL
from thirtyseven.inference.fits import Arrays, Fits
from thirtyseven.inference.inclusion import (
    Switches,
    emulated_fits,
    network_fits,
    of_emulated,
    switches_of,
    table_of,
    truth_fits,
)
from thirtyseven.inference.judge import none_of_these
from thirtyseven.inference.posterior import Posterior, Runs, posterior_of
from thirtyseven.inference.predict import FRESH, Draws, candidates, chosen, draws_of, predictive
from thirtyseven.inference.recover import of_inclusion, of_singles
from thirtyseven.inference.result import Weighing
from thirtyseven.inference.seeds import stream
from thirtyseven.inference.simulator import (
    COMPOSITE,
    QUESTIONS,
    WITHOUT_PLAN,
    Floats,
    Simulator,
    check,
    composite_kinds,
    single_kinds,
)
from thirtyseven.inference.waves import survival
from thirtyseven.inference.work import Work, make_runs, outside_tables

_NEIGHBOURS = 200  # truths near the record; with fewer, recovery is measured on all within the region
_RECALLED = 0.5  # a statistic "rests on recall" if at least this share of its figures does


def weigh(
    simulator: Simulator,
    observed: Floats,
    *,
    budget: str | Budget = "quick",
    out: Path,
    seed: int = 1937,
    workers: int = 1,
    progress: Progress | None = None,
    observed_name: str = "record",
    cluster: str = "",
) -> Weighing:
    """Weigh the explanations against a table of statistics.

    Args:
        simulator: makes the pasts.
        observed: (S,) transformed statistics of the record (or of a past in its place), NaN at gaps.
        budget: "quick", "standard", "full", or a budget of one's own.
        out: folder for bank, fits, `result.json` and `posterior.npz`; made if absent. What is there
            is used: an interrupted weighing goes on.
        seed: of points, noise, folds, networks and samplers.
        workers: processes; the result does not depend on it.
        progress: told (stage, done, total).
        observed_name: what the result calls the table.
        cluster: address of a Dask scheduler that fills the bank; "" for this machine alone.

    Raises:
        WeighError: a table or simulator that cannot be weighed.
        BankError: the folder cannot be used.
        ClusterError: the cluster cannot be used.
    """
    observed = np.asarray(observed, dtype=np.float64)
    check(simulator, observed)
    bank = Bank(Path(out) / "bank", simulator, cluster)
    fits = Fits(bank.shards / "fits", workers, progress)
    work = Work(simulator, observed, budget_named(budget), seed, bank, fits, workers)
    with threadpool_limits(limits=1):
        result = _weigh(work, observed_name)
    result.write(Path(out))
    return result


def _weigh(work: Work, observed_name: str) -> Weighing:
    runs = make_runs(work)
    outside = outside_tables(work)
    every = np.arange(len(work.x))
    repeats = _emulated(work, runs, every)
    posteriors = {k: posterior_of(k, found) for k, found in repeats.items()}
    composites = {k: _composite(work, runs[k], every, repeats[k]) for k in composite_kinds(work.simulator)}
    recovered = {k: _recovery(work, s) for k, (s, _) in composites.items()}
    singles = _singles(work, runs)
    draws, predicted = _predict(work, runs, posteriors)
    tables = {
        k: table_of(work, s, work.simulator.prior_inclusion, recovered[k]) for k, (s, _) in composites.items()
    }
    recovery = {"inclusion": recovered.get(COMPOSITE, {}), "inclusion_without_plan": recovered.get(WITHOUT_PLAN, {})}
    recovery |= _recovery_both(work, runs, composites, repeats)
    recovery["explanations"] = _recovery_singles(work, runs, singles, outside)
    digests = work.simulator.digests
    return Weighing(
        version=thirtyseven.__version__, code_digest=digests["code"], record_digest=digests["record"],
        statistics_digest=digests["statistics"], seed=work.seed, budget=work.budget.name,
        observed=observed_name, runs=_count(work, runs, outside),
        explanations=[_explanation(work, runs[k], posteriors[k], predicted[k]) for k in work.kinds],
        inclusion=tables.get(COMPOSITE, {}), inclusion_without_plan=tables.get(WITHOUT_PLAN, {}),
        without_recalled=_without_recalled(work, runs),
        none_of_these=none_of_these(work, runs, outside),
        statistics=_statistics(work, predicted), fits=_fits(work, draws, predicted), recovery=recovery,
        agreement=_agreement(work, composites, posteriors, singles, runs), robust=_robust(predicted),
        recalled_share=float(np.mean([s.recalled for s in work.statistics])), draws=draws,
    )  # fmt: skip


def _emulated(work: Work, runs: dict[str, Runs], columns: np.ndarray) -> dict[str, list[Arrays]]:
    """Emulators and posterior samples of every kind, by repeat."""
    fits = [fit for k in work.kinds for fit in emulated_fits(work, runs[k], columns, work.budget.repeats)]
    found = work.fits.make("emulated likelihoods", fits)
    n = work.budget.repeats
    return {k: found[i * n : (i + 1) * n] for i, k in enumerate(work.kinds)}


def _composite(
    work: Work, runs: Runs, columns: np.ndarray, emulated: list[Arrays], resampled: bool = True
) -> tuple[Switches, Ensemble]:
    fits = network_fits(work, runs, columns, work.budget.members // 2 + 1 if resampled else 0)
    members = work.fits.make(f"networks, {runs.kind}", fits)
    found, ensemble, _ = switches_of(work, runs, columns, members, emulated)
    return found, ensemble


def _recovery(work: Work, found: Switches) -> dict[str, Any]:
    """Recovery of the switches among known truths that come near the record."""
    rows = found.near if found.near.sum() >= _NEIGHBOURS else np.ones_like(found.near)
    return of_inclusion(found.left_out[rows], found.labels[rows], work.slugs, found.heads)


def _recovery_both(
    work: Work, runs: dict[str, Runs], composites: dict[str, tuple[Switches, Ensemble]],
    repeats: dict[str, list[Arrays]],
) -> dict[str, Any]:  # fmt: skip
    """Recovery of the emulated likelihood in the composite, where there is one."""
    if COMPOSITE not in composites:
        return {"both": {}}
    fits, chosen, tables = truth_fits(work, runs[COMPOSITE], repeats[COMPOSITE][0])
    asked = work.fits.make("known truths", fits) if fits else []
    found, ensemble = composites[COMPOSITE]
    return {"both": of_emulated(work, runs[COMPOSITE], found, ensemble, chosen, tables, asked)}


def _without_recalled(work: Work, runs: dict[str, Runs]) -> dict[str, Any]:
    """Inclusion in the composite from the statistics that do not rest on recall."""
    columns = np.flatnonzero([s.recalled < _RECALLED for s in work.statistics])
    left_out = [s.id for s in work.statistics if s.recalled >= _RECALLED]
    if COMPOSITE not in runs or not left_out or len(columns) < 3:
        return {"left_out": left_out, "inclusion": {}}
    own = runs[COMPOSITE]
    work = replace(work, budget=replace(work.budget, members=3))
    emulated = work.fits.make("without recalled figures", emulated_fits(work, own, columns, 1))
    found, _ = _composite(work, own, columns, emulated, resampled=False)
    table = table_of(work, found, work.simulator.prior_inclusion, _recovery(work, found))
    return {"left_out": left_out, "inclusion": table}


def _singles(work: Work, runs: dict[str, Runs]) -> tuple[tuple[str, ...], Ensemble | None, np.ndarray]:
    """The ensemble that names single explanations: kinds it knows, itself, and its truths' labels."""
    kinds = tuple(k for k in single_kinds(work.simulator) if runs[k].within.sum() >= 20)
    if len(kinds) < 2:
        return kinds, None, np.empty(0, dtype=int)
    tables = np.concatenate([runs[k].x[runs[k].within] for k in kinds])
    labels = np.repeat(np.arange(len(kinds)), [int(runs[k].within.sum()) for k in kinds])
    question, budget = Question(tables, work.sd, labels, work.ends), work.budget
    members = work.fits.make(
        "networks, explanations", members_of("explanations", question, budget.members, 0, budget.epochs, work.seed)
    )
    return kinds, gather("explanations", question, members, budget.members, work.seed), labels


def _recovery_singles(
    work: Work, runs: dict[str, Runs], singles: tuple[tuple[str, ...], Ensemble | None, np.ndarray],
    outside: dict[str, Floats],
) -> dict[str, Any]:  # fmt: skip
    """Confusion of single explanations, with rows from outside the set."""
    kinds, ensemble, labels = singles
    if ensemble is None:
        return {}
    shares = np.array([runs[k].region.share for k in kinds])
    result = of_singles(reweighed(ensemble.left_out, shares), labels, kinds)
    result["outside"] = {}
    for name, tables in outside.items():
        noisy = work.noisy(tables, stream(work.seed, "outside", name))
        stated = reweighed(ensemble.mean(noisy), shares)
        result["outside"][name] = {"mean": stated.mean(axis=0), "greatest": float(stated.max(axis=1).mean())}
    return result


def _predict(
    work: Work, runs: dict[str, Runs], posteriors: dict[str, Posterior]
) -> tuple[dict[str, Draws], dict[str, dict[str, Any]]]:
    """Posterior draws run again with fresh seeds, and what they predict."""
    budget = work.budget
    mixed = _composite_draws(work, runs, posteriors)
    draws = {
        k: mixed.get(k) or draws_of(runs[k], posteriors[k], budget.draws, budget.fresh, work.seed) for k in work.kinds
    }
    blocks = {k: d.blocks() for k, d in draws.items()}
    flat = [b for own in blocks.values() for b in own]
    found = dict(zip(map(id, flat), work.bank.run(flat, "runs, fresh seeds", work.workers, work.fits.progress)))
    sd, ends = _sd(work), np.array([[s.low, s.high] for s in work.simulator.statistics]).T
    predicted = {
        k: predictive(draws[k], np.concatenate([found[id(b)] for b in blocks[k]]), work.observed, sd, work.seed, ends)
        for k in work.kinds
    }
    return draws, predicted


def _composite_draws(work: Work, runs: dict[str, Runs], posteriors: dict[str, Posterior]) -> dict[str, Draws]:
    """Draws of the composites, chosen among candidates by runs rather than by the emulator."""
    budget, found = work.budget, {}
    for kind in composite_kinds(work.simulator):
        own = runs[kind]
        x = np.full((len(own.u), len(work.observed)), np.nan)
        x[:, np.isfinite(work.observed)] = own.x
        tried = candidates(own, posteriors[kind], budget.candidates, x, work.observed, _sd(work), work.seed)
        again = np.concatenate(work.bank.run(tried.blocks(), f"candidates, {kind}", work.workers, work.fits.progress))
        found[kind] = chosen(tried, again, work.observed, _sd(work), budget.draws, budget.fresh, work.seed)
    return found


def _sd(work: Work) -> Floats:
    return np.array([s.sd for s in work.simulator.statistics])


def _count(work: Work, runs: dict[str, Runs], outside: dict[str, Floats]) -> dict[str, Any]:
    by_kind = {k: len(runs[k].u) for k in work.kinds} | {k: len(x) for k, x in outside.items()}
    budget = work.budget
    fresh = len(work.kinds) * budget.draws * budget.fresh
    fresh += len(composite_kinds(work.simulator)) * budget.candidates * FRESH
    return {
        "total": sum(by_kind.values()) + fresh, "by_kind": by_kind, "fresh": fresh,
        "waves": work.budget.waves, "bank_digest": work.bank.digest(),
    }  # fmt: skip


def _explanation(work: Work, runs: Runs, posterior: Posterior, predicted: dict[str, Any]) -> dict[str, Any]:
    """One entry of `explanations`."""
    slug, _, variant = runs.kind.partition("/")
    coarse = np.array([s.coarse for s in work.statistics])
    first = slice(0, runs.first)
    entry: dict[str, Any] = {
        "slug": slug if variant else COMPOSITE, "variant": variant or runs.kind, "kind": runs.kind,
        "survives": survival(runs.region, runs.u[first], runs.x[first][:, coarse], work.sd[coarse]),
        "cutoff": max(runs.region.cutoffs, default=None), "reach": runs.reach,
        "log_evidence": None, "problem": posterior.problem,
        "score": predicted["score"], "fits": predicted["fits"], "not_normal": None, "parameters": {},
    }  # fmt: skip
    if posterior.emulator is None:
        return entry
    entry["log_evidence"] = {"mean": posterior.log_evidence, "error": posterior.error}
    entry["not_normal"] = float((posterior.emulator.normality > NOT_NORMAL).mean())
    points = posterior.points()
    quantiles = np.quantile(points, [0.05, 0.5, 0.95], axis=0)
    score = ndtri(np.clip(points, 1e-9, 1 - 1e-9))
    contraction = 1 - score.var(axis=0)
    entry["parameters"] = {
        name: {"q05": q[0], "q50": q[1], "q95": q[2], "contraction": c}
        for name, q, c in zip(work.simulator.names(runs.kind), quantiles.T, contraction)
    }
    return entry


def _statistics(work: Work, predicted: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Every statistic beside what the composite predicts (or the first kind where there is none)."""
    own = predicted.get(COMPOSITE) or next(iter(predicted.values()))
    return [
        {
            "id": s.id, "phase": s.phase, "evidence": s.evidence, "recalled": s.recalled, "sd": s.sd,
            "coarse": s.coarse, "observed": work.observed[i],
            **{name: own[name][i] for name in ("q05", "q50", "q95", "tail")},
        }
        for i, s in enumerate(work.simulator.statistics)
    ]  # fmt: skip


def _fits(
    work: Work, draws: dict[str, Draws], predicted: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    names = ("q05", "q50", "q95", "tail", "z", "defined")
    return {
        k: {
            "score": p["score"], "covered": p["covered"], "close": p["close"], "fits": p["fits"], "posterior": draws[k].posterior,
            "draws": len(draws[k].u) // draws[k].fresh, "fresh": draws[k].fresh,
            "statistics": [
                {"id": s.id, **{name: p[name][i] for name in names}}
                for i, s in enumerate(work.simulator.statistics)
            ],
        }
        for k, p in predicted.items()
    }  # fmt: skip


def _robust(predicted: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The kinds under all of which a statement must hold to be called robust."""
    fitting = [k for k, p in predicted.items() if p["fits"]]
    best = min(predicted, key=lambda k: predicted[k]["score"]["mean"])
    bar = predicted[best]["score"]["high"]
    closest = [k for k, p in predicted.items() if p["score"]["low"] <= bar]
    return {
        "kinds": fitting or closest,
        "rule": "fits" if fitting else "closest",
        "why": "at least four fifths of the statistics lie in the kind's 90% predictive interval, and at least a "
        "tenth of its runs come within two archive errors of the record on average"
        if fitting
        else "no kind fits; these have a score no worse than the best one's interval",
    }


def _agreement(
    work: Work, composites: dict[str, tuple[Switches, Ensemble]], posteriors: dict[str, Posterior],
    singles: tuple[tuple[str, ...], Ensemble | None, np.ndarray], runs: dict[str, Runs],
) -> dict[str, Any]:  # fmt: skip
    """Distance between the two estimators; closeness is no proof that either is right."""
    result: dict[str, Any] = {}
    for kind, (found, _) in composites.items():
        if not len(found.emulated):
            continue
        gap = np.abs(found.networks[: found.folds].mean(axis=0) - found.emulated[0])
        asked = found.heads // len(work.slugs)
        result[kind] = {
            question: {"mean": gap[asked == q].mean(), "greatest": gap[asked == q].max()}
            for q, question in enumerate(QUESTIONS)
            if (asked == q).any()
        }
    kinds, ensemble, _ = singles
    evidence = np.array([posteriors[k].log_evidence for k in kinds])
    if ensemble is not None and np.isfinite(evidence).any():
        shares = np.array([runs[k].region.share for k in kinds])
        networks = reweighed(ensemble.mean(work.x[None]), shares)[0]
        emulated = np.exp(evidence - evidence.max())
        emulated /= emulated.sum()
        result["explanations"] = {
            "kinds": list(kinds), "networks": networks, "emulated": emulated,
            "total_variation": float(np.abs(networks - emulated).sum() / 2),
        }  # fmt: skip
    return result
