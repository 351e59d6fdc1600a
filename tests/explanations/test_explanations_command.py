"""`thirtyseven explanations`: the list, one in full, JSON, and what it says to a wrong name."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from thirtyseven.cli import explanations as command
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import Explanation


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer(rich_markup_mode=None)
    command.register(made)
    made.command("other")(lambda: None)
    return made


def asked(app: typer.Typer, *words: str) -> str:
    result = CliRunner().invoke(app, ["explanations", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_list_names_all_and_whose_they_are(app: typer.Typer) -> None:
    text = asked(app)
    for item in EXPLANATIONS:
        assert f"  {item.slug} " in text and item.title in text and item.historians[0] in text


@pytest.mark.parametrize("item", EXPLANATIONS, ids=lambda item: item.slug)
def test_one_in_full(app: typer.Typer, item: Explanation) -> None:
    text = " ".join(asked(app, item.slug).split())
    for part in (item.claim, item.predicts, item.cannot, *item.historians, *item.variants.values()):
        assert part in text, part
    for number in item.parameters:
        assert f"{number.name}: " in text and number.meaning in text and number.citation in text
    for source in item.sources:
        assert f"{source.source}: {source.reason} [{source.seen}]" in text
    assert f"record X-{item.slug}" in text


def test_json_says_the_same(app: typer.Typer) -> None:
    everything = json.loads(asked(app, "--json"))
    assert [item["slug"] for item in everything] == [item.slug for item in EXPLANATIONS]
    plan = json.loads(asked(app, "plan", "--json"))
    assert plan == everything[0]
    gap = next(number for number in plan["parameters"] if number["name"] == "gap")
    assert gap["prior"] == {"kind": "LogNormal", "median": 46.0, "sd": 0.4}
    assert gap["median"] == pytest.approx(46.0)
    assert gap["q05"] < 46.0 < gap["q95"]


def test_a_wrong_name_is_answered_with_those_there_are(app: typer.Typer) -> None:
    with pytest.raises(ValueError, match=r"There is no explanation 'E3'; choose one of: plan, suspicion, threat"):
        asked(app, "E3")
