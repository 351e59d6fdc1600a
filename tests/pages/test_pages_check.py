"""Notes that are pasted or dropped: every verdict shown, nothing run, nothing kept, every refusal one sentence."""

import io
import subprocess
import zipfile
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages_server import form
from publish_html import parse

from thirtyseven.notes.check import check_text
from thirtyseven.pages.check_page import EXAMPLE, LARGEST, VERDICTS, _InMemory
from thirtyseven.pages.guard import HEADERS

WRONG = "One in eight of the population was arrested."
NOTES = (
    "In 1937 and 1938 681,692 people were sentenced to death.\n"
    "In 1937 and 1938 1.5 million people were sentenced to death.\n"
    "In 1937-38 1,575,259 people were executed.\n"
    "Stalin ordered the murder of Kirov.\n"
    "One in eight of the population was arrested.\n"
)


def send(server, fields=(), file=None, **headers):
    body, own = form(fields, file)
    status, found, page = server.ask("/check", "POST", body, {**own, **{k.replace("_", "-"): v for k, v in headers.items()}})
    text = page.decode()
    assert found.items() >= HEADERS.items() and "Traceback" not in text and parse(text)[1] == []
    return status, found, text


def sentence(page):
    return parse(page)[0].by_class("lede")[0].text()


def docx(paragraphs, blank=0):
    out = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs) + " " * blank
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("[Content_Types].xml", "<Types/>")
        held.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def pdf(line):
    """A PDF of one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
             b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    at = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + rows + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % at


def test_the_page_says_what_the_command_says(server):
    """Each remark of `thirtyseven check` stands on the page with its verdict, its words and its source."""
    status, headers, page = send(server, [("notes", NOTES)])
    remarks = check_text(NOTES)
    text = unescape(parse(page)[0].text())
    assert status == 200 and headers["cache-control"] == "no-store" and "set-cookie" not in headers
    assert len({one.verdict for one in remarks}) >= 3
    for one in remarks:
        assert one.quote in text and one.best[1:] in text and one.source in text  # it begins with a capital here
    assert page.count('class="remark ') == len(remarks)


def test_every_verdict_can_be_shown(library):
    """A word, a mark and a class for each of the four; a fifth would be an error."""
    from thirtyseven.notes import check as module
    from thirtyseven.pages.app import application
    from thirtyseven.pages.asking import ask
    from thirtyseven.pages.check_page import _shown
    from thirtyseven.pages.page import Shown

    assert next(ask(application(library), ["/check"])).status == 200 and module.Remark
    one = {"line": 1, "quote": "q", "best": "b", "counts": "c", "why": "why", "source": "s", "wording": "w", "ids": []}
    shown = _shown("n", {"lines": [{"number": 1, "text": "t"}], "remarks": [one | {"verdict": word} for word in VERDICTS]})
    page = application(library).state.desk.show(
        Shown("check.html", "x", {"files": [shown], "classes": VERDICTS, "example": EXAMPLE}), "/check"
    )
    for word, look in VERDICTS.items():
        assert f"</span> {word}</span>" in page and f'class="remark {look}"' in page and f"{word}</span>: 1" in page


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><b>", "{{ 7*7 }}", "{% raw %}", "&lt;b&gt;",
     "\u202e\u2066", "<svg/onload=alert(1)>", "javascript:alert(1)", "]]>", "<!--"],
)  # fmt: skip
def test_what_is_pasted_comes_back_as_text(server, hostile):
    status, _, page = send(server, [("notes", f"{hostile} {WRONG} {hostile}")])
    root, faults = parse(page)
    assert status == 200 and faults == [] and "49" not in root.by_class("text")[0].text().replace(hostile, "")
    assert hostile in root.by_class("text")[0].text()
    assert [n.attrs.get("src") for n in root.all("script")] == ["/look.js"] and not root.all("img")
    assert not [n for n in root.all() if any(a.startswith("on") for a in n.attrs)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", NOTES.encode()), ("notes.md", b"# Notes\n\n" + NOTES.encode()), ("notes.txt", NOTES.encode("utf-16")),
     ("notes.docx", docx(NOTES.splitlines())), ("notes.pdf", pdf(WRONG)),
     ("n.html", f"<html><body><p>{WRONG}</p><script>x</script></body></html>".encode())],
)  # fmt: skip
def test_files_are_read(server, name, content):
    status, _, page = send(server, [("notes", "")], (name, content))
    assert status == 200 and 'class="remark v-wrong"' in page and name in page and "<script>x" not in page


@pytest.mark.parametrize(
    "name", ["<b>.txt", "..\\..\\x.txt", "../../etc/passwd", "%0d%0aX-Bad: 1.txt", "é" * 300, "con", "\x00.txt"]
)
def test_a_files_name_is_only_shown(server, name):
    status, headers, page = send(server, file=(name, NOTES.encode()))
    assert status in (200, 400) and "<b>.txt" not in page and "x-bad" not in headers


@pytest.mark.parametrize(
    ("file", "status", "word"),
    [(("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50), 422, "picture"), (("x.txt", b"\0\1\2\3" * 500), 422, "not text"),
     (("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50), 422, "old Word"), (("x.docx", docx([], 60_000_000)), 422, ""),
     (("x.docx", b"PK\x03\x04" + b"x" * 40), 422, ""), (("x.pdf", b"%PDF-1.4\nnothing"), 422, ""),
     (("x.txt", b" \n\t"), 400, "nothing to check"), (("x.txt", b"a" * (LARGEST + 1)), 413, "2.5 MB")],
    ids=["picture", "zeros", "old Word", "bomb", "broken DOCX", "broken PDF", "blank", "too large"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(server, file, status, word):
    got, _, page = send(server, file=file)
    assert got == status and word in sentence(page) and sentence(page).endswith(".") and "\n" not in sentence(page)


def test_nothing_sent_is_said_and_so_is_what_is_no_form(server):
    assert send(server)[0] == 400 and send(server, [("other", "x")])[0] == 400
    for body, kind in ((b"", ""), (b"{}", "application/json"), (b"x" * 9, "multipart/form-data"), (b"\xff", "text/plain"),
                       (b"--x\r\nfoo", "multipart/form-data; boundary=x"), (b"notes=%ZZ%00", "multipart/form-data; boundary="),
                       (b"--b\r\n", "multipart/form-data; boundary=b; charset=rot13"),
                       (form([(f"f{i}", "x") for i in range(9)])[0], "multipart/form-data; boundary=pagesboundary")):  # fmt: skip
        status, _, page = server.ask("/check", "POST", body, {"content-type": kind})
        assert status == 400 and b"Traceback" not in page, (body, kind)
    status, _, page = server.ask("/check", "POST", b"notes=One+in+eight+of+the+population+was+arrested.",
                                 {"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert status == 200 and b"v-wrong" in page


def test_notes_come_from_this_page_alone(server):
    for site in ("cross-site", "same-site"):
        status, _, page = send(server, [("notes", NOTES)], Sec_Fetch_Site=site)
        assert status == 403 and "681" not in page
    assert send(server, [("notes", NOTES)], Sec_Fetch_Site="same-origin")[0] == 200


def test_a_body_without_its_length_is_bounded_too(server):
    """Sent in pieces, as long as the server listens; it stops at the limit and says so."""
    def pieces():
        yield b'--b\r\nContent-Disposition: form-data; name="notes"\r\n\r\n'
        for _ in range(LARGEST // 50_000 + 4):
            yield b"a" * 50_000

    try:
        status, _, page = server.ask("/check", "POST", pieces(), {"content-type": "multipart/form-data; boundary=b"})
    except (BrokenPipeError, ConnectionResetError):
        return  # refused so early that the rest could not be sent
    assert status == 413 and b"2.5 MB" in page


def test_nothing_is_written_anywhere(server):
    """A file of more than the usual megabyte, watched by the kernel's own count of what the server has written."""
    assert _InMemory.spool_max_size > LARGEST
    large = (b"word " * 40 + b"\n") * 6_000  # 1.2 MB
    before = written(server)
    status, _, _ = send(server, file=("large.txt", large))
    assert status == 200
    assert written(server) - before < 100_000


def written(server):
    """Bytes that the server and its workers have sent towards a disk."""
    total = 0
    for pid in (server.process.pid, *server.children()):
        told = subprocess.run(["cat", f"/proc/{pid}/io"], capture_output=True, text=True, check=False).stdout
        total += sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("write_bytes"))
    return total


def test_a_large_file_stays_in_memory(monkeypatch):
    """The form's reader never rolls over to a temporary file."""
    import asyncio
    import tempfile

    from starlette.datastructures import Headers

    def rolled(self):
        raise AssertionError("written to disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled)
    body, headers = form(file=("large.txt", b"x" * (LARGEST - 1000)))

    async def stream():
        yield body

    got = asyncio.run(_InMemory(Headers(headers), stream()).parse())
    assert got["file"].size == LARGEST - 1000


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode(errors="replace"))))
def test_whatever_is_dropped_there_is_an_answer(server, content):
    status, _, page = send(server, file=("x.txt", content))
    assert status in (200, 400, 422) and "mistake of the program" not in page
