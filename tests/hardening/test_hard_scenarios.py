"""Scenario files and options that name nothing that could be run."""

import pytest
from hard import expect_refusal, here

GOOD = """
name = "two of them"
[weights.elite]
threat = 1.0
[weights.mass]
agencies = 0.6
plan = 0.4
[weights.national]
threat = 1.0
"""
NUMBERS = GOOD + "[values.agencies]\n"

FILES = {
    "empty": ("", "elite"),
    "not TOML": ("this is not = = TOML", "not TOML"),
    "a JSON file": ('{"name": "x"}', "not TOML"),
    "cut in the middle": (GOOD + "[values.agen", "not TOML"),
    "a key twice": (GOOD + '[weights.stop]\nplan = 1\nplan = 2\n', "not TOML"),
    "unknown key": ("colour = 3\n" + GOOD, "colour"),
    "unknown question": (GOOD + "[weights.army]\nplan = 1.0\n", "army"),
    "unknown explanation": (GOOD + "[weights.stop]\nplann = 1.0\n", "plann"),
    "negative weight": (GOOD + "[weights.stop]\nplan = -1.0\n", "plan"),
    "weight is not a number": (GOOD + "[weights.stop]\nplan = nan\n", "plan"),
    "weight is infinite": (GOOD + "[weights.stop]\nplan = inf\n", "plan"),
    "weight is a word": (GOOD + '[weights.stop]\nplan = "much"\n', "plan"),
    "weight is a list": (GOOD + "[weights.stop]\nplan = [1, 2]\n", "plan"),
    "weights sum to nothing": ("[weights.mass]\nplan = 0.0\n", "weight"),
    "weights are a number": ("weights = 3\n", "weights"),
    "a question is a number": ("weights.elite = 3\n" + "weights.mass.plan = 1.0\n", "elite"),
    "no mass weights": ("[weights.stop]\nplan = 1.0\n", "weight"),
    "unknown owner of numbers": (GOOD + "[values.planet]\nx = 1.0\n", "planet"),
    "unknown number": (NUMBERS + "speed = 1.0\n", "speed"),
    "prior out of range": (GOOD + "[values.core]\napproval = 1000.0\n", "approval"),
    "value is not a number": (GOOD + "[values.core]\napproval = nan\n", "approval"),
    "value is infinite": (GOOD + "[values.core]\napproval = -inf\n", "approval"),
    "value is a word": (GOOD + '[values.core]\napproval = "high"\n', "approval"),
    "unknown variant": (GOOD + '[variants]\nplan = "loose"\n', "plan"),
    "variant of nobody": (GOOD + '[variants]\nnobody = "strict"\n', "nobody"),
    "name is empty": ('name = ""\n' + GOOD.replace('name = "two of them"', ""), "name"),
    "name is a number": ("name = 5\n" + GOOD.replace('name = "two of them"', ""), "name"),
    "name is too long": (f'name = "{"x" * 200}"\n' + GOOD.replace('name = "two of them"', ""), "name"),
    "date does not exist": ('from = "1937-02-30"\n' + GOOD, "from"),
    "date is a word": ('until = "soon"\n' + GOOD, "until"),
    "date before the period": ('from = "1917-11-07"\n' + GOOD, "1934-01-01"),
    "date after the period": ('until = "1953-03-05"\n' + GOOD, "1939-12-31"),
    "ends before it begins": ('from = "1938-01-01"\nuntil = "1937-01-01"\n' + GOOD, "period"),
    "decree is a word": ('stop_given = "perhaps"\n' + GOOD, "stop_given"),
    "huge whole number": (GOOD + f"[weights.stop]\nplan = {10**400}\n", "plan"),
}  # fmt: skip


def test_the_scenario_that_the_others_spoil_is_sound(tmp_path):
    from thirtyseven.scenario import read_scenario

    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    assert read_scenario(str(tmp_path / "good.toml")).name == "two of them"


@pytest.mark.parametrize("kind", FILES)
def test_a_scenario_file_that_cannot_be_run(kind, tmp_path, capsys, monkeypatch):
    text, fragment = FILES[kind]
    path = tmp_path / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    expect_refusal(here(["run", path, "--out", tmp_path / "out"], capsys, monkeypatch), str(path), fragment)
    assert not (tmp_path / "out").exists()


def test_a_scenario_in_another_encoding(tmp_path, capsys, monkeypatch):
    path = tmp_path / "scenario.toml"
    path.write_bytes(GOOD.replace("two of them", "два").encode("utf-16"))
    expect_refusal(here(["run", path], capsys, monkeypatch), str(path), "UTF-8")


def test_a_scenario_that_is_a_picture(tmp_path, capsys, monkeypatch):
    path = tmp_path / "scenario.toml"
    path.write_bytes(bytes(range(256)) * 4)
    expect_refusal(here(["run", path], capsys, monkeypatch), str(path))


def test_a_scenario_that_is_a_folder(tmp_path, capsys, monkeypatch):
    path = tmp_path / "scenario.toml"
    path.mkdir()
    expect_refusal(here(["run", path], capsys, monkeypatch), str(path))


def test_a_scenario_that_is_absent(tmp_path, capsys, monkeypatch):
    expect_refusal(here(["run", tmp_path / "none.toml"], capsys, monkeypatch), "no such file")


OPTIONS = {
    "unknown slug": (["run", "planned"], "planned"),
    "slug in capitals": (["run", "PLAN"], "PLAN"),
    "empty slug": (["run", ""], "choose one of"),
    "two slugs": (["run", "plan", "threat"], "threat"),
    "unknown variant": (["run", "plan", "--variant", "loose"], "loose"),
    "unknown resolution": (["run", "plan", "--resolution", "houses"], "houses"),
    "seed is a word": (["run", "plan", "--seed", "x"], "--seed"),
    "seed is negative": (["run", "plan", "--seed", "-1"], "--seed"),
    "seed is huge": (["run", "plan", "--seed", str(2**63)], "--seed"),
    "seed is a fraction": (["run", "plan", "--seed", "1.5"], "--seed"),
    "seed is empty": (["run", "plan", "--seed", ""], "--seed"),
    "seed is missing": (["run", "plan", "--seed"], "--seed"),
    "date that does not exist": (["run", "plan", "--from", "1937-02-30"], "1937-02-30"),
    "date is a word": (["run", "plan", "--until", "soon"], "soon"),
    "date in another order": (["run", "plan", "--from", "05.08.1937"], "05.08.1937"),
    "date before the period": (["run", "plan", "--from", "1917-11-07"], "1934-01-01"),
    "date after the period": (["run", "plan", "--until", "1953-03-05"], "1939-12-31"),
    "ends before it begins": (["run", "plan", "--from", "1938-01-01", "--until", "1937-01-01"], "period"),
    "unknown option": (["run", "plan", "--fast"], "--fast"),
    "unknown command": (["simulate"], "simulate"),
    "unknown explanation": (["explanations", "economy"], "economy"),
    "unknown budget": (["weigh", "--budget", "huge"], "huge"),
    "weigh: seed is a word": (["weigh", "--seed", "x"], "--seed"),
    "weigh: seed is negative": (["weigh", "--seed", "-5"], "--seed"),
    "weigh: no workers": (["weigh", "--workers", "0"], "--workers"),
    "weigh: workers are a word": (["weigh", "--workers", "all"], "--workers"),
    "weigh: something more": (["weigh", "plan"], "plan"),
    "record: unknown option": (["record", "find", "kirov", "--everything"], "--everything"),
}


@pytest.mark.parametrize("kind", OPTIONS)
def test_an_option_that_names_nothing(kind, capsys, monkeypatch, tmp_path):
    words, fragment = OPTIONS[kind]
    monkeypatch.chdir(tmp_path)
    expect_refusal(here(words, capsys, monkeypatch), fragment)
    assert list(tmp_path.iterdir()) == []
