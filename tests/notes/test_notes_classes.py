"""Classes of mistakes in words of our own: a number of another fate, part, unit or year; a contested claim told as settled."""

import pytest
from notes_verdicts import verdict


@pytest.mark.parametrize(
    "text",
    [
        "In 1937 790,665 people were shot.",
        "790,665 people were arrested in 1937.",
        "353,074 people were shot in 1937 and 1938.",
        "In 1937 353,074 people were sent to camps.",
        "More than 680,000 death sentences were passed in 1937.",
        "1,344,923 people were arrested in 1937 and 1938.",
        "The Polish operation led to 139,835 executions.",
        "The Azov-Black Sea krai was given a limit of 13,000 executions.",
        "57,200 more people were to be shot by the decision of 31 January 1938.",
        "98 full members of the Central Committee were shot.",
        "The party had 1.98 million full members at the beginning of 1937.",
        "996,367 prisoners were held in camps and colonies on 1 January 1938.",
        "In the corrective labour camps alone there were 1,881,570 prisoners on 1 January 1938.",
        "All 44,500 people on Stalin's lists were marked for death.",
        "7,372 officers of the NKVD were shot in 1939.",
        "Stalin personally signed 366 lists with 44,000 names.",
        "35,000 officers were purged in 1937-38.",
    ],
)
def test_a_real_number_that_counts_something_else(text: str) -> None:
    assert verdict(text) == "different definition"


@pytest.mark.parametrize(
    "text",
    [
        "The Politburo would not let Stalin have Riutin executed.",
        "Because of the purge the Red Army had no leaders left, hence the catastrophe of 1941.",
        "The economy slumped in 1937 as a result of the terror.",
        "Nobody in Moscow could control the terror any longer.",
        "The purges were a kind of pre-emptive civil war against a fifth column.",
        "The killing ended because the danger of war had passed.",
        "The terror sprang from Stalin's vanity and thirst for power.",
        "76 of 85 members of the Military Council were repressed, that's the number.",
        "Exactly 362 lists carry Stalin's signature, this is beyond dispute.",
        "The fear of a coup by the army was well founded.",
        "The events were a maelstrom of irrational violence.",
        "Criticism in the early thirties made Stalin believe that there was still opposition.",
    ],
)
def test_what_is_contested_and_told_as_settled(text: str) -> None:
    assert verdict(text) == "disputed"


@pytest.mark.parametrize(
    "text",
    [
        "Frinovsky was never arrested.",
        "Yezhov was arrested on 10 April 1939 and executed the same month.",
        "Every eighteenth Soviet citizen was arrested.",
        "On 1 January 1939 the majority of camp inmates were politicals.",
        "Executions carried on at the same pace until the spring of 1939.",
        "Not one member of the Politburo was touched by the terror.",
        "Ten million people at most died in purges and camps.",
    ],
)
def test_what_the_record_has_otherwise(text: str) -> None:
    assert verdict(text) == "wrong"


@pytest.mark.parametrize(
    "text",
    [
        "35,000 officers were discharged in 1937-38, only a minority of them arrested.",
        "Order 00485 is about the Poles and 00439 about the Germans.",
        "In March 1938 there were 21 accused and 18 of them were death.",
        "Yezhov was shot himself on 4 February 1940.",
        "Riutin was sentenced to ten years in 1932 and shot in 1937.",
        "Tukhachevsky was arrested in May 1937 and shot the following month.",
        "Kirov was shot on 1 December 1934; the law on terrorist cases was passed the same day.",
        "Molotov was never arrested.",
        "Sentenced to death under Order 00447 by 1 January 1938: 239,252",
        "The party had 1,453,828 full members on 1 January 1937.",
        "In the camps alone there were 996,367 prisoners on 1 January 1938.",
        "About 38,850 of the 44,500 people on the lists were marked for death.",
        "About half of those convicted in 1937-38 were shot.",
        "Stalin's signature is on some 360 of the 383 lists.",
        "More than 40,000 people were shot in Leningrad in 1937-38.",
    ],
)
def test_what_is_right_is_left_right(text: str) -> None:
    assert verdict(text) == "agrees"


def test_in_a_chat_a_small_letter_may_begin_a_sentence() -> None:
    chat = "mei: not in our dates. kirov murdered 1 december 1935\ndara: thats wrong"
    assert verdict(chat, 1) == "wrong"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q: Which NKVD head followed Yagoda? A: Beria", "wrong"),
        ("Q: Which NKVD head followed Yagoda? A: Yezhov", "agrees"),
        ("Q: And Yezhov's own end? A: shot in February 1940", "agrees"),
        ("Q: Why were Yagoda and Yezhov killed? A: to stop them from telling the truth.", "disputed"),
        ("Why did the terror stop? Because its aims had been met.", "disputed"),
    ],
)
def test_an_answer_may_stand_on_the_line_of_its_question(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At Butovo 20,761 people were shot in 1937.", "different definition"),
        ("At Butovo 20,761 people were shot.", "agrees"),
        (
            "In Leningrad nearly 12,000 families of former people were turned out of the city in 1935.",
            "different definition",
        ),
        ("13.6 per cent of the officers were executed in 1937.", "different definition"),
        ("13.6 per cent of the officers were discharged in 1937.", "agrees"),
        (
            "57 per cent of the whole population called themselves believers in the census of 1937.",
            "different definition",
        ),
        ("57 per cent of those over 16 called themselves believers in the census of 1937.", "agrees"),
        ("It is not true that Stalin signed Order 00447.", "agrees"),
        ("It is a myth that half of the officers were shot.", "agrees"),
        (
            "Order 00447 limited executions to 75,950; by the end 767,397 people had been executed under it.",
            "different definition",
        ),
        ("The law on terrorist cases was passed a year after Kirov's murder.", "wrong"),
        ("The first Moscow trial took place less than two years after Kirov's murder.", "agrees"),
        ("The defence share of the budget was 16.5% in 37, 32.6% in 1940", "agrees"),
        ("Memoirs speak of almost 300 votes against Stalin, the protocol has three.", "silent"),
    ],
)
def test_period_unit_and_denial_are_read(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shakhty trial, 1928: 53 accused, 11 condemned to death, 5 of these shot.", "agrees"),
        ("Of the 1,996 delegates of the 17th congress 1,108 were arrested.", "wrong"),
        ("Death sentences 37+38: 681,692", "agrees"),
        ("The mass operations began with a decision of the Politburo on 2 July 1937.", "agrees"),
        ("The mass operations began in March 1937.", "wrong"),
    ],
)
def test_the_numbers_of_the_better_wording_are_no_mistake(text: str, expected: str) -> None:
    assert verdict(text) == expected
