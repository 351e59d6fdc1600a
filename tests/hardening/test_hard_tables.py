"""Tables of statistics, records and notes that are not what they should be."""

import pytest
from hard import expect_refusal, here, tree

from thirtyseven.summaries import STATISTICS

HEAD = "id,phase,value,sd,scale,title\n"


def row(name, value):
    return f"{name},mass,{value},0.1,log,x\n"


EVERYTHING = HEAD + "".join(row(s.id, "1.5") for s in STATISTICS)
TABLES = {
    "empty": ("", "columns id and value"),
    "only a heading": (HEAD, "columns id and value"),
    "of another program": ("date;place;deaths\n1937;Moscow;3\n", "columns id and value"),
    "without the values": ("id,phase\nlists,elite\n", "columns id and value"),
    "without the ids": ("value\n1.5\n", "columns id and value"),
    "unknown statistic": (HEAD + row("lists", "9.1") + row("harvest", "3.0"), ":3: there is no statistic 'harvest'"),
    "a statistic twice": (HEAD + row("lists", "9.1") + row("lists", "9.2"), "twice"),
    "an infinite value": (HEAD + row("lists", "inf") + row("launch", "180"), "infinite"),
    "a huge value": (HEAD + row("lists", "1e999") + row("launch", "180"), "infinite"),
    "a word for a number": (HEAD + row("lists", "many"), "'many' is not a number"),
    "a decimal comma": (HEAD + 'lists,mass,"9,1",0.1,log,x\n', "not a number"),
    "a thousand's blank": (HEAD + row("lists", "44 000"), "not a number"),
    "no value at all": (HEAD + "".join(row(s.id, "") for s in STATISTICS), "no statistic has a value"),
    "all not a number": (HEAD + "".join(row(s.id, "nan") for s in STATISTICS), "no statistic has a value"),
    "too few values": (HEAD + row("lists", "9.1") + row("launch", "180"), "fewer than three"),
    "no coarse value": (HEAD + "".join(row(s.id, "1.0") for s in STATISTICS if not s.coarse), "coarse"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_that_cannot_be_weighed(kind, tmp_path, capsys, monkeypatch):
    text, fragment = TABLES[kind]
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    said = here(["weigh", "--observed", path, "--out", tmp_path / "out", "--quiet"], capsys, monkeypatch)
    expect_refusal(said, fragment)
    assert not (tmp_path / "out" / "result.json").exists()


def test_a_table_that_is_binary(tmp_path, capsys, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_bytes(bytes(range(256)) * 8)
    expect_refusal(here(["weigh", "--observed", path, "--out", tmp_path / "out"], capsys, monkeypatch), str(path))


def test_a_table_with_zero_bytes(tmp_path, capsys, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_bytes(EVERYTHING.encode().replace(b"mass", b"\0\0\0\0"))
    text = b"id,value\nlists\0,1\n"
    path.write_bytes(text)
    expect_refusal(here(["weigh", "--observed", path, "--out", tmp_path / "out"], capsys, monkeypatch), str(path))


def test_a_table_that_is_a_folder(tmp_path, capsys, monkeypatch):
    expect_refusal(here(["weigh", "--observed", tmp_path, "--out", tmp_path / "o"], capsys, monkeypatch), "folder")


def test_a_table_that_is_absent(tmp_path, capsys, monkeypatch):
    said = here(["weigh", "--observed", tmp_path / "none.csv", "--out", tmp_path / "o"], capsys, monkeypatch)
    expect_refusal(said, "no such file")
    assert list(tmp_path.iterdir()) == []


def test_a_table_written_by_a_spreadsheet_is_read(tmp_path):
    """A mark of the byte order, Windows line ends and an empty last line are no faults."""
    from thirtyseven.summaries import read_table

    path = tmp_path / "table.csv"
    path.write_bytes(("\ufeff" + EVERYTHING + "\n").replace("\n", "\r\n").encode("utf-8"))
    assert (read_table(path) == 1.5).all()


NOTES = {
    "absent": None,
    "a folder": "folder",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "random bytes": bytes(range(256)) * 16,
    "a damaged DOCX": b"PK\x03\x04" + b"\0" * 200,
    "a damaged PDF": b"%PDF-1.7\n" + b"\xff" * 300,
}


@pytest.mark.parametrize("kind", NOTES)
def test_notes_that_cannot_be_read(kind, tmp_path, capsys, monkeypatch):
    pytest.importorskip("thirtyseven.cli.check")
    suffix = {"a picture": ".png", "a damaged DOCX": ".docx", "a damaged PDF": ".pdf"}.get(kind, ".txt")
    path = tmp_path / f"notes{suffix}"
    if NOTES[kind] == "folder":
        path.mkdir()
    elif NOTES[kind] is not None:
        path.write_bytes(NOTES[kind])
    expect_refusal(here(["check", path], capsys, monkeypatch), path.name)


def test_remarks_that_cannot_be_written(tmp_path, capsys, monkeypatch):
    pytest.importorskip("thirtyseven.cli.check")
    notes = tmp_path / "notes.txt"
    notes.write_text("Kirov was shot in 1934.\n", encoding="utf-8")
    said = here(["check", notes, "--html", tmp_path], capsys, monkeypatch)
    assert said.code == 2 and "Traceback" not in said.err and str(tmp_path) in said.err
    assert tree(tmp_path) == {"notes.txt": b"Kirov was shot in 1934.\n"}


RECORDS = {
    "absent": (None, "no such folder"),
    "a file": (b"id,value\n", "folder"),
    "an empty folder": ({}, ""),
    "another program's folder": ({"package.json": b"{}", "index.js": b"x"}, ""),
    "binary tables": ({"figures.csv": bytes(range(256)), "events.csv": b"\xff\xfe\0"}, ""),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_that_is_none(kind, tmp_path, capsys, monkeypatch):
    content, _ = RECORDS[kind]
    folder = tmp_path / "record"
    if isinstance(content, bytes):
        folder.write_bytes(content)
    elif content is not None:
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    before = tree(tmp_path)
    said = here(["record", "check", folder], capsys, monkeypatch)
    assert said.code == 2 and "Traceback" not in said.out + said.err and said.err.strip()
    assert tree(tmp_path) == before


def test_a_record_with_ten_faults_at_once(tmp_path, capsys, monkeypatch):
    """All ten are told, each with file and line; none hides another."""
    import json
    import shutil

    from thirtyseven.record.load import DATA

    folder = tmp_path / "record"
    shutil.copytree(DATA, folder)
    spoilt = {
        "figures.csv": [("unit", "furlongs"), ("status", "rumoured"), ("value", "many"), ("source", "nobody-1900"),
                        ("territory", "atlantis"), ("seen", "perhaps")],
        "events.csv": [("date", "1937-02-30"), ("source", "nobody-1901")],
        "actors.csv": [("id", "A-nobody else")],
        "offices.csv": [("actor", "A-never-lived")],
    }  # fmt: skip
    import csv

    expected = []
    for name, faults in spoilt.items():
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = list(rows[0])
        for line, (column, value) in enumerate(faults, start=2):
            named = column if column in columns else next(c for c in columns if c.startswith(column))
            rows[line - 2][named] = value
            expected.append((name, line, value))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    said = here(["record", "check", folder, "--json"], capsys, monkeypatch)
    assert said.code == 2 and "Traceback" not in said.err
    told = {(fault["file"], fault["line"]) for fault in json.loads(said.out)}
    missing = [(name, line, value) for name, line, value in expected if (name, line) not in told]
    assert len(expected) == 10 and missing == []
    plain = here(["record", "check", folder], capsys, monkeypatch)
    assert plain.code == 2 and all(f"{name}:{line}:" in plain.out for name, line, _ in expected)
