"""Every page: whole HTML, one heading above all, no dead link, nothing inline, numbers beside pictures."""

import itertools
import re

import pytest
from publish_html import parse

from thirtyseven.pages.asking import ask
from thirtyseven.pages.written import addresses, links

LARGEST = 150_000
OWN_LOOK = re.compile(r"^/(weighing/report\.html|teach/|plans/)")
"""Pages for print that carry their own style sheet; `tests/publish` and `tests/study` look at them."""


@pytest.fixture(scope="module")
def pages(app, sample):
    """Address to (HTML, tree, faults) of the sample's pages."""
    out = {}
    for answer in ask(app, [one for one in sample if not OWN_LOOK.match(one) and not one.startswith("/data/")]):
        assert answer.status == 200, answer.address
        if answer.is_page:
            out[answer.address] = (answer.body.decode(), *parse(answer.body.decode()))
    assert len(out) > 60
    return out


def test_every_page_is_whole_and_light(pages):
    assert {a: faults for a, (_, _, faults) in pages.items() if faults} == {}
    assert {a: len(text) for a, (text, _, _) in pages.items() if len(text.encode()) > LARGEST} == {}


def test_headings_are_in_order(pages):
    wrong = {}
    for address, (_, root, _) in pages.items():
        levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
        steps = [b - a for a, b in itertools.pairwise(levels)]
        if levels.count(1) != 1 or levels[0] != 1 or max(steps, default=0) > 1:
            wrong[address] = levels
    assert wrong == {}


def test_titles_and_ids_are_unique(pages):
    titles: dict[str, str] = {}
    for address, (_, root, _) in pages.items():
        title = root.all("title")[0].text()
        assert titles.setdefault(title, address) == address, (title, address, titles[title])
        ids = [node.attrs["id"] for node in root.all() if "id" in node.attrs]
        assert len(ids) == len(set(ids)), (address, sorted(i for i in ids if ids.count(i) > 1))


def test_nothing_is_inline_and_nothing_from_elsewhere(pages):
    for address, (text, root, _) in pages.items():
        assert not [n.tag for n in root.all() if "style" in n.attrs or any(a.startswith("on") for a in n.attrs)], address
        assert not root.all("style", "iframe", "img", "object", "embed"), address
        assert [n.attrs.get("src") for n in root.all("script")] == ["/look.js"], address
        assert [n.attrs.get("href") for n in root.all("link")] == ["/mark.svg", "/look.css"], address
        assert not re.search(r'(?:src|action)="(?:https?:)?//', text), address


def test_pictures_speak_and_have_their_numbers(pages):
    for address, (_, root, _) in pages.items():
        for svg in root.all("svg"):
            if svg.attrs.get("role") == "img":
                assert svg.all("title") and svg.all("desc"), address
            elif svg.attrs.get("aria-hidden") != "true":
                inside = svg.parent
                while inside is not None and inside.tag != "svg":
                    inside = inside.parent
                assert inside is not None, address
        for table in root.all("table"):
            if not table.parent.parent.has("document"):
                assert table.all("caption"), address


def test_every_region_that_scrolls_can_be_reached_and_named(pages):
    for address, (_, root, _) in pages.items():
        for node in root.by_class("scroll"):
            assert node.attrs.get("tabindex") == "0", address
            assert node.tag == "pre" or node.attrs.get("aria-label"), address


def test_forms_have_labels(pages):
    for address, (_, root, _) in pages.items():
        labels = {node.attrs.get("for") for node in root.all("label")}
        for field in root.all("input", "select", "textarea"):
            assert field.attrs.get("type") == "hidden" or field.attrs["id"] in labels, address


def test_russian_is_marked_as_russian(pages):
    for address, (_, root, _) in pages.items():
        for node in root.all():
            own = "".join(child for child in node.children if isinstance(child, str))
            if len(re.findall(r"[а-яё]{3,}", own.lower())) > 1 and node.tag not in ("title", "dd", "option", "a"):
                at = node
                while at is not None and at.attrs.get("lang") != "ru":
                    at = at.parent
                assert at is not None, (address, own[:60])


def test_objects_can_be_cited(pages):
    kinds = ("claims", "figures", "events", "sources", "regions", "series", "actors", "explanations",
             "responsibility", "families")
    for address, (text, _, _) in pages.items():
        if re.match(rf"/({'|'.join(kinds)})/", address):
            assert 'id="citing"' in text and "record " in text.partition('id="citing"')[2], address


def test_no_euphemism_in_our_own_voice(get):
    """Words that our own voice does not use; quoted texts of the record are not ours to change."""
    for address in ("/", "/about", "/data", "/teach", "/regions", "/responsibility", "/weighing"):
        text = get(address).body.decode().lower()
        for word in ("liquidat", "cleansed", "efficien", "successful", "target fulfil", "score", "play the "):
            assert word not in re.sub(r"no role play|of a game", "", text), (address, word)


@pytest.mark.slow
def test_no_link_is_dead_on_any_page(app, library):
    """All pages, all links, all fragments."""
    known = set(addresses(library))
    named: dict[str, str] = {}
    ids: dict[str, set[str]] = {}
    fragments: dict[tuple[str, str], str] = {}
    for answer in ask(app, sorted(known)):
        assert answer.status == 200, answer.address
        if not answer.is_page or OWN_LOOK.match(answer.address):
            continue
        text = answer.body.decode()
        ids[answer.address] = set(re.findall(r'\bid="([^"]+)"', text))
        for link in links(text):
            named.setdefault(link, answer.address)
        for path, fragment in re.findall(r'href="(/[^"#]*)?#([^"]+)"', text):
            fragments[(path or answer.address, fragment)] = answer.address
    live = {link for link in named if "?" in link} | {"/check", "/runs"} & set(named)
    assert {path.partition("?")[0] for path in live} <= {"/search", "/check", "/runs"}
    assert {answer.address: answer.status for answer in ask(app, sorted(live)) if answer.status != 200} == {}
    assert {link: page for link, page in named.items() if link not in known | live} == {}
    assert {f"{p}#{f}": page for (p, f), page in fragments.items() if p in ids and f not in ids[p]} == {}
