"""The use cases as people go through them: create, edit, undo, validate, publish, read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, ImportOptions, NewTaxonomy
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.errors import (
    AmbiguousReference,
    CycleFound,
    DependentChanges,
    InvalidChange,
    InvalidTaxonomy,
    LoweredVersion,
    NothingToPublish,
    RefusedRows,
    StaleDraft,
    TaxonomyExists,
    UnknownClass,
    UnknownTaxonomy,
    UnknownVersion,
)
from cladist.model.taxonomy import (
    Class,
    Enforcement,
    Group,
    LabelStructure,
    RuleSetting,
    Structure,
    Text,
)
from cladist.rdf.content import digest
from cladist.rdf.writing import content
from cladist.wire import changes_from

ADA = Author("ada", "the field trip")
MULTI = LabelStructure(kind=Structure.MULTI_LABEL)
PETS = b"animal -- Lives.\n  cat -- Purrs.\n  dog -- Barks.\n"


def new(label: str, *parents: str) -> Change:
    definition = (Text(f"A {label}.", "en"),)
    return kinds.AddClass(
        new=Class(preferred=(Text(label, "en"),), parents=parents, definitions=definition)
    )


@pytest.fixture
def pets(catalog: Catalog) -> Catalog:
    """A catalog with one published taxonomy: animal over cat and dog."""
    start = NewTaxonomy(slug="pets", structure=MULTI)
    catalog.import_new(start, Document(PETS, "outline"), ADA)
    catalog.publish("pets", 0, ADA)
    return catalog


def labels(catalog: Catalog, selector: str) -> dict[str, tuple[int, bool]]:
    taxonomy = catalog.open("pets", selector).taxonomy
    return {each.label(): (each.code, each.active) for each in taxonomy.classes.values()}


def test_from_a_list_to_two_versions(pets: Catalog) -> None:
    merge = kinds.MergeClasses(sources=("cat", "dog"), new=Class(preferred=(Text("pet", "en"),)))
    edited = pets.edit("pets", [merge], 1, ADA)
    assert str(edited.draft.proposed) == "2.0.0"
    assert edited.changes[0].record.why == "the field trip"
    published = pets.publish("pets", 2, ADA)
    assert published.number == "2.0.0"
    assert "“cat”, “dog” merged into “pet”" in published.notes
    assert labels(pets, "1") == {"animal": (1, True), "cat": (2, True), "dog": (3, True)}
    assert labels(pets, "latest")["pet"] == (4, True)
    assert labels(pets, "2.0")["cat"] == (2, False)
    assert [each.number for each in pets.versions("pets")] == ["1.0.0", "2.0.0"]
    stored = pets.changes_of("pets", "2.0.0")
    assert '"why":"the field trip"' in stored and "merge_classes" in stored


def test_a_dry_run_shows_the_effect_and_stores_nothing(pets: Catalog) -> None:
    before = pets.events()
    tried = pets.edit("pets", [new("horse", "animal")], 1, ADA, dry_run=True)
    assert tried.dry_run and tried.changes[0].effect.classes[0].after is not None
    assert pets.draft("pets").changes == ()
    assert pets.events() == before


def test_changes_name_each_other_within_a_batch(pets: Catalog) -> None:
    pets.edit("pets", [new("bird", "animal"), new("owl", "bird"), new("eagle", "bird")], 1, ADA)
    taxonomy = pets.open("pets", "draft").taxonomy
    owl = next(each for each in taxonomy.classes.values() if each.label() == "owl")
    assert taxonomy.classes[owl.parents[0]].label() == "bird"
    assert sorted(each.code for each in taxonomy.classes.values()) == [1, 2, 3, 4, 5, 6]


def test_a_batch_is_taken_whole_or_not_at_all(pets: Catalog) -> None:
    with pytest.raises(UnknownClass) as refused:
        pets.edit("pets", [new("bird", "animal"), new("fish", "water")], 1, ADA)
    assert refused.value.position == 1
    assert pets.draft("pets").revision == 1
    with pytest.raises(InvalidChange, match="changes nothing"):
        pets.edit("pets", [kinds.EditClass(id="cat", colour="")], 1, ADA)


def test_references_that_name_nobody_or_several(pets: Catalog) -> None:
    pets.edit("pets", [new("bird"), new("Cat")], 1, ADA)
    with pytest.raises(AmbiguousReference) as refused:
        pets.edit("pets", [kinds.SetSelectable(id="CAT", selectable=True)], 2, ADA)
    assert len(refused.value.candidates) == 2
    pets.edit("pets", [kinds.SetSelectable(id="#2", selectable=True)], 2, ADA)
    with pytest.raises(UnknownClass):
        pets.edit("pets", [kinds.SetSelectable(id="#99", selectable=True)], 3, ADA)


def test_undo_of_any_change_and_of_none_that_others_need(pets: Catalog) -> None:
    start = pets.open("pets", "draft").lines
    edited = pets.edit("pets", [new("bird", "animal"), new("owl", "bird")], 1, ADA)
    pets.edit("pets", [kinds.RenameClass(id="dog", label=Text("hound", "en"))], 2, ADA)
    bird, owl = (each.record.id for each in edited.changes)
    with pytest.raises(DependentChanges) as refused:
        pets.undo("pets", bird, 3, ADA)
    assert refused.value.dependents == (owl,)
    pets.undo("pets", owl, 3, ADA)
    draft = pets.undo("pets", bird, 4, ADA)
    assert [each.change.op for each in draft.changes] == ["rename_class"]
    assert pets.discard("pets", 5, ADA).changes == ()
    assert list(pets.open("pets", "draft").lines) == list(start)
    with pytest.raises(NothingToPublish):
        pets.publish("pets", 6, ADA)


def test_a_stale_reader_changes_nothing(pets: Catalog, open_catalog: Callable[[], Catalog]) -> None:
    other = open_catalog()
    other.edit("pets", [new("bird")], 1, ADA)
    with pytest.raises(StaleDraft) as refused:
        pets.edit("pets", [new("fish")], 1, ADA)
    assert (refused.value.expected, refused.value.actual) == (1, 2)
    assert len(pets.draft("pets").changes) == 1
    with pytest.raises(StaleDraft):
        pets.publish("pets", 1, ADA)


def test_another_process_sees_the_same(pets: Catalog, open_catalog: Callable[[], Catalog]) -> None:
    pets.edit("pets", [new("bird", "animal"), new("owl", "bird")], 1, ADA)
    other = open_catalog()
    for selector in ("draft", "1.0.0"):
        mine, theirs = pets.open("pets", selector), other.open("pets", selector)
        assert mine.sha == theirs.sha == digest(content(theirs.taxonomy))
        assert mine.taxonomy == theirs.taxonomy
        assert mine.index.order == theirs.index.order
    published = other.publish("pets", 2, ADA)
    assert pets.open("pets", "latest").sha == published.sha


def test_publishing_refuses_what_is_unsound(pets: Catalog) -> None:
    group = Group(members=("cat", "dog"))
    both = new("catdog", "cat", "dog")
    pets.edit("pets", [kinds.SetExclusiveGroup(group=group), both], 1, ADA)
    with pytest.raises(InvalidTaxonomy, match="catdog") as refused:
        pets.publish("pets", 2, ADA)
    report = refused.value.report
    assert report == pets.validate("pets")
    assert [each.number for each in pets.versions("pets")] == ["1.0.0"]


def test_a_rule_is_taken_less_strictly_with_a_reason(pets: Catalog) -> None:
    pets.edit("pets", [new("cat", "animal")], 1, ADA)
    report = pets.validate("pets")
    assert not report.conforms
    settings = tuple(
        RuleSetting(rule=rule, enforcement=Enforcement.REPORT, reason="two trainings meet here")
        for rule in sorted({each.rule for each in report.violations})
    )
    pets.edit("pets", [kinds.EditTaxonomy(rules=settings)], 2, ADA)
    assert pets.validate("pets").conforms
    assert pets.publish("pets", 3, ADA).number == "1.1.0"


def test_a_cycle_is_refused_by_name(pets: Catalog) -> None:
    with pytest.raises(CycleFound) as refused:
        pets.edit("pets", [kinds.MoveClass(id="animal", parents=("dog",))], 1, ADA)
    assert refused.value.labels == ("animal", "dog")


def test_numbers_may_be_raised_never_lowered(pets: Catalog) -> None:
    pets.edit("pets", [new("bird", "animal")], 1, ADA)
    with pytest.raises(LoweredVersion):
        pets.publish("pets", 2, ADA, number="1.0.1")
    assert pets.publish("pets", 2, ADA, number="3.0.0").number == "3.0.0"


def test_what_is_not_there(pets: Catalog) -> None:
    with pytest.raises(UnknownTaxonomy):
        pets.draft("plants")
    with pytest.raises(UnknownTaxonomy):
        pets.version("plants", "latest")
    for selector in ("2", "1.1", "1.0.1", "newest", ""):
        with pytest.raises(UnknownVersion):
            pets.open("pets", selector)
    with pytest.raises(TaxonomyExists):
        pets.create(NewTaxonomy(slug="pets"), ADA)


def test_an_empty_taxonomy_cannot_be_published(catalog: Catalog) -> None:
    catalog.create(NewTaxonomy(slug="empty"), ADA)
    with pytest.raises(NothingToPublish):
        catalog.publish("empty", 0, ADA)


def test_a_table_onto_a_taxonomy(pets: Catalog) -> None:
    table = b"code,label,parent,definition\n2,house cat,animal,Purrs.\n,horse,animal,Neighs.\n"
    document = Document(table, "csv")
    tried = pets.import_onto("pets", document, 1, ADA, ImportOptions(), dry_run=True)
    assert (tried.new, tried.changed, tried.unchanged, tried.retired) == (1, 1, 2, 0)
    assert pets.draft("pets").changes == ()
    done = pets.import_onto("pets", document, 1, ADA, ImportOptions())
    assert done.draft is not None and done.draft.revision == 2
    assert labels(pets, "draft") == {
        "animal": (1, True),
        "house cat": (2, True),
        "dog": (3, True),
        "horse": (4, True),
    }
    again = pets.import_onto("pets", document, 2, ADA, ImportOptions())
    assert (again.new, again.changed) == (0, 0)
    bad = Document(b"code,label\n2,cat\n2,cow\n", "csv")
    assert pets.import_onto("pets", bad, 2, ADA, ImportOptions(), dry_run=True).refused
    with pytest.raises(RefusedRows):
        pets.import_onto("pets", bad, 2, ADA, ImportOptions())


def test_changes_survive_their_json(pets: Catalog) -> None:
    text = """[
      {"op": "add_class", "new": {"preferred": [{"value": "bird", "language": "en"}]}},
      {"op": "retire_class", "id": "dog", "reason": "none left"}
    ]"""
    pets.edit("pets", changes_from(text), 1, ADA)
    assert [each.change.op for each in pets.draft("pets").changes] == ["add_class", "retire_class"]
