"""All forms of class lists, by name and by file."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.exports.classes import (
    boxes,
    huggingface,
    label_studio,
    label_studio_taxonomy,
    ontologies,
    text,
)
from cladist.exports.classes.tool import Says, Tool

_JSON, _YAML = "application/json", "application/yaml"
_NAMES = Says.NAMES
_TREE = Says.NAMES | Says.HIERARCHY

TOOLS: tuple[Tool, ...] = (
    Tool(
        name="label-studio",
        file="label-studio.xml",
        media_type="application/xml",
        reader="Label Studio",
        says=_NAMES
        | Says.IDS
        | Says.CODES
        | Says.DEFINITIONS
        | Says.COLOURS
        # what it says of these depends on the control: label_studio.warns tells
        | Says.HIERARCHY
        | Says.SEVERAL_PARENTS
        | Says.EXCLUSIVITY,
        write=label_studio.config,
        warns=label_studio.warns,
    ),
    Tool(
        name="label-studio-taxonomy",
        file="label-studio-taxonomy.json",
        media_type=_JSON,
        reader="Label Studio's Taxonomy tag",
        says=_TREE | Says.IDS | Says.SEVERAL_PARENTS | Says.DEFINITIONS | Says.COLOURS,
        write=label_studio_taxonomy.whole,
    ),
    Tool(
        name="cvat",
        file="cvat.json",
        media_type=_JSON,
        reader="CVAT",
        says=_NAMES | Says.COLOURS,
        write=boxes.cvat,
        longest=64,
    ),
    Tool(
        name="coco",
        file="coco.json",
        media_type=_JSON,
        reader="COCO",
        says=_TREE | Says.IDS | Says.CODES | Says.COLOURS,
        write=boxes.coco,
    ),
    Tool(
        name="yolo",
        file="yolo.yaml",
        media_type=_YAML,
        reader="YOLO",
        says=_NAMES | Says.IDS | Says.CODES,
        write=boxes.yolo,
        warns=boxes.yolo_warns,
    ),
    Tool(
        name="datumaro",
        file="datumaro.json",
        media_type=_JSON,
        reader="Datumaro",
        says=_TREE | Says.EXCLUSIVITY | Says.COLOURS,
        write=boxes.datumaro,
        warns=boxes.datumaro_warns,
    ),
    Tool(
        name="hf-features",
        file="hf-features.json",
        media_type=_JSON,
        reader="Hugging Face datasets",
        says=_NAMES,
        write=huggingface.features,
    ),
    Tool(
        name="hf-card",
        file="hf-card.yaml",
        media_type=_YAML,
        reader="A dataset card",
        says=_NAMES,
        write=huggingface.card,
    ),
    Tool(
        name="hf-parquet",
        file="hf-parquet.json",
        media_type=_JSON,
        reader="Parquet metadata",
        says=_NAMES,
        write=huggingface.parquet,
    ),
    Tool(
        name="hf-model",
        file="hf-model.json",
        media_type=_JSON,
        reader="A Transformers configuration",
        says=_NAMES | Says.CODES,
        write=huggingface.model,
    ),
    Tool(
        name="fiftyone",
        file="fiftyone.json",
        media_type=_JSON,
        reader="FiftyOne",
        says=_TREE | Says.DEFINITIONS,
        write=ontologies.fiftyone,
    ),
    Tool(
        name="argilla",
        file="argilla.json",
        media_type=_JSON,
        reader="Argilla",
        says=_NAMES | Says.IDS | Says.DEFINITIONS,
        write=text.argilla,
    ),
    Tool(
        name="spacy",
        file="spacy.json",
        media_type=_JSON,
        reader="spaCy",
        says=_NAMES,
        write=text.spacy,
    ),
    Tool(
        name="spacy-patterns",
        file="spacy-patterns.jsonl",
        media_type="application/x-ndjson",
        reader="spaCy",
        says=_NAMES | Says.IDS,
        write=text.spacy_patterns,
    ),
    Tool(
        name="prodigy",
        file="prodigy.txt",
        media_type="text/plain",
        reader="Prodigy",
        says=_NAMES,
        write=text.prodigy,
    ),
    Tool(
        name="labelbox",
        file="labelbox.json",
        media_type=_JSON,
        reader="Labelbox",
        says=_TREE | Says.IDS,
        write=ontologies.labelbox,
    ),
    Tool(
        name="encord",
        file="encord.json",
        media_type=_JSON,
        reader="Encord",
        says=_NAMES | Says.COLOURS,
        write=ontologies.encord,
        warns=ontologies.encord_warns,
    ),
    Tool(
        name="supervisely",
        file="supervisely.json",
        media_type=_JSON,
        reader="Supervisely",
        says=_NAMES | Says.CODES | Says.COLOURS | Says.DEFINITIONS,
        write=boxes.supervisely,
    ),
    Tool(
        name="tags",
        file="tags.json",
        media_type=_JSON,
        reader="A list of tags",
        says=_NAMES | Says.IDS,
        write=text.tags,
    ),
    Tool(
        name="palette",
        file="palette.json",
        media_type=_JSON,
        reader="A palette",
        says=_NAMES | Says.CODES | Says.COLOURS,
        write=boxes.palette,
    ),
)
"""In the order in which the documentation lists them."""

BY_NAME: Mapping[str, Tool] = {each.name: each for each in TOOLS}
BY_FILE: Mapping[str, Tool] = {each.file: each for each in TOOLS}
