"""The numbers of the reduced model, its ties, and its regimes; every program of the comparison reads this file.

Nothing but NumPy is imported here, since each peer runs in an environment of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEGREE = 8
"""Acquaintances of everybody: image and pre-image under four permutations of all people."""
WEEKS = 313
"""1934-39, as in the model itself."""


@dataclass(frozen=True)
class Numbers:
    """The three chances of a week.

    Attributes:
        pressure: chance that somebody at liberty is arrested whoever names him.
        naming: chance that somebody under investigation names along one of his ties.
        recovery: chance that an investigation ends.
    """

    pressure: float
    naming: float = 0.01
    recovery: float = 0.125

    def __post_init__(self) -> None:
        for name, chance in vars(self).items():
            if not 0.0 <= chance <= 1.0:
                raise ValueError(f"The chance '{name}' of the reduced model is {chance}; it must lie between 0 and 1.")

    @property
    def used(self) -> float:
        """Chance that one tie is used at all while an investigation lasts: geometric length, geometric first naming."""
        return self.naming / max(1.0 - (1.0 - self.recovery) * (1.0 - self.naming), 1e-300)


REGIMES = {"0.1 %": Numbers(1.48e-6), "1 %": Numbers(1.49e-5), "10 %": Numbers(1.63e-4)}
"""Pressure for which 0.1, 1 and 10 per cent of the people are arrested in 313 weeks. Naming is the same in all: in a large
population somebody arrested names .60 people, and each of these .52, since one of his ties leads back."""
TRIAL = Numbers(1.0e-3, 0.02, 0.125)
"""The regime in which the programs are compared with each other: more naming, hence more sensitive to a wrong order."""


def permutations(people: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Four random permutations of all people, (4, N): person i knows the image and the pre-image of i under each."""
    return np.stack([rng.permutation(people) for _ in range(DEGREE // 2)])


def ties(people: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The eight acquaintances of everybody, (8, N), as a table."""
    images = permutations(people, rng)
    table = np.empty((DEGREE, people), images.dtype)
    for j, image in enumerate(images):
        table[2 * j] = image
        table[2 * j + 1, image] = np.arange(people)
    return table
