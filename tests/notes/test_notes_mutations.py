"""The record's numbers said rightly agree, and said of another fate, group, operation, year or unit they do not."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest
from notes_verdicts import verdict

PATH = Path(__file__).parents[2] / "benchmarks" / "check" / "mutations.py"
SPEC = importlib.util.spec_from_file_location("mutations", PATH)
assert SPEC is not None and SPEC.loader is not None
MUTATIONS = importlib.util.module_from_spec(SPEC)
sys.modules["mutations"] = MUTATIONS
SPEC.loader.exec_module(MUTATIONS)

LIMITS = {
    "right": 0.02,
    "fate": 0.02,
    "group": 0.02,
    "unit": 0.03,
    "line": 0.02,
    "scope": 0.08,
    "year": 0.03,
    "period": 0.12,
}
"""Largest share of right statements called otherwise, and of changed ones that agree."""


def test_few_right_numbers_are_called_otherwise_and_few_wrong_ones_agree() -> None:
    seen: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for trial in list(MUTATIONS.trials(("prose",)))[::3]:
        seen[trial.changed] += 1
        failed[trial.changed] += MUTATIONS.failed(trial, trial.verdict())
    assert set(LIMITS) == set(seen)
    assert {kind: failed[kind] / seen[kind] for kind in seen if failed[kind] / seen[kind] > LIMITS[kind]} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1937-38 22,360 people were convicted in the Latvian operation.", "agrees"),
        ("In 1937-38 22,360 people were arrested in the Latvian operation.", "different definition"),
        ("The number of party members shot in the Greek operation was 10,545.", "different definition"),
        ("9,735 families were convicted in the Estonian operation in 1937-38.", "different definition"),
        ("In 1935 55,005 people were convicted in the German operation.", "different definition"),
        ("In 1937 55,005 people were convicted in the German operation.", "different definition"),
        ("In 1937-38 18,658 officers were discharged from the ground forces.", "different definition"),
        ("In 1937 18,658 officers were discharged from the ground forces.", "agrees"),
        ("In 1937 18,658 officers were discharged from the navy.", "different definition"),
        (
            "36,157 people were convicted by the special troikas from October 1936 to September 1938.",
            "different definition",
        ),
        ("105,032 people were shot by the special troikas in autumn 1938.", "different definition"),
        ("72,254 people were shot by the special troikas in autumn 1938.", "agrees"),
        ("By 1 January 1938 575,000 people had been shot under Order 00447.", "different definition"),
        ("In 1937 85,300 clergy were arrested.", "different definition"),
        ("In 1937 85,300 clergy were shot.", "agrees"),
        ("7,280 officers were shot in 1937-38.", "different definition"),
        ("634,820 people were shot in 1937-38.", "different definition"),
        ("381,026 kulaks were deported in 1930-31.", "different definition"),
        ("381,026 kulak families were deported in 1930-31.", "agrees"),
        ("18,000 wives were arrested under Order 00486.", "agrees"),
    ],
)
def test_an_exact_number_belongs_to_those_whom_the_record_counts(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_an_order_does_not_agree_for_a_number_of_another_fate() -> None:
    assert verdict("18,000 wives were released under Order 00486.") != "agrees"


def test_a_row_that_begins_with_a_year_is_read_with_what_it_counts() -> None:
    table = "| When | Who | Number |\n|---|---|---|\n| 1937 | people arrested by the security organs | {} |"
    assert verdict(table.format("936,750")) == "agrees"
    assert verdict(table.format("353,074")) == "different definition"
