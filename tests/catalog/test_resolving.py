"""What became of what a client says, through versions, forward and back."""

from __future__ import annotations

import csv
import io

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.resolution_forms import COLUMNS, detailed, plain, table
from cladist.catalog.resolving import Resolution, Status
from cladist.catalog.values import Author, Document, NewTaxonomy
from cladist.index.naming import By, NamedBy
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.errors import SuccessorCycle, UnknownTaxonomy, UnknownVersion
from cladist.model.taxonomy import Class, LabelStructure, Structure, Text

ADA = Author("ada")
SLUG = "pets"
PETS = b"animal -- Lives.\n  cat -- Purrs.\n  dog -- Barks.\n  hare -- Runs.\n  newt -- Swims.\n"


def labelled(label: str) -> Class:
    return Class(preferred=(Text(label, "en"),), definitions=(Text(f"A {label} one.", "en"),))


def publish(catalog: Catalog, *changes: Change) -> None:
    catalog.edit(SLUG, changes, catalog.draft(SLUG).revision, ADA)
    catalog.publish(SLUG, catalog.draft(SLUG).revision, ADA)


@pytest.fixture
def pets(catalog: Catalog) -> Catalog:
    """Pets through five versions: renamed, merged, split, retired and restored."""
    structure = LabelStructure(kind=Structure.MULTI_LABEL)
    new = NewTaxonomy(slug=SLUG, structure=structure)
    catalog.import_new(new, Document(PETS, "outline"), ADA)
    catalog.publish(SLUG, 0, ADA)
    publish(catalog, kinds.RenameClass(id="cat", label=Text("house cat", "en")))
    publish(catalog, kinds.MergeClasses(sources=("house cat", "dog"), new=labelled("pet")))
    publish(
        catalog,
        kinds.SplitClass(id="pet", new=(labelled("furry"), labelled("scaly"))),
        kinds.RetireClass(id="hare", reason="rare", successors=("newt",)),
    )
    publish(catalog, kinds.RestoreClass(id="#4"), kinds.RetireClass(id="newt", reason="gone"))
    assert [each.number for each in catalog.versions(SLUG)] == [
        *("1.0.0", "1.1.0", "2.0.0", "3.0.0", "4.0.0")
    ]
    return catalog


def resolve(
    catalog: Catalog, source: str, target: str, reference: str, by: By | None = None
) -> Resolution:
    found = catalog.comparisons.resolver(SLUG, source, target)
    return found.resolve(reference, by, detailed=True)


def told(catalog: Catalog, source: str, target: str, reference: str) -> tuple[str, list[str]]:
    """The status and the labels of the targets."""
    index = catalog.open(SLUG, target).index
    found = resolve(catalog, source, target, reference)
    pairs = found.fate.pairs if found.fate else ()
    return found.status.value, [index.label(index.entry(each.target)) for each in pairs]


CASES: tuple[tuple[tuple[str, str], str, str, list[str]], ...] = (
    (("1.0.0", "1.1.0"), "animal", "unchanged", ["animal"]),
    (("1.0.0", "1.1.0"), "cat", "renamed", ["house cat"]),
    (("1.1.0", "1.0.0"), "house cat", "renamed", ["cat"]),
    (("1.0.0", "2"), "cat", "merged", ["pet"]),
    (("1.0.0", "2"), "#3", "merged", ["pet"]),
    (("1.0.0", "3"), "DOG", "regrouped", ["furry", "scaly"]),
    (("2", "3"), "pet", "split", ["furry", "scaly"]),
    (("2", "1.0.0"), "pet", "split", ["cat", "dog"]),
    (("3", "1.1.0"), "furry", "regrouped", ["dog", "house cat"]),
    (("2", "3"), "hare", "merged", ["newt"]),
    (("1.0.0", "4"), "hare", "unchanged", ["hare"]),
    (("3", "4"), "hare", "restored", ["hare"]),
    (("4", "3"), "hare", "retired", []),
    (("3", "4"), "newt", "retired", []),
    (("4", "3"), "newt", "restored", ["newt"]),
    (("4", "draft"), "animal", "unchanged", ["animal"]),
    (("draft", "1.0.0"), "house cat", "restored", ["cat"]),
    (("1.0.0", "4"), "nobody", "unknown", []),
)


def test_what_became_of_references(pets: Catalog) -> None:
    for ends, reference, status, labels in CASES:
        found = told(pets, *ends, reference)
        assert (found[0], sorted(found[1])) == (status, labels), (ends, reference)
        answer = resolve(pets, *ends, reference)
        assert answer.automatic is (len(labels) == 1 and not answer.needs_decision)
        assert answer.needs_decision is (len(labels) > 1)


def test_the_answer_says_how_and_which_way(pets: Catalog) -> None:
    found = resolve(pets, "1.0.0", "3", "dog")
    assert found.meant.how is NamedBy.PREFERRED
    assert [(each.version, each.kind.value) for each in found.path] == [
        ("2.0.0", "merged"),
        ("3.0.0", "split"),
    ]
    assert found.fate is not None
    assert {each.predicate for each in found.fate.pairs} == {"relatedMatch"}
    back = resolve(pets, "3", "1.0.0", "scaly")
    assert [(each.version, each.reverted) for each in back.path] == [
        *(("3.0.0", True), ("2.0.0", True), ("1.1.0", True))
    ]
    assert resolve(pets, "1.0.0", "3", "animal").path == ()


def test_old_names_lead_to_the_class_that_keeps_them(pets: Catalog) -> None:
    found = resolve(pets, "1.1.0", "2", "cat")
    assert (found.meant.how, found.automatic) == (NamedBy.ALTERNATIVE, True)


def test_an_unknown_reference_says_who_knows_it_and_what_is_alike(pets: Catalog) -> None:
    found = resolve(pets, "1.0.0", "2", "pet")
    assert (found.status, found.known_in) == (Status.UNKNOWN, ("2.0.0", "4.0.0"))
    assert resolve(pets, "1.0.0", "2", "furry").known_in == ("4.0.0",)
    found = resolve(pets, "1.0.0", "2", "dgo")
    assert [each.label for each in found.suggestions] == ["dog"]
    assert not found.automatic
    brief = pets.comparisons.resolver(SLUG, "1.0.0", "2").resolve("dgo")
    assert (brief.suggestions, brief.known_in) == ((), ())


def test_an_ambiguous_reference_names_its_candidates(pets: Catalog) -> None:
    publish(pets, kinds.AddClass(new=labelled("7")), kinds.AddClass(new=labelled("animal 7")))
    resolver = pets.comparisons.resolver(SLUG, "latest", "1.0.0")
    found = resolver.resolve("7")
    assert (found.status, found.automatic, found.needs_decision) == ("ambiguous", False, True)
    shown = plain(resolver, found)
    assert [each["code"] for each in shown["candidates"]] == [7, 9]
    assert (shown["class"], shown["targets"], shown["candidates_total"]) == (None, [], 2)
    assert resolver.resolve("7", By.LABEL).status is Status.RETIRED  # it was not there yet


def test_only_some_of_many_candidates_are_listed(catalog: Catalog) -> None:
    classes = b"label,code\n" + b"".join(b"same,%d\n" % code for code in range(30))
    catalog.import_new(NewTaxonomy(slug=SLUG), Document(classes, "csv"), ADA)
    resolver = catalog.comparisons.resolver(SLUG, "draft", "draft")
    shown = plain(resolver, resolver.resolve("same"))
    assert (len(shown["candidates"]), shown["candidates_total"]) == (20, 30)


_SUCCESSORS = {
    "ant": ["bee"],
    "bee": ["cricket"],
    "dor": ["ant", "ewe"],
    "fly": ["gnat"],
    "gnat": ["fly"],
    "hen": [],
    "ibis": ["hen"],
}
_USED = ("cricket", "ewe")


def turtle() -> bytes:
    """Classes in use, and retired ones with their successors."""
    used = [f'<#{each}> skos:prefLabel "{each}"@en .' for each in _USED]
    retired = [
        f'<#{name}> owl:deprecated true ; skos:prefLabel "{name}"@en .\n'
        + "\n".join(f"<#{name}> dcterms:isReplacedBy <#{each}> ." for each in successors)
        for name, successors in _SUCCESSORS.items()
    ]
    members = [
        f"<#{each}> a skos:Concept ; skos:inScheme <#all> ." for each in (*_USED, *_SUCCESSORS)
    ]
    head = (
        "@base <https://example.org/insects> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "<#all> a skos:ConceptScheme ."
    )
    return "\n".join((head, *members, *used, *retired)).encode()


@pytest.fixture
def imported(catalog: Catalog) -> Catalog:
    """A taxonomy that came with retired classes, whose retirement no change records."""
    new = NewTaxonomy(slug=SLUG, structure=LabelStructure(kind=Structure.MULTI_LABEL))
    catalog.import_new(new, Document(turtle(), "turtle"), ADA)
    return catalog


def test_a_class_retired_before_is_followed_by_its_successors(imported: Catalog) -> None:
    assert told(imported, "draft", "draft", "ant") == ("retired", ["cricket"])
    found = resolve(imported, "draft", "draft", "ant")
    assert found.automatic
    assert found.fate is not None
    assert found.fate.by_successors
    assert found.fate.pairs[0].predicate == "broadMatch"
    assert [each.text for each in found.path] == [
        "“ant” is retired; its successors: “bee”.",
        "“bee” is retired; its successors: “cricket”.",
    ]
    choice = resolve(imported, "draft", "draft", "dor")
    status, labels = told(imported, "draft", "draft", "dor")
    assert (status, sorted(labels)) == ("retired", ["cricket", "ewe"])
    assert choice.needs_decision
    for end in ("hen", "ibis"):
        assert told(imported, "draft", "draft", end) == ("retired", [])
        assert not resolve(imported, "draft", "draft", end).needs_decision


def test_a_circle_of_successors_is_named_by_labels(imported: Catalog) -> None:
    with pytest.raises(SuccessorCycle) as caught:
        resolve(imported, "draft", "draft", "gnat")
    assert caught.value.labels == ("gnat", "fly")
    with pytest.raises(SuccessorCycle):
        imported.comparisons.resolver(SLUG, "draft", "draft").resolve("fly")


def test_unknown_versions_and_taxonomies(pets: Catalog) -> None:
    with pytest.raises(UnknownVersion):
        resolve(pets, "9", "1", "cat")
    with pytest.raises(UnknownVersion):
        resolve(pets, "1", "9", "cat")
    with pytest.raises(UnknownTaxonomy):
        pets.comparisons.resolver("cars", "1", "2")


def test_answers_as_plain_values_and_as_a_table(pets: Catalog) -> None:
    resolver = pets.comparisons.resolver(SLUG, "2", "3")
    shown = detailed(resolver, resolver.resolve("pet", detailed=True))
    assert (shown["status"], shown["how"], shown["class"]["label"]) == ("split", "preferred", "pet")
    assert sorted(each["label"] for each in shown["targets"]) == ["furry", "scaly"]
    (hop,) = shown["path"]
    assert ([each["label"] for each in hop["from"]], hop["version"]) == (["pet"], "3.0.0")
    assert sorted(each["label"] for each in hop["to"]) == ["furry", "scaly"]
    wanted = ["pet", "=1+1", "@x", "animal"]
    text = table(plain(resolver, resolver.resolve(each)) for each in wanted)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [each["query"] for each in rows] == ["pet", "'=1+1", "'@x", "animal"]
    assert sorted(rows[0]["target_labels"].split("|")) == ["furry", "scaly"]
    assert rows[0]["automatic"] == "no"
    assert (rows[1]["status"], rows[1]["target_ids"]) == ("unknown", "")
    assert (rows[3]["automatic"], rows[3]["confidences"]) == ("yes", "1.0")


def test_a_class_of_another_meaning_is_itself_and_asks(pets: Catalog) -> None:
    narrower = (Text("A pet that has fur.", "en"),)
    redefined = kinds.RedefineClass(id="furry", definitions=narrower, shift=kinds.Shift.NARROWED)
    publish(pets, redefined)
    found = pets.comparisons.resolver(SLUG, "3.0.0", "latest").resolve("furry")
    assert found.fate is not None
    assert (found.fate.status, found.fate.needs_decision) == ("redefined", True)
