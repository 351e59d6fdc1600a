"""Essay plans: the right subject, both sides, a reply, and a clear sentence for questions about nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.publish.study import StudyError, essay, make, matching, page, questions
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.sheet import Grid, flat


@pytest.mark.parametrize(
    ("question", "topic", "form"),
    [
        ("How far was Stalin responsible for the Terror?", "responsibility", "extent"),
        ("Why did the Great Terror happen?", "causes", "why"),
        ("How far was Stalin's paranoia the main reason for the purges?", "causes", "extent"),
        ("Discuss the impact of the purges in the Soviet Union.", "impact", "impact"),
        ("Was Kirov's murder a turning point?", "kirov", "discuss"),
        ("How significant were the show trials?", "trials", "extent"),
        ("To what extent did the purges weaken the Red Army by 1941?", "army", "extent"),
        ("How real was the opposition to Stalin in the 1930s?", "opposition", "discuss"),
        ("“The Terror was a reaction to the threat of war.” How far do you agree?", "threat", "extent"),
        ("How far was the Terror a continuation of Lenin’s methods?", "lenin", "extent"),
        ("How important was the role of Yezhov and the NKVD?", "nkvd", "extent"),
        ("Why did the terror end in 1938?", "end", "why"),
        ("How many people died in the purges?", "numbers", "discuss"),
        ("Historians have disagreed about the causes of the Great Terror. What is your view?", "historians", "convincing"),
        ("How valuable are Sources A and B to a historian studying the show trials?", "sources", "sources"),
        ("How did the purges affect national minorities?", "mass", "discuss"),
        ("Was the Terror out of control?", "control", "discuss"),
        ("How is Stalin's consolidation of power best explained?", "power", "discuss"),
        ("DISCUSS THE GREAT TERROR", "causes", "discuss"),
    ],
)
def test_questions_find_their_subject(record, question, topic, form):
    asked = matching.read(record, question)
    assert (asked.topic["slug"], asked.form["name"]) == (topic, form)


@pytest.mark.parametrize(
    "question",
    [
        "", " ", "?", "why", "asdf", "What is the capital of France?", "How successful was collectivisation?",
        "Explain the Reign of Terror in the French Revolution", "How similar were Mao's purges and the Cultural Revolution?",
        "Why did Stalin win the power struggle after 1924?", "Discuss Stalin", "x" * 401, "терор", "\x00", "🙂🙂🙂",
        "What is the best recipe for borscht in Moscow?",
    ],
)  # fmt: skip
def test_a_question_about_nothing_gets_one_sentence(record, question):
    with pytest.raises(StudyError) as fault:
        make(record, "essay", question)
    said = str(fault.value)
    assert "\n" not in said and ("thirtyseven study questions" in said or "characters" in said)


def test_no_question_at_all(record):
    with pytest.raises(StudyError, match="needs a question"):
        make(record, "essay")


@pytest.mark.parametrize("topic", [one["slug"] for one in choices("topics")["topic"]])
def test_every_plan_has_ranked_factors_with_both_sides_and_a_reply(record, topic):
    entry = next(one for one in choices("topics")["topic"] if one["slug"] == topic)
    asked = matching.Asked("Why?", entry, choices("forms")["form"][0], (), ())
    sheet = essay.plan(record, asked)
    factors = next(block for block in sheet.blocks if isinstance(block, Grid))
    assert len(factors.rows) >= 3
    for rank, row in enumerate(factors.rows, start=1):
        assert flat(row[0].items[0]).startswith(f"{rank}. ") and len(row[0].items) == 2
        assert row[1].items and row[2].items and row[3].items
        assert "holds nothing here" not in "".join(flat(item) for item in (*row[1].items, *row[2].items))
    text = page.page(sheet)
    assert "This is a plan, not an essay" in text and "Another one. " in text and "C-" in text


def test_the_plans_name_claims_and_sources_that_exist(record):
    factors = choices("factors")
    for one in choices("topics")["topic"]:
        assert {entry["factor"] for entry in one["factors"]} <= set(factors)
        assert all(ident in record.claims for ident in (*one["right"], *one["unknown"]))
    for one in factors.values():
        assert all(ident in record.claims for ident in (*one.get("for", ()), *one.get("against", ())))
        assert one.get("source", "trial-21-report") in record.sources
        assert one.get("explanation", "plan") in record.explanations
        assert one.get("for") or one.get("source") or one.get("explanation")


def test_a_named_factor_is_marked_and_words_unknown_are_said(record):
    asked = matching.read(record, "Why did bananas and Stalin's paranoia cause the Great Terror?")
    assert "suspicion" in asked.named and asked.unread == ("bananas",)
    text = page.page(essay.plan(record, asked))
    assert "named in the question" in text and "bananas" in text


def test_the_question_is_escaped(record):
    files = make(record, "essay", "Why the <script>alert(1)</script> terror | of *1937*?")
    assert b"<script" not in b"".join(body for name, body in files.items() if not name.endswith(".docx"))
    assert set(files) == {"essay-causes.html", "essay-causes.docx", "essay-causes.md"}


def test_the_index_leads_to_plans_and_says_how_we_know(record):
    index = next(block for block in questions.index(record).blocks if isinstance(block, Grid))
    assert len(index.rows) >= 12
    assert all(one["checked"] in ("public report", "recalled") for one in choices("questions")["type"])
    assert all(flat(row[3].items[1]).startswith("plan: ") for row in index.rows)


@pytest.fixture(scope="module")
def known(record):
    return matching.vocabulary(record)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=450))
def test_no_question_breaks_the_reader(record, known, question):
    try:
        asked = matching.read(record, f"Stalin terror {question}"[:450], known)
    except StudyError as fault:
        assert "\n" not in str(fault)
    else:
        assert asked.topic["slug"]
