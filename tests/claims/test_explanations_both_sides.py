"""The eight explanations stand with evidence on both sides, each piece tied to a claim with sources."""

from __future__ import annotations

import pytest

from thirtyseven.record import load

RECORD = load()
EIGHT = ("plan", "suspicion", "threat", "inheritance", "opposition", "reactions", "agencies", "below")
EMPTY_IN_THE_TEXTS = ("reactions", "agencies", "below")


def test_all_eight_are_there() -> None:
    assert set(EIGHT) <= set(RECORD.explanations)


@pytest.mark.parametrize("slug", EIGHT)
def test_both_sides_rest_on_sourced_claims(slug: str) -> None:
    explanation = RECORD.explanations[slug]
    for side in (explanation.supporting, explanation.countering):
        assert len(side) >= 5, f"{slug} has a thin side"
        for piece in side:
            claim = RECORD.claims[piece.claim]
            assert claim.sources, f"{slug} leans on {claim.id}, which cites nobody"
            assert len(piece.text) > 40


@pytest.mark.parametrize("slug", EIGHT)
def test_each_is_argued_at_its_best_and_shown_its_limits(slug: str) -> None:
    explanation = RECORD.explanations[slug]
    assert explanation.historians
    assert len(explanation.argument) > 500
    assert len(explanation.predicts) > 150
    assert len(explanation.cannot) > 150
    assert "attribution" in explanation.extra, "say how the school table attributes it"


@pytest.mark.parametrize("slug", EMPTY_IN_THE_TEXTS)
def test_empty_columns_are_filled_and_marked_as_added(slug: str) -> None:
    assert sum(piece.added for piece in RECORD.explanations[slug].countering) >= 5


def test_no_piece_of_evidence_is_said_twice() -> None:
    texts = [
        piece.text
        for slug in EIGHT
        for side in (RECORD.explanations[slug].supporting, RECORD.explanations[slug].countering)
        for piece in side
    ]
    assert len(texts) == len(set(texts))
