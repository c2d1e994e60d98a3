"""Two files compared: by their statements, and as taxonomies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.catalog.catalog import Catalog
from cladist.catalog.filing import statements
from cladist.catalog.values import Document
from cladist.model.diff.values import OperationKind
from cladist.model.errors import CladistError, UnreadableInput
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import XSD

A = '<https://x.example/a> <https://x.example/p> "one"@en .\n'
B = '<https://x.example/a> <https://x.example/p> "two"@en .\n'
SAME = '<https://x.example/a> <https://x.example/p> "\\u006Fne"@EN .\n'
LINES = (
    A,
    B,
    SAME,
    '<https://x.example/a>\t<https://x.example/p>   "one"@en.\n',
    f'<https://x.example/a> <https://x.example/p> "1"^^<{XSD}string> .\n',
    '<https://x.example/a> <https://x.example/p> "1" .\n',
    "# a comment\n",
    "\n",
)


def lines(text: str, form: str = "n-triples") -> Document:
    return Document(text.encode(), form)


def told(old: Document, new: Document) -> tuple[set[bytes], set[bytes]]:
    found = statements(old, new, Limits())
    return set(found.removed), set(found.added)


@given(st.lists(st.sampled_from(LINES), max_size=4), st.lists(st.sampled_from(LINES), max_size=4))
@settings(max_examples=60, deadline=None)
def test_lines_are_compared_as_the_statements_that_they_are(old: list[str], new: list[str]) -> None:
    """Turtle is always parsed, and every N-Triples file is Turtle."""
    before, after = "".join(old), "".join(new)
    parsed = told(lines(before, "turtle"), lines(after, "turtle"))
    assert told(lines(before), lines(after)) == parsed


def test_what_differs_must_be_sound() -> None:
    with pytest.raises(UnreadableInput):
        told(lines(A), lines(A + "<https://x.example/a> nonsense .\n"))


def test_blank_nodes_are_no_names() -> None:
    one = '_:a <https://x.example/p> "one" .\n'
    other = '_:b <https://x.example/p> "one" .\n'
    assert told(lines(one), lines(other)) == told(lines(one, "turtle"), lines(other, "turtle"))


def test_tables_have_no_statements_of_their_own() -> None:
    with pytest.raises(CladistError, match="RDF"):
        told(lines("label\ncat\n", "csv"), lines("label\ndog\n", "csv"))


def test_files_are_compared_as_taxonomies(catalog: Catalog) -> None:
    old = Document(b"id,label\nhttps://x.example/1,cat\nhttps://x.example/2,dog\n", "csv")
    new = Document(b"id,label\nhttps://x.example/1,house cat\nhttps://x.example/3,hare\n", "csv")
    found = catalog.comparisons.files(old, new)
    assert found.counts() == {
        OperationKind.ADDED: 1,
        OperationKind.RENAMED: 1,
        OperationKind.RETIRED: 1,
    }
    assert len(found.residual) == 0
    assert {card.after for card in found.cards} == {"house cat", "dog", "hare"}
    same = catalog.comparisons.files(old, old)
    assert not same.operations
    assert len(same.statements) == 0
