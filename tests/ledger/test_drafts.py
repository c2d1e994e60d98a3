"""Drafts: ordered changes under a revision that only one writer can move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.ledger import ChangeRecord, DraftHead, DraftRecord, TaxonomyRecord
from cladist.ledger.drafts import revise
from cladist.ledger.ledger import Ledger
from cladist.model.errors import (
    InvalidValue,
    NotFound,
    StaleDraft,
    TaxonomyExists,
    UnknownTaxonomy,
)
from cladist.rdf.content import digest
from tests.ledger.samples import BASE, IRI, NOON, SLUG, act, change

A, B, C, D = map(change, "abcd")


def test_a_new_taxonomy_has_an_empty_draft_on_its_initial_content(ledger: Ledger) -> None:
    expected = DraftRecord(SLUG, IRI, 0, digest(BASE), None, 0, ())
    assert ledger.draft(SLUG) == expected
    assert ledger.taxonomies() == (TaxonomyRecord(SLUG, IRI, "ada", NOON, 0, None),)
    assert ledger.content(expected.base_sha) == list(BASE)


@pytest.mark.parametrize(("slug", "iri"), [(SLUG, "urn:other"), ("other", IRI)])
def test_slug_and_iri_belong_to_one_taxonomy(ledger: Ledger, slug: str, iri: str) -> None:
    with pytest.raises(TaxonomyExists):
        ledger.create_taxonomy(slug, iri, (), act())
    assert len(ledger.taxonomies()) == 1
    assert ledger.sequence() == 1


def test_two_taxonomies_may_begin_with_the_same_content(ledger: Ledger) -> None:
    ledger.create_taxonomy("twin", "urn:twin", BASE, act())
    assert [found.slug for found in ledger.taxonomies()] == [SLUG, "twin"]
    assert ledger.head("twin").base_sha == ledger.head(SLUG).base_sha


def test_the_initial_content_may_be_empty(ledger: Ledger) -> None:
    assert ledger.content(ledger.create_taxonomy("bare", "urn:bare", (), act()).base_sha) == []


def test_appended_changes_keep_their_order_and_their_words(ledger: Ledger) -> None:
    told = ChangeRecord("e", '{"n": 1.10}', "bob", NOON, "because “ß”", '{"source":"x"}')
    assert ledger.append(SLUG, 0, [A, B], act()).revision == 1
    assert ledger.append(SLUG, 1, [told], act()) == DraftHead(SLUG, IRI, 2, digest(BASE), None, 3)
    assert ledger.draft(SLUG).changes == (A, B, told)


@pytest.mark.parametrize("expected", [-1, 0, 2])
def test_a_writer_who_read_another_revision_changes_nothing(ledger: Ledger, expected: int) -> None:
    ledger.append(SLUG, 0, [A], act())
    before = ledger.draft(SLUG), ledger.sequence()
    for write in (ledger.append, ledger.replace_changes):
        with pytest.raises(StaleDraft) as refusal:
            write(SLUG, expected, [B], act())
        assert (refusal.value.expected, refusal.value.actual) == (expected, 1)
    assert (ledger.draft(SLUG), ledger.sequence()) == before


@pytest.mark.parametrize(
    "after",
    [(), (A,), (A, C), (C,), (A, B, C, D), (C, B, A), (D, A), (A, replace(B, body='"z"'), C)],
    ids=lambda changes: "".join(change.id for change in changes) or "none",
)
def test_a_draft_is_given_any_other_list_of_changes(
    ledger: Ledger, after: tuple[ChangeRecord, ...]
) -> None:
    ledger.append(SLUG, 0, [A, B, C], act())
    assert ledger.replace_changes(SLUG, 1, after, act()).length == len(after)
    assert ledger.draft(SLUG).changes == after
    assert ledger.verify() == ()


LISTS = st.lists(st.sampled_from([A, B, C, D, replace(A, body="0")]), unique_by=lambda c: c.id)


@given(LISTS, LISTS)
def test_a_revision_leads_from_one_list_to_the_other(
    old: list[ChangeRecord], new: list[ChangeRecord]
) -> None:
    revision = revise(old, new)
    kept = [change for change in old if change.id not in revision.removed]
    assert [*kept, *revision.appended] == new


def test_undoing_one_change_removes_that_one_alone() -> None:
    assert revise([A, B, C], [A, C]).removed == ("b",)
    assert revise([A, B, C], [A, C]).appended == ()


@pytest.mark.parametrize(
    "changes",
    [
        [A, A],
        [replace(A, body="{")],
        [replace(A, body='{"n":NaN}')],
        [replace(A, evidence="no JSON")],
        [replace(A, body="[" * 100_000)],
    ],
    ids=["same id", "no JSON", "NaN", "evidence", "nested"],
)
def test_changes_that_no_log_can_hold_are_refused(
    ledger: Ledger, changes: list[ChangeRecord]
) -> None:
    for write in (ledger.append, ledger.replace_changes):
        with pytest.raises(InvalidValue):
            write(SLUG, 0, changes, act())
    assert ledger.sequence() == 1


def test_an_id_is_not_given_twice_in_two_writes(ledger: Ledger) -> None:
    ledger.append(SLUG, 0, [A, B], act())
    with pytest.raises(InvalidValue, match="the same id"):
        ledger.append(SLUG, 1, [replace(B, body="0")], act())
    assert ledger.draft(SLUG).revision == 1


@pytest.mark.parametrize("text", ["a\0b", "half \ud800"], ids=["NUL", "surrogate"])
def test_texts_that_an_engine_cannot_hold_are_refused_alike(ledger: Ledger, text: str) -> None:
    with pytest.raises(InvalidValue):
        ledger.append(SLUG, 0, [replace(A, why=text)], act())
    with pytest.raises(InvalidValue):
        ledger.head(text)
    assert ledger.head(SLUG).revision == 0


@pytest.mark.parametrize("read", [Ledger.head, Ledger.draft, Ledger.versions])
def test_what_is_not_there_is_named(ledger: Ledger, read: Callable[[Ledger, str], object]) -> None:
    with pytest.raises(UnknownTaxonomy) as refusal:
        read(ledger, "plants")
    assert refusal.value.slug == "plants"
    with pytest.raises(UnknownTaxonomy):
        ledger.append("plants", 0, [A], act())
    with pytest.raises(NotFound):
        ledger.content("0" * 64)
