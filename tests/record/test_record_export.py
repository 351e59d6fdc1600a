"""The data package: complete, valid down to the cells, the same twice."""

import csv
import hashlib
import json
import re
import sqlite3

import polars
import pytest

from thirtyseven.publish import citations, tables
from thirtyseven.publish.tables import Field, Table, export_record, missing_meanings
from thirtyseven.record import Source, load, model


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    out = tmp_path_factory.mktemp("package")
    export_record(load(), out)
    return out


@pytest.fixture(scope="module")
def descriptor(package):
    return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))


def _cells(package, resource):
    with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_exports_are_equal_byte_for_byte(package, tmp_path):
    export_record(load(), tmp_path)
    first = {p.relative_to(package): p.read_bytes() for p in sorted(package.rglob("*")) if p.is_file()}
    second = {p.relative_to(tmp_path): p.read_bytes() for p in sorted(tmp_path.rglob("*")) if p.is_file()}
    assert first == second
    assert len(first) > 60


def test_descriptor_has_what_the_standard_asks_for(package, descriptor):
    assert descriptor["$schema"].endswith("2.0/datapackage.json")
    names = [one["name"] for one in descriptor["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._/-]+", name) for name in [descriptor["name"], *names])
    for one in descriptor["resources"]:
        raw = (package / one["path"]).read_bytes()
        assert one["bytes"] == len(raw)
        assert one["hash"] == "sha256:" + hashlib.sha256(raw).hexdigest()
        assert all(field["description"] for field in one["schema"]["fields"])


def test_every_cell_has_the_type_that_the_schema_says(package, descriptor):
    checks = {"integer": int, "number": float}
    seen = 0
    for one in descriptor["resources"]:
        for row in _cells(package, one):
            for field in one["schema"]["fields"]:
                cell = row[field["name"]]
                seen += 1
                if cell == "" or field["type"] == "string":
                    continue
                if field["type"] == "boolean":
                    assert cell in ("yes", "no")
                else:
                    checks[field["type"]](cell)
    assert seen > 40_000


def test_keys_are_unique_and_links_resolve(package, descriptor):
    content = {one["name"]: (one, _cells(package, one)) for one in descriptor["resources"]}
    links = 0
    for one, rows in content.values():
        for key in one["schema"].get("primaryKey", []):
            values = [row[key] for row in rows]
            assert len(set(values)) == len(values)
            assert "" not in values
        for link in one["schema"].get("foreignKeys", []):
            home, [key] = content[link["reference"]["resource"]][1], link["reference"]["fields"]
            known = {row[key] for row in home} | {""}
            assert {row[link["fields"][0]] for row in rows} <= known, one["name"]
            links += 1
    assert links >= 10


def test_every_figure_can_be_traced_to_its_row(package, descriptor):
    record = load()
    figures = next(one for one in descriptor["resources"] if one["name"] == "figures")
    rows = {row["id"]: row for row in _cells(package, figures)}
    assert set(rows) == set(record.figures)
    for one in record.figures.values():
        assert rows[one.id]["value"] == ("" if one.value is None else str(one.value))
        assert rows[one.id]["source"] == one.source
        assert rows[one.id]["seen"] == one.seen


def test_sqlite_and_parquet_hold_the_same_rows(package, descriptor):
    connection = sqlite3.connect(package / "record.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for one in descriptor["resources"]:
        name = one["name"].replace("-", "_")
        count = len(_cells(package, one))
        assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (count,)
        assert polars.read_parquet(package / f"parquet/{name}.parquet").height == count
    value = connection.execute("SELECT value FROM figures WHERE id = 'F-0914'").fetchone()
    assert value == (681_692.0,)
    connection.close()


def test_the_codebook_names_every_column(package, descriptor):
    text = (package / "codebook.md").read_text(encoding="utf-8")
    for one in descriptor["resources"]:
        section = text.split(f"## {one['name'].replace('-', '_')}\n")[1].split("\n## ")[0]
        for field in one["schema"]["fields"]:
            assert f"| {field['name']} |" in section


def test_no_attribute_of_the_record_is_forgotten():
    classes = {
        "figures": model.Figure,
        "events": model.Event,
        "actors": model.Actor,
        "offices": model.Office,
        "claims": model.Claim,
        "explanations": model.Explanation,
        "responsibility": model.Responsibility,
        "regions": model.Region,
        "inventory": model.Item,
        "coverage": model.Coverage,
        "sources": model.Source,
        "families": model.Family,
    }
    elsewhere = {
        "claims": frozenset({"variants", "figures", "events", "items", "sources"}),
        "explanations": frozenset({"supporting", "countering", "items", "extra"}),
        "sources": frozenset({"csl"}),
        "families": frozenset({"claims"}),
    }
    assert missing_meanings(classes, elsewhere) == []


def test_formulas_are_defused_in_csv_only():
    table = Table(
        "t", "T", (Field("a", "string", "x"), Field("b", "integer", "x")), (("=1+1", -5), ("@x", 2), ("ok", 1))
    )
    assert tables.csv_text(table) == "a,b\n'=1+1,-5\n'@x,2\nok,1\n"


def test_bibtex_is_well_formed_and_complete(package):
    text = (package / "sources.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([^,]+),$", text, re.M)
    assert keys == list(load().sources)
    unescaped = re.sub(r"\\[{}]", "", text)
    assert unescaped.count("{") == unescaped.count("}")


def test_bibtex_escapes_what_latex_would_run():
    source = Source(
        "x-1", {"id": "x-1", "type": "book", "title": "50% of $5 & {more}_#"}, "history", "a", "b", "", "", "seen"
    )
    assert r"50\% of \$5 \& \{more\}\_\#" in citations.bibtex([source])


def test_csl_json_round_trips(package):
    entries = json.loads((package / "sources.csl.json").read_text(encoding="utf-8"))
    record = load()
    assert [one["id"] for one in entries] == list(record.sources)
    assert all(one["custom"]["good_for"] for one in entries)


def test_a_file_in_the_way_gets_a_sentence(tmp_path):
    path = tmp_path / "taken"
    path.write_text("x")
    with pytest.raises(ValueError, match="is a file, not a folder"):
        export_record(load(), path)
