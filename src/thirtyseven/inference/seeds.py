"""Where the weighing's own random numbers come from, and digests of arrays.

Simulated pasts draw their numbers from `thirtyseven.draws`; what is meant here is the choice of
points, the archive's noise and the steps of the samplers. Every stream is addressed by the seed of
the weighing and the words that say what it is for, so that order and number of workers do not matter.
"""

import hashlib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

_FITTING = ("basis", "classify", "emulate", "misfit", "posterior", "seeds", "smc", "waves")


def digest(*parts: Any) -> str:
    """Hex digest (32 characters) of arrays, text, numbers, and of sequences and dataclasses of them."""
    state = hashlib.blake2b(digest_size=16)
    _feed(state, parts)
    return state.hexdigest()


def _feed(state: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        state.update(f"array {value.dtype.str} {value.shape};".encode())
        state.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, (tuple, list)):
        state.update(f"sequence {len(value)};".encode())
        for item in value:
            _feed(state, item)
    elif isinstance(value, dict):
        _feed(state, sorted(value.items()))
    elif is_dataclass(value) and not isinstance(value, type):
        _feed(state, (type(value).__name__, *(getattr(value, f.name) for f in fields(value))))
    else:
        state.update(f"{type(value).__name__} {value!r};".encode())


def stream(seed: int, *words: str | int) -> np.random.Generator:
    """A generator of its own for (seed, words)."""
    return np.random.default_rng(np.random.SeedSequence([seed % 2**63, *_numbers(words)]))


def whole(seed: int, *words: str | int) -> int:
    """A 31-bit whole number for (seed, words), for libraries that take one."""
    return int(stream(seed, *words).integers(2**31 - 1))


def _numbers(words: tuple[str | int, ...]) -> list[int]:
    return [int(digest(str(word))[:8], 16) for word in words]


def own_code() -> str:
    """Digest of the sources that decide a fit: fits made by other code are not taken from the cache."""
    folder = Path(__file__).parent
    return digest([(name, (folder / f"{name}.py").read_bytes()) for name in _FITTING])
