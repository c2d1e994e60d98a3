"""An OBO document said as RDF statements, in the words that OBO-in-OWL gives them.

It follows the OBO Flat File Format 1.4 where that leads to a plain statement about a term. What a
clause says beyond its statement (qualifiers, the sources and the type of a synonym), and clauses
that have none (``intersection_of``, ``created_by``), are kept as the clause's own text under the
tag's name in the namespace of OBO-in-OWL. Only the child process of ``parse`` imports this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote

import fastobo

from cladist.model.errors import UnreadableInput
from cladist.rdf import words
from cladist.rdf.namespaces import OBO, OIO, OWL, RDFS, SKOS, XSD
from cladist.rdf.screening import Notice
from cladist.rdf.terms import iri, text, typed

_ID = f"<{OIO}id>"
_INSTANCE = re.compile(rb"^\[Instance\]", re.MULTILINE)
_KINDS = {
    fastobo.term.TermFrame: f"<{OWL}Class>",
    fastobo.typedef.TypedefFrame: f"<{OWL}ObjectProperty>",
}
_SYNONYMS = {
    scope: f"<{OIO}has{scope.title()}Synonym>" for scope in ("EXACT", "BROAD", "NARROW", "RELATED")
}
_XSD_STRING = f"{XSD}string"
# What may stand in an IRI besides letters and digits; “#” would begin a second fragment.
_SAFE = "-._~:/?@!$&'()*+,;=%"

_Said = Iterator[tuple[str, str]]
"""Predicate and object tokens."""


def n_triples(data: bytes, base: str | None) -> tuple[bytes, list[Notice]]:
    """The document in N-Triples, and what was noticed; UnreadableInput where it is no OBO.

    ``base`` stands in for the ontology's IRI, and begins the IRIs of ids without a prefix, where
    the document names no ontology. Instances are left out: the parser does not tell what they say.
    """
    _check_encoding(data)
    try:
        # Many tools write no line end after the last line, which the grammar asks for.
        frames = fastobo.iter(BytesIO(data + b"\n"), ordered=True, threads=1)
        lines = [f"{' '.join(each)} .\n" for each in _statements(frames, base or f"{OBO}TEMP")]
    except SyntaxError as error:
        raise UnreadableInput(_reason(error.msg), error.lineno, error.offset) from None
    instances = len(_INSTANCE.findall(data))
    message = "Instances are no classes and were left out."
    notices = [Notice("instances", message, instances)] if instances else []
    return "".join(lines).encode(), notices


def _reason(message: str) -> str:
    """What is wrong with a line, from the names of the rules that the parser found broken."""
    known = (reason for rule, reason in _EXPECTED if rule in message)
    return next(known, f"This is not as OBO 1.4 has it: {message}.")


_EXPECTED = (
    ("Clause", "This line begins with no tag or stanza that OBO 1.4 has here."),
    ("EntityFrame", "This line begins with no tag or stanza that OBO 1.4 has here."),
    (
        "QuotedString",
        "A text between quotation marks is expected here; close it on this line, or put a "
        "backslash before a space that belongs to an id.",
    ),
    ("XrefList", "The sources of the text are expected here in brackets, [] if it has none."),
    ("EOL", "The line should end here; put a backslash before a space that belongs to an id."),
    ("Boolean", "Only true or false can stand here."),
    ("expected Comment", "A stanza begins with the id of what it describes."),
)
"""Reasons by the names of rules in the parser's grammar, the most telling first."""


def _check_encoding(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise UnreadableInput("The file is not UTF-8 text.", line, column) from None


@dataclass(slots=True)
class _Names:
    """How ids become IRIs (OBO 1.4, section 5.9)."""

    document: str
    """The IRI of the ontology."""
    local: str
    """What begins the IRIs of ids without a prefix."""
    spaces: dict[str, str]
    relations: dict[str, str] = field(default_factory=dict)
    """The prefixed id that a Typedef without one gives as its cross-reference."""

    def iri(self, ident: Any) -> str:
        """The IRI of an id."""
        match ident:
            case fastobo.id.Url():
                return str(ident)
            case fastobo.id.PrefixedIdent():
                prefix, local = ident.prefix, quote(ident.local, _SAFE)
                mark = "#_" if "_" in local else "_"
                return self.spaces.get(prefix, f"{OBO}{quote(prefix, _SAFE)}{mark}") + local
            case _:
                return f"{self.local}#{quote(ident.unescaped, _SAFE)}"

    def token(self, ident: Any) -> str:
        """The token of an id's IRI."""
        return iri(self.iri(ident))

    def relation(self, ident: Any) -> str:
        """The token of a relation's IRI."""
        return iri(self.relations.get(str(ident)) or self.iri(ident))


def _statements(frames: Any, base: str) -> Iterator[tuple[str, str, str]]:
    header = frames.header()
    names = _names(header, base)
    yield from _header(header, names)
    linked: list[tuple[str, Any]] = []
    for frame in frames:
        if isinstance(frame, fastobo.instance.InstanceFrame):
            continue
        subject = names.token(frame.id)
        yield subject, words.TYPE, _KINDS[type(frame)]
        yield subject, _ID, text(str(frame.id))
        _learn(frame, names)
        is_term = isinstance(frame, fastobo.term.TermFrame)
        for clause in frame:
            if clause.raw_tag() == "alt_id":
                yield names.token(clause.alt_id), _ID, text(str(clause.alt_id))
            if clause.raw_tag() in _LINKS and is_term:
                linked.append((subject, clause))
            for said in _clause(clause, names, is_term):
                yield subject, *said
    # Typedefs come after the terms that speak of them, so their IRIs are known only here.
    for subject, clause in linked:
        yield subject, *_LINKS[clause.raw_tag()](clause, names)


def _names(header: Any, base: str) -> _Names:
    spaces = {"xsd": XSD, "owl": OWL, "rdfs": RDFS, "oboInOwl": OIO}
    document = local = base
    for clause in header:
        match clause:
            case fastobo.header.IdspaceClause():
                spaces[str(clause.prefix)] = str(clause.url)
            case fastobo.header.OntologyClause():
                name = quote(clause.ontology, _SAFE)
                local = name if "://" in name else OBO + name  # ``go`` is short for OBO's go.owl
                document = name if "://" in name else f"{local}.owl"
    return _Names(document, local, spaces)


def _header(header: Any, names: _Names) -> Iterator[tuple[str, str, str]]:
    subject = iri(names.document)
    yield subject, words.TYPE, f"<{OWL}Ontology>"
    for clause in header:
        match clause:
            case fastobo.header.OntologyClause():
                continue
            case fastobo.header.PropertyValueClause():
                yield subject, *_property(clause, names)
            case _:
                tag = clause.raw_tag()
                predicate = _HEADER.get(tag) or f"<{OIO}{quote(tag, _SAFE)}>"
                yield subject, predicate, text(clause.raw_value())


_HEADER = {
    "data-version": f"<{OWL}versionInfo>",
    "remark": f"<{RDFS}comment>",
    "format-version": f"<{OIO}hasOBOFormatVersion>",
    "default-namespace": f"<{OIO}hasDefaultNamespace>",
}


def _learn(frame: Any, names: _Names) -> None:
    """Note the IRI that a relation without a prefix takes from its first cross-reference."""
    named = isinstance(frame.id, fastobo.id.UnprefixedIdent)
    if not named or not isinstance(frame, fastobo.typedef.TypedefFrame):
        return
    for clause in frame:
        prefixed = clause.raw_tag() == "xref" and isinstance(
            clause.xref.id, fastobo.id.PrefixedIdent
        )
        if prefixed:
            names.relations.setdefault(str(frame.id), names.iri(clause.xref.id))


def _clause(clause: Any, names: _Names, is_term: bool) -> _Said:
    tag = clause.raw_tag()
    if tag == "name":
        yield words.LABEL, text(clause.name)
    elif is_term and tag in _TERM:
        yield from _TERM[tag](clause, names)
    elif not (is_term and tag in _LINKS):
        yield _verbatim(clause)
        return
    if _says_more(clause):
        yield _verbatim(clause)


def _says_more(clause: Any) -> bool:
    if clause.qualifiers:
        return True
    match clause:
        case fastobo.term.SynonymClause():
            return bool(clause.synonym.type or clause.synonym.xrefs)
        case fastobo.term.XrefClause():
            return clause.xref.desc is not None
        case _:
            return False


def _verbatim(clause: Any) -> tuple[str, str]:
    tag = clause.raw_tag()
    if tag != "comment":  # whose text goes by the name under which others have their remark
        clause.comment = None
    return f"<{OIO}{quote(tag, _SAFE)}>", text(str(clause).partition(": ")[2])


def _property(clause: Any, names: _Names) -> tuple[str, str]:
    said = clause.property_value
    predicate = names.relation(said.relation)
    if isinstance(said, fastobo.pv.ResourcePropertyValue):
        return predicate, names.token(said.value)
    datatype = names.iri(said.datatype)
    token = text(said.value) if datatype == _XSD_STRING else typed(said.value, datatype)
    return predicate, token


def _definition(clause: Any, names: _Names) -> _Said:
    yield f"<{OBO}IAO_0000115>", text(clause.definition)
    for source in clause.xrefs:
        yield f"<{OBO}IAO_0000119>", text(str(source))


def _obsolete(clause: Any, names: _Names) -> _Said:
    if clause.obsolete:
        yield words.DEPRECATED, words.TRUE


def _to(predicate: str) -> Callable[[Any, _Names], _Said]:
    """How to say a clause that names another term."""
    return lambda clause, names: iter([(predicate, names.token(clause.term))])


_TERM: dict[str, Callable[[Any, _Names], _Said]] = {
    "comment": lambda clause, names: iter([(f"<{SKOS}scopeNote>", text(clause.comment))]),
    "namespace": lambda clause, names: iter(
        [(f"<{OIO}hasOBONamespace>", text(str(clause.namespace)))]
    ),
    "alt_id": lambda clause, names: iter(
        [(f"<{OIO}hasAlternativeId>", names.token(clause.alt_id))]
    ),
    "def": _definition,
    "subset": lambda clause, names: iter([(f"<{OIO}inSubset>", names.token(clause.subset))]),
    "synonym": lambda clause, names: iter(
        [(_SYNONYMS[clause.synonym.scope], text(clause.synonym.desc))]
    ),
    "xref": lambda clause, names: iter([(f"<{OIO}hasDbXref>", text(str(clause.xref.id)))]),
    "is_a": _to(f"<{RDFS}subClassOf>"),
    "disjoint_from": _to(f"<{OWL}disjointWith>"),
    "equivalent_to": _to(f"<{OWL}equivalentClass>"),
    "is_obsolete": _obsolete,
    "replaced_by": _to(f"<{OBO}IAO_0100001>"),
    "consider": _to(f"<{OIO}consider>"),
}
"""What the clauses of a term say, by tag."""

_LINKS: dict[str, Callable[[Any, _Names], tuple[str, str]]] = {
    "relationship": lambda clause, names: (
        names.relation(clause.typedef),
        names.token(clause.term),
    ),
    "property_value": _property,
}
"""Clauses of a term that speak of a relation."""
