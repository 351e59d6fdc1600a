"""The short names that every page uses, in the one order that never changes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A thing's name on a panel and the gloss under it."""

    title: str
    gloss: str


EXPLANATIONS: dict[str, Name] = {
    "plan": Name("Plan", "a purge prepared and ordered from above"),
    "suspicion": Name("Suspicion", "the centre believed its own police"),
    "threat": Name("Threat", "fear of war and of a fifth column"),
    "inheritance": Name("Inheritance", "tools and habits from Lenin’s time"),
    "opposition": Name("Opposition", "an answer to real resistance"),
    "reactions": Name("Reactions", "lurches to force local officials into line"),
    "agencies": Name("Agencies", "the NKVD and regional chiefs drove it"),
    "below": Name("From below", "denunciation that fed on itself"),
}
COMPOSITES: dict[str, Name] = {
    "composite": Name("All together", "all eight, weighted by question"),
    "composite-without-plan": Name("All but the plan", "the same, no schedule allowed"),
}
NAMES: dict[str, Name] = {**EXPLANATIONS, **COMPOSITES}
SLUGS: tuple[str, ...] = tuple(EXPLANATIONS)


@dataclass(frozen=True)
class Question:
    """One of the five questions that are kept apart.

    Attributes:
        title: the panel's title.
        gloss: when and what, on the next line.
        asks: the question in words.
        verb: how an explanation that answers it is said to act, for sentences.
    """

    title: str
    gloss: str
    asks: str
    verb: str


QUESTIONS: dict[str, Question] = {
    "elite": Question("Elite purge", "from August 1936", "Who or what drove the purge of the elite?", "elite purge"),
    "mass": Question(
        "Mass operation", "Order 00447, from August 1937", "Who or what drove the mass operation?", "mass operation"
    ),
    "national": Question(
        "National operations", "1937–38", "Who or what drove the national operations?", "national operations"
    ),
    "where": Question("Where it fell", "64 regions and the camps", "What decided where it fell?", "choice of places"),
    "stop": Question("The stop", "17 November 1938", "What ended it?", "stop"),
}  # fmt: skip


def display(kind: str) -> str:
    """A kind such as "plan/strict" in words: "Plan (strict)"; the charitable form needs no word."""
    slug, _, variant = kind.partition("/")
    title = NAMES[slug].title if slug in NAMES else slug
    return f"{title} ({variant})" if variant and variant != "charitable" else title


def listed(words: list[str], last: str = "and") -> str:
    """Words as a list in prose: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
