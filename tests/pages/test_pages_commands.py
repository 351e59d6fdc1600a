"""`thirtyseven serve` and `thirtyseven site` as people start and stop them."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from thirtyseven.cli.app import main
from thirtyseven.pages.asking import ask


def said(words, capsys, monkeypatch):
    """Run a command here; (exit code, stdout, stderr)."""
    monkeypatch.setattr(sys, "argv", ["thirtyseven", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capsys.readouterr()
    return end.value.code, out, err


def test_a_port_in_use_is_one_sentence(capsys, monkeypatch, folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, out, err = said(["serve", "--port", port, "--bank", folder, "--quiet"], capsys, monkeypatch)
    assert code == 2 and out == ""
    lines = [line for line in err.splitlines() if line]
    assert len(lines) == 1 and str(port) in lines[0] and "--port" in lines[0], err


def test_an_address_of_another_machine_is_one_sentence(capsys, monkeypatch, folder):
    code, _, err = said(["serve", "--host", "192.0.2.1", "--bank", folder, "--quiet"], capsys, monkeypatch)
    assert code == 2 and len(err.strip().splitlines()) == 1 and "Traceback" not in err


@pytest.mark.parametrize("words", ["serve --port 99999", "serve --port x", "site --seed -1", "site --x"])
def test_bad_options_are_one_sentence(words, capsys, monkeypatch):
    code, _, err = said(words.split(), capsys, monkeypatch)
    assert code == 2 and "Traceback" not in err and "--help" in err


def test_a_site_does_not_replace_what_is_not_ours(capsys, monkeypatch, folder, tmp_path):
    (tmp_path / "thesis.docx").write_text("precious")
    code, out, err = said(["site", "--out", tmp_path, "--bank", folder, "--no-runs", "--quiet"], capsys, monkeypatch)
    assert code == 2 and out == "" and len(err.strip().splitlines()) == 1 and "--out" in err
    assert (tmp_path / "thesis.docx").read_text() == "precious"


def test_the_pages_are_served_and_end_with_ctrl_c(folder):
    asked = subprocess.Popen(
        [sys.executable, "-m", "thirtyseven", "serve", "--port", "0", "--bank", str(folder), "--quiet"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        url = asked.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url), asked.stderr.read()
        with urllib.request.urlopen(f"{url}claims/C-0701", timeout=20) as answer:
            assert answer.status == 200 and b"C-0701" in answer.read()
            assert "server" not in {name.lower() for name in answer.headers}
        asked.send_signal(signal.SIGINT)
        out, err = asked.communicate(timeout=20)
    finally:
        asked.kill()
    assert asked.returncode == 0 and out == "" and "Traceback" not in err, err


def test_a_page_that_is_kept_is_answered_at_once(app, kinds):
    """Server time of a kept page: under 50 ms for every kind of page, the best of five."""
    pages = [a for a in kinds if not a.startswith(("/teach/", "/plans/", "/data/"))]
    answers, slowest = ask(app, [a for a in pages for _ in range(6)]), {}
    for address in pages:
        next(answers)  # made here
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            next(answers)
            took.append(time.perf_counter() - begun)
        slowest[address] = min(took)
    assert {address: seconds for address, seconds in slowest.items() if seconds > 0.05} == {}
