"""Reads notes from files: plain text, Markdown, HTML, DOCX, PDF with text, standard input; every refusal is one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

from thirtyseven.notes.statements.formats import docx_lines, html_lines, pdf_lines
from thirtyseven.notes.statements.layout import Line

LARGEST_FILE = 20_000_000
"""Bytes of the largest DOCX or PDF that is opened."""

LARGEST_TEXT = 1_500_000
"""Bytes of the largest plain text, Markdown or HTML: some 700 pages."""

LONGEST_LINE = 200_000
"""Characters of a line beyond which a file is not taken for notes."""

_MAGIC = {
    b"\x89PNG": "a picture (PNG)", b"\xff\xd8\xff": "a picture (JPEG)", b"GIF8": "a picture (GIF)", b"RIFF": "sound or video",
    b"\x7fELF": "a program", b"MZ": "a program",
    b"\x1f\x8b": "a compressed archive (gzip)", b"Rar!": "a compressed archive (RAR)",
    b"7z\xbc\xaf": "a compressed archive (7z)", b"SQLite format": "a database", b"{\\rtf": "an RTF document",
}  # fmt: skip


class NotesError(ValueError):
    """Notes that cannot be read; the sentence names the file and the way out."""


def read_notes(name: str) -> list[Line]:
    """Read one file, or standard input for ``-``.

    Args:
        name: path as given, or ``-``.

    Returns:
        The notes' lines with their numbers.

    Raises:
        NotesError: if the file is missing, empty, too large, binary, encrypted or broken.
    """
    return lines_from(_bytes(name), name)


def _bytes(name: str) -> bytes:
    if name == "-":
        data = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        if len(data) > LARGEST_TEXT:
            raise NotesError(
                f"Standard input holds more than {LARGEST_TEXT / 1e6:g} MB; pass the notes in smaller parts."
            )
        return data
    path = Path(name)
    if path.is_dir():
        raise NotesError(f"{name} is a folder; name the files in it.")
    if not path.exists():
        raise NotesError(f"{name} does not exist; check the path.")
    if not path.is_file():
        raise NotesError(f"{name} is not a file that can be read; name a document.")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise NotesError(
            f"{name} has {size / 1e6:.0f} MB; notes of up to {LARGEST_FILE // 1_000_000} MB are read. "
            "Save the text alone or split it."
        )
    return path.read_bytes()


def lines_from(data: bytes, name: str) -> list[Line]:
    """Turn a file's bytes into lines, by what they are rather than by the file's name.

    Args:
        data: the whole file.
        name: its name, for the sentences.

    Raises:
        NotesError: as for ``read_notes``.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotesError(f"{name} is empty; there is nothing to check.")
    if data[:4] == b"%PDF" or b"%PDF-" in data[:1024]:
        lines = pdf_lines(data, name, NotesError)
    elif data[:4] == b"PK\x03\x04":
        lines = docx_lines(data, name, NotesError)
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotesError(
            f"{name} is an old Word file or is protected by a password; save it as DOCX without a password."
        )
    else:
        lines = _text_lines(data, name)
    if not any(line.text.strip() for line in lines):
        raise NotesError(f"{name} holds no text; if it is a scan, run text recognition first.")
    return lines


def _text_lines(data: bytes, name: str) -> list[Line]:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise NotesError(f"{name} is {what}, not notes; save it as text, Markdown, HTML, DOCX or PDF.")
    if len(data) > LARGEST_TEXT:
        raise NotesError(
            f"{name} has {len(data) / 1e6:.0f} MB of text; up to {LARGEST_TEXT / 1e6:g} MB are read. Split the file."
        )
    text = _decoded(data, name)
    if any(len(line) > LONGEST_LINE for line in text.split("\n")) and "<" not in text[:2000]:
        raise NotesError(f"{name} has a line of more than {LONGEST_LINE} characters; put line breaks into the text.")
    head = text[:2000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html")) or (name.lower().endswith((".html", ".htm")) and "<" in head):
        return html_lines(text)
    return [Line(line, number) for number, line in enumerate(text.splitlines(), 1)]


def _decoded(data: bytes, name: str) -> str:
    """Text by its byte order mark, as UTF-8, else as Windows-1252 if that gives readable words."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return _sane(data.decode(encoding), name)
            except UnicodeDecodeError as fault:
                raise NotesError(f"{name} says that it is {encoding.upper()}, but is not; save it as UTF-8.") from fault
    if b"\x00" in data:
        half = data[:4000]
        if half[1::2].count(0) > 0.4 * len(half[1::2]) or half[::2].count(0) > 0.4 * len(half[::2]):
            encoding = "utf-16-le" if half[1::2].count(0) > half[::2].count(0) else "utf-16-be"
            return _sane(data.decode(encoding, errors="replace"), name)
        raise NotesError(
            f"{name} is not text (it holds zero bytes); save the notes as text, Markdown, HTML, DOCX or PDF."
        )
    try:
        return _sane(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    try:
        return _sane(data.decode("cp1252"), name)
    except UnicodeDecodeError as fault:
        raise NotesError(f"{name} is neither UTF-8 nor Windows text; save it as UTF-8.") from fault


def _sane(text: str, name: str) -> str:
    sample = text[:20_000]
    odd = sum(1 for mark in sample if (ord(mark) < 32 and mark not in "\t\r\n\x0c\x0b") or mark == "\ufffd")
    if odd > 0.02 * len(sample) + 2:
        raise NotesError(
            f"{name} is not text that can be read; save the notes as UTF-8 text, Markdown, HTML, DOCX or PDF."
        )
    return text
