"""What a reader chooses for a run; all of it stands in the address, so an address is a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.scenario.switches import JOIN, Supposed, switch

EXPLAINING = ("composite", *(one.slug for one in EXPLANATIONS))
VARIANTS = ("charitable", "strict")
SCALES = ("counts", "everybody")
_NAMES = ("explanation", "variant", "suppose", "seed", "scale")


class SettingsError(ValueError):
    """Settings that cannot be run; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Settings:
    """One run.

    Attributes:
        explanation: slug, or "composite".
        variant: "charitable" or "strict".
        suppose: slugs of at most two dated switches, as `thirtyseven counterfactual` names them.
        seed: of the run.
        scale: "counts", or "everybody" for every person one to one.
    """

    explanation: str = "composite"
    variant: str = "charitable"
    suppose: tuple[str, ...] = ()
    seed: int = 1937
    scale: str = "counts"

    @property
    def query(self) -> str:
        """The settings as the query of an address, always in the same order; what is usual is left out of `suppose` alone."""
        return self.under("")

    def under(self, prefix: str) -> str:
        """The same with a prefix before every name, for an address of two runs ("a." and "b.")."""
        pairs = [("explanation", self.explanation), ("variant", self.variant), ("seed", str(self.seed)), ("scale", self.scale)]
        pairs += [("suppose", JOIN.join(self.suppose))] if self.suppose else []
        return urlencode([(prefix + name, value) for name, value in pairs])

    @property
    def supposed(self) -> Supposed | None:
        """The suppositions as the engine takes them, graded ones wholly."""
        return Supposed(tuple(switch(slug) for slug in self.suppose)) if self.suppose else None


def settings_of(query: Mapping[str, str], prefix: str = "") -> Settings:
    """Read settings from a query.

    Args:
        query: names to values; what is missing is as usual.
        prefix: before every name, for pages with two runs ("a." and "b.").

    Raises:
        SettingsError: something that cannot be run.
    """
    said = {name: query.get(prefix + name, "").strip() for name in _NAMES}
    seed = said["seed"] or "1937"
    if not (seed.isascii() and seed.isdigit() and int(seed[:20]) < 2**63 and len(seed) < 20):
        raise SettingsError("The seed must be a whole number from 0 to 9223372036854775807; choose another, for example 1937.")
    suppose = tuple(dict.fromkeys(part for part in said["suppose"].replace(" ", JOIN).split(JOIN) if part))
    made = Settings(
        said["explanation"] or "composite", said["variant"] or "charitable", suppose, int(seed), said["scale"] or "counts"
    )
    for what, value, known in (("explanation", made.explanation, EXPLAINING), ("variant", made.variant, VARIANTS),
                               ("scale", made.scale, SCALES)):  # fmt: skip
        if value not in known:
            raise SettingsError(f"There is no {what} “{value[:40]}”; choose one of: {', '.join(known)}.")
    try:
        assert made.supposed is None or made.supposed.name
    except ValueError as fault:
        raise SettingsError(str(fault)) from None
    return made
