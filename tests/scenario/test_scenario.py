"""Scenarios: frozen, read back, digestible, and refused in one sentence where they cannot be run."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.scenario import Scenario, ScenarioError, named, read_scenario
from thirtyseven.scenario.design import SLUGS


@pytest.mark.parametrize("name", [*SLUGS, "composite"])
def test_every_name_is_a_scenario_and_survives_json(name):
    scenario = named(name)
    assert Scenario.model_validate_json(scenario.to_json()) == scenario
    assert Scenario.model_validate_json(scenario.to_json()).digest == scenario.digest
    np.testing.assert_allclose(scenario.batch(2).weights[:, :3].sum(axis=2), 1.0)


def test_two_scenarios_have_two_digests():
    assert len({named(name).digest for name in SLUGS} | {named("plan", "strict").digest}) == len(SLUGS) + 1


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(SLUGS), st.floats(0.01, 10.0), min_size=1),
    st.dates(date(1934, 1, 1), date(1939, 12, 31)),
)
def test_any_mixture_goes_through_json(weights, first):
    scenario = Scenario(name="mixture", weights=dict.fromkeys(("elite", "mass", "national"), weights), first=first)
    again = Scenario.model_validate_json(scenario.to_json())
    assert again.digest == scenario.digest
    low, high = again.weeks
    assert 0 <= low < high <= 313


def test_a_file_says_what_differs_from_the_reference(tmp_path):
    path = tmp_path / "two.toml"
    path.write_text('until = 1938-12-31\n[weights.mass]\nagencies = 3\nplan = 1\n[values.core]\ncapacity = 50000.0\n')
    scenario = read_scenario(str(path))
    batch = scenario.batch()
    assert scenario.name == "two"
    assert batch.weights[0, 1, SLUGS.index("agencies")] == 0.75
    assert batch.core["capacity"][0] == 50_000.0
    assert scenario.weeks[1] == 261


FAULTS = {
    "unknown-slug": ("[weights.mass]\nstalin = 1\n", "no explanation 'stalin'"),
    "unknown-question": ("[weights.mass]\nplan = 1\n[weights.why]\nplan = 1\n", "no question 'why'"),
    "negative": ("[weights.mass]\nplan = -1\n", "must be 0 or more"),
    "nan": ("[weights.mass]\nplan = nan\n", "must be 0 or more"),
    "zero-sum": ("[weights.mass]\nplan = 0\n", "no explanation has a weight"),
    "no-weights": ('name = "x"\n', "no explanation has a weight"),
    "unknown-key": ("weight = 1\n[weights.mass]\nplan = 1\n", "weight"),
    "unknown-value": ("[weights.mass]\nplan = 1\n[values.plan]\nspeed = 1.0\n", "no number of plan 'speed'"),
    "unknown-owner": ("[weights.mass]\nplan = 1\n[values.lenin]\ngap = 1.0\n", "no owner of values"),
    "out-of-range": ("[weights.mass]\nplan = 1\n[values.plan]\ngap = 1e9\n", "outside its prior range"),
    "not-a-number": ('[weights.mass]\nplan = "much"\n', "valid number"),
    "early": ("from = 1917-11-07\n[weights.mass]\nplan = 1\n", "between 1934-01-01"),
    "backwards": ("from = 1938-01-01\nuntil = 1937-01-01\n[weights.mass]\nplan = 1\n", "not end before it begins"),
    "bad-variant": ('[variants]\nplan = "mild"\n[weights.mass]\nplan = 1\n', "strict"),
    "not-toml": ("weights = [", "this is not TOML"),
    "empty": ("", "no explanation has a weight"),
}


@pytest.mark.parametrize("text, sentence", FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_gets_one_sentence_with_its_place(tmp_path, text, sentence):
    path = tmp_path / "faulty.toml"
    path.write_text(text)
    with pytest.raises(ScenarioError) as fault:
        read_scenario(str(path))
    assert str(path) in str(fault.value)
    assert sentence in str(fault.value)
    assert "\n" not in str(fault.value)


def test_files_that_are_not_there_or_not_text(tmp_path):
    with pytest.raises(ScenarioError, match="no such file"):
        read_scenario(str(tmp_path / "none.toml"))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ScenarioError, match="UTF-8"):
        read_scenario(str(tmp_path / "binary.toml"))
    with pytest.raises(ScenarioError, match="choose one of: plan"):
        read_scenario("stalin")
