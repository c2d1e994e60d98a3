"""The training card of a version: what a model must know that is trained on it.

It says how many outputs there are and which class each is, how outputs of earlier versions map to
these, what is above and what excludes what, and which loss and metrics fit the label structure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cladist.exports.classes.class_list import ClassList
from cladist.exports.classes.text import scheme_of, tag_list
from cladist.exports.classes.tool import NO_CHOICES
from cladist.exports.training.hints import HINTS, Advice
from cladist.exports.training.weights import Weights
from cladist.model.class_index import permutation
from cladist.model.hierarchy import reach
from cladist.model.taxonomy import Header, Structure

_ALONE = (Structure.SINGLE_LABEL, Structure.ORDINAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The state that a card is about; ``classes`` is missing for a regression."""

    slug: str
    version: str
    digest: str
    header: Header
    classes: ClassList | None

    @property
    def structure(self) -> Structure:
        """The label structure."""
        return self.header.structure.kind

    @property
    def ids(self) -> tuple[str, ...]:
        """The class index."""
        return () if self.classes is None else tuple(each.id for each in self.classes.items)


@dataclass(frozen=True, slots=True)
class Before:
    """The class index of an earlier version."""

    version: str
    ids: Sequence[str]


def card(
    subject: Subject, before: Sequence[Before] = (), weights: Weights | None = None
) -> dict[str, Any]:
    """The card as JSON values."""
    hint = HINTS[subject.structure]
    return {
        "format": "cladist-training-card-1",
        "taxonomy": subject.slug,
        "iri": subject.header.iri,
        "version": subject.version,
        "digest": subject.digest,
        "label_structure": subject.structure.value,
        **_outputs(subject),
        "activation": hint.activation,
        "loss": _advice(hint.loss),
        "metrics": [_advice(each) for each in hint.metrics],
        "index": _index(subject),
        "permutations": {each.version: _moved(each, subject.ids) for each in before},
        "class_weights": None if weights is None else _weighed(weights),
        **(_hierarchy(subject.classes) if subject.classes is not None else {}),
    }


def _advice(advice: Advice) -> dict[str, str]:
    return {"name": advice.name, "reason": advice.reason}


def _outputs(subject: Subject) -> dict[str, Any]:
    """How many numbers a model gives for an item (for a token in sequences)."""
    structure, classes = subject.header.structure, subject.classes
    if classes is None:
        bounds = {name: getattr(structure, name) for name in ("unit", "minimum", "maximum", "step")}
        return {"outputs": 1, "target": bounds}
    if structure.kind is Structure.SEQUENCE:
        tags = tag_list(classes, NO_CHOICES)
        return {"outputs": len(tags), "tags": tags, "scheme": scheme_of(classes, NO_CHOICES)}
    if structure.kind is Structure.ORDINAL:  # one threshold between each two neighbours
        return {"outputs": len(classes.items) - 1}
    if structure.kind is Structure.STRUCTURED:
        return {"outputs": len(classes.items), "slots": _slots(subject, classes)}
    return {"outputs": len(classes.items)}


def _slots(subject: Subject, classes: ClassList) -> list[dict[str, Any]]:
    """The slots, each with the places of the classes that may fill it."""
    under = _under(classes)
    return [
        {
            "role": each.role,
            "owner": each.owner,
            "minimum": each.minimum,
            "maximum": each.maximum,
            "classes": sorted(under.get(each.value, ())),
        }
        for each in subject.header.structure.slots
    ]


def _index(subject: Subject) -> list[dict[str, Any]]:
    items = () if subject.classes is None else subject.classes.items
    return [
        {"index": each.index, "code": each.code, "id": each.id, "label": each.label}
        for each in items
    ]


def _moved(before: Before, now: Sequence[str]) -> dict[str, Any]:
    """Where each output of an earlier version is now, and the places that are new."""
    positions = permutation(before.ids, now)
    taken = set(positions)
    return {
        "size": len(before.ids),
        "positions": positions,
        "added": [place for place in range(len(now)) if place not in taken],
    }


def _weighed(weights: Weights) -> dict[str, Any]:
    return {
        "method": weights.method,
        "counts": weights.counts,
        "weights": weights.weights,
        "unseen": weights.unseen,
    }


def _hierarchy(classes: ClassList) -> dict[str, Any]:
    """All classes at and above the outputs with their parents by place; what excludes what.

    The nodes begin with the outputs, in their order. A group is a list of lists: outputs of one
    list exclude those of the others.
    """
    nodes = [*(each.id for each in classes.items)]
    nodes += [each for each in classes.nodes if each not in classes.chosen]
    places = {each: place for place, each in enumerate(nodes)}
    return {
        "nodes": [
            {"id": each, "label": classes.nodes[each].label, "code": classes.nodes[each].code}
            for each in nodes
        ],
        "parents": [[places[up] for up in classes.nodes[each].parents] for each in nodes],
        "exclusive": exclusive(classes),
    }


def exclusive(classes: ClassList) -> list[list[list[int]]]:
    """The exclusive groups by places of outputs, at and under each member."""
    if classes.structure in _ALONE:
        return [[[each.index] for each in classes.items]]
    under = _under(classes)
    groups = [[sorted(under.get(each, ())) for each in group.members] for group in classes.groups]
    return [kept for group in groups if len(kept := [each for each in group if each]) > 1]


def _under(classes: ClassList) -> Mapping[str, set[int]]:
    """For each node the places of the outputs at and under it."""
    found: dict[str, set[int]] = {}
    for item in classes.items:
        for above in (item.id, *reach(item.id, lambda each: classes.nodes[each].parents)):
            found.setdefault(above, set()).add(item.index)
    return found
