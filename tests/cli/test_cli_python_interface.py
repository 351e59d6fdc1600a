"""The lines of Python in the README do what the README says."""

import re
from pathlib import Path

import pytest

import thirtyseven as ts
from thirtyseven import api

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_lines_of_the_readme_run(monkeypatch, capsys):
    (block,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    asked = []

    def weigh(out, **more):  # the whole weighing has tests of its own
        asked.append((out, more))
        return api.Weighed({"inclusion": {"mass": {"agencies": {"mean": 0.5}}}}, Path(out))

    def predict(folder, *queries):  # so has a series: tests/inference/test_forecast.py
        asked.append((folder, queries))
        return [{"total": {"q05": 1.0, "q95": 2.0}}]

    monkeypatch.setattr(api, "weigh", weigh)
    monkeypatch.setattr(api, "predict", predict)
    exec(compile(block, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[1] == "persons" and int(lines[1]) > 0 and re.fullmatch(r"[0-9a-f]{16}", lines[2])
    assert asked == [("out/weigh", {"budget": "quick"}), ("out/weigh", (ts.Query("executions", "moscow", by="month"),))]


def test_public_names_are_listed_by_hand():
    assert set(ts.__all__) == {"Query", "Record", "Scenario", "load", "named", "predict", "simulate", "weigh"}
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = ts.nothing_of_ours


def test_the_record_alone_is_opened_without_the_model():
    import subprocess
    import sys

    probe = "import sys, thirtyseven as ts; ts.load(); print('numba' in sys.modules, 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True).stdout.split() == ["False"] * 2


def test_several_runs_are_the_single_ones():
    scenario = ts.Scenario.model_validate(ts.named("agencies").model_dump() | {"until": "1935-12-31"})
    together = ts.simulate(scenario, seed=3, runs=2)
    assert [together.digest(0), together.digest(1)] == [ts.simulate(scenario, seed=s).digest() for s in (3, 4)]


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda tmp: ts.simulate(ts.named("plan"), seed=-1), "seed"),
        (lambda tmp: ts.simulate(ts.named("plan"), seed=2**63), "seed"),
        (lambda tmp: ts.simulate(ts.named("plan"), runs=0), "runs"),
        (lambda tmp: ts.named("planned"), "planned"),
        (lambda tmp: ts.predict(tmp, ts.Query("arrests")), "weigh"),
        (lambda tmp: ts.Query("dreams"), "dreams"),
        (lambda tmp: ts.weigh(tmp / "o", budget="huge"), "huge"),
        (lambda tmp: ts.weigh(tmp / "o", seed=-1), "seed"),
        (lambda tmp: ts.weigh(tmp / "o", workers=0), "workers"),
        (lambda tmp: ts.weigh(tmp / "o", observed=tmp / "none.csv"), "no such file"),
        (lambda tmp: ts.weigh(tmp / "o", observed=str(tmp)), "folder"),
    ],
)
def test_bad_arguments_are_told_in_a_sentence(call, word, tmp_path):
    with pytest.raises(ValueError, match=word) as fault:
        call(tmp_path)
    assert len(str(fault.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
