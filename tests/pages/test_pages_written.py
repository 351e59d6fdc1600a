"""The pages as files: links that work from any folder, a folder written whole or not at all."""

import re
from pathlib import Path

import pytest
from publish_html import parse

from thirtyseven.pages import written
from thirtyseven.pages.app import application
from thirtyseven.pages.asking import ask
from thirtyseven.pages.written import MARK, SiteError, file_of, links, relative, write_site

SOME = ("/", "/timeline", "/events/E-0066", "/regions", "/regions/karelian-assr", "/explanations", "/explanations/plan",
        "/claims", "/claims/C-0701", "/families/arrest-rate", "/search", "/teach", "/weighing", "/weighing/report.html", "/grid",
        "/grid/plan-strict", "/about", "/sources.bib", "/look.css", "/look.js", "/mark.svg")  # fmt: skip


@pytest.fixture(scope="module")
def site(library, tmp_path_factory):
    """A site of some pages."""
    patch = pytest.MonkeyPatch()
    patch.setattr(written, "addresses", lambda library: list(SOME))
    out = tmp_path_factory.mktemp("site") / "made" / "here"
    result = write_site(library, out)
    yield out, result
    patch.undo()


def test_every_link_of_a_file_leads_to_a_file(site):
    out, result = site
    pages = sorted(out.rglob("*.html"))
    assert result.files == len(SOME) and len(pages) == len(SOME) - 4
    followed = 0
    for path in pages:
        for link in re.findall(r'\b(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
            assert not link.startswith("/"), (path, link)
            if not link.startswith(("#", "http")):
                target = (path.parent / link.partition("#")[0]).resolve()
                assert target.is_file() and target.is_relative_to(out.resolve()), (path, link)
                followed += 1
    assert followed > 150


def test_what_only_a_server_can_do_is_left_out(site):
    out, result = site
    for path in out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<form" not in text and parse(text)[1] == [], path
    assert "no server answers a search" in (out / "search.html").read_text(encoding="utf-8")
    index = (out / "index.html").read_text(encoding="utf-8")
    assert ">Runs</a>" in index and "grid.html" in index
    assert "/claims/C-0905" in result.dead and "<span>“35,000 officers" in index


def test_a_site_is_the_same_twice(site, library, tmp_path):
    out, _ = site
    again = tmp_path / "again"
    write_site(library, again)
    for path in sorted(out.rglob("*")):
        if path.is_file():
            assert (again / path.relative_to(out)).read_bytes() == path.read_bytes(), path


def test_a_site_is_written_again_whole(site, library, tmp_path, monkeypatch):
    out = tmp_path / "site"
    write_site(library, out)
    (out / "old.html").write_text("from before")
    monkeypatch.setattr(written, "addresses", lambda library: ["/", "/about"])
    result = write_site(library, out)
    assert sorted(p.name for p in out.iterdir()) == [MARK, "about.html", "index.html"] and result.files == 2
    assert not (tmp_path / "site.writing").exists()


@pytest.mark.parametrize("kind", ["file", "foreign"])
def test_what_is_not_ours_is_not_replaced(library, tmp_path, kind):
    out = tmp_path / "place"
    if kind == "file":
        out.write_text("precious")
    else:
        out.mkdir()
        (out / "thesis.docx").write_text("precious")
    with pytest.raises(SiteError) as told:
        write_site(library, out)
    assert str(told.value).count(".") >= 1 and "--out" in str(told.value)
    assert (out if kind == "file" else out / "thesis.docx").read_text() == "precious"


def test_what_fails_leaves_nothing_half_written(library, tmp_path, monkeypatch):
    out = tmp_path / "site"
    monkeypatch.setattr(written, "addresses", lambda library: ["/", "/about"])
    write_site(library, out)
    before = (out / "index.html").read_bytes()
    monkeypatch.setattr(written, "addresses", lambda library: ["/", "/nix"])
    with pytest.raises(SiteError, match="/nix"):
        write_site(library, out)
    full = OSError(28, "No space left on device")

    def no_room(self, data):
        raise full

    monkeypatch.setattr(written, "addresses", lambda library: ["/about"])
    monkeypatch.setattr(Path, "write_bytes", no_room)
    with pytest.raises(OSError, match="No space"):
        write_site(library, out)
    assert (out / "index.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_links_are_made_relative():
    places = {"/": "index.html", "/a/b": "a/b.html", "/look.css": "look.css"}
    dead: dict[str, None] = {}
    text = '<link href="/look.css"><a href="/">home</a> <a class="x" href="/a/b#f">b</a> <a href="/gone"><b>gone</b></a>'
    made = relative(text, "a/b.html", places, dead)
    assert made == (
        '<link href="../look.css"><a href="../index.html">home</a> <a class="x" href="b.html#f">b</a> <span><b>gone</b></span>'
    )
    assert list(dead) == ["/gone"]
    assert file_of("/", True) == "index.html" and file_of("/x.csv", False) == "x.csv" and file_of("/r.html", True) == "r.html"
    assert list(links('<a href="/a#b">x</a><form action="/s">')) == ["/a", "/s"]


def test_progress_is_told(library, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(written, "addresses", lambda library: ["/about"])
    write_site(library, tmp_path / "site", lambda *what: told.append(what))
    assert told == [("pages", 1, 1)]


def test_offline_pages_do_not_name_live_routes(library):
    body = next(ask(application(library, offline=True), ["/"])).body.decode()
    assert 'href="/check"' not in body and 'href="/runs"' not in body
