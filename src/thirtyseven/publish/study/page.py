"""Sheets as HTML: one file, no script, nothing loaded from elsewhere, made for the screen and for A4."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from thirtyseven.publish.pages import TEMPLATES, environment
from thirtyseven.publish.study.sheet import Block, Grid, Heading, Lines, Listing, Paragraph, Sheet
from thirtyseven.publish.tokens import css


@lru_cache(maxsize=1)
def _rules() -> str:
    """The tokens and the sheet's rules without comments."""
    rules = (TEMPLATES / "study" / "sheet.css").read_text(encoding="utf-8")
    return css() + re.sub(r"\n+", "", re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL))


def kind(block: Block) -> str:
    """The name by which the template knows a block."""
    names = {Heading: "heading", Paragraph: "paragraph", Listing: "listing", Grid: "grid", Lines: "lines"}
    return names[type(block)]


def page(sheet: Sheet) -> str:
    """A sheet as one HTML page.

    Args:
        sheet: what to write.

    Returns:
        The page; text is escaped, widths of columns are classes of the page's own stylesheet.
    """
    paper = "A4 landscape" if sheet.landscape else "A4"
    quoted = re.sub(r'["\\<>]', "", sheet.foot)
    margins = "9mm 12mm 12mm" if sheet.small else "12mm 14mm 14mm"
    paged = (
        f'@page{{size:{paper};margin:{margins};'
        f'@bottom-left{{content:"{quoted}";font:7.5pt sans-serif;color:#555}}'
        "@bottom-right{content:counter(page);font:7.5pt sans-serif;color:#555}}"
    )
    widths = sorted({width for block in sheet.blocks if isinstance(block, Grid) for width in block.widths})
    columns = "".join(f".w{width}{{width:{width}%}}" for width in widths)
    blocks = [(kind(block), block) for block in sheet.blocks]
    text = environment().get_template("study/sheet.html").render(
        sheet=sheet, blocks=blocks, css=Markup(_rules() + paged + columns)
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", text)
