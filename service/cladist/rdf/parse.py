"""Untrusted RDF documents become canonical statements, each read in a process that may fail."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from cladist.model.errors import (
    BodyTooLarge,
    CladistError,
    InvalidValue,
    ParserLimit,
    UnreadableInput,
)
from cladist.rdf.formats import FlatFormat, RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.screening import Notice

__all__ = ["Limits", "Notice", "Parsed", "RdfFormat", "parse"]

_START = (
    "import sys; sys.path += sys.argv[1:-1]; "
    "from cladist.rdf.parse_child import main; main(sys.argv[-1])"
)
_ERRORS: dict[str, type[CladistError]] = {
    kind.__name__: kind for kind in (UnreadableInput, InvalidValue, BodyTooLarge, ParserLimit)
}
# Where some installations of Python find their shared libraries; nothing else is handed down.
_HANDED_DOWN = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


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
    with _scratch() as document, _scratch() as result:
        document.write(data)
        document.seek(0)
        report = _run(work, (document, result), limits, len(data))
        result.seek(0)
        lines = result.readlines()
    return Parsed(lines, tuple(Notice(*notice) for notice in report["notices"]), report["prefixes"])


def _scratch() -> IO[bytes]:
    """A nameless file for the child to read or write, in memory where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("cladist"), "w+b")
    return tempfile.TemporaryFile()


def _run(
    work: dict[str, Any], files: tuple[IO[bytes], IO[bytes]], limits: Limits, size: int
) -> dict[str, Any]:
    """What the child reports; its error if it reports one."""
    wall = limits.wall_for(size)
    document, result = files
    with subprocess.Popen(
        # Isolated, and without the site packages' start-up code: quick, and deaf to environment.
        [sys.executable, "-I", "-S", "-c", _START, *_places(), json.dumps(work)],
        stdin=document,
        stdout=result,
        stderr=subprocess.PIPE,
        cwd="/",
        env={name: os.environ[name] for name in _HANDED_DOWN if name in os.environ},
        start_new_session=True,  # an interrupt typed at the server is not meant for it
    ) as child:
        try:
            _, said = child.communicate(timeout=wall)
        except subprocess.TimeoutExpired:
            raise ParserLimit("seconds to read a document", wall) from None
        finally:
            child.kill()
    report = _report(said)
    if report is None or child.returncode not in (0, 1):
        raise _death(child.returncode, work)
    if "error" in report:
        raise _ERRORS[report["error"]](*report["arguments"])
    return report


@cache
def _places() -> tuple[str, ...]:
    """The folders from which the child imports Cladist and the parsers."""
    folders = [Path(__file__).resolve().parents[2]]
    for parser in ("pyoxigraph", "fastobo"):
        found = importlib.util.find_spec(parser)
        if found is None or found.origin is None:
            raise ModuleNotFoundError(f"{parser} is not installed")
        folders.append(Path(found.origin).resolve().parents[1])
    return tuple(dict.fromkeys(map(str, folders)))


def _report(said: bytes) -> dict[str, Any] | None:
    """The last line of what the child said, if that is a report."""
    try:
        report = json.loads(said.rstrip(b"\n").rpartition(b"\n")[2])
    except ValueError:
        return None
    return report if isinstance(report, dict) else None


def _death(code: int, work: dict[str, Any]) -> CladistError:
    """Why a child ended without a report, as far as its exit code tells."""
    if code == -signal.SIGXCPU:
        return ParserLimit("processor seconds to read a document", work["processor"])
    if code == -signal.SIGSEGV:  # only an overflowing stack is known to do this
        return ParserLimit("structures inside one another", work["limits"]["nesting"])
    if code in (-signal.SIGKILL, -signal.SIGABRT):
        return ParserLimit("bytes of memory to read a document", work["memory"])
    return UnreadableInput("The parser cannot cope with this document.")
