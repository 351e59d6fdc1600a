"""The pages as readers meet them: Chromium, both themes, three widths, axe, the keyboard, no script, print."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}"
)
OWN_LOOK = ("/weighing/report.html", "/teach/", "/plans/")
TAGS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"], "preload": False,  # what passes need not be told; no rule asked for reads style sheets
}  # fmt: skip
# Long lists repeat one structure; a few rows of each are as good as all, and many times as fast.
SHORTER = (
    "document.querySelectorAll('tbody, .rows, .dated, .cols, .refs, .panels, .holds, .tiles, select').forEach(b => "
    "[...b.children].slice(4).forEach(r => r.remove()));"
    "[...document.querySelectorAll('.year')].slice(3).forEach(y => y.remove())"
)
CONTRAST = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const flat = v => {v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4};
  const lum = c => {const [r, g, b] = parse(c).map(flat); return .2126 * r + .7152 * g + .0722 * b};
  const ground = e => {for (; e; e = e.parentElement) {const c = getComputedStyle(e).backgroundColor;
    const p = parse(c); if (p.length < 4 || p[3] > 0) return c} return 'rgb(255,255,255)'};
  const out = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('svg') || e.classList.contains('vh') || e.closest('.vh')) continue;
    const [a, b] = [lum(getComputedStyle(e).color), lum(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) out.push([e.className, e.textContent.slice(0, 30), ratio]);
  }
  return out.slice(0, 5);
}"""
SMALL = (
    "[...document.querySelectorAll('nav a, button, input, select, summary, .tiles a, .switch a')]"
    ".filter(e => e.checkVisibility()).map(e => [e.textContent.slice(0, 20), e.getBoundingClientRect()])"
    ".filter(([t, r]) => Math.min(r.width, r.height) < 24).map(([t, r]) => [t, r.width, r.height])"
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run installs it)"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def ours(kinds):
    """One address of every route that is a page in the common frame, and an address that is none."""
    files = (".css", ".js", ".svg", ".csv", ".bib", ".json", ".zip", ".md", ".npz")
    return [a for a in kinds if not a.endswith(files) and not a.startswith(OWN_LOOK)] + ["/nix"]


def opened(browser, width=1440, **options):
    """A window and everything that it asks for."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    return page, asked


def axe(page, contrast):
    """What axe finds in a page as it is now; its script is read once a page."""
    from axe_playwright_python.base import AXE_FILE_PATH

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    options = TAGS if contrast else {**TAGS, "rules": {"color-contrast": {"enabled": False}}}
    return page.evaluate(
        "options => axe.run(options).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target).slice(0, 3)]))", options
    )


def too_wide(browser, served, addresses, widths):
    """Pages that scroll sideways, as they come, with details open, or with wide text; each is opened once."""
    wrong = {}
    page, asked = opened(browser, widths[0])
    for address in addresses:
        page.goto(served + address)
        over = [page.evaluate(OVERFLOW)]
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for sheet in ("", SPACING):
            page.evaluate("css => {const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]}", sheet)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                over.append(page.evaluate(OVERFLOW))
                if width == 320 and not sheet and (small := page.evaluate(SMALL)):
                    wrong[address, "small"] = small[:3]
        if any(over):
            wrong[address] = over
        page.set_viewport_size({"width": widths[0], "height": 900})
    assert [url for url in asked if not url.startswith(served)] == []
    page.context.close()
    return wrong


def test_no_page_is_too_wide_or_its_targets_too_small(browser, served, ours):
    """No sideways scroll from a phone to a desk, targets of 24 px but for links inside a sentence; no other host is asked."""
    assert too_wide(browser, served, ours, (320, 768, 1440)) == {}


@pytest.mark.slow
def test_contrast_of_every_text_is_enough(browser, served, ours):
    page, _ = opened(browser)
    low = {}
    for address in ours:
        page.goto(served + address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if found := page.evaluate(CONTRAST):
                low[address, scheme] = found
    page.context.close()
    assert low == {}


MODES = {
    "light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"},
    "reduced": {"reduced_motion": "reduce"},
}  # fmt: skip
USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}


def checked(browser, served, addresses, width, modes):
    """What axe finds on each address in each mode; a page is opened once and its mode changed."""
    page, _ = opened(browser, width)
    wrong = {}
    for address in addresses:
        page.goto(served + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(SHORTER)
        for mode in modes:
            page.emulate_media(**{**USUAL, **MODES[mode]})
            if found := axe(page, mode in ("light", "dark")):
                wrong[address, mode] = found
    page.context.close()
    return wrong


def test_axe_finds_nothing_on_the_first_pages(browser, served):
    """The quick look; the slow one tries every kind of page in every state."""
    assert checked(browser, served, ("/", "/regions", "/claims/C-0701"), 320, ("dark",)) == {}


def test_axe_finds_what_is_broken_and_modes_are_what_they_say(browser, served):
    """A test that cannot fail shows nothing."""
    page, _ = opened(browser)
    page.goto(f"{served}/")
    seen = []
    for mode in MODES:
        page.emulate_media(**{**USUAL, **MODES[mode]})
        seen.append(page.evaluate(
            "['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-reduced-motion: reduce)']"
            ".map(q => matchMedia(q).matches)"
        ))  # fmt: skip
    assert seen == [[False, False, False], [True, False, False], [False, True, False], [False, False, True]]
    page.evaluate("document.querySelector('.lede').innerHTML = '<a href=\"/\"></a><img src=\"/mark.svg\">'")
    assert {"link-name", "image-alt"} <= {name for name, _ in axe(page, True)}
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_axe_finds_nothing_in_any_state(browser, served, ours, width):
    assert checked(browser, served, ours, width, MODES) == {}


def test_the_keyboard_reaches_everything_and_sees_where_it_is(browser, served):
    page, _ = opened(browser)
    for address in ("/", "/claims/C-0701", "/grid/plan-strict"):
        page.goto(served + address)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')]"
            ".filter(e => e.checkVisibility() && e.tabIndex >= 0).length"
        )
        seen = []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(
                "(() => {const e = document.activeElement, s = getComputedStyle(e), r = e.getClientRects()[0];"
                "const at = document.elementFromPoint(r.left + Math.min(r.width / 2, 40), r.top + Math.min(r.height / 2, 10));"
                "return [e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0,"
                " !!at && (e.contains(at) || at.contains(e))]})()"
            ))  # fmt: skip
        assert [s for s in seen if s[0] == "BODY"] == [], address
        assert all(outlined and uncovered for _tag, outlined, uncovered in seen), (address, seen)
    page.context.close()


def test_the_skip_link_leads_to_the_content(browser, served):
    page, _ = opened(browser)
    page.goto(f"{served}/claims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_the_map_is_walked_with_arrows_and_entered(browser, served):
    page, _ = opened(browser)
    page.goto(f"{served}/regions")
    assert page.evaluate("[...document.querySelectorAll('[data-grid] a')].filter(a => a.tabIndex === 0).length") == 1
    page.focus("[data-grid] a[tabindex='0']")
    where = "document.activeElement.querySelector('span').textContent"
    first = page.evaluate(where)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(where) == "LEN" != first
    page.keyboard.press("ArrowRight")
    assert page.evaluate(where) == "YAR"
    page.keyboard.press("End")
    assert page.evaluate(where) == "CAMP"
    page.keyboard.press("Home")
    assert page.evaluate(where) == first
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/regions/leningrad-oblast")
    assert page.inner_text("h1").startswith("Leningrad")
    page.context.close()


def test_tables_can_be_sorted_and_the_unknown_stays_below(browser, served):
    page, _ = opened(browser)
    page.goto(f"{served}/regions")
    column = "[...document.querySelectorAll('main table tbody tr')].map(r => r.cells[2].textContent)"
    button = page.get_by_role("button", name="First limit, to be shot")
    button.click()
    rising = [int(t.replace(",", "")) for t in page.evaluate(column)]
    assert rising == sorted(rising)
    button.click()
    assert [int(t.replace(",", "")) for t in page.evaluate(column)] == sorted(rising, reverse=True)
    assert page.evaluate("document.activeElement.textContent") == "First limit, to be shot"
    assert button.locator("xpath=..").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="last count known").click()
    last = page.evaluate("[...document.querySelectorAll('main table tbody tr')].map(r => r.cells[6].textContent)")
    assert last[-1] == "not known" and last[0] != "not known"
    page.context.close()


def test_without_scripts_everything_reads_and_forms_work(browser, served):
    page, asked = opened(browser, java_script_enabled=False)
    page.goto(f"{served}/timeline")
    page.fill("#q", "kirov")
    page.click("form.ask button")
    assert "of 147 events" in page.inner_text(".count") and "Kirov" in page.inner_text("main")
    page.goto(f"{served}/regions")
    page.click(".tiles a[href$='karelian-assr']")
    assert "Karel" in page.inner_text("h1")
    page.goto(f"{served}/search?q=yezhov")
    assert "Yezhov" in page.inner_text("main")
    assert [url for url in asked if not url.startswith(served)] == []
    page.context.close()


def test_nothing_moves_and_nothing_is_stored(browser, served):
    page, _ = opened(browser)
    page.goto(f"{served}/explanations/plan")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => {const s = getComputedStyle(e);"
        "return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0}).length"
    )
    assert moving == 0
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.close()


def test_print_drops_what_only_a_screen_needs(browser, served):
    page, _ = opened(browser)
    for address in ("/regions/karelian-assr", "/timeline/orders"):
        page.goto(served + address)
        page.emulate_media(media="print")
        hidden = page.evaluate("['nav', 'form.ask', '.crumb'].every(s => [...document.querySelectorAll(s)]"
                               ".every(e => getComputedStyle(e).display === 'none'))")  # fmt: skip
        assert hidden and page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.is_visible("#citing")
        assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
        page.emulate_media(media="screen")
    page.context.close()


def test_a_pupil_finds_the_dispute_and_a_wrong_figure_in_three_clicks(browser, served):
    page, _ = opened(browser, 320, has_touch=True, is_mobile=True)
    page.goto(f"{served}/")
    page.click("text=Study")
    assert "disagree" in page.inner_text("main")
    page.goto(f"{served}/")
    page.click("text=1 in 8, 1 in 18")
    assert "not supported" in page.inner_text("main") and "1 in 103" in page.inner_text("main")
    page.context.close()


def test_the_site_works_from_a_folder_without_a_network(browser, library, tmp_path, monkeypatch):
    from thirtyseven.pages import written

    some = ("/", "/regions", "/regions/karelian-assr", "/claims", "/families/arrest-rate", "/claims/C-0701", "/about",
            "/look.css", "/look.js", "/mark.svg")  # fmt: skip
    monkeypatch.setattr(written, "addresses", lambda library: list(some))
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
        aside.submit(written.write_site, library, tmp_path / "site").result()
    page, asked = opened(browser)
    page.context.set_offline(True)
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.click("text=1 in 8, 1 in 18")
    page.click("text=One person in eight")
    assert "1 in 103" in page.inner_text("main")
    page.click("nav >> text=Regions")
    page.focus("[data-grid] a[tabindex='0']")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Region", exact=True).click()
    assert page.locator("th[aria-sort='ascending']").count() == 1
    page.click("main table a[href$='karelian-assr.html']")
    assert "Karel" in page.inner_text("h1")
    assert page.evaluate("getComputedStyle(document.querySelector('.bars .bar')).display") == "grid"
    assert [url for url in asked if not url.startswith((tmp_path / "site").as_uri())] == []
    page.context.close()
