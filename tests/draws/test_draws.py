"""The only randomness: known answers, uniformity, independence, quantiles, order."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import config, njit
from scipy import special, stats

from thirtyseven import draws

pytestmark = pytest.mark.skipif(config.DISABLE_JIT, reason="compiles to compare with plain Python; see the last tests")

# Random123 (Salmon et al. 2011), file kat_vectors, philox4x32 with 10 rounds.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
     (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]
GRID = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 5001), 10.0 ** -np.arange(3, 13),
                       1 - 10.0 ** -np.arange(3, 12)])
SEEDS = np.array([0, 1, 2, 1937, 2**63 + 5], dtype=np.uint64)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_words(counter, key, answer):
    assert tuple(int(x) for x in draws.philox(*counter, *key)) == answer
    assert tuple(int(x) for x in draws.philox.py_func(*counter, *key)) == answer


def test_purposes_are_distinct_and_fit_a_counter_word():
    numbers = list(draws.PURPOSES.values())
    assert len(numbers) > 20
    assert len(set(numbers)) == len(numbers)
    assert all(0 < n < 2**32 for n in numbers)


def test_uniforms_are_uniform():
    u = draws.uniforms(SEEDS, 3, np.arange(200_000), 7)
    for row in u:
        counts = np.histogram(row, bins=256, range=(0, 1))[0]
        assert stats.chisquare(counts).pvalue > 1e-4
        assert stats.kstest(row, "uniform").pvalue > 1e-4
    assert u.min() > 0.0 and u.max() < 1.0


def test_low_bits_are_uniform_too():
    u = draws.uniforms([5], 3, np.arange(200_000), 7)[0]
    assert stats.chisquare(np.histogram((u * 2.0**40) % 1.0, bins=64, range=(0, 1))[0]).pvalue > 1e-4


@pytest.mark.parametrize("other", ["seed", "purpose", "who", "occasion"])
def test_neighbouring_addresses_are_independent(other):
    n, who = 100_000, np.arange(100_000)
    one = draws.uniforms([11], 3, who, 7)[0]
    address = {"seed": (12, 3, 0, 7), "purpose": (11, 4, 0, 7), "who": (11, 3, n, 7),
               "occasion": (11, 3, 0, 8)}
    seed, purpose, shift, occasion = address[other]
    two = draws.uniforms([seed], purpose, who + shift, occasion)[0]
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(n)
    table = np.histogram2d(one, two, bins=16, range=[(0, 1), (0, 1)])[0]
    assert stats.chisquare(table.ravel()).pvalue > 1e-4


def test_successive_people_are_independent():
    u = draws.uniforms([3], 3, np.arange(200_001), 0)[0]
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4 / np.sqrt(u.size)
    table = np.histogram2d(u[:-1], u[1:], bins=16, range=[(0, 1), (0, 1)])[0]
    assert stats.chisquare(table.ravel()).pvalue > 1e-4


def test_pair_and_index():
    u, v = draws.uniform2(9, 1, 2, 3)
    assert u == draws.uniform(9, 1, 2, 3)
    assert len({u, v, *draws.uniform2(9, 1, 2, 3, 1)}) == 4
    pairs = np.array([draws.uniform2(9, 1, i, 3) for i in range(4000)])
    assert abs(np.corrcoef(pairs.T)[0, 1]) < 4 / np.sqrt(4000)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), purpose=st.integers(0, 2**32 - 1), who=st.integers(0, 2**32 - 1),
       occasion=st.integers(0, 2**32 - 1))
def test_compiled_equals_plain_python_and_the_arrays(seed, purpose, who, occasion):
    u = draws.uniform(np.uint64(seed), purpose, who, occasion)
    assert u == draws.uniform.py_func(np.uint64(seed), purpose, who, occasion)
    assert u == draws.uniforms([seed], purpose, who, occasion)[0]
    assert 0.0 < u < 1.0


def test_shapes():
    assert draws.uniforms([1, 2], 1, 3, 4).shape == (2,)
    assert draws.uniforms([1, 2], 1, np.arange(5), 4).shape == (2, 5)
    assert draws.uniforms([1], 1, np.arange(5)[:, None], np.arange(3)).shape == (1, 5, 3)
    assert draws.uniforms([1], 1, np.arange(5), 4)[0, 3] == draws.uniform(1, 1, 3, 4)


def test_normal_and_exponential():
    assert np.allclose(draws.normals(GRID), special.ndtri(GRID), rtol=1e-13, atol=1e-15)
    assert draws.exponential(0.5) == pytest.approx(np.log(2), rel=1e-15)
    assert draws.exponential(1e-300) == pytest.approx(1e-300)
    assert draws.exponential(1 - 2.0**-53) == pytest.approx(53 * np.log(2))


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.7, 3, 10, 29.99, 30.01, 47, 120, 1e3, 1e4, 1e6])
def test_poisson_is_the_exact_quantile(mean):
    exact = stats.poisson.ppf(GRID, mean) if mean else np.zeros(GRID.size)
    assert np.array_equal(draws.poissons(GRID, mean), exact)


@pytest.mark.parametrize(("n", "p"), [(10, 0.3), (10, 0.87), (1000, 0.01), (1000, 0.2), (62, 0.5),
                                      (100, 0.6), (10**6, 0.3), (10**6, 1e-4), (10**5, 0.999), (1, 0.5),
                                      (162_003_225, 1e-6)])
def test_binomial_is_the_exact_quantile(n, p):
    k = draws.binomials(GRID, n, p)
    assert np.array_equal(k, stats.binom.ppf(GRID, n, p))
    assert k.min() >= 0 and k.max() <= n


def test_binomial_edges():
    assert [draws.binomial(0.5, 0, 0.5), draws.binomial(0.5, 7, 0.0)] == [0, 0]
    assert draws.binomial(0.5, 7, 1.0) == 7
    assert draws.binomial(1 - 2.0**-53, 40, 0.99) == 40
    assert draws.binomial(2.0**-53, 300, 0.01) == 0


@pytest.mark.parametrize(("mean", "k"), [(4, 0.7), (0.1, 2.0), (100, 0.7), (490, 30), (510, 30),
                                         (1e4, 0.7), (1e5, 1e3)])
def test_negative_binomial_is_the_exact_quantile(mean, k):
    u = GRID[::20]
    assert np.array_equal(draws.negative_binomials(u, mean, k), stats.nbinom.ppf(u, k, k / (k + mean)))


@pytest.mark.parametrize("shape", [0.05, 0.5, 1, 2, 30, 1e4])
def test_gamma_quantile(shape):
    u = GRID[(GRID > 1e-10) & (GRID < 1 - 1e-7)][::10]
    assert np.allclose(draws.gammas(u, shape), stats.gamma.ppf(u, shape), rtol=1e-7, atol=1e-280)


@settings(max_examples=300, deadline=None)
@given(u=st.floats(1e-9, 1 - 1e-9), v=st.floats(1e-9, 1 - 1e-9), mean=st.floats(0, 500),
       more=st.floats(0, 100), n=st.integers(0, 2000), p=st.floats(0, 1))
def test_counts_rise_with_the_uniform_and_the_mean(u, v, mean, more, n, p):
    u, v = min(u, v), max(u, v)
    assert draws.poisson(u, mean) <= draws.poisson(v, mean)
    assert draws.poisson(u, mean) <= draws.poisson(u, mean + more)
    assert draws.binomial(u, n, p) <= draws.binomial(v, n, p)
    assert draws.binomial(u, n, p) <= draws.binomial(u, n + 5, p)
    assert draws.binomial(u, n, p) <= draws.binomial(u, n, min(1.0, p * 1.1 + 1e-6))
    assert draws.negative_binomial(u, mean, 0.7) <= draws.negative_binomial(v, mean, 0.7)


def test_monotone_across_the_change_of_method():
    u = np.linspace(1e-4, 1 - 1e-4, 4001)
    rows = np.array([draws.poissons(u, m) for m in np.linspace(29.9, 30.1, 41)])
    assert (np.diff(rows, axis=0) >= 0).all() and (np.diff(rows, axis=1) >= 0).all()


def test_same_numbers_on_one_thread_and_on_two():
    who = np.arange(20_000)
    alone = draws.uniforms([4], 2, who, 1)[0]
    halves = [None, None]

    def fill(i):
        halves[i] = draws.uniforms([4], 2, who[i::2], 1)[0]

    threads = [threading.Thread(target=fill, args=(i,)) for i in (1, 0)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert np.array_equal(alone[0::2], halves[0]) and np.array_equal(alone[1::2], halves[1])


def test_same_numbers_with_compilation_switched_off():
    code = ("from thirtyseven import draws as d; print(repr([float(d.uniform(2**63 + 1, 3, 7, 11)),"
            " float(d.normal(0.01)), d.poisson(0.9, 45.0), d.binomial(0.2, 900, 0.3),"
            " d.negative_binomial(0.8, 4.0, 0.7), float(d.gamma(0.3, 2.0))]))")
    source = Path(draws.__file__).parents[1]
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(source)}
    plain = subprocess.run([sys.executable, "-W", "error", "-c", code], env=env, check=True,
                           capture_output=True, text=True)
    here = [draws.uniform(np.uint64(2**63 + 1), 3, 7, 11), draws.normal(0.01), draws.poisson(0.9, 45.0),
            draws.binomial(0.2, 900, 0.3), draws.negative_binomial(0.8, 4.0, 0.7), draws.gamma(0.3, 2.0)]
    assert eval(plain.stdout) == pytest.approx(here, rel=1e-14)


@njit
def _sum(n):
    total = 0.0
    for i in range(n):
        total += draws.uniform(7, 3, i, 5)
    return total


def test_a_uniform_is_cheap():
    _sum(1)
    best = min(_timed(400_000) for _ in range(5))
    assert best < 100e-9, "a uniform should take about 15 ns; 100 ns leaves room for a busy machine"


def _timed(n):
    start = time.perf_counter()
    assert abs(_sum(n) / n - 0.5) < 0.01
    return (time.perf_counter() - start) / n
