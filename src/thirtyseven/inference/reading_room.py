"""Reading series off the papers: one function a series, each with the error that real files would have.

Every reader takes the papers of a batch and a generator and returns (B, d) numbers a run on scales on which errors are
even: log counts, log odds, correlations over regions. Which error a series has stands beside it in `archives.py`.
"""

from __future__ import annotations

import numpy as np

from thirtyseven.inference.papers import (
    COVARIATES,
    FAMILIES,
    HALF,
    Papers,
    case_sizes,
    columns,
    entered,
    gradient,
    letters,
    likeness,
    named_elite,
    onset,
    quarters,
    returned,
    sampled,
    share_of,
    some_regions,
)
from thirtyseven.inference.simulator import Floats
from thirtyseven.society.calendar import month_of_week

LINES = FAMILIES["lines"]


def _log(values: Floats, add: float) -> Floats:
    return np.asarray(np.log(np.maximum(values, 0.0) + add))


def requests(p: Papers, rng: np.random.Generator) -> Floats:
    """Numbers, refusals and categories of raises by period, their gradients, and whether they repeat themselves."""
    first = np.asarray(p.setting.limits, float)[:-1].sum(axis=1)
    early, late = p.half.requests[:, :-1], (p.end.requests - p.half.requests)[:, :-1]
    given_early, given_late = p.half.raised_all[:, :-1], (p.end.raised_all - p.half.raised_all)[:, :-1]
    shares = [share_of(g[..., 0].sum(axis=1), g.sum(axis=(1, 2)), 500.0) for g in (given_early, given_late)]
    refused_early = p.half.refusals[:, :-1].sum(axis=1)
    refused_late = p.end.refusals[:, :-1].sum(axis=1) - refused_early
    sizes = [np.log(returned(g.sum(axis=2), 0.1, rng) / first + 0.05) for g in (given_early, given_late)]
    asked = [returned(x, 0.1, rng) for x in (early, late)]
    secretaries = p.half.secretaries[:, :-1]
    return columns(
        *(_log(x.sum(axis=1), 3.0) for x in asked), share_of(refused_early, early.sum(axis=1)),
        share_of(refused_late, late.sum(axis=1)), *shares, *(gradient(s, p.covariates) for s in sizes),
        likeness(*sizes), likeness(*asked), likeness(asked[0], secretaries), likeness(asked[1], secretaries),
    )  # fmt: skip


def spells(p: Papers, rng: np.random.Generator) -> Floats:
    """Changes in office by period, and whether the pace of a region turns with its chief."""
    chiefs = [p.half.chiefs[:, :-1], (p.end.chiefs - p.half.chiefs)[:, :-1]]
    heads = [p.half.secretaries[:, :-1], (p.end.secretaries - p.half.secretaries)[:, :-1]]
    pace = quarters(p.counted("sentenced", ("troika", *LINES)))
    turn = np.log(returned(pace[:, 4:].sum(axis=1), 0.1, rng) + 20) - np.log(pace[:, :4].sum(axis=1) + 20)
    elite = np.log(quarters(p.counted("arrested", ("lists",)))[:, :4].sum(axis=1) + 5.0)
    return columns(*(_log(x.sum(axis=1), 3.0) for x in (*chiefs, *heads)), *(likeness(c, turn) for c in chiefs),
                   likeness(heads[0], elite), likeness(chiefs[0], heads[0]),
                   *(_log((x > 1).sum(axis=1), 2.0) for x in (*chiefs, *heads)))  # fmt: skip


def monthly_sentences(p: Papers, rng: np.random.Generator) -> Floats:
    """Quarterly sentences and their first-category share, four ways."""
    parts = []
    for ways in FAMILIES.values():
        total = quarters(returned(p.union("sentenced", ways)[:, 36:60], 0.07, rng))
        death = quarters(returned(p.union("first_category", ways)[:, 36:60], 0.07, rng))
        parts += [_log(total, 200.0), share_of(np.minimum(death, total), total, 75.0)]
    return columns(*parts)


def line_regions(p: Papers, rng: np.random.Generator) -> Floats:
    """Gradients of each line's rate among those within reach."""
    parts = []
    for k, line in enumerate(LINES):
        counts = returned(p.counted("sentenced", (line,)).sum(axis=1), 0.15, rng)
        reach = np.asarray(p.setting.minority, float)[:-1, k]
        some = np.argsort(reach)[-30:]
        rate = np.log((counts[:, some] + 2.0) / (reach[some] + 50.0))
        parts.append(gradient(rate, p.covariates[some]))
    return columns(*parts)


def provenance(p: Papers, rng: np.random.Generator) -> Floats:
    """What brought people on the mass operation's registers, in a sample."""
    mass = entered(p)
    return columns(*(sampled(mass[:, k], 600, rng) for k in range(3)))


def elite_provenance(p: Papers, rng: np.random.Generator) -> Floats:
    """Share of office-holders named before their arrest, in a sample."""
    return sampled(named_elite(p), 300, rng)[:, None]


def letter_sample(p: Papers, rng: np.random.Generator) -> Floats:
    """Share of ordinary cases that begin with a letter, in quarterly samples."""
    level = quarters(letters(p)) / 3.0
    share = 1_500.0 * level / (1_500.0 * level + 1_800.0)
    return columns(*(sampled(share[:, q], 100, rng) for q in range(8)))


def case_sample(p: Papers, rng: np.random.Generator) -> Floats:
    """Mean, tail and greatest of case sizes among office-holders and in the mass operation."""
    parts = []
    for branching in (named_elite(p), entered(p)[:, 1]):
        size = case_sizes(branching, 200, rng)
        parts += [np.log(size.mean(axis=1)), np.log((size >= 10).sum(axis=1) + 0.5), np.log(size.max(axis=1))]
    return columns(*parts)


def unrest(p: Papers, rng: np.random.Generator) -> Floats:
    """Likeness of arrests to signs of unrest, early, in the middle and late."""
    signs = p.covariates[:, COVARIATES.index("unrest")]
    measured = signs + 0.5 * rng.standard_normal((p.end.runs, len(signs)))
    pace = quarters(p.counted("arrested", ("troika",)))
    rates = [np.log((returned(pace[:, q : q + 2].sum(axis=1), 0.15, rng) + 10.0) / p.people * 1e4) for q in (2, 4, 6)]
    return columns(*(likeness(rate, measured) for rate in rates))


def threat(p: Papers, rng: np.random.Generator) -> Floats:
    """Likeness of each line's arrests to the danger abroad, at once, a month and three months later."""
    months = np.array([np.asarray(p.setting.threat, float)[_weeks(m)].mean(axis=0) for m in range(32, 59)])
    parts = []
    for k, line in enumerate(LINES):
        monthly = np.log(returned(p.union("arrested", (line,))[:, 36:59], 0.1, rng) + 20.0)
        for lag in (0, 1, 3):
            index = months[4 - lag : 27 - lag, k]
            noisy = index + 0.3 * index.std() * rng.standard_normal((p.end.runs, len(index)))
            parts.append(likeness(monthly, noisy))
    return columns(*parts)


def _weeks(month: int) -> np.ndarray:
    return np.flatnonzero(np.array(month_of_week()) == month)


def reversals(p: Papers, rng: np.random.Generator) -> Floats:
    """Refusals by period and region."""
    early, late = p.half.refusals[:, :-1], (p.end.refusals - p.half.refusals)[:, :-1]
    asked = [p.half.requests[:, :-1].sum(axis=1), (p.end.requests - p.half.requests)[:, :-1].sum(axis=1)]
    shares = [share_of(x.sum(axis=1), a, 3.0) for x, a in zip((early, late), asked, strict=True)]
    total = np.log(returned(early + late, 0.1, rng) + 0.5)
    return columns(*(_log(x.sum(axis=1), 2.0) for x in (early, late)), *shares, gradient(total, p.covariates))


def totals(p: Papers, rng: np.random.Generator) -> Floats:
    """Gradients of the final rate, its category, and how far the last limits were used."""
    sentenced = p.counted("sentenced", ("troika",)).sum(axis=1)
    first = p.counted("first_category", ("troika",)).sum(axis=1)
    rate = np.log((returned(sentenced, 0.1, rng) + 10.0) / p.people * 1e4)
    reached = np.log((returned(sentenced, 0.1, rng) + 10.0) / (p.end.limits[:, :-1].sum(axis=2) + 10.0))
    return columns(gradient(rate, p.covariates), gradient(share_of(first, sentenced), p.covariates),
                   reached.mean(axis=1), np.log(reached.std(axis=1) + 0.01))  # fmt: skip


def frontier(p: Papers, rng: np.random.Generator) -> Floats:
    """Frontier over interior, and the frontier, by quarter."""
    frontier = np.argsort(np.asarray(p.setting.border, float)[:-1])[-12:]
    inside = np.argsort(np.asarray(p.setting.border, float)[:-1])[:12]
    pace = quarters(p.counted("sentenced", ("troika",)))
    both = [_log(returned(pace[:, 2:, some].sum(axis=2), 0.1, rng), 50.0) for some in (frontier, inside)]
    return columns(both[0] - both[1], both[0])


def troika_category(p: Papers, rng: np.random.Generator) -> Floats:
    """First-category share of single troikas by quarter, and its spread."""
    some = some_regions("troika protocols", 15, p.months.shape[2])
    sentenced, first = (quarters(p.counted(x, ("troika",)))[:, 2:, some] for x in ("sentenced", "first_category"))
    logit = share_of(first, sentenced) + 0.1 * rng.standard_normal(sentenced.shape)
    return columns(logit.mean(axis=2), np.log(logit.std(axis=2) + 0.05))


def storming(p: Papers, rng: np.random.Generator) -> Floats:
    """Sentences of the last two weeks of a term over those of the weeks about it."""
    weekly = p.end.weekly[:, :, 4, 1].astype(float)
    ends = [slice(HALF - 2, HALF), slice(HALF + 9, HALF + 11)]
    around = [slice(HALF - 10, HALF - 2), slice(HALF + 2, HALF + 9)]
    means = [[weekly[:, span].mean(axis=1) + 20.0 for span in spans] for spans in (ends, around)]
    parts = [np.log(end / other) for end, other in zip(*means, strict=True)]
    return columns(*(x + 0.05 * rng.standard_normal(len(x)) for x in parts))


def list_regions(p: Papers, rng: np.random.Generator) -> Floats:
    """Gradients of names on lists, and their beginning beside the removal of secretaries."""
    names = p.counted("sentenced", ("lists",))
    total = np.log((returned(names.sum(axis=1), 0.1, rng) + 1.0) / (np.asarray(p.setting.office_holders, float)[:-1] + 5.0))
    begun = onset(names)
    return columns(gradient(total, p.covariates), begun.mean(axis=1), np.log(begun.std(axis=1) + 0.2),
                   likeness(begun, p.half.secretaries[:, :-1]), likeness(total, p.half.secretaries[:, :-1]))  # fmt: skip


def elite_onset(p: Papers, rng: np.random.Generator) -> Floats:
    """When each region's office-holders were reached, and how unevenly."""
    begun = onset(p.counted("arrested", ("lists",)))
    mass = onset(p.counted("arrested", ("troika",)))
    noisy = begun + 0.5 * rng.standard_normal(begun.shape)
    return columns(noisy.mean(axis=1), np.log(noisy.std(axis=1) + 0.2), likeness(noisy, mass), gradient(noisy, p.covariates))


def convoys(p: Papers, rng: np.random.Generator) -> Floats:
    """Time course of three lines, arrests and sentences."""
    parts = []
    for line in ("polish", "german", "harbin"):
        for what in ("arrested", "sentenced"):
            monthly = quarters(returned(p.union(what, (line,))[:, 36:60], 0.1, rng))[:, 2:]
            parts.append(share_of(monthly, monthly.sum(axis=1, keepdims=True), 100.0))
    return columns(*parts)


def releases(p: Papers, rng: np.random.Generator) -> Floats:
    """Releases by quarter, 1937-39."""
    monthly = returned(p.union("released")[:, 36:72], 0.1, rng)
    return _log(monthly.reshape(len(monthly), 12, 3).sum(axis=2), 100.0)


def prisons(p: Papers, rng: np.random.Generator) -> Floats:
    """People arrested and neither sentenced nor released, at the end of each quarter."""
    flow = p.counted("arrested") - p.counted("sentenced") - p.counted("released")
    held = np.maximum(flow.sum(axis=2).cumsum(axis=1)[:, 2::3] + 25_000.0, 1_000.0)
    regional = np.maximum(flow.cumsum(axis=1)[:, 14], 0.0)
    crowd = np.log((returned(regional, 0.15, rng) + 50.0) / p.people * 1e4)
    return columns(_log(returned(held, 0.05, rng), 0.0), gradient(crowd, p.covariates))


def camps(p: Papers, rng: np.random.Generator) -> Floats:
    """Prisoners sentenced in camps by quarter and category."""
    camps = p.end.regional[:, 1:25, -1, 4].astype(float)
    sentenced, first = (quarters(returned(camps[..., k], 0.1, rng))[:, 2:] for k in (1, 2))
    return columns(_log(sentenced, 50.0), share_of(np.minimum(first, sentenced), sentenced))


def party(p: Papers, rng: np.random.Generator) -> Floats:
    """Expulsions and reinstatements by region and half-year."""
    expelled, back = (p.end.careers_regional[:, :-1, k].astype(float) for k in (0, 1))
    members = np.asarray(p.setting.party, float)[:-1]
    out = np.log((returned(expelled, 0.1, rng) + 2.0) / (members + 50.0))
    returns = share_of(returned(back, 0.1, rng), expelled + 1.0)
    weekly = p.end.careers[:, :, :2].astype(float)
    months = np.stack([weekly[:, _weeks(m)].sum(axis=1) for m in range(12, 72)], axis=1)
    half_years = returned(months.reshape(len(months), 10, 6, 2).sum(axis=2), 0.1, rng)
    return columns(gradient(out, p.covariates), gradient(returns, p.covariates), _log(half_years, 500.0))


def officers(p: Papers, rng: np.random.Generator) -> Floats:
    """Officers discharged, taken back and arrested by quarter, and where."""
    weekly = np.concatenate([p.end.careers[:, :, 2:], p.end.weekly[:, :, 2, :1]], axis=2).astype(float)
    months = np.stack([weekly[:, _weeks(m)].sum(axis=1) for m in range(36, 72)], axis=1)
    by_quarter = returned(months.reshape(len(months), 12, 3, 3).sum(axis=2), 0.1, rng)
    taken = np.log((p.counted("arrested", ("army",)).sum(axis=1) + 1.0) / (np.asarray(p.setting.officers, float)[:-1] + 20.0))
    return columns(_log(by_quarter, 50.0), gradient(taken, p.covariates))


def service(p: Papers, rng: np.random.Generator) -> Floats:
    """Arrests of security staff by quarter and region, beside the turnover of chiefs."""
    monthly = quarters(returned(p.union("arrested", ("nkvd",))[:, 36:60], 0.1, rng))
    own = np.log((p.counted("arrested", ("nkvd",)).sum(axis=1) + 0.5) / (np.asarray(p.setting.security, float)[:-1] + 20.0))
    return columns(_log(monthly, 20.0), gradient(own, p.covariates), likeness(own, p.end.chiefs[:, :-1]))


def families(p: Papers, rng: np.random.Generator) -> Floats:
    """Relatives arrested by quarter."""
    monthly = quarters(returned(p.union("arrested", ("families",))[:, 36:60], 0.15, rng))[:, 2:]
    return _log(monthly, 50.0)


def groups(p: Papers, rng: np.random.Generator) -> Floats:
    """Shares of the order's three groups."""
    groups = returned(p.end.groups, 0.05, rng)
    return columns(*(share_of(groups[:, k], groups.sum(axis=1), 100.0) for k in range(3)))


def earlier(p: Papers, rng: np.random.Generator) -> Floats:
    """Arrests by quarter before the mass operation, three grounds."""
    parts = []
    for ways in (("lists", "party"), ("ordinary",), ("nkvd", "army")):
        monthly = returned(p.union("arrested", ways)[:, 12:42], 0.1, rng)
        parts.append(_log(monthly.reshape(len(monthly), 10, 3).sum(axis=2), 20.0))
    return columns(*parts)


def towns(p: Papers, rng: np.random.Generator) -> Floats:
    """Gradients of arrests outside the mass operations."""
    rate = [np.log((returned(p.counted("arrested", ways).sum(axis=1), 0.1, rng) + 2.0) / p.people * 1e4)
            for ways in (("ordinary",), ("party",), ("lists",))]  # fmt: skip
    return columns(*(gradient(r, p.covariates) for r in rate))


def excess(p: Papers, rng: np.random.Generator) -> Floats:
    """Sentences beyond what was allowed at the end of 1937 and at the end, in the regions where both are known."""
    some = some_regions("limits against protocols", 40, p.months.shape[2])
    sentenced = p.counted("sentenced", ("troika",))[:, :, some]
    parts = []
    for outcome, until in ((p.half, 12), (p.end, 24)):
        allowed = outcome.limits[:, :-1].sum(axis=2)[:, some]
        done = returned(sentenced[:, :until].sum(axis=1), 0.05, rng)
        fill = np.log((done + 20.0) / (allowed + 20.0))
        parts.append(columns(fill.mean(axis=1), gradient(fill, p.covariates[some])))
    turns = p.end.chiefs[:, :-1][:, some]
    return columns(*parts, likeness(fill, turns))
