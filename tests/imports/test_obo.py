"""OBO documents: what becomes of every clause."""

from __future__ import annotations

import pytest

from cladist.model.taxonomy import Header, Notation, Retirement, Statement, Text
from cladist.rdf.formats import FlatFormat
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import OBO, OIO, OWL, RDFS
from cladist.rdf.parse import parse
from tests.imports.ontologies import HEADER, obo, owl, pet, term

PETS = """\
    format-version: 1.4
    data-version: 2026-01-01
    ontology: pets
    remark: Animals at home.
    idspace: COL http://colour.example/ "Colours"

    [Term]
    id: PET:1
    name: animal

    [Term]
    id: PET:2
    name: dog
    namespace: home
    alt_id: PET:20
    alt_id: PET:21
    def: "A \\"canid\\"." [ISBN:1 "a book", PET:curators]
    comment: Not the wolf.
    synonym: "hound" EXACT []
    synonym: "cur" EXACT slang [PET:x]
    synonym: "canid" BROAD []
    synonym: "puppy" NARROW []
    synonym: "wolf" RELATED []
    subset: common
    xref: WD:Q144
    is_a: PET:1 {source="x"} ! animal
    relationship: part_of PET:3
    relationship: eats COL:red
    intersection_of: PET:1
    intersection_of: part_of PET:3
    disjoint_from: PET:4
    property_value: weight "12" xsd:integer
    created_by: someone

    [Term]
    id: PET:3
    name: household

    [Term]
    id: PET:4
    name: cat
    is_a: PET:1

    [Term]
    id: PET:5
    name: obsolete house cat
    is_obsolete: true
    replaced_by: PET:4
    consider: PET:2

    [Term]
    id: PET:6
    name: obsolete mouser
    is_obsolete: true
    consider: PET:2
    consider: PET:4

    [Term]
    id: PET:7
    name: obsolete tom
    is_obsolete: true
    consider: PET:4

    [Typedef]
    id: part_of
    name: part of
    xref: BFO:0000050
    is_transitive: true

    [Instance]
    id: rex
    name: Rex
    instance_of: PET:2
    """

TWIN = """
    obo:pets.owl a owl:Ontology ; rdfs:comment "Animals at home." .
    obo:PET_1 a owl:Class ; oio:id "PET:1" ; rdfs:label "animal" .
    obo:PET_2 a owl:Class ; oio:id "PET:2" ; rdfs:label "dog" ;
        oio:hasAlternativeId "PET:20", "PET:21" ;
        obo:IAO_0000115 "A \\"canid\\"." ; rdfs:comment "Not the wolf." ;
        oio:hasExactSynonym "hound", "cur" ; oio:hasRelatedSynonym "wolf" ;
        rdfs:subClassOf obo:PET_1 ,
            [ a owl:Restriction ; owl:onProperty obo:BFO_0000050 ; owl:someValuesFrom obo:PET_3 ] ;
        owl:disjointWith obo:PET_4 .
    obo:PET_3 a owl:Class ; oio:id "PET:3" ; rdfs:label "household" .
    obo:PET_4 a owl:Class ; oio:id "PET:4" ; rdfs:label "cat" ; rdfs:subClassOf obo:PET_1 .
    obo:PET_5 a owl:Class ; oio:id "PET:5" ; rdfs:label "obsolete house cat" ;
        owl:deprecated true ; obo:IAO_0100001 obo:PET_4 ; oio:consider "PET:2" .
    obo:PET_6 a owl:Class ; oio:id "PET:6" ; rdfs:label "obsolete mouser" ;
        owl:deprecated true ; oio:consider "PET:2", "PET:4" .
    obo:PET_7 a owl:Class ; oio:id "PET:7" ; rdfs:label "obsolete tom" ;
        owl:deprecated true ; oio:consider "PET:4" .
    obo:PET_20 a owl:Class ; oio:id "PET:20" ; owl:deprecated true ;
        obo:IAO_0000231 obo:IAO_0000227 ; obo:IAO_0100001 obo:PET_2 .
    """


def test_a_term_becomes_a_class() -> None:
    taxonomy, _ = obo(PETS)
    dog = pet(taxonomy, "2")
    assert dog.id == f"{OBO}PET_2"
    assert dog.preferred == (Text("dog", "en"),)
    assert dog.alternative == (Text("cur", "en"), Text("hound", "en"))
    assert dog.definitions == (Text('A "canid".', "en"),)
    assert dog.scope_notes == (Text("Not the wolf.", "en"),)
    assert dog.notations == (Notation("PET:2"),)
    assert dog.parents == (f"{OBO}PET_1",)
    assert dog.active


def test_the_header_describes_the_taxonomy() -> None:
    header = obo(PETS)[0].header
    assert (header.iri, header.slug) == (f"{OBO}pets.owl", "pets")
    assert header.descriptions == (Text("Animals at home.", "en"),)
    assert Statement(f"{OWL}versionInfo", '"2026-01-01"') in header.extra
    assert obo("[Term]\nid: PET:1\n")[0].header.iri == HEADER.iri


def test_texts_are_in_the_default_language() -> None:
    taxonomy, _ = obo(PETS, Header(iri=HEADER.iri, slug="pets", default_language="de"))
    assert pet(taxonomy, "1").preferred == (Text("animal", "de"),)
    assert taxonomy.header.default_language == "de"


def test_what_has_no_field_is_kept() -> None:
    extra = set(pet(obo(PETS)[0], "2").extra)
    assert extra == {
        Statement(f"{OBO}BFO_0000050", f"<{OBO}PET_3>"),
        Statement(f"{OBO}pets#eats", "<http://colour.example/red>"),
        Statement(f"{OBO}pets#weight", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        Statement(f"{OBO}IAO_0000119", '"ISBN:1 \\"a book\\""'),
        Statement(f"{OBO}IAO_0000119", '"PET:curators"'),
        Statement(f"{OIO}hasOBONamespace", '"home"'),
        Statement(f"{OIO}hasBroadSynonym", '"canid"'),
        Statement(f"{OIO}hasNarrowSynonym", '"puppy"'),
        Statement(f"{OIO}hasRelatedSynonym", '"wolf"'),
        Statement(f"{OIO}synonym", '"\\"cur\\" EXACT slang [PET:x]"'),
        Statement(f"{OIO}inSubset", f"<{OBO}pets#common>"),
        Statement(f"{OIO}hasDbXref", '"WD:Q144"'),
        Statement(f"{OIO}is_a", '"PET:1 {source=\\"x\\"}"'),
        Statement(f"{OIO}intersection_of", '"PET:1"'),
        Statement(f"{OIO}intersection_of", '"part_of PET:3"'),
        Statement(f"{OIO}created_by", '"someone"'),
        Statement(f"{OWL}disjointWith", f"<{OBO}PET_4>"),
    }


def test_relations_are_kept_beside_the_classes() -> None:
    taxonomy, findings = obo(PETS)
    assert findings["not-classes"].examples == (f"{OBO}pets#part_of",)
    assert Statement(f"{OIO}is_transitive", '"true"') in taxonomy.others[f"{OBO}pets#part_of"]
    assert findings["links"].count == findings["synonyms"].count == 1


def test_instances_are_left_out_and_reported() -> None:
    data = b"[Term]\nid: PET:1\n\n[Instance]\nid: rex\nname: Rex\n"
    parsed = parse(
        data, FlatFormat.OBO, base=None, limits=Limits(), skolem_base="https://example.org/"
    )
    assert [(each.kind, each.count) for each in parsed.warnings] == [("instances", 1)]


def test_successors() -> None:
    taxonomy, findings = obo(PETS)
    dog, cat = f"{OBO}PET_2", f"{OBO}PET_4"
    assert pet(taxonomy, "5").retirement == Retirement(successors=(cat,))
    assert pet(taxonomy, "5").extra == (Statement(f"{OIO}consider", f"<{dog}>"),)
    assert pet(taxonomy, "6").retirement == Retirement(successors=(dog, cat))
    assert pet(taxonomy, "6").extra == ()
    assert pet(taxonomy, "7").retirement == Retirement(successors=(cat,))
    assert pet(taxonomy, "7").extra == (Statement(f"{OIO}consider", f"<{cat}>"),)
    assert findings["consider"].examples == (f"{OBO}PET_7",)


def test_an_alternative_id_is_a_class_that_was_merged() -> None:
    taxonomy, findings = obo(PETS)
    for number in ("20", "21"):
        old = pet(taxonomy, number)
        assert old.retirement == Retirement("terms merged", (f"{OBO}PET_2",))
        assert old.notations == (Notation(f"PET:{number}"),)
    assert findings["merged"].count == 2


def test_two_terms_that_took_over_one_id() -> None:
    taxonomy, _ = obo(
        term("id: PET:1", "alt_id: PET:9", "", "[Term]", "id: PET:2", "alt_id: PET:9")
    )
    retirement = pet(taxonomy, "9").retirement
    assert retirement is not None
    assert retirement.successors == (f"{OBO}PET_1", f"{OBO}PET_2")


def test_disjoint_terms_form_a_group() -> None:
    (group,) = obo(PETS)[0].groups.values()
    assert group.members == (f"{OBO}PET_2", f"{OBO}PET_4")
    assert not group.exhaustive


def test_its_owl_twin_is_the_same() -> None:
    one, other = obo(PETS)[0], owl(TWIN)[0]
    assert one.groups == other.groups
    assert one.classes.keys() == other.classes.keys()
    for field in (
        *("preferred", "alternative", "definitions", "scope_notes"),
        *("notations", "parents", "retirement"),
    ):
        assert [getattr(one.classes[each], field) for each in sorted(one.classes)] == [
            getattr(other.classes[each], field) for each in sorted(other.classes)
        ]


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("PET:1", f"{OBO}PET_1"),
        ("COL:red", "http://colour.example/red"),
        ("PET:a_b", f"{OBO}PET#_a_b"),
        ("dog", f"{OBO}pets#dog"),
        ("https://pets.example/dog", "https://pets.example/dog"),
        (r"WD:big\ dog", f"{OBO}WD_big%20dog"),
        ("PET:<1>", f"{OBO}PET_%3C1%3E"),
        ("PET:é", f"{OBO}PET_%C3%A9"),
    ],
)
def test_ids_become_iris(written: str, iri: str) -> None:
    text = f"ontology: pets\nidspace: COL http://colour.example/\n\n[Term]\nid: {written}\n"
    assert set(obo(text)[0].classes) == {iri}


def test_ids_without_a_prefix_where_no_ontology_is_named() -> None:
    assert set(obo("[Term]\nid: dog\n")[0].classes) == {f"{HEADER.iri}#dog"}


def test_an_unknown_parent_is_kept_and_reported() -> None:
    taxonomy, findings = obo(term("id: PET:1", "is_a: PET:9"))
    assert pet(taxonomy, "1").parents == ()
    assert pet(taxonomy, "1").extra == (Statement(f"{RDFS}subClassOf", f"<{OBO}PET_9>"),)
    assert findings["unknown-parent"].examples == (f"{OBO}PET_1",)


def test_an_unknown_successor_is_kept_and_reported() -> None:
    taxonomy, findings = obo(term("id: PET:1", "is_obsolete: true", "replaced_by: DOG:1"))
    assert pet(taxonomy, "1").retirement == Retirement()
    assert pet(taxonomy, "1").extra == (Statement(f"{OBO}IAO_0100001", f"<{OBO}DOG_1>"),)
    assert findings["unknown-successor"].count == 1


def test_a_successor_may_be_an_id_that_was_taken_over() -> None:
    text = term("id: PET:1", "is_obsolete: true", "replaced_by: PET:9")
    taxonomy, _ = obo(text + "\n[Term]\nid: PET:2\nalt_id: PET:9\n")
    assert pet(taxonomy, "1").retirement == Retirement(successors=(f"{OBO}PET_9",))


@pytest.mark.parametrize("alternative", ["PET:1", "PET:2"])
def test_an_alternative_id_of_a_class_in_use(alternative: str) -> None:
    text = term("id: PET:1", f"alt_id: {alternative}", "", "[Term]", "id: PET:2")
    taxonomy, findings = obo(text)
    assert all(each.active for each in taxonomy.classes.values())
    assert pet(taxonomy, "1").extra[0].predicate == f"{OIO}hasAlternativeId"
    assert findings["alternative-id"].examples == (f"{OBO}PET_1",)


def test_a_term_that_stands_twice_is_one() -> None:
    taxonomy, findings = obo(
        term("id: PET:1", "name: hound", "", "[Term]", "id: PET:1", "name: dog", "is_a: PET:2")
        + "\n[Term]\nid: PET:2\n"
    )
    dog = pet(taxonomy, "1")
    assert dog.preferred == (Text("dog", "en"),)
    assert dog.alternative == (Text("hound", "en"),)
    assert dog.parents == (f"{OBO}PET_2",)
    assert findings["labels"].count == 1
