"""Claims in other words, events without names, offices asked for, exact numbers, and one remark for one document."""

import pytest
from notes_verdicts import verdict

from thirtyseven.notes.check import check_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The terror ran completely out of control.", "disputed"),
        ("Some historians argue that the terror ran out of control.", "silent"),
        ("Did the terror run out of control?", "silent"),
        ("Arendt derives the purges from Lenin.", "wrong"),
        ("Tucker explains the purges by Stalin's personality.", "agrees"),
        ("The purge left the army leaderless and caused the disaster of 1941.", "disputed"),
        ("The purge began with Kirov's murder.", "different definition"),
        ("No member of the Politburo was safe.", "agrees"),
        ("Members of the Politburo were safe.", "wrong"),
        ("Children denounced their parents to the NKVD.", "wrong"),
        ("Wives rarely denounced their husbands.", "agrees"),
        ("The NKVD was a law unto itself.", "wrong"),
        ("Mao's revolution ran out of steam.", "silent"),
    ],
)
def test_a_claim_in_other_words_has_the_claims_verdict(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_certainty_about_a_number_of_which_the_record_has_two_is_disputed() -> None:
    line = "In the Latvian operation 22,360 people were convicted"
    assert verdict(f"{line}.") == "agrees"
    assert verdict(f"{line}, and this number is beyond doubt.") == "disputed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 Nov 1934: Special Board of the NKVD", "agrees"),
        ("Shooting at Butovo began on the eighth of August 1937.", "agrees"),
        ("Shooting at Butovo began on the eighth of August 1936.", "wrong"),
        ("Internal passports were introduced in December 1934.", "wrong"),
        ("The rank of General Commissar of State Security was created in October 1935.", "agrees"),
        ("Kork had the Moscow military district till September 1935.", "agrees"),
        ("Kork had the Moscow military district till March 1933.", "silent"),
        ("June twelfth: Tukhachevsky is shot, him and seven other commanders", "agrees"),
        ("Yezhov's shot in February 1940.", "agrees"),
    ],
)
def test_events_and_offices_are_known_without_their_names(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Chairman of the OGPU until he died in May 1934? Menzhinsky.", "agrees"),
        ("2. Procurator of the USSR from 1935 to 1939? Krylenko.", "wrong"),
        ("3. NKVD chief who ran away to Japan in June 1938? Lyushkov.", "agrees"),
        ("4. British prime minister in May 1940? Neville Chamberlain.", "silent"),
    ],
)
def test_an_answer_to_a_question_without_a_verb_is_read_with_it(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For 1937 and 1938: 634,820 sentences to camps, colonies and prison.", "agrees"),
        ("In all national operations together 335,513 people were shot.", "different definition"),
        ("171,781 Korean families were deported from the Far East in 1937.", "different definition"),
        ("The tortoise laid 634,820 eggs.", "silent"),
    ],
)
def test_an_exact_number_of_the_record_is_recognised(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_a_document_gets_one_remark_that_names_signature_and_approval() -> None:
    (one,) = check_text("Order 00447 was signed by Stalin on 30 July 1937.")
    assert one.verdict == "wrong"
    assert "Yezhov on 30 July 1937" in one.wording and "31 July" in one.wording


def test_each_number_keeps_the_year_right_behind_it() -> None:
    assert (
        verdict("The share of defence in the budget rose from 3.4 per cent in 1933 to 16.1 per cent in 1936.")
        == "agrees"
    )
