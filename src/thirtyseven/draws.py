"""The only randomness: a number is a function of (seed, purpose, who, occasion).

Nothing is ever *consumed* from a stream.  Same seed, same person, same purpose, same occasion: same number, whatever the
thread count, the order of work, the batch, or the explanation that is switched off.  Only so can two runs that differ in
one thing be compared person by person.

The generator is Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11 (2011).
The key is the seed (64 bits); the counter is (who, occasion, purpose, index), 32 bits each.  `tests/draws` has its vectors.

Draws of other shapes are quantile functions of *one* uniform, so they are monotone in it: more pressure on the same people
with the same numbers can only mean more.  All are scalar and compiled; plural names are the same over arrays, bit by bit.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from thirtyseven.compiled import njit

# One list of purposes: a number used nowhere else, never reused for another purpose, so that two questions
# asked of the same person on the same day get independent answers.
PURPOSES: dict[str, int] = {
    # society
    "household": 1, "workplace": 2, "acquaintance": 3, "age": 4, "order-in-cell": 5, "elite-order": 6,
    # who is reached, and how
    "cell-spacing": 10, "personal-threshold": 11, "arrest": 12, "cause": 13, "denunciation": 14, "family": 15,
    # custody, interrogation, sentence
    "custody": 20, "confession": 21, "names": 22, "name-choice": 23, "name-acted-on": 24, "category": 25,
    "sentence": 26, "release": 27, "reinstatement": 28, "death-in-custody": 29,
    # limits and reports
    "request": 40, "request-size": 41, "approval": 42, "approval-delay": 43, "granted-share": 44, "grant": 45,
    "excess": 46, "report": 47,
    # offices
    "removal-secretary": 60, "removal-chief": 61, "head": 62, "chief-type": 63, "secretary-type": 64,
    # campaigns and beliefs
    "switch": 70, "belief": 71, "visit": 72, "pretext": 73, "regional-noise": 74, "schedule": 75,
    "weekly-noise": 76,
    # what the archive kept
    "coverage": 80, "lag": 81, "lost-return": 82, "rounding": 83, "under-reporting": 84,
    # the weighing
    "prior": 90, "resampling": 91, "split": 92, "proposal": 93, "trial": 94,
    # the explanations' own decisions (110-180)
    "law-suspicion": 110, "law-reactions": 111, "law-agencies": 112,
}

_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_KEY_STEP_0 = np.uint64(0x9E3779B9)
_KEY_STEP_1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_20, _12, _STEP = np.uint64(20), np.uint64(12), 2.0**-52
_SEARCHED = 30.0  # below this mean, quantiles are found by summing from zero
_FEW = 1e-17  # a term this small cannot move a sum that is already above one half
_OVER = 1.0 / np.maximum(np.arange(256), 1)  # reciprocals: dividing is the dear part of a search, which ends long before 256


@njit(cache=True)
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any, Any, Any]:
    """Philox4x32-10: four random words for a counter of four words and a key of two (all 32 bits)."""
    x0, x1, x2, x3 = np.uint64(c0) & _LOW, np.uint64(c1) & _LOW, np.uint64(c2) & _LOW, np.uint64(c3) & _LOW
    y0, y1 = np.uint64(k0) & _LOW, np.uint64(k1) & _LOW
    for _ in range(10):
        p0, p1 = _MULTIPLIER_0 * x0, _MULTIPLIER_1 * x2
        x0, x1, x2, x3 = (p1 >> _32) ^ x1 ^ y0, p1 & _LOW, (p0 >> _32) ^ x3 ^ y1, p0 & _LOW
        y0 = (y0 + _KEY_STEP_0) & _LOW
        y1 = (y1 + _KEY_STEP_1) & _LOW
    return x0, x1, x2, x3


@njit(cache=True)
def uniform2(seed: int, purpose: int, who: int, occasion: int, index: int = 0) -> tuple[float, float]:
    """Two independent uniforms of one address; ``index`` numbers further pairs of the same occasion.

    Each is (n + 1/2) / 2**52, n of 52 random bits: 53 significant bits, never 0 nor 1, and 1 - u is exact.
    """
    key: Any = np.uint64(seed)
    x0, x1, x2, x3 = philox(who, occasion, purpose, index, key & _LOW, key >> _32)
    u = (np.float64((x0 << _20) | (x1 >> _12)) + 0.5) * _STEP
    v = (np.float64((x2 << _20) | (x3 >> _12)) + 0.5) * _STEP
    return u, v


@njit(cache=True)
def uniform(seed: int, purpose: int, who: int, occasion: int) -> float:
    """A uniform number in the open interval (0, 1): the first of ``uniform2``."""
    return uniform2(seed, purpose, who, occasion, 0)[0]


@njit(cache=True)
def exponential(u: float) -> float:
    """Unit-exponential quantile -log(1 - u): the threshold of a person under pressure."""
    return -math.log1p(-u)


@njit(cache=True)
def _ratio(r: float, top: tuple[float, ...], bottom: tuple[float, ...]) -> float:
    """A ratio of two polynomials in r, highest power first."""
    above, below = 0.0, 0.0
    for i in range(8):
        above = above * r + top[i]
        below = below * r + bottom[i]
    return above / below


# M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
# (1988); the shortest decimals of his coefficients as doubles, highest power first: (above, below).
_NORMAL_CENTRE = ((2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
    13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665), (5226.495278852854,
    28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1.0))
_NORMAL_SIDE = ((0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835), (1.0507500716444169e-09,
    0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
    2.053191626637759, 1.0))
_NORMAL_TAIL = ((2.0103343992922881e-07, 2.7115555687434876e-05, 0.0012426609473880784,
    0.026532189526576124, 0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103),
    (2.0442631033899397e-15, 1.421511758316446e-07, 1.8463183175100548e-05, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0))


@njit(cache=True)
def normal(u: float) -> float:
    """Standard normal quantile (Wichura's PPND16, relative error about 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(0.180625 - q * q, _NORMAL_CENTRE[0], _NORMAL_CENTRE[1])
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        z = _ratio(r - 1.6, _NORMAL_SIDE[0], _NORMAL_SIDE[1])
    else:
        z = _ratio(r - 5.0, _NORMAL_TAIL[0], _NORMAL_TAIL[1])
    return -z if q < 0.0 else z


@njit(cache=True)
def _gamma_below(shape: float, x: float) -> float:
    """Regularised lower incomplete gamma function P(shape, x), by series or continued fraction (Lentz)."""
    if x <= 0.0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1.0:
        term = total = 1.0 / shape
        n = shape
        while term > total * 1e-17:
            n += 1.0
            term *= x / n
            total += term
        return front * total
    b = x + 1.0 - shape
    c, d = 1e300, 1.0 / b
    h = d
    for i in range(1, 100_000):
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / (a * d + b)
        c = b + a / c
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return 1.0 - front * h


@njit(cache=True)
def _beta_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function (modified Lentz)."""
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    h = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        d = 1.0 / (1.0 + even * d)
        c = 1.0 + even / c
        h *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d = 1.0 / (1.0 + odd * d)
        c = 1.0 + odd / c
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return h


@njit(cache=True)
def _beta_below(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
                     + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b


@njit(cache=True)
def poisson(u: float, mean: float) -> int:
    """Poisson quantile: the smallest n with P(N <= n) >= u; monotone in u and in mean.

    Small means: summing from zero.  Larger ones: the normal asymptotic expansion (Q_N3) of M. B. Giles,
    "Algorithm 955", ACM TOMS 42 (2016), with the exact distribution function consulted wherever the expansion
    comes too near to a whole number to be trusted.
    """
    if mean <= 0.0:
        return 0
    if mean < _SEARCHED:
        n, term = 0, math.exp(-mean)
        below = term
        while below < u and (term > _FEW or n < mean):
            n += 1
            term *= mean * _OVER[n]
            below += term
        return n
    w, s = normal(u), math.sqrt(mean)
    v = w * w
    x = (mean + s * w + (2.0 + v) / 6.0 - w * (2.0 + v) / (72.0 * s)
         + (v * v / 270.0 + 7.0 * v / 810.0 - 8.0 / 405.0) / mean)
    n = max(0, math.floor(x))
    near = 0.02 * (1.0 + abs(w) * v * v) / (mean * s)
    if x - n < near or n + 1 - x < near:
        while n > 0 and 1.0 - _gamma_below(n, mean) >= u:
            n -= 1
        while 1.0 - _gamma_below(n + 1.0, mean) < u:
            n += 1
    return n


@njit(cache=True)
def _cornish_fisher(w: float, mean: float, sd: float, skew: float, kurtosis: float) -> float:
    """A continuous x whose floor is nearly the quantile, at score w, of a count with these cumulants."""
    v = w * w
    return (mean + 0.5 + sd * (w + skew * (v - 1.0) / 6.0 + kurtosis * w * (v - 3.0) / 24.0
                               - skew * skew * w * (2.0 * v - 5.0) / 36.0) - w / (24.0 * sd))


@njit(cache=True)
def _binomial_rare(u: float, n: int, p: float) -> int:
    """Binomial quantile for p <= 1/2 (see ``binomial``)."""
    mean, q = n * p, 1.0 - p
    if mean < _SEARCHED:
        k, term, odds = 0, math.exp(n * math.log1p(-p)), p / q
        below = term
        while below < u and k < n and (term > _FEW or k < mean):
            k += 1
            term *= odds * (n - k + 1) * _OVER[k]
            below += term
        return k
    sd = math.sqrt(mean * q)
    w = normal(u)
    x = _cornish_fisher(w, mean, sd, (q - p) / sd, (1.0 - 6.0 * p * q) / (sd * sd))
    k = min(n, max(0, math.floor(x)))
    near = 0.02 * (1.0 + w * w * w * w) / (sd * sd)
    if x - k < near or k + 1 - x < near:
        while k > 0 and _beta_below(n - k + 1.0, float(k), q) >= u:
            k -= 1
        while k < n and _beta_below(float(n - k), k + 1.0, q) < u:
            k += 1
    return k


@njit(cache=True)
def binomial(u: float, n: int, p: float) -> int:
    """Binomial quantile: the smallest k in 0..n with P(K <= k) >= u; monotone in u, n and p.

    Small means: summing from zero.  Larger ones: a Cornish-Fisher expansion of third order with Sheppard's
    correction, and the exact distribution function (incomplete beta) near whole numbers.
    """
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    return _binomial_rare(u, n, p) if p <= 0.5 else n - _binomial_rare(1.0 - u, n, 1.0 - p)


@njit(cache=True)
def negative_binomial(u: float, mean: float, k: float) -> int:
    """Negative-binomial quantile, variance mean + mean**2 / k (k small: a heavy tail of names a confession).

    Means up to 500: summing from zero.  Above: bisection of the exact distribution function I_p(k, n + 1).
    """
    if mean <= 0.0:
        return 0
    p = k / (k + mean)
    start = k * math.log(p)
    if mean <= 500.0 and start > -600.0:
        n, term = 0, math.exp(start)
        below = term
        while below < u and (term > _FEW or n < mean):
            term *= (k + n) / (n + 1.0) * (1.0 - p)
            n += 1
            below += term
        return n
    low, high = -1, max(1, math.floor(mean))
    while _beta_below(k, high + 1.0, p) < u and high < 1 << 60:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _beta_below(k, middle + 1.0, p) < u:
            low = middle
        else:
            high = middle
    return high


@njit(cache=True)
def gamma(u: float, shape: float) -> float:
    """Quantile of the gamma distribution of this shape and scale 1: Newton's method kept inside a bracket."""
    w = normal(u)
    root = 1.0 - 1.0 / (9.0 * shape) + w / (3.0 * math.sqrt(shape))  # Wilson and Hilferty 1931
    x = shape * root * root * root
    if root < 0.2:
        x = math.exp((math.log(u) + math.lgamma(shape + 1.0)) / shape)
    low, high = 0.0, math.inf
    for _ in range(100):
        error = _gamma_below(shape, x) - u
        low, high = (x, high) if error < 0.0 else (low, x)
        slope = math.exp((shape - 1.0) * math.log(x) - x - math.lgamma(shape))
        step = x - error / slope if slope > 0.0 else -1.0
        if not low < step < high:
            step = 2.0 * x if high == math.inf else 0.5 * (low + high)
        if abs(step - x) <= 1e-14 * x:
            return step
        x = step
    return x


@njit(cache=True)
def _fill_uniforms(seeds: Any, purpose: int, who: Any, occasion: Any, out: Any) -> None:
    for b in range(seeds.size):
        for i in range(who.size):
            out[b, i] = uniform(seeds[b], purpose, who[i], occasion[i])


def uniforms(seeds: ArrayLike, purpose: int, who: ArrayLike, occasion: ArrayLike = 0) -> NDArray[np.float64]:
    """``uniform`` for a batch of runs.

    Args:
        seeds: one seed a run, shape (B,).
        purpose: a number of ``PURPOSES``.
        who: a number or an array of them (people, regions, ...).
        occasion: a number or an array that broadcasts against ``who`` (weeks, attempts, ...).

    Returns:
        Shape (B,) and then the common shape of ``who`` and ``occasion``; equal to the scalar ``uniform``.
    """
    s = np.atleast_1d(np.asarray(seeds, dtype=np.uint64))
    w, o = np.broadcast_arrays(np.asarray(who, dtype=np.int64), np.asarray(occasion, dtype=np.int64))
    out = np.empty((s.size, w.size))
    _fill_uniforms(s, purpose, np.ascontiguousarray(w).reshape(-1), np.ascontiguousarray(o).reshape(-1), out)
    return out.reshape(s.shape + w.shape)


@njit(cache=True)
def _fill(law: int, u: Any, a: Any, b: Any, out: Any) -> None:
    for i in range(u.size):
        if law == 0:
            out[i] = normal(u[i])
        elif law == 1:
            out[i] = gamma(u[i], a[i])
        elif law == 2:
            out[i] = poisson(u[i], a[i])
        elif law == 3:
            out[i] = binomial(u[i], int(a[i]), b[i])
        else:
            out[i] = negative_binomial(u[i], a[i], b[i])


def _each(law: int, u: ArrayLike, a: ArrayLike = 0.0, b: ArrayLike = 0.0) -> NDArray[np.float64]:
    """One quantile function over arrays that broadcast; counts are exact in a double (below 2**53)."""
    parts = np.broadcast_arrays(*[np.asarray(x, dtype=np.float64) for x in (u, a, b)])
    out = np.empty(parts[0].size)
    flat_u, flat_a, flat_b = (np.ascontiguousarray(x).reshape(-1) for x in parts)
    _fill(law, flat_u, flat_a, flat_b, out)
    return out.reshape(parts[0].shape)


def normals(u: ArrayLike) -> NDArray[np.float64]:
    """``normal`` of every element of ``u``."""
    return _each(0, u)


def gammas(u: ArrayLike, shape: ArrayLike) -> NDArray[np.float64]:
    """``gamma`` of every element; the arguments broadcast."""
    return _each(1, u, shape)


def poissons(u: ArrayLike, mean: ArrayLike) -> NDArray[np.int64]:
    """``poisson`` of every element (arguments broadcast)."""
    return _each(2, u, mean).astype(np.int64)


def binomials(u: ArrayLike, n: ArrayLike, p: ArrayLike) -> NDArray[np.int64]:
    """``binomial`` of every element; the arguments broadcast."""
    return _each(3, u, n, p).astype(np.int64)


def negative_binomials(u: ArrayLike, mean: ArrayLike, k: ArrayLike) -> NDArray[np.int64]:
    """``negative_binomial`` of every element; the arguments broadcast."""
    return _each(4, u, mean, k).astype(np.int64)
