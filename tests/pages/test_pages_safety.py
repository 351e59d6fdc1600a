"""Every endpoint against odd and hostile requests: limits, methods, paths, headers; no 500, no word of the program's inside.

`test_pages_schemathesis.py` asks for what the schema allows; here come values that it does not.
"""

import asyncio
import json
import socket
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages_server import busy, form

from thirtyseven.pages.guard import HEADERS
from thirtyseven.pages.page import Page
from thirtyseven.pages.routes import routes

INSIDE = (b"Traceback", b"site-packages", b'File "', b"thirtyseven/pages", b"mistake of the program")


@pytest.fixture(scope="module")
def guarded(library):
    return busy(library)


@pytest.fixture(scope="module")
def runner():
    with asyncio.Runner() as held:
        yield held


@pytest.fixture(scope="module")
def knock(guarded, runner):
    """One raw request: status, headers, body; whatever comes back carries the headers and nothing from inside."""

    def ask(path, method="GET", query=b"", headers=(), body=b""):
        sent, given_body = [], [body]

        async def receive():
            if given_body:
                return {"type": "http.request", "body": given_body.pop(), "more_body": False}
            await asyncio.sleep(3600)

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
            "raw_path": quote(path, errors="replace").encode(), "query_string": query, "root_path": "",
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8037), "headers": [(b"host", b"localhost"), *headers],
        }  # fmt: skip
        runner.run(guarded(scope, receive, send))
        found = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        content = b"".join(m.get("body", b"") for m in sent[1:])
        assert sent[0]["status"] < 500 or sent[0]["status"] == 503
        assert set(HEADERS) <= found.keys()
        if found.get("content-type", "").startswith("text/html"):
            assert not [word for word in INSIDE if word in content]
        assert not [one for one in found.values() if "\n" in one or "\r" in one]
        return sent[0]["status"], found, content

    return ask


@pytest.fixture(scope="module")
def told(knock):
    status, found, body = knock("/openapi.json")
    assert status == 200 and found["content-type"] == "application/json"
    return json.loads(body)


def test_the_schema_names_every_route(told):
    named = {(path, method) for path, methods in told["paths"].items() for method in methods}
    for one in routes():
        for method in ({"GET"} if isinstance(one, Page) else one.methods - {"HEAD"}):
            assert (one.path.replace(":path", ""), method.lower()) in named, one.path
    assert told["openapi"].startswith("3.") and told["info"]["version"] and "servers" not in told
    for path, methods in told["paths"].items():
        for operation in methods.values():
            inside = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert all(f"{{{name}}}" in path for name in inside) and path.count("{") == len(inside)


def test_every_example_of_the_schema_is_there(told, knock):
    tried = 0
    for path, methods in told["paths"].items():
        inside = [p for p in methods.get("get", {"parameters": []})["parameters"] if p["in"] == "path"]
        if inside and all("example" in p for p in inside):
            tried += 1
            assert knock(path.format(**{p["name"]: p["example"] for p in inside}))[0] == 200, path
    assert tried > 15


ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["..", "../..", "..%2f..%2fetc%2fpasswd", "\x00", "%00", "\u202e", "a" * 900, "C-0701\n", "{{7*7}}",
                     "<script>", "'; drop", "..\\..\\", "file:///etc/passwd", "-1", "é", "💠"]),
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_schema_is_walked_with_odd_values(told, knock, data):
    """Any path of the schema, odd values in every place, also of the wrong kind."""
    path = data.draw(st.sampled_from(sorted(told["paths"])))
    method = data.draw(st.sampled_from(sorted(told["paths"][path])))
    places = told["paths"][path][method]["parameters"]
    query = {p["name"]: data.draw(ODD | st.sampled_from([str(v) for v in p["schema"].get("enum", ["x"])]))
             for p in places if p["in"] == "query" and data.draw(st.booleans())}  # fmt: skip
    address = path.format(**{p["name"]: data.draw(ODD) for p in places if p["in"] == "path"})
    body, headers = b"", []
    if method == "post":
        body, own = form([("notes", data.draw(st.text(max_size=50)))])
        headers = [(k.encode(), v.encode()) for k, v in own.items()]
    status, _, _ = knock(address, method.upper(), urlencode(query, errors="replace").encode(), headers, body)
    assert status in (200, 307, 400, 404, 405, 414, 503)  # 307: the same address without its last slash


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80), st.binary(max_size=80), st.sampled_from(METHODS))
def test_any_address_is_answered(knock, path, query, method):
    knock("/" + path, method, query)


@pytest.mark.parametrize(
    ("path", "query", "headers", "method", "status"),
    [("/" + "a" * 2000, b"", (), "GET", 414), ("/search", b"q=" + b"a" * 5000, (), "GET", 414),
     ("/", b"", [(b"x-%d" % i, b"y" * 900) for i in range(30)], "GET", 431), ("/", b"", [(b"content-length", b"5")], "GET", 413),
     ("/runs/one", b"", [(b"transfer-encoding", b"chunked")], "GET", 413),
     ("/claims", b"", [(b"content-length", b"1")], "HEAD", 413), ("/search", b"q=\xff", (), "GET", 400),
     ("/", b"", [(b"content-length", b"0")], "GET", 200), ("/check", b"", [(b"content-length", b"9" * 30)], "POST", 413)],
)  # fmt: skip
def test_more_than_is_needed_is_refused(knock, path, query, headers, method, status):
    got, _, body = knock(path, method, query, headers)
    assert got == status and (status == 200 or method == "HEAD" or body.strip().count(b"\n") == 0 or b'class="lede"' in body)


def test_a_full_queue_says_when_to_come_back(knock):
    pair = b"a.explanation=plan&b.explanation=plan"
    for path, query in (("/runs/one", b"seed=1"), ("/runs/compare", pair), ("/runs/progress", b"")):
        status, found, _ = knock(path, query=query)
        assert status == 503 and found["retry-after"] == "60"
    body, own = form([("notes", "x")])
    status, found, _ = knock("/check", "POST", b"", [(k.encode(), v.encode()) for k, v in own.items()], body)
    assert status == 503 and found["retry-after"] == "60"


def raw(server, text, ends=False):
    """Bytes as they are, to a served instance, and then nothing more where that `ends` them; what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as link:
        link.sendall(text)
        if ends:
            link.shutdown(socket.SHUT_WR)
        out = b""
        while piece := link.recv(65536):
            out += piece
    return out


@pytest.mark.parametrize(
    "path",
    ["/..%2f..%2fetc/passwd", "/../../etc/passwd", "/documents/..%2f..%2fpyproject", "/%2e%2e/%2e%2e/etc/passwd", "/claims/%00",
     "/%c0%af%c0%ae%c0%ae/etc/passwd", "//etc/passwd", "/data/..%5c..%5cx", "/\\..\\x", "/claims/C-0701%0d%0aX-Bad:%201",
     "/look.css/../../x", "/%", "/%zz"],
)  # fmt: skip
def test_no_path_leads_out(server, path):
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ", 2)[1] in (b"404", b"400") and b"root:" not in answer
    assert b"\r\nX-Bad" not in answer.partition(b"\r\n\r\n")[0]
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "text",
    [b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
     b"GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
     b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", b"\0\1\2\3\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", b"G" * 70_000,
     b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
     b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
)  # fmt: skip
def test_broken_requests_break_nothing(server, text):
    try:
        answer = raw(server, text, True)
    except OSError:  # the server hangs up while it is still being sent to
        answer = b""
    assert b"Traceback" not in answer and not answer.startswith(b"HTTP/1.1 500")
    assert server.ask("/about")[0] == 200
