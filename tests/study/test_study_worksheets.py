"""Worksheets, timelines and notes: students' pages without answers, teachers' pages with them, three lengths."""

from __future__ import annotations

import pytest

from thirtyseven.publish.study import conflicts, dated, grid, kirov, notes, page
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import ADVICE, OPEN, when
from thirtyseven.publish.study.sheet import Grid, flat
from thirtyseven.record import span


def grids(sheet):
    return [block for block in sheet.blocks if isinstance(block, Grid)]


def words(cell):
    return " ".join(flat(item) for item in cell.items)


def test_each_conflict_sets_two_to_four_sources_side_by_side(record):
    sheets = grids(conflicts.student(record))
    assert len(sheets) == len(choices("conflicts")["conflict"]) >= 6
    for sheet in sheets:
        assert 2 <= len(sheet.rows) <= 4
        assert len({words(row[0]) for row in sheet.rows}) == len(sheet.rows), "each row is another source"
        for row in sheet.rows:
            assert words(row[1]) and not any(cell.items for cell in row[2:]) and all(cell.lines for cell in row[2:])


def test_the_students_page_gives_no_answer_away(record):
    text = page.page(conflicts.student(record))
    for one in choices("conflicts")["conflict"]:
        for ident in one["claims"]:
            claim = record.claims[ident]
            assert claim.reason not in text and claim.best not in text
    assert not any(advice in text for advice in ADVICE.values())


def test_the_teachers_page_answers_everything(record):
    sheet = conflicts.teacher(record)
    for table in grids(sheet)[::2]:
        assert all(words(cell) for row in table.rows for cell in row)
        assert all("Good evidence of" in words(row[4]) and "Not of" in words(row[4]) for row in table.rows)
    for one, table in zip(choices("conflicts")["conflict"], grids(sheet)[1::2], strict=True):
        assert len(table.rows) == len(one["claims"])
        for ident, row in zip(one["claims"], table.rows, strict=True):
            assert record.claims[ident].verdict in words(row[1]) and record.claims[ident].reason in words(row[2])


def test_the_conflicts_name_what_exists(record):
    for one in choices("conflicts")["conflict"]:
        assert one["family"] in record.families
        assert all(ident in record.claims for ident in one["claims"])
        assert all(ident in record.figures for ident in one.get("figures", ()))
        assert all(ident in record.events for ident in one.get("events", ()))


def test_the_kirov_file_has_three_hypotheses_and_an_open_verdict(record):
    data = choices("kirov")
    assert [one["key"] for one in data["hypothesis"]] == ["alone", "nkvd", "stalin"]
    for key in ("alone", "nkvd", "stalin"):
        assert {piece[key] for piece in data["piece"]} <= set(kirov.WORDS)
    assert sum(all(piece[key] == "open" for key in ("alone", "nkvd", "stalin")) for piece in data["piece"]) >= 4
    assert record.claims["C-0202"].verdict in OPEN
    blank, full = grids(kirov.student(record))[0], grids(kirov.teacher(record))[0]
    assert len(blank.rows) == len(full.rows) == len(data["piece"])
    assert all(not any(cell.items for cell in row[1:]) for row in blank.rows)
    assert all(words(cell) for row in full.rows for cell in row)
    assert "The verdict stays open" in page.page(kirov.teacher(record))


def test_the_responsibility_grid_has_every_office_and_kind(record):
    blank, full = grids(grid.student(record))[0], grids(grid.teacher(record))[0]
    kinds, groups = record.vocabularies["responsibility_kinds"], record.vocabularies["office_groups"]
    assert list(full.head[1:]) == list(kinds) == list(blank.head[1:])
    assert len(full.rows) == len(blank.rows) == len(groups)
    assert all(not any(cell.items for cell in row[1:]) for row in blank.rows)
    counted = 0
    for group, row in zip(groups, full.rows, strict=True):
        for kind, cell in zip(kinds, row[1:], strict=True):
            held = [one for one in record.responsibility.values() if (one.office_group, one.kind) == (group, kind)]
            counted += len(held)
            assert words(cell).startswith(f"{len(held)} entr" if held else "none")
    assert counted == len(record.responsibility)
    assert "%" not in page.page(grid.teacher(record)).split("</style>")[1]


@pytest.mark.parametrize("length", dated.LENGTHS)
def test_timelines_are_in_order_and_grow(record, length):
    events = dated.chosen(record, length)
    days = [span(one.date).first for one in events]
    assert days == sorted(days)
    shown = sum(len(table.rows) for table in grids(dated.timeline(record, length)))
    assert shown == len(events)


def test_the_lengths_nest_and_the_longest_has_everything(record):
    short, middle, full = ({one.id for one in dated.chosen(record, length)} for length in dated.LENGTHS)
    assert short < middle < full == set(record.events)
    captions = [table.caption for table in grids(dated.timeline(record, "short"))]
    assert captions == ["Causes and conditions", "Events", "End and consequences"]


def test_a_disputed_date_says_so(record):
    text = page.page(dated.timeline(record, "long"))
    assert "(disputed)" in text and "Other dates given" in text


def test_the_outline_names_what_exists(record):
    data = choices("outline")
    assert all(ident in record.events for ident in (*data["short_events"], *data["middle_abroad"]))
    for name, idents in data.items():
        if name.startswith(("numbers", "happened", "consequences", "disputed")):
            assert all(ident in record.claims for ident in idents), name


SHORTEST = {"short": (3_000, 7_500), "middle": (9_000, 20_000), "long": (35_000, 75_000)}
"""Characters: what fits on one, three and ten pages of the print view, with room for a wider font."""


@pytest.mark.parametrize("length", dated.LENGTHS)
def test_notes_have_their_length_and_all_parts(record, length):
    sheet = notes.notes(record, length)
    text = page.page(sheet).split("</style>")[1]
    low, high = SHORTEST[length]
    plain = len("".join(part.split(">")[-1] for part in text.split("<")))
    assert low < plain < high, plain
    for part in ("In numbers", "Causes: eight explanations", "Events", "Consequences", "Disputed, or not to be known"):
        assert f">{part}<" in text
    for explanation in record.explanations.values():
        if explanation.supporting and explanation.slug != "composite":
            assert explanation.title.replace("'", "&#39;") in text
    assert text.count("Against") >= 8 and "Or: " in text


@pytest.mark.parametrize(
    ("edtf", "words_"),
    [
        ("1937-08-05", "5 August 1937"), ("1937-08", "August 1937"), ("1937", "1937"), ("1937/1938", "1937–1938"),
        ("1937-07-16/1937-07-20", "16–20 July 1937"), ("1937-02-23/1937-03-05", "23 February – 5 March 1937"),
        ("1936-09-26/1938-11-25", "26 September 1936 – 25 November 1938"), ("1940-02-02~", "about 2 February 1940"),
        ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_dates_in_words(edtf, words_):
    assert when(edtf) == words_
