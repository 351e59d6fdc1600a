"""The statements of the texts that were checked one by one: each has a claim, and no verdict turns round.

`checked_statements.csv` maps the rows of the starting table of checks to claims, with that table's own verdict. The
claims may be more careful than it (a date that agrees, under a claim with limits), never its opposite.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thirtyseven.record import load

RECORD = load()
MAP = tuple(csv.DictReader((Path(__file__).parent / "checked_statements.csv").open(encoding="utf-8")))
START = Path(__file__).parents[2].parent / "shared" / "record" / "claims_check.csv"
COMPATIBLE = {
    "agrees": {"well supported", "supported with limits", "contested"},
    "wrong": {"not supported", "wrong scope"},
    "different definition": {"wrong scope", "supported with limits", "not supported"},
    "disputed": {"contested", "cannot be known", "supported with limits", "not supported"},
}
"""A starting verdict -> the verdicts of a claim that do not contradict it."""


@pytest.mark.parametrize("row", MAP, ids=lambda row: f"row-{row['row']}")
def test_the_claim_does_not_turn_the_check_round(row: dict[str, str]) -> None:
    claim = RECORD.claims[row["claim"]]
    assert claim.verdict in COMPATIBLE[row["expected"]], f"{claim.id} is {claim.verdict}"


def test_84_statements_are_mapped() -> None:
    assert len(MAP) == 84
    assert len({row["row"] for row in MAP}) == 84


@pytest.mark.shared
@pytest.mark.skipif(not START.is_file(), reason="the starting tables are not beside the repository (shared/record)")
def test_the_map_repeats_the_starting_verdicts() -> None:
    rows = dict(enumerate(csv.DictReader(START.open(encoding="utf-8")), start=2))
    statements = {number for number, row in rows.items() if row["file"] != "CONTRADICTION"}
    assert statements == {int(row["row"]) for row in MAP}
    for row in MAP:
        assert rows[int(row["row"])]["verdict"] == row["expected"], row
