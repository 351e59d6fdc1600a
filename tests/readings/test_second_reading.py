"""The second reading is whole, was not bent after the comparison, and the page counts what the files hold."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from thirtyseven.publish import readings
from thirtyseven.publish.readings import ReadingError, agreement, by_family, comparison, grade, kappa, pieces
from thirtyseven.publish.readings_page import page
from thirtyseven.record import load

RECORD = load()
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "readings.md"
SECOND = readings.second(RECORD)
ROWS = comparison(RECORD)
VERDICTS = tuple(RECORD.vocabularies["verdicts"])
WORDS = st.sampled_from(VERDICTS)
AS_WRITTEN = {"second.toml": "0197ae5b25134a97", "second_explanations.toml": "186282f77090de1c"}
"""Digests of the second reading as it stood before the first was opened."""


@pytest.mark.parametrize("file", AS_WRITTEN)
def test_the_second_reading_is_as_it_was_written(file: str) -> None:
    found = hashlib.sha256((RECORD.folder / "readings" / file).read_bytes()).hexdigest()[:16]
    assert found == AS_WRITTEN[file], (
        "the second reading is evidence and is not corrected; new readings go into new files"
    )


def test_every_claim_has_a_second_reading() -> None:
    assert set(SECOND) == set(RECORD.claims)
    assert {row.id for row in ROWS} == set(RECORD.claims) and len(ROWS) == len(RECORD.claims)


def test_every_explanation_has_a_second_reading() -> None:
    held = readings.arguments(RECORD)
    assert set(held) == set(RECORD.explanations)
    found = {(one.slug, one.side, one.number) for one in pieces(RECORD)}
    assert found == {(slug, side, number) for slug in held for side in readings.SIDES for number in (1, 2, 3)}


@pytest.mark.parametrize("one", SECOND.values(), ids=lambda one: one.id)
def test_a_second_reading_decides_and_gives_its_reason(one: readings.Reading) -> None:
    assert len(one.decides) >= 15 and len(one.reason) > 8 and one.reason.endswith(".")
    assert one.reason.count(". ") == 0, "a reason is one sentence"
    first = RECORD.claims[one.id]
    assert one.reason not in (first.reason, first.best) and one.decides not in (first.reason, first.best)


def test_the_record_holds_what_was_resolved() -> None:
    anew = [row.id for row in ROWS if RECORD.claims[row.id].verdict != row.resolution]
    assert not anew, f"judged anew after the comparison: {anew}; say so in comparison.csv"


def test_differences_are_resolved_with_a_reason_of_their_own() -> None:
    reasons = [row.reason for row in ROWS if row.agree != "yes"]
    assert len(set(reasons)) == len(reasons) and min(map(len, reasons)) > 25
    assert {row.changed for row in ROWS} == set(readings.CHANGED)


def test_shares_are_counted_from_the_rows() -> None:
    every = agreement(ROWS)
    with (RECORD.folder / "readings" / "comparison.csv").open(encoding="utf-8", newline="") as stream:
        cells = [row["agree"] for row in csv.DictReader(stream)]
    assert (every.yes, every.near, every.no) == tuple(cells.count(name) for name in readings.GRADES)
    assert sum(every.share(name) for name in readings.GRADES) == pytest.approx(1.0)
    families = by_family(RECORD, ROWS).values()
    assert sum(one.number for one in families) == every.number == len(RECORD.claims)
    assert sum(one.no for one in families) == every.no
    turned = [replace(row, second=next(v for v in VERDICTS if grade(row.first, v) == "no")) for row in ROWS[:10]]
    changed = agreement([*turned, *ROWS[10:]])
    assert changed.no > every.no and changed.kappa is not None and every.kappa is not None
    assert changed.kappa < every.kappa


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=60))
def test_kappa_is_cohens(pairs: list[tuple[str, str]]) -> None:
    ones, twos = zip(*pairs, strict=True)
    mine = kappa(pairs)
    if len(set(ones) | set(twos)) == 1:
        assert mine is None
    else:
        assert mine == pytest.approx(cohen_kappa_score(ones, twos, labels=VERDICTS), abs=1e-9)


def test_kappa_of_a_table_done_by_hand() -> None:
    """Cohen's own kind of table: 20 + 15 of 50 agree, chance agreement one half, kappa 0.4."""
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None


@given(WORDS, WORDS)
def test_nearness_does_not_depend_on_who_read_first(one: str, two: str) -> None:
    assert grade(one, two) == grade(two, one)
    assert (grade(one, two) == "yes") == (one == two)


def test_neighbours_are_those_that_the_page_names() -> None:
    assert grade("well supported", "supported with limits") == grade("contested", "supported with limits") == "near"
    assert grade("well supported", "contested") == grade("not supported", "wrong scope") == "no"


def test_the_page_is_the_one_that_the_files_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(RECORD), (
        "docs/readings.md is out of date; write it again with "
        "`python -m thirtyseven.publish.readings_page docs/readings.md`"
    )


def test_the_page_shows_every_difference_and_the_computed_numbers() -> None:
    text, every = page(RECORD), agreement(ROWS)
    for row in ROWS:
        assert (f"`{row.id}` " in text) >= (row.agree != "yes"), row.id
    assert f"**{every.kappa:.2f}**" in text
    assert re.search(rf"\| the same \| {every.yes} \| {100 * every.share('yes'):.0f} per cent \|", text)


@pytest.fixture
def broken(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A record whose second reading can be spoilt."""
    shutil.copytree(RECORD.folder / "readings", tmp_path / "readings")

    def spoil(file: str, old: str, new: str):  # type: ignore[no-untyped-def]
        path = tmp_path / "readings" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return replace(RECORD, folder=tmp_path)

    return spoil


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("second.toml", 'verdict = "well supported"', 'verdict = "true"', "use one of"),
        ("second.toml", 'id = "C-0101"', 'id = "C-9999"', "no claim"),
        ("second.toml", 'id = "C-0101"', 'id = "C-0102"', "twice"),
        ("second.toml", 'family = "kirov-vote"', 'family = "stop"', "another family"),
        ("second.toml", "[[reading]]", "[[reading", "no readable TOML"),
        ("second_explanations.toml", 'slug = "plan"', 'slug = "chance"', "no explanation"),
        ("comparison.csv", "supported,wrong scope,no,", "supported,wrong scope,near,", "it is 'no'"),
        ("comparison.csv", "C-0101,not supported,wrong scope", "C-0101,not supported,contested", "changes the second"),
        ("comparison.csv", "wrong scope,no,wrong scope,first", "wrong scope,no,wrong scope,second", "who gave way"),
        ("comparison_explanations.csv", "C-2301,yes,", "C-0101,yes,", "lacks it"),
        ("comparison_explanations.csv", "C-2301,yes,", "C-2301,yes,because", "where none belongs"),
    ],
)
def test_a_spoilt_file_is_refused_in_one_sentence(broken, file: str, old: str, new: str, says: str) -> None:  # type: ignore[no-untyped-def]
    record = broken(file, old, new)
    with pytest.raises(ReadingError, match=re.escape(says)) as caught:
        readings.comparison(record), pieces(record)
    assert file in str(caught.value) and "\n" not in str(caught.value).strip()


def test_a_missing_reading_says_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="put the second reading there"):
        readings.second(replace(RECORD, folder=tmp_path))
