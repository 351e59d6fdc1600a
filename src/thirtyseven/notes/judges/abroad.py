"""Whether a statement without a number speaks of another country or another age."""

from __future__ import annotations

from thirtyseven.notes.meaning.reading import Reading

_AGES = frozenset(
    "napoleon napoleonic tsar tsars tsarist czar czarist ivan peter nicholas brezhnev gorbachev putin yeltsin chernobyl "
    "oprichnina okhrana decembrist decembrists hungary hungarian prague".split()
)
_THREAT = frozenset("germany hitler's weimar goebbels himmler himmler's".split())
"""Germany belongs to the subject: it was the threat."""

_ABROAD = frozenset(
    "britain britain's france france's america america's american americans british french japanese italy italian "
    "chinese mao mao's robespierre roosevelt roosevelt's churchill churchill's hitler hitler's mussolini franco franco's "
    "turkey polish-soviet spain's washington london".split()
)
_HERE = frozenset(
    "soviet soviets ussr russia russian russians stalin's moscow kremlin nkvd yezhov's bolshevik bolsheviks communist "
    "communists party yezhovshchina gulag red 1937 1938 stalinist stalinism kirov's metro vickers wrecking".split()
)
_ELSEWHERE = frozenset("napoleon napoleon's mao mao's robespierre robespierre's mussolini mussolini's".split())
_THEIRS = frozenset(
    "franco franco's himmler himmler's goebbels göring goering heydrich eichmann gestapo wehrmacht luftwaffe "
    "roosevelt chamberlain churchill "
    "britain britain's france france's america america's italy italy's china china's usa".split()
)
_LETTERS = frozenset({"US", "USA", "UK", "GDR", "FBI", "CIA", "SS"})
"""Short names that are words of another meaning in small letters."""
_SOVIET = frozenset("soviet soviets ussr stalin stalin's moscow kremlin nkvd russia russian".split())
_BEGINNING = 2
"""Words at the head of a statement among which its subject stands."""


def abroad(reading: Reading, first: int, last: int) -> bool:
    """Whether what is said belongs to another country or age: one is named in the clause, and nothing Soviet is.

    Args:
        reading: the statement.
        first: first token of what would be judged.
        last: last token.
    """
    start, end = reading.clause(first)[0], reading.clause(last)[1]
    low = [reading.low(index) for index in range(start, end + 1)]
    told = [word for word in low if word.isalpha() or word.endswith("'s")]
    own = [index for index in range(start, end + 1) if reading.tokens[index].start >= reading.statement.lead]
    leading = [reading.low(index) for index in own if reading.low(index)[:1].isalpha()]
    opening = set(told[: 1 + (told[:1] == ["the"])]) | set(leading[: 1 + (leading[:1] == ["the"])])
    if _ELSEWHERE & opening or (_THEIRS & opening and not _SOVIET & set(low)):
        return True
    if not _SOVIET & set(low) and any(
        reading.tokens[index].text in _LETTERS for index in range(start, min(start + 3, end + 1))
    ):
        return True
    heads = [tag for tag in reading.of_kind("foreign") if tag.key == "elsewhere" and tag.first == start]
    if heads and not _SOVIET & set(low) and not _THREAT & set(low):
        return True
    if _HERE & set(low) or any(
        tag.kind == "person" and not reading.knowledge.people[tag.key].historian
        for tag in reading.tags
        if start <= tag.first <= end
    ):
        return False
    for tag in reading.of_kind("foreign"):
        if not start <= tag.first <= end:
            continue
        words = {reading.low(index) for index in range(tag.first, tag.last + 1)}
        if (tag.key == "elsewhere" and not words & _THREAT) or words & _AGES:
            return True
    return bool(_ABROAD & set(told[:_BEGINNING]))
