"""Every kind of fault is found, with its place and a way out."""

import re
from pathlib import Path

import pytest

from thirtyseven.record import RecordError, load

HEAD_LENGTH = 24  # columns of figures.csv

# (name of the fault, file, text to replace, replacement, file:line:column expected, words of the sentence)
CASES = [
    (
        "unknown source",
        "figures.csv",
        "high,alpha-1937,p. 1",
        "high,alfa-1937,p. 1",
        "figures.csv:2:85",
        "did you mean alpha-1937",
    ),
    ("unknown unit", "figures.csv", "10,,,,persons", "10,,,,people", "figures.csv:2:40", "vocabulary 'units'"),
    (
        "unknown thing counted",
        "figures.csv",
        "persons,limit,,,ussr,1937,recorded,seen",
        "persons,limits,,,ussr,1937,recorded,seen",
        "figures.csv:2:48",
        "'counted' is 'limits'",
    ),
    (
        "unknown status",
        "figures.csv",
        "1937,recorded,seen,high,alpha-1937,p. 1",
        "1937,known,seen,high,alpha-1937,p. 1",
        "figures.csv:2:",
        "'status' is 'known'",
    ),
    (
        "unknown seen",
        "figures.csv",
        "recorded,seen,high,alpha-1937,p. 1",
        "recorded,yes,high,alpha-1937,p. 1",
        "figures.csv:2:",
        "'seen' is 'yes'",
    ),
    (
        "unknown territory",
        "figures.csv",
        "first-oblast,1937-07-30",
        "second-oblast,1937-07-30",
        "figures.csv:4:",
        "no region or territory",
    ),
    ("impossible day", "figures.csv", "1937-07-30,recorded", "1937-02-30,recorded", "figures.csv:4:", "has 28 days"),
    ("impossible month", "figures.csv", "1937-07-30,recorded", "1937-13,recorded", "figures.csv:4:", "no month 13"),
    (
        "date in words",
        "figures.csv",
        "1937-07-30,recorded",
        "July 1937,recorded",
        "figures.csv:4:",
        "not a date the record knows",
    ),
    (
        "interval backwards",
        "figures.csv",
        "1937-07-30,recorded",
        "1938/1937,recorded",
        "figures.csv:4:",
        "ends before it begins",
    ),
    ("value in words", "figures.csv", "First category,10", "First category,ten", "figures.csv:2:34", "not a number"),
    (
        "thousands separator",
        "figures.csv",
        "First category,10",
        'First category,"75,950"',
        "figures.csv:2:",
        "without separators",
    ),
    ("range backwards", "figures.csv", ",6,7,", ",7,6,", "figures.csv:6:", "put the smaller number into 'low'"),
    (
        "value outside its range",
        "figures.csv",
        "Losses,5,,,",
        "Losses,5,6,7,",
        "figures.csv:5:",
        "outside its own range",
    ),
    ("nothing stated", "figures.csv", "Losses,5,,,", "Losses,,,,", "figures.csv:5:", "states nothing"),
    (
        "place without having seen",
        "figures.csv",
        "beta-1938,,,,,,,\n",
        "beta-1938,p. 5,,,,,,\n",
        "figures.csv:3:",
        "shows a place",
    ),
    (
        "share without denominator",
        "figures.csv",
        "10,,,,persons",
        "10,,,,percent",
        "figures.csv:2:",
        "without a denominator",
    ),
    ("no preferred rival", "figures.csv", "losses,yes", "losses,no", "figures.csv:5:", "prefers none"),
    ("two preferred rivals", "figures.csv", "losses,no", "losses,yes", "figures.csv:5:", "prefer exactly one"),
    ("rival without word", "figures.csv", "losses,no", "losses,", "figures.csv:6:", "say yes or no"),
    ("lonely rival", "figures.csv", "beta-1938,,,losses,no", "beta-1938,,,,", "figures.csv:5:", "one member only"),
    ("preferred is a number", "figures.csv", "losses,yes", "losses,1", "figures.csv:5:", "write yes, no or nothing"),
    ("duplicate id", "figures.csv", "F-0002,", "F-0001,", "figures.csv:3:1", "stands already at figures.csv:2"),
    ("malformed id", "figures.csv", "F-0002,", "F2,", "figures.csv:3:1", "write it like F-0001"),
    ("malformed quantity", "figures.csv", "limit-cat1", "Limit cat1", "figures.csv:2:8", "small letters"),
    ("needed cell empty", "figures.csv", ",Second category,", ",,", "figures.csv:3:", "'item' is empty"),
    (
        "space at the edge",
        "figures.csv",
        "Second category",
        " Second category",
        "figures.csv:3:",
        "begins or ends with a space",
    ),
    (
        "too many cells",
        "figures.csv",
        "F-0002,limit-cat2,",
        "F-0002,limit-cat2,extra,",
        "figures.csv:3:1",
        "the row has 25 cells",
    ),
    ("missing column", "figures.csv", "id,quantity,item,", "id,quantity,", "figures.csv:1:1", "'item' is missing"),
    (
        "unknown column",
        "figures.csv",
        "confidence,source,",
        "confidence,sauce,",
        "figures.csv:1:",
        "'sauce' is unknown",
    ),
    ("column twice", "figures.csv", "origin,note\n", "origin,origin\n", "figures.csv:1:", "stands twice"),
    (
        "quotation mark left open",
        "figures.csv",
        "First category",
        '"First category',
        "figures.csv:2:1",
        "quotation marks",
    ),
    ("figures that do not add up", "figures.csv", "Both,30", "Both,31", "figures.csv:4:", "10 + 20 = 30"),
    ("unknown figure in a sum", "sums.toml", '"F-0002"]', '"F-0009"]', "sums.toml:4:1", "does not exist"),
    ("sum without a whole", "sums.toml", 'whole = "F-0003"', "", "sums.toml:1:1", "needs 'says', 'parts' and 'whole'"),
    (
        "series column does not add up",
        "series/limits.csv",
        "nkvd-camps,6,0,6",
        "nkvd-camps,7,0,7",
        "series/limits.csv:1:1",
        "adds up to 11",
    ),
    ("series row does not add up", "series/limits.csv", "4,20,24", "4,20,25", "series/limits.csv:2:", "4 + 20 = 24"),
    (
        "series row twice",
        "series/limits.csv",
        "nkvd-camps",
        "first-oblast",
        "series/limits.csv:3:1",
        "stands already in line 2",
    ),
    (
        "series with an unknown region",
        "series/limits.csv",
        "nkvd-camps",
        "moon-oblast",
        "series/limits.csv:3:1",
        "not one of the regions",
    ),
    (
        "series with a word for a number",
        "series/limits.csv",
        "4,20,24",
        "four,20,24",
        "series/limits.csv:2:",
        "not a whole number",
    ),
    (
        "series without licence",
        "series/limits.toml",
        'licence = "ours"\n',
        "",
        "series/limits.toml:1:1",
        "'licence' is missing",
    ),
    (
        "series of unknown source",
        "series/limits.toml",
        '"alpha-1937"',
        '"gamma-1939"',
        "series/limits.toml:3:1",
        "not a source",
    ),
    (
        "series column without type",
        "series/limits.toml",
        'type = "region"',
        'type = "place"',
        "series/limits.toml:",
        "has no type",
    ),
    (
        "series column of unknown unit",
        "series/limits.toml",
        'unit = "persons"\nmeaning = "both"',
        'unit = "souls"\nmeaning = "both"',
        "series/limits.toml:",
        "'souls'",
    ),
    (
        "sum over an unknown column",
        "series/limits.toml",
        'column = "cat1"',
        'column = "cat9"',
        "series/limits.toml:",
        "'cat9'",
    ),
    (
        "claim without figure or source",
        "claims/limits.toml",
        'figures = ["F-0003"]\n',
        "",
        "claims/limits.toml:6:1",
        "rests on no figure, event or source",
    ),
    ("claim of an unknown figure", "claims/limits.toml", "F-0003", "F-0030", "claims/limits.toml:9:1", "not a figure"),
    (
        "claim of an unknown verdict",
        "claims/limits.toml",
        "well supported",
        "true",
        "claims/limits.toml:10:1",
        "use one of",
    ),
    (
        "claim without reason",
        "claims/limits.toml",
        'reason = "The order says so."\n',
        "",
        "claims/limits.toml:",
        "no 'reason'",
    ),
    (
        "claim with a misspelt key",
        "claims/limits.toml",
        "variants =",
        "variant =",
        "claims/limits.toml:8:1",
        "unknown key 'variant'",
    ),
    (
        "claim of an unknown item",
        "claims/limits.toml",
        '["S1"]',
        '["S99"]',
        "claims/limits.toml:13:1",
        "not an item of inventory.csv",
    ),
    (
        "explanation with an empty side",
        "explanations/plan.toml",
        '[[countering]]\nclaim = "C-0001"\ntext = "Against it."\n',
        "",
        "explanations/plan.toml:1:1",
        "'countering' is empty",
    ),
    (
        "explanation under another name",
        "explanations/plan.toml",
        'slug = "plan"',
        'slug = "plot"',
        "explanations/plan.toml:1:1",
        "same name",
    ),
    (
        "explanation of an unknown claim",
        "explanations/plan.toml",
        'claim = "C-0001"\ntext = "Against',
        'claim = "C-0404"\ntext = "Against',
        "explanations/plan.toml:14:1",
        "not a claim",
    ),
    (
        "broken TOML",
        "claims/limits.toml",
        'title = "Limits"',
        'title = "Limits',
        "claims/limits.toml:2:",
        "not well-formed TOML",
    ),
    ("broken JSON", "sources.json", '"type": "book",', '"type": "book"', "sources.json:2:", "not well-formed JSON"),
    (
        "source without a kind",
        "sources.json",
        '"kind": "history"',
        '"kind": "story"',
        "sources.json:4:",
        "has kind 'story'",
    ),
    (
        "source of an unknown type",
        "sources.json",
        '"type": "book"',
        '"type": "scroll"',
        "sources.json:2:",
        "has the type 'scroll'",
    ),
    (
        "source twice",
        "sources.json",
        '"id": "beta-1938"',
        '"id": "alpha-1937"',
        "sources.json:2:",
        "one source has one entry",
    ),
    (
        "lineage that leads nowhere",
        "sources.json",
        '"lineage": "alpha-1937"',
        '"lineage": "gamma"',
        "sources.json:8:",
        "not a source",
    ),
    (
        "office of an unknown actor",
        "offices.csv",
        "O-0001,A-alpha",
        "O-0001,A-omega",
        "offices.csv:2:8",
        "not an actor",
    ),
    (
        "spell that ends before it begins",
        "offices.csv",
        "1936-10,1937-12",
        "1937-12,1936-10",
        "offices.csv:2:",
        "ends (1936-10) before it begins",
    ),
    (
        "birth after death",
        "actors.csv",
        "1890,1938",
        "1939,1938",
        "actors.csv:2:",
        "the birth (1939) is after the death",
    ),
    ("death on two days", "actors.csv", "1890,1938,,", "1890,1938,executed,1939", "actors.csv:2:", "given twice"),
    (
        "office after the holder's death",
        "offices.csv",
        "1936-10,1937-12",
        "1936-10,1939-01",
        "offices.csv:2:",
        "after the holder's death (1938)",
    ),
    ("event of an unknown kind", "events.csv", ",order,,orders", ",orders,,orders", "events.csv:2:", "event_kinds"),
    ("coverage of an unknown pointer", "coverage.csv", "F-0001", "F-0777", "coverage.csv:2:4", "not a figure"),
    (
        "coverage by something that is no pointer",
        "coverage.csv",
        "F-0001",
        "somewhere",
        "coverage.csv:2:4",
        "not a pointer",
    ),
    ("coverage of an unknown item", "coverage.csv", "S1,", "S2,", "coverage.csv:2:1", "not an item"),
    (
        "unknown kind of responsibility",
        "responsibility.csv",
        "signing",
        "winking",
        "responsibility.csv:2:",
        "responsibility_kinds",
    ),
    ("two regions on one tile", "regions.csv", "CAMP,2,1", "CAMP,1,1", "regions.csv:3:", "the tile (1, 1) is taken"),
    ("share above one", "regions.csv", "1000,0.3", "1000,33.5", "regions.csv:2:", "outside 0 to 1"),
    (
        "two figures of one scope",
        "figures.csv",
        "F-0002,limit-cat2,Second category,20,,,,persons,limit",
        "F-0002,limit-cat1,Second category,20,,,,persons,limit",
        "figures.csv:3:",
        "the same scope as F-0001",
    ),
    (
        "rivals in two units",
        "figures.csv",
        ",6,7,,persons,died",
        ",6,7,,families,died",
        "figures.csv:5:",
        "mixes units",
    ),
    (
        "precision that is not the date's",
        "events.csv",
        "1937-07-30,day",
        "1937-07,day",
        "events.csv:2:",
        "is a month, the precision says day",
    ),
    (
        "disputed date without another",
        "events.csv",
        "1937-07-30,day",
        "1937-07-30,disputed",
        "events.csv:2:",
        "name the other dates",
    ),
    (
        "figure that differs from the cell it repeats",
        "sums.toml",
        "[[sum]]",
        '[[same]]\nfigure = "F-0003"\nseries = "limits"\nrow = { region = "first-oblast" }\ncolumn = "total"\n\n[[sum]]',
        "figures.csv:4:",
        "the cell of series:limits that it repeats is 24",
    ),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "place", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_found_at_its_place(small: Path, name, file, old, new, place, words):
    text = (small / file).read_text(encoding="utf-8")
    assert old in text, f"the case '{name}' does not touch the file"
    (small / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load(small)
    found = [str(fault) for fault in caught.value.faults]
    assert any(one.startswith(place) and words in one for one in found), "\n".join(found)
    assert all(re.match(r"[^:\s]+:\d+:\d+: \S", one) for one in found)


def test_the_small_record_is_sound(small: Path):
    record = load(small)
    assert len(record.figures) == 5
    assert record.faults == ()


def test_cases_cover_at_least_twenty_five_kinds():
    assert len({case[0] for case in CASES}) >= 25


def test_ten_faults_in_one_folder_are_reported_together(small: Path):
    edits = {
        "figures.csv": [
            ("Second category", " Second category"),
            ("Losses,5,,,", "Losses,5,6,7,"),
            ("high,alpha-1937,p. 1", "high,nobody,p. 1"),
            ("first-oblast,1937-07-30", "first-oblast,1937-02-31"),
        ],
        "series/limits.csv": [("4,20,24", "4,20,25")],
        "claims/limits.toml": [("well supported", "true")],
        "explanations/plan.toml": [('[[countering]]\nclaim = "C-0001"\ntext = "Against it."\n', "")],
        "offices.csv": [("A-alpha", "A-omega")],
        "coverage.csv": [("F-0001", "F-0777")],
        "events.csv": [(",order,,orders", ",orders,,orders")],
    }
    for file, pairs in edits.items():
        text = (small / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (small / file).write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load(small)
    faults = caught.value.faults
    assert len(faults) == 10, "\n".join(map(str, faults))
    assert {fault.file for fault in faults} == set(edits)
    assert list(faults) == sorted(faults)
    assert str(caught.value).startswith("The record has 10 faults:\n")


def test_wrong_encoding_names_line_and_column(small: Path):
    raw = (small / "events.csv").read_bytes().replace(b"The order", "Приказ".encode("cp1251"))
    (small / "events.csv").write_bytes(raw)
    with pytest.raises(RecordError) as caught:
        load(small)
    assert any(str(one).startswith("events.csv:2:24: the file is not UTF-8") for one in caught.value.faults)


def test_byte_order_mark_is_named(small: Path):
    (small / "events.csv").write_bytes(b"\xef\xbb\xbf" + (small / "events.csv").read_bytes())
    with pytest.raises(RecordError, match="byte-order mark"):
        load(small)


def test_binary_file_is_named(small: Path):
    (small / "events.csv").write_bytes(b"id,date\n\x00\x01\x02")
    with pytest.raises(RecordError, match="binary data"):
        load(small)


def test_empty_file_is_named(small: Path):
    (small / "events.csv").write_bytes(b"")
    with pytest.raises(RecordError, match=r"events\.csv:1:1: the file is empty"):
        load(small)


@pytest.mark.parametrize("name", ["vocabulary.toml", "sources.json", "regions.csv", "figures.csv", "events.csv"])
def test_missing_file_is_named(small: Path, name: str):
    (small / name).unlink()
    with pytest.raises(RecordError, match=rf"{re.escape(name)}:1:1: the file is missing"):
        load(small)


def test_series_without_its_description_is_named(small: Path):
    (small / "series/limits.toml").unlink()
    with pytest.raises(RecordError, match=r"series/limits.toml:1:1: the file cannot be read"):
        load(small)


def test_a_folder_in_the_place_of_a_file_is_named(small: Path):
    (small / "claims/limits.toml").unlink()
    (small / "figures.csv").unlink()
    (small / "figures.csv").mkdir()
    with pytest.raises(RecordError, match=r"figures.csv:1:1:"):
        load(small)


def test_an_enormous_file_is_refused(small: Path):
    with (small / "events.csv").open("r+b") as file:
        file.truncate(25_000_000)
    with pytest.raises(RecordError, match="larger than 20 MB"):
        load(small)


def test_no_folder_at_all(tmp_path: Path):
    with pytest.raises(RecordError, match="there is no such folder"):
        load(tmp_path / "nothing")


def test_a_loose_load_keeps_what_is_sound_and_lists_the_rest(small: Path):
    text = (small / "figures.csv").read_text().replace("Losses,5,,,", "Losses,five,,,", 1)
    (small / "figures.csv").write_text(text)
    record = load(small, strict=False)
    assert "F-0001" in record.figures
    assert "F-0004" not in record.figures
    assert any("five" in fault.message for fault in record.faults)


def test_a_reference_to_a_faulty_row_is_not_a_second_fault(small: Path):
    text = (small / "figures.csv").read_text().replace("Both,30", "Both,thirty", 1)
    (small / "figures.csv").write_text(text)
    with pytest.raises(RecordError) as caught:
        load(small)
    assert len(caught.value.faults) == 1


def _mangled(raw: bytes, random) -> bytes:
    """Damage a file in one of the ways files get damaged."""
    at, end = sorted(random.randrange(len(raw) + 1) for _ in range(2))
    ways = (
        lambda: raw[:at] + raw[end:],
        lambda: raw[:at] + bytes(random.randrange(256) for _ in range(8)) + raw[at:],
        lambda: raw[:at] + raw[at:end] * 3 + raw[end:],
        lambda: raw.replace(b"\n", b"\r\n"),
        lambda: raw[:at] + b'"' + raw[at:],
        lambda: b"[" * 3000 + raw,
        lambda: raw.replace(b",", b";"),
    )
    return random.choice(ways)()


def test_no_damage_crashes_the_loader(small: Path):
    import random as module

    random = module.Random(1937)
    files = sorted(path for path in small.rglob("*") if path.is_file())
    sound = {path: path.read_bytes() for path in files}
    refused = 0
    for _ in range(250):
        path = random.choice(files)
        path.write_bytes(_mangled(sound[path], random))
        try:
            load(small)
        except RecordError as error:
            refused += 1
            assert error.faults
            assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in error.faults)
        path.write_bytes(sound[path])
    assert refused > 150
