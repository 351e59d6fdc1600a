"""How soon pages can be seen: largest contentful paint of every kind of page, and everybody's run on its page, in Chromium.

    python benchmarks/paint.py [--bank out/weigh] [--times 5] [--only runs]

Serves the pages on loopback in a process of their own and opens each kind in a fresh window with an empty cache. The first time
the server still has to make the page; after that it keeps it. Prints tables for docs/pages.md; 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAINT, FIRST, WHOLE = 1000, 300, 10_000
"""Targets in ms: largest paint, first progress of a run, everybody's run from the click to its finished page."""
NOTES = "One in eight of the population was arrested.\nIn 1937 and 1938 681,692 people were sentenced to death."
LARGEST = """() => new Promise(done => {
  new PerformanceObserver(list => {const all = list.getEntries(); done(all[all.length - 1].startTime)})
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(-1), 5000);
})"""
FILES = (".css", ".js", ".svg", ".csv", ".bib", ".json", ".zip", ".md", ".npz", ".docx", ".pdf")


def kinds(bank: Path) -> list[str]:
    """One address of every route that shows a page in the window."""
    from thirtyseven.pages.library import open_library
    from thirtyseven.pages.page import Page
    from thirtyseven.pages.routes import routes
    from thirtyseven.record import load

    library = open_library(load(), bank if (bank / "result.json").is_file() else None)
    out = []
    for one in routes():
        held = list(one.addresses(library)) if isinstance(one, Page) else []
        if held and not held[0].endswith(FILES) and not held[0].startswith(("/plans/", "/teach/")):
            out.append(held[len(held) // 2])
    return [*out, "/check", "/runs", "/runs/one?seed=1", "/runs/compare?a.explanation=plan&b.explanation=below"]


@contextmanager
def served(bank: Path) -> Iterator[str]:
    """The pages as `thirtyseven serve` gives them; their URL without the last slash."""
    command = [sys.executable, "-m", "thirtyseven", "serve", "--port", "0", "--quiet", "--bank", str(bank)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip().rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """A window that has seen nothing yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def paints(browser: Browser, url: str, address: str, times: int) -> list[float]:
    """Largest paint of a page in ms, the first one while the server still has to make it."""
    out = []
    for _ in range(times):
        with window(browser) as page:
            page.goto(url + address)
            if address.startswith("/runs/"):
                page.wait_for_selector("#m", timeout=120_000)
            out.append(page.evaluate(LARGEST))
    return out


def remarks(browser: Browser, url: str, times: int) -> list[float]:
    """Largest paint of the page with remarks, from the click."""
    out = []
    for _ in range(times):
        with window(browser) as page:
            page.goto(f"{url}/check")
            page.fill("#notes", NOTES)
            page.click("form button")
            page.wait_for_selector(".remark")
            out.append(page.evaluate(LARGEST))
    return out


def everybodys(browser: Browser, url: str, seed: int) -> tuple[float, float]:
    """One run of everybody from the form: ms from the click to the first progress seen, and to the finished page."""
    with window(browser) as page:
        page.goto(f"{url}/runs")
        page.fill("#seed", str(seed))
        page.select_option("#scale", "everybody")
        begun = time.perf_counter()
        page.click("form button >> nth=0", no_wait_after=True)
        page.wait_for_selector("progress, #m", timeout=120_000)
        first = 1000 * (time.perf_counter() - begun)
        page.wait_for_selector("#m", timeout=120_000)
        return first, 1000 * (time.perf_counter() - begun)


def main() -> int:
    """Measure and print."""
    read = argparse.ArgumentParser()
    read.add_argument("--bank", type=Path, default=Path("out/weigh"))
    read.add_argument("--times", type=int, default=5)
    read.add_argument("--only", choices=("pages", "runs"))
    chosen = read.parse_args()
    from playwright.sync_api import sync_playwright

    missed: list[str] = []
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}\n")
    with served(chosen.bank) as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with window(browser) as page:  # workers ready, Chromium warm
            page.goto(f"{url}/runs/one?seed=1")
            page.wait_for_selector("#m", timeout=300_000)
        if chosen.only != "runs":
            print("| page | made first, ms | kept, half under | slowest |\n|---|---|---|---|")
            held = {address: paints(browser, url, address, chosen.times) for address in kinds(chosen.bank)}
            held["/check, remarks"] = remarks(browser, url, chosen.times)
            for address, took in sorted(held.items(), key=lambda one: -max(one[1])):
                print(f"| `{address}` | {took[0]:,.0f} | {statistics.median(took[1:]):,.0f} | {max(took[1:]):,.0f} |")
                missed += [address] if max(took) > PAINT or min(took) < 0 else []
        if chosen.only != "pages":
            print("\n| everybody's run | first progress, ms | finished page, ms |\n|---|---|---|")
            for seed in range(101, 101 + chosen.times):
                first, whole = everybodys(browser, url, seed)
                print(f"| seed {seed} | {first:,.0f} | {whole:,.0f} |")
                missed += [f"seed {seed}"] if first > FIRST or whole > WHOLE else []
        browser.close()
    print(f"\nload after: {os.getloadavg()[0]:.1f}. Targets missed: {', '.join(missed) or 'none'}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
