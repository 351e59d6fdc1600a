"""How much is spent on a weighing: runs, networks, particles."""

from dataclasses import dataclass, replace

from thirtyseven.inference.simulator import COMPOSITE, WITHOUT_PLAN, WeighError


@dataclass(frozen=True)
class Budget:
    """Sizes of every stage. Runs of a kind: `wave[0]` from the prior, then one number a later wave.

    Attributes:
        name: how the result calls it.
        single: runs of every single explanation, by wave.
        composite: runs of the composite, by wave.
        without_plan: runs of the composite without a schedule, by wave.
        outside: runs of every simulator outside the set.
        draws: posterior draws run again for the predictive check, per kind.
        candidates: points of a composite tried with fresh seeds before the draws are chosen among them.
        fresh: fresh seeds of each such draw (at least five: never the best run).
        members: networks of an ensemble (and as many again on resampled banks).
        epochs: at most this many passes of a network over its runs.
        particles: of the sampler, for single explanations; composites take twice as many.
        sweeps: moves of each particle at each power, for single explanations; composites take twice.
        repeats: emulators on resampled banks, each with its own sampler.
        truths: known truths put through the emulated likelihood as well.
        everybody: draws that are lived one to one for the report's chapter; 0 leaves it to `run --ask all --bank`.
        networks: whether the emulators of single explanations get a network beside the quadratic.
    """

    name: str
    single: tuple[int, ...]
    composite: tuple[int, ...]
    without_plan: tuple[int, ...]
    outside: int = 64
    draws: int = 8
    candidates: int = 64
    fresh: int = 5
    members: int = 5
    epochs: int = 60
    particles: int = 400
    sweeps: int = 12
    repeats: int = 3
    truths: int = 16
    everybody: int = 0
    networks: bool = False

    def runs(self, kind: str, wave: int) -> int:
        """Runs of a kind in a wave; 0 where the budget has no such wave."""
        if kind.startswith("outside/"):
            return self.outside if wave == 0 else 0
        sizes = {COMPOSITE: self.composite, WITHOUT_PLAN: self.without_plan}.get(kind, self.single)
        return sizes[wave] if wave < len(sizes) else 0

    @property
    def waves(self) -> int:
        """Number of waves, the first (from the prior) included."""
        return max(len(self.single), len(self.composite), len(self.without_plan))


QUICK = Budget("quick", (192, 192), (1536, 2048), (1024, 1536), everybody=4)
"""About 13,000 runs for sixteen single explanations and two composites."""

STANDARD = replace(
    QUICK, name="standard", single=(768, 768, 768), composite=(6144, 6144, 9216),
    without_plan=(4096, 4096, 6144), outside=256, draws=24, members=5, epochs=80, particles=1000,
    sweeps=24, repeats=4, truths=80, networks=True, everybody=12,
)  # fmt: skip
"""Five to six times as many runs as `QUICK`: half an hour on two cores."""

FULL = replace(
    STANDARD, name="full", single=(768, 1024, 1536), composite=(8192, 10240, 12288),
    without_plan=(5120, 6144, 8192), outside=512, draws=40, members=6, particles=1200, sweeps=28,
    repeats=5, truths=120,
)  # fmt: skip
"""Eight times as many runs as `QUICK`: what two cores do within an hour, fits included (`docs/scale.md`)."""

BUDGETS = {b.name: b for b in (QUICK, STANDARD, FULL)}


def budget_named(name: str | Budget) -> Budget:
    """The budget of that name, or the budget itself.

    Raises:
        WeighError: the name is none of `BUDGETS`.
    """
    if isinstance(name, Budget):
        return name
    if name not in BUDGETS:
        raise WeighError(f"There is no budget {name!r}; choose one of {', '.join(BUDGETS)}.")
    return BUDGETS[name]
