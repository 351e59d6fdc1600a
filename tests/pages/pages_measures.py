"""What is measured in a page that a browser shows, as small scripts; each gives what is wrong, or nothing."""

SMALL = """[...document.querySelectorAll('nav a, button, input, select, textarea, summary')].filter(e => e.checkVisibility())
  .map(e => [e.id || e.textContent, e.getBoundingClientRect()])
  .filter(([t, r]) => Math.min(r.width, r.height) < 24).map(p => p[0])"""
"""Targets under 24 px."""

CUT = """[...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  if (e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1) return false;
  return !e.closest('svg, .vh, .scroll') && !['INPUT', 'SELECT', 'OPTION', 'TEXTAREA'].includes(e.tagName)
    && getComputedStyle(e).overflow !== 'visible' && e.checkVisibility()
}).map(e => e.className || e.tagName).slice(0, 3)"""
"""Text that its own box cuts off, in whatever is no region to scroll."""

LOST = """[...document.querySelectorAll('main *, footer *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  && !e.closest('svg, .vh, .scroll, .tiles') && e.checkVisibility()
).map(e => {const at = document.createRange(); at.selectNodeContents(e); return [e.textContent.slice(0, 30), at]})
  .map(([t, at]) => [t, at.getBoundingClientRect()])
  .filter(([t, r]) => r.right > innerWidth + 1 || r.left < -1).map(p => p[0]).slice(0, 3)"""
"""Words outside the window, though nothing scrolls there."""

MOVING = """[...document.querySelectorAll('*')].filter(e => {const s = getComputedStyle(e);
  return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0}).length"""
"""Parts that move."""

UNSEEN = """() => {
  const out = [];
  for (const e of document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary')) {
    if (!e.checkVisibility()) continue;
    e.focus({focusVisible: true});
    const s = getComputedStyle(e), ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
    if (document.activeElement !== e || !ring) out.push(e.id || e.textContent);
  }
  return out.slice(0, 3);
}"""
"""What can be focused and has no ring of two pixels when it is."""

WORDS = """(() => {const out = [], walk = document.createTreeWalker(document.body, 4); let n;
  while (n = walk.nextNode()) {const e = n.parentElement;
    if (n.textContent.trim() && !e.closest('svg, .tiles, script, noscript') && e.checkVisibility())
      out.push(...n.textContent.split(/\\s+/))}
  return out.filter(Boolean).join(' ')})()"""
"""Words that can be seen; pictures, and tiles whose numbers stand in a table, have rules of their own."""

FAINT = """() => {
  const flat = v => {v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4};
  const lum = c => {const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(flat); return .2126 * r + .7152 * g + .0722 * b};
  const page = lum(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('.simline, .recline')].map(e => [e.getAttribute('class'), lum(getComputedStyle(e).stroke)])
    .map(([name, own]) => [name, (Math.max(own, page) + .05) / (Math.min(own, page) + .05)]).filter(([name, r]) => r < 3);
}"""
"""Lines of a figure that stand out less than 3 to 1 from the page."""

OPEN = "document.querySelectorAll('details').forEach(d => d.open = true)"
"""Open everything that can be opened."""

STYLED = "css => {const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]}"
"""Put a style sheet over the page's own."""
