"""Untrusted RDF documents become canonical statements, each read in a process that may fail."""

from __future__ import annotations

import signal
from dataclasses import asdict, dataclass
from typing import IO, Any

from cladist.model.errors import (
    BodyTooLarge,
    CladistError,
    InvalidValue,
    ParserLimit,
    UnreadableInput,
)
from cladist.rdf import child
from cladist.rdf.formats import FlatFormat, RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.screening import Notice

__all__ = ["Limits", "Notice", "Parsed", "RdfFormat", "parse"]

_ERRORS: dict[str, type[CladistError]] = {
    kind.__name__: kind for kind in (UnreadableInput, InvalidValue, BodyTooLarge, ParserLimit)
}
_CHILD = "cladist.rdf.parse_child"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document that was accepted.

    ``lines`` are sorted unique canonical N-Quads lines without blank nodes, each with its newline;
    statements in named graphs keep the graph's name. ``prefixes`` are those the document declares.
    """

    lines: list[bytes]
    warnings: tuple[Notice, ...]
    prefixes: dict[str, str]


def parse(
    data: bytes,
    format: RdfFormat | FlatFormat,
    *,
    base: str | None = None,
    limits: Limits,
    skolem_base: str,
) -> Parsed:
    """Read a document in a child process.

    ``base`` resolves relative IRIs; ``skolem_base`` (ending in ``/``) starts the IRIs that blank
    nodes get. Raises UnreadableInput, InvalidValue, BodyTooLarge or ParserLimit, whatever the
    document does to the child.
    """
    if len(data) > limits.document:
        raise BodyTooLarge("bytes of a document", limits.document)
    work = {
        "format": format.name,
        "base": base,
        "skolem_base": skolem_base,
        "limits": asdict(limits),
        "memory": limits.memory_for(len(data)),
        "processor": limits.processor_for(len(data)),
    }
    with child.scratch() as document, child.scratch() as result:
        document.write(data)
        document.seek(0)
        report = _run(work, (document, result), limits, len(data))
        result.seek(0)
        lines = result.readlines()
    return Parsed(lines, tuple(Notice(*notice) for notice in report["notices"]), report["prefixes"])


def _run(
    work: dict[str, Any], files: tuple[IO[bytes], IO[bytes]], limits: Limits, size: int
) -> dict[str, Any]:
    """What the child reports; its error if it reports one."""
    wall = limits.wall_for(size)
    places = child.places(("pyoxigraph", "fastobo"))
    try:
        ended = child.run(_CHILD, work, files, places=places, wall=wall)
    except TimeoutError:
        raise ParserLimit("seconds to read a document", wall) from None
    if ended.report is None or ended.code not in (0, 1):
        raise _death(ended.code, work)
    if "error" in ended.report:
        raise _ERRORS[ended.report["error"]](*ended.report["arguments"])
    return ended.report


def _death(code: int, work: dict[str, Any]) -> CladistError:
    """Why a child ended without a report, as far as its exit code tells."""
    if code == -signal.SIGXCPU:
        return ParserLimit("processor seconds to read a document", work["processor"])
    if code == -signal.SIGSEGV:  # only an overflowing stack is known to do this
        return ParserLimit("structures inside one another", work["limits"]["nesting"])
    if code in (-signal.SIGKILL, -signal.SIGABRT):
        return ParserLimit("bytes of memory to read a document", work["memory"])
    return UnreadableInput("The parser cannot cope with this document.")
