"""The report shows what else was asked of a weighing, names what was not, and refuses what is broken in a sentence."""

import json
import shutil

import pytest
from publish_html import parse

from thirtyseven.publish.chapters import CHAPTERS, chapters
from thirtyseven.publish.finished import FinishedFileError, read_result
from thirtyseven.publish.report import write_report


@pytest.fixture
def folder(folders, tmp_path):
    return shutil.copytree(folders["winner"], tmp_path / "weigh")


def calibration(**changes):
    row = {"name": "core.capacity", "contraction": 0.4, "moved": True, "truths": 20, "ranks": [2] * 10, "uniform": 0.5,
           "covered50": 0.5, "covered80": 0.8, "covered95": 0.95}  # fmt: skip
    coverage = {level: {"mean": float(level) / 100, "error": 0.05} for level in ("50", "80", "95")}
    kinds = {"plan/strict": {"truths": 20, "parameters": [row]}}
    return {"all": {"coverage": coverage, "tests": 1, "not_uniform": 0, "moved": 1}, "kinds": kinds} | changes


def test_what_was_not_asked_is_named_with_its_command(folder):
    found = chapters(folder, read_result(folder))
    for part in found.values():
        assert part.bodies == () and all(command.startswith("thirtyseven ") for command in part.missing)
    assert "thirtyseven predict" in found["found"].missing
    assert "thirtyseven calibrate" in found["trust"].missing


def test_what_was_asked_is_shown_and_no_longer_called_unchecked(folder, record):
    before = write_report(folder, record).read_text(encoding="utf-8")
    assert "simulation-based calibration" in before and "thirtyseven calibrate" in before
    (folder / "calibration.json").write_text(json.dumps(calibration()), encoding="utf-8")
    page = write_report(folder, record).read_text(encoding="utf-8")
    assert "about as often as they say" in page and "thirtyseven calibrate</code>" not in page
    assert "simulation-based calibration" not in page
    root, faults = parse(page)
    assert faults == []
    ids = [n.attrs["id"] for n in root.all() if "id" in n.attrs]
    assert len(ids) == len(set(ids))


def test_other_code_is_cautioned_about(folder, record):
    (folder / "calibration.json").write_text(json.dumps(calibration(code_digest="other")), encoding="utf-8")
    assert "made with other code than the weighing" in write_report(folder, record).read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["{", "[]", '{"all": {}}'])
def test_a_broken_file_is_refused_in_a_sentence(folder, record, broken):
    (folder / "calibration.json").write_text(broken, encoding="utf-8")
    with pytest.raises(FinishedFileError, match=r"run `thirtyseven calibrate` again or delete it\.$"):
        write_report(folder, record)


def test_chapters_have_one_name_and_one_place_each():
    assert len({c.name for c in CHAPTERS}) == len(CHAPTERS)
    assert [c.part for c in CHAPTERS] == sorted((c.part for c in CHAPTERS), key=["found", "trust", "settle"].index)
