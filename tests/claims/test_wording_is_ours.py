"""No sentence of the five texts stands in the record: facts carry over, wording does not.

The texts are other people's and are not in the repository; where the folder `shared/seeds` stands beside it the
record is compared with them, elsewhere this says so and skips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from thirtyseven.record import load

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
RECORD = load()
RUN = 7
"""Words in a row that count as copied."""
NAMES_ONLY = {"C-3013", "C-0502"}
"""Claims whose run of words is made of names and dates."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the five texts are not beside the repository (shared/seeds)"),
]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'"))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.fixture(scope="module")
def copied() -> set[tuple[str, ...]]:
    return set().union(*(_runs(path.read_text(encoding="utf-8", errors="replace")) for path in SEEDS.glob("*.txt")))


def _sentences() -> Iterator[tuple[str, str]]:
    for claim in RECORD.claims.values():
        for text in (claim.text, claim.reason, claim.best, claim.scope, claim.lineage, *claim.variants):
            yield claim.id, text
    for slug, one in RECORD.explanations.items():
        for text in (one.argument, one.gloss, one.predicts, one.cannot):
            yield slug, text
        for piece in (*one.supporting, *one.countering):
            yield slug, piece.text
    for item in RECORD.inventory.values():
        yield item.id, item.statement
    for row in RECORD.coverage:
        yield f"{row.item} {row.pointer}", row.says
    for act in RECORD.responsibility.values():
        yield act.id, f"{act.document}. {act.note}"


def test_no_run_of_seven_words_is_theirs(copied: set[tuple[str, ...]]) -> None:
    theirs = [
        f"{where}: {text}" for where, text in _sentences() if where not in NAMES_ONLY and _runs(text) & copied
    ]
    assert not theirs, "\n".join(theirs)


def test_the_comparison_can_find_a_copy(copied: set[tuple[str, ...]]) -> None:
    some = next(iter(sorted(copied)))
    assert _runs("So it says: " + " ".join(some) + " and so on") & copied


def test_the_texts_own_inventory_is_complete() -> None:
    lines = (SEEDS.parent / "inventory.csv").read_text(encoding="utf-8").count("\nS")
    assert lines == len(RECORD.inventory)
