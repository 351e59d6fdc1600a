"""The mind map as a tree: branches, questions, what can be written, and both answers where it is disputed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thirtyseven.publish.names import SLUGS
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.cards import branch_of
from thirtyseven.publish.study.citing import OPEN, short_sources, sources_of, verdict_word
from thirtyseven.publish.study.sheet import clean
from thirtyseven.record import Claim, Explanation, Family, Record

ROOT = "The Great Terror, 1934–39"


@dataclass(frozen=True)
class Node:
    """A node of the mind map.

    Attributes:
        ident: stable name, unique in the map.
        text: what stands on it.
        note: source, verdict, or the question in full.
        open: whether it is disputed or cannot be known.
        level: 0 root, 1 branch, 2 family or explanation, 3 statement or question, 4 answers and evidence.
        children: nodes below it.
    """

    ident: str
    text: str
    note: str = ""
    open: bool = False
    level: int = 0
    children: tuple[Node, ...] = ()


def tree(record: Record) -> Node:
    """The whole map.

    Args:
        record: the record.

    Returns:
        The root; every family of the record that is not left out is under one branch, every explanation has both sides.
    """
    placed = branch_of()
    branches = []
    for one in choices("branches")["branch"]:
        held = [record.families[name] for name in one["families"] if name in record.families]
        below = tuple(_family(record, family) for family in held)
        branches.append(Node(f"branch-{one['slug']}", one["title"], one["gloss"], level=1, children=below))
    left = set(choices("branches")["left_out"])
    rest = tuple(_family(record, one) for name, one in record.families.items() if name not in placed and name not in left)
    if rest:
        branches.append(Node("branch-other", "Other questions", "", level=1, children=rest))
    why = tuple(_explanation(record, record.explanations[slug]) for slug in SLUGS if slug in record.explanations)
    branches.append(
        Node("branch-explanations", "Explanations", "Eight that historians give; none has to be the only one", level=1,
             children=why)
    )  # fmt: skip
    return Node("root", ROOT, "From the record of thirtyseven. ? marks what is disputed.", children=tuple(branches))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, top down."""
    yield node
    for child in node.children:
        yield from walk(child)


def _family(record: Record, family: Family) -> Node:
    claims = [record.claims[one] for one in family.claims]
    below = tuple(_claim(record, one) for one in claims)
    return Node(
        f"family-{family.family}", clean(family.title), clean(family.question), any(one.open for one in below), 2, below
    )  # fmt: skip


def _claim(record: Record, claim: Claim) -> Node:
    """A statement that stands, or a question with both answers."""
    sources = short_sources(record, sources_of(record, claim))
    put = "" if claim.verdict == "well supported" else f"Often put: “{claim.text.rstrip('.')}”. That is: "
    note = clean(f"{claim.id}. {put}{verdict_word(claim.verdict)}. {sources}")
    given = {one["claim"]: one for one in choices("contested")["card"]}
    if claim.verdict in OPEN and claim.id in given:
        one = given[claim.id]
        answers = tuple(
            Node(f"{claim.id}-{side}", clean(one[side]), level=4, open=True) for side in ("one", "other")
        )  # fmt: skip
        return Node(claim.id, clean(one["question"]), note, True, 3, answers)
    doubt = "? " if claim.verdict in OPEN else ""
    return Node(claim.id, clean(doubt + claim.best), note, claim.verdict in OPEN, 3)


def _explanation(record: Record, one: Explanation) -> Node:
    sides = []
    for side, title in ((one.supporting, "For"), (one.countering, "Against")):
        below = tuple(
            Node(f"{one.slug}-{title}-{number}".lower(), clean(e.text), _note(record, e.claim), level=4)
            for number, e in enumerate(side, start=1)
        )
        sides.append(Node(f"{one.slug}-{title}".lower(), title, level=3, children=below))
    return Node(f"X-{one.slug}", clean(one.title), clean(one.gloss), level=2, children=tuple(sides))


def _note(record: Record, ident: str) -> str:
    claim = record.claims.get(ident)
    return clean(f"{ident}. {short_sources(record, sources_of(record, claim))}") if claim else ""
