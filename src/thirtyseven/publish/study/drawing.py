"""The mind map as a drawing for A3: branches, questions, and how much under each is disputed."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from thirtyseven.publish.study.tree import Node, walk
from thirtyseven.publish.tokens import LIGHT, SANS, SERIF

_WIDTH = 1680
_TOP, _LINE, _GAP, _PART = 110, 17, 9, 26
"""Pixels: head, line of text, between questions, between branches."""
_HALF = {"root": 120, "branch": 220, "text": 345}
"""Distance from the middle of the page: edge of the root, of a branch's name, of the questions."""
_KEY = "In brackets: how many of the statements under a question are disputed or cannot be known."
_WRAP = 72
"""Characters in a line of a question; a serif of 13 px needs about 6.4 px each."""


def svg(root: Node, foot: str) -> str:
    """The map as one SVG file without script or outside reference.

    Args:
        root: the whole map; drawn are its branches and their questions, the rest is in the outlines.
        foot: version and digest, printed inside.

    Returns:
        XML text; colours are those of light paper, text stays text.
    """
    half = _halves(root.children)
    heights = [sum(_height(branch) for branch in side) for side in half]
    height = _TOP + max(heights) + 60
    drawing = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_WIDTH} {height}", "width": str(_WIDTH),
        "height": str(height), "role": "img", "aria-labelledby": "t d", "font-family": SERIF,
    })  # fmt: skip
    ET.SubElement(drawing, "title", id="t").text = f"Mind map: {root.text}"
    ET.SubElement(drawing, "desc", id="d").text = _told(root)
    ET.SubElement(drawing, "rect", x="0", y="0", width=str(_WIDTH), height=str(height), fill="#FFFFFF")
    middle = _TOP + max(heights) / 2
    _text(drawing, 40, 48, root.text, 30)
    _text(drawing, 40, 74, _KEY, 14, "ink2")
    for side, branches in zip((1, -1), half, strict=True):
        y = _TOP + (max(heights) - sum(_height(branch) for branch in branches)) / 2
        for branch in branches:
            _branch(drawing, branch, side, y, middle)
            y += _height(branch)
    _root(drawing, root, middle)
    _text(drawing, 40, height - 22, f"{foot}. Statements, both answers to disputed questions, and sources: see the "
          "outline of the same name.", 12, "ink3", SANS)  # fmt: skip
    ET.indent(drawing, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(drawing, encoding="unicode") + "\n"


def _told(root: Node) -> str:
    """The map in words, for those who do not see it."""
    parts = []
    for branch in root.children:
        names = [child.text + (" (in part disputed)" if child.open else "") for child in branch.children]
        parts.append(f"{branch.text}: {'; '.join(names)}.")
    return " ".join(parts)


def _halves(branches: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Share the branches between right and left so that both are about as high, the order kept."""
    total = sum(_height(branch) for branch in branches)
    right: list[Node] = []
    for branch in branches:
        if sum(_height(one) for one in right) + _height(branch) / 2 > total / 2:
            break
        right.append(branch)
    return right, list(branches[len(right) :])


def _rows(node: Node) -> list[str]:
    return textwrap.wrap(node.note, _WRAP)


def _height(branch: Node) -> float:
    return sum((1 + len(_rows(child))) * _LINE + _GAP for child in branch.children) + _PART


def _branch(drawing: ET.Element, branch: Node, side: int, y: float, middle: float) -> None:
    centre = _WIDTH / 2
    at = y + (_height(branch) - _PART) / 2
    start, knee, end = (centre + side * _HALF[name] for name in ("root", "branch", "text"))
    _curve(drawing, start - side * 30, middle, knee - side * 68, at, "edge", 2)
    lines = textwrap.wrap(branch.text, 15)
    for number, line in enumerate(lines):
        _text(drawing, knee, at + 5 + (number - (len(lines) - 1) / 2) * 18, line, 16, "ink", SANS, "middle", "600")
    for child in branch.children:
        rows = _rows(child)
        size = (1 + len(rows)) * _LINE
        _curve(drawing, knee + side * 70, at, end - side * 8, y + size / 2, "rule", 1)
        anchor = "start" if side > 0 else "end"
        mark = _mark(child)
        _text(drawing, end, y + 13, child.text + mark, 14, "ink", SANS, anchor, "600")
        for number, row in enumerate(rows, start=1):
            _text(drawing, end, y + 13 + number * _LINE, row, 13, "ink2", SERIF, anchor)
        y += size + _GAP


def _mark(node: Node) -> str:
    """How many of the statements below are open."""
    below = [one for one in walk(node) if one.level == 3 and one.ident.startswith("C-")]
    count = sum(one.open for one in below)
    return f" ({count} of {len(below)} disputed)" if count else ""


def _root(drawing: ET.Element, root: Node, middle: float) -> None:
    centre = _WIDTH / 2
    ET.SubElement(drawing, "rect", {
        "x": f"{centre - 92:g}", "y": f"{middle - 34:g}", "width": "184", "height": "68", "rx": "4",
        "fill": LIGHT["surface"], "stroke": LIGHT["ink"],
    })  # fmt: skip
    for number, line in enumerate(textwrap.wrap(root.text, 18)):
        _text(drawing, centre, middle - 5 + number * 22, line, 18, "ink", SERIF, "middle")


def _curve(drawing: ET.Element, x1: float, y1: float, x2: float, y2: float, colour: str, width: int) -> None:
    bend = (x1 + x2) / 2
    ET.SubElement(drawing, "path", {
        "d": f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}", "fill": "none",
        "stroke": LIGHT[colour], "stroke-width": str(width),
    })  # fmt: skip


def _text(
    drawing: ET.Element, x: float, y: float, text: str, size: int, colour: str = "ink", face: str = SERIF,
    anchor: str = "start", weight: str = "400",
) -> None:  # fmt: skip
    made = ET.SubElement(drawing, "text", {
        "x": f"{x:g}", "y": f"{y:g}", "font-size": str(size), "fill": LIGHT[colour], "text-anchor": anchor,
    })  # fmt: skip
    if face != SERIF:
        made.set("font-family", face)
    if weight != "400":
        made.set("font-weight", weight)
    made.text = text
