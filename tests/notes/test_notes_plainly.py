"""Claims without a number as notes put them plainly: who ran it, who suffered, how it stopped, who wrote what."""

import pytest
from notes_verdicts import verdict

HEAD = "# The Great Terror 1937-38\n\n"


def under_head(text: str) -> str:
    """The verdict on the last line of notes on the terror."""
    notes = HEAD + text
    return verdict(notes, len(notes.splitlines()))


@pytest.mark.parametrize(
    "text",
    [
        "The provinces were allowed to apply for more executions, and many did so.",
        "Regional chiefs could request higher quotas, and they did.",
        "Stalin approved nearly all requests for higher limits.",
        "July 1937: telegram to all regional secretaries, register kulaks who are back and criminals",
        "Most of the officers were dismissed rather than shot.",
        "The bulk of the officers lost their posts, not their lives.",
        "Stalin was the driving force, but he did not act alone.",
        "Stalin bears the main blame, yet others took part.",
        "Stalin set it going and called it off: he started it and he stopped it.",
        "The chief victims were ordinary people.",
        "The typical victim was a peasant or one of the workers of a small town.",
        "Denunciations were less important than the card indexes of the NKVD.",
        "Under Beria executions dropped sharply, but they did not cease: they went on in 1939.",
        "Robert Conquest coined the name Great Terror.",
        "It was Conquest whose book made the phrase Great Terror famous.",
        "Origins of the Great Purges is by Getty.",
        "Nadezhda Mandelstam wrote Hope Against Hope.",
        "How far the purge caused the slump of industry is still contested.",
        "Kuromiya speaks of a fifth column that Stalin feared.",
        "The third member of a troika was the prosecutor.",
        "How did Sergo Ordzhonikidze die? - by his own hand",
    ],
)
def test_what_the_record_supports_agrees(text: str) -> None:
    assert under_head(text) == "agrees"


@pytest.mark.parametrize(
    "text",
    [
        "Moscow rejected all requests for higher limits.",
        "No region went beyond its limits.",
        "Nearly all officers who were purged were executed.",
        "Stalin alone was responsible, nobody else.",
        "Stalin was innocent of the terror.",
        "It was Beria who ran the mass operations of 1937.",
        "The Great Terror was led by Beria.",
        "Yagoda directed the mass shootings of 1937.",
        "The principal victims of the terror were generals.",
        "Most of the victims were communists.",
        "Informers from below kept the terror going more than the NKVD.",
        "Denunciations were the real engine of the terror.",
        "Most denunciations came from husbands or wives.",
        "As a rule it was a son or daughter who betrayed the parents in 1937.",
        "Not a single person was executed in 1939.",
        "There were no more executions in 1939.",
        "Beria released everybody in 1939.",
        "Beria closed down the camps in 1939.",
        "Who wrote The Gulag Archipelago? - Getty",
        "Robert Conquest wrote Origins of the Great Purges.",
        "Hope Against Hope is by Akhmatova.",
        "The name Great Terror was invented by Khrushchev.",
        "The Yezhovshchina is called after Beria.",
        "The Ingush were deported to Kazakhstan in 1937.",
        "Tomsky was one of the accused of 1938 and was sentenced to death.",
        "Gamarnik stood trial with the seven other commanders.",
        "Ordzhonikidze was poisoned by Beria.",
        "Trotsky himself stood in the dock: Trotsky confessed in 1936.",
        "The files of the Gestapo established the treason of Tukhachevsky.",
        "A troika had three members: NKVD chief, secretary of the party, a lawyer.",
        "The third seat on the troika was an army officer's.",
    ],
)
def test_the_plain_opposite_is_wrong(text: str) -> None:
    assert under_head(text) == "wrong"


@pytest.mark.parametrize(
    "text",
    [
        "The terror stopped because the economy was collapsing.",
        "Stalin called a halt because the country was exhausted.",
        "The real cause of the Great Terror was the fear of a fifth column.",
        "Stalin's motive was a fifth column in the coming war, that is settled.",
        "Production fell in 1937 because so many managers were arrested.",
        "The slump of industry was the fault of the terror.",
        "The army was purged so that no general could rise against Stalin.",
        "Kirov's murder\n- who stood behind Nikolaev? - the NKVD",
        "At Kirov's funeral Stalin wept for the man whose murder he had ordered.",
        "Congress of 1934: Stalin's position was shaky",
    ],
)
def test_a_cause_told_as_settled_is_disputed(text: str) -> None:
    assert under_head(text) == "disputed"


@pytest.mark.parametrize(
    "text",
    [
        "Did Beria run the mass operations of 1937?",
        "In Georgia Beria led the terror of 1937.",
        "For decades the books told of the trials and the generals.",
        "My essay is about denunciation in families.",
        "We still have to read The Gulag Archipelago.",
        "The second part asks who wrote to the NKVD and why.",
        "Some say that Ordzhonikidze was poisoned by Beria.",
        "Ordzhonikidze was said to have died of a weak heart.",
        "The Ingush were deported in 1944.",
    ],
)
def test_a_topic_or_another_matter_is_left_alone(text: str) -> None:
    assert under_head(text) == "silent"


@pytest.mark.parametrize(
    "text",
    [
        "Tomsky was never put on trial.",
        "Not all prisoners were released in 1939.",
        "The Chechens were not deported in 1937 but in 1944.",
        "Beria did not run the mass operations of 1937.",
        "Yezhov, not Beria, ran the Great Terror.",
        "The main victims were not party members but peasants.",
        "One reason for the end was that the economy could not stand it.",
        "Perhaps the terror ended because the country was exhausted.",
        "Fear of a fifth column was one cause of the terror.",
        "The arrests were one cause of the slump of 1937.",
        "Executions almost stopped in 1939.",
        "Whether Stalin stood behind Nikolaev is not known.",
    ],
)
def test_no_alarm_on_what_is_right(text: str) -> None:
    assert under_head(text) in ("agrees", "silent")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two marshals who survived were Budyonny and Blyukher.", "wrong"),
        ("Stalin signed more lists than Molotov.", "wrong"),
        ("Nobody signed more lists than Molotov.", "agrees"),
        ("In 1937 all Poles in the Soviet Union were arrested.", "wrong"),
        ("The constitution of 1936 gave everybody a secret vote.", "agrees"),
        ("Conquest saw a master plan, Getty improvisation and muddle.", "agrees"),
        ("Ten million people lost their lives in the Great Terror.", "wrong"),
        ("What was the number of the kulak order? - 00447", "agrees"),
        ("What was the number of the kulak order? - 00593", "wrong"),
        ("Stalin had no idea how to lower the prices.", "silent"),
        ("Conquest once wrote that 20 million died under Stalin.", "silent"),
        ("It was feared that every German was a spy in 1937.", "silent"),
        ("Of Lenin's comrades all except Trotsky and Stalin were dead by 1938.", "silent"),
    ],
)
def test_further_claims_in_plain_words(text: str, expected: str) -> None:
    assert under_head(text) == expected
