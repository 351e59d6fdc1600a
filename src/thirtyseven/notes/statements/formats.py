"""Text out of HTML, DOCX and PDF, with limits against bombs: no entity, no script, no more than is reasonable."""

from __future__ import annotations

import html
import io
import logging
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from thirtyseven.notes.statements.layout import Line

LARGEST_PART = 40_000_000
"""Bytes that the text part of a DOCX may unpack to."""

MOST_PAGES, MOST_CHARACTERS = 600, 4_000_000
"""Pages and characters of a PDF or DOCX that are read."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])[^<>]{0,4000}>")
_HIDDEN = ("script", "style", "template", "noscript", "svg", "head")
_BLOCKS = frozenset(
    "p div br li ul ol tr td th table h1 h2 h3 h4 h5 h6 section article blockquote pre dt dd body "
    "header footer main hr".split()
)


def html_lines(text: str) -> list[Line]:
    """Lines of an HTML page with the line numbers of its source; scripts, styles and comments are left out."""
    text = _without_hidden(text)
    out, state, at, number = [], _Html(), 0, 1
    for match in _TAG.finditer(text):
        piece = text[at : match.start()]
        state.add(html.unescape(piece), number + len(piece) - len(piece.lstrip()) * 0, piece)
        number += piece.count("\n") + match.group().count("\n")
        state.line = number
        out += state.tag(match.group(2).lower(), bool(match.group(1)))
        at = match.end()
    state.add(html.unescape(text[at:]), number, text[at:])
    return out + state.flush()


def _without_hidden(text: str) -> str:
    """Blank out comments and hidden elements (line breaks stay); each kind is searched once from left to right."""
    low = text.lower()
    spans = _spans(low, "<!--", "-->")
    for name in _HIDDEN:
        spans += [span for span in _spans(low, f"<{name}", f"</{name}") if low[span[0] + 1 + len(name)] in " >\n\t/"]
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        parts += [text[at : max(at, start)], "\n" * text.count("\n", max(at, start), end)]
        at = end
    return "".join(parts) + text[at:]


def _spans(low: str, opening: str, closing: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while (start := low.find(opening, at)) >= 0 and start + len(opening) < len(low):
        end = low.find(closing, start)
        if end < 0:
            break
        found.append((start, end + len(closing)))
        at = end + len(closing)
    return found


@dataclass
class _Html:
    line: int = 1
    depth: int = 0
    level: int = 0
    bullet: bool = False
    text: str = ""
    start: int = 1
    cells: list[str] = field(default_factory=list)
    in_row: bool = False

    def add(self, piece: str, number: int, raw: str) -> None:
        plain = " ".join(piece.split())
        if plain:
            if not self.text.strip():
                self.start = self.line + raw[: len(raw) - len(raw.lstrip())].count("\n")
            self.text += (" " if piece[:1].isspace() else "") + plain + (" " if piece[-1:].isspace() else "")

    def tag(self, name: str, closing: bool) -> list[Line]:
        if name not in _BLOCKS:
            return []
        if name in ("td", "th"):
            if closing and self.in_row:
                self.cells.append(" ".join(self.text.split()))
                self.text = ""
            return []
        if self.in_row and name != "tr" and name != "table":
            self.text += " "
            return []
        out = self.flush()
        if name in ("ul", "ol"):
            self.depth = max(0, self.depth + (-1 if closing else 1))
        elif name == "li":
            self.bullet = not closing
        elif name == "tr":
            self.in_row = not closing
        elif name[0] == "h" and name[1:].isdecimal():
            self.level = 0 if closing else int(name[1:])
        return out

    def flush(self) -> list[Line]:
        out: list[Line] = []
        if self.cells:
            out.append(Line(" | ".join(self.cells), self.start, cells=tuple(self.cells)))
            self.cells = []
        body = " ".join(self.text.split())
        if body:
            lead = "  " * max(0, self.depth - 1) + "- " if self.bullet else ""
            out += (
                [Line("", self.start), Line(lead + body, self.start, 1 - len(lead), self.level)]
                if not lead
                else [Line(lead + body, self.start, 1 - len(lead))]
            )
        self.text, self.start = "", self.line
        return out


# DOCX ----------------------------------------------------------------------------------------------------------


def docx_lines(data: bytes, name: str, fault: type[ValueError]) -> list[Line]:
    """Paragraphs and table rows of a DOCX in order; the line number is the paragraph's.

    Args:
        data: the file.
        name: its name for the sentences.
        fault: the error to raise.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise fault(
                    f"{name} is a ZIP archive or another Office file, not DOCX; save the notes as DOCX, PDF or text."
                )
            part = archive.getinfo("word/document.xml")
            if part.flag_bits & 1:
                raise fault(f"{name} is protected by a password; save it without one.")
            if part.file_size > LARGEST_PART or part.file_size > 400 * max(1, part.compress_size):
                raise fault(
                    f"{name} unpacks to {part.file_size / 1e6:.0f} MB; "
                    "it is damaged or made to overload a reader. Save the text anew."
                )
            with archive.open(part) as stream:
                return _Docx(name, fault).read(stream.read(LARGEST_PART + 1))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as trouble:
        raise fault(f"{name} is a damaged DOCX file; open it in a word processor and save it anew.") from trouble


class _Docx:
    """A streaming reader of ``word/document.xml``; a document type declaration (entities) is refused."""

    def __init__(self, name: str, fault: type[ValueError]) -> None:
        self.name, self.fault = name, fault
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.cells: list[str] = []
        self.level, self.indent, self.tables, self.listed, self.inside, self.size = 0, 0, 0, False, False, 0

    def read(self, data: bytes) -> list[Line]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._data, self._doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as trouble:
            raise self.fault(
                f"{self.name} is a damaged DOCX file; open it in a word processor and save it anew."
            ) from trouble
        return self.lines

    def _doctype(self, *_: object) -> None:
        raise self.fault(
            f"{self.name} holds XML declarations that no word processor writes; it is not read. Save the text anew."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "p" and tag != "a:p":
            if not self.tables:
                self.text = []
            self.level, self.indent, self.listed = 0, 0, False
        elif name == "pStyle":
            style = attributes.get("w:val", "").lower()
            if style.startswith(("heading", "title")):
                self.level = int(style[-1]) if style[-1:].isdecimal() else 1
            self.listed = self.listed or style.startswith("list")
        elif name == "ilvl":
            self.indent, self.listed = (
                min(9, int(attributes.get("w:val", "0")) if attributes.get("w:val", "0").isdecimal() else 0),
                True,
            )
        elif name == "t":
            self.inside = True
        elif name in ("tab", "br", "cr") and tag.startswith("w:"):
            self.text.append(" ")
        elif name == "tbl":
            self.tables += 1
        elif name == "tr" and tag == "w:tr":
            self.cells = []
        elif name == "tc":
            self.text = []

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self.inside = False
        elif name == "p" and tag != "a:p":
            if self.tables:
                self.text.append(" ")
                return
            body = "".join(self.text).strip()
            lead = "  " * self.indent + "- " if self.listed and body else ""
            self.lines += [
                Line(lead + body, len(self.lines) // 2 + 1, 1 - len(lead), self.level),
                Line("", len(self.lines) // 2 + 1),
            ]
        elif name == "tc":
            self.cells.append(" ".join("".join(self.text).split()))
            self.text = []
        elif name == "tr" and tag == "w:tr":
            self.lines += (
                [
                    Line(" | ".join(self.cells), len(self.lines) // 2 + 1, cells=tuple(self.cells)),
                ]
                if self.cells
                else []
            )
        elif name == "tbl":
            self.tables -= 1

    def _data(self, text: str) -> None:
        if self.inside:
            self.size += len(text)
            if self.size > MOST_CHARACTERS:
                raise self.fault(
                    f"{self.name} holds more than {MOST_CHARACTERS // 1_000_000} million characters; split the notes."
                )
            self.text.append(text)


# PDF -----------------------------------------------------------------------------------------------------------


def pdf_lines(data: bytes, name: str, fault: type[ValueError]) -> list[Line]:
    """Lines of a PDF with text, numbered through all pages.

    Args:
        data: the file.
        name: its name for the sentences.
        fault: the error to raise.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    lines: list[Line] = []
    size = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise fault(f"{name} is protected by a password; save it without one.")
            if len(reader.pages) > MOST_PAGES:
                raise fault(
                    f"{name} has {len(reader.pages)} pages; up to {MOST_PAGES} are read. "
                    "Save the pages you need as a file of their own."
                )
            for page in reader.pages:
                text = page.extract_text() or ""
                size += len(text)
                if size > MOST_CHARACTERS:
                    raise fault(
                        f"{name} holds more than {MOST_CHARACTERS // 1_000_000} million characters; split the notes."
                    )
                for line in text.splitlines():
                    lines.append(Line(line, len(lines) + 1))
    except fault:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        OverflowError,
        NotImplementedError,
        OSError,
        AssertionError,
        MemoryError,
        ImportError,
    ) as trouble:
        raise fault(
            f"{name} is a damaged PDF or one that cannot be opened; print it to a new PDF or save its text."
        ) from trouble
    return lines
