import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, SLUGS, display, listed
from thirtyseven.publish.trust import misfit_finding, outside_finding, recovery_finding, told_finding
from thirtyseven.publish.weighed import Confusion, Inclusion, NoneOfThese
from thirtyseven.publish.wording import (
    VERDICT_WORDS,
    answer,
    groups,
    headline,
    inclusion_finding,
    inclusion_words,
    number,
    share,
    verdict,
)


def inc(mean, low, high, told=True, prior=0.35):
    return Inclusion(mean=mean, low=low, high=high, told=told, prior=prior)


NEEDED, AWAY, OPEN, DUMB = (
    inc(0.9, 0.8, 0.97),
    inc(0.05, 0.01, 0.1),
    inc(0.4, 0.2, 0.6),
    inc(0.9, 0.8, 0.97, told=False),
)


@pytest.mark.parametrize(
    ("inclusion", "word"),
    [
        (NEEDED, "needed"),
        (AWAY, "not needed"),
        (OPEN, "undecided"),
        (DUMB, "cannot tell"),
        (inc(0.45, 0.37, 0.55), "points to"),
        (inc(0.28, 0.22, 0.34), "points away"),
        (inc(0.6, 0.55, 0.7, prior=0.5), "points to"),
        (inc(0.8, 0.7, 0.9, prior=0.5), "needed"),
        (inc(0.35, 0.35, 0.35), "undecided"),
        (inc(0.62, 0.4, 0.7, prior=0.1), "needed"),
    ],
)
def test_verdicts(inclusion, word):
    assert verdict(inclusion) == word


@st.composite
def inclusions(draw):
    low, mean, high = sorted(draw(st.lists(st.floats(0, 1), min_size=3, max_size=3)))
    return inc(mean, low, high, draw(st.booleans()), draw(st.floats(0.05, 0.95)))


@given(inclusions())
def test_a_firm_word_needs_an_interval_off_the_prior(one):
    word = verdict(one)
    if not one.told:
        assert word == "cannot tell"
    elif word in ("needed", "points to"):
        assert one.low > one.prior and (word == "points to" or one.mean >= 0.5)
    elif word in ("not needed", "points away"):
        assert one.high < one.prior and (word == "points away" or one.mean <= 0.5)
    else:
        assert one.low <= one.prior <= one.high


@given(st.lists(inclusions(), min_size=8, max_size=8), st.booleans())
def test_an_answer_names_each_explanation_once_and_truly(ones, flagged):
    table = dict(zip(SLUGS, ones, strict=True))
    a = answer("mass", table, NoneOfThese(p=0.01 if flagged else 0.5, flagged=flagged))
    by = groups(table)
    text = " ".join((a.head, *a.more)).replace("*", "")
    if flagged:
        assert a.head.startswith("*None of these")
    if by["needed"] and not flagged:
        assert a.head.startswith("Needs ")
    if not by["needed"]:
        assert "Needs" not in text and "would be needed" not in text
    for slug in SLUGS:
        name = "denunciation from below" if slug == "below" else slug
        whole_cannot = by["cannot tell"] == list(SLUGS)
        whole_open = by["undecided"] == list(SLUGS)
        if not (whole_cannot or whole_open):
            assert name in text, (slug, verdict(table[slug]), text)
    assert a.sure or all(not i.told for i in ones) or flagged


def test_answers_in_words():
    table = dict.fromkeys(SLUGS, OPEN) | {"agencies": NEEDED, "below": AWAY, "threat": DUMB}
    a = answer("mass", table, NoneOfThese(p=0.4, flagged=False))
    assert a.head == f"Needs *agencies*: {EXPLANATIONS['agencies'].gloss}."
    assert "Not needed: denunciation from below." in a.more
    assert "It cannot tell for threat." in a.more
    assert "Agencies: 0.90 (0.80–0.97)" in a.sure
    two = answer("mass", table | {"plan": NEEDED}, None)
    assert two.head == "Needs *plan* and *agencies*."
    assert answer("mass", dict.fromkeys(SLUGS, DUMB), None).head == "*We cannot tell.*"
    assert answer("mass", dict.fromkeys(SLUGS, AWAY), None).head == "*Nothing is shown to be needed.*"
    assert answer("mass", dict.fromkeys(SLUGS, OPEN), None).head.startswith("*Undecided.*")
    weak = answer("mass", dict.fromkeys(SLUGS, OPEN) | {"plan": inc(0.45, 0.37, 0.55)}, None)
    assert weak.head == "*No firm answer*; the evidence points to *plan*."


def test_headline_counts_questions_truly():
    def over(*tables, flagged=()):
        inclusion = dict(zip(QUESTIONS, tables, strict=True))
        answers = {
            q: answer(q, t, NoneOfThese(p=0.01, flagged=True) if q in flagged else None) for q, t in inclusion.items()
        }
        return headline(answers, inclusion)

    open_, sure = dict.fromkeys(SLUGS, OPEN), dict.fromkeys(SLUGS, OPEN) | {"plan": NEEDED}
    assert over(*[open_] * 5).startswith("On none of the five questions")
    assert over(*[sure] * 5) == (
        "For the elite purge, the mass operation, the national operations, the choice of places and the stop "
        "at least one mechanism is needed."
    )
    one = over(sure, open_, open_, open_, open_)
    assert one.startswith("For the elite purge at least one") and "the stop stay open" in one
    assert "none of the eight" in over(sure, open_, open_, open_, open_, flagged=("stop",))


def test_inclusion_finding_follows_the_cells():
    def cells(**by_slug):
        return {q: {s: by_slug.get(s, OPEN) for s in SLUGS} for q in QUESTIONS}

    assert inclusion_finding(cells(plan=NEEDED)).startswith("Plan is needed for every question")
    assert "denunciation from below is needed for none" in inclusion_finding(cells(below=AWAY))
    assert inclusion_finding(cells()).endswith("eight are never ruled out")
    assert inclusion_finding({q: dict.fromkeys(SLUGS, DUMB) for q in QUESTIONS}).startswith("For none of the questions")


def test_precision_follows_the_interval():
    assert inclusion_words(inc(0.62, 0.38, 0.82)) == "0.6 (0.4–0.8)"
    assert inclusion_words(inc(0.9, 0.85, 0.96)) == "0.90 (0.85–0.96)"


def test_shares_and_lists():
    assert [share(p) for p in (0, 0.004, 0.12, 0.999, 1)] == [
        "none",
        "under 1 of 100",
        "12 of 100",
        "over 99 of 100",
        "100 of 100",
    ]
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert display("plan/strict") == "Plan (strict)" and display("below/charitable") == "From below"
    assert set(VERDICT_WORDS) == set(groups({}))


def test_numbers_have_no_minus_before_zero():
    assert [number(v) for v in (-0.001, -0.4, 1234.5, None)] == ["0.00", "−0.40", "1,234.50", "–"]


def test_a_weak_test_says_so():
    table = dict.fromkeys(SLUGS, OPEN)
    weak = answer("stop", table, NoneOfThese(p=0.4, flagged=False, outside={"a": 0.1, "b": 0.0}))
    strong = answer("stop", table, NoneOfThese(p=0.4, flagged=False, outside={"a": 0.9}))
    assert weak.sure[-1] == "none of these: no sign of it (p = 0.40, a weak test)"
    assert strong.sure[-1] == "none of these: no sign of it (p = 0.40)"


def test_confusion_and_strangers_are_told_as_they_are():
    clear = Confusion(slugs=("plan", "threat"), slug_named=((0.99, 0.01), (0.02, 0.98)))
    assert recovery_finding(clear).endswith("for 98, and mistakes none for another often")
    blurred = Confusion(slugs=("plan", "threat"), slug_named=((0.6, 0.4), (0.1, 0.9)))
    assert recovery_finding(blurred).endswith("for 75; it takes plan for threat in 40 of 100 trials")
    assert outside_finding({"mass": 0.9, "stop": 0.1}).endswith(
        "sees most strangers on the mass operation and is nearly blind on the stop"
    )
    assert outside_finding({"mass": 0.9, "stop": 0.8}).endswith("on every question")
    assert "its silence means little" in outside_finding({"mass": 0.1, "stop": 0.0})
    assert "some strangers, and is nearly blind on the stop" in outside_finding({"mass": 0.3, "stop": 0.0})
    assert told_finding(0, 40).endswith("whether it was at work") and "29 of 40" in told_finding(29, 40)
    assert misfit_finding([], 43).startswith("Each of the 43")
    assert misfit_finding(["a", "b", "c", "d"], 43) == "Four of the 43 statistics are made by none of them: a, b, c and 1 more"
