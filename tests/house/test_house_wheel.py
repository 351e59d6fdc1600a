"""The wheel carries the program, all its data and its licences, and runs from an empty folder."""

import os
import subprocess
import sys
import zipfile

import pytest

from house import ROOT, SOURCE, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling")
    out = tmp_path_factory.mktemp("dist")
    asked = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        capture_output=True, text=True,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stdout[-2000:] + asked.stderr[-2000:]
    (path,) = out.glob("*.whl")
    return path


def test_everything_of_the_program_is_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {p.relative_to(ROOT / "src").as_posix() for p in tracked() if SOURCE in p.parents}
    assert len(ours) > 150 and any(name.startswith("thirtyseven/record/data/series/") for name in ours)
    assert ours - inside == set()
    assert not [n for n in inside if "__pycache__" in n or n.endswith((".nbi", ".nbc", ".pyc")) or n.startswith("tests/")]


def test_licences_and_names_are_in_the_wheel(wheel):
    opened = zipfile.ZipFile(wheel)
    names = {n.split(".dist-info/")[1]: n for n in opened.namelist() if ".dist-info/" in n}
    assert {"licenses/LICENSE", "licenses/LICENSE-DATA", "METADATA", "entry_points.txt"} <= set(names)
    metadata = opened.read(names["METADATA"]).decode()
    assert "License-Expression: Apache-2.0" in metadata and "Requires-Python: <3.14,>=3.11" in metadata
    assert "thirtyseven = thirtyseven.cli:main" in opened.read(names["entry_points.txt"]).decode()


def test_the_wheel_works_in_an_empty_folder(wheel, tmp_path):
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    for words in (["record", "F-0001"], ["explanations", "plan"], ["--version"]):
        asked = subprocess.run(
            [sys.executable, "-m", "thirtyseven", *words], cwd=empty, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert asked.returncode == 0 and asked.stdout.strip(), (words, asked.stderr)
    where = subprocess.run(
        [sys.executable, "-c", "import thirtyseven; print(thirtyseven.__file__)"], cwd=empty, capture_output=True,
        text=True, env=os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert str(site) in where.stdout and list(empty.iterdir()) == []


def test_licence_texts():
    assert "Apache License" in (ROOT / "LICENSE").read_text() and "CC BY 4.0" in (ROOT / "LICENSE-DATA").read_text()
