from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from thirtyseven.record import Record, load

HOSTILE = '=HYPERLINK("x") <script>alert(1)</script> ]]> & | `*_# {{c1::gap}} [sound:x.mp3] \x00\x07\u202e \ud800 end'
"""What a broken or spiteful record could hold: markup, formulas, control characters, half a character."""


@pytest.fixture(scope="session")
def record() -> Record:
    return load()


@pytest.fixture(scope="session")
def hostile(record: Record) -> Record:
    """The record with hostile words in claims, explanations, events, people, ledger and sources."""

    def spoiled(table, **changes):
        return MappingProxyType({key: dataclasses.replace(one, **changes) for key, one in table.items()})

    sources = {
        key: dataclasses.replace(one, csl=MappingProxyType({**one.csl, "title": HOSTILE})) for key, one in record.sources.items()
    }
    explanations = {
        key: dataclasses.replace(
            one, title=HOSTILE, argument=HOSTILE, gloss=HOSTILE, historians=(HOSTILE,),
            supporting=tuple(dataclasses.replace(e, text=HOSTILE) for e in one.supporting),
            countering=tuple(dataclasses.replace(e, text=HOSTILE) for e in one.countering),
        )
        for key, one in record.explanations.items()
    }  # fmt: skip
    return dataclasses.replace(
        record,
        claims=spoiled(record.claims, text=HOSTILE, best=HOSTILE, reason=HOSTILE, scope=HOSTILE),
        families=spoiled(record.families, title=HOSTILE, question=HOSTILE),
        events=spoiled(record.events, title=HOSTILE, note=HOSTILE),
        actors=spoiled(record.actors, name=HOSTILE, role=HOSTILE, note=HOSTILE),
        responsibility=spoiled(record.responsibility, document=HOSTILE, note=HOSTILE),
        figures=spoiled(record.figures, item=HOSTILE),
        explanations=MappingProxyType(explanations),
        sources=MappingProxyType(sources),
    )
