"""Statements that follow from stored ones and stand in no content: inverses and top classes."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.rdf import words
from cladist.rdf.content import Lines

_Pair = tuple[bytes, bytes]


def derived(lines: Lines) -> list[bytes]:
    """What follows from a content, as sorted canonical lines without a graph.

    ``skos:narrower`` for each ``skos:broader`` between classes of one taxonomy (SKOS S25);
    ``skos:topConceptOf`` and ``skos:hasTopConcept`` (S8) for each of its classes in use that has
    no such ``skos:broader``.
    """
    broader = [*_pairs(lines, words.BROADER)]
    scheme_of = [*_pairs(lines, words.IN_SCHEME)]
    taxonomies = _typed(lines, words.TAXONOMY)
    concepts = _typed(lines, words.CONCEPT)
    retired = {item for item, token in _pairs(lines, words.DEPRECATED) if token == _TRUE}
    found: set[bytes] = set()
    for taxonomy in taxonomies:
        classes = {item for item, scheme in scheme_of if scheme == taxonomy} & concepts
        inner = [pair for pair in broader if pair[0] in classes and pair[1] in classes]
        tops = classes - retired - {child for child, _ in inner}
        found.update(_line(parent, _NARROWER, child) for child, parent in inner)
        found.update(_line(taxonomy, _HAS_TOP, top) for top in tops)
        found.update(_line(top, _TOP_OF, taxonomy) for top in tops)
    return sorted(found)


_NARROWER = words.NARROWER.encode()
_HAS_TOP = words.HAS_TOP.encode()
_TOP_OF = words.TOP_OF.encode()
_TRUE = words.TRUE.encode()


def _pairs(lines: Lines, predicate: str) -> Iterator[_Pair]:
    """Subject and object tokens of the statements with this predicate."""
    sign = f" {predicate} ".encode()
    for line in lines:
        if sign in line:  # perhaps inside a literal
            subject, token, rest = line.split(b" ", 2)
            if token == sign[1:-1]:
                yield subject, rest[: rest.rindex(b" .")]


def _typed(lines: Lines, kind: str) -> set[bytes]:
    """The subjects of this type."""
    end = f" {words.TYPE} {kind} .\n".encode()
    return {line[: -len(end)] for line in lines if line.endswith(end)}


def _line(subject: bytes, predicate: bytes, item: bytes) -> bytes:
    return b"%b %b %b .\n" % (subject, predicate, item)
