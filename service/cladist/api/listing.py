"""Class lists, trees and single classes of a state as plain values, ready to be written as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cladist.api.answers import Reading
from cladist.model.taxonomy import Class, LabelStructure, Structure

if TYPE_CHECKING:
    from cladist.index import Branch, Entry, Hit, Node, VersionIndex

Json = dict[str, Any]


def head(reading: Reading) -> Json:
    """What every list says first: which taxonomy, which version."""
    header = reading.state.header
    return {
        "taxonomy": reading.slug,
        "iri": header.iri,
        "version": reading.version,
        "digest": reading.mark,
    }


def class_list(reading: Reading, *, selectable: bool, definitions: bool) -> Json:
    """The flat list with the label structure and what it means for training."""
    from cladist.index import Listing

    state = reading.state
    header, index = state.header, state.index
    which = Listing.SELECTABLE if selectable else Listing.ACTIVE
    entries = index.listing(which).items
    rows = [line(index, each) for each in entries]
    if definitions:
        for row, entry in zip(rows, entries, strict=True):
            row["definition"] = definition(reading, entry.id)
    return {
        **head(reading),
        "label_structure": plain(header.structure),
        "training": training(header.structure, [row["label"] for row in rows if row["selectable"]]),
        "default_language": header.default_language,
        "count": len(rows),
        "classes": rows,
    }


def line(index: VersionIndex, entry: Entry) -> Json:
    """A class as labeling tools need it."""
    return {
        "id": entry.id,
        "code": entry.code,
        "index": index.position(entry.id),
        "label": index.label(entry),
        "labels": entry.labels,
        "parents": entry.parents,
        "selectable": entry.selectable,
        "colour": entry.colour or None,
        "hotkey": entry.hotkey or None,
    }


def definition(reading: Reading, class_id: str) -> str | None:
    """The definition in the default language, else in any."""
    taxonomy = reading.state.taxonomy
    found = taxonomy.classes[class_id].definitions
    language = taxonomy.header.default_language
    own = [each.value for each in found if each.language == language]
    return next(iter([*own, *(each.value for each in found)]), None)


_HINTS: dict[Structure, Json] = {
    Structure.SINGLE_LABEL: {"activation": "softmax", "loss": "cross-entropy"},
    Structure.MULTI_LABEL: {"activation": "sigmoid", "loss": "binary-cross-entropy"},
    Structure.ORDINAL: {"activation": "cumulative-link", "loss": "ordinal"},
    Structure.SEQUENCE: {"activation": "softmax", "loss": "token-cross-entropy"},
    Structure.STRUCTURED: {"activation": "softmax", "loss": "cross-entropy-per-slot"},
    Structure.REGRESSION: {"activation": "identity", "loss": "mean-squared-error"},
}
_TAGS = {
    "IO": "I",
    "IOB1": "BI",
    "BIO": "BI",
    "IOB2": "BI",
    "BIOES": "BIES",
    "BILOU": "BILU",
}


def training(structure: LabelStructure, labels: Iterable[str]) -> Json:
    """What the label structure asks of a training head (MODEL: label structures)."""
    hint = dict(_HINTS[structure.kind])
    if structure.kind is Structure.SEQUENCE:
        prefixes = _TAGS.get(structure.tagging_scheme or "BIO", "BI")
        hint["tags"] = ["O", *(f"{each}-{label}" for label in labels for each in prefixes)]
    return hint


def nested(index: VersionIndex, node: Node) -> Json:
    """A class with those under it; ``children`` counts them even where the tree ends."""
    return {
        **line(index, node.entry),
        "children": node.children,
        "below": [nested(index, each) for each in node.below],
    }


def branch(index: VersionIndex, each: Branch) -> Json:
    """A class in a page of children."""
    return {**line(index, each.entry), "children": each.children}


def hit(index: VersionIndex, found: Hit) -> Json:
    """A class that a search found, and how."""
    matched = {"label": found.label, "language": found.language, "how": found.how.value}
    return {**line(index, found.entry), "active": found.entry.active, "matched": matched}


def whole(reading: Reading, class_id: str) -> Json:
    """One class with all that is said of it, and every way down to it."""
    from cladist.index import paths

    index, taxonomy = reading.state.index, reading.state.taxonomy
    entry = index.entry(class_id)
    item: Class = taxonomy.classes[class_id]
    ways = paths(index, class_id)
    return {
        **head(reading),
        "class": {
            **plain(item),
            "label": index.label(entry),
            "index": index.position(class_id),
            "active": entry.active,
            "selectable": entry.selectable,
            "selectable_override": item.selectable,
            "children": len(index.children(class_id)),
            "paths": [named(index, each) for each in ways.paths],
            "paths_truncated": ways.truncated,
            "groups": sorted(
                each.id for each in taxonomy.groups.values() if class_id in each.members
            ),
        },
    }


def named(index: VersionIndex, ids: Sequence[str]) -> list[Json]:
    """Classes by id and label."""
    return [{"id": each.id, "label": index.label(each)} for each in index.entries(ids)]


def plain(value: Any) -> Any:
    """A value of the model as JSON values."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)
