"""Pages from templates: escaping on, no script, no remote asset, no style attribute."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from thirtyseven.publish.tokens import css, place_classes, scale_classes

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment of all pages; a name that a template misses is an error, never silence."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def stylesheet() -> Markup:
    """Tokens, scales and the page's rules in one, without comments."""
    rules = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    rules = re.sub(r"\n+", "", rules)
    return Markup(css() + scale_classes() + place_classes() + rules)


def emphasised(text: str) -> Markup:
    """Plain text with *stars* as bold; everything else escaped."""
    return Markup(re.sub(r"\*([^*]+)\*", r"<b>\1</b>", str(escape(text))))


def foot(text: str) -> Markup:
    """The foot of each printed page; only plain characters pass into the style sheet."""
    plain = re.sub(r"[^A-Za-z0-9 .,:·()-]", "", text)
    return Markup(f'@page{{@bottom-left{{content:"{plain}";font:7pt sans-serif}}}}')


def render(template: str, **context: Any) -> str:
    """A page as HTML.

    Args:
        template: file name under `templates/`.
        **context: what it shows; text is escaped, `Markup` is not.
    """
    text = environment().get_template(template).render(css=stylesheet(), **context)
    return re.sub(r"\n\s*\n+", "\n", text)
