"""The sources as BibTeX and as plain CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from thirtyseven.record import Source

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def csl_json(sources: Iterable[Source]) -> str:
    """Return the sources as a CSL-JSON list, `custom` included."""
    entries = [{**source.csl, "custom": _custom(source)} for source in sources]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _custom(source: Source) -> dict[str, str]:
    names = ("kind", "good_for", "not_for", "archive", "lineage", "seen")
    return {name: getattr(source, name) for name in names}


def bibtex(sources: Iterable[Source]) -> str:
    """Return the sources as BibTeX, one entry each, in the given order."""
    return "\n".join(_entry(source) for source in sources)


def _entry(source: Source) -> str:
    """Return one BibTeX entry."""
    csl = source.csl
    fields: dict[str, str] = {"title": "{" + _escape(source.title) + "}"}
    for name in ("author", "editor"):
        if csl.get(name):
            fields[name] = " and ".join(_person(one) for one in csl[name])
    if source.year:
        fields["year"] = source.year
    for name, key in (
        ("journal", "container-title"),
        ("publisher", "publisher"),
        ("volume", "volume"),
        ("number", "issue"),
        ("doi", "DOI"),
        ("url", "URL"),
    ):
        if csl.get(key):
            target = "booktitle" if name == "journal" and csl["type"] == "chapter" else name
            fields[target] = str(csl[key]) if name in ("doi", "url") else _escape(str(csl[key]))
    notes = [str(csl.get("note", "")), source.archive, f"{source.kind}; {source.seen}"]
    fields["note"] = _escape("; ".join(note for note in notes if note))
    kind = _TYPES.get(str(csl["type"]), "misc")
    if kind == "techreport":
        fields.setdefault("institution", fields.get("author", "unknown"))
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{source.id},\n{body}\n}}\n"


def _person(one: Mapping[str, Any]) -> str:
    """Return a name in BibTeX's form; bodies are protected by braces."""
    if one.get("literal"):
        return "{" + _escape(str(one["literal"])) + "}"
    return _escape(", ".join(str(one[part]) for part in ("family", "given") if one.get(part)))


def _escape(text: str) -> str:
    """Escape what LaTeX would read as a command."""
    return re.sub(r"[\\&%$#_{}~^]", lambda found: _SPECIAL[found[0]], text)
