"""Explanations: the argument, both sides of its evidence, the mechanism, its runs beside the record, what it cannot do."""

from __future__ import annotations

from typing import Any

from thirtyseven.explanations import by_slug
from thirtyseven.pages.alone import figures_of
from thirtyseven.pages.library import Library
from thirtyseven.pages.mechanisms import CONTROLS, MECHANISMS, READS
from thirtyseven.pages.page import Ask, Missing, Page, Shown, once
from thirtyseven.publish.charts.figure import Table, table
from thirtyseven.publish.fitted import kind_of
from thirtyseven.publish.measured import is_inside, title_of, value_words
from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, SLUGS
from thirtyseven.publish.weighed import Inclusion
from thirtyseven.publish.wording import VERDICT_WORDS, inclusion_words, verdict
from thirtyseven.record import Explanation


def _inclusion(library: Library, question: str, slug: str) -> Inclusion | None:
    if library.weighed is None:
        return None
    return library.weighed.result.inclusion.get(question, {}).get(slug)


def _list(asked: Ask) -> Shown:
    library = asked.library
    held = [library.record.explanations[slug] for slug in SLUGS if slug in library.record.explanations]
    extra = [library.record.explanations[s] for s in ("composite", "none-of-these") if s in library.record.explanations]
    return Shown("explanations.html", "Explanations: why historians disagree", {
        "held": held, "extra": extra, "gloss": {slug: EXPLANATIONS[slug].gloss for slug in SLUGS},
        "answers": _answers(library, held), "questions": QUESTIONS,
    })  # fmt: skip


def _answers(library: Library, held: list[Explanation]) -> list[tuple[Explanation, list[str]]]:
    """What the weighing says of each explanation, question by question, in a word."""
    if library.weighed is None:
        return []
    out = []
    for one in held:
        found = [_inclusion(library, question, one.slug) for question in QUESTIONS]
        out.append((one, [VERDICT_WORDS[verdict(i)] if i else "–" for i in found]))
    return out


def _parameters(slug: str) -> Table:
    """The free numbers of a law with their priors: the model card's inputs."""
    import numpy as np

    rows = []
    for one in by_slug(slug).parameters:
        low, mid, high = (float(v) for v in one.prior.ppf(np.array([0.05, 0.5, 0.95])))
        prior = f"{mid:,.3g} ({low:,.3g}–{high:,.3g})"
        strict = "" if one.strict is None else f"; held at {one.strict:g} in the strict form"
        rows.append((one.name, one.meaning + strict, one.unit, prior, one.citation))
    return table("Free numbers, fixed in range before any weighing: middle (5–95 %) of the prior",
                 ("Name", "Meaning", "Unit", "Prior", "Rests on"), rows, (1, 4))  # fmt: skip


def _statistics(library: Library, slug: str) -> Table | None:
    """Every statistic of the record beside this explanation's runs."""
    weighed = library.weighed
    kind = kind_of(slug, weighed.result, weighed.series) if weighed else None
    if weighed is None or kind is None:
        return None
    fit = weighed.result.fits[kind]
    rows = []
    for one in weighed.result.statistics:
        spread = fit.of(one.id)
        inside = is_inside(one, spread)
        if inside is None:
            continue
        band = f"{value_words(one.id, spread.q05)} to {value_words(one.id, spread.q95)}"
        question = QUESTIONS[one.phase].title if one.phase in QUESTIONS else one.phase
        rows.append((title_of(one.id), question, value_words(one.id, one.observed), band, "inside" if inside else "outside"))
    head = ("Statistic", "Question", "The record", "90 % of runs", "The record lies")
    return table("The record beside runs of this explanation alone", head, rows) if rows else None


def _view(asked: Ask) -> Shown:
    library, slug = asked.library, asked.path["explanation"]
    held = library.record.explanations
    one = held.get(slug)
    if one is None:
        raise Missing(f"The record has no explanation '{slug}'; it has: {', '.join(held)}.")
    words: dict[str, Any] = {
        "one": one, "attribution": str(one.extra.get("attribution", "")), "law": None, "mechanism": None, "parameters": None,
        "runs": figures_of(library, slug), "statistics": _statistics(library, slug), "answers": [], "controls": CONTROLS,
        "reads": READS, "others": [held[s] for s in SLUGS if s != slug and s in held],
    }  # fmt: skip
    if slug in MECHANISMS:
        words |= {"law": by_slug(slug), "mechanism": MECHANISMS[slug], "parameters": _parameters(slug)}
        for question, name in QUESTIONS.items():
            found = _inclusion(library, question, slug)
            if found is not None:
                words["answers"].append((name.asks, VERDICT_WORDS[verdict(found)], inclusion_words(found) if found.told else ""))
    return Shown("explanation.html", f"{one.title}: explanation", words)


ROUTES = (
    Page("/explanations", _list, once("/explanations"), word="Explanations"),
    Page("/explanations/{explanation}", _view,
         lambda library: [f"/explanations/{slug}" for slug in library.record.explanations]),
)  # fmt: skip
