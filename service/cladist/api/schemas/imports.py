"""Imports as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from cladist.api.schemas.base import Links, Model
from cladist.api.schemas.drafts import RecordedChange, draft_links, recorded_of

if TYPE_CHECKING:
    from cladist.catalog.values import Imported

MOST_CHANGES = 1_000

_TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/pets> a skos:ConceptScheme .
<https://example.org/pets/cat> a skos:Concept ; skos:inScheme <https://example.org/pets> ;
    skos:prefLabel "cat"@en ; skos:definition "A small feline kept at home."@en .
"""
_XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:ConceptScheme rdf:about="https://example.org/pets"/>
</rdf:RDF>
"""
_TRIPLE = (
    "<https://example.org/pets> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<http://www.w3.org/2004/02/skos/core#ConceptScheme> .\n"
)

FILES = {
    "text/turtle": _TURTLE,
    "application/trig": _TURTLE,
    "application/n-triples": _TRIPLE,
    "application/n-quads": _TRIPLE,
    "application/rdf+xml": _XML,
    "application/ld+json": '{"@id": "https://example.org/pets", '
    '"@type": "http://www.w3.org/2004/02/skos/core#ConceptScheme"}',
    "text/obo": "ontology: pets\n\n[Term]\nid: PET:1\nname: cat\n",
    "text/csv": "code,label,parent\n1,animal,\n2,cat,animal\n",
    "text/tab-separated-values": "code\tlabel\tparent\n1\tanimal\t\n2\tcat\tanimal\n",
    "text/plain": "animal\n  cat\n  dog\n",
    "application/json": '{"categories": [{"id": 1, "name": "cat", "supercategory": "animal"}]}',
}
"""The media types of files that can be imported, each with an example."""


class FindingModel(Model):
    """Something about the file that its owner should know."""

    kind: str = Field(examples=["parser"])
    message: str = Field(examples=["Two labels in one language; the second became alternative."])
    count: int = Field(description="How often.", examples=[3])
    examples: list[str] = Field(examples=[["https://example.org/pets/cat"]])


class RefusedModel(Model):
    """A row that no class can be made of."""

    line: int = Field(examples=[3])
    label: str = Field(examples=["cat"])
    reason: str = Field(examples=["is the class that line 2 speaks of"])


class ImportModel(Model):
    """What an import, or its dry run, did: classes counted, what was found, and the changes."""

    taxonomy: str = Field(examples=["pets"])
    dry_run: bool = Field(examples=[True])
    new: int = Field(examples=[12])
    changed: int = Field(examples=[0])
    unchanged: int = Field(examples=[0])
    retired: int = Field(examples=[0])
    refused: list[RefusedModel] = Field(
        description="Rows that no class can be made of. A dry run lists them; without it the "
        "answer is a problem that does, and nothing is stored."
    )
    findings: list[FindingModel]
    revision: int | None = Field(description="The draft's revision.", examples=[0])
    proposed_version: str | None = Field(examples=["1.0.0"])
    changes: list[RecordedChange] = Field(
        description=f"The first {MOST_CHANGES} changes; none for a new taxonomy."
    )
    changes_total: int = Field(examples=[1])
    links: Links


def import_of(imported: Imported) -> ImportModel:
    """An import as JSON."""
    draft = imported.draft
    return ImportModel(
        taxonomy=imported.slug,
        dry_run=imported.dry_run,
        new=imported.new,
        changed=imported.changed,
        unchanged=imported.unchanged,
        retired=imported.retired,
        refused=[
            RefusedModel(line=each.line, label=each.label, reason=each.reason)
            for each in imported.refused
        ],
        findings=[
            FindingModel(
                kind=each.kind,
                message=each.message,
                count=each.count,
                examples=list(each.examples),
            )
            for each in imported.findings
        ],
        revision=None if draft is None else draft.revision,
        proposed_version=None if draft is None else str(draft.proposed),
        changes=[recorded_of(each) for each in imported.changes[:MOST_CHANGES]],
        changes_total=len(imported.changes),
        links=draft_links(imported.slug),
    )
