"""Check and runs as readers meet them in Chromium: themes, widths, axe, the keyboard, no script, print."""

import re

import pytest
import test_pages_browser as common
from test_pages_browser import browser, opened

from thirtyseven.pages.check_page import EXAMPLE

__all__ = ["browser"]
pytestmark = common.pytestmark
SMALL = (
    "[...document.querySelectorAll('button, input, select, textarea, summary')].filter(e => e.checkVisibility())"
    ".map(e => [e.id || e.textContent, e.getBoundingClientRect()])"
    ".filter(([t, r]) => Math.min(r.width, r.height) < 24).map(p => p[0])"
)
STATES = ("/check", "notes", "/runs", "/runs/one?seed=1", "/runs/compare?a.explanation=plan&b.explanation=below", "waiting",
          "/runs/one?seed=x")  # fmt: skip
WRONG = "In 1937 and 1938 1.5 million people were sentenced to death."


def show(page, url, state):
    """Bring a page into a state."""
    if state == "notes":
        page.goto(f"{url}/check")
        page.fill("#notes", f"{EXAMPLE}\n{WRONG}\nStalin ordered the murder of Kirov.")
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector(".remark")
    elif state == "waiting":
        page.route("**/runs/progress*", lambda route: route.abort())  # keep it waiting
        page.goto(f"{url}/runs/one?seed={page.viewport_size['width']}&scale=everybody")
        page.wait_for_selector("progress")
    else:
        page.goto(url + state)
        if state.startswith("/runs/") and "seed=x" not in state:
            page.wait_for_selector("#m", timeout=60_000)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 320)])
def test_no_barrier_that_axe_knows(browser, server, scheme, width):
    url, wrong = server.url.rstrip("/"), {}
    page, asked = opened(browser, width, color_scheme=scheme)
    for state in STATES:
        show(page, url, state)
        found = common.axe(page, True), page.evaluate(common.OVERFLOW), page.evaluate(SMALL), page.evaluate(common.CONTRAST)
        if any(found):
            wrong[state] = found
    assert wrong == {}
    assert [one for one in asked if not one.startswith(url)] == []
    page.context.close()


def test_remarks_stand_beside_their_line_or_below_it(browser, server):
    for width, beside in ((1440, True), (768, False), (320, False)):
        page, _ = opened(browser, width)
        show(page, server.url.rstrip("/"), "notes")
        line, remark = (page.locator(where).first.bounding_box() for where in (".said .text", ".said .margin"))
        assert (remark["x"] >= line["x"] + line["width"]) is beside
        assert abs(remark["y"] - line["y"]) < 24 if beside else remark["y"] >= line["y"] + line["height"]
        page.context.close()


def test_a_run_is_made_with_the_keyboard_alone(browser, server):
    """Tab to each field of the first form, choose, send with Enter; the result comes by itself."""
    page, _ = opened(browser)
    page.goto(f"{server.url}runs")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert outline >= 2, (name, outline)
        seen.append(name)
        if name == "explanation":
            page.keyboard.type("Pl")
        if name == "Run":
            break
    assert seen[-6:] == ["explanation", "variant", "suppose", "seed", "scale", "Run"]
    page.keyboard.press("Enter")
    page.wait_for_selector("#m", timeout=60_000)
    assert "explanation=plan" in page.url and "seed=1937" in page.url
    page.context.close()


def test_the_result_comes_by_itself_and_says_so(browser, server):
    page, asked = opened(browser)
    page.goto(f"{server.url}runs/one?seed=77&scale=everybody")
    if page.locator("progress").count():
        assert page.get_by_role("status").inner_text()
    page.wait_for_selector("#m", timeout=90_000)
    assert "events among" in page.inner_text("h1") and not [one for one in asked if one.startswith("error")]
    page.context.close()


def test_without_scripts_notes_are_checked_and_runs_made(browser, server):
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(f"{server.url}check")
    page.fill("#notes", WRONG)
    page.get_by_role("button", name="Check").click()
    assert page.locator(".v-wrong").count() >= 1
    page.goto(f"{server.url}runs")
    page.fill("#seed", "78")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("#m", timeout=60_000)  # the waiting page asks again by itself
    assert re.search(r"seed 78", page.inner_text("h1"))
    page.context.close()


def test_remarks_are_printed_without_the_navigation(browser, server):
    page, _ = opened(browser)
    show(page, server.url.rstrip("/"), "notes")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible() and page.locator(".remark").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    page.context.close()
