"""`thirtyseven explanations`: what each explanation argues, whose it is, and how it is put to work."""

from __future__ import annotations

import json
import shutil
import textwrap
from dataclasses import asdict
from typing import Annotated, Any

import numpy as np
import typer

from thirtyseven.explanations import EXPLANATIONS, by_slug
from thirtyseven.explanations.base import Explanation, Parameter

EXAMPLES = """Examples:

  thirtyseven explanations                 the eight, one line each

  thirtyseven explanations threat          one in full: argument, numbers, sources

  thirtyseven explanations threat --json   the same for a program"""

WIDTH = 96
"""Widest line of prose; longer lines tire the reader."""
TOLD = (0.05, 0.5, 0.95)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("explanations", epilog=EXAMPLES)
    def explanations(
        slug: Annotated[
            str, typer.Argument(help="Which explanation; all of them where left out.", show_default=False)
        ] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")] = False,
    ) -> None:
        """Say what the historians' explanations argue and how each is put to work.

        Without a name: the list. With one: the argument, whose it is, what it predicts that its rivals do not, what it
        cannot do, both variants, its numbers with their priors, and its sources.
        """
        chosen = (by_slug(slug),) if slug else EXPLANATIONS
        if as_json:
            told = [describe(item) for item in chosen]
            typer.echo(json.dumps(told[0] if slug else told, ensure_ascii=False, indent=2))
        elif slug:
            typer.echo(in_full(chosen[0]))
        else:
            typer.echo(in_short(chosen))


def describe(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data.

    Args:
        explanation: any of the list.

    Returns:
        Its texts, sources and numbers; each number with its prior by name and with the prior's 5, 50 and 95 per cent
        quantiles.
    """
    return {
        "slug": explanation.slug,
        "title": explanation.title,
        "gloss": explanation.gloss,
        "historians": list(explanation.historians),
        "claim": explanation.claim,
        "predicts": explanation.predicts,
        "cannot": explanation.cannot,
        "variants": dict(explanation.variants),
        "speaks_to_stop": explanation.speaks_to_stop,
        "parameters": [_number(item) for item in explanation.parameters],
        "sources": [asdict(item) for item in explanation.sources],
        "record": f"X-{explanation.slug}",
    }


def in_short(chosen: tuple[Explanation, ...]) -> str:
    """Return one entry an explanation: name, what it says, whose it is."""
    parts = ["The explanations, each in a strict and a charitable form:", ""]
    for item in chosen:
        parts.append(f"  {item.slug:<12}{item.title}: {item.gloss}")
        parts.append(_wrapped(", ".join(item.historians), "              "))
    parts += [
        "",
        "More on one: `thirtyseven explanations threat`. Evidence for and against: `thirtyseven record X-threat`.",
    ]
    return "\n".join(parts)


def in_full(explanation: Explanation) -> str:
    """Return everything there is to say about one explanation."""
    say = explanation
    parts = [
        f"{say.title} ({say.slug})",
        "",
        _wrapped(say.claim),
        "",
        _labelled("Argued by", ", ".join(say.historians)),
    ]
    parts += [_labelled("It predicts", say.predicts), _labelled("It cannot", say.cannot), ""]
    parts += [_labelled(f"As a law, {name}", sentence) for name, sentence in say.variants.items()]
    stop = "Speaks to the end of the campaigns." if say.speaks_to_stop else "Says nothing on the end of the campaigns."
    parts += [f"  {stop}", "", "Its numbers (middle of the prior; nine tenths of it lie between the two others):"]
    for item in say.parameters:
        low, middle, high = (_round(value) for value in item.prior.ppf(np.array(TOLD)))
        unit = "" if item.unit == "1" else f" {item.unit}"
        held = "" if item.strict is None else f"; the strict form holds it at {_round(item.strict)}"
        parts.append(_wrapped(f"{item.name}: {middle}{unit} ({low} to {high}){held}", "  ", "      "))
        parts.append(_wrapped(f"{item.meaning}. Reason: {item.citation}.", "      "))
    parts += ["", 'Sources ("seen": a copy, abstract or excerpt was read; "recalled": cited from memory):']
    parts += [_wrapped(f"{item.source}: {item.reason} [{item.seen}]", "  ", "      ") for item in say.sources]
    parts += ["", f"Evidence for and against, from the record: `thirtyseven record X-{say.slug}`."]
    return "\n".join(parts)


def _number(item: Parameter) -> dict[str, Any]:
    low, middle, high = (float(value) for value in item.prior.ppf(np.array(TOLD)))
    return {
        "name": item.name,
        "meaning": item.meaning,
        "unit": item.unit,
        "prior": {"kind": type(item.prior).__name__} | asdict(item.prior),
        "q05": low,
        "median": middle,
        "q95": high,
        "strict": item.strict,
        "citation": item.citation,
    }


def _round(value: float) -> str:
    """Three figures at most; numbers above a hundred without decimals."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _width() -> int:
    return max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    return textwrap.fill(
        text,
        _width(),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _labelled(label: str, text: str) -> str:
    return _wrapped(f"{label}: {text}", "  ", "    ")
