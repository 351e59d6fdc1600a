"""Wordings and layouts that other students use, and the benchmark's notes: what was once read right stays right."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from notes_verdicts import verdict

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "check"


def score() -> ModuleType:
    """The benchmark's script."""
    spec = importlib.util.spec_from_file_location("check_score", BENCHMARK / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1937: 936.750 arrests, 1938: 638.509", "agrees"),
        ("in the camps on 1.1.1939: 1,3 Mio. prisoners", "agrees"),
        ("1937 Jan - trial of the 21", "wrong"),
        ("Yezhov was head of the NKVD 9/36 - 11/38.", "agrees"),
        ("Beria was Yezhov's successor.", "agrees"),
        ("Yezhov was Beria's successor.", "wrong"),
        ("In September 1936 Stalin replaced Yagoda with Yezhov.", "agrees"),
        ("Kamenev, Zinoviev and Bukharin were tried together in August 1936.", "wrong"),
        ("Kamenev was shot together with Bukharin.", "wrong"),
        ("Radek escaped the death penalty in January 1937.", "agrees"),
        ("Pyatakov and twelve others were shot after the trial of January 1937.", "agrees"),
        ("Karelia's first-category limit was 3,000.", "wrong"),
        ("Karelia's first-category limit was 300.", "agrees"),
        ("Leningrad's first-category limit was 4,000, that of Kirov region 500.", "agrees"),
        (
            "Order 00447 called for the execution of almost 76,000 people and the imprisonment of 193,000 others.",
            "agrees",
        ),
        ("Lyushkov, NKVD chief in the Far East, fled to Japan in June 1938.", "agrees"),
        ("Kirov was not killed in Moscow.", "agrees"),
        ("Four out of five people convicted in the Polish operation were shot.", "agrees"),
        ("Molotov signed no lists.", "wrong"),
        ("About half of the Soviet Germans were shot.", "wrong"),
        ("Latvian order 00485", "wrong"),
    ],
)
def test_other_wordings_are_read(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In Mongolia in 1937, between 20,000 and 35,000 people were executed.",
        "Hitler's Night of the Long Knives 1934: 85 to 200 killed",
        "It used to be believed that half of all officers were shot.",
        "You write that 1,108 delegates were shot.",
        "Contrary to legend, half of the officer corps was not shot.",
        "Women made up a third of those dismissed from the army.",
        "The widely read claim that the army lost 40,000 officers by execution confuses dismissal with death.",
        "Beria, who came to Moscow in August 1938, replaced Yezhov three months later.",
        "The prosecutor Vyshinsky wanted Radek to be shot.",
        "Schlögel, Terror und Traum, 1937, pp. 593-640",
    ],
)
def test_the_tempting_is_left_alone(text: str) -> None:
    assert verdict(text) in ("silent", "agrees")


def test_a_shortened_question_takes_its_words_from_the_one_before() -> None:
    cards = "Q: How many people were executed in 1937?\nA: 353,074\n\nQ: And in 1938?\nA: {}\n"
    assert verdict(cards.format("328,618"), 5) == "agrees"
    assert verdict(cards.format("28,618"), 5) == "wrong"


def test_a_caption_and_a_unit_reach_the_cells_below_and_no_further() -> None:
    table = (
        "Prisoners in corrective labour camps, 1 January (thousands)\n\n| Year | Prisoners |\n|---|---|\n"
        "| 1936 | 839 |\n| 1937 | 996 |\n\n| Rank | Repressed |\n|---|---|\n| Marshals | 3 |\n"
    )
    assert [verdict(table, line) for line in (5, 6, 10)] == ["agrees", "wrong", "agrees"]


def test_a_table_of_trials_names_each_trial_by_its_row() -> None:
    table = "| Trial | Date | Accused |\n|---|---|---|\n| First | Aug 1936 | 16 |\n| Second | Jan 1937 | 21 |\n"
    assert verdict(table, 3) == "agrees"
    assert verdict(table, 4) == "wrong"


def test_the_date_at_a_rows_head_is_not_held_against_a_comment_behind_the_event() -> None:
    table = "| Date | What | Why |\n|---|---|---|\n| {} | {} | {} |\n"
    after = table.format("May 1935", "verification of party documents begins", "exchange of cards comes after it")
    assert verdict(after, 3) == "agrees"
    assert verdict(table.format("1 Dec 1935", "Kirov murdered", "start of the vigilance campaign"), 3) == "wrong"


def test_a_year_in_a_cell_of_its_own_is_the_years_of_the_rows_number() -> None:
    table = "| What | Number | Year |\n|---|---|---|\n| arrests by the NKVD | {} | {} |\n"
    assert verdict(table.format("936,750", "1937"), 3) == "agrees"
    assert verdict(table.format("936,750", "1938"), 3) != "agrees"


def test_a_number_is_not_that_of_what_it_is_compared_with() -> None:
    assert verdict("In 1937 about 100,000 were expelled, fewer than in the verification of 1935.") in (
        "agrees",
        "silent",
    )
    assert verdict("About 11,000 discharged officers were back in the army by 1940.") == "agrees"
    assert verdict("9,506 officers were executed in 1937-38.") == "different definition"
    assert verdict("9,506 officers were arrested in 1937-38.") == "agrees"
    assert verdict("Order 00485 started the German operation.") == "wrong"
    assert verdict("Order 00485 started the Polish operation.") in ("agrees", "silent")


def test_what_stands_under_a_name_is_said_of_it() -> None:
    notes = (
        "Nikolai Yezhov\n head of the NKVD from September 1936\n shot in 1940\nGenrikh Yagoda\n shot together with {}\n"
    )
    assert verdict(notes.format("Bukharin")) == "agrees"
    assert verdict(notes.format("Zinoviev"), 5) == "wrong"


def test_a_thing_once_named_is_still_spoken_of() -> None:
    assert (
        verdict("The Seventeenth Congress met in 1934.\nMore than half of the delegates were arrested.", 2) == "agrees"
    )


def test_the_benchmarks_notes_are_read_no_worse_than_they_were() -> None:
    script = score()
    total = {"decidable": 0, "recognised": 0, "marked": 0, "right": 0, "false alarm right": 0}
    for number in range(1, 10):  # nothing was mended on the tenth
        _, counts = script.scored(f"unseen-{number}")
        total = {key: value + counts[key] for key, value in total.items()}
    assert total["decidable"] > 850
    assert total["recognised"] >= 0.88 * total["decidable"]
    assert total["recognised"] >= 0.97 * total["marked"]
    assert total["right"] >= 0.97 * total["recognised"]
    assert total["false alarm right"] <= 1


@pytest.mark.parametrize(
    ("folder", "recall", "right"),
    [
        ("unseen-7", 0.90, 0.98),
        ("unseen-8", 0.80, 0.97),
        ("unseen-9", 0.80, 0.95),
        ("unseen-10", 0.85, 0.96),
        ("unseen-12", 0.85, 0.96),
    ],
)
def test_the_sets_by_other_hands_are_read_no_worse_than_they_were(folder: str, recall: float, right: float) -> None:
    _, counts = score().scored(folder)
    assert counts["recognised"] >= recall * counts["decidable"]
    assert counts["right"] >= right * counts["recognised"]
    assert counts["false alarm silent"] == counts["false alarm right"] == 0
