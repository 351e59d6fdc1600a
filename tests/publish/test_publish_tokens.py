import itertools

import pytest
from publish_colour import ciede2000, difference

from thirtyseven.publish.tokens import SCALES, STATUS, contrast, css, text_on, variables

THEMES = ("light", "dark")
STATES = ("recorded", "estimated", "imputed", "simulated")
VERDICTS = ("v-agrees", "v-wrong", "v-different", "v-disputed")


def test_ciede2000_against_the_published_pairs():
    # Sharma, Wu and Dalal 2005, table 1, pairs 1, 7, 17 and 25
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_paper_and_surface(theme):
    v = variables(theme)
    for text in ("ink", "ink2", "ink3", "accent", "estimated", *VERDICTS, "v-silent"):
        for ground in ("paper", "surface"):
            assert contrast(v[text], v[ground]) >= 4.5, (text, ground)
    assert contrast(v["accent"], v["accent-wash"]) >= 4.5
    assert contrast(v["ink"], v["accent-wash"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_outlines_stand_out(theme):
    v = variables(theme)
    for mark in ("edge", "imputed", "focus", *STATES):
        assert contrast(v[mark], v["paper"]) >= 3, mark


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("kind", "least"), [("normal", 20), ("protan", 17.5), ("deutan", 17.5), ("tritan", 22)])
def test_states_are_told_apart_by_every_eye(theme, kind, least):
    v = variables(theme)
    for one, other in itertools.combinations(STATES, 2):
        assert difference(v[one], v[other], kind) >= least, (one, other)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("kind", "least"), [("normal", 19), ("protan", 12), ("deutan", 10), ("tritan", 13.5)])
def test_verdicts_are_told_apart_by_every_eye(theme, kind, least):
    v = variables(theme)
    for one, other in itertools.combinations(VERDICTS, 2):
        assert difference(v[one], v[other], kind) >= least, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_neighbouring_bins_differ_and_carry_text(theme):
    v = variables(theme)
    for name, (light, _dark) in SCALES.items():
        bins = [v[f"{name}-{i}"] for i in range(1, len(light) + 1)]
        for i, colour in enumerate(bins, start=1):
            assert contrast(v[f"on-{name}-{i}"], colour) >= 4.5, (name, i)
            assert v[f"on-{name}-{i}"] == text_on(colour)
        eyes = ("normal", "protan", "deutan", "tritan", *(() if name == "div" else ("grey",)))
        for one, other in itertools.pairwise(bins):
            assert min(difference(one, other, eye) for eye in eyes) >= 7, (name, one, other)


def test_states_differ_by_line_too():
    lines = [(s.dash, s.width) for s in STATUS.values()]
    assert len(set(lines)) == len(lines)
    assert len({s.word for s in STATUS.values()}) == len(lines)


def test_every_theme_has_every_variable():
    assert set(variables("light")) == set(variables("dark")) == set(variables("print"))
    assert variables("print")["paper"] == "#FFFFFF"
    assert css().count("--paper:") == 3
