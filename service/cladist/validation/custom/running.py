"""Custom shapes are run by pySHACL in a process of its own, in bounded time and memory."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from cladist.model.errors import InvalidValue, ParserLimit
from cladist.rdf import child
from cladist.validation.custom.shapes import CustomShapes

_CHILD = "cladist.validation.custom.engine"
_NEEDED = ("pyoxigraph", "rdflib", "pyshacl", "re2", "pyparsing", "owlrl", "prettytable")
_USEFUL = ("packaging", "isodate", "html5rdf", "importlib_metadata", "wcwidth", "regex")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Usable:
    """The bounds of one run: bytes of memory, seconds of the processor and on the clock."""

    memory: int = 3_072 * _MIB
    processor: int = 60
    wall: int = 180


@dataclass(frozen=True, slots=True, order=True)
class CustomResult:
    """One validation result (SHACL, section 3.6.2). Nodes are N-Triples tokens.

    ``path`` is a SPARQL property path, empty where there is none; ``engine`` is what found it.
    """

    shape: str
    component: str
    severity: str
    focus: str
    path: str
    value: str
    messages: tuple[str, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: results in a fixed order, and the report as SHACL writes it (Turtle)."""

    results: tuple[CustomResult, ...]
    report: bytes


def run(
    data: Iterable[bytes],
    shapes: CustomShapes,
    *,
    derive: bool = False,
    usable: Usable = Usable(),
) -> Outcome:
    """Hold statements (N-Quads lines) against shapes that were screened.

    ``derive`` adds what Cladist's own rules see as well, ``skos:narrower`` among it. Raises
    InvalidValue for shapes that cannot be run, ParserLimit for those that do not end in time.
    """
    work = {"count": len(shapes.lines), "derive": derive, **asdict(usable)}
    with child.scratch() as given, child.scratch() as made:
        given.writelines(shapes.lines)
        given.writelines(data)
        given.seek(0)
        places = child.places(_NEEDED, _USEFUL)
        try:
            ended = child.run(_CHILD, work, (given, made), places=places, wall=usable.wall)
        except TimeoutError:
            raise ParserLimit("seconds to run custom shapes", usable.wall) from None
        if ended.report is None:
            raise _death(ended.code, usable)
        if "error" in ended.report:
            raise InvalidValue("shapes", ended.report["error"])
        made.seek(0)
        *told, report = made.read().split(b"\0")
    results = (CustomResult(**_listed(json.loads(each))) for each in told)
    return Outcome(tuple(sorted(results)), report)


def usable(shapes: CustomShapes) -> None:
    """Refuse (InvalidValue) shapes that pySHACL cannot load, before there is anything to check."""
    run((), shapes, usable=Usable(processor=20, wall=60))


def _listed(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "messages": tuple(result["messages"])}


def _death(code: int, usable: Usable) -> ParserLimit | InvalidValue:
    if code == -signal.SIGXCPU:
        return ParserLimit("processor seconds to run custom shapes", usable.processor)
    if code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        return ParserLimit("bytes of memory to run custom shapes", usable.memory)
    return InvalidValue("shapes", "pySHACL cannot cope with them.")
