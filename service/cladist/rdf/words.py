"""Which RDF predicate says which field of the model: one table for reading and writing."""

from __future__ import annotations

from cladist.model.taxonomy import Structure
from cladist.rdf.namespaces import CLAD, DCAT, DCTERMS, OWL, RDF, RDFS, SKOS, XSD

TYPE = f"<{RDF}type>"
CONCEPT = f"<{SKOS}Concept>"
SCHEME = f"<{SKOS}ConceptScheme>"
COLLECTION = f"<{SKOS}Collection>"
TAXONOMY = f"<{CLAD}Taxonomy>"
RESOURCE = f"<{DCAT}Resource>"
GROUP = f"<{CLAD}ExclusiveGroup>"
SLOT = f"<{CLAD}Slot>"
RELATION = f"<{CLAD}Relation>"

IN_SCHEME = f"<{SKOS}inScheme>"
HAS_TOP = f"<{SKOS}hasTopConcept>"
TOP_OF = f"<{SKOS}topConceptOf>"
BROADER = f"<{SKOS}broader>"
NARROWER = f"<{SKOS}narrower>"
MEMBER = f"<{SKOS}member>"
NOTATION = f"<{SKOS}notation>"
PREFERRED = f"<{SKOS}prefLabel>"
LABEL = f"<{RDFS}label>"

CODE = f"<{CLAD}code>"
SELECTABLE = f"<{CLAD}selectable>"
RANK = f"<{CLAD}rank>"
COLOUR = f"<{CLAD}colour>"
HOTKEY = f"<{CLAD}hotkey>"
DEPRECATED = f"<{OWL}deprecated>"
REPLACED_BY = f"<{DCTERMS}isReplacedBy>"
REASON = f"<{CLAD}retirementReason>"

TRUE = f'"true"^^<{XSD}boolean>'
FALSE = f'"false"^^<{XSD}boolean>'

TEXT_FIELDS = {
    PREFERRED: "preferred",
    f"<{SKOS}altLabel>": "alternative",
    f"<{SKOS}hiddenLabel>": "hidden",
    f"<{SKOS}definition>": "definitions",
    f"<{SKOS}scopeNote>": "scope_notes",
    f"<{SKOS}example>": "examples",
    f"<{CLAD}counterExample>": "counter_examples",
    f"<{CLAD}boundaryNote>": "boundary_notes",
}
"""Class fields that hold texts."""

IRI_FIELDS = {
    BROADER: "parents",
    f"<{SKOS}related>": "related",
    f"<{CLAD}boundaryWith>": "boundary_with",
}
"""Class fields that hold ids of other classes."""

MATCHES = {
    f"<{SKOS}{name}>": name
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
}
"""SKOS mapping properties, which stand in a graph of their own."""

EXHAUSTIVE = f"<{CLAD}exhaustive>"
UNDER = f"<{CLAD}under>"

TITLE = f"<{DCTERMS}title>"
DESCRIPTION = f"<{DCTERMS}description>"
LICENSE = f"<{DCTERMS}license>"
SOURCE = f"<{DCTERMS}source>"
SLUG = f"<{CLAD}slug>"
STRUCTURE = f"<{CLAD}labelStructure>"
TAGGING = f"<{CLAD}taggingScheme>"
UNIT = f"<{CLAD}unit>"
LANGUAGE = f"<{CLAD}defaultLanguage>"
SELECTABLE_RULE = f"<{CLAD}selectableRule>"
POLYHIERARCHY = f"<{CLAD}polyhierarchy>"
NAMESPACE = f"<{CLAD}namespace>"
HAS_SLOT = f"<{CLAD}slot>"
HAS_RELATION = f"<{CLAD}relation>"

BOUNDS = {f"<{CLAD}{name}>": name for name in ("minimum", "maximum", "step")}
"""Bounds of a regression target, each an ``xsd:decimal``."""

ROLE = f"<{CLAD}role>"
SLOT_OF = f"<{CLAD}slotOf>"
VALUE_CLASS = f"<{CLAD}valueClass>"
MIN_COUNT = f"<{CLAD}minCount>"
MAX_COUNT = f"<{CLAD}maxCount>"
FROM = f"<{CLAD}relationFrom>"
TO = f"<{CLAD}relationTo>"

HAS_SETTING = f"<{CLAD}ruleSetting>"
SETTING = f"<{CLAD}RuleSetting>"
RULE = f"<{CLAD}rule>"
ENFORCEMENT = f"<{CLAD}enforcement>"
SETTING_REASON = f"<{CLAD}reason>"

STRUCTURES = {
    Structure.SINGLE_LABEL: f"<{CLAD}singleLabel>",
    Structure.MULTI_LABEL: f"<{CLAD}multiLabel>",
    Structure.ORDINAL: f"<{CLAD}ordinal>",
    Structure.SEQUENCE: f"<{CLAD}sequence>",
    Structure.STRUCTURED: f"<{CLAD}structured>",
    Structure.REGRESSION: f"<{CLAD}regression>",
}
"""The individuals of ``clad:LabelStructure``."""


def mappings_graph(taxonomy: str) -> str:
    """IRI of the graph that holds a taxonomy's mappings (apart, because of SKOS S41)."""
    return f"{taxonomy}/mappings"


def setting_id(taxonomy: str, rule: str) -> str:
    """IRI of what a taxonomy says of one validation rule."""
    return f"{taxonomy}/rules/{rule}"
