"""A state of a taxonomy in memory: its content, and what is made from it when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cladist.index.building import build
from cladist.index.folder import IndexFolder
from cladist.index.patching import patched
from cladist.index.version_index import VersionIndex
from cladist.ledger.records import ChangeRecord
from cladist.model.change.effect import Effect
from cladist.model.change.kinds import Change
from cladist.model.taxonomy import Header, Taxonomy
from cladist.model.version import Reason
from cladist.rdf.content import Delta, compose, digest, patch
from cladist.rdf.reading import read, read_header
from cladist.rdf.writing import content_delta


@dataclass(frozen=True)
class Opened:
    """A published version, or the content that a first draft starts from.

    ``known`` and ``indexed`` are what whoever opens it has at hand; ``folder`` keeps indexes from
    one start of the service to the next.
    """

    iri: str
    sha: str
    lines: Sequence[bytes]
    known: Taxonomy | None = None
    indexed: VersionIndex | None = None
    folder: IndexFolder | None = None

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The state as a value of the model."""
        return self.known or read(self.lines, self.iri)

    @cached_property
    def header(self) -> Header:
        """What is said of the taxonomy as a whole; does not read the classes."""
        return self.known.header if self.known else read_header(self.lines, self.iri)

    @cached_property
    def index(self) -> VersionIndex:
        """The resident index, which serves lists, trees and search."""
        kept = self.indexed or (self.folder.load(self.sha) if self.folder else None)
        if kept is not None:
            return kept
        index = build(self.taxonomy)
        if self.folder is not None:
            self.folder.keep(self.sha, index)
        return index


@dataclass(frozen=True)
class OpenDraft:
    """A draft: the state that it builds on, and its changes with effect and weight of each."""

    base: Opened
    revision: int
    base_version: str | None
    records: tuple[ChangeRecord, ...]
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    reasons: tuple[Reason, ...]
    taxonomy: Taxonomy

    @property
    def iri(self) -> str:
        """The taxonomy's IRI."""
        return self.base.iri

    @property
    def header(self) -> Header:
        """What is said of the taxonomy as a whole."""
        return self.taxonomy.header

    @cached_property
    def delta(self) -> Delta:
        """What the changes together remove from and add to the content."""
        return compose(content_delta(effect, self.iri) for effect in self.effects)

    @cached_property
    def lines(self) -> Sequence[bytes]:
        """The content of the draft."""
        return patch(self.base.lines, self.delta) if self.delta else self.base.lines

    @cached_property
    def sha(self) -> str:
        """The digest of the draft's content."""
        return digest(self.lines) if self.delta else self.base.sha

    @cached_property
    def index(self) -> VersionIndex:
        """The resident index, made from that of the base."""
        touched = {swap.key for effect in self.effects for swap in effect.classes}
        if any(effect.header is not None for effect in self.effects):
            return build(self.taxonomy)
        return patched(self.base.index, self.taxonomy, touched) if touched else self.base.index


State = Opened | OpenDraft
"""Anything that class lists, searches and documents are read from."""
