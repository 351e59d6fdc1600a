"""Keyed permutations that store nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import config
from scipy import stats

from thirtyseven.society.permutation import backward, forward, permuted

pytestmark = pytest.mark.skipif(config.DISABLE_JIT, reason="compiles to compare with plain Python")

EVERYBODY = 162_003_225


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7, 10, 16, 17, 63, 64, 65, 1000, 4096, 65_537])
def test_every_number_has_one_image_and_one_preimage(n):
    for seed in (0, 1937, 2**63 + 1):
        image = permuted(np.arange(n), n, seed, 3, 4)
        assert np.array_equal(np.sort(image), np.arange(n))
        assert np.array_equal(permuted(image, n, seed, 3, 4, back=True), np.arange(n))


@settings(max_examples=200, deadline=None)
@given(n=st.integers(1, 2**40), part=st.integers(0, 2**32 - 1), which=st.integers(0, 9), data=st.data())
def test_there_and_back_in_domains_of_any_size(n, part, which, data):
    x = data.draw(st.integers(0, n - 1))
    y = forward(x, n, np.uint64(5), which, part)
    assert 0 <= y < n
    assert backward(y, n, np.uint64(5), which, part) == x


def test_keys_give_different_permutations():
    x = np.arange(5000)
    one = permuted(x, 5000, 1, 1, 1)
    for other in (permuted(x, 5000, 2, 1, 1), permuted(x, 5000, 1, 2, 1), permuted(x, 5000, 1, 1, 2)):
        assert np.mean(one == other) < 0.01
        assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(5000)


@pytest.mark.parametrize("n", [7, 12, 50])
def test_images_are_uniform_over_keys(n):
    keys = 6000
    images = np.array([permuted(np.arange(3), n, 9, 1, part) for part in range(keys)])
    assert stats.chisquare(np.bincount(images[:, 1], minlength=n)).pvalue > 1e-4
    pairs = np.bincount(images[:, 0] * n + images[:, 2], minlength=n * n).reshape(n, n)
    off = pairs[~np.eye(n, dtype=bool)]
    assert np.trace(pairs) == 0
    assert stats.chisquare(off).pvalue > 1e-4


def test_neighbours_are_scattered_over_everybody():
    image = permuted(np.arange(20_000), EVERYBODY, 1)
    assert stats.kstest(image / EVERYBODY, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(image[:-1], image[1:])[0, 1]) < 4 / np.sqrt(image.size)
    assert np.unique(image).size == image.size


def test_fixed_points_are_as_rare_as_chance():
    points = [int((permuted(np.arange(40), 40, 2, 1, part) == np.arange(40)).sum()) for part in range(2000)]
    assert abs(np.mean(points) - 1.0) < 4 / np.sqrt(2000)


def test_numbers_outside_are_refused():
    for bad in (-1, 10):
        with pytest.raises(ValueError, match="from 0 to 9"):
            permuted([bad], 10, 1)


def test_plain_python_gives_the_same():
    for x in range(0, 1000, 97):
        y = forward.py_func(x, 1000, np.uint64(7), 1, 2)
        assert y == forward(x, 1000, np.uint64(7), 1, 2)
        assert backward.py_func(y, 1000, np.uint64(7), 1, 2) == x
