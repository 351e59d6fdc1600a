"""Check and runs as readers meet them in Chromium: every state of them in every setting of a reader, keyboard, print."""

import re

import pytest
import test_pages_browser as common
from pages_measures import CUT, FAINT, LOST, MOVING, OPEN, SMALL, STYLED, UNSEEN, WORDS
from test_pages_browser import browser, opened

from thirtyseven.pages.check_page import EXAMPLE

__all__ = ["browser"]
pytestmark = common.pytestmark
COMPARED = "/runs/compare?a.explanation=plan&b.explanation=below&b.suppose=limits-fixed"
STATES = {
    "empty check": "/check", "filled check": "/check", "nothing sent": "/check", "remarks": "/check", "empty runs": "/runs",
    "filled runs": "/runs", "wrong seed": "/runs/one?seed=x", "under way": "/runs/one?seed=2&scale=everybody",
    "finished": "/runs/one?seed=1", "compared": COMPARED,
}  # fmt: skip
"""Every state of the two forms, and the address where it begins."""
READERS = {
    "light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"}, "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "less motion": {"reduced_motion": "reduce"},
}  # fmt: skip
"""Settings of a reader's browser."""
WRONG = "One in eight of the population was arrested."
NOTES = f"{EXAMPLE}\n{WRONG}\nStalin ordered the murder of Kirov.\n{'Magnitogorskmetallurgstroi' * 4}"


@pytest.fixture(scope="module")
def waiting(server):
    """The page on which a run is awaited, as the server sent it; so it can be looked at for as long as that takes."""
    status, _, body = server.ask("/runs/one?seed=2&scale=everybody")
    assert status == 200 and b"A run under way" in body
    return body


def show(page, url, state, waiting=b""):
    """Bring a page into a state."""
    if state == "under way":
        page.route("**/runs/progress*", lambda route: route.abort())
        page.route(f"{url}{STATES[state]}", lambda route: route.fulfill(body=waiting, content_type="text/html; charset=utf-8"))
    page.goto(url + STATES[state])
    if state in ("filled check", "remarks"):
        page.fill("#notes", NOTES)
    if state in ("nothing sent", "remarks"):
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector(".remark" if state == "remarks" else "h1:has-text('cannot')")
    elif state == "filled runs":
        page.select_option("#explanation", "opposition")
        page.select_option("#suppose", index=7)
        page.fill("#seed", "9223372036854775807")
    elif state in ("finished", "compared"):
        page.wait_for_selector("#m", timeout=60_000)


def geometry(page):
    """What a narrow window hides, cuts or makes too small."""
    measures = {"sideways": common.OVERFLOW, "cut": CUT, "lost": LOST, "small": SMALL}
    return {name: what for name, one in measures.items() if (what := page.evaluate(one))}


@pytest.mark.parametrize("reader", READERS)
def test_every_state_of_the_forms_holds_for_every_reader(browser, server, waiting, reader):
    """Axe, contrast and focus in a wide window; then 1280 px at 400 per cent, which is laid out as 320 by 256, and wide text."""
    url, wrong = server.url.rstrip("/"), {}
    page, asked = opened(browser, **READERS[reader])
    for state in STATES:
        page.set_viewport_size({"width": 1440, "height": 900})
        show(page, url, state, waiting)
        page.evaluate(OPEN)
        words = page.evaluate(WORDS)
        found = {"unseen": page.evaluate(UNSEEN), "faint": page.evaluate(FAINT), "low": page.evaluate(common.CONTRAST)}
        if "motion" in reader:  # this changes nothing else
            found |= {"moving": page.evaluate(MOVING), "animated": page.evaluate("document.getAnimations().length")}
            wrong |= {(state, name): what for name, what in found.items() if what}
            continue
        page.set_viewport_size({"width": 320, "height": 256})
        found["zoomed"] = geometry(page)
        page.evaluate(STYLED, common.SPACING)
        found["spaced"] = geometry(page)
        found["hidden"] = [] if page.evaluate(WORDS) == words else "other words than in a wide window"
        page.evaluate(common.SHORTER)
        found["axe"] = common.axe(page, "forced" not in reader)
        wrong |= {(state, name): what for name, what in found.items() if what}
    page.context.close()
    assert wrong == {} and [one for one in asked if not one.startswith(url)] == []


def test_the_measures_find_what_they_look_for(browser, server):
    """Each measure on a page that was broken on purpose: a test that cannot fail shows nothing."""
    page, _ = opened(browser, 320)
    page.goto(f"{server.url}check")
    words = page.evaluate(WORDS)
    assert not any(page.evaluate(one) for one in (common.OVERFLOW, CUT, LOST, SMALL, UNSEEN))
    for css, measure in (
        ("main{min-width:40rem}", common.OVERFLOW), (".lede{height:2rem;overflow:hidden}", CUT),
        ("html{overflow-x:hidden}.lede{margin-left:-9rem}", LOST), ("button{min-height:0;height:12px;padding:0}", SMALL),
        ("*:focus,*:focus-visible{outline:0!important}", UNSEEN), (".lede{color:#ccc}", common.CONTRAST),
    ):  # fmt: skip
        page.evaluate(STYLED, css)
        assert page.evaluate(measure), css
    page.evaluate(STYLED, ".lede{display:none}")
    assert page.evaluate(WORDS) != words
    page.context.close()


def test_remarks_stand_beside_their_line_or_below_it(browser, server):
    for width, beside in ((1440, True), (768, False), (320, False)):
        page, _ = opened(browser, width)
        show(page, server.url.rstrip("/"), "remarks")
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


def test_progress_is_shown_where_the_run_was_asked_for(browser, server):
    page, _ = opened(browser)
    page.goto(f"{server.url}runs")
    page.fill("#seed", "79")
    page.select_option("#scale", "everybody")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("form progress >> visible=true")
    assert page.url.endswith("/runs") and page.locator("form .far").first.inner_text()
    page.wait_for_selector("#m", timeout=90_000)
    assert "seed=79" in page.url and "scale=everybody" in page.url
    page.context.close()


def test_a_run_that_is_refused_is_explained(browser, server):
    page, _ = opened(browser)
    page.goto(f"{server.url}runs")
    page.evaluate("document.getElementById('seed').removeAttribute('pattern')")
    page.fill("#seed", "nineteen")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_url("**/runs/one?**")
    assert "whole number" in page.inner_text("main")
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
    show(page, server.url.rstrip("/"), "remarks")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible() and page.locator(".remark").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    page.context.close()
