"""People in office and institutions: who is there, whether spells are possible, whether fates follow offices."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections import Counter, defaultdict

import pytest

from thirtyseven.record import load
from thirtyseven.record.dates import span
from thirtyseven.record.model import Actor, Office

ABROAD = {"Germany", "United Kingdom"}
OTHER_UNITS = {"ussr", "ukrainian-ssr", "kazakh-ssr", "krasnodar-krai", "altai-krai", "chita-oblast"}
"""Territories of offices that are not units of Order 00447: larger units and parts of divided ones."""
LEADERS = ("first secretary", "NKVD chief")
FATES = {"executed", "suicide", "murdered", "died in custody", "killed in war", "natural death", ""}
ENDS = {"promoted", "removed", "transferred", "reorganised", "arrested", "shot", "suicide", "died", ""}
SLACK = {"": 0, "~": 62}
"""Days by which neighbouring spells may overlap: none for dates as given, two months for approximate ones."""


@functools.cache
def actors() -> dict[str, Actor]:
    """The record's actors."""
    return dict(load().actors)


@functools.cache
def offices() -> tuple[Office, ...]:
    """The record's spells in office."""
    return tuple(load().offices.values())


def first(text: str) -> datetime.date:
    """First day that a date may mean, the beginning of time where nothing is given."""
    return (span(text).first if text else None) or datetime.date.min


def last(text: str) -> datetime.date:
    """Last day that a date may mean, the end of time where nothing is given."""
    return (span(text).last if text else None) or datetime.date.max


def held_by(office: str, institution: str, day: str) -> set[str]:
    """Actors who certainly or possibly held an office on a day."""
    then = datetime.date.fromisoformat(day)
    return {
        one.actor for one in offices()
        if one.office == office and one.institution == institution and first(one.begin) <= then <= last(one.until)
    }


def test_size() -> None:
    people = [one for one in actors().values() if one.kind == "person"]
    assert len(people) >= 500
    assert len(actors()) - len(people) >= 35
    assert len(offices()) >= 600


def test_dates_are_edtf() -> None:
    for one in actors().values():
        for text in (one.born, one.died, one.fate_date):
            assert not text or span(text)
    for spell in offices():
        assert spell.begin, f"{spell.id} has no beginning"
        assert span(spell.begin) and (not spell.until or span(spell.until))


def test_words_and_links() -> None:
    regions = set(load().region_slugs)
    for spell in offices():
        assert spell.actor in actors(), spell.id
        assert spell.territory in regions | OTHER_UNITS | ABROAD, spell.id
        assert spell.end in ENDS, f"{spell.id}: {spell.end}"
        assert spell.source in load().sources, spell.id
    for one in actors().values():
        assert one.fate in FATES, f"{one.id}: {one.fate}"
        assert one.role, f"{one.id} has no public role"
        assert one.source in load().sources


def test_recalled_rows_show_no_page() -> None:
    page = re.compile(r"\bpp?\. ?\d|\bf\. ?\d+ op\.")
    for row in (*actors().values(), *offices()):
        if row.seen == "recalled":
            assert not page.search(row.note), row.id


def test_seen_rows_rest_on_seen_sources() -> None:
    sources = load().sources
    seen = [row for row in offices() if row.seen == "seen"]
    assert len(seen) >= 45
    assert {sources[row.source].seen for row in seen} == {"seen"}


def test_nobody_is_born_after_dying_or_serves_after_death() -> None:
    for one in actors().values():
        if one.born and one.died:
            assert first(one.born) < last(one.died), one.id
    for spell in offices():
        died = actors()[spell.actor].died
        if died:
            assert first(spell.begin) <= last(died), f"{spell.id} begins after the death of {spell.actor}"
            ended = not spell.until or first(spell.until) <= last(died)
            assert ended, f"{spell.id} ends after the death of {spell.actor}"


@pytest.mark.parametrize("office", LEADERS)
def test_one_holder_at_a_time(office: str) -> None:
    """Spells of one office in one territory may touch, and overlap only as far as their dates are uncertain."""
    homes: dict[str, list[Office]] = defaultdict(list)
    for spell in offices():
        if spell.office == office:
            homes[spell.territory].append(spell)
    for territory, spells in homes.items():
        ordered = sorted(spells, key=lambda one: (first(one.begin), last(one.until)))
        for before, after in itertools.pairwise(ordered):
            assert before.until, f"{territory}: {before.id} is open although {after.id} follows"
            vague = "~" if "~" in before.until + after.begin else ""
            overlap = (first(before.until) - last(after.begin)).days
            assert overlap <= SLACK[vague], f"{territory}: {before.id} and {after.id} overlap by {overlap} days"


def test_nobody_leads_two_units_at_once() -> None:
    """Nobody is NKVD chief of two units at once, beyond what uncertain dates allow."""
    careers: dict[str, list[Office]] = defaultdict(list)
    for spell in offices():
        if spell.office == "NKVD chief":
            careers[spell.actor].append(spell)
    for actor, spells in careers.items():
        ordered = sorted(spells, key=lambda one: first(one.begin))
        for before, after in itertools.pairwise(ordered):
            vague = "~" if "~" in before.until + after.begin else ""
            assert (first(before.until) - last(after.begin)).days <= SLACK[vague], f"{actor}: {before.id}, {after.id}"


def test_fates_follow_offices() -> None:
    for spell in offices():
        person = actors()[spell.actor]
        if spell.end == "suicide":
            assert person.fate == "suicide", f"{spell.id}: {person.fate}"
            assert first(spell.until) <= last(person.died)
            assert last(spell.until) >= first(person.died)
        if spell.end == "shot":
            assert person.fate == "executed", spell.id
        if spell.end == "died":
            assert person.died, f"{spell.id} ends with a death that {person.id} does not show"
            assert first(spell.until) <= last(person.died)
            assert last(spell.until) >= first(person.died)
        if spell.end == "arrested" and person.fate:
            assert person.fate in ("executed", "died in custody", "suicide", "natural death"), spell.id
            assert first(spell.until) <= last(person.died), spell.id


def test_executed_people_leave_office() -> None:
    for spell in offices():
        if not spell.until and not spell.office.startswith("troika") and actors()[spell.actor].fate == "executed":
            pytest.fail(f"{spell.id}: {spell.actor} was executed, yet the spell never ends")


def test_no_spelling_belongs_to_two() -> None:
    owners: dict[str, str] = {}
    for one in actors().values():
        for text in (one.name, *one.spellings):
            key = text.casefold()
            if text == one.name and key in owners:
                continue  # two bearers of one name are told apart by their roles
            assert owners.setdefault(key, one.id) == one.id, f"'{text}' leads to {owners[key]} and {one.id}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Yezhov", "A-yezhov"), ("Ezhov", "A-yezhov"), ("Ežov", "A-yezhov"), ("Ежов", "A-yezhov"),
        ("Kamanev", "A-kamenev"), ("Каменев", "A-kamenev"), ("Nicolaev", "A-nikolaev"),
        ("Tuckachevsky", "A-tukhachevsky"), ("Piatakov", "A-pyatakov"), ("Riutin", "A-ryutin"),
        ("Ordzhinikidze", "A-ordzhonikidze"), ("Vyshinski", "A-vyshinsky"), ("Blucher", "A-blyukher"),
        ("Krushchev", "A-khrushchev"), ("Shapiro", "A-schapiro"), ("Brezinski", "A-brzezinski"),
        ("Arch-Getty", "A-getty"), ("NVKD", "A-nkvd"), ("NKVD", "A-nkvd"), ("OGPU", "A-ogpu"),
        ("Central Committee", "A-central-committee"), ("troika", "A-troika"), ("Franco", "A-franco"),
        ("Politbureau", "A-politburo"), ("Зиновьев", "A-zinoviev"),
        ("Bukarin", "A-bukharin"), ("Iagoda", "A-yagoda"), ("Trotskii", "A-trotsky"), ("Beriya", "A-beria"),
    ],
)
def test_spellings_lead_to_the_right_actor(written: str, meant: str) -> None:
    sought = written.casefold()
    found = [one.id for one in actors().values() if sought in {t.casefold() for t in (one.name, *one.spellings)}]
    assert found == [meant]


@pytest.mark.parametrize(
    ("words", "tried", "executed_soon", "until"),
    [
        ("first Moscow trial", 16, 16, "1936-08-25"), ("second Moscow trial", 17, 13, "1937-02-01"),
        ("third Moscow trial", 21, 18, "1938-03-15"), ("army trial of June 1937", 8, 8, "1937-06-12"),
    ],
)
def test_defendants_of_the_trials(words: str, tried: int, executed_soon: int, until: str) -> None:
    """The court reports' numbers: 16 of 16, 13 of 17, 18 of 21, 8 of 8 were executed at once."""
    defendants = [one for one in actors().values() if f"defendant of the {words}" in one.role]
    assert len(defendants) == tried
    assert sum(one.fate == "executed" and one.fate_date == until for one in defendants) == executed_soon


def test_politburo_of_february_1934() -> None:
    """Ten members and five candidates were elected after the Seventeenth Congress."""
    assert len(held_by("member", "Politburo", "1934-03-01")) == 10
    assert len(held_by("candidate member", "Politburo", "1934-03-01")) == 5
    kinds = ("member", "candidate member")
    fates = Counter(actors()[one].fate for kind in kinds for one in held_by(kind, "Politburo", "1934-03-01"))
    assert fates["executed"] == 4 and fates["murdered"] == 1 and fates["suicide"] == 1


def test_one_commissar_of_internal_affairs_at_a_time() -> None:
    for day, name in [("1935-06-01", "A-yagoda"), ("1936-09-25", "A-yagoda"), ("1937-07-30", "A-yezhov"),
                      ("1938-11-24", "A-yezhov"), ("1939-01-01", "A-beria")]:
        assert held_by("people's commissar of internal affairs", "NKVD", day) == {name}


def test_three_of_five_marshals_perished() -> None:
    marshals = [actors()[one.actor] for one in offices() if one.office == "marshal of the Soviet Union"]
    assert len(marshals) == 5
    assert sum(one.fate in ("executed", "died in custody") for one in marshals) == 3


def covered(office: str, confidences: set[str]) -> set[str]:
    """Regions with at least one spell of the office that reaches into 1937-38."""
    low, high = datetime.date(1937, 1, 1), datetime.date(1938, 12, 31)
    spells = [one for one in offices() if one.office == office and one.confidence in confidences]
    reaching = {one.territory for one in spells if first(one.begin) <= high and last(one.until) >= low}
    return reaching & set(load().region_slugs)


def test_coverage_of_the_regions() -> None:
    """Both offices in 1937-38: at least 58 of 64 units, 38 of them with more than low confidence in both."""
    everything, firm = {"high", "medium", "low"}, {"high", "medium"}
    assert len(covered(LEADERS[0], everything) & covered(LEADERS[1], everything)) >= 58
    assert len(covered(LEADERS[0], firm) & covered(LEADERS[1], firm)) >= 38


def test_changes_of_chief_can_be_dated() -> None:
    """The agencies' test needs changes of chief inside the operation: at least 24 dated to the month or better."""
    spells = [one for one in offices() if one.office == "NKVD chief" and one.territory in load().region_slugs]
    begun = [one.begin for one in spells if "1937-08" <= one.begin <= "1938-11-30"]
    dated = [text for text in begun if "~" not in text and len(text) >= 7]
    assert len(dated) >= 24


@pytest.mark.parametrize(
    ("region", "office", "day", "name"),
    [
        ("uzbek-ssr", "first secretary", "1937-07-08", "A-ikramov"),
        ("azov-black-sea-krai", "first secretary", "1937-07-08", "A-evdokimov"),
        ("west-siberian-krai", "first secretary", "1937-07-08", "A-eikhe"),
        ("west-siberian-krai", "NKVD chief", "1937-07-08", "A-mironov"),
        ("gorky-oblast", "first secretary", "1937-07-08", "A-kaganovich-yuly"),
        ("gorky-oblast", "first secretary", "1938-02-04", "A-kaganovich-yuly"),
        ("omsk-oblast", "first secretary", "1937-07-08", "A-bulatov-dmitry"),
        ("omsk-oblast", "NKVD chief", "1937-08-13", "A-gorbach"),
        ("moscow-oblast", "first secretary", "1937-07-10", "A-khrushchev"),
        ("yaroslavl-oblast", "first secretary", "1937-07-09", "A-zimin"),
        ("dagestan-assr", "first secretary", "1937-09-26", "A-samursky"),
        ("east-siberian-krai", "NKVD chief", "1938-08-25", "A-malyshev"),
    ],
)
def test_signatories_were_in_office(region: str, office: str, day: str, name: str) -> None:
    """Those who signed the proposals and requests of the starting tables hold the office on that day."""
    then = datetime.date.fromisoformat(day)
    there = [one for one in offices() if one.territory == region and one.office == office]
    assert {one.actor for one in there if first(one.begin) <= then <= last(one.until)} >= {name}
