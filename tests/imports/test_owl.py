"""OWL class hierarchies: which words become which, and what is kept as it came."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.imports.disjointness import disjoint_sets
from cladist.imports.owl import speaks_owl
from cladist.model.errors import ManySchemes, UnreadableInput
from cladist.model.taxonomy import Notation, Retirement, Statement, Text
from cladist.rdf.formats import RdfFormat
from cladist.rdf.namespaces import OIO, OWL, RDFS
from tests.imports.ontologies import HEADER, PREFIXES, owl, pet, statements

BASE = f"{HEADER.iri}/"


@pytest.mark.parametrize(
    ("turtle", "answer"),
    [
        ("e:dog a owl:Class .", True),
        ("e:dog a owl:DeprecatedClass .", True),
        ("e:pets a owl:Ontology .", True),
        ("e:dog a owl:Class, skos:Concept .", False),
        ("e:pets a skos:ConceptScheme . e:dog a owl:Class .", False),
        ("e:Kind rdfs:subClassOf skos:Concept ; a owl:Class . e:dog a e:Kind .", False),
        ("e:dog rdfs:label 'dog' .", False),
    ],
)
def test_owl_is_told_from_skos(turtle: str, answer: bool) -> None:
    assert speaks_owl(statements(PREFIXES + turtle, RdfFormat.TURTLE)) is answer


def test_a_class_in_the_words_of_owl() -> None:
    taxonomy, findings = owl(
        """
        e:animal a owl:Class ; rdfs:subClassOf owl:Thing ; rdfs:label "animal" .
        e:dog a owl:Class ; rdfs:subClassOf e:animal, e:animal ;
            rdfs:label "dog"@en, "Hund"@de ; rdfs:comment "A canid." ;
            skos:altLabel "hound"@en ; oio:id "PET:1" ; skos:notation "D"^^e:system .
        """
    )
    dog = pet(taxonomy, "dog")
    assert dog.preferred == (Text("Hund", "de"), Text("dog", "en"))
    assert dog.alternative == (Text("hound", "en"),)
    assert dog.definitions == (Text("A canid.", "en"),)
    assert dog.notations == (Notation("D", f"{BASE}system"), Notation("PET:1"))
    assert dog.parents == (f"{BASE}animal",)
    assert dog.extra == ()
    assert pet(taxonomy, "animal").extra == (Statement(f"{RDFS}subClassOf", f"<{OWL}Thing>"),)
    assert findings == {}


def test_a_comment_beside_definitions_is_a_note() -> None:
    taxonomy, _ = owl(
        """
        e:cat a owl:Class ; rdfs:comment "Purrs." .
        e:dog a owl:Class ; skos:definition "A canid." .
        """
    )
    assert pet(taxonomy, "cat").scope_notes == (Text("Purrs.", "en"),)
    assert pet(taxonomy, "cat").definitions == ()


def test_one_preferred_label_a_language() -> None:
    taxonomy, findings = owl(
        """
        e:cat a owl:Class ; rdfs:label "cat", "cat"@en, "house cat" ; oio:hasExactSynonym "cat" .
        e:dog a owl:Class ; skos:prefLabel "hound"@en ; rdfs:label "dog" .
        """
    )
    assert pet(taxonomy, "cat").preferred == (Text("cat", "en"),)
    assert pet(taxonomy, "cat").alternative == (Text("house cat", "en"),)
    assert pet(taxonomy, "dog").preferred == (Text("hound", "en"),)
    assert pet(taxonomy, "dog").alternative == (Text("dog", "en"),)
    assert findings["labels"].count == 2
    assert findings["same-label"].examples == (f"{BASE}cat",)


def test_the_header_is_the_ontologys() -> None:
    taxonomy, _ = owl(
        """
        e:pets.owl a owl:Ontology ; dc:title "Pets"@en ; rdfs:label "the pets" ;
            rdfs:comment "At home." ; owl:versionInfo "3" .
        e:dog a owl:Class .
        """
    )
    header = taxonomy.header
    assert header.iri == f"{BASE}pets.owl"
    assert header.titles == (Text("Pets", "en"),)
    assert header.descriptions == (Text("At home.", "en"),)
    assert header.extra == (
        Statement(f"{RDFS}label", '"the pets"'),
        Statement(f"{OWL}versionInfo", '"3"'),
    )


def test_one_of_several_ontologies() -> None:
    turtle = "e:a a owl:Ontology . e:b a owl:Ontology . e:dog a owl:Class ."
    with pytest.raises(ManySchemes):
        owl(turtle)
    assert owl(turtle, scheme=f"{BASE}b")[0].header.iri == f"{BASE}b"
    with pytest.raises(UnreadableInput, match="no ontology"):
        owl(turtle, scheme=f"{BASE}c")


def test_no_class_at_all() -> None:
    with pytest.raises(UnreadableInput, match="no class"):
        owl("e:pets a owl:Ontology . [] a owl:Class ; owl:unionOf () .")


def test_restrictions_are_no_parents() -> None:
    taxonomy, findings = owl(
        """
        e:eats a owl:ObjectProperty .
        e:dog a owl:Class ; rdfs:subClassOf
            [ a owl:Restriction ; owl:onProperty e:eats ; owl:someValuesFrom e:meat ] ,
            [ a owl:Class ; owl:intersectionOf ( e:meat e:dog ) ] .
        e:meat a owl:Class .
        """
    )
    assert set(taxonomy.classes) == {f"{BASE}dog", f"{BASE}meat"}
    assert pet(taxonomy, "dog").parents == ()
    assert len(pet(taxonomy, "dog").extra) == 2
    kept = {each for pairs in taxonomy.others.values() for each in pairs}
    assert Statement(f"{OWL}someValuesFrom", f"<{BASE}meat>") in kept
    assert findings["links"].examples == (f"{BASE}dog",)
    assert findings["not-classes"].examples == (f"{BASE}eats",)


@pytest.mark.parametrize(
    "said",
    [
        "owl:deprecated true ; obo:IAO_0100001 e:cat",
        'owl:deprecated "1"^^xsd:boolean ; dct:isReplacedBy e:cat',
        'owl:deprecated "true" ; schema:supersededBy e:cat',
        f'a owl:DeprecatedClass ; obo:IAO_0100001 "{BASE}cat"^^xsd:anyURI',
        'owl:deprecated true ; obo:IAO_0100001 "PET:cat"',
    ],
)
def test_retired_with_one_successor(said: str) -> None:
    taxonomy, _ = owl(f"e:old a owl:Class ; {said} . e:cat a owl:Class ; oio:id 'PET:cat' .")
    assert pet(taxonomy, "old").retirement == Retirement(successors=(f"{BASE}cat",))
    assert pet(taxonomy, "old").extra == ()


def test_why_a_class_was_retired() -> None:
    taxonomy, _ = owl(
        """
        e:old a owl:Class ; owl:deprecated true ; obo:IAO_0000231 obo:IAO_0000229 ;
            oio:consider e:cat, e:dog .
        e:cat a owl:Class . e:dog a owl:Class .
        """
    )
    successors = (f"{BASE}cat", f"{BASE}dog")
    assert pet(taxonomy, "old").retirement == Retirement("term split", successors)


def test_a_successor_of_a_class_in_use_is_kept() -> None:
    taxonomy, findings = owl(
        "e:old a owl:Class ; owl:deprecated false ; oio:consider e:cat . e:cat a owl:Class ."
    )
    assert pet(taxonomy, "old").active
    assert Statement(f"{OIO}consider", f"<{BASE}cat>") in pet(taxonomy, "old").extra
    assert findings["successor-in-use"].count == 1


def test_an_alternative_id_of_a_class_with_another_successor() -> None:
    taxonomy, findings = owl(
        """
        e:old a owl:Class ; owl:deprecated true ; obo:IAO_0100001 e:dog .
        e:cat a owl:Class ; oio:hasAlternativeId e:old, "no id" . e:dog a owl:Class .
        """
    )
    assert pet(taxonomy, "old").retirement == Retirement(successors=(f"{BASE}dog",))
    assert len(pet(taxonomy, "cat").extra) == 2
    assert findings["alternative-id"].count == 1


def test_disjoint_unions_are_exhaustive_groups() -> None:
    taxonomy, _ = owl(
        """
        e:pet a owl:Class ; owl:disjointUnionOf ( e:cat e:dog ) .
        e:cat a owl:Class ; owl:disjointWith e:dog . e:dog a owl:Class .
        e:red a owl:Class . e:blue a owl:Class . e:white a owl:Class .
        [] a owl:AllDisjointClasses ; owl:members ( e:red e:blue e:white ) .
        e:red owl:disjointWith e:blue .
        """
    )
    union, colours = sorted(taxonomy.groups.values(), key=lambda each: len(each.members))
    assert union.members == (f"{BASE}cat", f"{BASE}dog")
    assert union.exhaustive
    assert union.under == f"{BASE}pet"
    assert pet(taxonomy, "cat").parents == pet(taxonomy, "dog").parents == (f"{BASE}pet",)
    assert colours.members == (f"{BASE}blue", f"{BASE}red", f"{BASE}white")
    assert not colours.exhaustive


def test_a_union_of_which_a_part_is_unknown_is_not_exhaustive() -> None:
    taxonomy, _ = owl(
        """
        e:pet a owl:Class ; owl:disjointUnionOf ( e:cat e:dog e:fish ) .
        e:cat a owl:Class . e:dog a owl:Class .
        """
    )
    (group,) = taxonomy.groups.values()
    assert (len(group.members), group.exhaustive, group.under) == (2, False, "")


@given(st.sets(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=4)))
def test_groups_say_what_was_stated_and_nothing_else(stated: set[frozenset[str]]) -> None:
    def pairs(sets: object) -> set[tuple[str, ...]]:
        assert isinstance(sets, (set, list))
        return {pair for each in sets for pair in combinations(sorted(each), 2)}

    joined = disjoint_sets(stated)
    assert pairs(joined) == pairs(stated)
    assert len(joined) <= len([each for each in stated if len(each) > 1])
    assert joined == disjoint_sets(joined)


def test_pairs_are_joined_where_all_of_them_exist() -> None:
    triangle = [frozenset(pair) for pair in ("ab", "bc", "ac", "cd")]
    assert disjoint_sets(triangle) == [frozenset("abc"), frozenset("cd")]
