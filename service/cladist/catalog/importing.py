"""Importing: a file becomes a new taxonomy, or changes onto one that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cladist.catalog.tool_lists import sketched
from cladist.catalog.values import Document, Edited, Imported, ImportOptions, NewTaxonomy
from cladist.imports import reading
from cladist.imports.building import Prepared, described, prepare
from cladist.imports.names import DEPTH
from cladist.imports.owl import read_owl, speaks_owl
from cladist.imports.sketch import RefusedRow, Sketch
from cladist.imports.skos import give_codes, read_skos
from cladist.imports.survey import Finding
from cladist.model import hierarchy
from cladist.model.change.kinds import Change
from cladist.model.change.references import Mint
from cladist.model.errors import InvalidValue, LimitExceeded, RefusedRows
from cladist.model.identifiers import check_iri, check_language, check_slug
from cladist.model.proposal import propose
from cladist.model.taxonomy import Header, Taxonomy
from cladist.rdf.bulk import uncollected
from cladist.rdf.formats import FlatFormat, RdfFormat, readable
from cladist.rdf.limits import Limits
from cladist.rdf.parse import parse
from cladist.rdf.reading import subjects


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as a taxonomy, the rows that it had to leave out, and what was noticed."""

    taxonomy: Taxonomy
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Sequence[bytes] = ()
    """The document's own statements, if it holds statements."""

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What was noticed, and what the rules on files say of the document's own statements."""
        from cladist.validation import remarks_on  # loads shapes, which few readings need

        said = (Finding(rule, text, count) for rule, text, count in remarks_on(self.lines))
        return (*self.findings, *said)

    def accepted(self, dry_run: bool) -> Taxonomy:
        """The taxonomy; raises RefusedRows unless it is only to be looked at."""
        if self.refused and not dry_run:
            raise RefusedRows(self.refused)
        return self.taxonomy


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading a document takes: bounds, where IRIs begin, and chance for new ids."""

    limits: Limits
    base_iri: str
    mint: Mint

    def ids(self, header: Header) -> Callable[[], str]:
        """Fresh class ids for a taxonomy."""
        return lambda: header.mint + self.mint()


def header_of(new: NewTaxonomy, base_iri: str) -> Header:
    """The header that a new taxonomy starts with."""
    slug = check_slug(new.slug)
    return Header(
        iri=check_iri(new.iri) if new.iri else base_iri + slug,
        slug=slug,
        namespace=check_iri(new.namespace, "namespace") if new.namespace else "",
        titles=new.titles,
        descriptions=new.descriptions,
        license=new.license,
        source=new.source,
        default_language=check_language(new.default_language, "default_language"),
        structure=new.structure,
        selectable_rule=new.selectable_rule,
        polyhierarchy=new.polyhierarchy,
    )


def read_new(document: Document, header: Header, intake: Intake) -> Reading:
    """The taxonomy that a document holds, with ids and codes for every class."""
    form = _statements(document)
    if form is not None:
        found = _read_statements(document, form, header, intake)
        return replace(found, taxonomy=give_codes(found.taxonomy))
    drawn = _drawn(document, Taxonomy(header))
    base = Taxonomy(described(header, drawn))
    return _prepared(prepare(drawn, base, intake.ids(header)))


def read_onto(
    document: Document, taxonomy: Taxonomy, options: ImportOptions, intake: Intake
) -> Reading:
    """The taxonomy as the document would have it."""
    header = taxonomy.header
    form = _statements(document)
    if form is not None:
        found = _read_statements(document, form, header, intake)
        renamed = replace(found.taxonomy.header, iri=header.iri)
        return replace(found, taxonomy=replace(found.taxonomy, header=renamed))
    retire = options.retire_absent
    if retire and _is_of_tool(document):
        reason = "a tool's class list names only what is labeled: retire the others one by one."
        raise InvalidValue("retire_absent", reason)
    drawn = _drawn(document, taxonomy)
    return _prepared(prepare(drawn, taxonomy, intake.ids(header), retire_absent=retire))


def changes_onto(
    taxonomy: Taxonomy, target: Taxonomy, options: ImportOptions
) -> tuple[Change, ...]:
    """The changes that lead from a taxonomy to the one a document asks for."""
    return propose(taxonomy, target, shift=options.shift)


def _statements(document: Document) -> RdfFormat | FlatFormat | None:
    """The format of a document that holds statements; none for lists and tables.

    Raises InvalidValue for what is said of a document and is nothing that its format has.
    """
    if reading.format_of(document.format) is not reading.ImportFormat.CLASSIFICATION:
        for field in ("encoding", "notation_system"):
            if getattr(document, field):
                raise InvalidValue(field, "is said of files of the format classification alone.")
    return readable(document.format)


def _is_of_tool(document: Document) -> bool:
    form = reading.format_of(document.format)
    return form is not None and form.of_tool


def _drawn(document: Document, taxonomy: Taxonomy) -> Sketch:
    """What a document says, beside the taxonomy that it becomes or changes."""
    form = reading.format_of(document.format)
    if form is None:
        statements = [each.label for each in (*RdfFormat, *FlatFormat)]
        known = ", ".join(statements + list(reading.ImportFormat))
        raise InvalidValue("format", f"{document.format!r} is none of {known}.")
    if form.of_tool or (form is reading.ImportFormat.COCO and _is_ours(document, taxonomy)):
        return sketched(form.value, document.data, taxonomy)
    return reading.read(
        document.data,
        form,
        language=taxonomy.header.default_language,
        encoding=document.encoding,
        notation_system=document.notation_system,
    )


def _is_ours(document: Document, taxonomy: Taxonomy) -> bool:
    """Whether COCO categories were exported from the taxonomy: they have its class ids."""
    return any(f'"{each}"'.encode() in document.data for each in taxonomy.classes)


def _prepared(prepared: Prepared) -> Reading:
    classes = prepared.taxonomy.classes
    if hierarchy.depth({each: item.parents for each, item in classes.items()}) > DEPTH:
        raise LimitExceeded("the depth of the hierarchy", DEPTH)
    return Reading(prepared.taxonomy, prepared.preview.refused, _noticed(prepared.preview.findings))


def _noticed(sentences: Iterable[str]) -> tuple[Finding, ...]:
    return tuple(Finding("reading", sentence, 1) for sentence in sentences)


def _read_statements(
    document: Document, form: RdfFormat | FlatFormat, header: Header, intake: Intake
) -> Reading:
    parsed = parse(
        document.data,
        form,
        base=document.base or header.iri,
        limits=intake.limits,
        skolem_base=f"{intake.base_iri}{header.slug}/",
    )
    notices = tuple(Finding(each.kind, each.message, each.count) for each in parsed.warnings)
    with uncollected():
        found = subjects(parsed.lines)
        read = read_owl if speaks_owl(found) else read_skos
        taxonomy, findings = read(found, header, scheme=document.scheme)
    return Reading(taxonomy, findings=(*notices, *findings), lines=parsed.lines)


def outcome(slug: str, before: Taxonomy, edited: Edited, found: Reading) -> Imported:
    """An import as counts: classes that came, changed, went out of use, or stayed as they were."""
    swaps = [swap for each in edited.changes for swap in each.effect.classes]
    touched = {swap.key for swap in swaps}
    new = touched - set(before.classes)
    retired = {
        swap.key
        for swap in swaps
        if swap.after is not None
        and not swap.after.active
        and swap.before is not None
        and swap.before.active
    }
    return Imported(
        slug=slug,
        new=len(new),
        changed=len(touched - new - retired),
        unchanged=len(set(before.classes) - touched),
        retired=len(retired),
        refused=found.refused,
        findings=found.remarks,
        draft=edited.draft,
        changes=edited.changes,
        dry_run=edited.dry_run,
    )
