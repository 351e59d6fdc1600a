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
    from axe_playwright_python.sync_playwright import Axe

    options = TAGS if contrast else {**TAGS, "rules": {"color-contrast": {"enabled": False}}}
    found = Axe().run(page, options=options).response
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]]


def too_wide(browser, served, addresses, width):
    """Pages that scroll sideways, as they come, with details open, or with wide text."""
    wrong = {}
    page, asked = opened(browser, width)
    for address in addresses:
        page.goto(served + address)
        over = page.evaluate(
            f"css => {{const over = () => {OVERFLOW}; let most = over();"
            "document.querySelectorAll('details').forEach(d => d.open = true); most = Math.max(most, over());"
            "const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s];"
            "return Math.max(most, over())}",
            SPACING,
        )
        small = page.evaluate(SMALL) if width == 320 else []
        if over or small:
            wrong[address] = over, small[:3]
    assert [url for url in asked if not url.startswith(served)] == []
    page.context.close()
    return wrong


def test_no_page_is_too_wide_for_a_phone_or_its_targets_too_small(browser, served, ours):
    """No sideways scroll at 320 px, targets of 24 px but for links inside a sentence; nothing asked of any other host."""
    assert too_wide(browser, served, ours, 320) == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [768, 1440])
def test_no_page_is_too_wide(browser, served, ours, width):
    assert too_wide(browser, served, ours, width) == {}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_every_text_is_enough(browser, served, ours, scheme):
    page, _ = opened(browser, color_scheme=scheme)
    low = {}
    for address in ours:
        page.goto(served + address)
        found = page.evaluate(CONTRAST)
        if found:
            low[address] = found
    page.context.close()
    assert low == {}


def checked(browser, served, addresses, width, contrast=False, **options):
    """What axe finds on each address."""
    page, _ = opened(browser, width, **options)
    wrong = {}
    for address in addresses:
        page.goto(served + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(SHORTER)
        found = axe(page, contrast)
        if found:
            wrong[address] = found
    page.context.close()
    return wrong


def test_axe_finds_nothing_on_the_first_pages(browser, served):
    """The quick look; the slow one tries every kind of page in every state."""
    assert checked(browser, served, ("/", "/regions", "/claims/C-0701"), 320, color_scheme="dark") == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("mode", ["light", "dark", "forced", "reduced"])
def test_axe_finds_nothing_in_any_state(browser, served, ours, width, mode):
    options = {"forced": {"forced_colors": "active"}, "reduced": {"reduced_motion": "reduce"}}.get(mode, {"color_scheme": mode})
    assert checked(browser, served, ours, width, contrast=mode in ("light", "dark"), **options) == {}


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
