"""What a historian would look at first in the packaged record."""

import shutil

import pytest

from thirtyseven.record import load, span
from thirtyseven.record.load import DATA


@pytest.fixture(scope="module")
def record():
    return load()


def _value(record, quantity, **scope):
    found = [
        one
        for one in record.figures.values()
        if one.quantity == quantity
        and not one.deprecated
        and one.preferred is not False
        and all(getattr(one, name) == value for name, value in scope.items())
    ]
    assert len(found) == 1, [one.id for one in found]
    return found[0]


def test_the_packaged_record_is_sound():
    assert load(DATA, strict=True).faults == ()


@pytest.mark.parametrize(
    ("quantity", "scope", "value", "counted"),
    [
        ("arrests", {"period": "1937/1938"}, 1_575_259, "arrested"),
        ("death-sentences", {"period": "1937/1938"}, 681_692, "sentenced-to-death"),
        ("death-sentences", {"period": "1937"}, 353_074, "sentenced-to-death"),
        ("convictions", {"period": "1937/1938"}, 1_344_923, "convicted"),
        ("limit-total", {}, 268_950, "limit"),
        ("order-00447-sentenced", {"period": "1937-08-05/1938-11"}, 767_397, "sentenced"),
        ("order-00447-cat1", {"period": "1937-08-05/1938-11"}, 386_798, "sentenced-to-death"),
        ("national-sentenced", {}, 335_513, "sentenced"),
        ("national-shot", {}, 247_157, "sentenced-to-death"),
        ("lists-names", {}, 44_500, "names-on-lists"),
        ("lists-submitted", {}, 383, "names-on-lists"),
        ("congress-17-delegates", {}, 1_966, "delegates"),
        ("congress-17-arrested", {}, 1_108, "arrested"),
        ("congress-17-shot", {}, 848, "executed"),
        ("central-committee-shot", {}, 98, "executed"),
        ("army-discharged", {"period": "1937/1938"}, 35_020, "discharged"),
        ("army-arrested", {"period": "1937/1938"}, 9_506, "arrested"),
        ("gulag-camps", {"period": "1937-01-01"}, 820_881, "held"),
        ("population-total", {"period": "1937-01-06"}, 162_003_225, "population"),
    ],
)
def test_the_numbers_that_everybody_asks_for(record, quantity, scope, value, counted):
    found = _value(record, quantity, **scope)
    assert (found.value, found.counted) == (value, counted)


def test_recalled_figures_never_show_a_place_and_say_so(record):
    recalled = [one for one in record.figures.values() if one.seen == "recalled"]
    assert len(recalled) > 400
    for one in recalled:
        assert one.place == ""
        assert "recalled" in record.sources[one.source].cite(one.place, one.seen)


def test_arrested_convicted_and_executed_are_never_one_quantity(record):
    people = {"arrested", "convicted", "sentenced", "sentenced-to-death", "executed", "discharged", "expelled", "held"}
    allowed = {"central-committee-shot", "high-command-repressed", "military-council-repressed", "nkvd-staff-dismissed"}
    kinds: dict[str, set[str]] = {}
    for one in record.figures.values():
        kinds.setdefault(one.quantity, set()).add(one.counted)
    mixed = {name: found for name, found in kinds.items() if len(found & people) > 1 and name not in allowed}
    assert mixed == {}


def test_shares_name_their_denominator(record):
    shares = [one for one in record.figures.values() if one.unit in ("percent", "share")]
    assert len(shares) > 80
    assert all(one.denominator for one in shares)
    assert all(one.value is None or -100 <= one.value <= 200 for one in shares)


def test_every_figure_has_scope_and_source(record):
    for one in record.figures.values():
        assert one.source in record.sources
        assert one.period or one.quantity in {"limit-families"}, one.id
        assert one.item == one.item.strip()


def test_sources_say_what_they_are_good_for(record):
    for one in record.sources.values():
        assert one.good_for
        assert one.not_for
        if one.lineage:
            assert one.lineage != one.id


def test_lineages_do_not_run_in_circles(record):
    for one in record.sources.values():
        seen = {one.id}
        while one.lineage:
            one = record.sources[one.lineage]
            assert one.id not in seen
            seen.add(one.id)


def test_events_are_dated_and_ordered(record):
    first = [span(one.date).first for one in record.events.values() if one.id < "E-5000"]
    assert len(first) > 140
    assert all(first)
    titles = [one.title for one in record.events.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("date", "word"),
    [
        ("1937-07-02", "P51/94"),
        ("1937-07-30", "00447"),
        ("1938-11-17", "ends the mass operations"),
        ("1934-12-01", "Kirov"),
        ("1937-08-11", "Polish"),
        ("1938-01-31", "57,200"),
    ],
)
def test_the_dates_that_everybody_asks_for(record, date, word):
    assert any(one.date.startswith(date) and word in one.title for one in record.events.values())


def test_ids_once_given_keep_their_meaning(record):
    assert record.figures["F-0001"].origin == "party:2"
    assert record.figures["F-0099"].quantity == "congress-17-arrested"
    assert record.figures["F-0914"].value == 681_692
    assert record.figures["F-0105"].quantity == "congress-17-votes-for-kirov"


def test_get_opens_every_form_of_pointer(record):
    for pointer in (
        "F-0001",
        "E-0001",
        "series:stalin-lists",
        "region:leningrad-oblast",
        "leningrad-oblast",
        "source:order-00447",
        "order-00447",
    ):
        assert record.get(pointer) is not None
    with pytest.raises(KeyError, match="ids look like"):
        record.get("F-9999")


def test_find_wants_every_word_and_ranks_titles_first(record):
    hits = record.find("votes Kirov")
    assert hits
    assert record.find("Kirov zzz") == []
    assert record.find("") == []
    assert record.find("1575259") == record.find("1,575,259")
    assert record.find("1575259")


def test_rivals_stand_side_by_side_with_one_preferred(record):
    groups = {one.rival for one in record.figures.values() if one.rival}
    assert len(groups) > 25
    for name in groups:
        members = [one for one in record.figures.values() if one.rival == name]
        together = record.rivals(members[0])
        assert together[0].preferred
        assert {one.id for one in together} == {one.id for one in members}


def test_digest_changes_with_the_data(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    shutil.copytree(DATA, first)
    shutil.copytree(first, second)
    before = load(first, strict=False).digest
    assert load(second, strict=False).digest == before
    path = second / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",1108,", ",1109,"), encoding="utf-8")
    assert load(second, strict=False).digest != before


def test_people_named_in_events_are_office_holders_of_the_record(record):
    if not record.actors:
        pytest.skip("the record holds no actors yet")
    known = {name.casefold() for one in record.actors.values() for name in (one.name, *one.spellings)}
    named = [name for one in record.events.values() for name in one.actors]
    strange = {name for name in named if name.casefold() not in known}
    assert strange <= {"Japan", "Germany", "British government", "Kowerda", "Central Control Commission", "Ramzin"}


def test_packaged_record_is_loaded_once_and_quickly():
    import time

    assert load() is load()
    start = time.perf_counter()
    load(DATA)
    assert time.perf_counter() - start < 3


def test_a_name_is_found_in_any_spelling(record):
    if "A-yezhov" not in record.actors:
        pytest.skip("the record holds no actors yet")
    events = {one.id for one in record.find("Yezhov arrested") if one.id.startswith("E-")}
    assert events
    for other in ("Ezhov arrested", "Ежов arrested"):
        assert {one.id for one in record.find(other) if one.id.startswith("E-")} == events
