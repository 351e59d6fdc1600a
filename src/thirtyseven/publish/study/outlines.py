"""The mind map as Markdown, OPML and FreeMind."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from thirtyseven.publish.study.markdown import escaped
from thirtyseven.publish.study.tree import Node


def markdown(root: Node, foot: str) -> str:
    """The map as a Markdown outline: branches and questions as headings, the rest as nested lists.

    Args:
        root: the whole map.
        foot: version and digest.
    """
    parts = [f"# {escaped(root.text)}", escaped(root.note)]
    for branch in root.children:
        parts.append(f"## {escaped(branch.text)}" + (f"\n\n*{escaped(branch.note)}*" if branch.note else ""))
        for node in branch.children:
            doubt = " ?" if node.open else ""
            parts.append(f"### {escaped(node.text)}{doubt}" + (f"\n\n*{escaped(node.note)}*" if node.note else ""))
            parts.append("\n".join(line for child in node.children for line in _lines(child, 0)))
    return "\n\n".join(part for part in [*parts, "---", escaped(foot)] if part) + "\n"


def _lines(node: Node, depth: int) -> list[str]:
    note = f" *({escaped(node.note)})*" if node.note else ""
    rows = [f"{'  ' * depth}- {escaped(node.text)}{note}"]
    return rows + [line for child in node.children for line in _lines(child, depth + 1)]


def opml(root: Node, foot: str) -> str:
    """The map as OPML 2.0; notes stand in `_note`, which outliners show.

    Args:
        root: the whole map.
        foot: version and digest.
    """
    document = ET.Element("opml", version="2.0")
    head = ET.SubElement(document, "head")
    ET.SubElement(head, "title").text = f"{root.text} ({foot})"
    _outline(ET.SubElement(document, "body"), root)
    ET.indent(document, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(document, encoding="unicode") + "\n"


def _outline(parent: ET.Element, node: Node) -> None:
    made = ET.SubElement(parent, "outline", text=_asked(node))
    if node.note:
        made.set("_note", node.note)
    for child in node.children:
        _outline(made, child)


def _asked(node: Node) -> str:
    """The text; what is disputed below it shows as a question mark."""
    return f"{node.text} ?" if node.open and node.level == 2 else node.text


def freemind(root: Node) -> str:
    """The map as FreeMind 1.0.1, which Freeplane and XMind read too; characters outside ASCII as references.

    Args:
        root: the whole map.
    """
    document = ET.Element("map", version="1.0.1")
    top = _mind(document, root)
    half = -(-len(root.children) // 2)
    for place, made in enumerate(top.findall("node")):
        made.set("POSITION", "right" if place < half else "left")
    ET.indent(document, " ")
    return ET.tostring(document, encoding="us-ascii").decode("ascii") + "\n"


def _mind(parent: ET.Element, node: Node) -> ET.Element:
    made = ET.SubElement(parent, "node", ID=f"ID_{node.ident}", TEXT=_asked(node))
    if node.level == 2:
        made.set("FOLDED", "true")
    if node.note:
        rich = ET.SubElement(made, "richcontent", TYPE="NOTE")
        page = ET.SubElement(rich, "html")
        ET.SubElement(page, "head")
        ET.SubElement(ET.SubElement(page, "body"), "p").text = node.note
    if node.open and node.level in (2, 3):
        ET.SubElement(made, "icon", BUILTIN="help")
    for child in node.children:
        _mind(made, child)
    return made
