"""Claims on agencies, the army, arrests, historians, composition, delegates, consequences and control in free words."""

import pytest
from notes_verdicts import verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By 1938 the NKVD answered to no one but itself.", "wrong"),
        ("The secret police had become a state within the state.", "wrong"),
        ("The security organs did as they pleased, over Stalin's head.", "wrong"),
        ("The NKVD was never a law unto itself.", "agrees"),
        ("The NKVD remained an instrument of Stalin.", "agrees"),
        ("Ordzhonikidze stood up to Yagoda and fought for plan figures that could be met.", "disputed"),
        ("Yagoda wanted to pin the failures on the factory directors.", "disputed"),
        ("Ordzhonikidze shielded his managers from the NKVD until his death.", "agrees"),
        ("Yezhov saw wreckers behind every failure.", "agrees"),
        ("Yezhov was a moderate.", "wrong"),
        ("The arrests of Radek and Pyatakov opened a new phase.", "agrees"),
        ("Mironov's memo about insurgents in West Siberia preceded the Politburo's decision by two weeks.", "agrees"),
        ("Mironov's report only came after the Politburo's decision.", "wrong"),
        ("Omsk went eleven times over the limit, and that proves the local bosses drove the terror.", "disputed"),
        ("The NKVD put up no resistance when Yezhov was removed in November 1938.", "agrees"),
        ("The NKVD fought back when Yezhov was dismissed.", "wrong"),
        ("Regional requests for higher limits died down in 1938.", "wrong"),
        ("In 1938 the regions kept applying: requests for higher limits went on under new secretaries.", "agrees"),
    ],
)
def test_agencies(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tukhachevsky and seven comrades were tried behind closed doors and shot the same night.", "agrees"),
        ("Tukhachevsky and the others got a public trial.", "wrong"),
        ("Russians could read of the generals' conspiracy in the press in May 1937.", "different definition"),
        ("The forged German dossier was the chief evidence at the trial of the generals.", "wrong"),
        ("The German dossier was not shown to the court that tried the generals.", "agrees"),
        ("Neither German nor Soviet archives hold any proof that Tukhachevsky was a spy.", "agrees"),
        ("The case against Tukhachevsky rested on nothing but extorted confessions.", "agrees"),
        ("Tukhachevsky looked up to Voroshilov.", "wrong"),
        ("Several generals held that Voroshilov was out of his depth.", "agrees"),
        ("An officers' coup was a real danger to Stalin in 1937.", "disputed"),
        ("No preparations for a coup have been found in the army.", "agrees"),
        ("Generals were shot because they had been too independent for Stalin.", "disputed"),
        ("Stalin struck at the army because it was the only force that could have resisted him.", "disputed"),
        ("Arrests then swept the whole army, so that nobody would avenge Tukhachevsky.", "disputed"),
        ("After the Tukhachevsky trial every slip at work counted as sabotage.", "agrees"),
        ("By beheading the army Stalin brought about the catastrophe of 1941.", "disputed"),
        ("The loss of commanders was one cause of the defeats of 1941 among several.", "agrees"),
        ("The purge did no harm to the Red Army.", "wrong"),
        ("Without the purge the Red Army would not have collapsed in 1941.", "disputed"),
        ("Tukhachevsky thought Voroshilov a bungler.", "agrees"),
        ("Every second officer of the Red Army was shot.", "wrong"),
        ("Some 66 per cent of those serving in the Red Army fell victim to the purge.", "different definition"),
        ("Among lieutenants arrest was rare.", "agrees"),
        ("Most officers who were discharged were never arrested.", "agrees"),
        ("The officer corps doubled in two years and thousands of those thrown out came back.", "agrees"),
        ("None of the discharged officers ever returned to the army.", "wrong"),
        ("Of the marshals only Voroshilov and Budyonny survived.", "agrees"),
        ("All five marshals perished in the purge.", "wrong"),
        ("Hardly any member of the Military Council survived.", "agrees"),
        ("Fleet and air force of the Soviet Union practically ceased to exist, as good as gone.", "wrong"),
        ("The Soviet air force had a lone senior commander left.", "disputed"),
        ("Day after day truckloads of officers were driven off to be shot.", "wrong"),
    ],
)
def test_the_army(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hardly a home was left without a victim of the NKVD.", "wrong"),
        ("Conquest and Fainsod see the purges as Stalin's design.", "agrees"),
        ("Tucker looks for the answer in Stalin's psyche.", "agrees"),
        ("Medvedev dismisses Stalin's personality as irrelevant.", "wrong"),
        ("Arendt finds the roots of the purges in Lenin.", "wrong"),
        ("Arendt kept Lenin's dictatorship apart from totalitarian rule.", "agrees"),
        ("Pipes sees a straight line from Lenin to Stalin.", "agrees"),
        ("Bullock treats the purges as an answer to genuine opponents.", "wrong"),
        ("Rogovin holds that there was a genuine opposition.", "agrees"),
        ("Lewin and Nove see the purges as a chain of improvised reactions.", "agrees"),
        ("Cohen thinks the purges gained a momentum of their own.", "wrong"),
        ("Cohen rejects the idea of continuity between Lenin and Stalin.", "agrees"),
        ("| Historian | View |\n|---|---|\n| Brzezinski | the purges took on a life of their own |", "wrong"),
        ("The handout puts historians under headings where they do not belong.", "agrees"),
        ("The typical victim of the Terror was a senior official.", "wrong"),
        ("Most of the people they took in the purge were party members.", "wrong"),
        ("The bulk of the dead of 1937-38 had nothing to do with the party.", "agrees"),
        ("The show trials were only a drop in the ocean of the terror.", "agrees"),
        ("No layer of Soviet society escaped the Terror.", "agrees"),
        ("The Terror was confined to the elite; ordinary people had nothing to fear.", "wrong"),
        ("Everyone ran the same risk of arrest in 1937.", "wrong"),
        ("Not everyone ran the same risk of arrest in 1937.", "agrees"),
        ("The Great Terror falls into three purges: party, army and people.", "agrees"),
        ("More than half of those who sat in the Congress of Victors were put to death.", "different definition"),
        ("Most delegates of the Congress of Victors were dead within three years.", "wrong"),
    ],
)
def test_historians_victims_and_delegates(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Terror cemented Stalin's grip on power.", "agrees"),
        ("After 1938 nobody could limit Stalin's power.", "agrees"),
        ("Even after 1938 the centre could have people shot or deported at will.", "agrees"),
        ("The Terror left the party monolithic and put an end to debate.", "agrees"),
        ("After the purges the Russians were one big cowed herd.", "disputed"),
        ("The terror decimated the Soviet population.", "different definition"),
        ("After Khrushchev's speech of 1956 western communist parties bled members.", "agrees"),
        ("Khrushchev's revelations of 1956 did no harm to the communist movement.", "wrong"),
        ("Stalin was the gravedigger of the revolution, he betrayed it.", "disputed"),
        ("Whether the revolution was betrayed by Stalin is a matter of opinion.", "agrees"),
        ("The purges had good sides too, to be weighed against the loss of experts.", "different definition"),
        ("Stalin pulled the strings of the terror.", "agrees"),
        ("The Great Terror was Stalin's own work.", "agrees"),
        ("The terror acquired a momentum nobody could check.", "disputed"),
        ("Nobody in the party dared to voice a different opinion after the purges.", "agrees"),
        ("Stalin had nothing to do with the purges.", "wrong"),
        ("By 1938 the killing had slipped from everyone's hands.", "disputed"),
        ("The terror never got out of control; it stopped within days on Stalin's order.", "agrees"),
        ("The violence of 1937 was sheer chaos, senseless killing.", "disputed"),
        ("Stalin asked for moderation in January 1938, but the terror rolled on.", "different definition"),
    ],
)
def test_consequences_and_control(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Gestapo was a law unto itself.",
        "Was the NKVD a law unto itself?",
        "How far did Stalin lose control of the terror?",
        "It remains a matter of debate whether Stalin lost control.",
        "Trotsky created the Red Army.",
        "Voroshilov was blamed for the failures in Finland.",
        "Hitler feared a military coup in 1938.",
        "Truckloads of supplies reached the officers daily.",
        "Navy and air force were all but destroyed at Pearl Harbor.",
        "The storm sank half of the fishing fleet.",
        "Most party members who were arrested in 1937 were interrogated at night.",
        "Napoleon lost several of his marshals.",
        "Tucker played the piano.",
        "Cohen wrote a biography of Bukharin.",
        "Arendt was born in Hanover.",
        "Bullock also wrote on Hitler.",
        "My historian friends got all the names wrong at the party.",
        "The trials of life are many.",
        "The plague decimated the population of Europe.",
        "The flock of sheep belonged to the collective farm.",
        "Judas betrayed his master.",
        "The brakes failed and the car ran out of control.",
        "Discuss the view that the Terror strengthened Stalin's position.",
        "Every family in our street has a dog.",
        "The collapse of 1941 was not caused by the purge.",
        "Stalin wanted absolute power.",
        "The delegates applauded the speech for eleven minutes.",
        "Robespierre was the chief architect of the Terror in France.",
        "Some historians argue that the army was purged because it might have resisted.",
        "Everybody at school has the same chance of winning.",
    ],
)
def test_silence_on_other_matters(text: str) -> None:
    assert verdict(text) == "silent"
