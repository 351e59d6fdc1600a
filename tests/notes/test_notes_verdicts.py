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
