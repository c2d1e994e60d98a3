"""Mappings to classes of other taxonomies in the store that are retired or do not exist."""

from __future__ import annotations

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, NewTaxonomy
from cladist.model.change.kinds import AddClass, EditClass, RetireClass
from cladist.model.taxonomy import Class, LabelStructure, Match, Structure, Text

BY = Author("ann")
MULTI = LabelStructure(kind=Structure.MULTI_LABEL)


def _taxonomy(catalog: Catalog, slug: str, *labels: str) -> list[str]:
    catalog.create(NewTaxonomy(slug=slug, structure=MULTI), BY)
    adds = [AddClass(new=Class(preferred=(Text(each, "en"),))) for each in labels]
    done = catalog.edit(slug, adds, 0, BY)
    return [swap.key for each in done.changes for swap in each.effect.classes]


@pytest.fixture
def mapped(catalog: Catalog) -> tuple[Catalog, str, str]:
    """Pets, whose cat is mapped to the cat of animals, which is published."""
    cat, _ = _taxonomy(catalog, "animals", "cat", "dog")
    catalog.publish("animals", 1, BY)
    (pet,) = _taxonomy(catalog, "pets", "cat")
    match = Match("exactMatch", cat)
    catalog.edit("pets", [EditClass(id=pet, matches=(match,))], 1, BY)
    return catalog, cat, pet


def _found(catalog: Catalog) -> dict[str, str]:
    report = catalog.validate("pets")
    return {e.rule: e.subject for e in report.results if e.rule.startswith("clad-map-")}


def test_a_mapping_to_a_class_in_use_is_fine(mapped: tuple[Catalog, str, str]) -> None:
    assert _found(mapped[0]) == {}


def test_a_target_that_was_retired_is_found_when_that_is_published(
    mapped: tuple[Catalog, str, str],
) -> None:
    catalog, cat, pet = mapped
    revision = catalog.draft("animals").revision
    catalog.edit("animals", [RetireClass(id=cat, reason="Gone.")], revision, BY)
    assert _found(catalog) == {}
    catalog.publish("animals", revision + 1, BY)
    assert _found(catalog) == {"clad-map-retired-target": pet}


def test_a_target_that_does_not_exist(mapped: tuple[Catalog, str, str]) -> None:
    catalog, cat, pet = mapped
    astray = Match("exactMatch", f"{cat}x")
    catalog.edit("pets", [EditClass(id=pet, matches=(astray,))], 2, BY)
    assert _found(catalog) == {"clad-map-missing-target": pet}
    right = Match("exactMatch", cat)
    catalog.edit("pets", [EditClass(id=pet, matches=(right,))], 3, BY)
    assert _found(catalog) == {}


def test_of_what_the_store_does_not_hold_nothing_is_known(
    mapped: tuple[Catalog, str, str],
) -> None:
    catalog, _, pet = mapped
    foreign = Match("exactMatch", "http://www.wikidata.org/entity/Q146")
    catalog.edit("pets", [EditClass(id=pet, matches=(foreign,))], 2, BY)
    assert _found(catalog) == {}
