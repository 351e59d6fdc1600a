"""Sheets as Markdown: for wikis, notebooks and everybody's own editor."""

from __future__ import annotations

import re

from thirtyseven.publish.study.sheet import Block, Cell, Grid, Heading, Lines, Listing, Paragraph, Sheet, Text

_RULE = "\\_" * 40


def escaped(text: str) -> str:
    """Text in which nothing is read as Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_\[\]|~$])", r"\\\1", text)
    return re.sub(r"^(\s*)([#+=-]|\d+(?=[.)]))", lambda m: f"{m[1]}\\{m[2]}" if not m[2].isdigit() else m[0], text)


def words(text: Text) -> str:
    """A text with its roles as Markdown."""
    out: list[str] = []
    for run in text:
        body = escaped(run.text) if not out else _inner(run.text)
        core = body.strip()
        if run.role in ("strong", "em") and core:
            mark = "**" if run.role == "strong" else "*"
            body = body.replace(core, f"{mark}{core}{mark}", 1)
        out.append(body)
    return "".join(out)


def _inner(text: str) -> str:
    """Escape text that does not begin a line."""
    return escaped("x" + text)[1:]


def page(sheet: Sheet) -> str:
    """A sheet as Markdown text.

    Args:
        sheet: what to write.

    Returns:
        CommonMark with tables in GitHub's form; everything that comes from the record or a reader is escaped.
    """
    parts = [f"# {escaped(sheet.title)}"]
    if sheet.lede:
        parts.append(f"*{escaped(sheet.lede)}*")
    parts += [_block(block) for block in sheet.blocks]
    parts.append(f"---\n\n{escaped(sheet.foot)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return ("> " if block.role == "note" else "") + words(block.text)
    if isinstance(block, Lines):
        return "\n\n".join([_RULE] * block.count)
    if isinstance(block, Grid):
        return _grid(block)
    return _listing(block)


def _listing(block: Listing) -> str:
    rows = []
    for number, (text, below) in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else "-"
        rows.append(f"{mark} {words(text)}")
        rows += [f"{' ' * (len(mark) + 1)}- {words(one)}" for one in below]
    return "\n".join(rows)


def _cell(cell: Cell) -> str:
    items = [("• " if cell.bullets else "") + words(item) for item in cell.items]
    return "<br>".join([*items, *[" "] * min(cell.lines, 1)]) or " "


def _grid(grid: Grid) -> str:
    rows = [f"| {' | '.join(escaped(head) or ' ' for head in grid.head)} |", "|" + " --- |" * len(grid.head)]
    rows += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in grid.rows]
    return f"**{escaped(grid.caption)}**\n\n" + "\n".join(rows)
