"""The contract, over the whole list: whatever an explanation argues, it must keep these promises."""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from crude_core import History, fresh, from_prior, play, values_of
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from thirtyseven import explanations
from thirtyseven.explanations import EXPLANATIONS, by_slug
from thirtyseven.explanations.base import CHANNELS, DRIVES, FIELDS, Controls, Core, Explanation, Law, Values
from thirtyseven.society import calendar
from thirtyseven.society.setting import Setting

SLUGS = ("plan", "suspicion", "threat", "inheritance", "opposition", "reactions", "agencies", "below")
EVERY = pytest.mark.parametrize("explanation", EXPLANATIONS, ids=lambda item: item.slug)
VARIANT = pytest.mark.parametrize("variant", ("strict", "charitable"))
Played = Callable[[Explanation, str], tuple[dict, History]]
REGIME_WORDS = re.compile(r"\b(score|player|efficien|optimal|paranoi)", re.IGNORECASE)


def test_the_eight_are_there_in_their_fixed_order() -> None:
    assert tuple(item.slug for item in EXPLANATIONS) == SLUGS
    assert by_slug("below") is EXPLANATIONS[-1]


def test_an_unknown_slug_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"There is no explanation 'bellow'; choose one of: plan, suspicion, .* below"):
        by_slug("bellow")


@EVERY
def test_documented_and_cited(explanation: Explanation) -> None:
    module = getattr(explanations, explanation.slug)
    assert len(inspect.getdoc(module) or "") > 600
    assert "What it predicts that its rivals do not" in (module.__doc__ or "")
    for text in (explanation.title, explanation.gloss, explanation.claim, explanation.predicts, explanation.cannot):
        assert len(text) > 10 and not REGIME_WORDS.search(text)
    assert explanation.historians and explanation.cannot.endswith(".") and explanation.claim.endswith(".")
    assert len(explanation.sources) >= 4
    for source in explanation.sources:
        assert source.source and source.reason and source.seen in ("seen", "recalled")
        assert re.search(r"\d{4}|Order 00447|Dictator and Defense", source.source), source.source
    cited = " ".join(source.source for source in explanation.sources)
    for historian in explanation.historians:
        assert historian.split()[-1] in cited, f"{historian} is named but not cited"
    assert set(explanation.variants) == {"strict", "charitable"}
    for sentence in explanation.variants.values():
        assert sentence.endswith(".") and sentence.count(". ") == 0


@EVERY
def test_at_most_four_numbers_each_with_prior_unit_and_reason(explanation: Explanation) -> None:
    names = [item.name for item in explanation.parameters]
    assert 1 <= len(names) <= 4 and len(set(names)) == len(names)
    u = np.linspace(0.001, 0.999, 999)
    for item in explanation.parameters:
        assert item.meaning and item.unit and len(item.citation) > 12
        quantiles = item.prior.ppf(u)
        assert np.isfinite(quantiles).all() and (np.diff(quantiles) > 0).all()
        if item.strict is not None:
            assert np.isfinite(item.strict)


@pytest.fixture(scope="module")
def played(setting: Setting, seeds: np.ndarray) -> Callable[[Explanation, str], tuple[dict, History]]:
    """Eight runs of 313 weeks from the prior, played once an explanation and variant."""

    @cache
    def once(explanation: str, variant: str) -> tuple[dict, History]:
        item = by_slug(explanation)
        values = from_prior(item, len(seeds), variant, 5)
        return values, play(item.law(variant), setting, values, seeds)

    return lambda explanation, variant: once(explanation.slug, variant)


@EVERY
@VARIANT
def test_313_weeks_from_the_prior_stay_in_range(explanation: Explanation, variant: str, played: Played) -> None:
    _, history = played(explanation, variant)
    assert len(history.controls) == calendar.WEEKS
    for controls in history.controls:
        for name in FIELDS:
            assert np.isfinite(getattr(controls, name)).all(), name
    for name in DRIVES:
        drive = getattr(history, name)
        assert drive.min() >= 0.0 and drive.max() <= 1.0, name
    assert max(drive.max() for drive in (history.elite, history.mass, history.national)) > 0.3
    assert min(controls.grant.min() for controls in history.controls) >= 0.0
    assert (history.switch_off >= 0.0).all() and history.switch_off.max() <= 8.0
    if not explanation.speaks_to_stop:
        assert not history.switch_off.any()


@EVERY
@VARIANT
@given(data=st.data())
@examples(max_examples=6, deadline=None, derandomize=True)
def test_drives_stay_in_range_on_any_plausible_state(
    explanation: Explanation, variant: str, setting: Setting, data: st.DataObject
) -> None:
    seed = data.draw(st.integers(0, 2**32 - 1))
    week = data.draw(st.integers(0, calendar.WEEKS - 1))
    rng = np.random.default_rng(seed)
    core = any_state(setting, rng, week)
    law = explanation.law(variant)
    values = from_prior(explanation, core.runs, variant, seed)
    own = law.begin(setting, values, core.runs)
    for _ in range(3):
        controls = Controls.zeros(core.runs, len(setting.regions))
        law.steer(core, own, values, controls)
        for name in DRIVES:
            assert getattr(controls, name).min() >= 0.0 and getattr(controls, name).max() <= 1.0
        assert all(np.isfinite(getattr(controls, name)).all() for name in FIELDS)


def any_state(setting: Setting, rng: np.random.Generator, week: int) -> Core:
    """A random state of the core that could occur: from nothing at all to far more than happened."""
    runs, regions, channels = 4, len(setting.regions), len(CHANNELS)
    core = fresh(setting, rng.integers(0, 2**63, runs).astype(np.uint64))
    core.week = week
    core.launched = rng.integers(-1, 100, runs)
    core.stopped = rng.random(runs) < 0.2
    core.limits = rng.gamma(1.0, 8_000.0, (runs, regions, 2))
    core.fill = rng.uniform(0.0, 1.3, (runs, regions))
    core.past_term = rng.random((runs, regions)) < 0.3
    core.arrests = rng.gamma(0.5, 8_000.0, (runs, channels))
    core.total = rng.gamma(0.5, 400_000.0, (runs, channels))
    core.mass_week = rng.gamma(0.5, 800.0, (runs, regions))
    core.mass_total = rng.gamma(0.5, 20_000.0, (runs, regions))
    core.office_week = rng.gamma(0.5, 20.0, (runs, regions))
    core.raised = rng.gamma(0.3, 1.0, (runs, regions))
    core.zeal = rng.normal(size=(runs, regions))
    core.secretaries_removed = rng.poisson(1.0, (runs, regions)).astype(float)
    core.released = rng.gamma(1.0, 2_000.0, runs)
    core.reports = rng.gamma(0.5, 60_000.0, runs)
    return core


@EVERY
@VARIANT
def test_same_alone_and_in_a_batch(
    explanation: Explanation, variant: str, setting: Setting, seeds: np.ndarray, played: Played
) -> None:
    """A run alone, played again, equals the run in its batch bit for bit: no drawing from a stream, no batch mean."""
    values, together = played(explanation, variant)
    only = {name: value[7:8].copy() for name, value in values.items()}
    alone = play(explanation.law(variant), setting, only, seeds[7:8])
    for week, (one, all_) in enumerate(zip(alone.controls, together.controls, strict=True)):
        for name in FIELDS:
            assert np.array_equal(getattr(one, name)[0], getattr(all_, name)[7]), (name, week)
    assert all(np.array_equal(only[name][0], values[name][7]) for name in values)


@EVERY
@VARIANT
def test_reads_the_core_and_never_writes_it(explanation: Explanation, variant: str, setting: Setting) -> None:
    core = any_state(setting, np.random.default_rng(4), 200)
    before = copy.deepcopy({k: v for k, v in vars(core).items() if k != "setting"})
    given_before = setting.digest
    law, values = explanation.law(variant), values_of(explanation, core.runs, variant)
    law.steer(core, law.begin(setting, values, core.runs), values, Controls.zeros(core.runs, len(setting.regions)))
    assert all(np.array_equal(getattr(core, name), value) for name, value in before.items())
    assert setting.digest == given_before


@EVERY
@VARIANT
def test_adds_to_what_is_there(explanation: Explanation, variant: str, setting: Setting) -> None:
    """A law adds to the controls; it must not read or overwrite what another has said."""
    core = any_state(setting, np.random.default_rng(9), 190)
    law, values = explanation.law(variant), values_of(explanation, core.runs, variant)
    empty = Controls.zeros(core.runs, len(setting.regions))
    full = Controls.zeros(core.runs, len(setting.regions))
    for name in FIELDS:
        getattr(full, name)[...] = 1.0
    law.steer(core, law.begin(setting, values, core.runs), values, empty)
    law.steer(core, law.begin(setting, values, core.runs), values, full)
    for name in FIELDS:
        np.testing.assert_allclose(getattr(full, name) - 1.0, getattr(empty, name), atol=1e-12, err_msg=name)


@EVERY
@VARIANT
def test_unmoved_by_the_other_explanations(
    explanation: Explanation, variant: str, setting: Setting, seeds: np.ndarray, played: Played
) -> None:
    """What a law says is the same whether or not all others have spoken in the same week."""
    values, alone = played(explanation, variant)
    few = {name: value[:2] for name, value in values.items()}
    company = play(_Company(explanation.law(variant)), setting, few, seeds[:2], weeks=200)
    for name in (*DRIVES, "switch_off"):
        assert np.array_equal(getattr(alone, name)[:2, :200], getattr(company, name)), name


class _Company:
    """A law, and all the others speaking before and after it into controls that nobody uses."""

    def __init__(self, law: Law) -> None:
        self.law = law

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        self.others = [item for item in EXPLANATIONS if self.law not in (item.strict, item.charitable)]
        self.values = [values_of(item, runs) for item in self.others]
        self.states = [
            item.charitable.begin(setting, own, runs) for item, own in zip(self.others, self.values, strict=True)
        ]
        self.unused = Controls.zeros(runs, len(setting.regions))
        return self.law.begin(setting, values, runs)

    def _chatter(self, core: Core, first: int, last: int) -> None:
        for k in range(first, last):
            self.others[k].charitable.steer(core, self.states[k], self.values[k], self.unused)

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        self._chatter(core, 0, 4)
        self.law.steer(core, own, values, controls)
        self._chatter(core, 4, len(self.others))


@EVERY
def test_the_variants_differ_and_the_strict_one_moves_less(explanation: Explanation, setting: Setting) -> None:
    core = any_state(setting, np.random.default_rng(3), 195)
    core.launched[:], core.stopped[:] = 10, False
    moved = {}
    for variant in ("strict", "charitable"):
        law, values = explanation.law(variant), values_of(explanation, core.runs, "charitable")
        own = law.begin(setting, values, core.runs)
        for _ in range(30):
            controls = Controls.zeros(core.runs, len(setting.regions))
            law.steer(core, own, values, controls)
        moved[variant] = {name for name in FIELDS if getattr(controls, name).any()}
    assert moved["strict"] <= moved["charitable"]
    held = any(item.strict is not None for item in explanation.parameters)
    assert held or moved["strict"] < moved["charitable"]
    assert explanation.variants["strict"] != explanation.variants["charitable"]


@EVERY
def test_the_prior_lets_the_operation_begin_neither_never_nor_always_at_once(
    explanation: Explanation, setting: Setting
) -> None:
    """A law whose prior never starts the operation has a silly prior, not a weak argument (first calibration)."""
    seeds = np.arange(100, 132, dtype=np.uint64)
    history = play(explanation.charitable, setting, from_prior(explanation, 32, "charitable", 12), seeds)
    begun = history.launch >= 0
    assert begun.mean() >= 0.2
    assert (history.launch[begun] > 52).mean() >= 0.5
