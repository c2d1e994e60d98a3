"""Fixes of a draft's findings: offered with their effect, taken as changes, taken back by undo."""

from __future__ import annotations

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, NewTaxonomy
from cladist.model.change.kinds import AddClass
from cladist.model.errors import InvalidValue, StaleDraft
from cladist.model.taxonomy import Class, LabelStructure, Structure, Text

BY = Author("ann")
RULE = "clad-hier-redundant"


def _new(label: str, *parents: str) -> AddClass:
    words = (Text(f"All of {label}.", "en"),)
    return AddClass(new=Class(preferred=(Text(label, "en"),), definitions=words, parents=parents))


@pytest.fixture
def pets(catalog: Catalog) -> Catalog:
    structure = LabelStructure(kind=Structure.MULTI_LABEL)
    catalog.create(NewTaxonomy(slug="pets", structure=structure), BY)
    classes = [
        _new("animal"),
        _new("dog", "animal"),
        _new("cat", "animal"),
        _new("hound", "dog", "animal"),
        _new("puppy", "dog", "animal"),
    ]
    for at, each in enumerate(classes):
        catalog.edit("pets", [each], at, BY)
    return catalog


def test_a_fix_is_offered_with_what_it_does(pets: Catalog) -> None:
    offered = pets.fixes.offered("pets", rule=RULE)
    assert len(offered.findings) == 2
    assert (offered.without, offered.more) == (0, 0)
    (remedy,) = offered.findings[0].remedies
    assert remedy.title == "Take the parent “animal” away"
    assert (remedy.ends, remedy.begins) == (1, 0)
    assert remedy.recorded[0].effect.classes
    assert pets.draft("pets").revision == 5


def test_a_fix_is_taken_for_all_findings_and_taken_back(pets: Catalog) -> None:
    before = pets.open("pets", "draft").sha
    done = pets.fixes.take("pets", RULE, 1, 5, BY)
    assert len(done.changes) == 2
    assert RULE not in dict(pets.validate("pets").counts)
    for revision, each in enumerate(done.changes, 6):
        pets.undo("pets", each.record.id, revision, BY)
    assert pets.open("pets", "draft").sha == before


def test_of_one_class(pets: Catalog) -> None:
    about = pets.fixes.offered("pets", rule=RULE).findings[0].result.subject
    done = pets.fixes.take("pets", RULE, 1, 5, BY, subject=about)
    assert len(done.changes) == 1
    left = pets.fixes.offered("pets", rule=RULE).findings
    assert [each.result.subject for each in left] != [about]
    assert len(left) == 1


def test_a_dry_run_stores_nothing(pets: Catalog) -> None:
    pets.fixes.take("pets", RULE, 1, 5, BY, dry_run=True)
    assert pets.draft("pets").revision == 5


def test_as_many_findings_as_asked_for_are_looked_at(pets: Catalog) -> None:
    offered = pets.fixes.offered("pets", rule=RULE, limit=1)
    assert (len(offered.findings), offered.more) == (1, 1)


def test_refusals_say_why(pets: Catalog) -> None:
    with pytest.raises(InvalidValue, match="has no fixes; its advice"):
        pets.fixes.offered("pets", rule="clad-clar-no-definition")
    with pytest.raises(InvalidValue, match="there is no rule clad-foo"):
        pets.fixes.offered("pets", rule="clad-foo")
    with pytest.raises(InvalidValue, match="no finding of clad-hier-redundant has a fix"):
        pets.fixes.take("pets", RULE, 9, 5, BY)
    with pytest.raises(StaleDraft):
        pets.fixes.take("pets", RULE, 1, 4, BY)
