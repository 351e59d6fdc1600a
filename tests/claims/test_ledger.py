"""The ledger of acts: who did what, by which document."""

from __future__ import annotations

import re

from thirtyseven.record import load

RECORD = load()
ROWS = tuple(RECORD.responsibility.values())
KINDS = {
    "ordering", "signing", "asking for more", "carrying out", "denouncing", "profiting", "failing to stop",
    "restraining",
}  # fmt: skip


def test_sixty_rows_and_every_kind_and_office() -> None:
    assert len(ROWS) >= 60
    assert {row.kind for row in ROWS} == KINDS
    assert {row.office_group for row in ROWS} == {"centre", "nkvd", "secretaries", "chiefs", "public"}


def test_every_act_has_a_document_a_date_and_a_source() -> None:
    for row in ROWS:
        assert len(row.document) > 12 and row.date and row.source and row.note and row.items, row.id


def test_no_archive_reference_is_invented() -> None:
    """The ledger names documents by title and date; folios stand only where a table prints them."""
    shelf = re.compile(r"\b(f\.|fond|op\.|opis|d\.|delo|l\.)\s*\d|ф\.\s*\d", re.IGNORECASE)
    assert not [row.id for row in ROWS if shelf.search(row.document + " " + row.note)]


def test_a_seen_document_rests_on_a_seen_source() -> None:
    for row in ROWS:
        if row.seen == "seen":
            assert RECORD.sources[row.source].seen == "seen", row.id


def test_asking_for_more_means_more_than_was_given() -> None:
    """Returns of July 1937 count as asking for more only where they pass the limit that the order then set."""
    limits = {row["region"]: row for row in RECORD.series["order-00447-limits"].rows}
    below = ("omsk-oblast", "yaroslavl-oblast", "azerbaijan-ssr")
    for region in below:
        assert limits[region]["proposed_cat1"] < limits[region]["limit_cat1"]
    names = {row.actor: row.kind for row in ROWS if "July 1937" in row.document or "Telegram with figures" in row.document}
    for actor in ("A-bulatov-dmitry", "A-zimin", "A-bagirov"):
        assert names[actor] == "carrying out"


def test_those_who_restrained_are_named_too() -> None:
    assert sum(row.kind == "restraining" for row in ROWS) >= 5


def test_stalin_s_acts_begin_and_end_the_operations() -> None:
    acts = {(row.date, row.kind) for row in ROWS if row.actor == "A-stalin"}
    assert ("1937-07-02", "ordering") in acts
    assert ("1938-11-17", "restraining") in acts
