"""A small tree of an HTML page, for assertions without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        out = []
        for child in self.children:
            if isinstance(child, Node):
                if not tags or child.tag in tags:
                    out.append(child)
                out += child.all(*tags)
        return out

    def text(self) -> str:
        parts = [c if isinstance(c, str) else c.text() for c in self.children]
        return " ".join("".join(parts).split())

    def has(self, css: str) -> bool:
        return css in self.attrs.get("class", "").split()

    def by_class(self, css: str) -> list[Node]:
        return [n for n in self.all() if n.has(css)]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root", {})
        self.at = self.root
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {k: v or "" for k, v in attrs}, self.at)
        if len(node.attrs) != len(attrs):
            self.faults.append(f"attribute twice on <{tag}>")
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, {k: v or "" for k, v in attrs}, self.at))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}> at {self.getpos()}")
            return
        self.at = self.at.parent or self.root

    def handle_data(self, data):
        self.at.children.append(data)


def parse(page: str) -> tuple[Node, list[str]]:
    """The tree and what is wrong with its nesting."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    if builder.at is not builder.root:
        builder.faults.append(f"<{builder.at.tag}> is never closed")
    return builder.root, builder.faults
