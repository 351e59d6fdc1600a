"""Games of offices: what a total owes to whom, by several rules that do not agree, and why no rule stands alone.

A game gives a number v(C) to every coalition C of n offices: people sentenced to death beyond what there would have been
had no office left its earlier conduct. Coalitions are bit masks, office i is bit i, so a game is an array (..., 2^n), and
every function works over whatever axes stand before.

Shapley 1953; dividends: Harsanyi 1959; permission value: Gilles, Owen and van den Brink 1992; probabilities of necessity and
sufficiency: Pearl 1999, Tian and Pearl 2000; degree of responsibility: Chockler and Halpern 2004 (all recalled).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def offices_of(v: Floats) -> int:
    """Number of offices of a game.

    Raises:
        ValueError: the last axis is not a power of two.
    """
    size = v.shape[-1]
    n = size.bit_length() - 1
    if size < 2 or 1 << n != size:
        raise ValueError(f"A game of n offices has 2^n coalitions, not {size}.")
    return n


def shapley(v: Floats) -> Floats:
    """Return (..., n): mean contribution of every office over all orders in which offices may join."""
    n = offices_of(v)
    value = np.zeros(v.shape[:-1] + (n,))
    for i in range(n):
        for mask in range(1 << n):  # one by one: a game must give the same alone and among others
            if not mask & (1 << i):
                value[..., i] += (v[..., mask | (1 << i)] - v[..., mask]) / (n * comb(n - 1, mask.bit_count()))
    return value


def dividends(v: Floats) -> Floats:
    """Return (..., 2^n): what each coalition adds beyond all its parts; they sum to v of all, less v of none."""
    n = offices_of(v)
    part = np.array(v, float)
    part -= v[..., :1]
    masks = np.arange(1 << n)
    for i in range(n):
        having = masks[masks & (1 << i) != 0]
        part[..., having] -= part[..., having ^ (1 << i)]
    return part


def joint(v: Floats) -> Floats:
    """Return (...): share of the total that no office adds by itself: dividends of two and more."""
    n = offices_of(v)
    alone = np.array([1 << i for i in range(n)])
    total = v[..., -1] - v[..., 0]
    return share(total - (v[..., alone] - v[..., :1]).sum(axis=-1), total)


def necessity(v: Floats) -> Floats:
    """Return (..., n): share of the total that would not have been had this office alone kept to its earlier conduct."""
    n = offices_of(v)
    full = (1 << n) - 1
    without = np.array([full ^ (1 << i) for i in range(n)])
    return 1.0 - share(v[..., without] - v[..., :1], (v[..., -1] - v[..., 0])[..., None])


def sufficiency(v: Floats) -> Floats:
    """Return (..., n): share of the total that there would have been had this office alone left its earlier conduct."""
    alone = np.array([1 << i for i in range(offices_of(v))])
    return share(v[..., alone] - v[..., :1], (v[..., -1] - v[..., 0])[..., None])


def degree(happens: NDArray[np.bool_]) -> Floats:
    """Degree of responsibility for an event.

    Args:
        happens: (..., 2^n) whether the event happens under each coalition.

    Returns:
        (..., n): 1 / (1 + k), k the fewest other offices that must keep to their earlier conduct, the event still
        happening, for this office to decide it; 0 where there is no such set, and where the event did not happen.
    """
    happens = np.asarray(happens, bool)
    n = offices_of(happens.astype(float))
    full = (1 << n) - 1
    value = np.zeros(happens.shape[:-1] + (n,))
    for i in range(n):
        for aside in range(full + 1):
            if aside & (1 << i):
                continue
            decides = happens[..., full] & happens[..., full ^ aside] & ~happens[..., full ^ aside ^ (1 << i)]
            value[..., i] = np.maximum(value[..., i], np.where(decides, 1.0 / (1 + aside.bit_count()), 0.0))
    return value


def in_order(v: Floats, order: Sequence[int]) -> Floats:
    """Return (..., n): what each office adds when they join in one given order."""
    n = offices_of(v)
    if sorted(order) != list(range(n)):
        raise ValueError(f"An order names each of the {n} offices once.")
    value, mask = np.zeros(v.shape[:-1] + (n,)), 0
    for i in order:
        value[..., i] = v[..., mask | (1 << i)] - v[..., mask]
        mask |= 1 << i
    return value


def permission(v: Floats, above: Sequence[int | None]) -> Floats:
    """Shapley value where an office can act only with all those above it.

    Args:
        v: the game.
        above: for each office the one directly above it, None for the highest.

    Returns:
        (..., n).
    """
    n = offices_of(v)
    allowed = np.zeros(1 << n, np.int64)
    for mask in range(1 << n):
        for i in range(n):
            up: int | None = i
            while up is not None and mask & (1 << up):
                up = above[up]
            if up is None:
                allowed[mask] |= 1 << i
    return shapley(v[..., allowed])


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, NaN where the whole is not positive: nothing can be shared out then."""
    whole = np.broadcast_to(whole, np.broadcast_shapes(np.shape(part), np.shape(whole)))
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)
