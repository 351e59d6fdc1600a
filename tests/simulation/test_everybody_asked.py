"""What is asked of everybody: chains against hand-made cases, circles against chance, streams against the log in memory."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.explanations.base import CHANNELS
from thirtyseven.publish.chapters import everybody as chapter
from thirtyseven.publish.pages import environment
from thirtyseven.record import load
from thirtyseven.scenario import named
from thirtyseven.simulation import ask, chains, custody, memory, motives, streaming
from thirtyseven.simulation.compare import FATES, compare
from thirtyseven.simulation.consequences import camps, vacancies
from thirtyseven.simulation.events import ARRESTED, KINDS, PROVENANCE, Events
from thirtyseven.simulation.everybody import everybody
from thirtyseven.simulation.families import circle, struck_by
from thirtyseven.simulation.persons import SPAN
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.strata import INDEX


def log_of(society, rows):
    """A log from (week, channel, kind, reason, person, by), in order of time."""
    log = np.zeros((3, len(rows)), np.int32)
    for i, (week, channel, kind, reason, person, by) in enumerate(rows):
        place = custody.code(week, 3, CHANNELS.index(channel))
        log[:, i] = place + KINDS.index(kind) * custody.REASONS + PROVENANCE.index(reason), person, by
    return Events(log, np.zeros(0, np.int32), society.regions, society.people)


@pytest.fixture(scope="module")
def answers(events, society, outcome):
    return ask.ask(ask.QUESTIONS, events, society, outcome, load())


def arrest(week, person, by=-1, reason="named", channel="lists"):
    return (week, channel, "arrested", reason if by >= 0 else "list", person, by)


def test_cases_and_generations_of_a_hand_made_log(society):
    rows = [arrest(1, 10), arrest(2, 11, 10), arrest(3, 12, 11), arrest(3, 13, 10), arrest(4, 20),
            arrest(5, 30, 99), arrest(6, 40, 10, "denounced")]  # fmt: skip
    told = chains.chains(log_of(society, rows), society)["all"]
    assert told["cases"] == 4  # 10-13 hang together; 99 was never arrested; who denounced was at liberty
    assert told["size"]["largest"] == 4
    assert told["generation"]["longest"] == 2
    assert told["names"]["most"] == 2 and told["names"]["none"] == pytest.approx(5 / 7)
    assert told["size"]["arrests_at_least"]["3"] == pytest.approx(4 / 7)
    assert told["naming"] == pytest.approx(3 / 7)


def test_a_second_arrest_does_not_claim_the_names_of_the_first(society):
    rows = [arrest(1, 10), arrest(2, 11, 10), (3, "lists", "released", "list", 10, -1), arrest(9, 10), arrest(10, 12, 10)]
    events = log_of(society, rows)
    found = chains.parents(events, events.of(ARRESTED))
    assert found.tolist() == [-1, 0, -1, 2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_pointer_doubling_equals_walking_up(choices):
    parent = np.array([-1 if i == 0 or c % 3 == 0 else c % i for i, c in enumerate(choices)])
    root, generation = chains.ends(parent)
    for i in range(len(parent)):
        here, steps = i, 0
        while parent[here] >= 0:
            here, steps = parent[here], steps + 1
        assert (root[i], generation[i]) == (here, steps)


def test_a_circle_is_as_large_as_chance_says():
    rate = 0.02
    number = circle(np.full((3, 4), rate), np.ones(4), 0.5)
    assert 1 - (1 - rate) ** number >= 0.5 > 1 - (1 - rate) ** (number - 1)
    assert circle(np.zeros((3, 4)), np.ones(4), 0.5) is None


def test_names_have_the_heavy_tail_that_was_put_in(answers):
    """Numbers of names are far from Poisson: a few give ten, most give none."""
    told = answers["chains"]
    assert 0.05 < told["all"]["naming"] < 0.6
    for name in ("mass", "national"):
        names = told[name]["names"]
        assert 0.3 < names["index"] < 1.2, name
        assert names["top_hundredth"] > 0.03
    assert told["all"]["size"]["largest"] > 30
    assert sum(told["provenance"].values()) == pytest.approx(1.0)


def test_clients_fall_with_their_patrons(answers):
    found = answers["chains"]["patrons"]
    for name in ("state_security", "office_holders"):
        assert found[name]["ratio"] > 1.0, name
        assert found[name]["longest"] >= 2


def test_patronage_leads_up_or_down_one_step(events, society):
    rows = np.flatnonzero(events.provenance == PROVENANCE.index("patron"))
    rows = rows[events.kind[rows] == ARRESTED]
    assert len(rows) > 200
    region, stratum = society.cells(events.person[rows])
    start = society.start[region, stratum]
    one, other = events.person[rows] - start, events.by[rows] - start
    assert (((one - 1) // SPAN == other) | ((other - 1) // SPAN == one)).all()


def test_motives_are_shares_and_risk_makes_people_speak(answers):
    found = answers["motives"]
    for told in found.values():
        assert sum(told[name] for name in motives.MOTIVES) == pytest.approx(1.0)
        assert 0 <= told["upward"] <= 1
    assert found["lists"]["self_preservation"] > found["ordinary"]["self_preservation"]


def test_a_chain_of_vacancies_of_a_hand_made_region(society):
    """The first of a region falls: a client moves up, one of his follows, and somebody from outside ends the chain."""
    base = int(society.start[3, INDEX["office-holders"]])
    found, holder = vacancies(log_of(society, [arrest(1, base), arrest(2, base + 1)]), society)
    assert found["vacancies"] == 2
    assert holder[base] == base + SPAN + 1  # the second to move up had himself just been brought up to the first's post
    assert found["longest"] >= 2 and found["changed"] > found["changed_twice"] > 0


def test_prisoners_follow_the_stock_and_the_records_death_rates(outcome):
    facts = ask.given(load())
    assert facts["F-0480"] == pytest.approx(2.42)
    found = camps(outcome, facts)
    doubled = camps(outcome, facts | {"F-0482": 2 * facts["F-0482"]})
    assert doubled["died_1938"] == pytest.approx(2 * found["died_1938"])
    assert doubled["political_1939"] < found["political_1939"]


def test_every_question_is_answered_and_spread_over_runs(answers):
    found = answers
    assert json.loads(json.dumps(found)) == found
    both = ask.spread([found, found])
    path = "cohorts.offices.congress-delegates.arrested"
    assert ask.at(both, path) == {"q05": ask.at(found, path), "q50": ask.at(found, path), "q95": ask.at(found, path), "runs": 2}
    recorded = ask.beside(load())
    for question, rows in recorded.items():
        for where in rows:
            assert ask.at(found[question], where) is not None, where
    with pytest.raises(ask.AskError, match="ask one of"):
        ask.asked("everything")


@pytest.fixture(scope="module")
def early(events, outcome):
    """The first sixty weeks: the log and the counts from which it is lived."""
    low = replace(events, log=events.log[:, events.week < 60], weeks=(0, 60))
    return low, replace(outcome, provenance=dict(outcome.provenance) | {"weeks": [0, 60]})


def test_equal_worlds_are_equal_to_the_last_event(early, society):
    log, counts = early
    found = compare(log, everybody(counts, society, 1), society)
    assert found["equal"] and found["first_difference"] is None and len(set(found["digests"])) == 1
    assert found["arrested"]["same_week"] == len(struck_by(log)["arrested"]) > 100_000
    assert sum(found["arrested"][name] for name in FATES[1:]) == 0


def test_one_mechanism_off_changes_only_what_follows_from_it(early, setting, society):
    """Until the counts differ the logs are the same; and where a region's counts never differ, nobody's fate does."""
    log, _ = early
    scenario = named("composite")
    weights = {q: {slug: w for slug, w in kept.items() if slug != "suspicion"} for q, kept in scenario.weights.items()}
    less = scenario.model_copy(update={"weights": weights})
    counts = simulate(setting, less.batch(), np.array([1], np.uint64), slots=np.arange(313), weeks=(0, 60))
    other = everybody(counts, society, 1)
    mine, theirs = log.counts()[:60], counts.regional[0, :60]
    differ = np.flatnonzero((mine != theirs).any(axis=(1, 2, 3)))
    assert len(differ) and compare(log, other, society)["first_difference"] == calendar.monday_of(differ[0]).isoformat()
    same = np.flatnonzero((mine == theirs).all(axis=(0, 2, 3)))
    kept = [np.isin(one.region, same) for one in (log, other)]
    assert np.array_equal(log.person[kept[0]], other.person[kept[1]])
    assert np.array_equal(log.kind[kept[0]], other.kind[kept[1]])


def test_a_stream_is_the_log_and_says_where_it_comes_from(early, society, tmp_path, monkeypatch):
    log, counts = early
    monkeypatch.setattr(streaming, "ROWS", 200_000)
    said = streaming.stream(counts, society, 1, tmp_path / "e.parquet", {"seed": 1})
    assert said["digest"] == log.digest() and said["events"] == len(log) > 400_000 and not said["partial"]
    assert streaming.metadata(tmp_path / "e.parquet") == said
    table = pl.read_parquet(tmp_path / "e.parquet")
    assert np.array_equal(table["person"].to_numpy(), log.person)
    assert np.array_equal(table["by"].to_numpy(), log.by)
    assert [path.name for path in tmp_path.iterdir()] == ["e.parquet"]


def test_a_stream_that_is_stopped_keeps_what_was_lived(outcome, society, events, tmp_path):
    weeks = []
    said = streaming.stream(outcome, society, 1, tmp_path / "e.parquet", {}, lambda week, n: weeks.append(week),
                            lambda: weeks[-1] == 30)  # fmt: skip
    assert said["partial"] and said["until"] == calendar.monday_of(30).isoformat()
    assert pl.read_parquet(tmp_path / "e.parquet").height == said["events"] == (events.week <= 30).sum()


def test_a_full_disk_leaves_nothing_half_written(outcome, society, tmp_path, monkeypatch):
    (tmp_path / "e.parquet").write_text("what stood there")

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streaming, "_piece", full)
    with pytest.raises(OSError):
        streaming.stream(outcome, society, 1, tmp_path / "e.parquet", {}, stop=lambda: True)
    assert (tmp_path / "e.parquet").read_text() == "what stood there"
    assert len(list(tmp_path.iterdir())) == 1


def test_memory_is_asked_before_it_is_taken(outcome, society, monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 50_000_000)
    with pytest.raises(memory.MemoryRefused, match="MB of memory"):
        streaming.Life(outcome, society, 1)
    monkeypatch.setattr(memory, "available", lambda: None)
    assert streaming.Life.needed(society, outcome, streamed=True) < streaming.Life.needed(society, outcome) < 200e6


def test_the_chapter_says_what_was_counted(answers):
    content = {"answers": ask.spread([answers]), "beside": ask.beside(load()), "runs": 1, "posterior": True}
    context = chapter.view(json.loads(json.dumps(content)))
    page = environment().get_template("chapters/everybody.html").render(**context)
    share = answers["families"]["arrested_1937_38"]["shares"]["household"]
    assert f"{100 * share:.1f} per cent" in page and "F-0099" in page
    assert page.count("<figure") == 4 and not re.search(r"\b(None|nan)\b", page)
