"""Sheets as DOCX, for teachers who change them: real headings, real tables, A4."""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from thirtyseven.publish.study.sheet import Block, Cell, Grid, Heading, Lines, Listing, Paragraph, Run, Sheet, Text
from thirtyseven.publish.study.zipped import steady
from thirtyseven.publish.tokens import LIGHT

_EPOCH = datetime.datetime(1980, 1, 1)
_SERIF, _SANS = "Times New Roman", "Arial"  # every word processor has these or faces of the same widths
_MARGIN = 15.0
"""Millimetres at each side."""


def page(sheet: Sheet) -> bytes:
    """A sheet as a DOCX file.

    Args:
        sheet: what to write.

    Returns:
        The file's bytes, the same every time; it holds no author, template name or time of making.
    """
    document = Document()
    _properties(document, sheet)
    _styles(document, 8.5 if sheet.small or sheet.landscape else 10)
    width = _paper(document, sheet)
    document.add_heading(sheet.title, level=1)
    if sheet.lede:
        document.add_paragraph(sheet.lede, style="Intro")
    for block in sheet.blocks:
        _add(document, block, width)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _properties(document: Any, sheet: Sheet) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = sheet.title, "thirtyseven", "thirtyseven", sheet.foot
    core.created = core.modified = core.last_printed = _EPOCH
    core.revision, core.language = 1, "en-GB"


def _styles(document: Any, size: float) -> None:
    """The house's type: serif text in ink, sans tables and notes, no coloured headings."""
    ink, ink2 = (RGBColor.from_string(LIGHT[name][1:]) for name in ("ink", "ink2"))
    styles = document.styles
    _face(styles["Normal"], _SERIF, size, ink)
    styles["Normal"].paragraph_format.space_after = Pt(3)
    for name, face, points in (("Heading 1", _SERIF, 18), ("Heading 2", _SERIF, 13), ("Heading 3", _SANS, 10.5),
                               ("Heading 4", _SANS, 9.5)):  # fmt: skip
        _face(styles[name], face, points, ink)
        styles[name].font.bold = name in ("Heading 3", "Heading 4")
        styles[name].paragraph_format.space_before = Pt(7)
        styles[name].paragraph_format.space_after = Pt(2)
        styles[name].paragraph_format.keep_with_next = True
    for name, face, points in (("Intro", _SERIF, 11), ("Note", _SANS, 8.5), ("Cell", _SANS, 8), ("Foot", _SANS, 7.5)):
        made = styles.add_style(name, 1)
        made.base_style = styles["Normal"]
        _face(made, face, points, ink2 if name in ("Intro", "Note", "Foot") else ink)
        made.paragraph_format.space_after = Pt(6 if name == "Intro" else 2)
    for name, base, left in (("Item", "Normal", 6.0), ("Item2", "Normal", 12.0), ("Ref", "Note", 6.0), ("CellItem", "Cell", 3.0)):
        made = styles.add_style(name, 1)
        made.base_style = styles[base]
        shape = made.paragraph_format
        shape.left_indent, shape.first_line_indent, shape.space_after = Mm(left), Mm(-min(left, 6.0)), Pt(2)
        shape.tab_stops.add_tab_stop(Mm(left))
    made = styles.add_style("Quiet", 2)
    made.font.size, made.font.name, made.font.color.rgb = Pt(7), _SANS, ink2


def _face(style: Any, face: str, points: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = face, Pt(points), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), face)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(name), None)


def _paper(document: Any, sheet: Sheet) -> float:
    """Set A4 with its margins and the foot of the page; return the width of the text in millimetres."""
    section = document.sections[0]
    across, down = (297.0, 210.0) if sheet.landscape else (210.0, 297.0)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Foot"]
    foot.add_run(f"{sheet.foot} · page ")
    run = foot.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    return across - 2 * _MARGIN


def _add(document: Any, block: Block, width: float) -> None:
    if isinstance(block, Heading):
        heading = document.add_heading(block.text, level=block.level)
        heading.paragraph_format.page_break_before = block.new_page
    elif isinstance(block, Paragraph):
        _runs(_styled(document.add_paragraph(), "Note" if block.role in ("note", "small") else ""), block.text)
    elif isinstance(block, Lines):
        for _ in range(block.count):
            _ruled(document.add_paragraph())
    elif isinstance(block, Grid):
        _grid(document, block, width)
    else:
        _listing(document, block)


def _listing(document: Any, block: Listing) -> None:
    """Numbers are written out, so that each list begins at one and survives copying."""
    for number, (text, below) in enumerate(block.items, start=1):
        first = _styled(document.add_paragraph(), "Ref" if block.role == "refs" else "Item")
        _runs(first, (Run(f"{number}.\t" if block.ordered else "•\t"), *text))
        for one in below:
            _runs(_styled(document.add_paragraph(), "Item2"), (Run("–\t"), *one))


def _styled(paragraph: Any, style: str) -> Any:
    """Set a style by its id; by its name python-docx would search all styles for each paragraph."""
    if style:
        paragraph._p.style = style
    return paragraph


_ROLES = {
    "strong": "<w:rPr><w:b/></w:rPr>",
    "em": "<w:rPr><w:i/></w:rPr>",
    "quiet": '<w:rPr><w:rStyle w:val="Quiet"/></w:rPr>',
    "ru": '<w:rPr><w:lang w:val="ru-RU"/></w:rPr>',
}


def _runs(paragraph: Any, text: Text) -> None:
    """Add the stretches as XML in one piece: python-docx would search its way to each of them."""
    parts = []
    for run in text:
        words = escape(run.text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        parts.append(f'<w:r>{_ROLES.get(run.role, "")}<w:t xml:space="preserve">{words}</w:t></w:r>')
    for made in list(parse_xml(f"<w:p {nsdecls('w')}>{''.join(parts)}</w:p>")):
        paragraph._p.append(made)


def _ruled(paragraph: Any) -> None:
    """Give a paragraph a line below it to write on."""
    paragraph.paragraph_format.space_before = Pt(12)
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", LIGHT["edge"][1:])):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _grid(document: Any, block: Grid, width: float) -> None:
    caption = document.add_paragraph(style="Note")
    caption.add_run(block.caption).bold = True
    caption.paragraph_format.keep_with_next = True
    count = len(block.head)
    table = document.add_table(rows=1 + len(block.rows), cols=count, style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Mm(width * share / 100)
    places = list(table._cells)  # asked once: python-docx walks the whole table each time
    for place, head, share in zip(places, block.head, block.widths, strict=False):
        place.width = Mm(width * share / 100)
        _fill(place, Cell(((),)))
        place.paragraphs[0].add_run(head).bold = True
        _shade(place)
    contents = [content for row in block.rows for content in row]
    for number, (place, content) in enumerate(zip(places[count:], contents, strict=True)):
        place.width = Mm(width * block.widths[number % count] / 100)
        _fill(place, content)
    for number, row in enumerate(table._tbl.tr_lst):
        _mark_row(row, "w:cantSplit" if number else "w:tblHeader")
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(place: Any, content: Cell) -> None:
    paragraphs = [place.paragraphs[0]] + [place.add_paragraph() for _ in content.items[1:]]
    for paragraph, text in zip(paragraphs, content.items or ((),), strict=True):
        listed = content.bullets and bool(text)
        _styled(paragraph, "CellItem" if listed else "Cell")
        _runs(paragraph, (Run("•\t"), *text) if listed else text)
    for _ in range(content.lines):
        _ruled(_styled(place.add_paragraph(), "Cell"))


def _mark_row(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(element)


def _shade(place: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", LIGHT["surface"][1:])):
        shade.set(qn(f"w:{name}"), value)
    place._tc.get_or_add_tcPr().append(shade)
