"""The use cases, one short method each: the only door through which the service is driven."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cladist.catalog import drafting, importing, publishing
from cladist.catalog.checkups import Checkups
from cladist.catalog.comparisons import Comparisons
from cladist.catalog.counts import Counted, counted
from cladist.catalog.custom_shapes import Brought
from cladist.catalog.elsewhere import Elsewhere
from cladist.catalog.fixes import Fixes
from cladist.catalog.foreign import ForeignVersions
from cladist.catalog.means import Means
from cladist.catalog.migrations import Migrations
from cladist.catalog.opened import OpenDraft, Opened, State
from cladist.catalog.policies import policy_of
from cladist.catalog.relations import Relations
from cladist.catalog.retrying import settled, through
from cladist.catalog.selecting import DRAFT, Selected
from cladist.catalog.usages import Usages
from cladist.catalog.values import (
    Author,
    Document,
    Draft,
    Edited,
    Imported,
    ImportOptions,
    NewTaxonomy,
    Retry,
    Version,
)
from cladist.ledger import Act, EventRecord, Idempotency, TaxonomyRecord, VersionSummary
from cladist.model.change.kinds import Change
from cladist.model.errors import InvalidValue, UnknownClass
from cladist.model.taxonomy import Taxonomy
from cladist.model.version import parse_number, raised
from cladist.rdf.content import block, digest
from cladist.rdf.writing import content
from cladist.validation import Report


class Catalog:
    """All that can be done with taxonomies. Methods raise the errors of ``model/errors``.

    Writes that take a ``retry`` raise :class:`cladist.ledger.Repeated` when it was answered before.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._ledger, self._shelf = means.ledger, means.shelf
        self._selected = Selected(means)
        self.comparisons = Comparisons(means)
        """What became of the classes from one state to another."""
        self.relations = Relations(means, self.comparisons)
        """What relates different taxonomies."""
        self.migrations = Migrations(means, self.comparisons)
        """What data follow."""
        self.foreign = ForeignVersions(means, self._record)
        """Versions made elsewhere."""
        self.usages = Usages(means, self.comparisons)
        """Who uses which version."""
        self.shapes = Brought(means, self._selected, self.edit)
        """Rules that taxonomies bring themselves."""
        self._checkups = Checkups(Elsewhere(means), self.shapes.runs)
        self.fixes = Fixes(means, self._checkups, self.edit)
        """What could be done about findings."""

    # Taxonomies

    def taxonomies(self) -> tuple[TaxonomyRecord, ...]:
        """All taxonomies by slug."""
        return self._ledger.taxonomies()

    def create(self, new: NewTaxonomy, author: Author, retry: Retry | None = None) -> Draft:
        """A new taxonomy without classes."""
        header = importing.header_of(new, self._means.base_iri)
        return self._found(Taxonomy(header), author, retry)

    def import_new(
        self,
        new: NewTaxonomy,
        document: Document,
        author: Author,
        *,
        dry_run: bool = False,
        retry: Retry | None = None,
    ) -> Imported:
        """A new taxonomy from a file; its content is the first draft's base, dirt included."""
        header = importing.header_of(new, self._means.base_iri)
        with self._means.readers:
            found = importing.read_new(document, header, self._means.intake)
        taxonomy = found.accepted(dry_run)
        retired = sum(not each.active for each in taxonomy.classes.values())

        def outcome(draft: Draft | None) -> Imported:
            return Imported(
                header.slug,
                new=len(taxonomy.classes),
                retired=retired,
                refused=found.refused,
                findings=found.remarks,
                draft=draft,
                dry_run=dry_run,
            )

        if dry_run:
            return outcome(None)
        return outcome(self._found(taxonomy, author, retry, outcome))

    def _found(
        self,
        taxonomy: Taxonomy,
        author: Author,
        retry: Retry | None,
        outcome: Callable[[Draft], Any] = lambda draft: draft,
    ) -> Draft:
        header = taxonomy.header
        lines = content(taxonomy)
        base = Opened(header.iri, digest(lines), lines, taxonomy)
        draft = OpenDraft(base, 0, None, (), (), (), (), taxonomy)
        seen = drafting.seen(header.slug, draft)
        act = self._act(author, settled(retry, outcome(seen)))
        self._ledger.create_taxonomy(header.slug, header.iri, lines, act)
        self._shelf.keep(base)
        self._shelf.keep_draft(header.slug, draft)
        return seen

    # Drafts

    def draft(self, slug: str) -> Draft:
        """The working state and its changes."""
        return drafting.seen(slug, self._shelf.draft(slug))

    def edit(
        self,
        slug: str,
        changes: Sequence[Change],
        expected: int,
        author: Author,
        *,
        dry_run: bool = False,
        retry: Retry | None = None,
    ) -> Edited:
        """Put changes on the draft, all or none; a dry run shows the effect and stores nothing."""
        each_by = [(change, author) for change in changes]
        return self._record(slug, each_by, expected, author, dry_run=dry_run, retry=retry)

    def _record(
        self,
        slug: str,
        changes: Sequence[tuple[Change, Author]],
        expected: int,
        author: Author,
        *,
        dry_run: bool = False,
        retry: Retry | None = None,
    ) -> Edited:
        draft = self._shelf.draft(slug)
        drafting.expect(draft, expected)
        if not changes:
            raise InvalidValue("changes", "name one change or more.")
        after, recorded = drafting.extend(draft, changes, self._means.instant(), self._means.mint)
        edited = Edited(drafting.seen(slug, after), recorded, dry_run)
        if not dry_run:
            records = [each.record for each in recorded]
            act = self._act(author, settled(retry, edited))
            self._ledger.append(slug, expected, records, act)
            self._shelf.keep_draft(slug, after)
        return edited

    def import_onto(
        self,
        slug: str,
        document: Document,
        expected: int,
        author: Author,
        options: ImportOptions,
        *,
        dry_run: bool = False,
    ) -> Imported:
        """Put the changes on the draft that make of it what the file says."""
        draft = self._shelf.draft(slug)
        drafting.expect(draft, expected)
        with self._means.readers:
            found = importing.read_onto(document, draft.taxonomy, options, self._means.intake)
        target = found.accepted(dry_run)
        changes = importing.changes_onto(draft.taxonomy, target, options)
        if changes:
            edited = self.edit(slug, changes, expected, author, dry_run=dry_run)
        else:
            edited = Edited(drafting.seen(slug, draft), (), dry_run)
        return importing.outcome(slug, draft.taxonomy, edited, found)

    def undo(self, slug: str, change_id: str, expected: int, author: Author) -> Draft:
        """Take one change out of the draft, the later ones kept."""
        draft = self._shelf.draft(slug)
        drafting.expect(draft, expected)
        return self._replace(slug, drafting.without(draft, change_id), author, "change.undone")

    def discard(self, slug: str, expected: int, author: Author) -> Draft:
        """Take all changes out of the draft."""
        draft = self._shelf.draft(slug)
        drafting.expect(draft, expected)
        return self._replace(slug, drafting.emptied(draft), author, "draft.discarded")

    def _replace(self, slug: str, after: OpenDraft, author: Author, event: str) -> Draft:
        act = Act(author.who, self._means.instant(), event)
        self._ledger.replace_changes(slug, after.revision - 1, after.records, act)
        self._shelf.keep_draft(slug, after)
        return drafting.seen(slug, after)

    # Validation and versions

    def validate(self, slug: str, selector: str = DRAFT) -> Report:
        """What the rules find in a version or the draft."""
        return self._report(self.open(slug, selector))

    def _report(self, state: State) -> Report:
        return self._checkups.report(state, policy_of(state.header, self._means.policy))

    def findings(self, slug: str) -> tuple[Counted, ...]:
        """How much the rules found in each version when it was published, oldest first."""
        return counted(self._ledger, slug)

    def publish(
        self,
        slug: str,
        expected: int,
        author: Author,
        *,
        number: str = "",
        notes: str = "",
        unasked: str = "",
        retry: Retry | None = None,
    ) -> Version:
        """Freeze the draft as the next version, if it is sound and says something new.

        ``unasked`` says why usages that want to be asked are not; it goes into the notes.
        """
        draft = self._shelf.draft(slug)
        drafting.expect(draft, expected)
        publishing.refuse_nothing(slug, draft)
        stored = self._shelf.replayed(slug)
        publishing.refuse_difference(draft, stored)
        report = self._report(draft)
        publishing.refuse_violations(report)
        asked = parse_number(number) if number else None
        chosen = raised(drafting.proposed(draft), asked)
        missing = self.usages.missing(slug)
        told = publishing.without_asking(slug, missing, unasked)
        new = publishing.new_version(chosen, draft, report, notes, told)

        def outcome(record: VersionSummary) -> Version:
            return publishing.published(draft, record, report)

        act = self._act(author, through(retry, outcome))
        record = self._ledger.publish(slug, expected, new, draft.delta, act)
        at_hand = (draft.taxonomy, draft.index) if publishing.reads_back(stored) else ()
        self._shelf.keep(Opened(draft.iri, draft.sha, draft.lines, *at_hand))
        return outcome(record)

    def versions(self, slug: str) -> tuple[VersionSummary, ...]:
        """The published versions, oldest first."""
        return self._ledger.versions(slug)

    def version(self, slug: str, selector: str) -> VersionSummary:
        """The newest version that a selector names: ``latest``, ``2``, ``2.1`` or ``2.1.0``."""
        return self._selected.version(slug, selector)

    def changes_of(self, slug: str, number: str) -> str:
        """The changes frozen with a version, as the JSON text that was stored."""
        return self._ledger.version(slug, number).changes

    # Reading

    def answered(self, key: str, request_hash: str) -> str | None:
        """The answer kept under an idempotency key; ReusedKey when to another request."""
        return self._ledger.remembered(key, request_hash)

    def events(self, after: int = 0, slug: str | None = None) -> tuple[EventRecord, ...]:
        """What happened, oldest first, to one taxonomy or to all."""
        return self._ledger.events(after, slug)

    def about(self, slug: str, selector: str, class_id: str) -> list[bytes]:
        """What a state says of one class, and what follows from the rest of it: sorted lines."""
        state = self.open(slug, selector)
        if class_id not in state.index:
            raise UnknownClass(class_id)
        follows = self._means.projection.follows(state.sha, class_id)
        return sorted({*block(state.lines, class_id), *follows})

    def open(self, slug: str, selector: str) -> State:
        """The state that a selector names, for lists, searches and documents."""
        return self._selected.named(slug, selector).state

    def _act(self, author: Author, request: Idempotency | None) -> Act:
        return Act(author.who, self._means.instant(), request=request)
