"""The checker's data: every word used is defined, every pointer opens in the record, every value is the record's."""

import re
import tomllib
from importlib.resources import files

import pytest

from thirtyseven.notes.known.knowledge import KnowledgeError, load_knowledge, span_of
from thirtyseven.notes.known.pointers import record_ids
from thirtyseven.notes.language.groups import group_of
from thirtyseven.record import load

KNOWN = load_knowledge()
RECORD = load()
FOLDER = files("thirtyseven.notes") / "data"
DERIVED = {
    "officer-corps-share": "share after reinstatement, from the same rows and Reese",
    "army-share": "35,020 over an army of 1.7 million",
    "junior-share": "share of all officers, from the same rows",
    "navy-share": "a bound, from the flagmen's rows",
    "raise-omsk-oblast": "1,000 raised by 7,000",
    "trial-17-spared": "17 accused less 13 shot",
    "trial-21-spared": "21 accused less 18 shot",
    "trial-16-spared": "16 accused less 16 shot",
    "poles-share": "111,091 of 636,220",
    "germans-share": "41,898 of 1,151,602",
    "cc-survived": "139 less 98",
    "trial-17-prison": "17 accused less 13 shot",
    "kirov-december": "over 100, from the row's words",
    "lists-1938-only": "part of the list dates in 1938",
    "first-secretaries": "from the row's words",
    "koreans-shot": "nothing recorded: they were deported",
    "gulag-deaths-both": "sum of two years",
    "release-1933-half": "400,000 of 800,000",
    "release-1933-camps": "stands for no release",
    "lists-names-shot": "middle of 38,700 to 39,000, from the row's words",
    "limits-january-shot": "part of the raise, from the row's words",
    "trial-industrial-death": "from the event's words",
}


def table(name: str) -> dict:
    """A data file."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def defined() -> set[str]:
    """All keys that a statement can carry."""
    phrases = {key for kind in table("lexicon.toml").values() for key in kind}
    return phrases | set(KNOWN.people) | set(table("places.toml")["place"])


def test_every_key_used_by_an_entry_is_defined() -> None:
    known, missing = defined(), {}
    for entry in KNOWN.quantities:
        used = entry.act | entry.group | entry.frame | entry.place | entry.word | entry.bar | entry.allow | entry.unit
        missing.update({(entry.id, key): 1 for key in used - known})
    for event in KNOWN.events:
        used = {key for group in (*event.noun, *event.verb) for key in group} | event.bar | event.place
        missing.update({(event.key, key): 1 for key in used - known})
    for assertion in KNOWN.assertions:
        used = (
            {key for pattern in assertion.patterns for step in pattern for key in step} | assertion.need | assertion.bar
        )
        missing.update({(assertion.id, key): 1 for key in used - known})
    for relation in KNOWN.relations:
        used = relation.verb | relation.passive | relation.bar | frozenset().union(*relation.patient)
        used |= {*relation.agent, *relation.also, *relation.disputed, *relation.different}
        missing.update({(relation.id, key): 1 for key in used - known})
    assert not missing


def test_theses_and_occurrences_point_into_the_record_and_use_defined_tags() -> None:
    known = defined()
    for entry in (*KNOWN.theses, *KNOWN.occurrences):
        assert "$" not in "".join((*entry.all, entry.none, entry.need)), f"a word list of {entry} is not there"
        groups = [group_of(text) for text in (*entry.all, entry.none, entry.need) if text]
        assert frozenset().union(*(group.tags for group in groups)) <= known, entry
        assert all(group.tags or group.phrases for group in groups), entry
    assert {thesis.claim for thesis in KNOWN.theses} <= set(RECORD.claims)
    assert len({thesis.id for thesis in KNOWN.theses}) == len(KNOWN.theses) > 150
    for one in KNOWN.occurrences:
        years = {int(year) for year in re.findall(r"\d{4}", RECORD.events[one.event].date)}
        assert min(years) - 1 <= one.days[0][0].year <= max(years) + 1, one.event
    assert len(KNOWN.occurrences) > 60


def test_ids_are_unique_and_every_entry_has_a_source() -> None:
    ids = [entry.id for entry in (*KNOWN.quantities, *KNOWN.assertions, *KNOWN.relations)]
    assert len(ids) == len(set(ids))
    assert [entry.id for entry in (*KNOWN.quantities, *KNOWN.assertions, *KNOWN.relations) if not entry.source] == []
    assert len(KNOWN.quantities) > 300


def test_every_pointer_opens_in_the_record() -> None:
    for entry in (*KNOWN.quantities, *KNOWN.assertions, *KNOWN.relations, *KNOWN.events):
        if entry.figure:
            ids = record_ids(entry.figure)
            assert ids, entry
            assert all(RECORD.get(one) is not None for one in ids), (entry, ids)


def numbers(figure: object) -> set[float]:
    """All numbers of a figure's row: value, bounds, and those in its words."""
    found = {float(one) for one in (figure.value, figure.low, figure.high) if one is not None}  # type: ignore[attr-defined]
    words = " ".join((figure.text, figure.note, figure.item, figure.population, figure.denominator))  # type: ignore[attr-defined]
    return found | {float(match.group().replace(",", "")) for match in re.finditer(r"\d[\d,]*(?:\.\d+)?", words)}


def test_every_value_is_the_records() -> None:
    checked = 0
    for entry in KNOWN.quantities:
        rows = [RECORD.figures[one] for one in record_ids(entry.figure) if one in RECORD.figures]
        if not rows or entry.value is None or entry.id in DERIVED:
            continue
        checked += 1
        found = set().union(*(numbers(row) for row in rows))
        assert any(
            abs(one - value) <= 1e-9 * max(1.0, value) for one in found for value in (entry.value, 100 * entry.value)
        ), entry.id
    assert checked > 120
    assert set(DERIVED) <= {entry.id for entry in KNOWN.quantities}


def test_every_year_of_repression_is_the_series() -> None:
    rows = {str(row["year"]): row for row in RECORD.series["annual-repression"].rows}
    for name, column in (
        ("executions", "death_corrected"),
        ("arrests", "arrested_by_organs"),
        ("convictions", "convicted_corrected"),
    ):
        for entry in KNOWN.quantities:
            year = re.fullmatch(rf"{name}-(19\d\d)", entry.id)
            if year:
                assert entry.value == rows[year.group(1)][column], entry.id


def test_every_limit_and_line_is_the_series() -> None:
    limits, checked = {row["region"]: row for row in RECORD.series["order-00447-limits"].rows}, 0
    for entry in KNOWN.quantities:
        for name, column in (
            ("limit-total-", "limit_total"), ("limit-shot-", "limit_cat1"), ("first-shot-", "limit_cat1"),
            ("limit-camps-", "limit_cat2"), ("first-camps-", "limit_cat2"),
        ):  # fmt: skip
            if entry.id.startswith(name):
                assert entry.value == limits[entry.id.removeprefix(name)][column], entry.id
                checked += 1
    assert checked >= 5 * 60


def test_every_event_has_the_records_date() -> None:
    for event in KNOWN.events:
        for one in record_ids(event.figure):
            start, end = span_of(RECORD.events[one].date)
            assert any(start <= last and first <= end for first, last in event.dates), event.key


def test_every_claim_family_is_the_records() -> None:
    families = {claim.family for claim in RECORD.claims.values()}
    used = {
        entry.claim for entry in (*KNOWN.quantities, *KNOWN.assertions, *KNOWN.relations, *KNOWN.events) if entry.claim
    }
    assert used <= families, used - families


@pytest.mark.parametrize("text", ["1934-13-01", "yesterday", "1934-02-30", "1-2-3-4"])
def test_a_bad_date_in_the_data_is_named(text: str) -> None:
    with pytest.raises(KnowledgeError, match="not a date"):
        span_of(text)
