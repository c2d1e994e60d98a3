"""What became of classes that went out of use, as the annotations that OBO and OWL tools read.

``owl:deprecated`` marks the class. ``IAO:0100001`` (term replaced by) names a class that may be put
in its place without asking, so it stands only where there is exactly one such class; candidates
about which somebody must decide are named by ``oboInOwl:consider``. ``IAO:0000231`` says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import ClassPair, Component, Kind
from cladist.model.errors import InvalidValue
from cladist.rdf import words
from cladist.rdf.namespaces import OBO, OIO, OWL, XSD
from cladist.rdf.terms import iri

PREFIXES: Final[Mapping[str, str]] = {"obo": OBO, "oboInOwl": OIO, "owl": OWL, "xsd": XSD}
"""Prefixes for the annotations, where a format has such."""

_REPLACED_BY = f"<{OBO}IAO_0100001>"
_CONSIDER = f"<{OIO}consider>"
_WHY = f"<{OBO}IAO_0000231>"
_REASONS = {
    Kind.MERGED: f"<{OBO}IAO_0000227>",  # terms merged
    Kind.SPLIT: f"<{OBO}IAO_0000229>",  # term split
}


def replacements(account: Account) -> list[bytes]:
    """Annotations of the source classes that the target no longer has in use, as sorted lines.

    The account must lead from an older to a newer state of one taxonomy. A class that is no target
    of any pair is out of use. Raises InvalidValue for an account of two taxonomies: a class of one
    is not out of use because another one lacks it.
    """
    if account.source.taxonomy != account.target.taxonomy:
        raise InvalidValue(
            "correspondence",
            "only two versions of one taxonomy tell which classes went out of use.",
        )
    kept = {each for component in account.components for each in component.targets}
    lines = [
        f"{iri(class_id)} {predicate} {token} .\n".encode()
        for component in account.components
        for class_id in component.sources
        if class_id not in kept
        for predicate, token in _annotations(component, class_id)
    ]
    return sorted(lines)


def _annotations(component: Component, class_id: str) -> Iterator[tuple[str, str]]:
    yield words.DEPRECATED, words.TRUE
    pairs = [pair for pair in component.pairs if pair.source == class_id]
    predicate = _REPLACED_BY if _is_sure(pairs) else _CONSIDER
    yield from ((predicate, iri(pair.target)) for pair in pairs)
    if component.kind in _REASONS:
        yield _WHY, _REASONS[component.kind]


def _is_sure(pairs: list[ClassPair]) -> bool:
    return len(pairs) == 1 and not pairs[0].needs_decision
