"""Keyed permutations of 0 ... n-1 that store nothing: a Feistel network with cycle walking.

A number is written as (left, right) in a rectangle a x b that is nearly a square and holds just over n fields; six
rounds add to one half a keyed function of the other, which is undone by running the rounds backwards, whatever the
function.  A result outside the domain is sent round again until it falls inside, which is rare (J. Black and P.
Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).  Round keys come from Philox, addressed by (seed,
which permutation); the mixing function is the finaliser of MurmurHash3 (A. Appleby).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from thirtyseven.compiled import njit
from thirtyseven.draws import PURPOSES, philox

_PURPOSE = PURPOSES["acquaintance"]
_ROUNDS = 6
_LOW = np.uint64(0xFFFFFFFF)
_32, _16, _13 = np.uint64(32), np.uint64(16), np.uint64(13)
_MIX_1, _MIX_2, _GOLDEN = np.uint64(0x85EBCA6B), np.uint64(0xC2B2AE35), np.uint64(0x9E3779B9)


@njit(cache=True)
def _step(half: Any, words: Any, r: int, size: Any) -> Any:
    """What round r adds to the other half: a keyed hash of this one, below `size`."""
    h = (half ^ (words[r & 3] + np.uint64(r) * _GOLDEN)) & _LOW
    h ^= h >> _16
    h = (h * _MIX_1) & _LOW
    h ^= h >> _13
    h = (h * _MIX_2) & _LOW
    h ^= h >> _16
    return (h * size) >> _32


@njit(cache=True)
def _keys(seed: Any, which: int, part: int) -> Any:
    """The four key words of one permutation."""
    key: Any = np.uint64(seed)
    return philox(which, part, _PURPOSE, 0, key & _LOW, key >> _32)


@njit(cache=True)
def _rectangle(n: Any) -> Any:
    """Sides a >= b of the smallest nearly square rectangle with at least n fields."""
    a = max(1, int(math.sqrt(float(n))))
    while a * a < n:
        a += 1
    return np.uint64(a), np.uint64((n + a - 1) // a)


@njit(cache=True)
def forward(x: Any, n: Any, seed: Any, which: int, part: int) -> Any:
    """Image of x under a permutation of 0 ... n-1.

    Args:
        x: a number of the domain.
        n: size of the domain, 1 <= n < 2**62.
        seed: key of the whole society or run.
        which: kind of permutation, 32 bits.
        part: number of the region, stratum or cell that is permuted, 32 bits.
    """
    if n <= 1:
        return 0
    words = _keys(seed, which, part)
    a, b = _rectangle(n)
    value, limit = np.uint64(x), np.uint64(n)
    while True:
        left = value // b
        right = value - left * b
        for r in range(_ROUNDS):
            if r & 1:
                right += _step(left, words, r, b)
                if right >= b:
                    right -= b
            else:
                left += _step(right, words, r, a)
                if left >= a:
                    left -= a
        value = left * b + right
        if value < limit:
            return np.int64(value)


@njit(cache=True)
def backward(y: Any, n: Any, seed: Any, which: int, part: int) -> Any:
    """The number whose image is y: ``backward(forward(x, ...), ...) == x``.

    Args:
        y: a number of the domain.
        n: size of the domain.
        seed: as in ``forward``.
        which: as in ``forward``.
        part: as in ``forward``.
    """
    if n <= 1:
        return 0
    words = _keys(seed, which, part)
    a, b = _rectangle(n)
    value, limit = np.uint64(y), np.uint64(n)
    while True:
        left = value // b
        right = value - left * b
        for i in range(_ROUNDS):
            r = _ROUNDS - 1 - i
            if r & 1:
                step = _step(left, words, r, b)
                right = right - step if right >= step else right + b - step
            else:
                step = _step(right, words, r, a)
                left = left - step if left >= step else left + a - step
        value = left * b + right
        if value < limit:
            return np.int64(value)


@njit(cache=True)
def _fill(x: Any, n: Any, seed: Any, which: int, part: int, back: bool, out: Any) -> None:
    for i in range(x.size):
        out[i] = backward(x[i], n, seed, which, part) if back else forward(x[i], n, seed, which, part)


def permuted(
    x: ArrayLike, n: int, seed: int, which: int = 0, part: int = 0, *, back: bool = False
) -> NDArray[np.int64]:
    """``forward`` (or ``backward``) of every element.

    Args:
        x: numbers of the domain, any shape.
        n: size of the domain.
        seed: as in ``forward``.
        which: as in ``forward``.
        part: as in ``forward``.
        back: the inverse.

    Raises:
        ValueError: where a number lies outside the domain.
    """
    array = np.ascontiguousarray(np.asarray(x, dtype=np.int64))
    if array.size and (array.min() < 0 or array.max() >= n):
        raise ValueError(f"a permutation of {n} numbers takes numbers from 0 to {n - 1}")
    out = np.empty(array.size, np.int64)
    _fill(array.reshape(-1), int(n), np.uint64(seed), int(which), int(part), back, out)
    return out.reshape(array.shape)
