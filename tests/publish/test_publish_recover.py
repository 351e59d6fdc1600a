"""The chapters on known pasts and sealed trials say what the numbers bear."""

import pytest

from thirtyseven.publish.chapters import recover, trial
from thirtyseven.publish.pages import environment

BINS = [{"stated": 0.2, "true": 0.25, "low": 0.2, "high": 0.3, "n": 50},
        {"stated": 0.6, "true": 0.5, "low": 0.4, "high": 0.6, "n": 50}]  # fmt: skip
MANY = {"truths": 100, "auc": 0.7, "error": 0.02, "ece": 0.02, "ece_if_honest": 0.01, "reliability": BINS}


def pair(first, second, verdict, question=None, auc=0.8):
    return {"first": first, "second": second, "question": question, "auc": auc, "error": 0.02, "flawless": 0.93,
            "verdict": verdict, "differ": [{"id": "lists", "evidence": "lists", "gap": -1.2}], "pasts": [99, 99]}  # fmt: skip


@pytest.fixture
def content():
    toy = {"accuracy": 0.8, "log_score": -0.5, "ece": 0.03, "distance": 0.12}
    return {
        "singles": {"truths": [500, 500], "accuracy_slug": 0.9, "slugs": ["plan", "threat"]},
        "inclusion": {"elite": {"slugs": {}, "networks": MANY, "two_to_four": MANY, "both": MANY | {"truths": 16}}},
        "strangers": {"rate": 0.05, "truths": 300, "by": {
            "interior": {"pasts": 64, "foreign": ["where"], "flagged": {"where": 0.7, "elite": 0.1}, "any": 0.4},
            "calendar": {"pasts": 64, "foreign": ["stop"], "flagged": {"stop": 0.9}, "any": 0.8}}},
        "pairs": {"singles": [pair("plan", "threat", "better copies"), pair("plan", "below", "apart", auc=0.99)],
                  "switches": [pair("plan", "threat", "apart", "elite"), pair("plan", "below", "same paperwork", "elite", 0.5)]},
        "ceiling": {"runs": 1000, "sets": 40, "known": 65, "counts": 72, "exact": toy, "mean": toy | {"accuracy": 0.7},
                    "gap": {"mean": 0.1, "error": 0.04}},
        "floors": [{"name": "strangers", "question": "where", "wanted": 0.8, "found": 0.7, "met": False},
                   {"name": "strangers", "question": "stop", "wanted": 0.8, "found": 0.9, "met": True}],
    }  # fmt: skip


def test_known_pasts_in_words_figures_and_tables(content):
    view = recover.view(content)
    text = " ".join(view["lines"])
    assert "90 of 100" in text and "not within the 5" in text and "for the stop" in text and "where it fell (70 of 100)" in text
    assert "flawless copies" in view["pairs"][0] and "1 of 2 pairs" in view["pairs"][1]
    page = environment().get_template("chapters/recover.html").render(**view)
    assert "style=" not in page and page.count("<figure") == 3 and "all but 1 of 2 pairs" in page
    assert page.count('<circle class="dot"') == 2


def test_known_pasts_without_mixtures_or_strangers(content):
    view = recover.view(content | {"inclusion": {}, "strangers": {}, "singles": {}, "floors": []})
    assert len(view["figures"]) == 1 and len(view["lines"]) == 1


def test_sealed_trials_in_words():
    one = {"seed": 3, "commitment": "ab" * 32, "mechanisms": {"elite": ["threat"], "mass": []}, "told_right": 2, "told_wrong": 1,
           "silent": 36, "flagged": ["where"], "asked": 5, "log_score": -0.5, "prior_score": -0.6, "budget": "quick",
           "code_digest": "now"}  # fmt: skip
    score = {"trials": 1, "told_right": 2, "told_wrong": 1, "silent": 36, "false_flags": 1, "asked": 5, "gain": 0.1,
             "gain_error": None, "log_score": -0.5, "prior_score": -0.6, "reliability": []}  # fmt: skip
    view = trial.view({"code_digest": "now", "score": score, "trials": [one, one | {"code_digest": "before"}]})
    assert view["trials"] == 1 and "1 sealed past the" in view["lines"][0] and "3 of 39" in view["lines"][0]
    assert "not clearly more" in view["lines"][2], "one trial proves nothing"
    page = environment().get_template("chapters/trial.html").render(**view)
    assert "Elite purge: Threat" in page and "abababababab" in page
    empty = trial.view({"code_digest": "now", "score": score | {"trials": 0}, "trials": [one | {"code_digest": "before"}]})
    assert "No trial of the present version" in empty["lines"][0]
