"""Cards: kinds, both answers, ids that survive edits, and what Anki and spreadsheets must not run."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sqlite3
import zipfile
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirtyseven.publish.study import deck
from thirtyseven.publish.study.asked import choices
from thirtyseven.publish.study.cards import cards, cloze
from thirtyseven.publish.study.citing import OPEN


@pytest.fixture(scope="module")
def made(record):
    return cards(record)


@pytest.fixture(scope="module")
def opened(made, tmp_path_factory):
    """The deck's collection, opened as Anki opens it."""
    folder = tmp_path_factory.mktemp("deck")
    with zipfile.ZipFile(io.BytesIO(deck.apkg(made))) as archive:
        assert json.loads(archive.read("media")) == {}
        archive.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as connection:
        yield connection


def test_all_three_kinds_and_unique_keys(made):
    assert {card.kind for card in made} == {"basic", "cloze", "contested"}
    assert len({card.key for card in made}) == len(made) > 250


def test_contested_cards_give_two_different_answers(made, record):
    contested = [card for card in made if card.kind == "contested"]
    assert len(contested) >= 40
    assert all(card.back and card.other and card.back != card.other and card.source for card in contested)
    given_ = {one["claim"] for one in choices("contested")["card"]}
    assert given_ <= set(record.claims)
    written = {card.key.split("/")[1] for card in made if card.key.startswith(("contested/", "claim/"))}
    left = set(choices("branches")["left_out"])
    assert {claim.id for claim in record.claims.values() if claim.verdict in OPEN and claim.family not in left} <= written
    disputed = {claim.id for claim in record.claims.values() if claim.verdict == "contested"}
    assert len(disputed & given_) >= 0.9 * len(disputed), "disputes without two written answers"


def test_the_questions_on_responsibility_are_there_with_documents(made):
    by_key = {card.key: card for card in made}
    for who in ("stalin", "yezhov", "local-officials"):
        card = by_key[f"responsibility/{who}"]
        assert card.kind == "contested" and card.back != card.other
        assert "L-0" in card.note and "Documented acts" in card.note
        assert "%" not in card.back + card.other


def test_gaps_are_numbers_that_the_figures_hold(made, record):
    gaps = [card for card in made if card.kind == "cloze"]
    assert len(gaps) >= 12
    for card in gaps:
        claim = record.claims[card.key.split("/")[1]]
        assert card.front.replace("{{c1::", "{{c0::").count("{{c0::") == 1
        assert claim.verdict in ("well supported", "supported with limits")
    assert cloze("In 1937 about 1,400 people", {1400.0}) == "In 1937 about {{c1::1,400}} people"
    assert cloze("nothing 12", {13.0}) == ""
    assert cloze("1,2 and {{c1::7}}", {7.0}).count("{{") == 1


def test_guids_rest_on_the_key_alone(made, record):
    ident = "C-0802"
    changed = {**record.claims, ident: dataclasses.replace(record.claims[ident], text="Other words.", best="Other words.")}
    again = cards(dataclasses.replace(record, claims=MappingProxyType(changed)))
    before = {card.key: card for card in made}[f"claim/{ident}"]
    after = {card.key: card for card in again}[f"claim/{ident}"]
    assert before.front != after.front
    assert deck.guid(before.key) == deck.guid(after.key)


def test_anki_finds_its_notes_and_the_guids_are_unique(opened, made):
    notes = opened.execute("select guid, mid, flds from notes").fetchall()
    assert len(notes) == len(made) == len({guid for guid, _, _ in notes})
    assert {guid for guid, _, _ in notes} == {deck.guid(card.key) for card in made}
    models = json.loads(opened.execute("select models from col").fetchone()[0])
    assert {int(one) for one in models} == set(deck._MODELS.values())
    for _, mid, fields in notes:
        assert len(fields.split("\x1f")) == len(models[str(mid)]["flds"])
    asked = sum(card.front.count("{{c") for card in made if card.kind == "cloze")
    expected = asked + sum(card.kind != "cloze" for card in made)
    assert opened.execute("select count(*) from cards").fetchone()[0] == expected
    decks = json.loads(opened.execute("select decks from col").fetchone()[0])
    assert any(one["name"].endswith("::The Kirov murder") for one in decks.values())


def test_ids_of_note_types_never_change():
    assert deck._MODELS == {"basic": 1_370_370_001, "cloze": 1_370_370_002, "contested": 1_370_370_003}
    assert deck.guid("claim/C-0802") == deck.guid("claim/C-0802") != deck.guid("claim/C-0801")
    assert deck.stamp("0.2.0") > deck.stamp("0.1.9") > deck.stamp("0.1.0")


def test_hostile_words_run_nowhere(hostile):
    made = cards(hostile)
    made[0] = dataclasses.replace(made[0], front="=1+1", back="@x", other="-2", note="+3")
    rows = list(csv.reader(io.StringIO(deck.table(made))))
    assert rows[0] == list(deck.COLUMNS) and len(rows) == len(made) + 1
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    with zipfile.ZipFile(io.BytesIO(deck.apkg(made))) as archive:
        body = archive.read("collection.anki2")
    assert b"<script" not in body and b"[sound:" not in body


@given(st.text())
def test_no_cell_is_a_formula(text):
    assert not deck.neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
