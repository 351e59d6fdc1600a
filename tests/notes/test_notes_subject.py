"""How statements get their subject: questions with answers, pronouns, bare fragments, shortened names, corrections."""

import pytest
from notes_verdicts import verdict

from thirtyseven.notes.check import check_text
from thirtyseven.notes.known.finding import ORDER
from thirtyseven.notes.statements.marks import mark_at_start, mark_behind
from thirtyseven.notes.statements.questions import stated


def verdicts(text: str) -> list[str]:
    """The gravest verdict of each line, "silent" where there is none."""
    lines = text.splitlines()
    given = ["silent"] * len(lines)
    for remark in check_text(text, "notes"):
        known = given[remark.line - 1]
        if known == "silent" or ORDER[remark.verdict] < ORDER[known]:
            given[remark.line - 1] = remark.verdict
    return given


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("In which town was Kirov murdered", "Leningrad", "Kirov was murdered in Leningrad"),
        ("To which country did Lyushkov flee", "Japan", "Lyushkov fled to Japan"),
        ("Which country did Lyushkov flee to", "Japan", "Lyushkov fled to Japan"),
        ("Whom did Beria replace", "Yezhov", "Beria replaced Yezhov"),
        ("By whom was Yagoda replaced", "Yezhov", "Yagoda was replaced by Yezhov"),
        ("How many categories did the order have", "two", "The order had two categories"),
        ("How many of the accused were shot", "13", "13 of the accused were shot"),
        (
            "Which is larger, the Greek or the Latvian line",
            "the Latvian",
            "the Latvian line was larger than the Greek line",
        ),
        ("Who came first, Beria or Yezhov", "Yezhov", "Yezhov came before Beria"),
        ("Which post did Molotov hold", "chairman of the government", "Molotov was chairman of the government"),
        ("Why did it stop", "its aims were met", None),
        ("When did it stop", "November 1938", None),
    ],
)
def test_an_answer_stands_where_its_question_asks(question: str, answer: str, expected: str | None) -> None:
    made = stated(question, answer)
    assert (made.text if made else None) == expected
    if made:
        assert answer in made.text[made.lead : made.tail or None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q3 What became of Tomsky? – A: he shot himself in August 1936.", "agrees"),
        ("Q4 Who presided over the court in the Moscow trials? - Ulrikh", "agrees"),
        ("Q5 Who prosecuted in the Moscow trials? - Ulrikh", "wrong"),
        ("Q6 In which city was Kirov shot? → Moscow", "wrong"),
        ("Q7 By whom was Yagoda replaced in 1936? – A: Yezhov", "agrees"),
        ("Q8 Which job did Yagoda get after the NKVD? – A: communications", "agrees"),
        ("Q9 Who headed the NKVD in 1936 and 1938? – A: Yezhov and Beria", "silent"),
    ],
)
def test_question_and_answer_share_a_line(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("State where Kirov was killed. [1]\nAnswer: in Moscow.", ["silent", "wrong"]),
        ("2 (b) Give the number of people sentenced under Order 00447. [1]\nA: 767,397", ["silent", "agrees"]),
        ("Describe the fate of Rykov. [2]\nAnswer: He was shot in March 1938.", ["silent", "agrees"]),
        ("Identify the prosecutor at the Moscow trials.\nAnswer: Vyshinsky", ["silent", "agrees"]),
        ("Explain why the terror ended in November 1938. [6]", ["silent"]),
    ],
)
def test_a_task_is_no_statement_and_its_answer_is_one(text: str, expected: list[str]) -> None:
    assert verdicts(text) == expected


def test_those_counted_before_are_counted_again() -> None:
    asked = "Q1 How many delegates did the Seventeenth Congress have? 1,966\nQ2 How many of them were arrested? 1,108\n"
    assert verdicts(asked + "Q3 And how many were shot? 848") == ["agrees"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bukharin was among the accused of the first Moscow trial. FALSE, of the third.", "agrees"),
        ("Kirov was murdered in Moscow. False: in Leningrad.", "agrees"),
        ("Yezhov was shot in 1938 (F)", "agrees"),
        ("Yezhov was shot in 1940 (F)", "wrong"),
        ("Yezhov followed Yagoda – true", "agrees"),
        ("Beria followed Yagoda. TRUE.", "wrong"),
        ("| The commanders were tried in public. | F | closed court |", "agrees"),
    ],
)
def test_a_mark_of_false_turns_a_verdict_round(text: str, expected: str) -> None:
    head = "| statement | true? | reason |\n|---|---|---|\n" if text.startswith("|") else ""
    assert verdicts(head + text)[-1] == expected


def test_a_key_of_marks_is_no_answer_to_the_line_before() -> None:
    key = "1. TRUE. Yezhov followed Yagoda.\n2. FALSE. Radek was given ten years.\n3. right, see you at 7"
    assert verdicts(key) == ["agrees", "agrees", "silent"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna: Zinoviev was shot in 1937.\nBen: No, in August 1936.", ["wrong", "agrees"]),
        ("Pupil: Kirov was killed in Moscow.\nTeacher: no, in Leningrad", ["wrong", "agrees"]),
        ("Anna: 20 million were shot in 1937 and 1938.\nBen: nope, 681,692", ["wrong", "agrees"]),
        ("Anna: Kirov was killed in Leningrad.\nBen: No, in Moscow.", ["agrees", "wrong"]),
        ("Ann: Beria followed Yagoda.\nBen: No document says so.", ["wrong", "silent"]),
    ],
)
def test_a_reply_sets_the_value_right(text: str, expected: list[str]) -> None:
    assert [("wrong" if one == "different definition" else one) for one in verdicts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Yezhov\n\nHis predecessor was Yagoda.\nHis successor was Beria.\nHe was shot in February 1940.", "agrees"),
        ("# Yagoda\n\nHis successor was Beria.", "wrong"),
        ("Yagoda was the first head of the NKVD. He was shot in 1938.", "agrees"),
        (
            "1. Stalin signed 357 lists.\n2. It went on for two years.\n3. He received Yezhov almost 290 times.",
            "agrees",
        ),
        ("# Stalin's Terror\n\nMy grandfather was a miner. He was shot in 1937.", "silent"),
        ("# Yezhov\n\nLev Razgon was a writer. He was shot in 1938.", "silent"),
        ("Yagoda ran the NKVD. The man who replaced him was Yezhov.", "agrees"),
        ("It was Beria who replaced Yagoda.", "wrong"),
    ],
)
def test_a_pronoun_has_the_only_owner_possible(text: str, expected: str) -> None:
    assert verdicts(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kirov\n- K. shot 1/12/34 in L'grad", "agrees"),
        ("Kirov\n- K's successor in Len'grad = Khrushchev", "wrong"),
        ("Bukh. + Ryk shot Mar 38", "agrees"),
        ("Zin and Kam shot Aug 37", "wrong"),
        ("pol. op: 111k shot, Aug 37 - Nov 38", "agrees"),
        ("PB approved Order 00447 on 31 July 37", "agrees"),
        ("Source K. was shot in 1937, see part Y.", "silent"),
        ("Kamenev and Kirov\n\n- K. shot in 1936", "silent"),
    ],
)
def test_shortened_names_are_read_in_full(text: str, expected: str) -> None:
    assert verdicts(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was Yagoda shot in 1936? - No, in March 1938.", "agrees"),
        ("Did Yezhov follow Yagoda? - No.", "wrong"),
        ("Did Yezhov follow Yagoda? - Yes.", "agrees"),
        ("Did Beria follow Yagoda? - No, Yezhov.", "agrees"),
        ("Did Bukharin stand in the first trial? - No, in the third.", "agrees"),
        ("Radek: death sentence? - No, ten years.", "agrees"),
        ("Did Stalin sign Order 00447? He did not, Yezhov signed it.", "agrees"),
    ],
)
def test_questions_of_yes_and_no_are_answered(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guide said that Kirov died in Moscow; in fact it was Leningrad.", "agrees"),
        ("He said that Yezhov followed Yagoda; in truth it was Beria.", "wrong"),
        ("She wrote that Radek was shot; in fact he got ten years.", "agrees"),
        ("It is wrong to say that Beria followed Yagoda.", "agrees"),
        ("The idea that most victims were party members is a myth.", "agrees"),
        ("Myth: Radek was shot.", "agrees"),
        ("Khrushchev said that he was sorry, but nobody believed it.", "silent"),
    ],
)
def test_what_the_notes_set_right_is_not_held_against_them(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "HOST: Who replaced Yagoda?\nGUEST: Beria.\nHOST: Where was Kirov shot?\nGUEST: In Leningrad.",
            ["wrong", "agrees"],
        ),
        ("tom: who was nkvd boss first\njule: yagoda, july 34 to sept 36", ["silent", "agrees"]),
        ("Front: Kirov's murderer\nBack: Nikolaev", ["silent", "agrees"]),
        ("Q1 Who shot Kirov? - Nikolaev\nQ2 When? - 1 December 1935", ["agrees", "wrong"]),
        ("| who | answer |\n|---|---|\n| Who shot Kirov? | Nikolaev |\n| Where? | in Moscow |", ["agrees", "wrong"]),
        ("Heads of the NKVD\n- Yagoda, July 34 to Sept 36\n- Beria from Dec 36", ["agrees", "wrong"]),
    ],
)
def test_talks_cards_and_tables_go_on(text: str, expected: list[str]) -> None:
    given = verdicts(text)
    assert ([given[1], given[3]] if text.startswith("HOST") else given[-2:]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Kirov was killed in a) Moscow b) Leningrad (x) c) Kiev", "agrees"),
        ("2. Kirov was killed in a) Moscow (x) b) Leningrad c) Kiev", "wrong"),
        ("3. Who headed the NKVD in 1937? a) Yagoda b) Yezhov c) Beria -> c", "wrong"),
        ("4. Kirov was killed in a) Moscow b) Leningrad c) Kiev", "silent"),
    ],
)
def test_the_marked_option_is_what_is_said(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_a_quotation_stays_as_it_was_written() -> None:
    (remark,) = check_text("Zin + Kam shot Aug 1937 w/ others", "notes")[:1]
    assert remark.quote == "Zin + Kam shot Aug 1937 w/ others"


def test_what_stands_right_below_a_heading_is_said_of_it() -> None:
    assert verdicts("Order 00447\nsigned by Yezhov\n\nThird Moscow trial\nMarch 1938\n18 shot")[-2:] == [
        "agrees",
        "agrees",
    ]


def test_marks_are_told_from_words() -> None:
    assert mark_at_start("FALSE, it was Leningrad") == (False, 0, 7)
    assert mark_at_start("Truer words were never said") is None
    assert mark_at_start("Trotsky was killed in 1940") is None
    assert mark_behind("Bukharin was shot in 1936 - false") is not None
    assert mark_behind("It is not true that he was shot") is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 681,692 | Popov, archives | executed in 1937-38 | sure |", "agrees"),
        ("| 9,506 | officers | arrested in 1937-38 | only a part of those sacked |", "agrees"),
        ("| 35,020 | officers | shot in 1937-38 | from a documentary |", "different definition"),
        ("| 1,108 | delegates of the 17th congress | shot | same speech |", "different definition"),
        ("| 98 of 139 | CC members | shot | Khrushchev 1956 |", "agrees"),
        ("| 3 | of the five marshals | shot | |", "agrees"),
        ("| 171,781 | Koreans | deported in autumn 1937 | nobody was asked |", "agrees"),
        ("| 353,074 | people | shot in 1938 | |", "wrong"),
        ("| 7 million | Conquest | arrested 1937-38 | far too high |", "silent"),
        ("| 1.5 million | old textbook | shot 1937-38 | wrong! |", "silent"),
        ("| 5.7 million | demographers | deaths in the famine 1930-33 | other unit |", "silent"),
        ("| 12 | Yagoda | shot 1938 | |", "silent"),
    ],
)
def test_a_number_in_the_first_column_counts_whom_the_others_name(row: str, expected: str) -> None:
    assert verdicts(f"| number | who | what | comment |\n|---|---|---|---|\n{row}")[-1] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| army officers | 35,020 | discharged 1937-38 | Suvenirov |", "agrees"),
        ("| army officers | 35,020 | shot | an old book |", "different definition"),
        ("| delegates of the 17th congress | 1,108 | arrested | speech |", "agrees"),
        ("| 1938 | 328,618 | shot | |", "agrees"),
        ("| 1938 | 353,074 | shot | |", "wrong"),
    ],
)
def test_a_number_between_whom_it_counts_and_their_fate(row: str, expected: str) -> None:
    assert verdicts(f"| group | how many | fate | source |\n|---|---|---|---|\n{row}")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Who headed the NKVD when it was founded in July 1934? - Yagoda", "agrees"),
        ("1. Who was the chief of the NKVD when it was created in 1934? - Beria", "wrong"),
        ("2. What was the number of the 'kulak order'? - 00447", "agrees"),
        ("2. What number did the kulak order have? - 00485", "wrong"),
        ("2. What number did the Polish order have? - 00485", "agrees"),
        ("3. How did Tomsky die in August 1936? - he shot himself", "agrees"),
        ("3. How did Ordzhonikidze die in February 1937? - he shot himself", "agrees"),
        ("4. How many of the five marshals lived? - 2\n5. Which ones? - Voroshilov and Budyonny", "agrees"),
        ("4. How many of the five marshals survived? - 2\n5. Which two? - Yegorov and Budyonny", "wrong"),
        (
            "6. How many accused were there in the first Moscow trial? - 16\n7. How many in the second one? - 17",
            "agrees",
        ),
        (
            "6. How many accused were there in the first Moscow trial? - 16\n7. And in the third, March 1938? - 24",
            "wrong",
        ),
    ],
)
def test_a_quiz_asks_on(text: str, expected: str) -> None:
    assert verdicts(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kirov: Leningrad boss, popular\n- killed by Nikolaev, a former party member", "agrees"),
        ("- Kirov, Leningrad boss, killed 1 Dec 1934\n- murdered by Kamenev", "wrong"),
        ("- Bukharin: editor of Izvestia\n- arrested Feb 1937", "agrees"),
        ("Marshal Yegorov arrested March 1938\nshot Feb 1939", "agrees"),
        ("Trotsky against Stalin\nshot in 1938", "silent"),
        ("- Stalin ordered everything\n- shot in 1938", "silent"),
    ],
)
def test_a_fragment_is_said_of_whom_the_line_before_begins_with(text: str, expected: str) -> None:
    assert verdicts(f"Notes\n\n{text}")[-1] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("first Yagoda, til September 1936", "agrees"),
        ("first Yagoda, until May 1938", "wrong"),
        ("next: Yezhov (from Sept 1936)", "agrees"),
        ("finally Beria, from December 1936", "wrong"),
        ("then Molotov", "wrong"),
        ("then Beria", "agrees"),
        ("then Yezhov's friends", "silent"),
    ],
)
def test_a_list_of_the_heads_of_the_nkvd_is_read_in_turn(line: str, expected: str) -> None:
    assert verdicts(f"**NKVD bosses**\n- {line}")[-1] == expected


@pytest.mark.parametrize(
    "title",
    [
        "'Twenty million people were shot in 1937-38.' Assess the validity of this view. (25 marks)",
        "# 'Kirov was killed in Moscow.' How far do you agree?",
        "Yezhov was head of the NKVD from 1934. Do you agree with this statement?",
        '"Bukharin was shot in 1936." Discuss this claim. [20 marks]',
    ],
)
def test_the_title_of_an_essay_is_nobodys_statement(title: str) -> None:
    assert set(verdicts(title)) <= {"silent"}


def test_what_follows_the_title_of_an_essay_is_read() -> None:
    title = "# 'Kirov was killed in Moscow.' How far do you agree? (25 marks)"
    given = verdicts(f"{title}\n\nKirov was killed in Moscow.\n\nYezhov was shot in 1940.")
    assert [given[0], given[2], given[4]] == ["silent", "wrong", "agrees"]
