"""A small reader of KGCL changes, which carries them out on a set of statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cladist.rdf.terms import iri, text, typed

PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "clad": "https://w3id.org/cladist/ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
ALTERNATIVE = "skos:altLabel"
DEFINITION = "skos:definition"
LABEL = "skos:prefLabel"

Fact = tuple[str, str, str]
"""Subject, predicate and object as they are, without brackets around the subject."""


class State:
    """Statements of classes, and which classes are out of use."""

    def __init__(self, facts: Iterable[Fact], retired: Iterable[str]) -> None:
        self.facts, self.retired = set(facts), set(retired)

    def carry_out(self, changes: Iterable[dict[str, Any]]) -> None:
        """Carry the changes out one by one; what is said twice is done once."""
        for change in changes:
            for come, fact in _facts(change):
                (self.facts.add if come else self.facts.discard)(fact)
            self._others(change)

    def _others(self, change: dict[str, Any]) -> None:
        kind, about = change["type"], change.get("about_node", "")
        if kind == "NodeDeletion":
            self.facts = {each for each in self.facts if each[0] != about}
            self.retired.discard(about)
        elif kind == "NodeUnobsoletion":
            self.retired.discard(about)
        elif kind.startswith("NodeObsoletion"):
            self.retired.add(about)
        elif kind == "clad:Undo":
            self.retired -= _gone(change["undoes"])
        else:
            self.retired |= _gone(change)


def _gone(change: dict[str, Any]) -> set[str]:
    """The classes that go out of use as others take their place."""
    given = change.get("change", {})
    if change["type"] == "NodeDirectMerge":
        return {change["about_node"]}
    if change["type"] == "clad:NodeSplit" and not given.get("keep_as_parent"):
        return {change["about_node"]}
    if change["type"] == "clad:NodeRegroup":
        return {each["source"] for each in given["pairs"]} - {
            each["target"] for each in given["pairs"]
        }
    return set()


def _facts(change: dict[str, Any]) -> Iterator[tuple[bool, Fact]]:
    """What a change takes away and adds."""
    kind = change["type"]
    about = change.get("about_node") or change.get("subject", "")
    if kind == "NodeMove":
        edge = change["about_edge"]
        predicate = full(edge["predicate"])
        yield False, (edge["subject"], predicate, iri(change["old_value"]))
        yield True, (edge["subject"], predicate, iri(change["new_value"]))
    elif kind == "NodeCreation":
        if "name" in change:
            name = text(change["name"], change.get("language", ""))
            yield True, (about, full(LABEL), name)
    elif kind in ("EdgeCreation", "NewMapping", "EdgeDeletion", "RemoveMapping"):
        come = kind in ("EdgeCreation", "NewMapping")
        yield come, (about, full(change["predicate"]), iri(change["object"]))
    else:
        predicate = _predicate(change)
        if predicate and "object" in change:
            yield kind.startswith("New"), (about, full(predicate), iri(change["object"]))
        for side, come in (("old", False), ("new", True)):
            if predicate and f"{side}_value" in change:
                yield come, (about, full(predicate), _token(change, side))


def _predicate(change: dict[str, Any]) -> str:
    said: dict[str, str] = {
        "NodeRename": LABEL,
        "NewSynonym": ALTERNATIVE,
        "RemoveSynonym": ALTERNATIVE,
        "NewTextDefinition": DEFINITION,
        "RemoveTextDefinition": DEFINITION,
        "TextDefinitionReplacement": DEFINITION,
        "NodeAnnotationReplacement": change.get("annotation_property", ""),
        "NewMetadataAssertion": change.get("predicate", ""),
        "RemoveMetadataAssertion": change.get("predicate", ""),
    }
    return said.get(change["type"], "")


def _token(change: dict[str, Any], side: str) -> str:
    value, datatype = change[f"{side}_value"], change.get(f"{side}_datatype")
    if datatype:
        return typed(value, datatype)
    return text(value, change.get(f"{side}_language") or change.get("language", ""))


def full(name: str) -> str:
    """The predicate's token."""
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local if prefix in PREFIXES else name)
