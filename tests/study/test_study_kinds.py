"""The command: names, folders, faults in one sentence, the same bytes every time."""

from __future__ import annotations

import re

import pytest

from thirtyseven.cli.app import main
from thirtyseven.publish.study import KINDS, StudyError, make, word, write

QUESTION = "How far was Stalin responsible for the Terror?"


def asked(kind):
    return QUESTION if kind == "essay" else None


@pytest.fixture(scope="module")
def all_made(record):
    return {kind: make(record, kind, asked(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_give_the_same_bytes(kind, record, all_made):
    assert make(record, kind, asked(kind)) == all_made[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_escaped_everywhere(kind, hostile, monkeypatch):
    if kind not in ("essay", "questions"):  # one DOCX with hostile words is as good as sixteen
        monkeypatch.setattr(word, "page", lambda sheet: b"")
    for name, body in make(hostile, kind, asked(kind)).items():
        if name.endswith((".html", ".md", ".opml", ".mm", ".svg")):
            assert b"<script" not in body, name
            assert b"\x00" not in body and "\u202e" not in body.decode()


def test_names_do_not_collide_and_tone_holds(all_made):
    names = [name for files in all_made.values() for name in files]
    assert len(names) == len(set(names))
    unfit = re.compile(r"liquidat(?!e kulak)|\b(?:games?|winners?|high score|efficiently|quiz)\b", re.IGNORECASE)
    for files in all_made.values():
        for name, body in files.items():
            if name.endswith((".md", ".csv")):
                assert not unfit.search(body.decode().split("## Sources")[0]), name  # titles are their authors' words


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["thirtyseven", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    shown = capsys.readouterr()
    return stop.value.code, shown.out, shown.err


def test_the_command_writes_and_lists(monkeypatch, capsys, tmp_path):
    code, out, _ = run(monkeypatch, capsys, "study", "mindmap", "--out", str(tmp_path / "a" / "b"))
    assert code in (0, None)
    assert sorted(one.name for one in (tmp_path / "a" / "b").iterdir()) == [
        "mindmap.md", "mindmap.mm", "mindmap.opml", "mindmap.svg",
    ]  # fmt: skip
    assert len(out.split()) == 4


@pytest.mark.parametrize(
    "words",
    [
        ["study", "crossword"],
        ["study", "table", "why?"],
        ["study", "table", "--record", "/nowhere/at/all"],
        ["study", "cards", "--out", "/proc/none/of/this"],
    ],
)
def test_faults_are_one_sentence_and_exit_code_2(monkeypatch, capsys, words):
    code, out, err = run(monkeypatch, capsys, *words)
    assert code == 2 and not out
    assert len(err.strip().splitlines()) == 1 and "Traceback" not in err


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(StudyError, match="not a folder"):
        write({"a": b"b"}, tmp_path / "taken")


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):
        write({"a": b"b"}, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
