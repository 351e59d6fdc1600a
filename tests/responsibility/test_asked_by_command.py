"""The two commands: what they list, what they refuse, and that JSON is alone on standard output."""

import json

import pytest

from thirtyseven.cli import app
from thirtyseven.scenario.switches import SWITCHES


def call(capsys, *words):
    code = app._run(list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_list_names_every_switch_with_its_reason(capsys):
    code, out, err = call(capsys, "counterfactual", "--list")
    assert code == 0 and not err
    for one in SWITCHES:
        assert f"{one.slug}: {one.title}" in out and one.source[0] in out
    code, out, _ = call(capsys, "counterfactual", "--list", "--json")
    assert [row["slug"] for row in json.loads(out)] == [one.slug for one in SWITCHES]


@pytest.mark.parametrize("words, says", [
    (("counterfactual", "more-arrests"), "There is no switch 'more-arrests'"),
    (("counterfactual", "no-naming+no-requests+education"), "not 3"),
    (("counterfactual", "no-naming", "--bank", "nowhere"), "There is no weighing in nowhere"),
    (("responsibility", "--bank", "nowhere"), "There is no weighing in nowhere"),
    (("responsibility", "--draws", "0"), "--draws"),
])  # fmt: skip
def test_bad_input_is_one_sentence_and_code_2(capsys, monkeypatch, tmp_path, words, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = call(capsys, *words)
    assert code == 2 and not out and says in err and err.strip().count("\n") == 0
