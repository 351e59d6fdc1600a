"""Every statement of the five texts is answered, by places that open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thirtyseven.publish.coverage import OUTPUTS, OWED, coverage, describe, kind_of, opens, page
from thirtyseven.record import load

RECORD = load()
FOUND = coverage(RECORD)
PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


def test_all_412_statements_are_answered_today() -> None:
    assert len(RECORD.inventory) == 412
    assert not FOUND.uncovered
    assert len(FOUND.covered) == 412


def test_every_pointer_opens() -> None:
    assert FOUND.broken == ()


def test_what_a_place_says_is_about_that_statement() -> None:
    """No text serves two statements, and none is an empty phrase."""
    said: dict[str, str] = {}
    for row in RECORD.coverage:
        assert len(row.says) >= 20, f"{row.item} {row.pointer} says too little"
        key = row.says.casefold()
        if key in said and said[key] != row.item:
            same = RECORD.inventory[row.item].same_as, RECORD.inventory[said[key]].same_as
            outside = kind_of(row.pointer) == "output" or any(same)
            assert outside or row.pointer in (p.pointer for p in FOUND.answers[said[key]].rows), row
        said[key] = row.item


def test_claims_know_the_statements_they_cover() -> None:
    for row in RECORD.coverage:
        if row.pointer.startswith("C-"):
            assert row.item in RECORD.claims[row.pointer].items, f"{row.pointer} does not list {row.item}"


def test_contradictions_open_their_family() -> None:
    for item in RECORD.inventory.values():
        if item.kind == "contradiction":
            kinds = {kind_of(row.pointer) for row in FOUND.answers[item.id].rows}
            assert "family" in kinds, item.id


def test_gaps_are_filled_by_what_is_marked_as_added() -> None:
    for item in RECORD.inventory.values():
        if item.kind != "gap":
            continue
        claims = [RECORD.claims[row.pointer] for row in FOUND.answers[item.id].rows if row.pointer.startswith("C-")]
        assert claims and any(one.added or one.family == "attributions" for one in claims), item.id


def test_what_is_owed_is_counted_apart() -> None:
    assert set(FOUND.owed_by) <= set(OWED)
    for answer in FOUND.answers.values():
        assert not answer.owed or answer.rows, f"{answer.item} is only owed"


def test_a_part_to_come_is_counted_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OWED, "a part", "what it will hold")
    row = replace(RECORD.coverage[0], pointer="output:later", owed_by="a part")
    changed: Any = SimpleNamespace(inventory=RECORD.inventory, coverage=(row, *RECORD.coverage[1:]), get=RECORD.get)
    found = coverage(changed)
    assert found.owed_by == {"a part": 1} and not found.broken
    assert [one.pointer for one in found.answers[row.item].owed] == ["output:later"]


@pytest.mark.parametrize(
    ("pointer", "owed_by", "complaint"),
    [
        ("C-9999", "", "opens nothing"),
        ("mechanism:nobody", "", "opens nothing"),
        ("statistic:nothing", "", "opens nothing"),
        ("output:nowhere", "", "opens nothing"),
        ("C-0101", "a part", "is called owed"),
        ("output:later", "somebody", "which is no part"),
    ],
)
def test_a_broken_pointer_is_found(pointer: str, owed_by: str, complaint: str) -> None:
    rows = (replace(RECORD.coverage[0], pointer=pointer, owed_by=owed_by), *RECORD.coverage[1:])
    changed: Any = SimpleNamespace(inventory=RECORD.inventory, coverage=rows, get=RECORD.get)
    assert any(complaint in one for one in coverage(changed).broken)


def test_a_statement_without_places_is_found() -> None:
    rows = tuple(row for row in RECORD.coverage if row.item != "S7")
    changed: Any = SimpleNamespace(inventory=RECORD.inventory, coverage=rows, get=RECORD.get)
    assert coverage(changed).uncovered == ("S7",)


def test_outputs_named_as_present_exist() -> None:
    for name in OUTPUTS:
        assert opens(RECORD, f"output:{name}"), name


def test_every_pointer_can_be_described() -> None:
    for row in RECORD.coverage:
        if not row.owed_by:
            assert describe(RECORD, row.pointer)


def test_the_page_is_the_one_that_the_record_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(RECORD), (
        "docs/coverage.md is out of date; write it again with `python -m thirtyseven.publish.coverage docs/coverage.md`"
    )
