"""Claims stand in families, each decided, reasoned, sourced, and tied to figures that bear its numbers."""

from __future__ import annotations

import itertools
import re

import pytest

from thirtyseven.record import load

RECORD = load()
CLAIMS = tuple(RECORD.claims.values())
SEED_KEYS = {
    "kirov_vote", "kirov_agency", "kirov_line", "onset", "end_date", "composition", "arrest_rate", "total_deaths",
    "army_share", "congress_delegates", "stalin_lists", "order_signature", "yezhov_rank", "politburo_safety",
    "trotsky_army", "selectivity", "nep_timing", "metro_vickers", "war_commissars", "release_1933", "slave_labour",
    "riutin", "control",
}  # fmt: skip
ONE_SLIP = {"nep_timing", "metro_vickers", "war_commissars"}
"""Contradictions of one text with the calendar rather than of several texts with one another."""
QUOTED_WRONG = {"1,104", "1,225", "1,996"}
"""Numbers that a claim repeats in order to reject them."""


def test_every_contradiction_of_the_texts_is_one_family() -> None:
    keys = [family.seed_key for family in RECORD.families.values() if family.seed_key]
    assert sorted(keys) == sorted(SEED_KEYS)


def test_rival_versions_stand_side_by_side() -> None:
    for family in RECORD.families.values():
        if family.seed_key and family.seed_key not in ONE_SLIP:
            assert len(family.claims) >= 2, f"{family.id} shows one version only"
            assert len({RECORD.claims[one].best for one in family.claims}) == len(family.claims)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_is_decided_and_reasoned(claim) -> None:  # type: ignore[no-untyped-def]
    assert claim.sources, "nobody is cited"
    assert claim.scope and claim.lineage and claim.items
    assert claim.variants, "no other wording is given"
    assert len(claim.reason) >= 60
    assert claim.best.endswith((".", "?")) and len(claim.best) > 30
    assert claim.best != claim.text


def test_most_verdicts_are_used_and_none_dominates() -> None:
    counts = {verdict: sum(one.verdict == verdict for one in CLAIMS) for verdict in {one.verdict for one in CLAIMS}}
    assert len(counts) == 6
    assert max(counts.values()) < len(CLAIMS) / 2


def _numbers(text: str) -> list[str]:
    return [one for one in re.findall(r"\d{1,3}(?:,\d{3})+", text) if one not in QUOTED_WRONG]


def _values(claim) -> list[float]:  # type: ignore[no-untyped-def]
    found = [RECORD.figures[one] for one in claim.figures]
    return [float(v) for one in found for v in (one.value, one.low, one.high) if v is not None]


def _stands_for(number: float, values: list[float]) -> bool:
    """Whether a printed number is a value, a rounding of one, or of a sum of up to three."""
    sums = [sum(some) for size in (1, 2, 3) for some in itertools.combinations(values, size)]
    rounded = number % 100 == 0
    return any(number == one or (rounded and abs(number - one) <= 0.015 * one) for one in sums)


def test_numbers_in_the_best_wording_come_from_figures() -> None:
    """A best wording may print only what the record holds: exactly, rounded, or as a short sum."""
    everywhere = [float(v) for f in RECORD.figures.values() for v in (f.value, f.low, f.high) if v is not None]
    cells = [float(v) for s in RECORD.series.values() for row in s.rows for v in row.values() if type(v) in (int, float)]
    known = set(everywhere) | set(cells)
    loose = []
    for claim in CLAIMS:
        for number in _numbers(claim.best):
            value = float(number.replace(",", ""))
            if value not in known and not _stands_for(value, _values(claim)):
                loose.append(f"{claim.id}: {number}")
    assert not loose, "numbers without a figure: " + ", ".join(loose)


def test_the_number_check_can_fail() -> None:
    assert not _stands_for(35_000.0, [9_506.0, 11_178.0])
    assert _stands_for(9_500.0, [9_506.0])
    assert _stands_for(634_000.0, [386_798.0, 247_157.0])


def test_what_the_texts_lack_is_added_and_marked() -> None:
    for family, least in (("national-operations", 4), ("stop", 5), ("regions-and-limits", 3), ("order-00447", 3)):
        added = [one for one in RECORD.families[family].claims if RECORD.claims[one].added]
        assert len(added) >= least, f"{family} adds too little"


def test_recalled_figures_show_no_place() -> None:
    for figure in RECORD.figures.values():
        if figure.id >= "F-5000" and figure.seen != "seen":
            assert not figure.place
