"""Versions: published in one transaction, whole or not at all, and then never changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cladist.ledger import Act, DraftHead, Idempotency, NewVersion, VersionRecord
from cladist.ledger.ledger import Ledger
from cladist.model.errors import (
    ContentMismatch,
    InvalidValue,
    NotFound,
    StaleDraft,
    UnknownTaxonomy,
    UnknownVersion,
)
from cladist.rdf.content import Delta, digest
from tests.ledger.samples import BASE, IRI, NOON, SLUG, act, addition, change, grown, version

GROWN = grown(BASE, addition(1))


def test_publishing_freezes_the_draft_and_empties_it(ledger: Ledger) -> None:
    ledger.append(SLUG, 0, [change("a")], act())
    new = NewVersion("1.0.0", digest(GROWN), "Notes “ß”", '[{"n": 1.10}]', '{"index": []}')
    published = ledger.publish(SLUG, 1, new, addition(1), act())
    assert published == VersionRecord(
        SLUG,
        1,
        "1.0.0",
        None,
        digest(GROWN),
        digest(BASE),
        new.notes,
        "ada",
        NOON,
        new.changes,
        new.extra,
    )
    assert ledger.version(SLUG, "1.0.0") == published
    assert ledger.head(SLUG) == DraftHead(SLUG, IRI, 2, digest(GROWN), "1.0.0", 0)
    assert ledger.taxonomies()[0].latest == "1.0.0"
    assert tuple(ledger.content(digest(GROWN))) == GROWN


def test_versions_are_listed_from_the_first_and_name_the_one_before(ledger: Ledger) -> None:
    ledger.publish(SLUG, 0, version("1.0.0", BASE), Delta(), act())
    ledger.publish(SLUG, 1, version("1.9.0", GROWN), addition(1), act())
    ledger.publish(SLUG, 2, version("1.10.0", BASE), addition(1).inverse, act())
    listed = [(found.ordinal, found.number, found.previous) for found in ledger.versions(SLUG)]
    assert listed == [(1, "1.0.0", None), (2, "1.9.0", "1.0.0"), (3, "1.10.0", "1.9.0")]
    assert ledger.versions(SLUG)[2].sha == ledger.versions(SLUG)[0].sha == digest(BASE)
    assert tuple(ledger.content(digest(BASE))) == BASE
    assert ledger.verify() == ()


def test_a_taxonomy_without_versions_lists_none(ledger: Ledger) -> None:
    assert ledger.versions(SLUG) == ()
    with pytest.raises(UnknownVersion) as refusal:
        ledger.version(SLUG, "1.0.0")
    assert (refusal.value.slug, refusal.value.selector) == (SLUG, "1.0.0")
    with pytest.raises(UnknownTaxonomy):
        ledger.version("plants", "1.0.0")


@pytest.mark.parametrize(
    "wrong",
    [{"number": "1.0.0"}, {"number": "0.9.0"}, {"number": "2"}, {"changes": "["}, {"extra": "x"}],
    ids=str,
)
def test_what_no_version_can_be_is_refused(ledger: Ledger, wrong: dict[str, str]) -> None:
    ledger.publish(SLUG, 0, version("1.0.0", BASE), Delta(), act())
    with pytest.raises(InvalidValue):
        new = replace(version("2.0.0", GROWN), **wrong)
        ledger.publish(SLUG, 1, new, addition(1), act())
    assert len(ledger.versions(SLUG)) == 1
    with pytest.raises(NotFound):
        ledger.content(digest(GROWN))


@pytest.mark.parametrize("expected", [0, 2])
def test_a_publisher_who_read_another_revision_publishes_nothing(
    ledger: Ledger, expected: int
) -> None:
    ledger.append(SLUG, 0, [change("a")], act())
    with pytest.raises(StaleDraft) as refusal:
        ledger.publish(SLUG, expected, version("1.0.0", GROWN), addition(1), act())
    assert (refusal.value.expected, refusal.value.actual) == (expected, 1)
    assert ledger.versions(SLUG) == ()
    with pytest.raises(NotFound):
        ledger.content(digest(GROWN))


def test_a_publication_that_fails_at_its_end_leaves_nothing(ledger: Ledger) -> None:
    ledger.append(SLUG, 0, [change("a")], act())
    before = ledger.draft(SLUG), ledger.events()

    def fail(_: VersionRecord) -> str:
        raise RuntimeError("the answer cannot be made")

    last = Act("ada", NOON, request=Idempotency("key", "a", fail))
    with pytest.raises(RuntimeError, match="cannot be made"):
        ledger.publish(SLUG, 1, version("1.0.0", GROWN), addition(1), last)
    assert (ledger.draft(SLUG), ledger.events()) == before
    assert ledger.versions(SLUG) == ()
    assert ledger.remembered("key", "a") is None
    with pytest.raises(NotFound):
        ledger.content(digest(GROWN))


def test_lines_must_have_the_digest_they_are_published_under(ledger: Ledger) -> None:
    with pytest.raises(ContentMismatch) as refusal:
        ledger.publish(SLUG, 0, version("1.0.0", BASE[1:]), GROWN, act())
    assert (refusal.value.expected, refusal.value.actual) == (digest(BASE[1:]), digest(GROWN))
    assert ledger.versions(SLUG) == ()


def test_a_delta_with_a_wrong_digest_is_found_when_it_is_read(ledger: Ledger) -> None:
    large = [f"<urn:{number:04}> <urn:p> <urn:o> .\n".encode() for number in range(9999)]
    ledger.create_taxonomy("large", "urn:large", large, act())
    wrong = version("1.0.0", GROWN)
    ledger.publish("large", 0, wrong, addition(1), act())
    with pytest.raises(ContentMismatch) as refusal:
        ledger.content(wrong.sha)
    assert refusal.value.expected == wrong.sha
    assert ledger.verify()[0].key == wrong.sha
