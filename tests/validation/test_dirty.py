"""Dirty contents: whatever they say, a report comes back, and it is the right one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, SKOS, XSD
from cladist.validation import Result, Severity, rules, validate
from cladist.validation.engine import examine, run
from cladist.validation.finding import Finding
from cladist.validation.loading import load
from cladist.validation.shapes import shipped
from tests.validation.contents import TAXONOMY, chain, content

DEEP = 10_000


def grave(lines: list[bytes]) -> list[Result]:
    """What is more than a remark."""
    return [each for each in validate(lines).results if each.severity is not Severity.INFO]


def broken(lines: list[bytes]) -> dict[str, int]:
    """How often each rule speaks, remarks left out."""
    found = [each.rule for each in grave(lines)]
    return {rule: found.count(rule) for rule in sorted(set(found))}


def test_a_chain_ten_thousand_deep_is_clean() -> None:
    assert grave(chain(DEEP)) == []


def test_a_cycle_deep_down_is_found_once() -> None:
    depth = 1_500
    result, other = grave(chain(depth, [(0, depth - 1)]))
    assert other.rule == "clad-hier-nothing-selectable"  # a cycle has no leaf
    assert result.rule == "clad-hier-cycle"
    assert len(result.classes) == depth
    assert max(len(each.path) for each in result.classes) <= 7


def test_chains_of_types_and_successors_may_be_deep() -> None:
    depth = 4_000
    subclasses = "".join(f":t{n} rdfs:subClassOf :t{n + 1} .\n" for n in range(depth))
    retired = "".join(
        f":r{n} owl:deprecated true ; dcterms:isReplacedBy :r{n + 1} .\n" for n in range(depth)
    )
    lines = content(f"{subclasses}:t{depth} rdfs:subClassOf skos:Concept . :x a :t0 .\n{retired}")
    assert set(broken(lines)) == {"clad-hier-no-scheme"}


def test_nothing_at_all_is_no_taxonomy() -> None:
    assert broken([]) == {"clad-struct-one-taxonomy": 1}


def test_an_empty_taxonomy_is_clean() -> None:
    assert broken(content("")) == {}


def test_only_the_uppermost_class_under_two_members_is_reported() -> None:
    pets = """
:a a skos:Concept . :b a skos:Concept . :c a skos:Concept ; skos:broader :a, :b .
:d a skos:Concept ; skos:broader :c . :e a skos:Concept ; skos:broader :d ; owl:deprecated true .
:f a skos:Concept ; skos:broader :e .
:g a clad:ExclusiveGroup ; skos:inScheme <> ; skos:member :a, :b .
"""
    found = validate(content(pets)).results
    at_fault = [each.subject for each in found if each.rule == "clad-excl-under-two"]
    assert at_fault == [f"{TAXONOMY}/c", f"{TAXONOMY}/f"]


IDS = [f"{TAXONOMY}/{name}" for name in "abcdef"]
WORDS = """code rank colour hotkey selectable selectableRule under exhaustive defaultLanguage slot
labelStructure taggingScheme unit minimum maximum step polyhierarchy role slotOf valueClass minCount
maxCount relation relationFrom relationTo retirementReason""".split()  # noqa: SIM905
PREDICATES = [
    f"{SKOS}broader",
    f"{SKOS}broader",
    f"{SKOS}related",
    f"{SKOS}member",
    f"{SKOS}inScheme",
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{SKOS}hiddenLabel",
    f"{SKOS}exactMatch",
    f"{SKOS}broadMatch",
    f"{SKOS}topConceptOf",
    f"{RDF}type",
    f"{RDF}type",
    f"{OWL}deprecated",
    f"{DCTERMS}isReplacedBy",
    *(f"{CLAD}{name}" for name in WORDS),
]
TYPES = [f"{SKOS}Concept", f"{SKOS}ConceptScheme", f"{SKOS}Collection"]
OURS = ["Taxonomy", "ExclusiveGroup", "ordinal", "sequence", "structured", "regression"]
IRIS = [*IDS, TAXONOMY, *TYPES, *(f"{CLAD}{name}" for name in OURS)]
LEXICAL = ["0", "1", "-1", "1.5", "true", "x", "", "\\\\1", "#00FF00", "BIO", "any", "9" * 4400]
DATATYPES = [f"{XSD}{name}" for name in ("integer", "decimal", "boolean", "string", "double")]
LITERALS = st.one_of(
    st.builds('"{}"'.format, st.sampled_from(LEXICAL)),
    st.builds('"{}"@{}'.format, st.sampled_from(LEXICAL), st.sampled_from(["en", "de"])),
    st.builds('"{}"^^<{}>'.format, st.sampled_from(LEXICAL), st.sampled_from(DATATYPES)),
)
OBJECTS = st.one_of(st.sampled_from([f"<{iri}>" for iri in IRIS]), LITERALS)
SUBJECTS = st.sampled_from([*IDS, TAXONOMY])
STATEMENTS = st.builds("<{}> <{}> {} .\n".format, SUBJECTS, st.sampled_from(PREDICATES), OBJECTS)
LABEL_STRUCTURES = st.sampled_from([*OURS[2:], "multiLabel"])


@st.composite
def dirty(draw: st.DrawFn) -> list[bytes]:
    """A taxonomy header, a group, and any statements about a few ids."""
    head = (
        f"<{TAXONOMY}> <{RDF}type> <{CLAD}Taxonomy> .\n"
        f"<{TAXONOMY}> <{CLAD}labelStructure> <{CLAD}{draw(LABEL_STRUCTURES)}> .\n"
        f"<{IDS[0]}> <{RDF}type> <{CLAD}ExclusiveGroup> .\n"
        f"<{IDS[0]}> <{SKOS}inScheme> <{TAXONOMY}> .\n"
    )
    lines = [head, *draw(st.lists(STATEMENTS, max_size=30))]
    return sorted(set("".join(lines).encode().splitlines(keepends=True)))


@settings(max_examples=40)
@given(dirty())
def test_no_statement_makes_it_fail(lines: list[bytes]) -> None:
    report = validate(lines)
    known = {rule.id for rule in rules()}
    assert {each.rule for each in report.results} <= known
    assert report == validate(lines)


@st.composite
def hierarchies(draw: st.DrawFn) -> list[bytes]:
    """Classes, some retired, in any hierarchy, cyclic or not, with two groups."""
    some = st.lists(st.sampled_from(IDS), max_size=3)
    several = st.lists(st.sampled_from(IDS), min_size=2, max_size=3)
    text = [f"<{TAXONOMY}> <{RDF}type> <{CLAD}Taxonomy> .\n"]

    def say(subject: str, predicate: str, values: list[str]) -> None:
        text.extend(f"<{subject}> <{predicate}> <{value}> .\n" for value in values)

    for each in IDS:
        say(each, f"{RDF}type", [f"{SKOS}Concept"])
        say(each, f"{SKOS}broader", draw(some))
        say(each, f"{SKOS}related", draw(some)[:1])
        say(each, f"{DCTERMS}isReplacedBy", draw(some)[:1])
        if draw(st.integers(0, 4)) == 0:
            text.append(f'<{each}> <{OWL}deprecated> "true"^^<{XSD}boolean> .\n')
    for group in (f"{TAXONOMY}/g", f"{TAXONOMY}/h"):
        say(group, f"{RDF}type", [f"{CLAD}ExclusiveGroup"])
        say(group, f"{SKOS}inScheme", [TAXONOMY])
        say(group, f"{SKOS}member", draw(several))
        say(group, f"{CLAD}under", draw(some)[:1])
    return sorted(set("".join(text).encode().splitlines(keepends=True)))


def close(graph: Graph, predicate: str, closed: str) -> None:
    """Add the whole transitive closure of a predicate under another name."""
    for start in set(graph.subjects(URIRef(predicate))):
        todo, seen = list(graph.objects(start, URIRef(predicate))), set()
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                graph.add((start, URIRef(closed), node))
                todo.extend(graph.objects(node, URIRef(predicate)))


def places(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return sorted((each.rule, each.subject, each.value or "") for each in findings)


@settings(max_examples=40)
@given(hierarchies())
def test_the_partial_closure_finds_what_the_whole_one_finds(lines: list[bytes]) -> None:
    whole = load(lines)
    close(whole, f"{SKOS}broader", f"{SKOS}broaderTransitive")
    close(whole, f"{DCTERMS}isReplacedBy", f"{CLAD}isReplacedByTransitive")
    _, found = run(lines, shipped().graph)
    assert places(found) == places(examine(whole, shipped().graph))


def excluded(graph: Graph) -> set[str]:
    """Active classes, members apart, that are under two active members of one group."""
    above = URIRef(f"{SKOS}broaderTransitive")
    retired = set(graph.subjects(URIRef(f"{OWL}deprecated")))
    found: set[str] = set()
    for group in (URIRef(f"{TAXONOMY}/g"), URIRef(f"{TAXONOMY}/h")):
        members = set(graph.objects(group, URIRef(f"{SKOS}member")))
        for each in map(URIRef, IDS):
            over = set(graph.objects(each, above)) & members - retired
            if len(over) > 1 and each not in members | retired:
                found.add(str(each))
    return found


@settings(max_examples=40)
@given(hierarchies())
def test_exclusion_is_reported_where_it_is_broken_and_nowhere_else(lines: list[bytes]) -> None:
    whole = load(lines)
    close(whole, f"{SKOS}broader", f"{SKOS}broaderTransitive")
    found = {(each.rule, each.subject) for each in validate(lines).results}
    reported = {subject for rule, subject in found if rule == "clad-excl-under-two"}
    faulty = excluded(whole)
    assert reported <= faulty
    for each in faulty - reported:
        upper = {
            str(node) for node in whole.objects(URIRef(each), URIRef(f"{SKOS}broaderTransitive"))
        }
        nested = {subject for rule, subject in found if rule == "clad-excl-nested"}
        assert upper & (reported | nested)
