"""The command: exit codes, JSON, quiet, several files, the page with marginal remarks, and the seeds where they exist."""

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from thirtyseven.cli.check import register, run
from thirtyseven.notes.check import check_text
from thirtyseven.publish.remarks import remarks_page

APP = typer.Typer()
register(APP)
APP.command("other")(lambda: None)
RIGHT, FALSE = "Yezhov replaced Yagoda.\n", "Intro\n\n- Beria replaced Yagoda.\n"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def write(folder: Path, name: str, text: str) -> str:
    """A file with notes; its path."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_the_exit_code_is_a_linters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([write(tmp_path, "a.txt", RIGHT)], False, None, False) == 0
    assert run([write(tmp_path, "b.txt", FALSE)], False, None, False) == 1
    assert run([write(tmp_path, "c.txt", RIGHT), str(tmp_path / "none.txt")], False, None, False) == 2
    assert "does not exist" in capsys.readouterr().err


def test_a_dispute_is_no_fault(tmp_path: Path) -> None:
    assert run([write(tmp_path, "a.txt", "Stalin ordered Kirov's murder.\n")], False, None, False) == 0


def test_json_is_a_list_of_objects_with_the_promised_keys(tmp_path: Path) -> None:
    name = write(tmp_path, "b.md", FALSE)
    result = CliRunner().invoke(APP, ["check", name, "--json"])
    (one,) = json.loads(result.output)
    assert result.exit_code == 1
    assert {"file", "line", "column", "quote", "verdict", "best", "source", "claim"} <= set(one)
    assert (one["file"], one["line"], one["column"], one["verdict"]) == (name, 3, 3, "wrong")


def test_lines_name_the_place_and_standard_input_is_read() -> None:
    result = CliRunner().invoke(APP, ["check", "-"], input=FALSE)
    assert "standard input:3:3: wrong" in result.output
    assert "record:" in result.output and "source:" in result.output


def test_quiet_leaves_out_what_agrees(tmp_path: Path) -> None:
    result = CliRunner().invoke(APP, ["check", "-q", "--json", write(tmp_path, "c.txt", RIGHT + "\n" + FALSE)])
    assert [one["verdict"] for one in json.loads(result.output)] == ["wrong"]


def test_notes_about_nothing_say_so() -> None:
    assert (
        "Nothing here that the record can decide."
        in CliRunner().invoke(APP, ["check", "-"], input="Buy milk.\n").output
    )


def test_the_page_escapes_the_notes_and_carries_no_script(tmp_path: Path) -> None:
    bad = '<script>alert(1)</script> Beria replaced Yagoda. <img src=x onerror="x">\n'
    page = tmp_path / "page.html"
    assert run([write(tmp_path, "<i>.txt", bad)], False, page, False) == 1
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text and "<img" not in text and "<i>.txt" not in text
    assert "&lt;script&gt;" in text and "did not follow" in text
    assert "http://" not in text and "https://" not in text


def test_the_page_says_when_there_is_nothing() -> None:
    assert "Nothing here that the record can decide." in remarks_page([("a", [], [])])


def test_the_seeds_verdicts_agree_with_the_readings() -> None:
    path = SHARED / "record" / "claims_check.csv"
    if not path.exists():
        pytest.skip(
            "the design folder ../shared is not here; the seeds are other people's texts and not kept in the repository"
        )
    wanted: dict[tuple[str, int], set[str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if row["file"].endswith(".txt"):
            wanted.setdefault((row["file"], int(row["line"])), set()).add(row["verdict"])
    alarms, right, known = [], 0, 0
    for name in sorted({name for name, _ in wanted}):
        given: dict[int, set[str]] = {}
        for one in check_text((SHARED / "seeds" / name).read_text(encoding="utf-8"), name):
            given.setdefault(one.line, set()).add(one.verdict)
        for (file, line), labels in wanted.items():
            if file == name and line in given:
                near = labels.union(*(wanted.get((file, line + step), set()) for step in (-1, 1)))
                known += 1
                right += bool(given[line] & near)
                if near == {"agrees"} and given[line] & {"wrong"}:
                    alarms.append((file, line))
    # The table's row for line 99 speaks of the line after it; line 99 calls Yezhov a member of the Politburo.
    assert set(alarms) <= {("003_e918460ec9dfdd2d.txt", 99)}
    assert known >= 36 and right >= 0.85 * known, (right, known)
