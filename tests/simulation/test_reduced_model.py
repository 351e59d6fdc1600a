"""The reduced model of `docs/reduced-model.md`: the engine by events against closed forms, a person-by-person oracle, NumPy."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
if not BENCHMARKS.is_dir():
    pytest.skip("the benchmarks are not beside these tests", allow_module_level=True)
sys.path.insert(0, str(BENCHMARKS))

from reduced import dense, engine  # noqa: E402
from reduced.model import DEGREE, REGIMES, TRIAL, Numbers, ties  # noqa: E402

from thirtyseven import draws  # noqa: E402
from thirtyseven.society.permutation import permuted  # noqa: E402


def runs(people, numbers, seeds, weeks, start=0):
    return np.array([engine.simulate(people, numbers, seed, weeks, start)[0] for seed in seeds])


def test_survival_under_pressure_alone_is_binomial():
    """Without naming, those at liberty after w weeks are Bin(N, (1 - b)^w): mean, variance, and independence of weeks."""
    n, b, number = 2000, 0.004, 3000
    found = runs(n, Numbers(b, 0.0), range(number), 40)
    for week in (1, 7, 40):
        left = n - found[:, :week].sum(axis=1)
        share = (1 - b) ** week
        variance = n * share * (1 - share)
        assert abs(left.mean() - n * share) < 4 * np.sqrt(variance / number)
        assert abs(left.var(ddof=1) / variance - 1) < 4 * np.sqrt(2 / number)


def offspring(numbers, degree, most=200):
    """P(k named) along `degree` ties: binomial, mixed over the geometric length of the investigation."""
    length = np.arange(1, 4000)
    weight = numbers.recovery * (1 - numbers.recovery) ** (length - 1.0)
    used = 1 - (1 - numbers.naming) ** length
    law = np.zeros(most)
    law[: degree + 1] = (weight * stats.binom.pmf(np.arange(degree + 1)[:, None], degree, used)).sum(axis=1)
    return law


def progeny(root, others, most):
    """P(n arrested in all) for n = 1 ... most - 1, the first included (Otter 1949, Dwass 1969, recalled)."""
    found, power = np.zeros(most), np.zeros(most)
    found[1] = root[0]
    power[0] = 1.0
    for n in range(2, most):
        power = np.convolve(power, others[:most])[:most]  # law of the children of n - 1 people
        k = np.arange(1, min(n, DEGREE + 1))
        found[n] = (root[k] * k / (n - 1) * power[n - 1 - k]).sum()
    return found


@pytest.mark.parametrize("numbers", [REGIMES["1 %"], Numbers(0.0, 0.015, 0.125)])
def test_cascades_from_one_person_have_the_known_sizes(numbers):
    """Eight ties of the first, seven of the others: sizes follow the total progeny of that branching process."""
    numbers = Numbers(0.0, numbers.naming, numbers.recovery)
    law = progeny(offspring(numbers, DEGREE), offspring(numbers, DEGREE - 1), 400)
    number = 12_000
    sizes = 1 + runs(400_000, numbers, range(number), 1500, start=1).sum(axis=1)
    shown = 20
    expected = np.append(law[1:shown], 1 - law[:shown].sum()) * number
    counted = np.bincount(np.minimum(sizes, shown), minlength=shown + 1)[1:]
    assert expected.min() > 5
    assert stats.chisquare(counted, expected * counted.sum() / expected.sum()).pvalue > 1e-4
    mean = 1 + DEGREE * numbers.used / (1 - (DEGREE - 1) * numbers.used)
    assert abs(sizes.mean() - mean) < 4 * sizes.std() / np.sqrt(number)


def oracle(people, numbers, seed, weeks):
    """Everybody asked every week, in plain Python, with the same addressed draws."""
    seeds = np.array([seed], np.uint64)
    log = lambda u: -np.log1p(-u)  # noqa: E731
    rate = [-np.log1p(-chance) for chance in (numbers.pressure, numbers.naming, numbers.recovery)]
    spacing = log(draws.uniforms(seeds, draws.PURPOSES["cell-spacing"], 0, np.arange(people))[0]) / np.arange(people, 0, -1)
    due = np.empty(people, int)
    due[permuted(np.arange(people), people, seed, 9)] = np.cumsum(spacing) / rate[0]
    known = np.stack([permuted(np.arange(people), people, seed, j // 2, back=bool(j % 2)) for j in range(DEGREE)])
    since, found = np.full(people, -1), []
    for week in range(weeks):
        named = {who for x in np.flatnonzero(since >= 0) for who in given(x, week - since[x], seed, rate, known)}
        new = [x for x in range(people) if since[x] < 0 and (due[x] == week or x in named)]
        since[new] = week
        found.append(set(new))
    return found


def given(person, age, seed, rate, known):
    """Whom a person under investigation for `age` weeks names this week for the first time."""
    u, v = draws.uniform2(np.uint64(seed), draws.PURPOSES["names"], int(person), 0)
    length, left, clock, names = 1 + int(-np.log1p(-u) / rate[2]), list(range(DEGREE)), 0.0, []
    while left:
        clock += -np.log1p(-v) / (len(left) * rate[1])
        if clock >= length:
            break
        u, v = draws.uniform2(np.uint64(seed), draws.PURPOSES["name-choice"], int(person), len(left))
        slot = left.pop(int(u * len(left)))
        if int(clock) + 1 == age:
            names.append(int(known[slot, person]))
    return names


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_equals_an_oracle_that_asks_everybody(seed):
    numbers, people, weeks = Numbers(0.004, 0.03, 0.125), 90, 30
    arrested, log = engine.simulate(people, numbers, seed, weeks)
    cut = np.split(log, np.cumsum(arrested)[:-1])
    assert [set(part.tolist()) for part in cut] == oracle(people, numbers, seed, weeks)
    assert len(set(log.tolist())) == len(log) > 5


def test_the_dense_stepper_agrees_in_mean_and_variance():
    """Two programs without a shared line, four moments in standard errors."""
    people, weeks, number = 500, 45, 500
    ours = runs(people, TRIAL, range(number), weeks).cumsum(axis=1)
    theirs = []
    for seed in range(number):
        program = dense.Program(people, TRIAL, seed)
        theirs.append([program.week() for _ in range(weeks)])
    other = np.cumsum(theirs, axis=1)
    for week in (2, 9, 20, 44):
        a, b = ours[:, week], other[:, week]
        assert abs(a.mean() - b.mean()) < 4 * np.sqrt((a.var() + b.var()) / number)
        error = [np.std((x - x.mean()) ** 2) / np.sqrt(number) for x in (a, b)]
        assert abs(a.var() - b.var()) < 4 * np.hypot(*error)


def test_more_people_than_one_room_are_still_the_same_run():
    """Where the room made for arrests is too small the run begins again, and nothing shows it."""
    small = engine.simulate(50_000, Numbers(1e-7, 0.2, 0.125), 3, 60, start=1)
    assert small[0].sum() > 10_000 and len(small[1]) == small[0].sum()
    assert np.array_equal(small[0], engine.simulate(50_000, Numbers(1e-7, 0.2, 0.125), 3, 60, start=1)[0])


def test_certain_chances():
    assert engine.simulate(100, Numbers(1.0, 0.0, 1.0), 1, 3)[0].tolist() == [100, 0, 0]
    assert engine.simulate(100, Numbers(0.0, 0.0, 0.0), 1, 3, start=1)[0].tolist() == [0, 0, 0]
    assert 5 < engine.simulate(10_000, Numbers(0.0, 1.0, 1.0), 1, 1, start=1)[0][0] <= DEGREE
    with pytest.raises(ValueError, match="between 0 and 1"):
        Numbers(1.5)


def test_ties_of_the_tables_are_mutual():
    table = ties(200, np.random.default_rng(1))
    assert table.shape == (DEGREE, 200)
    assert all(i in table[:, j] for i in range(200) for j in table[:, i])
