"""Nothing of the starting tables is dropped silently."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from thirtyseven.record import load
from thirtyseven.record.load import DATA

SHARED = Path(__file__).parents[3] / "shared" / "record"
HOWS = {"figure", "figures", "event", "series", "merged", "claim", "left"}


def _rows() -> list[dict[str, str]]:
    with (DATA / "migration.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_entry_says_what_became_of_a_row():
    rows = _rows()
    assert len(rows) > 2000
    record = load()
    for row in rows:
        assert re.fullmatch(r"[a-z0-9_]+:\d+", row["row"])
        assert row["how"] in HOWS
        if row["how"] in ("left", "merged"):
            assert row["reason"], f"{row['row']} is {row['how']} without a reason"
        if row["how"] == "left":
            continue
        for pointer in row["became"].split(" | "):
            assert record.get(pointer), f"{row['row']} became {pointer}, which does not exist"


def test_no_row_is_listed_twice():
    counts = Counter(row["row"] for row in _rows())
    assert [row for row, count in counts.items() if count > 1] == []


def test_what_a_figure_names_as_its_origin_is_listed_as_its_origin():
    became = {row["row"]: row["became"].split(" | ") for row in _rows()}
    for figure in load().figures.values():
        if figure.id < "F-5000" and re.fullmatch(r"[a-z0-9_]+:\d+", figure.origin):
            assert figure.id in became[figure.origin], f"{figure.id} is missing at {figure.origin}"


@pytest.mark.shared
def test_every_row_of_the_starting_tables_is_accounted_for():
    if not SHARED.is_dir():
        pytest.skip("the starting tables are not beside this checkout (../shared/record)")
    listed = {row["row"] for row in _rows()}
    wanted = set()
    for path in sorted(SHARED.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            last = reader.line_num
            for _ in reader:
                wanted.add(f"{path.stem}:{last + 1}")
                last = reader.line_num
    assert len(wanted) > 2000
    assert sorted(wanted - listed) == []
    assert sorted(listed - wanted) == []


@pytest.mark.shared
def test_series_hold_the_numbers_of_the_starting_tables():
    if not SHARED.is_dir():
        pytest.skip("the starting tables are not beside this checkout (../shared/record)")
    record = load()
    pairs = {
        "annual-repression": ("annual_repression", "year"),
        "order-00447-limits": ("order00447_limits", "region"),
        "memorial-arrests-monthly": ("agg_memorial_arrests_by_month_ethnicity", "month"),
    }
    compared = 0
    for name, (table, key) in pairs.items():
        series = record.series[name]
        rows = {str(row[key]): row for row in series.rows}
        with (SHARED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line[key] not in rows:
                    continue
                for column in series.columns.values():
                    if column.type == "int" and column.name in line:
                        expected = int(line[column.name]) if line[column.name] else None
                        assert rows[line[key]][column.name] == expected
                        compared += 1
    assert compared > 8000
