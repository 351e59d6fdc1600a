"""The tables of the record, column by column: what may stand in each cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What one column accepts.

    Attributes:
        name: the column's name in the file.
        kind: text, int, number, share, date, list, bool, word (from a vocabulary), ref (another object.s id),
            refs (several), territory, place (territory slug or words).
        needed: whether the cell may not be empty.
        of: the vocabulary or the kind of object referred to.
        attribute: the name in the model where it differs.
        optional: whether the whole column may be missing.
    """

    name: str
    kind: str = "text"
    needed: bool = False
    of: str = ""
    attribute: str = ""
    optional: bool = False


def _rules(*rules: Rule) -> tuple[Rule, ...]:
    return rules


TABLES: dict[str, tuple[Rule, ...]] = {
    "regions": _rules(
        Rule("slug", needed=True),
        Rule("name", needed=True),
        Rule("label", needed=True),
        Rule("col", "int", needed=True),
        Rule("row", "int", needed=True),
        Rule("group", needed=True),
        Rule("status", "word", True, "region_status"),
        Rule("republic"),
        Rule("population_1937", "int"),
        Rule("urban_share", "share"),
        Rule("border_states", "list"),
        Rule("successor"),
        Rule("note"),
    ),
    "figures": _rules(
        Rule("id", needed=True),
        Rule("quantity", "slug", True),
        Rule("item", needed=True),
        Rule("value", "number"),
        Rule("low", "number"),
        Rule("high", "number"),
        Rule("text"),
        Rule("unit", "word", True, "units"),
        Rule("counted", "word", True, "counted"),
        Rule("population"),
        Rule("denominator"),
        Rule("territory", "place", True),
        Rule("period", "date"),
        Rule("status", "word", True, "status"),
        Rule("seen", "word", True, "seen"),
        Rule("confidence", "word", True, "confidence"),
        Rule("source", "ref", True, "source"),
        Rule("place"),
        Rule("reason"),
        Rule("rival"),
        Rule("preferred", "bool"),
        Rule("deprecated"),
        Rule("origin"),
        Rule("note"),
        Rule("where_seen", optional=True),
    ),
    "events": _rules(
        Rule("id", needed=True),
        Rule("date", "date", True),
        Rule("precision", "word", True, "precision"),
        Rule("alternatives", "dates"),
        Rule("title", needed=True),
        Rule("actors", "list"),
        Rule("kind", "word", True, "event_kinds"),
        Rule("institutions", "list"),
        Rule("lane", "word", True, "lanes"),
        Rule("source", "ref", True, "source"),
        Rule("place"),
        Rule("seen", "word", True, "seen"),
        Rule("confidence", "word", True, "confidence"),
        Rule("note"),
        Rule("origin", optional=True),
    ),
    "actors": _rules(
        Rule("id", needed=True),
        Rule("name", needed=True),
        Rule("russian"),
        Rule("spellings", "list"),
        Rule("kind", "word", True, "actor_kinds"),
        Rule("role"),
        Rule("born", "date"),
        Rule("died", "date"),
        Rule("fate"),
        Rule("fate_date", "date"),
        Rule("source", "ref", False, "source"),
        Rule("seen", "word", True, "seen"),
        Rule("note"),
    ),
    "offices": _rules(
        Rule("id", needed=True),
        Rule("actor", "ref", True, "actor"),
        Rule("office", needed=True),
        Rule("institution"),
        Rule("territory", "place", True),
        Rule("from", "date", attribute="begin"),
        Rule("to", "date", attribute="until"),
        Rule("end"),
        Rule("source", "ref", True, "source"),
        Rule("seen", "word", True, "seen"),
        Rule("confidence", "word", True, "confidence"),
        Rule("note"),
    ),
    "responsibility": _rules(
        Rule("id", needed=True),
        Rule("actor", "ref", True, "actor"),
        Rule("office_group", "word", True, "office_groups"),
        Rule("kind", "word", True, "responsibility_kinds"),
        Rule("document", needed=True),
        Rule("date", "date"),
        Rule("source", "ref", True, "source"),
        Rule("seen", "word", True, "seen"),
        Rule("note"),
        Rule("items", "refs", False, "item"),
    ),
    "inventory": _rules(
        Rule("id", needed=True),
        Rule("kind", needed=True),
        Rule("statement", needed=True),
        Rule("model_element"),
        Rule("pointer"),
        Rule("same_as", "refs", False, "item"),
    ),
    "coverage": _rules(
        Rule("item", "ref", True, "item"),
        Rule("pointer", "pointer", True),
        Rule("says", needed=True),
        Rule("owed_by"),
    ),
}
"""Name of the table -> its columns, in the order of the file."""

ID_FORM = {
    "figures": r"F-\d{4}",
    "events": r"E-\d{4}",
    "actors": r"A-[a-z0-9]+(-[a-z0-9]+)*",
    "offices": r"O-\d{4}",
    "responsibility": r"L-\d{4}",
    "inventory": r"S\d{1,3}",
    "claims": r"C-\d{4}",
    "regions": r"[a-z0-9]+(-[a-z0-9]+)*",
    "sources": r"[a-z0-9]+(-[a-z0-9]+)*",
}
"""Form of the ids of each table."""

ID_EXAMPLE = {
    "figures": "F-0001",
    "events": "E-0001",
    "actors": "A-yezhov",
    "offices": "O-0001",
    "responsibility": "L-0001",
    "inventory": "S1",
    "claims": "C-0001",
    "regions": "leningrad-oblast",
    "sources": "getty-naumov-1999",
}
"""An example of each, for the sentences of faults."""
