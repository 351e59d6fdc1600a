"""Right verdicts: certainty about what the record has twice, statements of which only a part is right, terms of office."""

import pytest
from notes_verdicts import verdict


@pytest.mark.parametrize(
    "assurance",
    [
        ", undisputed.", "; no other count exists.", ", no book says otherwise.", ". The number is firmly established.",
        " – end of story.", ", and nothing else accepted.", ", every historian has that.", ". That is a fact now.",
        ", not one more, not one less.", ". Nobody has ever questioned this number.", "; sources are unanimous.",
        ", an uncontested figure.", ". There's no debate here.", "; other figures are simply false.", " (set in stone).",
        ", and that settles it.", "; the question is closed.", " – nobody gives another figure.",
    ],
)  # fmt: skip
def test_a_count_with_rivals_said_for_certain_is_disputed(assurance: str) -> None:
    assert verdict(f"In the Latvian operation 22,360 people were convicted{assurance}") == "disputed"
    assert verdict(f"In the August 1936 trial there were 16 defendants{assurance}") == "agrees"


@pytest.mark.parametrize(
    "reserve",
    [
        ".", ", but the number is not certain.", "; it is not known exactly.", ". The exact number is not known.",
        ", though no figure is beyond doubt.", ". No number is certain.", ", although other counts exist.",
    ],
)  # fmt: skip
def test_a_count_said_with_reserve_agrees(reserve: str) -> None:
    assert verdict(f"In the Latvian operation 22,360 people were convicted{reserve}") == "agrees"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| what | number | status |\n|---|---|---|\n| Latvian operation, convicted | 22,360 | certain |", "disputed"),
        ("| what | number | status |\n|---|---|---|\n| Latvian operation, convicted | 22,360 | disputed |", "agrees"),
        ("Stalin signed exactly 361 of the lists, full stop.", "disputed"),
        ("Exactly 681,692 people were sentenced to death in 1937-38.", "agrees"),
        ("Exactly 171,781 Koreans were deported.", "agrees"),
        ("Yezhov was shot on 4 February 1940, beyond doubt.", "disputed"),
        ("Bukharin was shot on 15 March 1938, beyond doubt.", "agrees"),
    ],
)
def test_only_what_the_record_has_twice_is_disputed(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("98 of the 139 members of the Central Committee were expelled, but most of them survived.", "wrong"),
        ("The second Moscow trial had seventeen defendants; all were shot.", "wrong"),
        ("August 1936: 16 in the dock, every one shot.", "agrees"),
        ("Shakhty trial: 53 accused, eleven death sentences, all eleven carried out.", "wrong"),
        ("1,344,923 people were convicted in 1937-38; all of these were executed.", "different definition"),
        ("35,020 officers were discharged in 1937-38; not all of them were shot.", "agrees"),
        ("171,781 Koreans were deported, and all of them were shot.", "different definition"),
        ("116,885 party members were arrested in 1937-38 and shot.", "different definition"),
        ("116,885 party members were arrested in 1937-38 and many of them shot.", "agrees"),
        ("139,835 people were sentenced in the Polish operation, none of whom survived.", "different definition"),
        ("17 accused in January 1937, 13 shot and four sent to prison.", "agrees"),
        ("The limits of Order 00447 came to 259,450.", "wrong"),
        ("In the Greek operation 12,557 were sentenced, 84 % of them to death.", "agrees"),
        ("Of the five marshals only Voroshilov and Budyonny came through.", "agrees"),
        ("The record speaks against the idea of an NKVD that acted on its own.", "agrees"),
    ],
)
def test_what_is_said_of_all_those_counted_must_fit_too(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Britain produced 13 million tons of steel in 1937.",
        "US steel production fell by almost half in 1938.",
        "Himmler took charge of all German police in June 1936.",
        "The war with Finland cost the Red Army 126,875 dead.",
        "Goebbels noted the trials in his diary in January 1937.",
    ],
)
def test_other_countries_and_wars_are_left_alone(text: str) -> None:
    assert verdict(text) == "silent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1938: 1,881,570 in the camps, not counting colonies", "different definition"),
        ("1938: 1,881,570 in camps and colonies", "agrees"),
        ("Koreans: 171,781 families moved out of the Far East", "different definition"),
        ("So 353,074 were condemned to death under Order 00447 in 1937.", "different definition"),
        ("353,074 were condemned to death in 1937.", "agrees"),
        ("In the Polish operation 139,835 were sentenced, all of them Poles by nationality.", "different definition"),
        ("Defence took 32.6% of the budget in 1937.", "different definition"),
        ("# Order 00447\ni.e. about 76,000 people actually shot under it", "different definition"),
        ("# Order 00447\n75,950 to be shot, 193,000 to camps", "agrees"),
        ("Deaths in camps and colonies in 1938: 108,654, no other count exists.", "disputed"),
        ("Trial of the Sixteen – January 1937", "wrong"),
        ("Trial of the Sixteen – August 1936", "agrees"),
    ],
)
def test_a_real_number_of_a_wider_whole_is_another_definition(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Radek and Sokolnikov stood trial; both were shot.", "wrong"),
        ("Zinoviev and Kamenev were tried; both were shot.", "agrees"),
        ("In January 1937 Pyatakov, Radek and Sokolnikov were tried; all three were shot.", "wrong"),
        ("Voroshilov and Budyonny were marshals; both survived.", "agrees"),
        ("Kamenev and Pyatakov sat in the dock together.", "wrong"),
        ("Kamenev and Zinoviev sat in the dock together.", "agrees"),
        ("Bukharin and Rykov were shot on the same day as Kamenev.", "wrong"),
        ("Before Yezhov the NKVD was headed by Beria.", "wrong"),
        ("Before Yezhov, Yagoda headed the NKVD.", "agrees"),
        ("Vyshinsky was procurator of the USSR until 1937.", "wrong"),
        ("Khrushchev ran the Moscow party until 1941.", "wrong"),
        ("Zhdanov took over the Leningrad party only in the summer of 1935.", "silent"),
        ("Stakhanov's record: 31 August 1936.", "wrong"),
        ("The Industrial Party trial ended with five men shot.", "wrong"),
        ("The Industrial Party trial ended with five death sentences, all commuted.", "agrees"),
    ],
)
def test_people_together_in_turn_and_in_office(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("55,428 arrested in 1937 and 61,457 in 1938, that is 116,885 Communists shot.", "different definition"),
        ("116,885 members and candidates arrested 1937-38 (55k + 61k).", "agrees"),
        ("In 1793-94 the tribunals passed some 17,000 death sentences.", "silent"),
        ("Vyshinsky took over from Krylenko as Procurator of the USSR in March 1935.", "wrong"),
        ("Vyshinsky took over from Akulov as Procurator of the USSR in March 1935.", "agrees"),
        ("Executed in 1937-38: 950,000 to 1.2 million.", "different definition"),
        ("The Spanish civil war broke out in July 1937.", "wrong"),
        ("Order 00486 of 15 August 1938 sent the wives to camps.", "wrong"),
    ],
)
def test_other_counts_other_times_and_other_holders(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The final tally under Order 00447 was 767,397 sentenced.", "agrees"),
        ("l. 33: Yezhov was dismissed in November 1938, arrested in April 1939.", "agrees"),
        ("Camps proper had around 820,000 inmates on 1 January 1937.", "agrees"),
        ("27 million Soviet dead in WW2.", "silent"),
        ("Over 327,000 victims of the Terror were set free in 1939 after a review.", "different definition"),
        ("Order 00447: limit for the country 75,950 people in both categories together.", "different definition"),
        ("100,000 communists were arrested in 1937.", "different definition"),
        ("Yezhov was in Stalin's office nearly 290 times in 1937-38.", "agrees"),
    ],
)  # fmt: skip
def test_labels_names_and_multiples_are_no_counts(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Order 00447\n386,798 people were condemned to death, double the number first foreseen.", "wrong"),
        ("# Order 00447\n386,798 people were condemned to death, five times the number first foreseen.", "agrees"),
        ("In 1937 a total of 136,900 clergy were shot.", "different definition"),
        ("Exactly 110,000 political prisoners were let go after the review in 1939.", "disputed"),
    ],
)
def test_ratios_totals_and_what_is_only_about(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Order 00447 in figures\n- 268,950 in the limits: 75,950 shot + 193,000 camps",
        "Order 00447\n- altogether 268,950, of them 75,950 to be shot and 193,000 to the camps",
        "1938 saw 328,618 death sentences, 1937 had had 353,074.",
        "1938 was hardly better with 328,618 executions, in 1937 it had been 353,074.",
        "Arrests peaked in 1937 with 936,750; 1938 followed with 638,509.",
        "January 1937: Pyatakov, Radek, Sokolnikov (17)",
        "August 1936 - Zinoviev, Kamenev and co. (16)",
        "383 lists with about 44,500 names, mainly for the death penalty, were sent to Stalin in 1937-38.",
        "Q: Who stood before the secret court in June 1937?\nA: Tukhachevsky, Kork, Eideman and five more commanders; all shot",
    ],
)
def test_a_number_that_may_be_meant_otherwise_is_not_attacked(text: str) -> None:
    assert verdict(text) in ("agrees", "silent")


@pytest.mark.parametrize(
    "text",
    [
        "The NKVD arrested roughly 1.34 million people in 1937-38.",
        "In 1937-38 some 1.34 million people were arrested by the NKVD.",
        "Arrests by the NKVD in 1937-38: 1.345 million",
    ],
)
def test_a_rounded_number_is_the_count_that_it_is_nearest_to(text: str) -> None:
    assert verdict(text) == "different definition"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All Poles in the USSR were arrested.", "wrong"),
        ("Latvian operation: every Latvian in the country was shot.", "wrong"),
        ("Every single Greek living in the Soviet Union was arrested.", "wrong"),
        ("All officers of the Red Army were shot.", "wrong"),
        ("Not every German in the USSR was arrested.", "silent"),
        ("All Poles working in the Comintern were arrested.", "silent"),
        ("All Koreans were deported from the Far East.", "agrees"),
    ],
)
def test_not_every_one_of_a_people_was_taken(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 1935: Kamenev gets the death penalty.", "wrong"),
        ("1935 - Zinoviev sentenced to death", "wrong"),
        ("August 1936: Zinoviev gets the death penalty.", "agrees"),
        ("Sergei Kirov: party boss of Moscow", "wrong"),
        ("Andrei Zhdanov - party boss of Moscow", "wrong"),
        ("Sergei Kirov: party boss of Leningrad", "agrees"),
        ("98% of the Central Committee of 1934 were shot.", "different definition"),
        ("70 per cent of the Central Committee of 1934 were shot.", "agrees"),
        ("70 per cent of all party members were arrested and shot.", "different definition"),
        ("1938: 329,000 arrests by the NKVD.", "different definition"),
        ("1937: 353,000 people arrested by the NKVD.", "different definition"),
        ("1937: 937,000 people arrested by the NKVD.", "agrees"),
        ("Order 00447\n- Moscow's first plan was to shoot 268,950 people", "different definition"),
        ("Order 00447: the troikas shot 681,692 people in these two years.", "different definition"),
        ("Families were not forgotten: Order 00486 sent wives to camps for 5 to 8 years.", "agrees"),
    ],
)
def test_what_is_real_of_another_scope_or_year_is_not_right(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nanking, winter 1937-38: at least 200,000 killed.",
        "Red Army against the Finns: 126,000 dead.",
        "Khalkhin Gol 1939: 9,700 Red Army dead.",
        "The Luftwaffe killed 1,600 people at Guernica in April 1937.",
        "Wehrmacht 1939: 16,000 dead in Poland.",
        "The exchange of party cards of 1935-36 came next.",
    ],
)
def test_another_country_or_war_is_left_alone(text: str) -> None:
    assert verdict(text) == "silent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All 22,360 convicted in the Latvian operation were shot.", "different definition"),
        ("All 12,557 people sentenced in the Greek operation were shot.", "different definition"),
        ("Order 00447 set limits of 75,950 people in all.", "different definition"),
        ("Order 00447 set a limit of 268,950 people in all.", "agrees"),
        ("117,000 party members were executed in 1937-38.", "different definition"),
        ("Congress of Victors: 1,966 delegates, 1,108 arrested, mostly shot", "agrees"),
        ("The famine of 1921 killed five million.", "silent"),
        ("The 1921 famine killed 5 million people.", "silent"),
        ("Finland 1939-40: 126,000 Red Army killed.", "silent"),
        ("Army losses 1939-40: 126,000 killed", "silent"),
    ],
)
def test_wholes_other_fates_and_other_years(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1937 and 1938: 353,074 and 328,618 death sentences",
        "Arrests of 1937 and 1938: 936,750 and 638,509",
        "Pyatakov and Serebryakov were shot in January 1937.",
    ],
)
def test_two_parts_and_the_morrow_of_a_trial_are_not_attacked(text: str) -> None:
    assert verdict(text) in ("agrees", "silent")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yezhov ran the NKVD in 1937-38.", "agrees"),
        ("Yagoda headed the NKVD in 1935-36.", "agrees"),
        ("Yezhov was head of the NKVD in 1934-36.", "wrong"),
        ("Yezhov was head of the NKVD from 1937 to 1938.", "wrong"),
        ("March 1938: Bukharin gets 25 years", "wrong"),
        ("January 1937: Radek gets ten years", "agrees"),
    ],
)
def test_years_of_an_office_and_terms_of_prison(text: str, expected: str) -> None:
    assert verdict(text) == expected
