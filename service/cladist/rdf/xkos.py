"""A correspondence as XKOS statements, for a graph of its own, and read again from them.

XKOS tells which classes hang together (``xkos:ConceptAssociation``, one for each component). It has
no words for the pairs inside, which are no full product, so these are resources of our own
vocabulary. Names of classes are left out: they belong to the graphs of the two versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, unquote

from cladist.model.correspondence.account import Account, Side
from cladist.model.correspondence.components import ClassPair, Component
from cladist.model.errors import UnreadableInput
from cladist.model.identifiers import check_iri
from cladist.rdf import words
from cladist.rdf.content import Lines
from cladist.rdf.curies import SEMAPV, SSSOM
from cladist.rdf.delimited import listed
from cladist.rdf.namespaces import CLAD, DCAT, PROV, SKOS, XSD
from cladist.rdf.rows import Row, components_of, row_of
from cladist.rdf.terms import boolean, integer, iri, is_iri, literal, split, text, typed

XKOS: Final = "http://rdf-vocabulary.ddialliance.org/xkos#"

PREFIXES: Final[Mapping[str, str]] = {
    "clad": CLAD,
    "dcat": DCAT,
    "prov": PROV,
    "semapv": SEMAPV,
    "skos": SKOS,
    "sssom": SSSOM,
    "xkos": XKOS,
    "xsd": XSD,
}
"""Prefixes for the statements, where a format has such."""

CORRESPONDENCE = f"<{XKOS}Correspondence>"
ASSOCIATION = f"<{XKOS}ConceptAssociation>"
PAIR_TYPE = f"<{CLAD}ClassPair>"

_COMPARES = f"<{XKOS}compares>"
_MADE_OF = f"<{XKOS}madeOf>"
_SOURCE = f"<{XKOS}sourceConcept>"
_TARGET = f"<{XKOS}targetConcept>"
_VERSION_OF = f"<{DCAT}isVersionOf>"
_NUMBER = f"<{DCAT}version>"
_PAIR = f"<{CLAD}pair>"
_POSITION = f"<{CLAD}position>"
_KIND = f"<{CLAD}kind>"
_PREDICATE = f"<{CLAD}predicate>"
_SOURCE_PART = f"<{CLAD}sourcePart>"
_TARGET_PART = f"<{CLAD}targetPart>"
_ASKS = f"<{CLAD}needsDecision>"
_CONFIDENCE = f"<{SSSOM}confidence>"
_BASIS = f"<{SSSOM}mapping_justification>"
_CHANGE = f"<{PROV}wasDerivedFrom>"

_CHANGES = "/changes/"  # what follows a taxonomy's IRI in that of a change, before the change's id

Pairs = Iterator[tuple[str, str]]
"""Predicate and object tokens."""


def version_iri(side: Side) -> str:
    """The IRI of a version or draft; InvalidValue where the side names no taxonomy."""
    return check_iri(f"{side.taxonomy}/versions/{side.version}", "version")


def correspondence_iri(account: Account) -> str:
    """The IRI of the correspondence from one version to another."""
    source, target = account.source, account.target
    start = f"{source.taxonomy}/correspondences/{source.version}"
    other = "" if source.taxonomy == target.taxonomy else f"/{target.slug}"
    return check_iri(f"{start}{other}/{target.version}", "correspondence")


def write(account: Account, graph: str | None = None) -> list[bytes]:
    """All statements as sorted unique canonical N-Quads lines.

    They stand in the graph of this IRI, or else in one that is named like the correspondence.
    """
    name = iri(graph or correspondence_iri(account))
    lines = {
        f"{iri(subject)} {predicate} {token} {name} .\n".encode()
        for subject, pairs in _resources(account)
        for predicate, token in pairs
    }
    return sorted(lines)


def _resources(account: Account) -> Iterator[tuple[str, Pairs]]:
    whole = correspondence_iri(account)
    changes = account.target.taxonomy + _CHANGES
    yield whole, _correspondence(account, whole)
    for side in (account.source, account.target):
        yield version_iri(side), _version(side)
    for place, component in enumerate(account.components, 1):
        yield _component_iri(whole, component), _component(component, whole, place)
        for at, pair in enumerate(component.pairs, 1):
            yield _pair_iri(whole, pair), _pair(pair, changes, at)


def _component_iri(whole: str, component: Component) -> str:
    return f"{whole}/components/{_key(*component.sources, '', *component.targets)}"


def _pair_iri(whole: str, pair: ClassPair) -> str:
    return f"{whole}/pairs/{_key(pair.source, pair.target)}"


def _key(*ids: str) -> str:
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:32]


def _correspondence(account: Account, whole: str) -> Pairs:
    yield words.TYPE, CORRESPONDENCE
    for name, side in (("source", account.source), ("target", account.target)):
        version = iri(version_iri(side))
        yield _COMPARES, version
        yield f"<{CLAD}{name}Version>", version
        yield f"<{CLAD}{name}Slug>", text(side.slug)
        yield f"<{CLAD}{name}Language>", text(side.language)
    for component in account.components:
        yield _MADE_OF, iri(_component_iri(whole, component))


def _version(side: Side) -> Pairs:
    yield _VERSION_OF, iri(side.taxonomy)
    yield _NUMBER, text(side.version)


def _component(component: Component, whole: str, place: int) -> Pairs:
    yield words.TYPE, ASSOCIATION
    yield _KIND, text(component.kind)
    yield _POSITION, integer(place)
    yield from ((_SOURCE, iri(each)) for each in component.sources)
    yield from ((_TARGET, iri(each)) for each in component.targets)
    yield from ((_PAIR, iri(_pair_iri(whole, pair))) for pair in component.pairs)


def _pair(pair: ClassPair, changes: str, place: int) -> Pairs:
    yield words.TYPE, PAIR_TYPE
    yield _POSITION, integer(place)
    yield _SOURCE, iri(pair.source)
    yield _TARGET, iri(pair.target)
    yield _SOURCE_PART, text(pair.source_part)
    yield _TARGET_PART, text(pair.target_part)
    yield _PREDICATE, f"<{SKOS}{pair.predicate}>"
    yield _BASIS, f"<{SEMAPV}{pair.justification}>"
    yield _CONFIDENCE, typed(repr(pair.confidence), f"{XSD}double")
    yield _ASKS, boolean(pair.needs_decision)
    yield from ((_CHANGE, iri(changes + quote(each, safe=""))) for each in pair.changes)


Statements = Mapping[str, Mapping[str, Mapping[str, None]]]
"""Object tokens, each once, by subject and predicate tokens."""


def read(lines: Lines) -> Account:
    """The account that such statements tell, names of classes apart; the graph does not matter.

    Raises UnreadableInput unless there is exactly one correspondence and all of it is said.
    """
    said = _statements(lines)
    wholes = [each for each in said if CORRESPONDENCE in said[each].get(words.TYPE, ())]
    if len(wholes) != 1:
        count = len(wholes) or "no"
        raise UnreadableInput(f"The statements hold {count} correspondences; one is needed.")
    [whole] = wholes
    source, target = (_side(said, whole, name) for name in ("source", "target"))
    components = _in_order(said, said[whole].get(_MADE_OF, ()))
    rows = [row for each in components for row in _rows(said, each, target.taxonomy + _CHANGES)]
    return Account(source=source, target=target, components=components_of(rows))


def _statements(lines: Iterable[bytes]) -> Statements:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for line in lines:
        subject, predicate, token, _ = split(line.decode())
        found.setdefault(subject, {}).setdefault(predicate, {})[token] = None
    return found


def _one(said: Statements, subject: str, predicate: str) -> str:
    """The text or IRI that a subject has there."""
    tokens = [*said.get(subject, {}).get(predicate, ())]
    if len(tokens) != 1:
        count = len(tokens) or "no"
        raise UnreadableInput(f"{subject} has {count} values of {predicate}; one is needed.")
    return _value(tokens[0])


def _value(token: str) -> str:
    return token[1:-1] if is_iri(token) else literal(token).value


def _side(said: Statements, whole: str, name: str) -> Side:
    version = iri(_one(said, whole, f"<{CLAD}{name}Version>"))
    return Side(
        taxonomy=_one(said, version, _VERSION_OF),
        slug=_one(said, whole, f"<{CLAD}{name}Slug>"),
        version=_one(said, version, _NUMBER),
        language=_one(said, whole, f"<{CLAD}{name}Language>"),
    )


def _in_order(said: Statements, subjects: Iterable[str]) -> list[str]:
    def position(subject: str) -> tuple[int, str]:
        place = _one(said, subject, _POSITION)
        if not place.isdecimal():
            raise UnreadableInput(f"{subject} has the position “{place}”, which is no number.")
        return int(place), subject

    return sorted(subjects, key=position)


def _rows(said: Statements, component: str, changes: str) -> Iterator[Row]:
    kind = _one(said, component, _KIND)
    told = said[component]
    sources, targets = ({*told.get(each, ())} for each in (_SOURCE, _TARGET))
    pairs = _in_order(said, told.get(_PAIR, ()))
    ends = {_SOURCE: sources, _TARGET: targets}
    for predicate, classes in ends.items():
        paired = {iri(_one(said, pair, predicate)) for pair in pairs}
        if (pairs or (sources and targets)) and paired != classes:
            raise UnreadableInput(f"The pairs of {component} are not those of its classes.")
    if not pairs:
        yield from (row_of(_value(each), "", {"kind": kind}) for each in sorted(sources))
        yield from (row_of("", _value(each), {"kind": kind}) for each in sorted(targets))
    for pair in pairs:
        yield _pair_row(said, pair, kind, changes)


def _pair_row(said: Statements, pair: str, kind: str, changes: str) -> Row:
    made_by = (_value(each) for each in said[pair].get(_CHANGE, ()))
    cells = {
        "kind": kind,
        "predicate": _one(said, pair, _PREDICATE).removeprefix(SKOS),
        "source_part": _one(said, pair, _SOURCE_PART),
        "target_part": _one(said, pair, _TARGET_PART),
        "justification": _one(said, pair, _BASIS).removeprefix(SEMAPV),
        "confidence": _one(said, pair, _CONFIDENCE),
        "needs_decision": _one(said, pair, _ASKS),
        "changes": listed(sorted(unquote(each.removeprefix(changes)) for each in made_by)),
    }
    return row_of(_one(said, pair, _SOURCE), _one(said, pair, _TARGET), cells)
