import json
import math

import publish_worlds
import pytest

from thirtyseven.publish.finished import FinishedFileError, read_result, read_series
from thirtyseven.publish.report import write_report


def spoil(folder, tmp_path, name, change):
    for part in ("result.json", "series.json"):
        data = json.loads((folder / part).read_text())
        if part == name:
            change(data)
        (tmp_path / part).write_text(json.dumps(data))
    return tmp_path


def without(key):
    return lambda d: d.pop(key)


def test_missing_files_are_named(tmp_path, folders, record):
    with pytest.raises(FinishedFileError, match=r"no result\.json in .*thirtyseven weigh --out"):
        write_report(tmp_path, record)
    (tmp_path / "result.json").write_bytes((folders["winner"] / "result.json").read_bytes())
    with pytest.raises(FinishedFileError, match=r"no series\.json"):
        write_report(tmp_path, record)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON"), (b'{"version": ', "not JSON"), (b"\xff\xfe\x00", "not UTF-8"),
        (b"[1, 2]", "holds no object"),
        (b"<html>", "not JSON"), (b"{}", "at version, field required"), (b"null", "holds no object"),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_one_sentence(tmp_path, record, content, says):
    (tmp_path / "result.json").write_bytes(content)
    with pytest.raises(FinishedFileError, match=says) as fault:
        write_report(tmp_path, record)
    assert "\n" not in str(fault.value) and "result.json" in str(fault.value)


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("result.json", without("inclusion"), "at inclusion"),
        ("result.json", lambda d: d.update(inclusion={}), "no inclusion for any question"),
        ("result.json", lambda d: d.update(seed="x"), "at seed"),
        ("result.json", lambda d: d.update(runs={"total": "many"}), r"at runs\.total"),
        (
            "result.json",
            lambda d: d["inclusion"]["mass"]["plan"].update(mean="high"),
            r"at inclusion\.mass\.plan\.mean",
        ),
        ("series.json", without("months"), "at months"),
        ("series.json", lambda d: d["months"].pop(), "out of step"),
        ("series.json", lambda d: d["months"].__setitem__(0, "Jan 1936"), "is not a month"),
        ("series.json", lambda d: d["models"]["plan"]["arrests"]["q50"].pop(), r"models\.plan\.arrests\.q50 has 35"),
        ("series.json", lambda d: d["record"].update(arrests_status="guessed"), r"at record\.arrests_status"),
    ],
)
def test_broken_parts_are_named(tmp_path, folders, record, name, change, says):
    folder = spoil(folders["winner"], tmp_path, name, change)
    with pytest.raises(FinishedFileError, match=says) as fault:
        write_report(folder, record)
    assert "\n" not in str(fault.value)
    assert not (folder / "report.html").exists()


def test_a_folder_that_cannot_be_written_to(tmp_path, folders, record):
    for part in ("result.json", "series.json"):
        (tmp_path / part).write_bytes((folders["winner"] / part).read_bytes())
    (tmp_path / "report.html.part").mkdir()
    with pytest.raises(FinishedFileError, match="cannot be written"):
        write_report(tmp_path, record)


def test_undefined_numbers_are_gaps(tmp_path, folders):
    series = publish_worlds.series("winner", ("moscow-oblast",), frozenset())
    series["record"]["arrests"][5] = math.nan
    series["models"]["plan"]["arrests"]["q50"][5] = math.inf
    (tmp_path / "series.json").write_text(json.dumps(series))
    got = read_series(tmp_path)
    assert got.record.arrests[5] is None and got.models["plan"].arrests.q50[5] is None


def test_unknown_fields_do_not_matter(folders, tmp_path):
    folder = spoil(folders["winner"], tmp_path, "result.json", lambda d: d.update(later={"a": 1}))
    assert read_result(folder).seed == 37
