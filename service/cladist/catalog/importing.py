"""Importing: a file becomes a new taxonomy, or changes onto one that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cladist.catalog.values import Document, Edited, Imported, ImportOptions, NewTaxonomy
from cladist.imports import reading, sketch
from cladist.imports.skos import Finding, give_codes, read_skos
from cladist.model.change.kinds import Change
from cladist.model.change.references import Mint
from cladist.model.identifiers import check_iri, check_language, check_slug
from cladist.model.proposal import propose
from cladist.model.taxonomy import Header, Taxonomy
from cladist.rdf.formats import RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.parse import parse
from cladist.rdf.screening import Notice

Findings = tuple[Finding, ...]


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


def read_new(
    document: Document, header: Header, limits: Limits, mint: Mint
) -> tuple[Taxonomy, Findings]:
    """The taxonomy that a document holds, with ids and codes for every class."""
    rdf = RdfFormat.from_name(document.format)
    if rdf is not None:
        taxonomy, findings = _read_rdf(document, rdf, header, limits)
        return give_codes(taxonomy), findings
    drawn = reading.read(document.data, document.format)
    return sketch.new_taxonomy(drawn, header, mint), drawn.findings


def read_onto(
    document: Document, taxonomy: Taxonomy, options: ImportOptions, limits: Limits, mint: Mint
) -> tuple[tuple[Change, ...], Findings]:
    """The changes that would make of a taxonomy what the document says."""
    rdf = RdfFormat.from_name(document.format)
    if rdf is None:
        drawn = reading.read(document.data, document.format)
        target = sketch.onto(drawn, taxonomy, mint, retire_absent=options.retire_absent)
        return propose(taxonomy, target, shift=options.shift), drawn.findings
    target, findings = _read_rdf(document, rdf, taxonomy.header, limits)
    target = replace(target, header=replace(target.header, iri=taxonomy.header.iri))
    return propose(taxonomy, target, shift=options.shift), findings


def _read_rdf(
    document: Document, rdf: RdfFormat, header: Header, limits: Limits
) -> tuple[Taxonomy, Findings]:
    parsed = parse(
        document.data,
        rdf,
        base=document.base or header.iri,
        limits=limits,
        skolem_base=header.mint,
    )
    taxonomy, findings = read_skos(parsed.lines, header, scheme=document.scheme)
    return taxonomy, (*_noticed(parsed.warnings), *findings)


def _noticed(notices: Sequence[Notice]) -> Findings:
    return tuple(Finding(each.kind, each.message, each.count) for each in notices)


def outcome(slug: str, before: Taxonomy, edited: Edited, findings: Findings) -> Imported:
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
        findings=findings,
        draft=edited.draft,
        changes=edited.changes,
        dry_run=edited.dry_run,
    )
