"""What the tests of reading share: one call with the settings of a test installation."""

from __future__ import annotations

import pytest

from cladist.model.errors import CladistError
from cladist.rdf.parse import Limits, Parsed, RdfFormat, parse

SKOLEM_BASE = "https://example.org/id/"
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
    "%s\n</rdf:RDF>"
)


def read(
    document: str | bytes,
    format: RdfFormat = RdfFormat.TURTLE,
    *,
    base: str | None = None,
    limits: Limits | None = None,
) -> Parsed:
    """Parse a document given as text or bytes."""
    data = document.encode() if isinstance(document, str) else document
    return parse(data, format, base=base, limits=limits or Limits(), skolem_base=SKOLEM_BASE)


def lines(document: str | bytes, format: RdfFormat = RdfFormat.TURTLE) -> list[str]:
    """The statements of a document, as text without the closing “ .”."""
    return [line.decode().removesuffix(" .\n") for line in read(document, format).lines]


def xml(content: str) -> str:
    """An RDF/XML document around some content."""
    return XML % content


def about(content: str) -> str:
    """RDF/XML that says one thing about http://e/a."""
    return xml(f'<rdf:Description rdf:about="http://e/a">{content}</rdf:Description>')


def refusal(document: str | bytes, format: RdfFormat, limits: Limits | None = None) -> CladistError:
    """The error with which a document is refused."""
    with pytest.raises(CladistError) as caught:
        read(document, format, limits=limits)
    return caught.value
