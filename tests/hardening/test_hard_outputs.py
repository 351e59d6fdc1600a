"""Places that cannot be written or read: told before the work where possible, and nothing that stood there is lost."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hard import Said, expect_refusal, here, process, sentences, tree

import thirtyseven

FULL = Path("/dev/full")
SOURCE = Path(thirtyseven.__file__).parent


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("no right to mount a small disk here")
    asked = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True)
    if asked.returncode != 0:
        pytest.skip("no right to mount a small disk here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def sealed(tmp_path):
    """A folder that even root cannot write: mounted read-only."""
    place = tmp_path / "sealed"
    place.mkdir()
    (place / "kept.txt").write_text("kept", encoding="utf-8")
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("no right to mount here")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", place], capture_output=True).returncode != 0:
        pytest.skip("no right to mount here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_run_into_a_file(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    expect_refusal(here(["run", "plan", "--out", tmp_path / "out"], capsys, monkeypatch), "out")
    assert tree(tmp_path) == {"out": b"mine"}


def test_run_under_a_file(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    expect_refusal(here(["run", "plan", "--out", tmp_path / "out" / "deeper"], capsys, monkeypatch), "deeper")
    assert tree(tmp_path) == {"out": b"mine"}


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc here")
def test_run_into_proc(capsys, monkeypatch):
    expect_refusal(here(["run", "plan", "--out", "/proc/out"], capsys, monkeypatch), "/proc/out")


def test_run_into_a_name_too_long(tmp_path, capsys, monkeypatch):
    expect_refusal(here(["run", "plan", "--out", tmp_path / ("x" * 300)], capsys, monkeypatch), "too long")


def test_run_into_a_sealed_folder(sealed, capsys, monkeypatch):
    expect_refusal(here(["run", "plan", "--out", sealed / "out"], capsys, monkeypatch), "read-only")


def test_statistics_into_a_folder(tmp_path, capsys, monkeypatch):
    expect_refusal(here(["run", "plan", "--statistics", tmp_path], capsys, monkeypatch), "folder")


def test_statistics_into_an_absent_folder(tmp_path, capsys, monkeypatch):
    said = here(["run", "plan", "--statistics", tmp_path / "none" / "past.csv"], capsys, monkeypatch)
    expect_refusal(said, "no folder")
    assert tree(tmp_path) == {}


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_statistics_onto_a_full_device(capsys, monkeypatch):
    said = here(["run", "plan", "--statistics", "/dev/full", "--quiet"], capsys, monkeypatch)
    expect_refusal(said, "/dev/full", "no space")
    assert FULL.exists() and not FULL.is_file()


def test_statistics_on_a_full_disk_leave_the_old_table(tiny_disk, capsys, monkeypatch):
    old = tiny_disk / "past.csv"
    old.write_text("the old table", encoding="utf-8")
    (tiny_disk / "filler").write_bytes(b"x" * 60 * 1024)
    said = here(["run", "plan", "--statistics", old, "--quiet"], capsys, monkeypatch)
    expect_refusal(said, "no space")
    assert old.read_text(encoding="utf-8") == "the old table" and len(list(tiny_disk.iterdir())) == 2


def test_run_on_a_full_disk_leaves_the_old_run(tiny_disk, capsys, monkeypatch):
    (tiny_disk / "run.json").write_text("{}", encoding="utf-8")
    (tiny_disk / "filler").write_bytes(b"x" * 52 * 1024)
    said = here(["run", "plan", "--out", tiny_disk, "--quiet"], capsys, monkeypatch)
    expect_refusal(said, "no space")
    assert (tiny_disk / "run.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "words", [["run", "plan", "--json", "--quiet"], ["record", "kirov", "--json"], ["explanations"]], ids=" ".join
)
def test_standard_output_onto_a_full_device(words):
    with FULL.open("w") as full:
        said = process(words, stdout=full)
    assert said.code == 2 and "Traceback" not in said.err and len(sentences(said)) == 1, said.err
    assert "No space left" in said.err


@pytest.mark.parametrize("words", [["record", "the"], ["run", "plan", "--json", "--quiet"]], ids=" ".join)
def test_a_reader_who_leaves_early(words):
    """`thirtyseven record the | head -1`: no traceback."""
    command = subprocess.Popen(
        [sys.executable, "-m", "thirtyseven", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    command.stdout.close()
    err = command.stderr.read()
    assert command.wait(timeout=120) in (0, 1, 141) and "Traceback" not in err and "Exception" not in err


def test_weigh_into_a_file(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    said = here(["weigh", "--out", tmp_path / "out", "--quiet"], capsys, monkeypatch)
    expect_refusal(said, "out")
    assert tree(tmp_path) == {"out": b"mine"}


def test_weigh_under_a_file(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    expect_refusal(here(["weigh", "--out", tmp_path / "out" / "x", "--quiet"], capsys, monkeypatch), "out")


def test_weigh_into_a_sealed_folder(sealed, capsys, monkeypatch):
    expect_refusal(here(["weigh", "--out", sealed / "out", "--quiet"], capsys, monkeypatch), "out")


def test_weigh_beside_another_programs_bank(tmp_path, capsys, monkeypatch):
    bank = tmp_path / "out" / "bank"
    bank.mkdir(parents=True)
    (bank / "accounts.db").write_bytes(b"money")
    expect_refusal(here(["weigh", "--out", tmp_path / "out", "--quiet"], capsys, monkeypatch), "not a bank", "--out")
    assert tree(tmp_path) == {"out/bank/accounts.db": b"money"}


@pytest.mark.parametrize("mark", ['{"format": "another bank"}', "not json", "[]", ""])
def test_weigh_beside_a_bank_of_another_kind(mark, tmp_path, capsys, monkeypatch):
    bank = tmp_path / "out" / "bank"
    bank.mkdir(parents=True)
    (bank / "bank.json").write_text(mark, encoding="utf-8")
    expect_refusal(here(["weigh", "--out", tmp_path / "out", "--quiet"], capsys, monkeypatch), "bank.json", "--out")
    assert tree(tmp_path) == {"out/bank/bank.json": mark.encode()}


def test_weigh_where_the_bank_is_a_file(tmp_path, capsys, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bank").write_bytes(b"money")
    expect_refusal(here(["weigh", "--out", tmp_path / "out", "--quiet"], capsys, monkeypatch), "bank")
    assert tree(tmp_path) == {"out/bank": b"money"}


WITHOUT_POWERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Root, bound by the permissions of files like everybody else."""


@pytest.fixture
def bound(tmp_path):
    """Run Python so that permissions count, whoever runs the tests."""
    prefix = WITHOUT_POWERS if os.geteuid() == 0 else ()
    probe = tmp_path / "probe"
    probe.write_text("x", encoding="utf-8")
    probe.chmod(0)
    if prefix and shutil.which("setpriv") is None:
        pytest.skip("permissions do not bind root here")

    def run(*words, **env):
        return subprocess.run(
            [*prefix, sys.executable, *map(str, words)], capture_output=True, text=True, cwd=tmp_path, env=os.environ | env
        )

    if run("-c", f"open({str(probe)!r})").returncode == 0:
        pytest.skip("permissions do not bind anybody here")
    return run


def said_by(asked):
    return Said(asked.returncode, asked.stdout, asked.stderr)


def test_a_table_that_may_not_be_read(bound, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id,value\n", encoding="utf-8")
    path.chmod(0)
    expect_refusal(said_by(bound("-m", "thirtyseven", "weigh", "--observed", path, "--out", tmp_path / "o")), str(path))


def test_a_scenario_that_may_not_be_read(bound, tmp_path):
    path = tmp_path / "past.toml"
    path.write_text("name = 'x'\n", encoding="utf-8")
    path.chmod(0)
    expect_refusal(said_by(bound("-m", "thirtyseven", "run", path)), str(path))


@pytest.mark.parametrize("words", [["run", "plan"], ["weigh", "--quiet"]], ids=["run", "weigh"])
def test_a_folder_that_may_not_be_written(words, bound, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "kept.txt").write_text("kept", encoding="utf-8")
    mine.chmod(0o555)
    said = said_by(bound("-m", "thirtyseven", *words, "--out", mine / "x" if words[0] == "run" else mine))
    expect_refusal(said, str(mine), "ermission denied")
    assert tree(mine) == {"kept.txt": b"kept"}


def test_a_record_that_may_not_be_read(bound, tmp_path):
    from thirtyseven.record.load import DATA

    shutil.copytree(DATA, tmp_path / "record")
    (tmp_path / "record" / "events.csv").chmod(0)
    said = said_by(bound("-m", "thirtyseven", "record", "check", tmp_path / "record"))
    assert said.code == 2 and "Traceback" not in said.err and "events.csv" in said.out + said.err


def test_compiled_code_of_a_sealed_package_goes_to_the_users_cache(bound, tmp_path):
    """An installed package that may not be written: no fault, no message, and the next start finds the code."""
    site, home = tmp_path / "site", tmp_path / "home"
    package = site / "thirtyseven"
    for folder in (package / "society", package / "simulation", home):
        folder.mkdir(parents=True)
    for name in ("__init__.py", "compiled.py", "draws.py"):
        shutil.copy(SOURCE / name, package / name)
    package.chmod(0o555)
    probe = "from thirtyseven import compiled, draws; draws.uniform(1, 1, 1, 1); print(compiled.folder())"
    asked = bound("-c", probe, PYTHONPATH=str(site), HOME=str(home), XDG_CACHE_HOME="", NUMBA_CACHE_DIR="",
                  PYTHONDONTWRITEBYTECODE="1")  # fmt: skip
    assert asked.returncode == 0 and asked.stderr == "", asked.stderr
    assert asked.stdout.startswith(str(home / ".cache" / "thirtyseven" / "compiled-"))
    assert list(home.rglob("draws.uniform-*.nbc"))


def test_compiled_code_with_nowhere_to_stay(tmp_path):
    """Where nothing can be kept, a sentence says so, once, and the place is temporary; where nothing can be made, exit 2."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    probe = (
        "import logging, sys; from thirtyseven import compiled; print(compiled.folder()); print(compiled.waiting())"
    )
    asked = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True,
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "file" / "x"), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    place, waiting = asked.stdout.split()
    assert place.startswith(str(tmp_path / "thirtyseven-")) and waiting == "True"
    assert asked.stderr.count("NUMBA_CACHE_DIR") == 1 and len(asked.stderr.splitlines()) == 1


def test_compiled_code_goes_where_it_is_told(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-c", "from thirtyseven import draws; import numpy as np; draws.uniform(np.uint64(1), 1, 1, 1)"],
        capture_output=True, text=True, env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")},
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    (place,) = (tmp_path / "kept").iterdir()
    assert place.name.startswith("compiled-") and list(place.rglob("draws.uniform-*.nbc"))


WORDS = {
    "study: nothing": (["study"], "KIND"),
    "study: an unknown kind": (["study", "exam"], "exam"),
    "study: a file for a folder": (["study", "table", "--out", "file"], "file"),
    "study: under a file": (["study", "table", "--out", "file/x"], "file/x"),
    "study: no record": (["study", "table", "--record", "none"], "none"),
    "study: no question": (["study", "essay"], "question"),
    "study: a question about something else": (["study", "essay", "How many roads?"], "How many roads?"),
    "export: nowhere": (["record", "export"], "--out"),
    "export: a file for a folder": (["record", "export", "--out", "file"], "file"),
    "export: a place that cannot be": (["record", "export", "--out", "/proc/x"], "/proc/x"),
    "check: nothing": (["check"], "NOTES"),
    "check: absent notes": (["check", "none.md"], "none.md"),
    "check: empty notes": (["check", "empty.txt"], "empty"),
    "explanations: two": (["explanations", "plan", "threat"], "threat"),
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_command_that_cannot_begin(kind, tmp_path, capsys, monkeypatch):
    words, fragment = WORDS[kind]
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = here(words, capsys, monkeypatch)
    expect_refusal(said, fragment)
    assert tree(tmp_path) == {"empty.txt": b"", "file": b"mine"}
