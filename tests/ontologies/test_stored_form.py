"""Every example is stored as it is written: reading it into the model and back changes nothing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from cladist.rdf.reading import read
from cladist.rdf.writing import content
from tests.ontologies.terms import EXAMPLES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_model_gives_back_every_statement(path: Path) -> None:
    statements = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    text = ox.serialize(statements, format=ox.RdfFormat.N_QUADS) or b""
    lines = text.splitlines(keepends=True)
    taxonomy = read(lines, f"https://w3id.org/cladist/id/{path.stem}")
    assert content(taxonomy) == sorted(lines)
