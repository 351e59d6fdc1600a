"""The page as a reader meets it: Debian's Chromium, four themes, three widths, axe."""

from pathlib import Path

import pytest
from publish_html import parse

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)

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


def opened(browser, folder, width=1440, **options):
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "report.html").as_uri())
    return page, asked


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_sideways_scroll_even_with_wide_text(browser, folders, width):
    page, asked = opened(browser, folders["winner"], width)
    assert overflow(page) == 0
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert overflow(page) == 0
    page.add_style_tag(content=SPACING)
    assert overflow(page) == 0
    assert len(asked) == 1


def test_tiles_are_targets_on_a_phone(browser, folders):
    page, _ = opened(browser, folders["winner"], 320)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect())"
        ".map(r => Math.min(r.width, r.height))"
    )
    assert len(sizes) == 130 and min(sizes) >= 24
    inside = page.evaluate(
        "[...document.querySelectorAll('.tile')].every(t => {const r = t.getBoundingClientRect();"
        "return r.left >= 0 && r.right <= innerWidth})"
    )
    assert inside


@pytest.mark.parametrize("width", [320, 1440])
def test_rows_of_neighbouring_panels_stand_level(browser, folders, width):
    page, _ = opened(browser, folders["winner"], width)
    tops = page.evaluate(
        "[...document.querySelectorAll('#inclusion .ip')].map(p => [...p.querySelectorAll('.ir')]"
        ".map(r => Math.round(r.getBoundingClientRect().top)))"
    )
    assert len(tops) == 5 and all(len(t) == 9 for t in tops)
    if width == 1440:
        assert all(max(level) - min(level) <= 1 for level in zip(*tops, strict=True))


# Long tables repeat one structure; three rows of each are as good as all, and ten times as fast.
SHORTER = (
    "document.querySelectorAll('tbody, .refs, .sides ul, .panels').forEach(b => "
    "[...b.children].slice(3).forEach(r => r.remove()));"
    "[...document.querySelectorAll('.case')].slice(2).forEach(c => c.remove())"
)
MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "phone": {"color_scheme": "dark", "has_touch": True, "is_mobile": True},
}


@pytest.mark.parametrize("mode", [*MODES, "print"])
def test_axe_finds_nothing(browser, folders, mode):
    from axe_playwright_python.sync_playwright import Axe

    page, _ = opened(browser, folders["winner"], 320 if mode == "phone" else 1440, **MODES.get(mode, {}))
    if mode == "print":
        page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(SHORTER)
    # Contrast takes axe nine tenths of its time; the test below measures it for every text in both themes.
    options = {} if mode == "light" else {"rules": {"color-contrast": {"enabled": False}}}
    found = Axe().run(page, options=options).response
    said = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]]
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_every_text_is_enough(browser, folders, scheme):
    """The axe tool leaves some contrasts undecided; here every text node is measured against its own ground."""
    page, _ = opened(browser, folders["winner"], 1440, color_scheme=scheme)
    low = page.evaluate(CONTRAST)
    assert low == []


CONTRAST = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const flat = v => {v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4};
  const lum = c => {const [r, g, b] = parse(c).map(flat);
    return .2126 * r + .7152 * g + .0722 * b};
  const ground = e => {for (; e; e = e.parentElement) {const c = getComputedStyle(e).backgroundColor;
    const p = parse(c); if (p.length < 4 || p[3] > 0) return c} return 'rgb(255,255,255)'};
  const out = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('svg') || e.classList.contains('vh')) continue;
    const [a, b] = [lum(getComputedStyle(e).color), lum(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) out.push([e.className, e.textContent.slice(0, 30), ratio]);
  }
  return out.slice(0, 5);
}"""


def test_the_keyboard_reaches_every_table_and_link(browser, folders):
    page, _ = opened(browser, folders["winner"])
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length"
    )
    seen = []
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => {const e = document.activeElement, s = getComputedStyle(e);"
                "return [e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0]})()"
            )
        )
    reached = [s for s in seen if s[0] != "BODY"]
    assert len(reached) >= wanted
    assert all(outlined for _tag, outlined in reached)


def test_print_keeps_everything_and_drops_navigation(browser, folders, tmp_path):
    page, _ = opened(browser, folders["winner"])
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and 6 < pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") < 80
    root, _faults = parse((folders["winner"] / "report.html").read_text(encoding="utf-8"))
    visible = page.inner_text("main")
    for heading in root.all("h1", "h2", "h3"):
        assert heading.text().split()[-1] in visible


def test_without_script_nothing_is_lost(browser, folders):
    page, asked = opened(browser, folders["missing"], java_script_enabled=False)
    assert "What none of them reproduces" in page.inner_text("main")
    assert len(asked) == 1
