"""`thirtyseven run --ask`, `--compare` and `--events`, over a few weeks of 1934."""

from __future__ import annotations

import json
import os
import signal

import polars as pl
import pytest

from thirtyseven.cli import app, run, run_ask
from thirtyseven.cli.run_progress import asked_to_stop, told
from thirtyseven.simulation import streaming

SHORT = ["--until", "1934-02-20", "--seed", "3", "--quiet"]


def said(capsys, *words):
    code = app._run(["run", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_families_are_asked_of_two_runs(capsys):
    code, out, _ = said(capsys, "composite", "--ask", "families,cohorts", "--runs", "2", "--json", *SHORT)
    found = json.loads(out)
    assert code == 0 and found["runs"] == 2 and not found["partial"]
    share = found["answers"]["families"]["arrested"]["shares"]["household"]
    assert 0 < share["q05"] <= share["q50"] <= share["q95"] < 0.01 and share["runs"] == 2
    assert found["beside"]["cohorts"]["offices.congress-delegates.arrested"]["value"] == 1108


def test_two_scenarios_are_compared_person_by_person(capsys, tmp_path):
    code, out, _ = said(capsys, "--compare", "composite", "composite", "--json", *SHORT)
    assert code == 0 and json.loads(out)["equal"]
    code, out, _ = said(capsys, "--compare", "composite", "below", "--out", str(tmp_path), *SHORT)
    found = json.loads((tmp_path / "compare.json").read_text())
    assert code == 0 and not found["equal"] and "the same until" in out
    assert sum(found["arrested"].values()) == sum(sum(row.values()) for row in found["by_stratum"].values())
    assert sum(sum(row.values()) for row in found["fates"].values()) >= sum(found["arrested"].values())


def test_events_are_a_file_that_creates_the_run_again(capsys, tmp_path):
    path = tmp_path / "events.parquet"
    code, out, _ = said(capsys, "composite", "--events", str(path), "--json", *SHORT)
    summary, kept = json.loads(out), streaming.metadata(path)
    assert code == 0 and kept["digest"] == summary["digest"] and kept["scenario"] == summary["scenario"]
    assert pl.read_parquet(path).height == summary["events"] == kept["events"]
    (tmp_path / "again.toml").write_text('name = "composite"\n')
    code, out, _ = said(capsys, kept["scenario"]["name"], "--resolution", "people", "--until", kept["scenario"]["until"],
                        "--seed", str(kept["seed"]), "--json", "--quiet")  # fmt: skip
    assert json.loads(out)["digest"] == kept["digest"]


def test_a_stopped_run_keeps_its_part_and_says_so(capsys, tmp_path, monkeypatch):
    whole = streaming.stream

    def interrupted(outcome, society, seed, path, known, progress, stop):
        def beat(week, events):
            if week == 2:
                os.kill(os.getpid(), signal.SIGINT)

        return whole(outcome, society, seed, path, known, beat, stop)

    monkeypatch.setattr(streaming, "stream", interrupted)
    code, out, err = said(capsys, "composite", "--events", str(tmp_path / "e.parquet"), "--json", *SHORT)
    assert code == 130 and "Stopped" in err
    assert json.loads(out)["partial"] and json.loads(out)["lived_until"] == "1934-01-15"
    assert streaming.metadata(tmp_path / "e.parquet")["partial"]


def test_ctrl_c_asks_once_and_ends_the_second_time():
    with asked_to_stop() as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["composite", "--ask", "everything"], "There is no question 'everything'"),
        (["composite", "--runs", "3"], "add --ask"),
        (["--compare", "composite", "nobody"], "There is no explanation 'nobody'"),
        (["composite", "--ask", "all", "--bank", "nowhere-at-all"], "There is no weighing in nowhere-at-all"),
        (["composite", "--events", "no-such-folder/e.parquet"], "there is no folder"),
    ],
)
def test_what_cannot_be_asked_gets_one_sentence(capsys, words, sentence):
    code, out, err = said(capsys, *words, *SHORT)
    assert code == 2 and out == "" and sentence in err and err.count("\n") == 1


def test_progress_says_when_how_many_and_how_fast():
    assert told(187, 1_000_000, 0.5) == "people: week of 1937-08-02, 1,000,000 events, 2,000,000 a second"
    assert run_ask.number({"q05": 0.01, "q50": 0.036, "q95": 0.04}, percent=True) == "3.6 (1.0 to 4.0)"
    assert callable(run.run)
