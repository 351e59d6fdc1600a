"""Claims as notes assert them: the contested ones as fact, the supported ones plainly, their opposites; and what is none."""

import pytest
from notes_verdicts import verdict

HEAD = "# The Great Terror 1937-38\n"


def under_head(text: str) -> str:
    """The verdict on the last line of notes on the terror."""
    notes = HEAD + text
    return verdict(notes, len(notes.splitlines()))


@pytest.mark.parametrize(
    "text",
    [
        "Kirov died because Stalin wanted him dead.",
        "Kirov's murder\n- on whose orders? Stalin's own",
        "Kirov's murder\n- who was behind it? St. himself, no question",
        "Nikolaev was merely the tool; the man who sent him was Stalin.",
        "Yagoda's men arranged Kirov's murder.",
        "By 1934 Kirov had grown into a real threat to Stalin.",
        "In the Politburo Kirov led those who wanted a relaxation against Stalin's wishes.",
        "The ballots with Stalin's name crossed out were destroyed in 1934.",
        "Stalin demanded Riutin's head, but the Politburo said no.",
        "Riutin escaped death because Kirov talked the Politburo out of it.",
        "The machine could no longer be steered by anyone.",
        "There was no logic whatever in the killings.",
        "It was the regions, not Moscow, that pushed up the numbers.",
        "Q: Why did the terror end in 1938? A: Because Stalin's aims had been met.",
        "Terror stops Nov 1938 – reason: economic damage",
        "army = last power centre outside his control, so it had to go",
        "the Germans got to Moscow in 1941 because Stalin had shot his generals",
        "The whole point was to scare the nation into submission.",
        "Growth collapsed in 1937 and the terror alone was responsible.",
        "Hitler's seizure of power triggered the purges.",
        "There is a straight line from Lenin's Red Terror to 1937.",
        "Yezhov was silenced so that the truth would never come out.",
        "The aim was a party without Old Bolsheviks.",
        "The purpose of the arrests was to stop an opposition from forming.",
        "Millions were arrested to provide cheap labour for Siberia.",
        "Bekhterev diagnosed Stalin as paranoid in 1927.",
        "Stalin's ambition is the real cause of the Great Terror.",
        "The only motive was to keep himself in power.",
        "Stalin carried out a blueprint that he had had in mind since 1934.",
        "There was no plan: Stalin improvised from step to step.",
        "autumn 1936: Stalin drops moderates, backs Yezhov's hardliners",
    ],
)
def test_a_contested_claim_told_as_fact_is_disputed(text: str) -> None:
    assert under_head(text) == "disputed"


@pytest.mark.parametrize(
    "text",
    [
        "Whether Stalin had Kirov killed is still disputed.",
        "Nobody has proved that Stalin ordered the murder.",
        "Some historians see Kirov as a moderate.",
        "Did the terror slip out of Stalin's hands?",
        "The terror never ran out of control.",
        "To many the terror seemed irrational.",
        "Khlevniuk thinks that the terror stopped because its aims had been met.",
        "Reese doubts that the purge explains the defeats of 1941.",
        "Some say that Stalin was mentally ill.",
        "Conquest holds that Stalin planned the terror long in advance.",
        "Yezhov was accused of having deceived Stalin.",
        "Stalin ordered the arrest of Zinoviev the day after Kirov's murder.",
        "After Kirov's death Zhdanov took over, sent by Stalin.",
        "In July 1937 the regions proposed more victims than Moscow allowed.",
        "The decree of 17 November 1938 ended the mass operations.",
        "Ordzhonikidze protected his managers.",
        "The slump of 1937 had several causes, one of them the terror.",
        "681,692 death sentences speak against labour as the purpose.",
    ],
)
def test_what_is_hedged_attributed_or_right_is_not_disputed(text: str) -> None:
    assert under_head(text) in ("silent", "agrees")


@pytest.mark.parametrize(
    "text",
    [
        "Most of those killed were neither politicians nor soldiers.",
        "victims: mostly NOT party, NOT army",
        "Nine in ten of those arrested were not in the party.",
        "The great majority of those arrested were men.",
        "Troikas and quotas had been tried out against the kulaks in 1930.",
        "The great expulsions from the party came in 1933-35, not in 1937-38.",
        "Expulsion did not mean arrest in 1933-35.",
        "No plot to take power was ever found.",
        "Twenty million is far too high.",
        "In November 1938 it was over.",
        "The real floodgates opened in the summer of 1937.",
        "1936: still few executions",
        "Most arrests came from orders of the centre, not from below.",
        "New men got the jobs of the arrested.",
        "Molotov put his name to even more lists than Stalin.",
        "The higher the rank, the greater the danger for an officer.",
        "Koreans were deported, not shot.",
        "Even members of the Politburo were shot.",
        "Stalin was not the only one who signed the lists.",
        "Many careerists had got into the party.",
    ],
)
def test_a_supported_claim_in_plain_words_agrees(text: str) -> None:
    assert under_head(text) == "agrees"


@pytest.mark.parametrize(
    "text",
    [
        "Half of all officers were put against a wall.",
        "The terror hit mainly the party.",
        "Women were arrested as often as men.",
        "Stalin had nothing to do with it.",
        "It was all Yezhov's doing; Stalin had no idea.",
        "Pressure from below was as important as orders from above.",
        "Denunciations from neighbours were the main cause of the arrests.",
        "The mass shootings went on through 1939.",
        "Sabotage was the real cause of the accidents.",
        "The troikas were an invention of 1937.",
        "The biggest wave of expulsions was in 1937.",
        "Bukharin was a spy.",
        "Priests were spared.",
        "The victims of the troikas had lawyers.",
        "Moscow refused all requests for higher limits.",
        "Stalin's closest circle was safe.",
        "The lists accounted for most of all death sentences.",
        "The confessions were voluntary.",
        "Torture was the private excess of a few sadists.",
        "One out of every eight people was arrested.",
        "The Riutin affair proves that there were enemies of Stalin in the Politburo.",
        "Kirov's murder was arranged as the first act of the purges.",
    ],
)
def test_the_opposite_of_a_supported_claim_is_wrong(text: str) -> None:
    assert under_head(text) == "wrong"


@pytest.mark.parametrize(
    "text",
    [
        "economy -> scapegoats",
        "fear of war",
        "Explaining 1937 by one man would be like explaining a flood by one raindrop.",
        "a machine without a brake is called an accident",
        "Mao's Cultural Revolution ran out of control.",
        "Hitler had Röhm shot in June 1934.",
        "Was Stalin mad?",
        "Why did it stop?",
        "In my opinion the essay question is unfair.",
    ],
)
def test_topics_comparisons_and_questions_stay_silent(text: str) -> None:
    assert under_head(text) == "silent"
