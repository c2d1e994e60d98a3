"""The shape files: sound SHACL, every rule described, each file usable alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from cladist import resources
from cladist.rdf.namespaces import CLAD, RULES, SH
from cladist.validation import rules
from cladist.validation.report import Rule
from cladist.validation.shapes import shipped
from tests.conftest import ROOT

FILES = resources.shapes()


def test_the_shapes_are_sound() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shipped().graph, meta_shacl=True)
    assert "Validation Report" in text
    assert not conforms  # an empty graph describes no taxonomy


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule.id))
def test_a_rule_is_described(rule: Rule) -> None:
    assert rule.title and not rule.title.endswith(".")
    assert rule.description.endswith(".")
    assert rule.advice.endswith(".")


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in rules()]
    assert ids == sorted(set(ids))


def test_every_result_can_be_led_back_to_a_rule() -> None:
    targets = [URIRef(f"{SH}{name}") for name in ("targetClass", "targetNode", "targetSubjectsOf")]
    graph = shipped().graph
    targeted = {str(shape) for target in targets for shape in graph.subjects(target)}
    assert targeted == {f"{RULES}{rule.id}" for rule in rules() if rule.shape}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_a_file_stands_alone(path: Path) -> None:
    graph = Graph().parse(path, format="turtle")
    kinds = (URIRef(f"{SH}NodeShape"), URIRef(f"{CLAD}Check"))
    assert any(set(graph.subjects(RDF.type, kind)) for kind in kinds)
    for query in graph.objects(None, URIRef(f"{SH}select")):
        assert isinstance(query, Literal)
        prepareQuery(declarations(graph) + str(query))


def declarations(graph: Graph) -> str:
    """The prefixes that the file declares for its queries, as SPARQL."""
    return "".join(
        f"PREFIX {graph.value(each, URIRef(f'{SH}prefix'))}: "
        f"<{graph.value(each, URIRef(f'{SH}namespace'))}>\n"
        for each in graph.objects(URIRef(f"{RULES}prefixes"), URIRef(f"{SH}declare"))
    )


def test_queries_put_no_text_of_the_data_into_messages() -> None:
    # pySHACL reads a backslash in such a text as part of a pattern and fails.
    for query in shipped().graph.objects(None, URIRef(f"{SH}select")):
        chosen = str(query).split("WHERE")[0]
        assert not {"?label", "?hotkey", "?given", "?definition"} & set(chosen.split())


def test_the_door_opens_without_the_engine() -> None:
    script = "import sys, cladist.validation; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    out = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "service")},
        capture_output=True,
        check=True,
        text=True,
    )
    assert out.stdout.strip() == "set()"
