"""The mind map: everything once, disputes and question marks kept in all four forms."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from thirtyseven.publish.names import SLUGS
from thirtyseven.publish.study import drawing, outlines
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.citing import OPEN
from thirtyseven.publish.study.tree import tree, walk


@pytest.fixture(scope="module")
def root(record):
    return tree(record)


def test_every_family_claim_and_explanation_stands_once(root, record):
    idents = [node.ident for node in walk(root)]
    assert len(idents) == len(set(idents))
    left = set(choices("branches")["left_out"])
    assert {f"family-{name}" for name in record.families if name not in left} <= set(idents)
    assert {claim.id for claim in record.claims.values() if claim.family not in left} <= set(idents)
    assert {f"X-{slug}" for slug in SLUGS} <= set(idents)
    listed = [name for one in choices("branches")["branch"] for name in one["families"]]
    assert len(listed) == len(set(listed)) and set(listed) <= set(record.families)


def test_disputes_stay_questions_with_both_answers(root, record):
    nodes = {node.ident: node for node in walk(root)}
    given = {one["claim"] for one in choices("contested")["card"]}
    disputed = [claim for claim in record.claims.values() if claim.verdict in OPEN and claim.id in given]
    assert len(disputed) > 40
    for claim in disputed:
        node = nodes[claim.id]
        assert node.open and node.text.endswith("?") and len(node.children) == 2


def test_opml_and_freemind_hold_the_same_nodes(root):
    count = len(list(walk(root)))
    opml = ET.fromstring(outlines.opml(root, "foot").encode())
    mind = ET.fromstring(outlines.freemind(root))
    assert opml.get("version") == "2.0" and len(list(opml.iter("outline"))) == count
    assert len(list(mind.iter("node"))) == count
    assert len({one.get("ID") for one in mind.iter("node")}) == count
    assert {one.get("POSITION") for one in mind.find("node").findall("node")} == {"left", "right"}
    assert sum(1 for _ in mind.iter("icon")) > 40
    assert outlines.freemind(root).isascii()


def test_markdown_outline_has_questions_and_answers(root):
    text = outlines.markdown(root, "foot")
    assert "\n## The Kirov murder\n" in text
    assert "Did Stalin have Kirov killed?" in text and "Probably not:" in text


def test_the_drawing_is_one_safe_picture_with_words(root):
    svg = ET.fromstring(drawing.svg(root, "foot").encode())
    name = "{http://www.w3.org/2000/svg}"
    text = " ".join(one.text or "" for one in svg.iter(f"{name}text"))
    assert svg.find(f"{name}title") is not None and "in part disputed" in (svg.find(f"{name}desc").text or "")
    assert "disputed)" in text and "Did Nikolaev act alone" in text
    assert not any(one.get("style") or one.get("href") for one in svg.iter())
    width, height = float(svg.get("width")), float(svg.get("height"))
    for one in svg.iter(f"{name}text"):
        assert 0 < float(one.get("x")) < width and 0 < float(one.get("y")) < height


def test_hostile_words_make_sound_files(hostile):
    root = tree(hostile)
    for made in (outlines.opml(root, "f"), outlines.freemind(root), drawing.svg(root, "f")):
        assert "<script" not in made
        ET.fromstring(made.encode())
    assert "<script" not in outlines.markdown(root, "f")
