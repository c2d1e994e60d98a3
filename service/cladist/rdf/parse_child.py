"""Reads one untrusted document in a process of its own: standard input to standard output.

``parse`` starts it, with the work to do as JSON in the first argument, and may kill it at any
moment. Accepted statements are written as sorted unique canonical N-Quads; the last line on
standard error is a JSON object, either an ``error`` with its ``arguments`` or the ``prefixes`` and
``notices``. Nothing but the standard library, the parsers and light modules is imported.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from itertools import groupby, islice
from operator import eq
from typing import Any

import pyoxigraph as ox

from cladist.model.errors import (
    BodyTooLarge,
    CladistError,
    InvalidValue,
    ParserLimit,
    UnreadableInput,
)
from cladist.rdf import jsonld, rdfxml
from cladist.rdf.child import confine
from cladist.rdf.formats import FlatFormat, RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.screening import Notice, screen
from cladist.rdf.skolem import skolemise

_BOM = b"\xef\xbb\xbf"
_PREFIXES = 1_000  # as many are passed on
_CHUNK = 8_192  # lines written at a time
_MESSAGE = 1_000  # characters of a message that are passed on
_TOKEN = re.compile(r"buffer maximal size of (\d+)")
_POSITION = re.compile(r"^Parser error at line \d+ (?:column \d+|between [^:]*): ")

_Format = RdfFormat | FlatFormat
_Reading = tuple[bytes, dict[str, str], list[Notice]]
"""The statements as text, the prefixes, and what was noticed."""
_Reader = Callable[[bytes, str | None, Limits], _Reading]


def main(argument: str) -> None:
    """Do the work that the argument describes, then exit with 0, or with 1 after an error."""
    work = json.loads(argument)
    limits = Limits(**work["limits"])
    try:
        form = _FORMATS[work["format"]]
        if form is FlatFormat.OBO:
            import_module("cladist.rdf.obo")  # for _obo, when nothing can be imported any more
        confine(work["memory"], work["processor"])
        report = _read(form, work["base"], work["skolem_base"], limits)
    except BaseException as error:  # pyoxigraph's panics are no Exceptions
        report = _describe(error, work["memory"])
    sys.stdout.flush()
    sys.stderr.write("\n" + json.dumps(report) + "\n")
    sys.exit("error" in report)


def _read(form: _Format, base: str | None, skolem_base: str, limits: Limits) -> dict[str, Any]:
    if base is not None:
        _check_base(base)
    data = sys.stdin.buffer.read().removeprefix(_BOM)
    text, prefixes, notices = _READERS[form](data, base, limits)
    lines = text.splitlines(keepends=True)  # a carriage return is escaped, so none breaks a line
    if len(lines) > limits.statements:
        raise BodyTooLarge("statements in a document", limits.statements)
    notices += screen(text, lines, limits)
    blank = skolemise(lines, skolem_base, limits) if b"_:" in text else 0
    if blank:
        notices.append(Notice("blank-nodes", "Blank nodes were given IRIs.", blank))
    if not lines:
        notices.append(Notice("empty", "The document holds no statements."))
    ordered = _sorted(lines)
    while chunk := b"".join(islice(ordered, _CHUNK)):
        sys.stdout.buffer.write(chunk)
    short = (pair for pair in prefixes.items() if len(pair[0] + pair[1]) <= limits.iri)
    kept = dict(islice(short, _PREFIXES))
    told = [(notice.kind, notice.message, notice.count) for notice in notices]
    return {"prefixes": kept, "notices": told}


def _check_base(base: str) -> None:
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise InvalidValue("base", f"“{base}” is not an absolute IRI ({error}).") from None


def _sorted(lines: list[bytes]) -> Iterator[bytes]:
    lines.sort()
    if any(map(eq, lines, islice(lines, 1, None))):
        return (line for line, _ in groupby(lines))
    return iter(lines)


def _plain(rdf_format: RdfFormat) -> _Reader:
    """How a format is read that pyoxigraph takes as it comes."""

    def read(data: bytes, base: str | None, limits: Limits) -> _Reading:
        return *_quads(data, rdf_format, base, limits), []

    return read


def _rdf_xml(data: bytes, base: str | None, limits: Limits) -> _Reading:
    document = rdfxml.prepared(data)
    try:
        try:
            text, _ = _quads(document, RdfFormat.RDF_XML, base, limits)
        except SyntaxError as error:
            simpler = rdfxml.without_markup(document, error.msg)
            if simpler is None:
                raise
            text, _ = _quads(simpler, RdfFormat.RDF_XML, base, limits)
    except SyntaxError as error:
        line, column = rdfxml.place(data, error.msg) or (None, None)
        raise UnreadableInput(_reason(error), line, column) from None
    return text, rdfxml.prefixes(data), []


def _json_ld(data: bytes, base: str | None, limits: Limits) -> _Reading:
    known = base or jsonld.NO_BASE
    text, prefixes = _quads(data, RdfFormat.JSON_LD, known, limits)
    jsonld.check_base(text)
    skipped = jsonld.skipped(data, known, text.count(b"\n"), limits.statements)
    return text, prefixes, skipped


def _obo(data: bytes, base: str | None, limits: Limits) -> _Reading:
    from cladist.rdf import obo

    document, notices = obo.n_triples(data, base)
    text, prefixes = _quads(document, RdfFormat.N_TRIPLES, None, limits)
    return text, prefixes, notices


_FORMATS: dict[str, _Format] = {each.name: each for each in (*RdfFormat, *FlatFormat)}
_READERS: dict[_Format, _Reader] = {
    **{each: _plain(each) for each in RdfFormat},
    RdfFormat.RDF_XML: _rdf_xml,
    RdfFormat.JSON_LD: _json_ld,
    FlatFormat.OBO: _obo,
}


class _Bounded(BytesIO):
    """A buffer that refuses to grow over a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            raise BodyTooLarge("bytes of statements written out as N-Quads", self._limit)
        return super().write(data)


def _quads(
    data: bytes, rdf_format: RdfFormat, base: str | None, limits: Limits
) -> tuple[bytes, dict[str, str]]:
    """The document's statements as N-Quads text in document order, and its prefixes."""
    # Labels of blank nodes are renamed: two that NFC would make one stay two.
    kind = rdf_format.pyoxigraph
    parser = ox.parse(data, kind, base_iri=base, rename_blank_nodes=True)
    buffer = _Bounded(limits.text)
    quads = islice(parser, limits.statements + 1)
    ox.serialize(quads, buffer, ox.RdfFormat.N_QUADS)
    return buffer.getvalue(), parser.prefixes


def _reason(error: SyntaxError) -> str:
    return jsonld.reason(_POSITION.sub("", error.msg))


def _describe(error: BaseException, memory: int) -> dict[str, Any]:
    """The error as the parent can raise it again."""
    known = _known(error, memory)
    arguments: tuple[object, ...]
    match known:
        case UnreadableInput():
            arguments = known.reason, known.line, known.column
        case InvalidValue():
            arguments = known.field, known.reason
        case BodyTooLarge() | ParserLimit():
            arguments = known.limit, known.allowed
        case _:
            arguments = (str(known),)
    told = [each[:_MESSAGE] if isinstance(each, str) else each for each in arguments]
    return {"error": type(known).__name__, "arguments": told}


def _known(error: BaseException, memory: int) -> CladistError:
    match error:
        case CladistError():
            return error
        case SyntaxError():
            return UnreadableInput(_reason(error), error.lineno, error.offset)
        case MemoryError():
            token = _TOKEN.search(str(error))
            if token:
                return ParserLimit("bytes of one term", int(token[1]))
            return ParserLimit("bytes of memory", memory)
        case _:
            return UnreadableInput(f"The document cannot be read: {error}")
