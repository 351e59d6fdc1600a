"""The table of explanations: both sides filled, sources, a blank version, the same in HTML, DOCX and Markdown."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from thirtyseven.publish.names import SLUGS
from thirtyseven.publish.study import markdown, page, table, word
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.sheet import Grid, flat


@pytest.fixture(scope="module")
def full(record):
    return table.table(record)


@pytest.fixture(scope="module")
def blank(record):
    return table.blank(record)


def grids(sheet):
    return [block for block in sheet.blocks if isinstance(block, Grid)]


def test_every_explanation_has_both_columns_filled_with_sources(full, record):
    rows = grids(full)[0].rows
    assert len(rows) == len(SLUGS) == 8
    for slug, row in zip(SLUGS, rows, strict=True):
        assert record.explanations[slug].title in flat(row[0].items[0])
        assert row[1].items
        for side in (row[2], row[3]):
            assert len(side.items) >= 3
            assert all(re.search(r" \[\d", flat(item)) for item in side.items), "each piece of evidence names a source"


def test_consequences_say_whose_view_they_are_and_how_they_stand(full, record):
    gains, losses = grids(full)[1:3]
    assert len(gains.rows) >= 6 and len(losses.rows) >= 10
    for row in (*gains.rows, *losses.rows):
        assert len(flat(row[1].items[0])) > 10
        assert any(verdict in flat(row[2].items[0]) for verdict in record.vocabularies["verdicts"])


def test_the_choices_name_claims_that_exist(record):
    for part in choices("consequences")["part"]:
        assert all(row["claim"] in record.claims for row in part["row"])


def test_the_blank_version_is_blank(blank, record):
    first = grids(blank)[0]
    for slug, row in zip(SLUGS, first.rows, strict=True):
        assert not row[1].items and not row[2].items and not row[3].items
        assert row[2].lines >= 5 and row[3].lines >= 5
        assert flat(row[0].items[0]) == record.explanations[slug].title
    text = page.page(blank)
    for explanation in record.explanations.values():
        for evidence in (*explanation.supporting, *explanation.countering):
            assert evidence.text not in text
    for grid in grids(blank)[1:]:
        assert all(not row[1].items and not row[2].items for row in grid.rows)


def test_the_html_page_stands_alone(full):
    text = page.page(full)
    assert "<script" not in text and " style=" not in text and "http-equiv" not in text
    assert not re.search(r'(?:src|href)="', text)
    assert "size:A4 landscape" in text
    assert text.count("<h1") == 1 and 'lang="en"' in text


def test_every_source_number_is_in_the_list(full):
    text = page.page(full)
    cited = {int(n) for group in re.findall(r"\[(\d+(?:, \d+)*)\]", text) for n in group.split(", ")}
    listed = text.split('<ol class="refs">')[1].split("</ol>")[0].count("<li>")
    assert cited == set(range(1, listed + 1))


def test_docx_holds_real_tables_on_a4_landscape(full, record):
    document = Document(io.BytesIO(word.page(full)))
    section = document.sections[0]
    assert round(section.page_width.mm) == 297 and round(section.page_height.mm) == 210
    rows = document.tables[0].rows
    assert len(rows) == 9
    assert [place.text for place in rows[0].cells] == list(table.EXPLAIN)
    for slug, row in zip(SLUGS, rows[1:], strict=False):
        assert record.explanations[slug].supporting[0].text in row.cells[2].text
        assert record.explanations[slug].countering[0].text in row.cells[3].text
    assert document.core_properties.author == "thirtyseven"


def test_docx_has_no_time_or_name_of_its_making(full):
    made = word.page(full)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
        assert b"1980-01-01" in archive.read("docProps/core.xml")


def test_markdown_tables_keep_their_columns(full):
    lines = [line for line in markdown.page(full).split("\n") if line.startswith("|")]
    first = lines[: 2 + len(SLUGS)]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in first} == {5}


def test_docx_lines_to_write_on_stand_where_word_expects_them(blank):
    with zipfile.ZipFile(io.BytesIO(word.page(blank))) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    order = ["pStyle", "keepNext", "pBdr", "spacing", "ind"]
    found = 0
    for shape in body.iter(f"{name}pPr"):
        tags = [order.index(one.tag.removeprefix(name)) for one in shape if one.tag.removeprefix(name) in order]
        assert tags == sorted(tags)
        found += order.index("pBdr") in tags
    assert found > 100
