"""The parts of pages: mechanisms as the laws have them, sheets as they are made, axes, marks, words, documents."""

import inspect
import re

import pytest

from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import FIELDS, Controls
from thirtyseven.pages.addresses import address_of, linked
from thirtyseven.pages.dating import by_date
from thirtyseven.pages.documents import DOCUMENTS, rendered
from thirtyseven.pages.landing import IN_SHORT, OFTEN_WRONG
from thirtyseven.pages.mechanisms import CONTROLS, MECHANISMS, READS
from thirtyseven.pages.one_region import bars_drawn, category_bars
from thirtyseven.pages.regions import REACHED_EDGES
from thirtyseven.pages.rendering import amount, dated, script, sentence, stylesheet, verdict_class
from thirtyseven.pages.rivals import rival_rows
from thirtyseven.pages.search import hits
from thirtyseven.pages.sources import is_russian
from thirtyseven.pages.teach import FORMS, SHEETS, TITLES, files, topics
from thirtyseven.pages.timeline import LANES, PRECISION, lanes_picture
from thirtyseven.publish.study import KINDS
from thirtyseven.publish.tokens import DARK, LIGHT


@pytest.mark.parametrize("law", EXPLANATIONS, ids=lambda law: law.slug)
def test_a_mechanism_is_drawn_as_its_law_has_it(law):
    """Controls moved and fields read, against the law's own source; those of the charitable form behind its condition."""
    drawn, source = MECHANISMS[law.slug], inspect.getsource(inspect.getmodule(type(law.strict)))
    moved = set(re.findall(r"\bcontrols\.(\w+)", source))
    assert set(drawn.moves) | set(drawn.charitable) == moved and not set(drawn.moves) & set(drawn.charitable)
    read = set(re.findall(r"\b(?:core|setting)\.(?:setting\.)?(\w+)", source))
    own = read - {"setting", "uniform", "runs", "stopped", "regions", "population", "office_holders"}
    assert set(drawn.reads) <= own and own - set(drawn.reads) <= {"week"}
    assert set(drawn.reads) <= set(READS) and moved <= set(CONTROLS)


def test_every_control_has_words():
    assert set(CONTROLS) == set(FIELDS) == {n for n in Controls.__annotations__ if n != "touched"}
    assert set(MECHANISMS) == {law.slug for law in EXPLANATIONS}


@pytest.mark.slow
def test_sheets_are_what_is_made(record):
    assert set(TITLES) == set(SHEETS) == set(KINDS) - {"essay"}
    for kind, sheets in SHEETS.items():
        named = {f"{sheet.stem}.{ending}" for sheet in sheets for ending in sheet.forms}
        assert named == set(files(record, kind)), kind
        assert {name.rpartition(".")[2] for name in named} <= set(FORMS)


def test_every_example_question_has_its_plan(record):
    known = topics()
    assert len(known) >= 10 and all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in known)
    assert files(record, "essay", next(iter(known.values())))


def test_rival_figures_share_an_axis_only_if_they_count_the_same(record):
    for claim in record.claims.values():
        for axis in rival_rows(record, [claim]):
            assert len({(row.figure.unit, row.figure.counted) for row in axis.rows}) == 1
            assert axis.low < axis.high
            for row in axis.rows:
                places = [float(x) for x in re.findall(r'(?:cx|x1|x2|x)="(-?[\d.]+)%"', str(row.drawn))]
                assert places and all(-0.1 <= x <= 100.1 for x in places), row.figure.id


def test_a_best_row_is_one_that_the_record_prefers(record):
    for family in record.families.values():
        for axis in rival_rows(record, [record.claims[c] for c in family.claims]):
            for row in axis.rows:
                assert row.best == bool(row.figure.preferred and row.figure.rival)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("1937-08-05", "5 August 1937"), ("1937-22", "summer 1937"), ("1937", "1937"), ("193X", "the 1930s"),
     ("1936/1938", "1936–1938"), ("1937-08~", "about August 1937"), ("", ""),
     ("1937-08-05/1938-11-17", "5 August 1937 – 17 November 1938")],
)  # fmt: skip
def test_dates_in_words(edtf, words):
    assert dated(edtf) == words


def test_no_date_of_the_record_shows_its_notation(record):
    texts = [e.date for e in record.events.values()] + [o.begin for o in record.offices.values()]
    texts += [o.until for o in record.offices.values()] + [f.period for f in record.figures.values()]
    odd = {text: dated(text) for text in texts if re.search(r"\d{4}-\d\d|X|\.\.|/|[~?%]", dated(text))}
    assert odd == {}


def test_words_and_numbers():
    assert amount(None) == "–" and amount(1234567) == "1,234,567" and amount(0.25) == "0.25"
    assert sentence("a thing") == "A thing." and sentence("") == "" and sentence("Done.") == "Done."


def test_ids_become_links_and_nothing_else_does():
    made = str(linked("see C-0701 and F-0001 <b> A-stalin, S12, E-0066x"))
    assert '<a href="/claims/C-0701">C-0701</a>' in made and '<a href="/actors/A-stalin">' in made
    assert "&lt;b&gt;" in made and "E-0066x" in made and "/events/" not in made


def test_every_object_has_an_address(record):
    for name in ("sources", "figures", "events", "actors", "claims", "families", "explanations", "responsibility", "regions",
                 "series", "offices"):  # fmt: skip
        for thing in getattr(record, name).values():
            assert re.fullmatch(r"/[a-z]+/[A-Za-z0-9._-]+(#O-\d{4})?", address_of(thing)), thing
    with pytest.raises(KeyError):
        address_of(record.inventory["S1"])


def test_the_picture_of_time_keeps_order_and_scale(record):
    events = by_date(record.events.values())
    drawn = str(lanes_picture(events))
    assert drawn.count("<desc") == len(LANES) and set(PRECISION) == set(record.vocabularies["precision"])
    assert set(LANES) == set(record.vocabularies["lanes"])
    assert lanes_picture([e for e in events if e.precision == "day" and e.date < "1930"]) == ""
    marks = [float(x) for x in re.findall(r'cx="([\d.]+)%"', str(lanes_picture([e for e in events if e.precision == "day"])))]
    assert marks and min(marks) >= 0 and max(marks) <= 100


def test_bars_of_a_region_are_true_to_its_numbers(record):
    bars, last = category_bars(record, "west-siberian-krai", 1)
    assert [bar.value for bar in bars] == [10924, 5000, None, 8000, None] and last == 8000
    drawn = str(bars_drawn(bars, last, 20000.0))
    assert 'width="54.6%"' in drawn and 'width="25.0%"' in drawn and drawn.count("not known") == 2 and drawn.count("<rect") == 3
    over, limit = category_bars(record, "karelian-assr", 1)
    assert over[4].value is not None and over[4].value > limit
    assert "url(#hatch)" in str(bars_drawn(over, limit, 10000.0))


def test_the_scale_of_counts_beside_limits_is_symmetric():
    assert all(abs(a * b - 1) < 1e-9 for a, b in zip(REACHED_EDGES, reversed(REACHED_EDGES), strict=True))


def test_first_page_names_things_that_the_record_has(record):
    assert all(ident in record.claims for ident in OFTEN_WRONG) and all(i in record.figures for i in IN_SHORT.values())
    assert all(record.claims[i].verdict in ("not supported", "wrong scope") for i in OFTEN_WRONG)
    short = {name: record.figures[ident] for name, ident in IN_SHORT.items()}
    assert short["arrested"].counted == "arrested" and short["arrested"].period == "1937/1938"
    assert {short[name].counted for name in ("sentenced", "order", "lines")} == {"sentenced-to-death"}
    assert short["order"].value + short["lines"].value > short["sentenced"].value / 2


def test_search_opens_ids_and_finds_words(record):
    assert [one.id for one in hits(record, "c-0701")] == ["C-0701"]
    assert hits(record, "kirov") and not hits(record, "zzz qqq")


def test_russian_titles_are_seen():
    assert is_russian("Книга памяти") and not is_russian("Kniga pamiati") and not is_russian("1937")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_shown_whole_and_plain(name):
    title, body = rendered(name)
    assert title and len(body) > 2000 and "<script" not in body and "style=" not in body
    links = re.findall(r'href="([^"]+)"', body)
    assert all(link.startswith(("/documents/", "http", "#")) for link in links)


def test_own_scripts_and_styles_are_small_and_of_tokens():
    assert len(script().encode()) < 15_000 and "fetch(" not in script() and "innerHTML" not in script()
    own = stylesheet()
    colours = {c.lower() for c in re.findall(r"#[0-9a-fA-F]{3,8}\b", own)}
    tokens = {c.lower() for theme in (LIGHT, DARK) for c in theme.values()}
    assert len(own.encode()) < 40_000
    assert not re.search(r"url\((?!#)", own) and "@import" not in own and "expression" not in own
    from thirtyseven.publish.tokens import INK_ON_DARK, INK_ON_LIGHT, PRINT, SCALES

    known = tokens | {c.lower() for c in PRINT.values()} | {INK_ON_DARK.lower(), INK_ON_LIGHT.lower()}
    known |= {c.lower() for pair in SCALES.values() for side in pair for c in side}
    assert colours <= known, colours - known


def test_verdicts_have_their_colour(record):
    assert {verdict_class(word) for word in record.vocabularies["verdicts"]} == {
        "v-agrees", "v-disputed", "v-wrong", "v-different", "v-silent"}  # fmt: skip


def test_raises_climb_to_the_last_limit(record):
    climbed = 0
    for slug in record.region_slugs:
        for category in (1, 2):
            bars, last = category_bars(record, slug, category)
            steps = bars[3].steps
            assert list(steps) == sorted(steps) and all(bars[1].value < step <= last for step in steps), slug
            climbed += len(steps) > 1
    assert climbed > 3
