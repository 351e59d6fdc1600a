"""The packaged series: their sums, their regions, and that loading needs nothing heavy."""

import subprocess
import sys

from thirtyseven.record import load

EXPECTED = {
    "annual-repression": 33,
    "order-00447-limits": 65,
    "order-00447-raises": 49,
    "order-00447-progress": 16,
    "national-operations": 34,
    "stalin-lists": 53,
    "memorial-arrests-monthly": 432,
    "memorial-arrests-yearly": 45,
    "memorial-books": 193,
    "census-1926": 67,
    "population-1937": 67,
    "tile-grid": 65,
}


def test_every_series_is_there_with_all_its_rows():
    series = load().series
    assert {name: len(series[name].rows) for name in EXPECTED} == EXPECTED


def test_regions_follow_the_order_with_the_camps_last():
    record = load()
    assert len(record.region_slugs) == 65
    assert record.region_slugs[-1] == "nkvd-camps"
    assert tuple(record.series["order-00447-limits"].column("region")) == record.region_slugs


def test_the_limits_add_up_to_the_published_totals():
    limits = load().series["order-00447-limits"]
    assert sum(limits.column("limit_cat1")) == 75_950
    assert sum(limits.column("limit_cat2")) == 193_000
    assert sum(limits.column("limit_total")) == 268_950


def test_two_years_of_arrests_and_sentences():
    years = {row["year"]: row for row in load().series["annual-repression"].rows}
    assert years[1937]["arrested_by_organs"] + years[1938]["arrested_by_organs"] == 1_575_259
    assert years[1937]["death_corrected"] + years[1938]["death_corrected"] == 681_692


def test_the_lists_add_up_to_44502():
    assert sum(load().series["stalin-lists"].column("names")) == 44_502


def test_loading_imports_nothing_heavy():
    code = (
        "import sys, thirtyseven.record as r; r.load(); "
        "print([m for m in ('numpy', 'polars', 'pydantic', 'scipy', 'numba') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
