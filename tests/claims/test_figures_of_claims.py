"""Figures added for the claims agree with the series they are taken from, and repeat nothing."""

from __future__ import annotations

from thirtyseven.record import load

RECORD = load()
ADDED = {key: one for key, one in RECORD.figures.items() if key.startswith("F-5")}
LIMITS = RECORD.series["order-00447-limits"]


def test_proposals_and_limits_of_the_same_territories() -> None:
    pairs = [
        (row["proposed_cat1"], row["limit_cat1"]) for row in LIMITS.rows if row["proposed_cat1"] is not None
    ]
    assert len(pairs) == 26
    assert sum(asked for asked, _ in pairs) == ADDED["F-5006"].value
    assert sum(limit for _, limit in pairs) == ADDED["F-5007"].value
    assert sum(limit < asked for asked, limit in pairs) == 15
    assert sum(limit > asked for asked, limit in pairs) == 10


def test_cells_of_series_are_copied_without_change() -> None:
    progress = RECORD.series["order-00447-progress"]
    cells = {row[column] for row in progress.rows for column in ("arrested", "sentenced", "cat1", "cat2")}
    checked = [one for one in ADDED.values() if one.note == "cell of series order-00447-progress"]
    assert checked
    assert all(one.value in cells for one in checked)


def test_raises_and_requests_agree_with_their_series() -> None:
    raises = RECORD.series["order-00447-raises"]
    amounts = {row[column] for row in raises.rows for column in ("add_cat1", "add_cat2", "add_unsplit")}
    checked = [one for one in ADDED.values() if one.quantity in ("order-00447-raises", "order-00447-requests")]
    assert len(checked) >= 6
    assert all(one.value in amounts for one in checked)


def test_remainder_of_arrests() -> None:
    value = {f.value for f in RECORD.figures.values() if f.counted == "arrested"}
    assert {702_656, 365_805} <= value
    assert ADDED["F-5018"].value == 1_565_041 - 702_656 - 365_805


def test_nothing_is_said_twice() -> None:
    others = {
        (one.value, one.counted, one.period, one.territory)
        for key, one in RECORD.figures.items()
        if key not in ADDED and one.value is not None
    }
    twice = [
        key for key, one in ADDED.items() if (one.value, one.counted, one.period, one.territory) in others
    ]
    assert not twice
