"""Made-up results of a weighing, by a seeded generator: several worlds that a report must describe truly.

Nothing here is a result. The numbers are drawn so that every rule of the wording is met by some world.
"""

import json
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

SLUGS = ("plan", "suspicion", "threat", "inheritance", "opposition", "reactions", "agencies", "below")
QUESTIONS = ("elite", "mass", "national", "where", "stop")
MONTHS = tuple(f"{y}-{m:02d}" for y in (1936, 1937, 1938) for m in range(1, 13))
PRIOR = 0.35
STATISTICS = (
    ("lists", "elite", 10.71), ("party_1937", "elite", 10.93), ("arrests_1937", "mass", 13.75),
    ("arrests_1938", "mass", 13.37), ("deaths_1937", "mass", 12.78), ("first_sep", "mass", 0.84),
    ("first_autumn", "mass", -0.35), ("first_1938", "mass", 0.80), ("line_arrests", "national", 12.81),
    ("polish_share", "national", -0.43), ("raised_share", "where", 0.37), ("raises_border", "where", 0.68),
    ("stop", "stop", 254.0), ("abruptness", "stop", 5.01),
)  # fmt: skip


def _inclusion(mean: float, half: float, auc: float) -> dict[str, Any]:
    return {
        "mean": mean, "low": max(mean - half, 0.0), "high": min(mean + half, 1.0), "told": auc >= 0.75,
        "prior": PRIOR, "auc": auc,
    }  # fmt: skip


def _inclusions(world: str, rng: np.random.Generator) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for q in QUESTIONS:
        out[q] = {}
        for slug in SLUGS:
            if world == "nothing":
                out[q][slug] = _inclusion(PRIOR + rng.normal(0, 0.02), 0.2, float(rng.uniform(0.5, 0.7)))
            elif (slug == "agencies" and q in ("mass", "stop")) or (slug == "threat" and q in ("national", "where")):
                out[q][slug] = _inclusion(0.9, 0.07, 0.86)
            elif slug == "reactions" and q == "elite":
                out[q][slug] = _inclusion(0.55, 0.15, 0.8)
            elif slug == "below":
                out[q][slug] = _inclusion(0.06, 0.05, 0.9)
            else:
                out[q][slug] = _inclusion(float(rng.uniform(0.25, 0.5)), 0.2, float(rng.uniform(0.6, 0.95)))
    return out


def _none(world: str) -> dict[str, Any]:
    bad = {"none": {"mass", "stop"}}.get(world, set())
    return {
        q: {"p": 0.01 if q in bad else 0.4, "flagged": q in bad, "misfit": 1.2, "threshold": 2.0,
            "outside": {"outside/lottery": 0.6}}
        for q in QUESTIONS
    }  # fmt: skip


def _fit(world: str, rng: np.random.Generator) -> dict[str, Any]:
    rows = []
    for ident, phase, observed in STATISTICS:
        off = 3.0 if world == "none" and phase in ("mass", "stop") else float(rng.normal(0, 0.5))
        rows.append(
            {"id": ident, "q05": observed + off - 0.5, "q50": observed + off, "q95": observed + off + 0.5,
             "tail": float(math.exp(-abs(off) * 2.2)), "z": off, "defined": 1.0}
        )  # fmt: skip
    score = float(rng.uniform(0.8, 3))
    return {
        "score": {"mean": score, "low": score - 0.2, "high": score + 0.3}, "covered": 0.8, "fits": world != "none",
        "posterior": True, "draws": 8, "fresh": 5, "statistics": rows,
    }  # fmt: skip


def _recovery(inclusion: dict[str, Any]) -> dict[str, Any]:
    matrix = np.full((8, 8), 0.02) + np.eye(8) * 0.7
    matrix[0, 1] = 0.18
    matrix /= matrix.sum(axis=1, keepdims=True)
    kinds = [f"{s}/{v}" for s in SLUGS for v in ("strict", "charitable")]
    told = {
        q: {"slugs": {s: {"auc": i["auc"], "error": 0.03, "told": i["told"]} for s, i in own.items()},
            "ece": 0.05 + 0.01 * n, "truths": 900}
        for n, (q, own) in enumerate(inclusion.items())
    }  # fmt: skip
    return {
        "inclusion": told,
        "explanations": {
            "slugs": list(SLUGS), "slug_named": matrix.tolist(), "kinds": kinds, "truths": [20] * 16,
            "outside": {"outside/lottery": {"mean": [0.1] * 16, "greatest": 0.6}},
        },
    }  # fmt: skip


def result(world: str, seed: int = 1) -> dict[str, Any]:
    """`result.json` of a made-up weighing, in the shape that `thirtyseven weigh` writes."""
    rng = np.random.default_rng(seed)
    inclusion = _inclusions(world, rng)
    kinds = [f"{s}/{v}" for s in SLUGS for v in ("strict", "charitable")] + ["composite", "composite-without-plan"]
    fits = {kind: _fit(world, rng) for kind in kinds}
    own = {s["id"]: s for s in fits["composite"]["statistics"]}
    statistics = [
        {"id": i, "phase": p, "observed": o, "recalled": 0.5, **{k: own[i][k] for k in ("q05", "q50", "q95", "tail")}}
        for i, p, o in STATISTICS
    ]
    out: dict[str, Any] = {
        "version": "0.1.0", "code_digest": "c0de" * 4, "record_digest": "ec0d" * 4, "statistics_digest": "57a7" * 4,
        "seed": 37, "budget": "quick", "observed": "record", "runs": {"total": 13000, "bank_digest": "ba4c" * 4},
        "explanations": [
            {"slug": k.split("/")[0], "variant": k.split("/")[-1], "kind": k,
             "survives": {"mean": 0.1, "low": 0.08, "high": 0.13, "runs": 192},
             "log_evidence": None if k.startswith("below") else {"mean": float(rng.normal(-60, 9)), "error": 0.6},
             "problem": "too few runs" if k.startswith("below") else None}
            for k in kinds
        ],
        "inclusion": inclusion, "inclusion_without_plan": _inclusions(world, rng),
        "without_recalled": {"left_out": ["party_1937"], "inclusion": _inclusions(world, rng)},
        "none_of_these": _none(world), "statistics": statistics, "fits": fits,
        "agreement": {"composite": {q: {"mean": 0.08, "greatest": 0.2} for q in QUESTIONS}},
        "robust": {"kinds": kinds, "rule": "fits"}, "recalled_share": 0.46, "recovery": _recovery(inclusion),
    }  # fmt: skip
    if world == "missing":
        for key in ("inclusion_without_plan", "without_recalled", "fits", "agreement", "recalled_share", "recovery"):
            del out[key]
        out["none_of_these"] = {"elite": {"p": None, "flagged": None}}
        out["statistics"], out["explanations"] = [], []
        del out["inclusion"]["stop"]["plan"]
        out["inclusion"]["elite"]["plan"]["auc"] = None
    return out


def _curve(rise: float, fall: float) -> np.ndarray:
    at = np.arange(len(MONTHS))
    return 11_000 + 95_000 / (1 + np.exp(-(at - rise) * 2.5)) / (1 + np.exp((at - fall) * 0.5))


def _iso(day: date) -> str:
    return day.isoformat()


def _moment(middle: date, weeks: float, share: float) -> dict[str, Any]:
    early, late = middle - timedelta(weeks=weeks), middle + timedelta(weeks=weeks)
    return {"date": {"q05": _iso(early), "q50": _iso(middle), "q95": _iso(late)}, "by_itself": share}


def series(world: str, regions: tuple[str, ...], raised: frozenset[str], seed: int = 1) -> dict[str, Any]:
    """`series.json` of a made-up weighing, over the record's regions."""
    rng = np.random.default_rng(seed + 100)
    past = _curve(19.0, 26.0) * rng.lognormal(0, 0.06, len(MONTHS))
    models: dict[str, Any] = {}
    for i, slug in enumerate((*SLUGS, "composite", "composite-without-plan")):
        good = world == "nothing" or slug in ("plan", "agencies", "composite", "composite-without-plan")
        middle = _curve(19.0 if good else 15.0 + i % 3, 26.0 if good else 32.0)
        spread = 0.25 if good else 0.4
        where = {r: _region(r in raised, slug == "threat" and world != "nothing", rng) for r in regions}
        models[slug] = {
            "variant": "charitable", "kind": f"{slug}/charitable" if slug in SLUGS else slug, "runs": 200,
            "arrests": _band(middle, spread), "death_sentences": _band(middle * 0.4, spread),
            "by_year": {
                y: {"arrests": _spread(a * (1 if good else 0.6), 0.2), "death_sentences": _spread(a / 2, 0.3)}
                for y, a in (("1937", 936_750.0), ("1938", 638_509.0))
            },
            "regions": where,
            "launch": _moment(date(1937, 8, 5) + timedelta(weeks=0 if good else -20 + i), 6, 0.97),
            "stop": _moment(date(1938, 11, 17) + timedelta(weeks=0 if slug == "plan" else 9), 7, 0.8 if good else 0.3),
        }  # fmt: skip
    out = {
        "months": list(MONTHS),
        "record": {
            "arrests": [None if i == 2 else float(v) for i, v in enumerate(past)],
            "arrests_note": "Names in the memorial books divided by each year’s coverage",
            "arrests_coverage": {"1937": 0.38, "1938": 0.31},
        },
        "models": models,
        "robust": [
            {"id": "cat", "sentence": "First-category limits grew more than second-category limits",
             "holds": dict.fromkeys(SLUGS, True), "n": 200},
            {"id": "stop", "sentence": "The operations would have ended by the spring of 1939",
             "holds": {s: s != "threat" for s in SLUGS}, "n": 200},
        ],
    }  # fmt: skip
    if world == "missing":
        out["robust"] = []
        for model in models.values():
            for key in ("by_year", "regions", "death_sentences", "launch"):
                del model[key]
            model["stop"] = {"by_itself": 0.0}
        del models["below"]
    return out


def _region(raised: bool, finds: bool, rng: np.random.Generator) -> dict[str, Any]:
    p = (0.75 if raised else 0.2) if finds else 0.45
    return {
        "raised": float(np.clip(rng.normal(p, 0.12), 0, 1)), "sentenced_rate": _spread(40.0, 0.5),
        "last_over_first": _spread(2.4, 0.4), "reached_over_last": _spread(1.0, 0.1),
    }  # fmt: skip


def _spread(middle: float, rel: float) -> dict[str, float]:
    return {"q05": middle * (1 - rel), "q50": middle, "q95": middle * (1 + rel)}


def _band(middle: np.ndarray, rel: float) -> dict[str, list[float]]:
    return {"q05": (middle * (1 - rel)).tolist(), "q50": middle.tolist(), "q95": (middle * (1 + rel)).tolist()}


def write(folder: Path, world: str, regions: tuple[str, ...], raised: frozenset[str]) -> Path:
    """Write both files of a made-up world into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(result(world)), encoding="utf-8")
    (folder / "series.json").write_text(json.dumps(series(world, regions, raised)), encoding="utf-8")
    return folder
