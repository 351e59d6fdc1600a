"""The reader: every format, and every bad file refused with one clear sentence, in bounded memory and time."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirtyseven.notes.check import check_lines, check_text
from thirtyseven.notes.statements.reader import NotesError, lines_from, read_notes

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, head: str = "", name: str = "word/document.xml") -> bytes:
    """A DOCX with the given body XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            name, f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a DOCX."""
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with text."""
    text = "".join(f"BT /F1 11 Tf 50 {780 - 16 * number} Td ({line}) Tj ET\n" for number, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}endstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def verdicts(data: bytes, name: str) -> set[tuple[int, str]]:
    """Lines and verdicts of a file's bytes."""
    return {(one.line, one.verdict) for one in check_lines(lines_from(data, name), name)}


def test_docx_is_read_by_paragraph_with_headings_lists_and_tables() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Executed 1937", "353,074"))
    body = paragraph("Kirov", "Heading1") + paragraph("Beria replaced Yagoda.") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert verdicts(docx(body), "notes.docx") == {(2, "wrong"), (3, "agrees")}


def test_html_keeps_its_line_numbers_and_leaves_scripts_out() -> None:
    page = (
        b"<!DOCTYPE html>\n<html><head><script>Radek was shot.</script></head>\n<body><h1>Notes</h1>\n"
        b"<ul><li>Beria replaced Yagoda.</li>\n<li>x</li></ul><!-- Radek was shot. --></body></html>"
    )
    assert verdicts(page, "notes.html") == {(4, "wrong")}


def test_pdf_with_text_is_read() -> None:
    assert verdicts(pdf(["Notes", "Beria replaced Yagoda."]), "notes.pdf") == {(2, "wrong")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert verdicts("Café notes – Beria replaced Yagoda.".encode(encoding), "notes.txt") == {(1, "wrong")}


def test_an_old_encoding_without_a_byte_order_mark_is_read() -> None:
    assert verdicts("Beria replaced Yagoda.".encode("utf-16-le"), "notes.txt") == {(1, "wrong")}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "picture"),
        (bytes(range(256)) * 40, "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password"),
        (b"PK\x03\x04 broken", "damaged"),
        (docx(paragraph("x"), name="xl/workbook.xml"), "not DOCX"),
        (docx(paragraph("x"), head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "declarations"),
        (docx("<w:p>"), "damaged"),
        (docx("   "), "no text"),
        (b"%PDF-1.4 nothing", "damaged PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"a" * 300_000, "line of more than"),
        (b"a b\n" * 1_100_000, "Split"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(NotesError) as caught:
        lines_from(data, "notes.x")
    sentence = str(caught.value)
    assert says in sentence and sentence.startswith("notes.x") and "\n" not in sentence


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = docx("<w:p>" + " " * 60_000_000 + "</w:p>")
    assert len(bomb) < 200_000
    begun = time.perf_counter()
    with pytest.raises(NotesError, match="overload"):
        lines_from(bomb, "notes.docx")
    assert time.perf_counter() - begun < 1


def test_a_protected_pdf_is_refused() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Beria replaced Yagoda."]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(NotesError, match="password"):
        lines_from(out.getvalue(), "notes.pdf")


def test_a_missing_file_a_folder_and_an_enormous_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match="does not exist"):
        read_notes(str(tmp_path / "none.txt"))
    with pytest.raises(NotesError, match="folder"):
        read_notes(str(tmp_path))
    large = tmp_path / "large.txt"
    with large.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(NotesError, match="50 MB"):
        read_notes(str(large))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with contextlib.suppress(NotesError):
        check_lines(lines_from(data, "x"), "x")


PIECES = st.sampled_from(
    "Kirov Stalin Yezhov Kamanev was shot in 1937 - 1938 , ; : . ? ( ) \" ' | 1,108 of 1/8 40-50 % per cent million "
    "thousand half a and the executed arrested delegates officers Order 00447 not perhaps Q: A: # * \t \n by before "
    "after Trial of the 16 37-38 1.12.1934 <b> &amp; é 中".split(" ")
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_no_words_break_the_checker(words: list[str]) -> None:
    for one in check_text(" ".join(words)):
        assert (
            one.verdict in ("agrees", "wrong", "different definition", "disputed") and one.line >= 1 and one.column >= 1
        )


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "-",
        "a ",
        "1 of ",
        "one and ",
        "Kirov ",
        "(",
        '"',
        "1937-",
        "<b",
        "| ",
        "Q: ",
        "was shot ",
        "?! ",
        "order 00447 ",
        "a.b",
        "<!--",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        text = "\n".join([(unit * 60).strip()] * times)
        begun = time.process_time()
        check_text(text)
        return time.process_time() - begun

    seconds(4)
    short, long = max(seconds(30), 0.02), min(seconds(120), seconds(120))  # the lesser: patterns are made at the first
    assert long < 10 * short + 0.2


def test_one_endless_line_is_cut_and_done_in_time() -> None:
    begun = time.perf_counter()
    check_text("Kirov was shot in 1937 and 1,108 of 1,966 delegates were arrested, " * 600)
    assert time.perf_counter() - begun < 20
