"""Versions made elsewhere, taken over as merges, splits and moves rather than as new classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from cladist.catalog.accepting import Acceptance
from cladist.catalog.catalog import Catalog
from cladist.catalog.foreign import Adopted, ForeignOptions
from cladist.catalog.tables import TableFile
from cladist.catalog.values import Document, NewTaxonomy
from cladist.imports.correspondence.table import TableColumns
from cladist.model.change.parts import Part
from cladist.model.correspondence.components import Kind
from cladist.model.errors import UnknownCodes, UnknownProposal
from cladist.model.matching.proposals import Evidence, ProposedKind
from cladist.model.taxonomy import Class
from tests.catalog.test_story import ADA, MULTI, PETS, pets

__all__ = ["pets"]

EVERYTHING = Acceptance(kinds=frozenset(ProposedKind))

FIRST = b"""Code,Description
A,Farming
01,Crops
0111,Cereals
0112,Vegetables
0113,Fruit and nuts
0121,Cattle
0122,Other animals
"""
SECOND = b"""Code,Description
A,Farming and forestry
01,Crops
0111,Cereals except rice
0112,Rice
0113,Plants that are eaten
0141,Cattle
0149,Animals n.e.c.
0150,Mixed farming
"""
TABLE = b"""Old,Part of old,New,Part of new
0111,1,0111,0
0111,1,0112,0
0112,0,0113,1
0113,0,0113,1
0121,1,0141,0
0121,1,0149,1
0122,1,0149,1
0122,1,0150,1
"""
COLUMNS = TableColumns(
    source="Old", target="New", source_part="Part of old", target_part="Part of new"
)


def options(table: bytes = TABLE, *, unknown_limit: float = 0.0) -> ForeignOptions:
    return ForeignOptions(
        table=TableFile(table, "csv", COLUMNS, unknown_limit), evidence=frozenset(Evidence)
    )


@pytest.fixture
def farming(catalog: Catalog) -> Catalog:
    """A published classification."""
    new = NewTaxonomy(slug="farming", structure=MULTI)
    catalog.import_new(new, Document(FIRST, "classification"), ADA)
    catalog.publish("farming", 0, ADA)
    return catalog


def taken_over(
    catalog: Catalog,
    slug: str,
    document: Document,
    wanted: Acceptance,
    given: ForeignOptions | None = None,
) -> Adopted:
    revision = catalog.draft(slug).revision
    return catalog.foreign.adopt(
        slug, document, revision, ADA, options=given or ForeignOptions(), wanted=wanted
    )


def notations(classes: Mapping[str, Class]) -> dict[str, Class]:
    """Classes in use by their notation."""
    return {each.notations[0].value: each for each in classes.values() if each.active}


def test_a_table_decides_and_a_reused_notation_joins_nothing(farming: Catalog) -> None:
    before = notations(farming.open("farming", "latest").taxonomy.classes)
    document = Document(SECOND, "classification")
    proposed = farming.foreign.propose("farming", document, options())
    kinds = Counter(each.kind for each in proposed.proposals if each.pairs)
    assert kinds[ProposedKind.SPLIT] == kinds[ProposedKind.MERGED] == 1
    assert kinds[ProposedKind.REGROUPED] == 1
    done = taken_over(farming, "farming", document, EVERYTHING, options())
    assert not done.open
    farming.publish("farming", farming.draft("farming").revision, ADA)
    after = notations(farming.open("farming", "latest").taxonomy.classes)
    assert after["0111"].id != before["0111"].id
    assert after["A"].id == before["A"].id
    assert after["01"].id == before["01"].id
    assert [each.value for each in after["A"].preferred] == ["Farming and forestry"]
    assert "Farming" in {each.value for each in after["A"].alternative}

    account = farming.comparisons.account("farming", "1.0.0", "latest", unchanged=True)
    assert Counter(each.kind for each in account.components) == {
        Kind.UNCHANGED: 1,
        Kind.RENAMED: 1,
        Kind.SPLIT: 1,
        Kind.MERGED: 1,
        Kind.REGROUPED: 1,
    }
    parts = {
        (pair.source, pair.target): (pair.source_part, pair.target_part)
        for _, pair in account.pairs()
    }
    cattle = (before["0121"].id, after["0141"].id)
    assert parts[cattle] == (Part.PART, Part.WHOLE)
    assert parts[before["0112"].id, after["0113"].id] == (Part.WHOLE, Part.PART)
    assert len(farming.comparisons.diff("farming", "1.0.0", "latest").residual) == 0


def test_what_is_not_taken_stays_as_it_was(farming: Catalog) -> None:
    document = Document(SECOND, "classification")
    proposed = farming.foreign.propose("farming", document, options())
    (merged,) = (each for each in proposed.proposals if each.kind is ProposedKind.MERGED)
    done = taken_over(
        farming, "farming", document, Acceptance(ids=frozenset({merged.id})), options()
    )
    assert done.taken == (merged,)
    assert [each.change.op for each in done.imported.changes] == ["merge_classes"]
    assert len(done.open) == len(proposed.proposals) - 1
    evidence = done.imported.changes[0].record.evidence
    assert evidence is not None
    assert merged.id in evidence


def test_a_rejected_proposal_takes_its_classes_apart(farming: Catalog) -> None:
    document = Document(SECOND, "classification")
    proposed = farming.foreign.propose("farming", document, options())
    (merged,) = (each for each in proposed.proposals if each.kind is ProposedKind.MERGED)
    done = taken_over(
        farming, "farming", document, Acceptance(rejected=frozenset({merged.id})), options()
    )
    ops = Counter(each.change.op for each in done.imported.changes)
    assert ops == {"add_class": 1, "retire_class": 2}
    with pytest.raises(UnknownProposal):
        taken_over(farming, "farming", document, Acceptance(ids=frozenset({"nonesuch"})))


def test_codes_of_neither_version_are_listed_and_refused(farming: Catalog) -> None:
    document = Document(SECOND, "classification")
    with pytest.raises(UnknownCodes) as caught:
        farming.foreign.propose("farming", document, options(TABLE + b"9999,0,0150,1\n"))
    assert caught.value.rows == ((10, "9999", "source"),)
    allowed = options(TABLE + b"9999,0,0150,1\n", unknown_limit=0.2)
    found = farming.foreign.propose("farming", document, allowed)
    assert any("9999 (line 10)" in each.message for each in found.findings)


SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <{namespace}> .
:scheme a skos:ConceptScheme .
:animal a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "animal"@en .
:cat a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "cat"@en ; skos:broader :animal ;
    skos:definition "Purrs."@en .
:dog a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "dog"@en ; skos:broader :animal ;
    skos:related :cat .
"""


def skos(namespace: str, more: str = "") -> Document:
    return Document((SKOS.replace("{namespace}", namespace) + more).encode(), "turtle")


def test_a_namespace_move_is_one_to_one(catalog: Catalog) -> None:
    new = NewTaxonomy(slug="zoo", structure=MULTI)
    catalog.import_new(new, skos("https://old.example/"), ADA)
    before = catalog.open("zoo", "draft").taxonomy.classes
    moved = skos("https://new.example/v2#")
    proposed = catalog.foreign.propose("zoo", moved, ForeignOptions())
    assert {each.kind for each in proposed.proposals} == {ProposedKind.SAME}
    done = taken_over(catalog, "zoo", moved, EVERYTHING)
    assert (done.imported.new, done.imported.retired) == (0, 0)
    after = catalog.open("zoo", "draft").taxonomy.classes
    assert set(after) == set(before)
    for key, item in after.items():
        assert [each.target.rsplit("#")[-1] for each in item.matches] == [key.rsplit("/")[-1]]
        assert (item.preferred, item.parents, item.related) == (
            before[key].preferred,
            before[key].parents,
            before[key].related,
        )
    again = catalog.foreign.propose("zoo", moved, ForeignOptions())
    clues = {clue.evidence for one in again.proposals for pair in one.pairs for clue in pair.clues}
    assert Evidence.MAPPING in clues


def test_declared_successors_become_merges(catalog: Catalog) -> None:
    new = NewTaxonomy(slug="zoo", structure=MULTI)
    catalog.import_new(new, skos("https://old.example/"), ADA)
    gone = """
    :dog <http://www.w3.org/2002/07/owl#deprecated> true ;
        <http://purl.org/dc/terms/isReplacedBy> :cat .
    """
    document = skos("https://old.example/", gone)
    done = taken_over(catalog, "zoo", document, EVERYTHING)
    assert [each.change.op for each in done.imported.changes][:1] == ["merge_classes"]
    dog = catalog.open("zoo", "draft").taxonomy.classes["https://old.example/dog"]
    assert dog.retirement is not None
    assert dog.retirement.successors == ("https://old.example/cat",)


def test_nothing_to_take_changes_nothing(pets: Catalog) -> None:
    done = taken_over(pets, "pets", Document(PETS, "outline"), EVERYTHING)
    assert done.imported.changes == ()
    assert not done.open
