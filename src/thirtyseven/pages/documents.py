"""The written documents of the program as pages: method, model, record, checking notes."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from thirtyseven.pages.page import Ask, Missing, Page, Shown

DOCUMENTS = {
    "method": "How explanations are weighed", "trust": "How far to trust it", "model": "The model (ODD)",
    "record": "How the record is kept", "check": "How notes are checked", "study": "Sheets for class",
    "adding-an-explanation": "Adding an explanation",
}  # fmt: skip
"""Documents that are shown, with their words in the list."""


def _homes() -> tuple[Path, ...]:
    """Where they lie: beside this module in a wheel, in `docs/` of the repository."""
    here = Path(__file__).resolve().parent
    return here / "documents", here.parents[2] / "docs"


@lru_cache(maxsize=16)
def text_of(name: str) -> str:
    """The text of a document as Markdown.

    Raises:
        Missing: where this installation has not got it.
    """
    for home in _homes():
        path = home / f"{name}.md"
        if name in DOCUMENTS and path.is_file():
            return path.read_text(encoding="utf-8")
    raise Missing(f"There is no document '{name}' here; there are: {', '.join(DOCUMENTS)}.")


def rendered(name: str) -> tuple[str, Markup]:
    """Title and body of a document; markup inside it is shown as text, links between documents lead to their pages."""
    text = text_of(name)
    title = next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("# ")), DOCUMENTS[name])
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(re.sub(r"\A# .*\n", "", text))
    body = re.sub(r'href="(?:docs/)?([a-z-]+)\.md(#[^"]*)?"', _leading, body)
    body = re.sub(r'<a href="(?!/documents/|https?:|#)[^"]*">(.*?)</a>', r"\1", body)
    body = re.sub(r"<img[^>]*>", "", body)
    body = body.replace("<table>", '<div class="scroll tall" tabindex="0" role="region" aria-label="Table"><table>')
    body = body.replace("</table>", "</table></div>").replace("<pre>", '<pre class="scroll" tabindex="0">')
    body = re.sub(r' style="text-align:(\w+)"', "", body)
    return title, Markup(body)


def _leading(found: re.Match[str]) -> str:
    """The address of another document; a file that is no page here stays a name."""
    return f'href="/documents/{found[1]}"' if found[1] in DOCUMENTS else f'href="{escape(found[1])}.md"'


def _view(asked: Ask) -> Shown:
    name = asked.path["document"]
    title, body = rendered(name)
    return Shown("document.html", f"{title}: document", {"heading": title, "body": body, "name": name, "documents": DOCUMENTS})


ROUTES = (Page("/documents/{document}", _view, lambda library: [f"/documents/{name}" for name in DOCUMENTS]),)
