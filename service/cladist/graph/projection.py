"""Contents of the ledger as RDF graphs in memory: read by pattern and by SPARQL, never written."""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import pyoxigraph as ox

from cladist.graph.loading import derived_graph, graph, load, mappings_graph
from cladist.model.errors import InvalidValue

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_QUOTED = re.compile(
    r'"""(?:[^\\]|\\.)*?"""'
    r"|'''(?:[^\\]|\\.)*?'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|#[^\n\r]*",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w:?$@.-])service(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rows:
    """Solutions of a SELECT query: variables without ``?``, and a term or ``None`` for each."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class Projection:
    """The contents last asked for, each in a store of its own, named by its SHA-256.

    ``load_lines`` gives the lines of a content or raises the error of whoever keeps them; at most
    ``capacity`` contents stay open. A content is a graph ``urn:sha256:<sha>``; its mappings and
    what follows from it are graphs of their own (``:mappings`` and ``:derived`` appended). Queries
    see the content with what follows as the default graph, and all three by name. Oxigraph writes
    numbers in its own way, so texts for people come from the content's lines. Safe to use from
    threads.
    """

    def __init__(self, load_lines: Callable[[str], Sequence[bytes]], *, capacity: int = 4) -> None:
        if capacity < 1:
            raise InvalidValue("capacity", "at least one content must fit.")
        self._load_lines = load_lines
        self._capacity = capacity
        self._open: OrderedDict[str, ox.Store] = OrderedDict()
        self._gates: dict[str, Lock] = {}
        self._lock = Lock()

    def open(self, sha: str) -> ox.Store:
        """The store of a content, loaded if it must be.

        Raises ContentMismatch when the lines are not what the hash names, and whatever the loader
        raises; nothing stays open then.
        """
        with self._lock:
            found = self._touch(sha)
            if found is not None:
                return found
            gate = self._gates.setdefault(sha, Lock())
        try:
            with gate:  # others ask for the same content: one loads, they wait
                with self._lock:
                    found = self._touch(sha)
                return found or self._admit(sha, load(sha, self._load_lines(sha)))
        finally:
            with self._lock:
                self._gates.pop(sha, None)

    def _touch(self, sha: str) -> ox.Store | None:
        found = self._open.get(sha)
        if found is not None:
            self._open.move_to_end(sha)
        return found

    def _admit(self, sha: str, store: ox.Store) -> ox.Store:
        with self._lock:
            self._open[sha] = store
            while len(self._open) > self._capacity:
                self._open.popitem(last=False)
        return store

    @property
    def opened(self) -> tuple[str, ...]:
        """The contents that are open, the one last asked for at the end."""
        with self._lock:
            return tuple(self._open)

    def about(self, sha: str, subject: str) -> tuple[ox.Triple, ...]:
        """The statements of a content about one subject, mappings and what follows left out."""
        quads = self.open(sha).quads_for_pattern(ox.NamedNode(subject), None, None, graph(sha))
        return tuple(quad.triple for quad in quads)

    def follows(self, sha: str, subject: str) -> list[bytes]:
        """The N-Triples lines that follow for one subject from the rest of the content."""
        name = derived_graph(sha)
        quads = self.open(sha).quads_for_pattern(ox.NamedNode(subject), None, None, name)
        lines = io.BytesIO()
        ox.serialize((quad.triple for quad in quads), lines, ox.RdfFormat.N_TRIPLES)
        return lines.getvalue().splitlines(keepends=True)

    def select(self, sha: str, query: str, substitutions: Mapping[str, Term] | None = None) -> Rows:
        """The solutions of a SELECT query, some of its variables given beforehand.

        Such a variable must stand in the SELECT clause. InvalidValue when it does not, and when
        the text is no SELECT query or asks another server.
        """
        found = self._query(sha, query, substitutions)
        if not isinstance(found, ox.QuerySolutions):
            raise InvalidValue("query", "is no SELECT query.")
        variables = tuple(each.value for each in found.variables)
        return Rows(variables, tuple(tuple(solution) for solution in found))

    def construct(
        self, sha: str, query: str, substitutions: Mapping[str, Term] | None = None
    ) -> tuple[ox.Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query; InvalidValue as for ``select``."""
        found = self._query(sha, query, substitutions)
        if not isinstance(found, ox.QueryTriples):
            raise InvalidValue("query", "is no CONSTRUCT query.")
        return tuple(found)

    def _query(
        self, sha: str, query: str, substitutions: Mapping[str, Term] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if _SERVICE.search(_QUOTED.sub(" ", query)):
            raise InvalidValue("query", "SERVICE is not allowed.")
        given = {ox.Variable(name): term for name, term in (substitutions or {}).items()}
        content, follows = graph(sha), derived_graph(sha)
        try:
            return self.open(sha).query(
                query,
                default_graph=[content, follows],
                named_graphs=[content, follows, mappings_graph(sha)],
                substitutions=given,
            )
        except SyntaxError as error:
            raise InvalidValue("query", str(error)) from error
        except RuntimeError as error:  # Oxigraph gives values to variables in the SELECT clause
            raise InvalidValue("query", str(error)) from error
