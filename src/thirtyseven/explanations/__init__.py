"""WHY, ACCORDING TO WHOM: the historians' explanations as laws of control, one file each."""

from thirtyseven.explanations import agencies, below, inheritance, opposition, plan, reactions, suspicion, threat
from thirtyseven.explanations.base import Explanation

EXPLANATIONS: tuple[Explanation, ...] = (
    plan.EXPLANATION,
    suspicion.EXPLANATION,
    threat.EXPLANATION,
    inheritance.EXPLANATION,
    opposition.EXPLANATION,
    reactions.EXPLANATION,
    agencies.EXPLANATION,
    below.EXPLANATION,
)
"""All explanations in their fixed order; sums over them always run in this order. A new one is one more line."""


def by_slug(slug: str) -> Explanation:
    """Return an explanation by its slug.

    Args:
        slug: for example "plan".

    Raises:
        ValueError: if there is none of that name; the message lists those there are.
    """
    for item in EXPLANATIONS:
        if item.slug == slug:
            return item
    known = ", ".join(item.slug for item in EXPLANATIONS)
    raise ValueError(f"There is no explanation '{slug}'; choose one of: {known}.")
