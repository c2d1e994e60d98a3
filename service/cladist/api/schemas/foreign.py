"""Versions made elsewhere as JSON: what is sent, what is proposed, and what was taken."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field, TypeAdapter

from cladist.api.schemas.base import Model, Object
from cladist.api.schemas.comparing import CorrespondingClass
from cladist.api.schemas.imports import FindingModel, ImportModel, RefusedModel, import_of
from cladist.api.schemas.tables import FileModel, TableModel, table_file
from cladist.model.change.kinds import Shift
from cladist.model.identifiers import check_iri
from cladist.model.matching.proposals import Evidence, ProposedKind

if TYPE_CHECKING:
    from cladist.catalog.accepting import Acceptance
    from cladist.catalog.foreign import Adopted, ForeignOptions
    from cladist.catalog.values import Document

MOST_LISTED = 1_000
"""Proposals taken, and as many left open, that an answer names at most."""

_IRI = 2_048
_MANY = 100_000

MATCHING_EXAMPLE: Object = {
    "document": {
        "format": "classification",
        "text": "Code,Description\n0111,Cereals\n0112,Rice\n",
    },
    "table": {
        "format": "csv",
        "text": "old,part,new\n0111,1,0111\n0111,1,0112\n",
        "columns": {"source": "old", "target": "new", "source_part": "part"},
    },
}
ADOPTION_EXAMPLE: Object = {
    **MATCHING_EXAMPLE,
    "accept": {"kinds": ["same", "renamed", "split"], "at_least": 0.95, "ids": ["3b1f9c20de"]},
}


class DocumentModel(FileModel):
    """A version made elsewhere: RDF, OBO, a table, a list, or a classification."""

    format: str = Field(
        max_length=64,
        description="What it is, as in the parameter `format` of imports, or its media type.",
        examples=["turtle"],
    )
    scheme: str = Field(
        "",
        max_length=_IRI,
        description="Which concept scheme or ontology of RDF to take, where there are several.",
    )
    encoding: str = Field(
        "", max_length=32, description="Of `classification`: the encoding, if it is not UTF-8."
    )
    notation_system: str = Field(
        "", max_length=_IRI, description="Of `classification`: the IRI of the codes' system."
    )


class MatchingModel(Model):
    """A version made elsewhere, and what its matching may rest on."""

    document: DocumentModel
    table: TableModel | None = Field(
        None,
        description="A table of the codes of the draft (source) and of the document (target); it "
        "decides alone for the classes that it names.",
    )
    evidence: frozenset[Evidence] | None = Field(
        None,
        description="What may speak for two classes being one; everything, if left out.",
        examples=[["id", "notation", "label"]],
    )
    predicates: tuple[str, ...] = Field(
        (),
        max_length=100,
        description="IRIs of further predicates that lead from a class to its successor.",
        examples=[["https://example.org/replacedBy"]],
    )
    shift: Shift = Field(
        Shift.SHIFTED, description="What every definition that differs does to the meaning."
    )


class AcceptanceModel(Model):
    """Which proposals are taken. All others are left open: nothing becomes of their classes."""

    kinds: frozenset[ProposedKind] = Field(
        frozenset(),
        description="All of these kinds that are not ambiguous.",
        examples=[["same", "renamed"]],
    )
    at_least: float = Field(
        0.8, ge=0, le=1, description="Of the kinds, only those of this confidence or more."
    )
    ids: frozenset[str] = Field(
        frozenset(),
        max_length=_MANY,
        description="Single ones, ambiguous ones too.",
        examples=[["3b1f9c20de"]],
    )
    rejected: frozenset[str] = Field(
        frozenset(),
        max_length=_MANY,
        description="Single ones that are wrong: their old classes are retired, their new ones "
        "added.",
    )


class AdoptionModel(MatchingModel):
    """The same document, table and options that the proposals came from, and what is taken."""

    accept: AcceptanceModel


class ClueModel(Model):
    """One piece of evidence."""

    evidence: str = Field(examples=["label"])
    detail: str = Field(examples=["Both are called “cat”."])


class ProposedPairModel(Model):
    """A class of the draft, and one of the document that seems to be it, or a part of it."""

    source: str = Field(examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"])
    source_label: str = Field(examples=["cat"])
    source_part: str | None = Field(
        description="`whole` or `part`, where a table says it.", examples=["whole"]
    )
    target: str = Field(examples=["https://example.org/cat"])
    target_label: str = Field(examples=["house cat"])
    target_part: str | None = Field(
        description="`whole` or `part`, where a table says it.", examples=["whole"]
    )
    confidence: float = Field(examples=[0.97])
    clues: list[ClueModel]


class ProposalModel(Model):
    """What seems to have become of some classes."""

    id: str = Field(
        description="Follows from the kind and the classes alone.", examples=["3b1f9c20de"]
    )
    kind: str = Field(
        description="`same`, `renamed`, `moved`, `merged`, `split`, `regrouped`, `retired` or "
        "`added`.",
        examples=["renamed"],
    )
    ambiguous: bool = Field(
        description="Whether another reading is about as likely: it is taken by its id alone.",
        examples=[False],
    )
    confidence: float = Field(
        description="That of the weakest pair; without pairs, of there being none.",
        examples=[0.97],
    )
    note: str = Field(examples=[""])
    sources: list[CorrespondingClass] = Field(description="Classes of the draft.")
    targets: list[CorrespondingClass] = Field(
        description="Classes of the document, which have no code yet."
    )
    pairs: list[ProposedPairModel]
    alternatives: list[ProposedPairModel] = Field(description="Other readings.")


class TallyModel(Model):
    """Proposals counted by kind."""

    counts: dict[str, int] = Field(
        description="Those that are not ambiguous.", examples=[{"same": 11, "split": 1}]
    )
    ambiguous: dict[str, int] = Field(description="Those that are.", examples=[{"moved": 1}])


class ProposalsModel(TallyModel):
    """What seems to have become of every class in use. The counts are of all proposals."""

    taxonomy: str = Field(examples=["pets"])
    revision: int = Field(description="The draft's.", examples=[7])
    findings: list[FindingModel]
    refused: list[RefusedModel] = Field(
        description="Rows that cannot become classes; while there are any, nothing can be taken."
    )
    total: int = Field(description="How many there are of the kinds asked for.", examples=[13])
    offset: int = Field(description="How many of these were passed over.", examples=[0])
    proposals: list[ProposalModel]


class NamedProposal(Model):
    """A proposal by its id."""

    id: str = Field(examples=["3b1f9c20de"])
    kind: str = Field(examples=["renamed"])
    ambiguous: bool = Field(examples=[False])


class OutcomeModel(TallyModel):
    """Proposals that met the same fate."""

    proposals: list[NamedProposal] = Field(description=f"The first {MOST_LISTED}.")


class AdoptedModel(ImportModel):
    """What taking over a version, or its dry run, did."""

    taken: OutcomeModel
    open: OutcomeModel = Field(
        description="Neither taken nor rejected: their old classes stay as they are, their new "
        "ones stay out."
    )


@cache
def matching_adapter() -> TypeAdapter[MatchingModel]:
    """The reader of a body that asks for proposals."""
    return TypeAdapter(MatchingModel)


@cache
def adoption_adapter() -> TypeAdapter[AdoptionModel]:
    """The reader of a body that takes proposals."""
    return TypeAdapter(AdoptionModel)


def document_of(given: DocumentModel) -> Document:
    """The document to read."""
    from cladist.catalog.values import Document

    return Document(
        given.data,
        given.format,
        given.scheme,
        encoding=given.encoding,
        notation_system=given.notation_system,
    )


def options_of(body: MatchingModel) -> ForeignOptions:
    """What the matching may rest on; a table that is given always counts."""
    from cladist.catalog.foreign import ForeignOptions

    chosen = frozenset(Evidence) if body.evidence is None else body.evidence | {Evidence.TABLE}
    return ForeignOptions(
        evidence=chosen,
        table=None if body.table is None else table_file(body.table),
        predicates=tuple(check_iri(each, "predicates") for each in body.predicates),
        shift=body.shift,
    )


def acceptance_of(body: AdoptionModel) -> Acceptance:
    """Which proposals are taken."""
    from cladist.catalog.accepting import Acceptance

    return Acceptance(**dict(body.accept))


def adopted_of(done: Adopted) -> AdoptedModel:
    """What was taken over, as JSON."""
    from cladist.catalog.proposal_forms import plain_outcome

    outcome = plain_outcome(done, MOST_LISTED)
    return AdoptedModel(
        **dict(import_of(done.imported)),
        taken=OutcomeModel(**outcome["taken"]),
        open=OutcomeModel(**outcome["open"]),
    )
