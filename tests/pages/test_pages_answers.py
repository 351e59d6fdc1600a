"""Answers: headers, hosts, tags, what is missing, what is broken, and what a reader sends."""

import asyncio
import threading
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publish_html import parse

from thirtyseven.pages.answering import Answer, Kept
from thirtyseven.pages.app import application
from thirtyseven.pages.asking import ask
from thirtyseven.pages.guard import HEADERS, host_of, hosts_for
from thirtyseven.pages.page import Page, Shown, once


def request(app, path="/", method="GET", headers=(), query=""):
    """One raw request; (status, headers, body)."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"127.0.0.1:8037"), *headers] if not any(h[0] == b"host" for h in headers) else list(headers),
        "server": ("127.0.0.1", 8037),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    found = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:])


def test_every_answer_carries_the_headers(app):
    for path, method in (("/", "GET"), ("/nix", "GET"), ("/look.css", "GET"), ("/claims", "POST"), ("/teach/cards/x.exe", "GET")):
        _, headers, _ = request(app, path, method)
        assert headers.items() >= HEADERS.items(), path
    assert "unsafe" not in HEADERS["content-security-policy"] and "http" not in HEADERS["content-security-policy"]


def test_a_page_with_its_own_look_allows_that_look_alone(app):
    _, headers, body = request(app, "/weighing/report.html")
    assert "sha256-" in headers["content-security-policy"] and "script" not in headers["content-security-policy"]
    assert b"<script" not in body


@pytest.mark.parametrize("host", [b"evil.example", b"127.0.0.1.evil.example", b"", b"[::1", b"localhost.evil", b"10.0.0.1"])
def test_a_strange_host_is_refused(app, host):
    status, headers, body = request(app, headers=[(b"host", host)])
    assert status == 421 and body.count(b"\n") == 1 and headers.items() >= HEADERS.items()


@pytest.mark.parametrize("host", [b"localhost", b"LOCALHOST:9", b"127.0.0.1:8037", b"[::1]:80"])
def test_this_machine_is_answered(app, host):
    assert request(app, headers=[(b"host", host)])[0] == 200


def test_hosts_follow_what_is_bound():
    assert "192.168.1.5" in hosts_for("192.168.1.5") and "127.0.0.1" in hosts_for("192.168.1.5")
    assert hosts_for("0.0.0.0") is None and hosts_for("::") is None
    assert "[fe80::1]" in hosts_for("fe80::1") and "school.local" in hosts_for("School.local")
    assert host_of("[::1]:80") == "[::1]" and host_of("A.b:1") == "a.b"


def test_what_is_known_is_not_sent_again(app):
    _, headers, body = request(app, "/claims")
    status, again, nothing = request(app, "/claims", headers=[(b"if-none-match", headers["etag"].encode())])
    assert (status, nothing) == (304, b"") and again["etag"] == headers["etag"] and body
    assert request(app, "/claims", headers=[(b"if-none-match", b'"other"')])[0] == 200


@pytest.mark.parametrize(
    "address",
    ["/nix", "/claims/C-9999", "/claims/..%2f..%2fetc", "/figures/F-0000", "/regions/atlantis", "/timeline/x", "/series/x",
     "/series/x.csv", "/sources/x", "/families/x", "/verdicts/x", "/actors/A-nobody", "/explanations/x", "/documents/x",
     "/documents/../pyproject", "/data/weighing/bank.json", "/data/weighing/..%2fresult.json", "/data/x.csv",
     "/teach/x/y", "/teach/table/x", "/teach/plan.exe", "/plans/x.html", "/weighing/x", "/offices/x", "/maps/x",
     "/responsibility/L-9999", "/events/E-9999", "/quantities/x", "/source-kinds/x", "/grid/x", "/claims/%00", "/claims/<b>"],
)  # fmt: skip
def test_what_is_missing_is_said_in_one_sentence(get, address):
    answer = get(address)
    assert answer.status == 404 and answer.is_page, address
    root, faults = parse(answer.body.decode())
    sentence = root.by_class("lede")[0].text()
    assert faults == [] and sentence.endswith((".", '"', ")")) and len(sentence) > 20, sentence
    assert b"Traceback" not in answer.body


def test_pages_can_only_be_read(app):
    status, headers, body = request(app, "/claims", "POST")
    assert status == 405 and b"only be read" in body and "GET" in headers["allow"]
    assert request(app, "/claims", "HEAD")[0] == 200


def test_a_mistake_of_the_program_says_so_and_shows_nothing(library, monkeypatch):
    def broken(asked):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("thirtyseven.pages.app.routes", lambda: (Page("/broken", broken, once("/broken")),))
    app = application(library)
    sent = []

    def run():
        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "method": "GET", "path": "/broken", "raw_path": b"/broken", "query_string": b"", "root_path": "",
                 "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": ("localhost", 1), "scheme": "http",
                 "http_version": "1.1", "asgi": {"version": "3.0"}}  # fmt: skip
        with pytest.raises(RuntimeError):
            asyncio.run(app(scope, receive, send))

    run()
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    body = b"".join(m.get("body", b"") for m in sent[1:])
    assert sent[0]["status"] == 500 and headers.items() >= HEADERS.items()
    assert b"mistake of the program" in body and b"secret" not in body


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_whatever_is_searched_for_comes_back_as_text(app, text):
    answer = next(ask(app, [f"/search?q={quote(text, errors='replace')}"]))
    assert answer.status == 200
    root, faults = parse(answer.body.decode())
    assert faults == [] and [n.attrs.get("src") for n in root.all("script")] == ["/look.js"]
    field = next(n for n in root.all("input") if n.attrs.get("name") == "q")
    assert len(field.attrs["value"]) <= 200


@pytest.mark.parametrize("query", ["q=%3Cscript%3Ealert(1)%3C/script%3E", "from=%22%3E%3Cb%3E", "from=1938&until=1936", "q=%FF"])
def test_a_question_to_the_timeline_is_answered_in_words(get, query):
    answer = get(f"/timeline?{query}")
    assert answer.status == 200 and b"<script>alert" not in answer.body and b"<b>\"" not in answer.body
    if "from" in query:
        assert b'class="fault"' in answer.body


def test_the_timeline_is_filtered(get):
    kirov = get("/timeline?q=kirov&from=1934&until=1934").body.decode()
    assert "Kirov" in kirov and 'id="y1937"' not in kirov
    assert "All 147 events" not in kirov and " of 147 events" in kirov
    orders = get("/timeline/orders").body.decode()
    assert 'id="y1937"' in orders and "Shakhty" not in orders


def test_unknown_questions_make_no_new_pages(library):
    app = application(library)
    kept = []
    for i in range(3):
        kept.append(next(ask(app, [f"/claims?x={i}"])).body)
    assert len(set(kept)) == 1


def test_kept_answers_are_bounded_and_made_once():
    kept, made = Kept(most=1000), []

    def make(size):
        def once_more():
            made.append(size)
            return Answer(b"x" * size, 200, {})

        return once_more

    for key in range(20):
        kept.get(key, make(100))
    assert len(made) == 20 and kept._size <= 1000 and len(kept._answers) <= 10
    kept.get(19, make(100))
    assert len(made) == 20
    for _ in range(2):
        kept.get("lost", lambda: Answer(b"no", 404, {}))
    assert "lost" not in kept._answers
    kept.get("large", make(900))
    kept.get("large", make(900))
    assert made.count(900) == 2  # too large to push everything else out


def test_many_readers_at_once_get_the_same(library):
    app, found = application(library), []

    def read():
        found.extend(answer.body for answer in ask(app, ["/claims", "/regions"]))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 2 and len(found) == 12


def test_pages_stand_without_a_weighing(bare):
    app = application(bare)
    for answer in ask(app, ["/", "/weighing", "/weighing/trust", "/explanations", "/explanations/plan", "/responsibility",
                            "/evidence", "/data", "/regions/karelian-assr"]):  # fmt: skip
        assert answer.status == 200, answer.address
    text = next(ask(app, ["/weighing"])).body.decode()
    assert "thirtyseven weigh" in text


def test_a_routes_word_stands_in_the_navigation(library, bare, monkeypatch):
    def view(asked):
        return Shown("problem.html", "New", {"sentence": "A new page."})

    monkeypatch.setattr("thirtyseven.pages.app.routes", lambda: (Page("/new", view, once("/new"), word="Newest"),))
    body = next(ask(application(library), ["/new"])).body
    assert b'href="/new" aria-current="page">Newest' in body


def test_what_else_was_asked_has_its_page(record, folder, tmp_path, monkeypatch):
    """A chapter's file in the weighing's folder gives a page; a broken one is said in a sentence and breaks no other."""
    import shutil

    from markupsafe import Markup

    from thirtyseven.pages import weighing
    from thirtyseven.pages.library import open_library
    from thirtyseven.publish.finished import FinishedFileError

    copy = tmp_path / "weigh"
    shutil.copytree(folder, copy)
    for name in ("counterfactual", "sensitivity", "responsibility"):
        (copy / f"{name}.json").write_text("{}")

    def body(name, place, result):
        if name == "sensitivity":
            raise FinishedFileError("sensitivity.json cannot be shown; run it again.")
        return Markup("<h3>A finding</h3>" + "x" * (200_000 if name == "responsibility" else 10))

    monkeypatch.setattr(weighing, "body_of", body)
    app = application(open_library(record, copy))
    wanted = ("/weighing", "/weighing/counterfactual", "/weighing/sensitivity", "/responsibility")
    found = {answer.address: answer for answer in ask(app, wanted)}
    assert {a.status for a in found.values()} == {200}
    assert b"A finding" in found["/weighing/counterfactual"].body and b"run it again" in found["/weighing/sensitivity"].body
    assert b'href="/weighing/sensitivity"' in found["/weighing"].body and b"thirtyseven trial" in found["/weighing"].body
    assert b'href="/weighing/responsibility"' in found["/responsibility"].body and len(found["/responsibility"].body) < 150_000
    assert next(ask(app, ["/weighing/trial"])).status == 404


def test_a_record_without_its_series_is_refused_in_one_sentence(record):
    from dataclasses import replace

    from thirtyseven.pages.library import LibraryError, open_library

    with pytest.raises(LibraryError, match="order-00447-limits") as told:
        open_library(replace(record, series={}), None)
    assert str(told.value).endswith("with the program.")


def test_a_file_that_fails_is_said_in_a_sentence_and_tried_again(library, monkeypatch):
    from thirtyseven.pages import data_page

    real, tried = data_page.packed_record, []

    def full(record):
        tried.append(1)
        raise OSError(28, "No space left on device")

    app = application(library)
    monkeypatch.setattr(data_page, "packed_record", full)
    for _ in range(2):
        answer = next(ask(app, ["/data/thirtyseven-record.zip"]))
        assert answer.status == 503 and b"no space left" in answer.body and b"Traceback" not in answer.body
    assert len(tried) == 2 and real is not full


def test_a_spell_in_office_is_found_by_its_id(get):
    body = get("/search?q=o-0001").body.decode()
    assert 'href="/actors/A-stalin#O-0001"' in body
