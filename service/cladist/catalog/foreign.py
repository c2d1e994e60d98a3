"""The use cases on versions made elsewhere: propose what became of every class, take what is said.

Nothing is kept between the two: the second call names the same files again, and proposals by the
ids that the first one gave, which follow from what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from typing import Protocol

from cladist.catalog import drafting, importing
from cladist.catalog.accepting import Acceptance, accepted, authored
from cladist.catalog.comparing import names_of
from cladist.catalog.means import Means
from cladist.catalog.tables import TableFile, table_of
from cladist.catalog.values import Author, Document, Edited, Imported, ImportOptions
from cladist.imports.sketch import RefusedRow
from cladist.imports.survey import Finding
from cladist.model.change.kinds import Change, Shift
from cladist.model.correspondence.account import Side
from cladist.model.matching.matcher import match
from cladist.model.matching.proposals import Basis, Evidence, Proposal
from cladist.model.proposal import propose
from cladist.model.proposal.adoption import adopt
from cladist.model.proposal.taking import Manner
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.formats import readable

REPLACED_BY = ("https://schema.org/supersededBy", "http://schema.org/supersededBy")
"""Predicates, besides those that readers know, that lead from a class to its successor."""

REPLACES = ("http://purl.org/dc/terms/replaces",)
"""Predicates that lead from a class to one that it replaces."""


class Record(Protocol):
    """Puts changes on a draft, each with its author."""

    def __call__(
        self,
        slug: str,
        changes: Sequence[tuple[Change, Author]],
        expected: int,
        author: Author,
        *,
        dry_run: bool = False,
    ) -> Edited: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignOptions:
    """What the matching may rest on.

    ``table`` decides alone for the classes that it names. ``predicates`` are further ones that lead
    from a class to its successor. ``shift`` is said of every definition that differs.
    """

    evidence: frozenset[Evidence] = frozenset(Evidence)
    table: TableFile | None = None
    predicates: tuple[str, ...] = ()
    shift: Shift = Shift.SHIFTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The proposals for a version made elsewhere, and what was noticed in its files.

    ``source`` names the classes of the draft, ``target`` those of the file.
    """

    slug: str
    revision: int
    source: Side
    target: Side
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    """Rows of the file that cannot become classes; taking it over is refused while there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What was taken of a version made elsewhere, what was left open, and the draft it made."""

    imported: Imported
    taken: tuple[Proposal, ...]
    open: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class _Matched:
    old: Taxonomy
    new: Taxonomy
    proposals: tuple[Proposal, ...]
    read: importing.Reading
    noticed: tuple[str, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        table = (Finding("table", each, 1) for each in self.noticed)
        return (*self.read.findings, *table)


class ForeignVersions:
    """Versions of a taxonomy that were made elsewhere, with ids of their own or ours."""

    def __init__(self, means: Means, record: Record) -> None:
        self._means, self._record = means, record

    def propose(self, slug: str, document: Document, options: ForeignOptions) -> Proposed:
        """What seems to have become of every class in use; nothing is stored."""
        draft = self._means.shelf.draft(slug)
        found = self._matched(draft.taxonomy, document, options)
        return Proposed(
            slug=slug,
            revision=draft.revision,
            source=_side(found.old, "draft"),
            target=_side(found.new, "file"),
            proposals=found.proposals,
            findings=found.findings,
            refused=found.read.refused,
        )

    def adopt(
        self,
        slug: str,
        document: Document,
        expected: int,
        author: Author,
        *,
        options: ForeignOptions,
        wanted: Acceptance,
        dry_run: bool = False,
    ) -> Adopted:
        """Put the changes on the draft that the accepted proposals call for."""
        draft = self._means.shelf.draft(slug)
        drafting.expect(draft, expected)
        found = self._matched(draft.taxonomy, document, options)
        found.read.accepted(dry_run)
        taken = accepted(found.proposals, wanted)
        changes = self._changes(found, taken, document, options)
        if changes:
            by = authored(changes, taken, author)
            edited = self._record(slug, by, expected, author, dry_run=dry_run)
        else:
            edited = Edited(drafting.seen(slug, draft), (), dry_run)
        told = {each for one in taken for each in (*one.sources, *one.targets)}
        return Adopted(
            imported=replace(
                importing.outcome(slug, draft.taxonomy, edited, found.read),
                findings=found.findings,
            ),
            taken=taken,
            open=tuple(
                each
                for each in found.proposals
                if told.isdisjoint(each.sources) and told.isdisjoint(each.targets)
            ),
        )

    def _changes(
        self,
        found: _Matched,
        taken: tuple[Proposal, ...],
        document: Document,
        options: ForeignOptions,
    ) -> tuple[Change, ...]:
        stated = readable(document.format) is not None
        manner = Manner(
            provisional=found.old.header.mint + _mark(document),
            partial=not stated,
            record_ids=stated,
        )
        ids = self._means.intake.ids(found.old.header)
        adoption = adopt(found.old, found.new, taken, ids, manner)
        return propose(
            found.old,
            adoption.target,
            shift=options.shift,
            descents=adoption.descents,
            keep_groups=adoption.keep_groups,
        )

    def _matched(self, old: Taxonomy, document: Document, options: ForeignOptions) -> _Matched:
        empty = Taxonomy(old.header)
        numbers = count(1)
        intake = replace(self._means.intake, mint=lambda: f"{_mark(document)}{next(numbers)}")
        with self._means.readers:
            read = importing.read_onto(document, empty, ImportOptions(), intake)
        new = read.taxonomy
        table = None if options.table is None else table_of(options.table, old, new)
        basis = Basis(
            use=options.evidence,
            declared=tuple(declared(old, new, options.predicates)),
            table=() if table is None else table.pairs,
            language=old.header.default_language,
        )
        noticed = () if table is None else table.findings
        return _Matched(old, new, match(old, new, basis), read, noticed)


def _mark(document: Document) -> str:
    """What ids made up for a document's classes begin with: the same at every reading of it."""
    return f"file-{sha256(document.data).hexdigest()[:12]}-"


def _side(taxonomy: Taxonomy, version: str) -> Side:
    header = taxonomy.header
    return Side(
        taxonomy=header.iri,
        slug=header.slug,
        version=version,
        language=header.default_language,
        names=names_of(taxonomy.classes, header.default_language),
    )


def declared(old: Taxonomy, new: Taxonomy, predicates: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The successions that kept statements of the new version declare, old id and new id."""
    forward, backward = {*REPLACED_BY, *predicates}, set(REPLACES)
    subjects = {key: item.extra for key, item in new.classes.items()} | dict(new.others)
    for subject, statements in subjects.items():
        for each in statements:
            other = each.object[1:-1]
            if each.predicate in forward and subject in old.classes and other in new.classes:
                yield subject, other
            elif each.predicate in backward and other in old.classes and subject in new.classes:
                yield other, subject
