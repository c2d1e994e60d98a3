"""The formats of statements: RDF, read and written, and OBO, read alone; found by their names."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph


class RdfFormat(Enum):
    """One format: its name, IANA media type, file suffixes (the first is the one written),
    whether it can carry named graphs, and what pyoxigraph calls it.

    A document's format is what its media type or its suffix says; content is never looked at.
    """

    TURTLE = ("turtle", "text/turtle", (".ttl",), False, "TURTLE")
    TRIG = ("trig", "application/trig", (".trig",), True, "TRIG")
    N_TRIPLES = ("n-triples", "application/n-triples", (".nt",), False, "N_TRIPLES")
    N_QUADS = ("n-quads", "application/n-quads", (".nq",), True, "N_QUADS")
    RDF_XML = ("rdf-xml", "application/rdf+xml", (".rdf", ".owl"), False, "RDF_XML")
    JSON_LD = ("json-ld", "application/ld+json", (".jsonld",), True, "JSON_LD")

    def __init__(
        self, label: str, media_type: str, suffixes: tuple[str, ...], graphs: bool, member: str
    ) -> None:
        self.label = label
        self.media_type = media_type
        self.suffixes = suffixes
        self.graphs = graphs
        self.member = member

    @property
    def suffix(self) -> str:
        """The suffix of files that are written, dot included."""
        return self.suffixes[0]

    @property
    def pyoxigraph(self) -> pyoxigraph.RdfFormat:
        """The same format in pyoxigraph's words; imports it."""
        import pyoxigraph

        found: pyoxigraph.RdfFormat = getattr(pyoxigraph.RdfFormat, self.member)
        return found

    @staticmethod
    def from_media_type(media_type: str) -> RdfFormat | None:
        """The format of a ``Content-Type``; None when it is not ours or not in UTF-8.

        Parameters other than ``charset`` are ignored (RFC 9110, section 8.3.1).
        """
        essence, *parameters = (part.strip().lower() for part in media_type.split(";"))
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "us-ascii"):
                return None
        return next((known for known in RdfFormat if known.media_type == essence), None)

    @staticmethod
    def from_suffix(name: str) -> RdfFormat | None:
        """The format of a suffix such as ``.ttl``, or of a file name that ends in one."""
        lowered = name.lower()
        return next((known for known in RdfFormat if lowered.endswith(known.suffixes)), None)

    @staticmethod
    def from_name(name: str) -> RdfFormat | None:
        """The format of a name as people type it: ``turtle``, ``N-Quads``, ``json-ld``."""
        wanted = _plain(name)
        return next((known for known in RdfFormat if _plain(known.label) == wanted), None)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


class FlatFormat(Enum):
    """A format that is no RDF but has a reading as RDF: name, media type and file suffix.

    OBO is the OBO Flat File Format 1.4. No media type is registered for it; ``text/obo`` is in use.
    """

    OBO = ("obo", "text/obo", ".obo")

    def __init__(self, label: str, media_type: str, suffix: str) -> None:
        self.label = label
        self.media_type = media_type
        self.suffix = suffix


def readable(name: str) -> RdfFormat | FlatFormat | None:
    """The format of statements that a name, a media type or a file name stands for, if any."""
    rdf = (
        RdfFormat.from_name(name) or RdfFormat.from_media_type(name) or RdfFormat.from_suffix(name)
    )
    plain = name.partition(";")[0].strip().lower()
    return rdf or next((each for each in FlatFormat if _is_called(each, plain)), None)


def _is_called(known: FlatFormat, plain: str) -> bool:
    return plain in (known.label, known.media_type) or plain.endswith(known.suffix)
