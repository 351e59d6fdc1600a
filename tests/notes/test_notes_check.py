"""Statements and their verdicts: one for each class that the checker decides, and silence where it must be silent."""

import pytest
from notes_verdicts import verdict

from thirtyseven.notes.check import check_text
from thirtyseven.record import load


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1937-38 681,692 people were executed.", "agrees"),
        ("In 1937-38 about 1.58 million people were executed.", "different definition"),
        ("In the Great Terror 386,798 people were executed.", "different definition"),
        ("Order 00447 led to 386,798 executions.", "agrees"),
        ("One in eighteen of the population was arrested.", "wrong"),
        ("Of the 1,996 delegates of the 17th congress 1,108 were arrested.", "wrong"),
        ("1,108 of the 1,966 delegates of the Congress of Victors were arrested.", "agrees"),
        ("Of the 1,966 delegates of the 17th congress 1,108 were executed.", "different definition"),
        ("3/5 Marshals were shot.", "agrees"),
        ("75/80 members of the Supreme Military Council were purged.", "agrees"),  # so the record's C-0909
        ("Half of the officer corps was shot.", "wrong"),
        ("Kirov was murdered on 1 December 1934.", "agrees"),
        ("Kirov was murdered on 1 December 1935.", "wrong"),
        ("Kirov was shot by Leonid Nicolaev.", "agrees"),
        ("Kirov was murdered by the secret police.", "disputed"),
        ("Ezhov was head of the NKVD from 1936 to 1938.", "agrees"),
        ("Beria was head of the NKVD in 1937.", "wrong"),
        ("Beria replaced Yagoda.", "wrong"),
        ("Radek was shot.", "wrong"),
        ("Kamanev and Zinoviev were executed in August 1936.", "agrees"),
        ("Tomsky committed suicide.", "agrees"),
        ("Bukharin was tried in the Trial of the Seventeen.", "wrong"),
        ("The 17th congress met after Kirov's murder.", "wrong"),
        ("The show trials took place after Kirov's murder.", "agrees"),
        ("Order 00447 was signed by Stalin.", "wrong"),
        ("Conquest is a revisionist historian.", "wrong"),
        ("The Polish operation led to 111,091 executions.", "agrees"),
    ],
)
def test_a_statement_gets_its_verdict(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Was Kirov murdered by Stalin?",
        "Life has become better, comrades.",
        "My teacher was born in 1937.",
        "See page 386 of the textbook.",
        "The first book on the subject had 681 pages.",
        "He wrote 40 letters to Stalin.",
        "In 1937, after the murder of Kirov, fear grew.",
        "Stalin read the file on the Kirov case in 1936.",
        "The figure was not 1,996.",
        "Kirov's widow lived until 1960.",
    ],
)
def test_what_the_record_cannot_decide_is_passed_in_silence(text: str) -> None:
    assert verdict(text) in ("silent",)


def test_a_denial_turns_the_verdict() -> None:
    assert verdict("Radek was not executed.") == "agrees"
    assert verdict("Conquest is not a revisionist.") != "wrong"


def test_the_place_is_that_of_the_words_in_the_file() -> None:
    (one,) = [r for r in check_text("# Terror\n\n  - x\n  - Beria replaced Yagoda.\n") if r.verdict == "wrong"]
    assert (one.line, one.column, one.quote) == (4, 5, "Beria replaced Yagoda.")


def test_an_answered_question_is_a_statement_and_an_open_one_is_not() -> None:
    assert verdict("Q: Who replaced Yagoda as head of the NKVD?\nA: Beria") == "wrong"
    assert verdict("Q: Who replaced Yagoda as head of the NKVD?\nA: Yezhov") == "agrees"
    assert verdict("Who replaced Yagoda as head of the NKVD?") == "silent"


def test_a_table_cell_is_read_with_its_row_and_column() -> None:
    rows = "| Year | Arrests | Death sentences |\n|---|---|---|\n| 1937 | 936,750 | 353,074 |\n| 1938 | 638,509 | 253,074 |\n"
    found = {(one.line, one.verdict) for one in check_text(rows)}
    assert found == {(3, "agrees"), (4, "agrees"), (4, "wrong")}


def test_the_same_notes_give_the_same_remarks() -> None:
    text = "Kirov was murdered in 1934. Order 00447 was issued in July 1937 and 386,798 were shot."
    assert check_text(text) == check_text(text)


def test_a_claim_of_the_record_is_recognised_almost_word_for_word_and_not_turned_round() -> None:
    assert verdict("Machines broke and targets were missed because workers were unskilled.") in ("agrees", "silent")
    claims = [claim for claim in load().claims.values() if claim.verdict == "not supported"]
    found = [verdict(claim.text) for claim in claims]
    assert "agrees" not in found
    assert sum(word in ("wrong", "disputed", "different definition") for word in found) >= 0.6 * len(found)


def test_what_the_record_supports_is_never_called_wrong() -> None:
    for claim in load().claims.values():
        if claim.verdict == "well supported":
            for text in (claim.text, *claim.variants):
                assert verdict(text) in ("agrees", "silent"), text
