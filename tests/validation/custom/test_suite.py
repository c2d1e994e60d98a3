"""The W3C SHACL test suite through the door of custom shapes, beside pySHACL and the suite."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from cladist.model.errors import InvalidValue
from cladist.validation.custom import run, screen
from tests.validation.custom import suite
from tests.validation.custom.suite import Case, Reported

# What pySHACL itself finds otherwise than the suite says (docs/reference/custom-shapes.md).
OTHERWISE = {"core/property/uniqueLang-002"}
# What the door refuses, by what the refusal says.
REFUSED = {
    "sparql/node/prefixes-001": "imports another",
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph",
}


def _through_the_door(case: Case, *, trusted: bool) -> Reported:
    shapes = suite.shapes_of(case)
    if shapes is None:
        return Reported()
    screen(shapes, trusted=[shapes.digest] if trusted else [])
    found = run(suite.data_of(case), shapes)
    return suite.reported(Graph().parse(data=found.report, format="turtle"))


@pytest.mark.parametrize("case", suite.cases("core"), ids=lambda case: case.name)
def test_core(case: Case) -> None:
    found = _through_the_door(case, trusted=False)
    stock = suite.stock(case)
    assert stock is not None
    assert found == suite.reported(stock)
    assert (found == suite.reported(case.graph, case.expected)) is (case.name not in OTHERWISE)


SPARQL = [
    case
    for folder in ("sparql/node", "sparql/property", "sparql/pre-binding")
    for case in suite.cases(folder)
    if case.name != "sparql/pre-binding/unsupported-sparql-006"  # about constraint components
]


@pytest.mark.parametrize("case", SPARQL, ids=lambda case: case.name)
def test_sparql_constraints_of_trusted_shapes(case: Case) -> None:
    if case.name in REFUSED or isinstance(case.expected, URIRef):
        with pytest.raises(InvalidValue) as refused:
            _through_the_door(case, trusted=True)
        assert REFUSED.get(case.name, "cannot run them") in str(refused.value)
    else:
        found = _through_the_door(case, trusted=True)
        assert found == suite.reported(case.graph, case.expected)


@pytest.mark.parametrize("case", SPARQL, ids=lambda case: case.name)
def test_sparql_constraints_of_others_are_refused(case: Case) -> None:
    with pytest.raises(InvalidValue, match=r"CLADIST_TRUSTED_SHAPES|imports another"):
        _through_the_door(case, trusted=False)


def test_the_whole_suite_is_there() -> None:
    assert len(suite.cases("core")) == 98
    assert len(SPARQL) == 18
