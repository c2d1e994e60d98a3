"""KGCL changes as values: what a few statements of one subject become, and what undoes a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cladist.model.change.kinds import Change
from cladist.rdf import words
from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, RDFS, SKOS
from cladist.rdf.terms import is_iri, literal, split
from cladist.wire import as_json

Kgcl = dict[str, Any]
"""One change: its ``type`` and the slots of that type."""

ALTERNATIVE = f"<{SKOS}altLabel>"
DEFINITION = f"<{SKOS}definition>"
HIDDEN = f"<{SKOS}hiddenLabel>"

BY_FIELD: Mapping[str, set[str]] = {
    **{field: {predicate} for predicate, field in words.TEXT_FIELDS.items()},
    **{field: {predicate} for predicate, field in words.IRI_FIELDS.items()},
    "notations": {words.NOTATION},
    "colour": {words.COLOUR},
    "hotkey": {words.HOTKEY},
    "rank": {words.RANK},
    "matches": set(words.MATCHES),
}
"""The predicates that say each field that an edit may name."""

SILENT = {words.TYPE, words.IN_SCHEME, words.DEPRECATED, words.REPLACED_BY}
"""Predicates that a change of the right type says by itself."""
NAMED = {*SILENT, words.CODE, words.SELECTABLE, words.REASON}.union(*BY_FIELD.values())
"""Predicates that say a field; whatever else a class has is kept as it came."""

_TEXT_TYPES = {ALTERNATIVE: "NewSynonym", DEFINITION: "NewTextDefinition"}
PREFIXES: Mapping[str, str] = {
    "clad": CLAD,
    "dcterms": DCTERMS,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
}
_OPPOSITE = {
    "EdgeCreation": "EdgeDeletion",
    "NewSynonym": "RemoveSynonym",
    "NewTextDefinition": "RemoveTextDefinition",
    "NewMapping": "RemoveMapping",
    "NewMetadataAssertion": "RemoveMetadataAssertion",
    "AddNodeToSubset": "RemoveNodeFromSubset",
}
_OPPOSITE |= {after: before for before, after in _OPPOSITE.items()}
_OPPOSITE |= {
    name: name
    for name in ("NodeRename", "NodeMove", "TextDefinitionReplacement", "NodeAnnotationReplacement")
}
_OBSOLETIONS = (
    "NodeObsoletion",
    "NodeObsoletionWithDirectReplacement",
    "NodeObsoletionWithNoDirectReplacement",
)
_OTHER_SIDE = {"old_": "new_", "new_": "old_"}


def curie(token: str) -> str:
    """A predicate's token as a CURIE with one of the usual prefixes, else as its IRI."""
    value = token[1:-1]
    for prefix, namespace in PREFIXES.items():
        local = value.removeprefix(namespace)
        if local != value and local.isascii() and local.isalnum():
            return f"{prefix}:{local}"
    return value


def obsoletion(class_id: str, successors: Sequence[str]) -> Kgcl:
    """A class goes out of use in favour of one class, several or none."""
    if not successors:
        return {"type": "NodeObsoletion", "about_node": class_id}
    if len(successors) == 1:
        return {
            "type": "NodeObsoletionWithDirectReplacement",
            "about_node": class_id,
            "has_direct_replacement": successors[0],
        }
    return {
        "type": "NodeObsoletionWithNoDirectReplacement",
        "about_node": class_id,
        "has_nondirect_replacement": list(successors),
    }


def changes_of(
    subject: str, predicate: str, removed: Sequence[str], added: Sequence[str]
) -> Iterator[Kgcl]:
    """The changes by which a subject loses and gains these values (tokens) of one predicate."""
    if predicate == words.MEMBER:
        yield from _memberships(subject, removed, added)
    elif predicate in words.MATCHES:
        yield from _edges("RemoveMapping", "NewMapping", (subject, predicate), removed, added)
    elif predicate == words.BROADER and len(removed) == len(added) == 1:
        yield _move(subject, predicate, removed[0], added[0])
    elif predicate in words.IRI_FIELDS:
        yield from _edges("EdgeDeletion", "EdgeCreation", (subject, predicate), removed, added)
    else:
        yield from _valued(subject, predicate, removed, added)


def _memberships(group: str, removed: Sequence[str], added: Sequence[str]) -> Iterator[Kgcl]:
    for kind, tokens in (("RemoveNodeFromSubset", removed), ("AddNodeToSubset", added)):
        for token in tokens:
            yield {"type": kind, "about_node": token[1:-1], "in_subset": group}


def _move(subject: str, predicate: str, old: str, new: str) -> Kgcl:
    edge = {"subject": subject, "predicate": curie(predicate), "object": old[1:-1]}
    return {
        "type": "NodeMove",
        "about_edge": edge,
        "old_value": old[1:-1],
        "new_value": new[1:-1],
    }


def _edges(
    gone: str, come: str, edge: tuple[str, str], removed: Sequence[str], added: Sequence[str]
) -> Iterator[Kgcl]:
    subject, predicate = edge
    about = "about_node" if come == "NewMapping" else "subject"
    for kind, tokens in ((gone, removed), (come, added)):
        for token in tokens:
            ends = {about: subject, "predicate": curie(predicate), "object": token[1:-1]}
            yield {"type": kind, **ends}


def _valued(
    subject: str, predicate: str, removed: Sequence[str], added: Sequence[str]
) -> Iterator[Kgcl]:
    """Values one by one, except that one text that gave way to one other is replaced by it."""
    olds, news = _by_language(removed), _by_language(added)
    for language in sorted(olds.keys() | news.keys()):
        gone, come = olds.get(language, []), news.get(language, [])
        if len(gone) == len(come) == 1 and predicate != ALTERNATIVE:
            yield _replaced(subject, predicate, gone[0], come[0])
            continue
        for token in gone:
            yield inverse(_new(subject, predicate, token))
        for token in come:
            yield _new(subject, predicate, token)


def _by_language(tokens: Sequence[str]) -> dict[str, list[str]]:
    """Literals by their language; IRIs by themselves, since none of them replaces a text."""
    found: dict[str, list[str]] = {}
    for token in tokens:
        found.setdefault(token if is_iri(token) else literal(token).language, []).append(token)
    return found


def _replaced(subject: str, predicate: str, old: str, new: str) -> Kgcl:
    about: Kgcl = {"about_node": subject, **_slots("old", old), **_slots("new", new)}
    if predicate == DEFINITION:
        return {"type": "TextDefinitionReplacement", **about}
    return {
        "type": "NodeAnnotationReplacement",
        "annotation_property": curie(predicate),
        **about,
    }


def _new(subject: str, predicate: str, token: str) -> Kgcl:
    if is_iri(token):
        ends = {"about_node": subject, "predicate": curie(predicate), "object": token[1:-1]}
        return {"type": "NewMetadataAssertion", **ends}
    if predicate in _TEXT_TYPES:
        said = literal(token)
        language = {"language": said.language} if said.language else {}
        kind = _TEXT_TYPES[predicate]
        return {"type": kind, "about_node": subject, "new_value": said.value, **language}
    return {
        "type": "NewMetadataAssertion",
        "about_node": subject,
        "predicate": curie(predicate),
        **_slots("new", token),
    }


def _slots(side: str, token: str) -> Kgcl:
    """The slots of a literal on one side of a change, ``old`` or ``new``."""
    said = literal(token)
    slots = {
        f"{side}_value": said.value,
        f"{side}_language": said.language,
        f"{side}_datatype": said.datatype,
    }
    return {name: value for name, value in slots.items() if value or name.endswith("_value")}


def retires(change: Kgcl) -> bool:
    """Whether the change puts a class out of use, in the words of KGCL."""
    return change["type"] in _OBSOLETIONS


def undo(change: Kgcl) -> Kgcl:
    """The change taken back where no change of KGCL does that."""
    return {"type": "clad:Undo", "undoes": change}


def inverse(change: Kgcl) -> Kgcl:
    """The change that takes a change back; ``clad:Undo`` where KGCL has none."""
    kind = change["type"]
    if kind == "NodeCreation":
        return {"type": "NodeDeletion", "about_node": change["about_node"]}
    if retires(change):
        return {"type": "NodeUnobsoletion", "about_node": change["about_node"]}
    if kind not in _OPPOSITE:
        return undo(change)
    other = {**{_swapped(slot): value for slot, value in change.items()}, "type": _OPPOSITE[kind]}
    if kind == "NodeMove":
        other["about_edge"] = {**change["about_edge"], "object": change["new_value"]}
    return other


def _swapped(slot: str) -> str:
    other = _OTHER_SIDE.get(slot[:4])
    return slot if other is None else other + slot[4:]


def tokens_by_predicate(lines: Sequence[str]) -> Mapping[str, list[str]]:
    """The object tokens of one subject's statements by predicate."""
    found: dict[str, list[str]] = {}
    for line in lines:
        _, predicate, token, _ = split(line)
        found.setdefault(predicate, []).append(token)
    return found


def own(kind: str, about: str, change: Change) -> Kgcl:
    """A change of a type that KGCL does not have, with all that the operation says."""
    node = {"about_node": about} if about else {}
    return {"type": f"clad:{kind}", **node, "change": as_json(change)}
