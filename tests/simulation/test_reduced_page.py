"""The page of benchmarks says what was measured, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "benchmarks").is_dir():
    pytest.skip("the benchmarks are not beside these tests", allow_module_level=True)
sys.path.insert(0, str(ROOT / "benchmarks"))

import page  # noqa: E402
import peers  # noqa: E402


def test_the_page_is_made_of_the_results():
    assert page.PAGE.read_text(encoding="utf-8") == page.text(), "write it again: python benchmarks/bench.py page"


def test_lines_that_are_not_tables_are_short():
    lines = page.PAGE.read_text(encoding="utf-8").splitlines()
    assert max(len(line) for line in lines if not line.startswith("|")) <= 160


def test_a_part_that_was_not_measured_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "HERE", tmp_path)
    assert page.text().count(page.ABSENT.strip()) == len(page.PARTS)


def test_results_of_one_program_are_added_to_those_of_the_others(monkeypatch, tmp_path):
    monkeypatch.setattr(peers, "HERE", tmp_path)
    peers.keep("timings", {"10000": {"mesa": 1, "dense": 2}})
    peers.keep("timings", {"10000": {"mesa": 3}}, merged=True)
    peers.keep("timings", {"100000": {"dense": 4}})
    peers.keep("growth", {"everybody": 5})
    said = json.loads((tmp_path / "results" / "peers.json").read_text())
    assert said == {"growth": {"everybody": 5},
                    "timings": {"10000": {"mesa": 3, "dense": 2}, "100000": {"dense": 4}}}  # fmt: skip


def test_a_peer_that_cannot_be_installed_is_left_out_with_a_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(peers, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(peers.venv, "create", lambda *a, **k: None)
    monkeypatch.setattr(peers.subprocess, "run", lambda *a, **k: type("Done", (), {"returncode": 1, "stderr": "no network\n"})())
    assert peers.environment("mesa") is None
    assert capsys.readouterr().err.strip().splitlines()[-1] == "Mesa cannot be installed here and is left out: no network"


@pytest.mark.parametrize("value, shown", [(0.0, "0"), (0.00741, "0.0074"), (4.96, "5.0"), (12.7, "13"), (16031.0, "16,000")])
def test_two_significant_digits(value, shown):
    assert page.short(value) == shown
