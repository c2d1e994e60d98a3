"""Class lists of the Hugging Face libraries: features, dataset cards, Parquet metadata, models."""

from __future__ import annotations

from typing import Any

from cladist.exports.classes.class_list import ClassList
from cladist.exports.classes.text import tag_list
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.writing import as_json, as_yaml
from cladist.model.taxonomy import Structure

_LISTS = (Structure.MULTI_LABEL, Structure.STRUCTURED)


def _column(classes: ClassList) -> str:
    if classes.structure is Structure.SEQUENCE:
        return "tags"
    return "labels" if classes.structure in _LISTS else "label"


def _names(classes: ClassList, choices: Choices) -> list[str]:
    if classes.structure is Structure.SEQUENCE:
        return list(tag_list(classes, choices))
    return classes.names


def _features(classes: ClassList, choices: Choices) -> dict[str, Any]:
    label: dict[str, Any] = {"names": _names(classes, choices), "_type": "ClassLabel"}
    listed = classes.structure is Structure.SEQUENCE or classes.structure in _LISTS
    return {_column(classes): {"feature": label, "_type": "List"} if listed else label}


def features(classes: ClassList, choices: Choices) -> bytes:
    """What ``datasets.Features.from_dict`` reads."""
    return as_json(_features(classes, choices))


def parquet(classes: ClassList, choices: Choices) -> bytes:
    """The value of the key ``huggingface`` in the schema metadata of a Parquet file."""
    return as_json({"info": {"features": _features(classes, choices)}})


def card(classes: ClassList, choices: Choices) -> bytes:
    """The ``dataset_info`` of a dataset card's YAML."""
    names = {str(place): name for place, name in enumerate(_names(classes, choices))}
    label = {"class_label": {"names": names}}
    listed = _column(classes) != "label"
    feature = {"name": _column(classes), **({"list": label} if listed else {"dtype": label})}
    return as_yaml({"dataset_info": {"features": [feature]}}, classes.name)


_PROBLEMS = {
    Structure.SINGLE_LABEL: "single_label_classification",
    Structure.ORDINAL: "single_label_classification",
    Structure.MULTI_LABEL: "multi_label_classification",
}


def model(classes: ClassList, choices: Choices) -> bytes:
    """The members of a Transformers ``config.json`` that concern labels."""
    names = _names(classes, choices)
    problem = _PROBLEMS.get(classes.structure)
    return as_json(
        {
            "id2label": {str(place): name for place, name in enumerate(names)},
            "label2id": {name: place for place, name in enumerate(names)},
            "num_labels": len(names),
            **({"problem_type": problem} if problem else {}),
            "cladist": {
                "taxonomy": classes.slug,
                "version": classes.version,
                "digest": classes.digest,
                "codes": [each.code for each in classes.items],
            },
        }
    )
